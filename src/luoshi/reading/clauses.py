"""Stage 6, responsibility clauses: reads the words of one item through the view; writes its clauses.

Guarantees: clauses are in order and do not overlap; each field is a stretch of the view that holds names and nothing
else; a clause never crosses the item it belongs to. Forms read: labels in brackets of any kind and width, labels on
lines of their own or after a full stop, and verbs that close a list of names in brackets.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from luoshi.reading.brackets import Group, find_groups
from luoshi.reading.names import is_list_of_names, is_whole_name
from luoshi.reading.roles import FIRST_IS_LEAD, INHERITED, LABEL, VERB, role_of_label, role_of_verb
from luoshi.reading.view import CLOSING, OPENING, View

_ENDS: Final = frozenset("。;!?")
_BEFORE_LABEL: Final = frozenset("。;!?:)〕]】,、》”")
_JOINTS: Final = frozenset("、,;:和及与(〔")
_FILLER: Final = frozenset("。;,、:!*")
_VERB_PIECES: Final = re.compile(r"[,;。]")
_LEADING: Final = re.compile(r"^(?:由|请|以上(?:各项)?(?:工作|任务)?由?|各项(?:工作|任务)由)")
_PAIRS: Final = dict(zip(OPENING, CLOSING, strict=True))


@dataclass(frozen=True, slots=True)
class Field:
    """The stretch of the view that one role names; `label` is the printed label or verb."""

    role: str
    label: str
    start: int
    end: int


@dataclass(slots=True)
class Clause:
    """A responsibility clause; `notes` are stretches about clauses in general (列首位的为牵头单位，下同)."""

    start: int
    end: int
    fields: list[Field] = field(default_factory=list)
    notes: list[tuple[int, int]] = field(default_factory=list)
    unclosed: bool = False
    mismatched: tuple[str, str] | None = None


def find_clauses(view: View, start: int, end: int) -> list[Clause]:
    """Return the clauses of the item whose words are the stretch of the view; several mean several tasks."""
    groups = find_groups(view.folded, start, end)
    found: list[Clause] = []
    position = start
    for group in [*groups, Group(end, end, True)]:
        if group.start < position:
            continue
        found.extend(_line_clauses(view, position, group.start, end, groups))
        if found and found[-1].end > group.start:
            position = found[-1].end
            continue
        clause = _group_clause(view, group, start, end)
        if clause is not None:
            found.append(clause)
        position = group.end if group.closed or clause is not None else group.start + 1
    return _merge(view, found)


def _group_clause(view: View, group: Group, start: int, end: int) -> Clause | None:
    """Return the clause that a bracket holds, or None where it holds something else."""
    if group.start >= group.end:
        return None
    inner_end = group.end - 1 if group.closed else _sentence_end(view, group.start + 1, group.end)
    if LABEL.match(view.folded, group.start + 1, min(group.start + 40, inner_end)):
        clause = Clause(group.start, group.end if group.closed else inner_end)
        _add_fields(view, clause, group.start + 1, inner_end)
    elif group.closed and _stands_alone(view, group, start, end):
        clause = Clause(group.start, group.end)
        if not _add_verbs(view, clause, group.start + 1, inner_end):
            return None
    else:
        return None
    clause.unclosed = not group.closed
    opened, closed = view.plain[group.start], view.plain[group.end - 1]
    if group.closed and view.folded[group.end - 1] != _PAIRS[view.folded[group.start]]:
        clause.mismatched = (opened, closed)
    return clause


def _sentence_end(view: View, start: int, end: int) -> int:
    found = view.folded.find("。", start, end)
    return end if found < 0 else found


def _stands_alone(view: View, group: Group, start: int, end: int) -> bool:
    """A list with a verb is a clause where it follows a finished sentence or closes the item."""
    after_sentence = group.start > start and view.folded[group.start - 1] in "。;!?”)》"
    closes = group.end >= end or (view.folded[group.end] in "。;" and group.end + 1 >= end)
    return after_sentence or closes


def _line_clauses(view: View, start: int, stop: int, end: int, groups: list[Group]) -> list[Clause]:
    """Clauses without brackets whose label stands between two groups; they may run over groups inside names."""
    found: list[Clause] = []
    position = start
    while position < stop:
        match = LABEL.search(view.folded, position, stop)
        if match is None:
            break
        if not _may_begin(view, match.start(), start):
            position = match.start() + 1
            continue
        close = _line_end(view, match.end(), end, groups)
        clause = Clause(match.start(), close)
        _add_fields(view, clause, match.start(), close)
        found.append(clause)
        position = close
    return found


def _may_begin(view: View, index: int, start: int) -> bool:
    if index <= start or view.folded[index - 1] in _BEFORE_LABEL:
        return True
    return view.offsets[index] - view.offsets[index - 1] > 1


def _line_end(view: View, start: int, end: int, groups: list[Group]) -> int:
    """Return where a clause without brackets ends: its full stop, or a line that holds no more names."""
    index, inside = start, {group.start: group.end for group in groups if group.closed}
    value = start
    while index < end:
        char = view.folded[index]
        if char == "。" and not LABEL.match(view.folded, index + 1, min(index + 30, end)):
            return index + 1
        if char == ":" or char in _ENDS:
            value = index + 1
        if (
            index > start
            and view.offsets[index] - view.offsets[index - 1] > 1
            and _closed_line(view, value, index, end)
        ):
            return index
        index = inside.get(index, index + 1)
    return end


def _closed_line(view: View, value: int, index: int, end: int) -> bool:
    """Whether the names before a blank or line break are complete and what follows is no more of them."""
    if view.folded[index - 1] in _JOINTS or view.folded[index] in "、,;:)〕。":
        return False
    if LABEL.match(view.folded, index, min(index + 30, end)):
        return False
    if view.folded[index - 1] in _ENDS:
        return True
    last = max(view.folded.rfind("、", value, index), view.folded.rfind(",", value, index), value - 1) + 1
    if not is_whole_name(view.folded[last:index]):
        return False
    stop = next((place for place in range(index, min(index + 200, end)) if view.folded[place] in _ENDS), end)
    return not is_list_of_names(view.folded[index:stop])


def _add_fields(view: View, clause: Clause, start: int, end: int) -> None:
    """Cut a stretch at its labels; what follows 。 or ; without a label of its own is a note."""
    matches = [match for match in LABEL.finditer(view.folded, start, end) if _is_label(view, match.start(), start)]
    stops = [match.start() for match in matches[1:]] + [end]
    for match, stop in zip(matches, stops, strict=True):
        value_end = _value_end(view.folded, match.end(), stop)
        label = view.plain[match.start() : match.end() - 1]
        trimmed = _trim(view.folded, match.end(), value_end)
        clause.fields.append(Field(role_of_label(match), label, *trimmed))
        if stop - value_end > 4:
            clause.notes.append((value_end, stop))


def _is_label(view: View, index: int, start: int) -> bool:
    return index == start or view.folded[index - 1] in _BEFORE_LABEL or _may_begin(view, index, start)


def _value_end(folded: str, start: int, end: int) -> int:
    """A value ends at 。 or ; outside brackets, or where a note about all clauses begins."""
    depth = 0
    for index in range(start, end):
        char = folded[index]
        if char in OPENING:
            depth += 1
        elif char in CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 and (char in "。;" or (char == "," and FIRST_IS_LEAD.match(folded, index + 1, end))):
            return index
    return end


def _trim(folded: str, start: int, end: int) -> tuple[int, int]:
    while end > start and folded[end - 1] in _FILLER:
        end -= 1
    while start < end and folded[start] in _FILLER:
        start += 1
    return start, end


def _add_verbs(view: View, clause: Clause, start: int, end: int) -> bool:
    """Cut a stretch at its verbs (A牵头，B、C配合); return whether every stretch of it ends in one."""
    pieces = _pieces(view.folded, start, end)
    waiting = start
    for place, (first, last) in enumerate(pieces):
        if clause.fields and INHERITED.match(view.folded, first, end):
            clause.notes.append((first, end))
            return True
        match = VERB.search(view.folded, first, last)
        if match is None:
            if place + 1 == len(pieces):
                clause.notes.append((waiting, last))
            continue
        lead = _LEADING.match(view.folded[waiting : match.start()])
        begin = waiting + (lead.end() if lead else 0)
        if match.start() > begin:
            role = role_of_verb(match)
            clause.fields.append(Field(role, match.group(), *_trim(view.folded, begin, match.start())))
        waiting = last + 1
    return bool(clause.fields) and _plausible(view, clause)


def _pieces(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut at commas, semicolons and full stops outside brackets."""
    cuts: list[tuple[int, int]] = []
    depth, first = 0, start
    for index in range(start, end):
        char = folded[index]
        if char in OPENING:
            depth += 1
        elif char in CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 and char in ",;。":
            cuts.append((first, index))
            first = index + 1
    return [*cuts, (first, end)]


def _plausible(view: View, clause: Clause) -> bool:
    return all(is_list_of_names(view.folded[item.start : item.end]) for item in clause.fields)


def _merge(view: View, clauses: list[Clause]) -> list[Clause]:
    """Clauses with nothing between them are one: each label may stand on a line of its own."""
    merged: list[Clause] = []
    for clause in clauses:
        before = merged[-1] if merged else None
        if before is not None and not set(view.folded[before.end : clause.start]) - _FILLER:
            before.fields.extend(clause.fields)
            before.notes.extend(clause.notes)
            before.end = clause.end
            before.unclosed = before.unclosed or clause.unclosed
        else:
            merged.append(clause)
    return merged
