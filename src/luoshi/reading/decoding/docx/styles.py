"""What the styles of a Word document say about its paragraphs: which are contents, which are hidden, which count."""

import re
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CONTENTS: Final = re.compile(r"toc(?: ?\d| ?heading)|table of figures", re.IGNORECASE)
_MOST_ANCESTORS: Final = 20


@dataclass(slots=True)
class Styles:
    """Style ids by what matters for the text; `numbering` holds (list id, level or None) where a style counts."""

    contents: set[str] = field(default_factory=set)
    hidden: set[str] = field(default_factory=set)
    numbering: dict[str, tuple[str, int | None]] = field(default_factory=dict)
    default: str = ""


def read_styles(styles: etree._Element | None) -> Styles:
    """Return what styles.xml says, what a style inherits included; nothing where there is none."""
    result = Styles()
    if styles is None:
        return result
    elements = {str(style.get(W + "styleId")): style for style in styles.iterfind(W + "style")}
    for name, style in elements.items():
        if _CONTENTS.match(value_of(style.find(W + "name"))):
            result.contents.add(name)
        if is_on(style.find(f"{W}rPr/{W}vanish")):
            result.hidden.add(name)
        if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
            result.default = name
        numbering = _inherited_numbering(name, elements)
        if numbering is not None:
            result.numbering[name] = numbering
    return result


def _inherited_numbering(name: str, elements: dict[str, etree._Element]) -> tuple[str, int | None] | None:
    level: int | None = None
    for _ in range(_MOST_ANCESTORS):
        style = elements.get(name)
        if style is None:
            return None
        found = style.find(f"{W}pPr/{W}numPr")
        if found is not None:
            place = found.find(W + "ilvl")
            level = integer_of(value_of(place), 0) if level is None and place is not None else level
            number = value_of(found.find(W + "numId"))
            if number:
                return (number, level) if number != "0" else None
        name = value_of(style.find(W + "basedOn"))
    return None


def value_of(element: etree._Element | None) -> str:
    """Return the w:val of an element, an empty string where there is no element."""
    return "" if element is None else str(element.get(W + "val", ""))


def integer_of(value: str | None, default: int) -> int:
    """Return a small whole number, or the default for anything else."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 7 else default


def is_on(element: etree._Element | None) -> bool:
    """Tell whether a property is switched on: it stands there and does not say no."""
    return element is not None and element.get(W + "val", "1") not in ("0", "false", "off")
