"""Join the paragraphs of a table cell into the one line that a row has for it."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from luoshi.reading.responsibilities.names import is_surely_unit, is_unit, is_whole_unit
from luoshi.reading.view import fold
from luoshi.standards.person_names import is_person

UNDER_MERGED: Final = "\u3000"
"""What stands for a cell that lies under one merged over several rows, to tell it from one left empty."""

_SEPARATED: Final = tuple("、，,；;。：:和及与")
_NEW_NAME: Final = re.compile(r"[市县区省州各驻国]|团[省市县区州旗]委|中国|有关|相关")
_ANOTHER: Final = re.compile(
    r"[省市县区州旗](?!委会|域|场|级|[^、,;]{1,4}(?:分局|支队|大队)$)|各|国网|人民银行|有关|相关|团[省市县区州旗]委"
)
_BODIES: Final = re.compile(r"(?:人民)?(?:政府|法院|检察院)|管委会|管理委员会|办事处|人民武装部|常务?委员会|党委|工委")
_OWN_PART: Final = re.compile(r"(?:分局|支队|大队|中队|分公司|科|处|室)$")  # of the unit before it
_LONGEST_NAME: Final = 24
_NAMES: Final = re.compile(r"[、,;]")


def join_cell(paragraphs: Iterable[str]) -> str:
    """Return the words of a cell on one line.

    Units that stand below each other, one a paragraph, are separated on paper by the new line alone: 、 takes its
    place, because white space inside a name means nothing in Chinese print.
    """
    parts = [words for paragraph in paragraphs if (words := " ".join(paragraph.split()))]
    are_names = len(parts) > 1 and all(len(part) <= _LONGEST_NAME and " " not in part for part in parts)
    joined = ""
    for index, part in enumerate(parts):
        if index:
            joined += "、" if are_names and _is_break_between_names(parts, index) else " "
        joined += part
    return joined


def ends_a_name(line: str, following: str) -> bool:
    """Tell whether a printed line of a cell ends with a whole name and the line below it begins another.

    The line may be full to its last character, so that the paper says nothing about it.
    """
    line, following = "".join(fold(line).split()), "".join(fold(following).split())
    if is_person(line) and is_person(following):
        return True
    before, after = _NAMES.split(line)[-1], _NAMES.split(following)[0]
    if not is_whole_unit(before) or not after or _BODIES.fullmatch(after):
        return False
    if _ANOTHER.match(after) or (len(after) > 2 and before[:2] == after[:2]):
        return True
    return is_whole_unit(after) and len(after) >= 4 and len(before) >= 3 and not _OWN_PART.search(after)


def _is_break_between_names(parts: Sequence[str], index: int) -> bool:
    before, after = parts[index - 1], parts[index]
    if before.endswith(_SEPARATED) or not is_surely_unit(before):
        return False
    return bool(_NEW_NAME.match(after)) or (is_unit(after) and len(after) >= 4)
