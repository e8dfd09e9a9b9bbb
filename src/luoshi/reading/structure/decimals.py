"""Decimal numbers of emergency plans and standards: reads lines; writes which bare figures are sections.

1 总则 / 1.1 编制目的 / 2 组织体系 / 2.1 领导机构 / 2.1.1 市交通局: a bare figure heads a section where N.1 stands right
below it, or where it goes on with the sections before; 2.2 goes on after 2.1.4, and 3.1 after 2.2.
"""

import re
from collections.abc import Sequence
from typing import Final

from luoshi.reading.structure.lines import Line

_SECTION: Final = re.compile(r"(?P<number>\d{1,2})(?![\d年月日.．、])\s{0,6}[\u4e00-\u9fff][^。；：！？;:!?]{1,22}$")
_HEADING: Final = re.compile(r"\d{1,2}(?:[.．]\d{1,2}){1,3}\s?[\u4e00-\u9fff][^。；：！？;:!?]{1,22}$")
_BELOW: Final = 3


def find_section_numbers(lines: Sequence[Line]) -> dict[int, tuple[int, str]]:
    """Return the lines that head a section by a bare figure, with the figure and as it is printed."""
    found: dict[int, tuple[int, str]] = {}
    before = 0
    for index, line in enumerate(lines):
        match = _SECTION.match(line.text) if line.kind in ("text", "masthead") else None
        if match is None:
            continue
        number = int(match["number"])
        goes_on = before and number == before + 1 and _ends_sentence(lines[index - 1])
        if goes_on or _has_first_below(lines, index, number):
            found[index] = (number, match["number"])
            before = number
    return found


def _ends_sentence(line: Line) -> bool:
    return line.text[-1:] in "。；！？;!?"


def _has_first_below(lines: Sequence[Line], index: int, number: int) -> bool:
    first = re.compile(rf"{number}[.．]1(?!\d)")
    return any(first.match(line.text) for line in lines[index + 1 : index + 1 + _BELOW])


def follows(before: tuple[int, ...], path: tuple[int, ...], line: str, after_end: bool) -> bool:
    """Tell whether 2.2 goes on after 2.1.4: one more at some depth, or the first one deeper.

    The first number of an excerpt counts where it heads a line of its own after a finished sentence.
    """
    if not before:
        return after_end and _HEADING.match(line) is not None
    if path == (*before, 1):
        return True
    depth = len(path)
    if depth <= len(before) and path[:-1] == before[: depth - 1] and path[-1] == before[depth - 1] + 1:
        return True
    return depth == 2 and path == (before[0] + 1, 1)
