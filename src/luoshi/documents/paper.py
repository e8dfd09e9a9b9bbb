"""The text of a document as sheets of paper: pages, blocks, sentences and marked stretches, ready to be drawn.

Every sentence keeps the offsets it has in the text: an address, a finding and a mark all mean the same characters.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Final, Literal

from luoshi.documents.paragraphs import Paragraph, Stretch, find_paragraphs, find_sentences, shown

BlockKind = Literal["masthead", "title", "heading", "doc-number", "signature", "aside", "row", "text"]
MarkKind = Literal["task", "deadline", "target", "party", "leader", "doubt"]

# Where marks lie upon each other, the later one of this list is seen.
_ORDER: Final[dict[MarkKind, int]] = {
    "task": 0,
    "deadline": 1,
    "target": 2,
    "party": 3,
    "leader": 4,
    "doubt": 5,
}
_LINE_BLOCKS: Final[Mapping[str, BlockKind]] = {
    "number": "doc-number",
    "date": "signature",
    "masthead": "signature",
    "copies": "aside",
    "annex": "aside",
    "notice": "aside",
    "jump": "aside",
    "row": "row",
}
_LONGEST_HEADING: Final = 80
# A line of its own that begins so and is no sentence is a heading, also where the parser made no item of it.
_HEADINGS: Final = (
    (re.compile(r"第[一二三四五六七八九十百]{1,4}[编章]|[一二三四五六七八九十]{1,3}、"), 1),
    (re.compile(r"第[一二三四五六七八九十百]{1,4}节|[（(][一二三四五六七八九十]{1,3}[）)]"), 2),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch that something was found in; ``title`` is what a pointer on it says.

    ``finding`` names its record: the key of a finding, or that of a statement behind an ``s``.
    """

    start: int
    end: int
    kind: MarkKind
    finding: int | str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a sentence with one mark or none; ``is_cited`` where the address of the page names it."""

    text: str
    mark: Mark | None
    is_cited: bool
    is_first_cited: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or the part of it that stands on one page; ``start`` and ``end`` are those of the whole sentence."""

    start: int
    end: int
    anchor: str
    segments: Sequence[Segment]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or line; ``is_continued`` where it began on the page before."""

    kind: BlockKind
    level: int
    is_continued: bool
    findings: Sequence[int]
    sentences: Sequence[Sentence]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page; ``page`` counts from 1 and is None for a text without pages."""

    page: int | None
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Layout:
    """What the paper needs to know of a document.

    ``regions`` are the stretches it is printed in. By the offset where each begins: ``titles``, the titles; ``items``,
    depth and heading of the numbered items; ``findings``, the row of the finding.
    """

    text: str
    regions: Sequence[Stretch]
    page_starts: Sequence[int] = ()
    titles: Mapping[int, str] = field(default_factory=dict)
    items: Mapping[int, tuple[int, str]] = field(default_factory=dict)
    findings: Mapping[int, int] = field(default_factory=dict)
    marks: Sequence[Mark] = ()
    cited: Stretch | None = None

    @cached_property
    def breaks(self) -> frozenset[int]:
        """The offsets at which a paragraph begins."""
        return frozenset({*self.titles, *self.items, *self.findings})

    @cached_property
    def flat(self) -> "FlatMarks":
        """The marks with nothing upon each other."""
        return FlatMarks(self.marks)


def lay_out(layout: Layout) -> list[Sheet]:
    """Return the sheets of the document, at least one."""
    pages: dict[int | None, list[Block]] = defaultdict(list)
    citing = _Citing(layout.cited)
    for start, end in layout.regions:
        for paragraph in find_paragraphs(layout.text, start, end, breaks=layout.breaks, titles=layout.titles):
            for page, block in _blocks_of(layout, paragraph, citing, is_first=paragraph.start < start + 3):
                pages[page].append(block)
    return [Sheet(page, blocks) for page, blocks in pages.items()] or [Sheet(None, [])]


def anchors_of(sheets: Iterable[Sheet]) -> list[int]:
    """Return the offsets that have an anchor ``s-<offset>`` on the sheets, in order."""
    return sorted(
        int(sentence.anchor.removeprefix("s-"))
        for sheet in sheets
        for block in sheet.blocks
        for sentence in block.sentences
    )


def anchor_at(anchors: Sequence[int], offset: int) -> int:
    """Return the last anchor not behind an offset; the offset itself where there is none."""
    index = bisect_right(anchors, offset)
    return anchors[index - 1] if index else offset


def sentence_at(text: str, start: int, end: int, offset: int) -> Stretch:
    """Return the sentence of the paragraph ``[start, end)`` that holds an offset, else the whole paragraph."""
    found = (span for span in find_sentences(text, start, end) if span[0] <= offset < span[1])
    return next(found, (start, end))


def page_of(page_starts: Sequence[int], offset: int) -> int | None:
    """Return the page that an offset stands on, counted from 1, or None for a text without pages."""
    return max(1, bisect_right(page_starts, offset)) if page_starts else None


