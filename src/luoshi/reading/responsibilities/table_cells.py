"""Who a cell of a column of units names, and in what role: the column's, or what labels, verbs and marks in it say."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from luoshi.reading.model import Party, Role
from luoshi.reading.responsibilities.clauses import find_clauses
from luoshi.reading.responsibilities.fields import Field, cut_at_verbs, names_are_lists, refine, trim
from luoshi.reading.responsibilities.names import is_surely_unit, is_unit, is_whole_unit
from luoshi.reading.responsibilities.parties import split_names
from luoshi.reading.responsibilities.roles import MARK, find_labels
from luoshi.reading.view import View, fold
from luoshi.standards.person_names import is_person, people_in_a_row

NOBODY: Final = frozenset({"/", "-", "--", "—", "——", "－", "\\", "无", "／", "∕"})
AS_ABOVE: Final = frozenset({"同上", "同前", "〃", "″", "同上。", "同上栏", "(同上)"})
_NEXT: Final = re.compile(r"[市县区省州旗各驻团](?!委会|域|级)|中国|国网|国家|人民银行|有关|相关")
_ENDED: Final = re.compile(r"[、,;。:和及与(〔\[]$")
_NAMES: Final = re.compile(r"[、,;]")
_OWN_PART: Final = re.compile(r"(?:分局|支队|大队|中队|科|处|室|分公司|支公司|分行|支行|分院|分中心)$")
_BODY: Final = re.compile(r"[省市州盟县区旗](?:委|政府|人民政府)$")
_FEWEST: Final = 4
_LONGEST_MARK: Final = 8


def cell_parties(view: View, start: int, end: int, role: Role) -> dict[Role, tuple[Party, ...]]:
    """Return the parties that a stretch of the view, one cell, names by role; `role` is what its column says."""
    named: dict[Role, tuple[Party, ...]] = {}
    if view.plain[start:end] in NOBODY:
        return named
    for field in cell_fields(view, start, end, role):
        if field.role != "deadline" and field.end > field.start:
            own: Role = field.role  # type: ignore[assignment]
            for first, last in _below_each_other(view, field.start, field.end, leaders=own == "lead_leaders"):
                named[own] = named.get(own, ()) + split_names(view, first, last, leaders=own == "lead_leaders")
    return named


def _below_each_other(view: View, start: int, end: int, *, leaders: bool) -> Iterator[tuple[int, int]]:
    """Cut where names stand below each other in a cell, with nothing between them but a blank or the end of a line."""
    blanks = [index for index in range(start + 1, end) if view.offsets[index] - view.offsets[index - 1] > 1]
    first = start
    for at in _between_persons(view, start, end, blanks) if leaders else _between_units(view, start, end, blanks):
        yield first, at
        first = at
    yield first, end


def _between_units(view: View, start: int, end: int, blanks: list[int]) -> Iterator[int]:
    """Yield the blanks with a whole name on either side; 市自然资源 局 has none."""
    signs = [start, *(match.end() for match in _NAMES.finditer(view.folded, start, end)), end]
    first, stops = start, iter(signs)
    stop = next(stops)
    for number, at in enumerate(blanks):
        while stop <= at:
            first, stop = max(first, stop), next(stops)
        after = blanks[number + 1] if number + 1 < len(blanks) else stop
        left, right = view.folded[first:at], view.folded[at : min(after, stop)].rstrip("、,;。")
        if _ENDED.search(left) or left.count("(") > left.count(")"):
            continue
        if is_whole_unit(left) and _begins_another(left, right):
            yield at
            first = at


def _begins_another(left: str, right: str) -> bool:
    if _NEXT.match(right):
        return True
    if _BODY.search(left) or (_OWN_PART.search(right) and is_surely_unit(left)):
        return False
    return len(right) >= _FEWEST and is_unit(right)


def _between_persons(view: View, start: int, end: int, blanks: list[int]) -> list[int]:
    """Return the blanks between persons: 王 伟 is one, 王伟 李小红 are two; none after what is no person."""
    if people_in_a_row(" ".join(view.folded[first:last] for first, last in pairwise([start, *blanks, end]))):
        return list(range(start + 2, end, 2))
    edges = [start, *blanks, end]
    cuts: list[int] = []
    first = start
    for at, following in pairwise(edges[1:]):
        if at - first > 1 and is_person(_NAMES.split(view.folded[first:at])[-1]):
            cuts.append(at)
            first = at
        elif following - at > 1:
            first = at
    return cuts


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
    parts = _after_marks(view.folded, start, end)
    return [
        field
        for first, last in parts
        for field in refine(view.folded, Field(role, "", *trim(view.folded, first, last)))
    ]


def _after_marks(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut behind the marks of a cell: A(牵头) may have B below it, and nothing between them."""
    ends = [
        at + 1
        for at in range(start, end - 1)
        if folded[at] == ")" and MARK.search(folded, max(start, at - _LONGEST_MARK), at + 1)
    ]
    return list(pairwise([start, *ends, end]))


def _in_column(field: Field, role: Role) -> Field:
    """负责 and 落实 say no more than the column: in the column 牵头单位, A负责 leads."""
    return Field(role, field.label, field.start, field.end) if field.role == "responsible_units" else field


def is_unit_cell(cell: str) -> bool:
    """Tell whether a cell holds units: at least its last name ends as only theirs do."""
    name = fold("".join(cell.split())).replace("，", "、").split("、")[-1]
    return is_surely_unit(name)
