"""Reads of the ledger for its pages: lists with their parties, overviews with their counts."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.query import Prefetch

from luoshi.access.models import AuditEntry, User
from luoshi.documents.models import Document, ImportJob
from luoshi.documents.states import DocumentStatus, FindingStatus, ImportStatus
from luoshi.ledger.filters import OPEN_STATUSES, TaskFilter
from luoshi.ledger.models import Assignment, AssignmentRole, Plan, SavedView, Task
from luoshi.ledger.querysets import ANSWERING, LEADING, TaskQuerySet
from luoshi.ledger.states import TaskStatus
from luoshi.registry.models import NameProposal, OrganizationKind, ProposalStatus

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


def _standing_counts(today: dt.date, prefix: str = "", condition: Q | None = None) -> dict[str, Count]:
    base = condition if condition is not None else Q()
    soon = today + dt.timedelta(days=SOON_DAYS)
    status, deadline, pk = f"{prefix}status", f"{prefix}deadline", f"{prefix}pk"

    def count(extra: Q) -> Count:
        return Count(pk, filter=base & extra, distinct=True)

    is_open = Q(**{f"{status}__in": OPEN_STATUSES})
    return {
        "total": count(Q(**{f"{pk}__isnull": False})),
        "not_started": count(Q(**{status: TaskStatus.NOT_STARTED})),
        "in_progress": count(Q(**{status: TaskStatus.IN_PROGRESS})),
        "claimed_done": count(Q(**{status: TaskStatus.CLAIMED_DONE})),
        "done": count(Q(**{status: TaskStatus.DONE})),
        "withdrawn": count(Q(**{status: TaskStatus.WITHDRAWN})),
        "overdue": count(is_open & Q(**{f"{deadline}__lt": today})),
        "soon": count(is_open & Q(**{f"{deadline}__range": (today, soon)})),
    }


def standing(tasks: TaskQuerySet, *, today: dt.date) -> Standing:
    """Return how the tasks stand, in one query."""
    return Standing(**tasks.order_by().aggregate(**_standing_counts(today)))


@dataclass(frozen=True)
class Load:
    """How much one leader, unit or county has: as the one who answers, and as one who helps."""

    key: str
    name: str
    kind: str
    answering: int
    cooperating: int
    done: int
    overdue: int
    soon: int
    in_progress: int


def load_by_unit(user: User, *, today: dt.date, plan: Plan | None = None, kinds: Iterable[str] = ()) -> list[Load]:
    """Return the load of every unit that takes part in a visible task, most answered for first."""
    visible = _visible(user, plan)
    rows = Assignment.objects.filter(task__in=visible).exclude(organization=None)
    if kinds:
        rows = rows.filter(organization__kind__in=list(kinds))
    found: Any = rows.values("organization__key", "organization__short_name", "organization__kind").annotate(
        **_load_counts(today, Q(role__in=ANSWERING))
    )
    loads = [
        _load(row, row["organization__key"], row["organization__short_name"], row["organization__kind"])
        for row in found
    ]
    return sorted(loads, key=lambda load: (-load.answering, -load.cooperating, load.key))


def load_by_county(user: User, *, today: dt.date, plan: Plan | None = None) -> list[Load]:
    """Return the load of every county and zone."""
    kinds = (OrganizationKind.COUNTY_GOVERNMENT, OrganizationKind.ZONE_COMMITTEE)
    return load_by_unit(user, today=today, plan=plan, kinds=kinds)


def load_by_leader(user: User, *, today: dt.date, plan: Plan | None = None) -> list[Load]:
    """Return the load of every leader who leads a visible task."""
    rows = Assignment.objects.filter(task__in=_visible(user, plan), role=AssignmentRole.LEAD_LEADER)
    found: Any = (
        rows.exclude(person=None)
        .values("person__key", "person__name", "person__sort")
        .annotate(**_load_counts(today, Q(role=AssignmentRole.LEAD_LEADER)))
        .order_by("person__sort", "person__key")
    )
    return [_load(row, row["person__key"], row["person__name"], "person") for row in found]


def _visible(user: User, plan: Plan | None) -> QuerySet[Task]:
    tasks = Task.objects.visible_to(user).order_by()
    return tasks.filter(plan=plan) if plan else tasks


def _load_counts(today: dt.date, answers: Q) -> dict[str, Count]:
    soon = today + dt.timedelta(days=SOON_DAYS)
    is_open = answers & Q(task__status__in=OPEN_STATUSES)

    def count(condition: Q) -> Count:
        return Count("task", filter=condition, distinct=True)

    return {
        "answering": count(answers),
        "cooperating": count(Q(role=AssignmentRole.COOPERATING)),
        "done": count(answers & Q(task__status=TaskStatus.DONE)),
        "in_progress": count(answers & Q(task__status=TaskStatus.IN_PROGRESS)),
        "overdue": count(is_open & Q(task__deadline__lt=today)),
        "soon": count(is_open & Q(task__deadline__range=(today, soon))),
    }


def _load(row: dict[str, Any], key: str, name: str, kind: str) -> Load:
    counts = ("answering", "cooperating", "done", "overdue", "soon", "in_progress")
    return Load(key=key, name=name, kind=kind, **{each: row[each] for each in counts})


@dataclass(frozen=True)
class SectionStanding:
    """How the tasks of one section of a plan stand."""

    plan_id: int
    section: str
    standing: Standing


def standing_by_section(user: User, *, today: dt.date, plan: Plan | None = None) -> list[SectionStanding]:
    """Return how the tasks stand by section, in printed order."""
    rows: Any = (
        _visible(user, plan)
        .values("plan_id", "section")
        .annotate(first=Min("position"), **_standing_counts(today))
        .order_by("-plan__year", "plan_id", "first")
    )
    names = Standing.__dataclass_fields__
    return [
        SectionStanding(row["plan_id"], row["section"], Standing(**{name: row[name] for name in names})) for row in rows
    ]


@dataclass(frozen=True)
class ClerkDay:
    """What a supervision clerk has to do today."""

    to_confirm: list[Document]
    to_compare: list[Document]
    to_review: list[Task]
    overdue: list[Task]
    soon: list[Task]
    names_to_settle: int
    open_names_tasks: int
    failed_imports: int
    standing: Standing
    changes: list[AuditEntry]


def clerk_day(user: User, *, today: dt.date, rows: int = 8) -> ClerkDay:
    """Return the work list of the day; every list is cut at ``rows``, its counts are whole."""
    tasks = Task.objects.visible_to(user)
    shown = printed_parties(tasks.select_related("plan"))
    is_open = Q(status__in=OPEN_STATUSES)
    soon = today + dt.timedelta(days=SOON_DAYS)
    return ClerkDay(
        to_confirm=list(documents_to_confirm()[:rows]),
        to_compare=list(Document.objects.filter(status=DocumentStatus.WAITING)[:rows]),
        to_review=list(shown.filter(status=TaskStatus.CLAIMED_DONE).order_by("changed_at")[:rows]),
        overdue=list(shown.filter(is_open, deadline__lt=today).order_by("deadline", "pk")[:rows]),
        soon=list(shown.filter(is_open, deadline__range=(today, soon)).order_by("deadline", "pk")[:rows]),
        names_to_settle=NameProposal.objects.filter(status=ProposalStatus.OPEN).count(),
        open_names_tasks=TaskFilter(names="open").apply(tasks, today=today).count(),
        failed_imports=ImportJob.objects.filter(status=ImportStatus.FAILED).count(),
        standing=standing(tasks, today=today),
        changes=list(AuditEntry.objects.filter(object_type="ledger.task").order_by("-sequence")[:rows]),
    )


def documents_to_confirm() -> QuerySet[Document]:
    """Return current documents with findings nobody decided about, with ``pending`` and ``doubtful`` counted."""
    pending = Q(findings__status=FindingStatus.PENDING)
    return (
        Document.objects.filter(status=DocumentStatus.CURRENT)
        .annotate(
            pending=Count("findings", filter=pending),
            decided=Count("findings", filter=~pending),
            doubtful=Count("findings", filter=pending & ~Q(findings__doubts=[])),
        )
        .filter(pending__gt=0)
        .order_by("-imported_at", "position")
    )


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
