"""Stage 3b, documents: reads lines; writes which lines belong to which constituent document.

Guarantees: every line belongs to one document or to the front matter (cover, contents); a document begins at its
masthead or title, one for each document number on a line of its own, and one for a work report or a chronicle.
A stretch marked 上接第N页 is given to the document that broke off with 下转, as a continuation.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from luoshi.reading.structure.contents import Contents, find_contents, titled_starts
from luoshi.reading.structure.jumps import join_jumps
from luoshi.reading.structure.letters import begins_letter
from luoshi.reading.structure.lines import Line
from luoshi.reading.structure.orders import order_at
from luoshi.reading.structure.page_asides import mark_asides
from luoshi.reading.structure.titles import collect_title, ends_title, is_title_line, squeeze
from luoshi.reading.view import fold

_ONGOING: Final = re.compile(r"(?:[(《“、,:及和据按照与]|(?<!意)见|关于|根据|贯彻|落实)$")
_CHRONICLE: Final = re.compile(r".{0,20}大事记(?:[(].{1,20}[)])?$")
_REPORT: Final = re.compile(r"[^。,、:;《]{0,24}政府工作(?:的)?报告(?:[(].{1,20}[)])?$")
_WHOLE_TITLE: Final = re.compile(r"[^关于省市州盟县区旗]{1,8}[省市州盟县区旗][^,。;:]{0,24}关于.{4,}")
_OFFICES: Final = ("委", "政府", "局", "厅", "部", "院", "会", "办公室", "办")
_GIVEN: Final = re.compile(r"[-—–―(]{0,4}\S{4,11}日在?\S{2,40}(?:会议|大会)上?[)]?")
_MIN_BODY: Final = 60
_MIN_BODY_BESIDE_CONTENTS: Final = 20
_MIN_FRONT: Final = 300
_MOST_TITLE_LINES: Final = 4
_MOST_BELOW_TITLE: Final = 12
_MOST_ABOVE_TITLE: Final = 24
_NEAR: Final = 6


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one constituent document; `number` is the index of its number line within `lines`, or -1.

    `continuations` are stretches printed elsewhere; `leaves` the offsets of the marks they go on from, -1 without one.
    """

    lines: tuple[Line, ...]
    number: int = -1
    continuations: tuple[tuple[Line, ...], ...] = ()
    leaves: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Split:
    """All documents in reading order, the front matter, continuations that fit nowhere and marks nothing follows."""

    blocks: tuple[Block, ...]
    front: tuple[Line, ...] = ()
    strays: tuple[Line, ...] = ()
    open_ends: tuple[Line, ...] = ()
    only_contents: bool = False


def split_documents(lines: Sequence[Line]) -> Split:
    """Return the constituent documents of the lines; a file without numbers is one document."""
    lines = mark_asides(lines)
    contents = find_contents(lines)
    starts = _starts(lines, contents)
    if not starts:
        only = contents is not None and not _is_body(lines[contents.last :])
        return replace(_join([(lines, -1)], ()), only_contents=only) if lines else Split(())
    front = tuple(lines[: starts[0][0]])
    ends = [start for start, _ in starts[1:]] + [len(lines)]
    pieces: list[tuple[Sequence[Line], int]] = [
        (lines[start:end], number - start if number >= 0 else -1)
        for (start, number), end in zip(starts, ends, strict=True)
    ]
    if _is_body(front) and (sum(len(line.text) for line in front) >= _MIN_FRONT or _is_whole(front)):
        pieces.insert(0, (front, -1))
        front = ()
    return _join(pieces, front)


def _starts(lines: Sequence[Line], contents: Contents | None) -> list[tuple[int, int]]:
    """Pairs (first line, number line or -1) of every document, in order."""
    found: list[tuple[int, int]] = []
    floor = 0
    for index, line in enumerate(lines):
        if contents and contents.first <= index < contents.last:
            floor = contents.last
            continue
        start = -1
        order = order_at(lines, index)
        if line.kind == "number" and _heads_document(lines, index):
            start = _walk_back(lines, index, floor)
            found.append((start, index))
        elif order is not None and _begins_order(lines, order.line):
            found.append((index, order.line))
        elif _is_unnumbered_start(lines, index) or begins_letter(lines, index):
            found.append((index, -1))
        if found and found[-1][0] in (start, index):
            floor = max(index, found[-1][1]) + 1
    least = _MIN_BODY if contents is None else _MIN_BODY_BESIDE_CONTENTS
    return _drop_contents(lines, _with_titled(lines, found, contents), least)


def _begins_order(lines: Sequence[Line], number: int) -> bool:
    """The head of an order stands above its title or above 《…》已经…通过; a line that only names one does not."""
    below = lines[number + 1 : number + 4]
    return any(is_title_line(line.text) or line.text.startswith("《") for line in below)


def _with_titled(
    lines: Sequence[Line], found: list[tuple[int, int]], contents: Contents | None
) -> list[tuple[int, int]]:
    """Add the documents that only the contents tell of; one that begins at its number is already there."""
    if contents is None:
        return found
    known = [(start, _head_end(lines, max(start, number))) for start, number in found]
    added = [
        (_above(lines, first, contents.last), -1)
        for first, after in titled_starts(lines, contents)
        if not any(start < after and first <= end for start, end in known)
    ]
    return sorted({*found, *added})


def _head_end(lines: Sequence[Line], number: int) -> int:
    """Return the last line that may still belong to the head of a document; a signature ends a short one before."""
    last = min(number + _NEAR, len(lines) - 1)
    return next((at for at in range(number + 1, last + 1) if lines[at].kind == "date"), number + _NEAR)


