"""Stage 3c, jumps: reads the pieces of a gazette; writes which stretch 上接第N页 goes on from which mark 下转第N页.

Guarantees: a stretch is given to one document at most, in the order in which the pages name each other; where a mark
was lost, the numbers and the broken sentence decide; what fits nowhere stays where it is printed and is reported.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from luoshi.reading.structure.lines import Line
from luoshi.reading.structure.numbering import Label, find_label
from luoshi.reading.structure.numerals import from_figures
from luoshi.reading.structure.titles import squeeze
from luoshi.reading.view import fold

_PAGE: Final = re.compile(r"[\d０-９一二三四五六七八九十百]+")
_FINISHED: Final = frozenset("。！？；：”’）〕】」』》…!?;:)]}")
_CHRONICLE: Final = re.compile(r".{0,20}大事记(?:[(].{1,20}[)])?$")
_LOOK: Final = 60
_IN_SEQUENCE: Final = 3
_MOST_COMPARED: Final = 250_000


@dataclass(slots=True)
class Piece:
    """The lines of one document without the stretches printed among them that belong to others.

    `continuations` and `leaves` go together: what goes on from the mark at that offset, -1 where the mark was lost.
    """

    lines: tuple[Line, ...]
    continuations: list[tuple[Line, ...]] = field(default_factory=list)
    leaves: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Joined:
    """All pieces, the marks 上接 that go on from nothing, and the marks 下转 after which nothing follows."""

    pieces: tuple[Piece, ...]
    strays: tuple[Line, ...] = ()
    open_ends: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class _Leave:
    """A mark 下转: `holder` is the stretch that it stands in, or -1 - the piece; what is printed before it."""

    mark: Line
    holder: int
    label: Label | None
    is_broken: bool


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Lines that go on from elsewhere, and the piece that they are printed in."""

    lines: tuple[Line, ...]
    piece: int
    label: Label | None
    is_broken: bool


def join_jumps(pieces: Sequence[Sequence[Line]]) -> Joined:
    """Return the pieces with the stretches that continue them."""
    owns: list[Piece] = []
    stretches: list[_Stretch] = []
    for index, lines in enumerate(pieces):
        cuts = [place for place, line in enumerate(lines) if line.kind == "jump" and place]
        owns.append(Piece(tuple(lines[: cuts[0]] if cuts else lines)))
        ends = [*cuts[1:], len(lines)]
        stretches.extend(_stretch(lines[cut:end], index) for cut, end in zip(cuts, ends, strict=bool(cuts)) if cuts)
    leaves = [leave for index, own in enumerate(owns) for leave in _leaves(own.lines, -1 - index)]
    leaves += [leave for index, each in enumerate(stretches) for leave in _leaves(each.lines, index)]
    if not leaves and not stretches:
        return Joined(tuple(owns))
    leaves.sort(key=lambda leave: leave.mark.start)
    matched = _match(leaves, stretches)
    return _hand_out(owns, leaves, stretches, matched)


def _stretch(lines: Sequence[Line], piece: int) -> _Stretch:
    first = lines[1] if len(lines) > 1 else None
    label = next((found for line in lines[1:_LOOK] if (found := find_label(line, 0))), None)
    begins = first is None or find_label(first, 0) is not None or first.kind != "text"
    return _Stretch(tuple(lines), piece, label, not begins)


def _leaves(lines: Sequence[Line], holder: int) -> list[_Leave]:
    found: list[_Leave] = []
    for place, line in enumerate(lines):
        if line.kind == "leave" and place:
            before = lines[max(0, place - _LOOK) : place]
            label = next((label for each in reversed(before) if (label := find_label(each, 0))), None)
            found.append(_Leave(line, holder, label, before[-1].text[-1] not in _FINISHED))
    return found


def _page(mark: Line) -> int:
    found = _PAGE.search(mark.text)
    return (from_figures(found.group()) if found else None) or 0


