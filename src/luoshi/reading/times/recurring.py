"""What recurs: 每季度, 每年3月10日前, 按月, 半年一次, 月调度; written as RFC 5545 rules.

A quarter is FREQ=MONTHLY;INTERVAL=3. A limit within each period (每季度首月10日前) is the last day of it.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from typing import Final

from luoshi.reading.times import festivals
from luoshi.reading.times.calendar_words import Named, read_named
from luoshi.reading.times.durations import Count, read_count
from luoshi.reading.times.expression import FoundTime, TimeExpression
from luoshi.reading.times.figures import DIGITS, NUMBER, SMALL, value_of

_YEAR: Final = r"年(?!龄|代|限|级|轻|份|产|薪|味|均|华|会|货)度?(?!内?均)"
_EACH: Final = re.compile(
    rf"(?:(?P<each>每隔?|逐|按|隔)(?:(?P<number>{NUMBER})个?|(?P<half>半)个?|个)?|(?P<such>逢)?(?=[单双][月周])|(?<![本当该上下每前后各{DIGITS}])(?=[年季月]度(?:终了|结束)之?后))"
    rf"(?:(?P<year>{_YEAR})|(?P<quarter>季(?!节)度?)|(?P<evenmonth>双月)|(?P<oddmonth>单月)|(?P<month>月(?!饼"
    rf"|球|嫂|光|亮)度?份?)"
    r"|(?P<twoweeks>双周)|(?P<week>(?:周(?!边|密|围|转|全|到|长|游|岁|期)|星期|礼拜))|(?P<third>旬)|(?P<workday>工作日)"
    r"|(?P<day>日(?!常|程|历|均|益|光|照)|天(?!然|空|津|气|数))|(?P<term>学期)|(?P<schoolyear>学年))"
)
_ONCE: Final = re.compile(
    rf"(?<![{DIGITS}第近前后上下这])(?:(?P<number>[一二两三四五六1-6])个?|(?P<half>半)|(?=季度))(?:(?P<year>年)"
    rf"|(?P<quarter>季度?)|(?P<month>月)|(?P<week>周)|(?P<day>[日天]))"
    rf"(?P<times>{SMALL}|两)(?:次(?!性)|回|度(?!假)|轮(?!动|换|岗)|调度|报告|通报|汇报|会商|研判|总结|分析|考核"
    rf"|评估|例会|检查|督查|督导|督办|评比|晾晒|盘点|梳理|点评|讲评|推进|排名|汇总|提醒"
    rf"|[报评考议会访查](?![\u4e00-\u9fff]{{0,2}}制造))"
)
_NOUN: Final = re.compile(
    rf"(?<![{DIGITS}本当每上下次前底个作节生假近单双同该首末整元正岁闭])(?:(?P<half>半)年"
    rf"|(?<=[、“,;。])(?P<year>年)(?=考[核评]|评估|总结)|(?P<quarter>季度?)|(?P<month>月度?)|(?P<week>周)"
    rf"|(?P<third>旬)|(?P<day>日)(?=调度|报告|研判|会商))"
    r"(?:(?:工作)?(?:调度|通报|例会|会商|研判|点评|推进会?|督查|督导|考核|考评|评估|评比|晾晒|巡查|总结|讲评"
    r"|监测|报告|报送|报(?=制度|表|送|[、,。;“”)]))"
    r"|(?<=季度)[\u4e00-\u9fff]{0,6}?(?:监测|检测|例会|调度|通报|考核|评估|报告|分析会))"
)
_HALVES: Final = re.compile(r"年中(?:和|、|及|与)年[底末终](?=各|分别|均)|上(?:半年)?[、和]?下半年(?=各|分别|均)")
_BOTH_HALVES: Final = re.compile(r"的?(?:上(?:半年)?[、和]?下半年|年中[和、及与]年[底末终])")
_PER_HEAD: Final = re.compile(
    r"每(?:名|位|个|户|家|车|亩|间|所|辆|人|生|件|村|床|县|头|套|张|吨|度|公里|平方米|[一-鿿]{1,6}(?:企业|机构"
    r"|人员|学生|岗位|单位|基地))(?:[\u4e00-\u9fff]{0,3})$"
)
_MONEY: Final = re.compile(
    r"(?:给予|发放|补助|补贴|奖励|支付|收取|缴纳)?(?:不超过|不低于|不高于|不少于|最高|最低|约|各|为"
    r"|按)*(?:不超过)?[0-9.]+(?:[-—~至][0-9.]+)?[万亿千百]*(?:元|美元|小时|万?吨)"
)
_TIMES: Final = re.compile(rf"[^,。;:每]{{0,14}}?(?P<times>{SMALL}|两)(?:次(?!性)|轮|场次?)")
_DAY_OF_MONTH: Final = re.compile(
    rf"的?(?P<day>{SMALL})[日号](?:(?P<more>(?:[、和及与]{SMALL}[日号])+)|[-—–~至到](?P<till>{SMALL})[日号])?"
    r"|的?(?P<edge>月?[底末]|最后[一1][天日])|(?P<start>月?初(?![中级始步]))|的?(?P<third>[上中下])旬"
    r"|的?(?:最后[一1]?|末)个(?P<lastwork>工作日)"
    rf"|的?(?:首|第(?P<nth>{SMALL}))个(?P<work>工作日)|的?(?P<firstdays>前)(?P<within>{SMALL})(?:[日天]"
    rf"|个(?P<workdays>工作日))(?:内|之?前)?"
    r"|的?(?:(?P<lastweekday>最后[一1]?|末)|第(?P<nthweekday>[一二三四1-4]))个(?:周"
    r"|星期)(?P<weekday>[一二三四五六日天])"
)
_IN_QUARTER: Final = re.compile(
    r"的?(?:(?P<first>首|(?:的)?第[一1]个?)|(?P<second>第[二2]个?)|(?P<third>末|最后[一1]?个?|第[三3]个?))月份?"
    r"|的?(?P<end>季?度?[末底])|(?P<start>季?度?初(?![中级始步]))"
)
_FIRST_DAYS: Final = re.compile(rf"的?前(?P<days>{SMALL})[日天]内?")
_WEEKDAYS: Final = re.compile(
    r"(?:星期|礼拜|周)?(?P<days>[一二三四五六日天](?:[、和及与至到](?:星期"
    r"|周)?[一二三四五六日天])*)(?![个次轮场项题件家名万千百例])"
)
_AFTER_END: Final = re.compile(
    r"(?:度|期)?(?:结束|终了|届满|期满|过后|终)之?后?(?:的)?|后(?=[0-9一二三四五六七八九十]{1,3}个?(?:工作)?[日天])"
)
_NEXT_MONTH: Final = re.compile(rf"(?:的?[次下]个?月|次季度?首月)的?(?P<day>{SMALL})[日号]")
_TRAIL: Final = re.compile(
    r"(?:\([^()]{0,6}\))?(?:上午|中午|下午|早上|晚上)?(?:[0-9]{1,2}[时点:](?:[0-9]{2})?分?|下班)?(?:之前|以前"
    r"|前(?!期|列|后)|以内|之内|内(?!容|部)|期间|起)?"
)
_BYDAY: Final = dict(zip("一二三四五六日天", ("MO", "TU", "WE", "TH", "FR", "SA", "SU", "SU"), strict=True))
_THIRDS: Final = {"上": 10, "中": 20, "下": -1}
_WORKWEEK: Final = "BYDAY=MO,TU,WE,TH,FR"
_LEAP_YEAR: Final = 2024
_QUARTER_MONTHS: Final = ("1,4,7,10", "2,5,8,11", "3,6,9,12")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule under way: its RFC 5545 text, the index after its words and what could not be said in it."""

    text: str
    last: int
    working: int | None = None
    note: str = ""


