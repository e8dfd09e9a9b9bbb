"""Rules that touch each other become the cells of a table, merged ones too.

A cell is merged where no rule divides its places. A frame around text (a grid of one cell or column) and lines that no
other line meets are no tables.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from luoshi.reading.decoding.paper.sheets import Rule

_NEAR: Final = 3.0  # points: rules that should meet are often drawn this far apart
_SHORTEST: Final = 4.0
_COVERED: Final = 0.5
_MOST_RULES: Final = 4_000
_MOST_PIECES: Final = 20_000
_LONGEST_DASH: Final = 12.0
_MOST_SHORT: Final = 0.8
_MOST_PLACES: Final = 250_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with the rows and columns of the grid that it covers, ends exclusive."""

    row: int
    column: int
    row_end: int
    column_end: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: the places of its rules across (`xs`) and down (`ys`), and its cells in order of print."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Cell, ...]

    def place(self, x: float, y: float) -> tuple[int, int] | None:
        """Return (row, column) of a point of the sheet, or None outside the grid."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        inside = 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1
        return (row, column) if inside else None


def make_grids(rules: Sequence[Rule]) -> list[Grid]:
    """Return the tables that rules draw, from top to bottom; a drawing of endless lines gives none."""
    if len(rules) > _MOST_RULES and not _are_dashes(rules):
        return []
    joined = join_collinear(rules)
    if len(joined) > _MOST_RULES:
        return []
    grids = [_grid_of(group) for group in _groups(joined)]
    return sorted((grid for grid in grids if grid is not None), key=lambda grid: (grid.ys[0], grid.xs[0]))


def _are_dashes(rules: Sequence[Rule]) -> bool:
    """Whether rules are so many since each is drawn in short pieces."""
    short = sum(1 for rule in rules if rule.end - rule.start <= _LONGEST_DASH)
    return len(rules) <= _MOST_PIECES and short >= _MOST_SHORT * len(rules)


def join_collinear(rules: Sequence[Rule]) -> list[Rule]:
    """Join pieces of one line; borders are often drawn cell by cell, or dash by dash."""
    joined: list[Rule] = []
    for level in (True, False):
        bands: list[list[Rule]] = []
        for rule in sorted((rule for rule in rules if rule.level == level), key=lambda rule: rule.at):
            if bands and rule.at - bands[-1][-1].at <= 1.0 and rule.at - bands[-1][0].at <= _NEAR:
                bands[-1].append(rule)
            else:
                bands.append([rule])
        for band in bands:
            joined.extend(_join_band(band, level))
    return [rule for rule in joined if rule.end - rule.start >= _SHORTEST]


def _join_band(band: list[Rule], level: bool) -> list[Rule]:
    at = sum(rule.at for rule in band) / len(band)
    band.sort(key=lambda rule: rule.start)
    joined = [Rule(level, at, band[0].start, band[0].end)]
    for rule in band[1:]:
        last = joined[-1]
        if rule.start - last.end <= _NEAR:
            joined[-1] = Rule(level, at, last.start, max(last.end, rule.end))
        else:
            joined.append(Rule(level, at, rule.start, rule.end))
    return joined


def _groups(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Rules that touch each other, directly or over others."""
    parents = list(range(len(rules)))
    levels = sorted((index for index, rule in enumerate(rules) if rule.level), key=lambda index: rules[index].at)
    heights = [rules[index].at for index in levels]
    for index, upright in enumerate(rules):
        if upright.level:
            continue
        first = bisect_left(heights, upright.start - _NEAR)
        for other in levels[first : bisect_right(heights, upright.end + _NEAR)]:
            if rules[other].start - _NEAR <= upright.at <= rules[other].end + _NEAR:
                parents[_root(parents, index)] = _root(parents, other)
    groups: dict[int, list[Rule]] = {}
    for index, rule in enumerate(rules):
        groups.setdefault(_root(parents, index), []).append(rule)
    return list(groups.values())


def _root(parents: list[int], index: int) -> int:
    while parents[index] != index:
        parents[index] = parents[parents[index]]
        index = parents[index]
    return index


def _grid_of(rules: Sequence[Rule]) -> Grid | None:
    levels = [rule for rule in rules if rule.level]
    uprights = [rule for rule in rules if not rule.level]
    if not levels or not uprights:
        return None
    xs = _edges([rule.at for rule in uprights], [rule.start for rule in levels], [rule.end for rule in levels])
    ys = _edges([rule.at for rule in levels], [rule.start for rule in uprights], [rule.end for rule in uprights])
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > _MOST_PLACES:
        return None
    return Grid(tuple(xs), tuple(ys), tuple(_cells(xs, ys, levels, uprights)))


def _edges(at: list[float], starts: list[float], ends: list[float]) -> list[float]:
    """Return the places of rules in order, and where the table ends without an outer rule."""
    edges = _clusters(at)
    first, last = min(starts), max(ends)
    if first < edges[0] - 2 * _NEAR:
        edges.insert(0, first)
    if last > edges[-1] + 2 * _NEAR:
        edges.append(last)
    return edges


def _clusters(values: list[float]) -> list[float]:
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][0] <= _NEAR:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def _cells(xs: list[float], ys: list[float], levels: Sequence[Rule], uprights: Sequence[Rule]) -> list[Cell]:
    """Join the places that no rule divides."""
    width = len(xs) - 1
    above = _covered(ys, xs, levels)
    beside = _covered(xs, ys, uprights)
    parents = list(range(width * (len(ys) - 1)))
    for row in range(len(ys) - 1):
        for column in range(width):
            here = row * width + column
            if column and (column, row) not in beside:
                parents[_root(parents, here)] = _root(parents, here - 1)
            if row and (row, column) not in above:
                parents[_root(parents, here)] = _root(parents, here - width)
    areas: dict[int, list[tuple[int, int]]] = {}
    for index in range(len(parents)):
        areas.setdefault(_root(parents, index), []).append(divmod(index, width))
    return sorted((_around(area) for area in areas.values()), key=lambda cell: (cell.row, cell.column))


def _covered(edges: list[float], stretches: list[float], rules: Sequence[Rule]) -> set[tuple[int, int]]:
    """Return (edge, stretch) where a rule runs along most of the stretch on that edge."""
    covered: set[tuple[int, int]] = set()
    for rule in rules:
        after = bisect_left(edges, rule.at)
        near = range(max(0, after - 1), min(len(edges), after + 1))
        edge = min(near, key=lambda index: abs(edges[index] - rule.at))
        for place in range(max(0, bisect_right(stretches, rule.start) - 1), len(stretches) - 1):
            first, last = stretches[place], stretches[place + 1]
            if first >= rule.end:
                break
            if min(last, rule.end) - max(first, rule.start) >= _COVERED * (last - first):
                covered.add((edge, place))
    return covered


def _around(area: list[tuple[int, int]]) -> Cell:
    rows, columns = [row for row, _ in area], [column for _, column in area]
    return Cell(min(rows), min(columns), max(rows) + 1, max(columns) + 1)
