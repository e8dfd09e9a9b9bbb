"""Marks that stand beside each other become lines; lines become pieces of text with their boxes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from luoshi.reading.decoding.paper.sheets import Mark, Sheet
from luoshi.reading.layout import Piece

_SAME_LINE: Final = 0.5  # of the height of the letters
_TWICE: Final = 0.35  # bold print that draws a letter twice moves it by less than this share of its width
_WORD_GAP: Final = 0.15
_BLANK_GAP: Final = 0.9


@dataclass(frozen=True, slots=True)
class TextLine:
    """The marks of one printed line, from left to right."""

    marks: tuple[Mark, ...]

    @property
    def left(self) -> float:
        """Where the line begins."""
        return self.marks[0].left

    @property
    def right(self) -> float:
        """Where the line ends."""
        return max(mark.right for mark in self.marks)

    @property
    def top(self) -> float:
        """The upper edge of its tallest mark."""
        return min(mark.top for mark in self.marks)

    @property
    def bottom(self) -> float:
        """The lower edge of its lowest mark."""
        return max(mark.bottom for mark in self.marks)

    @property
    def height(self) -> float:
        """The size of its tallest letters."""
        return max(mark.height for mark in self.marks)

    @property
    def text(self) -> str:
        """Its words; a blank stands where the paper has a gap between words."""
        return _spell(self.marks)

    def piece(self, sheet: Sheet) -> Piece:
        """Return the line as one piece of text with its box."""
        known = [mark.confidence for mark in self.marks if mark.confidence is not None]
        return Piece(self.text, sheet.box(self.marks), min(known) if known else None)


def make_lines(marks: Iterable[Mark]) -> list[TextLine]:
    """Return the printed lines of marks from top to bottom; letters drawn twice in one place count once."""
    rows: list[list[Mark]] = []
    middle = tallest = 0.0
    for mark in sorted(marks, key=_down):
        own, height = (mark.top + mark.bottom) / 2, mark.bottom - mark.top
        if rows and own - middle < _SAME_LINE * (height if height > tallest else tallest):
            row = rows[-1]
            row.append(mark)
            middle += (own - middle) / len(row)
            tallest = height if height > tallest else tallest
        else:
            rows.append([mark])
            middle, tallest = own, height
    return [TextLine(tuple(_once(row))) for row in rows]


def _down(mark: Mark) -> float:
    return mark.top + mark.bottom


def split_at_gaps(line: TextLine, *, ems: float) -> list[TextLine]:
    """Cut a line where nothing is printed over that many heights of its letters."""
    parts: list[list[Mark]] = [[line.marks[0]]]
    reach = line.marks[0].right
    for mark in line.marks[1:]:
        if mark.left - reach > ems * min(mark.height, parts[-1][-1].height):
            parts.append([])
        parts[-1].append(mark)
        reach = max(reach, mark.right)
    return [TextLine(tuple(part)) for part in parts]


def _once(row: list[Mark]) -> list[Mark]:
    """Sort a row from left to right and leave out letters that are drawn over themselves."""
    row.sort(key=_along)
    kept = row[:1]
    for mark in row[1:]:
        for other in kept[-3:]:
            if other.text == mark.text and _is_over(other, mark):
                break
        else:
            kept.append(mark)
    return kept


def _along(mark: Mark) -> tuple[float, float]:
    return mark.left, mark.top


def _is_over(before: Mark, mark: Mark) -> bool:
    return mark.left - before.left < _TWICE * max(mark.right - mark.left, 0.5 * mark.height)


def _spell(marks: Sequence[Mark]) -> str:
    words = [marks[0].text]
    for before, mark in pairwise(marks):
        gap = mark.left - before.right
        if gap > _WORD_GAP * mark.height and _parts(before, mark, gap):
            words.append(" ")
        words.append(mark.text)
    return "".join(words)


def _parts(before: Mark, mark: Mark, gap: float) -> bool:
    """Whether a gap is a blank: between Chinese characters only a wide one is, the rest is justification."""
    if before.text[-1:].isascii() and mark.text[:1].isascii():
        return True
    return gap > _BLANK_GAP * min(before.height, mark.height)
