"""The lines inside one item: reads a stretch of the view; writes which of them are points or tell units their part."""

import re
from collections.abc import Iterator
from typing import Final

from luoshi.reading.responsibilities.prose import is_list_of_bodies
from luoshi.reading.responsibilities.roles import is_label
from luoshi.reading.responsibilities.tasks import TaskReader

_SHORT: Final = 14
_LINE_ENDS: Final = frozenset("。;,:、")
OF_ONE: Final = re.compile(r"(?P<names>[^。:,;]{2,60})[。:](?=.{4})")
_OF_DUTY: Final = re.compile(
    r"(?P<names>[^。:,;]{2,40}?)(?:的)?(?:主要|工作|具体)*职责(?:是|为|主要是|包括|有)?:(?=.{4})"
)
_REST: Final = re.compile(
    r"(?:法律|法规|规章|依法)?[^。;]{0,16}?(?:其他|其它|交办)[^。;]{0,24}(?:事项|职责|任务|工作|情形)[。;]?$"
)


def lines_of(tasks: TaskReader, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the lines of a stretch of the view, by their indices in it."""
    view = tasks.view
    start = first
    for index in range(first + 1, last):
        if (
            view.offsets[index] - view.offsets[index - 1] > 1
            and "\n" in tasks.text[view.offsets[index - 1] : view.offsets[index]]
        ):
            yield start, index
            start = index
    if start < last:
        yield start, last


def is_short_heading(tasks: TaskReader, first: int, line_end: int, last: int) -> bool:
    """Whether the first line of an item is a heading, not where a column ended: short, and the next is longer."""
    if not 2 <= line_end - first <= _SHORT or tasks.view.folded[line_end - 1] in _LINE_ENDS:
        return False
    below = next(lines_of(tasks, line_end, last), None)
    return below is not None and below[1] - below[0] > 2 * (line_end - first)


def lines_of_units(tasks: TaskReader, first: int, last: int) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """Yield the lines that begin with a unit and a colon, where several do: words and names of each."""
    folded = tasks.view.folded
    found: list[tuple[int, int, tuple[int, int]]] = []
    named = 0
    for start, stop in lines_of(tasks, first, last):
        duty = _OF_DUTY.match(folded, start, stop)
        one = duty or OF_ONE.match(folded, start, stop)
        if one is None or one.group()[-1] != ":" or is_label(one["names"]) or not is_list_of_bodies(one["names"]):
            continue
        named += duty is not None
        found.append((one.end(), stop, one.span("names")))
    if named or len(found) > 1:
        yield from found


def points_below(tasks: TaskReader, first: int, last: int) -> list[tuple[int, int]]:
    """Return the lines of a list without numbers: all but the last end in a semicolon; 其他事项 is no point."""
    lines = list(lines_of(tasks, first, last))
    folded = tasks.view.folded
    ends = [folded[stop - 1] for _start, stop in lines]
    if len(lines) < 2 or ends[-1] != "。" or any(end != ";" for end in ends[:-1]):
        return []
    return [(start, stop) for start, stop in lines if _REST.match(folded, start, stop) is None]
