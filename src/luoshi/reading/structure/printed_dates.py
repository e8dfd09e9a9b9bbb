"""Dates as documents print them, in Arabic or Chinese figures, and the calendar that validity counts by."""

import calendar
from datetime import date
from typing import Final

from luoshi.reading.structure.numerals import from_figures

_FIGURE: Final = "[0-9０-９〇○ＯOo零一二三四五六七八九十元廿]"
# For words without white space: the figures of a day or a month as three or two groups.
DAY: Final = rf"({_FIGURE}{{4}})年({_FIGURE}{{1,3}})月({_FIGURE}{{1,3}})日"
MONTH: Final = rf"({_FIGURE}{{4}})年({_FIGURE}{{1,3}})月"
_LIKE_ZERO: Final = str.maketrans("ＯOo○", "〇〇〇〇")


def to_date(year: str, month: str, day: str) -> date | None:
    """Return the date of three printed figures, Arabic or Chinese, or None where there is no such day."""
    values = [_value(part) for part in (year, month, day)]
    if any(value is None for value in values):
        return None
    try:
        return date(*(value or 0 for value in values))
    except ValueError:
        return None


def _value(figures: str) -> int | None:
    plain = figures.translate(_LIKE_ZERO).replace("元", "一").replace("廿", "二十")
    return from_figures(plain)


def add_months(day: date, months: int) -> date:
    """Return the corresponding day so many months later, the last of the month where there is none."""
    years, month = divmod(day.month - 1 + months, 12)
    year = min(day.year + years, 9999)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def last_of_month(day: date | None) -> date | None:
    """Return the last day of the month of a day."""
    return None if day is None else day.replace(day=calendar.monthrange(day.year, day.month)[1])
