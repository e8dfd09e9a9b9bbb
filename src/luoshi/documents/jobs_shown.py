"""Imports as the page shows them: what became of each file, in words, and what to do next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from luoshi.documents.messages import job_message, stage_label
from luoshi.documents.models import Document, ImportJob
from luoshi.documents.presentation import JOB_ICONS, JOB_TONES
from luoshi.documents.states import DocumentStatus, ImportStatus


@dataclass(frozen=True)
class ShownJob:
    """One import with its words; ``undecided`` are the documents to decide about, ``ready`` those to confirm."""

    job: ImportJob
    words: str
    stage: str
    tone: str
    icon: str
    documents: Sequence[Document]
    undecided: Sequence[Document]
    ready: Sequence[Document]
    may_retry: bool


def show_jobs(jobs: Sequence[ImportJob]) -> dict[str, Any]:
    """Return the imports for the template, and whether some are not over yet."""
    return {"jobs": [_shown(job) for job in jobs], "is_running": any(not job.is_finished for job in jobs)}


def _shown(job: ImportJob) -> ShownJob:
    documents = list(job.reading.documents.all()) if job.reading else []
    return ShownJob(
        job=job,
        words=job_message(job.message_code, job.message_params),
        stage=stage_label(job.stage),
        tone=JOB_TONES[job.status],
        icon=JOB_ICONS[job.status],
        documents=documents,
        undecided=[each for each in documents if each.status == DocumentStatus.WAITING],
        ready=[each for each in documents if each.pending_count],  # type: ignore[attr-defined]
        may_retry=job.status == ImportStatus.FAILED,
    )
