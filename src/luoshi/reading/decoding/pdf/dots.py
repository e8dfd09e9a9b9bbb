"""Rules that are drawn dot by dot: small filled boxes in a row, evenly close to each other."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from luoshi.reading.decoding.paper.sheets import Rule

_LARGEST: Final = 2.0  # points; what is larger is no dot
_SAME: Final = 0.75
_CLOSE: Final = 2.5  # sizes of a dot that may stay free between two
_FEWEST: Final = 5

Dot = tuple[float, float, float, float]


def is_dot(width: float, height: float) -> bool:
    """Tell whether a filled box is as small as a dot, and about as wide as high."""
    small, large = sorted((width, height))
    return 0 < large <= _LARGEST and small * 1.5 >= large


def rules_of_dots(dots: Sequence[Dot]) -> list[Rule]:
    """Return the level and upright lines that dots draw, each as (left, top, right, bottom) in points."""
    if len(dots) < _FEWEST:
        return []
    across = (((dot[1] + dot[3]) / 2, dot[0], dot[2]) for dot in dots)
    down = (((dot[0] + dot[2]) / 2, dot[1], dot[3]) for dot in dots)
    return [
        *(Rule(True, *stretch) for stretch in _stretches(across)),
        *(Rule(False, *stretch) for stretch in _stretches(down)),
    ]


def _stretches(placed: Iterable[tuple[float, float, float]]) -> Iterator[tuple[float, float, float]]:
    """Yield (place, first, last) for the dots that follow each other at one place."""
    for band in _bands(sorted(placed)):
        band.sort(key=lambda dot: dot[1])
        run = band[:1]
        for dot in band[1:]:
            if dot[1] - run[-1][2] > _CLOSE * max(dot[2] - dot[1], run[-1][2] - run[-1][1]):
                yield from _whole(run)
                run = []
            run.append(dot)
        yield from _whole(run)


def _bands(placed: Sequence[tuple[float, float, float]]) -> Iterator[list[tuple[float, float, float]]]:
    band: list[tuple[float, float, float]] = []
    for dot in placed:
        if band and dot[0] - band[0][0] > _SAME:
            yield band
            band = []
        band.append(dot)
    if band:
        yield band


def _whole(run: Sequence[tuple[float, float, float]]) -> Iterator[tuple[float, float, float]]:
    if len(run) >= _FEWEST:
        yield sum(dot[0] for dot in run) / len(run), run[0][1], max(dot[2] for dot in run)
