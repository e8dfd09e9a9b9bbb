"""From the tables of a city pack to rows; called inside an action, never by a page.

What is there already is left as it is, since the office may have corrected it: a pack only adds what is missing.
"""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from luoshi.registry.models import (
    Division,
    Group,
    GroupMember,
    GroupName,
    Level,
    Membership,
    Organization,
    OrganizationName,
    Person,
)
from luoshi.registry.pack_files import CityPack, PackProblem, Row, UnableToLoadCity
from luoshi.standards.names import fold_name

BATCH = 500


class PackRecorder:
    """Writes one pack; ``added`` and ``present`` count rows by table, ``forms`` are the names that are new."""

    def __init__(self, pack: CityPack) -> None:
        self.pack = pack
        self.added: dict[str, int] = {}
        self.present: dict[str, int] = {}
        self.forms: list[str] = []
        self._divisions = {each.code: each for each in Division.objects.all()}
        self._organizations = {each.key: each for each in Organization.objects.all()}
        self._groups = {each.key: each for each in Group.objects.all()}

    def record(self) -> None:
        """Write what is missing.

        :raises UnableToLoadCity: where the registry holds another city, or a form stands for something else in it.
        """
        problems = [*self._other_city(), *self._taken_forms()]
        if problems:
            raise UnableToLoadCity(self.pack.city, problems)
        self._record_divisions()
        self._record_organizations()
        self._record_groups()
        self._record_forms(OrganizationName, "organizations", "organization", self._organizations)
        self._record_forms(GroupName, "groups", "group", self._groups)
        self._record_people()

    def _other_city(self) -> list[PackProblem]:
        here = {each.code: each.name for each in self._divisions.values() if each.level == Level.PREFECTURE}
        here.pop(self.pack.facts["division_code"], None)
        text = _("The registry already holds %s; another city needs an installation of its own.")
        return [PackProblem("city.csv", 0, "", text % name) for name in here.values()]

    def _taken_forms(self) -> list[PackProblem]:
        owners = _owners()
        text = _("“%(form)s” already stands for %(owner)s in the registry.")
        return [
            row.problem(column, text % {"form": row[column], "owner": owner[1]})
            for table, key, row, column in self.pack.forms()
            if (owner := owners.get(fold_name(row[column]), (table, key))) != (table, key)
        ]

    def _count(self, table: str, added: int, total: int) -> None:
        self.added[table], self.present[table] = added, total - added

    def _record_divisions(self) -> None:
        rows = self.pack["divisions"]
        new = [row for row in rows if row["code"] not in self._divisions]
        for levels in ((Level.PREFECTURE,), (Level.COUNTY, Level.ZONE), (Level.TOWNSHIP,)):
            made = [self._division(row) for row in new if row["level"] in levels]
            Division.objects.bulk_create(made, batch_size=BATCH)
            self._divisions |= {each.code: each for each in made}
        self._count("divisions", len(new), len(rows))

    def _division(self, row: Row) -> Division:
        parent = self._divisions.get(row["parent_code"])
        return Division(code=row["code"], name=row["name"], level=row["level"], parent=parent)

    def _record_organizations(self) -> None:
        rows = self.pack["organizations"]
        waiting = [row for row in rows if row["key"] not in self._organizations]
        self._count("organizations", len(waiting), len(rows))
        while waiting:
            # One generation after the other: a child's row needs the number of its parent's.
            ready = [row for row in waiting if not row["parent_key"] or row["parent_key"] in self._organizations]
            made = [self._organization(row) for row in ready]
            Organization.objects.bulk_create(made, batch_size=BATCH)
            self._organizations |= {each.key: each for each in made}
            waiting = [row for row in waiting if row["key"] not in self._organizations]

    def _organization(self, row: Row) -> Organization:
        made = Organization(
            key=row["key"],
            name=row["name"],
            short_name=row["short_name"],
            kind=row["kind"],
            division=self._divisions[row["division_code"]],
            parent=self._organizations.get(row["parent_key"]),
            sort=int(row["sort"]),
        )
        made.scope_key = made.make_scope_key()
        return made

    def _record_groups(self) -> None:
        rows = self.pack["groups"]
        new = {row["key"]: row for row in rows if row["key"] not in self._groups}
        made = [
            Group(key=key, name=row["name"], kind=row["kind"], members_known=row["members_known"] == "yes")
            for key, row in new.items()
        ]
        Group.objects.bulk_create(made, batch_size=BATCH)
        self._groups |= {each.key: each for each in made}
        self._count("groups", len(new), len(rows))
        members = [
            GroupMember(group=self._groups[row["group_key"]], organization=self._organizations[row["organization_key"]])
            for row in self.pack["group_members"]
            if row["group_key"] in new
        ]
        GroupMember.objects.bulk_create(members, batch_size=BATCH)
        self._count("group_members", len(members), len(self.pack["group_members"]))

    def _record_forms(self, model: Callable[..., Any], table: str, owner_field: str, owners: dict[str, Any]) -> None:
        manager = model.objects  # type: ignore[attr-defined]
        known = set(manager.values_list("folded", flat=True))
        wanted = {
            fold_name(row[column]): (row[column], key)
            for owner_table, key, row, column in reversed(list(self.pack.forms()))
            if owner_table == table
        }
        new = {folded: form for folded, form in reversed(wanted.items()) if folded not in known}
        manager.bulk_create(
            [model(name=name, folded=folded, **{owner_field: owners[key]}) for folded, (name, key) in new.items()],
            batch_size=BATCH,
        )
        self.forms += [name for name, _key in new.values()]
        self._count(f"{owner_field}_names", len(new), len(wanted))

    def _record_people(self) -> None:
        rows = self.pack["people"]
        known = set(Person.objects.values_list("key", flat=True))
        new = [row for row in rows if row["key"] not in known]
        people = [_person(row) for row in new]
        Person.objects.bulk_create(people, batch_size=BATCH)
        posts = [
            Membership(person=person, organization=self._organizations[row["organization_key"]], post=row["title"])
            for person, row in zip(people, new, strict=True)
        ]
        Membership.objects.bulk_create(posts, batch_size=BATCH)
        self.forms += [form for row in new for form in (row["name"], row["title"])]
        self._count("people", len(new), len(rows))


def _person(row: Row) -> Person:
    person = Person(
        key=row["key"],
        name=row["name"],
        folded=fold_name(row["name"]),
        is_leader=row["role"] == "leader",
        sort=int(row["sort"]),
    )
    person.scope_key = person.make_scope_key()
    return person


def _owners() -> dict[str, tuple[str, str]]:
    """Return what every form in the registry stands for: (table, key) by folded form."""
    organizations = OrganizationName.objects.values_list("folded", "organization__key")
    groups = GroupName.objects.values_list("folded", "group__key")
    return {folded: ("organizations", key) for folded, key in organizations} | {
        folded: ("groups", key) for folded, key in groups
    }
