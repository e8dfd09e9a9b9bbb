"""What the page of a unit, county or leader shows: what it leads and helps with, its load, and with whom it works."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Value, When

from luoshi.access.models import User
from luoshi.ledger.filters import OPEN_STATUSES
from luoshi.ledger.loads import COUNTY_KINDS, Load, Partner, load_by_county, load_by_leader, load_by_unit, partners_in
from luoshi.ledger.models import Assignment, AssignmentRole, Task
from luoshi.ledger.presentation import Sign, due_sign, list_address
from luoshi.ledger.queries import Standing, printed_parties, standing
from luoshi.ledger.querysets import ANSWERING, TaskQuerySet
from luoshi.ledger.work_list import BY_DATE
from luoshi.registry.models import Organization, Person

ROWS = 12


@dataclass(frozen=True)
class Holder:
    """A unit or a leader as somebody who has tasks; ``is_county`` where the unit governs a county or zone."""

    key: str
    name: str
    scope_key: str
    is_person: bool
    is_county: bool

    @property
    def leading_roles(self) -> tuple[str, ...]:
        """The roles in which the holder leads or answers."""
        return (AssignmentRole.LEAD_LEADER,) if self.is_person else ANSWERING

    def list_url(self, role: str = "", **asked: str) -> str:
        """Return the list of the holder's tasks; ``role`` is lead or cooperating."""
        if self.is_person:
            return list_address(leader=self.key, **asked)
        return list_address(unit=self.key, role=role, **asked)

    def partner_url(self, partner: str, role: str) -> str:
        """Return the list of the tasks that the holder shares with another unit."""
        if self.is_person:
            return list_address(leader=self.key, unit=partner, role="lead")
        return list_address(unit=self.key, role=role, partner=partner)


def holder_of_unit(organization: Organization) -> Holder:
    """Return a unit as somebody who has tasks."""
    is_county = organization.kind in COUNTY_KINDS
    return Holder(organization.key, organization.short_name, organization.scope_key, False, is_county)


def holder_of_person(person: Person) -> Holder:
    """Return a leader as somebody who has tasks."""
    return Holder(person.key, person.name, person.scope_key, True, False)


@dataclass(frozen=True)
class Part:
    """The tasks that a holder has in one way: how they stand, the most urgent of them, and the whole list."""

    role: str
    standing: Standing
    rows: Sequence[tuple[Task, Sign]]
    url: str
    overdue_url: str
    soon_url: str
    done_url: str


@dataclass(frozen=True)
class Weight:
    """The holder's place among its like by what it leads: first has most; with the others' middle and most."""

    place: int
    of: int
    lead: int
    middle: int
    most: int


@dataclass(frozen=True)
class PartnerShown:
    """Somebody the holder shares tasks with, and the list of them."""

    partner: Partner
    url: str


def part_of(user: User, holder: Holder, role: str, *, today: dt.date) -> Part:
    """Return what the holder leads (``lead``) or helps with (``cooperating``), as far as the account may see it."""
    tasks = tasks_of(user, holder, role)
    shown = printed_parties(by_urgency(tasks).select_related("plan"))[:ROWS]
    return Part(
        role=role,
        standing=standing(tasks, today=today),
        rows=[(task, due_sign(task, today)) for task in shown],
        url=holder.list_url(role),
        overdue_url=holder.list_url(role, due="overdue"),
        soon_url=holder.list_url(role, due="30"),
        done_url=holder.list_url(role, status="DONE"),
    )


def tasks_of(user: User, holder: Holder, role: str) -> TaskQuerySet:
    """Return the visible tasks that name the holder as lead or as cooperating."""
    roles = holder.leading_roles if role == "lead" else (AssignmentRole.COOPERATING,)
    return Task.objects.visible_to(user).naming(holder.scope_key, *roles)


def by_urgency(tasks: TaskQuerySet) -> TaskQuerySet:
    """Return the tasks with what is open first, by date, and what is over last."""
    is_over = Case(When(status__in=OPEN_STATUSES, then=Value(0)), default=Value(1), output_field=IntegerField())
    return tasks.annotate(is_over=is_over).order_by("is_over", BY_DATE, "position", "pk")


def weight_of(user: User, holder: Holder, *, today: dt.date) -> Weight | None:
    """Return how the holder's load compares with that of its like; nothing where it leads nothing."""
    loads = _like(Task.objects.visible_to(user).order_by(), holder, today)
    leads = sorted((load.lead for load in loads if load.lead), reverse=True)
    own = next((load.lead for load in loads if load.key == holder.key), 0)
    if not own:
        return None
    return Weight(leads.index(own) + 1, len(leads), own, leads[len(leads) // 2], leads[0])


def _like(tasks: TaskQuerySet, holder: Holder, today: dt.date) -> list[Load]:
    if holder.is_person:
        return load_by_leader(tasks, today=today)
    if holder.is_county:
        return load_by_county(tasks, today=today)
    return load_by_unit(tasks, today=today, without=COUNTY_KINDS)


def partners_of(user: User, holder: Holder) -> tuple[list[PartnerShown], list[PartnerShown]]:
    """Return who helps the holder (under a leader: who answers), and whom it helps; most shared tasks first."""
    lead, helping = tasks_of(user, holder, "lead"), tasks_of(user, holder, "cooperating")
    with_roles = ANSWERING if holder.is_person else (AssignmentRole.COOPERATING,)
    helpers = partners_in(lead, roles=with_roles, but=holder.scope_key)
    helped = [] if holder.is_person else partners_in(helping, roles=ANSWERING, but=holder.scope_key)
    return _shown(helpers, holder, "lead"), _shown(helped, holder, "cooperating")


def _shown(partners: list[Partner], holder: Holder, role: str) -> list[PartnerShown]:
    return [PartnerShown(each, holder.partner_url(each.key, role)) for each in partners]


def own_holders(user: User) -> list[Holder]:
    """Return the units and the person behind the account's scopes that some visible task names."""
    named = Assignment.objects.filter(task__in=Task.objects.visible_to(user).involving_any(user.own_scopes).order_by())
    keys = [key for key in named.values_list("scope_key", flat=True).distinct() if _is_own(key, user.own_scopes)]
    people = [holder_of_person(each) for each in Person.objects.filter(scope_key__in=keys)]
    return [*people, *(holder_of_unit(each) for each in Organization.objects.filter(scope_key__in=keys))]


def _is_own(key: str, scopes: Sequence[str]) -> bool:
    return bool(key) and any(key.startswith(scope) for scope in scopes)
