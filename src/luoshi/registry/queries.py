"""What the pages of the registry show: lists, trees and counts, each in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from luoshi.access.listing import Orders, in_order
from luoshi.registry.models import (
    Division,
    Group,
    GroupMember,
    GroupName,
    Level,
    Membership,
    NameProposal,
    Organization,
    OrganizationName,
    Person,
    ProposalStatus,
)
from luoshi.standards.names import fold_name

UNIT_ORDERS: Orders = {
    "rank": ("sort", "key"),
    "name": ("short_name",),
    "kind": ("kind", "sort"),
    "division": ("division__code", "sort"),
}
GROUP_ORDERS: Orders = {"name": ("name",), "members": ("member_count", "name"), "kind": ("kind", "name")}
PEOPLE_ORDERS: Orders = {"rank": ("-is_leader", "sort", "key"), "name": ("name",)}


def list_units(
    *, text: str = "", kind: str = "", division: Division | None = None, sort: str = ""
) -> QuerySet[Organization]:
    """Return units with their forms, division and parent; ``text`` is looked for in every form of the name."""
    rows = Organization.objects.select_related("division", "parent").prefetch_related("names")
    if text:
        forms = OrganizationName.objects.filter(organization=OuterRef("pk"), folded__contains=fold_name(text))
        rows = rows.filter(Exists(forms))
    if kind:
        rows = rows.filter(kind=kind)
    if division:
        below = Q(division__parent=division, division__level=Level.TOWNSHIP)
        rows = rows.filter(Q(division=division) | below)
    rows = rows.annotate(
        group_count=Count("group_memberships", filter=Q(group_memberships__until=None), distinct=True),
        people_count=Count("memberships", filter=Q(memberships__until=None), distinct=True),
    )
    return in_order(rows, sort, UNIT_ORDERS, "rank")


def get_unit(key: str) -> Organization:
    """Return one unit with everything its page shows.

    :raises Organization.DoesNotExist: for an unknown key.
    """
    posts = Membership.objects.select_related("person").order_by("person__sort", "person__key")
    groups = GroupMember.objects.filter(until=None).select_related("group").order_by("group__name")
    return (
        Organization.objects.select_related("division__parent", "parent")
        .prefetch_related(
            Prefetch("names", OrganizationName.objects.order_by("pk")),
            "children",
            Prefetch("memberships", posts),
            Prefetch("group_memberships", groups),
        )
        .get(key=key)
    )


def list_groups(*, text: str = "", members: str = "", sort: str = "") -> QuerySet[Group]:
    """Return groups with their forms and how many members they have; ``members`` is ``known``, ``unknown`` or empty."""
    rows = Group.objects.prefetch_related("names")
    if text:
        forms = GroupName.objects.filter(group=OuterRef("pk"), folded__contains=fold_name(text))
        rows = rows.filter(Exists(forms))
    if members:
        rows = rows.filter(members_known=members == "known")
    rows = rows.annotate(member_count=Count("memberships", filter=Q(memberships__until=None)))
    return in_order(rows, sort, GROUP_ORDERS, "name")


def get_group(key: str) -> Group:
    """Return one group with its forms and present members.

    :raises Group.DoesNotExist: for an unknown key.
    """
    members = GroupMember.objects.filter(until=None).select_related("organization__division")
    names = GroupName.objects.order_by("pk")
    return Group.objects.prefetch_related(Prefetch("names", names), Prefetch("memberships", members)).get(key=key)


def list_people(
    *, text: str = "", kind: str = "", unit: Organization | None = None, sort: str = ""
) -> QuerySet[Person]:
    """Return people with their present posts; ``kind`` is ``leader``, ``other`` or empty."""
    posts = Membership.objects.filter(until=None).select_related("organization").order_by("pk")
    rows = Person.objects.prefetch_related(Prefetch("memberships", posts))
    if text:
        named = Q(folded__contains=fold_name(text))
        held = Membership.objects.filter(person=OuterRef("pk"), until=None, post__contains=text)
        rows = rows.filter(named | Exists(held))
    if kind:
        rows = rows.filter(is_leader=kind == "leader")
    if unit:
        rows = rows.filter(Exists(Membership.objects.filter(person=OuterRef("pk"), organization=unit, until=None)))
    return in_order(rows, sort, PEOPLE_ORDERS, "rank")


def get_person(key: str) -> Person:
    """Return one person with all posts, those held now first.

    :raises Person.DoesNotExist: for an unknown key.
    """
    posts = Membership.objects.select_related("organization").order_by("until", "-since", "pk")
    return Person.objects.prefetch_related(Prefetch("memberships", posts)).get(key=key)


@dataclass
class Branch:
    """One division with those below it; the counts take in everything below."""

    division: Division
    units: int
    branches: list["Branch"] = field(default_factory=list)

    @property
    def townships(self) -> int:
        """The number of townships below."""
        own = sum(branch.division.level == Level.TOWNSHIP for branch in self.branches)
        return own + sum(branch.townships for branch in self.branches)

    @property
    def all_units(self) -> int:
        """The number of units here and below."""
        return self.units + sum(branch.all_units for branch in self.branches)

    @property
    def counties_then_zones(self) -> list["Branch"]:
        """What stands right below, in the order of official lists."""
        return [*self.counties, *self.zones]

    def of_level(self, *levels: str) -> list["Branch"]:
        """Return the branches of these levels."""
        return [branch for branch in self.branches if branch.division.level in levels]

    @property
    def counties(self) -> list["Branch"]:
        """The counties right below."""
        return self.of_level(Level.COUNTY)

    @property
    def zones(self) -> list["Branch"]:
        """The development zones right below."""
        return self.of_level(Level.ZONE)


def division_tree() -> list[Branch]:
    """Return the divisions as trees, with how many units each holds."""
    divisions = Division.objects.annotate(units=Count("organizations")).order_by("code")
    branches = {each.pk: Branch(each, each.units) for each in divisions}
    roots: list[Branch] = []
    for branch in branches.values():
        above = branches.get(branch.division.parent_id or 0)
        (above.branches if above else roots).append(branch)
    return roots


def list_main_divisions() -> QuerySet[Division]:
    """Return the divisions that units are sorted by: the city, its counties and zones."""
    return Division.objects.exclude(level=Level.TOWNSHIP)


def list_open_proposals() -> QuerySet[NameProposal]:
    """Return the names that wait for a decision, the most often met first."""
    return NameProposal.objects.filter(status=ProposalStatus.OPEN)


def list_settled_proposals() -> QuerySet[NameProposal]:
    """Return the names that were decided about, the latest first."""
    return NameProposal.objects.exclude(status=ProposalStatus.OPEN).order_by("-decided_at", "-pk")


def all_forms() -> list[str]:
    """Return every form of every unit and group, for fields that complete what is typed."""
    units = OrganizationName.objects.order_by("organization__sort", "pk").values_list("name", flat=True)
    groups = GroupName.objects.order_by("group__name", "pk").values_list("name", flat=True)
    return [*units, *groups]


def units_with_keys(keys: Iterable[str]) -> QuerySet[Organization]:
    """Return the units with these keys."""
    return Organization.objects.filter(key__in=list(keys))
