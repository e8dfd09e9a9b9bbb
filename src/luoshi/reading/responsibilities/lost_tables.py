"""Tables that were copied without their rules: one cell a line, or a row a line with blanks between its cells.

They are told by their head (序号 first, a column of units and one of what is to be done) and by rows that count on
from number to number. What has no place of its own is put where it fits: a leader under 责任领导, units under 责任单位,
a time under 完成时限, words under 任务, in the order of print. The result is rows with tabs; the number of lines stays,
and every letter of every cell stays in its order.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from luoshi.reading.responsibilities.lost_rows import (
    LONGEST_BAR,
    NUMBER,
    SECTION,
    Cell,
    LostRow,
    does,
    place_cells,
    with_numbers,
)
from luoshi.reading.responsibilities.names import is_sure_list
from luoshi.reading.responsibilities.table_heads import Head, kind_of_title, read_head
from luoshi.reading.structure.numerals import from_figures
from luoshi.reading.view import fold, fold_words

_NUMBER_TITLE: Final = re.compile(
    r"^[ \t\u3000]*(?:序[ \u3000]*[号號]|编[ \u3000]*号|项[ \u3000]*次)(?=[ \t\u3000|｜]|$)", re.MULTILINE
)
_UNIT_TITLE: Final = re.compile(
    r"^[ \t\u3000]*[\u4e00-\u9fff]{1,8}(?:单位|部门|科室|处室|股室|机构|主体|领导|责任人)[ \t\u3000]*[|｜]?[ \t]*$",
    re.MULTILINE,
)
_OTHER_TITLE: Final = re.compile(
    r"名称|备注|说明|联系人|(?:联系|监督)?电话|完成标准|(?:工作)?(?:进展|完成|推进|落实)(?:情况|成效)|是否[\u4e00-\u9fff]{2,4}"
    r"|[(（]\d{1,2}月(?:份)?[)）]"
)
_AFTER: Final = re.compile(
    r"附[件表][\d０-９一二三四五六七八九十]{0,3}[:：]?$|[（(](?:此件|联系人)|(?:抄送|分享到|备注|注)[:：]"
)
_STROKES: Final = re.compile(r"[|｜]")
_BLANKS: Final = re.compile(r"[ \u3000]+")
_VALUE: Final = re.compile(
    r"^([ \t]*[^|｜\n]{2,14}[:：])[ \t]*[|｜][ \t]*([^|｜\n]+?)[ \t]*[|｜]?[ \t]*$", re.MULTILINE
)
_LONGEST_TITLE: Final = 16
_LONGEST_OWN_TITLE: Final = 8
_MOST_COLUMNS: Final = 14
_FEWEST_COLUMNS: Final = 3
_LONGEST_CELL: Final = 600
_MOST_CELLS: Final = 3_000


def open_values(text: str) -> str:
    """Return the text with the strokes left out that divide a label from its value: 责任单位： | 市水利局 |."""
    return _VALUE.sub(r"\1\2", text)


def rebuild_tables(text: str) -> str:
    """Return the text with such tables as rows with tabs; the number of lines stays."""
    if not _NUMBER_TITLE.search(text) and not _UNIT_TITLE.search(text):
        return text
    lines = text.split("\n")
    heads = [index for index, line in enumerate(lines) if _NUMBER_TITLE.match(line)]
    heads = sorted({*heads, *_heads_without_numbers(lines)})
    done = 0
    for first in heads:
        if first >= done:
            done = max(done, _rebuild(lines, first, heads))
    return "\n".join(lines)


def _rebuild(lines: list[str], first: int, heads: Sequence[int]) -> int:
    """Put the rows of the table whose head begins at a line in place; return the line after it.

    The table ends at the latest where the next of the heads begins.
    """
    if "\t" in lines[first]:
        return first + 1
    if len(_BLANKS.split(lines[first].strip(" |｜\u3000"))) >= _FEWEST_COLUMNS:
        return _rebuild_by_blanks(lines, first)
    titles, head, body = _head_in_cells(lines, first)
    if head is None:
        return first + 1
    after = bisect_left(heads, body)
    stop = heads[after] if after < len(heads) else len(lines)
    cells = with_numbers(list(_cells(lines, body, stop)), head, len(titles))
    rows = place_cells(cells, head, len(titles))
    said = [row for row in rows if row.says(head)]
    own = [row for row in rows if not row.is_bar]
    if len(said) * 2 <= len(own) or len(said) < (1 if head.number is not None else 2):
        return first + 1
    return _print(lines, first, titles, head, rows)


def _print(lines: list[str], first: int, titles: Sequence[str], head: Head, rows: Sequence[LostRow]) -> int:
    """Put a head and its rows in the place of the lines they were printed on; return the line after them."""
    for index in range(first, rows[-1].end):
        lines[index] = ""
    lines[first] = "\t".join(titles)
    for row in rows:
        lines[row.line] = row.printed(head, len(titles))
    return rows[-1].end


def _cells(lines: Sequence[str], first: int, stop: int) -> Iterator[Cell]:
    """Yield the cells below a head, one a line, up to what is surely no cell."""
    count = 0
    for index in range(first, stop):
        line = _STROKES.sub(" ", lines[index]).strip(" \u3000")
        if "\t" in line or len(line) > _LONGEST_CELL or _AFTER.match(line) or _NUMBER_TITLE.match(line):
            return
        if line:
            yield Cell(line, index)
            count += 1
            if count == _MOST_CELLS:
                return


def _rebuild_by_blanks(lines: list[str], first: int) -> int:
    titles, head, body = _head_in_row(lines, first)
    if head is None:
        return first + 1
    rows = place_cells(list(_cells_by_blanks(lines, body)), head, len(titles))
    own = [row for row in rows if not row.is_bar]
    if len(own) < 2 and not (own and len(own[0].cells) == len(titles)):
        return first + 1
    return _print(lines, first, titles, head, rows)


def _cells_by_blanks(lines: Sequence[str], first: int) -> Iterator[Cell]:
    """Yield the cells of rows that have a line each, from number to number; a row may go on in the line below it.

    It does not where its last words are units, or below an empty line: there the table ends.
    """
    row = Cell("", first)
    last, expected = row, 0
    for index in range(first, len(lines)):
        line = _STROKES.sub(" ", lines[index]).strip(" \u3000")
        if "\t" in line or len(line) > _LONGEST_CELL:
            return
        if not line:
            continue
        words = _BLANKS.split(line)
        number = from_figures(fold(words[0]).rstrip(".、")) if NUMBER.fullmatch(words[0]) else None
        if number is not None and number in (expected or number, 1):
            row = last = Cell("", index, words.pop(0))
            yield row
            expected = number + 1
        elif SECTION.match(line) and len(line) <= LONGEST_BAR:
            row = last = Cell(line, index)
            yield row
            continue
        elif not expected or index > last.line + 1 or not row.number or is_sure_list(fold_words(last.words)):
            return
        for word in words:
            last = Cell(word, index)
            yield last


def _head_in_row(lines: Sequence[str], first: int) -> tuple[list[str], Head | None, int]:
    """Return the titles of a head that is one line with blanks; 工 作 任 务 is one title."""
    titles: list[str] = []
    spaced = False
    for word in _BLANKS.split(lines[first].strip(" |｜\u3000")):
        if titles and len(word) == 1 and spaced:
            titles[-1] += word
        else:
            titles.append(word)
        spaced = len(word) == 1
    return titles, _head_of(titles), first + 1


def _heads_without_numbers(lines: Sequence[str]) -> list[int]:
    """Return the lines where heads begin that have one title a line and no column of numbers."""
    found: list[int] = []
    for index, line in enumerate(lines):
        if not _UNIT_TITLE.match(line):
            continue
        first = index
        for above in range(index - 1, max(-1, index - 3 * _MOST_COLUMNS), -1):
            words = _bare(lines[above])
            if words and not _is_title(words):
                break
            first = above if words else first
        if first < index:
            found.append(first)
    return found


@lru_cache(maxsize=1024)
def _bare(line: str) -> str:
    return "".join(_STROKES.sub("", line).split())


@lru_cache(maxsize=1024)
def _is_title(words: str) -> bool:
    """Whether a line is the title of a column and no cell: what it holds is known, and it is no sentence."""
    if not 0 < len(words) <= _LONGEST_OWN_TITLE or words[-1] in "。；;：:，," or SECTION.match(words):
        return False
    kind = kind_of_title(words)
    if does(words) and kind in ("", "words"):  # 完成时限 is a title, 完成绿化任务 none
        return False
    return kind != "" or _OTHER_TITLE.fullmatch(words) is not None


def _head_in_cells(lines: Sequence[str], first: int) -> tuple[list[str], Head | None, int]:
    """Return the titles of a head that has one title a line, and the line where its first row begins.

    The head ends at the first number or section; without a column of numbers, where a line is no title.
    """
    counts = _NUMBER_TITLE.match(lines[first]) is not None
    titles: list[str] = []
    for index in range(first, min(len(lines), first + 4 * _MOST_COLUMNS)):
        title = "".join(_STROKES.sub("", lines[index]).split())
        if not title:
            continue
        if titles and (NUMBER.fullmatch(title) or SECTION.match(title) or not (counts or _is_title(title))):
            return titles, _head_of(titles), index
        if len(title) > _LONGEST_TITLE or len(titles) == _MOST_COLUMNS or title[-1] in "。；;":
            break
        titles.append(title)
    return titles, None, first


def _head_of(titles: Sequence[str]) -> Head | None:
    head = read_head([titles]) if len(titles) >= _FEWEST_COLUMNS else None
    return head if head is not None and head.words else None
