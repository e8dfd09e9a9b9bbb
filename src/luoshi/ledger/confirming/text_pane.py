"""The printed words around a finding, as paragraphs with the finding lit and its neighbours marked."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db.models.functions import Substr

from luoshi.documents.models import Document, Finding, LineReview, TextVersion
from luoshi.documents.paragraphs import find_paragraphs, shown
from luoshi.ledger.models import ROLE_FIELDS, AssignmentRole

AROUND = 1200
FAR_AROUND = 6000
TITLES = frozenset({"title", "masthead", "number", "annex"})


@dataclass(frozen=True)
class Mark:
    """A stretch ``[start, end)`` of the text with what it is; ``finding_id`` is set on a neighbour's."""

    start: int
    end: int
    kind: str
    title: str = ""
    finding_id: int | None = None


@dataclass(frozen=True)
class Segment:
    """Words that are shown alike; a segment with ``page`` is the place where that page begins and has no words.

    ``is_unsure`` where the recogniser was not sure of the print.
    """

    text: str = ""
    kind: str = ""
    title: str = ""
    is_lit: bool = False
    is_first_lit: bool = False
    is_unsure: bool = False
    finding_id: int | None = None
    page: int | None = None


@dataclass(frozen=True)
class ShownParagraph:
    """One paragraph in segments; ``is_title`` where it stands apart from the running text."""

    segments: list[Segment]
    is_title: bool = False


@dataclass(frozen=True)
class TextPane:
    """What stands around a finding: its paragraphs, the page they begin on, and whether more text is there."""

    paragraphs: list[ShownParagraph]
    first_page: int | None
    has_earlier: bool
    has_later: bool


@dataclass(frozen=True)
class _Window:
    text: str
    start: int
    page_starts: Sequence[int]

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def read_pane(
    document: Document,
    finding: Finding,
    neighbours: Iterable[Finding],
    *,
    unsure: Sequence[LineReview] = (),
    far: bool = False,
) -> TextPane:
    """Return the words around a finding, cut at the ends of lines; one query whatever the length of the document.

    ``unsure`` are the lines that hold its words and that the recogniser was not sure of.
    """
    window = _read_window(document, finding, FAR_AROUND if far else AROUND)
    beside = [each for each in neighbours if each.end > window.start and each.start < window.end]
    marks = [_neighbour(each) for each in beside if each.pk != finding.pk]
    breaks = [each.start - window.start for each in beside]
    pane = _Painter(window, finding, marks, unsure)
    found = find_paragraphs(window.text, 0, len(window.text), breaks=breaks)
    whole = [stretch for each in beside for stretch in _unbroken(each)]
    stretches = _joined([(each.start + window.start, each.end + window.start, each.kind) for each in found], whole)
    return TextPane(
        paragraphs=[ShownParagraph(pane.paint(start, end), kind in TITLES) for start, end, kind in stretches],
        first_page=bisect_right(window.page_starts, window.start) or None,
        has_earlier=window.start > document.start,
        has_later=window.end < document.end,
    )


def _unbroken(finding: Finding) -> Iterator[tuple[int, int]]:
    """Iterate over the stretches of a finding that are read in one go: what is to be done, and the names."""
    for field in ("text_span", "clause_span"):
        span = finding.payload.get(field)
        if span:
            yield span["start"], span["end"]


def _joined(
    paragraphs: Iterable[tuple[int, int, str]], unbroken: Sequence[tuple[int, int]]
) -> list[tuple[int, int, str]]:
    """Return the paragraphs without those breaks that lie inside such a stretch: there only the paper ended."""
    joined: list[tuple[int, int, str]] = []
    for start, end, kind in paragraphs:
        if joined and any(first < joined[-1][1] and start < last for first, last in unbroken):
            joined[-1] = (joined[-1][0], end, "text")
        else:
            joined.append((start, end, kind))
    return joined


def _read_window(document: Document, finding: Finding, around: int) -> _Window:
    start = min(finding.start, max(document.start, finding.start - around))
    end = max(finding.end, min(document.end, finding.end + around))
    row: Any = (
        TextVersion.objects.filter(readings=document.reading_id)
        .annotate(part=Substr("text", start + 1, end - start))
        .values("part", "page_starts")
        .get()
    )
    first, last = _whole_lines(row["part"], finding.start - start, finding.end - start)
    first = 0 if start == document.start else first
    last = len(row["part"]) if end >= document.end else last
    return _Window(row["part"][first:last], start + first, row["page_starts"])


def _whole_lines(part: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the part without the lines that were cut at its ends."""
    first = part.find("\n", 0, start) + 1
    last = part.rfind("\n", end)
    return first, last if last >= 0 else len(part)


def _neighbour(finding: Finding) -> Mark:
    return Mark(finding.start, finding.end, "other", finding.number, finding.pk)


def _marks_of(finding: Finding) -> Iterator[Mark]:
    """Iterate over the parties and the time limit inside a finding."""
    for role, field in ROLE_FIELDS.items():
        kind = "leader" if role == AssignmentRole.LEAD_LEADER else "party"
        for party in finding.parties(field):
            if span := party.get("span"):
                yield Mark(span["start"], span["end"], kind, str(role.label))
    span = (finding.payload.get("deadline") or {}).get("span")
    if span:
        yield Mark(span["start"], span["end"], "deadline")


class _Painter:
    """Cuts paragraphs into segments at every mark and page."""

    def __init__(self, window: _Window, finding: Finding, neighbours: list[Mark], unsure: Sequence[LineReview]) -> None:
        self._window = window
        self._finding = finding
        self._inner = list(_marks_of(finding))
        self._neighbours = neighbours
        self._unsure = [Mark(each.start, each.end, "unsure") for each in unsure]
        self._lit_once = False

    def paint(self, start: int, end: int) -> list[Segment]:
        """Return the segments of ``[start, end)``."""
        pages = {offset: page for page, offset in enumerate(self._window.page_starts, start=1) if start <= offset < end}
        edges = sorted({start, end, *pages, *self._edges(start, end)})
        segments: list[Segment] = []
        for first, last in pairwise(edges):
            if pages.get(first, 1) > 1:
                segments.append(Segment(page=pages[first]))
            segments.append(self._segment(first, last))
        return [each for each in segments if each.text or each.page]

    def _edges(self, start: int, end: int) -> Iterator[int]:
        for mark in [*self._inner, *self._unsure, *self._neighbours, Mark(self._finding.start, self._finding.end, "")]:
            for edge in (mark.start, mark.end):
                if start < edge < end:
                    yield edge

    def _segment(self, start: int, end: int) -> Segment:
        base = self._window.start
        words = shown(self._window.text, start - base, end - base)
        if self._finding.start <= start < self._finding.end:
            mark, unsure = _mark_at(self._inner, start), bool(_mark_at(self._unsure, start))
            is_first, self._lit_once = not self._lit_once, True
            return Segment(words, mark.kind if mark else "", mark.title if mark else "", True, is_first, unsure)
        other = _mark_at(self._neighbours, start)
        return Segment(words, other.kind, other.title, finding_id=other.finding_id) if other else Segment(words)


def _mark_at(marks: Iterable[Mark], offset: int) -> Mark | None:
    return next((mark for mark in marks if mark.start <= offset < mark.end), None)
