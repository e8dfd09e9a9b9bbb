"""The characters of a PDF page: what people see of them, where, and turned how far."""

import ctypes
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Final, NamedTuple

import pypdfium2.raw as pdfium

from luoshi.reading.decoding.paper.sheets import Mark

_HYPHEN: Final = {0x02: "-", 0xFFFE: "-"}
_ASKEW: Final = 8.0  # degrees; further from upright and sideways, words are a watermark
_INVISIBLE: Final = 3
MAX_PAGE_CHARACTERS: Final = 100_000  # thirty times a page of the smallest print
_FAINT_ALPHA: Final = 128
_PALE: Final = 150
_LARGE: Final = 1.8
_RECOGNISED: Final = 6  # so many times as many characters as people see are a recognised scan


class Glyph(NamedTuple):
    """A character with its box on the page as people see it, in shares; `quarter` counts quarter turns, -1 is askew."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    quarter: int
    style: int


@dataclass(frozen=True, slots=True)
class Style:
    """How the characters of one text object are painted."""

    hidden: bool = False
    faint: bool = False
    pale: bool = False


@dataclass(frozen=True, slots=True)
class Affine:
    """The way from the coordinates of a PDF page to shares of the page as people see it, its rotation applied."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        """Return the place of a point."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Return (left, top, right, bottom) of a rectangle; both ways are turned by whole quarters only."""
        if self.b == self.c == 0 and self.a > 0 > self.d:  # as nearly all pages are
            return self.a * left + self.e, self.d * top + self.f, self.a * right + self.e, self.d * bottom + self.f
        x0, y0 = self(left, bottom)
        x1, y1 = self(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def affine_of(page: Any) -> Affine:
    """Return how PDFium itself puts the points of a page on paper."""
    reach, whole = 1000.0, 1_000_000

    def at(x: float, y: float) -> tuple[float, float]:
        across, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page, 0, 0, whole, whole, 0, x, y, across, down)
        return across.value / whole, down.value / whole

    e, f = at(0, 0)
    (ax, ay), (cx, cy) = at(reach, 0), at(0, reach)
    return Affine((ax - e) / reach, (ay - f) / reach, (cx - e) / reach, (cy - f) / reach, e, f)


def read_glyphs(page: Any, text_page: Any, affine: Affine) -> tuple[list[Glyph], list[Style]]:
    """Return every printed character of a page, blanks aside, and the styles they refer to."""
    glyphs: list[Glyph] = []
    styles: list[Style] = []
    known: dict[int, int] = {}
    rotation = pdfium.FPDFPage_GetRotation(page)
    rectangle = pdfium.FS_RECTF()
    loose, unicode_of = pdfium.FPDFText_GetLooseCharBox, pdfium.FPDFText_GetUnicode
    angle_of, object_of = pdfium.FPDFText_GetCharAngle, pdfium.FPDFText_GetTextObject
    high = 0
    for index in range(min(pdfium.FPDFText_CountChars(text_page), MAX_PAGE_CHARACTERS)):
        code = unicode_of(text_page, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code, high = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), 0
        text = _HYPHEN.get(code) or (chr(code) if 0x20 < code < 0x110000 else "")
        if not text or text.isspace() or pdfium.FPDFText_IsGenerated(text_page, index) == 1:
            continue
        if not loose(text_page, index, rectangle):
            continue
        drawn = object_of(text_page, index)
        address = ctypes.addressof(drawn.contents) if drawn else 0
        style = known.get(address)
        if style is None:
            style = known[address] = len(styles)
            styles.append(_style_of(drawn))
        box = affine.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
        glyphs.append(Glyph(text, *box, _quarter(angle_of(text_page, index), rotation), style))
    return glyphs, styles


def _quarter(angle: float, rotation: int) -> int:
    """Return by how many quarter turns clockwise a character lies as people see it; -1 where it stands askew."""
    if angle <= 0:  # upright, as nearly all print is, or not known
        return rotation
    degrees = math.degrees(angle) + 90 * rotation  # PDFium counts both clockwise
    nearest = round(degrees / 90)
    return nearest % 4 if abs(degrees - 90 * nearest) <= _ASKEW else -1


def _style_of(text_object: Any) -> Style:
    if not text_object:
        return Style()
    red, green, blue, alpha = (ctypes.c_uint(0) for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(text_object, red, green, blue, alpha):
        return Style(hidden=pdfium.FPDFTextObj_GetTextRenderMode(text_object) == _INVISIBLE)
    darkest = min(red.value, green.value, blue.value)
    return Style(
        hidden=pdfium.FPDFTextObj_GetTextRenderMode(text_object) == _INVISIBLE or alpha.value == 0,
        faint=0 < alpha.value < _FAINT_ALPHA,
        pale=_PALE <= darkest < 250,
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """The marks of a page upright, by how many quarters it was turned, and how many characters left."""

    marks: list[Mark]
    quarter: int
    asides: list[tuple[int, list[Mark]]]
    hidden: int = 0
    watermark: int = 0


def seen_marks(glyphs: Sequence[Glyph], styles: Sequence[Style], width: float, height: float) -> Seen:
    """Return what people read on a page: no hidden characters and no watermarks; the sheet is turned upright.

    A recognised scan holds little but hidden characters over its picture: they stay. Words that stand sideways to the
    others (a page number on the edge of a landscape page) are asides, upright in their own way.
    """
    on_page = [glyph for glyph in glyphs if 0 <= glyph.left + glyph.right <= 2 and 0 <= glyph.top + glyph.bottom <= 2]
    visible = [glyph for glyph in on_page if not styles[glyph.style].hidden]
    if len(on_page) > _RECOGNISED * len(visible):
        visible = on_page
    hidden = len(glyphs) - len(visible)
    if not visible:
        return Seen([], 0, [], hidden)
    upright = [glyph for glyph in visible if glyph.quarter >= 0]
    counts = Counter(glyph.quarter for glyph in upright)
    quarter = counts.most_common(1)[0][0] if counts else 0
    size = median(glyph.bottom - glyph.top for glyph in upright) if upright else 0.0
    kept = [glyph for glyph in upright if not _is_watermark(glyph, styles[glyph.style], size)]
    marks = [_turned(glyph, quarter, width, height) for glyph in kept if glyph.quarter == quarter]
    asides = [
        (other, [_turned(glyph, other, width, height) for glyph in kept if glyph.quarter == other])
        for other in sorted(counts)
        if other != quarter
    ]
    return Seen(marks, quarter, [aside for aside in asides if aside[1]], hidden, len(visible) - len(kept))


def _is_watermark(glyph: Glyph, style: Style, size: float) -> bool:
    return (style.faint or style.pale) and glyph.bottom - glyph.top > _LARGE * size


def _turned(glyph: Glyph, quarter: int, width: float, height: float) -> Mark:
    """Return a glyph as a mark in points of the page turned back by so many quarters."""
    left, right = glyph.left * width, glyph.right * width
    top, bottom = glyph.top * height, glyph.bottom * height
    if quarter == 1:
        left, top, right, bottom = top, width - right, bottom, width - left
    elif quarter == 2:
        left, top, right, bottom = width - right, height - bottom, width - left, height - top
    elif quarter == 3:
        left, top, right, bottom = height - bottom, left, height - top, right
    return Mark(glyph.text, left, top, right, bottom)
