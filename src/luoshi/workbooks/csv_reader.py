"""From the bytes of a CSV file to a grid, whatever its encoding and separator."""

import codecs
import csv
from collections.abc import Iterator
from io import StringIO
from itertools import islice
from typing import Final

from luoshi.workbooks.addresses import column_letters
from luoshi.workbooks.columns import Sheet
from luoshi.workbooks.grids import Grid
from luoshi.workbooks.header import SEARCHED_ROWS, find_header
from luoshi.workbooks.issues import UnableToOpenFile
from luoshi.workbooks.limits import Limits
from luoshi.workbooks.values import Cell

_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS: Final = ",\t;"


def read_csv(data: bytes, sheet: Sheet, limits: Limits) -> Grid:
    """Return the cells of a CSV file as text.

    UTF-8 (with or without byte order mark), UTF-16 with one, and GB 18030 are told apart by content; so are commas,
    tabs and semicolons, by which of them makes more of the sheet's titles appear.

    :raises UnableToOpenFile: when the bytes are no text, or cannot be divided into cells.
    """
    text = decode(data)
    delimiter = max(_DELIMITERS, key=lambda mark: _titles_found(text, mark, sheet))
    rows: list[list[Cell]] = []
    for number, row in enumerate(_records(text, delimiter), start=1):
        filled = any(row)
        if filled:
            _check_size(number, row, limits)
        # What lies beyond the limit is blank, or has just been refused: it need not be kept.
        if number <= limits.rows + SEARCHED_ROWS:
            rows.append(list(row[: limits.columns]) if filled else [])
    return Grid(name="", rows=rows)


def decode(data: bytes) -> str:
    """Return the text of a CSV file.

    :raises UnableToOpenFile: naming the first line that is neither UTF-8 nor GB 18030.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decoded(data, (encoding,))
    if b"\x00" in data:
        raise UnableToOpenFile("binary_file")
    return _decoded(data, ("utf-8", "gb18030"))


def _decoded(data: bytes, encodings: tuple[str, ...]) -> str:
    farthest = 0
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            farthest = max(farthest, error.start)
    # The encoding that got farthest is most likely the one that was meant.
    raise UnableToOpenFile("unknown_encoding", line=data.count(b"\n", 0, farthest) + 1)


def _titles_found(text: str, delimiter: str, sheet: Sheet) -> int:
    try:
        header = find_header(list(islice(_records(text, delimiter), SEARCHED_ROWS + 1)), sheet)
    except UnableToOpenFile:
        return 0
    return len(header.places) if header else 0


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise UnableToOpenFile("broken_csv", line=reader.line_num) from error


def _check_size(number: int, row: list[str], limits: Limits) -> None:
    if number > limits.rows + SEARCHED_ROWS:
        raise UnableToOpenFile("too_many_rows", row=number, limit=limits.rows)
    if any(row[limits.columns :]):
        raise UnableToOpenFile("too_many_columns", column=column_letters(len(row) - 1), limit=limits.columns)
