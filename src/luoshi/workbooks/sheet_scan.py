"""What the cells of a worksheet do not say by their values: formulas, errors, merged cells, and how far they reach.

Reads: the XML of one worksheet. Gives: where those are. It also guards the parser that comes after it, which lays out
every row up to the farthest cell in memory: one stray cell at XFD1048576 must be refused before that.
"""

import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final

from lxml import etree

from luoshi.workbooks.addresses import column_letters, parse_address
from luoshi.workbooks.header import SEARCHED_ROWS
from luoshi.workbooks.issues import UnableToOpenFile
from luoshi.workbooks.limits import Limits

_TAGS: Final = ("{*}c", "{*}row", "{*}mergeCell")
_ROW_NUMBER: Final = re.compile(r"[1-9][0-9]{0,6}")

Place = tuple[int, int]
"""Row and column, counted from 0."""


@dataclass(frozen=True, kw_only=True)
class Merge:
    """A merged range: its first and last row and column, counted from 0, and its address."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int
    address: str


@dataclass(kw_only=True)
class SheetScan:
    """Cells with formulas (and those whose result is missing), cells that show an error, and merged ranges."""

    formulas: set[Place] = field(default_factory=set)
    without_result: set[Place] = field(default_factory=set)
    errors: dict[Place, str] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)


def scan_sheet(xml: bytes, *, name: str, limits: Limits) -> SheetScan:
    """Return what stands in the XML of one worksheet beside the values.

    :raises UnableToOpenFile: when the XML is damaged, or cells reach beyond the limits.
    """
    scan = SheetScan()
    walk = _Walk(scan, name, limits)
    try:
        for event, element in etree.iterparse(
            BytesIO(xml), ("start", "end"), tag=_TAGS, resolve_entities=False, no_network=True
        ):
            walk.visit(event, element)
    except etree.XMLSyntaxError as error:
        raise UnableToOpenFile("broken_workbook", reason=str(error)) from error
    return scan


class _Walk:
    """One pass over the cells; a cell without an address follows the one before it."""

    def __init__(self, scan: SheetScan, name: str, limits: Limits) -> None:
        self.scan = scan
        self.name = name
        self.limits = limits
        self.row = -1
        self.column = 0
        self.count = 0

    def visit(self, event: str, element: etree._Element) -> None:
        tag = etree.QName(element).localname
        if tag == "row" and event == "start":
            self._enter_row(element)
        elif tag == "row":
            _forget_row(element)
        elif tag == "c" and event == "end":
            self._visit_cell(element)
        elif event == "end":
            self._visit_merge(element)

    def _enter_row(self, row: etree._Element) -> None:
        number = _ROW_NUMBER.fullmatch(row.get("r", ""))
        self.row = int(number[0]) - 1 if number else self.row + 1
        self.column = 0

    def _visit_cell(self, cell: etree._Element) -> None:
        self.count += 1
        if self.count > self.limits.cells:
            raise UnableToOpenFile("too_many_cells", sheet=self.name, limit=self.limits.cells)
        address = cell.get("r")
        if address is not None:
            place = parse_address(address)
            if place is None:
                raise UnableToOpenFile("broken_workbook", reason=f"cell {address}")
            self.row, self.column = place
        if len(cell):
            self._note(cell, (self.row, self.column))
        self.column += 1

    def _note(self, cell: etree._Element, place: Place) -> None:
        # The rows above the list (a title, the hidden keys) are not counted as its rows.
        if place[0] >= self.limits.rows + SEARCHED_ROWS:
            raise UnableToOpenFile("too_many_rows", row=place[0] + 1, limit=self.limits.rows)
        if place[1] >= self.limits.columns:
            raise UnableToOpenFile(
                "too_many_columns", column=column_letters(place[1]), limit=self.limits.columns
            )
        kind = cell.get("t", "n")
        if kind == "e":
            self.scan.errors[place] = cell.findtext("{*}v") or "#ERROR"
        if cell.find("{*}f") is not None:
            self.scan.formulas.add(place)
            # An empty text is a result; an empty number means that nothing ever calculated the formula.
            if not cell.findtext("{*}v") and kind != "str":
                self.scan.without_result.add(place)

    def _visit_merge(self, merge: etree._Element) -> None:
        address = merge.get("ref", "")
        first, _, last = address.partition(":")
        start, end = parse_address(first), parse_address(last or first)
        if start is None or end is None:
            return
        self.scan.merges.append(
            Merge(
                first_row=start[0],
                first_column=start[1],
                last_row=end[0],
                last_column=end[1],
                address=address,
            )
        )


def _forget_row(row: etree._Element) -> None:
    """Free the cells of a row that has been seen; without this the whole sheet would stay in memory."""
    row.clear(keep_tail=False)
    parent = row.getparent()
    while parent is not None and row.getprevious() is not None:
        del parent[0]
