"""What the workbooks room says about a file, in the reader's language, by code."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from luoshi.workbooks import CellIssue

MESSAGES: dict[str, str] = {
    "empty_file": _("The file is empty."),
    "file_too_large": _("The file has {size} bytes; at most {limit} bytes are read. Split it."),
    "unpacks_too_large": _("The workbook would unpack to more than {limit} bytes and was not opened."),
    "too_many_rows": _("There is content down to row {row}; at most {limit} rows are read. Split the file."),
    "too_many_columns": _("There is content as far as column {column}; at most {limit} columns are read."),
    "too_many_cells": _("The sheet {sheet} has more than {limit} cells. Delete what does not belong to the list."),
    "encrypted_file": _("The workbook is protected by a password for opening. Remove it and save again."),
    "macro_file": _("The workbook carries macros and was not opened. Save it as .xlsx without macros."),
    "old_workbook": _("The file is in the format {found}. Open it in Excel or WPS and save it as .xlsx."),
    "word_file": _("The file is a Word document. Choose an .xlsx or .csv file."),
    "presentation_file": _("The file is a presentation. Choose an .xlsx or .csv file."),
    "ofd_file": _("The file is an OFD document. Choose an .xlsx or .csv file."),
    "pdf_file": _("The file is a PDF. Choose an .xlsx or .csv file."),
    "picture_file": _("The file is a picture. Choose an .xlsx or .csv file."),
    "archive_file": _("The file is an archive. Unpack it and choose the .xlsx or .csv file inside."),
    "web_page": _("The file is a web page, whatever its name says. Open it in Excel or WPS and save it as .xlsx."),
    "binary_file": _("The file is neither a workbook nor text. Choose an .xlsx or .csv file."),
    "broken_workbook": _("The workbook is damaged and cannot be opened ({reason}). Save it again and retry."),
    "unknown_encoding": _("Line {line} is neither UTF-8 nor GB 18030 text. Save the file as CSV UTF-8."),
    "broken_csv": _("Line {line} cannot be divided into cells: a quotation mark is missing or misplaced."),
    "header_not_found": _("No row holds the column titles. Expected titles such as: {titles}."),
    "wrong_sheet": _("This workbook is for another list ({found}); expected was {expected}."),
    "wrong_version": _(
        "This workbook was made from version {found} of the template; the present version is {expected}. "
        "Export the list again and carry your entries over."
    ),
    "column_missing": _("The required column {title} is missing."),
    "column_repeated": _("The column {title} occurs more than once. Delete the one that does not belong."),
    "column_unknown": _("The column {title} is not part of this list; it was left out."),
    "no_rows": _("The file has the column titles but no filled-in row."),
    "required": _("This must be filled in."),
    "too_long": _("This has {length} characters; at most {limit} are allowed."),
    "not_a_number": _("{text} is not a number."),
    "not_whole": _("{text} is not a whole number."),
    "too_many_digits": _("This number has too many digits."),
    "too_many_decimals": _("{text} has more than {limit} decimal places."),
    "digits_lost": _(
        "{text} was typed as a number of more than 15 digits, so its last digits are lost. "
        "Format the cell as text and type it again."
    ),
    "digits_doubtful": _("{text} looks like a long number that was shortened when the file was saved as CSV."),
    "not_a_date": _("{text} is not a date. Write it like 2026-03-05."),
    "date_incomplete": _("{text} is not a full date: year, month and day are needed, like 2026-03-05."),
    "no_such_date": _("{text} does not exist in the calendar."),
    "not_a_choice": _("{text} is not one of the choices: {choices}."),
    "not_yes_or_no": _("{text} is neither yes nor no."),
    "cell_error": _("The cell shows the error {text} instead of a value."),
    "formula_without_value": _("The cell holds a formula whose result was not saved. Type the value itself."),
    "formula_value_used": _("{count} cells of this column hold formulas; their saved results were used."),
    "merged_filled_down": _("The merged cell {range} was read as the same value in each of its {rows} rows."),
    "merged_across": _("The merged cell {range} spans several columns. Unmerge it and fill in each cell."),
}


def in_words(issue: CellIssue) -> str:
    """Return what is wrong, with the parameters of the issue filled in."""
    params: dict[str, Any] = dict(issue.params)
    return gettext(MESSAGES[issue.code]).format(**params)
