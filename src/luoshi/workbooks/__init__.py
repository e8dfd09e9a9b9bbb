"""One description of columns: the Excel template, the export and the import with errors row by row; pure Python."""

from luoshi.workbooks.columns import Choices, Column, Kind, Sheet, Value
from luoshi.workbooks.csv_writer import iter_csv, write_csv
from luoshi.workbooks.importing import ImportResult, read_workbook
from luoshi.workbooks.issues import ISSUES, CellIssue, Severity
from luoshi.workbooks.limits import DEFAULT_LIMITS, Limits
from luoshi.workbooks.rows import ParsedRow
from luoshi.workbooks.writing import Row, UnableToWriteWorkbook
from luoshi.workbooks.xlsx_writer import write_workbook

__all__ = [
    "DEFAULT_LIMITS",
    "ISSUES",
    "CellIssue",
    "Choices",
    "Column",
    "ImportResult",
    "Kind",
    "Limits",
    "ParsedRow",
    "Row",
    "Severity",
    "Sheet",
    "UnableToWriteWorkbook",
    "Value",
    "iter_csv",
    "read_workbook",
    "write_csv",
    "write_workbook",
]
