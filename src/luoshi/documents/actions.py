"""Everything that writes originals, readings, documents and import jobs."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from luoshi.access.audit import record
from luoshi.access.models import User
from luoshi.access.permissions import Action
from luoshi.documents.models import Document, ImportJob
from luoshi.documents.proposing import propose_unknown_names
from luoshi.documents.recording import record_reading
from luoshi.documents.states import (
    DOCUMENT_TRANSITIONS,
    IMPORT_TRANSITIONS,
    DocumentStatus,
    FindingStatus,
    ImportStatus,
)
from luoshi.files.actions import UnableToStoreFile, store_file
from luoshi.files.models import StoredFile
from luoshi.files.names import harmless_name
from luoshi.reading import Reading as FileReading

PLAN_YEARS = range(1949, 2100)
_TASKS_IN_LEDGER = _(
    "Tasks of the present version are in the ledger. Keep this one as another printing and adopt its differences."
)


class UnableToImport(Exception):
    """The file was not taken, or the decision about it came too late; the message says why."""


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
    return _move(job, ImportStatus.QUEUED, ImportStatus.RUNNING)


def show_progress(*, job: ImportJob, percent: int, stage: str) -> None:
    """Say how far the reading is; the page that waits for it asks for this."""
    ImportJob.objects.filter(pk=job.pk, status=ImportStatus.RUNNING).update(percent=percent, stage=stage)


@transaction.atomic
def finish_import(*, job: ImportJob, result: FileReading, now: dt.datetime) -> ImportJob:
    """Write what was read, whole or not at all, and say in the job what became of it.

    The same bytes read by the same parser version are recognised and not written twice. A document whose number is
    already here waits until a person has seen the comparison.
    """
    errors = [issue for issue in result.issues if issue.severity == "error"]
    if errors and not result.documents:
        return _end(job, ImportStatus.REFUSED, now, errors[0].code, errors[0].params)
    if job.file is None:
        raise UnableToImport(_("The job has no file."))
    reading, is_new, documents = record_reading(
        file=job.file,
        name=job.name,
        result=result,
        acting_user=job.requested_by,
        plan_year=job.plan_year,
        now=now,
    )
    job.reading = reading
    if not is_new:
        return _end(job, ImportStatus.KNOWN, now, "already_here", {"name": reading.text.original.name})
    propose_unknown_names(documents, now=now)
    counts = {"documents": len(documents), "tasks": sum(each.findings.count() for each in documents)}
    record(acting_user=job.requested_by, action="documents.import", subject=reading, now=now, after=counts)
    waiting = any(each.status == DocumentStatus.WAITING for each in documents)
    return _end(job, ImportStatus.NEEDS_DECISION if waiting else ImportStatus.DONE, now, "imported", counts)


def fail_import(*, job: ImportJob, reason: str, now: dt.datetime) -> None:
    """Say that the program failed on this file; nothing of it was written."""
    ImportJob.objects.filter(pk=job.pk, status__in=[ImportStatus.QUEUED, ImportStatus.RUNNING]).update(
        status=ImportStatus.FAILED, finished_at=now, message_code="failed", message_params={"reason": reason[:300]}
    )


@transaction.atomic
def retry_import(*, acting_user: User, job: ImportJob, now: dt.datetime) -> ImportJob:
    """Put a failed job back into the queue.

    :raises UnableToImport: where it did not fail.
    """
    acting_user.must_be_allowed(Action.IMPORT_DOCUMENTS)
    if not _move(job, ImportStatus.FAILED, ImportStatus.QUEUED):
        raise UnableToImport(_("Only a failed import can be tried again."))
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
        Document.objects.filter(pk=present.pk).update(status=DocumentStatus.SUPERSEDED)
        record(
            acting_user=acting_user,
            action="documents.supersede",
            subject=present,
            now=now,
            before={"status": DocumentStatus.CURRENT},
            after={"status": DocumentStatus.SUPERSEDED, "replaced_by": document.pk},
        )
    return _decide(acting_user, document, DocumentStatus.CURRENT, "documents.make_current", now)


@transaction.atomic
def note_download(*, acting_user: User, document: Document, now: dt.datetime) -> StoredFile:
    """Leave a trace that somebody took the original out of the house, and return its file."""
    acting_user.must_be_allowed(Action.READ_DOCUMENTS)
    original = document.reading.text.original
    after = {"name": original.name, "sha256": original.file.sha256}
    record(acting_user=acting_user, action="documents.download", subject=document, now=now, after=after)
    return original.file


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


def _end(job: ImportJob, status: ImportStatus, now: dt.datetime, code: str, params: Mapping[str, Any]) -> ImportJob:
    job.status, job.finished_at, job.percent, job.stage = status, now, 100, ""
    job.message_code, job.message_params = code, dict(params)
    job.save()
    return job