def _above(lines: Sequence[Line], first: int, floor: int) -> int:
    """Take the masthead printed above a title along."""
    return first - 1 if first > floor and lines[first - 1].kind == "masthead" else first


def _heads_document(lines: Sequence[Line], index: int) -> bool:
    """A number on its own line heads a document unless a sentence runs over it."""
    if index == 0:
        return True
    before = lines[index - 1]
    if _ONGOING.search(fold(before.text)):
        return False
    around = [*lines[max(0, index - 3) : index], *lines[index + 1 : index + 4]]
    return any(line.kind == "masthead" or ends_title(line.text) or line.text.endswith(("：", ":")) for line in around)


def _walk_back(lines: Sequence[Line], index: int, floor: int) -> int:
    """Go back from a number over the title and masthead printed above it."""
    start = index
    for before in range(index - 1, max(floor, index - 1 - _MOST_TITLE_LINES) - 1, -1):
        line = lines[before]
        if line.kind == "masthead" or (
            line.kind == "text" and is_title_line(line.text) and _belongs_to_title(lines, before, index)
        ):
            start = before
        else:
            break
    return start


def _belongs_to_title(lines: Sequence[Line], first: int, number: int) -> bool:
    title = squeeze("".join(line.text for line in lines[first:number] if line.kind == "text"))
    return ends_title(title) and ("关于" in title or "印发" in title or len(title) <= 40)


def _is_unnumbered_start(lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    if len(line.text) > 60:
        return False
    text = squeeze(fold(line.text))
    following = [squeeze(fold(other.text)) for other in lines[index + 1 : index + 3]]
    if _CHRONICLE.match(text) and not text.startswith(("关于", "◎")):
        return any(re.match(r"[(]?\d{4}年|\d{1,2}(?:-\d{1,2})?日|△", other) for other in following)
    return _REPORT.match(text) is not None and _is_given_below(lines, index)


def _is_given_below(lines: Sequence[Line], title: int) -> bool:
    """Whether the day and the congress of a report stand under its title, what a site prints between left aside."""
    for line in lines[title + 1 : title + _MOST_BELOW_TITLE]:
        words = squeeze(fold(line.text))
        if _GIVEN.match(words) or (line is lines[title + 1] and words.startswith(("-", "—", "–", "―"))):
            return True
        if _REPORT.match(words) or words.endswith(("。", ":")):
            return False
    return False


def _drop_contents(lines: Sequence[Line], found: list[tuple[int, int]], least: int) -> list[tuple[int, int]]:
    """A number followed by hardly any text before the next one is a line of the contents."""
    kept: list[tuple[int, int]] = []
    for position, (start, number) in enumerate(found):
        end = found[position + 1][0] if position + 1 < len(found) else len(lines)
        body = lines[max(start, number) + 1 : end]
        is_last = position + 1 == len(found)
        if is_last or (sum(len(line.text) for line in body) >= least and _is_body(body)):
            kept.append((start, number))
    return kept


def _is_body(lines: Sequence[Line]) -> bool:
    return any("。" in line.text or ";" in fold(line.text) for line in lines)


def _is_whole(front: Sequence[Line]) -> bool:
    """Whether a short stretch is a document all the same: a title above, a signature with its date at the end."""
    first = next((at for at, line in enumerate(front) if line.kind not in ("aside", "notice")), 0)
    after = collect_title(front, first)
    title = "".join(line.text for line in front[first:after])
    return after > first and ends_title(title) and any(line.kind == "date" for line in front[-3:])


def _join(pieces: list[tuple[Sequence[Line], int]], front: tuple[Line, ...]) -> Split:
    joined = join_jumps([lines for lines, _ in pieces])
    blocks = [
        Block(piece.lines, number, tuple(piece.continuations), tuple(piece.leaves))
        for piece, (_, number) in zip(joined.pieces, pieces, strict=True)
    ]
    return Split(tuple(blocks), front, joined.strays, joined.open_ends)


def title_lines(block: Block) -> tuple[int, int]:
    """Return the first line of the title of a document and the line after its last; equal where it has none."""
    first = block.number + 1
    before = [index for index in range(max(block.number, 0)) if block.lines[index].kind == "text"]
    if before:
        above = before[0] - 1
        is_issuer = above >= 0 and not block.lines[above].text.endswith("文件")
        return above if is_issuer else before[0], block.number
    while first < len(block.lines) and block.lines[first].kind in ("notice", "jump", "aside"):
        first += 1
    last = collect_title(block.lines, first)
    if last == first or not _names_kind(block.lines[first:last]):
        return _title_below(block.lines, first) or (first, min(first + 1, last))
    return _without_headers(block.lines, first, last), last


def _title_below(lines: Sequence[Line], first: int) -> tuple[int, int] | None:
    """Return a title that names a kind of document below lines that name none, before anything is said."""
    for index in range(first + 1, min(first + _MOST_ABOVE_TITLE, len(lines))):
        if lines[index - 1].kind not in ("text", "masthead", "aside", "date") or _is_body(lines[index - 1 : index]):
            return None
        last = collect_title(lines, index)
        if last > index and _names_kind(lines[index:last]):
            return _without_headers(lines, index, last), last
    return None


def _without_headers(lines: Sequence[Line], first: int, last: int) -> int:
    """Leave words of a site above a whole title out: one that begins with a place and says what about, or a report's.

    Offices above it stay, they issue it together.
    """
    words = squeeze(fold(lines[last - 1].text))
    if _WHOLE_TITLE.match(words) is None and _REPORT.match(words) is None:
        return first
    while first < last - 1 and lines[first].kind == "text" and not lines[first].text.endswith(_OFFICES):
        first += 1
    return first


def _names_kind(lines: Sequence[Line]) -> bool:
    return ends_title("".join(line.text for line in lines))
