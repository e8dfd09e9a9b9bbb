"""What one paragraph of a Word document says in its final form: insertions in, deletions and field codes out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from luoshi.reading.decoding.docx.styles import Styles, W, is_on, value_of

MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VML: Final = "{urn:schemas-microsoft-com:vml}"
_GONE: Final = frozenset(
    W + name
    for name in ("del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr", "sdtPr", "sdtEndPr", "rt")
) | {_MATH + "ctrlPr"}
_BREAKS: Final = frozenset({W + "br", W + "cr"})
_BLANKS: Final = frozenset({W + "tab", W + "ptab"})
_NOTES: Final[dict[str, str]] = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
_PRIVATE: Final = range(0xF000, 0xF100)
# Pictures of the symbol fonts that stand in official tables and lists; any other is shown as a box.
_PICTURES: Final[dict[str, str]] = {
    "6C": "●", "6E": "■", "6F": "□", "71": "□", "72": "□", "75": "◆", "76": "◆", "A1": "○", "A7": "▪", "A8": "□",
    "D8": "➢", "E0": "→", "FB": "×", "FC": "√", "FD": "☒", "FE": "☑", "52": "☑", "54": "☒", "A3": "□",
}  # fmt: skip


@dataclass(slots=True)
class Inline:
    """The words of a paragraph, the text boxes anchored in it, and the notes it refers to as (kind, id)."""

    text: str = ""
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


def read_inline(paragraph: etree._Element, styles: Styles) -> Inline:
    """Return what a paragraph says, in order; nothing is called again for nested elements."""
    result = Inline()
    pieces: list[str] = []
    fields: list[bool] = []  # for every open field, whether its code is still running
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        tag = element.tag
        if tag in _GONE or (tag == W + "r" and _is_hidden(element, styles)):
            continue
        if tag == W + "fldChar":
            _turn(fields, str(element.get(W + "fldCharType")))
        elif tag == W + "txbxContent" or tag == _VML + "textpath":
            result.boxes.append(element)
        elif tag in _NOTES:
            result.notes.append((_NOTES[tag], str(element.get(W + "id"))))
        elif tag == MC + "AlternateContent":
            waiting.extend(reversed(chosen(element)))
        elif tag == W + "sdt":
            waiting.extend(reversed(controlled(element)))
        elif not any(fields):
            word = _word(element)
            if word is None:
                waiting.extend(reversed(element))
            else:
                pieces.append(word)
        elif len(element):
            waiting.extend(reversed(element))
    result.text = "".join(pieces)
    return result


def _turn(fields: list[bool], kind: str) -> None:
    if kind == "begin":
        fields.append(True)
    elif fields and kind == "separate":
        fields[-1] = False
    elif fields and kind == "end":
        fields.pop()


def _word(element: etree._Element) -> str | None:
    """Return what a leaf prints, or None for an element whose children are to be looked at."""
    tag = element.tag
    if tag in (W + "t", _MATH + "t"):
        return element.text or ""
    if tag in _BREAKS:
        return "\n"
    if tag in _BLANKS:
        return " "
    if tag == W + "noBreakHyphen":
        return "-"
    return _symbol(element) if tag == W + "sym" else None


def _symbol(element: etree._Element) -> str:
    digits = str(element.get(W + "char", ""))
    try:
        code = int(digits, 16)
    except ValueError:
        return ""
    if code in _PRIVATE or code < 0x100:
        return _PICTURES.get(f"{code & 0xFF:02X}", "□")
    return chr(code) if code < 0xD800 or 0xE000 <= code < 0x110000 else ""


def _is_hidden(run: etree._Element, styles: Styles) -> bool:
    properties = run.find(W + "rPr")
    if properties is None:
        return False
    own = properties.find(W + "vanish")
    if own is not None:
        return is_on(own)
    return value_of(properties.find(W + "rStyle")) in styles.hidden


def chosen(alternate: etree._Element) -> list[etree._Element]:
    """Return the children of the one branch of alternative content that is read: the first, else the fallback."""
    branch = next((child for child in alternate if child.tag == MC + "Choice" and len(child)), None)
    if branch is None:
        branch = alternate.find(MC + "Fallback")
    return [] if branch is None else list(branch)


def controlled(control: etree._Element) -> list[etree._Element]:
    """Return what stands inside a content control; nothing where it only shows its prompt or lists contents."""
    properties = control.find(W + "sdtPr")
    if properties is not None:
        gallery = value_of(properties.find(f"{W}docPartObj/{W}docPartGallery"))
        if is_on(properties.find(W + "showingPlcHdr")) or gallery == "Table of Contents":
            return []
    content = control.find(W + "sdtContent")
    return [] if content is None else list(content)


def changes_of(root: etree._Element) -> int:
    """Count the tracked changes: stretches put in, taken out or moved away."""
    tags = (W + "ins", W + "del", W + "moveFrom", W + "cellIns", W + "cellDel")
    return sum(1 for _ in _outermost(root, tags))


def _outermost(root: etree._Element, tags: tuple[str, ...]) -> Iterator[etree._Element]:
    for element in root.iter(*tags):
        parent = element.getparent()
        if parent is None or parent.tag not in tags:
            yield element
