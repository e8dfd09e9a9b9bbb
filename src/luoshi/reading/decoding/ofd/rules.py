"""Paths become the straight rules of tables: level and upright strokes, and filled bars as thin as strokes."""

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from luoshi.reading.decoding.ofd.numbers import moved, read_number, read_numbers
from luoshi.reading.decoding.ofd.structure import text_of
from luoshi.reading.decoding.paper.sheets import Matrix, Rule

_THIN: Final = 2.0  # points
_SHORTEST: Final = 2.0
_ARGUMENTS: Final[dict[str, int]] = {"M": 2, "S": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_COMMAND: Final = re.compile("([MSLQBAC])")
_MOST_STEPS: Final = 20_000
Point = tuple[float, float]


def read_rules(element: etree._Element, matrix: Matrix) -> Iterator[Rule]:
    """Iterate over the rules that a path draws; curves and slanted strokes give none."""
    strokes = element.get("Stroke", "true").strip().lower() != "false"
    fills = element.get("Fill", "false").strip().lower() == "true"
    if not strokes and not fills:
        return
    lines = _segments(text_of(element, "AbbreviatedData"), matrix)
    if fills and lines:
        bar = _thin_bar(lines, 0.0 if not strokes else read_number(element.get("LineWidth"), 0.353))
        if bar is not None:
            yield bar
            return
    if strokes:
        for start, end in lines:
            rule = _rule(start, end)
            if rule is not None:
                yield rule


def _segments(data: str, matrix: Matrix) -> list[tuple[Point, Point]]:
    lines: list[tuple[Point, Point]] = []
    begin = here = (0.0, 0.0)
    parts = _COMMAND.sub(r" \1 ", data.replace(",", " ")).split()
    index = 0
    while index < len(parts) and len(lines) < _MOST_STEPS:
        name = parts[index]
        count = _ARGUMENTS.get(name)
        if count is None:
            index += 1
            continue
        values = read_numbers(" ".join(parts[index + 1 : index + 1 + count]))
        index += 1 + count
        if len(values) != count:
            break
        there = moved(matrix, values[-2], values[-1]) if count else begin
        if name in ("M", "S"):
            begin = there
        elif name in ("L", "C"):
            lines.append((here, there))
        here = there
    return lines


def _rule(start: Point, end: Point) -> Rule | None:
    across, down = abs(end[0] - start[0]), abs(end[1] - start[1])
    if max(across, down) < _SHORTEST or min(across, down) > 1.0:
        return None
    if across >= down:
        return Rule(True, (start[1] + end[1]) / 2, min(start[0], end[0]), max(start[0], end[0]))
    return Rule(False, (start[0] + end[0]) / 2, min(start[1], end[1]), max(start[1], end[1]))


def _thin_bar(lines: list[tuple[Point, Point]], stroke: float) -> Rule | None:
    xs = [point[0] for line in lines for point in line]
    ys = [point[1] for line in lines for point in line]
    width, height = max(xs) - min(xs), max(ys) - min(ys)
    if min(width, height) > _THIN + stroke or max(width, height) < _SHORTEST:
        return None
    if width >= height:
        return Rule(True, (min(ys) + max(ys)) / 2, min(xs), max(xs))
    return Rule(False, (min(xs) + max(xs)) / 2, min(ys), max(ys))
