"""The paragraphs (款) of an article: they have no number, and are cited by their place, 第四条第二款.

Guarantees: only articles with more than one have any; their ids depend on their place alone (`t4-k2`). A paragraph
below the points (项) of an article is the article's own, unless other points have several paragraphs too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from luoshi.reading.model import Paragraph, Span
from luoshi.reading.structure.joined_text import join_text
from luoshi.reading.structure.numbering import Item

_ENDS: Final = frozenset("。！？”’）)」!?")
_DASHES: Final = ("—", "–", "-", "―", "·", "•", "●")
_WIDEST: Final = 60
_NARROWEST: Final = 12
_LEAST_LINES: Final = 6
_NEAR_THE_EDGE: Final = 2


@dataclass(slots=True)
class Clauses:
    """The paragraphs of the articles of one part, by the index of the item."""

    found: dict[int, list[tuple[Span, bool]]] = field(default_factory=dict)
    shortened: dict[int, Span] = field(default_factory=dict)

    def own(self, index: int, item: Item) -> Span:
        """Return the own words of an item without a paragraph that belongs to the article above it."""
        return self.shortened.get(index, item.own)

    def end(self, index: int, end: int) -> int:
        """Return where a provision ends, whose own end would be `end`."""
        return self.shortened[index].end if index in self.shortened else end

    def paragraphs(self, text: str, index: int, name: str) -> tuple[Paragraph, ...]:
        """Return the paragraphs of an item that is called `name`; none where it has one only."""
        return tuple(
            Paragraph(f"{name}-k{number}", join_text(span.of(text)), span, trailing)
            for number, (span, trailing) in enumerate(self.found.get(index, ()), 1)
        )


def clauses_of(text: str, items: Sequence[Item]) -> Clauses:
    """Return the paragraphs of all articles among the items of one part."""
    clauses = Clauses()
    articles = [index for index, item in enumerate(items) if item.label.kind == "条"]
    if not articles:
        return clauses
    width = _width(text, items)
    for index in articles:
        own = [(span, False) for span in _split(text, items[index].own, width)]
        last, below = _below_points(text, items, index, width)
        if below:
            clauses.shortened[last] = Span(items[last].own.start, below[0].end)
            own += [(span, True) for span in below[1:]]
        if len(own) > 1:
            clauses.found[index] = own
    return clauses


def _below_points(text: str, items: Sequence[Item], index: int, width: float) -> tuple[int, list[Span]]:
    """Return the last point of an article and its stretches, where all but the first are the article's own."""
    points = items[index].children
    if len(points) < 2 or items[points[-1]].children:
        return -1, []
    stretches = _split(text, items[points[-1]].own, width)
    if len(stretches) < 2 or any(len(_split(text, items[point].own, width)) > 1 for point in points[:-1]):
        return -1, []
    return points[-1], stretches


def _width(text: str, items: Sequence[Item]) -> float:
    """Return the width of wrapped lines, or 0 where every line is a paragraph of its own."""
    inner = [len(line) for item in items for line in item.own.of(text).split("\n")[1:-1] if line.strip()]
    if len(inner) < _LEAST_LINES:
        return 0
    middle = median(inner)
    near = sum(abs(length - middle) <= 3 for length in inner)
    return middle if _NARROWEST <= middle <= _WIDEST and near > 0.6 * len(inner) else 0


def _split(text: str, own: Span, width: float) -> list[Span]:
    """Divide words into paragraphs: after a line that ends a sentence and is not merely full."""
    spans: list[Span] = []
    start = before = -1
    full = False
    for first, last in _lines(text, own):
        is_list = text[first : first + 2].lstrip().startswith(_DASHES)
        if start < 0:
            start = first
        elif text[before - 1] in _ENDS and not full and not is_list:
            spans.append(Span(start, before))
            start = first
        before = last
        full = bool(width) and last - first >= width - _NEAR_THE_EDGE
    return [*spans, Span(start, before)] if start >= 0 else []


def _lines(text: str, own: Span) -> Iterator[tuple[int, int]]:
    """Yield where the lines of a stretch begin and end, without white space at their ends."""
    position = own.start
    for line in own.of(text).split("\n"):
        words = line.strip()
        if words:
            first = position + len(line) - len(line.lstrip())
            yield first, first + len(words)
        position += len(line) + 1
