"""The rows of tables without upright rules, told apart by level rules, by their numbers, or by the white between."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from statistics import median
from typing import Final

from luoshi.reading.decoding.paper.bare_tables import Columns, is_bar
from luoshi.reading.decoding.paper.sheets import Mark, Rule, Sheet
from luoshi.reading.decoding.paper.tables import Row, Table, cell_pieces
from luoshi.reading.decoding.paper.text_lines import TextLine, make_lines

_NUMBER: Final = re.compile(r"[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）.．、]?")
_ROW_GAP: Final = 1.3
_STRIP: Final = 0.12
_ASIDE: Final = 3.0
_HALF_LINE: Final = (0.35, 0.95)  # heights of letters
_SHARE: Final = 5


def is_apart(lines: Sequence[TextLine], index: int) -> bool:
    """Tell whether a line stands further below the one before it than two lines of a cell do."""
    return index > 0 and lines[index].top - lines[index - 1].bottom > 1.2 * lines[index].height


def with_first_rows(columns: Columns, lines: Sequence[TextLine]) -> Columns:
    """Return the columns with what their first rows show: where words begin, and whether cells are centred."""
    lines = [line for line in lines if not is_bar(line, columns.cuts)]
    lefts = [float("inf")] * (len(columns.cuts) + 1)
    for line in lines:
        for column, marks in columns.of(line).items():
            lefts[column] = min(lefts[column], marks[0].left)
    numbers = _numbers(columns, lines) if columns.number is not None else []
    size = median(line.height for line in lines)
    centred = _is_centred(lines, [number.middle for number in numbers], size) if numbers else None
    return replace(columns, lefts=tuple(lefts), centred=centred)


def rest_of_row(columns: Columns, lines: Sequence[TextLine]) -> int:
    """Return how many lines at the top of a page are what is left of one cell: they begin where its column does."""
    count = 0
    while count < len(lines) and not is_apart(lines, count):
        places = list(columns.of(lines[count]))
        if len(places) != 1 or not columns.lefts or abs(lines[count].left - columns.lefts[places[0]]) > _ASIDE:
            break
        count += 1
    return count


def bare_table(
    sheet: Sheet, columns: Columns, lines: Sequence[TextLine], head: TextLine | None, rules: Sequence[Rule]
) -> Table:
    """Return the rows of lines that keep to columns, below the head where it stands on the same page."""
    everything = [head, *lines] if head is not None else list(lines)
    top, bottom = everything[0].top, max(line.bottom for line in everything)
    starts = (columns.left, *columns.cuts)
    table = Table(sheet.number, top, bottom, columns.left, columns.right, starts, ruled=False)
    if head is not None:
        table.rows.append(_row(sheet, columns, list(head.marks)))
    for section, is_over in _at_bars(columns, lines):
        if is_over:
            table.rows.append(Row([[section[0].piece(sheet)], *([] for _ in columns.cuts)]))
            continue
        for marks in _rows(columns, section, rules):
            table.rows.append(_row(sheet, columns, marks))
    return table


def _at_bars(columns: Columns, lines: Sequence[TextLine]) -> Iterator[tuple[list[TextLine], bool]]:
    """Yield the lines between the bars of a table, and each bar alone."""
    for over, own in groupby(lines, key=lambda line: is_bar(line, columns.cuts)):
        if over:
            yield from (([line], True) for line in own)
        else:
            yield list(own), False


def _row(sheet: Sheet, columns: Columns, marks: list[Mark]) -> Row:
    ends = (*columns.cuts, columns.right)
    starts = (columns.left, *columns.cuts)
    held: list[list[Mark]] = [[] for _ in starts]
    for mark in marks:
        held[bisect_right(columns.cuts, mark.centre)].append(mark)
    return Row(
        [
            cell_pieces(sheet, cell, end - start) if cell else []
            for cell, start, end in zip(held, starts, ends, strict=True)
        ]
    )


def _rows(columns: Columns, lines: Sequence[TextLine], rules: Sequence[Rule]) -> list[list[Mark]]:
    marks = [mark for line in lines for mark in line.marks]
    if not marks:
        return []
    top, bottom = min(mark.top for mark in marks), max(mark.bottom for mark in marks)
    wide = 0.6 * (columns.right - columns.left)
    levels = sorted(
        rule.at for rule in rules if rule.level and rule.end - rule.start >= wide and top < rule.at < bottom
    )
    if len(levels) >= 2:
        return _by_places(marks, levels)
    if columns.number is not None:
        numbers = [mark.middle for mark in _numbers(columns, lines)]
        return _by_numbers(columns, lines, numbers) if numbers else [marks]  # no number: the rest of one row
    return _by_places(marks, _white(lines))


def _by_places(marks: Sequence[Mark], places: Sequence[float]) -> list[list[Mark]]:
    rows: list[list[Mark]] = [[] for _ in range(len(places) + 1)]
    for mark in marks:
        rows[bisect_right(places, mark.middle)].append(mark)
    return [row for row in rows if row]


def _numbers(columns: Columns, lines: Sequence[TextLine]) -> list[Mark]:
    """Return the first mark of each number in the column of numbers."""
    found: list[Mark] = []
    for line in lines:
        marks = columns.of(line).get(columns.number or 0, [])
        if marks and _NUMBER.fullmatch("".join(mark.text for mark in marks).strip()):
            found.append(marks[0])
    return found


def _by_numbers(columns: Columns, lines: Sequence[TextLine], numbers: Sequence[float]) -> list[list[Mark]]:
    """Cut at the white between rows where it is wider than between lines, else before each number.

    Cells that are set around their middle have words above the number; those are halved between the numbers.
    """
    marks = [mark for line in lines for mark in line.marks]
    size = median(line.height for line in lines)
    white = _wide_strips(marks, size)
    centred = _is_centred(lines, numbers, size) if columns.centred is None else columns.centred
    counts = [sum(1 for y in numbers if low < y < high) for low, high in pairwise([0.0, *white, float("inf")])]
    if white and max(counts) == 1 and 0 not in counts[1:]:
        return _by_places(marks, white)
    if not centred:
        return _by_places(marks, [y - 0.6 * size for y in numbers])
    rows: list[list[Mark]] = [[] for _ in numbers]
    for column in range(len(columns.cuts) + 1):
        cell = make_lines(mark for line in lines for mark in columns.of(line).get(column, []))
        for index, line in _around_numbers(cell, numbers):
            rows[index].extend(line.marks)
    return rows


def _wide_strips(marks: Sequence[Mark], size: float) -> list[float]:
    """Return the middles of the level strips without print that are wider than those between the lines of a cell."""
    half = 0.4 * size
    strips: list[tuple[float, float]] = []
    reach = float("-inf")
    for middle in sorted(mark.middle for mark in marks):
        if middle - half > reach > float("-inf"):
            strips.append((middle - half - reach, (middle - half + reach) / 2))
        reach = max(reach, middle + half)
    usual = min((width for width, _ in strips), default=0.0)
    return [place for width, place in strips if width - usual >= _STRIP * size]


def _is_centred(lines: Sequence[TextLine], numbers: Sequence[float], size: float) -> bool:
    """Whether words stand half a line above numbers, as in cells of two lines, or a whole one above the first."""
    middles = sorted((line.top + line.bottom) / 2 for line in lines)
    half = sum(
        bisect_right(middles, number - _HALF_LINE[0] * size) - bisect_right(middles, number - _HALF_LINE[1] * size)
        for number in numbers
    )
    if half * _SHARE >= len(numbers):
        return True
    number = numbers[0]
    above = [line for line in lines if line.bottom < number + 0.6 * size]
    return bool(above) and lines[0].top < number - size


def _around_numbers(cell: Sequence[TextLine], numbers: Sequence[float]) -> list[tuple[int, TextLine]]:
    """Give each line of a column to a number, so that the lines of a row lie evenly around it."""
    given: list[tuple[int, TextLine]] = []
    position = 0
    for index, number in enumerate(numbers):
        following = numbers[index + 1] if index + 1 < len(numbers) else None
        taken: list[TextLine] = []
        while position < len(cell):
            line = cell[position]
            middle = (line.top + line.bottom) / 2
            if following is not None and taken and _balance([*taken, line], number) > _balance(taken, number):
                break
            if following is not None and middle - number > following - middle and middle > number:
                break
            taken.append(line)
            position += 1
        given.extend((index, line) for line in taken)
    return given


def _balance(lines: Sequence[TextLine], number: float) -> float:
    return abs((lines[0].top + lines[-1].bottom) / 2 - number)


def _white(lines: Sequence[TextLine]) -> list[float]:
    """Return the places where the white between two lines is wider than usual."""
    gaps = [(after.top - before.bottom, (after.top + before.bottom) / 2) for before, after in pairwise(lines)]
    if not gaps:
        return []
    usual = min(gap for gap, _ in gaps)
    size = median(line.height for line in lines)
    if max(gap for gap, _ in gaps) - usual < (_ROW_GAP - 1) * size:
        return [place for _, place in gaps]  # one printed line is one row
    return [place for gap, place in gaps if gap - usual >= (_ROW_GAP - 1) * size]
