"""Merged cells: the value of a cell merged downwards belongs to each of its rows.

People merge the name of a leader over all rows of that leader. The file keeps the value in the first cell only.
"""

from dataclasses import dataclass, field, replace

from luoshi.workbooks.addresses import address_of
from luoshi.workbooks.columns import Sheet
from luoshi.workbooks.grids import Grid
from luoshi.workbooks.header import Header
from luoshi.workbooks.issues import CellIssue, UnableToOpenFile, make_issue
from luoshi.workbooks.limits import Limits
from luoshi.workbooks.sheet_scan import Merge, Place


@dataclass(kw_only=True)
class Merged:
    """The cells that got the value of a merged cell above them, and what there is to say about it."""

    filled: set[Place] = field(default_factory=set)
    issues: list[CellIssue] = field(default_factory=list)


def fill_merged(grid: Grid, header: Header, sheet: Sheet, limits: Limits) -> Merged:
    """Copy the values of cells merged downwards into the rows below, in place, and return what was done.

    A cell merged across columns of the list is an error of each of its rows.

    :raises UnableToOpenFile: when the merged ranges together cover more cells than a sheet may have.
    """
    keys = {place: key for key, place in header.places.items()}
    merged = Merged()
    covered = 0
    for merge in grid.scan.merges:
        if merge.first_row < header.first_data_row:
            continue
        rows = range(merge.first_row, min(merge.last_row + 1, len(grid.rows)))
        columns = [place for place in keys if merge.first_column <= place <= merge.last_column]
        covered += len(rows)
        if covered > limits.cells:
            raise UnableToOpenFile("too_many_cells", sheet=grid.name, limit=limits.cells)
        if not rows or not columns:
            continue
        key = keys[min(columns)]
        if merge.first_column == merge.last_column:
            merged.filled |= _fill_down(grid, merge, rows)
            merged.issues.append(_about(merge, "merged_filled_down", merge.first_row, key, sheet))
        else:
            merged.issues += [_about(merge, "merged_across", row, key, sheet) for row in rows]
    return merged


def below_merged_titles(grid: Grid, header: Header) -> Header:
    """Return the header with its data starting below titles that are merged over several rows."""
    last_rows = [
        merge.last_row
        for merge in grid.scan.merges
        if merge.first_row <= header.row <= merge.last_row
        and any(merge.first_column <= place <= merge.last_column for place in header.places.values())
    ]
    return replace(header, first_data_row=max(header.first_data_row, *(row + 1 for row in last_rows), 0))


def _fill_down(grid: Grid, merge: Merge, rows: range) -> set[Place]:
    column = merge.first_column
    top = grid.rows[merge.first_row]
    value = top[column] if column < len(top) else ""
    below = [row for row in rows if row > merge.first_row]
    for index in below:
        row = grid.rows[index]
        row.extend([""] * (column + 1 - len(row)))
        row[column] = value
    return {(row, column) for row in below}


def _about(merge: Merge, code: str, row: int, key: str, sheet: Sheet) -> CellIssue:
    params: dict[str, str | int] = {"range": merge.address}
    if code == "merged_filled_down":
        params["rows"] = merge.last_row - merge.first_row + 1
    return make_issue(
        code,
        params=params,
        row=row + 1,
        column_key=key,
        column_title=sheet.by_key[key].title,
        cell=address_of(row, merge.first_column),
    )
