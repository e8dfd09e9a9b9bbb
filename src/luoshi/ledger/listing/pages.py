"""Pages of the list: plain, by section, or under every leader, unit or county that takes part."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.ledger.filters import ordering
from luoshi.ledger.listing.rows import Heading, Row, row_of
from luoshi.ledger.models import Assignment, AssignmentRole, Task
from luoshi.ledger.queries import printed_parties, with_targets
from luoshi.ledger.querysets import ANSWERING, TaskQuerySet
from luoshi.registry.models import OrganizationKind

PER_PAGE = (25, 50, 100, 200)
COUNTIES = (OrganizationKind.COUNTY_GOVERNMENT, OrganizationKind.ZONE_COMMITTEE)


@dataclass(frozen=True)
class Grouping:
    """How the parties behind a grouping are found, named and ordered, and what those without one stand under."""

    condition: dict[str, Any]
    holder: str
    name: str
    missing: str | Promise


BY_PARTY: dict[str, Grouping] = {
    "leader": Grouping(
        {"role": AssignmentRole.LEAD_LEADER, "person__isnull": False},
        "person",
        "name",
        gettext_lazy("No leader named, or not settled yet"),
    ),
    "unit": Grouping(
        {"role__in": ANSWERING, "organization__isnull": False},
        "organization",
        "short_name",
        gettext_lazy("No unit named, or not settled yet"),
    ),
    "county": Grouping(
        {"organization__kind__in": COUNTIES}, "organization", "short_name", gettext_lazy("No county takes part")
    ),
}
GROUPS = ("section", *BY_PARTY)


@dataclass(frozen=True)
class Asked:
    """Which page of the list, how grouped, in which order."""

    group: str = ""
    number: str = "1"
    per_page: int = PER_PAGE[1]
    sort: str = ""


def page_of(tasks: TaskQuerySet, asked: Asked, *, today: dt.date) -> tuple[Page[Any], list[Row]]:
    """Return one page of the list and its rows, in a constant number of queries.

    Grouped by party, a task stands under each of them; those without one come last.
    """
    if asked.group in BY_PARTY:
        return _page_by_party(tasks, BY_PARTY[asked.group], asked, today)
    if asked.group == "section":
        return _page_by_section(tasks, asked, today)
    page: Page[Any] = Paginator(with_targets(tasks), asked.per_page).get_page(asked.number)
    return page, [row_of(task, today) for task in page]


def _page_by_section(tasks: TaskQuerySet, asked: Asked, today: dt.date) -> tuple[Page[Any], list[Row]]:
    # A section stands where its first task was printed, even when others were put into it later.
    same = Task.objects.filter(plan=OuterRef("plan"), section=OuterRef("section")).order_by("position")
    tasks = tasks.annotate(section_place=Subquery(same.values("position")[:1]))
    ordered = with_targets(tasks).order_by(
        "-plan__year", "plan_id", F("section_place"), "section", *ordering(asked.sort)
    )
    page: Page[Any] = Paginator(ordered, asked.per_page).get_page(asked.number)
    listed = list(page)
    counted = tasks.order_by().filter(plan__in={task.plan_id for task in listed}).values_list("plan", "section")
    counts = {(plan, section): count for plan, section, count in counted.annotate(count=Count("pk"))}
    return page, [row_of(task, today, _section_heading(task, counts[task.plan_id, task.section])) for task in listed]


def _section_heading(task: Task, count: int) -> Heading:
    label = task.section or _("Without a section")
    year = f"{task.plan.year} " if task.plan.year else ""
    return Heading(f"{task.plan_id} {task.section}", f"{year}{label}", count)


@dataclass(frozen=True)
class _Pairs:
    """Holder and task of every line, and after them the tasks without a holder, read only as far as a page needs."""

    held: QuerySet[Any, Any]
    rest: QuerySet[Any, Any]
    held_count: int
    rest_count: int

    def __len__(self) -> int:
        return self.held_count + self.rest_count

    def __getitem__(self, part: slice) -> list[tuple[int | None, int]]:
        start, stop = part.start or 0, part.stop
        found: list[tuple[int | None, int]] = list(self.held[start:stop]) if start < self.held_count else []
        if stop > self.held_count:
            first = max(0, start - self.held_count)
            found += [(None, pk) for pk in self.rest[first : stop - self.held_count]]
        return found


def _page_by_party(
    tasks: TaskQuerySet, grouping: Grouping, asked: Asked, today: dt.date
) -> tuple[Page[Any], list[Row]]:
    holder = grouping.holder
    parties = Assignment.objects.filter(**grouping.condition, task__in=tasks.order_by().values("pk"))
    pairs = _Pairs(
        held=parties.order_by(f"{holder}__sort", f"{holder}_id", *ordering(asked.sort, "task__"))
        .values_list(f"{holder}_id", "task_id")
        .distinct(),
        rest=tasks.exclude(pk__in=parties.values("task")).values_list("pk", flat=True),
        held_count=parties.order_by().values(f"{holder}_id", "task_id").distinct().count(),
        rest_count=tasks.order_by().exclude(pk__in=parties.values("task")).count(),
    )
    page: Page[Any] = Paginator(pairs, asked.per_page).get_page(asked.number)  # type: ignore[arg-type]
    wanted = list(page)
    headings = _party_headings(parties, grouping, {key for key, _pk in wanted if key}, pairs.rest_count)
    found = _by_key({pk for _key, pk in wanted})
    return page, [row_of(found[pk], today, headings[key]) for key, pk in wanted]


def _party_headings(
    parties: QuerySet[Assignment], grouping: Grouping, keys: set[int], without: int
) -> dict[int | None, Heading]:
    holder = grouping.holder
    rows: Any = (
        parties.order_by()
        .filter(**{f"{holder}__in": keys})
        .values(key=F(f"{holder}_id"), label=F(f"{holder}__{grouping.name}"))
        .annotate(count=Count("task", distinct=True))
    )
    headings: dict[int | None, Heading] = {None: Heading("none", str(grouping.missing), without)}
    headings |= {row["key"]: Heading(str(row["key"]), row["label"], row["count"]) for row in rows}
    return headings


def _by_key(pks: Iterable[int]) -> dict[int, Task]:
    tasks = Task.objects.filter(pk__in=list(pks)).select_related("plan")
    return with_targets(printed_parties(tasks)).in_bulk()
