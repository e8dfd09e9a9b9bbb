"""Go through the objects of a page: blocks, composite drawings and templates, each object with its transformation."""

from collections.abc import Iterator, Sequence
from typing import Final

from lxml import etree

from luoshi.reading.decoding.ofd.numbers import after, read_matrix, read_numbers
from luoshi.reading.decoding.ofd.structure import Document, child, local
from luoshi.reading.decoding.packages import UnableToUnpack
from luoshi.reading.decoding.paper.sheets import Matrix
from luoshi.reading.limits import MAX_PAGE_OBJECTS

_THROUGH: Final = frozenset({"Layer", "PageBlock", "Content"})
_DRAWN: Final = frozenset({"TextObject", "PathObject"})
_DEEPEST: Final = 6
Placed = tuple[etree._Element, Matrix]
"""An object and the way from its own coordinates to the page, in millimetres."""


def page_objects(document: Document, root: etree._Element, paper: Matrix) -> Iterator[Placed]:
    """Iterate over the texts and paths of a page, templates in the background first.

    :raises UnableToUnpack: where a page holds more objects than any page does.
    """
    used = [each for each in root if local(each) == "Template"]
    below = [each for each in used if each.get("ZOrder", "Background") != "Foreground"]
    above = [each for each in used if each not in below]
    count = 0
    for content in [*_contents(document, below), child(root, "Content"), *_contents(document, above)]:
        for placed in _objects(document, [] if content is None else list(content), paper):
            count += 1
            if count > MAX_PAGE_OBJECTS:
                raise UnableToUnpack("bomb")
            yield placed


def _contents(document: Document, templates: Sequence[etree._Element]) -> Iterator[etree._Element | None]:
    for template in templates:
        root = document.open_template(str(template.get("TemplateID")))
        yield None if root is None else child(root, "Content")


def _objects(document: Document, elements: Sequence[etree._Element], paper: Matrix) -> Iterator[Placed]:
    waiting = [(element, paper, 0) for element in reversed(elements)]
    while waiting:
        element, outer, depth = waiting.pop()
        if element.get("Visible", "true").strip().lower() in ("false", "0"):
            continue
        name = local(element)
        if name in _DRAWN:
            yield element, after(outer, _own(element))
        elif name in _THROUGH:
            waiting.extend((each, outer, depth) for each in reversed(element))
        elif name == "CompositeObject" and depth < _DEEPEST:
            unit = document.drawings.get(str(element.get("ResourceID")))
            inside = None if unit is None else child(unit, "Content")
            matrix = after(outer, _own(element))
            waiting.extend((each, matrix, depth + 1) for each in ([] if inside is None else reversed(inside)))


def _own(element: etree._Element) -> Matrix:
    """An object is drawn by its matrix in a box of its own, and the box stands on the page."""
    box = read_numbers(element.get("Boundary"))
    left, top = (box[0], box[1]) if len(box) == 4 else (0.0, 0.0)
    return after((1.0, 0.0, 0.0, 1.0, left, top), read_matrix(element.get("CTM")))
