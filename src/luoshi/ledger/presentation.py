"""The words and signs of tasks that every page of the ledger shows alike: status, time limit, parties."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from luoshi.ledger.models import Assignment, Task
from luoshi.ledger.states import TaskStatus, Transition

SOON_DAYS: Final = 30
HEADLINE_CHARACTERS: Final = 48
_SENTENCE_ENDS: Final = ("。", "；", ";", "\n")
_CLAUSE_ENDS: Final = ("，", ",")

STATUS_TONES: Final[Mapping[str, str]] = {
    TaskStatus.NOT_STARTED: "neutral",
    TaskStatus.IN_PROGRESS: "info",
    TaskStatus.CLAIMED_DONE: "warn",
    TaskStatus.DONE: "ok",
    TaskStatus.WITHDRAWN: "neutral",
}
STATUS_ICONS: Final[Mapping[str, str]] = {
    TaskStatus.NOT_STARTED: "circle-dashed",
    TaskStatus.IN_PROGRESS: "progress",
    TaskStatus.CLAIMED_DONE: "hourglass",
    TaskStatus.DONE: "circle-check",
    TaskStatus.WITHDRAWN: "circle-x",
}


@dataclass(frozen=True)
class Sign:
    """A light with its word."""

    kind: str
    label: str


@dataclass(frozen=True)
class MoveWords:
    """How a move is offered: the word on its button, what it asks for, and how much it weighs."""

    label: Promise
    icon: str
    asks: Promise | str = ""
    is_danger: bool = False


MOVES: Final[Mapping[tuple[str, str], MoveWords]] = {
    (TaskStatus.NOT_STARTED, TaskStatus.IN_PROGRESS): MoveWords(gettext_lazy("Start"), icon="player-play"),
    (TaskStatus.NOT_STARTED, TaskStatus.CLAIMED_DONE): MoveWords(
        gettext_lazy("Report done"), icon="send", asks=gettext_lazy("What was done, with figures")
    ),
    (TaskStatus.IN_PROGRESS, TaskStatus.CLAIMED_DONE): MoveWords(
        gettext_lazy("Report done"), icon="send", asks=gettext_lazy("What was done, with figures")
    ),
    (TaskStatus.CLAIMED_DONE, TaskStatus.DONE): MoveWords(gettext_lazy("Find it done"), icon="circle-check"),
    (TaskStatus.CLAIMED_DONE, TaskStatus.IN_PROGRESS): MoveWords(
        gettext_lazy("Return it"), icon="arrow-back-up", asks=gettext_lazy("What is missing")
    ),
    (TaskStatus.DONE, TaskStatus.IN_PROGRESS): MoveWords(
        gettext_lazy("Open it again"), icon="arrow-back-up", asks=gettext_lazy("Why it is not done after all")
    ),
    (TaskStatus.WITHDRAWN, TaskStatus.NOT_STARTED): MoveWords(
        gettext_lazy("Put it back"), icon="arrow-back-up", asks=gettext_lazy("Why it counts again")
    ),
}
WITHDRAW: Final = MoveWords(
    gettext_lazy("Withdraw it"), icon="circle-x", asks=gettext_lazy("Why it no longer counts"), is_danger=True
)


def words_of(move: Transition) -> MoveWords:
    """Return how a move is offered."""
    return MOVES.get((move.before, move.after), WITHDRAW)


def due_sign(task: Task, today: dt.date) -> Sign:
    """Return the light of a task's time limit: red once it has passed, yellow within thirty days, green when done.

    A task that is open and has time left has no light: nobody has found yet that it goes well.
    """
    if task.status == TaskStatus.DONE:
        return Sign("green", _("Found done"))
    if task.status == TaskStatus.WITHDRAWN:
        return Sign("none", _("Withdrawn"))
    if task.deadline is None:
        return Sign("none", _("No date set"))
    days = (task.deadline - today).days
    if days < 0:
        return Sign("red", ngettext("%(days)d day overdue", "%(days)d days overdue", -days) % {"days": -days})
    if days == 0:
        return Sign("yellow", _("Due today"))
    kind = "yellow" if days <= SOON_DAYS else "none"
    return Sign(kind, ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days})


def headline(text: str) -> str:
    """Return the first words of a task: its first sentence, or its first clause where that is long already."""
    first = _cut(text.strip(), _SENTENCE_ENDS)
    if len(first) > HEADLINE_CHARACTERS:
        first = _cut(first, _CLAUSE_ENDS)
    return first if len(first) <= HEADLINE_CHARACTERS else f"{first[:HEADLINE_CHARACTERS]}…"


def _cut(text: str, marks: Iterable[str]) -> str:
    ends = [place for mark in marks if (place := text.find(mark)) > 0]
    return text[: min(ends)] if ends else text


def list_address(**asked: str | int | None) -> str:
    """Return the address of the list of tasks with a filter; empty values ask nothing."""
    query = urlencode({name: value for name, value in asked.items() if value not in (None, "")})
    return f"{reverse('ledger:list')}?{query}" if query else reverse("ledger:list")


def holder_address(assignment: Assignment) -> str:
    """Return the page of the unit or leader behind a party, or nothing where the registry knows none."""
    if assignment.organization is not None:
        return reverse("ledger:unit", args=[assignment.organization.key])
    if assignment.person is not None:
        return reverse("ledger:leader", args=[assignment.person.key])
    return ""


def known_as(assignment: Assignment) -> str:
    """Return today's name of who is behind a party, where it is another than the printed one."""
    organization, person = assignment.organization, assignment.person
    if organization is not None:
        printed_as_known = assignment.printed_name in {organization.name, organization.short_name}
        return "" if printed_as_known else organization.short_name
    return person.name if person is not None and person.name != assignment.printed_name else ""


def match_of(assignment: Assignment) -> str:
    """Return how the registry knows a party: known, alias, group or new."""
    if assignment.group_id:
        return "group"
    if not assignment.scope_key:
        return "new"
    return "alias" if known_as(assignment) else "known"
