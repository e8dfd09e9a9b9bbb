"""Doubtful lines as the page shows them: each with the piece of the picture that it was recognised on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from luoshi.documents.models import Document, LineReview, TextVersion
from luoshi.documents.paper import Mark
from luoshi.reading.pictures import UnableToDrawPage, page_shapes

# The page is this many units wide; its height follows from its shape.
UNITS: Final = 1000
# What is shown around the line: so much of its height above and below, and beside it.
_AROUND: Final = 0.7
_LEAST_HEIGHT: Final = 18.0
_A4: Final = 297 / 210


@dataclass(frozen=True)
class Crop:
    """The piece of a page to show, and the line in it, in units of the page's width."""

    page_height: float
    x: float
    y: float
    width: float
    height: float
    line: tuple[float, float, float, float]


@dataclass(frozen=True)
class ShownLine:
    """A line with its crop, how sure the recogniser was in percent, and the address of its words."""

    line: LineReview
    crop: Crop
    percent: int
    url: str


def show_lines(document: Document, lines: Sequence[LineReview]) -> list[ShownLine]:
    """Return the lines of a document's file for the template; the file is opened once for the shapes of its pages."""
    shapes = _shapes(document, sorted({line.page for line in lines}))
    return [
        ShownLine(
            line=line,
            crop=crop_of(line, shapes.get(line.page, _A4)),
            percent=round(100 * line.confidence),
            url=document.sentence_url(line.start, line.end) if _is_inside(document, line) else "",
        )
        for line in lines
    ]


def crop_of(line: LineReview, shape: float) -> Crop:
    """Return what to show of a page whose height is ``shape`` times its width; never more than the page."""
    tall = UNITS * shape
    left, top, right, bottom = line.left * UNITS, line.top * tall, line.right * UNITS, line.bottom * tall
    around = max(_LEAST_HEIGHT, (bottom - top) * _AROUND)
    x, y = max(0.0, left - around), max(0.0, top - around)
    across, down = min(UNITS, right + around) - x, min(tall, bottom + around) - y
    sides = tuple(round(side, 1) for side in (left, top, right - left, bottom - top))
    return Crop(round(tall, 1), round(x, 1), round(y, 1), round(across, 1), round(down, 1), sides)  # type: ignore[arg-type]


def _shapes(document: Document, pages: Sequence[int]) -> Mapping[int, float]:
    if not pages:
        return {}
    try:
        return page_shapes(document.reading.text.original.file.read_bytes(), pages=pages)
    except (UnableToDrawPage, OSError):
        return {}


def _is_inside(document: Document, line: LineReview) -> bool:
    return document.start <= line.start < line.end <= document.end


def marks_of_lines(text: TextVersion, label: str) -> list[Mark]:
    """Return where lines stand that nobody has compared yet; ``label`` has a place for how sure the reading is."""
    waiting = LineReview.objects.filter(text=text, decided_at=None).values_list("pk", "start", "end", "confidence")
    return [
        Mark(start, end, "doubt", f"l{pk}", label % {"percent": round(100 * confidence)})
        for pk, start, end, confidence in waiting
    ]
