"""What there is to do today: for the office by act, for a unit or leader by urgency.

Lists are cut, their counts are whole.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from luoshi.access.models import AuditEntry, User
from luoshi.documents.models import Document, ImportJob
from luoshi.documents.states import DocumentStatus, FindingStatus, ImportStatus
from luoshi.ledger.filters import OPEN_STATUSES, TaskFilter
from luoshi.ledger.models import Task, TaskNote
from luoshi.ledger.printings.differences import Differences, printings_to_decide
from luoshi.ledger.queries import SOON_DAYS, Standing, mine, printed_parties, standing
from luoshi.ledger.querysets import TaskQuerySet
from luoshi.ledger.states import TaskStatus
from luoshi.registry.models import NameProposal, ProposalStatus

ROWS = 8
# Where somebody has more open tasks than this, the rest is in the list only.
OWN_LIMIT = 1000
OWN_ROWS = 200
NEW_DAYS = 14
# What has no date stands last on every database.
BY_DATE = F("deadline").asc(nulls_last=True)
CHANGES_READ = 200


Row = TypeVar("Row")


@dataclass(frozen=True)
class Cut(Generic[Row]):
    """The first rows of a list and how many there are."""

    rows: Sequence[Row]
    total: int


@dataclass(frozen=True)
class OfficeDay:
    """What the supervision office has to do."""

    to_confirm: Cut[Document]
    findings: int
    to_compare: Cut[Document]
    to_decide: Sequence[Differences]
    failed_imports: int
    names_to_settle: int
    open_names_tasks: int
    to_review: Cut[Task]
    overdue: Cut[Task]
    soon: Cut[Task]
    standing: Standing

    @property
    def has_nothing(self) -> bool:
        """Tell whether nothing waits for anybody of the office."""
        waits = (self.to_confirm, self.to_compare, self.to_review, self.overdue, self.soon)
        others = (self.to_decide, self.failed_imports, self.names_to_settle)
        return not (any(cut.total for cut in waits) or any(others))


def office_day(user: User, *, today: dt.date) -> OfficeDay:
    """Return the work list of the office, in a fixed number of queries."""
    tasks = Task.objects.visible_to(user)
    shown = printed_parties(tasks.select_related("plan"))
    is_open = Q(status__in=OPEN_STATUSES)
    stands = standing(tasks, today=today)
    pending = list(documents_to_confirm())
    waiting = Document.objects.filter(status=DocumentStatus.WAITING)
    soon = today + dt.timedelta(days=SOON_DAYS)
    return OfficeDay(
        to_confirm=Cut(pending[:ROWS], len(pending)),
        findings=sum(document.pending for document in pending),  # type: ignore[attr-defined]
        to_compare=_cut(waiting),
        to_decide=printings_to_decide(),
        failed_imports=ImportJob.objects.filter(status=ImportStatus.FAILED).count(),
        names_to_settle=NameProposal.objects.filter(status=ProposalStatus.OPEN).count(),
        open_names_tasks=TaskFilter(names="open").apply(tasks, today=today).count(),
        to_review=Cut(_first(shown.filter(status=TaskStatus.CLAIMED_DONE), "changed_at"), stands.claimed_done),
        overdue=Cut(_first(shown.filter(is_open, deadline__lt=today), "deadline"), stands.overdue),
        soon=Cut(_first(shown.filter(is_open, deadline__range=(today, soon)), "deadline"), stands.soon),
        standing=stands,
    )


def _first(tasks: TaskQuerySet, order: str) -> list[Task]:
    return list(tasks.order_by(order, "position", "pk")[:ROWS])


def _cut(documents: QuerySet[Document]) -> Cut[Document]:
    rows = list(documents)
    return Cut(rows[:ROWS], len(rows))


def documents_to_confirm() -> QuerySet[Document]:
    """Return current documents with findings nobody decided about, with ``pending`` and ``doubtful`` counted."""
    pending = Q(findings__status=FindingStatus.PENDING)
    return (
        Document.objects.filter(status=DocumentStatus.CURRENT)
        .annotate(
            pending=Count("findings", filter=pending),
            doubtful=Count("findings", filter=pending & ~Q(findings__doubts=[])),
        )
        .filter(pending__gt=0)
        .order_by("-imported_at", "position")
    )


@dataclass(frozen=True)
class OwnDay:
    """What waits for a unit or a leader: what they lead by urgency, each task once, and what they help with."""

    overdue: Cut[Task]
    returned: Cut[Task]
    soon: Cut[Task]
    new: Cut[Task]
    to_start: Cut[Task]
    waiting: Cut[Task]
    helping_urgent: Cut[Task]
    lead: Standing
    helping: Standing
    startable: frozenset[int] = field(default=frozenset())

    @property
    def has_nothing(self) -> bool:
        """Tell whether nothing is urgent, new or to be started."""
        lists = (self.overdue, self.returned, self.soon, self.new, self.to_start, self.helping_urgent)
        return not any(cut.total for cut in lists)


def own_day(user: User, *, today: dt.date, now: dt.datetime) -> OwnDay:
    """Return the work list of the account's own units and person, in a fixed number of queries."""
    tasks = Task.objects.visible_to(user)
    lead, helping = mine(user, tasks, "lead"), mine(user, tasks, "cooperating")
    sorted_tasks = _by_urgency(_open(lead), today=today, now=now)
    urgent = [task for task in _open(helping) if task.deadline and (task.deadline - today).days <= SOON_DAYS]
    startable = sorted_tasks["new"] + sorted_tasks["to_start"] + sorted_tasks["overdue"] + sorted_tasks["soon"]
    return OwnDay(
        **{name: Cut(rows[:OWN_ROWS], len(rows)) for name, rows in sorted_tasks.items()},
        helping_urgent=Cut(urgent[:OWN_ROWS], len(urgent)),
        lead=standing(lead, today=today),
        helping=standing(helping, today=today),
        startable=_startable(user, startable),
    )


