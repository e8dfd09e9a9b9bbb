"""Lay a part of a web page out as the lines that a reader sees: blocks, rows with tabs between cells, numbers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from luoshi.reading.decoding.cell_text import UNDER_MERGED, join_cell
from luoshi.reading.structure.numerals import to_chinese

_BLOCK_NAMES: Final = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr legend li main menu ol p pre section summary table tbody td tfoot th thead tr ul"
)
_BLOCKS: Final = frozenset(_BLOCK_NAMES.split())
_SPACES: Final = re.compile(r"[ \t\r\n\f]+")
_NUMBERED: Final = re.compile(
    r"\s*(?:第?[一二三四五六七八九十百\d]{1,4}[条章节、.．)）]|[（(][一二三四五六七八九十\d]{1,3}[)）]|[①-⑳])"
)
_NO_MARKS: Final = re.compile(r"list-style(?:-type)?\s*:\s*[^;]{0,40}none", re.IGNORECASE)
_CHINESE_MARKS: Final = re.compile(r"list-style(?:-type)?\s*:\s*[^;]{0,40}(?:cjk-ideographic|chinese)", re.IGNORECASE)
_MOST_SPAN: Final = 63
_MOST_ROWSPAN: Final = 2_000
_MOST_COLUMNS: Final = 100
_LONG_CELL: Final = 800
_MANY_BLOCKS: Final = 6
CELLS: Final = ("td", "th")


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line as people see it; `linked` of its characters are links."""

    text: str
    linked: int = 0

    @property
    def is_link(self) -> bool:
        """Whether the line is hardly more than links."""
        return self.linked > 0 and self.linked * 10 >= 7 * len("".join(self.text.split()))


def page_lines(region: etree._Element) -> list[PageLine]:
    """Return the lines of an element, empty ones left out; walks without recursion, so that depth does no harm."""
    writer = _Writer()
    walker = etree.iterwalk(region, events=("start", "end"))
    for event, element in walker:
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            if tag == "table" and is_data(element):
                writer.rows(table_rows(element))
                walker.skip_subtree()
            else:
                writer.open(element, tag)
        else:
            writer.close(element, tag, is_root=element is region)
    writer.break_line()
    return writer.lines


@dataclass(slots=True)
class _Writer:
    lines: list[PageLine] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _linked: int = 0
    _links: int = 0
    _verbatim: int = 0
    _mark: str = ""
    _counts: dict[etree._Element, int] = field(default_factory=dict)

    def rows(self, rows: Sequence[PageLine]) -> None:
        self.break_line()
        self.lines.extend(rows)

    def open(self, element: etree._Element, tag: str) -> None:
        self._links += tag == "a"
        self._verbatim += tag == "pre"
        if tag in _BLOCKS or tag == "br":
            self.break_line()
        if tag == "li":
            self._mark = self._next_mark(element)
        self._write(element.text or "")

    def close(self, element: etree._Element, tag: str, *, is_root: bool) -> None:
        self._links -= tag == "a"
        self._verbatim -= tag == "pre"
        if tag in _BLOCKS:
            self.break_line()
        if not is_root:
            self._write(element.tail or "")

    def _write(self, text: str) -> None:
        if self._verbatim:
            first, *others = text.split("\n")
            self._add(first)
            for other in others:
                self.break_line()
                self._add(other)
        elif text:
            self._add(_SPACES.sub(" ", text))

    def _add(self, text: str) -> None:
        self._pieces.append(text)
        if self._links > 0:
            self._linked += len("".join(text.split()))

    def break_line(self) -> None:
        """End the line; the mark of a list item is printed before its first words."""
        text = "".join(self._pieces).strip(" \t\r\n")
        if text.strip():
            mark = "" if _NUMBERED.match(text) else self._mark
            self.lines.append(PageLine(mark + text, self._linked))
            self._mark = ""
        self._pieces.clear()
        self._linked = 0

    def _next_mark(self, item: etree._Element) -> str:
        parent = item.getparent()
        if parent is None or parent.tag != "ol":
            return ""
        style = f"{parent.get('style', '')};{item.get('style', '')}"
        count = _small(item.get("value"), self._counts.get(parent, _small(parent.get("start"), 1) - 1) + 1, 999)
        self._counts[parent] = count
        if _NO_MARKS.search(style) or parent.get("type", "1") != "1":
            return ""
        return f"{to_chinese(count)}、" if _CHINESE_MARKS.search(style) else f"{count}. "


def is_data(table: etree._Element) -> bool:
    """Tell whether a table holds data: old sites lay whole pages out with tables, one inside the other."""
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = list(table.iterdescendants("tr"))
    if max((sum(cell.tag in CELLS for cell in row) for row in rows), default=0) < 2:
        return False
    for row in rows:
        for cell in row:
            blocks = sum(1 for _ in cell.iter("p", "div", "br", "li"))
            if blocks >= _MANY_BLOCKS and sum(len(text) for text in cell.itertext()) > _LONG_CELL:
                return False
    return True


def table_rows(table: etree._Element) -> list[PageLine]:
    """Return the rows of a table of data; a merged cell stands where it begins, `UNDER_MERGED` below it."""
    lines: list[PageLine] = []
    below: dict[int, int] = {}  # columns that a cell further up still covers, with the rows left
    for caption in table.iterdescendants("caption"):
        lines.extend(page_lines(caption))
    for row in table.iterdescendants("tr"):
        cells: list[str] = []
        linked = 0
        for cell in (each for each in row if each.tag in CELLS):
            _pass_covered(cells, below)
            if len(cells) >= _MOST_COLUMNS:
                break
            found = page_lines(cell)
            linked += sum(line.linked for line in found)
            width = min(_small(cell.get("colspan"), 1), _MOST_SPAN)
            height = _small(cell.get("rowspan"), 1)
            for column in range(len(cells), len(cells) + width) if height > 1 else ():
                below[column] = height
            cells.extend([join_cell(line.text for line in found).replace("\t", " "), *[""] * (width - 1)])
        _pass_covered(cells, below)
        below = {column: left - 1 for column, left in below.items() if left > 1}
        if any(cell.strip() for cell in cells):
            lines.append(PageLine("\t".join(cells), linked))
    return lines


def _pass_covered(cells: list[str], below: dict[int, int]) -> None:
    while len(cells) in below and len(cells) < _MOST_COLUMNS:
        cells.append(UNDER_MERGED)


def _small(value: str | None, default: int, most: int = _MOST_ROWSPAN) -> int:
    text = (value or "").strip()
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 5 and 0 < int(text) <= most else default


def words_of(lines: Sequence[PageLine]) -> Iterator[str]:
    """Iterate over the texts of lines without white space."""
    for line in lines:
        yield "".join(line.text.split())
