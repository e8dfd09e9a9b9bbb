"""Stage 3d, assembling: reads the stretches of one document; writes its text in the order in which it is to be read.

Guarantees: a document printed in one piece is left as it is; a continuation takes the place of the mark it was
announced with, so that a sentence cut at the jump is in one piece; words that two columns tore off the end of a letter
and hung on its salutation go back to their sentence; everything found leads back to where it is printed.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Final, TypeVar

from luoshi.reading.issues import make_issue
from luoshi.reading.model import Document, Issue, Span
from luoshi.reading.structure.lines import Line, split_lines
from luoshi.reading.structure.splitting import Block
from luoshi.reading.view import View, fold, make_view

_Found = TypeVar("_Found")
_FINISHED: Final = frozenset("。！？；：”’）〕】」』》…!?;:)]}")
_TORN: Final = re.compile(r"[^：:]{2,60}[：:]\s*([^：:，,。]{1,16}。)$")
_ADDRESS: Final = re.compile(
    r"(?:人民政府|政府|委员会|管委会|部门|机构|单位|[局厅部委院校办处区]|企业|公司|政工部|办事处)\s*$"
)
_MOST_SALUTATION: Final = 6
_MOST_LETTER: Final = 200
_NO_VIEW: Final = make_view("")


@dataclass(frozen=True, slots=True)
class Assembled:
    """One document as it is to be read: its own text, view and lines, or those of the file where nothing moved.

    `starts[i]` is where the i-th stretch begins in `text`, `origins[i]` where it is printed in the file.
    """

    text: str
    view: View
    lines: tuple[Line, ...]
    number: int
    issues: tuple[Issue, ...] = ()
    starts: tuple[int, ...] = ()
    origins: tuple[int, ...] = ()
    regions: tuple[Span, ...] = ()

    def printed(self, span: Span) -> Span:
        """Return where a stretch stands in the file; of one that a jump cuts in two, the piece before the jump."""
        if not self.starts:
            return span
        pieces = self._pieces(span)
        home = self._region(pieces[0].start)
        pieces = [piece for piece in pieces if self._region(piece.start) == home]
        return Span(min(piece.start for piece in pieces), max(piece.end for piece in pieces))

    def carry_back(self, found: _Found) -> _Found:
        """Return a record, or a tuple of records, with every span inside it leading to the file."""
        return self._carried(found) if self.starts else found

    def _pieces(self, span: Span) -> list[Span]:
        first = max(0, bisect_right(self.starts, span.start) - 1)
        pieces: list[Span] = []
        for index in range(first, len(self.starts)):
            start = max(span.start, self.starts[index])
            limit = self.starts[index + 1] - 1 if index + 1 < len(self.starts) else len(self.text)
            if pieces and start >= span.end:
                break
            shift = self.origins[index] - self.starts[index]
            pieces.append(Span(start + shift, max(start, min(span.end, limit)) + shift))
        return pieces

    def _region(self, offset: int) -> int:
        found = (index for index, region in enumerate(self.regions) if region.start <= offset <= region.end)
        return next(found, -1)

    def _carried(self, found: Any) -> Any:
        if isinstance(found, Span):
            return self.printed(found)
        if isinstance(found, tuple):
            return tuple(self._carried(each) for each in found)
        if is_dataclass(found) and not isinstance(found, type):
            return replace(found, **{each.name: self._carried(getattr(found, each.name)) for each in fields(found)})
        return found


def assemble(text: str, view: View, block: Block) -> Assembled:
    """Return a document in reading order; `text` and `view` are the file's and stay where nothing has to move."""
    lines = _in_order(block)
    torn, before = _torn_from_letter(lines, block.number)
    if not block.continuations and torn is None:
        return Assembled(text, view, block.lines, block.number)
    issues: tuple[Issue, ...] = ()
    if torn is not None:
        issues = (make_issue("crossed_columns", words=torn.text, span=torn.span),)
        lines = _mend(lines, torn, before)
    regions = [block.lines, *block.continuations]
    return _write(lines, block, issues, tuple(Span(each[0].start, each[-1].end) for each in regions))


