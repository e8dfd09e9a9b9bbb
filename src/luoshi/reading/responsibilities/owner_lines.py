"""Lines that are nothing but who answers: reads the lines of a part; writes whom they give what stands below them.

市交通局： on a line of its own gives the items or paragraphs under it to that unit, up to the next such line; so does
a leader with the post (李明 副市长). One such line proves nothing: salutations and signatures look the same. Without a
colon three are needed, none beside another (a list of members) and none behind what it answers for (a lost table).
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from luoshi.reading.model import Role, Span
from luoshi.reading.responsibilities.names import is_group, person_in_post
from luoshi.reading.responsibilities.prose import is_list_of_bodies
from luoshi.reading.responsibilities.roles import is_label
from luoshi.reading.structure.numbering import RANKS, Item
from luoshi.reading.view import View

_LONGEST: Final = 48
_FEWEST: Final = 3
_COUNT: Final = re.compile(r"[(]共?[\d一二三四五六七八九十]{1,3}[项个件条](?:任务|工作|事项)?[)]:?$")
_LEADS: Final = re.compile(r"(?:负责|主持|协助|分管|领导|联系|牵头|统筹)")


@dataclass(frozen=True, slots=True)
class _Line:
    """A printed line; `item` is the item whose words it belongs to or -1, `head` tells whether it has its number."""

    start: int
    end: int
    item: int
    head: bool


@dataclass(slots=True)
class Owned:
    """What one line gives away: its names in the view, their role, and the words or items below it."""

    first: int
    last: int
    role: Role
    words: list[Span] = field(default_factory=list)
    items: dict[int, Span] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Owner:
    place: int  # index of the line
    first: int
    last: int
    role: Role
    colon: bool  # or a count in its place: 市教育局（3项）


def owned_by_lines(text: str, view: View, items: Sequence[Item], loose: Sequence[Span]) -> list[Owned]:
    """Return what lines that are nothing but units or leaders give to them, in order of print."""
    lines = _lines(text, items, loose)
    owners = _chosen(lines, [owner for place in range(len(lines)) if (owner := _owner(view, lines, place))], view)
    stops = [owner.place for owner in owners[1:]] + [len(lines)] * bool(owners)
    found = [_owned(lines, items, owner, stop) for owner, stop in zip(owners, stops, strict=True)]
    return [each for each in found if each.words or each.items]


def _lines(text: str, items: Sequence[Item], loose: Sequence[Span]) -> list[_Line]:
    inside = sorted((item.own.start, item.own.end) for item in items)
    found = [_Line(span.start, span.end, -1, False) for span in loose if not _is_inside(span.start, inside)]
    for index, item in enumerate(items):
        start = item.own.start
        for words in text[item.own.start : item.own.end].split("\n"):
            if words.strip():
                found.append(_Line(start, start + len(words), index, start == item.own.start))
            start += len(words) + 1
    return sorted(found, key=lambda line: line.start)


def _is_inside(offset: int, spans: Sequence[tuple[int, int]]) -> bool:
    place = bisect_right(spans, (offset, offset)) - 1
    return any(start <= offset < end for start, end in spans[max(0, place) : place + 2])


def _owner(view: View, lines: Sequence[_Line], place: int) -> _Owner | None:
    """Return whom a line names where it names nothing else and another line stands below it."""
    line = lines[place]
    if line.head or not 3 <= line.end - line.start <= _LONGEST or place + 1 == len(lines):
        return None
    first, last = view.index_of(line.start), view.index_of(line.end)
    count = _COUNT.search(view.folded, first, last)
    last = count.start() if count else last
    colon = view.folded[last - 1] == ":"
    words = view.folded[first : last - colon]
    colon_or_count = colon or count is not None
    if person_in_post(words):
        return _Owner(place, first, last - colon, "lead_leaders", colon_or_count)
    if is_label(words) or not is_list_of_bodies(words) or (place == 0 and any(map(is_group, words.split("、")))):
        return None
    return _Owner(place, first, last - colon, "responsible_units", colon_or_count)


def _chosen(lines: Sequence[_Line], owners: list[_Owner], view: View) -> list[_Owner]:
    """Return the lines that give something away, all of one form."""
    with_colon = [owner for owner in owners if owner.colon]
    if len(with_colon) > 1:
        return with_colon
    bare = [owner for owner in owners if not owner.colon]
    if not bare or any(after.place == before.place + 1 for before, after in pairwise(bare)):
        return []
    leaders = [owner for owner in bare if owner.role == "lead_leaders"]
    below = [view.index_of(lines[owner.place + 1].start) for owner in leaders]
    if len(leaders) > 1 and all(_LEADS.match(view.folded, index) for index in below):
        return leaders
    above = lines[bare[0].place - 1] if bare[0].place else None
    is_sentence = above is not None and view.folded[view.index_of(above.end) - 1] in "。;"
    follows = is_sentence or (above is not None and above.end - above.start > _LONGEST)
    return [] if follows or len(bare) < _FEWEST else bare


def _owned(lines: Sequence[_Line], items: Sequence[Item], owner: _Owner, stop: int) -> Owned:
    """Return the lines below an owner up to the next one, or up to a number above those of its items."""
    found = Owned(owner.first, owner.last, owner.role)
    rank = -1
    for line in lines[owner.place + 1 : stop]:
        if line.head and rank < 0:
            rank = RANKS[items[line.item].label.kind]
            if found.words or rank < RANKS["cn()"]:
                break
        if line.item >= 0 and (line.head or line.item in found.items):
            if RANKS[items[line.item].label.kind] < rank:
                break
            before = found.items.get(line.item)
            found.items[line.item] = Span(before.start if before else line.start, line.end)
        elif rank < 0:
            found.words.append(Span(line.start, line.end))
        else:
            break
    return found
