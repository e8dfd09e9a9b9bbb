"""Archives that come in, and imports that a person stops."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.documents.plans import NOW, TASKS, bring_in, plan, receive

from luoshi.access.models import AuditEntry, User
from luoshi.access.permissions import UnableToAct
from luoshi.documents import jobs
from luoshi.documents.actions import (
    ImportStopped,
    UnableToImport,
    cancel_import,
    finish_import,
    retry_import,
    show_progress,
    start_import,
)
from luoshi.documents.jobs import read_job, waiting_members
from luoshi.documents.messages import stage_label
from luoshi.documents.models import Document, ImportJob, Original
from luoshi.documents.states import ImportStatus
from luoshi.reading import read_bytes

pytestmark = pytest.mark.django_db


def archive(files: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP of files by name."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as target:
        for name, content in files.items():
            target.writestr(name, content)
    return written.getvalue()


def second(number: int = 2) -> str:
    return plan(TASKS[:2], number=f"云政发〔2026〕{number}号", subject=f"2026年第{number}批重点项目")


def taken_in(user: User, files: Mapping[str, str | bytes], **given: Any) -> tuple[ImportJob, list[ImportJob]]:
    """Take an archive in, read all its files, and return its import and theirs."""
    job = bring_in(user, archive(files), name="来文.zip", **given)
    for member in waiting_members(job):
        read_job(member)
    return job, list(job.members.order_by("pk"))


def test_each_file_becomes_an_import_of_its_own(clerk: User) -> None:
    files = {"附件10.txt": second(), "附件2.txt": plan(), "表格.xlsx": b"\x00\x01nothing", "空.txt": b""}
    job, members = taken_in(clerk, files, plan_year=2026)
    assert (job.status, job.message_code, job.message_params) == (ImportStatus.DONE, "unpacked", {"files": 4})
    found = {each.name: (each.status, each.message_code) for each in members}
    assert [name for name in found if name.startswith("附件")] == ["附件2.txt", "附件10.txt"]
    assert found["附件2.txt"] == (ImportStatus.DONE, "imported")
    assert found["附件10.txt"] == (ImportStatus.DONE, "imported")
    assert found["表格.xlsx"] == (ImportStatus.REFUSED, "binary_file")
    assert found["空.txt"] == (ImportStatus.REFUSED, "empty_file")
    assert {each.plan_year for each in members} == {2026}
    assert Document.objects.count() == 2


def test_the_archive_is_kept_as_it_came_but_is_no_document(clerk: User) -> None:
    content = archive({"附件.txt": plan()})
    job = bring_in(clerk, content, name="来文.zip")
    assert job.file is not None
    assert job.file.read_bytes() == content
    assert not Original.objects.filter(file=job.file).exists()


def test_a_file_that_is_already_here_is_recognised_without_reading_it(
    clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(clerk, plan(), name="plan.txt")

    def read(*_args: Any, **_given: Any) -> Any:
        raise AssertionError("these bytes were read already")

    monkeypatch.setattr(jobs, "read_bytes", read)
    _job, (member,) = taken_in(clerk, {"同一文件.txt": plan()})
    assert (member.status, member.message_params) == (ImportStatus.KNOWN, {"name": "plan.txt"})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (archive({}), "empty_archive"),
        (archive({"说明.txt": plan()})[:-30], "broken_archive"),
    ],
)
def test_an_archive_that_cannot_be_opened_is_refused(clerk: User, content: bytes, code: str) -> None:
    job = bring_in(clerk, content, name="来文.zip")
    assert (job.status, job.message_code) == (ImportStatus.REFUSED, code)
    assert not job.members.exists()


def test_a_locked_file_is_named_and_stops_no_other(clerk: User) -> None:
    content = bytearray(archive({"a.txt": plan(), "b.txt": second()}))
    # The flag of a locked file, in its own head and in the directory at the end.
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1
    job = bring_in(clerk, bytes(content), name="来文.zip")
    members = [read_job(each) if not each.is_finished else each for each in job.members.order_by("pk")]
    assert [each.message_code for each in members] == ["encrypted_archive", "imported"]


def test_nothing_of_an_archive_is_half_written(clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    real = ImportJob.save

    def fail(job: ImportJob, *args: Any, **given: Any) -> None:
        if job.name == "b.txt":
            raise RuntimeError("the disk is full")
        real(job, *args, **given)

    with monkeypatch.context() as patched:
        patched.setattr(ImportJob, "save", fail)
        job = bring_in(clerk, archive({"a.txt": plan(), "b.txt": second()}), name="来文.zip")
    assert job.status == ImportStatus.FAILED
    assert not job.members.exists()
    job = read_job(retry_import(acting_user=clerk, job=job, now=NOW))
    assert job.members.count() == 2


class TestCancelling:
    """A person stops an import."""

    def test_one_that_waits_is_never_read(self, clerk: User) -> None:
        job = receive(clerk, plan())
        assert cancel_import(acting_user=clerk, job=job, now=NOW) == 1
        assert read_job(job).status == ImportStatus.CANCELLED
        assert not Document.objects.exists()
        assert AuditEntry.objects.filter(action="documents.cancel_import").count() == 1

    def test_one_at_work_ends_at_its_next_step(self, clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(jobs, "PROGRESS_EVERY_SECONDS", 0.0)
        real = jobs.show_progress
        seen: list[str] = []

        def cancelled(*, job: ImportJob, percent: int, stage: str) -> None:
            seen.append(stage)
            if len(seen) == 2:
                cancel_import(acting_user=clerk, job=ImportJob.objects.get(pk=job.pk), now=NOW)
            real(job=job, percent=percent, stage=stage)

        monkeypatch.setattr(jobs, "show_progress", cancelled)
        job = bring_in(clerk, plan())
        assert len(seen) == 2
        assert (job.status, job.message_code) == (ImportStatus.CANCELLED, "cancelled")
        assert not Document.objects.exists()

    def test_one_that_was_tried_again_is_not_finished_by_the_first_worker(self, clerk: User) -> None:
        job = receive(clerk, plan())
        assert start_import(job=job)
        first = ImportJob.objects.get(pk=job.pk)
        cancel_import(acting_user=clerk, job=job, now=NOW)
        retry_import(acting_user=clerk, job=job, now=NOW)
        assert start_import(job=job)
        result = read_bytes(plan().encode(), name="plan.txt")
        with pytest.raises(ImportStopped):
            show_progress(job=first, percent=50, stage="tasks")
        with pytest.raises(ImportStopped):
            finish_import(job=first, result=result, now=NOW)
        assert not Document.objects.exists()
        assert finish_import(job=job, result=result, now=NOW).status == ImportStatus.DONE

    def test_one_that_is_over_is_left(self, clerk: User) -> None:
        job = bring_in(clerk, plan())
        with pytest.raises(UnableToImport):
            cancel_import(acting_user=clerk, job=job, now=NOW)
        job.refresh_from_db()
        assert job.status == ImportStatus.DONE

    def test_the_rest_of_an_archive_goes_with_it(self, clerk: User) -> None:
        job = bring_in(clerk, archive({"a.txt": plan(), "b.txt": second(), "c.txt": second(3)}), name="来文.zip")
        first, *rest = waiting_members(job)
        read_job(first)
        assert cancel_import(acting_user=clerk, job=job, now=NOW) == 2
        assert [each.status for each in job.members.order_by("pk")] == ["DONE", "CANCELLED", "CANCELLED"]
        job.refresh_from_db()
        assert job.status == ImportStatus.DONE
        retry_import(acting_user=clerk, job=rest[0], now=NOW)
        assert read_job(rest[0]).status == ImportStatus.DONE

    def test_is_not_for_readers(self, clerk: User, reader: User) -> None:
        job = receive(clerk, plan())
        with pytest.raises(UnableToAct):
            cancel_import(acting_user=reader, job=job, now=NOW)
        job.refresh_from_db()
        assert job.status == ImportStatus.QUEUED


class TestPages:
    """What a person sees of an archive."""

    @pytest.fixture(autouse=True)
    def _at_the_desk(self, client: Client, clerk: User, settings: Any) -> None:
        settings.LANGUAGE_CODE = "en"
        client.force_login(clerk)

    def test_the_list_says_how_many_files_stand_where(self, client: Client, clerk: User) -> None:
        job, _members = taken_in(clerk, {"a.txt": plan(), "b.txt": second(), "c.bin": b"\x00\x01"})
        page = client.get(reverse("documents:jobs")).content.decode()
        assert "3 files of the archive" in page
        assert f'{reverse("documents:archive", args=[job.pk])}?status=REFUSED"' in page
        assert "b.txt" not in page
        assert "every 2s" not in page

    def test_the_list_asks_on_while_a_file_waits_and_says_the_page_of_a_scan(self, client: Client, clerk: User) -> None:
        job = bring_in(clerk, archive({"a.txt": plan(), "b.txt": second()}), name="来文.zip")
        member = waiting_members(job)[0]
        assert start_import(job=member)
        show_progress(job=member, percent=12, stage="recognise 3/12")
        page = client.get(reverse("documents:jobs")).content.decode()
        assert "every 2s" in page
        assert "0 of 2 files" in page
        assert "a.txt · 12% · Recognising page 3 of 12" in page
        assert stage_label("recognise x/12") == ""

    def test_the_archive_has_a_page_with_every_file(self, client: Client, clerk: User) -> None:
        job, _members = taken_in(clerk, {"a.txt": plan(), "b.txt": second(), "c.bin": b"\x00\x01"})
        address = reverse("documents:archive", args=[job.pk])
        page = client.get(address).content.decode()
        assert all(name in page for name in ("a.txt", "b.txt", "c.bin", "is not a document"))
        narrowed = client.get(f"{address}?status=REFUSED").content.decode()
        assert "c.bin" in narrowed
        assert "a.txt" not in narrowed
        nothing = client.get(f"{address}?status=FAILED").content.decode()
        assert "No file stands here" in nothing
        file = client.get(reverse("documents:archive_file", args=[job.pk]))
        assert b"".join(file).startswith(b"PK")  # type: ignore[arg-type]
        assert AuditEntry.objects.filter(action="documents.download").count() == 1

    def test_many_files_ask_as_often_as_one(self, client: Client, clerk: User) -> None:
        one, _members = taken_in(clerk, {"a.txt": plan()})
        many, _members = taken_in(clerk, {f"{index}.txt": second(index) for index in range(2, 8)})
        counts = []
        for job in (one, one, many):
            with CaptureQueriesContext(connection) as asked:
                client.get(reverse("documents:archive", args=[job.pk]))
            counts.append(len(asked))
        assert counts[1] == counts[2]

    def test_an_import_that_is_no_archive_has_no_such_page(self, client: Client, clerk: User) -> None:
        job = bring_in(clerk, plan())
        assert client.get(reverse("documents:archive", args=[job.pk])).status_code == 404

    def test_a_button_stops_an_import(self, client: Client, clerk: User) -> None:
        job = receive(clerk, plan())
        page = client.get(reverse("documents:list")).content.decode()
        assert reverse("documents:cancel", args=[job.pk]) in page
        client.post(reverse("documents:cancel", args=[job.pk]))
        job.refresh_from_db()
        assert job.status == ImportStatus.CANCELLED
        again = client.post(reverse("documents:cancel", args=[job.pk]), follow=True).content.decode()
        assert "This import is over already." in again

    def test_the_document_says_which_archive_it_came_in(self, client: Client, clerk: User) -> None:
        job, (member,) = taken_in(clerk, {"a.txt": plan()})
        assert member.reading is not None
        page = client.get(member.reading.documents.get().get_absolute_url()).content.decode()
        assert reverse("documents:archive", args=[job.pk]) in page
