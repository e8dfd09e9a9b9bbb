"""The dates at the head of chronicle entries: days, ranges, thirds of a month, with or without year and month."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from luoshi.reading.structure.numerals import from_figures

_F: Final = r"(?:\d{1,2}|[一二三四五六七八九十〇]{1,3})"
_YEAR: Final = r"(?:\d{4}|[一二三四五六七八九〇零○]{4})"
_TO: Final = r"(?:[-—–―−~〜─━]{1,2}|至|到)"
_LABEL: Final = r"(?:\d{1,3}[.、](?!\d{1,2}[-~日])|[(]\d{1,3}[)])?"
_MARKS: Final = "△▲◆●■★☆◇•◎○※▼▽▪◦►▶➤⊙"
_WEEKDAY: Final = r"(?:[(](?:星期|周)[^()]{1,4}[)]|(?:星期|周)[一二三四五六日天](?![\u4e00-\u9fff]{1,2}年))?"
HEAD: Final = re.compile(
    rf"{_LABEL}(?P<mark>[{_MARKS}]?)[【\[(]?(?:(?P<year>{_YEAR})年)?(?:(?P<month>{_F})月|(?P<this>[本当是同该]月))?"
    rf"(?:(?P<day>{_F})(?:日?(?P<more>(?:[、和]{_F}日?){{1,6}})|日?{_TO}(?:(?P<month2>{_F})月)?(?P<day2>{_F})日|日)(?<=日)|"
    r"(?P<third>[上中下]旬|(?<=月)(?:初|底|末))|"
    rf"(?P<only>(?<=\d月|[一二三四五六七八九十]月)份?(?:{_TO}(?P<month3>{_F})月份?)?)(?!{_F}日)|"
    r"(?P<whole>(?:本|当|是|该)月|月内)|(?P<annual>(?:本|当|是|该|同)年(?![度级])|年内))"
    rf"{_WEEKDAY}[】\])]?"
)
DOTTED: Final = re.compile(
    rf"(?P<mark>[{_MARKS}]?)(?:(?P<year>{_YEAR})[.])?(?P<month>\d{{1,2}})[.](?P<day>\d{{1,2}})"
    rf"(?:{_TO}(?:(?P<month2>\d{{1,2}})[.])?(?P<day2>\d{{1,2}}))?日?(?=[^\d.%％万亿元倍])"
)
MARK: Final = re.compile(rf"[{_MARKS}]")
_MONTH_LINE: Final = re.compile(rf"[【\[(]?(?:(?P<year>{_YEAR})年)?(?:(?P<month>{_F})月份?)[】\])]?[:]?$")
_YEAR_LINE: Final = re.compile(rf"[【\[(]?(?P<year>{_YEAR})年(?:度)?[】\])]?$")
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
        said = head.groupdict()
        year = _figure(said["year"]) or self.year
        month = _figure(said["month"]) or self.month
        if year is not None and said.get("annual"):
            return [(date(year, 1, 1), date(year, 12, 31))]
        if year is None or month is None or not 1 <= month <= 12:
            return []
        if said["day"] is None:
            later = _figure(said.get("month3")) or month
            found = _part_of_month(year, month, said.get("third") or "", later)
        else:
            found = _days(said, year, month)
        if found:
            self.year, self.month = found[-1][0].year, found[-1][0].month
        return found


def _part_of_month(year: int, month: int, third: str, later: int) -> list[tuple[date, date | None]]:
    """Return a third of a month, or whole months from one to a later one."""
    if not month <= later <= 12:
        return []
    last = calendar.monthrange(year, later)[1]
    parts = {"上": (1, 10), "中": (11, 20), "下": (21, last), "初": (1, 10), "底": (21, last), "末": (21, last)}
    first, end = parts.get(third[:1], (1, last))
    return [(date(year, month, first), date(year, later, end))]


def _days(head: dict[str, str | None], year: int, month: int) -> list[tuple[date, date | None]]:
    days = [_figure(head["day"]), *map(_figure, re.findall(_F, head.get("more") or ""))]
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
