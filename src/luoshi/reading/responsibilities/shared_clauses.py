"""A clause on lines of its own below the last of several items: reads items and clauses; writes whom else it is for.

一、修路 / 1.… / 2.… / 责任单位：A counts for 1. and 2. alike where no item beside them has a clause and none has items
under it. Where the words above them announce them as parts of one task (整改措施：), the task is the item above, which
`tasks.py` sees to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from luoshi.reading.responsibilities.clauses import Clause
from luoshi.reading.structure.numbering import Item
from luoshi.reading.view import View

_KINDS: Final = frozenset({"cn()", "1."})
_MOST: Final = 12


def share_last(view: View, items: Sequence[Item], clauses: Mapping[int, list[Clause]]) -> dict[int, Clause]:
    """Return the clauses that items get from the last item beside them."""
    shared: dict[int, Clause] = {}
    for index, found in clauses.items():
        if index < 0 or items[index].label.kind not in _KINDS or items[index].parent < 0:
            continue
        beside = items[items[index].parent].children
        if stands_for_all(view, items, clauses, index) and not announces(view, items, items[index].parent):
            shared.update({other: replace(found[0], fields=list(found[0].fields), above=True) for other in beside[:-1]})
    return shared


def stands_for_all(view: View, items: Sequence[Item], clauses: Mapping[int, list[Clause]], index: int) -> bool:
    """Tell whether an item is the last of several leaves and alone has a clause, which stands on a line of its own."""
    parent = items[index].parent
    beside = items[parent].children if parent >= 0 else []
    if not 2 <= len(beside) <= _MOST or beside[-1] != index or len(clauses[index]) > 1:
        return False
    if any(items[other].children or (other != index and other in clauses) for other in beside) or parent in clauses:
        return False
    clause = clauses[index][0]
    first, last = view.index_of(items[index].own.start), view.index_of(items[index].own.end)
    own_line = first < clause.start and view.offsets[clause.start] - view.offsets[clause.start - 1] > 1
    return own_line and clause.end >= last and any(field.label for field in clause.fields)


def announces(view: View, items: Sequence[Item], parent: int) -> bool:
    """Tell whether the words of an item end with a colon, so that the items under it are parts of it."""
    own = items[parent].own
    return own.end > own.start and view.folded[view.index_of(own.end) - 1] == ":"
