"""Lists and tables of what a document repeals: 废止的规范性文件：1.甲办法（青政发〔2031〕3号）, or 附件 废止目录.

Guarantees: a list begins under a heading that says so and ends at the next heading, above all at one of documents that
stay in force or are changed; an entry needs a number, a title in 《》 or the ending of a title.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from luoshi.reading.model import Repeal, Span
from luoshi.reading.structure.cells import Row, read_row
from luoshi.reading.structure.lines import Line
from luoshi.reading.structure.numbering import find_label
from luoshi.reading.structure.orders import find_orders
from luoshi.reading.structure.titles import ends_title, squeeze
from luoshi.reading.view import fold_words, simplify
from luoshi.standards.document_numbers import FoundNumber, find_document_numbers

_HEADING: Final = re.compile(
    r"(?:废止|失效|停止执行)(?:的?(?:下列|以下|如下)?[^。；，《]{0,24}(?:目录|清单|文件|规章|规定|法规|一览表|名单))?[^。；，《]{0,12}[:]?$"
)
_OTHER: Final = re.compile(r"有效|修改|保留|拟")
_STAYS: Final = re.compile(r"(?:继续)?有效|修改|保留")
_QUOTED: Final = re.compile(r"《([^《》]{2,120}(?:〈[^〈〉]{2,100}〉[^《》]{0,40})?)》")
_TITLE_HEAD: Final = re.compile(r"名称|标题|题目|文件$|规章$")
_NOTE: Final = re.compile(r"[（(][^（）()]{0,60}$")
_LONGEST_HEADING: Final = 60
_LONGEST_ENTRY: Final = 240
_LEAST: Final = 4


def listed_repeals(text: str, lines: Sequence[Line], known: Sequence[Repeal]) -> tuple[Repeal, ...]:
    """Return the documents that lists of a document repeal and its sentences do not name already, in order."""
    seen = {(each.doc_number, each.title) for each in known}
    found: list[Repeal] = []
    inside, column = False, -1
    for index, line in enumerate(lines):
        heading = _is_heading(line, index)
        if heading is not None:
            inside, column = heading, -1
            continue
        if not inside:
            continue
        row = read_row(text, line, index) if line.kind == "row" else None
        if row is not None and column < 0:
            column = next((at for at, word in enumerate(row.texts) if _TITLE_HEAD.search(word)), -1)
            if column >= 0:
                continue
        entries = list(_row(row, column) if row is not None else _entry(text, line, index))
        inside = bool(entries) or (line.kind == "text" and len(line.text) <= _LONGEST_HEADING) or line.kind == "row"
        for entry in entries:
            key = (entry.doc_number, entry.title)
            if key not in seen and (entry.doc_number is None or all(entry.doc_number != number for number, _ in seen)):
                seen.add(key)
                found.append(entry)
    return tuple(found)


def _is_heading(line: Line, index: int) -> bool | None:
    """Whether a line heads a list of repealed documents; None for a line that heads nothing of the kind."""
    if len(line.text) > _LONGEST_HEADING or line.kind not in ("text", "masthead", "closing"):
        return None
    words = fold_words(squeeze(line.text))
    if _HEADING.search(words) and "《" not in words:
        return _OTHER.search(words) is None
    label = find_label(line, index)
    is_top = label is not None and label.kind in ("cn", "cn()")
    return False if is_top and _STAYS.search(words) and "《" not in words else None


def _numbers(words: str) -> list[FoundNumber]:
    return sorted([*find_document_numbers(words), *find_orders(words)], key=lambda number: number.start)


def _entry(text: str, line: Line, index: int) -> Iterator[Repeal]:
    """Read one line of a list: 1.关于加强管理的通知（青政发〔2031〕3号）."""
    if line.kind not in ("text", "closing", "masthead") or len(line.text) > _LONGEST_ENTRY:
        return
    label = find_label(line, index)
    start = label.end if label is not None else line.start
    words = text[start : line.end].rstrip("。；;，, ")
    numbers = _numbers(words)
    quoted = _QUOTED.match(words.lstrip("原 "))
    title = quoted.group(1) if quoted else _NOTE.sub("", words[: numbers[0].start] if numbers else words)
    title = squeeze(title.strip("《》 "))
    if label is None and quoted is None and not numbers:
        return
    if quoted or (numbers and len(title) >= _LEAST) or (label is not None and ends_title(title)):
        number = simplify(numbers[0].number) if numbers else None
        yield Repeal(number, title or None, Span(start, start + len(words)))


def _row(row: Row, column: int) -> Iterator[Repeal]:
    """Read one row of a table: the title under its head, a number in any cell."""
    cells = row.cells
    if not 0 <= column < len(cells) or len(cells[column].printed) < _LEAST:
        return
    numbers = [number for cell in cells for number in _numbers(cell.printed)]
    title = cells[column].printed
    quoted = _QUOTED.fullmatch(title)
    title = quoted.group(1) if quoted else _NOTE.sub("", title[: numbers[0].start] if _numbers(title) else title)
    if numbers or ends_title(title):
        yield Repeal(simplify(numbers[0].number) if numbers else None, title, row.span)
