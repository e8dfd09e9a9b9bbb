"""One sheet becomes blocks in reading order: lines of text and tables."""

from collections.abc import Sequence
from typing import Final

from luoshi.reading.decoding.paper.bare_rows import bare_table, is_apart, rest_of_row, with_first_rows
from luoshi.reading.decoding.paper.bare_tables import Columns, columns_below, is_row
from luoshi.reading.decoding.paper.columns import split_columns
from luoshi.reading.decoding.paper.grids import join_collinear, make_grids
from luoshi.reading.decoding.paper.open_tables import completed
from luoshi.reading.decoding.paper.sheets import Mark, Sheet
from luoshi.reading.decoding.paper.tables import Table, ruled_table
from luoshi.reading.decoding.paper.text_lines import TextLine, make_lines
from luoshi.reading.decoding.paper.wrapped_heads import head_block

Block = TextLine | Table
_FEWEST_KEPT: Final = 1
_MOST_PIECES: Final = 2_000  # more are the dashes of rules, not the borders of cells
_MOST_BELOW: Final = 2  # a page number and a foot line may stand below a table that goes on overleaf


def read_page(sheet: Sheet, open_columns: Columns | None = None) -> tuple[list[Block], Columns | None]:
    """Return the blocks of a sheet from top to bottom.

    `open_columns` are those of a table without rules that the page before ended with; what is returned with the blocks
    are those with which this page ends.
    """
    tables: list[Table] = []
    rest: Sequence[Mark] = sheet.marks
    rules = sheet.rules if len(sheet.rules) <= _MOST_PIECES else join_collinear(sheet.rules)
    for grid in make_grids(completed(rules, sheet.marks)):
        inside = [mark for mark in rest if grid.place(mark.centre, mark.middle) is not None]
        table = ruled_table(sheet, grid, inside) if inside else None
        if table is not None:
            table.ruled = any(
                not rule.level and rule.start < grid.ys[-1] and grid.ys[0] < rule.end for rule in sheet.rules
            )
            held = set(map(id, inside))
            rest = [mark for mark in rest if id(mark) not in held]
            tables.append(table)
    blocks: list[Block] = []
    ending = open_columns
    for marks, table in _zones(rest, tables):
        found, ending = _text_zone(sheet, marks, ending) if marks else ([], ending)
        blocks.extend(found)
        if table is not None:
            blocks.append(table)
            ending = None
    return blocks, ending


def _zones(marks: Sequence[Mark], tables: Sequence[Table]) -> list[tuple[list[Mark], Table | None]]:
    """Cut what stands outside the ruled tables into what is above, between and below them."""
    zones: list[tuple[list[Mark], Table | None]] = []
    left = sorted(marks, key=lambda mark: mark.middle)
    position = 0
    for table in tables:
        start = position
        while position < len(left) and left[position].middle < table.top:
            position += 1
        zones.append((left[start:position], table))
    zones.append((left[position:], None))
    return zones


def _text_zone(sheet: Sheet, marks: list[Mark], ending: Columns | None) -> tuple[list[Block], Columns | None]:
    lines = make_lines(marks)
    if ending is None and not any(head_block(lines, at) for at in range(len(lines))):
        return list(split_columns(lines)), None
    blocks: list[Block] = []
    index = 0
    if ending is not None:
        index, ending = _continued(sheet, lines, ending, blocks)
    while index < len(lines):
        head = head_block(lines, index)
        if head is None:
            blocks.append(lines[index])
            index += 1
            continue
        below = lines[index + head.lines :]
        columns, kept = columns_below(head.titles, below)
        if kept < _FEWEST_KEPT:
            blocks.append(lines[index])
            index += 1
            continue
        body = _body(below[:kept], columns)
        columns = with_first_rows(columns, body)
        blocks.append(bare_table(sheet, columns, body, head.whole, sheet.rules))
        index += head.lines + len(body)
        ending = columns if len(lines) - index <= _MOST_BELOW else None
    return blocks, ending


def _body(lines: Sequence[TextLine], columns: Columns) -> list[TextLine]:
    """Leave out lines at the end that only stand under the table: a page number, a note."""
    last = len(lines)
    while last and len(columns.of(lines[last - 1])) < 2 and is_apart(lines, last - 1):
        last -= 1
    return list(lines[:last])


def _continued(
    sheet: Sheet, lines: Sequence[TextLine], columns: Columns, blocks: list[Block]
) -> tuple[int, Columns | None]:
    """Take the lines at the top of a page that keep to the columns of the page before, under a running head."""
    first = 0
    while first < min(2, len(lines) - 1) and len(columns.of(lines[first])) < 2 and is_apart(lines, first + 1):
        first += 1
    kept = first
    while kept < len(lines) and is_row(lines[kept], columns.cuts) and head_block(lines, kept) is None:
        kept += 1
    body = _body(lines[first:kept], columns)
    if not any(len(columns.of(line)) >= 2 for line in body):
        body = list(lines[first : first + rest_of_row(columns, lines[first:])])
        if not body or len(lines) - first - len(body) > _MOST_BELOW:
            return 0, None
    blocks.extend(lines[:first])
    blocks.append(bare_table(sheet, columns, body, None, sheet.rules))
    return first + len(body), columns
