"""What stands around day words and says which of their ends counts: 到, 前, 内, 起, 以来, 期间."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from luoshi.reading.part_reading import Dating
from luoshi.reading.times.calendar_words import Named
from luoshi.reading.times.days import Stretch, day_after, day_before, month_end
from luoshi.reading.times.expression import TimeExpression

Before = Literal["", "until", "from"]
After = Literal["", "before", "ended", "within", "during", "since", "from", "after", "about"]

LONGEST_LEAD: Final = 8
# Words that lead day words; 到 after a verb of growing (提高到2020年的两倍) leads a figure.
_LEAD: Final = re.compile(
    r"(?P<until>(?:有效期(?:限)?|截止日期|截止时间|期限|时间)?(?:延长|延期|延至|顺延|推迟|延续|持续|执行|实施|试行|暂定)?"
    r"(?:截至|截止到?|直至|直到|(?<![达高增降减少扩升拓展伸看得想回加低缩做感收等受遇直])到|(?<![甚乃以缩降减增升提加高])至)"
    r"|不迟于|不晚于|不得?(?:迟|晚)于|最迟(?:于|在|不超过)?|最晚(?:于|在)?)$"
    r"|(?P<since>(?<![来亲各独])自|从)$"
)
_TRAIL: Final = re.compile(
    r"(?P<before>之前|以前|前(?!期|列|沿|后|提|置|往|瞻|端|身|景|述|款|条|任|半|[一二三四两0-9]+个?(?:月|季|批|年)|排|线|台|头|移|来|段))"
    r"|(?P<ended>为止|止(?![于损血]))"
    r"|(?P<within>以内|之内|内(?!蒙|部|容|涝|陆|河|贸|需|资|生|外|控|江|设|参|环|在|黄|地|循))"
    r"|(?P<during>期间|之间|间(?!隔|接|断))"
    r"|(?P<since>以来)|(?P<about>前后|左右|上下)"
    r"|(?P<from>(?:之日)?(?:零时|0时|当日)?(?:起(?!步|草|点|到|飞|伏|诉|降|重|运|底|义|因|源|止|码|来)|开始))"
    r"|(?P<after>之后|以后|后(?!期|续|台|勤|备|方|果|盾|劲|段|发|面|半))"
)
_OF_ITSELF: Final = re.compile("的(?:目标|要求|时限|期限|时间)")
_WILL: Final = re.compile(r"(?:力争|争取|确保|保证|力促|务必|计划|拟|预计)(?:于|在|到)?$")
_HOW: Final = "(?:实现|能|可|要|将|争取|力争|确保|前?全面|全部|基本|初步|正式|集中|如期|建设|组织|顺利|整体|主体)*"
_BUILT: Final = (
    "建成|完工|竣工|投产|投用|投入使用|投入运营|投运|通车|交付|启用|"
    "开工|开园|开业|开馆|并网|通水|通气|封顶|贯通|达产|上线|挂牌"
)
_DONE: Final = re.compile(f"{_HOW}(?:{_BUILT}|完成|启动|验收|办结|报送|上报|报|到位|销号|清零|见效|运行|试运行)")
# 2026年完成投资增长8% says the figure of a year, 2026年建成 says when.
_BUILT_IN_YEAR: Final = re.compile(f"{_HOW}(?:{_BUILT})")
_ATTRIBUTE: Final = re.compile(
    r"(?:已经?|依法|新|首次)?(?:建成|竣工|出生|注册|登记|成立|取得|参加|入学|完工|投产|备案|签订|购买|缴纳|毕业|获得|发生|受理|审批|批准|开工|通过|形成|"
    r"认定|确定|建设|实施|入库|办理|核准|立项|退役|公布|发布|印发|施行|完成|投用|落户|引进|制定|出台|提出|申报|入驻)[^,。;、:]{0,8}?的"
    r"|已经?|未(?!来)|尚未|(?:出生|参加工作|退休|取得|竣工验收|建成投入使用)(?=[^,。;]{0,6}[人员者])"
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What stands before and after day words, and the indices where the whole expression begins and ends."""

    first: int
    last: int
    before: Before = ""
    after: After = ""
    opens: bool = False


def read_bounds(folded: str, floor: int, first: int, last: int, end: int) -> Bounds:
    """Return what stands around the day words from `first` to `last`, no further back than `floor`."""
    lead = _LEAD.search(folded, max(floor, first - LONGEST_LEAD), first)
    before: Before = "" if lead is None else "until" if lead["until"] else "from"
    trail = _TRAIL.match(folded, last, end)
    after: After = ""
    if trail is not None:
        after = _AFTERS[trail.lastgroup or ""]
        last = trail.end()
        again = _TRAIL.match(folded, last, end) if after == "within" else None
        last = again.end() if again is not None and again.lastgroup == "before" else last
    opens = _TAKES_EFFECT.match(folded, last, end) is not None
    return Bounds(lead.start() if lead else first, last, before, after, opens)


