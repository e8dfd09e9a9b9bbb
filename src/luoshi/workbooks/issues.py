"""Every issue code of the workbooks room with its severity and English message.

Messages name their parameters in braces, so that the web layer can translate by code and fill in the same
parameters. Where an issue lies (row, column, cell) is kept beside the message, not in it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

Severity = Literal["error", "warning", "info"]

_E: Final[Severity] = "error"
_W: Final[Severity] = "warning"
_I: Final[Severity] = "info"

ISSUES: Final[dict[str, tuple[Severity, str]]] = {
    # The file cannot be opened: nothing of it is read.
    "empty_file": (_E, "The file is empty."),
    "file_too_large": (_E, "The file has {size} bytes; at most {limit} bytes are read. Split it."),
    "unpacks_too_large": (_E, "The workbook would unpack to more than {limit} bytes and was not opened."),
    "too_many_rows": (_E, "There is content down to row {row}; at most {limit} rows are read. Split the file."),
    "too_many_columns": (_E, "There is content as far as column {column}; at most {limit} columns are read."),
    "too_many_cells": (_E, "The sheet {sheet} has more than {limit} cells. Delete what does not belong to the list."),
    "encrypted_file": (_E, "The workbook is protected by a password for opening. Remove it and save again."),
    "macro_file": (_E, "The workbook carries macros and was not opened. Save it as .xlsx without macros."),
    "old_workbook": (_E, "The file is in the format {found}. Open it in Excel or WPS and save it as .xlsx."),
    "word_file": (_E, "The file is a Word document. Choose an .xlsx or .csv file."),
    "presentation_file": (_E, "The file is a presentation. Choose an .xlsx or .csv file."),
    "ofd_file": (_E, "The file is an OFD document. Choose an .xlsx or .csv file."),
    "pdf_file": (_E, "The file is a PDF. Choose an .xlsx or .csv file."),
    "picture_file": (_E, "The file is a picture. Choose an .xlsx or .csv file."),
    "archive_file": (_E, "The file is an archive. Unpack it and choose the .xlsx or .csv file inside."),
    "web_page": (_E, "The file is a web page, whatever its name says. Open it in Excel or WPS and save it as .xlsx."),
    "binary_file": (_E, "The file is neither a workbook nor text. Choose an .xlsx or .csv file."),
    "broken_workbook": (_E, "The workbook is damaged and cannot be opened ({reason}). Save it again and retry."),
    "unknown_encoding": (_E, "Line {line} is neither UTF-8 nor GB 18030 text. Save the file as CSV UTF-8."),
    "broken_csv": (_E, "Line {line} cannot be divided into cells: a quotation mark is missing or misplaced."),
    # The file was opened, but it is not the list that was asked for.
    "header_not_found": (_E, "No row holds the column titles. Expected titles such as: {titles}."),
    "wrong_sheet": (_E, "This workbook is for another list ({found}); expected was {expected}."),
    "wrong_version": (
        _E,
        "This workbook was made from version {found} of the template; the present version is {expected}. "
        "Export the list again and carry your entries over.",
    ),
    "column_missing": (_E, "The required column {title} is missing."),
    "column_repeated": (_E, "The column {title} occurs more than once. Delete the one that does not belong."),
    "column_unknown": (_W, "The column {title} is not part of this list; it was left out."),
    "no_rows": (_W, "The file has the column titles but no filled-in row."),
    # One cell.
    "required": (_E, "This must be filled in."),
    "too_long": (_E, "This has {length} characters; at most {limit} are allowed."),
    "not_a_number": (_E, "{text} is not a number."),
    "not_whole": (_E, "{text} is not a whole number."),
    "too_many_digits": (_E, "This number has too many digits."),
    "too_many_decimals": (_E, "{text} has more than {limit} decimal places."),
    "digits_lost": (
        _E,
        "{text} was typed as a number of more than 15 digits, so its last digits are lost. "
        "Format the cell as text and type it again.",
    ),
    "digits_doubtful": (_W, "{text} looks like a long number that was shortened when the file was saved as CSV."),
    "not_a_date": (_E, "{text} is not a date. Write it like 2026-03-05."),
    "date_incomplete": (_E, "{text} is not a full date: year, month and day are needed, like 2026-03-05."),
    "no_such_date": (_E, "{text} does not exist in the calendar."),
    "not_a_choice": (_E, "{text} is not one of the choices: {choices}."),
    "not_yes_or_no": (_E, "{text} is neither yes nor no."),
    "cell_error": (_E, "The cell shows the error {text} instead of a value."),
    "formula_without_value": (_E, "The cell holds a formula whose result was not saved. Type the value itself."),
    "formula_value_used": (_W, "{count} cells of this column hold formulas; their saved results were used."),
    "merged_filled_down": (_W, "The merged cell {range} was read as the same value in each of its {rows} rows."),
    "merged_across": (_E, "The merged cell {range} spans several columns. Unmerge it and fill in each cell."),
}

_SHOWN: Final = 60


@dataclass(frozen=True, kw_only=True)
class CellIssue:
    """One thing that is wrong or worth saying about a file, a column or a cell.

    ``row`` is the row number that Excel shows, ``cell`` its address such as "C5"; they are None and "" for an issue
    about the whole file or a whole column. ``column_title`` is the title in the reader's language.
    """

    code: str
    severity: Severity
    message: str
    params: Mapping[str, str | int] = field(default_factory=dict)
    row: int | None = None
    column_key: str | None = None
    column_title: str = ""
    cell: str = ""

    def __str__(self) -> str:
        place = " ".join(part for part in (self.cell, self.column_title) if part)
        return f"{place}: {self.message}" if place else self.message


class UnableToOpenFile(Exception):
    """The file as a whole cannot be read; carries the code and parameters of the issue to report."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


def make_issue(
    code: str,
    *,
    params: Mapping[str, str | int] | None = None,
    row: int | None = None,
    column_key: str | None = None,
    column_title: str = "",
    cell: str = "",
) -> CellIssue:
    """Return the issue of that code with its message filled in; long parameters are shortened.

    :raises KeyError: for a code that is not in ISSUES, or a parameter that its message needs and did not get.
    """
    severity, template = ISSUES[code]
    shown = {key: shortened(value) for key, value in (params or {}).items()}
    return CellIssue(
        code=code,
        severity=severity,
        message=template.format(**shown),
        params=shown,
        row=row,
        column_key=column_key,
        column_title=str(shortened(column_title)),
        cell=cell,
    )


def shortened(value: str | int) -> str | int:
    """Return a text short enough to be shown in a message; numbers are left alone."""
    if isinstance(value, str) and len(value) > _SHOWN:
        return value[: _SHOWN - 1] + "…"
    return value
