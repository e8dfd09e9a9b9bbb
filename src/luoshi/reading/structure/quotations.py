"""Stretches that quote the new wording of another document: 第五条修改为：“第五条 …” over several lines.

Guarantees: a stretch begins with a quotation mark before a number (“第五条, “（一）) and ends where that mark is
closed; a mark that is never closed begins none.
"""

import re
from collections.abc import Sequence
from typing import Final

from luoshi.reading.structure.lines import Line

_OPENS: Final = re.compile(
    r"(?:^|[：:]\s*)“(?=\s*(?:第[一二三四五六七八九十百\d]{1,6}[编章节条]|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．]))"
)
_MOST_LINES: Final = 200
_MOST_UNCLOSED: Final = 50  # of a text made to hold the reading up


def quoted_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return the indices of lines inside such a stretch, the line of its beginning not included."""
    inside: set[int] = set()
    unclosed = 0
    for index, line in enumerate(lines):
        if index in inside or "“" not in line.text:
            continue
        opens = _OPENS.search(line.text)
        if opens and unclosed < _MOST_UNCLOSED:
            last = _closed(lines, index, opens.end() - 1)
            unclosed += last < 0
            inside.update(range(index + 1, last + 1))
    return frozenset(inside)


def _closed(lines: Sequence[Line], index: int, start: int) -> int:
    """Return the line where the mark at `start` is closed, -1 where it never is."""
    depth = 0
    for at in range(index, min(len(lines), index + _MOST_LINES)):
        words = lines[at].text[start:] if at == index else lines[at].text
        depth += words.count("“") - words.count("”")
        if depth <= 0:
            return at
    return -1
