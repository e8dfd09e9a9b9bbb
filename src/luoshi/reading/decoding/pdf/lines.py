"""The straight lines that a PDF page draws: borders of tables, as strokes or as thin filled rectangles."""

import ctypes
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

import pypdfium2.raw as pdfium

from luoshi.reading.decoding.paper.sheets import Rule
from luoshi.reading.decoding.pdf.characters import Affine
from luoshi.reading.decoding.pdf.dots import Dot, is_dot, rules_of_dots

_THIN: Final = 3.0
_SHORT: Final = 1.0
_STRAIGHT: Final = 1.0
_DEEPEST: Final = 5
_MOST: Final = 20_000
_MOST_SEGMENTS: Final = 100_000

_LARGEST: Final = 0.5  # of the page; what is larger is its ground
_NARROWEST: Final = 10.0
_LOWEST: Final = 8.0
_FEWEST: Final = 2
_CORNERS: Final = 3

Box = tuple[float, float, float, float]
Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
_SAME: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def read_rules(page: Any, affine: Affine, width: float, height: float) -> list[Rule]:
    """Return the level and upright lines of a page as people see it, in points."""
    rules: list[Rule] = []
    boxes: list[Box] = []
    dots: list[Dot] = []
    segments = 0
    for path, matrix in _paths(page):
        segments += pdfium.FPDFPath_CountSegments(path)
        if len(rules) > _MOST or segments > _MOST_SEGMENTS:
            break  # a drawing, no table
        for points, closed in _outlines(path, matrix):
            placed = [(x * width, y * height) for x, y in (affine(*point) for point in points)]
            dot = _dot_of(path, placed)
            if dot is not None:
                dots.append(dot)
                continue
            rules.extend(_rules_of(path, placed, closed))
            boxes.extend(_box_of(path, placed))
    return [*rules, *rules_of_dots(dots), *edges_of(boxes, width, height)]


def edges_of(boxes: list[Box], width: float, height: float) -> list[Rule]:
    """Return the edges of painted boxes where they lie beside and below each other as the cells of a table do."""
    cells = [box for box in boxes if (box[2] - box[0]) * (box[3] - box[1]) < _LARGEST * width * height]
    lefts = Counter(round(box[0] / 2) for box in cells)
    tops = Counter(round(box[1] / 2) for box in cells)
    in_columns = min(sum(count > 1 for count in counts.values()) for counts in (lefts, tops))
    if in_columns < _FEWEST and max(tops.values(), default=0) <= _FEWEST:
        return []
    rules: list[Rule] = []
    for left, top, right, bottom in cells:
        rules += [Rule(True, top, left, right), Rule(True, bottom, left, right)]
        rules += [Rule(False, left, top, bottom), Rule(False, right, top, bottom)]
    return rules


def turned_rules(rules: list[Rule], quarter: int, width: float, height: float) -> list[Rule]:
    """Return rules of a page turned back by so many quarters."""
    return [_turned(rule, quarter, width, height) for rule in rules] if quarter else rules


def _turned(rule: Rule, quarter: int, width: float, height: float) -> Rule:
    if quarter == 2:
        across, along = (height, width) if rule.level else (width, height)
        return Rule(rule.level, across - rule.at, along - rule.end, along - rule.start)
    # (x, y) goes to (y, width - x) after one quarter and to (height - y, x) after three.
    if quarter == 1:
        if rule.level:
            return Rule(False, rule.at, width - rule.end, width - rule.start)
        return Rule(True, width - rule.at, rule.start, rule.end)
    if rule.level:
        return Rule(False, height - rule.at, rule.start, rule.end)
    return Rule(True, rule.at, height - rule.end, height - rule.start)


def _paths(page: Any) -> Iterator[tuple[Any, Matrix]]:
    count = pdfium.FPDFPage_CountObjects(page)
    objects = (pdfium.FPDFPage_GetObject(page, index) for index in range(min(count, _MOST)))
    yield from _within(objects, _SAME, 0)


def _within(objects: Iterator[Any], outer: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
    for item in objects:
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield item, _times(_matrix_of(item), outer)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
            count = min(pdfium.FPDFFormObj_CountObjects(item), _MOST)
            inner = (pdfium.FPDFFormObj_GetObject(item, index) for index in range(count))
            yield from _within(inner, _times(_matrix_of(item), outer), depth + 1)


def _matrix_of(item: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, matrix):
        return _SAME
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        *(a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s),
        *(e * p + f * r + t, e * q + f * s + u),
    )


def _outlines(path: Any, matrix: Matrix) -> Iterator[tuple[list[Point], bool]]:
    """Yield the points of each outline of a path, and whether it is closed; outlines with curves are left out."""
    points: list[Point] = []
    curved = False
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1 and not curved:
                yield points, False
            points, curved = [], False
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        a, b, c, d, e, f = matrix
        points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
        if pdfium.FPDFPathSegment_GetClose(segment):
            if not curved:
                yield points, True
            points, curved = [], False
    if len(points) > 1 and not curved:
        yield points, False


def _box_of(path: Any, points: list[Point]) -> Iterator[Box]:
    """Yield the box that a path paints without an outline, large enough to hold words."""
    fill, stroke = ctypes.c_int(0), ctypes.c_int(0)
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    if not fill.value or stroke.value or not 4 <= len(points) <= 5:
        return
    xs, ys = sorted(x for x, _ in points), sorted(y for _, y in points)
    left, top, right, bottom = xs[0], ys[0], xs[-1], ys[-1]
    corners = all(min(x - left, right - x) <= _STRAIGHT and min(y - top, bottom - y) <= _STRAIGHT for x, y in points)
    if corners and right - left >= _NARROWEST and bottom - top >= _LOWEST:
        yield left, top, right, bottom


def _dot_of(path: Any, points: list[Point]) -> Dot | None:
    """Return the box of a dot: many in a row are a rule."""
    if len(points) < _CORNERS:
        return None
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
    if not is_dot(right - left, bottom - top):
        return None
    fill, stroke = ctypes.c_int(0), ctypes.c_int(0)
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    return (left, top, right, bottom) if fill.value else None


def _rules_of(path: Any, points: list[Point], closed: bool) -> Iterator[Rule]:
    """A thin filled box is one line; of strokes, every level or upright stretch is one."""
    fill, stroke = ctypes.c_int(0), ctypes.c_int(0)
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    if (fill.value or stroke.value) and min(right - left, bottom - top) <= _THIN:
        if right - left > max(bottom - top, _SHORT):
            yield Rule(True, (top + bottom) / 2, left, right)
        elif bottom - top > _SHORT:
            yield Rule(False, (left + right) / 2, top, bottom)
        return
    if not stroke.value:
        return
    for (x0, y0), (x1, y1) in zip(points, [*points[1:], *points[:1]] if closed else points[1:], strict=False):
        if abs(y0 - y1) <= _STRAIGHT < abs(x0 - x1):
            yield Rule(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
        elif abs(x0 - x1) <= _STRAIGHT < abs(y0 - y1):
            yield Rule(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))
