"""Two printings of one document, task by task: what was added, removed, reworded, and who was named or left out.

Nothing is decided here. A printing that says 新改建中小学24所 where the other says 新建中小学24所 promises something
else, and a person has to choose; so only what cannot change a promise is passed over: white space and the width or
kind of brackets, quotes, dashes and other punctuation.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from luoshi.reading.model import ROLES, Role, Task
from luoshi.reading.view import fold

# Two tasks under one number need less likeness to be taken for the same than two under different numbers.
LIKE_WITH_NUMBER = 50
LIKE_WITHOUT_NUMBER = 75

_SAME = str.maketrans(
    dict.fromkeys("[【〔〖{", "(")
    | dict.fromkeys("]】〕〗}", ")")
    | dict.fromkeys("“”„‟", '"')
    | dict.fromkeys("‘’‚‛", "'")
    | dict.fromkeys("‐‑‒–—―−－", "-")
    | dict.fromkeys("～〜∼", "~")
)


@dataclass(frozen=True, slots=True)
class ComparedTask:
    """A task as far as it is compared: its id, number, wording and names by role."""

    key: str
    number: str
    text: str
    parties: Mapping[Role, tuple[str, ...]]

    @classmethod
    def from_task(cls, task: Task) -> "ComparedTask":
        """Return the comparable part of a task just read."""
        parties = {role: tuple(party.name for party in getattr(task, role)) for role in ROLES}
        return cls(task.id, task.number, task.text, parties)

    @classmethod
    def from_payload(cls, task: Mapping[str, Any]) -> "ComparedTask":
        """Return the comparable part of a task as the reading contract prints it."""
        parties = {role: tuple(party["name"] for party in task.get(role) or ()) for role in ROLES}
        return cls(task["id"], task["number"], task["text"], parties)


@dataclass(frozen=True, slots=True)
class Edit:
    """One stretch of the wording: the same on both sides, or what stands on the one and on the other.

    `kind` is `punctuation` where nothing but signs differs.
    """

    kind: Literal["equal", "words", "punctuation"]
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PartyChange:
    """Who is named in one role on one side only."""

    role: Role
    only_old: tuple[str, ...]
    only_new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TaskPair:
    """One promise in both printings; `edits` spell out both wordings in full."""

    old: ComparedTask
    new: ComparedTask
    edits: tuple[Edit, ...]
    parties: tuple[PartyChange, ...]

    @property
    def wording_changed(self) -> bool:
        """Whether words differ, not only signs."""
        return any(edit.kind == "words" for edit in self.edits)

    @property
    def punctuation_changed(self) -> bool:
        """Whether some sign differs by more than its width."""
        return any(edit.kind == "punctuation" for edit in self.edits)

    @property
    def number_changed(self) -> bool:
        """Whether the two printings number it differently."""
        return self.old.number != self.new.number

    @property
    def is_same(self) -> bool:
        """Whether nothing differs that a person would have to look at."""
        return not (self.parties or self.wording_changed or self.punctuation_changed or self.number_changed)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All promises of two printings: those in both, in the order of the newer one, and those in one only."""

    pairs: tuple[TaskPair, ...]
    removed: tuple[ComparedTask, ...]
    added: tuple[ComparedTask, ...]

    @property
    def differing(self) -> tuple[TaskPair, ...]:
        """The promises that differ."""
        return tuple(pair for pair in self.pairs if not pair.is_same)

    @property
    def is_same(self) -> bool:
        """Whether the two printings promise the same."""
        return not (self.removed or self.added or self.differing)


def compare_tasks(old: Sequence[ComparedTask], new: Sequence[ComparedTask]) -> Comparison:
    """Return what differs between the tasks of two printings."""
    matched = _match(old, new)
    pairs = tuple(_pair(old[matched[place]], task) for place, task in enumerate(new) if place in matched)
    found = set(matched.values())
    return Comparison(
        pairs=pairs,
        removed=tuple(task for place, task in enumerate(old) if place not in found),
        added=tuple(task for place, task in enumerate(new) if place not in matched),
    )


