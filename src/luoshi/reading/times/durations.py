"""Limits counted from an event: 收到之日起15个工作日内, 印发后10日内, 三年内, 届满30日前, and events without a count.

The day of the event is not counted; months and years end on the corresponding day or on the month's last (Civil Code,
articles 201 and 202). An event that is the document's own issue is dated by the day of issue, any other by a trigger.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from luoshi.reading.part_reading import Dating
from luoshi.reading.times.days import add_months, month_end
from luoshi.reading.times.expression import FoundTime, TimeExpression
from luoshi.reading.times.figures import DIGITS, NUMBER, value_of
from luoshi.standards.working_days import UnableToCountWorkingDays, add_working_days

_LONGEST_EVENT: Final = 40
_UNITS: Final = (
    r"(?P<working>个?(?:法定)?工作日)|(?P<day>个?自然日|个?日历[日天]|天|日(?!常|报|益|均|用|前的))"
    r"|(?P<week>个?(?:周|星期|礼拜))|(?P<hour>个?(?:小时|钟头))"
    r"|(?P<month>个(?P<halfmonth>半)?月|(?<![0-9])月(?=内|之内|以内))|(?P<quarter>个季度)|(?P<year>年(?P<halfyear>半)?)|(?P<minute>分钟)"
)
_COUNT: Final = re.compile(
    rf"(?<![{DIGITS}])(?:(?:{NUMBER})(?:[-—–~至到、]+))?(?:(?P<number>{NUMBER})"
    rf"|(?P<half>半))(?:{_UNITS})(?P<time>(?:左右)?(?:的?时间|时限|期限)|左右)?"
)
_WITHIN: Final = re.compile(r"(?:以内|之内|内)(?!部|容|蒙|设|外)")
_AHEAD: Final = re.compile(r"(?:之前|以前|前)(?!期|列|后|提)")
_OF_NOUN: Final = re.compile(r"的(?!时间|期限|时限)")
# Before a count: figures that describe or bound a length, not a time by which something is done.
_LENGTH: Final = re.compile(
    r"(?:控制在|压缩|压减|缩短|缩减|减少|精简|提速|降低|限定在|限制在|保持在|稳定在|平均|累计|连续|最近|过去|近"
    r"|最长|最多|最短|最少|不得?(?:超过|多于|少于|低于)|"
    r"至少|少于|多于|低于|超过|达到|满|每|用|利用|第|前后|历时|试用期|服务期|合同期|缓缴期|见习期|公示期|周期"
    r"|期限|毕业|离校|成立|注册|登记|退役|出生|参保|"
    r"投产|创办|创业|任职|从业|经营|已|未满|距今|时间为|为期|缓缴|延长|延期|延续)(?:时间|期限|时限)?(?:至|到|为"
    r"|在|了)?$"
)
_REACHED: Final = re.compile("(?:完成|达到|实现|建成|竣工|达标|超额|全面|投产|开工)")
_COMING: Final = re.compile(r"(?:今后|未来|此后|其后|接下来|往后)的?$")
_TAKING_TIME: Final = re.compile("时间$")
_TAKING: Final = re.compile(r"(?:利用|用|经过|通过|力争用|花)(?:大?约)?$")
_VALIDITY: Final = re.compile(r"(?:有效期|试行期|实施期|执行期)(?:限|间)?(?:为|是|:)?$|(?:试行|执行期限为?)$")
_FROM_EVENT: Final = re.compile(
    r"(?:(?:自|从|在|于|应当?|须|需)+)?(?P<event>[^,。;:、!?]{1,36}?)(?P<mark>之日起?的?|当日起的?|起的?"
    r"|之?后的?|以后的?)[,]?(?:的|第)?$"
)
_BEFORE_EVENT: Final = re.compile(
    r"(?P<event>届满|期满|到期|召开|举办|举行|开始|开工|实施|施行|会议|活动|期限届满|结束|截止|考试|启动|终止"
    r"|解除|投产|使用|施工|出发|离任|换届|交付|竣工|开学|"
    r"有效期|生效|运行|上会|报到|到达|离开|运营|营业|生产|作业|进场|验收|变更|停业|闭馆|开标|开庭|审议|发布"
    r"|公布)(?:的|之)?$"
)
_DOCUMENT: Final = re.compile(
    r"(?:自|从|于|在)?(?:本|该|此|这)?(?:实施|工作|管理|暂行|试行|行动)?(?:通知|办法|意见|方案|文件|规定|措施"
    r"|细则|决定|公告|通告|计划|条例|政策|规则|规划|要点|分工|清单|文)?"
    r"(?:正式)?(?:印发|发布|公布|颁布|下发|发文|印送|制发|出台|签发)(?:并?(?:实施|施行|执行))?$"
)
_EVENT: Final = re.compile(
    r"(?:自|从|由|于)(?P<event>[^,。;:、!?自从]{1,30}?)(?:之日|当日|之(?P<next>次日))起|(?P<now>即日起|从?即日开始)"
    r"|(?P<issue>(?:印发|发布|公布|颁布|下发)之日)起?"
)
_COUNTED_ON: Final = re.compile(r"[,的]?")
_NEXT_DAY: Final = re.compile(
    rf"(?<![首{DIGITS}本此每批多])次日(?:[0-9]{{1,2}}[时点])?(?:内|前)|(?<![相正应停])当[日天](?:内|前(?!来))"
)


@dataclass(frozen=True, slots=True)
class Count:
    """So many working days, days or months; `last` is the index after the words, None of the numbers is negative."""

    last: int
    working: int = 0
    days: int = 0
    months: int = 0

    def after(self, day: date, *, back: bool = False) -> date:
        """Return the last day of the count after a day, or the first before it; raises UnableToCountWorkingDays."""
        sign = -1 if back else 1
        if self.working:
            return add_working_days(day, sign * self.working)
        return add_months(day, sign * self.months) + timedelta(days=sign * self.days)


def read_count(folded: str, pos: int, end: int) -> Count | None:
    """Return the length of time that begins at an index (15个工作日, 半年, 一年半), None where none does."""
    match = _COUNT.match(folded, pos, end)
    if match is None or match["minute"]:
        return None
    number = value_of(match["number"])
    if (number is None and not match["half"]) or (number is not None and not 0 < number <= 500):
        return None
    half = match["half"] is not None
    if match["working"]:
        return None if half else Count(match.end(), working=number or 0)
    days, months = _length(match, number or 0, half=half)
    return Count(match.end(), days=days, months=months)


def _length(match: re.Match[str], number: int, *, half: bool) -> tuple[int, int]:
    """Return days and months of a count that is not of working days."""
    if match["year"]:
        return 0, 6 if half else number * 12 + (6 if match["halfyear"] else 0)
    if match["quarter"]:
        return 0, number * 3
    if match["month"]:
        return (15 if half or match["halfmonth"] else 0), number
    if match["week"]:
        return number * 7, 0
    if match["hour"]:
        return number // 24, 0
    return number, 0


def read_limit(folded: str, floor: int, pos: int, end: int, dating: Dating, trigger: date | None) -> FoundTime | None:
    """Return the limit that a count beginning at an index gives, None where it only measures something."""
    if pos > floor and folded[pos - 1] == ".":
        return None  # the decimals of 1.5个月; at the beginning of a stretch it is the point after a number
    count = read_count(folded, pos, end)
    if count is None:
        return None
    place = _Place(folded, max(floor, pos - _LONGEST_EVENT), pos, end, count)
    within, ahead = _WITHIN.match(folded, count.last, end), _AHEAD.match(folded, count.last, end)
    if within is not None:
        return place.within(within.end(), dating, trigger)
    if ahead is not None:
        return place.ahead(ahead.end(), trigger)
    return place.lead_time(trigger) or place.validity(trigger) or place.coming(dating)


@dataclass(frozen=True, slots=True)
class _Place:
    """A count at `pos` in the view, and how far back its event may stand."""

    folded: str
    floor: int
    pos: int
    end: int
    count: Count

    def within(self, last: int, dating: Dating, trigger: date | None) -> FoundTime | None:
        """Read 之日起15个工作日内, 届满前30日内 and the count alone."""
        if _COMING.search(self.folded, self.floor, self.pos):
            return self.coming(dating, last)
        if _LENGTH.search(self.folded, self.floor, self.pos) or _OF_NOUN.match(self.folded, last, self.end):
            return None
        before = _BEFORE_EVENT.search(self.folded, self.floor, self.pos - 1) if self._follows("前") else None
        if before is not None:
            return self._found(before.start(), last, self._back(trigger, window=True))
        event = _FROM_EVENT.search(self.folded, self.floor, self.pos)
        if event is None:
            return None if self._follows("前") else self._found(self.pos, last, self._counted(trigger, dating))
        first = _trimmed(event)
        base = dating.on if is_own_issue(self.folded[first : event.end("event")]) else trigger
        return self._found(first, last, self._counted(base, None))

    def ahead(self, last: int, trigger: date | None) -> FoundTime | None:
        """Read 届满30日前 and 提前: days before an event; 10日前 alone is a day of the month, 三年前 is the past."""
        event = _BEFORE_EVENT.search(self.folded, self.floor, self.pos)
        if event is None and not self._follows("提前") and not self.count.working:
            return None
        return self._found(event.start() if event else self.pos, last, self._back(trigger))

    def lead_time(self, trigger: date | None) -> FoundTime | None:
        """Read 提前3个工作日 and 开工前15日."""
        if self._follows("提前"):
            if self.count.months or _REACHED.match(self.folded, self.count.last, self.end):
                return None
            return self._found(self.pos - 2, self.count.last, self._back(trigger))
        event = _BEFORE_EVENT.search(self.folded, self.floor, self.pos - 1) if self._follows("前") else None
        return self._found(event.start(), self.count.last, self._back(trigger)) if event else None

    def validity(self, trigger: date | None) -> FoundTime | None:
        """Read 有效期5年, counted with its first day from a day of effect that other words give."""
        lead = _VALIDITY.search(self.folded, self.floor, self.pos)
        if lead is None:
            return None
        last = self.count.after(trigger) - timedelta(days=1) if trigger else None
        return self._found(lead.start(), self.count.last, TimeExpression("", "relative", end=last))

    def coming(self, dating: Dating, last: int | None = None) -> FoundTime | None:
        """Read 今后三年 and 用3年时间: they run from this year or from the next."""
        lead = _COMING.search(self.folded, self.floor, self.pos) or _TAKING.search(self.folded, self.floor, self.pos)
        if lead is None and _TAKING_TIME.search(self.folded, self.pos, self.count.last):
            lead = re.compile("").match(self.folded, self.pos)
        if lead is None or self.count.months % 12:
            return None
        years = self.count.months // 12
        ends = tuple(month_end(dating.on.year + years + late, 12) for late in (-1, 0)) if dating.on and years else ()
        expression = TimeExpression("", "ambiguous", candidates=ends, limit=True)
        return self._found(lead.start(), last or self.count.last, expression)

    def _follows(self, words: str) -> bool:
        return self.folded.endswith(words, self.floor, self.pos)

    def _found(self, first: int, last: int, expression: TimeExpression) -> FoundTime:
        return FoundTime(first, last, expression)

    def _counted(self, base: date | None, bare: Dating | None) -> TimeExpression:
        """Return the limit so long after an event; `bare` is given where the words name no event."""
        working = self.count.working or None
        limit = TimeExpression("", "relative", working_days=working, limit=True)
        if base is None:
            candidates = self._candidates(bare.on) if bare is not None and bare.on is not None else ()
            return replace(limit, candidates=candidates, note="event_unknown")
        try:
            return replace(limit, end=self.count.after(base))
        except UnableToCountWorkingDays:
            return replace(limit, note="year_not_published")

    def _candidates(self, on: date) -> tuple[date, ...]:
        """Days that 三年内 in a plan may mean: the end of the last year counted with this one, or years from today."""
        if self.count.working or not self.count.months or self.count.months % 12:
            return ()
        return (month_end(on.year + self.count.months // 12 - 1, 12), self.count.after(on))

    def _back(self, trigger: date | None, *, window: bool = False) -> TimeExpression:
        limit = TimeExpression("", "relative", working_days=self.count.working or None, limit=True)
        if trigger is None:
            return replace(limit, note="event_unknown")
        try:
            day = self.count.after(trigger, back=True)
        except UnableToCountWorkingDays:
            return replace(limit, note="year_not_published")
        return replace(limit, start=day, end=trigger) if window else replace(limit, end=day)


def _trimmed(event: re.Match[str]) -> int:
    """Return where an event begins: at its last 自 or 从, else with its words."""
    words = event["event"]
    cut = max(words.rfind("自"), words.rfind("从"), words.find("于") if words[:2] in {"并于", "应于", "须于"} else -1)
    return event.start("event") + cut if cut > 0 else event.start()


def is_own_issue(event: str) -> bool:
    """Tell whether an event is the issue of the very document (本办法印发, 发布)."""
    return _DOCUMENT.fullmatch(event) is not None


def read_event(folded: str, floor: int, pos: int, end: int, dating: Dating, trigger: date | None) -> FoundTime | None:
    """Return what begins at an index with an event: 自印发之日起, 即日起, 次日, with the count that follows it."""
    match = _EVENT.match(folded, pos, end)
    if match is None:
        return _next_day(folded, pos, end, trigger)
    counted = _COUNTED_ON.match(folded, match.end(), end)
    later = _later(folded, match, end, dating, trigger)
    if later is not None:
        return later
    limit = read_limit(folded, floor, counted.end(), end, dating, trigger) if counted else None
    if limit is not None and limit.first <= match.start():
        return limit
    if match["now"]:
        return FoundTime(pos, match.end(), TimeExpression("", "open_end", start=dating.on))
    event = match["event"] or match["issue"].removesuffix("之日")
    base = dating.on if is_own_issue(event) else trigger
    if match["next"] and base is not None:
        base += timedelta(days=1)
    note = "" if base else "event_unknown"
    return FoundTime(pos, match.end(), TimeExpression("", "relative", start=base, note=note))


def _later(folded: str, match: re.Match[str], end: int, dating: Dating, trigger: date | None) -> FoundTime | None:
    """Read 自公布之日起30日后施行: it begins on the day after so many days have passed."""
    count = read_count(folded, match.end(), end) if match["event"] else None
    if count is None or not folded.startswith("后", count.last, end):
        return None
    base = dating.on if is_own_issue(match["event"]) else trigger
    start = count.after(base) + timedelta(days=1) if base and not count.working else None
    note = "" if start else "event_unknown"
    return FoundTime(match.start(), count.last + 1, TimeExpression("", "relative", start=start, note=note))


def _next_day(folded: str, pos: int, end: int, trigger: date | None) -> FoundTime | None:
    match = _NEXT_DAY.match(folded, pos, end)
    if match is None:
        return None
    day = trigger + timedelta(days=match.group().startswith("次")) if trigger else None
    note = "" if day else "event_unknown"
    return FoundTime(pos, match.end(), TimeExpression("", "relative", end=day, limit=True, note=note))
