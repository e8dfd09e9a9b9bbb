"""Draw blocks as a Word document in the official format (GB/T 9704 sizes, red head, page numbers)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from luoshi.demo.blocks import Block, Style

LINE_PITCH = 28.9
RED = RGBColor(0xE6, 0x00, 0x12)


@dataclass(frozen=True, slots=True)
class Look:
    """How one style is set: Chinese font, size in points, alignment, first-line indent in characters."""

    font: str = "仿宋"
    size: float = 16
    align: str = "JUSTIFY"
    indent: int = 2
    bold: bool = False
    before: float = 0


LOOKS: dict[Style, Look] = {
    "masthead": Look("方正小标宋简体", 34, "CENTER", 0, before=60),
    "number": Look(align="CENTER", indent=0, before=LINE_PITCH),
    "title": Look("方正小标宋简体", 22, "CENTER", 0, before=LINE_PITCH),
    "to": Look(align="LEFT", indent=0, before=LINE_PITCH),
    "section": Look("黑体"),
    "sign": Look(align="RIGHT", indent=0, before=LINE_PITCH),
    "date": Look(align="RIGHT", indent=0),
    "plan_title": Look("方正小标宋简体", 22, "CENTER", 0),
    "copies": Look(size=14, indent=0, before=LINE_PITCH),
    "imprint": Look(size=14, indent=0),
}


def document_of(row: Iterable[Block]) -> Any:
    """Return a python-docx document of the blocks."""
    document = Document()
    _without_thumbnail(document)
    _page(document)
    for block in row:
        look = LOOKS.get(block.style, Look())
        lines = ["　　".join(block.lines)] if block.style == "imprint" else block.lines
        for at, line in enumerate(lines):
            paragraph = document.add_paragraph()
            _place(paragraph, look, first=at == 0)
            run = paragraph.add_run(line)
            _set_font(run, look)
            if block.style == "masthead":
                run.font.color.rgb = RED
        if block.style == "number":
            _rule_below(document.paragraphs[-1])
    return document


def _without_thumbnail(document: Any) -> None:
    """Drop the preview picture of the library's blank template: it shows another document."""
    relations = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[key]


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.add_run("— ")
    _page_number(paragraph.add_run())
    paragraph.add_run(" —")


def _page_number(run: Any) -> None:
    for kind, words in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = words
        run._r.append(element)


def _place(paragraph: Any, look: Look, *, first: bool) -> None:
    layout = paragraph.paragraph_format
    paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, look.align)
    layout.first_line_indent = Pt(look.size * look.indent)
    layout.space_before = Pt(look.before if first else 0)
    layout.space_after = Pt(0)
    if look.size <= 22:
        layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE_PITCH)


def _set_font(run: Any, look: Look) -> None:
    run.font.name, run.font.size, run.font.bold = "Times New Roman", Pt(look.size), look.bold
    run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), look.font)


def _rule_below(paragraph: Any) -> None:
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "12"), ("space", "11"), ("color", "E60012")):
        bottom.set(qn(f"w:{key}"), value)
    borders.append(bottom)
    # Word wants the parts of a paragraph's properties in the order of the standard.
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc", "w:rPr")