def read_recurring(folded: str, floor: int, pos: int, end: int) -> FoundTime | None:
    """Return the recurring expression that begins at an index, None where none does."""
    each = _EACH.match(folded, pos, end)
    if each is not None:
        return _read_each(each, folded, floor, end)
    once = _ONCE.match(folded, pos, end)
    if once is not None:
        times = value_of(once["times"])
        return _found(pos, Rule(_frequency(once), once.end()), times)
    halves = _HALVES.match(folded, pos, end)
    if halves is not None:
        return _found(pos, Rule("FREQ=MONTHLY;BYMONTH=6,12;BYMONTHDAY=-1", halves.end()), None)
    noun = _NOUN.match(folded, pos, end)
    return _found(pos, Rule(_frequency(noun), noun.end()), None) if noun else None


def _read_each(each: re.Match[str], folded: str, floor: int, end: int) -> FoundTime | None:
    """Read 每 and its kin with the days that follow; a rate (每人每年640元) and a trend (逐年提高) do not recur."""
    if _PER_HEAD.search(folded, max(floor, each.start() - 16), each.start()) or _MONEY.match(folded, each.end(), end):
        return None
    if each["each"] in {"逐", "按"} and (each["year"] or each["day"]) and each.group() != "逐日":
        return None if each["day"] or each["each"] == "逐" else _found(each.start(), _whole(each), None)
    rule = _restricted(each, folded, end)
    last = _TRAIL.match(folded, rule.last, end)
    times = _TIMES.match(folded, each.end(), end)
    rule = replace(rule, last=last.end() if last else rule.last)
    return _found(each.start(), rule, value_of(times["times"]) if times else None)


