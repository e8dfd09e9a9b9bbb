"""Aims and claims that name a figure without printing it: 翻番, 全覆盖."""

import re
from collections.abc import Iterator
from typing import Final

from luoshi.reading.findings import Comparator
from luoshi.reading.targets.phrases import read_left
from luoshi.reading.targets.records import Figure

_MULTIPLE: Final = re.compile(r"翻了?(?P<times>[一二两三])?番")
_DOUBLED: Final = {"一": 100, "二": 300, "两": 300, "三": 700, None: 100}
_COVERED: Final = re.compile(
    r"(?:(?:实现|达到)(?P<noun>[^,、:]{2,40}?)|"
    r"(?<![^,:])(?P<subject>[^,、:]{2,40}?)实现)全覆盖(?=[,、]|$)"
)


def doubled(words: str, masked: str) -> Iterator[Figure]:
    """Find 翻番, a rise by 100%, and 翻两番, a rise by 300%."""
    for match in _MULTIPLE.finditer(masked):
        first = max(masked.rfind(mark, 0, match.start()) for mark in ",、:") + 1
        left = read_left(words[first : match.start()], relative=False)
        repeated = "提前" in words[first : match.start()]  # 提前一年实现翻番目标 speaks of an aim set before
        if left.noun and not repeated and match["times"] in _DOUBLED:
            comparator: Comparator = left.comparator or (">=" if left.ensured else "=")
            value = float(_DOUBLED[match["times"]])
            yield Figure(first, match.end(), left.noun, comparator, value, "%", "increase")


def covered(words: str, masked: str) -> Iterator[Figure]:
    """Find what is covered wholly: 实现…全覆盖 claims 100%."""
    for match in _COVERED.finditer(masked):
        named = "noun" if match["noun"] else "subject"
        noun = words[match.start(named) : match.end(named)].removesuffix("基本")
        yield Figure(match.start(), match.end(), f"{noun}覆盖率", "=", 100.0, "%")
