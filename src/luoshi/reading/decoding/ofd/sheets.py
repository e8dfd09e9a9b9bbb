"""One page of an OFD document becomes a sheet: its characters and rules, turned so that the text stands upright."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from luoshi.reading.decoding.ofd.drawings import page_objects
from luoshi.reading.decoding.ofd.numbers import POINTS_PER_MM
from luoshi.reading.decoding.ofd.rules import read_rules
from luoshi.reading.decoding.ofd.structure import Document, Page, child, local, page_box
from luoshi.reading.decoding.ofd.texts import Glyph, read_glyphs
from luoshi.reading.decoding.packages import UnableToUnpack
from luoshi.reading.decoding.paper import Mark, Rule, Sheet
from luoshi.reading.decoding.paper.sheets import UNMOVED, Matrix

_MOST_GLYPHS: Final = 200_000


def make_sheet(document: Document, page: Page, number: int) -> Sheet:
    """Return what a page holds, in points.

    :raises UnableToUnpack: where the page is missing or damaged, or holds more than any page does.
    """
    root = document.package.read_xml(page.location)
    left, top, width, height = page_box(child(root, "Area")) or document.box
    scale = POINTS_PER_MM
    paper: Matrix = (scale, 0.0, 0.0, scale, -left * scale, -top * scale)
    glyphs: list[Glyph] = []
    rules: list[Rule] = []
    for element, matrix in page_objects(document, root, paper):
        if local(element) == "TextObject":
            glyphs.extend(read_glyphs(element, matrix))
        else:
            rules.extend(read_rules(element, matrix))
        if len(glyphs) > _MOST_GLYPHS:
            raise UnableToUnpack("bomb")
    return _upright(number, width * scale, height * scale, glyphs, rules)


def _upright(number: int, width: float, height: float, glyphs: Sequence[Glyph], rules: Sequence[Rule]) -> Sheet:
    """Turn the page the way most of its letters stand; letters that stand another way are no text of it."""
    turns = Counter(glyph.turned for glyph in glyphs).most_common(1)
    turned = turns[0][0] if turns else 0
    onto, back = _turns(turned, width, height)
    marks = [_mark(glyph, onto) for glyph in glyphs if glyph.turned == turned]
    return Sheet(number, width, height, marks, [_turned_rule(rule, turned, onto) for rule in rules], back)


def _turns(turned: int, width: float, height: float) -> tuple[Matrix, Matrix]:
    """Return the way from the page to the sheet and the way back, for letters turned so often to the right."""
    if turned == 1:
        return (0.0, -1.0, 1.0, 0.0, 0.0, width), (0.0, 1.0, -1.0, 0.0, width, 0.0)
    if turned == 2:
        return (-1.0, 0.0, 0.0, -1.0, width, height), (-1.0, 0.0, 0.0, -1.0, width, height)
    if turned == 3:
        return (0.0, 1.0, -1.0, 0.0, height, 0.0), (0.0, -1.0, 1.0, 0.0, 0.0, height)
    return UNMOVED, UNMOVED


def _mark(glyph: Glyph, onto: Matrix) -> Mark:
    a, b, c, d, e, f = onto
    points = [(a * x + c * y + e, b * x + d * y + f) for x, y in glyph.corners]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Mark(glyph.text, min(xs), min(ys), max(xs), max(ys))


def _turned_rule(rule: Rule, turned: int, onto: Matrix) -> Rule:
    a, b, c, d, e, f = onto
    ends = [(rule.start, rule.at), (rule.end, rule.at)] if rule.level else [(rule.at, rule.start), (rule.at, rule.end)]
    (x, y), (s, t) = [(a * u + c * v + e, b * u + d * v + f) for u, v in ends]
    level = rule.level != (turned in (1, 3))
    return Rule(level, y if level else x, min(x, s) if level else min(y, t), max(x, s) if level else max(y, t))
