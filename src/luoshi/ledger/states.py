"""Statuses of a task, who moves it where, and the diagram in the docs: one table.

Whether a person has the right is decided in ``permissions.py``; here is what the state of the task allows, and to whom.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class TaskStatus(models.TextChoices):
    """Where a task stands. What a unit claims and what the office has found are two statuses."""

    NOT_STARTED = "NOT_STARTED", _("Not started")
    IN_PROGRESS = "IN_PROGRESS", _("In progress")
    CLAIMED_DONE = "CLAIMED_DONE", _("Reported done")
    DONE = "DONE", _("Done")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


class Owner(StrEnum):
    """Who may move a task along an edge."""

    UNIT = "UNIT"
    OFFICE = "OFFICE"


@dataclass(frozen=True)
class Transition:
    """One allowed move, who owns it, and whether it must say why."""

    before: TaskStatus
    after: TaskStatus
    owners: frozenset[Owner]
    needs_reason: bool = False


BOTH = frozenset({Owner.UNIT, Owner.OFFICE})
OFFICE = frozenset({Owner.OFFICE})

TRANSITIONS: tuple[Transition, ...] = (
    Transition(TaskStatus.NOT_STARTED, TaskStatus.IN_PROGRESS, BOTH),
    Transition(TaskStatus.NOT_STARTED, TaskStatus.CLAIMED_DONE, BOTH, needs_reason=True),
    Transition(TaskStatus.IN_PROGRESS, TaskStatus.CLAIMED_DONE, BOTH, needs_reason=True),
    # The unit claims, the office finds: only the office says that it is done.
    Transition(TaskStatus.CLAIMED_DONE, TaskStatus.DONE, OFFICE),
    Transition(TaskStatus.CLAIMED_DONE, TaskStatus.IN_PROGRESS, OFFICE, needs_reason=True),
    Transition(TaskStatus.DONE, TaskStatus.IN_PROGRESS, OFFICE, needs_reason=True),
    Transition(TaskStatus.NOT_STARTED, TaskStatus.WITHDRAWN, OFFICE, needs_reason=True),
    Transition(TaskStatus.IN_PROGRESS, TaskStatus.WITHDRAWN, OFFICE, needs_reason=True),
    Transition(TaskStatus.CLAIMED_DONE, TaskStatus.WITHDRAWN, OFFICE, needs_reason=True),
    Transition(TaskStatus.WITHDRAWN, TaskStatus.NOT_STARTED, OFFICE, needs_reason=True),
)

OPEN = (TaskStatus.NOT_STARTED, TaskStatus.IN_PROGRESS)
ENDED = (TaskStatus.DONE, TaskStatus.WITHDRAWN)


def transition(before: TaskStatus, after: TaskStatus) -> Transition | None:
    """Return the move from one status to another, or None where there is none."""
    return next((each for each in TRANSITIONS if (each.before, each.after) == (before, after)), None)


def moves_from(before: TaskStatus, owner: Owner) -> list[Transition]:
    """Return what this owner may do with a task that stands here."""
    return [each for each in TRANSITIONS if each.before == before and owner in each.owners]
