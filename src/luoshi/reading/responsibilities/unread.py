"""Words that say who answers, of which no task came: reads the lines of a document and its tasks; writes issues.

So that nothing is lost in silence, whatever form it has: a label with names behind it (责任单位：市水利局) outside
every task, and, where a document has no tasks at all, a unit with a word of duty (由市水利局牵头).
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from luoshi.reading.issues import make_issue
from luoshi.reading.model import DocumentKind, Issue, Task
from luoshi.reading.responsibilities.names import begins_with_name
from luoshi.reading.responsibilities.roles import find_labels
from luoshi.reading.structure.lines import Line
from luoshi.reading.view import View

_DUTY: Final = re.compile(
    r"(?:[局委办厅院府队]|政府|公司|管委会|委员会|街道|乡镇|部门|单位)(?:等)?(?:按职责分工)?"
    r"(?:牵头|主办|负责(?!人|解释|同志)|配合(?!单位|部门)|承办(?!单位|部门)|抓好落实)"
)
_DEEDS: Final = ("牵头", "主办", "负责", "配合", "承办", "抓好落实")
_NAMED_BY_LABEL: Final = ("lead_units", "responsible_units", "cooperating_units", "implementing_units")
_OTHER_KINDS: Final[frozenset[DocumentKind]] = frozenset({"chronicle", "appointment", "work_report"})
_RUN_TOGETHER: Final = re.compile(
    r"(?:任务|内容|目标|事项|领导|措施|项目|名称)(?:(?:牵头|主办|责任|分管|配合)(?:责任)?(?:单位|部门|科室|领导))+"
    r"(?:(?:配合|协办|协同|责任|完成|办结|进展|落实|推进|时间)(?:单位|部门|时限|时间|情况|期限|进度)|备注|$)"
)
_MOST: Final = 5
_LONGEST_QUOTE: Final = 40


def find_unread(view: View, lines: Sequence[Line], tasks: Sequence[Task], *, kind: DocumentKind) -> list[Issue]:
    """Return an issue for each of the first places of a document that name who answers and became no task."""
    if kind in _OTHER_KINDS:
        return []
    found = [] if tasks else _lost_heads(view, lines)
    for place in _places(view, lines, tasks):
        if len(found) == _MOST:
            break
        quote = view.plain[place[0] : min(place[1], place[0] + _LONGEST_QUOTE)]
        found.append(make_issue("responsibility_unread", quote=quote, span=view.span(*place)))
    return found


def _lost_heads(view: View, lines: Sequence[Line]) -> list[Issue]:
    """Return an issue for the first head of a table whose titles ran together: its cells did too."""
    for line in lines:
        head = _RUN_TOGETHER.search(view.folded, view.index_of(line.start), view.index_of(line.end))
        if head is not None and line.kind != "row":
            title = view.plain[max(view.index_of(line.start), head.start() - _LONGEST_QUOTE) : head.end()]
            return [make_issue("table_unreadable", title=title, span=line.span)]
    return []


def _places(view: View, lines: Sequence[Line], tasks: Sequence[Task]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of the view, at most one a line."""
    taken = sorted((span.start, span.end) for task in tasks for span in (task.span, task.clause_span))
    starts = [start for start, _ in taken]
    furthest = list(_furthest(taken))
    for line in lines:
        at = bisect_right(starts, line.end - 1) - 1
        if at >= 0 and furthest[at] > line.start:
            continue
        first, last = view.index_of(line.start), view.index_of(line.end)
        place = _label_in(view, first, last) or (None if tasks else _duty_in(view, first, last))
        if place is not None:
            yield place


def _furthest(taken: Sequence[tuple[int, int]]) -> Iterator[int]:
    end = 0
    for _, own in taken:
        end = max(end, own)
        yield end


def _label_in(view: View, first: int, last: int) -> tuple[int, int] | None:
    for label in find_labels(view.folded, first, last):
        if label.role in _NAMED_BY_LABEL and begins_with_name(view.folded, label.end, last):
            return label.start, last
    return None


def _duty_in(view: View, first: int, last: int) -> tuple[int, int] | None:
    if all(view.folded.find(deed, first, last) < 0 for deed in _DEEDS):
        return None
    found = _DUTY.search(view.folded, first, last)
    if found is None:
        return None
    begin = max(view.folded.rfind(mark, first, found.start()) for mark in "。;,") + 1
    return max(begin, first), last
