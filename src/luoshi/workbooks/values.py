"""From what stands in a cell to a value of its column, or to the code of what is wrong with it."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from typing import Final

from luoshi.standards.names import fold_name
from luoshi.workbooks.columns import Column, Kind, Value
from luoshi.workbooks.injection import restore
from luoshi.workbooks.lists import split_list

Cell = str | int | float | bool | date | datetime | time | timedelta
"""What a file can hold in a cell; a blank one is ``""``, and text has been through ``clean_text``."""

# Excel keeps 15 significant digits; a longer number has already been changed by the time it is read.
EXACT_DIGITS: Final = 15

_EXACT: Final = 10**EXACT_DIGITS
_MOST_DIGITS: Final = 40
_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]*)?|[+-]?\.[0-9]+")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_DATE: Final = re.compile(
    r"([0-9]{4})(?:年|[-/.])([0-9]{1,2})(?:月|[-/.])([0-9]{1,2})[日号]?(?:T?0?0:00(?::00(?:\.0+)?)?)?"
)
_COMPACT_DATE: Final = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})")
_PART_OF_DATE: Final = re.compile(
    r"[0-9]{4}(?:年|[-/.])?(?:[0-9]{1,2}月?)?(?:初|[上中下]旬|底|末)?|[0-9]{1,2}月(?:[0-9]{1,2}[日号]|初|[上中下]旬|底|末)?"
)
_SERIAL: Final = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
# Numbers outside 1950 to 2099 are years, sizes or slips, not days counted by Excel.
_FIRST_SERIAL: Final = 18264
_LAST_SERIAL: Final = 73050
_SERIAL_DAY_0: Final = date(1899, 12, 30)
_YES: Final = frozenset({"是", "有", "对", "真", "√", "✓", "✔", "☑", "yes", "y", "true", "t", "1"})
_NO: Final = frozenset({"否", "无", "错", "假", "×", "✗", "✘", "☐", "no", "n", "false", "f", "0"})

CellReader = Callable[[Cell], Value]


class UnableToReadCell(Exception):
    """The cell does not hold a value of its column; carries the code and parameters of the issue to report."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


def make_reader(column: Column) -> CellReader:
    """Return the function that reads the cells of this column.

    It returns ``""``, ``()`` or None for a blank cell and otherwise a value of the column's kind.

    :raises UnableToReadCell: from the returned function, when the cell holds something else.
    """
    return _MAKERS[column.kind](column)


def clean_text(text: str) -> str:
    """Return the text with plain line ends, without control characters and without white space around it."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return (_CONTROL.sub("", text) if _CONTROL.search(text) else text).strip()


def shown(cell: Cell) -> str:
    """Return the cell as text, about as the spreadsheet shows it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) < _EXACT else f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def _make_text_reader(column: Column) -> CellReader:
    limit = column.max_length

    def read(cell: Cell) -> Value:
        text = _text(cell)
        if limit is not None and len(text) > limit:
            raise UnableToReadCell("too_long", length=len(text), limit=limit)
        return text

    return read


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return restore(cell)
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= _EXACT:
        raise UnableToReadCell("digits_lost", text=f"{cell:.15g}")
    return shown(cell)


def _make_integer_reader(_column: Column) -> CellReader:
    def read(cell: Cell) -> Value:
        number = _number(cell)
        if number is None:
            return None
        if number != number.to_integral_value():
            raise UnableToReadCell("not_whole", text=shown(cell))
        return int(number)

    return read


def _make_decimal_reader(column: Column) -> CellReader:
    limit = column.decimal_places

    def read(cell: Cell) -> Value:
        number = _number(cell)
        if number is not None and limit is not None and _places(number) > limit:
            raise UnableToReadCell("too_many_decimals", text=shown(cell), limit=limit)
        return number

    return read


def _places(number: Decimal) -> int:
    return len(f"{number:f}".partition(".")[2].rstrip("0"))


def _number(cell: Cell) -> Decimal | None:
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise UnableToReadCell("not_a_number", text=shown(cell))
    if isinstance(cell, str):
        return _number_from_text(cell)
    if not isfinite(cell):
        raise UnableToReadCell("not_a_number", text=shown(cell))
    if abs(cell) >= _EXACT:
        raise UnableToReadCell("digits_lost", text=f"{cell:.15g}")
    return Decimal(f"{cell:.15g}")


