"""Tables that were copied without their rules: one cell a line, or a row a line with blanks between its cells.

They are told by their head (序号 first, a column of units and one of what is to be done) and by rows that count on
from number to number. What has no place of its own is put where it fits: a leader under 责任领导, units under 责任单位,
a time under 完成时限, words under 任务, in the order of print. The result is rows with tabs; the number of lines stays,
and every letter of every cell stays in its order.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from luoshi.reading.responsibilities.names import is_leader, is_list_of_names, is_sure_list, is_surely_unit
from luoshi.reading.responsibilities.table_heads import Head, kind_of_title, read_head
from luoshi.reading.structure.lost_rows import NUMBER, SECTION, Cell, does, place_cells, with_numbers
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
_TIME: Final = re.compile(r"[年月日]|季度|持续|长期|全年|常态|月底|年底|\d{1,2}\.\d{1,2}")
_NOBODY: Final = re.compile(r"(?:无|/|[-—]+)$")
_PERSON: Final = re.compile(r"[\u4e00-\u9fff]{2,4}(?:[、 ][\u4e00-\u9fff]{2,4})*$")
_VALUE: Final = re.compile(
    r"^([ \t]*[^|｜\n]{2,14}[:：])[ \t]*[|｜][ \t]*([^|｜\n]+?)[ \t]*[|｜]?[ \t]*$", re.MULTILINE
)
_LONGEST_TITLE: Final = 16
_LONGEST_OWN_TITLE: Final = 8
_MOST_COLUMNS: Final = 14
_FEWEST_COLUMNS: Final = 3
_LONGEST_CELL: Final = 600
_MOST_CELLS: Final = 3_000
_SKIP_COLUMN: Final = -0.3
_SKIP_CELL: Final = -1.5
_SKIPPED, _EMPTY, _HERE = 1, 2, 3  # of ways that fit as well, the first column that takes the words


@dataclass(frozen=True, slots=True)
class _Token:
    """The words of a cell, or a part of them, and the line where they stand."""

    words: str
    line: int


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
    rows, end = _rows(lines, body, by_blanks=True, columns=len(titles))
    if len(rows) < 2 and not (rows and len(rows[0]) == len(titles)):
        return first + 1
    for index in range(first, end):
        lines[index] = ""
    lines[first] = "\t".join(titles)
    for row in rows:
        lines[row[0].line] = row[0].words if len(row) == 1 else "\t".join(_placed(row, head, len(titles)))
    return end


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
    if not 0 < len(words) <= _LONGEST_OWN_TITLE or words[-1] in "。；;：:，," or does(words) or SECTION.match(words):
        return False
    return kind_of_title(words) != "" or _OTHER_TITLE.fullmatch(words) is not None


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


def _tokens(lines: Sequence[str], first: int, *, by_blanks: bool) -> Iterator[_Token]:
    for index in range(first, len(lines)):
        line = _STROKES.sub(" ", lines[index]).strip(" \u3000")
        if "\t" in line or len(line) > _LONGEST_CELL:
            return
        if line:
            yield from (_Token(word, index) for word in (_BLANKS.split(line) if by_blanks else [line]))


def _rows(lines: Sequence[str], first: int, *, by_blanks: bool, columns: int) -> tuple[list[list[_Token]], int]:
    """Return the rows as tokens, each from its number on, and the line after the last; a bar of a section is alone."""
    rows: list[list[_Token]] = []
    expected, end = None, first
    for token in _tokens(lines, first, by_blanks=by_blanks):
        number = from_figures(fold(token.words).rstrip(".、")) if NUMBER.fullmatch(token.words) else None
        starts_line = not by_blanks or lines[token.line].lstrip(" \u3000|｜").startswith(token.words)
        if number is not None and starts_line and (number == expected or expected is None or (number == 1 and rows)):
            rows.append([token])
            expected = number + 1
        elif not rows:
            break
        elif SECTION.match(token.words) and len(token.words) <= 40 and starts_line and len(rows[-1]) > 2:
            rows.append([token])
        elif _ends(rows[-1], token, columns, by_blanks=by_blanks):
            break
        else:
            rows[-1].append(token)
        end = token.line + 1
    while rows and len(rows[-1]) == 1:
        end = rows.pop()[0].line
    return rows, end


def _ends(row: Sequence[_Token], token: _Token, columns: int, *, by_blanks: bool) -> bool:
    """Whether a token is no more of the last row: its cells are full, and a line is no cell of a table."""
    if len(row) == 1 and SECTION.match(row[0].words):
        return True
    if by_blanks:
        return token.line > row[-1].line + 1 or (token.line > row[0].line and is_sure_list(fold_words(row[-1].words)))
    return len(row) >= columns + 3 or (len(row) >= columns and not is_surely_unit(fold_words(token.words)))


def _placed(row: Sequence[_Token], head: Head, columns: int) -> list[str]:
    """Return the cells of a row by column; words that found no place follow those before them."""
    cells = [""] * columns
    cells[head.number or 0] = row[0].words
    words = [token.words for token in row[1:]]
    column = 0
    for word, place in zip(words, _places(words, head, columns), strict=True):
        column = place if place >= 0 else column or 1
        cells[column] = f"{cells[column]} {word}" if cells[column] else word
    return cells


def _places(words: Sequence[str], head: Head, columns: int) -> list[int]:
    """Return the column of each word, in order, or -1: the best sum of what fits, of all ways to place them."""
    best: list[list[tuple[float, int]]] = [[(0.0, 0)] * (columns + 1) for _ in range(len(words) + 1)]
    for at in range(len(words), -1, -1):
        for column in range(columns, -1, -1):
            ways: list[tuple[float, int]] = []
            if at < len(words):
                ways.append((best[at + 1][column][0] + _SKIP_CELL, _SKIPPED))
            if column < columns:
                ways.append((best[at][column + 1][0] + (_SKIP_COLUMN if column != head.number else 0.0), _EMPTY))
            if at < len(words) and column < columns and column != head.number:
                ways.append((best[at + 1][column + 1][0] + _fit(fold_words(words[at]), column, head), _HERE))
            best[at][column] = max(ways) if ways else (0.0, 0)
    return _path(best, len(words))


def _path(best: Sequence[Sequence[tuple[float, int]]], words: int) -> list[int]:
    places: list[int] = []
    column = 0
    while len(places) < words:
        way = best[len(places)][column][1]
        if way == _HERE:
            places.append(column)
        elif way == _SKIPPED:
            places.append(-1)
        column += way != _SKIPPED
    return places


def _fit(words: str, column: int, head: Head) -> float:
    """Return how well words fit into a column, by what its title says."""
    role = head.roles.get(column)
    if _NOBODY.match(words):
        return 1.0 if role or column == head.deadline else 0.0
    if role == "lead_leaders":
        is_person = is_leader(words) or (_PERSON.match(words) is not None and not is_sure_list(words))
        return 3.0 if is_person else -2.0
    if role is not None:
        return 3.0 if is_sure_list(words) else 1.5 if is_list_of_names(words) else -3.0 if len(words) > 12 else -0.5
    if column == head.deadline:
        return 3.0 if len(words) <= 24 and _TIME.search(words) else -2.0
    if column in head.words:
        return -1.0 if is_sure_list(words) else 2.0 if len(words) >= 6 else 0.8
    return 0.5
