"""The filter of the ledger: it lives in the URL, so a list can be sent to a colleague, saved and exported as seen."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.expressions import OrderBy
from django.http import QueryDict

from luoshi.documents.search import matching
from luoshi.ledger.models import Assignment, AssignmentRole, Target
from luoshi.ledger.querysets import ANSWERING, TaskQuerySet
from luoshi.ledger.states import TaskStatus
from luoshi.ledger.writing import TASK_ENTRY
from luoshi.registry.models import Organization, OrganizationKind, Person

OPEN_STATUSES = (TaskStatus.NOT_STARTED, TaskStatus.IN_PROGRESS, TaskStatus.CLAIMED_DONE)
# As whom a unit takes part, for the filter "unit in any role".
ROLE_CHOICES: dict[str, tuple[str, ...]] = {
    "any": (),
    "lead": ANSWERING,
    "cooperating": (AssignmentRole.COOPERATING,),
}
# As whom another unit takes part beside the one with this role: those who lead are helped, those who help are led.
PARTNER_ROLES: dict[str, tuple[str, ...]] = {
    "": (),
    "any": (),
    "lead": (AssignmentRole.COOPERATING,),
    "cooperating": ANSWERING,
}
DUE_CHOICES = ("overdue", "7", "30", "90", "none")
# In printed order, newest plan first; every other order falls back on it.
PRINTED_ORDER = ("-plan__year", "plan_id", "position", "pk")
SORTS: dict[str, tuple[str, ...]] = {
    "number": (),
    "deadline": ("deadline",),
    "status": ("status",),
    "section": ("section",),
    "changed": ("changed_at",),
}
# Fields that know all their values; the others are keys of rows or free text.
KNOWN_VALUES: dict[str, tuple[str, ...]] = {
    "role": tuple(ROLE_CHOICES),
    "status": ("OPEN", *TaskStatus.values),
    "due": DUE_CHOICES,
    "names": ("open",),
    "targets": ("yes", "none"),
}


def ordering(sort: str, prefix: str = "") -> list[OrderBy]:
    """Return the order that a ``sort`` of the address asks for; ``prefix`` leads from the sorted rows to the task.

    What has no date stands last in both directions.
    """
    first = SORTS.get(sort.removeprefix("-"), ())
    if sort == "-number":
        return [_order(name, prefix, not name.startswith("-")) for name in PRINTED_ORDER]
    asked = [_order(name, prefix, sort.startswith("-")) for name in first]
    return asked + [_order(name, prefix, name.startswith("-")) for name in PRINTED_ORDER]


def _order(name: str, prefix: str, is_descending: bool) -> OrderBy:
    field = f"{prefix}{name.removeprefix('-')}"
    # Along the way of a task, not along the alphabet of its codes.
    steps = (When(**{field: status, "then": Value(step)}) for step, status in enumerate(TaskStatus.values))
    column: Any = Case(*steps) if name == "status" else F(field)
    return OrderBy(column, descending=is_descending, nulls_last=True)


@dataclass(frozen=True)
class TaskFilter:
    """What somebody asked the ledger for; every field is the string of the URL, empty where nothing is asked.

    Unknown values are dropped, never an error: an old link must still open.
    """

    plan: str = ""
    year: str = ""
    leader: str = ""
    unit: str = ""
    role: str = ""
    partner: str = ""
    county: str = ""
    section: str = ""
    status: str = ""
    due: str = ""
    due_from: str = ""
    due_to: str = ""
    names: str = ""
    targets: str = ""
    mine: str = ""
    q: str = ""
    sort: str = ""

    @classmethod
    def from_query(cls, query: QueryDict | Mapping[str, str]) -> "TaskFilter":
        """Return the filter that a query string states."""
        given = {each.name: _clean(str(query.get(each.name, ""))) for each in fields(cls)}
        return cls(**{name: value for name, value in given.items() if _is_known(name, value)})

    def as_query(self) -> str:
        """Return the filter as a query string, without what is not asked."""
        query = QueryDict(mutable=True)
        query.update(self.active())
        return query.urlencode()

    def active(self) -> dict[str, str]:
        """Return what is asked, by field."""
        return {each.name: value for each in fields(self) if (value := getattr(self, each.name))}

    def apply(self, tasks: TaskQuerySet, *, today: dt.date) -> TaskQuerySet:
        """Return the tasks that the filter keeps, in its order."""
        for condition in (self._by_plan(), self._by_state(), self._by_due(today)):
            tasks = tasks.filter(condition)
        tasks = self._by_party(tasks)
        if self.q:
            found = matching(self.q, kind=TASK_ENTRY).values("object_id")
            tasks = tasks.filter(Q(pk__in=found) | Q(number=self.q))
        return tasks.order_by(*ordering(self.sort))

    def _by_plan(self) -> Q:
        condition = Q()
        if self.plan.isdecimal():
            condition &= Q(plan=int(self.plan))
        if self.year.isdecimal():
            condition &= Q(plan__year=int(self.year))
        if self.section:
            condition &= Q(section=self.section)
        return condition

    def _by_state(self) -> Q:
        condition = Q()
        if self.status == "OPEN":
            condition &= Q(status__in=OPEN_STATUSES)
        elif self.status in TaskStatus.values:
            condition &= Q(status=self.status)
        if self.names == "open":
            # Somebody printed in the clause is not settled: an unknown name, or a group nobody listed.
            unsettled = Assignment.objects.printed().filter(scope_key="").exclude(group__members_known=True)
            condition &= Q(Exists(unsettled.filter(task=OuterRef("pk"))))
        if self.targets:
            has_targets = Q(Exists(Target.objects.filter(task=OuterRef("pk"))))
            condition &= has_targets if self.targets == "yes" else ~has_targets
        return condition

    def _by_due(self, today: dt.date) -> Q:
        condition = Q()
        if self.due == "overdue":
            condition &= Q(deadline__lt=today, status__in=OPEN_STATUSES)
        elif self.due == "none":
            condition &= Q(deadline=None)
        elif self.due in DUE_CHOICES:
            last = today + dt.timedelta(days=int(self.due))
            condition &= Q(deadline__range=(today, last), status__in=OPEN_STATUSES)
        if (first := _date(self.due_from)) is not None:
            condition &= Q(deadline__gte=first)
        if (last_day := _date(self.due_to)) is not None:
            condition &= Q(deadline__lte=last_day)
        return condition

    def _by_party(self, tasks: TaskQuerySet) -> TaskQuerySet:
        # The very holder, not those below it: most departments stand below the city government, and a number of an
        # overview must open as many tasks as it says.
        roles = ROLE_CHOICES.get(self.role, ())
        if self.leader:
            tasks = tasks.naming(_scope(Person.objects.filter(key=self.leader)))
        if self.unit:
            tasks = tasks.naming(_scope(Organization.objects.filter(key=self.unit)), *roles)
        if self.county:
            governments = Organization.objects.filter(
                division__code=self.county,
                kind__in=[OrganizationKind.COUNTY_GOVERNMENT, OrganizationKind.ZONE_COMMITTEE],
            )
            tasks = tasks.naming(_scope(governments), *roles)
        if self.partner:
            partners = Organization.objects.filter(key=self.partner)
            tasks = tasks.naming(_scope(partners), *PARTNER_ROLES.get(self.role, ()))
        return tasks


def _clean(text: str) -> str:
    # No database keeps the character NUL; PostgreSQL refuses to look for it.
    return text.replace("\0", "").strip()[:300]


def _is_known(name: str, value: str) -> bool:
    """Tell whether a value of the address means something; links of others may be old or mistyped."""
    if name in {"plan", "year"}:
        return value.isdecimal() and len(value) < 10
    if name in {"due_from", "due_to"}:
        return _date(value) is not None
    if name == "sort":
        return value.removeprefix("-") in SORTS
    return name not in KNOWN_VALUES or value in KNOWN_VALUES[name]


def _scope(holders: Any) -> str:
    """Return the scope key of the one holder, or one that nobody has."""
    return holders.values_list("scope_key", flat=True).first() or "nobody:/"


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