def _found(first: int, rule: Rule, times: int | None) -> FoundTime:
    expression = TimeExpression(
        "", "recurring", rrule=rule.text, working_days=rule.working, note=rule.note, times=times, limit=True
    )
    return FoundTime(first, rule.last, expression)


def _whole(each: re.Match[str]) -> Rule:
    return Rule(_frequency(each), each.end())


def _frequency(match: re.Match[str]) -> str:
    """Return the rule of the unit alone: 每两年 is FREQ=YEARLY;INTERVAL=2."""
    said = match.groupdict()
    count = value_of(said.get("number")) or 1
    if (said.get("each") or "").endswith("隔") and not said.get("number"):
        count = 2
    if said.get("half"):
        return "FREQ=MONTHLY;INTERVAL=6" if said.get("year") else "FREQ=MONTHLY;BYMONTHDAY=15,-1"
    for unit, frequency, step in _FREQUENCIES:
        if said.get(unit):
            return f"FREQ={frequency}" + (f";INTERVAL={count * step}" if count * step > 1 else "")
    return next(rule for unit, rule in _FIXED_RULES.items() if said.get(unit))


_FREQUENCIES: Final = (
    ("year", "YEARLY", 1), ("schoolyear", "YEARLY", 1), ("quarter", "MONTHLY", 3), ("month", "MONTHLY", 1),
    ("week", "WEEKLY", 1), ("twoweeks", "WEEKLY", 2), ("term", "MONTHLY", 6), ("day", "DAILY", 1),
)  # fmt: skip
_FIXED_RULES: Final = {
    "third": "FREQ=MONTHLY;BYMONTHDAY=10,20,-1",
    "workday": f"FREQ=WEEKLY;{_WORKWEEK}",
    "evenmonth": "FREQ=MONTHLY;BYMONTH=2,4,6,8,10,12",
    "oddmonth": "FREQ=MONTHLY;BYMONTH=1,3,5,7,9,11",
}


def _restricted(each: re.Match[str], folded: str, end: int) -> Rule:
    """Return the rule of a unit with the days inside it that the following words name."""
    whole = _whole(each)
    if each["half"] and each["year"]:
        return _half_year(whole, folded, end)
    if each["year"] or each["schoolyear"]:
        return _in_year(whole, folded, end)
    if each["quarter"]:
        return _in_quarter(whole, folded, end)
    if each["month"] or each["evenmonth"] or each["oddmonth"]:
        return _in_month(whole, whole.text, folded, end)
    if each["week"] or each["twoweeks"]:
        return _in_week(whole, folded, end)
    return whole


def _in_week(whole: Rule, folded: str, end: int) -> Rule:
    match = _WEEKDAYS.match(folded, whole.last, end)
    if match is None:
        return whole
    days = [_BYDAY[char] for char in match["days"] if char in _BYDAY]
    if re.search("[至到]", match["days"]) and len(days) == 2:
        names = list(dict.fromkeys(_BYDAY.values()))
        days = names[names.index(days[0]) : names.index(days[1]) + 1] or days
    return replace(whole, text=f"{whole.text};BYDAY={','.join(dict.fromkeys(days))}", last=match.end())


def _in_month(whole: Rule, base: str, folded: str, end: int) -> Rule:
    """Return the rule of a month with its days; `base` is the frequency that the days belong to."""
    after = _after_end(whole, base, folded, end)
    if after is not None:
        return after
    match = _DAY_OF_MONTH.match(folded, whole.last, end)
    days = _days_of_month(match) if match else ""
    return Rule(f"{base};{days}", match.end()) if match and days else whole


