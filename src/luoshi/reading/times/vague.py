"""Words of time that settle no day of their own: 长期坚持, 汛期前, 年前, 本届任期内; five-year plans and 今明两年.

Words that only urge (尽快, 及时, 按期) and names (长期护理保险, "十四五"规划) are no expressions at all.
"""

import re
from datetime import date
from typing import Final

from luoshi.reading.part_reading import Dating
from luoshi.reading.times import festivals
from luoshi.reading.times.days import Stretch, day_before
from luoshi.reading.times.expression import FoundTime, TimeExpression
from luoshi.reading.times.figures import DIGITS, value_of

_GOES_ON: Final = r"推进|推动|实施|开展|坚持|抓好|落实|执行|有效|进行|跟进|深化|巩固|保持|组织|整治|用力|发力|抓"
_CONTINUOUS: Final = re.compile(
    rf"长期(?:{_GOES_ON})|(?:持续|常态化?|常年|滚动|不间断|常态长效)(?:{_GOES_ON})|常抓不懈|持之以恒|久久为功|贯穿始终"
)
_WHOLE: Final = re.compile(
    r"(?:长期|持续|常态化?|常年|长效|经常|日常|永久|不间断|滚动)(?:性)?(?:工作|任务|推进|坚持|实施|开展|进行"
    r"|落实|机制)?"
)
_SEASON: Final = re.compile(
    r"(?P<name>主?汛期?|雨季|采暖[季期]|供暖[季期]?|供热[季期]?|入冬|上冻|封冻|麦收|三夏|秋收|春耕|春播|秋播"
    r"|(?:春季|秋季)?(?:新学期)?开学|"
    r"暑期|暑假|寒假|高考|中考|(?:全国)?两会|春运|春季|夏季|秋季|冬季|秋冬季|今冬明春|冬春|春季学期|秋季学期"
    r"|防火期|旺季)"
    r"(?:到来|来临|开始|结束|召开)?(?:之前|以前|前(?!期)|结束|末|底)"
)
_BARE_SEASON: Final = re.compile("(?:[春夏秋冬]季|汛期|采暖[季期])(?:学期)?(?:期间|以来|起|开始)?")
_SEASON_EVES: Final[dict[str, tuple[tuple[int, int], ...]]] = {
    "汛": ((3, 31), (5, 31)),
    "暖": ((11, 14),),
    "热": ((11, 14),),
    "夏": ((5, 31),),
    "麦": ((5, 31),),
    "学": ((2, 28), (8, 31)),
    "考": ((6, 6),),
}
_BEFORE_NEW_YEAR: Final = re.compile(rf"(?<![{DIGITS}几多数今明去本当上半每前后])年前(?!后|期|列)")
_BEFORE_HOLIDAY: Final = re.compile(r"(?<![季环情细章调枝关佳])节前")
_TERM: Final = re.compile(
    r"(?:(?:本届|届)(?:政府|党委|班子|领导班子|市委|县委|区委|省委)?)(?:任期)?(?:期?内|期满前|结束前)|任期内"
    r"|任期结束前"
)
_CENTURY: Final = re.compile(r"(?:到)?(?:本|21|二十一)?世纪(?P<when>中叶|中期|末)(?:前|以前)?")
_SOON: Final = re.compile(r"近期(?=内|[,。;)]|完成|启动|印发|出台|开工|$)内?|短期内|适当时候|一段时间内")
_AT_ONCE: Final = re.compile(r"立即|马上(?!就)|即刻|立行立改|即知即改|立查立改|立整立改")
_PLAN: Final = re.compile(
    r"(?P<lead>到|至|截至)?[“\"‘']?(?P<number>十[一二三四五六七八九]?|二十)五[”\"’']?(?P<span>规划期?间?|五年)?"
    r"(?:(?P<end>时?期?末期?)|(?P<opening>开局之?年)|(?P<start>(?:时期)?初期?(?![中级始步]))|(?P<middle>中期)"
    r"|(?P<last>收官之?年)|(?P<since>以来)"
    r"|(?P<during>期间|时期(?:内|以来)?|期内)|(?P<begin>起))(?P<before>之?前|以前)?"
)
_LEAD: Final = re.compile(r"(?:截至|(?<![达高增降减少扩升])到|(?<![甚乃以])至)$")
# The name of a plan (“十四五”时期“无废城市”建设实施方案) says no time by which something is done.
_NAME_OF_PLAN: Final = re.compile(r"[^,。;、:]{0,24}(?:方案|规划|计划|纲要|行动)(?:[(][^()]{0,16}[)])?(?:[,。;、]|$)")
_TWO_YEARS: Final = re.compile(r"今明(?P<count>[两二2三3])?年(?:内|底?之?前|底)?|今明后三年")


def read_vague(folded: str, floor: int, pos: int, end: int, dating: Dating) -> FoundTime | None:
    """Return the vague expression that begins at an index, None where none does."""
    found = (
        _plan(folded, pos, end)
        or _two_years(folded, pos, end, dating)
        or _season(folded, pos, end, dating)
        or _century(folded, pos, end)
        or _open(folded, pos, end, dating)
    )
    return None if found is None else _led(folded, floor, found)


def _led(folded: str, floor: int, found: FoundTime) -> FoundTime:
    """Take 到 and its kin before an edge of a plan or century with it (到"十五五"末)."""
    lead = _LEAD.search(folded, max(floor, found.first - 2), found.first)
    if lead is None or not found.expression.limit:
        return found
    expression = found.expression
    if expression.end is not None:
        expression = TimeExpression("", "open_start", end=expression.end, limit=True)
    return FoundTime(lead.start(), found.last, expression)


