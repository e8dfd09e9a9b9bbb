"""Columns that fill only a part of a page, such as the end of an item above or below print of full width."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from luoshi.reading.decoding.paper.sheets import Mark
from luoshi.reading.decoding.paper.text_lines import TextLine, make_lines

_FILLED: Final = 0.75
_FEWEST_LINES: Final = 4
_INDENT: Final = 1.2  # of the height of the letters, as the next three
_GUTTER: Final = 0.8
_APART: Final = 0.8
_NARROWEST: Final = 8.0
_UNLIKE: Final = 0.12  # of the wider column
_MARGIN: Final = 0.25

Strip = tuple[float, float]


def is_column(lines: Sequence[TextLine]) -> bool:
    """Tell whether most lines are as wide as the column or end a paragraph; the cells of a table are not."""
    if len(lines) < _FEWEST_LINES:
        return False
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    full = [line.right - line.left >= _FILLED * (right - left) for line in lines]
    ends = sum(1 for at in range(1, len(lines)) if not full[at] and full[at - 1] and _is_indented(lines, at + 1, left))
    return sum(full) + ends >= 0.6 * len(lines)


def _is_indented(lines: Sequence[TextLine], at: int, left: float) -> bool:
    """Whether a line begins a paragraph; cells of a table are not indented, so that their last lines do not count."""
    return at < len(lines) and lines[at].left - left >= _INDENT * lines[at].height


def find_patches(marks: Sequence[Mark], size: float) -> Iterator[list[Mark]]:
    """Yield the marks in reading order: what is printed over the whole width, and both columns of every patch.

    A patch is a run of lines with one strip of white in the middle and a column of equal width on both sides of it.
    """
    lines = make_lines(marks)
    left, right = min(mark.left for mark in marks), max(mark.right for mark in marks)
    margin = _MARGIN * (right - left)
    waiting: list[Mark] = []
    for first, last, strip in _runs(lines, (left + margin, right - margin), _GUTTER * size):
        sides = _sides(lines[first:last], strip, size)
        if not sides:
            waiting.extend(mark for line in lines[first:last] for mark in line.marks)
            continue
        one, other, below = sides
        yield from (group for group in (waiting, one, other) if group)
        waiting = below
    if waiting:
        yield waiting


def _runs(lines: Sequence[TextLine], middle: Strip, narrowest: float) -> Iterator[tuple[int, int, Strip]]:
    """Yield (first, last, strip) of lines that share a strip of white; together they are all lines.

    A run begins with a line that stands on both sides of its strip: what is above it (a date) belongs to no column.
    """
    first = 0
    while first < len(lines):
        shared = _clear([middle], lines[first], narrowest)
        shared = [strip for strip in shared if lines[first].left < strip[0] and strip[1] < lines[first].right]
        last, left_over = first + 1, shared
        while left_over and last < len(lines):
            left_over = _clear(shared, lines[last], narrowest)
            if left_over:
                shared, last = left_over, last + 1
        yield first, last, max(shared, key=_width, default=middle)
        first = last


def _width(strip: Strip) -> float:
    return strip[1] - strip[0]


def _clear(strips: Sequence[Strip], line: TextLine, narrowest: float) -> list[Strip]:
    """Return what is white of some strips beside and between the marks of a line, where it is wide enough."""
    edges = [mark.right for mark in line.marks]
    gaps = [(before, mark.left) for before, mark in zip(edges, line.marks[1:], strict=False)]
    white = [(float("-inf"), line.left), *gaps, (line.right, float("inf"))]
    white = [gap for gap in white if _width(gap) >= narrowest]
    found = [(max(a[0], b[0]), min(a[1], b[1])) for a in strips for b in white]
    return [strip for strip in found if _width(strip) >= narrowest]


def _sides(run: Sequence[TextLine], strip: Strip, size: float) -> tuple[list[Mark], list[Mark], list[Mark]] | None:
    """Return the marks of both columns and of what stands below them, or None where the run is no patch of columns."""
    gutter = (strip[0] + strip[1]) / 2
    last = _end(run, gutter)
    marks = [mark for line in run[:last] for mark in line.marks]
    one = [mark for mark in marks if mark.centre < gutter]
    other = [mark for mark in marks if mark.centre >= gutter]
    columns = [make_lines(one), make_lines(other)]
    if not all(is_column(column) for column in columns):
        return None
    widths = [max(line.right for line in column) - min(line.left for line in column) for column in columns]
    if min(widths) < _NARROWEST * size or max(widths) - min(widths) > _UNLIKE * max(widths):
        return None
    return one, other, [mark for line in run[last:] for mark in line.marks]


def _end(run: Sequence[TextLine], gutter: float) -> int:
    """Return where the columns end: lines on one side only that stand apart below them are none of theirs."""
    for index, (above, below) in enumerate(pairwise(run), start=1):
        is_one_sided = not below.left < gutter < below.right
        if is_one_sided and below.top - above.bottom > _APART * min(above.height, below.height):
            return index
    return len(run)
