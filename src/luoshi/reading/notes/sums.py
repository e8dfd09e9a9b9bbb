"""Check the sums that a table of figures prints: total and subtotal rows, and columns that add up others."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from luoshi.reading.model import Span
from luoshi.reading.notes.figure_tables import FigureRow, FigureTable

GRAND: Final = re.compile(r"(?:全[市县区省州])?(?:合计|总计|共计|总数|汇总|总和|计)数?$|全[市县区省州]$")
SUBTOTAL: Final = re.compile(r"小计(?:数)?$|分计$")
_PART_OF: Final = re.compile(r"其中|#")
_NO_SUM: Final = re.compile(
    r"[%‰]|率|占比|比例|比重|均|标准|单价|增长|增幅|增速|同比|环比|排名|名次|得分|年份|指数|系数|限额比|±|幅度|倍|单产|[(（][^()（）]*/[^()（）]*[)）]"
)
_TOTAL_COLUMN: Final = re.compile(
    r"(?:合计|总计|总数|小计|共计|总量|总额|总人数|总户数|总指标|总任务|^计|计划总数|全年|全市|全县)"
)

_MOST_TOTALS: Final = 8
_MOST_WORK: Final = 1_000_000  # no real table has as many cells; a made-up one shall not stop the reading


@dataclass(frozen=True, slots=True)
class WrongSum:
    """A printed sum that does not fit; `row` is empty where the whole column does not add up."""

    column: str
    row: str
    printed: float
    computed: float
    span: Span


def is_total(name: str) -> bool:
    """Tell whether a row adds up others."""
    bare = _plain(name)
    return GRAND.match(bare) is not None or SUBTOTAL.search(bare) is not None


def check_sums(table: FigureTable) -> Iterator[WrongSum]:
    """Yield every printed sum of a table that does not fit."""
    columns = [column for column in table.columns if not _NO_SUM.search(table.keys[column] + table.parents[column])]
    if len(table.rows) * len(columns) ** 2 <= _MOST_WORK:
        yield from _check_totals(table, columns)
        yield from _check_columns(table, columns)


def _adds_group(row: FigureRow) -> bool:
    """Whether a row adds up a group: it is named 小计, or stands over the members as their group."""
    return row.heads_group or SUBTOTAL.search(_plain(row.name)) is not None


def _plain(name: str) -> str:
    return re.sub(r"[(（].*|[:：\s]", "", name)


def _check_totals(table: FigureTable, columns: Sequence[int]) -> Iterator[WrongSum]:
    rows = [row for row in table.rows if not _PART_OF.match(row.name)]
    leaves = [row for row in rows if not is_total(row.name) and not row.heads_group]
    subtotals = [row for row in rows if _adds_group(row)]
    groups = _groups(rows, columns) if subtotals else []
    for row, members in groups:
        yield from _wrong(table, row, [members], columns)
    in_groups = {id(member) for _, members in groups for member in members}
    loose = [leaf for leaf in leaves if id(leaf) not in in_groups]
    candidates = [leaves, [*subtotals, *loose]] if subtotals else [leaves]
    for row in [row for row in rows if GRAND.match(_plain(row.name))][:_MOST_TOTALS]:
        yield from _wrong(table, row, candidates, columns)


def _wrong(
    table: FigureTable, row: FigureRow, candidates: Sequence[Sequence[FigureRow]], columns: Sequence[int]
) -> Iterator[WrongSum]:
    """Yield the columns in which a row equals the sum of none of the candidates."""
    if len(candidates[0]) < (1 if _adds_group(row) else 2):
        return
    for column in columns:
        printed = row.figures.get(column)
        if printed is None or not any(column in leaf.figures for leaf in candidates[0]):
            continue
        sums = [sum(leaf.figures.get(column, 0.0) for leaf in candidate) for candidate in candidates]
        slack = _slack([row, *candidates[0]], [column])
        if not any(abs(printed - each) <= slack for each in sums):
            name = row.name if _adds_group(row) else ""
            nearest = min(sums, key=lambda each: abs(each - printed))
            yield WrongSum(table.keys[column], name, printed, nearest, row.span)


def _groups(rows: Sequence[FigureRow], columns: Sequence[int]) -> list[tuple[FigureRow, list[FigureRow]]]:
    """Return the rows under each subtotal, or over it: whichever fits in more columns; none where nothing fits."""
    after, before = _split(rows), _split(rows[::-1])
    fits = [sum(_fits(row, members, columns) for row, members in way) for way in (after, before)]
    if max(fits, default=0) == 0:
        return []
    return after if fits[0] >= fits[1] else before


def _split(rows: Sequence[FigureRow]) -> list[tuple[FigureRow, list[FigureRow]]]:
    groups: list[tuple[FigureRow, list[FigureRow]]] = []
    for row in rows:
        if _adds_group(row):
            groups.append((row, []))
        elif groups and not is_total(row.name) and (not groups[-1][0].heads_group or row.group == groups[-1][0].group):
            groups[-1][1].append(row)
    return groups


def _fits(total: FigureRow, members: Sequence[FigureRow], columns: Sequence[int]) -> int:
    return sum(
        1
        for column in columns
        if column in total.figures
        and members
        and abs(total.figures[column] - sum(row.figures.get(column, 0.0) for row in members))
        <= _slack([total, *members], [column])
    )


def _check_columns(table: FigureTable, columns: Sequence[int]) -> Iterator[WrongSum]:
    """A column named as a total adds up others: those that it does add up in most rows."""
    for place, column in enumerate(columns):
        if not _TOTAL_COLUMN.search(table.keys[column]):
            continue
        parts = _parts(table, columns, place)
        best = max(parts, key=lambda each: sum(_adds_up(row, column, each) for row in table.rows), default=[])
        known = [row for row in table.rows if column in row.figures and any(part in row.figures for part in best)]
        right = sum(_adds_up(row, column, best) for row in known)
        if not best or right < 2 or right * 2 < len(known):
            continue
        for row in known:
            if not _adds_up(row, column, best):
                computed = sum(row.figures.get(part, 0.0) for part in best)
                yield WrongSum(table.keys[column], row.name, row.figures[column], computed, row.span)


def _parts(table: FigureTable, columns: Sequence[int], place: int) -> list[list[int]]:
    """Return the columns that a total could add up: its neighbours under one head, all that follow, other totals."""
    column = columns[place]
    others = [each for each in columns if each != column]
    same = [each for each in others if table.parents[each] == table.parents[column]]
    leaves = [each for each in others if not _TOTAL_COLUMN.search(table.keys[each])]
    after = columns[place + 1 :]
    stop = next((index for index, each in enumerate(after) if _TOTAL_COLUMN.search(table.keys[each])), len(after))
    totals = [each for each in others if _TOTAL_COLUMN.search(table.keys[each])]
    before = [each for each in columns[:place] if each in leaves]
    ways = (same, leaves, list(after[:stop]), totals, before)
    return [way for way in ways if len(way) > 1]


def _adds_up(row: FigureRow, column: int, parts: Sequence[int]) -> bool:
    if column not in row.figures or not any(part in row.figures for part in parts):
        return False
    computed = sum(row.figures.get(part, 0.0) for part in parts)
    return abs(row.figures[column] - computed) <= _slack([row], [column, *parts])


def _slack(rows: Sequence[FigureRow], columns: Sequence[int]) -> float:
    """Rounded figures may differ by half of the last decimal each; whole ones may not."""
    decimals = max((row.decimals.get(column, 0) for row in rows for column in columns), default=0)
    return 1e-6 if decimals == 0 else 0.5 * 10.0**-decimals * max(len(rows), len(columns)) + 1e-6
