"""The grammar of expressions of time: from words of the view to expressions."""

import calendar
import re
from datetime import date
from typing import Final

from luoshi.reading.numerals import from_figures
from luoshi.reading.part_reading import Dating
from luoshi.reading.times.expression import FoundTime, TimeExpression

_CALENDAR: Final = re.compile(
    r"(?:于|在)?(?P<to>到|至|截至)?(?:(?P<year>\d{4})年(?:(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日)?)?"
    r"|(?P<m2>\d{1,2})月(?:(?P<d2>\d{1,2})日)?|(?P<this>今年|本年度?|年(?=内|底|末)))(?P<end>年?[底末])?(?P<in>内)?(?P<before>之?前|以前)?"
)


def find_times(folded: str, start: int, end: int, dating: Dating) -> list[FoundTime]:
    """Return the expressions of time in a stretch of the view, in order."""
    year = dating.year or (dating.on.year if dating.on else None)
    found: list[FoundTime] = []
    for match in _CALENDAR.finditer(folded, start, end):
        expression = _read(match, year)
        if expression is not None:
            found.append(FoundTime(match.start(), match.end(), expression))
    return found


def _read(match: re.Match[str], base: int | None) -> TimeExpression | None:
    year = from_figures(match["year"]) if match["year"] else base
    month = from_figures(match["m"] or match["m2"] or "")
    day = from_figures(match["d"] or match["d2"] or "")
    if year is None or not 1949 <= year <= 2200 or (month is not None and not 1 <= month <= 12):
        return None
    length = calendar.monthrange(year, month or 12)[1]
    if day is not None and not 1 <= day <= length:
        return None
    first, last = date(year, month or 1, day or 1), date(year, month or 12, day or length)
    text = match.group()
    if match["before"] and not (match["end"] or day):
        before = date.fromordinal(first.toordinal() - 1)
        return TimeExpression(text, "ambiguous", candidates=(before, last), limit=True)
    if match["to"] or match["before"]:
        return TimeExpression(text, "open_start", end=last, limit=True)
    if match["end"] or first == last:
        return TimeExpression(text, "point", last, last, limit=bool(match["end"]))
    return TimeExpression(text, "period", first, last, limit=bool(match["in"]))
