"""Cut the rows of a table into cells: by tabs, by the bars of Markdown, or by the blanks that align its columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from luoshi.reading.model import Span
from luoshi.reading.structure.lines import Line
from luoshi.reading.structure.provisions import join_text
from luoshi.reading.view import fold

_TAB: Final = re.compile(r"[^\t]*")
_BAR: Final = re.compile(r"[^|]*")
_RULE: Final = re.compile(r"[\s|:+=-]*-[\s|:+=-]*$")
_GAP: Final = re.compile(r"(?: {2,}|\u3000)[ \u3000]*")
_FIGURE: Final = r"(?:[-－+]?\d[\d,，]*(?:\.\d+)?[%％]?|[-—－–]{1,2}|/)"
_FIGURES: Final = re.compile(rf"(?P<name>\S(?:.{{0,40}}?\S)?)(?P<rest>(?:[ \u3000]+{_FIGURE}){{2,}})$")
_SERIAL: Final = re.compile(r"(\d{1,3})[ \u3000]+(?=[\u4e00-\u9fff])")
_FILLED: Final = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words without blanks as printed, the same in one width, and its place."""

    printed: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one line; `line` is its index in the lines that it was found among."""

    cells: tuple[Cell, ...]
    line: int
    span: Span

    @property
    def texts(self) -> list[str]:
        """The words of the cells."""
        return [cell.text for cell in self.cells]


def find_tables(text: str, lines: Sequence[Line]) -> list[list[Row]]:
    """Return the tables among lines: runs of rows with nothing between them, of two rows or more."""
    tables: list[list[Row]] = []
    run: list[Row] = []
    for index, line in enumerate(lines):
        row = read_row(text, line, index)
        if row is not None:
            head = _blank_head(text, lines, index, row) if not run else None
            run.extend([head, row] if head else [row])
        elif not _is_bar_rule(line):
            tables.append(run)
            run = []
    return [table for table in [*tables, run] if len(table) > 1]


def read_row(text: str, line: Line, index: int) -> Row | None:
    """Return the cells of a line that is a row, or None."""
    if line.kind == "row":
        start, end = _whole_line(text, line)
        return _row(text, [Span(start + a, start + b) for a, b in _between(_TAB, text[start:end])], line, index)
    if line.kind not in ("text", "masthead"):
        return None
    if line.text.count("|") > 1 or (line.text[:1] == "|" and line.text[-1:] == "|"):
        return None if _is_bar_rule(line) else _row(text, _bars(line), line, index)
    return _aligned(text, line, index)


def _blank_head(text: str, lines: Sequence[Line], index: int, row: Row) -> Row | None:
    """The line over a row of figures is its head where it has as many words, though only single blanks part them."""
    above = lines[index - 1] if index else None
    if above is None or above.kind not in ("text", "masthead") or len(above.text) > 120:
        return None
    words = [Span(above.start + m.start(), above.start + m.end()) for m in _FILLED.finditer(above.text)]
    fits = len(words) == len(row.cells) and not any(char in above.text for char in "。；，：")
    return _row(text, words, above, index - 1) if fits else None


def _is_bar_rule(line: Line) -> bool:
    return "|" in line.text and _RULE.match(line.text) is not None


def _whole_line(text: str, line: Line) -> tuple[int, int]:
    """Empty cells at either end are white space, which a line does not hold."""
    start, end = line.start, line.end
    while start > 0 and text[start - 1] in "\t ":
        start -= 1
    while end < len(text) and text[end] in "\t ":
        end += 1
    return start, end


def _between(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    position = 0
    while position <= len(text):
        match = pattern.match(text, position)
        end = match.end() if match else len(text)
        found.append((position, end))
        position = end + 1
    return found


def _bars(line: Line) -> list[Span]:
    cells = [Span(line.start + a, line.start + b) for a, b in _between(_BAR, line.text)]
    return cells[line.text[:1] == "|" : len(cells) - (line.text[-1:] == "|")]


def _aligned(text: str, line: Line, index: int) -> Row | None:
    """A line of figures after a name, or of words with wide gaps between them."""
    if len(line.text) > 300 or (" " not in line.text and "\u3000" not in line.text):
        return None
    figures = _FIGURES.match(line.text)
    if figures:
        serial = _SERIAL.match(line.text)
        spans = [Span(line.start, line.start + serial.end(1))] if serial else []
        spans.append(Span(line.start + (serial.end() if serial else 0), line.start + figures.end("name")))
        rest = _FILLED.finditer(line.text, figures.start("rest"))
        return _row(text, [*spans, *(Span(line.start + m.start(), line.start + m.end()) for m in rest)], line, index)
    if any(char in line.text for char in "。；，") or not _GAP.search(line.text):
        return None
    spans, position = [], 0
    for gap in _GAP.finditer(line.text):
        spans.append(Span(line.start + position, line.start + gap.start()))
        position = gap.end()
    return _row(text, [*spans, Span(line.start + position, line.end)], line, index)


def _row(text: str, spans: Sequence[Span], line: Line, index: int) -> Row | None:
    words = [join_text(span.of(text)) for span in spans]
    cells = tuple(Cell(word, fold(word), span) for word, span in zip(words, spans, strict=True))
    return Row(cells, index, line.span) if len(cells) > 1 else None
