"""Figures with units in Chinese text: what number is meant, in which unit, and where it stands.

Only the multiplier is resolved (4万人 is 40000 人, 100亿斤 is 1e10 斤); a unit is never converted into another. Text is
expected in half width without white space, as the view of a document gives it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

UnitKind = Literal["count", "measure", "money", "share", "points", "times", "time", "age"]

_UNITS_OF: Final[dict[UnitKind, str]] = {
    "count": (
        "人次 人份 人 名 户次 户 家次 家 个班 个 处 项次 项 件次 件 套次 套 张次 张 辆次 辆 "
        "座 条 所 位 场次 场 次 期 批次 批 台套 台(套) 台次 台 部 门次 门 支 只 头 羽 尾 "
        "株 棵 栋 幢 间 轮 篇 本 册 款 类 种 对 块 片 段 根 盏 口 眼 孔 列次 列 架次 架 "
        "艘次 艘 趟 宗 起 例 份 幅 组 剂次 剂 标准箱 标箱 TEU 班次 班 床 卷 枚 顶 把 "
        "宗地 颗 匹 车次 亩次 点位 人天 课时 学时 个点位"
    ),
    "measure": (
        "亩 公顷 平方公里 平方千米 平方米 平米 立方米 标准立方米 标立方米 立方 公里 千米 海里 厘米 "
        "毫米 米 吨标准煤 吨标煤 吨公里 吨 公斤 千克 毫克 微克 克 斤 千瓦时 千瓦 兆瓦时 兆瓦 "
        "吉瓦 MW GW 千伏安 兆伏安 蒸吨 升 毫升 度电 车公里 PB TB GB Gbps Mbps "
        "PFlops EFlops PFLOPS EFLOPS"
    ),
    "money": "元人民币 元 美元 欧元 港元 港币 日元 英镑",
    "share": "% ‰",
    "points": "个百分点 百分点 个基点 个千分点",
    "times": "倍",
    "time": "个工作日 工作日 个小时 小时 分钟 秒 天 个月 周",
    "age": "周岁 岁",
}
_KINDS: Final[dict[str, UnitKind]] = {unit: kind for kind, units in _UNITS_OF.items() for unit in units.split()}
_SAME: Final = {
    "平米": "平方米",
    "平方千米": "平方公里",
    "吨标煤": "吨标准煤",
    "百分点": "个百分点",
    "元人民币": "元",
    "台(套)": "台",
    "台套": "台",
    "工作日": "个工作日",
    "个小时": "小时",
    "标准箱": "标箱",
    "μg/m³": "微克/立方米",
    "μg/m3": "微克/立方米",
    "ug/m3": "微克/立方米",
    "mg/L": "毫克/升",
}
_DIGITS: Final = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL: Final = {"十": 10, "百": 100, "千": 1000}
_BIG: Final = {"万": 10**4, "亿": 10**8}
_CHINESE: Final = "一二两三四五六七八九十"
_LONGEST: Final = 15

_UNIT: Final = "|".join(re.escape(unit) for unit in sorted({*_KINDS, *_SAME}, key=len, reverse=True))
_EACH: Final = r"(?:/|每(?=立方米|平方米|平方公里|公里|公顷|千瓦时|升|亩|吨))"
_OFTEN: Final = (
    "平方米|平方公里|立方米|千瓦时|公里|公顷|公斤|千克|小时|分钟|人次|人|户|月|学年|年|天|日|周|次|"
    "亩|吨|升|斤|米|辆|床|套|间|头|株|班"
)
_PER: Final = (
    rf"(?:{_EACH}(?:十万|百|千|万|亿)?(?:(?:{_OFTEN})(?:[/·.](?:{_OFTEN}))?"
    rf"|[A-Za-z\u4e00-\u9fff]{{1,4}}?(?=[^A-Za-z\u4e00-\u9fff]|以|左右|之内|的|和|$)))"
)
_FIGURES: Final = r"(?:\d{1,3}(?:,\d{3})+(?![\d])|\d{1,15})(?:\.\d{1,8})?"
# 368万千伏安 is 3.68 million 千伏安: the 千 of a unit is no multiplier, nor the 百 of 百分点.
_TIMES: Final = r"(?:[十百千]?(?:万亿|亿|万)|百(?!分)|千(?![瓦伏克米卡赫帕升]))"
_MANY: Final = r"[余多]"
_ARABIC: Final = rf"{_FIGURES}{_MANY}?{_TIMES}?{_MANY}?"
_HAN: Final = rf"[{_CHINESE}][{_CHINESE}百千万亿零〇]{{0,11}}?(?:点[零〇一二三四五六七八九]{{1,4}})?{_MANY}?"
_DASH: Final = r"(?:[-—–~]{1,2}|至|到)"
_PEOPLE: Final = (
    r"(?:农村|农业|贫困|脱贫|适龄|困难|搬迁|转移|返乡|高龄|失能|城镇|城乡|常住|户籍|农业转移)*"
    r"(?:人口|妇女|儿童|群众|居民|农民|农民工|学生|老人|老年人|劳动力|职工|残疾人)"
)
_END: Final = r"(?!公园|阶|体|性(?!别)|别(?!墅)|大类|多?月|多?世纪|[余多]?小时)"
QUANTITY: Final = re.compile(
    rf"(?=[\d百千万{_CHINESE}])(?<![\dA-Za-z.第届×/+])(?:"
    rf"(?:(?P<low>{_ARABIC})(?P<lowunit>{_UNIT})?{_DASH})?(?P<num>{_ARABIC})(?P<unit>(?:{_UNIT}){_PER}?){_END}"
    rf"|(?:(?<=突破)|(?<=[超跨]过)|(?<=达到)|(?<=跨越)|(?<=[迈跃站踏跨]上)|(?<=[超逾]))(?P<round>[百千万][亿万]?)(?P<roundunit>元|人次|人|亩|吨|户|标箱)(?!的|级)"
    rf"|(?P<people>{_FIGURES}{_MANY}?[万亿]{_MANY}?)(?=(?:以上|左右)?{_PEOPLE})"
    rf"|(?P<sum>{_FIGURES}{_MANY}?(?:万亿|亿))(?=以上|左右|以内|以下|[,、;。)]|$)"
    rf"|(?P<years>\d{{1,2}}\.\d{{1,2}})年"
    rf"|(?P<per>[百千])分之(?P<of>[{_CHINESE}零]{{1,4}}(?:点[零〇一二三四五六七八九]{{1,4}})?|百|{_FIGURES})"
    rf"|(?P<below>[{_CHINESE}]{{1,2}}|\d{{1,2}})分之(?P<above>[一二两三四五六七八九]|\d{{1,2}})"
    rf"|(?P<tenths>[一二三四五六七八九]|[1-9](?:\.\d)?)成(?P<half>半)?(?=以上|左右|以内|以下|的|[,、;。)]|$)"
    rf"|(?<![{_CHINESE}百千万亿零〇数几])(?:(?P<hanlow>{_HAN})(?:{_DASH}))?(?P<han>{_HAN})(?P<hanunit>{_UNIT}){_END})"
)

_SHARED: Final = re.compile(rf"分别[^\d,。;]{{0,12}}(?P<list>(?:{_FIGURES}(?:、|和|与|及)){{1,6}})$")
_SHARED_RATE: Final = re.compile(rf"(?<![\dA-Za-z.])(?P<list>(?:{_FIGURES}(?:、|和|与|及)){{1,6}})$")
_FIGURE: Final = re.compile(_FIGURES)
_OF_MONEY: Final = re.compile(
    r"(?:投资|产值|收入|资金|总额|增加值|贷款|存款|余额|营收|利润|税收|GDP|生产总值|融资)[^,。;\d]{0,6}$"
)
_FURTHEST: Final = 80
_AIR: Final = "每立方米"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its unit at `start` to `end` of the text; `high` is the upper end of a range.

    `value` counts the base unit; `more` says that 余 or 多 was printed (100余家); `han` that the figure is in Chinese.
    """

    start: int
    end: int
    value: Decimal
    high: Decimal | None
    unit: str
    kind: UnitKind
    more: bool = False
    han: bool = False


