"""Stage 1b, paper: reads sheets (marks with boxes, straight rules); writes pages of placed lines in reading order.

Whoever reads a page that people see (PDF, OFD, a recognised scan) makes a `Sheet` of it and hands all to `arrange`.

Guarantees: every mark stays, once, in reading order (columns one after the other); a row of a table is one line with a
tab between its cells; a merged cell stands where it begins, its other places are empty; a row that a page cut stands
whole on the page where it begins; a head that is printed again on a later page of its table leaves and is counted.
"""

import time
from collections.abc import Sequence
from dataclasses import replace

from luoshi.reading.decoding.paper.bare_tables import Columns
from luoshi.reading.decoding.paper.joining import join_tables
from luoshi.reading.decoding.paper.pages import Block, read_page
from luoshi.reading.decoding.paper.sheets import Mark, Rule, Sheet
from luoshi.reading.decoding.paper.tables import Table
from luoshi.reading.decoding.paper.text_lines import make_lines
from luoshi.reading.decoding.raw import RawPages, placed_pages
from luoshi.reading.issues import make_issue
from luoshi.reading.layout import PieceLine
from luoshi.reading.model import Issue

__all__ = ["Mark", "Rule", "Sheet", "arrange"]

MAX_SECONDS = 120
_MOST_ISSUES = 20
_FAR = 1e7


def arrange(sheets: Sequence[Sheet], issues: Sequence[Issue] = ()) -> RawPages:
    """Return the pages of a file from its sheets, in their order, with the given issues and those of its tables."""
    pages: list[list[Block]] = []
    columns: Columns | None = None
    until = time.monotonic() + MAX_SECONDS
    for sheet in sheets:
        blocks, columns = read_page(_sound(sheet), columns)
        pages.append(blocks)
        if time.monotonic() > until:
            return RawPages(paged=True, issues=(make_issue("took_too_long", seconds=MAX_SECONDS),))
    found = [*issues, *_bare_tables(pages)]
    heads = join_tables(pages)
    if heads:
        found.append(make_issue("table_heads_removed", count=heads))
    return placed_pages([_lines(sheet, blocks) for sheet, blocks in zip(sheets, pages, strict=True)], tuple(found))


def _sound(sheet: Sheet) -> Sheet:
    """Leave out what stands nowhere, turn boxes that are inside out: damaged files place marks anywhere."""
    marks = [mark for mark in sheet.marks if abs(mark.left) + abs(mark.top) + abs(mark.right) + abs(mark.bottom) < _FAR]
    rules = [rule for rule in sheet.rules if abs(rule.at) + abs(rule.start) + abs(rule.end) < _FAR]
    if all(mark.left <= mark.right and mark.top <= mark.bottom for mark in marks):
        if len(marks) == len(sheet.marks) and len(rules) == len(sheet.rules):
            return sheet
    else:
        marks = [_right_way_out(mark) for mark in marks]
    return replace(sheet, marks=marks, rules=rules)


def _right_way_out(mark: Mark) -> Mark:
    across, down = sorted((mark.left, mark.right)), sorted((mark.top, mark.bottom))
    return Mark(mark.text, across[0], down[0], across[1], down[1], mark.confidence)


def _bare_tables(pages: Sequence[list[Block]]) -> list[Issue]:
    """Say on which pages rows were told apart without rules."""
    bare = [block.page for blocks in pages for block in blocks if isinstance(block, Table) and not block.ruled]
    return [make_issue("table_without_rules", page=page) for page in list(dict.fromkeys(bare))[:_MOST_ISSUES]]


def _lines(sheet: Sheet, blocks: Sequence[Block]) -> list[PieceLine]:
    lines: list[PieceLine] = []
    for block in blocks:
        if isinstance(block, Table):
            lines.extend(row.line() for row in block.rows)
        else:
            lines.append((block.piece(sheet),))
    for aside in sheet.asides:
        lines.extend((line.piece(aside),) for line in make_lines(aside.marks))
    return lines
