"""Stage 8, glossary: reads lists that explain terms; writes term and definition."""

import re
from collections.abc import Sequence
from typing import Final

from luoshi.reading.findings import Term
from luoshi.reading.model import Span
from luoshi.reading.notes.attached import EntryLines, find_sections, numbered_entries
from luoshi.reading.part_reading import PartReading
from luoshi.reading.structure.lines import Line
from luoshi.reading.structure.provisions import join_text

_GLOSSARY: Final = re.compile(
    r"(?:名词|用语|术语|词语|词汇|名词术语|概念|专业名词)(?:的)?(?:解释|说明|注释|注解|释义|解读|简释)|"
    r"(?:有关|相关|部分|专有|专业)(?:名词|用语|术语|词语)|^(?:注释|名词|注解|术语)(?:[:(].*)?$|(?:解释|注释)(?:单|表)$|名词解释"
)
_SAYS: Final = re.compile(r"[,，]?(?:是指|系指|即指|指的是|主要指|特指|泛指|一般指|简称|即|指|是)")
_OPENING: Final = "“‘(（〔[【《「"
_CLOSING: Final = "”’)）〕]】》」"
_LONGEST_TERM: Final = 60
_NO_TERM: Final = re.compile(r"主要|具体|其中|包括|一是|二是|三是|目标|如|例如|注[：:]|即")
_FRAMED: Final = re.compile(
    r"\s*(?P<term>【[^【】\n]{2,40}】|\[[^\[\]\d\n][^\[\]\n]{1,40}\]|［[^［］\n]{2,40}］)\s*[：:]?\s*"
)
_FRAME: Final = re.compile(r"^[【\[［](.+)[】\]］]$")
_ON_PAGE: Final = re.compile(
    r"[（(\[［]\s*(?:见?第\s*\d{1,3}(?:[、，,-]\d{1,3})*\s*页|[Pp]\.?\s*\d{1,3})[^（）()]{0,12}[）)\]］]"
)
_DASH: Final = re.compile(r"[—–―]{1,2}")


def find_terms(part: PartReading) -> list[Term]:
    """Return the terms of a part."""
    terms: list[Term] = []
    for section in find_sections(part, _GLOSSARY):
        entries = numbered_entries(section.lines)
        if len(entries) < 2:
            entries = _paragraphs(section.lines)
        terms.extend(term for entry in entries if (term := _term(part.text, entry)))
    return terms


def _term(text: str, entry: EntryLines) -> Term | None:
    words = text[entry.words : entry.end]
    cut = _separator(words)
    if cut is None:
        return None
    term, definition = join_text(words[: cut[0]]), join_text(words[cut[1] :])
    term = _FRAME.sub(r"\1", _ON_PAGE.sub("", term))
    return Term(term, definition, Span(entry.start, entry.end)) if term and definition else None


def _separator(words: str) -> tuple[int, int] | None:
    """Return where the term ends and the definition begins: at a colon or dash outside quotes, else before 是指."""
    framed = _FRAMED.match(words)
    if framed:
        return framed.end("term"), framed.end()
    depth = 0
    head = words[: _LONGEST_TERM * 2]
    for index, char in enumerate(head):
        if char in _OPENING:
            depth += 1
        elif char in _CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 and index and len(join_text(head[:index])) <= _LONGEST_TERM:
            if char in "：:":
                return index, index + 1
            dash = _DASH.match(head, index)
            if dash and (len(dash.group()) == 2 or head[index - 1] in _CLOSING):
                return index, dash.end()
            says = _SAYS.match(head, index)
            if says and _is_verb(head, index, says):
                return index, says.end()
            if char in "。；;":
                return None
    return None


def _is_verb(head: str, index: int, says: "re.Match[str]") -> bool:
    """是指 divides anywhere; 指, 即 and 是 only behind a closed quote or a comma, since terms hold them too."""
    word = says.group().lstrip(",，")
    if word in ("指", "即", "是", "简称"):
        return head[index - 1] in "”’" or says.group()[0] in ",，"
    return True


def _paragraphs(lines: Sequence[Line]) -> list[EntryLines]:
    """A list without numbers: a line that has a term of its own begins an entry after a finished sentence."""
    entries: list[EntryLines] = []
    finished = True
    for line in lines:
        cut = _separator(line.text) if finished else None
        if cut is not None and cut[0] <= _LONGEST_TERM and not _NO_TERM.match(line.text):
            entries.append(EntryLines("", line.start, line.start, line.end))
        elif entries:
            last = entries[-1]
            entries[-1] = EntryLines(last.number, last.start, last.words, line.end)
        finished = line.text[-1] in "。；;！!”）)"
    return entries
