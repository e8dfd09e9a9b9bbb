"""Imports as the page shows them: what became of each file, in words, and what to do next."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from luoshi.documents.messages import job_message, stage_label
from luoshi.documents.models import Document, ImportJob, ImportPurpose
from luoshi.documents.presentation import JOB_ICONS, JOB_TONES
from luoshi.documents.queries import count_members, list_members_at_work
from luoshi.documents.states import UNFINISHED, DocumentStatus, ImportStatus

# A gazette of a year holds hundreds of documents; the template names so many of them.
MOST_DOCUMENTS = 8


@dataclass(frozen=True)
class MemberCount:
    """How many files of an archive stand in one status."""

    status: str
    label: str
    count: int
    tone: str


@dataclass(frozen=True)
class ShownArchive:
    """The files of an archive in numbers; ``at_work`` are those that are being read, with the words of their stage."""

    total: int
    over: int
    counts: Sequence[MemberCount]
    at_work: Sequence[tuple[ImportJob, str]]


@dataclass(frozen=True)
class ShownJob:
    """One import with its words; ``undecided`` are the documents to decide about, ``ready`` those to confirm.

    ``unlisted`` is how many documents stand only in the list of all documents.
    ``open_lines`` is how many lines of its text wait for somebody to compare them with the picture.
    """

    job: ImportJob
    words: str
    stage: str
    tone: str
    icon: str
    documents: Sequence[Document]
    undecided: Sequence[Document]
    ready: Sequence[Document]
    open_lines: int
    may_retry: bool
    may_cancel: bool
    is_again: bool
    unlisted: int = 0
    archive: ShownArchive | None = None


def show_jobs(jobs: Sequence[ImportJob]) -> dict[str, Any]:
    """Return the imports for the template, and whether some are not over yet; two queries for all archives."""
    counts = count_members([job.pk for job in jobs])
    at_work: dict[int | None, list[ImportJob]] = {}
    for member in list_members_at_work(list(counts)) if counts else ():
        at_work.setdefault(member.archive_id, []).append(member)
    archives = {pk: _archive(each, at_work.get(pk, ())) for pk, each in counts.items()}
    shown = [_shown(job, archives.get(job.pk)) for job in jobs]
    return {"jobs": shown, "is_running": any(each.may_cancel for each in shown)}


def _archive(counts: Counter[str], at_work: Sequence[ImportJob]) -> ShownArchive:
    total = counts.total()
    return ShownArchive(
        total=total,
        over=total - sum(counts[status] for status in UNFINISHED),
        counts=counted(counts),
        at_work=[(member, stage_label(member.stage)) for member in at_work],
    )


def counted(counts: Mapping[str, int]) -> list[MemberCount]:
    """Return the statuses that files stand in, in the order of the table of statuses."""
    return [
        MemberCount(status, str(status.label), counts[status], JOB_TONES[status])
        for status in ImportStatus
        if counts.get(status)
    ]


def _shown(job: ImportJob, archive: ShownArchive | None) -> ShownJob:
    documents = list(job.reading.documents.all()) if job.reading else []
    return ShownJob(
        job=job,
        words=job_message(job.message_code, job.message_params),
        stage=stage_label(job.stage),
        tone=JOB_TONES[job.status],
        icon="file-zip" if archive else JOB_ICONS[job.status],
        documents=documents,
        undecided=[each for each in documents if each.status == DocumentStatus.WAITING],
        ready=[each for each in documents if each.pending_count],  # type: ignore[attr-defined]
        open_lines=job.open_lines if documents else 0,  # type: ignore[attr-defined]
        may_retry=job.status in {ImportStatus.FAILED, ImportStatus.CANCELLED},
        may_cancel=not job.is_finished or bool(archive and archive.over < archive.total),
        is_again=job.purpose != ImportPurpose.FILE,
        unlisted=max(0, len(documents) - MOST_DOCUMENTS),
        archive=archive,
    )
