"""Bad files through the real page and the real reading: a clear sentence in both languages, nothing half written."""

import io
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import FakePayload
from django.urls import reverse
from django.utils import translation
from tests.documents.plans import NOW, plan
from tests.reading import files

from luoshi.access.audit import verify_chain
from luoshi.access.models import AuditEntry, User
from luoshi.documents.actions import receive_file
from luoshi.documents.jobs import read_job
from luoshi.documents.messages import job_message
from luoshi.documents.models import ImportJob
from luoshi.documents.states import ImportStatus
from luoshi.reading import read_bytes

pytestmark = pytest.mark.django_db

MB = 1024 * 1024
# What a refused file may leave behind: that it came, who brought it, and its bytes.
LEFT_BY_A_REFUSAL = {"documents.ImportJob", "files.StoredFile", "access.AuditEntry", "access.AuditHead"}


def desk(user: User, language: str = "en") -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(user)
    client.cookies["luoshi_language"] = language
    return client


def upload(client: Client, data: bytes, name: str) -> ImportJob:
    """Send a file through the page, read it as the worker would, and return its import."""
    response = client.post(reverse("documents:upload"), {"files": [SimpleUploadedFile(name, data)], "plan_year": ""})
    assert response.status_code == 302, response.content.decode()
    return read_job(ImportJob.objects.order_by("-pk")[0])