def kind_of_unit(unit: str) -> UnitKind | None:
    """Return what a unit measures, or None for no known unit; a rate (元/月) is of the kind before the stroke."""
    head = re.split(r"[/每]", unit, maxsplit=1)[0]
    return _KINDS.get(unit) or _KINDS.get(_SAME.get(unit, ""), _KINDS.get(head))


def parse_number(text: str) -> Decimal | None:
    """Return the exact value of a number in Arabic, Chinese or mixed figures (1.1万, 四万五千, 3,500), or None."""
    plain = text.replace(",", "").replace("余", "").replace("多", "")
    if not plain or len(plain) > 2 * _LONGEST:
        return None
    match = re.fullmatch(r"(\d{1,15}(?:\.\d{1,8})?)([十百千]?)(万亿|[万亿]?)", plain)
    if match:
        big = 10**12 if match[3] == "万亿" else _BIG.get(match[3], 1)
        return Decimal(match[1]) * _SMALL.get(match[2], 1) * big
    return _from_han(plain)


def _from_han(text: str) -> Decimal | None:
    whole, point, decimals = text.partition("点")
    allowed = {*_DIGITS, *_SMALL, *_BIG}
    if not whole or any(char not in allowed for char in whole) or any(char not in _DIGITS for char in decimals):
        return None
    value = Decimal(_whole(whole))
    if point and decimals:
        value += Decimal("0." + "".join(str(_DIGITS[char]) for char in decimals))
    return value


