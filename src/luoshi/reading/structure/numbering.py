"""Stage 4, numbering tree: reads the body lines of one part; writes its numbered items as a tree.

Guarantees: items are in order of print; the own words of an item end where the next item or a structural line
(signature, copies, annex) begins; a number that breaks the sequence is taken only after a finished sentence, so that a
figure at the head of a wrapped line is no item; gaps and repeats are reported.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from luoshi.reading.issues import make_issue
from luoshi.reading.model import Issue, Span
from luoshi.reading.structure.decimals import find_section_numbers, follows
from luoshi.reading.structure.lines import Line
from luoshi.reading.structure.numerals import from_figures
from luoshi.reading.structure.quotations import quoted_lines

LabelKind = Literal["编", "分编", "章", "节", "条", "cn", "cn()", "1.", "1.1", "(1)", "①"]

RANKS: Final[dict[LabelKind, int]] = {
    "编": 0,
    "分编": 1,
    "章": 2,
    "节": 3,
    "条": 4,
    "cn": 5,
    "cn()": 6,
    "1.": 7,
    "1.1": 8,
    "(1)": 9,
    "①": 10,
}
_CN: Final = "一二三四五六七八九十百千零〇"
# 第九条修改为：… and 第三条第二款中的… speak of an article of another document; 第九条 增加… is one of its own.
_AMENDED: Final = (
    rf"(?!\s?(?:修改|修订|修正)为|(?:(?:、|和|至)?第[{_CN}\d]{{1,5}}[条款项目]){{0,4}}(?:(?:中|后|前|之前|之后)?的?(?:[“《][^”》]{{1,60}}[”》])?"
    r"(?:修改为|改为|修订为|修正为|增加|增补|删去|删除|删掉|作为第|并入|合并|移至|调整为|改作)|(?:中|后|前)(?:的)?[“，,增修删]))"
)
_LABEL: Final = re.compile(
    rf"第\s?(?P<ord>[{_CN}\d]{{1,8}})\s?"
    rf"(?P<unit>分?[编編]|[章节条節條])(?![例款件])(?:\s?之(?P<sub>[{_CN}]{{1,3}}))?+{_AMENDED}"
    rf"|(?P<cn>[{_CN}]{{1,4}})\s?[、．.]"
    rf"|[（(]\s?(?P<cnp>[{_CN}]{{1,4}})\s?[）)]"
    r"|[（(]\s?(?P<arp>[\d０-９]{1,3})\s?[）)]"
    r"|(?P<dec>\d{1,2}(?:[.．]\d{1,2}){1,3})(?=[\s\u4e00-\u9fff])"
    r"|(?P<ar>[\d０-９]{1,3})\s?[.．、](?:(?![\d０-９])|(?=[\d０-９]{3}))"
    r"|(?P<half>\d{1,2})[）)]"
    r"|(?P<circ>[①-⑳])"
    r"|(?P<round>[⑴-⒇])|(?P<dot>[⒈-⒛])|(?P<cnr>[㈠-㈩])"
    rf"|【?\s?(?:(?:任务|事项|举措|措施|行动|问题|项目)\s?(?P<task>[{_CN}\d０-９]{{1,3}})|第(?P<nth>[{_CN}\d０-９]{{1,3}})项)"
    r"(?:\s?[】:：、.．]|\s(?=\S)|$)"
)
_UNITS: Final[dict[str, LabelKind]] = {
    **{"编": "编", "分编": "分编", "章": "章", "节": "节", "条": "条"},
    **{"編": "编", "分編": "分编", "節": "节", "條": "条"},
}
_FINISHED: Final = frozenset("。！？；：”’）〕】」』》…!?;:)]}")
_MAX_HEADING: Final = 60


@dataclass(frozen=True, slots=True)
class Label:
    """A printed number at the head of a line; `end` is the offset after it, `line` the index of the line."""

    kind: LabelKind
    number: int
    printed: str
    start: int
    end: int
    line: int
    sub: int = 0  # 第十七条之一 stands between 17 and 18
    touches_figures: bool = False  # 25.12345热线: a figure follows, so the number counts only in sequence
    stands_apart: bool = False  # an article and a blank, as headings are set and citations are not
    path: tuple[int, ...] = ()  # of 2.1.3 all three figures


@dataclass(slots=True)
class Item:
    """A numbered item; `own` is its own words without the number, `parent` an index into the list or -1."""

    label: Label
    parent: int
    own: Span
    children: list[int] = field(default_factory=list)


def printed_number(label: Label) -> str:
    """Return the number as printed without punctuation, figures in half width."""
    text = unicodedata.normalize("NFKC", label.printed)
    return re.sub(r"[\s()、.．:】]+$|^[\s(【]+", "", text) if label.kind != "条" else text.strip()


def build_tree(text: str, lines: Sequence[Line]) -> tuple[list[Item], list[Issue]]:
    """Return the items of the body lines of one part, with issues about the sequence of their numbers."""
    labels, issues = _accept_labels(lines)
    items: list[Item] = []
    stack: list[int] = []
    starts = [label.line for label in labels[1:]] + [len(lines)] * bool(labels)
    for label, next_line in zip(labels, starts, strict=True):
        while stack and _rank(items[stack[-1]].label) >= _rank(label):
            stack.pop()
        parent = stack[-1] if stack else -1
        items.append(Item(label, parent, _own_words(text, lines, label, next_line)))
        if parent >= 0:
            items[parent].children.append(len(items) - 1)
        stack.append(len(items) - 1)
    return items, issues


def _rank(label: Label) -> tuple[int, int]:
    return RANKS[label.kind], len(label.path)


def _own_words(text: str, lines: Sequence[Line], label: Label, next_line: int) -> Span:
    end = lines[label.line].end
    for line in lines[label.line + 1 : next_line]:
        if line.ends_structure:
            break
        end = line.end
    start = label.end
    while start < end and text[start].isspace():
        start += 1
    return Span(start, max(start, _without_signature(lines, label, next_line, end)))


def _without_signature(lines: Sequence[Line], label: Label, next_line: int, end: int) -> int:
    """An issuer's name between the last item and the date is a signature, not words of the item."""
    for index in range(label.line + 1, next_line):
        if lines[index].kind == "date":
            last = index - 1
            while last > label.line and lines[last].kind == "masthead":
                last -= 1
            return min(end, lines[last].end)
    return end


