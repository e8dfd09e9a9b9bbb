"""From a printed name to what the registry knows under it.

One :class:`Matcher` loads every name once (a fixed number of queries) and then answers from memory, so that confirming
a plan of hundreds of parties does not ask the database for each.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from rapidfuzz import fuzz, process

from luoshi.registry.models import Group, GroupName, Membership, NameKind, Organization, OrganizationName, Person
from luoshi.standards.names import fold_name

# Posts held together are printed with this mark between them: 市委副书记、市长.
BETWEEN_POSTS: Final = "、"
# Below this likeness (0 to 100) a name is not worth showing beside another.
LIKE_ENOUGH: Final = 60


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
    """What a printed name stands for.

    ``members`` is filled for a group whose members are known; ``people`` are those an ambiguous name or post may
    mean; ``suggestions`` are units whose names look like a new one.
    """

    printed: str
    state: MatchState
    organization: Organization | None = None
    person: Person | None = None
    group: Group | None = None
    members: tuple[Organization, ...] = ()
    suggestions: tuple[Organization, ...] = field(default=())
    people: tuple[Person, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Tell whether nobody needs to be asked about this name."""
        return self.state in {MatchState.KNOWN, MatchState.ALIAS, MatchState.GROUP}


@dataclass(frozen=True)
class Likeness:
    """Something the registry knows whose name ``form`` looks like a printed one; ``score`` is at most 100."""

    target: Organization | Group | Person
    form: str
    score: int

    @property
    def other_form(self) -> str:
        """The form that looks like it, where that is not the name by which the target is shown."""
        return "" if self.form == fold_name(str(self.target)) else self.form

    @property
    def choice(self) -> str:
        """How a page names the target: ``unit:finance``."""
        kinds = {Organization: "unit", Group: "group", Person: "person"}
        return f"{kinds[type(self.target)]}:{self.target.key}"


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
        self._posts = _Posts(Membership.objects.filter(until=None).select_related("person", "organization"))

    def match(self, printed: str, kind: NameKind) -> Match:
        """Return what the name stands for when it is printed in the place of a ``kind``.

        In the place of a person a post may stand (市委常委、市纪委书记): it means whoever holds it now, and is
        ambiguous where several do.
        """
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

    def likenesses(self, printed: str, kind: NameKind, limit: int = 3) -> tuple[Likeness, ...]:
        """Return what the name may be another form of, the likest first."""
        folded = fold_name(printed)
        if kind == NameKind.PERSON:
            forms: Mapping[str, Organization | Group | Person] = {
                **{name: people[0] for name, people in self._people.items()},
                **self._posts.sole_holders(),
            }
        else:
            forms = {**self._groups, **{name: known[1] for name, known in self._organizations.items()}}
        # Any two posts share a part such as 市委; only the whole tells them apart.
        scorer = fuzz.ratio if kind == NameKind.PERSON else fuzz.WRatio
        found: dict[tuple[type, int], Likeness] = {}
        for form, score, _key in process.extract(
            folded, forms.keys(), scorer=scorer, limit=limit * 3, score_cutoff=LIKE_ENOUGH
        ):
            target = forms[form]
            found.setdefault((type(target), target.pk), Likeness(target, form, round(score)))
        return tuple(found.values())[:limit]

    def _match_person(self, printed: str, folded: str) -> Match:
        people = tuple(self._people.get(folded, ()))
        state = MatchState.KNOWN
        if not people:
            people, state = self._posts.holders(folded), MatchState.ALIAS
        if len(people) == 1:
            return Match(printed, state, person=people[0])
        return Match(printed, MatchState.AMBIGUOUS if people else MatchState.NEW, people=people)

    def _similar(self, folded: str) -> tuple[Organization, ...]:
        found = process.extract(folded, self._organizations.keys(), limit=6, score_cutoff=LIKE_ENOUGH)
        unique = {self._organizations[name][1].pk: self._organizations[name][1] for name, _score, _index in found}
        return tuple(unique.values())[:3]


class _Posts:
    """Who holds which posts now; a post is found by itself or with its organization before it."""

    def __init__(self, memberships: Iterable[Membership]) -> None:
        self._people: dict[int, Person] = {}
        self._held: dict[int, set[str]] = {}
        for row in memberships:
            self._people[row.person_id] = row.person
            units = ("", fold_name(row.organization.short_name), fold_name(row.organization.name))
            parts = filter(None, fold_name(row.post).split(BETWEEN_POSTS))
            self._held.setdefault(row.person_id, set()).update(unit + part for part in parts for unit in units)

    def holders(self, folded: str) -> tuple[Person, ...]:
        """Return everybody who holds every post of a printed list of posts."""
        wanted = set(folded.split(BETWEEN_POSTS)) - {""}
        return tuple(self._people[pk] for pk, held in self._held.items() if wanted and wanted <= held)

    def sole_holders(self) -> dict[str, Person]:
        """Return the posts that one person alone holds."""
        times = Counter(post for held in self._held.values() for post in held)
        return {post: self._people[pk] for pk, held in self._held.items() for post in held if times[post] == 1}


def _members_by_group() -> dict[int, tuple[Organization, ...]]:
    members: dict[int, tuple[Organization, ...]] = {}
    groups = Group.objects.prefetch_related("memberships__organization")
    for group in groups:
        members[group.pk] = tuple(m.organization for m in group.memberships.all() if m.until is None)
    return members
