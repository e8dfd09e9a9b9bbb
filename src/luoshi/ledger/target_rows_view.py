"""The lines of targets as their template shows them, and what a person changed in them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse

from luoshi.ledger.drafts import TargetDraft
from luoshi.ledger.known_indicators import Known
from luoshi.ledger.models import Comparator
from luoshi.ledger.target_rows import TargetEditor, TargetRow
from luoshi.ledger.target_words import CHANGES, figure_words
from luoshi.standards.indicators import indicator_key


@dataclass(frozen=True)
class TargetLine:
    """One line of the form, and the indicator that its wording counts for where that has another name."""

    place: int
    row: TargetRow
    error: str
    known_as: str
    known_url: str


@dataclass(frozen=True)
class TargetChange:
    """A target that a person took out or put in, in words; ``kind`` is ``added`` or ``removed``."""

    text: str
    kind: str


class TargetsView:
    """What the template asks of the targets of one task."""

    comparators: ClassVar = Comparator.choices
    changes: ClassVar = tuple(CHANGES.items())

    def __init__(self, editor: TargetEditor, known: Known) -> None:
        self._editor = editor
        self._known = known
        self.prefix = editor.prefix

    @property
    def lines(self) -> list[TargetLine]:
        """The lines of the form."""
        return [self._line(place, row) for place, row in enumerate(self._editor.rows)]

    @property
    def errors(self) -> Sequence[str]:
        """What is wrong with the lines, each once."""
        return list(dict.fromkeys(self._editor.errors.values()))

    def _line(self, place: int, row: TargetRow) -> TargetLine:
        found = self._known.get(self._key(row))
        has_other_name = found is not None and found.name != row.printed
        return TargetLine(
            place=place,
            row=row,
            error=self._editor.errors.get(place, ""),
            known_as=found.name if found and has_other_name else "",
            known_url=reverse("ledger:indicator", args=[found.pk]) if found and has_other_name else "",
        )

    def _key(self, row: TargetRow) -> str:
        origin = self._editor.base.get(row.origin)
        return origin.key if origin and origin.printed == row.printed else indicator_key(row.printed)


def compare_targets(before: Iterable[TargetDraft], after: Iterable[TargetDraft]) -> list[TargetChange]:
    """Return the targets that were taken out, then those that were put in; a corrected one is both."""
    old, new = Counter(map(target_words, before)), Counter(map(target_words, after))
    removed = [TargetChange(text, "removed") for text in (old - new).elements()]
    return removed + [TargetChange(text, "added") for text in (new - old).elements()]


def target_words(target: TargetDraft) -> str:
    """Return a target in one line for the reader."""
    due = f" ({target.due:%Y-%m-%d})" if target.due else ""
    measured = f" / {target.reference}" if target.reference and target.value is not None else ""
    return f"{target.printed} {figure_words(target)}{measured}{due}"
