"""Writing rows as an .xlsx workbook that can be filled in, printed and read back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any, Final

from xlsxwriter import Workbook

from luoshi.workbooks.columns import Column, Kind, Sheet
from luoshi.workbooks.header import REQUIRED_MARK, marker_of
from luoshi.workbooks.injection import looks_like_formula, neutralise_for_workbook
from luoshi.workbooks.layout import add_validations, set_up_page, sheet_tab_name, width_of
from luoshi.workbooks.values import EXACT_DIGITS
from luoshi.workbooks.writing import Row, UnableToWriteWorkbook, Written, written_value

KEY_ROW: Final = 0
TITLE_ROW: Final = 1
FIRST_DATA_ROW: Final = 2

_EPOCH: Final = datetime(1980, 1, 1, tzinfo=UTC)
_LONGEST_TEXT: Final = 32_767
# Excel takes 1900 for a leap year, so its first two months are a day off.
_FIRST_EXCEL_DATE: Final = date(1900, 3, 1)
_LOCKED_OPTIONS: Final = {
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "delete_rows": True,
    "sort": True,
    "autofilter": True,
}
_NUMBER_FORMATS: Final = {Kind.TEXT: "@", Kind.LIST: "@", Kind.CHOICE: "@", Kind.INTEGER: "0", Kind.DATE: "yyyy-mm-dd"}


def write_workbook(sheet: Sheet, rows: Iterable[Row], *, protect: bool = True, created_at: datetime = _EPOCH) -> bytes:
    """Return an .xlsx workbook with one list; without rows it is the template to fill in.

    The first row is hidden and holds the keys, the second the titles. With ``protect`` the header and the columns that
    are not editable are locked (there is no password: it guards against slips, not against intent). The same arguments
    always give the same bytes. Rows are written as they come, so a generator need not fit into memory.

    :raises UnableToWriteWorkbook: when a value is not of its column's kind, or a text too long for a cell.
    """
    target = BytesIO()
    with Workbook(target, {"constant_memory": True, "strings_to_urls": False}) as workbook:
        workbook.set_properties({"title": sheet.title, "created": created_at.replace(tzinfo=None)})
        page = workbook.add_worksheet(sheet_tab_name(sheet.title))
        formats = [_formats(workbook, column) for column in sheet.columns]
        _write_header(workbook, page, sheet, formats)
        last_row = _write_rows(page, sheet, rows, formats)
        page.autofilter(TITLE_ROW, 0, max(last_row, FIRST_DATA_ROW), len(sheet.columns) - 1)
        add_validations(workbook, page, sheet, first_row=FIRST_DATA_ROW)
        set_up_page(page, sheet, title_row=TITLE_ROW)
        page.freeze_panes(FIRST_DATA_ROW, sheet.frozen_columns)
        if protect:
            page.protect("", _LOCKED_OPTIONS)
    return target.getvalue()


@dataclass(frozen=True, kw_only=True)
class _Formats:
    """The formats of one column: of cells not yet filled, of written cells, of texts that look like formulas."""

    blank: Any
    plain: Any
    quoted: Any


def _formats(workbook: Any, column: Column) -> _Formats:
    base: dict[str, object] = {"text_wrap": True, "valign": "top"}
    base |= {"locked": False} if column.editable else {"bg_color": "#F2F2F2", "font_color": "#595959"}
    number_format = _NUMBER_FORMATS.get(column.kind)
    if column.kind is Kind.DECIMAL and column.decimal_places is not None:
        number_format = "#,##0." + "0" * column.decimal_places if column.decimal_places else "#,##0"
    blank = base | ({"num_format": number_format} if number_format else {})
    plain = blank | {"border": 1, "border_color": "#BFBFBF"}
    return _Formats(
        blank=workbook.add_format(blank),
        plain=workbook.add_format(plain),
        quoted=workbook.add_format(plain | {"num_format": "@", "quote_prefix": True}),
    )


def _write_header(workbook: Any, page: Any, sheet: Sheet, formats: list[_Formats]) -> None:
    style: dict[str, object] = {"bold": True, "text_wrap": True, "valign": "vcenter", "align": "center", "border": 1}
    plain = workbook.add_format(style | {"bg_color": "#DCE6F1"})
    locked = workbook.add_format(style | {"bg_color": "#D9D9D9"})
    for index, (column, cells) in enumerate(zip(sheet.columns, formats, strict=True)):
        # The format of the whole column is what a row typed below the last one gets.
        page.set_column(index, index, width_of(column), cells.blank)
    page.set_row(KEY_ROW, None, None, {"hidden": True})
    for index, column in enumerate(sheet.columns):
        page.write_string(KEY_ROW, index, marker_of(sheet, column))
    for index, column in enumerate(sheet.columns):
        title = column.title + (REQUIRED_MARK if column.required else "")
        page.write_string(TITLE_ROW, index, title, plain if column.editable else locked)


def _write_rows(page: Any, sheet: Sheet, rows: Iterable[Row], formats: list[_Formats]) -> int:
    """Write the rows and return the index of the last one."""
    index = TITLE_ROW
    for number, row in enumerate(rows, start=1):
        index = TITLE_ROW + number
        for place, (column, cells) in enumerate(zip(sheet.columns, formats, strict=True)):
            value = written_value(column, row.get(column.key), row=number)
            if isinstance(value, str) and len(value) > _LONGEST_TEXT:
                reason = f"{len(value)} characters; a cell holds at most {_LONGEST_TEXT}"
                raise UnableToWriteWorkbook(row=number, key=column.key, reason=reason)
            _write_cell(page, index, place, value, cells)
    return index


def _write_cell(page: Any, row: int, place: int, value: Written, cells: _Formats) -> None:
    if value is None or value == "":
        page.write_blank(row, place, None, cells.plain)
    elif isinstance(value, str):
        style = cells.quoted if looks_like_formula(value) else cells.plain
        page.write_string(row, place, neutralise_for_workbook(value), style)
    elif isinstance(value, bool):
        page.write_boolean(row, place, value, cells.plain)
    elif isinstance(value, date):
        _write_date(page, row, place, value, cells)
    else:
        _write_number(page, row, place, value, cells)


def _write_date(page: Any, row: int, place: int, value: date, cells: _Formats) -> None:
    if value < _FIRST_EXCEL_DATE:
        page.write_string(row, place, value.isoformat(), cells.quoted)
    else:
        page.write_datetime(row, place, value, cells.plain)


def _write_number(page: Any, row: int, place: int, value: int | Decimal, cells: _Formats) -> None:
    number = Decimal(value)
    if len(number.as_tuple().digits) > EXACT_DIGITS or abs(number) >= 10**EXACT_DIGITS:
        # As a number it would lose its last digits.
        page.write_string(row, place, f"{number:f}", cells.quoted)
    else:
        page.write_number(row, place, float(number), cells.plain)
