"""Straight rules of tables in the picture of an upright page: found, and painted over before the print is read."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from luoshi.reading.decoding.scans.pictures import Picture, Quads

_LEVEL_LENGTH: Final = 3.0  # heights of a line of print: longer than any dash
_UPRIGHT_LENGTH: Final = 2.0  # longer than any stroke of a character
_BRIDGE_LENGTH: Final = 1.1  # for rules that run from one rule to the next
_SHORTEST: Final = 40  # pixels
_FILLED: Final = 0.8  # scanners break thin lines, so not all of a rule is ink
_THICKEST: Final = 0.3  # of the height of a line: thicker is a bar or a photograph
_TOUCH: Final = 0.3  # of the height of a line: rules that should meet end this near to each other
_WINDOW: Final = 31
_DARKER: Final = 20
_MOST: Final = 1_500


@dataclass(frozen=True, slots=True)
class Drawn:
    """A straight line in pixels: `at` is its place across, `start` and `end` how far it reaches along."""

    level: bool
    at: float
    start: float
    end: float
    thickness: float = 1.0


def find_rules(picture: Picture, print_height: float) -> tuple[list[Drawn], Picture]:
    """Return the rules of the tables of an upright page, and the page without them.

    Only rules that meet others count, at least two in each direction: strokes of letters and lines under heads stay.
    """
    ink = ink_of(picture)
    drawn = [
        *_lines(ink, max(_SHORTEST, round(_LEVEL_LENGTH * print_height)), True, print_height),
        *_lines(ink, max(_SHORTEST, round(_UPRIGHT_LENGTH * print_height)), False, print_height),
    ]
    kept = _meeting(drawn, _TOUCH * print_height) if len(drawn) <= _MOST else []
    if kept:
        kept += _bridging(ink, kept, print_height)
    return kept, _without(picture, kept) if kept else picture


def ink_of(picture: Picture) -> Picture:
    """Return where a page is darker than the paper around (255, else 0), specks of noise left out."""
    import cv2

    grey = cv2.medianBlur(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), 3)
    ink: Picture = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _WINDOW, _DARKER)
    return ink


def _meeting(drawn: list[Drawn], near: float) -> list[Drawn]:
    """Keep rules of groups that touch each other and have two in each direction."""
    groups: list[list[Drawn]] = []
    for rule in drawn:
        touched = [group for group in groups if any(_touch(rule, other, near) for other in group)]
        groups = [group for group in groups if group not in touched]
        groups.append([rule, *(other for group in touched for other in group)])
    return [rule for group in groups if _is_table(group) for rule in group]


def _bridging(ink: Picture, kept: list[Drawn], print_height: float) -> list[Drawn]:
    """Return short rules in narrow columns and low rows: both their ends meet rules that cross them."""
    length, near = max(_SHORTEST // 2, round(_BRIDGE_LENGTH * print_height)), _TOUCH * print_height
    short = [rule for level in (True, False) for rule in _lines(ink, length, level, print_height)]
    if len(short) > _MOST:
        return []
    return [
        rule
        for rule in short
        if not any(rule.level == other.level and _touch(rule, other, near) for other in kept)
        and all(_meets(place, rule, kept, near) for place in (rule.start, rule.end))
    ]


def _meets(place: float, rule: Drawn, kept: list[Drawn], near: float) -> bool:
    return any(
        other.level != rule.level
        and abs(other.at - place) <= near
        and other.start - near <= rule.at <= other.end + near
        for other in kept
    )


def _is_table(group: list[Drawn]) -> bool:
    levels = sum(rule.level for rule in group)
    return levels >= 2 and len(group) - levels >= 2


def _touch(rule: Drawn, other: Drawn, near: float) -> bool:
    if rule.level == other.level:
        return abs(rule.at - other.at) <= near and rule.start - near <= other.end and other.start - near <= rule.end
    return rule.start - near <= other.at <= rule.end + near and other.start - near <= rule.at <= other.end + near


def _without(picture: Picture, rules: list[Drawn]) -> Picture:
    """Paint rules over in the shade of the paper, so that none is read as a character."""
    clean = picture.copy()
    shade = _paper(picture)
    for rule in rules:
        across = slice(max(0, round(rule.at - rule.thickness / 2) - 2), round(rule.at + rule.thickness / 2) + 3)
        along = slice(max(0, round(rule.start)), round(rule.end) + 1)
        clean[(across, along) if rule.level else (along, across)] = shade
    return clean


def _paper(picture: Picture) -> Picture:
    import numpy as np

    shade: Picture = np.median(picture[::16, ::16].reshape(-1, 3), axis=0).astype(np.uint8)
    return shade


def _lines(ink: Picture, length: int, level: bool, print_height: float) -> list[Drawn]:
    """Return thin stretches that are mostly ink over such a length in one direction."""
    import cv2
    import numpy as np

    window = (length, 1) if level else (1, length)
    dense = (cv2.blur(ink, window) >= round(_FILLED * 255)).astype(np.uint8)
    reach = round(length * (_FILLED - 0.5))  # a window counts as dense only where most of it lies before the end
    mask = cv2.dilate(
        dense, cv2.getStructuringElement(cv2.MORPH_RECT, (2 * reach + 1, 1) if level else (1, 2 * reach + 1))
    )
    _count, _labels, boxes, _centres = cv2.connectedComponentsWithStats(mask, connectivity=8)
    drawn: list[Drawn] = []
    for x, y, width, height, area in boxes.tolist()[1:]:
        along, start, at = (width, x, y + height / 2) if level else (height, y, x + width / 2)
        thickness = area / max(1, along)
        if thickness <= _THICKEST * print_height:
            drawn.append(Drawn(level, at, start, start + along, thickness))
    return drawn


def split_at_rules(quads: Quads, rules: list[Drawn]) -> Quads:
    """Cut lines of print where an upright rule runs through them: they hold the words of two cells.

    What a level rule runs through is no line (two numbers below each other); `cells` looks there again.
    """
    import numpy as np

    uprights, levels = [rule for rule in rules if not rule.level], [rule for rule in rules if rule.level]
    parts = [part for quad in quads if not _is_crossed(quad, levels) for part in _split(quad, uprights)]
    return np.stack(parts) if parts else quads[:0]


def _is_crossed(quad: Quads, levels: list[Drawn]) -> bool:
    (left, top), (right, bottom) = quad.min(axis=0), quad.max(axis=0)
    room = 0.25 * (bottom - top)
    return any(top + room < rule.at < bottom - room and rule.start < (left + right) / 2 < rule.end for rule in levels)


def _split(quad: Quads, uprights: list[Drawn]) -> list[Quads]:
    import numpy as np

    left, right = float(quad[[0, 3], 0].mean()), float(quad[[1, 2], 0].mean())
    top, bottom = float(quad[[0, 1], 1].mean()), float(quad[[2, 3], 1].mean())
    middle, room = (top + bottom) / 2, 0.3 * (bottom - top)
    places = sorted(
        rule.at for rule in uprights if rule.start <= middle <= rule.end and left + room < rule.at < right - room
    )
    edges = [left, *places, right]
    if not places:
        return [quad]
    shares = [(edge - left) / (right - left) for edge in edges]
    upper, lower = quad[1] - quad[0], quad[2] - quad[3]
    return [
        np.stack([quad[0] + upper * first, quad[0] + upper * last, quad[3] + lower * last, quad[3] + lower * first])
        for first, last in pairwise(shares)
    ]
