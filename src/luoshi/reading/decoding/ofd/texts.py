"""Text objects become characters with their corners on the page."""

import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from luoshi.reading.decoding.ofd.numbers import moved, read_number, read_offsets
from luoshi.reading.decoding.ofd.structure import descendants
from luoshi.reading.decoding.paper.sheets import Matrix

_ABOVE: Final = 0.88  # of the size: how far letters reach above and below the line they stand on
_BELOW: Final = 0.12
_WIDE: Final = frozenset("WFA")
_WIDEST: Final = 1.2
_SLANT: Final = 8.0  # degrees: print on a page stands straight, stamps and watermarks do not
_EDGES: Final = "\r\n\t"


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character with the corners of its box on the page; `turned` counts quarter turns to the right."""

    text: str
    corners: tuple[tuple[float, float], ...]
    turned: int


def read_glyphs(element: etree._Element, matrix: Matrix) -> Iterator[Glyph]:
    """Iterate over the characters of a text object, blanks left out; slanted text gives none."""
    size = read_number(element.get("Size"), 0.0)
    stretch = read_number(element.get("HScale"), 1.0)
    turn = _quarter_turns(matrix, read_number(element.get("CharDirection"), 0.0))
    if turn is None or size <= 0:
        return
    x = y = 0.0
    for code in descendants(element, "TextCode"):
        text = code.text or ""
        text = text.strip() if text[:1] in _EDGES else text
        x, y = read_number(code.get("X"), x), read_number(code.get("Y"), y)
        across, down = _steps(code, text, size * stretch)
        left, base = x, y
        for char, dx, dy in zip(text, across, down, strict=True):
            if not char.isspace() and char.isprintable():
                # Fonts are not opened: the distance to the next letter says best how wide one is.
                width = dx if 0 < dx <= _WIDEST * size else _width(char, size * stretch)
                yield Glyph(char, _corners(matrix, left, base, width, size), turn)
            left, base = left + dx, base + dy


def _steps(code: etree._Element, text: str, size: float) -> tuple[list[float], list[float]]:
    """Return how far each character lies from the next; characters without a distance stand close."""
    across, down = (read_offsets(code.get(name), len(text)) for name in ("DeltaX", "DeltaY"))
    is_upright = not across and bool(down)
    rest = [0.0 if is_upright else _width(char, size) for char in text[len(across) :]]
    return across + rest, down + [0.0] * (len(text) - len(down))


def _width(char: str, size: float) -> float:
    return size if unicodedata.east_asian_width(char) in _WIDE else size / 2


def _corners(matrix: Matrix, left: float, base: float, width: float, size: float) -> tuple[tuple[float, float], ...]:
    top, bottom = base - _ABOVE * size, base + _BELOW * size
    return tuple(moved(matrix, x, y) for x in (left, left + width) for y in (top, bottom))


def _quarter_turns(matrix: Matrix, direction: float) -> int | None:
    """Return how often a letter is turned to the right, or None where it stands at a slant."""
    angle = math.degrees(math.atan2(matrix[1], matrix[0])) + direction
    turns = round(angle / 90)
    return turns % 4 if abs(angle - 90 * turns) <= _SLANT else None
