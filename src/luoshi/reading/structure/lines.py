"""Stage 3, blocks: reads the text; writes its lines with what kind of line each is.

Guarantees: lines are in order, do not overlap, hold no white space at their ends and together hold every printed
character. A file that came as one endless line is cut at its blanks and before its numbers, so that the following
stages see the lines that the printed page had.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from luoshi.reading.model import Span
from luoshi.reading.responsibilities.names import is_sure_list
from luoshi.reading.responsibilities.roles import find_labels, is_label
from luoshi.reading.view import fold_words, simplify
from luoshi.standards.document_numbers import is_document_number

LineKind = Literal[
    "text", "number", "date", "copies", "annex", "masthead", "jump", "leave", "notice", "closing", "row", "aside"
]

_LINE: Final = re.compile(r"[^\n]+")
_ENDLESS: Final = 1_000
_LONG: Final = 300
_CUT: Final = re.compile(r"[\s。；）〕】\]]\s*")
_AHEAD: Final = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,3}[.．](?!\d)")
# Two articles that print has put on one line: …指导。 第五条 市财政局…
_ARTICLE_INSIDE: Final = re.compile(r"(?<=[。；;])[ \u3000\xa0]+(?=第[一二三四五六七八九十百零〇]{1,6}条[ \u3000\xa0])")
_NUMBERED: Final = re.compile(
    r"[（(]?[\d０-９一二三四五六七八九十]{1,3}[）)、.．]|第\s?[一二三四五六七八九十百千零〇\d]{1,8}\s?(?:分?[编編]|[章节条節條])\s"
)
_INNER_LABEL: Final = re.compile(
    r"\s(?:[一二三四五六七八九十]{1,3}、|\d{1,3}[.．](?!\d))|。\d{1,3}[.．](?!\d)"
    r"|[。）)〕\]】](?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)])"
)
_DATE_AHEAD: Final = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日\s")
_FIGURE: Final = "[0-9０-９〇○ＯO零一二三四五六七八九十]"
DATE: Final = re.compile(rf"({_FIGURE}{{4}})\s*年\s*({_FIGURE}{{1,3}})\s*月\s*({_FIGURE}{{1,3}})\s*日")
_DATE_LINE: Final = re.compile(rf"[（(]?{DATE.pattern}[）)]?")
_UPWARD: Final = re.compile(
    r"[\u4e00-\u9fff]{2,14}\s*[〔\[［【（(]\s*\d{4}\s*[〕\]］】）)]\s*\d{1,5}\s*号\s{1,60}签发人\s*[:：]"
)
_SIGNED: Final = re.compile(
    rf"(?:[^、：:，,。；;（(\s]{{2,24}}(?:政府|办公室|办公厅|委员会|[委局厅部院会])\s{{1,40}}){{1,4}}{DATE.pattern}"
)
_COPIES: Final = re.compile(r"(?:抄送|抄报|主送|分送|报送)[:：]|.{0,40}日\s*印发$")
_ANNEX: Final = re.compile(
    r"[（(]?附\s*(?:件|表|录|图)?\s*[0-9０-９一二三四五六七八九十A-Z]{0,3}(?:\s*[-—–.]\s*\d{1,2})?\s*[:：]?[）)]?$"
)
_MASTHEAD: Final = re.compile(
    r"(?:中共)?[^、：:，,。；;（(]{2,24}(?:人民政府|委员会|办公室|办公厅|人民政府公报|局|厅|党委)\s*(?:文件)?$"
)
_PAGE: Final = r"\s*第?\s*[\d０-９一二三四五六七八九十百]{1,4}\s*[页版頁]\s*"
_JUMP: Final = re.compile(rf"[（(〔【\[]\s*(?:上接|上承|续接|紧接){_PAGE}[）)〕】\]]|^\s*上接{_PAGE}$")
_LEAVE: Final = re.compile(rf"[（(〔【\[]\s*(?:下转|下接|转接|转至|下轉){_PAGE}[）)〕】\]]|^\s*下[转轉]{_PAGE}$")
_EMPTY_CELLS: Final = re.compile(r"\t[ \u3000]*\t[ \u3000]*$")  # a cell over all columns of a table
_JUMPS: Final = re.compile(rf"{_JUMP.pattern}|{_LEAVE.pattern}")
_CLOSING: Final = re.compile(
    r"(?:本|以上|上述)(?:通知|办法|意见|方案|措施|规定|细则|政策|规划|条例)(?:自|由|从|有效|执行)?.{0,30}"
    r"(?:施行|执行|实施|生效|有效期|负责解释)"
)
_ENDS: Final = frozenset({"number", "date", "copies", "annex", "jump", "leave", "notice", "closing", "row", "aside"})
_NOTICE: Final = re.compile(r"[（(]\s*(?:此件|本文).{0,20}[）)]$")


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of the text without white space at its ends; `text` is that stretch."""

    start: int
    end: int
    text: str
    kind: LineKind

    @property
    def span(self) -> Span:
        """The span of the line."""
        return Span(self.start, self.end)

    @property
    def ends_structure(self) -> bool:
        """Whether no numbered item runs on into this line."""
        return self.kind in _ENDS