def _open(tasks: TaskQuerySet) -> list[Task]:
    last_note = TaskNote.objects.filter(task=OuterRef("pk")).exclude(status_after="").order_by("-written_at", "-pk")
    open_tasks = tasks.filter(status__in=OPEN_STATUSES).annotate(
        came_from=Subquery(last_note.values("status_before")[:1])
    )
    return list(printed_parties(open_tasks.select_related("plan")).order_by("deadline", "position", "pk")[:OWN_LIMIT])


def _by_urgency(tasks: Iterable[Task], *, today: dt.date, now: dt.datetime) -> dict[str, list[Task]]:
    """Put every open task under the first reason for which it should be looked at."""
    found: dict[str, list[Task]] = {name: [] for name in ("overdue", "returned", "soon", "new", "to_start", "waiting")}
    for task in tasks:
        if reason := _reason(task, today, now):
            found[reason].append(task)
    return found


def _reason(task: Task, today: dt.date, now: dt.datetime) -> str:
    days = (task.deadline - today).days if task.deadline else None
    if task.status == TaskStatus.CLAIMED_DONE:
        return "waiting"
    if days is not None and days < 0:
        return "overdue"
    if task.status == TaskStatus.IN_PROGRESS and task.came_from == TaskStatus.CLAIMED_DONE:  # type: ignore[attr-defined]
        return "returned"
    if days is not None and days <= SOON_DAYS:
        return "soon"
    if task.status == TaskStatus.NOT_STARTED:
        return "new" if (now - task.created_at).days < NEW_DAYS else "to_start"
    return ""


def _startable(user: User, tasks: Sequence[Task]) -> frozenset[int]:
    keys = [task.pk for task in tasks if task.status == TaskStatus.NOT_STARTED]
    return frozenset(Task.objects.answered_by(user).filter(pk__in=keys).values_list("pk", flat=True))


@dataclass(frozen=True)
class Change:
    """One entry of the trail with the task it is about, where the account sees it and it is still there."""

    entry: AuditEntry
    task: Task | None


def changes_since(user: User, since: dt.datetime, *, rows: int = 12) -> Cut[Change]:
    """Return what happened to visible tasks since a moment, newest first; the count stops at two hundred."""
    latest = AuditEntry.objects.filter(object_type="ledger.task").order_by("-sequence")[:CHANGES_READ]
    entries = [entry for entry in latest if entry.at >= since]
    tasks = Task.objects.visible_to(user).in_bulk({int(entry.object_id) for entry in entries})
    changes = [Change(entry, tasks[int(entry.object_id)]) for entry in entries if int(entry.object_id) in tasks]
    return Cut(changes[:rows], len(changes))
