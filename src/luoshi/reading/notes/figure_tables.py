"""Tables of figures: what their columns are headed, which column names the rows, and the figures by row and column."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from luoshi.reading.model import Span
from luoshi.reading.structure.cells import Cell, Row
from luoshi.reading.view import fold

_FIGURE: Final = re.compile(
    r"约?(?P<whole>[-−]?(?:\d{1,3}(?:,\d{3})+|\d{1,12}))(?P<part>\.\d{1,6})?(?P<percent>[%‰])?(?:[\u4e00-\u9fff]{1,3})?$"
)
_MISSING: Final = frozenset({"", "-", "--", "—", "——", "/", "\\", "…", "无", "－", "–", "*"})
_YEAR: Final = re.compile(r"(?:19|20)\d{2}年?(?:度)?$")
_SERIAL_HEAD: Final = re.compile(r"序号|编号|序$|^号$|No")
_UNIT: Final = re.compile(r"(?:计量)?单位(?::|为)([\u4e00-\u9fff/、²㎡%]{1,12})")
_UNIT_PART: Final = re.compile(r"[(（](?:计量)?单位[:：]?[^()（）]{1,12}[)）]")


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One row: its name, the name of the group that a merged cell before it gives, its figures by column.

    `heads_group` is true for the row of a group itself, over the rows of its members.
    """

    name: str
    group: str
    figures: dict[int, float]
    decimals: dict[int, int]
    span: Span
    heads_group: bool = False


@dataclass(frozen=True, slots=True)
class FigureTable:
    """A table whose cells are mostly figures; `keys` and `parents` are heads by column, without and with their span."""

    heads: tuple[tuple[str, ...], ...]
    keys: dict[int, str]
    parents: dict[int, str]
    rows: tuple[FigureRow, ...]
    columns: tuple[int, ...]
    words: int

    @property
    def unit(self) -> str | None:
        """The unit that a head names."""
        return next((found for head in self.heads for cell in head if (found := find_unit(cell))), None)


def find_unit(text: str) -> str | None:
    """Return the unit that a line or a head names with 单位：, or None."""
    match = _UNIT.search(fold(text))
    return match.group(1) if match else None


def read_figure(text: str) -> tuple[float, int] | None:
    """Return the value and the number of decimals of a cell in one width, or None where it is no figure."""
    match = _FIGURE.match(text)
    if match is None:
        return None
    part = match["part"] or ""
    value = float(match["whole"].replace(",", "").replace("−", "-") + part)
    return value, max(0, len(part) - 1)


def is_figure_row(row: Row) -> bool:
    """Tell whether a row holds figures behind its name; a row of years is a head."""
    cells = [cell.text for cell in row.cells[1:]]
    figures = [text for text in cells if read_figure(text)]
    return bool(figures) and not all(_YEAR.match(text) for text in figures)


def read_figure_table(table: Sequence[Row]) -> FigureTable | None:
    """Return the rows of a table as figures, or None where no column is mostly figures."""
    first = next((index for index, row in enumerate(table) if is_figure_row(row)), len(table))
    body = [row for row in table[first:] if is_figure_row(row) and not _is_numbering(row)]
    if first == 0 or first > 4 or len(body) < 2:
        return None
    width = Counter(len(row.cells) for row in body).most_common(1)[0][0]
    aligned = [_align(row, width) for row in body]
    columns = _figure_columns(aligned, width)
    heads = _heads([row for row in table[:first] if not _is_numbering(row)], width)
    columns = [column for column in columns if not _is_serial(heads, aligned, column)]
    if not columns or not heads or columns[0] == 0:
        return None
    names = [column for column in range(columns[0]) if not _is_serial(heads, aligned, column)]
    if not names:
        return None
    keys, parents = _keys(heads, columns)
    others = [column for column in range(columns[0] + 1, width) if column not in columns]
    words = sum(1 for cells in aligned for column in others if len(cells[column].text) > 6)
    return FigureTable(
        tuple(tuple(row) for row in heads), keys, parents, _rows(body, aligned, names, columns), tuple(columns), words
    )


def _is_numbering(row: Row) -> bool:
    """A row of column numbers (1, 2, 3=1+2) or letters."""
    texts = [text for text in row.texts if text]
    plain = [text for text in texts if re.fullmatch(r"\d{1,2}|[A-Z甲乙丙丁]|\d{1,2}=[\d+\-*/()]+", text)]
    return len(texts) > 2 and len(plain) == len(texts) and texts[-1] in (str(len(texts)), str(len(texts) - 1))


