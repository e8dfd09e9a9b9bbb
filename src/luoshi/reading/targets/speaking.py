"""Of which years a work report speaks, and whether it promises or claims: by headings, paragraphs and words."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from luoshi.reading.findings import TargetRole
from luoshi.reading.part_reading import PartReading
from luoshi.reading.structure.numbering import RANKS
from luoshi.reading.structure.numerals import from_figures
from luoshi.reading.view import fold

_PAST: Final = re.compile(
    r"回顾|过去|回首|以来|主要成绩|取得的成[绩就]|工作情况|工作总结|完成情况|执行情况|的主要工作$"
)
_FUTURE: Final = re.compile(
    r"今后|未来|下一步|明年|预期目标|总体要求|总体思路|总体目标|目标任务|工作安排|工作打算|工作建议|奋斗目标|主要目标|重点任务|"
    r"重点工作|主要任务|工作任务|工作重点|政府工作$|政府工作的建议|今年(?:政府)?的?(?:主要|重点)?(?:工作|任务|目标)|工作部署|清单|民生实事|工作计划|行动计划"
)
_YEAR: Final = re.compile(r"(20\d\d)年")
_SESSION: Final = re.compile(r"(20\d\d)年(\d{1,2})月\d{1,2}日.{0,30}(?:代表大会|会议)")
_NUMBER: Final = r"[一二三四五六七八九十两\d]{1,2}"
_BACK: Final = re.compile(
    rf"(?:过去|回首|近)的?(?P<n>{_NUMBER})年|(?P<m>{_NUMBER})年(?:多)?(?:来|间|历程)|“十[一二三四五]五”(?:时期|期间|以来)|本届政府(?:任期)?(?:以来|收官)"
)
_AHEAD: Final = re.compile(
    rf"(?:今后|未来)的?(?P<n>{_NUMBER})年|“十[四五六七]五”(?:时期|期间|末)|到20\d\d年|(?P<m>{_NUMBER})年内"
)
_NOW: Final = re.compile(r"一年来|过去一年|过去的一年|(?:今|本)年以来|20\d\d年,?是|刚刚过去的")
_DONE: Final = re.compile(rf"过去的?{_NUMBER}年|{_NUMBER}年来|本届政府(?:任期)?以来")
_IN_YEAR: Final = re.compile(r"(?:各位代表[,:!])?(20\d\d)年,?(?=[,全我预是]|一年)")
_UNTIL: Final = re.compile(r"到(20\d\d)年")
_STANDING: Final = re.compile(
    r"现状|(?:发展|工作|产业|建设|现有)?(?:基础|成效|成就|形势)$|基本情况$|存在的?问题|编制背景|^背景$|基础和"
)
_SET: Final = re.compile(r"(?:今年|明年|20\d\d年)?[^,。;]{0,12}(?:主要)?预期目标(?:是|为|:)")
_WORK_OF_YEAR: Final = re.compile(r"(20\d\d)年(?:的|政府|全[市县区省]|主要|重点)*工作")
_HEADING: Final = 44
_PLAN_YEARS: Final = 5


@dataclass(frozen=True, slots=True)
class Speaking:
    """`since` and `until` are the first and last year spoken of; None where nothing settles them."""

    role: TargetRole = "promise"
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """How a part speaks from each index of the view on."""

    starts: tuple[int, ...]
    ways: tuple[Speaking, ...]

    def at(self, index: int, words: str) -> Speaking:
        """Return how a sentence at an index of the view speaks; its own words count before its heading."""
        place = bisect_right(self.starts, index) - 1
        way = self.ways[place] if place >= 0 else Speaking()
        return _own(way, words)


def course_of(part: PartReading) -> Course:
    """Return the course of a part; a plan promises from beginning to end, for its year."""
    year = part.dating.year
    if part.kind != "work_report":
        return _course_of_plan(part, Speaking("promise", year, year))
    past, future = _years(part)
    if part.prefix:
        named = _YEAR.search(part.title)
        own = int(named[1]) if named else future
        return Course((0,), (Speaking("promise", own, own),))
    steps = list(_steps(part, past, future))
    return Course(tuple(start for start, _ in steps), tuple(way for _, way in steps))


def _course_of_plan(part: PartReading, promise: Speaking) -> Course:
    """A plan promises from beginning to end, but for the chapters that say how things stand (发展基础)."""
    starts, ways = [0], [promise]
    end = 0
    for place, (item, provision) in enumerate(zip(part.items, part.provisions, strict=True)):
        head = (provision.heading or provision.text)[:_HEADING]
        if item.label.start < end or not _STANDING.search(re.split(r"[。；;，,]", head)[0]):
            continue
        rank = RANKS[item.label.kind]
        after = next((other for other in part.items[place + 1 :] if RANKS[other.label.kind] <= rank), None)
        starts.append(part.view.index_of(item.label.start))
        ways.append(Speaking("result", None, promise.until))
        end = after.label.start if after else len(part.text)
        if after is not None:
            starts.append(part.view.index_of(after.label.start))
            ways.append(promise)
    order = sorted(range(len(starts)), key=lambda place: (starts[place], place))
    return Course(tuple(starts[place] for place in order), tuple(ways[place] for place in order))


def _years(part: PartReading) -> tuple[int | None, int | None]:
    """The year looked back on and the year ahead: of the session's day, the headings, or the plan's own year."""
    head = fold("".join(line.text for line in part.lines[:8]))
    before = (
        fold("".join(part.text[max(0, part.lines[0].start - 400) : part.lines[0].start].split())) if part.lines else ""
    )
    session = _SESSION.search(head) or _SESSION.search(before)
    if session:
        year = int(session[1]) + (int(session[2]) >= 11)
        return year - 1, year
    for line in part.lines:
        match = _YEAR.search(line.text)
        if match and len(line.text) <= _HEADING and _PAST.search(line.text):
            return int(match[1]), int(match[1]) + 1
    own = part.dating.year
    return (own - 1, own) if own else (None, None)


def _steps(part: PartReading, past: int | None, future: int | None) -> Iterator[tuple[int, Speaking]]:
    current = Speaking("result", past, past)
    section = current
    yield 0, current
    for line in part.lines:
        words = fold("".join(line.text[:400].split()))
        if len(words) <= _HEADING and "。" not in words:
            heading = _headed(words, past, future)
            if heading:
                section = current = heading
                yield part.view.index_of(line.start), current
            continue
        told = _paragraph(words, section, current, past)
        if told != current:
            current = told
            yield part.view.index_of(line.start), current


def _headed(words: str, past: int | None, future: int | None) -> Speaking | None:
    """A heading says which way the section looks; with a year alone, the year tells."""
    if _PAST.search(words):
        years = _count(_BACK.search(words))
        with_year = _YEAR.search(words) or re.search(r"过去一年|一年来|去年", words)
        return Speaking("result", past, past) if with_year or not years else _back(years, past)
    of_year = _WORK_OF_YEAR.search(words)
    if _FUTURE.search(words) or (of_year and future and int(of_year[1]) >= future):
        years = _count(_AHEAD.search(words))
        return (
            Speaking("promise", future, future + years - 1) if years and future else Speaking("promise", future, future)
        )
    return None


def _paragraph(words: str, section: Speaking, current: Speaking, past: int | None) -> Speaking:
    """In what looks back, a paragraph says at its head of which years it speaks, and the next ones go on."""
    if section.role != "result":
        return section
    opening = words[:40]
    years = _count(_BACK.search(opening))
    if years:
        return _back(years, past)
    return _of_year(opening) or (Speaking("result", past, past) if _NOW.search(opening) else current)


def _of_year(words: str) -> Speaking | None:
    year = _IN_YEAR.match(words)
    return Speaking("result", int(year[1]), int(year[1])) if year else None


def _back(years: int, past: int | None) -> Speaking:
    return Speaking("result", past - years + 1 if past else None, past)


def _count(match: re.Match[str] | None) -> int:
    """How many years an expression spans; 0 for one year or none."""
    if match is None:
        return 0
    figures = match.group("n") or match.group("m")
    years = from_figures(figures) if figures else _PLAN_YEARS
    return years if years and 1 < years <= 20 else 0


def _own(way: Speaking, words: str) -> Speaking:
    """What a sentence itself says: 五年来, 今后五年, 到2027年, 2020年完成."""
    return _own_past(way, words) if way.role == "result" else _own_future(way, words)


def _own_past(way: Speaking, words: str) -> Speaking:
    if _SET.search(words):
        ahead = way.until + 1 if way.until else None
        return Speaking("promise", ahead, ahead)
    years = _count(_BACK.search(words))
    return _back(years, way.until) if years else _of_year(words) or way


def _own_future(way: Speaking, words: str) -> Speaking:
    if _DONE.search(words):
        return _back(_count(_BACK.search(words)) or 1, way.since - 1 if way.since else None)
    limit = _UNTIL.search(words)
    if limit:
        return replace(way, until=int(limit[1]))
    years = _count(_AHEAD.search(words))
    return replace(way, until=way.since + years - 1) if years and way.since else way
