"""What is printed on one page, whoever read it: marks with boxes and straight rules, upright.

PDF files, OFD files and recognised scans all give sheets; from there on pages become lines and rows in the same way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from luoshi.reading.layout import Box

Matrix = tuple[float, float, float, float, float, float]
"""x' = a·x + c·y + e and y' = b·x + d·y + f."""

UNMOVED: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Mark:
    """Something printed in one stroke of the reader: a character, or the words of one recognised box; never changed.

    Points (1/72 inch) of the sheet; the origin is top left, y grows downwards. `confidence` is a recogniser's, 0 to 1.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float | None = None

    @property
    def middle(self) -> float:
        """The height on the sheet at which the mark stands."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """The distance of its centre from the left."""
        return (self.left + self.right) / 2

    @property
    def height(self) -> float:
        """How tall the box is: about the size of the letters."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, level or upright: `at` is its place across, `start` and `end` how far it reaches along."""

    level: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page, turned so that its text stands upright. `turn` leads from the sheet to the page as people see it.

    `width` and `height` are those of the page as people see it, in points; `number` counts from 1. A page that stands
    as it is read has no turn; a page that was read upside down or made straight has the matrix back. `asides` are words
    that stand sideways to the others: sheets of their own, read after it.
    """

    number: int
    width: float
    height: float
    marks: Sequence[Mark]
    rules: Sequence[Rule] = ()
    turn: Matrix = UNMOVED
    asides: "Sequence[Sheet]" = ()

    def box(self, marks: Sequence[Mark]) -> Box:
        """Return the box around marks, in shares of the page as people see it."""
        left, top = min(mark.left for mark in marks), min(mark.top for mark in marks)
        right, bottom = max(mark.right for mark in marks), max(mark.bottom for mark in marks)
        a, b, c, d, e, f = self.turn
        corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (top, bottom)]
        across = [_share(x, self.width) for x, _ in corners]
        down = [_share(y, self.height) for _, y in corners]
        return Box(self.number, min(across), min(down), max(across), max(down))


def _share(place: float, whole: float) -> float:
    return round(min(1.0, max(0.0, place / whole)), 5) if whole > 0 else 0.0
