"""Cells of ruled tables whose print was overlooked: single figures, numbers of rows, a stroke for nobody.

What finds lines of print is made for lines; a lone figure in the middle of a cell is nothing to it.
"""

from typing import Final

from luoshi.reading.decoding.paper.grids import make_grids
from luoshi.reading.decoding.paper.sheets import Rule
from luoshi.reading.decoding.scans.pictures import Picture, Quads
from luoshi.reading.decoding.scans.rules import Drawn, ink_of

_INSET: Final = 4  # pixels that belong to the rule
_LEAST_INK: Final = 0.02  # of the square of the height of print: less is a speck
_ROOM: Final = 0.15  # of the height of print, kept around what was found
_LOWEST: Final = 0.5  # of the height of print: a dash is given the room of a letter
_MOST: Final = 2_000


def add_overlooked(clean: Picture, quads: Quads, rules: list[Drawn], *, height: float, scale: float) -> Quads:
    """Return the lines of print of an upright page with those in cells that hold ink and no line so far.

    `clean` is the page without its rules, `height` that of its print in pixels, `scale` points to a pixel.
    """
    import numpy as np

    if not rules:
        return quads
    ink = ink_of(clean)
    centres = quads.mean(axis=1) if len(quads) else np.zeros((0, 2))
    found: list[Quads] = []
    grids = make_grids([Rule(rule.level, rule.at * scale, rule.start * scale, rule.end * scale) for rule in rules])
    for grid in grids:
        for cell in grid.cells:
            left, right = grid.xs[cell.column] / scale, grid.xs[cell.column_end] / scale
            top, bottom = grid.ys[cell.row] / scale, grid.ys[cell.row_end] / scale
            inside = (centres[:, 0] > left) & (centres[:, 0] < right) & (centres[:, 1] > top) & (centres[:, 1] < bottom)
            if not inside.any() and len(found) < _MOST:
                found.extend(_lines_of_ink(ink, (left, top, right, bottom), height))
    return np.concatenate([quads, np.stack(found)]).astype(np.float32) if found else quads


def _lines_of_ink(ink: Picture, cell: tuple[float, float, float, float], height: float) -> list[Quads]:
    """Return the boxes of the lines of ink in a cell, told apart by the white between them."""
    import numpy as np

    left, top = (max(0, round(place) + _INSET) for place in cell[:2])
    right, bottom = (max(0, round(place) - _INSET) for place in cell[2:])
    band = ink[top:bottom, left:right] > 0
    lines: list[Quads] = []
    inked = np.flatnonzero(band.any(axis=1))
    for rows in np.split(inked, np.flatnonzero(np.diff(inked) > _ROOM * height) + 1) if len(inked) else []:
        part = band[rows[0] : rows[-1] + 1]
        if part.sum() < _LEAST_INK * height * height:
            continue
        columns = np.flatnonzero(part.any(axis=0))
        room = _ROOM * height
        missing = max(0.0, _LOWEST * height - (rows[-1] - rows[0])) / 2
        x0, x1 = left + columns[0] - room, left + columns[-1] + 1 + room
        y0, y1 = top + rows[0] - room - missing, top + rows[-1] + 1 + room + missing
        lines.append(np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]], np.float32))
    return lines
