"""Whether a figure says where something arrives (提高到80%, 降至3天) or by how much it moves (提高5个百分点)."""

import re
from typing import Final

_MOVES: Final = "提高|提升|增加|增长|扩大|上升|延长|下降|降低|减少|压减|压缩|缩短|缩减|[增升扩降减缩压]"
_ARRIVES: Final = re.compile(rf"(?:{_MOVES})(?:到|至|为)[约近]?[\d一二三四五六七八九十百千万亿零两]")


def is_level(quote: str) -> bool:
    """Tell whether the words of a target name a level; 增速达到6% is a growth and none."""
    return _ARRIVES.search("".join(quote.split())) is not None
