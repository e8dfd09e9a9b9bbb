"""Files that cannot be read, or only with reservations: a clear message, no exception, no hang."""

import time
from collections.abc import Callable

import pytest
from tests.reading import files
from tests.reading.reader import codes, read, tasks_of

from luoshi.reading import limits as limits_module
from luoshi.reading import read_bytes, read_file
from luoshi.reading.decoding import decode as decoding
from luoshi.reading.decoding import doc_files, packages, text_files
from luoshi.reading.decoding.paper import Mark, Sheet
from luoshi.reading.decoding.pdf import reading as pdf_files
from luoshi.reading.decoding.pdf.pages import PageReading
from luoshi.reading.model import Reading

PLAN = "一、任务\n\n1. 修路架桥。（责任单位：市交通运输局）\n2. 植树造林。（责任单位：市林业局）\n"

ONE_IN_A_ZIP = files.package({"a.txt": PLAN.encode()})

REFUSED: list[tuple[str, str, Callable[[], bytes]]] = [
    ("empty.txt", "empty_file", lambda: b""),
    ("blank.txt", "empty_file", lambda: b" \r\n\t \n"),
    ("marks.md", "empty_file", "\ufeff\u200b\u200b\n****\n".encode),
    ("photo.pdf", "broken_image", lambda: b"\x89PNG\r\n\x1a\n" + b"\x00" * 100),
    ("photo.txt", "broken_image", lambda: b"\xff\xd8\xff\xe0" + b"\x00" * 100),
    ("program.txt", "binary_file", lambda: b"MZ\x90\x00\x03" + bytes(range(256)) * 4),
    ("noise.txt", "binary_file", lambda: bytes(range(256)) * 20),
    ("library.md", "binary_file", lambda: b"\x7fELF" + b"\x00" * 100),
    ("secret.pdf", "encrypted_pdf", files.encrypted_pdf),
    ("cut.pdf", "broken_pdf", lambda: files.PDF_WITH_TEXT.read_bytes()[:2000]),
    ("scan.pdf", "nothing_recognised", files.scanned_pdf),
    ("bomb.docx", "zip_bomb", lambda: files.lying_docx(unpacks_to=1000, declares=300 << 20)),
    ("liar.docx", "broken_docx", lambda: files.lying_docx(unpacks_to=5 << 20, declares=100)),
    ("macro.docm", "macro_file", lambda: files.package({"word/document.xml": b"<x/>", "word/vbaProject.bin": b"x"})),
    ("macro.docx", "macro_file", lambda: files.package({"word/document.xml": b"<x/>", "word/vbaProject.bin": b"x"})),
    ("cut.docx", "broken_docx", lambda: files.docx_of("一、任务")[:3000]),
    ("torn.docx", "broken_docx", lambda: files.bare_docx("<w:p>")),
    ("entities.docx", "broken_docx", lambda: files.bare_docx("<w:p/>", head='<!DOCTYPE a [<!ENTITY b "c">]>')),
    ("old.doc", "old_word", lambda: files.old_office("WordDocument")),
    ("secret.docx", "encrypted_docx", lambda: files.old_office("EncryptedPackage")),
    ("old.xls", "workbook", lambda: files.old_office("Workbook")),
    ("sheet.xlsx", "workbook", lambda: files.package({"xl/workbook.xml": b"<x/>"})),
    ("slides.ppt", "old_office", lambda: files.old_office("PowerPoint Document")),
    ("mail.ofd", "broken_ofd", lambda: files.package({"OFD.xml": b"<x/>"})),
    ("secret.ofd", "encrypted_ofd", lambda: files.package({"OFD.xml": b"<x/>", "Encryptions.xml": b"<x/>"})),
    ("cut.ofd", "broken_ofd", lambda: files.package({"OFD.xml": b"<x/>" * 100, "Doc_0/Document.xml": b""})[:200]),
    ("cut.zip", "broken_archive", lambda: files.package({"a.txt": PLAN.encode(), "b.txt": PLAN.encode()})[:150]),
    ("nothing.zip", "empty_archive", lambda: files.package({"__MACOSX/._a.txt": b"a", ".DS_Store": b"b"})),
    ("pictures.zip", "archive_unreadable", lambda: files.package({"a.gif": b"GIF89a" + bytes(99), "b.txt": b""})),
    ("nested.zip", "archive_unreadable", lambda: files.package({"a.zip": files.package({"b.zip": ONE_IN_A_ZIP})})),
    ("sheet.ods", "old_office", lambda: files.package({"content.xml": b"<x/>", "META-INF/manifest.xml": b"<x/>"})),
    ("frames.html", "page_of_frames", lambda: b'<html><frameset cols="1,2"><frame src="a.htm"></frameset></html>'),
    ("macro.doc", "macro_file", lambda: files.old_office("WordDocument", "Macros", "_VBA_PROJECT")),
    ("secret.doc", "encrypted_docx", lambda: files.old_office("WordDocument", head=files.WORD_HEAD_ENCRYPTED)),
    ("many.rar", "archive_file", lambda: b"Rar!\x1a\x07\x00" + b"\x00" * 50),
    ("letter.rtf", "rtf_file", lambda: b"{\\rtf1\\ansi hello}"),
]