def _number_from_text(text: str) -> Decimal | None:
    compact = "".join(unicodedata.normalize("NFKC", restore(text)).split()).replace("−", "-")
    if not compact:
        return None
    if not _NUMBER.fullmatch(compact):
        raise UnableToReadCell("not_a_number", text=text)
    if len(compact) > _MOST_DIGITS:
        raise UnableToReadCell("too_many_digits")
    return Decimal(compact.replace(",", ""))


def _make_date_reader(_column: Column) -> CellReader:
    return _read_date


def _read_date(cell: Cell) -> Value:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise UnableToReadCell("not_a_date", text=shown(cell))
    text = "".join(unicodedata.normalize("NFKC", restore(shown(cell))).split())
    if not text:
        return None
    return _date_from_text(text)


def _date_from_text(text: str) -> date:
    match = _DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text)
    if match is not None:
        return _real_date(text, int(match[1]), int(match[2]), int(match[3]))
    if _PART_OF_DATE.fullmatch(text) and not _is_serial(text):
        raise UnableToReadCell("date_incomplete", text=text)
    if _is_serial(text):
        return _SERIAL_DAY_0 + timedelta(days=int(float(text)))
    raise UnableToReadCell("not_a_date", text=text)


def _real_date(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise UnableToReadCell("no_such_date", text=text) from None


def _is_serial(text: str) -> bool:
    return _SERIAL.fullmatch(text) is not None and _FIRST_SERIAL <= float(text) < _LAST_SERIAL + 1


def _make_choice_reader(column: Column) -> CellReader:
    code_of = _code_finder(column)

    def read(cell: Cell) -> Value:
        text = _text(cell)
        return code_of(text) if text else None

    return read


def _code_finder(column: Column) -> Callable[[str], str]:
    codes = {fold_name(code): code for code, _ in column.choices}
    codes |= {fold_name(label): code for code, label in column.choices}
    labels = "、".join(label for _, label in column.choices)
    seen: dict[str, str] = {}

    def code_of(text: str) -> str:
        if text not in seen:
            folded = fold_name(text)
            if folded not in codes:
                raise UnableToReadCell("not_a_choice", text=text, choices=labels)
            seen[text] = codes[folded]
        return seen[text]

    return code_of


def _make_boolean_reader(column: Column) -> CellReader:
    yes = _YES | {fold_name(label) for code, label in column.choices if code == "true"}
    no = _NO | {fold_name(label) for code, label in column.choices if code == "false"}

    def read(cell: Cell) -> Value:
        if isinstance(cell, bool):
            return cell
        text = fold_name(_text(cell))
        if not text:
            return None
        if text not in yes and text not in no:
            raise UnableToReadCell("not_yes_or_no", text=shown(cell))
        return text in yes

    return read


def _make_list_reader(column: Column) -> CellReader:
    code_of = _code_finder(column) if column.choices else None
    # The same units stand in row after row; dividing their names again is most of the work.
    seen: dict[str, tuple[str, ...]] = {}

    def read(cell: Cell) -> Value:
        text = _text(cell)
        if text not in seen:
            items = split_list(text, column.separator)
            _check_lengths(items, column.max_length)
            seen[text] = tuple(code_of(item) for item in items) if code_of else items
        return seen[text]

    return read


def _check_lengths(items: tuple[str, ...], limit: int | None) -> None:
    longest = max(map(len, items), default=0)
    if limit is not None and longest > limit:
        raise UnableToReadCell("too_long", length=longest, limit=limit)


_MAKERS: Final[dict[Kind, Callable[[Column], CellReader]]] = {
    Kind.TEXT: _make_text_reader,
    Kind.INTEGER: _make_integer_reader,
    Kind.DECIMAL: _make_decimal_reader,
    Kind.DATE: _make_date_reader,
    Kind.CHOICE: _make_choice_reader,
    Kind.BOOLEAN: _make_boolean_reader,
    Kind.LIST: _make_list_reader,
}
