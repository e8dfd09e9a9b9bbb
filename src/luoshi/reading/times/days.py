"""Arithmetic of calendar days: ends of months, corresponding days, stretches."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

Unit = Literal["day", "week", "third", "month", "quarter", "half", "year", "festival"]

FIRST_YEAR: Final = 1949
LAST_YEAR: Final = 2200
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days from `start` to `end`, both inclusive, that words name as one `unit`."""

    start: date
    end: date
    unit: Unit


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def months_of(year: int, first: int, last: int, unit: Unit) -> Stretch:
    """Return the stretch from the first day of one month of a year to the last day of another."""
    return Stretch(date(year, first, 1), month_end(year, last), unit)


def third_of(year: int, month: int, third: str) -> Stretch:
    """Return 上旬 (1 to 10), 中旬 (11 to 20), 下旬 (21 to the end) or two of them (上中旬) of a month."""
    first = date(year, month, {"上": 1, "中": 11, "下": 21}[third[0]])
    last = month_end(year, month) if third[-1] == "下" else date(year, month, 10 if third[-1] == "上" else 20)
    return Stretch(first, last, "third")


def day_before(day: date) -> date:
    """Return the day before."""
    return day - _DAY


def day_after(day: date) -> date:
    """Return the day after."""
    return day + _DAY


def add_months(day: date, count: int) -> date:
    """Return the corresponding day so many months later, or that month's last day; earlier for a negative count."""
    month = day.year * 12 + day.month - 1 + count
    last = month_end(month // 12, month % 12 + 1)
    return last.replace(day=min(day.day, last.day))


def is_sensible_year(year: int) -> bool:
    """Tell whether a year is one that documents name as a time."""
    return FIRST_YEAR <= year <= LAST_YEAR
