"""From the lines of an extracted text back to the paragraphs and sentences of the printed page, by offsets only.

A PDF breaks its lines where the paper ended, also inside a word. What is read, searched and linked to are paragraphs
and sentences; all of them are spans of the text as it was extracted, so nothing here changes a character.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

from luoshi.reading.structure.lines import Line, LineKind, split_lines

Stretch = tuple[int, int]

_SENTENCE_END: Final = re.compile(r"[。！？!?]+[”’」』）)\]】]*")
_CLOSED: Final = "。！？；!?;：:"
_OPEN_ENDED: Final = "、，,（(〔[【“"
_ITEM_START: Final = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,3}[.．、](?!\d)"
    r"|第[一二三四五六七八九十百\d]{1,5}[章节条]|[①-⑳]"
)
_BRACKET: Final = re.compile(r"[（）()〔〕\[\]【】]")
_OPENING: Final = "（(〔[【"
# A line this long ended because the paper did; a shorter one because its writer did. The lines of a printed page (GB/T
# 9704 has 28 characters a line) say themselves how long that is; a text whose lines are whole paragraphs does not.
_FULL_LINE: Final = 30.0
_WIDEST_PAPER: Final = 60.0
_NARROWEST_COLUMN: Final = 14.0
_FULL_SHARE: Final = 0.85
_MOST_TITLE_LINES: Final = 12
# Nobody opens a bracket further back than this; a bracket that is never closed must not swallow the document.
_LONGEST_BRACKET: Final = 2000
_LINE_BREAK: Final = re.compile(r"[ \t\u3000]*\n\s*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A span of the text that a reader sees as one paragraph; ``kind`` is that of its line where it stands alone."""

    start: int
    end: int
    kind: LineKind | Literal["title"]


def find_paragraphs(
    text: str, start: int, end: int, *, breaks: Collection[int] = (), titles: Mapping[int, str] | None = None
) -> list[Paragraph]:
    """Return the paragraphs of ``text[start:end]`` in order, without white space at their ends.

    ``breaks`` are offsets at which a paragraph begins whatever the lines look like: items, tasks, parts. ``titles`` are
    titles by the offset from which each is printed; their lines stand alone.
    """
    lines = [replace(line, start=line.start + start, end=line.end + start) for line in split_lines(text[start:end])]
    joiner = _Joiner(text, lines, sorted(offset for offset in set(breaks) if start < offset < end))
    title_lines = _title_lines(lines, titles or {})
    found: list[Paragraph] = []
    for index, line in enumerate(lines):
        is_title = line.start in title_lines
        if index and not is_title and found[-1].kind != "title" and joiner.joins(index, found[-1]):
            found[-1] = replace(found[-1], end=line.end, kind="text")
        else:
            found.append(Paragraph(line.start, line.end, "title" if is_title else line.kind))
    return [piece for paragraph in found for piece in joiner.cut(paragraph)]


def find_sentences(text: str, start: int, end: int) -> list[Stretch]:
    """Return the sentences of one paragraph; together they hold all of it but the white space between them.

    A full stop inside brackets ends no sentence.
    """
    stretches: list[Stretch] = []
    first = start
    for match in _SENTENCE_END.finditer(text, start, end):
        if not is_inside_brackets(text, first, match.start()):
            stretches.append((first, match.end()))
            first = match.end()
    stretches.append((first, end))
    return [stripped for stretch in stretches if (stripped := strip_stretch(text, *stretch))]


def strip_stretch(text: str, start: int, end: int) -> Stretch | None:
    """Return the stretch without white space at its ends, or None where nothing else is in it."""
    words = text[start:end]
    kept = words.strip()
    if not kept:
        return None
    first = start + len(words) - len(words.lstrip())
    return first, first + len(kept)


def shown(text: str, start: int, end: int) -> str:
    """Return a stretch as a reader sees it, its lines joined.

    A line break becomes a blank only between two Latin words; Chinese is joined without one, and so is a figure that
    the paper broke over two lines.
    """
    return _LINE_BREAK.sub(lambda match: _joint(match, text, start), text[start:end])


