"""Thresholds without a figure: not below the province's average, in step with growth, the task set from above."""

import re
from collections.abc import Iterator
from typing import Final

from luoshi.reading.findings import Comparator
from luoshi.reading.targets.clauses import mask
from luoshi.reading.targets.phrases import measured_nouns, read_left
from luoshi.reading.targets.records import Figure

_AREA: Final = (
    r"(?:全国|全省|全区|全州|全市|全县|国家|国定|省定|市定|省级|市级|省|自治区|当地|周边|同类|上级|上年|去年"
    r"|上年度|中部地区|东部地区|西部地区|中等|本市|县域)"
)
_WORDS: Final[dict[str, Comparator]] = {
    "不低于": ">=",
    "不得低于": ">=",
    "不慢于": ">=",
    "高于": ">",
    "快于": ">",
    "优于": ">",
    "好于": ">",
    "超过": ">",
    "不高于": "<=",
    "不得高于": "<=",
    "低于": "<",
    "控制在": "<=",
    "达到": ">=",
    "保持在": "=",
}
_COMPARED: Final = re.compile(
    rf"(?P<how>{'|'.join(sorted(_WORDS, key=len, reverse=True))})"
    rf"(?P<ref>(?:{_AREA}|[\u4e00-\u9fff]{{1,4}}[省市县区州])[\u4e00-\u9fff]{{0,10}}?(?:平均水平|平均值|平均线|平均增速|平均增幅|平均|水平|增速|增幅))(?=[,、:和及]|$)"
)
_AMONG: Final = re.compile(
    r"(?<=增幅|增速|增长)(?P<how>不低于|高于|快于)(?P<ref>[\u4e00-\u9fffA-Z]{2,14}?(?:增幅|增速|增长|投资|收入|GDP|生产总值|增加值|产值))"
    r"(?=[,、:]|$)"
)
_SET: Final = re.compile(
    r"(?:全面|圆满|确保|按期|如期|超额)?(?:完成|达到)(?P<ref>(?:国家|省级?|自治区|市级?|上级|省委省政府|省政府)(?:政府)?"
    r"(?:定|下达|确定|规定|要求|考核)?的?(?:[\u4e00-\u9fff]{0,6}?)(?:目标任务|目标要求|目标值|目标|任务|指标))(?:以上|以内)?(?=[,、:]|$)"
)
_STEP: Final = re.compile(
    r"[与和同](?P<ref>[\u4e00-\u9fffA-Z]{2,12}?(?:增长|增速|发展|收入|水平))(?P<about>基本|保持)*同步(?:增长|提高)?(?=[,、:]|$)"
)
_TRIGGER: Final = re.compile(
    r"增长[高快不]|平均|水平|增速|增幅|同步|(?:目标|任务|指标)(?:值|任务|要求)?(?=[,、:]|以上|$)"
)
_EMPTY: Final = re.compile(r"^(?:各类|各项|全部|年度|约束性|主要)|(?:指标|任务|工作|目标)$")


def may_hold(words: str) -> bool:
    """Tell quickly whether a sentence may hold a relative threshold."""
    return _TRIGGER.search(words) is not None


def find_relative(words: str) -> Iterator[Figure]:
    """Find the thresholds of one sentence that stand without a figure."""
    masked = mask(words)
    for match in _COMPARED.finditer(masked):
        yield from _figures(words, masked, match, _WORDS[match["how"]])
    for match in _AMONG.finditer(masked):
        if not re.match(_AREA, match["ref"]):
            yield from _figures(words, masked, match, _WORDS[match["how"]])
    for match in _SET.finditer(masked):
        yield from _figures(words, masked, match, ">=")
    for match in _STEP.finditer(masked):
        yield from _figures(words, masked, match, "~" if match["about"] == "基本" else "=")


def _figures(words: str, masked: str, match: re.Match[str], comparator: Comparator) -> Iterator[Figure]:
    first = _start(masked, match.start())
    left = read_left(words[first : match.start()], relative=False)
    noun = left.noun
    if not noun or _EMPTY.search(noun):
        return
    for name in measured_nouns(noun):
        yield Figure(first, match.end(), name, comparator, None, None, left.change, None, match["ref"])


def _start(masked: str, end: int) -> int:
    return max(masked.rfind(",", 0, end), masked.rfind(":", 0, end)) + 1
