"""The background job that reads a received file, and how it is put into the queue."""

import logging
import time

from django.db import IntegrityError, transaction
from django.utils import timezone
from huey.contrib.djhuey import db_task

from luoshi.access.audit import audit_source
from luoshi.documents.actions import (
    ImportStopped,
    fail_import,
    finish_import,
    recognise_import,
    show_progress,
    start_import,
)
from luoshi.documents.archive_actions import unpack_archive
from luoshi.documents.models import ImportJob
from luoshi.documents.reading_again import read_again
from luoshi.reading import Reading, read_bytes
from luoshi.reading.decoding.sniffing import sniff

logger = logging.getLogger(__name__)
PROGRESS_EVERY_SECONDS = 0.3
MOST_ATTEMPTS = 5


def enqueue_import(job: ImportJob) -> None:
    """Queue the job once the transaction that made it is committed."""
    if not job.is_finished:
        transaction.on_commit(lambda: run_import(job.pk))


@db_task()  # type: ignore[untyped-decorator]
def run_import(job_pk: int) -> None:
    """Read the file of a job in the worker; the files of an archive are queued one by one."""
    job = read_job(ImportJob.objects.select_related("file", "requested_by").get(pk=job_pk))
    for member in waiting_members(job):
        enqueue_import(member)


def waiting_members(job: ImportJob) -> list[ImportJob]:
    """Return the imports of an archive's files that nobody has begun."""
    return [each for each in job.members.select_related("file", "requested_by").order_by("pk") if not each.is_finished]


def read_job(job: ImportJob) -> ImportJob:
    """Read the file of a job now, in this process; a job that somebody else has taken is left alone.

    Of an archive the files are taken out; :func:`waiting_members` returns their jobs.
    """
    if not start_import(job=job):
        return job
    try:
        with audit_source("import job"):
            _read(job)
    except ImportStopped:
        logger.info("import of %s was stopped", job.name)
    except Exception as error:
        # Whatever goes wrong, the person who waits must see it, and the next file must still be read.
        logger.exception("import of %s failed", job.name)
        fail_import(job=job, reason=f"{type(error).__name__}: {error}", now=timezone.now())
    job.refresh_from_db()
    return job


def _read(job: ImportJob) -> None:
    assert job.file is not None  # noqa: S101
    if recognise_import(job=job, now=timezone.now()):
        return
    progress = _Progress(job)
    result = read_again(job, progress)
    if result is None:
        data = job.file.read_bytes()
        if sniff(data).kind == "zip":
            unpack_archive(job=job, data=data, now=timezone.now())
            return
        result = read_bytes(data, name=job.name, progress=progress)
    _finish(job, result)


def _finish(job: ImportJob, result: Reading) -> ImportJob:
    """Write what was read; where somebody wrote another printing at the same moment, look again and compare with it."""
    for _attempt in range(MOST_ATTEMPTS - 1):
        try:
            return finish_import(job=job, result=result, now=timezone.now())
        except IntegrityError:
            logger.info("import of %s met another of the same document", job.name)
    return finish_import(job=job, result=result, now=timezone.now())


class _Progress:
    """Writes the progress of one job, at most a few times a second; it ends a reading that somebody cancelled."""

    def __init__(self, job: ImportJob) -> None:
        self._job = job
        self._last = 0.0

    def __call__(self, share: float, stage: str) -> None:
        now = time.monotonic()
        if now - self._last >= PROGRESS_EVERY_SECONDS:
            self._last = now
            show_progress(job=self._job, percent=min(99, int(share * 100)), stage=stage)