def _align(row: Row, width: int) -> list[Cell]:
    """Cells of a row that is too short stand at the right, where the figures are; its name stays first."""
    cells = list(row.cells)
    empty = Cell("", "", Span(row.span.start, row.span.start))
    if len(cells) < width:
        return [cells[0], *[empty] * (width - len(cells)), *cells[1:]]
    return cells[:width]


def _figure_columns(rows: Sequence[Sequence[Cell]], width: int) -> list[int]:
    columns: list[int] = []
    for column in range(width):
        texts = [row[column].text for row in rows]
        figures = sum(1 for text in texts if read_figure(text))
        missing = sum(1 for text in texts if text in _MISSING)
        if figures and (figures + missing) >= 0.6 * len(texts) and figures * 4 >= len(texts):
            columns.append(column)
    return columns


def _is_serial(heads: Sequence[Sequence[str]], rows: Sequence[Sequence[Cell]], column: int) -> bool:
    if any(_SERIAL_HEAD.search(head[column]) for head in heads):
        return True
    values = [read_figure(row[column].text) for row in rows if row[column].text]
    numbers = [value[0] for value in values if value]
    return column == 0 and len(numbers) > 1 and numbers == [float(count + 1) for count in range(len(numbers))]


def _heads(rows: Sequence[Row], width: int) -> list[list[str]]:
    """Return the words of each head row by column; merged cells leave empty words behind them."""
    heads: list[list[str]] = []
    for index, row in enumerate(rows):
        words = [cell.printed for cell in row.cells]
        below = len(rows[index + 1].cells) if index + 1 < len(rows) else 0
        if len(words) < width and index == 0 and len(words) - 1 + below == width:
            merged = max(range(len(words)), key=lambda place: len(words[place]))
            heads.append([*words[: merged + 1], *[""] * (below - 1), *words[merged + 1 :]])
            children = [cell.printed for cell in rows[index + 1].cells]
            heads.append([*[""] * merged, *children, *[""] * (width - merged - below)])
            return heads
        missing = [""] * (width - len(words))
        heads.append(([*words, *missing] if index == 0 else [*missing, *words])[:width])
    return heads


def _keys(heads: Sequence[Sequence[str]], columns: Sequence[int]) -> tuple[dict[int, str], dict[int, str]]:
    """Return the lowest head of each column and the head over it; a key that several columns share is joined to it."""
    keys: dict[int, str] = {}
    parents: dict[int, str] = {}
    for column in columns:
        level = next((index for index in range(len(heads) - 1, -1, -1) if heads[index][column]), -1)
        keys[column] = _bare(heads[level][column]) if level >= 0 else ""
        parents[column] = next((word for index in range(level) if (word := _over(heads[index], column))), "")
    counts = Counter(keys.values())
    for column, key in keys.items():
        if counts[key] > 1 or not key:
            keys[column] = f"{_bare(parents[column])}·{key}".strip("·") or str(column + 1)
    again = Counter(keys.values())
    return {column: key if again[key] == 1 else f"{key}·{column + 1}" for column, key in keys.items()}, parents


def _over(head: Sequence[str], column: int) -> str:
    """The word of a head row that spans a column: its own, or the nearest before it."""
    return next((head[place] for place in range(column, -1, -1) if head[place]), "")


def _bare(head: str) -> str:
    return _UNIT_PART.sub("", head)


def _rows(
    body: Sequence[Row], aligned: Sequence[Sequence[Cell]], names: Sequence[int], columns: Sequence[int]
) -> tuple[FigureRow, ...]:
    rows: list[FigureRow] = []
    group = ""
    for index, (row, cells) in enumerate(zip(body, aligned, strict=True)):
        named = [cells[column].printed for column in names if cells[column].printed]
        if len(names) > 1 and cells[names[0]].printed:
            group = cells[names[0]].printed
        if not named and not cells[0].text:
            continue
        figures = {column: value for column in columns if (value := read_figure(cells[column].text))}
        rows.append(
            FigureRow(
                named[-1] if named else cells[0].printed,
                group if len(names) > 1 and named else "",
                {column: value for column, (value, _) in figures.items()},
                {column: decimals for column, (_, decimals) in figures.items()},
                row.span,
                _heads_group(aligned, index, names),
            )
        )
    return tuple(rows)


def _heads_group(rows: Sequence[Sequence[Cell]], index: int, names: Sequence[int]) -> bool:
    """Whether a row names only its group, and the row below only a member of it."""
    if len(names) < 2 or index + 1 >= len(rows):
        return False
    first, last = names[0], names[-1]
    own, below = rows[index], rows[index + 1]
    return bool(own[first].text and not own[last].text and below[last].text and not below[first].text)
