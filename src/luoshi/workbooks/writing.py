"""What is written into a cell for a value, the same for workbooks and CSV."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from luoshi.workbooks.columns import Column, Kind
from luoshi.workbooks.lists import join_list
from luoshi.workbooks.values import clean_text

Written = str | int | Decimal | date | bool | None
"""A value as it goes into a cell: choices as labels, lists joined, texts clean; None or "" leaves it blank."""

Row = Mapping[str, object]
"""Values by key of column; a missing key leaves the cell blank, other keys are ignored."""


class UnableToWriteWorkbook(Exception):
    """A value does not fit its column; row counts from 1 in the rows given, key names the column."""

    def __init__(self, *, row: int, key: str, reason: str) -> None:
        super().__init__(f"row {row}, column {key}: {reason}")
        self.row = row
        self.key = key
        self.reason = reason


def written_value(column: Column, value: object, *, row: int) -> Written:
    """Return what is written for a value; a choice no longer offered is written as its code.

    :raises UnableToWriteWorkbook: when the value is not of the column's kind.
    """
    if value is None or value == "":
        return None
    written = _WRITERS[column.kind](column, value)
    if written is None and not (column.kind is Kind.LIST and value in ([], ())):
        reason = f"{type(value).__name__} does not belong in a column of kind {column.kind}"
        raise UnableToWriteWorkbook(row=row, key=column.key, reason=reason)
    return written


def _write_text(_column: Column, value: object) -> Written:
    return clean_text(str(value))


def _write_integer(_column: Column, value: object) -> Written:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _write_decimal(_column: Column, value: object) -> Written:
    # Floats are refused: an amount that passed through one is no longer the amount.
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    return value if isinstance(value, Decimal) and value.is_finite() else None


def _write_date(_column: Column, value: object) -> Written:
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else None


def _write_choice(column: Column, value: object) -> Written:
    return clean_text(column.label_of(value)) if isinstance(value, str) else None


def _write_boolean(column: Column, value: object) -> Written:
    if not isinstance(value, bool):
        return None
    return column.label_of("true" if value else "false") if column.choices else value


def _write_list(column: Column, value: object) -> Written:
    if isinstance(value, str) or not isinstance(value, Iterable):
        return None
    items = [clean_text(column.label_of(str(item))) for item in value]
    return join_list((item for item in items if item), column.separator) or None


_WRITERS: Final[dict[Kind, Callable[[Column, object], Written]]] = {
    Kind.TEXT: _write_text,
    Kind.INTEGER: _write_integer,
    Kind.DECIMAL: _write_decimal,
    Kind.DATE: _write_date,
    Kind.CHOICE: _write_choice,
    Kind.BOOLEAN: _write_boolean,
    Kind.LIST: _write_list,
}
