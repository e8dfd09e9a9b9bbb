"""An archive that came in: each of its files becomes an import of its own; the archive itself stays as evidence."""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction

from luoshi.access.audit import record
from luoshi.documents.actions import ImportStopped
from luoshi.documents.models import ImportJob, ImportPurpose
from luoshi.documents.states import ImportStatus
from luoshi.files.actions import UnableToStoreFile, store_file
from luoshi.files.names import harmless_name
from luoshi.reading.decoding.decode import ARCHIVE_ISSUES
from luoshi.reading.decoding.packages import UnableToUnpack
from luoshi.reading.decoding.zip_files import Member, open_archive
from luoshi.reading.issues import make_issue
from luoshi.reading.limits import MAX_UNPACKED_BYTES
from luoshi.reading.model import Issue

CHUNK_BYTES = 1024 * 1024


@transaction.atomic
def unpack_archive(*, job: ImportJob, data: bytes, now: dt.datetime) -> list[ImportJob]:
    """Make an import of every file of an archive and return those that wait to be read, in order of name.

    A file that cannot be unpacked leaves a refused import that says why. An archive that cannot be opened is refused.

    :raises ImportStopped: where the job is no longer this worker's.
    """
    found = _opened(data)
    own = ImportJob.objects.filter(pk=job.pk, status=ImportStatus.RUNNING, attempt=job.attempt)
    refusal = found if isinstance(found, Issue) else _refusal_of_all(found)
    if refusal is not None:
        ended = own.update(**_over(refusal, now))
        members: list[ImportJob] = []
    else:
        assert not isinstance(found, Issue)  # noqa: S101
        ended = own.update(**_unpacked(len(found), now))
        members = list(_members(job, found, now)) if ended else []
        after = {"name": job.name, "files": [each.name for each in members]}
        record(acting_user=job.requested_by, action="documents.unpack_archive", subject=job, now=now, after=after)
    if not ended:
        raise ImportStopped
    job.refresh_from_db()
    return [each for each in members if not each.is_finished]


def _opened(data: bytes) -> list[Member] | Issue:
    try:
        return open_archive(data)
    except UnableToUnpack as error:
        return _issue(error.problem, error.reason)


def _refusal_of_all(found: list[Member]) -> Issue | None:
    if not found:
        return make_issue("empty_archive")
    is_locked = all(member.problem == "encrypted" for member in found)
    return make_issue("encrypted_archive") if is_locked else None


def _issue(problem: str, reason: str) -> Issue:
    return make_issue(ARCHIVE_ISSUES[problem], limit=MAX_UNPACKED_BYTES, reason=reason, found="ZIP")


def _over(refusal: Issue, now: dt.datetime) -> dict[str, object]:
    said = {"message_code": refusal.code, "message_params": dict(refusal.params)}
    return {"status": ImportStatus.REFUSED, "finished_at": now, "percent": 100, "stage": "", **said}


def _unpacked(files: int, now: dt.datetime) -> dict[str, object]:
    said = {"message_code": "unpacked", "message_params": {"files": files}}
    return {"status": ImportStatus.DONE, "finished_at": now, "percent": 100, "stage": "", **said}


def _members(archive: ImportJob, found: list[Member], now: dt.datetime) -> Iterator[ImportJob]:
    for member in found:
        job = ImportJob(
            name=harmless_name(member.name),
            purpose=ImportPurpose.FILE,
            archive=archive,
            plan_year=archive.plan_year,
            requested_by=archive.requested_by,
            requested_at=now,
        )
        if member.problem:
            _refuse(job, _issue(member.problem, member.problem), now)
        else:
            _keep(job, member.data, now)
        job.save()
        yield job


def _keep(job: ImportJob, data: bytes, now: dt.datetime) -> None:
    """Store the bytes of a file of the archive; one that may not be kept is refused."""
    chunks = (data[at : at + CHUNK_BYTES] for at in range(0, len(data), CHUNK_BYTES))
    try:
        job.file, _is_new = store_file(acting_user=job.requested_by, chunks=chunks, now=now)
    except UnableToStoreFile as error:
        job.status, job.finished_at, job.percent = ImportStatus.REFUSED, now, 100
        job.message_code, job.message_params = error.code, dict(error.params)


def _refuse(job: ImportJob, issue: Issue, now: dt.datetime) -> None:
    job.status, job.finished_at, job.percent = ImportStatus.REFUSED, now, 100
    job.message_code, job.message_params = issue.code, dict(issue.params)