def is_standing(words: str) -> bool:
    """Tell whether the words of a cell mean that there is no end (长期, 常态化推进)."""
    return _WHOLE.fullmatch(words) is not None


def _plan(folded: str, pos: int, end: int) -> FoundTime | None:
    match = _PLAN.match(folded, pos, end)
    if match is None:
        return None
    number = value_of(match["number"]) or 10
    first = 2001 + (number - 10) * 5
    days = Stretch(date(first, 1, 1), date(first + 4, 12, 31), "year")
    named = _NAME_OF_PLAN.match(folded, match.end(), end) is not None
    return FoundTime(pos, match.end(), _of_plan(match, days, named=named))


def _of_plan(match: re.Match[str], days: Stretch, *, named: bool) -> TimeExpression:
    if match["since"] or match["begin"] or (match["during"] or "").endswith("以来"):
        return TimeExpression("", "open_end", start=days.start)
    if match["start"] or match["middle"]:
        years = (0,) if match["start"] else (1, 2)
        ends = tuple(date(days.start.year + year, 12, 31) for year in years)
        return TimeExpression("", "ambiguous", candidates=ends, limit=True)
    if match["last"] or match["opening"]:
        year = (days.end if match["last"] else days.start).year
        return TimeExpression("", "period", date(year, 1, 1), date(year, 12, 31))
    if match["lead"] or match["before"]:
        return TimeExpression("", "open_start", end=days.end, limit=True)
    if match["end"]:
        return TimeExpression("", "point", days.end, days.end, limit=True)
    return TimeExpression("", "period", days.start, days.end, limit=not named)


def _two_years(folded: str, pos: int, end: int, dating: Dating) -> FoundTime | None:
    match = _TWO_YEARS.match(folded, pos, end)
    if match is None:
        return None
    if dating.on is None:
        return FoundTime(pos, match.end(), TimeExpression("", "ambiguous", note="year_missing", limit=True))
    first = dating.on.year
    last = first + (2 if match["count"] in {"三", "3"} or "后三" in match.group() else 1)
    days = date(first, 1, 1), date(last, 12, 31)
    return FoundTime(pos, match.end(), TimeExpression("", "period", *days, limit=True))


def _season(folded: str, pos: int, end: int, dating: Dating) -> FoundTime | None:
    match = _SEASON.match(folded, pos, end)
    if match is None:
        return None
    eves = _eves_of(match)
    candidates = tuple(sorted(_coming(dating.on, *eve) for eve in eves)) if dating.on else ()
    return FoundTime(pos, match.end(), _ambiguous(candidates, note="local_day"))


def _eves_of(match: re.Match[str]) -> tuple[tuple[int, int], ...]:
    """Return month and day before which a season begins in one part of the country or another."""
    if not match.group().endswith("前"):
        return ()
    return next((days for char, days in _SEASON_EVES.items() if char in match["name"]), ())


def read_season_of_year(folded: str, pos: int, end: int, year: int | None) -> FoundTime | None:
    """Return the season that follows a year (2026年汛期前, 2026年秋季学期起), None where none does."""
    match = _SEASON.match(folded, pos, end)
    if match is None:
        bare = _BARE_SEASON.match(folded, pos, end)
        return FoundTime(pos, bare.end(), TimeExpression("", "ambiguous", note="local_day")) if bare else None
    candidates = tuple(date(year, *eve) for eve in _eves_of(match)) if year else ()
    return FoundTime(pos, match.end(), _ambiguous(candidates, note="local_day"))


def _coming(on: date, month: int, day: int) -> date:
    this_year = date(on.year, month, day)
    return this_year if this_year >= on else date(on.year + 1, month, day)


def _century(folded: str, pos: int, end: int) -> FoundTime | None:
    match = _CENTURY.match(folded, pos, end)
    if match is None:
        return None
    years = (2100,) if match["when"] == "末" else (2049, 2050)
    return FoundTime(pos, match.end(), _ambiguous(tuple(date(year, 12, 31) for year in years)))


def _open(folded: str, pos: int, end: int, dating: Dating) -> FoundTime | None:
    match = _CONTINUOUS.match(folded, pos, end)
    if match is not None:
        return FoundTime(pos, match.end(), TimeExpression("", "continuous"))
    match = _AT_ONCE.match(folded, pos, end)
    if match is not None:
        today = (dating.on,) if dating.on else ()
        return FoundTime(pos, match.end(), TimeExpression("", "ambiguous", candidates=today))
    match = _BEFORE_NEW_YEAR.match(folded, pos, end)
    if match is not None:
        return FoundTime(pos, match.end(), _ambiguous(_new_year_eves(dating.on)))
    for pattern in (_TERM, _SOON, _BEFORE_HOLIDAY):
        match = pattern.match(folded, pos, end)
        if match is not None:
            return FoundTime(pos, match.end(), _ambiguous(()))
    return None


def _new_year_eves(on: date | None) -> tuple[date, ...]:
    """年前 is before the lunar new year for most people, before the end of the year for others."""
    if on is None:
        return ()
    spring = festivals.next_festival("春节", on)
    days = [date(on.year, 12, 31), *([day_before(spring)] if spring else [])]
    return tuple(sorted(days))


def _ambiguous(candidates: tuple[date, ...], note: str = "") -> TimeExpression:
    return TimeExpression("", "ambiguous", candidates=candidates, limit=True, note=note)