def _match(leaves: Sequence[_Leave], stretches: Sequence[_Stretch]) -> dict[int, int]:
    """Return the stretch that goes on from each mark: both in the order of the page that broke off, as many as fit."""
    order = sorted(range(len(stretches)), key=lambda index: (_page(stretches[index].lines[0]), index))
    if len(leaves) * len(order) > _MOST_COMPARED:
        return dict(zip(range(len(leaves)), order, strict=False))
    best = [[0] * (len(order) + 1) for _ in range(len(leaves) + 1)]
    for row in range(len(leaves) - 1, -1, -1):
        for column in range(len(order) - 1, -1, -1):
            together = _fit(leaves[row], stretches[order[column]], order[column])
            best[row][column] = max(
                best[row + 1][column],
                best[row][column + 1],
                best[row + 1][column + 1] + together if together else 0,
            )
    return _walk(best, leaves, stretches, order)


def _walk(
    best: list[list[int]], leaves: Sequence[_Leave], stretches: Sequence[_Stretch], order: Sequence[int]
) -> dict[int, int]:
    matched: dict[int, int] = {}
    row = column = 0
    while row < len(leaves) and column < len(order):
        together = _fit(leaves[row], stretches[order[column]], order[column])
        if together and best[row][column] == best[row + 1][column + 1] + together:
            matched[row] = order[column]
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    return matched


def _fit(leave: _Leave, stretch: _Stretch, index: int) -> int:
    """Return how well a stretch goes on from a mark; 0 where it cannot."""
    if leave.holder == index:
        return 0
    return 2 + _IN_SEQUENCE * _goes_on(leave.label, stretch.label) + (leave.is_broken == stretch.is_broken)


def _goes_on(last: Label | None, first: Label | None) -> bool:
    return last is not None and first is not None and last.kind == first.kind and first.number == last.number + 1


def _hand_out(
    owns: list[Piece], leaves: Sequence[_Leave], stretches: Sequence[_Stretch], matched: dict[int, int]
) -> Joined:
    given: set[int] = set()
    for index, own in enumerate(owns):
        _follow(own, -1 - index, leaves, stretches, matched, given)
    strays: list[Line] = []
    for index, stretch in enumerate(stretches):
        if index in given:
            continue
        target = _unmarked_target(owns, stretch)
        if target is None:
            strays.append(stretch.lines[0])
            owns[stretch.piece].lines += stretch.lines
        else:
            target.continuations.append(stretch.lines)
            target.leaves.append(-1)
    taken = {start for own in owns for start in own.leaves}
    return Joined(tuple(owns), tuple(strays), tuple(each.mark for each in leaves if each.mark.start not in taken))


def _follow(
    own: Piece,
    first: int,
    leaves: Sequence[_Leave],
    stretches: Sequence[_Stretch],
    matched: dict[int, int],
    given: set[int],
) -> None:
    """Give a piece the stretches that go on from its marks, and those that go on from these."""
    holders = [first]
    while holders:
        holder = holders.pop(0)
        for row, leave in enumerate(leaves):
            if leave.holder == holder and row in matched and matched[row] not in given:
                given.add(matched[row])
                own.continuations.append(stretches[matched[row]].lines)
                own.leaves.append(leave.mark.start)
                holders.append(matched[row])


def _unmarked_target(owns: Sequence[Piece], stretch: _Stretch) -> Piece | None:
    """Return the piece that a stretch goes on from although its mark was lost: by its number, or a chronicle next."""
    following = stretch.piece + 1
    heading = owns[following].lines[:1] if following < len(owns) else ()
    if heading and _CHRONICLE.match(squeeze(fold(heading[0].text))):
        return owns[following]
    for own in owns[: stretch.piece]:
        last = own.lines[-1] if own.lines else None
        if last is None or last.kind != "text" or own.continuations:
            continue
        label = next((found for line in reversed(own.lines[-_LOOK:]) if (found := find_label(line, 0))), None)
        if stretch.is_broken == (last.text[-1] not in _FINISHED) and _goes_on(label, stretch.label):
            return own
    return None
