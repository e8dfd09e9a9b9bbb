"""Tables without upright rules: a head line with the titles of columns, and words that keep to columns below it.

Only a line that reads like the head of a table (序号, …单位, …时限) begins one, so that prose with gaps never becomes a
table. Rows are told apart by level rules where there are some, else by the column of numbers, else by the white.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from luoshi.reading.decoding.paper.sheets import Mark
from luoshi.reading.decoding.paper.text_lines import TextLine, split_at_gaps

_HEAD_WORD: Final = re.compile(
    r"序号|编号|任务|内容|事项|举措|措施|目标|指标|单位|部门|领导|责任人|时限|时间|期限|节点|备注|牵头|配合|项目|名称|职责"
)
_STRONG_HEAD: Final = re.compile(r"序号|编号|单位|部门|领导|责任人|时限|期限|时间|牵头|配合")
_NUMBER_TITLE: Final = re.compile(r"序号|编号|^号$")
_SENTENCE: Final = re.compile(r"[。；;，,：:]")
_LONGEST_TITLE: Final = 16
_BAR: Final = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]{1,3}(?:部分|[章篇类])"
)
_LONGEST_BAR: Final = 40
_BAR_GAP: Final = 1.5
_GAP: Final = 0.8
_CLEAR: Final = 0.3
_MOST_STEPS: Final = 2_000


@dataclass(frozen=True, slots=True)
class Columns:
    """The places that divide the columns of a table without rules; `number` is the column of numbers.

    `lefts` are where the words of each column begin, `centred` whether cells are set around their middle: both are
    known once the first rows are.
    """

    cuts: tuple[float, ...]
    number: int | None
    left: float
    right: float
    lefts: tuple[float, ...] = ()
    centred: bool | None = None

    def of(self, line: TextLine) -> dict[int, list[Mark]]:
        """Return the marks of a line by column."""
        found: dict[int, list[Mark]] = {}
        for mark in line.marks:
            found.setdefault(bisect_right(self.cuts, mark.centre), []).append(mark)
        return found


def head_titles(line: TextLine) -> list[TextLine]:
    """Return the titles of columns where a line reads like the head of a table, else nothing."""
    titles = _rejoined(split_at_gaps(line, ems=_GAP))
    words = ["".join(title.text.split()) for title in titles]
    if len(titles) < 3 or any(len(word) > _LONGEST_TITLE or _SENTENCE.search(word) for word in words):
        return []
    known = sum(1 for word in words if _HEAD_WORD.search(word))
    strong = any(_STRONG_HEAD.search(word) for word in words)
    return titles if strong and known * 2 >= len(titles) and known >= 2 else []


def _rejoined(parts: list[TextLine]) -> list[TextLine]:
    """序 号 and 备 注 are printed with a gap inside."""
    joined: list[TextLine] = []
    for part in parts:
        before = joined[-1] if joined else None
        if (
            before is not None
            and len(before.text) == 1
            and len(part.text) == 1
            and _HEAD_WORD.search(before.text + part.text)
        ):
            joined[-1] = TextLine((*before.marks, *part.marks))
        else:
            joined.append(part)
    return joined


def columns_below(titles: Sequence[TextLine], lines: Sequence[TextLine]) -> tuple[Columns, int]:
    """Return the columns under a head, and how many of the lines below it keep to them."""
    number = next(
        (index for index, title in enumerate(titles) if _NUMBER_TITLE.search("".join(title.text.split()))), None
    )
    left, right = titles[0].left, titles[-1].right
    kept = len(lines)
    cuts: tuple[float, ...] = ()
    for _ in range(3):
        within = [line for line in lines[:kept] if not _BAR.match(line.text)]
        cuts = tuple(_cut(titles, index, within) for index in range(1, len(titles)))
        keeping = next((at for at, line in enumerate(lines[:kept]) if not is_row(line, cuts)), kept)
        if keeping == kept:
            break
        kept = keeping
    if all(is_bar(line, cuts) for line in lines[:kept]):
        kept = 0
    marks = [mark for line in lines[:kept] for mark in (line.marks[0], line.marks[-1])]
    left, right = min([left, *(mark.left for mark in marks)]), max([right, *(mark.right for mark in marks)])
    return Columns(cuts, number, left, right), kept


def is_row(line: TextLine, cuts: Sequence[float]) -> bool:
    """Tell whether a line belongs under the columns: it keeps to them, or is a bar over them."""
    return keeps_to(line, cuts) or is_bar(line, cuts)


def is_bar(line: TextLine, cuts: Sequence[float]) -> bool:
    """Tell whether a line is the name of a section that stands over several columns, and nothing else."""
    if _BAR.match(line.text) is None or line.left > cuts[0] or keeps_to(line, cuts):
        return False
    return len(line.text) <= _LONGEST_BAR and len(split_at_gaps(line, ems=_BAR_GAP)) == 1


def keeps_to(line: TextLine, cuts: Sequence[float]) -> bool:
    """Whether no word of a line runs over the place between two columns."""
    for cut in cuts:
        before = max((mark.right for mark in line.marks if mark.centre < cut), default=None)
        after = min((mark.left for mark in line.marks if mark.centre >= cut), default=None)
        if before is not None and after is not None and after - before < _CLEAR * line.marks[0].height:
            return False
    return True


def _cut(titles: Sequence[TextLine], index: int, lines: Sequence[TextLine]) -> float:
    """Return the place between two titles that the fewest words run over, in the middle of the widest such strip."""
    first = (titles[index - 1].left + titles[index - 1].right) / 2
    last = (titles[index].left + titles[index].right) / 2
    count = max(2, min(_MOST_STEPS, int(last - first)))
    step = (last - first) / count
    counts = [0] * (count + 2)
    for line in [TextLine(titles[index - 1].marks), TextLine(titles[index].marks), *lines]:
        for mark in line.marks:
            if mark.right > first and mark.left < last:
                counts[max(0, min(count, int((mark.left - first) / step)))] += 1
                counts[max(0, min(count, int((mark.right - first) / step) + 1))] -= 1
    totals = list(accumulate(counts[:count]))
    fewest = min(totals)
    best = (0, 0)
    start: int | None = None
    for at in range(count + 1):
        clear = at < count and totals[at] == fewest
        if clear and start is None:
            start = at
        elif not clear and start is not None:
            best = max(best, (start, at), key=lambda run: run[1] - run[0])
            start = None
    return first + step * (best[0] + best[1]) / 2
