"""Two printings beside each other, as a person reads them: every promise that differs, with both sentences."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from luoshi.documents.models import Document, Finding
from luoshi.documents.presentation import role_labels
from luoshi.reading.comparison import ComparedTask, Comparison, Edit, TaskPair, compare_tasks

DifferenceKind = Literal["wording", "parties", "number", "signs", "added", "removed"]
Tone = Literal["", "added", "removed"]

KIND_LABELS: Mapping[DifferenceKind, Any] = {
    "wording": _("Wording differs"),
    "parties": _("Parties differ"),
    "number": _("Number differs"),
    "signs": _("Only signs differ"),
    "added": _("Only in the later one"),
    "removed": _("Missing in the later one"),
}
KIND_TONES: Mapping[DifferenceKind, str] = {
    "wording": "danger",
    "parties": "warn",
    "number": "neutral",
    "signs": "neutral",
    "added": "info",
    "removed": "danger",
}


@dataclass(frozen=True)
class Piece:
    """A stretch of wording or a name; ``kind`` is empty where both printings agree."""

    text: str
    kind: Tone


@dataclass(frozen=True)
class Names:
    """The names of one role on one side."""

    label: str
    names: Sequence[Piece]


@dataclass(frozen=True)
class Side:
    """A promise as one printing has it, with the address of its sentence."""

    number: str
    words: Sequence[Piece]
    parties: Sequence[Names]
    url: str


@dataclass(frozen=True)
class Difference:
    """One promise that differs; a side is None where only the other printing has it."""

    kinds: Sequence[DifferenceKind]
    old: Side | None
    new: Side | None

    @property
    def labels(self) -> list[tuple[str, str]]:
        """What differs, as words with their tone."""
        return [(str(KIND_LABELS[kind]), KIND_TONES[kind]) for kind in self.kinds]


@dataclass(frozen=True)
class ShownComparison:
    """How many promises are the same, how many differ in what, and each that differs in printed order."""

    same: int
    counts: Mapping[DifferenceKind, int]
    differences: Sequence[Difference]

    def only(self, kind: str) -> list[Difference]:
        """Return the differences of one kind, or all for a kind that does not exist."""
        wanted = [difference for difference in self.differences if kind in difference.kinds]
        return wanted if kind in KIND_LABELS else list(self.differences)


def compare_documents(
    *, old: Document, new: Document, old_findings: Sequence[Finding], new_findings: Sequence[Finding]
) -> ShownComparison:
    """Return what differs between the tasks of two documents; nothing is written."""
    sides = {"old": (old, _by_key(old_findings)), "new": (new, _by_key(new_findings))}
    found = compare_tasks(_compared(old_findings), _compared(new_findings))
    differences = _Drawer(sides, role_labels()).differences(found)
    counts = Counter(kind for difference in differences for kind in difference.kinds)
    return ShownComparison(
        same=sum(pair.is_same for pair in found.pairs),
        counts={kind: counts[kind] for kind in KIND_LABELS},
        differences=differences,
    )


def _by_key(findings: Iterable[Finding]) -> dict[str, Finding]:
    return {finding.key: finding for finding in findings}


def _compared(findings: Iterable[Finding]) -> list[ComparedTask]:
    return [ComparedTask.from_payload(finding.payload) for finding in findings]


def kinds_of(pair: TaskPair) -> list[DifferenceKind]:
    """Return in what a promise differs, the weightiest first."""
    checks: list[tuple[DifferenceKind, bool]] = [
        ("wording", pair.wording_changed),
        ("parties", bool(pair.parties)),
        ("number", pair.number_changed),
        ("signs", pair.punctuation_changed and not pair.wording_changed),
    ]
    return [kind for kind, differs in checks if differs]


class _Drawer:
    """Turns compared tasks into sides with words, marks and addresses."""

    def __init__(self, sides: Mapping[str, tuple[Document, Mapping[str, Finding]]], labels: Mapping[str, str]) -> None:
        self._sides = sides
        self._labels = labels

    def differences(self, found: Comparison) -> list[Difference]:
        """Return everything that differs in the order of the later printing, what it lacks at the place it had."""
        placed = [
            (self._place("new", pair.new), Difference(kinds_of(pair), self._old(pair), self._new(pair)))
            for pair in found.differing
        ]
        placed += [
            (self._place("new", task), Difference(["added"], None, self._whole("new", task, "added")))
            for task in found.added
        ]
        beside = {self._place("old", pair.old): self._place("new", pair.new) for pair in found.pairs}
        for task in found.removed:
            before = [new for old, new in beside.items() if old < self._place("old", task)]
            gone = Difference(["removed"], self._whole("old", task, "removed"), None)
            placed.append((max(before, default=-1), gone))
        return [difference for _place, difference in sorted(placed, key=lambda item: item[0])]

    def _old(self, pair: TaskPair) -> Side:
        words = [_piece(edit, edit.old, "removed") for edit in pair.edits if edit.old]
        lost = {change.role: change.only_old for change in pair.parties}
        return self._side("old", pair.old, words, lost, "removed")

    def _new(self, pair: TaskPair) -> Side:
        words = [_piece(edit, edit.new, "added") for edit in pair.edits if edit.new]
        gained = {change.role: change.only_new for change in pair.parties}
        return self._side("new", pair.new, words, gained, "added")

    def _whole(self, side: str, task: ComparedTask, kind: Tone) -> Side:
        """Return a promise that stands on one side only: its names are shown, all of it is marked."""
        return self._side(side, task, [Piece(task.text, kind)], dict.fromkeys(task.parties, ()), kind)

    def _side(
        self,
        side: str,
        task: ComparedTask,
        words: Sequence[Piece],
        differing: Mapping[Any, Sequence[str]],
        kind: Tone,
    ) -> Side:
        document, findings = self._sides[side]
        finding = findings[task.key]
        parties = [
            Names(self._labels[role], _marked(task.parties[role], differing[role], kind))
            for role in task.parties
            if role in differing
        ]
        url = document.sentence_url(finding.start, finding.end)
        return Side(task.number, words, [names for names in parties if names.names], url)

    def _place(self, side: str, task: ComparedTask) -> int:
        return self._sides[side][1][task.key].position


def _piece(edit: Edit, words: str, kind: Tone) -> Piece:
    return Piece(words, "" if edit.kind == "equal" else kind)


def _marked(names: Sequence[str], differing: Sequence[str], kind: Tone) -> list[Piece]:
    """Return the names of a role, those that only this side has marked, one named twice as two."""
    left = Counter(differing)
    pieces = []
    for name in names:
        is_marked = left[name] > 0
        left[name] -= is_marked
        pieces.append(Piece(name, kind if is_marked else ""))
    return pieces


def comparison_rows(found: ShownComparison, absolute: Any) -> list[dict[str, object]]:
    """Return one row a difference for the list that is taken along; ``absolute`` completes an address."""
    return [
        {
            "kinds": gettext("; ").join(label for label, _tone in difference.labels),
            "old_number": difference.old.number if difference.old else "",
            "old_words": _plain(difference.old),
            "old_names": _plain_names(difference.old),
            "old_url": absolute(difference.old.url) if difference.old else "",
            "new_number": difference.new.number if difference.new else "",
            "new_words": _plain(difference.new),
            "new_names": _plain_names(difference.new),
            "new_url": absolute(difference.new.url) if difference.new else "",
        }
        for difference in found.differences
    ]


def _plain(side: Side | None) -> str:
    return "".join(piece.text for piece in side.words) if side else ""


def _plain_names(side: Side | None) -> str:
    """Return the differing roles with their names; a name that only this side has stands between 【】."""
    if side is None:
        return ""
    return "\n".join(
        f"{names.label}: " + "、".join(f"【{each.text}】" if each.kind else each.text for each in names.names)
        for names in side.parties
    )
