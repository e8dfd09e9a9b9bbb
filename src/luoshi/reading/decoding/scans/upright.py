"""Turn the picture of a page so that its lines of print run level and from left to right."""

import math
from dataclasses import dataclass
from typing import Final

from luoshi.reading.decoding.scans.engine import find_quads, recognise
from luoshi.reading.decoding.scans.pictures import (
    Beside,
    Picture,
    Quads,
    Standing,
    as_seen,
    cut_out,
    moved,
    red_share,
    shrunk,
    straightened,
    turned,
    without_red,
)

LONGEST_SIDE: Final = 1120  # pixels in which lines are looked for; they are read at full size
_FINE_SIDE: Final = 2000
_SMALL_PRINT: Final = 13.0  # pixels of the looked-at picture: below, lines run into each other
_TALLEST: Final = 0.15  # of the longest side of the page: larger is a photograph, no print
_LEVEL: Final = 0.25  # degrees that need no straightening
_LOOK_AGAIN: Final = 3.0  # degrees at which the boxes of neighbouring lines reach into each other
_SURE: Final = 0.85  # mean confidence of print that stands upright
_TRIED: Final = 4
_FIRST_TRIED: Final = 2
_VERY_SURE: Final = 0.95  # so that these few are enough
_SEALED: Final = 0.0005  # of the page is red
_SWOLLEN: Final = 1.5  # times higher than the other lines: print and a seal in one
_MOSTLY: Final = 0.8
_LINE: Final = 3.0  # how many times longer than high a line is that tells a direction


@dataclass(frozen=True, slots=True)
class Found:
    """A page standing upright, its lines of print and how far it was turned: degrees clockwise in quarters."""

    page: Standing
    quads: Quads
    turn: int = 0


def stand_upright(picture: Picture) -> Found:
    """Return the page upright with its lines of print, whichever way up it was scanned and within some 40° of skew.

    :raises UnableToRecognise: where the recogniser does not work.
    """
    page = as_seen(picture)
    quads = _look(page)
    turn = 0
    if _runs_upright(quads):
        page, turn = turned(page, 1), 90
        quads = _look(page)
    page, quads = _level(page, quads)
    if _is_upside_down(page.picture, quads):
        before, turn = page, turn + 180
        page = turned(page, 2)
        quads = moved(quads, before, page)[:, [2, 3, 0, 1]]
    return Found(page, quads, turn)


def _look(page: Standing) -> Quads:
    small, share = shrunk(page.picture, LONGEST_SIDE)
    quads = _lines_of(small)
    if len(quads) and share < 1.0 and _median_height(quads) < _SMALL_PRINT:
        small, share = shrunk(page.picture, _FINE_SIDE)
        quads = _lines_of(small)
    quads = quads / share
    return quads[_sides(quads).min(axis=1) < _TALLEST * max(page.picture.shape[:2])] if len(quads) else quads


def _lines_of(picture: Picture) -> Quads:
    """Find lines; what a seal is stamped over is looked for without the red, what is printed in red with it.

    Strokes of a seal join lines of print to shapes that are none, and the lines would be lost.
    """
    quads = find_quads(picture)
    if red_share(picture) < _SEALED:
        return quads
    return without_seals(quads, find_quads(without_red(picture)))


def without_seals(quads: Quads, without: Quads) -> Quads:
    """Join lines found on a page and those found without its red: of those in one place, the longer one.

    What is red, short and alone is a sign of a seal; of a line that holds red words the whole is kept.
    """
    import numpy as np

    if not len(without):
        return quads
    tall = _SWOLLEN * _median_height(without)
    kept = [
        line for line in quads if _sides(line[None]).min() <= tall or not any(_holds(line, other) for other in without)
    ]
    for line in without:
        if not any(_holds(other, line) for other in kept):
            kept = [other for other in kept if not _holds(line, other)] + [line]
    lone = [
        not any(_holds(other, line) or _holds(line, other) for other in without) and _is_short(line) for line in kept
    ]
    joined: Quads = np.array([line for line, drop in zip(kept, lone, strict=True) if not drop], np.float32)
    return joined.reshape(-1, 4, 2)