_TAKES_EFFECT: Final = re.compile("(?:开始|正式|全面)?(?:施行|实施|执行|生效|启动|开展)|[,。;)]|$")
_AFTERS: Final[dict[str, After]] = {
    "before": "before", "ended": "ended", "within": "within", "during": "during", "since": "since", "about": "about",
    "from": "from", "after": "after",
}  # fmt: skip


def is_attribute(folded: str, last: int, end: int) -> bool:
    """Tell whether the words after a time only describe things (2000年底前建成的小区)."""
    if folded.startswith("的", last, end) and not _OF_ITSELF.match(folded, last, end):
        return True
    return _ATTRIBUTE.match(folded, last, min(end, last + 24)) is not None


def is_willed(folded: str, floor: int, first: int) -> bool:
    """Tell whether words of striving lead a time at once (力争2030年)."""
    return _WILL.search(folded, max(floor, first - LONGEST_LEAD), first) is not None


def is_followed_by_doing(folded: str, last: int, end: int, *, year: bool = False) -> bool:
    """Tell whether a verb of finishing follows at once (9月完成); after a whole `year` it must be one of building."""
    return (_BUILT_IN_YEAR if year else _DONE).match(folded, last, min(end, last + 12)) is not None


def bounded(named: Named, days: Stretch, bounds: Bounds, dating: Dating) -> TimeExpression:
    """Return what day words mean between the words around them; `limit` still without a look at the verbs."""
    if bounds.after == "about":
        return TimeExpression("", "ambiguous", candidates=(days.end,), limit=True)
    if bounds.after == "before":
        return _before(named, days, dating)
    if bounds.after in {"since", "from", "after"} or (bounds.before == "from" and not bounds.after and bounds.opens):
        return _from(named, days, bounds)
    return _within(named, days, bounds)


def _within(named: Named, days: Stretch, bounds: Bounds) -> TimeExpression:
    """Return what day words mean without 前 and 起: their end after 到 or 底, all of their days otherwise."""
    if named.edge in {"start", "middle"}:
        return TimeExpression("", "ambiguous", candidates=_edge_days(named, days), limit=bounds.before == "until")
    if bounds.before == "until" or bounds.after == "ended":
        return TimeExpression("", "open_start", end=days.end, limit=True)
    if days.unit == "festival" and bounds.after == "during":
        return TimeExpression("", "ambiguous", note="local_day")
    if bounds.after in {"within", "during"}:
        return TimeExpression("", "period", days.start, days.end, limit=bounds.after == "within")
    if named.edge == "end" or days.start == days.end:
        return TimeExpression("", "point", days.end, days.end, limit=named.edge == "end")
    return TimeExpression("", "period", days.start, days.end)


def _from(named: Named, days: Stretch, bounds: Bounds) -> TimeExpression:
    if named.edge in {"start", "middle"} and bounds.after != "since":
        return TimeExpression("", "ambiguous", candidates=_edge_days(named, days))
    first = days.end if named.edge == "end" else days.start
    if bounds.after == "after":
        first = day_after(days.end)
    return TimeExpression("", "open_end", start=first)


def _before(named: Named, days: Stretch, dating: Dating) -> TimeExpression:
    if named.edge == "end":
        return TimeExpression("", "open_start", end=days.end, limit=True)
    if days.unit == "day":
        last = day_before(days.end) if named.is_midnight or named.is_excluded else days.end
        return TimeExpression("", "open_start", end=last, limit=True)
    if days.unit == "festival":
        return TimeExpression("", "open_start", end=day_before(days.start), limit=True)
    if named.edge in {"start", "middle"}:
        return TimeExpression("", "ambiguous", candidates=_edge_days(named, days), limit=True)
    if dating.on is not None and days.end < dating.on:
        return TimeExpression("", "open_start", end=day_before(days.start))
    return TimeExpression("", "ambiguous", candidates=(day_before(days.start), days.end), limit=True)


def _edge_days(named: Named, days: Stretch) -> tuple[date, ...]:
    """Days that 年初, 月初, 年中 and 月中 may mean: ends of the first or middle stretch that they name."""
    if days.unit == "year" or named.is_year:
        months = (1, 3) if named.edge == "start" else (6, 7)
        return tuple(month_end(days.end.year, month) for month in months)
    if days.unit == "month":
        numbers = (10,) if named.edge == "start" else (15, 20)
        return tuple(days.start.replace(day=number) for number in numbers)
    return (days.end,)


def settled(expression: TimeExpression, text: str, dating: Dating) -> TimeExpression:
    """Return an expression with its words; one that ended before the day of issue is no limit."""
    last = expression.end or max(expression.candidates, default=None)
    is_over = expression.kind != "relative" and last is not None and dating.on is not None and last < dating.on
    return replace(expression, text=text, limit=expression.limit and not is_over)
