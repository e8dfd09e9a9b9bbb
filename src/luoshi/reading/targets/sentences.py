"""Sentences of a part, without its responsibility clauses, as stretches of the view."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from luoshi.reading.part_reading import PartReading
from luoshi.reading.structure.lines import Line

_STOP: Final = re.compile(r"[。;!?](?!”)")
_RUNNING: Final = frozenset({"text", "masthead", "closing"})
_FINISHED: Final = frozenset("。；;：:！!？?")
_PUNCTUATED: Final = re.compile(r"[,，、；;。:：]")
_NUMBERED: Final = re.compile(
    r"^[（(]?(?:第[一二三四五六七八九十\d]{1,3}[章节条编]|[一二三四五六七八九十\d]{1,3}[)）、.．])\s*"
)
_SHORT: Final = 26
_CHAPTER: Final = re.compile(
    r"[一二三四五六七八九十]{1,3}、(?![一二三四五六七八九十])|[（(][一二三四五六七八九十]{1,3}[）)]"
)
_GOES_ON: Final = frozenset("，,、：:（(“《—-和及与万亿千0123456789.")
_CLOSING: Final = frozenset("，,、；;。：:）)”》]】")
_COUNTS: Final = re.compile(r"\d(?:\.\d+)?[\u4e00-\u9fff%]")
_HALF_EMPTY: Final = 0.7
_SIGNS: Final = frozenset("▲△●○■□◆◇★☆※·•—")
_NARROW: Final = 12  # in a column as narrow as this a first line without punctuation is no heading
_INDENT: Final = 2


@dataclass(frozen=True, slots=True)
class Sentence:
    """Indices into the view, end exclusive and without the mark at its end."""

    start: int
    end: int


def sentences(part: PartReading) -> Iterator[Sentence]:
    """Iterate over the sentences of the running text and of the cells that are tasks, in order of print."""
    for start, end in [*_stretches(part), *_cells(part)]:
        position = start
        for stop in _STOP.finditer(part.view.folded, start, end):
            position = _after_signs(part, position, stop.start())
            if stop.start() > position:
                yield Sentence(position, stop.start())
            position = stop.end()
        position = _after_signs(part, position, end)
        if end > position:
            yield Sentence(position, end)


def _after_signs(part: PartReading, start: int, end: int) -> int:
    """Return where a sentence begins after the signs of a list: ▲, ●, ——."""
    while start < end and part.view.folded[start] in _SIGNS:
        start += 1
    return start


def _stretches(part: PartReading) -> Iterator[tuple[int, int]]:
    """Runs of lines, cut where an item, its heading or a responsibility clause begins or ends."""
    cuts, skips = _cuts(part), _skips(part)
    for first, last in _runs(part):
        inner = cuts[bisect_right(cuts, first) : bisect_right(cuts, last)]
        for start, end in zip([first, *inner], [*inner, last], strict=True):
            yield from _without(skips, start, end)


def _without(skips: list[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    place = max(0, bisect_right(skips, (start, start)) - 1)
    for first, last in skips[place:]:
        if first >= end:
            break
        if last > start:
            if first > start:
                yield start, first
            start = max(start, last)
    if end > start:
        yield start, end


def _skips(part: PartReading) -> list[tuple[int, int]]:
    index = part.view.index_of
    labels = [(index(item.label.start), index(item.own.start)) for item in part.items]
    clauses = [(index(task.clause_span.start), index(task.clause_span.end)) for task in part.tasks]
    return sorted([*labels, *clauses])


def _cuts(part: PartReading) -> list[int]:
    """Where an item or the words after its heading begin."""
    cuts: set[int] = set()
    for item, provision in zip(part.items, part.provisions, strict=True):
        start = part.view.index_of(item.own.start)
        cuts.update((part.view.index_of(item.label.start), start))
        heading = "".join((provision.heading or "").split())
        if heading and part.view.plain.startswith(heading, start):
            cuts.add(start + len(heading))
    return sorted(cuts)


def _runs(part: PartReading) -> Iterator[tuple[int, int]]:
    """Stretches of running lines that stand together; a short line without any punctuation is a heading."""
    lines = [line for line in part.lines if line.kind in _RUNNING]
    full = _full_width(lines)
    first = -1
    for place, line in enumerate(lines):
        if first < 0:
            first = line.start
        following = lines[place + 1] if place + 1 < len(lines) else None
        previous = lines[place - 1] if place else None
        if following is None or _breaks(part, previous, line, following) or _ends_short(line, following, full):
            yield part.view.index_of(first), part.view.index_of(line.end)
            first = -1


def _full_width(lines: list[Line]) -> int:
    """How wide the lines are that fill their column: nine in ten are no wider."""
    widths = sorted(len(line.text) for line in lines)
    return widths[len(widths) * 9 // 10] if widths else 0


def _ends_short(line: Line, following: Line, full: int) -> bool:
    """Tell whether a line without a full stop ends its item: it leaves its column half empty.

    What follows a heading of a chapter (二、…) or comes before one never belongs to it; a line that fills its column is
    none.
    """
    width = len(line.text) + _INDENT
    is_full = len(line.text) >= _NARROW and (full <= width or len(following.text) <= width) and _has_figure(line.text)
    if (_heads_chapter(line.text) and not is_full) or _heads_chapter(following.text):
        return True
    if line.text[-1] in _GOES_ON or following.text[0] in _CLOSING or following.text[-1] in _FINISHED:
        return False
    return len(line.text) < full * _HALF_EMPTY and _has_figure(line.text)


def _has_figure(words: str) -> bool:
    """Whether a line holds a figure, as a heading hardly does."""
    return _COUNTS.search(words) is not None


def _heads_chapter(words: str) -> bool:
    return len(words) <= _SHORT and _CHAPTER.match(words) is not None and not _PUNCTUATED.search(words[3:])


def _breaks(part: PartReading, previous: Line | None, line: Line, following: Line) -> bool:
    if following.start < line.end or part.text[line.end : following.start].strip():
        return True
    after_end = previous is None or previous.text[-1] in _FINISHED
    words = _NUMBERED.sub("", line.text)
    if not after_end or len(words) > _SHORT or _PUNCTUATED.search(words):
        return False
    fills_column = len(words) >= _NARROW and len(following.text) <= len(line.text) + _INDENT
    return not fills_column


def _cells(part: PartReading) -> Iterator[tuple[int, int]]:
    """The words of tasks that stand in rows of a table."""
    rows = [line for line in part.lines if line.kind == "row"]
    starts = [row.start for row in rows]
    for task in part.tasks if rows else ():
        place = bisect_right(starts, task.text_span.start) - 1
        if place >= 0 and task.text_span.start < rows[place].end:
            yield part.view.index_of(task.text_span.start), part.view.index_of(task.text_span.end)