@pytest.fixture(autouse=True)
def _without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doc_files.shutil, "which", lambda name: None)


@pytest.mark.parametrize(("name", "code", "make"), REFUSED, ids=[name for name, _, _ in REFUSED])
def test_unreadable_file_says_what_it_is(name: str, code: str, make: Callable[[], bytes]) -> None:
    reading = read_bytes(make(), name=name)
    assert reading.unreadable
    assert [issue.code for issue in reading.issues if issue.severity == "error"] == [code]
    assert (reading.documents, reading.text) == ((), "")
    assert "{" not in reading.issues[0].message


def test_file_over_the_limit_is_refused_before_it_is_parsed(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr(decoding, "MAX_BYTES", 1000)
    monkeypatch.setattr(decoding, "sniff", _explode)
    assert codes(read_bytes(b"a" * 1001, name="long.txt")) == ["too_large"]


def _explode(data: bytes) -> None:
    raise AssertionError("parsed")


def test_file_over_the_limit_is_not_loaded(tmp_path: object) -> None:
    from pathlib import Path

    path = Path(str(tmp_path)) / "huge.txt"
    with path.open("wb") as sparse:
        sparse.truncate(300 << 20)
    started = time.monotonic()
    assert codes(read_file(path)) == ["too_large"]
    assert time.monotonic() - started < 1


def test_too_many_pages_and_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_files, "MAX_PAGES", 1)
    assert codes(read_bytes(files.scanned_pdf(2), name="a.pdf")) == ["too_many_pages"]
    monkeypatch.setattr(decoding, "MAX_CHARACTERS", 100)
    assert codes(read("一" * 101)) == ["too_many_characters"]


def test_slow_pdf_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_files, "MAX_SECONDS", -1)
    assert codes(read_bytes(files.PDF_WITH_TEXT.read_bytes(), name="a.pdf")) == ["took_too_long"]


def test_zip_bomb_is_stopped_while_it_unpacks(monkeypatch: pytest.MonkeyPatch) -> None:
    data = files.docx_of("一、任务" * 1000)
    monkeypatch.setattr(packages.Package, "is_encrypted", property(_small_budget))
    assert codes(read_bytes(data, name="a.docx")) == ["zip_bomb"]


def _small_budget(package: packages.Package) -> bool:
    package.budget.left = 1000
    return False


