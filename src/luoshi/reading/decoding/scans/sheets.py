"""A picture of a page becomes a sheet: recognised characters and rules in points, with the way back to the page."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from luoshi.reading.decoding.paper.sheets import Mark, Matrix, Rule, Sheet
from luoshi.reading.decoding.scans.cells import add_overlooked
from luoshi.reading.decoding.scans.missed import add_missed
from luoshi.reading.decoding.scans.pictures import Picture, Standing
from luoshi.reading.decoding.scans.reading_lines import Character, LinesRead, read_lines
from luoshi.reading.decoding.scans.rules import Drawn, find_rules, split_at_rules
from luoshi.reading.decoding.scans.upright import stand_upright
from luoshi.reading.issues import make_issue
from luoshi.reading.limits import MAX_SECONDS_A_SCANNED_PAGE
from luoshi.reading.model import Issue

_USUAL_HEIGHT: Final = 40.0
_BLANK: Final = 12  # shades of grey between the darkest and the lightest of a page without print


@dataclass(frozen=True, slots=True)
class PageSize:
    """The size of a page as people see it, in points."""

    width: float
    height: float


def read_picture(picture: Picture, *, number: int, size: PageSize) -> tuple[Sheet, list[Issue]]:
    """Return what is printed on the picture (height × width × BGR) of a page as people see it, and what was in the way.

    The sheet stands upright; its boxes are those of the page as people see it, turned and skewed as it is.

    :raises UnableToRecognise: where the recogniser does not work.
    """
    until = time.monotonic() + MAX_SECONDS_A_SCANNED_PAGE
    if is_blank(picture):
        return Sheet(number, size.width, size.height, ()), []
    found = stand_upright(picture)
    height = median(quad[[2, 3], 1].mean() - quad[[0, 1], 1].mean() for quad in found.quads) if len(found.quads) else 0
    usual = max(1.0, float(height)) if height else _USUAL_HEIGHT
    scale = size.width / picture.shape[1]
    rules, clean = find_rules(found.page.picture, usual)
    quads = add_overlooked(clean, split_at_rules(found.quads, rules), rules, height=usual, scale=scale)
    read = read_lines(clean, add_missed(clean, quads, height=usual), rules, until=until)
    sheet = Sheet(
        number,
        size.width,
        size.height,
        [mark for line in read.lines for mark in _marks(line, scale)],
        [_rule(rule, scale) for rule in rules],
        _way_back(found.page, scale),
    )
    return sheet, _issues(number, found.turn, read)


def is_blank(picture: Picture) -> bool:
    """Whether nothing is printed on a page; the edges, where scanners leave shadows, do not count."""
    import cv2
    import numpy as np

    small = cv2.resize(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), (200, 280), interpolation=cv2.INTER_AREA)[
        14:-14, 10:-10
    ]
    contrast = cv2.absdiff(small, cv2.GaussianBlur(small, (0, 0), 6))
    return bool(np.percentile(contrast, 99.9) < _BLANK)


def _marks(line: Sequence[Character], scale: float) -> list[Mark]:
    """Put characters into points.

    Marks of punctuation take the mean of their line: what counts is how sure letters and figures are, and recognisers
    are never sure of the shape of a bracket, which `repairs` settles.
    """
    mean = sum(character.confidence for character in line) / len(line)
    return [
        Mark(
            character.text,
            character.left * scale,
            character.top * scale,
            character.right * scale,
            character.bottom * scale,
            round(character.confidence if character.text.isalnum() else max(mean, character.confidence), 4),
        )
        for character in line
    ]


def _rule(rule: Drawn, scale: float) -> Rule:
    return Rule(rule.level, rule.at * scale, rule.start * scale, rule.end * scale)


def _way_back(page: Standing, scale: float) -> Matrix:
    """The matrix from points of the upright sheet to points of the page as people see it."""
    import numpy as np

    back = np.linalg.inv(page.matrix)
    a, c, e = (float(value) for value in back[0])
    b, d, f = (float(value) for value in back[1])
    return (a, b, c, d, e * scale, f * scale)


def _issues(number: int, turn: int, read: LinesRead) -> list[Issue]:
    issues: list[Issue] = []
    if turn:
        issues.append(make_issue("page_upside_down", page=number, degrees=turn))
    if read.late:
        issues.append(make_issue("page_partly_read", page=number, lines=read.late, seconds=MAX_SECONDS_A_SCANNED_PAGE))
    if read.unreadable:
        issues.append(make_issue("unreadable_print", page=number, places=read.unreadable))
    return issues
