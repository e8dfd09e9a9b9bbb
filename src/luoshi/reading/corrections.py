"""Put what people saw on the picture in the place of what was recognised; pages and places move along."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from luoshi.reading.layout import PlacedText


@dataclass(frozen=True, slots=True)
class Correction:
    """The words that are printed where the text has the characters [start, end); the same words confirm them."""

    start: int
    end: int
    words: str

    @property
    def grows_by(self) -> int:
        """How many characters longer the text becomes."""
        return len(self.words) - (self.end - self.start)


@dataclass(frozen=True, slots=True)
class Corrected:
    """A text with its corrections made."""

    text: str
    page_starts: tuple[int, ...]
    layout: tuple[PlacedText, ...]


def correct(
    text: str, page_starts: Sequence[int], layout: Sequence[PlacedText], corrections: Sequence[Correction]
) -> Corrected:
    """Return the text with the corrections made, which are of whole places and in order of the text.

    What a person saw is as sure as anything is: its place keeps the box and has the confidence 1. A place whose words
    are gone is gone too.

    :raises ValueError: where corrections lie upon each other or outside of the text.
    """
    moves = _Moves(corrections)
    seen = {each.start for each in corrections}
    places = (
        replace(
            place,
            start=moves.of(place.start),
            end=moves.of(place.end),
            confidence=1.0 if place.start in seen else place.confidence,
        )
        for place in layout
    )
    return Corrected(
        _replaced(text, corrections),
        tuple(moves.of(start) for start in page_starts),
        tuple(place for place in places if place.end > place.start),
    )


def _replaced(text: str, corrections: Sequence[Correction]) -> str:
    parts: list[str] = []
    at = 0
    for each in corrections:
        if not at <= each.start < each.end <= len(text):
            raise ValueError(f"the correction of {each.start} to {each.end} is out of order")
        parts += (text[at : each.start], each.words)
        at = each.end
    return "".join((*parts, text[at:]))


class _Moves:
    """Where an offset of the old text is in the new one."""

    def __init__(self, corrections: Sequence[Correction]) -> None:
        self._ends = [each.end for each in corrections]
        self._by = list(accumulate((each.grows_by for each in corrections), initial=0))

    def of(self, offset: int) -> int:
        return offset + self._by[bisect_right(self._ends, offset)]
