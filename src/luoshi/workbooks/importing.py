"""Reading a filled-in workbook or CSV file back, with everything that is wrong said row by row.

Stages: tell what the file is → grid of raw cells → header → merged cells filled down → rows of typed values. Nothing
here raises on a bad file: what is wrong comes back as issues, and the rows without errors come back as values.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from luoshi.workbooks.addresses import column_letters
from luoshi.workbooks.columns import Sheet
from luoshi.workbooks.csv_reader import read_csv
from luoshi.workbooks.grids import Grid
from luoshi.workbooks.header import Header, find_header
from luoshi.workbooks.issues import CellIssue, UnableToOpenFile, make_issue, shortened
from luoshi.workbooks.limits import DEFAULT_LIMITS, Limits
from luoshi.workbooks.merges import below_merged_titles, fill_merged
from luoshi.workbooks.rows import ParsedRow, read_rows
from luoshi.workbooks.xlsx_reader import read_xlsx

FileFormat = Literal["xlsx", "csv"]

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_SIGNATURES: Final = (
    (b"%PDF", "pdf_file"),
    (b"\x89PNG", "picture_file"),
    (b"\xff\xd8\xff", "picture_file"),
    (b"GIF8", "picture_file"),
    (b"Rar!", "archive_file"),
    (b"7z\xbc\xaf", "archive_file"),
    (b"\x1f\x8b", "archive_file"),
)
_WEB_PAGE: Final = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|meta|table|\?xml)", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class ImportResult:
    """What was found in a file.

    ``rows`` can be applied as they are; ``rejected_rows`` have at least one error. Both are in the order of the file.
    ``issues`` holds first those about the file and its columns, then those of the rows. When one of the former is an
    error, no row was read. ``columns`` are the keys present in the file; a row has values for exactly these, so
    what the file does not speak of is not mistaken for blank.
    """

    rows: tuple[ParsedRow, ...] = ()
    rejected_rows: tuple[ParsedRow, ...] = ()
    issues: tuple[CellIssue, ...] = ()
    columns: tuple[str, ...] = ()
    unknown_columns: tuple[str, ...] = ()
    missing_columns: tuple[str, ...] = ()
    file_format: FileFormat | None = None
    sheet_title: str = ""

    @property
    def has_errors(self) -> bool:
        """Return whether anything in the file keeps it, or a row of it, from being applied."""
        return any(issue.severity == "error" for issue in self.issues)

    @property
    def was_refused(self) -> bool:
        """Return whether the file as a whole was refused, so that no row was read."""
        return any(issue.severity == "error" and issue.row is None for issue in self.issues)

    @property
    def all_rows(self) -> tuple[ParsedRow, ...]:
        """Return accepted and rejected rows together, in the order of the file."""
        return tuple(sorted((*self.rows, *self.rejected_rows), key=lambda row: row.row_number))


def read_workbook(data: bytes, sheet: Sheet, *, limits: Limits = DEFAULT_LIMITS) -> ImportResult:
    """Return the rows and issues of an .xlsx or CSV file that was made from this sheet, or looks like it.

    What the file is is told from its content, never from a name. Columns are found by the hidden keys, or else by their
    titles. A file that cannot be read gives a result with an issue and no rows.
    """
    try:
        return _read(data, sheet, limits)
    except UnableToOpenFile as error:
        return ImportResult(issues=(make_issue(error.code, params=error.params),))


def _read(data: bytes, sheet: Sheet, limits: Limits) -> ImportResult:
    file_format, grids = _open_file(data, sheet, limits)
    grid, header = _choose_grid(grids, sheet)
    issues = [*_check_marks(header, sheet), *_check_columns(header, sheet)]
    rows: tuple[ParsedRow, ...] = ()
    if not any(issue.severity == "error" for issue in issues):
        header = below_merged_titles(grid, header)
        merged = fill_merged(grid, header, sheet, limits)
        rows, found = read_rows(grid=grid, header=header, sheet=sheet, merged=merged, from_csv=file_format == "csv")
        issues += found
    return ImportResult(
        rows=tuple(row for row in rows if row.is_valid),
        rejected_rows=tuple(row for row in rows if not row.is_valid),
        issues=tuple(issues),
        columns=tuple(column.key for column in sheet.columns if column.key in header.places),
        unknown_columns=tuple(str(shortened(title)) for title, _ in header.unknown),
        missing_columns=tuple(column.key for column in sheet.columns if column.key not in header.places),
        file_format=file_format,
        sheet_title=grid.name,
    )


def _open_file(data: bytes, sheet: Sheet, limits: Limits) -> tuple[FileFormat, list[Grid]]:
    if not data.strip():
        raise UnableToOpenFile("empty_file")
    if len(data) > limits.file_bytes:
        raise UnableToOpenFile("file_too_large", size=len(data), limit=limits.file_bytes)
    if data.startswith(b"PK"):
        return "xlsx", read_xlsx(data, limits)
    _refuse_other_formats(data)
    return "csv", [read_csv(data, sheet, limits)]


def _refuse_other_formats(data: bytes) -> None:
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise UnableToOpenFile("encrypted_file")
        raise UnableToOpenFile("old_workbook", found=".xls")
    for signature, code in _SIGNATURES:
        if data.startswith(signature):
            raise UnableToOpenFile(code)
    if _WEB_PAGE.match(data):
        raise UnableToOpenFile("web_page")


def _choose_grid(grids: list[Grid], sheet: Sheet) -> tuple[Grid, Header]:
    """Return the worksheet that is the list: the one with our hidden keys, else the one with most of its titles."""
    found = [(grid, header) for grid in grids if (header := find_header(grid.rows, sheet)) is not None]
    if not found:
        titles = "、".join(column.title for column in sheet.columns[:6])
        raise UnableToOpenFile("header_not_found", titles=titles)
    return max(found, key=lambda pair: (pair[1].marked_name == sheet.name, len(pair[1].places)))


def _check_marks(header: Header, sheet: Sheet) -> list[CellIssue]:
    if header.marked_name is None:
        return []
    if header.marked_name != sheet.name:
        return [make_issue("wrong_sheet", params={"found": header.marked_name, "expected": sheet.name})]
    if header.marked_version != str(sheet.version):
        versions: Mapping[str, str | int] = {"found": header.marked_version or "", "expected": sheet.version}
        return [make_issue("wrong_version", params=versions)]
    return []


def _check_columns(header: Header, sheet: Sheet) -> list[CellIssue]:
    issues = [
        make_issue("column_missing", params={"title": column.title}, column_key=column.key, column_title=column.title)
        for column in sheet.columns
        if column.required and column.key not in header.places
    ]
    for key, place in header.repeated:
        title = sheet.by_key[key].title
        issues.append(_about_column("column_repeated", title, place, key))
    issues += [_about_column("column_unknown", title, place, None) for title, place in header.unknown]
    return issues


def _about_column(code: str, title: str, place: int, key: str | None) -> CellIssue:
    return make_issue(code, params={"title": title}, column_key=key, column_title=title, cell=column_letters(place))
