"""Tables of one task each, whose titles stand beside what they say: 任务名称 | …, 牵头单位 | … | 完成时限 | …

Such a card is turned into a table with one head and one row, so that it is read like any other.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from luoshi.reading.responsibilities.table_heads import kind_of_title, read_head
from luoshi.reading.responsibilities.table_rows import Row, TaskTable
from luoshi.reading.structure.provisions import join_text
from luoshi.reading.view import fold

_LONGEST_TITLE: Final = 10
_FIGURE: Final = re.compile(r"[\d.,%/年月日-]+")
_FEWEST_ROWS: Final = 2
_FEWEST_TITLES: Final = 3

Pair = tuple[int, int]


def find_cards(rows: Sequence[Row], title: str) -> list[TaskTable]:
    """Return the cards that rows hold; nothing where any row is none of a card."""
    cards: list[list[tuple[Row, list[Pair]]]] = []
    seen: set[str] = set()
    for row in rows:
        pairs = _pairs(row)
        if not pairs:
            if len(row.filled()) != 1:
                return []
            seen = set()  # a bar with the number of the card
            continue
        titles = {_title(row.texts[at]) for at, _ in pairs}
        if not seen or titles & seen:
            cards.append([])
            seen = set()
        seen |= titles
        cards[-1].append((row, pairs))
    tables = [_table(card, title) for card in cards]
    found = [table for table in tables if table is not None]
    return found if found and len(found) * 2 > len(tables) else []


def _title(cell: str) -> str:
    return join_text(fold(cell)).replace(" ", "").rstrip(":")


def _pairs(row: Row) -> list[Pair]:
    """Return the columns of each title and of what stands beside it; nothing where a row holds anything else."""
    filled = sorted(row.filled())
    if len(filled) % 2 and len(filled) > 1 and not kind_of_title(_title(row.texts[filled[0]])):
        return []
    pairs: list[Pair] = []
    position = 0
    known = 0
    while position < len(filled):
        at = filled[position]
        title = _title(row.texts[at])
        if not 1 < len(title) <= _LONGEST_TITLE or _FIGURE.fullmatch(title):
            return []
        known += bool(kind_of_title(title))
        if (len(filled) - position) % 2 and _holds_titles(row, filled[position:]):
            position += 1  # a title over the titles beside it
        elif position + 1 < len(filled) and filled[position + 1] == at + 1:
            pairs.append((at, at + 1))
            position += 2
        elif at + 1 < len(row.cells):
            position += 1  # a title with nothing beside it
        else:
            return []
    values = [value for _, value in pairs]
    if known == 0 or all(kind_of_title(_title(row.texts[value])) for value in values):
        return []
    return pairs


def _holds_titles(row: Row, filled: Sequence[int]) -> bool:
    return len(filled) > 2 and bool(kind_of_title(_title(row.texts[filled[1]])))


def _table(card: Sequence[tuple[Row, list[Pair]]], title: str) -> TaskTable | None:
    if len(card) < _FEWEST_ROWS:
        return None
    places = [(row, at, value) for row, pairs in card for at, value in pairs]
    titles = [_title(row.texts[at]) for row, at, _ in places]
    head = read_head([titles]) if len(titles) >= _FEWEST_TITLES else None
    if head is None:
        return None
    first, last = card[0][0].line, card[-1][0].line
    line = replace(first, end=last.end)
    cells = tuple(row.cells[value] for row, _, value in places)
    return TaskTable(head, (Row(line, cells, tuple(row.texts[value] for row, _, value in places)),), title, first.span)
