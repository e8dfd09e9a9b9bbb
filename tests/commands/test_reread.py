"""``luoshi reread``: files that an older parser read are listed, read again, and what became of each is said."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from tests.documents.plans import NOW, brought_in, plan

from luoshi.access.models import AuditEntry, User
from luoshi.cli import main
from luoshi.documents import jobs
from luoshi.documents.models import Document, ImportJob, ImportPurpose, Reading
from luoshi.documents.queries import list_outdated
from luoshi.documents.review_actions import ask_for_newer_reading
from luoshi.documents.states import DocumentStatus, FindingStatus, ImportStatus
from luoshi.reading import PARSER_VERSION

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(db: None, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Return a function that runs ``luoshi reread`` with words and returns exit code, output and errors."""

    def run_words(*words: str) -> tuple[int, str, str]:
        code = main(["reread", *words])
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    with translation.override(translation.get_language()):
        yield run_words


def outdated(user: User, serial: int) -> Document:
    """Bring a plan in as if an older parser had read it."""
    document = brought_in(user, plan(number=f"云政发〔2026〕{serial}号"), name=f"plan-{serial}.txt")
    Reading.objects.filter(pk=document.reading_id).update(parser_version="0.9")
    document.refresh_from_db()
    return document


def found_otherwise(document: Document) -> None:
    """Let the older parser have found something else in the document."""
    reading = document.reading
    reading.result["documents"][0]["tasks"] = []
    reading.save()


def test_where_everything_is_of_the_present_parser_there_is_nothing_to_do(run: Run, clerk: User) -> None:
    brought_in(clerk, plan())
    code, shown, _errors = run("--all")
    assert (code, shown) == (0, f"Every file was read with parser {PARSER_VERSION}; there is nothing to read again.\n")


def test_without_all_they_are_only_listed(run: Run, clerk: User) -> None:
    outdated(clerk, 1)
    code, shown, _errors = run()
    assert code == 0
    assert shown.splitlines() == [
        "plan-1.txt (parser 0.9)",
        f"1 file would be read again with parser {PARSER_VERSION}; add --all to do it.",
    ]
    assert not ImportJob.objects.filter(purpose=ImportPurpose.AGAIN).exists()


def test_each_is_read_once_and_the_summary_says_what_became_of_them(run: Run, clerk: User) -> None:
    same, other, accepted = outdated(clerk, 1), outdated(clerk, 2), outdated(clerk, 3)
    found_otherwise(other)
    found_otherwise(accepted)
    accepted.findings.update(status=FindingStatus.ACCEPTED)
    entries = AuditEntry.objects.filter(action="documents.read_again").count()
    code, shown, _errors = run("--all", "--user", "clerk")
    lines = shown.splitlines()
    assert code == 0
    assert lines[0].startswith(f"1/3 plan-1.txt: Read. Read again with parser {PARSER_VERSION}: nothing differs. (")
    assert lines[1].startswith("2/3 plan-2.txt: Read. 3 tasks were found in 1 document. (")
    assert lines[2].startswith("3/3 plan-3.txt: Another printing: compare first.")
    assert lines[3] == (
        f"Parser {PARSER_VERSION}, 3 files: 1 found what was found before, 1 read differently and replaced, "
        "1 read differently and wait for a decision."
    )
    statuses = [Document.objects.get(pk=each.pk).status for each in (same, other, accepted)]
    assert statuses == [DocumentStatus.CURRENT, DocumentStatus.SUPERSEDED, DocumentStatus.CURRENT]
    assert AuditEntry.objects.filter(action="documents.read_again").count() == entries + 3
    assert "nothing to read again" in run("--all")[1]


def test_a_file_that_fails_does_not_stop_the_next(run: Run, clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    outdated(clerk, 1)
    outdated(clerk, 2)
    real = jobs.read_bytes

    def fail_once(data: bytes, **given: Any) -> Any:
        if given["name"] == "plan-1.txt":
            raise RuntimeError("out of paper")
        return real(data, **given)

    monkeypatch.setattr(jobs, "read_bytes", fail_once)
    code, shown, _errors = run("--all")
    assert code == 1
    assert "out of paper" in shown.splitlines()[0]
    assert shown.splitlines()[-1].endswith("2 files: 1 found what was found before, 1 could not be read.")
    # It is tried again by the next run.
    assert [each.reading.text.original.name for each in list_outdated()] == ["plan-1.txt"]


def test_the_worker_can_be_left_to_do_it(run: Run, clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    outdated(clerk, 1)
    queued: list[int] = []
    monkeypatch.setattr(jobs, "enqueue_import", lambda job: queued.append(job.pk))
    code, shown, _errors = run("--all", "--queue")
    job = ImportJob.objects.get(purpose=ImportPurpose.AGAIN)
    assert (code, job.status, queued) == (0, ImportStatus.QUEUED, [job.pk])
    assert shown.splitlines()[-1].endswith("1 file: 1 put into the queue of the worker.")


def test_what_is_being_read_already_is_passed_over(run: Run, clerk: User) -> None:
    ask_for_newer_reading(acting_user=clerk, document=outdated(clerk, 1), now=NOW)
    code, shown, _errors = run("--all")
    assert (code, shown.splitlines()[-1].endswith("1 file: 1 being read already.")) == (0, True)


def test_somebody_without_the_right_is_refused(run: Run, clerk: User, reader: User) -> None:
    outdated(clerk, 1)
    code, _shown, errors = run("--all", "--user", "reader")
    assert code == 1
    assert errors.startswith("luoshi reread: ")
    assert not ImportJob.objects.filter(purpose=ImportPurpose.AGAIN).exists()


def test_files_that_nobody_uses_any_more_are_left_alone(clerk: User) -> None:
    document = outdated(clerk, 1)
    for status, listed in (
        (DocumentStatus.CURRENT, [document]),
        (DocumentStatus.WAITING, [document]),
        (DocumentStatus.PRINTING, []),
        (DocumentStatus.SUPERSEDED, []),
    ):
        Document.objects.filter(pk=document.pk).update(status=status)
        assert list_outdated() == listed, status


def test_many_files_are_found_with_one_query(clerk: User) -> None:
    for serial in range(1, 5):
        outdated(clerk, serial)
    with CaptureQueriesContext(connection) as asked:
        names = [each.reading.text.original.name for each in list_outdated()]
    assert (len(names), len(asked)) == (4, 1)
