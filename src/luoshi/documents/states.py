"""Statuses of imports and findings, their allowed transitions and who owns each: one table a thing."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportStatus(models.TextChoices):
    """Where the import of one file stands."""

    QUEUED = "QUEUED", _("Waiting")
    RUNNING = "RUNNING", _("Reading")
    NEEDS_DECISION = "NEEDS_DECISION", _("Another printing: compare first")
    DONE = "DONE", _("Read")
    KNOWN = "KNOWN", _("Already here")
    REFUSED = "REFUSED", _("Not readable")
    FAILED = "FAILED", _("Failed")
    DROPPED = "DROPPED", _("Set aside")
    CANCELLED = "CANCELLED", _("Cancelled")


UNFINISHED = (ImportStatus.QUEUED, ImportStatus.RUNNING)
IMPORT_TRANSITIONS: dict[ImportStatus, frozenset[ImportStatus]] = {
    ImportStatus.QUEUED: frozenset({ImportStatus.RUNNING, ImportStatus.FAILED, ImportStatus.CANCELLED}),
    ImportStatus.RUNNING: frozenset(
        {
            ImportStatus.DONE,
            ImportStatus.KNOWN,
            ImportStatus.REFUSED,
            ImportStatus.FAILED,
            ImportStatus.NEEDS_DECISION,
            # The worker that read it died; the next one starts over.
            ImportStatus.QUEUED,
            # A person stopped it; nothing was written.
            ImportStatus.CANCELLED,
        }
    ),
    # A person looked at the comparison and decided.
    ImportStatus.NEEDS_DECISION: frozenset({ImportStatus.DONE, ImportStatus.DROPPED}),
    ImportStatus.FAILED: frozenset({ImportStatus.QUEUED}),
    ImportStatus.CANCELLED: frozenset({ImportStatus.QUEUED}),
    ImportStatus.DONE: frozenset(),
    ImportStatus.KNOWN: frozenset(),
    ImportStatus.REFUSED: frozenset(),
    ImportStatus.DROPPED: frozenset(),
}


class DocumentStatus(models.TextChoices):
    """Whether a document's findings may be confirmed."""

    WAITING = "WAITING", _("Waiting for a decision about the printing")
    CURRENT = "CURRENT", _("Current")
    PRINTING = "PRINTING", _("Kept as another printing")
    SUPERSEDED = "SUPERSEDED", _("Replaced by a newer version")


DOCUMENT_TRANSITIONS: dict[DocumentStatus, frozenset[DocumentStatus]] = {
    DocumentStatus.WAITING: frozenset({DocumentStatus.CURRENT, DocumentStatus.PRINTING}),
    DocumentStatus.CURRENT: frozenset({DocumentStatus.SUPERSEDED}),
    DocumentStatus.PRINTING: frozenset({DocumentStatus.CURRENT}),
    DocumentStatus.SUPERSEDED: frozenset(),
}


class FindingStatus(models.TextChoices):
    """What a person made of a finding."""

    PENDING = "PENDING", _("To confirm")
    ACCEPTED = "ACCEPTED", _("Accepted")
    REJECTED = "REJECTED", _("Rejected")


FINDING_TRANSITIONS: dict[FindingStatus, frozenset[FindingStatus]] = {
    FindingStatus.PENDING: frozenset({FindingStatus.ACCEPTED, FindingStatus.REJECTED}),
    # Both are taken back by undoing the confirmation that made them.
    FindingStatus.ACCEPTED: frozenset({FindingStatus.PENDING}),
    FindingStatus.REJECTED: frozenset({FindingStatus.PENDING}),
}
