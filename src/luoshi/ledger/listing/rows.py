"""Rows of the list: a task with its parties by role, and the heading it stands under where the list is grouped."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from luoshi.ledger.filters import OPEN_STATUSES
from luoshi.ledger.models import Assignment, AssignmentRole, Task
from luoshi.ledger.queries import parties_by_role, printed_parties
from luoshi.ledger.querysets import ANSWERING, TaskQuerySet
from luoshi.ledger.states import TaskStatus
from luoshi.registry.models import OrganizationKind

PER_PAGE = (25, 50, 100, 200)
SOON = 7
STATUS_TONES = {
    TaskStatus.NOT_STARTED: "neutral",
    TaskStatus.IN_PROGRESS: "info",
    TaskStatus.CLAIMED_DONE: "warn",
    TaskStatus.DONE: "ok",
    TaskStatus.WITHDRAWN: "neutral",
}
# How the parties behind a grouping are found, and what names and orders them.
GROUPINGS: dict[str, tuple[dict[str, Any], str, tuple[str, ...]]] = {
    "leader": (
        {"role": AssignmentRole.LEAD_LEADER, "person__isnull": False},
        "person__name",
        ("person__sort", "person"),
    ),
    "unit": (
        {"role__in": ANSWERING, "organization__isnull": False},
        "organization__short_name",
        ("organization__sort", "organization"),
    ),
    "county": (
        {"organization__kind__in": [OrganizationKind.COUNTY_GOVERNMENT, OrganizationKind.ZONE_COMMITTEE]},
        "organization__short_name",
        ("organization__sort", "organization"),
    ),
}


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    task: Task
    heading: str
    leaders: str
    answering: str
    cooperating: str
    first_cooperating: str
    more_cooperating: int
    light: str
    light_label: str | Promise
    tone: str


def light_of(task: Task, today: dt.date) -> tuple[str, str | Promise]:
    """Return the light of a task's time limit and its words; only what is open and dated has one."""
    if task.status not in OPEN_STATUSES or task.deadline is None:
        return ("green", _("Done")) if task.status == TaskStatus.DONE else ("none", "")
    days = (task.deadline - today).days
    if days < 0:
        return "red", _("%(days)d days overdue") % {"days": -days}
    if days <= SOON:
        return "yellow", _("%(days)d days left") % {"days": days}
    return "none", ""


def names_of(parties: Iterable[Assignment]) -> str:
    """Return the printed names in a row, separated as the reader's language does."""
    return pgettext("between names", ", ").join(party.printed_name for party in parties)


def row_of(task: Task, today: dt.date, heading: str = "") -> Row:
    """Return the line of a task that was read with its parties."""
    parties = parties_by_role(task)
    light, label = light_of(task, today)
    cooperating = parties[AssignmentRole.COOPERATING]
    return Row(
        task=task,
        heading=heading,
        leaders=names_of(parties[AssignmentRole.LEAD_LEADER]),
        answering=names_of(row for role in ANSWERING for row in parties[role]),
        cooperating=names_of(cooperating),
        first_cooperating=cooperating[0].printed_name if cooperating else "",
        more_cooperating=max(0, len(cooperating) - 1),
        light=light,
        light_label=label,
        tone=STATUS_TONES[TaskStatus(task.status)],
    )


def page_of(
    tasks: TaskQuerySet, *, group: str, number: str, per_page: int, today: dt.date
) -> tuple[Page[Any], list[Row]]:
    """Return one page of the list and its rows; grouped by party, a task stands under each of them."""
    if group in GROUPINGS:
        return _page_by_party(tasks, group, number, per_page, today)
    if group == "section":
        tasks = tasks.order_by("-plan__year", "plan", "position", "pk")
    page: Page[Any] = Paginator(tasks, per_page).get_page(number)
    return page, [row_of(task, today, task.section if group == "section" else "") for task in page]


def _page_by_party(
    tasks: TaskQuerySet, group: str, number: str, per_page: int, today: dt.date
) -> tuple[Page[Any], list[Row]]:
    condition, name, order = GROUPINGS[group]
    pairs: QuerySet[Any, Any] = (
        Assignment.objects.filter(**condition, task__in=tasks.order_by().values("pk"))
        .order_by(*order, "-task__plan__year", "task__position", "task")
        .values_list(name, "task")
        .distinct()
    )
    page: Page[Any] = Paginator(pairs, per_page).get_page(number)
    wanted = list(page)
    found = _by_key({pk for _name, pk in wanted})
    return page, [row_of(found[pk], today, heading) for heading, pk in wanted]


def _by_key(pks: Iterable[int]) -> dict[int, Task]:
    return printed_parties(Task.objects.filter(pk__in=list(pks)).select_related("plan")).in_bulk()
