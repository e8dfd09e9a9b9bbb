"""On which day a festival falls: fixed days, lunar days by table, 清明 by its solar term."""

from datetime import date, timedelta
from typing import Final

_FIXED: Final[dict[str, tuple[int, int]]] = {
    "元旦": (1, 1),
    "妇女节": (3, 8),
    "植树节": (3, 12),
    "五一": (5, 1),
    "劳动节": (5, 1),
    "六一": (6, 1),
    "儿童节": (6, 1),
    "七一": (7, 1),
    "八一": (8, 1),
    "建军节": (8, 1),
    "教师节": (9, 10),
    "国庆": (10, 1),
    "十一": (10, 1),
}
_FIRST: Final = 2000
# Month and day of the lunar festivals in the years from 2000 on; computed from the new moons in China's time, as some
# calendar libraries miss the new year of 2027 and 2030 by a day (new moons within minutes of midnight).
_SPRING: Final = (
    "0205 0124 0212 0201 0122 0209 0129 0218 0207 0126 0214 0203 0123 0210 0131 0219 0208 "
    "0128 0216 0205 0125 0212 0201 0122 0210 0129 0217 0206 0126 0213 0203 0123 0211 0131 "
    "0219 0208 0128 0215 0204 0124 0212 0201 0122 0210 0130 0217 0206 0126 0214 0202 0123"
)
_DRAGON_BOAT: Final = (
    "0606 0625 0615 0604 0622 0611 0531 0619 0608 0528 0616 0606 0623 0612 0602 0620 0609 "
    "0530 0618 0607 0625 0614 0603 0622 0610 0531 0619 0609 0528 0616 0605 0624 0612 0601 "
    "0620 0610 0530 0618 0607 0527 0614 0603 0622 0611 0531 0619 0608 0529 0615 0604 0623"
)
_MID_AUTUMN: Final = (
    "0912 1001 0921 0911 0928 0918 1006 0925 0914 1003 0922 0912 0930 0919 0908 0927 0915 "
    "1004 0924 0913 1001 0921 0910 0929 0917 1006 0925 0915 1003 0922 0912 1001 0919 0908 "
    "0927 0916 1004 0924 0913 1002 0920 0910 0928 0917 1005 0925 0915 1004 0922 0911 0930"
)
_DOUBLE_NINTH: Final = (
    "1006 1025 1014 1004 1022 1011 1030 1019 1007 1026 1016 1005 1023 1013 1002 1021 1009 "
    "1028 1017 1007 1025 1014 1004 1023 1011 1029 1018 1008 1026 1016 1005 1024 1012 1001 "
    "1020 1009 1027 1017 1007 1026 1014 1003 1022 1011 1029 1018 1008 1027 1016 1005 1024"
)
_LUNAR: Final[dict[str, tuple[str, int]]] = {
    "春节": (_SPRING, 0),
    "除夕": (_SPRING, -1),
    "元宵": (_SPRING, 14),
    "端午": (_DRAGON_BOAT, 0),
    "中秋": (_MID_AUTUMN, 0),
    "重阳": (_DOUBLE_NINTH, 0),
}
# Holidays that the words of officials call by name; with 节 or a mark of time after them only (see `calendar_words`).
NAMES: Final = (*_FIXED, *_LUNAR, "清明")


def festival_day(name: str, year: int) -> date | None:
    """Return the day of a festival in a year, None where the table does not reach."""
    if name in _FIXED:
        return date(year, *_FIXED[name])
    if name == "清明":
        past = year - _FIRST
        return date(year, 4, int(past * 0.2422 + 4.81) - past // 4) if 0 <= past < 100 else None
    table, shift = _LUNAR[name]
    days = table.split()
    if not 0 <= year - _FIRST < len(days):
        return None
    printed = days[year - _FIRST]
    return date(year, int(printed[:2]), int(printed[2:])) + timedelta(days=shift)


def is_fixed(name: str) -> bool:
    """Tell whether a festival falls on the same day of the calendar each year."""
    return name in _FIXED


def next_festival(name: str, on: date) -> date | None:
    """Return the first such day of which the eve is not before `on`, None where the table does not reach."""
    for year in (on.year, on.year + 1):
        day = festival_day(name, year)
        if day is None:
            return None
        if day > on:
            return day
    return None


def eve_of_fixed(name: str) -> tuple[int, int]:
    """Return month and day of the eve of a festival that falls on the same day each year."""
    eve = date(_FIRST + 1, *_FIXED[name]) - timedelta(days=1)
    return eve.month, eve.day
