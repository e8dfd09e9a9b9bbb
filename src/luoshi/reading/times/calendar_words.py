"""Words that name days of the calendar (2026年9月底, 明年上半年, 春节前): read into their parts, not yet dated."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from luoshi.reading.times import festivals
from luoshi.reading.times.figures import DIGITS, SMALL, YEAR, value_of

Edge = Literal["", "end", "start", "middle"]

_OFFSETS: Final = {
    **{"今": 0, "本": 0, "当": 0, "同": 0, "明": 1, "来": 1, "次": 1, "翌": 1, "下": 1, "后": 2, "这": 0},
    **{"全": 0, "去": -1, "上": -1, "前": -2},
}
_END: Final = r"(?:底(?![数线层色座部盘册商蕴])|末(?![端梢位]))"
_START: Final = r"初(?![中级始步次衷])"
_STOP: Final = r"[,。;、)]|之?前(?!期)|$"
_YEAR: Final = re.compile(
    rf"(?P<year>(?<![0-9]){YEAR})年(?![级龄版号型款代])度?"
    rf"|(?P<second>第[二2]年)(?={SMALL}月)"
    r"|(?P<said>今(?=年)|(?<![透证说表])明(?=年)|(?<![未近年])来(?=年(?!均))|(?<!过)去(?=年)"
    r"|(?<![目以之提])前(?=年(?![度均]))|翌(?=年)"
    r"|(?<!基)本(?=年)|当(?=年)|同(?=年)|全(?=年(?!龄|段))|(?<![首一二两三本此每批多轮0-9])次(?=年)"
    r"|(?<![之此以最今先然])后(?=年(?!度))"
    r"|(?<!以)[上下](?=一?年(?!龄|限)))一?年(?!龄|限|级)度?"
    rf"|(?<![{DIGITS}个半全多整几每近数天学历同])(?P<bare>年)(?:度(?=内))?(?=[底末内]|终(?:前|之|[,。;、)]|$)"
    rf"|{_START}|中(?:{_STOP}))"
)
_HOUR: Final = (
    r"(?:\((?P<without>不含|不包括)?[^()]{0,6}\))?"
    r"(?:(?:凌晨|上午|中午|下午|晚上?)?(?:(?P<hour>[0-9]{1,2}|零"
    r"|二十四)[时点:](?:[0-9]{2}(?:[分:](?:[0-9]{2})?)?)?[整许]?|下班)?)"
)
_MONTH: Final = (
    rf"(?:(?P<month>(?<![0-9]){SMALL})|(?P<saidmonth>[本当同]|(?<!首)次|[上下]个?)"
    rf"|(?<![{DIGITS}个每满包岁])(?=月[底末内]))月份?的?"
    rf"(?:(?P<day>{SMALL})[日号](?!晚?报)(?:{_HOUR})|(?P<third>上中|中下|[上中下])旬"
    rf"|(?P<lastday>最后[一1]?[天日]|最末[一1]?日)"
    rf"|(?P<monthedge>月?{_END}|{_START}|中(?=之?前|[,。;、)]|$))|)"
)
_QUARTER: Final = (
    r"(?:第?(?P<quarter>[一二三四1-4首])(?:[至到、~—–-]+第?(?P<till>[二三四2-4]))?个?季度"
    r"|(?P<saidquarter>[本当上下])一?个?季度?|前(?P<quarters>[一二两三1-3])个?季度"
    rf"|(?<![{DIGITS}每按逐四夏秋冬春])季度?(?=[末底])(?P<bareq>))"
    rf"(?:的?(?:(?P<firstmonth>首|第[一1])|(?P<secondmonth>第[二2])|(?P<lastmonth>末|最后[一1]?|第[三3]))个?月份?的?"
    rf"(?:(?P<quarterday>{SMALL})[日号]|(?P<quartermonthedge>月?{_END}))?|(?P<quarteredge>{_END}))?"
)
_HALF: Final = rf"(?P<half>[上下])半年度?(?P<halfedge>{_END})?"
_MONTHS: Final = rf"前(?P<months>{SMALL})个?月(?!底|末|内)"
_FESTIVAL: Final = (
    r"(?P<quote>[“\"])?(?P<festival>"
    + "|".join(festivals.NAMES)
    + r")(?:国际|建军|国庆)?(?:劳动|儿童)?(?P<jie>节)?[”\"]?"
    r"(?P<holiday>(?:小?长)?假期?|黄金周)?"
)
_YEAREDGE: Final = rf"(?P<yearedge>年?{_END}|年?终(?![身端生止于])|年?{_START}|年?中(?={_STOP}))"
_PART: Final = re.compile(f"{_QUARTER}|{_MONTH}|{_HALF}|{_MONTHS}|{_FESTIVAL}|{_YEAREDGE}")
_ALONE: Final = re.compile(f"{_QUARTER}|{_MONTH}|{_HALF}|{_MONTHS}|{_FESTIVAL}")
_WEEK: Final = re.compile(r"(?P<week>[本这下上])个?(?:周|星期)(?:(?P<weekend>末)|(?=(?:以|之)?内|之?前|以前|底))")
_WEEKDAY: Final = re.compile(
    r"(?P<week>[本这下上])?个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])(?![一二三四五六期轮次])"
)
_NUMERIC: Final = re.compile(
    r"(?<![0-9.])(?P<year>(?:19|20)[0-9]{2})(?P<sep>[./-])(?P<month>1[0-2]|0?[1-9])"
    r"(?:(?P=sep)(?P<day>[12][0-9]|3[01]|0?[1-9]))?(?P<monthedge>月?底)?(?![0-9./%万亿个项]|-[0-9])"
)
_MARKED: Final = re.compile(r"之?前|以前|期间|之?后")


@dataclass(frozen=True, slots=True)
class Named:
    """The parts of words that name days: `last` is the index after them; None and 0 where a part is not printed.

    `year` is printed, `year_offset` is said (今年 0, 明年 1), neither where it is missing; `is_plain_year` marks the
    bare 年 of 年底 and `is_day_alone` 10日 with no month before it; `month_of_quarter` is 1 to 3 in 下季度首月10日, and
    `week_offset` without `weekday` a whole week. `quarters` and `months` are first and last,
    inclusive; `edge` is an edge of whatever is named.
    """

    last: int
    year: int | None = None
    year_offset: int | None = None
    is_plain_year: bool = False
    months: tuple[int, int] | None = None
    month_offset: int | None = None
    day: int | None = None
    third: str = ""
    quarters: tuple[int, int] | None = None
    quarter_offset: int | None = None
    half: str = ""
    festival: str = ""
    edge: Edge = ""
    weekday: int | None = None
    week_offset: int | None = None
    is_midnight: bool = False
    is_excluded: bool = False
    is_day_alone: bool = False
    month_of_quarter: int = 0

    @property
    def has_year(self) -> bool:
        """Whether the words say the year."""
        return self.year is not None or self.year_offset is not None

    @property
    def is_year(self) -> bool:
        """Whether the words name a whole year or an edge of one."""
        return not (self.months or self.month_offset is not None or self.half or self.festival) and (
            self.quarters is None
            and self.quarter_offset is None
            and self.weekday is None
            and self.week_offset is None
            and self.day is None
        )


def read_named(folded: str, pos: int, end: int) -> Named | None:
    """Return the day words that begin at an index, None where none do."""
    numeric = _NUMERIC.match(folded, pos, end)
    if numeric is not None:
        month, day = value_of(numeric["month"]) or 0, value_of(numeric["day"])
        edge = _edge(numeric["monthedge"])
        return Named(numeric.end(), year=value_of(numeric["year"]), months=(month, month), day=day, edge=edge)
    year = _YEAR.match(folded, pos, end)
    if year is not None:
        part = _PART.match(folded, year.end(), end)
        if part is not None and not _is_part(part, folded, end):
            part = None
        return _with_part(year, part)
    part = _ALONE.match(folded, pos, end)
    if part is not None and part.end() > pos and _is_part(part, folded, end):
        return _with_part(None, part)
    whole = _WEEK.match(folded, pos, end)
    if whole is not None:
        return Named(whole.end(), week_offset=_OFFSETS[whole["week"]], edge="end" if whole["weekend"] else "")
    week = _WEEKDAY.match(folded, pos, end)
    if week is None:
        return None
    return Named(
        week.end(), weekday="一二三四五六日天".index(week["weekday"]) % 7, week_offset=_OFFSETS.get(week["week"] or "")
    )


def _is_part(part: re.Match[str], folded: str, end: int) -> bool:
    """A festival counts with 节, a holiday or a mark of time after it, 十一 only where it stands in quotes."""
    if part["festival"] is None:
        return True
    if part["festival"] == "十一":
        return bool(part["quote"] or part["holiday"])
    return bool(part["jie"] or part["holiday"] or _MARKED.match(folded, part.end(), end))


def _edge(words: str | None) -> Edge:
    if not words:
        return ""
    last = words[-1]
    return "end" if last in "底末终" else "start" if last == "初" else "middle"


def _with_part(year: re.Match[str] | None, part: re.Match[str] | None) -> Named:
    said = year["said"] if year else None
    offset = _OFFSETS[said] if said else 1 if year and year["second"] else None
    is_plain = bool(year and year["bare"])
    printed = value_of(year["year"]) if year else None
    if part is None:
        return Named(year.end() if year else 0, year=printed, year_offset=offset, is_plain_year=is_plain)
    edges = (
        part["monthedge"]
        or part["quartermonthedge"]
        or part["quarteredge"]
        or part["halfedge"]
        or part.groupdict().get("yearedge")
    )
    month_said = part["saidmonth"]
    in_quarter = _month_of_quarter(part)
    says_month = "月" in part.group() and not part["months"] and not in_quarter
    is_bare_month = part["month"] is None and month_said is None and says_month
    return Named(
        part.end(),
        year=printed,
        year_offset=offset,
        is_plain_year=is_plain,
        months=_months(part),
        month_offset=_OFFSETS[month_said[0]] if month_said else 0 if is_bare_month else None,
        day=value_of(part["day"] or part["quarterday"]),
        month_of_quarter=in_quarter,
        third=part["third"] or "",
        quarters=_quarters(part),
        quarter_offset=_quarter_offset(part),
        half=part["half"] or "",
        festival=part["festival"] or "",
        edge="end" if part["lastday"] else _edge(edges),
        is_midnight=part["hour"] in {"0", "00", "零"},
        is_excluded=part["without"] is not None,
    )


def _month_of_quarter(part: re.Match[str]) -> int:
    names = ("firstmonth", "secondmonth", "lastmonth")
    return next((place for place, name in enumerate(names, start=1) if part[name]), 0)


def _months(part: re.Match[str]) -> tuple[int, int] | None:
    if part["months"]:
        return 1, value_of(part["months"]) or 0
    month = value_of(part["month"])
    return None if month is None else (month, month)


def _quarters(part: re.Match[str]) -> tuple[int, int] | None:
    if part["quarters"]:
        return 1, value_of(part["quarters"]) or 0
    if not part["quarter"]:
        return None
    first = 1 if part["quarter"] == "首" else value_of(part["quarter"]) or 0
    return first, value_of(part["till"]) or first


def _quarter_offset(part: re.Match[str]) -> int | None:
    if part["saidquarter"]:
        return _OFFSETS[part["saidquarter"]]
    return 0 if part["bareq"] is not None else None
