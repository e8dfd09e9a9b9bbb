"""From a printed name to what the registry knows under it.

One :class:`Matcher` loads every name once (three queries) and then answers from memory, so that confirming a plan of
hundreds of parties does not ask the database for each.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from rapidfuzz import process

from luoshi.registry.models import Group, GroupName, NameKind, Organization, OrganizationName, Person
from luoshi.standards.names import fold_name


class MatchState(StrEnum):
    """How sure the registry is of a printed name."""

    KNOWN = "known"
    ALIAS = "alias"
    GROUP = "group"
    GROUP_UNKNOWN = "group_unknown"
    AMBIGUOUS = "ambiguous"
    NEW = "new"


@dataclass(frozen=True)
class Match:
    """What a printed name stands for; ``members`` is filled for a group whose members are known."""

    printed: str
    state: MatchState
    organization: Organization | None = None
    person: Person | None = None
    group: Group | None = None
    members: tuple[Organization, ...] = ()
    suggestions: tuple[Organization, ...] = field(default=())

    @property
    def is_settled(self) -> bool:
        """Tell whether nobody needs to be asked about this name."""
        return self.state in {MatchState.KNOWN, MatchState.ALIAS, MatchState.GROUP}


class Matcher:
    """Answers what printed names stand for, from one reading of the registry."""

    def __init__(self) -> None:
        self._organizations = {
            row.folded: (row.name, row.organization) for row in OrganizationName.objects.select_related("organization")
        }
        self._groups = {row.folded: row.group for row in GroupName.objects.select_related("group")}
        self._members = _members_by_group()
        self._people: dict[str, list[Person]] = {}
        for person in Person.objects.all():
            self._people.setdefault(person.folded, []).append(person)

    def match(self, printed: str, kind: NameKind) -> Match:
        """Return what the name stands for when it is printed in the place of a ``kind``."""
        folded = fold_name(printed)
        if kind == NameKind.PERSON:
            return self._match_person(printed, folded)
        known = self._organizations.get(folded)
        if known:
            official = known[0] == known[1].name or known[0] == known[1].short_name
            state = MatchState.KNOWN if official else MatchState.ALIAS
            return Match(printed, state, organization=known[1])
        group = self._groups.get(folded)
        if group:
            members = self._members.get(group.pk, ())
            state = MatchState.GROUP if group.members_known else MatchState.GROUP_UNKNOWN
            return Match(printed, state, group=group, members=members)
        return Match(printed, MatchState.NEW, suggestions=self._similar(folded))

    def _match_person(self, printed: str, folded: str) -> Match:
        people = self._people.get(folded, [])
        if len(people) == 1:
            return Match(printed, MatchState.KNOWN, person=people[0])
        return Match(printed, MatchState.AMBIGUOUS if people else MatchState.NEW)

    def _similar(self, folded: str) -> tuple[Organization, ...]:
        found = process.extract(folded, self._organizations.keys(), limit=6, score_cutoff=60)
        unique = {self._organizations[name][1].pk: self._organizations[name][1] for name, _score, _index in found}
        return tuple(unique.values())[:3]


def _members_by_group() -> dict[int, tuple[Organization, ...]]:
    members: dict[int, tuple[Organization, ...]] = {}
    groups = Group.objects.prefetch_related("memberships__organization")
    for group in groups:
        members[group.pk] = tuple(m.organization for m in group.memberships.all() if m.until is None)
    return members
