"""The dates at the head of chronicle entries: days, ranges, thirds of a month, with or without year and month."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from luoshi.reading.structure.numerals import from_figures

_F: Final = r"(?:\d{1,2}|[一二三四五六七八九十〇]{1,3})"
_YEAR: Final = r"(?:\d{4}|[一二三四五六七八九〇零○]{4})"
_TO: Final = r"(?:[-—–―−~〜]{1,2}|至|到)"
_LABEL: Final = r"(?:\d{1,3}[.、](?!\d{1,2}[-~日])|[(]\d{1,3}[)])?"
HEAD: Final = re.compile(
    rf"{_LABEL}(?P<mark>[△▲◆●■★☆◇•]?)(?:(?P<year>{_YEAR})年)?(?:(?P<month>{_F})月)?"
    rf"(?:(?P<day>{_F})(?:日?(?P<more>(?:[、和]{_F}日?){{1,6}})|日?{_TO}(?:(?P<month2>{_F})月)?(?P<day2>{_F})日|日)(?<=日)|"
    r"(?P<third>[上中下]旬)|(?P<whole>(?:本|当|是|该)月|月内))"
    r"(?:[(](?:星期|周)[^()]{1,4}[)])?"
)
MARK: Final = re.compile(r"[△▲◆●■★☆◇]")
_MONTH_LINE: Final = re.compile(rf"[(]?(?:(?P<year>{_YEAR})年)?(?:(?P<month>{_F})月份?)[)]?[:]?$")
_YEAR_LINE: Final = re.compile(rf"[(]?(?P<year>{_YEAR})年(?:度)?[)]?$")
_IN_TITLE: Final = re.compile(rf"(?P<year>{_YEAR})年(?:度)?(?:(?P<month>{_F})月)?")


@dataclass(slots=True)
class Calendar:
    """The year and the month that a day without them belongs to."""

    year: int | None = None
    month: int | None = None

    def take_title(self, title: str) -> None:
        """Take year and month from a title such as 2019年3月大事记; a range of months settles only the year."""
        match = _IN_TITLE.search(title)
        if match:
            self.year = from_figures(match["year"])
            rest = title[match.end() : match.end() + 2]
            many = re.match(r"[-—–~至]|份?[-—–~至]", rest) is not None
            self.month = None if many else _figure(match["month"])

    def take_line(self, line: str) -> bool:
        """Take year and month from a line that holds nothing else; tell whether it did."""
        match = _MONTH_LINE.match(line) or _YEAR_LINE.match(line)
        if match is None:
            return False
        said = match.groupdict()
        self.year = _figure(said["year"]) or self.year
        self.month = _figure(said.get("month")) or self.month
        return True

    def days(self, head: re.Match[str]) -> list[tuple[date, date | None]]:
        """Return the days of a head as pairs (first, last or None); none where they cannot be told or do not exist."""
        year = _figure(head["year"]) or self.year
        month = _figure(head["month"]) or self.month
        if year is None or month is None or not 1 <= month <= 12:
            return []
        if head["third"] or head["whole"]:
            found = _part_of_month(year, month, head["third"] or "")
        else:
            found = _days(head, year, month)
        if found:
            self.year, self.month = found[-1][0].year, found[-1][0].month
        return found


def _part_of_month(year: int, month: int, third: str) -> list[tuple[date, date | None]]:
    last = calendar.monthrange(year, month)[1]
    first, end = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, last)}.get(third, (1, last))
    return [(date(year, month, first), date(year, month, end))]


def _days(head: re.Match[str], year: int, month: int) -> list[tuple[date, date | None]]:
    days = [_figure(head["day"]), *map(_figure, re.findall(_F, head["more"] or ""))]
    firsts = [_date(year, month, day) for day in days]
    if head["day2"] is None:
        return [(first, None) for first in firsts if first is not None]
    later = _figure(head["month2"]) or month
    end = _date(year + (later < month), later, _figure(head["day2"]))
    first = firsts[0]
    if first is None or end is None:
        return []
    return [(first, end if end > first else None)]


def _date(year: int, month: int, day: int | None) -> date | None:
    try:
        return date(year, month, day or 0)
    except ValueError:
        return None


def _figure(text: str | None) -> int | None:
    return from_figures(text) if text else None
