"""Pages printed in two or three columns: which marks are read before which."""

from collections.abc import Sequence
from itertools import accumulate
from statistics import median
from typing import Final

from luoshi.reading.decoding.paper.patches import find_patches, is_column
from luoshi.reading.decoding.paper.sheets import Mark
from luoshi.reading.decoding.paper.text_lines import TextLine, make_lines

_STEP: Final = 2.0
_MOST_STEPS: Final = 2_000
_GUTTER: Final = 0.8  # of the height of the letters
_FEWEST_LINES: Final = 4
_MARGIN: Final = 0.2
_DEEPEST: Final = 2
_CLEAR_SHARES: Final = (0.0, 0.1, 0.34)  # of the usual print; titles over the columns cross the gutter
_MOST_TRIED: Final = 3
_APART: Final = 0.8
_MOST_HEADS: Final = 2


def split_columns(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines of a page in reading order: bands over the whole width and the columns between them.

    The given lines run over all columns. Lines that stand apart at the top and at the foot of the page (running heads)
    are bands of their own.
    """
    first, last = _body(lines)
    body = [mark for line in lines[first:last] for mark in line.marks]
    groups = _divide(body, 0)
    if len(groups) < 2:
        return list(lines)
    return [*lines[:first], *(line for group in groups for line in make_lines(group)), *lines[last:]]


def _body(lines: Sequence[TextLine]) -> tuple[int, int]:
    """Return which lines are the body of a page."""
    first, last = 0, len(lines)
    while first < min(_MOST_HEADS, last - 1) and _apart(lines[first], lines[first + 1]):
        first += 1
    while last > max(len(lines) - _MOST_HEADS, first + 1) and _apart(lines[last - 2], lines[last - 1]):
        last -= 1
    return first, last


def _apart(above: TextLine, below: TextLine) -> bool:
    return below.top - above.bottom > _APART * min(above.height, below.height)


def _divide(marks: Sequence[Mark], depth: int) -> list[list[Mark]]:
    if len(marks) < 2 * _FEWEST_LINES or depth > _DEEPEST:
        return [list(marks)]
    size = median(mark.height for mark in marks)
    gutter, bands = _find_gutter(marks, size)
    if not bands:
        return list(find_patches(marks, size))
    groups: list[list[Mark]] = []
    for band, divided in bands:
        if divided:
            groups.extend(_divide([mark for mark in band if mark.centre < gutter], depth + 1))
            groups.extend(_divide([mark for mark in band if mark.centre >= gutter], depth + 1))
        else:
            groups.append(band)
    return groups


def _find_gutter(marks: Sequence[Mark], size: float) -> tuple[float, list[tuple[list[Mark], bool]]]:
    """Return the middle of the clearest upright strip and the bands it divides; no bands where it divides none."""
    left, right = min(mark.left for mark in marks), max(mark.right for mark in marks)
    step = max(_STEP, (right - left) / _MOST_STEPS)
    count = int((right - left) / step) + 1
    if count < 20:
        return 0.0, []
    crossing = _crossings(marks, left, step, count)
    first, last = int(count * _MARGIN), int(count * (1 - _MARGIN))
    usual = median(crossing[first:last]) if last > first else 0
    for share in _CLEAR_SHARES:
        runs = _runs(crossing, first, last, int(usual * share))
        wide = [run for run in runs if (run[1] - run[0]) * step >= _GUTTER * size]
        for start, end in sorted(wide, key=lambda run: run[0] - run[1])[:_MOST_TRIED]:
            gutter = left + step * (start + end) / 2
            bands = _bands(marks, gutter, size)
            if any(divided for _, divided in bands):
                return gutter, bands
    return 0.0, []


def _crossings(marks: Sequence[Mark], left: float, step: float, count: int) -> list[int]:
    changes = [0] * (count + 1)
    for mark in marks:
        changes[max(0, int((mark.left - left) / step))] += 1
        changes[min(count, int((mark.right - left) / step) + 1)] -= 1
    return list(accumulate(changes[:count]))


def _runs(values: Sequence[int], first: int, last: int, enough: int) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for index in range(first, last + 1):
        clear = index < last and values[index] <= enough
        if clear and start is None:
            start = index
        elif not clear and start is not None:
            runs.append((start, index))
            start = None
    return runs


def _bands(marks: Sequence[Mark], gutter: float, size: float) -> list[tuple[list[Mark], bool]]:
    """Cut the page at what is printed over the gutter; a band counts as divided where both its sides are full lines."""
    half = _GUTTER * size / 4
    over = make_lines(mark for mark in marks if mark.left < gutter + half and mark.right > gutter - half)
    stops = [(line.top, line.bottom) for line in over]
    bands: list[tuple[list[Mark], bool]] = []
    rest = sorted(marks, key=lambda mark: mark.middle)
    position = 0
    for top, bottom in [*stops, (float("inf"), float("inf"))]:
        start = position
        while position < len(rest) and rest[position].middle < top:
            position += 1
        if position > start:
            bands.append((rest[start:position], _is_divided(rest[start:position], gutter)))
        start = position
        while position < len(rest) and rest[position].middle <= bottom:
            position += 1
        if position > start:
            bands.append((rest[start:position], False))
    return _merged(bands)


def _merged(bands: list[tuple[list[Mark], bool]]) -> list[tuple[list[Mark], bool]]:
    merged: list[tuple[list[Mark], bool]] = []
    for band, divided in bands:
        if merged and not divided and not merged[-1][1]:
            merged[-1][0].extend(band)
        else:
            merged.append((band, divided))
    return merged


def _is_divided(band: Sequence[Mark], gutter: float) -> bool:
    sides = [[mark for mark in band if mark.centre < gutter], [mark for mark in band if mark.centre >= gutter]]
    return all(is_column(make_lines(side)) for side in sides)