def split_lines(text: str) -> list[Line]:
    """Return the lines of the text that hold anything printed."""
    return [_make_line(text, start, end) for start, end in _stretches(text) if text[start:end].strip()]


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    for match in _LINE.finditer(text):
        yield from _around_jumps(text, *match.span())


def _around_jumps(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Cut a printed line at 上接第N页 and 下转第N页: what stands beside the mark is text of its own."""
    position = first
    # Looking for one character costs a tenth of what looking for the mark costs.
    may_jump = any(text.find(char, first, last) >= 0 for char in "页版頁")
    for jump in _JUMPS.finditer(text, first, last) if may_jump else ():
        yield from _cut_endless(text, position, jump.start())
        yield jump.span()
        position = jump.end()
    yield from _cut_endless(text, position, last)


def _cut_endless(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a line that holds a whole document; rows of a table stay whole."""
    position = start
    for article in _ARTICLE_INSIDE.finditer(text, start, end) if text.find("条", start, end) >= 0 else ():
        yield position, article.end()
        position = article.end()
    if _is_endless(text, position, end):
        for gap in _CUT.finditer(text, position, end):
            if gap.end() < end and _may_cut(text, gap.start(), gap.end()):
                yield position, gap.end()
                position = gap.end()
    yield position, end


def _is_endless(text: str, start: int, end: int) -> bool:
    """A line too long for a paragraph, or a long one with numbers inside that begin items; never a row of a table."""
    if end - start <= _LONG or text.find("\t", start, end) >= 0:
        return False
    return end - start > _ENDLESS or len(_INNER_LABEL.findall(text, start, end)) > 1


def _may_cut(text: str, first: int, after: int) -> bool:
    """A blank between Chinese words was a line break; before a number, also the end of a sentence is one."""
    if _AHEAD.match(text, after):
        return True
    blank = text[after - 1].isspace()
    if blank and _DATE_AHEAD.match(text, after):
        return True
    before = text[first - 1] if text[first].isspace() and first else text[first]
    return blank and not before.isascii() and not text[after].isascii()


def _make_line(text: str, start: int, end: int) -> Line:
    raw = text[start:end]
    stripped = raw.strip()
    start += len(raw) - len(raw.lstrip())
    is_row = ("\t" in stripped and not _is_tabbed_item(stripped, raw)) or _EMPTY_CELLS.search(raw) is not None
    kind: LineKind = "row" if is_row else _kind(stripped)
    return Line(start, start + len(stripped), stripped, kind)


def _is_tabbed_item(line: str, raw: str) -> bool:
    """Whether the tabs of a line only align its number or its label: `1.⇥修路。⇥责任单位：⇥市水利局` is no row."""
    number = _NUMBERED.match(line) if line.count("\t") == 1 else None
    if number is not None and (raw.count("\t") == 1 or line[number.end() : number.end() + 1].isspace()):
        return True  # 1.修路⇥市水利局⇥ is a row whose last cell is empty
    if line.count("\t") == 1 and len(line) < _LONG and _is_label_with_names(*fold_words(line).split("\t")):
        return True
    labels = find_labels(fold_words(line), 0, len(line)) if len(line) < _LONG else []
    return bool(labels) and (labels[0].start == 0 or _NUMBERED.match(line) is not None)


def _is_label_with_names(label: str, names: str) -> bool:
    """Whether a row of two cells is a clause: 责任单位⇥市水利局、市财政局."""
    names = "".join(names.split())
    return is_label("".join(label.split()).rstrip(":")) and is_sure_list(names) and not is_label(names)


def _kind(printed: str) -> LineKind:
    line = simplify(printed)
    if len(line) > 60:
        return _long_kind(line)
    checks: tuple[tuple[LineKind, re.Pattern[str], bool], ...] = (
        ("date", _DATE_LINE, True),
        ("date", _SIGNED, True),
        ("annex", _ANNEX, True),
        ("notice", _NOTICE, True),
        ("jump", _JUMP, True),
        ("leave", _LEAVE, True),
        ("copies", _COPIES, False),
        ("closing", _CLOSING, False),
        ("masthead", _MASTHEAD, True),
    )
    if is_document_number(line.strip("（）()")) or _UPWARD.match(line):
        return "number"
    for kind, pattern, whole in checks:
        if pattern.fullmatch(line) if whole else pattern.match(line):
            return kind
    return "text"


def _long_kind(line: str) -> LineKind:
    if line.startswith(("抄送", "抄报", "分送")) and _COPIES.match(line):
        return "copies"
    return "closing" if line.startswith(("本", "以上", "上述")) and _CLOSING.match(line) else "text"