class FlatMarks:
    """Marks as stretches that do not overlap: where several lie upon each other the most particular is kept."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._pieces = sorted(_flatten(marks), key=lambda piece: piece[0])
        self._starts = [piece[0] for piece in self._pieces]

    def within(self, start: int, end: int) -> Iterator[tuple[int, int, Mark | None]]:
        """Yield consecutive stretches that together are ``[start, end)``, each with its mark or None."""
        at = start
        index = max(0, bisect_right(self._starts, start) - 1)
        for piece_start, piece_end, mark in self._pieces[index : bisect_left(self._starts, end)]:
            first, last = max(piece_start, at), min(piece_end, end)
            if last <= first:
                continue
            if first > at:
                yield at, first, None
            yield first, last, mark
            at = last
        if at < end:
            yield at, end, None


def _flatten(marks: Iterable[Mark]) -> Iterator[tuple[int, int, Mark]]:
    ordered = sorted((mark for mark in marks if mark.end > mark.start), key=lambda mark: mark.start)
    edges = sorted({edge for mark in ordered for edge in (mark.start, mark.end)})
    active: list[Mark] = []
    upcoming = 0
    for first, last in pairwise(edges):
        active = [mark for mark in active if mark.end > first]
        while upcoming < len(ordered) and ordered[upcoming].start == first:
            active.append(ordered[upcoming])
            upcoming += 1
        if active:
            yield first, last, max(active, key=lambda mark: (_ORDER[mark.kind], mark.start))


class _Citing:
    """Knows which stretch the address names and gives its beginning a name once."""

    def __init__(self, cited: Stretch | None) -> None:
        self._cited = cited
        self._is_named = False

    def split(self, start: int, end: int) -> Iterator[tuple[int, int, bool, bool]]:
        """Yield ``(start, end, is cited, is the first cited)`` for a stretch."""
        if self._cited is None:
            yield start, end, False, False
            return
        edges = sorted({start, end, *(edge for edge in self._cited if start < edge < end)})
        for first, last in pairwise(edges):
            is_cited = self._cited[0] <= first and last <= self._cited[1]
            yield first, last, is_cited, is_cited and not self._is_named
            self._is_named = self._is_named or is_cited


def _blocks_of(
    layout: Layout, paragraph: Paragraph, citing: _Citing, *, is_first: bool
) -> Iterator[tuple[int | None, Block]]:
    """Yield the paragraph as one block for each page that it stands on."""
    kind, level = _kind_of(layout, paragraph, is_first)
    sentences = find_sentences(layout.text, paragraph.start, paragraph.end)
    found = layout.findings.get(paragraph.start)
    for start, end in _cut_at_pages(layout.page_starts, paragraph.start, paragraph.end):
        pieces = [
            _sentence(layout, span, start, end, citing) for span in sentences if span[0] < end and span[1] > start
        ]
        is_continued = start > paragraph.start
        yield (
            page_of(layout.page_starts, start),
            Block(kind, level, is_continued, [found] if found is not None and not is_continued else [], pieces),
        )


def _cut_at_pages(page_starts: Sequence[int], start: int, end: int) -> Iterator[Stretch]:
    inside = page_starts[bisect_right(page_starts, start) : bisect_left(page_starts, end)]
    edges = [start, *inside, end]
    yield from pairwise(edges)


def _sentence(layout: Layout, whole: Stretch, start: int, end: int, citing: _Citing) -> Sentence:
    first, last = max(whole[0], start), min(whole[1], end)
    segments = [
        Segment(words, mark, is_cited, is_first)
        for piece_start, piece_end, mark in layout.flat.within(first, last)
        for cut_start, cut_end, is_cited, is_first in citing.split(piece_start, piece_end)
        if (words := shown(layout.text, cut_start, cut_end))
    ]
    return Sentence(whole[0], whole[1], f"s-{first}", segments)


def _kind_of(layout: Layout, paragraph: Paragraph, is_first: bool) -> tuple[BlockKind, int]:
    """Return the kind of a paragraph and, for a heading, its level from 1."""
    if paragraph.kind == "title":
        return "title", 1
    if paragraph.kind == "masthead" and is_first:
        return "masthead", 0
    if paragraph.kind in _LINE_BLOCKS:
        return _LINE_BLOCKS[paragraph.kind], 0
    words = "".join(layout.text[paragraph.start : paragraph.end].split())
    level = _heading_level(layout, paragraph.start, words) if len(words) <= _LONGEST_HEADING else 0
    return ("heading", level) if level else ("text", 0)


def _heading_level(layout: Layout, start: int, words: str) -> int:
    """Return the level of a heading from 1 to 3, or 0 where the words are none."""
    depth, heading = layout.items.get(start, (0, ""))
    if heading and words.endswith("".join(heading.split())):
        return min(depth or 1, 3)
    if "。" in words or words[-1] in "；;：:，,、":
        return 0
    return next((level for pattern, level in _HEADINGS if pattern.match(words)), 0)
