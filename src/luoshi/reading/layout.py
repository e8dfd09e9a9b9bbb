"""Where text stands on the paper: boxes on pages, for files that have pages as pictures (PDF, OFD, scans)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page as people see it (after its rotation), in shares of its width and height.

    The origin is the top left corner; `page` counts from 1.
    """

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that stands in one box: a line, or one line of a table cell.

    `confidence` is the recogniser's from 0 to 1, None where the text is the file's own.
    """

    text: str
    box: Box | None = None
    confidence: float | None = None


PieceLine = tuple[Piece, ...]
"""A line of a page as pieces in reading order; the cells of a table row are separated by pieces of one tab."""


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A stretch of the reading's text (offsets, end exclusive) and where it stands on the paper."""

    start: int
    end: int
    box: Box
    confidence: float | None = None
