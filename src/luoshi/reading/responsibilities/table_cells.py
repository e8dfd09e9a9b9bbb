"""Who a cell of a column of units names, and in what role: the column's, or what labels, verbs and marks in it say."""

from typing import Final

from luoshi.reading.model import Party, Role
from luoshi.reading.responsibilities.clauses import find_clauses
from luoshi.reading.responsibilities.fields import Field, cut_at_verbs, names_are_lists, refine, trim
from luoshi.reading.responsibilities.names import is_surely_unit
from luoshi.reading.responsibilities.parties import split_names
from luoshi.reading.responsibilities.roles import find_labels
from luoshi.reading.view import View, fold

NOBODY: Final = frozenset({"/", "-", "--", "—", "——", "－", "\\", "无", "／", "∕"})


def cell_parties(view: View, start: int, end: int, role: Role) -> dict[Role, tuple[Party, ...]]:
    """Return the parties that a stretch of the view, one cell, names by role; `role` is what its column says."""
    named: dict[Role, tuple[Party, ...]] = {}
    if view.plain[start:end] in NOBODY:
        return named
    for field in cell_fields(view, start, end, role):
        if field.role != "deadline" and field.end > field.start:
            own: Role = field.role  # type: ignore[assignment]
            named[own] = named.get(own, ()) + split_names(view, field.start, field.end, leaders=own == "lead_leaders")
    return named


def cell_fields(view: View, start: int, end: int, role: Role) -> list[Field]:
    """Cut a cell at the labels (牵头单位：A) or verbs (A牵头，B参与) in it, else at marks (A（牵头）)."""
    labels = find_labels(view.folded, start, end)
    if labels:
        fields = [field for clause in find_clauses(view, start, end) for field in clause.fields]
        before = Field(role, "", *trim(view.folded, start, labels[0].start))
        if fields:
            return [before, *fields] if before.end > before.start else fields
    if role != "lead_leaders":
        cut = cut_at_verbs(view.folded, start, end)
        if cut.fields and names_are_lists(view.folded, cut.fields):
            rest = Field(role, "", *trim(view.folded, cut.rest, end))
            fields = [_in_column(field, role) for field in cut.fields]
            return [*fields, rest] if rest.end > rest.start else fields
    return refine(view.folded, Field(role, "", *trim(view.folded, start, end)))


def _in_column(field: Field, role: Role) -> Field:
    """负责 and 落实 say no more than the column: in the column 牵头单位, A负责 leads."""
    return Field(role, field.label, field.start, field.end) if field.role == "responsible_units" else field


def is_unit_cell(cell: str) -> bool:
    """Tell whether a cell holds units: at least its last name ends as only theirs do."""
    name = fold("".join(cell.split())).replace("，", "、").split("、")[-1]
    return is_surely_unit(name)
