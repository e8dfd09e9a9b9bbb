"""Bringing files in: what is written, what is recognised, and that nothing is written by halves."""

import datetime as dt
import random
import threading
from typing import Any

import pytest
from django.db import close_old_connections, connection
from tests.documents.plans import NOW, TASKS, bring_in, brought_in, plan, receive

from luoshi.access.audit import verify_chain
from luoshi.access.models import AuditEntry, User
from luoshi.access.permissions import UnableToAct
from luoshi.documents import jobs
from luoshi.documents.actions import (
    UnableToImport,
    keep_as_printing,
    make_current,
    note_download,
    receive_file,
    retry_import,
    start_import,
)
from luoshi.documents.models import (
    Document,
    Finding,
    ImportJob,
    Original,
    Provision,
    Reading,
    SearchEntry,
    TextVersion,
)
from luoshi.documents.states import DocumentStatus, FindingStatus, ImportStatus
from luoshi.files.models import StoredFile

pytestmark = pytest.mark.django_db

WRITTEN = (Original, TextVersion, Reading, Document, Provision, Finding, SearchEntry)


def test_a_plan_becomes_a_document_with_findings(clerk: User) -> None:
    job = bring_in(clerk, plan(), plan_year=2026)

    assert job.status == ImportStatus.DONE
    assert job.message_params == {"documents": 1, "tasks": 3}
    assert job.reading is not None
    document = job.reading.documents.get()
    assert (document.doc_number, document.plan_year, document.status) == ("云政发〔2026〕1号", 2026, "CURRENT")
    findings = list(document.findings.order_by("position"))
    assert [finding.number for finding in findings] == ["1", "2", "3"]
    assert findings[0].parties("lead_units")[0]["name"] == "市教育局"
    text = job.reading.text.text
    assert text[findings[0].start : findings[0].end].startswith("1. 新建中小学24所")


def test_the_original_is_kept_byte_for_byte(clerk: User) -> None:
    content = plan().encode("gb18030")
    document = brought_in(clerk, content, name="分工方案.txt")
    original = document.reading.text.original
    assert original.file.read_bytes() == content
    assert original.name == "分工方案.txt"


def test_the_same_file_twice_is_recognised_and_not_written_twice(clerk: User) -> None:
    bring_in(clerk, plan(), name="first.txt")
    before = {model: model.objects.count() for model in WRITTEN}  # type: ignore[attr-defined]

    again = bring_in(clerk, plan(), name="second.txt")

    assert again.status == ImportStatus.KNOWN
    assert again.message_params == {"name": "first.txt"}
    assert {model: model.objects.count() for model in WRITTEN} == before  # type: ignore[attr-defined]
    assert StoredFile.objects.count() == 1


def test_a_second_printing_waits_for_a_decision(clerk: User) -> None:
    first = brought_in(clerk, plan())
    job = bring_in(clerk, plan((TASKS[0].replace("新建", "新改建"), *TASKS[1:])))

    assert job.status == ImportStatus.NEEDS_DECISION
    assert job.reading is not None
    second = job.reading.documents.get()
    assert (second.status, second.family) == (DocumentStatus.WAITING, first.family)
    first.refresh_from_db()
    assert first.status == DocumentStatus.CURRENT


def test_the_reports_of_two_years_are_no_printings_of_each_other(clerk: User) -> None:
    def report(day: str, growth: int) -> str:
        return (
            f"政府工作报告\n——{day}在云川市第五届人民代表大会第三次会议上\n云川市人民政府市长\u3000周砚清\n各位代表：\n"
            f"现在，我代表市人民政府向大会报告工作，请予审议。\n一、去年工作回顾\n地区生产总值增长{growth}%。\n"
        )

    first = bring_in(clerk, report("2025年1月12日", 5), name="2025.txt")
    second = bring_in(clerk, report("2026年1月15日", 6), name="2026.txt")
    again = bring_in(clerk, report("2026年1月15日", 7), name="2026-again.txt")
    assert (first.status, second.status) == (ImportStatus.DONE, ImportStatus.DONE)
    assert again.status == ImportStatus.NEEDS_DECISION


