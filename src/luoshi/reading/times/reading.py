"""One text, one answer: which of its expressions sets the deadline.

Of several limits the last day counts (6月底前启动、12月底前完成). A dated limit goes before one that hangs on an event,
that before what is ambiguous, that before what recurs, and every limit before a description.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from luoshi.reading.part_reading import Dating
from luoshi.reading.times.durations import read_count
from luoshi.reading.times.expression import FoundTime, Kind, TimeExpression
from luoshi.reading.times.grammar import find_times
from luoshi.reading.times.vague import is_standing
from luoshi.reading.view import make_view

_EDGES: Final = ",。;、:()“”\"' "
_LINK: Final = re.compile(
    r"(?:开始)?(?:施行|实施|执行|生效|试行|正式)*[,。;]?(?:本?(?:办法|通知|意见|方案|规定|细则))?"
)
_RECUR_LINK: Final = re.compile(r"[,]?(?:各[^,。;]{0,10}?)?(?:要|应当?|须|需|务必?|请)?(?:于|在)?")
_VALID: Final = re.compile(r"有效期|试行期?|实施期|执行期")


@dataclass(frozen=True, slots=True)
class ReadTimes:
    """The expression that sets the deadline of a text, and all expressions in it in order of print."""

    main: TimeExpression
    all: tuple[TimeExpression, ...]


def read_time(text: str, *, on: date, trigger: date | None = None) -> TimeExpression:
    """Return the expression of a text that sets its deadline; see `read_times`."""
    return read_times(text, on=on, trigger=trigger).main


def read_times(text: str, *, on: date, trigger: date | None = None) -> ReadTimes:
    """Return the expressions of a text, counted from the day of issue `on`.

    `trigger` is the day of the event that a limit such as 收到申请之日起15个工作日内 hangs on.
    """
    view = make_view(text)
    words = view.folded.strip(_EDGES)
    if is_standing(words):
        standing = TimeExpression(view.plain, "continuous")
        return ReadTimes(standing, (standing,))
    found = find_times(view.folded, 0, len(view.folded), Dating(on, on.year), trigger)
    found = [replace(each, expression=_printed(each, view.plain)) for each in found]
    joined = join_times(view.folded, view.plain, found)
    main = main_time(joined)
    everything = tuple(each.expression for each in found)
    return ReadTimes(main.expression if main else TimeExpression(view.plain, "none"), everything)


def _printed(found: FoundTime, plain: str) -> TimeExpression:
    return replace(found.expression, text=plain[found.first : found.last])


def main_time(found: list[FoundTime]) -> FoundTime | None:
    """Return the expression that sets the deadline, None where there is none."""
    counting = [each for each in found if each.expression.kind != "none"]
    if not counting:
        return None
    best = max(range(len(counting)), key=lambda place: (*_rank(counting[place].expression), place))
    return counting[best]


def _rank(expression: TimeExpression) -> tuple[int, int]:
    """Return how surely an expression sets the deadline, and how late it ends."""
    last = expression.end.toordinal() if expression.end else 0
    if expression.limit:
        undated = {"relative": 8, "ambiguous": 7, "recurring": 6}
        return (9, last) if last else (undated.get(expression.kind, 5), 0)
    described = {"period": 4, "point": 4, "open_end": 4, "relative": 4, "continuous": 2, "open_start": 1}
    return described.get(expression.kind, 0), last


def join_times(folded: str, plain: str, found: list[FoundTime]) -> list[FoundTime]:
    """Join what belongs together: 自…起施行，有效期至… is one period, 2026年起每年… one rule with its first day."""
    joined: list[FoundTime] = []
    for each in found:
        above = joined[-1] if joined else None
        whole = _join(folded, above, each) if above is not None else None
        if whole is not None:
            joined[-1] = replace(whole, expression=_printed(whole, plain))
        else:
            joined.append(each)
    return joined


def _join(folded: str, one: FoundTime, other: FoundTime) -> FoundTime | None:
    before, after = one.expression, other.expression
    between = folded[one.last : other.first]
    if after.kind == "recurring" and before.kind in {"open_end", "period"} and _RECUR_LINK.fullmatch(between):
        return FoundTime(one.first, other.last, replace(after, start=before.start, end=before.end))
    if before.kind not in {"open_end", "relative"} or before.end or before.limit or not _LINK.fullmatch(between):
        return None
    words = folded[other.first : other.last]
    if after.kind == "relative" and _VALID.match(words):
        return _valid_for(folded, one, other)
    if after.kind != "open_start" or not (_VALID.match(words) or words[:1] in {"至", "到"}):
        return None
    kind: Kind = "period" if before.start else "open_start"
    return FoundTime(
        one.first, other.last, TimeExpression("", kind, before.start, after.end, limit=after.limit, note=before.note)
    )


def _valid_for(folded: str, one: FoundTime, other: FoundTime) -> FoundTime | None:
    """自2026年1月1日起施行，有效期3年 ends on the eve: the first day counts, as 施行 is from the beginning of it."""
    figure = re.compile("[0-9一二三四五六七八九十两半]").search(folded, other.first, other.last)
    count = read_count(folded, figure.start(), other.last) if figure else None
    if count is None:
        return None
    start = one.expression.start
    end = count.after(start) - timedelta(days=1) if start and not count.working else None
    kind: Kind = "period" if end else "relative"
    return FoundTime(one.first, other.last, TimeExpression("", kind, start, end, note=one.expression.note))
