"""Everything that writes originals, readings, documents and import jobs."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.access.audit import record
from luoshi.access.models import User
from luoshi.access.permissions import Action
from luoshi.documents.models import Document, Finding, ImportJob, ImportPurpose, Reading
from luoshi.documents.proposing import propose_unknown_names
from luoshi.documents.recording import record_reading, record_same_reading
from luoshi.documents.states import (
    DOCUMENT_TRANSITIONS,
    IMPORT_TRANSITIONS,
    UNFINISHED,
    DocumentStatus,
    FindingStatus,
    ImportStatus,
)
from luoshi.files.actions import UnableToStoreFile, store_file
from luoshi.files.models import StoredFile
from luoshi.files.names import harmless_name
from luoshi.reading import PARSER_VERSION, to_json
from luoshi.reading import Reading as FileReading

PLAN_YEARS = range(1949, 2100)
# Another machine, with text recognition or with LibreOffice, reads more of such a file.
_FOR_ANOTHER_MACHINE = frozenset({"page_without_text", "member_unreadable"})
_TASKS_IN_LEDGER = _(
    "Tasks of the present version are in the ledger. Keep this one as another printing and adopt its differences."
)


class UnableToImport(Exception):
    """The file was not taken, or the decision about it came too late; the message says why."""


class ImportStopped(Exception):
    """Somebody cancelled the import, or another worker has begun it anew; this one writes nothing more."""


def receive_file(
    *,
    acting_user: User,
    name: str,
    chunks: Iterable[bytes],
    now: dt.datetime,
    plan_year: int | None = None,
) -> ImportJob:
    """Take a file in and return the job that will read it; reading happens in the background.

    A file that is empty or too large leaves a refused job behind, so that the person sees what became of it.

    :raises UnableToImport: for a plan year that no plan can have.
    """
    acting_user.must_be_allowed(Action.IMPORT_DOCUMENTS)
    if plan_year is not None and plan_year not in PLAN_YEARS:
        raise UnableToImport(_("%(year)s is not a year a plan can be for.") % {"year": plan_year})
    with transaction.atomic():
        job = ImportJob(name=harmless_name(name), plan_year=plan_year, requested_by=acting_user, requested_at=now)
        try:
            job.file, _is_new = store_file(acting_user=acting_user, chunks=chunks, now=now)
        except UnableToStoreFile as error:
            job.status, job.finished_at, job.percent = ImportStatus.REFUSED, now, 100
            job.message_code, job.message_params = error.code, dict(error.params)
        job.save()
        record(
            acting_user=acting_user,
            action="documents.receive_file",
            subject=job,
            now=now,
            after={"name": job.name, "sha256": job.file.sha256 if job.file else None, "status": job.status},
        )
    return job


def start_import(*, job: ImportJob) -> bool:
    """Claim a waiting job for this worker and tell whether it was still waiting."""
    waiting = ImportJob.objects.filter(pk=job.pk, status=ImportStatus.QUEUED)
    claimed = waiting.update(status=ImportStatus.RUNNING, attempt=F("attempt") + 1, percent=0, stage="")
    job.refresh_from_db()
    return bool(claimed)


def show_progress(*, job: ImportJob, percent: int, stage: str) -> None:
    """Say how far the reading is; the page that waits for it asks for this.

    :raises ImportStopped: where the job is no longer this worker's.
    """
    if not _own(job).update(percent=percent, stage=stage):
        raise ImportStopped


@transaction.atomic
def recognise_import(*, job: ImportJob, now: dt.datetime) -> bool:
    """End a job whose bytes this parser version has read already, and tell whether it did.

    Bytes that an older parser version read, or a machine that could not read all of them, are read again in its place.
    """
    if job.purpose != ImportPurpose.FILE:
        return False
    readings = Reading.objects.filter(text__original__file=job.file)
    # A reading that found what an older one had found has no documents of its own. Everybody else waits for this
    # transaction, so neither text nor result is read in it: those of a gazette take seconds.
    own = readings.filter(Exists(Document.objects.filter(reading=OuterRef("pk"))))
    last = own.select_related("text__original").defer("result", "text__text").order_by("-pk").first()
    if last is None:
        return False
    is_present = readings.filter(parser_version=PARSER_VERSION).exists()
    if not is_present or _is_for_another_machine(last):
        job.purpose, job.base = ImportPurpose.AGAIN, last
        job.save(update_fields=["purpose", "base"])
        return False
    _hold(job)
    job.reading = last
    _end(job, ImportStatus.KNOWN, now, "already_here", {"name": last.text.original.name})
    return True


def _is_for_another_machine(reading: Reading) -> bool:
    issues = Reading.objects.filter(pk=reading.pk).values_list("result__issues", flat=True).first()
    return any(issue["code"] in _FOR_ANOTHER_MACHINE for issue in issues or [])


@transaction.atomic
def finish_import(*, job: ImportJob, result: FileReading, now: dt.datetime) -> ImportJob:
    """Write what was read, whole or not at all, and say in the job what became of it.

    The same bytes read by the same parser version are recognised and not written twice. A document whose number is
    already here waits until a person has seen the comparison; where it is the same paper read again, it takes the place
    of the old reading as long as nothing of that is in the ledger.

    :raises ImportStopped: where the job is no longer this worker's.
    """
    _hold(job)
    errors = [issue for issue in result.issues if issue.severity == "error"]
    if errors and not result.documents:
        return _end(job, ImportStatus.REFUSED, now, errors[0].code, errors[0].params)
    if job.file is None:
        raise UnableToImport(_("The job has no file."))
    if _says_the_same(job.base, result):
        job.reading = job.base
        record_same_reading(job.base, result, now)  # type: ignore[arg-type]
        return _end(job, ImportStatus.DONE, now, "read_the_same", {"version": PARSER_VERSION})
    reading, is_new, documents = record_reading(
        file=job.file,
        name=job.name,
        result=result,
        acting_user=job.requested_by,
        plan_year=job.plan_year,
        now=now,
        base=job.base,
        corrected_from=job.base.text if job.base and job.purpose == ImportPurpose.CORRECTED else None,
    )
    job.reading = reading
    if not is_new:
        return _end(job, ImportStatus.KNOWN, now, "already_here", {"name": reading.text.original.name})
    propose_unknown_names(documents, now=now)
    counts = {"documents": len(documents), "tasks": sum(each.findings.count() for each in documents)}
    record(acting_user=job.requested_by, action="documents.import", subject=reading, now=now, after=counts)
    if job.base:
        _replace(job.base, documents, job.requested_by, now)
    waiting = any(each.status == DocumentStatus.WAITING for each in documents)
    return _end(job, ImportStatus.NEEDS_DECISION if waiting else ImportStatus.DONE, now, "imported", counts)


def _says_the_same(base: Reading | None, result: FileReading) -> bool:
    """Tell whether a newer parser version found in the same text what the older one had found."""
    if base is None or base.parser_version == PARSER_VERSION or base.text.sha256 != result.source.text_sha256:
        return False
    return bool(to_json(result)["documents"] == base.result.get("documents"))


def _replace(base: Reading, documents: list[Document], acting_user: User, now: dt.datetime) -> None:
    """Let the documents of a new reading take the place of those of the old one where no task came of them."""
    accepted = set(
        Finding.objects.filter(document__reading=base, status=FindingStatus.ACCEPTED).values_list("document", flat=True)
    )
    new = {each.family: each for each in documents if each.status == DocumentStatus.WAITING}
    for old in base.documents.all():
        if old.pk in accepted:
            continue
        if old.status == DocumentStatus.WAITING:
            _decide(acting_user, old, DocumentStatus.PRINTING, "documents.keep_as_printing", now)
        elif old.status == DocumentStatus.CURRENT and old.family in new:
            make_current(acting_user=acting_user, document=new[old.family], now=now)
        elif old.status == DocumentStatus.CURRENT:
            # The new reading knows it by another number or title.
            _supersede(acting_user, old, None, now)


@transaction.atomic
def cancel_import(*, acting_user: User, job: ImportJob, now: dt.datetime) -> int:
    """Stop an import, and those of an archive's files that are not over; return how many were stopped.

    A reading at work ends at its next step; nothing of it is written.

    :raises UnableToImport: where it is over already.
    """
    acting_user.must_be_allowed(Action.IMPORT_DOCUMENTS)
    stopped = 0
    for each in [job, *job.members.filter(status__in=UNFINISHED)]:
        if ImportJob.objects.filter(pk=each.pk, status__in=UNFINISHED).update(
            status=ImportStatus.CANCELLED, finished_at=now, stage="", message_code="cancelled", message_params={}
        ):
            record(acting_user=acting_user, action="documents.cancel_import", subject=each, now=now)
            stopped += 1
    job.refresh_from_db()
    if not stopped:
        raise UnableToImport(_("This import is over already."))
    return stopped


def fail_import(*, job: ImportJob, reason: str, now: dt.datetime) -> None:
    """Say that the program failed on this file; nothing of it was written."""
    _own(job).update(
        status=ImportStatus.FAILED, finished_at=now, message_code="failed", message_params={"reason": reason[:300]}
    )


@transaction.atomic
def retry_import(*, acting_user: User, job: ImportJob, now: dt.datetime) -> ImportJob:
    """Put a failed or cancelled job back into the queue.

    :raises UnableToImport: where it neither failed nor was cancelled.
    """
    acting_user.must_be_allowed(Action.IMPORT_DOCUMENTS)
    if not any(_move(job, before, ImportStatus.QUEUED) for before in (ImportStatus.FAILED, ImportStatus.CANCELLED)):
        raise UnableToImport(_("Only a failed or cancelled import can be tried again."))
    ImportJob.objects.filter(pk=job.pk).update(message_code="", message_params={}, finished_at=None, percent=0)
    job.refresh_from_db()
    record(acting_user=acting_user, action="documents.retry_import", subject=job, now=now)
    return job


@transaction.atomic
def requeue_interrupted(*, acting_user: User, now: dt.datetime) -> list[ImportJob]:
    """Put the jobs that a dead worker left half read back, and return every job that waits.

    Called by the worker of the installation before it begins. Nothing of a half-read file was written. Jobs whose
    entry in the queue was lost are returned too; a job queued twice is still read once.
    """
    acting_user.must_be_allowed(Action.IMPORT_DOCUMENTS)
    for job in ImportJob.objects.filter(status=ImportStatus.RUNNING):
        if _move(job, ImportStatus.RUNNING, ImportStatus.QUEUED):
            record(acting_user=acting_user, action="documents.requeue_interrupted", subject=job, now=now)
    return list(ImportJob.objects.filter(status=ImportStatus.QUEUED).order_by("requested_at", "pk"))


@transaction.atomic
def keep_as_printing(*, acting_user: User, document: Document, now: dt.datetime) -> Document:
    """Keep the document beside the current one: it can be read and compared, its findings are not confirmed."""
    return _decide(acting_user, document, DocumentStatus.PRINTING, "documents.keep_as_printing", now)


@transaction.atomic
def make_current(*, acting_user: User, document: Document, now: dt.datetime) -> Document:
    """Let the document take the place of the one that was current.

    :raises UnableToImport: where somebody has decided about it already, or tasks of the present version are in the
        ledger: a promise is then changed difference by difference, not by replacing its document.
    """
    family = Document.objects.select_for_update().filter(family=document.family)
    present = next((each for each in family if each.status == DocumentStatus.CURRENT and each != document), None)
    if present and present.findings.filter(status=FindingStatus.ACCEPTED).exists():
        raise UnableToImport(_TASKS_IN_LEDGER)
    if present:
        # The first update takes the unique place of the family away from the present one.
        _supersede(acting_user, present, document, now)
    return _decide(acting_user, document, DocumentStatus.CURRENT, "documents.make_current", now)


@transaction.atomic
def note_download(*, acting_user: User, document: Document, now: dt.datetime) -> StoredFile:
    """Leave a trace that somebody took the original out of the house, and return its file."""
    acting_user.must_be_allowed(Action.READ_DOCUMENTS)
    original = document.reading.text.original
    after = {"name": original.name, "sha256": original.file.sha256}
    record(acting_user=acting_user, action="documents.download", subject=document, now=now, after=after)
    return original.file


@transaction.atomic
def note_archive_download(*, acting_user: User, job: ImportJob, now: dt.datetime) -> StoredFile:
    """Leave a trace that somebody took an archive out of the house, and return its file.

    :raises UnableToImport: where no file was kept.
    """
    acting_user.must_be_allowed(Action.IMPORT_DOCUMENTS)
    if job.file is None:
        raise UnableToImport(_("No file was kept of this import."))
    after = {"name": job.name, "sha256": job.file.sha256}
    record(acting_user=acting_user, action="documents.download", subject=job, now=now, after=after)
    return job.file


def _supersede(acting_user: User, document: Document, by: Document | None, now: dt.datetime) -> None:
    Document.objects.filter(pk=document.pk).update(status=DocumentStatus.SUPERSEDED)
    record(
        acting_user=acting_user,
        action="documents.supersede",
        subject=document,
        now=now,
        before={"status": DocumentStatus.CURRENT},
        after={"status": DocumentStatus.SUPERSEDED, "replaced_by": by.pk if by else None},
    )


def _decide(acting_user: User, document: Document, status: DocumentStatus, action: str, now: dt.datetime) -> Document:
    acting_user.must_be_allowed(Action.IMPORT_DOCUMENTS)
    before = DocumentStatus(document.status)
    allowed = status in DOCUMENT_TRANSITIONS[before]
    if not allowed or not Document.objects.filter(pk=document.pk, status=before).update(status=status):
        raise UnableToImport(_("Somebody has already decided about this document."))
    record(
        acting_user=acting_user,
        action=action,
        subject=document,
        now=now,
        before={"status": before},
        after={"status": status},
    )
    document.refresh_from_db()
    _close_decided_jobs(document)
    return document


def _close_decided_jobs(document: Document) -> None:
    """End the jobs whose documents have all been decided about."""
    open_ones = Document.objects.filter(reading=document.reading, status=DocumentStatus.WAITING)
    if not open_ones.exists():
        ImportJob.objects.filter(reading=document.reading, status=ImportStatus.NEEDS_DECISION).update(
            status=ImportStatus.DONE
        )


def _move(job: ImportJob, before: ImportStatus, after: ImportStatus) -> bool:
    if after not in IMPORT_TRANSITIONS[before]:
        raise ValueError(f"{before} never becomes {after}")
    changed = ImportJob.objects.filter(pk=job.pk, status=before).update(status=after)
    job.refresh_from_db()
    return bool(changed)


def _own(job: ImportJob) -> QuerySet[ImportJob]:
    """Return the row of a job as long as it is this worker's."""
    return ImportJob.objects.filter(pk=job.pk, status=ImportStatus.RUNNING, attempt=job.attempt)


def _hold(job: ImportJob) -> None:
    """Keep everybody else from the row until the end of the transaction."""
    if not _own(job).update(stage="done"):
        raise ImportStopped


def _end(job: ImportJob, status: ImportStatus, now: dt.datetime, code: str, params: Mapping[str, Any]) -> ImportJob:
    job.status, job.finished_at, job.percent, job.stage = status, now, 100, ""
    job.message_code, job.message_params = code, dict(params)
    job.save()
    return job
