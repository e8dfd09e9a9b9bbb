"""Tables that run over pages: heads printed again leave, and the rest of a row that a page cut joins its beginning."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from luoshi.reading.decoding.cell_text import ends_a_name
from luoshi.reading.decoding.paper.pages import Block
from luoshi.reading.decoding.paper.tables import BLANK, CellPieces, Row, Table
from luoshi.reading.decoding.paper.text_lines import TextLine
from luoshi.reading.layout import Piece
from luoshi.reading.responsibilities.names import is_whole_unit
from luoshi.reading.view import fold

_FURNITURE: Final = re.compile(
    r"[-—–―－·.]{0,2}\d{1,4}[-—–―－·.]{0,2}|第\d{1,4}页(?:[,，/]?共\d{1,4}页)?|\d{1,4}/\d{1,4}|[(（]?(?:续表|续上表|接上表|续)[)）]?"
)
_NUMBER: Final = re.compile(r"[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）.．、]?")
_NUMBER_TITLE: Final = re.compile(r"(?:项目|任务|目标|事项)?(?:序号|编号)|号")
_FINISHED: Final = re.compile(r"[。；;！!？?]$")
_AS_ABOVE: Final = ("同上", "同前", "-", "/", "—", "无", "")
_NAMES: Final = re.compile(r"[、,;]")
_MAY_BE_EMPTY: Final = re.compile(r"配合|协办|协同|协作|协助|参与|参加|备注|说明")
_SHORTEST: Final = 3
_APART: Final = 12.0  # points by which the columns of one table may differ between pages
_MOST_HEAD_ROWS: Final = 3
_FEWEST_ROWS: Final = 3


@dataclass(slots=True)
class _Chain:
    """A table so far, over all its pages."""

    first: Table
    rows: list[Row]
    number: int | None

    @property
    def last(self) -> Row:
        return self.rows[-1]


def join_tables(pages: Sequence[list[Block]]) -> int:
    """Join the tables of following pages where they are one, changing the pages; return how many heads left."""
    repeated = _repeated(pages)
    heads = 0
    chain: _Chain | None = None
    for blocks in pages:
        table = _first_table(blocks, repeated)
        if chain is not None and table is not None and _goes_on(chain, table):
            again = _repeated_head(chain, table)
            heads += again
            _continue(chain, table, again)
            if not table.rows:
                blocks.remove(table)
            if _last_table(blocks, repeated) is None and any(not _is_furniture(block, repeated) for block in blocks):
                chain = None
                continue
            if not table.rows or _last_table(blocks, repeated) is table:
                continue
        last = _last_table(blocks, repeated)
        chain = _Chain(last, list(last.rows), _number_column(last)) if last is not None else None
    return heads


def _repeated(pages: Sequence[list[Block]]) -> frozenset[str]:
    """The words, figures aside, of lines at the edge of at least three pages."""
    counts: dict[str, int] = {}
    for blocks in pages:
        edges = [block for block in [*blocks[:2], *blocks[-2:]] if isinstance(block, TextLine)]
        for key in {_key(line) for line in edges}:
            counts[key] = counts.get(key, 0) + 1
    return frozenset(key for key, count in counts.items() if count >= 3)


def _key(line: TextLine) -> str:
    return re.sub(r"[\d\s]+", "", line.text)


def _is_furniture(block: Block, repeated: frozenset[str]) -> bool:
    if isinstance(block, Table):
        return False
    return _key(block) in repeated or _FURNITURE.fullmatch("".join(block.text.split())) is not None


def _first_table(blocks: Sequence[Block], repeated: frozenset[str]) -> Table | None:
    for block in blocks:
        if isinstance(block, Table):
            return block
        if not _is_furniture(block, repeated):
            return None
    return None


def _last_table(blocks: Sequence[Block], repeated: frozenset[str]) -> Table | None:
    return _first_table(blocks[::-1], repeated)


def _number_column(table: Table) -> int | None:
    """Return the column of numbers: the one whose title says so, else a first column that holds little else."""
    for row in table.rows[:_MOST_HEAD_ROWS]:
        for column, word in enumerate(row.words):
            if _NUMBER_TITLE.fullmatch(word):
                return column
    first = [row.words[0] for row in table.rows]
    numbers = sum(1 for word in first if _NUMBER.fullmatch(word))
    return 0 if numbers >= 2 and numbers * 3 >= len(first) * 2 else None


def _goes_on(chain: _Chain, table: Table) -> bool:
    """Whether a table repeats the head of the one before, or has none and its columns stand where those do."""
    if _repeated_head(chain, table):
        return True
    first = chain.first
    if first.ruled != table.ruled or _looks_like_head(table.rows[0]) or abs(first.right - table.right) > 2 * _APART:
        return False
    return all(any(abs(left - other) <= _APART for other in first.lefts) for left in table.lefts)


def _looks_like_head(row: Row) -> bool:
    return any(_NUMBER_TITLE.fullmatch(word) for word in row.words)


def _repeated_head(chain: _Chain, table: Table) -> int:
    """Return how many rows at the top of a table repeat the head of the one before."""
    count = 0
    for row, head in zip(table.rows[:_MOST_HEAD_ROWS], chain.first.rows, strict=False):
        words = [word for word in row.words if word]
        if not words or words != [word for word in head.words if word]:
            break
        count += 1
    return count


def _continue(chain: _Chain, table: Table, again: int) -> None:
    rows = [_aligned(chain.first, table, row) for row in table.rows[again:]]
    if rows and _is_rest(chain, rows[0]):
        for cell, more in zip(chain.last.cells, rows.pop(0).cells, strict=True):
            _extend(cell, more)
    if rows:
        _take_cut_names(chain, rows[0])
        rows[0].merged |= _under_cut_cells(chain, rows[0])
    table.rows, table.lefts = rows, chain.first.lefts
    chain.rows.extend(rows)


def _extend(cell: CellPieces, more: CellPieces) -> None:
    """Put the rest of a cell behind its beginning, with a blank where one name ends and another begins."""
    if cell and more and ends_a_name(_last_name(cell), more[0].text):
        cell.append(BLANK)
    cell.extend(more)


def _take_cut_names(chain: _Chain, row: Row) -> None:
    """Give the last row of the page before the rest of a name that a page cut: its merged cell goes on over this row.

    Only in columns of units, where the cell above ends in the middle of a name.
    """
    for column, (cell, more) in enumerate(zip(chain.last.cells, row.cells, strict=True)):
        if not cell or not more or is_whole_unit(_last_name(cell)) or _last_name(cell) in _AS_ABOVE:
            continue
        others = [other.cells[column] for other in chain.rows[1:-1] if other.cells[column]]
        if len(others) < _FEWEST_ROWS or not all(is_whole_unit(_last_name(other)) for other in others):
            continue
        rest = _NAMES.split(_words(more))[0]
        if not is_whole_unit(_last_name(cell) + rest) or (len(rest) > _SHORTEST and is_whole_unit(rest)):
            continue
        _extend(cell, more)
        row.cells[column] = []
        row.merged |= {column}


def _last_name(cell: CellPieces) -> str:
    return _NAMES.split(_words(cell))[-1]


def _words(cell: CellPieces) -> str:
    return fold("".join("".join(piece.text for piece in cell).split()))


def _aligned(first: Table, table: Table, row: Row) -> Row:
    """Put the cells of a row under the columns of the table before: a page may lack some of its rules."""
    if len(table.lefts) == len(first.lefts):
        return row
    cells: list[list[Piece]] = [[] for _ in first.lefts]
    merged: set[int] = set()
    for index, (left, cell) in enumerate(zip(table.lefts, row.cells, strict=True)):
        place = min(range(len(first.lefts)), key=lambda at: abs(first.lefts[at] - left))
        cells[place].extend(cell)
        if index in row.merged:
            merged.add(place)
    return Row(cells, frozenset(merged))


def _is_rest(chain: _Chain, row: Row) -> bool:
    """Whether the first row of a page is what a page break cut off from the last row of the page before."""
    words, last = row.words, chain.last.words
    number = chain.number
    if number is None:
        return _lacks_cells(chain, words)
    if words[number]:
        # A number set in the middle of a row that a page cut may stand on its second half.
        return (
            not last[number] and number not in chain.last.merged and not _merges_numbers(chain) and len(chain.rows) > 1
        )
    return not _merges_numbers(chain) or _lacks_cells(chain, words)


def _under_cut_cells(chain: _Chain, row: Row) -> frozenset[int]:
    """Return the empty columns of a page's first row that lie under a merged cell of the page before.

    A merged cell has no words on its second page. Its column has merged cells elsewhere, or is never empty otherwise.
    """
    if len(chain.rows) < 2:
        return frozenset()
    empty = [column for column, cell in enumerate(row.cells) if not cell]
    merging = {column for other in chain.rows[1:] for column in other.merged}
    titles = chain.first.rows[0].words
    always = {
        column
        for column in empty
        if not _MAY_BE_EMPTY.search(titles[column]) and all(other.cells[column] for other in chain.rows[1:])
    }
    return frozenset(column for column in empty if column in merging or column in always)


def _merges_numbers(chain: _Chain) -> bool:
    return any(chain.number in row.merged for row in chain.rows)


def _lacks_cells(chain: _Chain, words: Sequence[str]) -> bool:
    """Whether a row has nothing where all rows before it have something, and runs on from the last of them."""
    body = [row.words for row in chain.rows[1:] if sum(map(bool, row.words)) > 1]  # no bars
    if len(body) < _FEWEST_ROWS:
        return sum(1 for word in words if word) * 2 <= len(words)
    always = [column for column in range(len(words)) if all(row[column] for row in body)]
    if always and all(words[column] for column in always):
        return False
    filled = [column for column, word in enumerate(words) if word]
    longest = max(filled, key=lambda column: len(body[-1][column]), default=0)
    unfinished = not _FINISHED.search(body[-1][longest])
    return unfinished or (bool(always) and len(filled) * 2 <= len(words))