def test_a_chronicle_without_a_number_is_no_printing_of_the_last_one(clerk: User) -> None:
    def chronicle(month: int) -> str:
        days = "\n".join(f"{month}月{day}日 市长林予安到云溪县调研农业生产和乡村建设工作。" for day in range(1, 9))
        return f"云川市人民政府大事记\n（2026年{month}月）\n{days}\n"

    bring_in(clerk, chronicle(1), name="january.txt")
    job = bring_in(clerk, chronicle(2), name="february.txt")
    assert job.reading is not None
    assert {document.kind for document in job.reading.documents.all()} == {"chronicle"}
    assert job.status == ImportStatus.DONE


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b" \n\t\n", "empty_file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "broken_image"),
        (b"PK\x03\x04" + bytes(64), None),
        (b"%PDF-1.7\nnothing follows", "broken_pdf"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_says_why(clerk: User, content: bytes, code: str | None) -> None:
    job = bring_in(clerk, content, name="plan.pdf")
    assert job.status == ImportStatus.REFUSED
    assert job.message_code
    assert code in (None, job.message_code)
    assert not any(model.objects.exists() for model in WRITTEN)  # type: ignore[attr-defined]


def test_a_file_above_the_limit_is_refused_while_it_streams_in(clerk: User, settings: Any) -> None:
    settings.FILE_MAX_BYTES = 3 * 1024 * 1024
    taken = []

    def chunks() -> Any:
        for index in range(300):
            taken.append(index)
            yield bytes(1024 * 1024)

    job = receive_file(acting_user=clerk, name="huge.pdf", chunks=chunks(), now=NOW)
    assert (job.status, job.message_code, job.message_params) == (ImportStatus.REFUSED, "above_limit", {"limit": 3})
    assert len(taken) == 4
    assert not list(settings.FILES_ROOT.rglob("*incoming*"))
    assert not StoredFile.objects.exists()


def test_nothing_is_half_written_when_the_program_fails_in_the_middle(
    clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = receive(clerk, plan())

    def fail(*_args: Any, **_kwargs: Any) -> Any:
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as patched:
        # Search entries are the last rows of a document: everything before them has been written by then.
        patched.setattr(SearchEntry.objects, "bulk_create", fail)
        job = jobs.read_job(job)

    assert (job.status, job.message_code) == (ImportStatus.FAILED, "failed")
    assert "the disk is full" in job.message_params["reason"]
    assert not any(model.objects.exists() for model in WRITTEN)  # type: ignore[attr-defined]

    job = jobs.read_job(retry_import(acting_user=clerk, job=job, now=NOW))
    assert job.status == ImportStatus.DONE
    assert Finding.objects.count() == 3


def test_only_a_failed_import_can_be_tried_again(clerk: User) -> None:
    job = bring_in(clerk, plan())
    with pytest.raises(UnableToImport):
        retry_import(acting_user=clerk, job=job, now=NOW)


def test_a_year_that_no_plan_can_be_for_is_refused(clerk: User) -> None:
    with pytest.raises(UnableToImport):
        receive(clerk, plan(), plan_year=20026)
    assert not ImportJob.objects.exists()


def test_only_the_supervision_office_brings_documents_in(reader: User) -> None:
    with pytest.raises(UnableToAct):
        receive(reader, plan())


def test_every_act_leaves_one_entry_in_the_trail(clerk: User) -> None:
    document = brought_in(clerk, plan())
    note_download(acting_user=clerk, document=document, now=NOW)
    second = brought_in(clerk, plan(TASKS[:2]))
    keep_as_printing(acting_user=clerk, document=second, now=NOW)
    acts = list(AuditEntry.objects.order_by("sequence").values_list("action", flat=True))
    own = [act for act in acts if act.startswith("documents.")]
    assert own == [
        "documents.receive_file",
        "documents.import",
        "documents.download",
        "documents.receive_file",
        "documents.import",
        "documents.keep_as_printing",
    ]
    assert verify_chain()[1] == []


class TestDecision:
    """What becomes of a second printing."""

    def test_kept_beside_the_current_one(self, clerk: User) -> None:
        first, second = brought_in(clerk, plan()), brought_in(clerk, plan(TASKS[:2]))
        keep_as_printing(acting_user=clerk, document=second, now=NOW)
        first.refresh_from_db()
        assert (first.status, second.status) == (DocumentStatus.CURRENT, DocumentStatus.PRINTING)
        assert not ImportJob.objects.filter(status=ImportStatus.NEEDS_DECISION).exists()

    def test_takes_the_place_of_the_current_one(self, clerk: User) -> None:
        first, second = brought_in(clerk, plan()), brought_in(clerk, plan(TASKS[:2]))
        make_current(acting_user=clerk, document=second, now=NOW)
        first.refresh_from_db()
        assert (first.status, second.status) == (DocumentStatus.SUPERSEDED, DocumentStatus.CURRENT)

    def test_never_takes_the_place_of_one_whose_tasks_are_in_the_ledger(self, clerk: User) -> None:
        first, second = brought_in(clerk, plan()), brought_in(clerk, plan(TASKS[:2]))
        Finding.objects.filter(document=first, number="1").update(status=FindingStatus.ACCEPTED)
        with pytest.raises(UnableToImport):
            make_current(acting_user=clerk, document=second, now=NOW)
        first.refresh_from_db()
        second.refresh_from_db()
        assert (first.status, second.status) == (DocumentStatus.CURRENT, DocumentStatus.WAITING)

    def test_is_made_once(self, clerk: User) -> None:
        brought_in(clerk, plan())
        second = brought_in(clerk, plan(TASKS[:2]))
        stale = Document.objects.get(pk=second.pk)
        make_current(acting_user=clerk, document=second, now=NOW)
        with pytest.raises(UnableToImport):
            keep_as_printing(acting_user=clerk, document=stale, now=NOW)

    def test_is_not_for_readers(self, clerk: User, reader: User) -> None:
        first, second = brought_in(clerk, plan()), brought_in(clerk, plan(TASKS[:2]))
        for act in (keep_as_printing, make_current):
            with pytest.raises(UnableToAct):
                act(acting_user=reader, document=second, now=NOW)
        first.refresh_from_db()
        assert first.status == DocumentStatus.CURRENT


@pytest.mark.django_db(transaction=True)
def test_one_job_is_read_by_one_worker_only(clerk: User) -> None:
    job = receive(clerk, plan())
    barrier = threading.Barrier(4)
    claimed: list[bool] = []

    def work() -> None:
        mine = ImportJob.objects.get(pk=job.pk)
        barrier.wait()
        claimed.append(start_import(job=mine))
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    close_old_connections()
    assert sorted(claimed) == [False, False, False, True]


def test_a_job_that_somebody_else_reads_is_left_alone(clerk: User) -> None:
    job = receive(clerk, plan())
    assert start_import(job=ImportJob.objects.get(pk=job.pk))
    left = jobs.read_job(job)
    assert left.status == ImportStatus.RUNNING
    assert not Document.objects.exists()


def test_progress_is_written_while_a_file_is_read(clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "PROGRESS_EVERY_SECONDS", 0.0)
    seen: list[tuple[int, str]] = []
    real = jobs.show_progress

    def noted(*, job: ImportJob, percent: int, stage: str) -> None:
        real(job=job, percent=percent, stage=stage)
        seen.append((ImportJob.objects.get(pk=job.pk).percent, stage))

    monkeypatch.setattr(jobs, "show_progress", noted)
    job = bring_in(clerk, plan())
    assert seen
    assert all(0 <= percent <= 99 for percent, _stage in seen)
    assert job.percent == 100
    assert job.finished_at is not None
    assert job.finished_at > dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def mutated(chance: random.Random) -> bytes:
    """Return the bytes of a plan that somebody damaged."""
    text = plan(TASKS * 3)
    for _ in range(chance.randrange(1, 12)):
        place = chance.randrange(len(text))
        piece = chance.choice(
            ["\x00", "\n\n", "（" * 40, "〕", "９" * 50, "一、" * 20, "\ufffd", "𠮷", "\u202e", "(1)1.①"]
        )
        text = text[:place] + piece + text[place + chance.randrange(20) :]
    content = bytearray(text.encode(chance.choice(["utf-8", "gb18030", "utf-16"]), errors="replace"))
    for _ in range(chance.randrange(6)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content)


@pytest.mark.parametrize("seed", range(25))
def test_whatever_a_file_holds_is_written_whole_or_refused(clerk: User, seed: int) -> None:
    job = bring_in(clerk, mutated(random.Random(seed)), name="damaged.txt")
    assert job.status in {ImportStatus.DONE, ImportStatus.REFUSED}, job.message_params
    for finding in Finding.objects.all():
        text = finding.document.reading.text.text
        for party in finding.parties("lead_units"):
            start, end = party["span"]["start"], party["span"]["end"]
            assert "".join(text[start:end].split()) == party["name"]


@pytest.mark.parametrize(
    "content",
    [
        b"\xff\xfe" + "1. 新建学校。（牵头单位：市教育局）".encode("utf-16-le") + b"\x00\xd8",
        "1. 新建学校。（牵头单位：市教育局）".encode() + b"\xed\xa0\x80",
        ("1. 新建学校。（牵头单位：" + "市教育局、" * 400 + "）").encode(),
        ("1." * 3000).encode(),
        ("标题" * 600 + "\n1. 新建学校。（牵头单位：" + "某" * 400 + "局）").encode(),
    ],
)
def test_odd_files_do_not_break_the_writing(clerk: User, content: bytes) -> None:
    job = bring_in(clerk, content, name="x" * 400 + ".txt")
    assert job.status in {ImportStatus.DONE, ImportStatus.REFUSED}, job.message_params
    assert len(job.name) <= 255
