"""Where lines of print end: how much paper beside them is free, and ink there that was taken for none.

What finds lines overlooks thin signs at their ends: the 一、 before a heading, a bracket after the last word.
"""

import math
from typing import Final

from luoshi.reading.decoding.scans.pictures import Beside, Picture, Quads
from luoshi.reading.decoding.scans.rules import Drawn, ink_of

_FARTHEST: Final = 3.0  # heights of the line
_WIDEST_GAP: Final = 0.9  # between two signs of a line
_EDGE: Final = 0.12  # of the height, above and below: signs of other lines reach in there
_LEAST_INK: Final = 0.012  # of the square of the height: less is a speck


def free_beside(quads: Quads, index: int, rules: list[Drawn]) -> Beside:
    """Return the pixels before and after a line of an upright page up to the next print or rule."""
    quad = quads[index]
    left, right = float(quad[[0, 3], 0].min()), float(quad[[1, 2], 0].max())
    middle = float(quad[:, 1].mean())
    before = after = math.inf
    for rule in rules:
        if not rule.level and rule.start <= middle <= rule.end:
            before = min(before, left - rule.at) if rule.at <= left else before
            after = min(after, rule.at - right) if rule.at >= right else after
    beside = (quads[:, 0:2, 1].mean(axis=1) < middle) & (quads[:, 2:4, 1].mean(axis=1) > middle)
    ends, starts = quads[beside][:, [1, 2], 0].max(axis=1), quads[beside][:, [0, 3], 0].min(axis=1)
    before = min(before, *(left - end for end in ends if end <= left), math.inf)
    after = min(after, *(start - right for start in starts if start >= right), math.inf)
    return Beside(float(before), float(after))


def grow_to_ink(picture: Picture, quads: Quads, rules: list[Drawn]) -> Quads:
    """Return the lines of an upright page, made longer where signs stand right beside them that belong to no other."""
    if not len(quads):
        return quads
    ink = ink_of(picture)
    grown = quads.copy()
    for index, quad in enumerate(quads):
        height = float(quad[[2, 3], 1].mean() - quad[[0, 1], 1].mean())
        free = free_beside(quads, index, rules)
        left, right = float(quad[[0, 3], 0].mean()), float(quad[[1, 2], 0].mean())
        slope = float(quad[1, 1] - quad[0, 1]) / max(1.0, right - left)
        for place, room, corners in ((left, -free.before, (0, 3)), (right, free.after, (1, 2))):
            step = _reach(ink, quad, place, max(-_FARTHEST * height, min(_FARTHEST * height, room)), height)
            for corner in corners:
                grown[index, corner] += (step, slope * step)
    return grown


def _reach(ink: Picture, quad: Quads, place: float, room: float, height: float) -> float:
    """Return how far signs go on beside the end of a line: pixels, below nought to the left."""
    import numpy as np

    top, bottom = float(quad[[0, 1], 1].mean()), float(quad[[2, 3], 1].mean())
    rows = slice(max(0, round(top + _EDGE * height)), max(0, round(bottom - _EDGE * height)))
    first, last = sorted((round(place), round(place + room)))
    band = ink[rows, max(0, first) : max(0, last)]
    columns = (band > 0).sum(axis=0)
    columns = columns[::-1] if room < 0 else columns
    inked = np.flatnonzero(columns)
    if not len(inked):
        return 0.0
    breaks = np.flatnonzero(np.diff(np.concatenate([[0], inked])) > _WIDEST_GAP * height)
    kept = inked[: breaks[0]] if len(breaks) else inked
    if not len(kept) or columns[: kept[-1] + 1].sum() < _LEAST_INK * height * height:
        return 0.0
    step = float(kept[-1] + 1) + 0.1 * height
    return -min(step, -room) if room < 0 else min(step, room)
