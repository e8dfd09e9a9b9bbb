"""Words that name a stretch of years: 五年来, 今后三年, “十四五”时期, 2023—2025年."""

import re
from typing import Final

from luoshi.reading.structure.numerals import from_figures

NUMBER: Final = r"[一二三四五六七八九十两\d]{1,2}"
_BACK: Final = re.compile(
    rf"(?:过去|回首|近|这)的?(?P<n>{NUMBER})年(?!级|内)|(?P<m>{NUMBER})年(?:多)?(?:来|间|历程)(?!最|首|新高|新低|第一|唯一)|标志着“十[一二三四五六]五”|"
    rf"(?:这)?是[^,。;]{{2,30}}的(?P<k>{NUMBER})年(?=[。,:!]|$)|“十[一二三四五]五”(?:时期|期间|以来)|本届政府(?:任期)?(?:以来|收官)"
)
_AHEAD: Final = re.compile(
    rf"(?:今后|未来)的?(?P<n>{NUMBER})年|“十[四五六七]五”(?:时期|期间|末|主要|目标)|到20\d\d年|(?P<m>{NUMBER})年内"
)
_PERIOD: Final = re.compile(r"(20\d\d)年?(?:[-—–~至到]{1,2})(20\d\d)年?")
_FIVE_YEARS: Final = re.compile(r"“?(十[一二三四五六七]?)五”?(?:时期|期间|规划)|第(十[一二三四五六七]?)个五年")
_PLANS: Final = "十一二三四五六七"  # the tenth plan began in 2001
_NAMED_PLAN: Final = re.compile(r"“(十[一二三四五六七])五”")
_COMING_PLAN: Final = re.compile(r"第(十[一二三四五六七])个五年规划|“(十[一二三四五六七])五”")
_PLAN_YEARS: Final = 5
_OPENING: Final = 100


def period_of(title: str) -> tuple[int, int] | None:
    """Return the years that a title names: 2013—2017年, 第十二个五年规划, “十四五”时期."""
    named = _PERIOD.search(title)
    if named is not None and int(named[1]) < int(named[2]):
        return int(named[1]), int(named[2])
    plan = _FIVE_YEARS.search(title)
    if plan is None:
        return None
    first = _first_year(plan[1] or plan[2])
    return first, first + _PLAN_YEARS - 1


def years_back(words: str, past: int | None) -> int:
    """Return how many years up to `past` some words look back on; 0 where they do not, or on one only."""
    for match in _BACK.finditer(words):
        if _first_of_plan(match.group()) <= (past or 9999):
            return _count(match)
    return 0


def years_ahead(words: str, future: int | None) -> int:
    """Return how many years from `future` on some words look ahead to; 0 where they do not, or to one only."""
    for match in _AHEAD.finditer(words):
        plan = _first_of_plan(match.group())
        if not plan or plan + _PLAN_YEARS > (future or 0):
            return _count(match)
    return 0


def opens_plan(words: str, future: int | None) -> bool:
    """Tell whether a paragraph begins to speak of the five-year plan that the year `future` belongs to."""
    for match in _COMING_PLAN.finditer(words[:_OPENING]):
        first = _first_year(match[1] or match[2])
        if future and first <= future < first + _PLAN_YEARS:
            return True
    return False


def _first_of_plan(words: str) -> int:
    named = _NAMED_PLAN.search(words)
    return _first_year(named[1]) if named else 0


def _first_year(plan: str) -> int:
    return 2001 + _PLAN_YEARS * _PLANS.index(plan[-1])


def _count(match: re.Match[str]) -> int:
    """How many years an expression spans; 0 for one year."""
    figures = match.group("n") or match.group("m") or match.groupdict().get("k")
    years = from_figures(figures) if figures else _PLAN_YEARS
    return years if years and 1 < years <= 20 else 0
