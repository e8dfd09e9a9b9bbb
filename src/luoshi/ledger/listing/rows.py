"""Rows of the list: a task with its parties by role, its light, and the heading it stands under."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import pgettext

from luoshi.ledger.models import Assignment, AssignmentRole, Task
from luoshi.ledger.presentation import STATUS_ICONS, STATUS_TONES, Sign, due_sign
from luoshi.ledger.queries import parties_by_role
from luoshi.ledger.querysets import ANSWERING
from luoshi.ledger.target_words import figure_words

# Lights that say more than the date and the status beside them.
TELLING = ("red", "yellow")


@dataclass(frozen=True)
class Heading:
    """What a stretch of the list stands under, and how many tasks of the whole list do."""

    key: str
    label: str
    count: int


@dataclass(frozen=True)
class Names:
    """Printed names in a row: the first ones, how many more there are, and all of them."""

    first: str
    more: int
    whole: str


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    task: Task
    heading: Heading | None
    leaders: Names
    answering: Names
    cooperating: Names
    target: str
    more_targets: int
    targets: str
    sign: Sign | None
    tone: str
    icon: str


def names_of(parties: Sequence[Assignment], *, shown: int) -> Names:
    """Return the names of parties as printed, separated as the reader's language does."""
    separator = pgettext("between names", ", ")
    names = [party.printed_name for party in parties]
    return Names(separator.join(names[:shown]), max(0, len(names) - shown), separator.join(names))


def row_of(task: Task, today: dt.date, heading: Heading | None = None) -> Row:
    """Return the line of a task that was read with its parties."""
    parties = parties_by_role(task)
    targets = list(task.targets.all())
    sign = due_sign(task, today)
    return Row(
        task=task,
        heading=heading,
        leaders=names_of(parties[AssignmentRole.LEAD_LEADER], shown=2),
        answering=names_of([row for role in ANSWERING for row in parties[role]], shown=2),
        cooperating=names_of(parties[AssignmentRole.COOPERATING], shown=1),
        target=f"{targets[0].printed} {figure_words(targets[0])}" if targets else "",
        more_targets=max(0, len(targets) - 1),
        targets="; ".join(f"{each.printed} {figure_words(each)}" for each in targets),
        sign=sign if sign.kind in TELLING else None,
        tone=STATUS_TONES[task.status],
        icon=STATUS_ICONS[task.status],
    )
