"""Stage 2, normalise: reads raw pages; writes the one text that all spans index and the offsets where pages begin.

Guarantees: every character that a reader sees stays, in order; line ends are LF; what leaves are invisible characters,
Markdown marks (headings, bold, bullets before a number, strokes of tables) and page furniture (page numbers, running
heads), the last counted. Widths and traditional characters are not changed: the text is evidence.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from luoshi.reading.layout import PieceLine, PlacedText
from luoshi.reading.responsibilities.lost_tables import open_values, rebuild_tables
from luoshi.reading.structure.box_tables import open_boxes
from luoshi.reading.structure.pipe_tables import open_tables

_INVISIBLE: Final = (
    *(*range(0x00, 0x09), 0x0E, 0x0F, *range(0x10, 0x20), 0x7F, *range(0x80, 0xA0), 0xAD, 0x61C, 0x180E),
    *(*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF),
)
_SPACES: Final = (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F)
# Printed forms that fonts substitute for ordinary characters (⼀ for 一); they look the same to a reader.
_FORMS: Final = {
    chr(code): form
    for code in [*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00)]
    if len(form := unicodedata.normalize("NFKC", chr(code))) == 1 and form != chr(code)
}
_REPLACED: Final = {**_FORMS, **{chr(code): " " for code in _SPACES}, **{chr(code): "" for code in _INVISIBLE}}
_RARE: Final = re.compile("[" + "".join(map(re.escape, _REPLACED)) + "]")
# No printed page has so wide a gap; cutting it keeps every pattern with white space in it fast.
_WIDE_GAP: Final = re.compile(r"(\s{60})\s+")
_LINE_ENDS: Final = re.compile(r"\r\n?|[\v\u0085\u2028\u2029]")
_HEADING: Final = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+", re.MULTILINE)
_BOLD: Final = re.compile(r"\*\*([^*\n]{1,500})\*\*|(?<!\w)__([^_\n]{1,500})__(?!\w)")
_EMPHASIS: Final = re.compile(r"(?<![*\w])\*([^*\s][^*\n]{0,500})\*(?![*\w])")
_BULLET: Final = re.compile(r"^[ \t]*[-*+•·][ \t]+(?=[(（]?[\d一二三四五六七八九十]{1,3}[)）.．、])", re.MULTILINE)
_BREAKS: Final = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAGS: Final = re.compile(r"</?(?:sub|sup|b|strong)\s*/?>", re.IGNORECASE)
_FOLIO: Final = re.compile(
    r"^[ \t\u3000]*(?:[-—–―－·.]{1,2}[ \t]*\d{1,4}[ \t]*[-—–―－·.]{1,2}|第[ \t]?\d{1,4}[ \t]?页"
    r"(?:[ \t,，/]*共[ \t]?\d{1,4}[ \t]?页)?)[ \t\u3000]*$\n?",
    re.MULTILINE,
)
_RULE: Final = re.compile(r"^[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t]*$", re.MULTILINE)
_BARE_FOLIO: Final = re.compile(r"^\s*\d{1,4}\s*$")
_RUNNING_HEAD: Final = re.compile(r"公报|文件|简报|专刊|第\s*\d+\s*期")
_ISSUE_HEAD: Final = re.compile(
    r"^[ \t\u3000]*(?=[^\n]{4,40}$)(?:[\d·.-]{1,6}[ \t\u3000]+)?[^\s\d，。：；、]{2,20}公报[ \t\u3000]*"
    r"[（(]?(?:(?:19|20)\d{2}[ \t\u3000]?(?:[·.．/—-]|年)[ \t\u3000]?)?第?[ \t\u3000]?\d{1,3}[ \t\u3000]?期?[）)]?"
    r"(?:[ \t\u3000]+[\d·.-]{1,6})?[ \t\u3000]*$\n?",
    re.MULTILINE,
)
_ANNEX: Final = re.compile(r"附[件表录图]?[：:一二三四五六七八九十]{0,3}")
_MIN_REPEATS: Final = 3
_FEW_PAGES: Final = 5
_MARGIN: Final = 0.2  # of the height of the page
_SIDE: Final = 0.06  # of its width: heads of landscape pages stand sideways


@dataclass(frozen=True, slots=True)
class NormalText:
    """The text that spans index, where its pages begin, how many furniture lines left, and where it stands on paper."""

    text: str
    page_starts: tuple[int, ...]
    removed: int
    layout: tuple[PlacedText, ...] = ()


def normalise(pages: Sequence[str], *, paged: bool) -> NormalText:
    """Return the one text of the pages, joined by line feeds; `page_starts` is empty for a file without pages."""
    cleaned = [_clean(page) for page in pages]
    removed = 0
    if paged:
        heads = _running_heads(cleaned)
        results = [_strip_edges(page, heads) for page in cleaned]
        cleaned = [page for page, _ in results]
        removed = sum(count for _, count in results)
    else:
        results = [_strip_issue_heads(page) for page in cleaned]
        cleaned, removed = [page for page, _ in results], sum(count for _, count in results)
    starts: list[int] = []
    parts: list[str] = []
    offset = 0
    for page in cleaned:
        part, folios = _FOLIO.subn("", page)
        removed += folios
        starts.append(offset)
        parts.append(part)
        offset += len(part) + 1
    return NormalText("\n".join(parts), tuple(starts) if paged else (), removed)


def normalise_placed(pieces: Sequence[Sequence[PieceLine]]) -> NormalText:
    """Return the one text of pages of placed lines, with the box of every piece that stays.

    A line that leaves stays as an empty one, so that lines and pieces keep their places.
    """
    cleaned = [[[_clean_piece(piece.text) for piece in line] for line in page] for page in pieces]
    joined = ["\n".join("".join(line) for line in page) for page in cleaned]
    margins = [
        "\n".join("".join(words) for line, words in zip(page, lines, strict=True) if _in_margin(line))
        for page, lines in zip(pieces, cleaned, strict=True)
    ]
    heads = _running_heads(margins, fewest=_MIN_REPEATS if len(pieces) > _FEW_PAGES else 2)
    starts: list[int] = []
    parts: list[str] = []
    layout: list[PlacedText] = []
    offset = removed = 0
    for page, lines, whole in zip(pieces, cleaned, joined, strict=True):
        starts.append(offset)
        kept, count = _strip_edges(whole, heads)
        removed += count
        for line, words, stays in zip(page, lines, kept.split("\n") if page else (), strict=True):
            gone = not stays or (_FOLIO.fullmatch(stays) is not None)
            removed += bool(stays) and gone
            for piece, word in zip(line, words, strict=True) if not gone else ():
                if piece.box is not None and word.strip():
                    layout.append(PlacedText(offset, offset + len(word), piece.box, piece.confidence))
                parts.append(word)
                offset += len(word)
            parts.append("\n")
            offset += 1
        if not page:
            parts.append("\n")
            offset += 1
    return NormalText("".join(parts)[:-1], tuple(starts), removed, tuple(layout))


def _strip_issue_heads(text: str) -> tuple[str, int]:
    """Take out the heads of pages (青岚市人民政府公报 2031·3) that came along where a gazette was copied as text."""
    if text.count("公报") < _MIN_REPEATS or len(_ISSUE_HEAD.findall(text)) < _MIN_REPEATS:
        return text, 0
    return _ISSUE_HEAD.subn("", text)


def _in_margin(line: PieceLine) -> bool:
    """Whether a line stands near an edge of the page, where running heads are printed."""
    box = next((piece.box for piece in line if piece.box is not None), None)
    if box is None:
        return True
    down, across = (box.top + box.bottom) / 2, (box.left + box.right) / 2
    return min(down, 1 - down) < _MARGIN or min(across, 1 - across) < _SIDE


def _clean_piece(text: str) -> str:
    """Clean the text of one piece, which holds no line end; Markdown marks on paper are printed characters."""
    text = _LINE_ENDS.sub(" ", text).replace("\n", " ")
    return _WIDE_GAP.sub(r"\1", _RARE.sub(lambda found: _REPLACED[found.group()], text))


def _clean(page: str) -> str:
    page = _LINE_ENDS.sub("\n", page)
    page = _WIDE_GAP.sub(r"\1", _RARE.sub(lambda found: _REPLACED[found.group()], page))
    if "**" in page or "__" in page:
        page = _BOLD.sub(r"\1\2", page)
    if "*" in page:
        page = _EMPHASIS.sub(r"\1", page)
    if "#" in page:
        page = _HEADING.sub("", page)
    if "<" in page:
        page = _TAGS.sub("", _BREAKS.sub(" ", page))
    page = open_boxes(page)
    page = _RULE.sub("", _BULLET.sub("", page))
    return rebuild_tables(open_tables(open_values(page)) if "|" in page or "｜" in page else page)


def _running_heads(pages: Sequence[str], fewest: int = _MIN_REPEATS) -> frozenset[str]:
    """Lines that stand first or last on several pages, figures aside."""
    counts: Counter[str] = Counter()
    for page in pages:
        lines = [line for line in page.split("\n") if line.strip()]
        edges = {_head_key(line) for line in [*lines[:2], *lines[-2:]]}
        counts.update(key for key in edges if 2 <= len(key) <= 40)
    enough = max(fewest, len(pages) // 3)
    return frozenset(key for key, count in counts.items() if count >= enough and not _is_prose(key))


def _is_prose(key: str) -> bool:
    """Whether a line is a sentence, the end of a bracket that the page before opened, or the mark of an annex."""
    if _ANNEX.fullmatch(key) or key.count("）") + key.count(")") > key.count("（") + key.count("("):
        return True
    return any(char in key for char in "。；：、，:;,") and not _RUNNING_HEAD.search(key)


def _head_key(line: str) -> str:
    return re.sub(r"[\d\s]+", "", line)


def _strip_edges(page: str, heads: frozenset[str]) -> tuple[str, int]:
    lines = page.split("\n")
    removed = 0
    filled = [index for index, line in enumerate(lines) if line.strip()]
    for index in {*filled[:2], *filled[-2:]}:
        line = lines[index]
        outermost = index in (filled[0], filled[-1])
        if (outermost and _BARE_FOLIO.match(line)) or _FOLIO.match(line) or _head_key(line) in heads:
            lines[index] = ""
            removed += 1
    return "\n".join(lines), removed
