"""Read the lines of print of an upright page: each cut out, recognised and taken apart into placed characters."""

import time
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from luoshi.reading.decoding.scans.engine import Recognised, recognise
from luoshi.reading.decoding.scans.line_ends import free_beside, grow_to_ink
from luoshi.reading.decoding.scans.pictures import Beside, Picture, Quads, cut_out, red_share, without_red
from luoshi.reading.decoding.scans.rules import Drawn

_BEFORE: Final = 0.4  # heights of the line beside it that are cut out along with it
_AFTER: Final = 1.2  # brackets at the end of a line stand alone in the left of their square and get lost otherwise
_NARROWED: Final = 0.8  # reading takes time by width; print stays legible
_AT_ONCE: Final = 24
_READABLE: Final = 0.5
_GUESSED: Final = 0.7  # confidence at which a character is rather none
_SEALED: Final = 0.01  # of a line is red
_SPECKLED: Final = 40  # shades that what holds no print may differ
_NARROW: Final = 0.35  # of the height: a bracket, or the right part of a few characters
_HIGH: Final = 0.6
_END: Final = 5  # heights of the line that are its end
_SAME: Final = 2  # characters before the last that must be read alike
_INK: Final = 70  # shades darker than the paper
_STROKES: Final = frozenset("1lI|丨7")
_LEANING: Final = -0.2  # to the right, in widths to a height
_STACKED: Final = 2.2  # times higher than wide: characters below each other
_TALL: Final = 1.6  # times higher than the other lines


