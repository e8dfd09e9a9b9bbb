"""One page of a PDF file as a sheet."""

from dataclasses import dataclass
from typing import Any

from luoshi.reading.decoding.paper.sheets import UNMOVED, Matrix, Sheet
from luoshi.reading.decoding.pdf.characters import MAX_PAGE_CHARACTERS, affine_of, read_glyphs, seen_marks
from luoshi.reading.decoding.pdf.lines import read_rules, turned_rules


@dataclass(frozen=True, slots=True)
class PageReading:
    """A page as a sheet, by how many quarter turns its words lie, and how many characters were left out and why.

    An overfull page holds more characters than are read.
    """

    sheet: Sheet
    quarter: int = 0
    hidden: int = 0
    watermark: int = 0
    overfull: bool = False


def read_page(page: Any, number: int) -> PageReading:
    """Return what people read on a page that PDFium has opened."""
    affine = affine_of(page)
    width, height = page.get_size()
    text_page = page.get_textpage()
    try:
        glyphs, styles = read_glyphs(page, text_page, affine)
    finally:
        text_page.close()
    seen = seen_marks(glyphs, styles, width, height)
    asides = tuple(
        Sheet(number, width, height, marks, turn=_turn_back(quarter, width, height)) for quarter, marks in seen.asides
    )
    rules = turned_rules(read_rules(page, affine, width, height), seen.quarter, width, height) if seen.marks else []
    sheet = Sheet(number, width, height, seen.marks, rules, _turn_back(seen.quarter, width, height), asides)
    return PageReading(sheet, seen.quarter, seen.hidden, seen.watermark, len(glyphs) >= MAX_PAGE_CHARACTERS)


def _turn_back(quarter: int, width: float, height: float) -> Matrix:
    """Return the way from a page that was turned upright back to the page as people see it."""
    turns: dict[int, Matrix] = {
        1: (0.0, 1.0, -1.0, 0.0, width, 0.0),
        2: (-1.0, 0.0, 0.0, -1.0, width, height),
        3: (0.0, -1.0, 1.0, 0.0, 0.0, height),
    }
    return turns.get(quarter, UNMOVED)
