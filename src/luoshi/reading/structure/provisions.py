"""Stage 5, provisions: reads the numbered items of one part; writes them as provisions with stable ids and headings.

Guarantees: an id depends only on the printed numbers above it (`c2-p1-n10` is item 10 of （一） of 二、), not on
offsets; a second part's ids begin with `a1-`; a repeated number gets `~2`; 第十七条之一 is `t17z1`.
"""

import re
from collections.abc import Sequence
from typing import Final

from luoshi.reading.model import Provision, Span
from luoshi.reading.structure.article_paragraphs import clauses_of
from luoshi.reading.structure.joined_text import join_text
from luoshi.reading.structure.numbering import RANKS, Item, LabelKind

__all__ = ["join_text", "make_provisions", "section_heading", "separate_heading"]

_LETTERS: Final[dict[LabelKind, str]] = {
    "编": "b",
    "分编": "f",
    "章": "h",
    "节": "j",
    "条": "t",
    "cn": "c",
    "cn()": "p",
    "1.": "n",
    "1.1": "d",
    "(1)": "s",
    "①": "o",
}
_FIRST_SENTENCE: Final = re.compile(r"[^。；：\n]{2,40}[。：]")
_HEADING_LINE: Final = re.compile(r"[^，,。；;：:、]{2,30}")
_SECTIONS: Final[frozenset[LabelKind]] = frozenset({"编", "分编", "章", "节", "cn", "cn()"})
_MAX_HEADING: Final = 80
_SHORTEST_COLUMN: Final = 12


def make_provisions(text: str, items: Sequence[Item], *, prefix: str = "") -> list[Provision]:
    """Return the provisions of the items of one part, in the same order as the items."""
    ids = _ids(items, prefix)
    ends = _ends(items)
    clauses = clauses_of(text, items)
    provisions: list[Provision] = []
    for index, item in enumerate(items):
        own = clauses.own(index, item).of(text)
        provisions.append(
            Provision(
                id=ids[index],
                parent=ids[item.parent] if item.parent >= 0 else None,
                label=join_text(item.label.printed),
                depth=_depth(items, index),
                heading=_heading(own, item),
                text=join_text(own),
                span=Span(item.label.start, clauses.end(index, ends[index])),
                paragraphs=clauses.paragraphs(text, index, ids[index]),
            )
        )
    return provisions


def _ids(items: Sequence[Item], prefix: str) -> list[str]:
    ids: list[str] = []
    seen: dict[str, int] = {}
    for item in items:
        own = f"{_LETTERS[item.label.kind]}{item.label.number}" + (f"z{item.label.sub}" if item.label.sub else "")
        name = f"{ids[item.parent]}-{own}" if item.parent >= 0 else prefix + own
        seen[name] = seen.get(name, 0) + 1
        ids.append(name if seen[name] == 1 else f"{name}~{seen[name]}")
    return ids


def _ends(items: Sequence[Item]) -> list[int]:
    ends = [item.own.end for item in items]
    for index in range(len(items) - 1, -1, -1):
        parent = items[index].parent
        if parent >= 0:
            ends[parent] = max(ends[parent], ends[index])
    return ends


def _depth(items: Sequence[Item], index: int) -> int:
    depth = 1
    while items[index].parent >= 0:
        index = items[index].parent
        depth += 1
    return min(depth, len(RANKS))


def _heading(own: str, item: Item) -> str | None:
    """Return all words of an item where they are short and no sentence, else a first line or sentence as short."""
    words = join_text(own)
    if not words:
        return None
    if len(words) <= _MAX_HEADING and words[-1] not in "。；;：:，,、" and (item.children or "。" not in words):
        return words
    line, _, rest = own.strip().partition("\n")
    if item.label.kind in _SECTIONS and rest.strip() and _HEADING_LINE.fullmatch(line.strip()):
        return None if _is_wrapped(line.strip(), rest.strip(), item) else join_text(line)
    first = _FIRST_SENTENCE.match(words)
    return first.group()[:-1] if first and first.end() < len(words) else None


def _is_wrapped(line: str, rest: str, item: Item) -> bool:
    """Whether a first line without punctuation only ends at the edge of its column: no line below is longer."""
    longest = max(len(below) for below in rest.split("\n"))
    return len(line) >= _SHORTEST_COLUMN and longest <= len(item.label.printed) + len(line) + 1


def separate_heading(text: str, heading: str | None) -> str:
    """Return the words of an item with a blank after a heading that ends without punctuation."""
    if heading and text.startswith(heading) and text[len(heading) : len(heading) + 1].isalnum():
        return f"{heading} {text[len(heading) :]}"
    return text


def section_heading(provision: Provision) -> str:
    """Return label and heading of a section as one line, 二、主要任务."""
    return join_text(f"{provision.label}{provision.heading or ''}")