def reassemble(text: str, document: Document) -> Assembled:
    """Return a document that was read before as it is to be read; its spans stay those of the file."""
    own = _lines_of(text, document.span)
    continuations = tuple(_lines_of(text, span) for span in document.continuations)
    marks = [line.start for lines in (own, *continuations) for line in lines if line.kind == "leave"]
    leaves = (*marks, *[-1] * len(continuations))[: len(continuations)]
    number = next((index for index, line in enumerate(own[:_MOST_SALUTATION]) if line.kind == "number"), -1)
    return assemble(text, _NO_VIEW, Block(own, number, continuations, leaves))


def _lines_of(text: str, span: Span) -> tuple[Line, ...]:
    return tuple(
        Line(line.start + span.start, line.end + span.start, line.text, line.kind)
        for line in split_lines(span.of(text))
    )


def _write(lines: Sequence[Line], block: Block, issues: tuple[Issue, ...], regions: tuple[Span, ...]) -> Assembled:
    """Write the lines one below the other, each a stretch of its own."""
    moved: list[Line] = []
    offset = 0
    for line in lines:
        moved.append(Line(offset, offset + len(line.text), line.text, line.kind))
        offset = moved[-1].end + 1
    text = "\n".join(line.text for line in lines)
    heading = block.lines[block.number] if block.number >= 0 else None
    number = next((index for index, line in enumerate(lines) if line is heading), -1)
    return Assembled(
        text=text,
        view=make_view(text),
        lines=tuple(moved),
        number=number,
        issues=issues,
        starts=tuple(line.start for line in moved),
        origins=tuple(line.start for line in lines),
        regions=regions,
    )


def _in_order(block: Block) -> list[Line]:
    """Put each continuation in the place of the mark 下转第N页 that announces it, without the marks."""
    marked = list(zip(block.leaves, block.continuations, strict=True))
    follow = {start: lines for start, lines in marked if start >= 0}
    rest = [line for start, lines in marked if start < 0 for line in lines[1:]]
    ordered: list[Line] = []
    waiting = [*reversed(block.lines)]
    while waiting:
        line = waiting.pop()
        if line.kind == "leave" and line.start in follow:
            waiting.extend(reversed(follow.pop(line.start)[1:]))
        else:
            ordered.append(line)
    return [*ordered, *rest]


def _torn_from_letter(lines: Sequence[Line], number: int) -> tuple[Line | None, Line | None]:
    """Return the words that hang on the salutation and the line whose sentence they end; both None where none do."""
    first = number + 1
    for index in range(first, min(first + _MOST_SALUTATION, len(lines))):
        line = lines[index]
        found = _TORN.match(line.text) if line.kind == "text" else None
        if found and _ADDRESS.search(fold(line.text[: found.start(1)]).rstrip(": ：")):
            broken = _broken_end(lines, index + 1)
            start = line.start + found.start(1)
            return (Line(start, line.end, found.group(1), "text"), broken) if broken else (None, None)
    return None, None


def _broken_end(lines: Sequence[Line], first: int) -> Line | None:
    """Return the last line of a letter where its sentence has no end: the signature follows in the middle of it."""
    for index in range(first, min(first + _MOST_LETTER, len(lines))):
        if lines[index].kind in ("masthead", "date") and index > first:
            last = lines[index - 1]
            return last if last.kind == "text" and last.text[-1] not in _FINISHED else None
        if lines[index].kind != "text":
            return None
    return None


def _mend(lines: Sequence[Line], torn: Line, before: Line | None) -> list[Line]:
    mended: list[Line] = []
    for line in lines:
        if line.start <= torn.start < line.end:
            kept = line.text[: torn.start - line.start].rstrip()
            mended.append(Line(line.start, line.start + len(kept), kept, "text"))
        else:
            mended.append(line)
        if line is before:
            mended.append(torn)
    return mended
