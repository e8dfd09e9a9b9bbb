"""Of which years a work report speaks, and whether it promises or claims: by headings, paragraphs and words."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from luoshi.reading.findings import TargetRole
from luoshi.reading.part_reading import PartReading
from luoshi.reading.structure.numbering import RANKS
from luoshi.reading.targets.year_words import NUMBER, opens_plan, period_of, years_ahead, years_back
from luoshi.reading.view import fold

_PAST: Final = re.compile(
    r"回顾|过去|回首|以来|主要成绩|取得的成[绩就]|发展成[就绩]|工作情况|工作总结|完成情况|执行情况|的主要工作$"
)
_FUTURE: Final = re.compile(
    r"今后|未来|下一步|明年|预期目标|总体要求|总体思路|总体目标|目标任务|工作安排|工作打算|工作建议|奋斗目标|主要目标|重点任务|"
    r"重点工作|主要任务|工作任务|工作重点|政府工作$|政府工作的建议|今年(?:政府)?的?(?:主要|重点)?(?:工作|任务|目标)|工作部署|清单|民生实事|工作计划|行动计划"
)
_YEAR: Final = re.compile(r"(20\d\d)年")
_SESSION: Final = re.compile(r"(20\d\d)年(\d{1,2})月\d{1,2}日.{0,30}(?:代表大会|会议)")
_NOW: Final = re.compile(r"一年来|过去一年|过去的一年|(?:今|本)年以来|20\d\d年,?是|刚刚过去的")
_DONE: Final = re.compile(rf"过去的?{NUMBER}年|{NUMBER}年来|本届政府(?:任期)?以来")
_IN_YEAR: Final = re.compile(r"(?:各位代表[,:!])?(20\d\d)年,?(?=[,全我预是]|一年)")
_UNTIL: Final = re.compile(r"到(20\d\d)年")
_STANDING: Final = re.compile(
    r"现状|(?:发展|工作|产业|建设|现有)?(?:基础|成效|成就|形势)$|基本情况$|存在的?问题|编制背景|^背景$|基础和"
)
_SET: Final = re.compile(r"(?:今年|明年|20\d\d年)?[^,。;]{0,12}(?:主要)?预期目标(?:是|为|:)")
_WORK_OF_YEAR: Final = re.compile(r"(20\d\d)年(?:的|政府|全[市县区省]|主要|重点)*工作")
_HEADING: Final = 44
_SUBHEADING: Final = re.compile(r"[(][一二三四五六七八九十]{1,3}[)]|\d{1,2}[.、]")
_SURELY_AHEAD: Final = re.compile(r"今年|明年|下一步|今后|未来|预期目标|主要目标|20\d\d年")
_THIS_YEAR: Final = re.compile(r"(?:各位代表[,:!])?(?:今年|(20\d\d)年)")
_BEGUN: Final = re.compile(
    r"(?:各位代表[,:!])?(?:今年|(20\d\d)年)(?:是|,?是|政府|我[市县区省]|全[市县区省]|经济社会)[^。]{0,40}(?:开局|首年|起步|关键之年|关键一年|决胜|目标|总体要求|总体思路|任务)"
)
_OPENING: Final = 60


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
        since, until = period_of(fold("".join(part.title.split()))) or (year, year)
        return _course_of_plan(part, Speaking("promise", since, until))
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
    current = section = Speaking("result", past, past)
    ahead: Speaking | None = None
    yield 0, current
    for line in part.lines:
        words = fold("".join(line.text[:400].split()))
        if len(words) <= _HEADING and "。" not in words:
            heading = _headed(words, past, future)
            if heading:
                section = current = heading
                ahead = _looks_ahead(words, future) if heading.role == "result" else None
                yield part.view.index_of(line.start), current
            continue
        if ahead is not None and opens_plan(words, future) and not years_back(words[:_OPENING], past):
            section, ahead = ahead, None
        told = _paragraph(words, section, current, past)
        if told.role == "promise":
            section = section if section.role == "promise" else told
        if told != current:
            current = told
            yield part.view.index_of(line.start), current


def _headed(words: str, past: int | None, future: int | None) -> Speaking | None:
    """A heading says which way the section looks; with a year alone, the year tells.

    One below a chapter ((六)办好民生实事) turns it only where it names a time.
    """
    if _SUBHEADING.match(words) and not (_PAST.search(words) or _SURELY_AHEAD.search(words)):
        return None
    if _PAST.search(words):
        years = years_back(words, past)
        with_year = _YEAR.search(words) or re.search(r"过去一年|一年来|去年", words)
        return Speaking("result", past, past) if with_year or not years else _back(years, past)
    return _looks_ahead(words, future)


def _looks_ahead(words: str, future: int | None) -> Speaking | None:
    """What a heading says of the years to come."""
    of_year = _WORK_OF_YEAR.search(words)
    if _FUTURE.search(words) or (of_year and future and int(of_year[1]) >= future):
        years = years_ahead(words, future)
        return (
            Speaking("promise", future, future + years - 1) if years and future else Speaking("promise", future, future)
        )
    return None


def _paragraph(words: str, section: Speaking, current: Speaking, past: int | None) -> Speaking:
    """A paragraph says at its head of which years it speaks, and the next ones go on."""
    opening = words[:_OPENING]
    if section.role != "result":
        return _of_plan(opening, section, current)
    years = years_back(opening, past)
    if years:
        return _back(years, past)
    begun = _BEGUN.match(words)
    if begun and past and (begun[1] is None or int(begun[1]) > past):
        return Speaking("promise", past + 1, past + 1)
    return _of_year(opening) or (Speaking("result", past, past) if _NOW.search(opening) else current)


def _of_plan(opening: str, section: Speaking, current: Speaking) -> Speaking:
    """In what looks ahead over several years, a paragraph may turn to the first of them, and another back to all."""
    if section.since is None or section.since == section.until or current.role == "result":
        return section
    this_year = _THIS_YEAR.match(opening)
    if this_year and (this_year[1] is None or int(this_year[1]) == section.since):
        return replace(section, until=section.since)
    return section if years_ahead(opening, section.since) else current


def _of_year(words: str) -> Speaking | None:
    year = _IN_YEAR.match(words)
    return Speaking("result", int(year[1]), int(year[1])) if year else None


def _back(years: int, past: int | None) -> Speaking:
    return Speaking("result", past - years + 1 if past else None, past)


def _own(way: Speaking, words: str) -> Speaking:
    """What a sentence itself says: 五年来, 今后五年, 到2027年, 2020年完成."""
    return _own_past(way, words) if way.role == "result" else _own_future(way, words)


def _own_past(way: Speaking, words: str) -> Speaking:
    if _SET.search(words):
        ahead = way.until + 1 if way.until else None
        return Speaking("promise", ahead, ahead)
    years = years_back(words, way.until)
    return _back(years, way.until) if years else _of_year(words) or way


def _own_future(way: Speaking, words: str) -> Speaking:
    if _DONE.search(words):
        return _done(words, way.since - 1 if way.since else None)
    limit = _UNTIL.search(words)
    if limit:
        return replace(way, until=int(limit[1]))
    named = _IN_YEAR.match(words)
    if named and way.since and way.until and way.since <= int(named[1]) <= way.until:
        return replace(way, since=int(named[1]), until=int(named[1]))
    years = years_ahead(words, way.since)
    return replace(way, until=way.since + years - 1) if years and way.since else way


def _done(words: str, past: int | None) -> Speaking:
    return _back(years_back(words, past) or 1, past)
