"""The filter of the ledger: it lives in the URL, so a list can be sent to a colleague, saved and exported as seen."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.http import QueryDict

from luoshi.documents.search import matching
from luoshi.ledger.models import Assignment, AssignmentRole
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
DUE_CHOICES = ("overdue", "7", "30", "90", "none")
SORTS: dict[str, tuple[Any, ...]] = {
    "number": ("plan", "position", "pk"),
    "deadline": (F("deadline").asc(nulls_last=True), "position", "pk"),
    "status": ("status", "position", "pk"),
    "section": ("section", "position", "pk"),
    "changed": ("changed_at", "pk"),
}


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
    county: str = ""
    section: str = ""
    status: str = ""
    due: str = ""
    due_from: str = ""
    due_to: str = ""
    names: str = ""
    mine: str = ""
    q: str = ""
    sort: str = ""

    @classmethod
    def from_query(cls, query: QueryDict | Mapping[str, str]) -> "TaskFilter":
        """Return the filter that a query string states."""
        return cls(**{each.name: str(query.get(each.name, "")).strip()[:200] for each in fields(cls)})

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
        return self._sorted(tasks)

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
        return tasks

    def _sorted(self, tasks: TaskQuerySet) -> TaskQuerySet:
        key = self.sort.removeprefix("-")
        if key not in SORTS:
            return tasks.order_by("-plan__year", "plan", "position", "pk")
        if key == "deadline" and self.sort.startswith("-"):
            return tasks.order_by(F("deadline").desc(nulls_last=True), "position", "pk")
        order = SORTS[key]
        return tasks.order_by(*order).reverse() if self.sort.startswith("-") else tasks.order_by(*order)


def _scope(holders: Any) -> str:
    """Return the scope key of the one holder, or one that nobody has."""
    return holders.values_list("scope_key", flat=True).first() or "nobody:/"


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
