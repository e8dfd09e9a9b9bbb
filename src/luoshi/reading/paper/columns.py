"""Pages printed in two or three columns: which marks are read before which."""

from collections.abc import Sequence
from statistics import median
from typing import Final

from luoshi.reading.paper.sheets import Mark
from luoshi.reading.paper.text_lines import make_lines

_STEP: Final = 2.0
_GUTTER: Final = 0.8  # of the height of the letters
_FILLED: Final = 0.75
_FEWEST_LINES: Final = 4
_MARGIN: Final = 0.2
_DEEPEST: Final = 2


def split_columns(marks: Sequence[Mark], *, depth: int = 0) -> list[list[Mark]]:
    """Return the marks as groups in reading order: bands over the whole width and the columns between them."""
    if len(marks) < 2 * _FEWEST_LINES or depth > _DEEPEST:
        return [list(marks)] if marks else []
    size = median(mark.height for mark in marks)
    gutter = _find_gutter(marks, size)
    if gutter is None:
        return [list(marks)]
    groups: list[list[Mark]] = []
    for band, divided in _bands(marks, gutter, size):
        if divided:
            groups.extend(split_columns([mark for mark in band if mark.centre < gutter], depth=depth + 1))
            groups.extend(split_columns([mark for mark in band if mark.centre >= gutter], depth=depth + 1))
        else:
            groups.append(band)
    return groups


def _find_gutter(marks: Sequence[Mark], size: float) -> float | None:
    """Return the middle of the clearest upright strip that divides a good part of the page, if there is one."""
    left, right = min(mark.left for mark in marks), max(mark.right for mark in marks)
    count = int((right - left) / _STEP) + 1
    if count < 20:
        return None
    crossing = _crossings(marks, left, count)
    first, last = int(count * _MARGIN), int(count * (1 - _MARGIN))
    usual = median(crossing[first:last]) if last > first else 0
    enough = int(usual * 0.34)
    runs = _runs(crossing, first, last, enough)
    wide = [run for run in runs if (run[1] - run[0]) * _STEP >= _GUTTER * size]
    if not wide:
        return None
    best = min(wide, key=lambda run: (sum(crossing[run[0] : run[1]]) / (run[1] - run[0]), run[0] - run[1]))
    gutter = left + _STEP * (best[0] + best[1]) / 2
    return gutter if any(divided for _, divided in _bands(marks, gutter, size)) else None


def _crossings(marks: Sequence[Mark], left: float, count: int) -> list[int]:
    changes = [0] * (count + 1)
    for mark in marks:
        changes[max(0, int((mark.left - left) / _STEP))] += 1
        changes[min(count, int((mark.right - left) / _STEP) + 1)] -= 1
    totals: list[int] = []
    running = 0
    for change in changes[:count]:
        running += change
        totals.append(running)
    return totals


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
    half = _GUTTER * size / 2
    over = [line for line in make_lines(marks) if _is_over(line.marks, gutter, half)]
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


def _is_over(marks: Sequence[Mark], gutter: float, half: float) -> bool:
    """Whether words run over the gutter: a mark lies on it, or its two sides stand as close as in one line."""
    return any(mark.left < gutter + half / 2 and mark.right > gutter - half / 2 for mark in marks)


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
    return all(_is_column(side) for side in sides)


def _is_column(side: Sequence[Mark]) -> bool:
    """Whether most lines of a side are as wide as it is; the cells of a table are not."""
    lines = make_lines(side)
    if len(lines) < _FEWEST_LINES:
        return False
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    full = sum(1 for line in lines if line.right - line.left >= _FILLED * (right - left))
    return full >= 0.6 * len(lines)
