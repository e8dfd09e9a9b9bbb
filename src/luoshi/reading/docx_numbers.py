"""Write out the automatic numbers of a Word document, which its text does not contain."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from luoshi.reading.numerals import circled, to_chinese

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE: Final = frozenset({"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting"})


@dataclass(slots=True)
class Numbering:
    """Formats of the lists of a document and how far each has been counted."""

    formats: dict[tuple[str, int], tuple[str, str, int]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def label(self, paragraph: etree._Element) -> str:
        """Return the printed number of a paragraph, counting it, or an empty string where it has none."""
        where = self._place(paragraph)
        if where is None or where not in self.formats:
            return ""
        number_id, level = where
        counts = self.counts[number_id]
        start = self.formats[where][2]
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [key for key in counts if key > level]:
            del counts[deeper]
        return self._print(number_id, level)

    def _place(self, paragraph: etree._Element) -> tuple[str, int] | None:
        found = paragraph.find(f"{W}pPr/{W}numPr")
        if found is None:
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            return None if style is None else self.styles.get(str(style.get(W + "val")))
        return _num_pr(found)

    def _print(self, number_id: str, level: int) -> str:
        _, text, _ = self.formats[number_id, level]
        for place in range(level + 1):
            kind, _, start = self.formats.get((number_id, place), ("decimal", "", 1))
            count = self.counts[number_id].get(place, start)
            text = text.replace(f"%{place + 1}", _figure(kind, count))
        return text if text.endswith(("、", "）", ")", ".", "．")) else text + " "


def read_numbering(numbering: etree._Element | None, styles: etree._Element | None) -> Numbering:
    """Return the list formats that numbering.xml and styles.xml define; empty where there are none."""
    result = Numbering()
    if numbering is None:
        return result
    abstract = {str(a.get(W + "abstractNumId")): a for a in numbering.iterfind(W + "abstractNum")}
    for number in numbering.iterfind(W + "num"):
        reference = number.find(W + "abstractNumId")
        definition = None if reference is None else abstract.get(str(reference.get(W + "val")))
        if definition is not None:
            _add_levels(result, str(number.get(W + "numId")), definition)
    for style in [] if styles is None else styles.iterfind(W + "style"):
        found = style.find(f"{W}pPr/{W}numPr")
        place = None if found is None else _num_pr(found)
        if place is not None:
            result.styles[str(style.get(W + "styleId"))] = place
    return result


def _add_levels(result: Numbering, number_id: str, definition: etree._Element) -> None:
    for level in definition.iterfind(W + "lvl"):
        index = _integer(level.get(W + "ilvl"), 0)
        kind, text, start = (_value(level.find(W + tag)) for tag in ("numFmt", "lvlText", "start"))
        if kind not in ("none", "bullet") and "%" in text:
            result.formats[number_id, index] = (kind, text, _integer(start, 1))


def _num_pr(element: etree._Element) -> tuple[str, int] | None:
    number_id = _value(element.find(W + "numId"))
    return (number_id, _integer(_value(element.find(W + "ilvl")), 0)) if number_id not in ("", "0") else None


def _value(element: etree._Element | None) -> str:
    return "" if element is None else str(element.get(W + "val", ""))


def _integer(value: str | None, default: int) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 7 else default


def _figure(kind: str, count: int) -> str:
    if kind in _CHINESE:
        return to_chinese(count)
    if kind.startswith("decimalEnclosedCircle"):
        return circled(count)
    return str(count)
