"""Where a letter without a number begins behind another document: several decisions or notices on one page."""

import re
from collections.abc import Sequence
from typing import Final

from luoshi.reading.structure.lines import DATE, Line
from luoshi.reading.structure.titles import collect_title, is_title_line, squeeze
from luoshi.reading.view import fold, fold_words

_LETTER: Final = re.compile(r"关于.{2,}(?:通知|决定|决议|通报|批复|公告|通告|函|意见)(?:[(][^()]{1,20}[)])?$")
_EXPLAINED: Final = re.compile(r"(?:关于)?.{4,80}(?:解读|解读材料|起草说明|政策问答)$")
_PASSED: Final = re.compile(rf"[（(].{{0,4}}{DATE.pattern}.{{0,60}}?(?:通过|批准|公布|发布)")
_ENDS: Final = frozenset({"date", "copies", "notice", "aside"})
_BACK: Final = 80
_MOST_SALUTATION: Final = 160


def begins_letter(lines: Sequence[Line], index: int) -> bool:
    """Tell whether a letter begins at a line: its title below the end of another document, its salutation below it."""
    if not _may_begin(lines, index):
        return False
    after = collect_title(lines, index)
    printed = squeeze("".join(line.text for line in lines[index:after]))
    title = fold_words(printed)
    explains = _EXPLAINED.fullmatch(title) is not None
    addressed = after < len(lines) and _LETTER.search(title) is not None and _is_addressed(lines[after])
    return (explains or addressed) and not _is_named_above(lines, index, fold(printed))


def _may_begin(lines: Sequence[Line], index: int) -> bool:
    if index == 0 or lines[index - 1].kind not in _ENDS or lines[index].kind not in ("text", "masthead"):
        return False
    return is_title_line(lines[index].text) and any(line.kind == "date" for line in lines[max(0, index - 4) : index])


def _is_addressed(below: Line) -> bool:
    """Whether a line is what stands below the title of a letter: whom it is for, or when it was passed."""
    salutation = below.text.endswith(("：", ":")) and len(below.text) <= _MOST_SALUTATION
    return salutation or _PASSED.match(below.text) is not None


def _is_named_above(lines: Sequence[Line], index: int, title: str) -> bool:
    """Whether the document above hands the letter on: 现将《甲关于…的通知》转发给你们, 附件：甲关于…的通知."""
    above = squeeze(fold("".join(line.text for line in lines[max(0, index - _BACK) : index])))
    seam = title.find("关于")
    return title in above or (seam > 0 and f"《{title[seam:]}" in above)
