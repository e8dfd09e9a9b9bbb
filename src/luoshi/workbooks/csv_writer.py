"""Writing rows as CSV that Excel opens with the right characters and runs nothing of."""

import csv
from collections.abc import Iterable, Iterator
from decimal import Decimal
from io import StringIO
from typing import Final

from luoshi.workbooks.columns import Sheet
from luoshi.workbooks.injection import neutralise_for_csv
from luoshi.workbooks.writing import Row, Written, written_value

_BYTE_ORDER_MARK: Final = "\ufeff"


def write_csv(sheet: Sheet, rows: Iterable[Row]) -> bytes:
    """Return the rows as CSV: UTF-8 with byte order mark, titles in the first row, lines ended by CR LF.

    :raises UnableToWriteWorkbook: when a value is not of its column's kind.
    """
    return b"".join(iter_csv(sheet, rows))


def iter_csv(sheet: Sheet, rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield the same bytes line by line, for a response that is streamed."""
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([neutralise_for_csv(column.title) for column in sheet.columns])
    yield (_BYTE_ORDER_MARK + _taken(buffer)).encode()
    for number, row in enumerate(rows, start=1):
        values = (written_value(column, row.get(column.key), row=number) for column in sheet.columns)
        writer.writerow([_csv_text(value) for value in values])
        yield _taken(buffer).encode()


def _taken(buffer: StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _csv_text(value: Written) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return neutralise_for_csv(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value).upper() if isinstance(value, bool) else str(value)
