"""Numbers, matrices and offsets as OFD writes them: figures in millimetres with blanks between."""

import math
from typing import Final

from luoshi.reading.decoding.paper.sheets import UNMOVED, Matrix

POINTS_PER_MM: Final = 72 / 25.4
Rectangle = tuple[float, float, float, float]
"""Left, top, width, height."""

_FARTHEST: Final = 1e6
_LARGEST_PAGE: Final = 20_000.0


def read_number(text: str | None, default: float) -> float:
    """Return a figure, or the default for anything that is none a page could hold."""
    try:
        value = float(text) if text else default
    except ValueError:
        return default
    return value if math.isfinite(value) and abs(value) < _FARTHEST else default


def read_numbers(text: str | None) -> list[float]:
    """Return the figures of an array; an empty list where one of them is no figure."""
    try:
        values = [float(part) for part in (text or "").replace(",", " ").split()]
    except ValueError:
        return []
    return values if all(math.isfinite(value) and abs(value) < _FARTHEST for value in values) else []


def read_rectangle(text: str | None) -> Rectangle | None:
    """Return a box with a width and a height, or None."""
    values = read_numbers(text)
    if len(values) != 4 or not (0 < values[2] < _LARGEST_PAGE and 0 < values[3] < _LARGEST_PAGE):
        return None
    return values[0], values[1], values[2], values[3]


def read_matrix(text: str | None) -> Matrix:
    """Return a transformation, the one that changes nothing where there is none."""
    values = read_numbers(text)
    if len(values) != 6:
        return UNMOVED
    return values[0], values[1], values[2], values[3], values[4], values[5]


def read_offsets(text: str | None, count: int) -> list[float]:
    """Return up to `count` distances between characters; `g 5 3.5` stands for five times 3.5."""
    offsets: list[float] = []
    parts = (text or "").replace(",", " ").split()
    index = 0
    while index < len(parts) and len(offsets) < count:
        if parts[index] in ("g", "G") and index + 2 < len(parts):
            times = int(read_number(parts[index + 1], 0))
            offsets.extend([read_number(parts[index + 2], 0.0)] * min(max(times, 0), count - len(offsets)))
            index += 3
        else:
            offsets.append(read_number(parts[index], 0.0))
            index += 1
    return offsets


def after(outer: Matrix, inner: Matrix) -> Matrix:
    """Return the transformation that does `inner` first and then `outer`."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return where a point goes."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
