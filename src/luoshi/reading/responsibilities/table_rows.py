"""Rows of cells and the tables they make: from the lines with tabs to what stands under each head."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from luoshi.reading.model import Span
from luoshi.reading.responsibilities.lost_rows import lacking_before
from luoshi.reading.responsibilities.table_heads import (
    Head,
    begins_other_table,
    is_other_head,
    read_head,
    read_owned_head,
)
from luoshi.reading.structure.lines import Line
from luoshi.reading.structure.titles import ends_title

_CELL: Final = re.compile(r"[^\t]*")
_MOST_BETWEEN: Final = 2
_LONGEST_BETWEEN: Final = 40
_TITLE_LINES: Final = 3
_LONGEST_TITLE: Final = 60


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: the line of the text and the span of each cell."""

    line: Line
    cells: tuple[Span, ...]
    texts: tuple[str, ...]

    def text_at(self, column: int) -> str:
        """Return the words of a cell; a row may be shorter than its head."""
        return self.texts[column] if column < len(self.texts) else ""

    @property
    def merged(self) -> frozenset[int]:
        """The columns whose cell lies under a merged one: it holds an ideographic space and nothing else."""
        return frozenset(at for at, words in enumerate(self.texts) if "\u3000" in words and not words.strip())

    def filled(self) -> dict[int, Span]:
        """Return the cells that hold anything."""
        return {column: cell for column, cell in enumerate(self.cells) if self.texts[column].strip()}


@dataclass(frozen=True, slots=True)
class TaskTable:
    """The rows under one head; `title` is what stands above it."""

    head: Head
    rows: tuple[Row, ...]
    title: str
    start: Span


def find_tables(text: str, groups: Sequence[Sequence[Row]]) -> Iterator[TaskTable]:
    """Cut the rows at their heads; a line or two between rows (a page's foot) ends no table."""
    head: Head | None = None
    start = Span(0, 0)
    title = ""
    rows: list[Row] = []
    for group in groups:
        index = 0
        if head is not None and begins_other_table(title_above(text, group[0].line.start), group[0].texts):
            yield TaskTable(head, tuple(rows), title, start)
            head, rows = None, []
        while index < len(group):
            found = read_head([row.texts for row in group[index : index + 2]])
            if found is None:
                if head is not None and is_other_head(group[index].texts):
                    yield TaskTable(head, tuple(rows), title, start)
                    head, rows = None, []
                if head is None and is_other_head(group[index].texts):
                    head = read_owned_head(group[index].texts)
                    start, title = group[index].line.span, title_above(text, group[index].line.start)
                elif head is not None:
                    rows.append(_in_place(group[index], head))
                index += 1
                continue
            if head is None or found.titles != head.titles:
                if head is not None:
                    yield TaskTable(head, tuple(rows), title, start)
                head, rows = found, []
                start, title = group[index].line.span, title_above(text, group[index].line.start)
            index += found.rows
    if head is not None:
        yield TaskTable(head, tuple(rows), title, start)


def _in_place(row: Row, head: Head) -> Row:
    """Return a row whose first cells a page left out, since merged ones above them count for it, with empty ones."""
    if row.merged or (len(row.cells) >= len(head.titles) and row.texts[len(head.titles) - 1].strip()):
        return row
    shift = lacking_before(row.texts, head)
    if not shift:
        return row
    nothing = Span(row.cells[0].start, row.cells[0].start)
    return Row(row.line, (nothing,) * shift + row.cells, ("",) * shift + row.texts)


def group_rows(text: str, lines: Sequence[Line]) -> list[list[Row]]:
    """Return rows that follow each other; rows of other numbers of columns are no part of the same table."""
    groups: list[list[Row]] = []
    between: list[Line] = []
    for line in lines:
        row = _row_of(text, line)
        if row is None:
            between.append(line)
            continue
        broken = (
            any(other.kind == "annex" or ends_title(other.text) for other in between)
            or len(between) > _MOST_BETWEEN
            or any(len(other.text) > _LONGEST_BETWEEN for other in between)
        )
        if not groups or broken or (between and len(groups[-1][-1].cells) != len(row.cells)):
            groups.append([])
        groups[-1].append(row)
        between = []
    return groups


def _row_of(text: str, line: Line) -> Row | None:
    """Return the cells of a row; the line lacks the empty ones at its ends, the text has them."""
    if line.kind != "row":
        return None
    start = text.rfind("\n", 0, line.start) + 1
    end = text.find("\n", line.end)
    end = len(text) if end < 0 else end
    cells = tuple(
        Span(start + match.start(), start + match.end())
        for match in _CELL.finditer(text[start:end])
        if match.start() == 0 or text[start + match.start() - 1] == "\t"
    )
    return Row(line, cells, tuple(cell.of(text) for cell in cells))


def title_above(text: str, start: int) -> str:
    """Return the short lines straight above a table."""
    found: list[str] = []
    for line in reversed(text[max(0, start - 300) : start].split("\n")):
        if "\t" in line or len(line) > _LONGEST_TITLE or len(found) == _TITLE_LINES:
            break
        if line.strip():
            found.insert(0, line.strip())
    return " ".join(found)