def _days_of_month(match: re.Match[str]) -> str:
    if match["day"]:
        days = [match["till"] or match["day"], *re.findall(SMALL, match["more"] or "")]
        return _month_days([value_of(day) or 0 for day in days])
    if match["edge"] or match["third"]:
        return f"BYMONTHDAY={_THIRDS[match['third'] or '下']}"
    if match["lastwork"] or match["work"] or match["workdays"]:
        place = -1 if match["lastwork"] else value_of(match["nth"] or match["within"]) or 1
        return f"{_WORKWEEK};BYSETPOS={place}" if place < 24 else ""
    if match["weekday"]:
        return f"BYDAY={value_of(match['nthweekday']) or -1}{_BYDAY[match['weekday']]}"
    return _month_days([value_of(match["within"]) or 0]) if match["within"] else ""


def _month_days(days: list[int]) -> str:
    """Return the part of a rule for days of a month, nothing where there is no such day."""
    return f"BYMONTHDAY={','.join(map(str, dict.fromkeys(days)))}" if all(1 <= day <= 31 for day in days) else ""


def _after_end(whole: Rule, base: str, folded: str, end: int) -> Rule | None:
    """Read 每月结束后5日内 and 每月…次月5日前: a day of the period after."""
    following = _NEXT_MONTH.match(folded, whole.last, end)
    if following is not None:
        return Rule(f"{base};BYMONTHDAY={value_of(following['day'])}", following.end())
    ended = _AFTER_END.match(folded, whole.last, end)
    count = read_count(folded, ended.end(), end) if ended else None
    if count is None:
        return None
    if count.working:
        return Rule(base, count.last, count.working, "working_days_after")
    longest = 30 if "BYMONTH=" in base else 28  # the months after a quarter or half year all have 30 days
    return Rule(f"{base};BYMONTHDAY={count.days}", count.last) if 0 < count.days <= longest else None


def _in_quarter(whole: Rule, folded: str, end: int) -> Rule:
    if ";INTERVAL=3" not in whole.text:
        return whole
    after = _after_end(whole, f"FREQ=MONTHLY;BYMONTH={_QUARTER_MONTHS[0]}", folded, end)
    if after is not None:
        return after
    first_days = _FIRST_DAYS.match(folded, whole.last, end)
    if first_days is not None:
        days = _month_days([value_of(first_days["days"]) or 0])
        return Rule(f"FREQ=MONTHLY;BYMONTH={_QUARTER_MONTHS[0]};{days}", first_days.end()) if days else whole
    match = _IN_QUARTER.match(folded, whole.last, end)
    if match is None:
        return whole
    months = _QUARTER_MONTHS[0 if match["first"] or match["start"] else 1 if match["second"] else 2]
    base = f"FREQ=MONTHLY;BYMONTH={months}"
    if match["end"]:
        return Rule(f"{base};BYMONTHDAY=-1", match.end())
    named = Rule(base, match.end())
    return named if match["start"] else _in_month(named, base, folded, end)


def _half_year(whole: Rule, folded: str, end: int) -> Rule:
    after = _after_end(whole, "FREQ=MONTHLY;BYMONTH=1,7", folded, end)
    if after is not None:
        return after
    match = re.compile("度?[末底]").match(folded, whole.last, end)
    return Rule("FREQ=MONTHLY;BYMONTH=6,12;BYMONTHDAY=-1", match.end()) if match else whole


_IN_YEAR: Final = re.compile(
    r"的?(?:年?(?P<end>底|末(?!端)|终(?!端))|年?(?P<start>初(?![中级始步]))|年?(?P<middle>中(?=[,。;、]|之?前|$)))"
)
_MOVING: Final = re.compile(
    "(?:主?汛期?|雨季|采暖[季期]|供暖[季期]?|入冬|麦收|三夏|秋收|春耕|开学|暑期|暑假|寒假|高考|中考|两会|春季|夏季|秋季|冬季|防火期"
    "|春节|元宵|清明|端午|中秋|重阳|除夕)节?(?:到来|来临|开始)?(?:之?前|以前|期间|末|底)?"
)
_UNTIL: Final = re.compile("(?:结束|终了|期满)?(?:之?后)?[至到]")
_MONTHS_BEFORE: Final = re.compile(r"的?(?P<months>(?:(?:1[0-2]|[1-9])[、,和])+)(?=(?:1[0-2]|[1-9])月)")
_TO: Final = re.compile(r"[-—–~至到]+")
_LIST: Final = re.compile(r"之?前?[、和及与]")


