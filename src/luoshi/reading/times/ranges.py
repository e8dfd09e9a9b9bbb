"""Day words alone or from one to another: 2021—2025年, 3月至5月, 2026年1月1日至12月31日."""

import re
from dataclasses import dataclass, replace
from typing import Final

from luoshi.reading.part_reading import Dating
from luoshi.reading.times.calendar_words import Named, read_named
from luoshi.reading.times.dating import UnableToDate, date_of, with_year
from luoshi.reading.times.days import Stretch
from luoshi.reading.times.figures import SMALL, YEAR, value_of

_TO: Final = re.compile(r"(?:(?:之日)?起,?(?:开始)?(?:执行|实施|施行|试行|开展)?)?(?:[-—–~－]+|[至到])")
_BOTH_YEARS: Final = re.compile(rf"(?<![0-9])(?P<first>{YEAR})年?(?:、|和|及|与)(?P<last>{YEAR})年度?")
_YEARS: Final = re.compile(rf"(?<![0-9])(?P<first>{YEAR})(?:年度?)?(?:[-—–~－]+|[至到])(?P<last>{YEAR})年度?")
_MONTHS: Final = re.compile(
    rf"(?<![0-9])(?P<first>{SMALL})月?份?(?:[-—–~－]+|[至到])(?P<last>{SMALL})月份?(?!{SMALL}[日号])"
)
_DAY: Final = re.compile(rf"(?P<day>{SMALL})[日号]")
_DAY_TO: Final = re.compile(rf"(?P<month>{SMALL})月(?P<first>{SMALL})(?:[-—–~－、]+|[至到])(?P<last>{SMALL})[日号]")
_YEAR_BEFORE: Final = re.compile(rf"(?:{YEAR}|[今明去本当])年度?")
_DAY_ALONE: Final = re.compile(rf"(?P<day>{SMALL})[日号](?=之?前|以前)")


@dataclass(frozen=True, slots=True)
class NamedRange:
    """Day words from `since` to `until`; one and the same where no range is printed."""

    since: Named
    until: Named
    needs_bound: bool = False

    @property
    def last(self) -> int:
        """The index after the words."""
        return self.until.last

    def days(self, dating: Dating, context: int | None) -> Stretch:
        """Return the days; raises UnableToDate where one end names none or the last lies before the first."""
        if self.since is self.until:
            return date_of(self.until, dating, context)
        first = date_of(self.since, dating, context)
        last = self._last(dating, first.start.year)
        if last.end < first.start and not self.until.has_year:
            last = self._last(dating, first.start.year + 1)
        if last.end < first.start:
            raise UnableToDate("no_such_day")
        return Stretch(first.start, last.end, last.unit if last.unit == "day" else "month")

    def _last(self, dating: Dating, year: int) -> Stretch:
        """The second end is in the year of the first, or in the next, where it names none."""
        return date_of(self.until if self.until.has_year else with_year(self.until, year), dating)


def read_range(folded: str, pos: int, end: int) -> NamedRange | None:
    """Return the day words that begin at an index, with the second end of a range, None where none do."""
    short = _short_range(folded, pos, end)
    if short is not None:
        return short
    since = read_named(folded, pos, end)
    if since is None:
        alone = _DAY_ALONE.match(folded, pos, end)
        if alone is None or folded[max(0, pos - 1) : pos] in {"月", "个"}:
            return None
        named = Named(alone.end(), month_offset=0, day=value_of(alone["day"]), is_day_alone=True)
        return NamedRange(named, named, needs_bound=True)
    until = _until(folded, since, end)
    return NamedRange(since, until) if until else NamedRange(since, since)


def _until(folded: str, since: Named, end: int) -> Named | None:
    to = _TO.match(folded, since.last, end)
    if to is None:
        return None
    if since.day is not None and since.months is not None:
        day = _DAY.match(folded, to.end(), end)
        if day is not None:
            return replace(since, last=day.end(), day=value_of(day["day"]), year=None, year_offset=None)
    return read_named(folded, to.end(), end)


def _short_range(folded: str, pos: int, end: int) -> NamedRange | None:
    """Read ranges of which the first end leaves its unit to the second: 2021-2025年, 1-6月, 3月1-5日."""
    years = _YEARS.match(folded, pos, end) or _one_after_the_other(folded, pos, end)
    if years is not None:
        until = read_named(folded, years.start("last"), end)
        since = Named(years.end(), year=value_of(years["first"]))
        return NamedRange(since, until) if until else None
    year = _YEAR_BEFORE.match(folded, pos, end)
    at = year.end() if year else pos
    known = read_named(folded, pos, at) if year else None
    return _short_months(folded, at, end, known) or _short_days(folded, at, end, known)


def _one_after_the_other(folded: str, pos: int, end: int) -> re.Match[str] | None:
    """2026年和2027年 is a period of two years; years apart are two times."""
    years = _BOTH_YEARS.match(folded, pos, end)
    if years is None or (value_of(years["last"]) or 0) - (value_of(years["first"]) or 0) != 1:
        return None
    return years


def _short_months(folded: str, pos: int, end: int, known: Named | None) -> NamedRange | None:
    months = _MONTHS.match(folded, pos, end)
    if months is None:
        return None
    until = read_named(folded, months.start("last"), end)
    if until is None:
        return None
    first = value_of(months["first"]) or 0
    since = Named(months.end(), months=(first, first))
    if known is None:
        return NamedRange(since, until)
    since = replace(since, year=known.year, year_offset=known.year_offset)
    return NamedRange(since, until)


def _short_days(folded: str, pos: int, end: int, known: Named | None) -> NamedRange | None:
    days = _DAY_TO.match(folded, pos, end)
    if days is None:
        return None
    month = value_of(days["month"]) or 0
    until = Named(days.end(), months=(month, month), day=value_of(days["last"]))
    since = replace(until, day=value_of(days["first"]))
    if known is not None:
        since = replace(since, year=known.year, year_offset=known.year_offset)
    return NamedRange(since, until)