def _is_short(line: Quads) -> bool:
    width, height = _sides(line[None])[0]
    return bool(width < _LINE * height)


def _holds(line: Quads, other: Quads) -> bool:
    """Whether most of another line lies in a line, along the way that it runs."""
    left, right = float(line[[0, 3], 0].mean()), float(line[[1, 2], 0].mean())
    start, end = float(other[[0, 3], 0].mean()), float(other[[1, 2], 0].mean())
    x, y = other.mean(axis=0)
    first, last = float(line[[0, 3], 1].mean()), float(line[[1, 2], 1].mean())
    middle = first + (last - first) * (x - left) / max(1.0, right - left)
    height = float(line[[2, 3], 1].mean() - line[[0, 1], 1].mean())
    return abs(y - middle) < height / 2 and min(right, end) - max(left, start) > _MOSTLY * (end - start)


def _median_height(quads: Quads) -> float:
    import numpy as np

    return float(np.median(_sides(quads).min(axis=1)))


def _sides(quads: Quads) -> Quads:
    """Width and height of each quad."""
    import numpy as np

    along, across = quads[:, 1] - quads[:, 0], quads[:, 3] - quads[:, 0]
    sides: Quads = np.stack([np.hypot(along[:, 0], along[:, 1]), np.hypot(across[:, 0], across[:, 1])], axis=1)
    return sides


def _runs_upright(quads: Quads) -> bool:
    """Whether most print runs up or down the page: the page lies on its side."""
    if not len(quads):
        return False
    width, height = _sides(quads).T
    level, upright = width[width >= _LINE * height].sum(), height[height >= _LINE * width].sum()
    return bool(upright > 2 * level)


def _level(page: Standing, quads: Quads) -> tuple[Standing, Quads]:
    skew = _skew(quads)
    if abs(skew) < _LEVEL:
        return page, quads
    straight = straightened(page, skew)
    return straight, _look(straight) if abs(skew) > _LOOK_AGAIN else moved(quads, page, straight)


def _skew(quads: Quads) -> float:
    """How far the lines fall to the right, in degrees: the middle of the long lines, longer ones counting for more."""
    import numpy as np

    width, height = _sides(quads).T
    long = width >= _LINE * height
    if not long.any():
        return 0.0
    along = (quads[:, 1] - quads[:, 0] + quads[:, 2] - quads[:, 3])[long]
    angles = np.degrees(np.arctan2(along[:, 1], along[:, 0]))
    order = np.argsort(angles)
    weights = width[long][order].cumsum()
    return float(angles[order][np.searchsorted(weights, weights[-1] / 2)])


def _is_upside_down(picture: Picture, quads: Quads) -> bool:
    """Read a few lines; only where they make little sense, read them the other way round too."""
    import numpy as np

    width, height = _sides(quads).T if len(quads) else np.zeros((2, 0))
    useful = [index for index in np.argsort(-width) if width[index] >= _LINE * height[index]]
    chosen = sorted(useful, key=lambda index: abs(width[index] / height[index] - 10))[:_TRIED]
    if not chosen:
        return False
    free = Beside(math.inf, math.inf)
    cuts = [
        cut_out(picture, quads[index], free=free, wanted=Beside(0.5 * height[index], 0.5 * height[index]), narrowed=1.0)
        for index in chosen
    ]
    if _mean_score(cuts[:_FIRST_TRIED]) >= _VERY_SURE:
        return False
    upright = _mean_score(cuts)
    if upright >= _SURE:
        return False
    return _mean_score([np.ascontiguousarray(cut[::-1, ::-1]) for cut in cuts]) > upright


def _mean_score(cuts: list[Picture]) -> float:
    return sum(line.score for line in recognise(cuts)) / len(cuts)