def _match(old: Sequence[ComparedTask], new: Sequence[ComparedTask]) -> dict[int, int]:
    """Return for each place in `new` the place in `old` that says the same, each used once."""
    old_texts = [_folded(task.text) for task in old]
    new_texts = [_folded(task.text) for task in new]
    matched: dict[int, int] = {}
    free = dict.fromkeys(range(len(old)))
    by_words: dict[tuple[str, str], list[int]] = {}
    for place, task in enumerate(old):
        by_words.setdefault((task.number, old_texts[place]), []).append(place)
    # Most promises are word for word the same: these need no likeness.
    for place, task in enumerate(new):
        same = by_words.get((task.number, new_texts[place]))
        if same:
            matched[place] = same.pop(0)
            free.pop(matched[place])
    _match_like(old, new, old_texts, new_texts, matched, list(free))
    return matched


def _match_like(
    old: Sequence[ComparedTask],
    new: Sequence[ComparedTask],
    old_texts: list[str],
    new_texts: list[str],
    matched: dict[int, int],
    free: list[int],
) -> None:
    """Match what is left by likeness, the likest first."""
    rest = [place for place in range(len(new)) if place not in matched]
    if not rest or not free:
        return
    ranked = []
    for new_place in rest:
        for old_place in free:
            same_number = new[new_place].number == old[old_place].number
            enough = LIKE_WITH_NUMBER if same_number else LIKE_WITHOUT_NUMBER
            score = fuzz.ratio(new_texts[new_place], old_texts[old_place], score_cutoff=enough)
            if score:
                ranked.append((-score - 20 * same_number, new_place, old_place))
    taken: set[int] = set()
    for _score, new_place, old_place in sorted(ranked):
        if new_place not in matched and old_place not in taken:
            matched[new_place] = old_place
            taken.add(old_place)


def _pair(old: ComparedTask, new: ComparedTask) -> TaskPair:
    return TaskPair(old, new, tuple(_edits(old.text, new.text)), tuple(_party_changes(old, new)))


def _party_changes(old: ComparedTask, new: ComparedTask) -> Iterable[PartyChange]:
    for role in ROLES:
        before, after = old.parties.get(role, ()), new.parties.get(role, ())
        only_old, only_new = _without(before, after), _without(after, before)
        if only_old or only_new:
            yield PartyChange(role, only_old, only_new)


def _without(names: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """Return the names that the others lack, counting one named twice as two."""
    left = Counter(_folded(name) for name in others)
    missing = []
    for name in names:
        key = _folded(name)
        if left[key]:
            left[key] -= 1
        else:
            missing.append(name)
    return tuple(missing)


def _edits(old: str, new: str) -> list[Edit]:
    """Return both wordings cut into stretches that are equal or differ."""
    old_signs, old_places = _signs(old)
    new_signs, new_places = _signs(new)
    edits: list[Edit] = []
    for step in Levenshtein.opcodes(old_signs, new_signs):
        old_part = old[old_places[step.src_start] : old_places[step.src_end]]
        new_part = new[new_places[step.dest_start] : new_places[step.dest_end]]
        signs = old_signs[step.src_start : step.src_end] + new_signs[step.dest_start : step.dest_end]
        _append(edits, Edit(_kind(step.tag, signs), old_part, new_part))
    return edits


def _append(edits: list[Edit], edit: Edit) -> None:
    """Add an edit; one that touches another difference becomes one with it."""
    if edits and "equal" not in (edits[-1].kind, edit.kind):
        before = edits.pop()
        kind: Literal["words", "punctuation"] = "words" if "words" in (before.kind, edit.kind) else "punctuation"
        edit = Edit(kind, before.old + edit.old, before.new + edit.new)
    edits.append(edit)


def _kind(tag: str, signs: str) -> Literal["equal", "words", "punctuation"]:
    if tag == "equal":
        return "equal"
    return "words" if any(sign.isalnum() for sign in signs) else "punctuation"


def _signs(text: str) -> tuple[str, list[int]]:
    """Return the characters that count, one each, and where each begins in the text (one place more for the end)."""
    signs: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        folded = fold(char).translate(_SAME)
        if folded.isspace() or unicodedata.category(char) == "Cf":
            continue
        signs.append(folded)
        places.append(place)
    return "".join(signs), [*places, len(text)]


def _folded(text: str) -> str:
    return _signs(text)[0]