LYING = [
    ("plan.pdf", PLAN.encode(), "text/plain"),
    (
        "plan.txt",
        files.docx_of(*PLAN.split("\n")),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ("plan.docx", f"<html><body><p>{PLAN.replace(chr(10), '</p><p>')}</p></body></html>".encode(), "text/html"),
]


@pytest.mark.parametrize(("name", "data", "media_type"), LYING, ids=[name for name, _, _ in LYING])
def test_lying_type_is_read_as_what_it_is(name: str, data: bytes, media_type: str) -> None:
    reading = read_bytes(data, name=name)
    assert reading.source.media_type == media_type
    assert codes(reading) == ["lying_type"]
    assert len(tasks_of(reading)) == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_of_whole_files(encoding: str) -> None:
    reading = read_bytes(PLAN.encode(encoding), name="plan.txt")
    assert reading.text == PLAN
    assert codes(reading) == []


def test_mixed_encodings_are_read_line_by_line() -> None:
    lines = PLAN.encode().split(b"\n")
    lines[3] = lines[3].decode().encode("gb18030")
    reading = read_bytes(b"\n".join(lines), name="plan.txt")
    assert reading.text == PLAN
    assert [(issue.code, issue.params["line"]) for issue in reading.issues] == [("mixed_encoding", 4)]


def test_bytes_of_no_encoding_are_reported_with_their_line() -> None:
    lines = [*PLAN.encode().split(b"\n"), "二、保障措施".encode() + b"\xff"]
    reading = read_bytes(b"\n".join(lines), name="plan.txt")
    assert [(issue.code, issue.params["line"]) for issue in reading.issues] == [("undecodable", 6)]
    assert len(tasks_of(reading)) == 2


def test_page_without_text_is_named() -> None:
    marks = [(), (Mark("文", 0, 0, 1, 1),)]
    pages = [PageReading(Sheet(number, 100, 100, printed)) for number, printed in enumerate(marks, start=1)]
    assert [(i.code, i.params["page"]) for i in pdf_files.page_issues(pages, tried=False)] == [("page_without_text", 1)]


def test_document_without_tasks_is_said_to_have_none() -> None:
    reading = read("关于举办读书活动的通知\n\n各单位：\n\n定于四月举办读书活动，请踊跃参加，并做好宣传工作。\n")
    assert codes(reading) == ["no_tasks"]
    assert not reading.unreadable


NESTED = [
    ("opened", "1. 做好工作。" + "（" * 10_000),
    ("closed", "1. 做好工作。" + "）" * 10_000),
    ("paired", "1. 做好工作。" + "（" * 10_000 + "责任单位：市财政局" + "）" * 10_000),
    ("mixed", "1. 做好工作。" + "（〔【[" * 2_500 + "]】〕）" * 2_500),
    ("labelled", "1. 做好工作。" + "（牵头单位：" * 10_000),
    ("line", "推动高质量发展，" * (5_000_000 // 24)),
    ("blank", "一" + " " * 5_000_000 + "二"),
    ("breaks", "\n" * 1_000_000 + "一"),
    ("letters", "a" * 5_000_000),
    ("colons", "责任单位：" * 100_000),
    ("names", "1. 事。（责任单位：" + "市财政局、" * 200_000 + "）"),
    ("and", "1. 事。责任单位：" + "市财政局和" * 20_000),
    ("posts", "1. 事。牵头领导：" + "市委常委、" * 60_000),
    ("quotes", "《" * 300_000),
    ("numbers", "青政发〔2031〕1号\n" * 10_000),
]


@pytest.mark.parametrize(("name", "text"), NESTED, ids=[name for name, _ in NESTED])
def test_hostile_text_takes_little_time(name: str, text: str) -> None:
    started = time.process_time()
    reading = read(text)
    assert time.process_time() - started < 2
    assert not reading.unreadable


def test_deeply_nested_page_and_word_file_do_no_harm() -> None:
    page = read_bytes(b"<html><body>" + b"<div>" * 20_000 + PLAN.encode(), name="page.html")
    assert isinstance(page, Reading)
    nested = files.bare_docx("<w:sdt><w:sdtContent>" * 3000 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 3000)
    assert isinstance(read_bytes(nested, name="nested.docx"), Reading)


def test_limits_hold_what_an_office_sends() -> None:
    assert limits_module.MAX_BYTES == 100 * 1024 * 1024
    assert text_files.read_text("好\f好".encode()).paged
