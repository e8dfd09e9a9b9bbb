"""From day words to days: missing years, 今年 and 本月 counted from the day of issue, days that do not exist."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from luoshi.reading.part_reading import Dating
from luoshi.reading.times import festivals
from luoshi.reading.times.calendar_words import Named
from luoshi.reading.times.days import Stretch, is_sensible_year, months_of, third_of

# A month that lies further back than this is the coming one; a plan printed late may name the month just past. What
# December names is always to come.
_LAST_MONTH: Final = 12
_MONTHS_BACK: Final = 2
_QUARTERS_BACK: Final = 4


class UnableToDate(Exception):
    """Words name no day: the code of `NOTES` says why."""

    def __init__(self, note: str) -> None:
        """Keep the code."""
        super().__init__(note)
        self.note = note


def date_of(named: Named, dating: Dating, context: int | None = None) -> Stretch:
    """Return the days that words name; `context` is a year that the words before them named.

    Raises UnableToDate for a day that does not exist and for a year that nothing settles.
    """
    try:
        return _days(named, dating, context)
    except ValueError:
        raise UnableToDate("no_such_day") from None


def with_year(named: Named, year: int) -> Named:
    """Return the same words with a printed year."""
    return replace(named, year=year, year_offset=None, is_plain_year=False)


def _days(named: Named, dating: Dating, context: int | None) -> Stretch:
    if named.festival:
        return _festival(named, dating, context)
    if named.week_offset is not None and named.weekday is None:
        monday = _on(dating) - timedelta(days=_on(dating).weekday() - 7 * named.week_offset)
        return Stretch(monday, monday + timedelta(days=6), "week")
    if named.weekday is not None or named.month_offset is not None or named.quarter_offset is not None:
        return _from_today(named, _on(dating))
    year = _year(named, dating, context)
    if not is_sensible_year(year):
        raise UnableToDate("no_such_day")
    if named.months is not None:
        return _in_month(named, year)
    return _in_year(named, year)


def _in_year(named: Named, year: int) -> Stretch:
    if named.quarters is not None:
        first, last = named.quarters
        if last < first or last > 4:
            raise UnableToDate("no_such_day")
        if named.month_of_quarter:
            return _month_of_quarter(named, year, first * 3 - 2)
        return months_of(year, first * 3 - 2, last * 3, "quarter")
    if named.half:
        return months_of(year, *((1, 6) if named.half == "上" else (7, 12)), "half")
    return months_of(year, 1, 12, "year")


def _from_today(named: Named, on: date) -> Stretch:
    """Return the days of 本月, 下季度 and 周五, which count from the day of issue."""
    if named.weekday is not None:
        return _weekday(named, on)
    return _said_month(named, on) if named.month_offset is not None else _said_quarter(named, on)


def _on(dating: Dating) -> date:
    if dating.on is None:
        raise UnableToDate("year_missing")
    return dating.on


def _year(named: Named, dating: Dating, context: int | None) -> int:
    if named.year is not None:
        return named.year
    if named.year_offset is not None:
        year = dating.on.year if dating.on else dating.year
        if year is None:
            raise UnableToDate("year_missing")
        return year + named.year_offset
    if context is not None and (dating.on is None or context >= dating.on.year):
        return context
    return _missing_year(named, dating)


def _missing_year(named: Named, dating: Dating) -> int:
    on, plan = dating.on, dating.year
    if on is None:
        if plan is None:
            raise UnableToDate("year_missing")
        return plan
    if plan is not None and plan > on.year:
        return plan
    if named.is_year:
        return on.year
    if named.months is not None:
        back = on.month - named.months[1]
        return on.year + (back > (0 if on.month == _LAST_MONTH else _MONTHS_BACK))
    last = named.quarters[1] * 3 if named.quarters else 6 if named.half == "上" else 12
    return on.year + (on.month - last > _QUARTERS_BACK)


def _in_month(named: Named, year: int) -> Stretch:
    first, last = named.months or (0, 0)
    if named.third:
        return third_of(year, first, named.third)
    if named.day is not None:
        day = date(year, first, named.day)
        return Stretch(day, day, "day")
    return months_of(year, first, last, "month")


def _said_month(named: Named, on: date) -> Stretch:
    month = on.year * 12 + on.month - 1 + (named.month_offset or 0)
    if named.is_day_alone and (named.day or 0) < on.day:
        month += 1
    return _in_month(replace(named, months=(month % 12 + 1, month % 12 + 1)), month // 12)


def _said_quarter(named: Named, on: date) -> Stretch:
    quarter = on.year * 4 + (on.month - 1) // 3 + (named.quarter_offset or 0)
    first = quarter % 4 * 3 + 1
    if named.month_of_quarter:
        return _month_of_quarter(named, quarter // 4, first)
    return months_of(quarter // 4, first, first + 2, "quarter")


def _month_of_quarter(named: Named, year: int, first: int) -> Stretch:
    """Return the days of 下季度首月 and 下季度首月10日; `first` is the first month of the quarter."""
    month = first + named.month_of_quarter - 1
    return _in_month(replace(named, months=(month, month)), year)


def _weekday(named: Named, on: date) -> Stretch:
    monday = on - timedelta(days=on.weekday())
    day = monday + timedelta(days=(named.weekday or 0) + 7 * (named.week_offset or 0))
    if named.week_offset is None and day < on:
        day += timedelta(days=7)
    return Stretch(day, day, "day")


def _festival(named: Named, dating: Dating, context: int | None) -> Stretch:
    if named.has_year or context is not None or dating.on is None or (dating.year or 0) > dating.on.year:
        day = festivals.festival_day(named.festival, _year(named, dating, context))
    else:
        day = festivals.next_festival(named.festival, dating.on)
    if day is None:
        raise UnableToDate("festival_unknown")
    return Stretch(day, day, "festival")
