"""Reads of the ledger for its pages: lists with their parties, overviews with their counts."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.db.models.query import Prefetch

from luoshi.access.models import AuditEntry, User
from luoshi.ledger.filters import OPEN_STATUSES, TaskFilter
from luoshi.ledger.models import Assignment, AssignmentRole, Plan, SavedView, Target, Task
from luoshi.ledger.querysets import LEADING, TaskQuerySet
from luoshi.ledger.states import TaskStatus

SOON_DAYS = 30


def list_tasks(user: User, asked: TaskFilter, *, today: dt.date) -> TaskQuerySet:
    """Return the tasks the account may see that the filter keeps, with parties and plan read along.

    Three queries, however many tasks.
    """
    tasks = Task.objects.visible_to(user)
    if asked.mine:
        tasks = mine(user, tasks, asked.mine)
    return printed_parties(asked.apply(tasks, today=today).select_related("plan"))


MINE_ROLES: dict[str, tuple[str, ...]] = {"lead": LEADING, "cooperating": (AssignmentRole.COOPERATING,)}


def mine(user: User, tasks: TaskQuerySet, asked: str = "") -> TaskQuerySet:
    """Keep the tasks that the account's units or the person behind it take part in.

    ``asked`` is ``lead`` for those they lead, ``cooperating`` for those they help with; a task that they lead and
    help with counts as led.
    """
    own = user.own_scopes
    found = tasks.involving_any(own, *MINE_ROLES.get(asked, ()))
    return found.exclude(pk__in=tasks.involving_any(own, *LEADING).values("pk")) if asked == "cooperating" else found


def printed_parties(tasks: TaskQuerySet) -> TaskQuerySet:
    """Return the tasks with their parties as printed read along, in ``printed_parties``."""
    parties = Assignment.objects.printed().select_related("organization", "person", "group")
    return tasks.prefetch_related(Prefetch("assignments", queryset=parties, to_attr="printed_parties"))


def with_targets(tasks: TaskQuerySet) -> TaskQuerySet:
    """Return the tasks with their targets read along, in one query more."""
    return tasks.prefetch_related(Prefetch("targets", Target.objects.order_by("position", "pk")))


def printed_names(tasks: TaskQuerySet) -> TaskQuerySet:
    """Return the tasks with only the printed names of their parties read along, for long lists."""
    parties = Assignment.objects.printed().only("task_id", "role", "position", "printed_name")
    return tasks.prefetch_related(None).prefetch_related(
        Prefetch("assignments", queryset=parties, to_attr="printed_parties")
    )


def parties_by_role(task: Task) -> dict[str, list[Assignment]]:
    """Return the printed parties of a task that was read by :func:`list_tasks`, by role code."""
    by_role: dict[str, list[Assignment]] = {role: [] for role in AssignmentRole.values}
    for row in task.printed_parties:  # type: ignore[attr-defined]
        by_role[row.role].append(row)
    return by_role


@dataclass(frozen=True)
class Standing:
    """How many tasks stand where; ``overdue`` and ``soon`` are counted among the open ones."""

    total: int = 0
    not_started: int = 0
    in_progress: int = 0
    claimed_done: int = 0
    done: int = 0
    withdrawn: int = 0
    overdue: int = 0
    soon: int = 0


def standing_counts(today: dt.date) -> dict[str, Count]:
    """Return what counts tasks by how they stand, for ``annotate`` and ``aggregate``; names as in ``Standing``."""
    soon = today + dt.timedelta(days=SOON_DAYS)
    is_open = Q(status__in=OPEN_STATUSES)
    by_status = {status.lower(): Count("pk", filter=Q(status=status)) for status in TaskStatus.values}
    return {
        "total": Count("pk"),
        **by_status,
        "overdue": Count("pk", filter=is_open & Q(deadline__lt=today)),
        "soon": Count("pk", filter=is_open & Q(deadline__range=(today, soon))),
    }


def standing(tasks: TaskQuerySet, *, today: dt.date) -> Standing:
    """Return how the tasks stand, in one query."""
    return Standing(**tasks.order_by().aggregate(**standing_counts(today)))


def task_history(task: Task, *, limit: int = 200) -> list[AuditEntry]:
    """Return what happened to a task, newest first."""
    entries = AuditEntry.objects.filter(object_type="ledger.task", object_id=str(task.pk))
    return list(entries.order_by("-sequence")[:limit])


def list_plans(user: User) -> QuerySet[Plan]:
    """Return the plans in which the account sees a task, newest first."""
    return Plan.objects.filter(tasks__in=Task.objects.visible_to(user).order_by()).distinct()


def saved_views(user: User) -> QuerySet[SavedView]:
    """Return the account's own views and those that others share."""
    return SavedView.objects.filter(Q(owner=user) | Q(is_shared=True)).select_related("owner")
