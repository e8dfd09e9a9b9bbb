"""What the cells of a worksheet do not say by their values: formulas, errors, merged cells, and how far they reach.

Reads: the XML of one worksheet. Gives: where those are. It also guards the parser that comes after it, which lays out
every row up to the farthest cell in memory: one stray cell at XFD1048576 must be refused before that.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from luoshi.workbooks.addresses import column_letters, parse_address
from luoshi.workbooks.header import SEARCHED_ROWS
from luoshi.workbooks.issues import UnableToOpenFile
from luoshi.workbooks.limits import Limits

_MOST_ROWS: Final = 1_048_576
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


def scan_sheet(xml: bytes, *, name: str, shared: Sequence[int], limits: Limits) -> SheetScan:
    """Return what stands in the XML of one worksheet beside the values; ``shared`` are lengths of shared texts.

    :raises UnableToOpenFile: when the XML is damaged, or cells reach or add up beyond the limits.
    """
    walk = _Walk(name, shared, limits)
    try:
        walk.parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise UnableToOpenFile("broken_workbook", reason=str(error)) from error
    if walk.special:
        walk.finish_cell()
    return walk.scan


class _Walk:
    """One pass over the start tags of a worksheet; a cell without an address follows the one before it.

    Text is only listened to where it matters: values of formulas and errors, and numbers of shared texts. A text that
    is stored once but shown in a million cells becomes a million texts in memory, so their lengths are added up.
    """

    def __init__(self, name: str, shared: Sequence[int], limits: Limits) -> None:
        self.scan = SheetScan()
        self.name = name
        self.shared = shared
        self.shared_length = 0
        self.limits = limits
        # The rows above the list (a title, the hidden keys) are not counted as its rows.
        self.last_row = limits.rows + SEARCHED_ROWS - 1
        self.row = self.column = -1
        self.count = self.row_count = 0
        self.kind = "n"
        self.special = False
        self.has_formula = False
        self.text: list[str] = []
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.StartDoctypeDeclHandler = self.refuse_doctype

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if ":" in tag:
            tag = tag.rpartition(":")[2]
        if tag == "c":
            self.start_cell(attributes)
        elif tag in ("v", "is", "f"):
            self.start_content(tag)
        elif tag == "row":
            self.start_row(attributes)
        elif tag == "mergeCell":
            self.note_merge(attributes.get("ref", ""))

    def start_row(self, attributes: dict[str, str]) -> None:
        if self.special:
            self.finish_cell()
        self.row_count += 1
        if self.row_count > _MOST_ROWS:
            raise UnableToOpenFile("broken_workbook", reason=f"{self.row_count} rows")
        number = _ROW_NUMBER.fullmatch(attributes.get("r", ""))
        self.row = int(number[0]) - 1 if number else self.row + 1
        self.column = -1

    def start_cell(self, attributes: dict[str, str]) -> None:
        if self.special:
            self.finish_cell()
        self.count += 1
        if self.count > self.limits.cells:
            raise UnableToOpenFile("too_many_cells", sheet=self.name, limit=self.limits.cells)
        address = attributes.get("r")
        if address is None:
            self.column += 1
        elif (place := parse_address(address)) is None:
            raise UnableToOpenFile("broken_workbook", reason=f"cell {address}")
        else:
            self.row, self.column = place
        self.kind = attributes.get("t", "n")
        self.special = self.kind in ("e", "s")

    def start_content(self, tag: str) -> None:
        if self.row > self.last_row:
            raise UnableToOpenFile("too_many_rows", row=self.row + 1, limit=self.limits.rows)
        if self.column >= self.limits.columns:
            column = column_letters(self.column)
            raise UnableToOpenFile("too_many_columns", column=column, limit=self.limits.columns)
        if tag == "f":
            self.special = self.has_formula = True
        elif self.special:
            if self.parser.CharacterDataHandler is not None:
                raise UnableToOpenFile("broken_workbook", reason=f"two values in row {self.row + 1}")
            self.parser.CharacterDataHandler = self.text.append

    def finish_cell(self) -> None:
        """Note what the cell that has just ended was, and stop listening."""
        self.parser.CharacterDataHandler = None
        place, text = (self.row, self.column), "".join(self.text).strip()
        if self.kind == "e" and text:
            self.scan.errors[place] = text
        if self.kind == "s":
            self.add_shared_length(text)
        if self.has_formula:
            self.scan.formulas.add(place)
            # An empty text is a result; an empty number means that nothing ever calculated the formula.
            if not text and self.kind != "str":
                self.scan.without_result.add(place)
        self.special = self.has_formula = False
        self.text.clear()

    def add_shared_length(self, number: str) -> None:
        if number.isascii() and number.isdigit() and len(number) < 10 and int(number) < len(self.shared):
            self.shared_length += self.shared[int(number)]
        if self.shared_length > self.limits.unpacked_bytes:
            raise UnableToOpenFile("unpacks_too_large", limit=self.limits.unpacked_bytes)

    def note_merge(self, address: str) -> None:
        first, _, last = address.partition(":")
        start, end = parse_address(first), parse_address(last or first)
        if len(self.scan.merges) >= self.limits.rows:
            raise UnableToOpenFile("too_many_cells", sheet=self.name, limit=self.limits.cells)
        if start is not None and end is not None:
            self.scan.merges.append(
                Merge(
                    first_row=start[0],
                    first_column=start[1],
                    last_row=end[0],
                    last_column=end[1],
                    address=address,
                )
            )

    def refuse_doctype(self, *_parts: object) -> None:
        raise UnableToOpenFile("broken_workbook", reason="DOCTYPE")
