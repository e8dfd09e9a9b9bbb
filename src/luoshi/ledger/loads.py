"""How much each leader, unit, county and section has, and how it goes; every number can be opened as a list."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, Q

from luoshi.access.models import User
from luoshi.ledger.filters import OPEN_STATUSES
from luoshi.ledger.models import Assignment, AssignmentRole, Plan, Task
from luoshi.ledger.queries import SOON_DAYS, Standing, standing_counts
from luoshi.ledger.querysets import ANSWERING, TaskQuerySet
from luoshi.ledger.states import TaskStatus
from luoshi.registry.models import OrganizationKind

COUNTY_KINDS = (OrganizationKind.COUNTY_GOVERNMENT, OrganizationKind.ZONE_COMMITTEE)


@dataclass(frozen=True)
class Load:
    """How much one holder has: tasks that it leads or answers for, how those stand, and those it helps with.

    ``key`` is the holder's key, ``code`` the division's where the holder is a county.
    """

    key: str
    name: str
    code: str
    lead: int
    cooperating: int
    not_started: int
    in_progress: int
    claimed_done: int
    done: int
    withdrawn: int
    overdue: int
    soon: int

    @property
    def calm(self) -> int:
        """The led tasks that are open and neither overdue nor due soon."""
        return self.lead - self.done - self.withdrawn - self.overdue - self.soon


COUNTS = (
    "lead",
    "cooperating",
    "not_started",
    "in_progress",
    "claimed_done",
    "done",
    "withdrawn",
    "overdue",
    "soon",
)


def visible(user: User, plan: Plan | None = None) -> TaskQuerySet:
    """Return the tasks the account may see, of one plan where one is asked for."""
    tasks = Task.objects.visible_to(user).order_by()
    return tasks.filter(plan=plan) if plan else tasks


def load_by_unit(
    tasks: TaskQuerySet, *, today: dt.date, kinds: Sequence[str] = (), without: Sequence[str] = ()
) -> list[Load]:
    """Return the load of every unit that takes part in one of the tasks, most led first, in one query."""
    rows = Assignment.objects.filter(task__in=tasks).exclude(organization=None)
    if kinds:
        rows = rows.filter(organization__kind__in=kinds)
    if without:
        rows = rows.exclude(organization__kind__in=without)
    found: Any = rows.values(
        "organization__key", "organization__short_name", "organization__division__code", "organization__sort"
    ).annotate(**_counts(today, Q(role__in=ANSWERING)))
    return _by_weight(
        (row["organization__sort"], _load(row, "organization__", "short_name", row["organization__division__code"]))
        for row in found
    )


def load_by_county(tasks: TaskQuerySet, *, today: dt.date) -> list[Load]:
    """Return the load of every county and zone that takes part in one of the tasks."""
    return load_by_unit(tasks, today=today, kinds=COUNTY_KINDS)


def load_by_leader(tasks: TaskQuerySet, *, today: dt.date) -> list[Load]:
    """Return the load of every leader who leads one of the tasks, in the order of the leaders."""
    leads = Q(role=AssignmentRole.LEAD_LEADER)
    found: Any = (
        Assignment.objects.filter(leads, task__in=tasks)
        .exclude(person=None)
        .values("person__key", "person__name", "person__sort")
        .annotate(**_counts(today, leads))
        .order_by("person__sort", "person__key")
    )
    return [_load(row, "person__", "name", "") for row in found]


def _by_weight(sorted_loads: Iterable[tuple[int, Load]]) -> list[Load]:
    ordered = sorted(sorted_loads, key=lambda pair: (-pair[1].lead, -pair[1].cooperating, pair[0], pair[1].key))
    return [load for _sort, load in ordered]


def _counts(today: dt.date, leads: Q) -> dict[str, Count]:
    soon = today + dt.timedelta(days=SOON_DAYS)
    is_open = leads & Q(task__status__in=OPEN_STATUSES)

    def count(condition: Q) -> Count:
        return Count("task", filter=condition, distinct=True)

    return {
        "lead": count(leads),
        "cooperating": count(Q(role=AssignmentRole.COOPERATING)),
        "not_started": count(leads & Q(task__status=TaskStatus.NOT_STARTED)),
        "in_progress": count(leads & Q(task__status=TaskStatus.IN_PROGRESS)),
        "claimed_done": count(leads & Q(task__status=TaskStatus.CLAIMED_DONE)),
        "done": count(leads & Q(task__status=TaskStatus.DONE)),
        "withdrawn": count(leads & Q(task__status=TaskStatus.WITHDRAWN)),
        "overdue": count(is_open & Q(task__deadline__lt=today)),
        "soon": count(is_open & Q(task__deadline__range=(today, soon))),
    }


def _load(row: dict[str, Any], prefix: str, name: str, code: str | None) -> Load:
    counts = {each: row[each] for each in COUNTS}
    return Load(key=row[f"{prefix}key"], name=row[f"{prefix}{name}"], code=code or "", **counts)


@dataclass(frozen=True)
class SectionStanding:
    """How the tasks of one section of a plan stand."""

    plan_id: int
    section: str
    standing: Standing


def standing_by_section(tasks: TaskQuerySet, *, today: dt.date) -> list[SectionStanding]:
    """Return how the tasks stand by section, newest plan first, in printed order, in one query."""
    rows: Any = (
        tasks.values("plan_id", "section")
        .annotate(first=Min("position"), **standing_counts(today))
        .order_by("-plan__year", "plan_id", "first")
    )
    names = Standing.__dataclass_fields__
    return [
        SectionStanding(row["plan_id"], row["section"], Standing(**{name: row[name] for name in names})) for row in rows
    ]


@dataclass(frozen=True)
class Partner:
    """Somebody who takes part in the same tasks, and in how many."""

    key: str
    name: str
    tasks: int


def partners_in(tasks: TaskQuerySet, *, roles: Iterable[str], but: str, limit: int = 8) -> list[Partner]:
    """Return the units that hold one of the roles in the tasks, most tasks first, ``but`` one scope key."""
    found: Any = (
        Assignment.objects.filter(task__in=tasks.order_by(), role__in=list(roles))
        .exclude(organization=None)
        .exclude(scope_key=but)
        .values("organization__key", "organization__short_name")
        .annotate(tasks=Count("task", distinct=True))
        .order_by("-tasks", "organization__sort", "organization__key")[:limit]
    )
    return [Partner(row["organization__key"], row["organization__short_name"], row["tasks"]) for row in found]
