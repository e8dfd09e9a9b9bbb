"""The rows that say which column is which: a hidden row of keys, and the row of titles below it.

A marker in the hidden row looks like ``luoshi/tasks/1/lead_unit/Lead unit``: list, version, key, and the title that was
printed below it. It survives saving as CSV and copying into another workbook, and is the same in every language.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from luoshi.standards.names import fold_name
from luoshi.workbooks.columns import Column, Sheet

SEARCHED_ROWS: Final = 20
REQUIRED_MARK: Final = " *"

_LONGEST_TITLE: Final = 1000
_PREFIX: Final = "luoshi"


@dataclass(frozen=True, kw_only=True)
class Header:
    """Where the columns stand; rows and columns are counted from 0.

    ``row`` is that of the titles or keys; ``places`` holds the columns found by key; ``unknown`` the titles of those
    that the sheet does not have, and ``repeated`` the keys found twice, each with its column. ``marked_name`` and
    ``marked_version`` come from the hidden row, if it is still there.
    """

    row: int
    first_data_row: int
    places: Mapping[str, int]
    unknown: tuple[tuple[str, int], ...] = ()
    repeated: tuple[tuple[str, int], ...] = ()
    marked_name: str | None = None
    marked_version: str | None = None


def marker_of(sheet: Sheet, column: Column) -> str:
    """Return the text of the hidden cell above a title."""
    return f"{_PREFIX}/{sheet.name}/{sheet.version}/{column.key}/{column.title}"


def find_header(rows: Sequence[Sequence[object]], sheet: Sheet) -> Header | None:
    """Return the header among the first rows: the hidden one, else the row that matches most titles or keys."""
    best: Header | None = None
    for index, row in enumerate(rows[:SEARCHED_ROWS]):
        texts = [cell if isinstance(cell, str) and len(cell) <= _LONGEST_TITLE else "" for cell in row]
        if any(_marker_parts(text) for text in texts):
            below = rows[index + 1] if index + 1 < len(rows) else ()
            return _header_from_markers(index, texts, [str(cell)[:_LONGEST_TITLE] for cell in below], sheet)
        header = _header_from_titles(index, texts, sheet)
        if best is None or len(header.places) > len(best.places):
            best = header
    # One matching title among many columns is a coincidence, not a header.
    if best is None or len(best.places) < min(2, len(sheet.columns)):
        return None
    return best


def _marker_parts(text: str) -> list[str] | None:
    parts = text.strip().split("/", 4)
    return parts if len(parts) == 5 and parts[0] == _PREFIX else None


def _header_from_markers(index: int, texts: Sequence[str], below: Sequence[str], sheet: Sheet) -> Header:
    markers = [(place, parts) for place, text in enumerate(texts) if (parts := _marker_parts(text))]
    titled = any(
        place < len(below) and _folded_title(below[place]) == _folded_title(parts[4]) for place, parts in markers
    )
    # Columns that somebody added beside ours have a title but no key.
    added = [
        (title.strip(), place)
        for place, title in enumerate(below if titled else ())
        if title.strip() and not (place < len(texts) and _marker_parts(texts[place]))
    ]
    named = [(parts[3], place, parts[4]) for place, parts in markers]
    places, unknown, repeated = _sort_out(named, sheet)
    return Header(
        row=index,
        first_data_row=index + (2 if titled else 1),
        places=places,
        unknown=(*unknown, *added),
        repeated=repeated,
        marked_name=markers[0][1][1],
        marked_version=markers[0][1][2],
    )


def _header_from_titles(index: int, texts: Sequence[str], sheet: Sheet) -> Header:
    keys = _keys_by_title(sheet)
    named = [
        (keys.get(_folded_title(text), ""), place, text.strip()) for place, text in enumerate(texts) if text.strip()
    ]
    places, unknown, repeated = _sort_out(named, sheet)
    return Header(row=index, first_data_row=index + 1, places=places, unknown=unknown, repeated=repeated)


def _sort_out(
    named: Sequence[tuple[str, int, str]], sheet: Sheet
) -> tuple[dict[str, int], tuple[tuple[str, int], ...], tuple[tuple[str, int], ...]]:
    places: dict[str, int] = {}
    unknown: list[tuple[str, int]] = []
    repeated: list[tuple[str, int]] = []
    known = sheet.by_key
    for key, place, title in named:
        if key not in known:
            unknown.append((title, place))
        elif key in places:
            repeated.append((key, place))
        else:
            places[key] = place
    return places, tuple(unknown), tuple(repeated)


def _keys_by_title(sheet: Sheet) -> dict[str, str]:
    """Return the keys by everything a column may be called; what comes later here wins over what comes before."""
    keys = {_folded_title(alias): column.key for column in sheet.columns for alias in column.aliases}
    keys |= {fold_name(column.key): column.key for column in sheet.columns}
    return keys | {_folded_title(column.title): column.key for column in sheet.columns}


def _folded_title(title: str) -> str:
    return fold_name(title).strip("*")