def find_label(line: Line, index: int) -> Label | None:
    """Return the number printed at the head of a line, whether or not it continues a sequence."""
    match = _LABEL.match(line.text)
    if match is None or line.kind not in ("text", "masthead"):
        return None
    kind, figures = _classify(match)
    number = from_figures(figures)
    if number is None:
        return None
    touches = kind == "1." and line.text[match.end() : match.end() + 1].isdigit()
    sub = from_figures(match["sub"] or "0") or 0
    apart = kind == "条" and line.text[match.end() : match.end() + 1].isspace()
    path = tuple(int(part) for part in re.split(r"[.．]", match["dec"])) if match["dec"] else ()
    return Label(kind, number, match.group(), line.start, line.start + match.end(), index, sub, touches, apart, path)


def _classify(match: re.Match[str]) -> tuple[LabelKind, str]:
    if match["unit"]:
        return _UNITS[match["unit"]], match["ord"]
    group = match.lastgroup or ""
    kinds: dict[str, LabelKind] = {
        "cn": "cn",
        "cnp": "cn()",
        "arp": "(1)",
        "dec": "1.1",
        "ar": "1.",
        "half": "(1)",
        "circ": "①",
        "round": "(1)",
        "dot": "1.",
        "cnr": "cn()",
        "task": "cn()",  # 任务一：stands between 一、 and 1.
        "nth": "cn()",
    }
    figures = match[group]
    if group in ("round", "dot", "cnr"):
        figures = str(int(unicodedata.numeric(figures)))
    if group == "circ":
        figures = str(ord(figures) - 0x245F)
    if group == "dec":
        figures = re.split(r"[.．]", figures)[-1]
    return kinds[group], figures


def _accept_labels(lines: Sequence[Line]) -> tuple[list[Label], list[Issue]]:
    accepted: list[Label] = []
    issues: list[Issue] = []
    last: dict[LabelKind, int] = {}
    fresh: set[LabelKind] = set(RANKS)
    quoted = quoted_lines(lines)
    sections = {
        at: Label("1.", number, printed, lines[at].start, lines[at].start + len(printed), at, stands_apart=True)
        for at, (number, printed) in find_section_numbers(lines).items()
    }
    path: tuple[int, ...] = ()
    for index, line in enumerate(lines):
        label = sections.get(index) or (find_label(line, index) if index not in quoted else None)
        if label is None:
            continue
        after_end = index == 0 or label.stands_apart or _is_finished(lines[index - 1])
        after_heading = index > 0 and (index - 1 in sections or _is_heading(lines[index - 1], index - 1))
        if index in sections or (label.path and follows(path, label.path, line.text, after_end)):
            verdict = ""
        else:
            verdict = _verdict(label, last, fresh, after_end, after_heading)
        if verdict == "no":
            continue
        if verdict != "":
            previous = last[label.kind]
            issues.append(make_issue(verdict, number=label.number, previous=previous, span=line.span))
        accepted.append(label)
        path = label.path or ((label.number,) if index in sections else path)
        last[label.kind] = label.number
        fresh.discard(label.kind)
        fresh.update(kind for kind, rank in RANKS.items() if rank > RANKS[label.kind])
    return accepted, issues


def _verdict(
    label: Label, last: dict[LabelKind, int], fresh: set[LabelKind], after_end: bool, after_heading: bool
) -> str:
    """Return "" to take the label, an issue code to take it with a remark, "no" to leave it in the text."""
    previous = last.get(label.kind, 0)
    if label.number == previous + (not label.sub):
        return "" if after_end or after_heading or not (label.touches_figures or label.sub) else "no"
    if label.number == 1:
        return "" if label.kind in fresh or after_end or after_heading else "no"
    if not after_end or label.kind == "1.1" or label.touches_figures:
        return "no"
    if previous == 0:
        return ""
    if label.number == previous:
        return "number_repeated"
    return "number_gap" if label.number > previous or label.kind not in fresh else ""


def _is_finished(line: Line) -> bool:
    """Whether the sentence of a line is over: it ends in a full stop or bracket, or it is no running text."""
    return line.kind != "text" or line.text[-1] in _FINISHED


def _is_heading(line: Line, index: int) -> bool:
    return len(line.text) <= _MAX_HEADING and find_label(line, index) is not None