def rows() -> dict[str, int]:
    """Count the rows of every table of the product."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model.__module__.startswith("luoshi.")
    }


def said(job: ImportJob) -> dict[str, str]:
    """Return what became of a file, in both languages."""
    words = {}
    for language in ("en", "zh-hans"):
        with translation.override(language):
            words[language] = job_message(job.message_code, job.message_params)
    return words


def incoming() -> list[Path]:
    """Return what a broken upload would have left in the folder of files."""
    root = Path(django_settings.FILES_ROOT)
    return list(root.rglob(".incoming-*")) if root.exists() else []


def cut(data: bytes, share: float) -> bytes:
    return data[: int(len(data) * share)]


def picture_pdf() -> bytes:
    """A PDF of one page that holds a picture and no text."""
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    page = document.new_page(595, 842)
    bitmap = pypdfium2.PdfBitmap.new_native(40, 40, 3)
    bitmap.fill_rect((200, 10, 10, 255), 0, 0, 40, 40)
    image = pypdfium2.PdfImage.new(document)
    image.set_bitmap(bitmap)
    image.set_matrix(pypdfium2.PdfMatrix().scale(500, 700))
    page.insert_obj(image)
    page.gen_content()
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "empty.txt": ("empty_file", lambda: b""),
    "blank.txt": ("empty_file", lambda: b"\xef\xbb\xbf \r\n\t\n"),
    "program.txt": ("binary_file", lambda: random.Random(1).randbytes(60_000)),
    "photo.pdf": ("broken_image", lambda: b"\xff\xd8\xff\xe0" + bytes(500)),
    "secret.pdf": ("encrypted_pdf", files.encrypted_pdf),
    "cut.pdf": ("broken_pdf", lambda: cut(files.PDF_WITH_TEXT.read_bytes(), 0.01)),
    "scan.pdf": ("nothing_recognised", picture_pdf),
    "blank.pdf": ("nothing_recognised", lambda: files.scanned_pdf(3)),
    "bomb.docx": ("zip_bomb", lambda: files.bare_docx("<w:p/>" + " " * 300 * MB)),
    "cut.docx": ("broken_docx", lambda: cut(files.docx_of("一、任务"), 0.7)),
    "macro.docm": ("macro_file", lambda: files.package({"word/document.xml": b"<x/>", "word/vbaProject.bin": b"x"})),
    "laughs.docx": ("broken_docx", lambda: files.bare_docx("<w:p><w:r><w:t>&i;</w:t></w:r></w:p>", head=LAUGHS)),
    "outside.docx": (
        "broken_docx",
        lambda: files.bare_docx("<w:p/>", head='<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>'),
    ),
    "old.doc": ("old_word", lambda: files.old_office("WordDocument")),
    "list.xlsx": ("workbook", lambda: files.package({"xl/workbook.xml": b"<x/>"})),
}


@pytest.fixture(autouse=True)
def _without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """An old .doc is refused in the same words on machines that could convert it."""
    monkeypatch.setattr("luoshi.reading.decoding.doc_files.shutil.which", lambda name: None)


# The first scan of a process loads the models of the recogniser, which is no matter of the file.
SCANS = ("scan.pdf", "blank.pdf")


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_is_refused_in_words_and_leaves_nothing_half_written(clerk: User, name: str) -> None:
    code, make = REFUSED[name]
    data = make()
    if name in SCANS:
        read_bytes(files.scanned_pdf(1), name="first.pdf")
    before = rows()
    started = time.process_time()
    job = upload(desk(clerk), data, name)
    assert time.process_time() - started < 5
    assert (job.status, job.message_code) == (ImportStatus.REFUSED, code)
    words = said(job)
    assert words["en"] != words["zh-hans"]
    assert all("%(" not in text and "…" not in text and len(text) > 5 for text in words.values()), words
    grown = {label for label, count in rows().items() if count != before[label]}
    assert grown <= LEFT_BY_A_REFUSAL
    assert incoming() == []
    assert verify_chain()[1] == []
    for language, text in words.items():
        page = desk(clerk, language).get(reverse("documents:list")).content.decode()
        assert name in page
        assert text.replace('"', "&quot;").replace("'", "&#x27;") in page


READ_WITH_RESERVATIONS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "lying.pdf": ("lying_type", lambda: plan().encode()),
    "page.docx": (
        "lying_type",
        f"<html><body><p>{plan().replace(chr(10), '</p><p>')}</p></body></html>".encode,
    ),
    "mixed.txt": (
        "mixed_encoding",
        lambda: b"\n".join(
            line.encode("gb18030" if place == 17 else "utf-8") for place, line in enumerate(plan().split("\n"))
        ),
    ),
    "nothing.txt": (
        "no_tasks",
        "关于举办读书活动的通知\n\n各单位：\n\n定于四月举办读书活动，请踊跃参加。\n".encode,
    ),
}


@pytest.mark.parametrize("name", READ_WITH_RESERVATIONS)
def test_a_doubtful_file_is_read_and_the_page_says_what_is_doubtful(clerk: User, name: str) -> None:
    code, make = READ_WITH_RESERVATIONS[name]
    job = upload(desk(clerk), make(), name)
    assert job.status == ImportStatus.DONE
    assert job.reading is not None
    assert code in {issue["code"] for issue in job.reading.result["issues"]}
    document = job.reading.documents.get()
    pages = {
        language: desk(clerk, language).get(document.get_absolute_url()).content.decode()
        for language in ("en", "zh-hans")
    }
    assert pages["en"] != pages["zh-hans"]


HEAVY: dict[str, Callable[[], bytes]] = {
    "opened.txt": ("1. 做好工作。" + "（" * 10_000).encode,
    "paired.txt": ("1. 做好工作。" + "（" * 10_000 + "责任单位：市财政局" + "）" * 10_000).encode,
    "mixed.txt": ("1. 做好工作。" + "（〔【[" * 2_500 + "牵头单位：市财政局" + "]】〕）" * 2_500).encode,
    "labelled.txt": ("1. 做好工作。" + "（牵头单位：" * 10_000).encode,
    "many.txt": lambda: "".join(f"{n}. 事。（责任单位：市财政局）\n" for n in range(1, 3000)).encode(),
    "deep.txt": lambda: "\n".join(
        f"{mark} 事{n}（责任单位：市财政局）"
        for n in range(60)
        for mark in ("一、", "（一）", "1.", "（1）", "①", "第一条")
    ).encode(),
    "laughs.html": (LAUGHS + "<html><body><p>1. 事。（责任单位：市财政局）&i;</p></body></html>").encode,
    "deep.html": lambda: b"<html><body>" + b"<div>" * 30_000 + "1. 事。（责任单位：市财政局）".encode(),
    "numbers.txt": ("青政发〔2031〕1号\n" * 3000).encode,
    "one-line.txt": ("推动高质量发展，" * 100_000 + "（责任单位：市财政局）").encode,
}


@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_file_is_over_in_seconds_and_its_pages_open(clerk: User, name: str) -> None:
    data = HEAVY[name]()
    # Time of this process: how busy the machine is otherwise is not asked.
    started = time.process_time()
    job = upload(desk(clerk), data, name)
    took = time.process_time() - started
    assert job.status in {ImportStatus.DONE, ImportStatus.REFUSED}, job.message_params
    assert took < 5, took
    if job.reading:
        for document in job.reading.documents.all()[:2]:
            response = desk(clerk).get(document.get_absolute_url())
            assert response.status_code == 200
            assert desk(clerk).get(reverse("ledger:confirm", args=[document.pk])).status_code == 200


CHARACTERS = {
    "nul.html": "<html><body><p>1. 办好\x00一件事&#0;。（责任单位：市财政局）</p></body></html>",
    "half.html": "<html><body><p>1. 办好&#xD800;一件事&#55357;。（责任单位：市财\udc80政局）</p></body></html>",
    "control.txt": "1. 办好\x01\x02一件\x1b[31m事。（责任单位：市财\x7f政局）\n"
    "2. 办\u202e好\u2066两件事。（责任单位：市\u200b财政局）\n",
    "plane.txt": "1. 办好𠮷一件🏗事。（责任单位：市财政局）\n2. 办好\uffff\ufffe\ue000两件事。（责任单位：市财政局）\n",
    "marks.txt": "1. 办好%s%(x)s{0}{{x}}{% url %}一件事。（责任单位：市财政局%(name)s）\n",
}


@pytest.mark.parametrize("name", CHARACTERS)
def test_characters_that_no_database_keeps_do_no_harm(clerk: User, name: str) -> None:
    job = upload(desk(clerk), CHARACTERS[name].encode("utf-8", "surrogatepass"), name)
    assert job.status in {ImportStatus.DONE, ImportStatus.REFUSED}, job.message_params
    if job.reading:
        document = job.reading.documents.get()
        assert desk(clerk).get(document.get_absolute_url()).status_code == 200
        assert desk(clerk).get(reverse("ledger:confirm", args=[document.pk])).status_code == 200


NAMES = {
    "../../../etc/passwd": "passwd",
    "..\\..\\windows\\win.ini": "win.ini",
    "a\x00b\n\r\x1b.txt": None,
    "plan\u202etxt.exe": None,
    "方" * 300 + ".txt": None,
    "x." + "案" * 300: None,
    "<script>alert(1)</script>.txt": None,
    '"><img src=x onerror=alert(1)>.txt': None,
    "=cmd|' /C calc'!A0.txt": None,
}


@pytest.mark.parametrize("big", [False, True], ids=["in memory", "on disk"])
@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_hostile_name_is_kept_harmlessly(clerk: User, name: str, big: bool, settings: Any) -> None:
    if big:
        settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    client = desk(clerk)
    boundary = "frontier"
    quoted = name.replace("\\", "\\\\").replace('"', "%22")
    body = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="{quoted}"\r\n'
        f"Content-Type: text/plain\r\n\r\n{plan()}\r\n--{boundary}--\r\n"
    ).encode()
    response = client.post(reverse("documents:upload"), body, content_type=f"multipart/form-data; boundary={boundary}")
    assert response.status_code in {302, 422, 400}, response.status_code
    stored = (
        [path for path in Path(settings.FILES_ROOT).rglob("*") if path.is_file()] if response.status_code == 302 else []
    )
    assert all(len(path.name) == 64 and path.is_relative_to(settings.FILES_ROOT) for path in stored)
    if response.status_code != 302:
        return
    job = read_job(ImportJob.objects.order_by("-pk")[0])
    assert job.status == ImportStatus.DONE
    assert len(job.name) <= 255
    assert job.name.isprintable()
    assert "/" not in job.name
    assert job.reading is not None
    document = job.reading.documents.get()
    for address in (
        reverse("documents:list"),
        document.get_absolute_url(),
        reverse("documents:document", args=[document.pk]),
    ):
        page = client.get(address).content.decode()
        assert "<script>alert(1)" not in page
        assert "<img src=x" not in page
    download = client.get(reverse("documents:original", args=[document.pk]))
    assert download["Content-Disposition"].startswith("attachment")
    assert b"".join(download).decode() == plan()  # type: ignore[arg-type]


class Stream:
    """A request body that is made while it is read."""

    def __init__(self, head: bytes, size: int, tail: bytes) -> None:
        self._parts = self._pieces(head, size, tail)
        self._rest = b""
        self.length = len(head) + size + len(tail)

    @staticmethod
    def _pieces(head: bytes, size: int, tail: bytes) -> Iterator[bytes]:
        yield head
        block = b"\x20" * MB
        while size > 0:
            yield block[:size]
            size -= MB
        yield tail

    def read(self, count: int = -1) -> bytes:
        while len(self._rest) < count:
            piece = next(self._parts, b"")
            if not piece:
                break
            self._rest += piece
        given, self._rest = self._rest[:count], self._rest[count:]
        return given

    def readline(self, count: int = -1) -> bytes:
        raise NotImplementedError("an upload is read in pieces")


def send_stream(client: Client, address: str, field: str, size: int, **fields: str) -> Any:
    boundary = "frontier"
    head = "".join(
        f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    )
    head += f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"; filename="huge.txt"\r\n\r\n'
    stream = Stream(head.encode(), size, f"\r\n--{boundary}--\r\n".encode())
    return client.generic(
        "POST",
        address,
        b"",
        **{
            "wsgi.input": stream,
            "CONTENT_LENGTH": str(stream.length),
            "CONTENT_TYPE": f"multipart/form-data; boundary={boundary}",
        },
    )


def test_300_megabytes_are_refused_without_memory_or_disk(
    clerk: User, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tracemalloc

    spool = tmp_path / "spool"
    spool.mkdir()
    settings.FILE_UPLOAD_TEMP_DIR = str(spool)
    most = 0
    from luoshi.files import uploads

    receive = uploads.LimitedUploadHandler.receive_data_chunk

    def watched(handler: Any, raw: bytes, start: int) -> None:
        nonlocal most
        receive(handler, raw, start)
        most = max(most, sum(path.stat().st_size for path in spool.iterdir()))

    monkeypatch.setattr(uploads.LimitedUploadHandler, "receive_data_chunk", watched)
    settings.FILE_MAX_BYTES = 20 * MB
    tracemalloc.start()
    started = time.process_time()
    response = send_stream(desk(clerk), reverse("documents:upload"), "files", 300 * MB)
    took = time.process_time() - started
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert response.status_code == 302, response.content.decode()
    job = ImportJob.objects.get()
    assert (job.status, job.message_code, job.message_params) == (ImportStatus.REFUSED, "above_limit", {"limit": 20})
    assert most <= 20 * MB
    assert peak < 20 * MB
    assert took < 20
    assert list(spool.iterdir()) == []
    assert incoming() == []
    assert job.file is None
    assert AuditEntry.objects.filter(action="documents.receive_file").count() == 1


def test_several_files_of_which_one_is_too_large(clerk: User, settings: Any) -> None:
    settings.FILE_MAX_BYTES = 1 * MB
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    sent = [SimpleUploadedFile("huge.txt", b" " * 2 * MB), SimpleUploadedFile("plan.txt", plan().encode())]
    response = desk(clerk).post(reverse("documents:upload"), {"files": sent})
    assert response.status_code == 302
    by_name = {job.name: job for job in ImportJob.objects.all()}
    assert by_name["huge.txt"].status == ImportStatus.REFUSED
    assert read_job(by_name["plan.txt"]).status == ImportStatus.DONE


def test_a_broken_line_leaves_nothing(clerk: User, tmp_path: Path, settings: Any) -> None:
    spool = tmp_path / "spool"
    spool.mkdir()
    settings.FILE_UPLOAD_TEMP_DIR = str(spool)
    body = b'--frontier\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n' + b"a" * 5 * MB
    before = rows()
    response = desk(clerk).generic(
        "POST",
        reverse("documents:upload"),
        b"",
        **{
            "wsgi.input": FakePayload(body),
            "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": "multipart/form-data; boundary=frontier",
        },
    )
    assert response.status_code < 500
    assert list(spool.iterdir()) == []
    assert incoming() == []
    after = rows()
    assert {label for label in after if after[label] != before[label]} <= LEFT_BY_A_REFUSAL


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("ok\udcff\udcfename.txt", "ok��name.txt"),
        ("plan\u202etxt.exe", "plan�txt.exe"),
        ("a\nb\x1b[31m\0.txt", "a�b�[31m�.txt"),
        ("方案　终稿 (1).txt", "方案　终稿 (1).txt"),
        ("长" * 300 + ".txt", "长" * 251 + ".txt"),
        ("", "�"),
    ],
)
def test_a_name_from_the_command_line_is_made_harmless(clerk: User, name: str, kept: str) -> None:
    job = read_job(receive_file(acting_user=clerk, name=name, chunks=[plan().encode()], now=NOW))
    assert (job.name, job.status) == (kept, ImportStatus.DONE)
    job.refresh_from_db()
    assert job.name == kept


def test_two_files_without_number_and_title_are_no_printings_of_each_other(clerk: User) -> None:
    texts = ("1. 修路。（责任单位：市交通运输局）\n", "1. 种树。（责任单位：市林业局）\n")
    jobs = [upload(desk(clerk), text.encode(), f"{place}.txt") for place, text in enumerate(texts)]
    assert [job.status for job in jobs] == [ImportStatus.DONE] * 2
    page = desk(clerk).get(reverse("documents:list"))
    assert page.status_code == 200
