"""Lay out the body of a Word document as lines: paragraphs, rows with tabs between cells, text boxes of their own."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from luoshi.reading.decoding.cell_text import UNDER_MERGED, join_cell
from luoshi.reading.decoding.docx.inline import MC, Inline, chosen, controlled, read_inline
from luoshi.reading.decoding.docx.numbers import Numbering
from luoshi.reading.decoding.docx.styles import Styles, W, integer_of, value_of

_THROUGH: Final = frozenset(W + name for name in ("ins", "moveTo", "customXml", "smartTag"))
_MOST_SPAN: Final = 63
_DEEPEST: Final = 12


@dataclass(slots=True)
class Body:
    """Writes one part of the package (document, footnotes) as lines and remembers the notes it referred to."""

    numbering: Numbering
    styles: Styles
    notes: list[tuple[str, str]] = field(default_factory=list)

    def lines(self, container: etree._Element, depth: int = 0) -> list[str]:
        """Return the lines of everything inside a body, a cell, a note or a text box."""
        lines: list[str] = []
        carried = ""
        for block in _blocks(container, (W + "p", W + "tbl")):
            if block.tag == W + "tbl":
                if carried:
                    lines.append(carried)
                    carried = ""
                lines.extend(self._table(block, depth))
                continue
            inline = read_inline(block, self.styles)
            self.notes.extend(inline.notes)
            if _mark_is_gone(block):  # the next paragraph goes on in the same line
                carried += inline.text
                continue
            words = carried + inline.text
            carried = ""
            if value_of(block.find(f"{W}pPr/{W}pStyle")) in self.styles.contents:
                continue
            self._add(lines, self.numbering.label(block) + words, inline, depth)
        return [*lines, carried] if carried else lines

    def _add(self, lines: list[str], words: str, inline: Inline, depth: int) -> None:
        """A text box at the head of a document is its letterhead; any other stands beside its paragraph."""
        boxes = [line for box in inline.boxes for line in self._box(box, depth)]
        if boxes and any(line.strip() for line in lines):
            lines.extend([words, *boxes])
        else:
            lines.extend([*boxes, words] if words.strip() or not boxes else boxes)

    def _box(self, box: etree._Element, depth: int) -> list[str]:
        if box.tag != W + "txbxContent":  # letters drawn as a picture (WordArt)
            return [str(box.get("string", ""))]
        return self.lines(box, depth + 1) if depth < _DEEPEST else [_flat(box)]

    def _table(self, table: etree._Element, depth: int) -> list[str]:
        if depth >= _DEEPEST:
            return [_flat(table)]
        rows = [list(_blocks(row, (W + "tc",))) for row in _rows(table)]
        if all(len(cells) <= 1 for cells in rows):  # a frame around text
            return [line for cells in rows for cell in cells for line in self.lines(cell, depth + 1)]
        return [self._row(row, depth) for row in _rows(table)]

    def _row(self, row: etree._Element, depth: int) -> str:
        cells = [""] * _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
        for cell in _blocks(row, (W + "tc",)):
            properties = cell.find(W + "tcPr")
            if properties is not None and properties.find(W + "cellDel") is not None:
                continue
            width = _number(cell.find(f"{W}tcPr/{W}gridSpan"), 1)
            if properties is not None and _continues(properties.find(W + "vMerge")):
                cells.extend([UNDER_MERGED] * width)
            else:
                cells.extend([join_cell(self.lines(cell, depth + 1)).replace("\t", " "), *[""] * (width - 1)])
        return "\t".join(cells)


def _blocks(container: etree._Element, wanted: tuple[str, ...]) -> Iterator[etree._Element]:
    """Elements of the wanted kinds in order, through content controls and insertions but not into each other."""
    waiting = list(reversed(container))
    while waiting:
        element = waiting.pop()
        if element.tag in wanted:
            yield element
        elif element.tag == W + "sdt":
            waiting.extend(reversed(controlled(element)))
        elif element.tag == MC + "AlternateContent":
            waiting.extend(reversed(chosen(element)))
        elif element.tag in _THROUGH:
            waiting.extend(reversed(element))


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for row in _blocks(table, (W + "tr",)):
        if row.find(f"{W}trPr/{W}del") is None:
            yield row


def _mark_is_gone(paragraph: etree._Element) -> bool:
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return mark is not None and (mark.find(W + "del") is not None or mark.find(W + "moveFrom") is not None)


def _continues(merge: etree._Element | None) -> bool:
    return merge is not None and merge.get(W + "val", "continue") == "continue"


def _number(element: etree._Element | None, default: int) -> int:
    return min(integer_of(value_of(element), default), _MOST_SPAN) or default


def _flat(element: etree._Element) -> str:
    return " ".join("".join(text.text or "" for text in element.iter(W + "t")).split())