def is_inside_brackets(text: str, start: int, end: int) -> bool:
    """Tell whether the stretch ends inside a bracket that opened in it, near enough to be meant."""
    depth = 0
    for bracket in _BRACKET.findall(text, max(start, end - _LONGEST_BRACKET), end):
        depth = depth + 1 if bracket in _OPENING else max(0, depth - 1)
    return depth > 0


def _joint(match: re.Match[str], text: str, offset: int) -> str:
    before, after = offset + match.start() - 1, offset + match.end()
    if before < 0 or after >= len(text):
        return ""
    both_latin = text[before].isascii() and text[after].isascii() and text[before].isalnum() and text[after].isalnum()
    one_figure = text[before].isdigit() and text[after].isdigit()
    return " " if both_latin and not one_figure else ""


def _title_lines(lines: Sequence[Line], titles: Mapping[int, str]) -> set[int]:
    """Return where the lines begin that one after the other make up a title."""
    starts = [line.start for line in lines]
    found: set[int] = set()
    for offset, title in titles.items():
        whole = rest = "".join(title.split())
        first = bisect_left(starts, offset)
        for line in lines[first : first + _MOST_TITLE_LINES]:
            words = "".join(line.text.split())
            if line.kind != "masthead" and whole.startswith(words):
                rest = whole
            if words and rest.startswith(words):
                found.add(line.start)
                rest = rest[len(words) :]
    return found


def _width(words: str) -> float:
    """Return the width of a line in Chinese characters; a Latin letter or figure takes half a one."""
    return sum(0.5 if char.isascii() else 1.0 for char in words)


class _Joiner:
    """Decides which lines of one text belong together."""

    def __init__(self, text: str, lines: Sequence[Line], cuts: Sequence[int]) -> None:
        self._text = text
        self._lines = lines
        self._cuts = cuts
        widths = sorted(_width(line.text) for line in lines)
        usual = widths[len(widths) * 9 // 10] if widths else 0.0
        self._full = usual * _FULL_SHARE if 12 < usual <= _WIDEST_PAPER else _FULL_LINE

    def joins(self, index: int, joined: Paragraph) -> bool:
        """Tell whether a line goes on with ``joined``, the paragraph that the line before belongs to."""
        before, line = self._lines[index - 1], self._lines[index]
        if self._has_cut(before.end, line.start) or before.kind != "text" or line.kind != "text":
            return False
        if before.text[-1] in _OPEN_ENDED or is_inside_brackets(self._text, joined.start, joined.end):
            return True
        if before.text[-1] in _CLOSED or _ITEM_START.match(line.text):
            return False
        return _width(before.text) >= min(self._full, self._full_here(index))

    def _full_here(self, index: int) -> float:
        """Return how long a full line is around a line: a narrow column may stand in a text of wide ones."""
        near = self._lines[max(0, index - 2) : index + 2]
        widths = [width for line in near if line.kind == "text" and (width := _width(line.text)) <= _WIDEST_PAPER]
        widest = max(widths, default=0.0)
        return widest * _FULL_SHARE if len(widths) > 2 and widest >= _NARROWEST_COLUMN else _FULL_LINE

    def cut(self, paragraph: Paragraph) -> Iterator[Paragraph]:
        """Yield the paragraph in pieces that begin at the offsets where one has to begin."""
        first, last = bisect_left(self._cuts, paragraph.start + 1), bisect_left(self._cuts, paragraph.end)
        edges = [paragraph.start, *self._cuts[first:last], paragraph.end]
        for start, end in pairwise(edges):
            if piece := strip_stretch(self._text, start, end):
                yield Paragraph(*piece, paragraph.kind)

    def _has_cut(self, after: int, until: int) -> bool:
        index = bisect_left(self._cuts, after)
        return index < len(self._cuts) and self._cuts[index] <= until
