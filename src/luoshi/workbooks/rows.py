"""From the raw rows of a grid to rows of typed values, each with its own issues."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from luoshi.workbooks.addresses import address_of, column_letters
from luoshi.workbooks.columns import Column, Kind, Sheet, Value
from luoshi.workbooks.grids import Grid
from luoshi.workbooks.header import Header
from luoshi.workbooks.issues import CellIssue, make_issue
from luoshi.workbooks.merges import Merged
from luoshi.workbooks.values import Cell, CellReader, UnableToReadCell, clean_text, make_reader, shown

# What Excel writes into a CSV file in place of an identity number that it took for a quantity.
_SHORTENED: Final = re.compile(r"[0-9]\.[0-9]+E\+[0-9]{2}")


@dataclass(frozen=True, kw_only=True)
class ParsedRow:
    """One row of a file: its number as Excel shows it, values by key, the cells as text by key, and its issues.

    A cell that could not be read has no value, so ``values`` of a row with errors may lack keys.
    """

    row_number: int
    values: Mapping[str, Value]
    raw: Mapping[str, str]
    issues: tuple[CellIssue, ...] = ()

    @property
    def is_valid(self) -> bool:
        """Return whether the row has no errors; warnings do not count."""
        return not any(issue.severity == "error" for issue in self.issues)


@dataclass(frozen=True, kw_only=True)
class _Place:
    column: Column
    index: int
    read: CellReader


def read_rows(
    *, grid: Grid, header: Header, sheet: Sheet, merged: Merged, from_csv: bool
) -> tuple[tuple[ParsedRow, ...], list[CellIssue]]:
    """Return every row below the header that is not blank, and the issues of columns and rows in order."""
    places = [
        _Place(column=column, index=header.places[column.key], read=make_reader(column))
        for column in sheet.columns
        if column.key in header.places
    ]
    reader = _RowReader(grid, places, merged, from_csv)
    rows = tuple(reader.rows(header.first_data_row))
    issues = _formula_issues(grid, places, header.first_data_row)
    if not rows:
        issues.append(make_issue("no_rows"))
    issues += [issue for row in rows for issue in row.issues]
    return rows, issues


class _RowReader:
    """Reads the rows of one grid; row indexes count from 0."""

    def __init__(self, grid: Grid, places: list[_Place], merged: Merged, from_csv: bool) -> None:
        self.grid = grid
        self.places = places
        self.filled = merged.filled
        self.from_csv = from_csv
        self.merge_issues: dict[int, list[CellIssue]] = defaultdict(list)
        for issue in merged.issues:
            self.merge_issues[issue.row or 0].append(issue)

    def rows(self, first: int) -> Iterator[ParsedRow]:
        for index in range(first, len(self.grid.rows)):
            cells = self.grid.rows[index]
            if not self._is_blank(index, cells):
                yield self._row(index, cells)

    def _is_blank(self, index: int, cells: list[Cell]) -> bool:
        """Return whether nothing of its own stands in the row: what was only filled down makes no row."""
        return not any(self._is_filled(index, place.index, cells) for place in self.places if place.index < len(cells))

    def _is_filled(self, row: int, column: int, cells: list[Cell]) -> bool:
        cell = cells[column]
        if isinstance(cell, str) and not cell.strip():
            # An error, or a formula without a result, comes out of the parser as a blank.
            return (row, column) in self.grid.scan.errors or (row, column) in self.grid.scan.without_result
        return (row, column) not in self.filled

    def _row(self, index: int, cells: list[Cell]) -> ParsedRow:
        values: dict[str, Value] = {}
        raw: dict[str, str] = {}
        issues = list(self.merge_issues.get(index + 1, ()))
        for place in self.places:
            cell = cells[place.index] if place.index < len(cells) else ""
            if isinstance(cell, str):
                cell = clean_text(cell)
            column = place.column
            raw[column.key] = shown(cell)
            try:
                values[column.key] = self._value(index, place, cell)
            except UnableToReadCell as error:
                issues.append(_issue(error.code, error.params, index, place))
            if self.from_csv and column.kind is Kind.TEXT and _SHORTENED.fullmatch(raw[column.key]):
                issues.append(_issue("digits_doubtful", {"text": raw[column.key]}, index, place))
        return ParsedRow(row_number=index + 1, values=values, raw=raw, issues=tuple(issues))

    def _value(self, index: int, place: _Place, cell: Cell) -> Value:
        if cell == "":
            self._check_blank(index, place)
        if place.column.kind is Kind.DATE and isinstance(cell, float):
            cell += self.grid.serial_offset
        value = place.read(cell)
        if place.column.required and value in ("", (), None):
            raise UnableToReadCell("required")
        return value

    def _check_blank(self, index: int, place: _Place) -> None:
        scan = self.grid.scan
        where = (index, place.index)
        if where in scan.errors:
            raise UnableToReadCell("cell_error", text=scan.errors[where])
        if where in scan.without_result:
            raise UnableToReadCell("formula_without_value")


def _issue(code: str, params: Mapping[str, str | int], index: int, place: _Place) -> CellIssue:
    return make_issue(
        code,
        params=params,
        row=index + 1,
        column_key=place.column.key,
        column_title=place.column.title,
        cell=address_of(index, place.index),
    )


def _formula_issues(grid: Grid, places: list[_Place], first: int) -> list[CellIssue]:
    """Return one issue for each column in which results of formulas stand for values."""
    used: dict[int, int] = defaultdict(int)
    for row, column in grid.scan.formulas - grid.scan.without_result - set(grid.scan.errors):
        if row >= first:
            used[column] += 1
    return [
        make_issue(
            "formula_value_used",
            params={"count": used[place.index]},
            column_key=place.column.key,
            column_title=place.column.title,
            cell=column_letters(place.index),
        )
        for place in places
        if place.index in used
    ]
