"""A table of raw cells, the common form of a worksheet and of a CSV file."""

from dataclasses import dataclass, field

from luoshi.workbooks.sheet_scan import SheetScan
from luoshi.workbooks.values import Cell


@dataclass(kw_only=True)
class Grid:
    """Rows of raw cells as they stand in the file, the first row first; a blank cell is ``""``.

    ``serial_offset`` is added to a bare number that stands for a day, for workbooks that count days from 1904.
    """

    name: str
    rows: list[list[Cell]]
    serial_offset: int = 0
    scan: SheetScan = field(default_factory=SheetScan)
