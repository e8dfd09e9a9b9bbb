"""One change to many tasks: which tasks, what it would do to each, and doing it."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luoshi.access.models import User
from luoshi.ledger.actions import edit_tasks, move_tasks
from luoshi.ledger.models import Task
from luoshi.ledger.querysets import TaskQuerySet
from luoshi.ledger.states import Owner, TaskStatus, transition

# More would keep the page waiting for a minute; a filter makes the list smaller.
LIMIT = 2000


@dataclass(frozen=True)
class Change:
    """What is to become of every task: new values of fields, or another status with the reason for it."""

    values: dict[str, Any] = field(default_factory=dict)
    to: TaskStatus | None = None
    reason: str = ""


@dataclass(frozen=True)
class Line:
    """One task in the preview; ``problem`` says why it stays as it is."""

    task: Task
    before: Any
    after: Any
    problem: str | Promise = ""


@dataclass(frozen=True)
class Preview:
    """What a change would do: the tasks it changes, those it cannot change, and how many are as wanted already."""

    changing: tuple[Line, ...]
    refused: tuple[Line, ...]
    unchanged: int

    @property
    def fingerprint(self) -> str:
        """Digest of what would change, to tell whether what is confirmed is what was shown."""
        shown = [f"{line.task.pk} {line.task.version} {line.after}" for line in self.changing]
        return hashlib.sha256("\n".join(shown).encode()).hexdigest()


def preview_of(tasks: TaskQuerySet, change: Change, *, user: User) -> Preview:
    """Return what the change would do to the tasks, in two queries; nothing is written."""
    listed = list(tasks)
    editable = set(
        tasks.order_by().filter(pk__in=Task.objects.editable_by(user).values("pk")).values_list("pk", flat=True)
    )
    lines = [_line(task, change, task.pk in editable) for task in listed]
    wanted = [line for line in lines if line.before != line.after]
    return Preview(
        changing=tuple(line for line in wanted if not line.problem),
        refused=tuple(line for line in wanted if line.problem),
        unchanged=len(lines) - len(wanted),
    )


def apply_change(*, acting_user: User, tasks: Iterable[Task], change: Change, now: dt.datetime) -> int:
    """Change the tasks, all or none; return how many.

    :raises UnableToAct: where the account does not decide about one of them.
    :raises UnableToChangeTask: where one of them does not allow it, or somebody was faster.
    """
    listed = list(tasks)
    if change.to is not None:
        return move_tasks(acting_user=acting_user, tasks=listed, to=change.to, reason=change.reason, now=now)
    return edit_tasks(acting_user=acting_user, tasks=listed, changes=change.values, now=now)


def needs_reason(tasks: Iterable[Task], to: TaskStatus) -> bool:
    """Tell whether one of the moves must say why."""
    moves = (transition(TaskStatus(task.status), to) for task in tasks)
    return any(move.needs_reason for move in moves if move is not None)


def _line(task: Task, change: Change, is_editable: bool) -> Line:
    if change.to is None:
        ((name, after),) = change.values.items()
        before = getattr(task, name)
        problem: str | Promise = ""
    else:
        before, after = TaskStatus(task.status), change.to
        problem = _why_not(before, after)
    if not is_editable:
        problem = _("Your account does not decide about this task.")
    return Line(task, before, after, problem)


def _why_not(before: TaskStatus, after: TaskStatus) -> str:
    move = transition(before, after)
    if move is not None and Owner.OFFICE in move.owners:
        return ""
    return str(_("A task that is “%(before)s” cannot become “%(after)s” here.")) % {
        "before": before.label,
        "after": after.label,
    }