def _whole(text: str) -> int:
    """Sum the groups of 万 and 亿; a last digit right after a unit stands for the next lower one (四万五 is 45000)."""
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total, section, digit, last, biggest = 0, 0, 0, 1, 0
    for place, char in enumerate(text):
        if char in _DIGITS:
            digit = _DIGITS[char]
            last = last if place and text[place - 1] not in "零〇" else 1
        elif char in _SMALL:
            section += (digit or 1) * _SMALL[char]
            digit, last = 0, _SMALL[char]
        else:
            big = _BIG[char]
            section += digit
            # 三亿二千万 adds its groups, 一万亿 multiplies the first by the second
            total = (total + section or 1) * big if biggest < big else total + section * big
            section, digit, last, biggest = 0, 0, big, max(biggest, big)
    return total + section + digit * (last // 10 if last >= 100 else 1)


def find_quantities(text: str, start: int = 0, end: int | None = None) -> Iterator[Quantity]:
    """Find every figure with a unit in a stretch of text, in order, in time proportional to its length."""
    before = start
    for match in QUANTITY.finditer(text, start, len(text) if end is None else end):
        found = _quantity(match)
        if found is not None:
            yield from _sharing(text, before, found)
            yield found
        before = match.end()


def _sharing(text: str, start: int, last: Quantity) -> Iterator[Quantity]:
    """Find the figures that share the unit of the last one: 分别不高于53和32微克/立方米, 提高0.5和1.2个百分点."""
    if last.high is not None or last.han:
        return
    first = max(start, last.start - _FURTHEST)
    shared = _SHARED.search(text, first, last.start)
    if shared is None and (last.kind in ("share", "points") or "/" in last.unit):
        shared = _SHARED_RATE.search(text, first, last.start)
    for figure in _FIGURE.finditer(text, *shared.span("list")) if shared else ():
        value = parse_number(figure.group())
        if value is not None:
            if value < last.value / 1000:
                value = _scaled(value, text[last.start : last.end])
            yield Quantity(*figure.span(), value, None, last.unit, last.kind)


def _quantity(match: re.Match[str]) -> Quantity | None:
    if match["per"] or match["below"] or match["tenths"]:
        value = _share(match)
        return None if value is None else Quantity(*match.span(), value, None, "%", "share")
    if match["round"] or match["years"] or match["sum"] or match["people"]:
        return _bare(match)
    han = match["han"]
    printed, low, unit = (
        (han, match["hanlow"], match["hanunit"]) if han else (match["num"], match["low"], match["unit"])
    )
    value, first = parse_number(printed), parse_number(low) if low else None
    kind = kind_of_unit(unit)
    if value is None or kind is None or (low and first is None):
        return None
    more = "余" in printed or "多" in printed
    if first is None:
        start = match.start()
        if unit in ("微克", "毫克") and match.string.endswith(_AIR, 0, start):  # 每立方米19微克
            start, unit = start - len(_AIR), f"{unit}/立方米"
        return Quantity(start, match.end(), value, None, _usual(unit), kind, more, bool(han))
    if not match["lowunit"] and first < value / 1000:  # 10-12万人 counts 万 in both ends
        first = _scaled(first, printed)
    if first >= value:
        return None
    return Quantity(*match.span(), first, value, _usual(unit), kind, more, bool(han))


def _bare(match: re.Match[str]) -> Quantity | None:
    """Return what has no unit of the usual kind: 突破千亿元, 投资350亿以上, 46万群众, 受教育年限11.3年."""
    if match["years"]:
        return Quantity(*match.span(), Decimal(match["years"]), None, "年", "age")
    if match["people"]:
        people = parse_number(match["people"])
        more = "余" in match["people"] or "多" in match["people"]
        return Quantity(*match.span(), people, None, "人", "count", more) if people else None
    if match["sum"]:
        total = parse_number(match["sum"])
        spent = _OF_MONEY.search(match.string, max(0, match.start() - _LONGEST), match.start())
        return Quantity(*match.span(), total, None, "元", "money", "余" in match["sum"]) if total and spent else None
    value, kind = _from_han(match["round"]), kind_of_unit(match["roundunit"])
    return Quantity(*match.span(), value, None, match["roundunit"], kind) if value and kind else None


def _scaled(low: Decimal, printed: str) -> Decimal:
    times = re.search(r"[十百千]?(?:万亿|[万亿])|[百千]$", printed)
    scale = parse_number(f"1{times.group()}") if times else None
    return low * scale if scale else low


def _share(match: re.Match[str]) -> Decimal | None:
    if match["tenths"]:
        return (parse_number(match["tenths"]) or Decimal(0)) * 10 + (5 if match["half"] else 0)
    if match["per"]:
        value = Decimal(100) if match["of"] == "百" else parse_number(match["of"])
        return value if value is None or match["per"] == "百" else value / 10
    below, above = parse_number(match["below"]), parse_number(match["above"])
    return above * 100 / below if below and above else None


def _usual(unit: str) -> str:
    head, stroke, tail = unit.replace("每", "/").partition("/")
    return _SAME.get(unit) or f"{_SAME.get(head, head)}{stroke}{_SAME.get(tail, tail)}"