def _in_year(whole: Rule, folded: str, end: int) -> Rule:
    ended = _AFTER_END.match(folded, whole.last, end)
    count = read_count(folded, ended.end(), end) if ended else None
    if count is not None:
        return _after_year(whole, count)
    both = _BOTH_HALVES.match(folded, whole.last, end)
    if both is not None:
        return Rule("FREQ=MONTHLY;BYMONTH=6,12;BYMONTHDAY=-1", both.end())
    match = _IN_YEAR.match(folded, whole.last, end)
    if match is not None:
        days = "BYMONTH=12;BYMONTHDAY=-1" if match["end"] else "BYMONTH=1" if match["start"] else "BYMONTH=6"
        return Rule(f"{whole.text};{days}", match.end())
    moving = _MOVING.match(folded, whole.last, end)
    if moving is not None:
        until = _UNTIL.match(folded, moving.end(), end)
        named = _named_days(whole, folded, end, until.end()) if until else whole
        if named.last > whole.last:
            return named
        return replace(whole, last=moving.end(), note="local_day")
    return _named_days(whole, folded, end)


def _after_year(whole: Rule, count: Count) -> Rule:
    if count.working:
        return Rule(f"{whole.text};BYMONTH=1", count.last, count.working, "working_days_after")
    if 0 < count.months < 12:
        return Rule(f"{whole.text};BYMONTH={count.months};BYMONTHDAY=-1", count.last)
    return Rule(f"{whole.text};BYYEARDAY={count.days}", count.last) if 0 < count.days <= 365 else whole


def _named_days(whole: Rule, folded: str, end: int, start: int | None = None) -> Rule:
    """Read the days of a year in a list (每年1月15日、7月15日前; 每年1、4、7、10月8日前)."""
    found: list[tuple[int, int | None]] = []
    pos = last = whole.last if start is None else start
    months = _MONTHS_BEFORE.match(folded, pos, end)
    if months is not None:
        found.extend((int(month), None) for month in re.findall("[0-9]+", months["months"]))
        pos = months.end()
    while len(found) < 13:
        lead = re.compile("的|于|在").match(folded, pos, end)
        named = read_named(folded, lead.end() if lead else pos, end)
        day = _yearly(named) if named is not None and (not named.has_year or _is_next_year(named, found)) else None
        if named is None or day is None:
            break
        last = named.last
        to = _TO.match(folded, last, end)
        until = read_named(folded, to.end(), end) if to else None
        if until is not None and until.months is not None and not until.has_year:
            day = (until.months[1], until.day or -1)  # 每年4月至6月 ends with June
            last = until.last
        found.append(day)
        more = _LIST.match(folded, last, end)
        if more is None:
            break
        pos = more.end()
    return _yearly_rule(whole, found, last)


def _is_next_year(named: Named, found: list[tuple[int, int | None]]) -> bool:
    """每年7月10日和次年1月10日前: within a yearly list the coming year is the next turn."""
    return bool(found) and named.year is None and named.year_offset == 1


def _yearly(named: Named) -> tuple[int, int | None] | None:
    """Return month and day, None for the whole month, of day words without a year."""
    if named.festival:
        return _eve(named.festival)
    if named.quarters is not None:
        return min(12, named.quarters[1] * 3), -1
    if named.half:
        return (6 if named.half == "上" else 12), -1
    return _yearly_in_month(named, named.months[1]) if named.months is not None else None


def _yearly_in_month(named: Named, month: int) -> tuple[int, int | None] | None:
    if not 1 <= month <= 12 or (named.day is not None and not 1 <= named.day <= monthrange(_LEAP_YEAR, month)[1]):
        return None
    if named.third:
        return month, _THIRDS[named.third[-1]]
    return month, -1 if named.edge == "end" else named.day


def _eve(festival: str) -> tuple[int, int | None] | None:
    if not festivals.is_fixed(festival):
        return None
    return festivals.eve_of_fixed(festival)


def _yearly_rule(whole: Rule, found: list[tuple[int, int | None]], last: int) -> Rule:
    if not found or last == whole.last:
        return whole
    if found[-1][1] == -1 and all(day in (None, -1) for _, day in found):  # 每年6月、12月底前
        found = [(month, -1) for month, _ in found]
    if found[-1][1] is not None and all(day is None for _, day in found[:-1]):  # 每年6月、12月20日前
        found = [(month, found[-1][1]) for month, _ in found]
    days = list(dict.fromkeys(day for _, day in found))
    note = "several_days" if len(days) > 1 else ""
    months = [month for month, day in found if day == days[0]]
    text = f"{whole.text};BYMONTH={','.join(map(str, dict.fromkeys(months)))}"
    return Rule(f"{text};BYMONTHDAY={days[0]}" if days[0] is not None else text, last, note=note)
