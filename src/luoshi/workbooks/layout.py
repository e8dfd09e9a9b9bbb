"""How a written workbook looks and guides: widths, choice lists, hints while typing, and the printed page."""

import re
import unicodedata
from typing import Any, Final

from luoshi.workbooks.addresses import column_letters
from luoshi.workbooks.columns import Column, Kind, Sheet

_LISTS: Final = "_lists"
_LAST_ROW: Final = 1_048_575
_A4: Final = 9
_WIDTHS: Final = {
    Kind.TEXT: 24.0,
    Kind.INTEGER: 10.0,
    Kind.DECIMAL: 14.0,
    Kind.DATE: 12.0,
    Kind.CHOICE: 14.0,
    Kind.BOOLEAN: 8.0,
    Kind.LIST: 28.0,
}
_FORBIDDEN_IN_TAB: Final = re.compile(r"[\[\]:*?/\\]")
_LONGEST_TAB: Final = 31
_LONGEST_HINT_TITLE: Final = 32
_LONGEST_HINT: Final = 255
_LONGEST_PAGE_HEADER: Final = 120


def sheet_tab_name(title: str) -> str:
    """Return the title in the form that Excel accepts for a worksheet."""
    name = _FORBIDDEN_IN_TAB.sub(" ", title).strip().strip("'")[:_LONGEST_TAB].strip().strip("'")
    # Excel keeps the name History for itself.
    return "Sheet" if name.lower() in ("", "history", _LISTS) else name


def width_of(column: Column) -> float:
    """Return the width of a column in characters; a Chinese character takes two."""
    if column.width is not None:
        return column.width
    title = sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in column.title)
    return max(_WIDTHS[column.kind], title + 4.0)


def set_up_page(page: Any, sheet: Sheet, *, title_row: int) -> None:
    """Make the worksheet print on A4 landscape, as wide as the paper, with the titles on every page."""
    page.set_paper(_A4)
    page.set_landscape()
    page.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    page.fit_to_pages(1, 0)
    page.repeat_rows(title_row)
    page.set_header("&C" + sheet.title[:_LONGEST_PAGE_HEADER].replace("&", "&&"))
    page.set_footer("&C&P / &N")


def add_validations(workbook: Any, page: Any, sheet: Sheet, *, first_row: int) -> None:
    """Let Excel offer choices, refuse what cannot be right, and show the help of a column while typing."""
    sources = _write_choice_lists(workbook, sheet)
    for index, column in enumerate(sheet.columns):
        options = _validation(column, sources.get(column.key)) | _hint(column)
        if column.editable and len(options) > 1:
            page.data_validation(first_row, index, _LAST_ROW, index, options)


def _write_choice_lists(workbook: Any, sheet: Sheet) -> dict[str, str]:
    """Write the labels to a hidden worksheet and return where each column's are; typed-in lists may not be long."""
    offering = [column for column in sheet.columns if column.choices and column.kind is not Kind.LIST]
    if not offering:
        return {}
    lists = workbook.add_worksheet(_LISTS)
    lists.very_hidden()
    longest = max(len(column.choices) for column in offering)
    for row in range(longest):
        for place, column in enumerate(offering):
            if row < len(column.choices):
                lists.write_string(row, place, column.choices[row][1])
    return {
        column.key: f"={_LISTS}!${column_letters(place)}$1:${column_letters(place)}${len(column.choices)}"
        for place, column in enumerate(offering)
    }


def _validation(column: Column, source: str | None) -> dict[str, object]:
    if source is not None:
        return {"validate": "list", "source": source}
    if column.kind is Kind.INTEGER:
        return {"validate": "integer", "criteria": "between", "minimum": -(10**15) + 1, "maximum": 10**15 - 1}
    if column.kind is Kind.DECIMAL:
        return {"validate": "decimal", "criteria": "between", "minimum": -(10**15) + 1, "maximum": 10**15 - 1}
    if column.kind is Kind.TEXT and column.max_length is not None:
        return {"validate": "length", "criteria": "<=", "value": column.max_length}
    return {"validate": "any"}


def _hint(column: Column) -> dict[str, object]:
    if not column.help:
        return {}
    return {"input_title": column.title[:_LONGEST_HINT_TITLE], "input_message": column.help[:_LONGEST_HINT]}
