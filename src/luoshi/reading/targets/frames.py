"""Figures that are no aim: parts of names, ranks, frequencies, limits of procedure, rules and settings."""

import re
from typing import Final

from luoshi.reading.targets.clauses import Place
from luoshi.reading.targets.phrases import Left
from luoshi.reading.targets.words import RULES, SETTING

_RATES: Final = frozenset({"share", "points", "times"})
_HELPED: Final = re.compile(
    r"(?:^|[^作成认行因])(?:为|对|给|帮助|组织|资助|支持|引导|动员|吸引)(?:[全我本][市区县省]|符合条件的|农村|城乡)?"
    r"(?:不少于|不低于|超过?|至少|约|近)?$"
)
_HELP: Final = re.compile(
    r"提供|进行|开展|实施|发放|改造|[安加]装|更换|配备|办理|免费|检查|筛查|服务|参加|培训|救助|就业|创业|解决|化解|保障|补短板|[新加]增|增设|安装|[增布]设|增配|送|享受"
)
_OFTEN: Final = re.compile(r"每(?:年|半年|季度?|月|周|旬|日|天)|年均|不少于\d次")
_RANK: Final = re.compile(r"(?:(?<![底日末月年以之])前|(?<!以|之)后|第|每)$")
_TIME_MEASURE: Final = re.compile(r"(?:天数|时间|时长|时限|时效|周期|期限|寿命|天|工作日|用时)$")


def is_help(before: str, place: Place, after: str) -> bool:
    """Tell whether so many are promised something (为2万名老人提供服务) by the words of the clause before and after."""
    return place.quantity.kind == "count" and bool(_HELPED.search(before) and _HELP.search(after))


def is_frame(masked: str, place: Place, left: Left, *, strict: bool) -> bool:
    """Tell whether a figure only describes; `strict` where rules stand beside aims, as in measures."""
    quantity = place.quantity
    before = masked[place.first : quantity.start]
    if quantity.kind in ("count", "time") and _RANK.search(before):
        return True
    if not left.told and before.endswith(SETTING):
        return True
    if quantity.kind in ("time", "age") and not _is_measured_time(place, left):
        return True
    if quantity.unit == "次" and _OFTEN.search(masked[max(0, place.first - 8) : place.last]):
        return True
    return strict and (_is_condition(place, left) or _is_rule(masked, place, left))


def _is_measured_time(place: Place, left: Left) -> bool:
    """Hours, days and years of age are aims only as the level of something named (预期寿命达到80岁, 压缩至3天)."""
    if not (left.noun and left.told):
        return False
    if place.quantity.kind == "age":
        return True
    return bool(left.change or left.held or left.to or _TIME_MEASURE.search(left.noun))


def _is_condition(place: Place, left: Left) -> bool:
    return place.quantity.kind == "time" or (left.comparator is not None and place.right.startswith("的"))


def _is_rule(masked: str, place: Place, left: Left) -> bool:
    """In measures, money and shares that are granted or owed are rules; an aim says how something is to change."""
    if place.quantity.kind == "money" and masked.startswith("对", place.first):  # 对投资2亿元以上的项目
        return True
    changes = left.change and (left.to or place.quantity.kind in _RATES)
    if changes and not RULES.search(masked[place.first : place.last]):
        return False
    return bool(RULES.search(masked[max(0, place.first - 12) : place.last + 12]))
