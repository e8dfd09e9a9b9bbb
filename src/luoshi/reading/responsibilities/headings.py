"""Headings that name who answers for what stands under them: reads items and their clauses; hands clauses down.

Two forms: the heading of a section says it in words (一、副市长李明牵头的工作), or ends in a clause of its own
(（二）要素保障（市自然资源局牵头）). Guarantees: only headings of sections (编 章 节 一、 （一）) hand anything down;
an item that has a clause keeps it and is only given a leader or, by words, a leading unit that it lacks; a clause of
units is handed down where no item under the heading has one, and the heading then gives no task of its own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from luoshi.reading.responsibilities.clauses import Clause
from luoshi.reading.responsibilities.fields import Field, cut_at_verbs, trim
from luoshi.reading.responsibilities.names import is_leader, is_sure_list
from luoshi.reading.structure.numbering import Item
from luoshi.reading.view import View

_SECTIONS: Final = frozenset({"编", "章", "节", "cn", "cn()"})
_SAYS: Final = re.compile(
    r"(?:由)?(?P<names>[^。;:!?]{2,40}?)(?P<lead>(?:同志)?(?:总?牵头|领衔|主抓|包联|包抓|包保|督办|分管)|(?:同志)?(?:具体|全面|主要)?负责)"
    r"(?:负责|抓总|推进|落实|督办|组织实施|办理)?(?:的?(?:重点|主要|重要|各项|具体|改革)*(?:工作|任务|事项|项目|内容)(?:任务|事项)?)?"
    r"(?:[(]共?[\d一二三四五六七八九十]{1,3}[项个件条][)])?"
)
_ANYBODY: Final = re.compile(r"(?:各|有关|相关|责任|牵头)?(?:部门|单位|机构)")
_LONGEST: Final = 60


def hand_down(
    view: View, items: Sequence[Item], clauses: Mapping[int, list[Clause]]
) -> tuple[dict[int, Clause], set[int]]:
    """Return the clauses that items without one get from a heading, and the headings that gave all of theirs away.

    Items that have clauses but no leader get the leader that a heading names: their clauses change.
    """
    given: dict[int, Clause] = {}
    emptied: set[int] = set()
    for index, item in enumerate(items):
        if item.label.kind not in _SECTIONS or not item.children:
            continue
        own = clauses.get(index, [])
        head = _clause_of_heading(view, item, own) if own else _said_in_heading(view, item)
        if head is None:
            continue
        below = list(_leaves(items, index))
        role = head.fields[0].role
        if role == "lead_leaders" or (role == "lead_units" and not own):
            for clause in (clause for leaf in below for clause in clauses.get(leaf, ())):
                if not any(field.role == role for field in clause.fields):
                    clause.fields[:0] = head.fields
        elif any(leaf in clauses for leaf in _under(items, index)):
            continue
        given.update({leaf: replace(head, above=True) for leaf in below if leaf not in clauses})
        emptied.add(index)
    return given, emptied


def _under(items: Sequence[Item], index: int) -> Iterator[int]:
    for child in items[index].children:
        yield child
        yield from _under(items, child)


def _leaves(items: Sequence[Item], index: int) -> Iterator[int]:
    """Yield the items under a heading that are no headings of sections with items of their own."""
    for child in items[index].children:
        if items[child].label.kind in _SECTIONS and items[child].children:
            yield from _leaves(items, child)
        else:
            yield child


def _bounds(view: View, item: Item) -> tuple[int, int]:
    return view.index_of(item.own.start), view.index_of(item.own.end)


def _clause_of_heading(view: View, item: Item, clauses: Sequence[Clause]) -> Clause | None:
    """Return the only clause of an item where it closes its first line and that line is no sentence."""
    first, last = _bounds(view, item)
    clause = clauses[0]
    if len(clauses) > 1 or not 2 <= clause.start - first <= _LONGEST or not clause.fields:
        return None
    if any(mark in view.folded[first : clause.start] for mark in "。;") or _broken_within(view, first, clause.start):
        return None
    return clause if clause.end >= last or _is_broken(view, clause.end) else None


def _is_broken(view: View, index: int) -> bool:
    return view.offsets[index] - view.offsets[index - 1] > 1


def _broken_within(view: View, first: int, last: int) -> bool:
    return any(_is_broken(view, index) for index in range(first + 1, last))


def _said_in_heading(view: View, item: Item) -> Clause | None:
    """Return what the words of a heading say as a clause: who leads or answers for the work under it."""
    return said_in_words(view, *_bounds(view, item))


def said_in_words(view: View, first: int, last: int) -> Clause | None:
    """Return what the first line of a stretch says as a clause where it is a heading, its number left out."""
    start, end = trim(view.folded, first, min(last, first + _LONGEST))
    line = next((index for index in range(start + 1, end) if _is_broken(view, index)), end)
    said = _SAYS.fullmatch(view.folded, start, trim(view.folded, start, line)[1])
    if said is None:
        return _verbs_of_heading(view, start, trim(view.folded, start, line)[1])
    names = said["names"]
    if is_leader(names):
        role = "lead_leaders"
    elif is_sure_list(names) and not _ANYBODY.fullmatch(names):
        role = "responsible_units" if said["lead"].endswith("负责") else "lead_units"
    else:
        return None
    return Clause(start, said.end(), [Field(role, "", *said.span("names"))])


def _verbs_of_heading(view: View, start: int, end: int) -> Clause | None:
    """Return a heading that is nothing but units and their verbs as a clause: 市教育局牵头，各区政府配合."""
    if any(mark in view.folded[start:end] for mark in "。;:!?"):
        return None
    cut = cut_at_verbs(view.folded, start, end)
    if cut.rest < end or cut.notes or len({field.role for field in cut.fields}) < 2:
        return None
    names = [view.folded[field.start : field.end] for field in cut.fields]
    if not all(map(is_sure_list, names)) or _ANYBODY.fullmatch(names[0]):
        return None
    return Clause(start, end, list(cut.fields))
