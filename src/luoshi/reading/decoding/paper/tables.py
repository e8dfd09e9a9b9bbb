"""Tables on paper as rows of cells: one way to hold them, however their cells were found."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from luoshi.reading.decoding.cell_text import ends_a_name
from luoshi.reading.decoding.paper.grids import Cell, Grid
from luoshi.reading.decoding.paper.sheets import Mark, Sheet
from luoshi.reading.decoding.paper.text_lines import TextLine, make_lines
from luoshi.reading.layout import Piece, PieceLine

_PADDING: Final = 5.5  # points that office programs keep free between a rule and the words, on each side
_ROOM: Final = 2.2  # a line with room for so many more characters was ended on purpose
_FEWEST_LETTERS: Final = 6
_NO_GAPS: Final = 1.04
_GAP: Final = 0.3  # of the height of the letters
_WIDER: Final = 3.0
_NOT_FIRST: Final = frozenset("，。、；：！？）〕】》”’,.;:!?)]")
_NOT_LAST: Final = frozenset("（〔【《“‘([")
_TAB: Final = Piece("\t")
BLANK: Final = Piece(" ")  # where one name or paragraph of a cell ends and another begins
UNDER_MERGED: Final = Piece("\u3000")  # stands in a cell that lies under a merged one; an empty cell holds nothing

CellPieces = list[Piece]


@dataclass(slots=True)
class Row:
    """The cells of one row from left to right; a merged cell stands where it begins, to its right it is empty.

    `merged` are the columns where the row lies under a cell that began in a row above it.
    """

    cells: list[CellPieces]
    merged: frozenset[int] = frozenset()

    @property
    def words(self) -> list[str]:
        """The text of each cell without white space."""
        return ["".join("".join(piece.text for piece in cell).split()) for cell in self.cells]

    def line(self) -> PieceLine:
        """Return the row as one line, its cells separated by tabs."""
        pieces: list[Piece] = []
        for column, cell in enumerate(self.cells):
            if column:
                pieces.append(_TAB)
            pieces.extend(cell or ([UNDER_MERGED] if column in self.merged else []))
        return tuple(pieces)


@dataclass(slots=True)
class Table:
    """A table on one page: where it stands, where each column begins, its rows; `ruled` where lines drew its cells."""

    page: int
    top: float
    bottom: float
    left: float
    right: float
    lefts: tuple[float, ...]
    rows: list[Row] = field(default_factory=list)
    ruled: bool = True


def ruled_table(sheet: Sheet, grid: Grid, marks: Sequence[Mark]) -> Table | None:
    """Return the table of a grid with the marks inside it; None where it only frames a text."""
    held = _by_cell(grid, marks)
    columns = sorted({cell.column for cell in grid.cells})
    if not held or (len(held) == 1 and len(columns) <= 2):
        return None
    rows: list[Row] = []
    for number in range(len(grid.ys) - 1):
        row = Row([[] for _ in columns], _under(grid, number, columns))
        for cell in (cell for cell in held if cell.row == number):
            width = grid.xs[cell.column_end] - grid.xs[cell.column]
            row.cells[columns.index(cell.column)] = cell_pieces(sheet, held[cell], width)
        if any(row.cells):
            rows.append(row)
    lefts = tuple(grid.xs[column] for column in columns)
    return Table(sheet.number, grid.ys[0], grid.ys[-1], grid.xs[0], grid.xs[-1], lefts, rows)


def cell_pieces(sheet: Sheet, marks: Sequence[Mark], width: float) -> CellPieces:
    """Return the words of a cell, a piece for each printed line; a blank stands where a line was ended on purpose."""
    pieces: CellPieces = []
    before: TextLine | None = None
    name = ""
    lines = make_lines(marks)
    widest = max((line.right - line.left for line in lines), default=0.0)
    for line in lines:
        if before is not None and (_ended_on_purpose(before, line, width, widest) or ends_a_name(name, line.text)):
            pieces.append(BLANK)
            name = ""
        for number, part in enumerate(_between_gaps(line)):
            if number and ends_a_name(name, part.text):
                pieces.append(BLANK)
                name = ""
            pieces.append(part.piece(sheet))
            name += part.text
        before = line
    return pieces


def _between_gaps(line: TextLine) -> list[TextLine]:
    """Cut a line where more is free than between its other letters: names may have nothing but blanks between them."""
    if len(line.marks) < _FEWEST_LETTERS or line.marks[-1].right - line.marks[0].left <= _NO_GAPS * sum(
        mark.right - mark.left for mark in line.marks
    ):
        return [line]
    gaps = sorted(after.left - before.right for before, after in pairwise(line.marks))
    free = max(_GAP * line.height, _WIDER * gaps[len(gaps) // 2])
    parts = [[line.marks[0]]]
    for before, after in pairwise(line.marks):
        if after.left - before.right > free:
            parts.append([])
        parts[-1].append(after)
    return [TextLine(tuple(part)) for part in parts]


def _ended_on_purpose(before: TextLine, line: TextLine, width: float, widest: float) -> bool:
    """Whether more words would have fitted on a line: what follows is then a paragraph, or a name, of its own."""
    if before.text[-1:].isascii() and line.text[:1].isascii():
        return before.text[-1:].isalnum() and line.text[:1].isalnum()
    first = line.marks[0]
    size = min(first.height, max(1.0, first.right - first.left)) if len(first.text) == 1 else first.height
    used = before.right - before.left
    needed = size * (1 + (line.text[1:2] in _NOT_FIRST) + (line.text[0] in _NOT_LAST))
    return width - 2 * _PADDING - used > _ROOM * size or widest - used >= 0.95 * needed


def _by_cell(grid: Grid, marks: Sequence[Mark]) -> dict[Cell, list[Mark]]:
    covering = {
        (row, column): cell
        for cell in grid.cells
        for row in range(cell.row, cell.row_end)
        for column in range(cell.column, cell.column_end)
    }
    held: dict[Cell, list[Mark]] = {}
    for mark in marks:
        place = grid.place(mark.centre, mark.middle)
        if place is not None:
            held.setdefault(covering[place], []).append(mark)
    return held


def _under(grid: Grid, number: int, columns: Sequence[int]) -> frozenset[int]:
    return frozenset(
        columns.index(cell.column) for cell in grid.cells if cell.row < number < cell.row_end and cell.column in columns
    )
