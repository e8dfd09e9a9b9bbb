"""Read the manuscripts of demo documents that hold more than tasks: one line of text is one paragraph of print.

A line `@style words` sets its words in that style, any other line is a paragraph; `|` divides the lines of a block and
the cells of a table row. `# …` lines are remarks. What a reader should find in them is written down in the tests.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from luoshi.demo.sources import SOURCES, UnableToReadSource

STYLES = frozenset(
    {
        *("cover", "imprint", "contents", "item", "masthead", "number", "title", "centred", "to", "section", "chapter"),
        *("paragraph", "sign", "date", "note", "annexes", "plan_title", "annex", "annex_title", "unit", "colophon"),
        *("columns", "columns-end", "colbreak", "landscape", "leave", "resume", "table", "table-end"),
    }
)
SAME_AS_ABOVE = "^"


@dataclass(frozen=True, slots=True)
class Piece:
    """One block of a manuscript; `rows` are the cells of a table whose `lines` are the widths of its columns."""

    style: str
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def load_manuscript(name: str) -> list[Piece]:
    """Return the blocks of a manuscript, e.g. `gazette-2026-02`. Raises UnableToReadSource."""
    lines = (SOURCES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return list(_pieces([line for line in lines if line and not line.startswith("#")], name))


def _pieces(lines: list[str], where: str) -> Iterator[Piece]:
    table: Piece | None = None
    rows: list[tuple[str, ...]] = []
    for line in lines:
        piece = _piece(line, where)
        if table is None and piece.style != "table":
            yield piece
        elif table is None:
            table, rows = Piece("table", tuple(piece.lines[0].split())), []
        elif piece.style == "table-end":
            yield Piece("table", table.lines, tuple(rows))
            table = None
        else:
            rows.append(_row(line, table, where))
    if table is not None:
        raise UnableToReadSource(f"{where}: a table has no end")


def _piece(line: str, where: str) -> Piece:
    if not line.startswith("@"):
        return Piece("paragraph", (line,))
    style, _, words = line[1:].partition(" ")
    if style not in STYLES:
        raise UnableToReadSource(f"{where}: no such style: {style}")
    return Piece(style, tuple(words.split("|")) if words else ())


def _row(line: str, table: Piece, where: str) -> tuple[str, ...]:
    cells = tuple(line.split("|"))
    if len(cells) != len(table.lines):
        raise UnableToReadSource(f"{where}: {len(table.lines)} columns, but {len(cells)} cells: {line}")
    return cells