@dataclass(frozen=True, slots=True)
class Character:
    """One recognised character in pixels of the upright page, with its confidence."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float


@dataclass(frozen=True, slots=True)
class LinesRead:
    """The characters of a page line by line; `unreadable` counts stretches that made no sense, `late` those unread."""

    lines: list[list[Character]]
    unreadable: int = 0
    late: int = 0


def read_lines(picture: Picture, quads: Quads, rules: list[Drawn], *, until: float) -> LinesRead:
    """Return what the lines of an upright page say; those that `until` (monotonic clock) leaves no time for count.

    :raises UnableToRecognise: where the recogniser does not work.
    """
    import numpy as np

    quads = unstack(grow_to_ink(picture, quads, rules))
    cuts = [_cut(picture, quads, index, rules) for index in range(len(quads))]
    order = sorted(range(len(cuts)), key=lambda index: cuts[index].shape[1] / cuts[index].shape[0])
    lines: list[list[Character]] = []
    unreadable = 0
    for first in range(0, len(order), _AT_ONCE):
        if time.monotonic() > until:
            return LinesRead(lines, unreadable, len(order) - first)
        chosen = order[first : first + _AT_ONCE]
        for index, said in zip(chosen, _recognise([cuts[index] for index in chosen]), strict=True):
            if said.score >= _READABLE and said.text.strip():
                lines.append(_characters(quads[index], said))
            else:
                unreadable += 1 if np.ptp(cuts[index]) > _SPECKLED else 0
    return LinesRead(lines, unreadable)


def unstack(quads: Quads) -> Quads:
    """Divide characters that stand below each other in one box (narrow cells of tables) into a box each."""
    import numpy as np

    if not len(quads):
        return quads
    widths = np.hypot(*(quads[:, 1] - quads[:, 0]).T)
    heights = np.hypot(*(quads[:, 3] - quads[:, 0]).T)
    usual = float(np.median(heights))
    parts: list[Quads] = []
    for quad, width, height in zip(quads, widths, heights, strict=True):
        count = round(float(height / max(1.0, width))) if height >= max(_STACKED * width, _TALL * usual) else 1
        down, beside = (quad[3] - quad[0]) / count, (quad[2] - quad[1]) / count
        for step in range(count):
            here, there = quad[0] + down * step, quad[1] + beside * step
            parts.append(np.stack([here, there, there + beside, here + down]))
    return np.stack(parts)


def _cut(picture: Picture, quads: Quads, index: int, rules: list[Drawn]) -> Picture:
    """Cut a line out with as much of the paper beside it as belongs to nobody else."""
    quad = quads[index]
    height = float(quad[[2, 3], 1].mean() - quad[[0, 1], 1].mean())
    wanted = Beside(_BEFORE * height, _AFTER * height)
    return cut_out(picture, quad, free=free_beside(quads, index, rules), wanted=wanted, narrowed=_NARROWED)


def _recognise(cuts: list[Picture]) -> list[Recognised]:
    """Read lines; those with red on them both with it (print in red) and without (print under a seal)."""
    read = recognise(cuts)
    red = [index for index, cut in enumerate(cuts) if red_share(cut) > _SEALED]
    for index, said in zip(red, recognise([without_red(cuts[index]) for index in red]), strict=True):
        read[index] = max(read[index], said, key=_worth)
    for index, cut in enumerate(cuts):
        if _ends_unread(cut, read[index]):
            read[index] = _with_end(cut, read[index])
        if read[index].text in _STROKES and _leans(cut):
            read[index] = replace(read[index], text="/")
    return read


def _worth(said: Recognised) -> float:
    """More for every character that is sure, less for every one that is not."""
    return sum(confidence - _GUESSED for confidence in said.confidences)


def _leans(cut: Picture) -> bool:
    """Whether a lone stroke leans like "/", which stands for nobody in tables and is taken for a figure."""
    import numpy as np

    rows, columns = np.nonzero(_dark(cut))
    if len(rows) < 2 or np.ptp(rows) < 0.3 * cut.shape[0]:
        return False
    return bool(np.polyfit(rows, columns, 1)[0] / _NARROWED < _LEANING)


def _dark(cut: Picture) -> Picture:
    dark: Picture = cut.max(axis=2) < int(cut.max()) - _INK
    return dark


def _ends_unread(cut: Picture, said: Recognised) -> bool:
    """Whether the print ends in a tall narrow sign that was not read: a bracket gets lost among longer lines."""
    import numpy as np

    if not said.text or not "\u3400" <= said.text[-1] <= "\u9fff":
        return False
    dark = _dark(cut)
    columns = np.flatnonzero(dark.any(axis=0))
    if not len(columns):
        return False
    gaps = np.flatnonzero(np.diff(columns) > 1)
    first = columns[gaps[-1] + 1] if len(gaps) else columns[0]
    height = cut.shape[0]
    if columns[-1] - first > _NARROW * height * _NARROWED:
        return False
    return bool(np.ptp(np.flatnonzero(dark[:, first:].any(axis=1))) > _HIGH * height)


def _with_end(cut: Picture, before: Recognised) -> Recognised:
    """Read the end of a line again, alone and as wide as it is printed: what it says beyond the same words is kept."""
    import cv2

    height, width = cut.shape[:2]
    start = max(0, width - round((_END + _AFTER) * height * _NARROWED))
    end = recognise([cv2.resize(cut[:, start:], None, fx=1 / _NARROWED, fy=1, interpolation=cv2.INTER_CUBIC)])[0]
    same = before.text[:-1][-_SAME:]
    at = end.text.rfind(same) + len(same)
    if not same or at < len(same) or len(end.text) - at < 2:
        return before
    return Recognised(
        before.text[:-1] + end.text[at:],
        before.confidences[:-1] + end.confidences[at:],
        before.centres[:-1] + tuple((start + centre * (width - start)) / width for centre in end.centres[at:]),
    )


def _characters(quad: Quads, said: Recognised) -> list[Character]:
    """Give every character its place: from half way to the one before it, to half way to the next."""
    left, right = float(quad[[0, 3], 0].mean()), float(quad[[1, 2], 0].mean())
    top, bottom = float(quad[[0, 1], 1].mean()), float(quad[[2, 3], 1].mean())
    width, height = right - left, bottom - top
    before, whole = _BEFORE * height, width + (_BEFORE + _AFTER) * height
    places = [min(width, max(0.0, centre * whole - before)) for centre in said.centres]
    edges = [0.0, *((a + b) / 2 for a, b in pairwise(places)), width]
    return [
        Character(char, left + start, top, left + max(start + 1.0, end), bottom, confidence)
        for char, start, end, confidence in zip(said.text, edges[:-1], edges[1:], said.confidences, strict=True)
    ]
