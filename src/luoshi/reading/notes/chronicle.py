"""Stage 8, chronicle: reads the dated entries of a 大事记; writes them as events.

Guarantees: △ is another event of the day before it; a line that begins with a date begins an entry only after a
finished sentence, so that a date at the head of a wrapped line does not; a paragraph without a date goes on with the
entry before it unless it tells of a meeting or visit of its own, which is reported.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from luoshi.reading.findings import Event
from luoshi.reading.issues import make_issue
from luoshi.reading.model import Issue
from luoshi.reading.notes.chronicle_dates import DOTTED, HEAD, MARK, Calendar
from luoshi.reading.notes.chronicle_people import find_people
from luoshi.reading.part_reading import PartReading
from luoshi.reading.structure.lines import Line
from luoshi.reading.structure.running_text import RunningText, make_running_text
from luoshi.reading.view import fold

_CHRONICLE: Final = re.compile(
    r"(?:大事|要事|要闻|政务|工作)(?:记要?|纪要?|月报|纪事|日志|录|要览|回顾|摘编|摘要)|纪事|活动日志"
)
_ON_FIRST_LINE: Final = re.compile(r".{2,30}大事记(?:[(（][^()（）]{1,20}[)）])?")
_COLOPHON: Final = re.compile(
    r"(?:主\s*管\s*主\s*办|主\s*[办管编]|编\s*辑|责任编辑|编委|出\s*版|印\s*[刷数]|地\s*址|邮\s*[编箱]|电\s*话|网\s*址|准印证|发送|赠阅|来源|责编)"
    r"(?:单位|出版|部|对象|范围)?[:：]|[◎●]?\s*(?:下期|目\s*录)"
)
_NEAR_TITLE: Final = 6  # a section of a site may stand above the title
_LONGEST_TITLE: Final = 60
_FINISHED: Final = frozenset("。！？!?”）)；;…’》")
_SAME_DAY: Final = re.compile(r"(?:[同是当]日|同天|当天)[,:]?")
_GOING_ON: Final = frozenset("、，,：:；于至到在自从和与及为的是将拟")
_FOLLOWS: Final = re.compile(r"[,:、。(“《\"△]|[上下中]午|晚|凌晨|早|夜|[\u4e00-\u9fff]|$")
_STOP: Final = re.compile(r"[。！!？?”)]")
_STRONG: Final = re.compile(r"[,:]|$")
_OWN_EVENT: Final = re.compile(
    r"[^。]{0,80}(?:召开|举行|举办|会见|调研|考察|开幕|闭幕|启动|开工|检查|慰问|走访|签约|揭牌|印发|来[我聊][市县区]?|到[^。]{2,20}(?:调研|检查|督导))"
)
_GOES_ON: Final = re.compile(
    r"会议|会上|会后|会前|会中|活动|期间|其间|随后|当[日天晚]|调研|座谈|仪式|他|她|报告|强调|指出|与会|参加|要|上午|下午|在[^,。]{0,12}[,中]|"
    r"[一二三四五六七八九十]要|[(（]?[一二三四五六七八九十\d]+[、.)）]|考察|检查"
)
_KEPT: Final = frozenset({"text", "masthead", "date", "closing", "row", "notice", "copies", "annex"})


@dataclass(slots=True)
class _Entry:
    """An entry whose end is not known yet; `start` includes its date, `words` does not."""

    days: list[tuple[date, date | None]]
    start: int
    words: int


@dataclass(slots=True)
class _State:
    calendar: Calendar
    entries: list[_Entry] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    days: list[tuple[date, date | None]] = field(default_factory=list)
    bare: bool = False
    undated: bool = False


def find_events(part: PartReading) -> tuple[list[Event], list[Issue]]:
    """Return the events of a part and what a person should know about them."""
    title = _title(part)
    lines = [line for line in part.lines if line.kind in _KEPT] if title else []
    if not lines:
        return [], []
    running = make_running_text(part.view, lines)
    state = _State(Calendar(part.dating.year))
    state.calendar.take_title(title)
    for line in lines[:_NEAR_TITLE] if state.calendar.year is None else ():
        if len(line.text) <= _LONGEST_TITLE and _CHRONICLE.search(line.text):
            state.calendar.take_title(fold(line.text))
    _read_lines(running, lines, state)
    return _events(running, state), state.issues


def _title(part: PartReading) -> str:
    """Return the title of a chronicle, which a file without paragraphs keeps on its first line; "" for other parts."""
    if part.kind == "chronicle" or _CHRONICLE.search(part.title):
        return part.document_title + part.title
    first = _ON_FIRST_LINE.match(part.lines[0].text) if part.lines and not part.title else None
    return fold(first.group()) if first else ""


def _read_lines(running: RunningText, lines: Sequence[Line], state: _State) -> None:
    ends = [*running.starts[1:], len(running.folded)]
    head = _form(running, ends)
    widest = max((end - start for start, end in zip(running.starts, ends, strict=True)), default=0)
    one_line = sum(1 for start in running.starts if head.match(running.folded, start)) <= 1
    before = -1
    for index, (start, end) in enumerate(zip(running.starts, ends, strict=True)):
        line = running.folded[start:end]
        if _COLOPHON.match(lines[index].text) and state.entries:
            _close(state, start)
            break
        if state.calendar.take_line(line):
            _close(state, start)
            state.bare = False
            before = -1
            continue
        paragraph = not state.entries or _is_paragraph(running, before, start, widest)
        _read_line(running, start, end, paragraph, state, head)
        _read_inside(running, start, end, one_line, state)
        before = start
    _close(state, len(running.folded))


def _form(running: RunningText, ends: Sequence[int]) -> re.Pattern[str]:
    """Return how the days of a chronicle are printed: 3日 or 3.1 (then most lines that begin with figures do so)."""
    lines = list(zip(running.starts, ends, strict=True))
    usual = sum(1 for start, end in lines if HEAD.match(running.folded, start, end))
    dotted = [match for start, end in lines if (match := DOTTED.match(running.folded, start, end))]
    real = all(1 <= int(match["month"]) <= 12 and 1 <= int(match["day"]) <= 31 for match in dotted)
    return DOTTED if real and len(dotted) > max(1, usual) else HEAD


def _is_paragraph(running: RunningText, before: int, start: int, widest: int) -> bool:
    """Whether a line begins a paragraph: the one before it ends a sentence, or stops well short of the margin."""
    if before < 0 or running.plain[start - 1] in _FINISHED:
        return True
    return widest < 60 and start - before < 0.75 * widest and running.plain[start - 1] not in _GOING_ON


def _read_line(
    running: RunningText, start: int, end: int, paragraph: bool, state: _State, form: re.Pattern[str]
) -> None:
    folded = running.folded
    head = form.match(folded, start, end)
    if head and paragraph and (_FOLLOWS.match(folded, head.end(), end) or running.is_blank(head.end())):
        _begin(state, running, head, end)
    elif mark := MARK.match(folded, start, end) or (paragraph and _SAME_DAY.match(folded, start, end)):
        _another(state, start, mark.end())
    elif state.bare and state.days:
        if running.plain[start - 1] in _FINISHED and state.entries[-1].words != start:
            _another(state, start, start)
    elif paragraph and _is_own_event(running, start, end, state):
        _another(state, start, start)
        first = state.days[0][0]
        state.issues.append(make_issue("event_undated", day=first.isoformat(), span=running.span(start, end)))


def _is_own_event(running: RunningText, start: int, end: int, state: _State) -> bool:
    """A paragraph that tells of a meeting or a visit, in a chronicle that is not wrapped at a margin."""
    if not state.entries or running.plain[start - 1 : start] not in _FINISHED or end - start < 12:
        return False
    return _OWN_EVENT.match(running.folded, start, end) is not None and not _GOES_ON.match(running.folded, start, end)


def _read_inside(running: RunningText, start: int, end: int, one_line: bool, state: _State) -> None:
    """Marks inside a line, and in a chronicle that came as one line also dates after a full stop."""
    folded = running.folded
    for stop in _STOP.finditer(folded, start, end - 1):
        head = HEAD.match(folded, stop.end(), end)
        dated = head is not None and head["day"] is not None
        if head and dated and one_line and _STRONG.match(folded, head.end(), end) and _is_later(head, state):
            _begin(state, running, head, end)
        elif not dated and MARK.match(folded, stop.end()):
            _another(state, stop.end(), stop.end() + 1)


def _is_later(head: re.Match[str], state: _State) -> bool:
    days = Calendar(state.calendar.year, state.calendar.month).days(head)
    return bool(days) and (not state.days or days[0][0] >= state.days[-1][0])


def _begin(state: _State, running: RunningText, head: re.Match[str], end: int) -> None:
    """Begin an entry with a date of its own; a date alone on its line is for all paragraphs that follow."""
    days = state.calendar.days(head)
    if not days:
        if not state.undated and state.calendar.month is None:
            state.issues.append(make_issue("event_month_unknown", span=running.span(head.start(), head.end())))
            state.undated = True
        _close(state, head.start())
        state.days, state.bare = [], False
        return
    previous = state.days
    if previous and days[0][0] < previous[0][0]:
        place = running.span(head.start(), head.end())
        said = {"day": days[0][0].isoformat(), "previous": previous[0][0].isoformat()}
        state.issues.append(make_issue("event_out_of_order", **said, span=place))
    state.days = days
    state.bare = head.end() == end
    words = head.end()
    while words < end and running.folded[words] in ",:、. △▲◆●◎○※▼▪":
        words += 1
    _open(state, _Entry(days, head.start(), words))


def _another(state: _State, start: int, words: int) -> None:
    """Begin another event of the same day."""
    if state.days:
        _open(state, _Entry(state.days, start, words))


def _open(state: _State, entry: _Entry) -> None:
    _close(state, entry.start)
    state.entries.append(entry)


def _close(state: _State, end: int) -> None:
    if len(state.ends) < len(state.entries):
        state.ends.append(end)


def _events(running: RunningText, state: _State) -> list[Event]:
    events: list[Event] = []
    for entry, end in zip(state.entries, state.ends, strict=True):
        words = running.text(entry.words, end)
        if not words:
            continue
        people = find_people(running.folded[entry.words : end])
        span = running.span(entry.start, end)
        events.extend(Event(first, last, words, span, people) for first, last in entry.days)
    return events
