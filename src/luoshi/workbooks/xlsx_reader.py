"""From the bytes of an .xlsx file to one grid for each visible worksheet."""

from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook

from luoshi.workbooks.grids import Grid
from luoshi.workbooks.issues import UnableToOpenFile
from luoshi.workbooks.limits import Limits
from luoshi.workbooks.packages import Package, open_package
from luoshi.workbooks.shared_texts import shared_text_lengths
from luoshi.workbooks.sheet_scan import SheetScan, scan_sheet
from luoshi.workbooks.values import Cell

_DAYS_TO_1904 = 1462


def read_xlsx(data: bytes, limits: Limits) -> list[Grid]:
    """Return the cells of every visible worksheet, with notes on formulas, errors and merged cells.

    Formulas are represented by their saved results. Nothing is ever calculated.

    :raises UnableToOpenFile: when the file is damaged, protected, dangerous or too large.
    """
    package = open_package(data, limits)
    shared = shared_text_lengths(package.shared_texts) if package.shared_texts else ()
    scans = [scan_sheet(part.xml, name=part.name, shared=shared, limits=limits) for part in package.sheets]
    tables = _tables(package)
    offset = _DAYS_TO_1904 if package.counts_from_1904 else 0
    return [
        Grid(name=part.name, rows=_reaching(rows, scan), serial_offset=offset, scan=scan)
        for part, scan, rows in zip(package.sheets, scans, tables, strict=True)
    ]


def _tables(package: Package) -> list[list[list[Cell]]]:
    try:
        with CalamineWorkbook.from_filelike(BytesIO(package.archive)) as workbook:
            return [
                [list(row) for row in workbook.get_sheet_by_name(part.name).to_python(skip_empty_area=False)]
                for part in package.sheets
            ]
    except (CalamineError, ValueError, OverflowError) as error:
        raise UnableToOpenFile("broken_workbook", reason=str(error)) from error
    except BaseException as error:
        # A panic inside the parser arrives as an exception that is deliberately not an Exception.
        if type(error).__name__ == "PanicException":
            raise UnableToOpenFile("broken_workbook", reason="unexpected content") from error
        raise


def _reaching(rows: list[list[Cell]], scan: SheetScan) -> list[list[Cell]]:
    """Return the rows, extended to the cells that the parser leaves out because they have no result."""
    for row, column in scan.without_result | scan.errors.keys():
        rows.extend([] for _ in range(row + 1 - len(rows)))
        rows[row].extend("" for _ in range(column + 1 - len(rows[row])))
    return rows
