"""Tables without upright rules: a head line with the titles of columns, and words that keep to columns below it.

Only a line that reads like the head of a table (序号, …单位, …时限) begins one, so that prose with gaps never becomes a
table. Rows are told apart by level rules where there are some, else by the column of numbers, else by the white.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Final

from luoshi.reading.paper.sheets import Mark, Rule, Sheet
from luoshi.reading.paper.tables import Row, Table, cell_pieces
from luoshi.reading.paper.text_lines import TextLine, make_lines, split_at_gaps

_HEAD_WORD: Final = re.compile(
    r"序号|编号|任务|内容|事项|举措|措施|目标|指标|单位|部门|领导|责任人|时限|时间|期限|节点|备注|牵头|配合|项目|名称|职责"
)
_STRONG_HEAD: Final = re.compile(r"序号|编号|单位|部门|领导|责任人|时限|期限|时间|牵头|配合")
_NUMBER_TITLE: Final = re.compile(r"序号|编号|^号$")
_NUMBER: Final = re.compile(r"[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）.．、]?")
_SENTENCE: Final = re.compile(r"[。；;，,：:]")
_LONGEST_TITLE: Final = 16
_GAP: Final = 0.8
_CLEAR: Final = 0.3
_ROW_GAP: Final = 1.3


@dataclass(frozen=True, slots=True)
class Columns:
    """The places that divide the columns of a table without rules; `number` is the column of numbers."""

    cuts: tuple[float, ...]
    number: int | None
    left: float
    right: float

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
        cuts = tuple(_cut(titles, index, lines[:kept]) for index in range(1, len(titles)))
        keeping = next((at for at, line in enumerate(lines[:kept]) if not keeps_to(line, cuts)), kept)
        if keeping == kept:
            break
        kept = keeping
    marks = [mark for line in lines[:kept] for mark in (line.marks[0], line.marks[-1])]
    left, right = min([left, *(mark.left for mark in marks)]), max([right, *(mark.right for mark in marks)])
    return Columns(cuts, number, left, right), kept


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
    count = max(2, int(last - first))
    counts = [0] * (count + 2)
    for line in [TextLine(titles[index - 1].marks), TextLine(titles[index].marks), *lines]:
        for mark in line.marks:
            if mark.right > first and mark.left < last:
                counts[max(0, min(count, int(mark.left - first)))] += 1
                counts[max(0, min(count, int(mark.right - first) + 1))] -= 1
    totals = [sum(counts[: at + 1]) for at in range(count)]
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
    return first + (best[0] + best[1]) / 2


def bare_table(
    sheet: Sheet, columns: Columns, lines: Sequence[TextLine], head: TextLine | None, rules: Sequence[Rule]
) -> Table:
    """Return the rows of lines that keep to columns, below the head where it stands on the same page."""
    everything = [head, *lines] if head is not None else list(lines)
    top, bottom = everything[0].top, max(line.bottom for line in everything)
    starts = (columns.left, *columns.cuts)
    table = Table(sheet.number, top, bottom, columns.left, columns.right, starts, ruled=False)
    if head is not None:
        table.rows.append(_row(sheet, columns, list(head.marks)))
    for marks in _rows(columns, lines, rules):
        table.rows.append(_row(sheet, columns, marks))
    return table


def _row(sheet: Sheet, columns: Columns, marks: list[Mark]) -> Row:
    ends = (*columns.cuts, columns.right)
    starts = (columns.left, *columns.cuts)
    held: list[list[Mark]] = [[] for _ in starts]
    for mark in marks:
        held[bisect_right(columns.cuts, mark.centre)].append(mark)
    return Row(
        [
            cell_pieces(sheet, cell, end - start) if cell else []
            for cell, start, end in zip(held, starts, ends, strict=True)
        ]
    )


def _rows(columns: Columns, lines: Sequence[TextLine], rules: Sequence[Rule]) -> list[list[Mark]]:
    marks = [mark for line in lines for mark in line.marks]
    if not marks:
        return []
    top, bottom = min(mark.top for mark in marks), max(mark.bottom for mark in marks)
    wide = 0.6 * (columns.right - columns.left)
    levels = sorted(
        rule.at for rule in rules if rule.level and rule.end - rule.start >= wide and top < rule.at < bottom
    )
    if len(levels) >= 2:
        return _by_places(marks, levels)
    if columns.number is not None:
        numbers = [mark.middle for mark in _numbers(columns, lines)]
        if numbers:
            return _by_numbers(columns, lines, numbers)
    return _by_places(marks, _white(lines))


def _by_places(marks: Sequence[Mark], places: Sequence[float]) -> list[list[Mark]]:
    rows: list[list[Mark]] = [[] for _ in range(len(places) + 1)]
    for mark in marks:
        rows[bisect_right(places, mark.middle)].append(mark)
    return [row for row in rows if row]


def _numbers(columns: Columns, lines: Sequence[TextLine]) -> list[Mark]:
    """Return the first mark of each number in the column of numbers."""
    found: list[Mark] = []
    for line in lines:
        marks = columns.of(line).get(columns.number or 0, [])
        if marks and _NUMBER.fullmatch("".join(mark.text for mark in marks).strip()):
            found.append(marks[0])
    return found


def _by_numbers(columns: Columns, lines: Sequence[TextLine], numbers: Sequence[float]) -> list[list[Mark]]:
    """Cut before each number where cells begin at the top; cells set around their middle are halved between numbers."""
    size = median(line.height for line in lines)
    if lines[0].marks[0].middle >= numbers[0] - 0.6 * size or not _is_centred(lines, numbers[0], size):
        return _by_places([mark for line in lines for mark in line.marks], [y - 0.6 * size for y in numbers])
    rows: list[list[Mark]] = [[] for _ in numbers]
    for column in range(len(columns.cuts) + 1):
        cell = make_lines(mark for line in lines for mark in columns.of(line).get(column, []))
        for index, line in _around_numbers(cell, numbers):
            rows[index].extend(line.marks)
    return rows


def _is_centred(lines: Sequence[TextLine], number: float, size: float) -> bool:
    above = [line for line in lines if line.bottom < number + 0.6 * size]
    return bool(above) and lines[0].top < number - size


def _around_numbers(cell: Sequence[TextLine], numbers: Sequence[float]) -> list[tuple[int, TextLine]]:
    """Give each line of a column to a number, so that the lines of a row lie evenly around it."""
    given: list[tuple[int, TextLine]] = []
    position = 0
    for index, number in enumerate(numbers):
        following = numbers[index + 1] if index + 1 < len(numbers) else None
        taken: list[TextLine] = []
        while position < len(cell):
            line = cell[position]
            middle = (line.top + line.bottom) / 2
            if following is not None and taken and _balance([*taken, line], number) > _balance(taken, number):
                break
            if following is not None and middle - number > following - middle and middle > number:
                break
            taken.append(line)
            position += 1
        given.extend((index, line) for line in taken)
    return given


def _balance(lines: Sequence[TextLine], number: float) -> float:
    return abs((lines[0].top + lines[-1].bottom) / 2 - number)


def _white(lines: Sequence[TextLine]) -> list[float]:
    """Return the places where the white between two lines is wider than usual."""
    gaps = [(after.top - before.bottom, (after.top + before.bottom) / 2) for before, after in pairwise(lines)]
    if not gaps:
        return []
    usual = min(gap for gap, _ in gaps)
    size = median(line.height for line in lines)
    if max(gap for gap, _ in gaps) - usual < (_ROW_GAP - 1) * size:
        return [place for _, place in gaps]  # one printed line is one row
    return [place for gap, place in gaps if gap - usual >= (_ROW_GAP - 1) * size]
