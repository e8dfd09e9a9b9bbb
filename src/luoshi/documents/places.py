"""Where stretches of a text stand on the pages of its original, as boxes to draw over pictures of the pages."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from luoshi.documents.models import PagePlaces, TextVersion
from luoshi.documents.paper import Mark
from luoshi.documents.paragraphs import Stretch
from luoshi.reading.pictures import can_be_drawn

# A picture is measured in this many units across and down; the drawing stretches over the picture whatever its size.
UNITS = 1000
Piece = tuple[int, int, float, float, float, float]


@dataclass(frozen=True)
class PlacedMark:
    """A box in units of the page, over what a mark marks."""

    x: float
    y: float
    width: float
    height: float
    mark: Mark


@dataclass(frozen=True)
class PagePicture:
    """One page with the boxes on it; ``number`` counts from 1."""

    number: int
    boxes: Sequence[PlacedMark]


def pages_between(page_starts: Sequence[int], stretches: Iterable[Stretch]) -> list[int]:
    """Return the pages that stretches stand on, and the next one: a table row may run over the end of its page."""
    pages: set[int] = set()
    for start, end in stretches:
        first = max(1, bisect_right(page_starts, start))
        last = max(first, bisect_left(page_starts, end))
        pages.update(range(first, min(last + 1, len(page_starts)) + 1))
    return sorted(pages)


def pictures_of(
    text: TextVersion, marks: Sequence[Mark], stretches: Sequence[Stretch], *, only_marked: bool = False
) -> list[PagePicture]:
    """Return the pages that the stretches stand on, with a box over each line of each mark; one query.

    Empty where the original has no pages as pictures.
    """
    if not can_be_drawn(text.media_type):
        return []
    pages = pages_between(text.page_starts, stretches)
    rows = PagePlaces.objects.filter(text=text, page__in=pages).values_list("page", "pieces")
    shown: list[PagePicture] = []
    for page, pieces in rows:
        placed = sorted((start, end, *box) for start, end, *box, _confidence in pieces)
        boxes = [box for mark in marks for box in _boxes(placed, mark)]
        if boxes or (not only_marked and any(_touches(placed, stretch) for stretch in stretches)):
            shown.append(PagePicture(page, boxes))
    return shown


def _touches(pieces: Sequence[Piece], stretch: Stretch) -> bool:
    return any(start < stretch[1] and stretch[0] < end for start, end, *_box in pieces)


def _boxes(pieces: Sequence[Piece], mark: Mark) -> Iterator[PlacedMark]:
    """Yield a box for each piece that a mark covers; a part of a line is cut by its share of the characters."""
    index = max(0, bisect_right(pieces, (mark.start,)) - 1)
    for start, end, left, top, right, bottom in pieces[index:]:
        if start >= mark.end:
            break
        first, last = max(start, mark.start), min(end, mark.end)
        if last <= first:
            continue
        across = (right - left) / (end - start)
        x = left + across * (first - start)
        yield PlacedMark(
            x=round(x * UNITS, 1),
            y=round(top * UNITS, 1),
            width=round(across * (last - first) * UNITS, 1),
            height=round((bottom - top) * UNITS, 1),
            mark=mark,
        )
