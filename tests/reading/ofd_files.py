"""Write small OFD files (GB/T 33190-2016) for the tests: lines of text, ruled tables, templates, several documents."""

# ruff: noqa: E501 - markup is easier to follow on one line

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

NAMESPACE = "http://www.ofdspec.org/2016"
SIZE = 4.0


def text(
    words: str, x: float, y: float, *, size: float = SIZE, deltas: str | None = None, more: str = "", inside: str = ""
) -> str:
    """A text object whose baseline begins at (x, y) millimetres of the page, its box put around it."""
    spacing = f"g {len(words) - 1} {size}" if deltas is None else deltas
    delta = f' DeltaX="{spacing}"' if spacing and len(words) > 1 else ""
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y - size} {size * len(words) + 1} {size * 1.2}" Font="2" Size="{size}" {more}>{inside}'
        f'<ofd:TextCode X="0" Y="{size}"{delta}>{escape(words)}</ofd:TextCode></ofd:TextObject>'
    )


def path(data: str, *, boundary: str = "0 0 210 297", more: str = "") -> str:
    """A path object in the coordinates of the page."""
    return f'<ofd:PathObject ID="3" Boundary="{boundary}" LineWidth="0.35" {more}><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'


def paragraph(words: str, y: float, *, width: int = 36) -> tuple[str, float]:
    """Lines of text from the left margin with the height where the next may begin."""
    objects = ""
    for start in range(0, len(words), width):
        objects += text(words[start : start + width], 28, y)
        y += 7
    return objects, y


def flow(*paragraphs: str, y: float = 40) -> str:
    """Paragraphs one below the other."""
    objects = ""
    for words in paragraphs:
        written, y = paragraph(words, y)
        objects += written
    return objects


def table(rows: Sequence[Sequence[str]], columns: Sequence[float], top: float, *, height: float = 10) -> str:
    """A ruled table; `columns` are the places of its upright rules."""
    bottom = top + height * len(rows)
    objects = "".join(path(f"M {x} {top} L {x} {bottom}") for x in columns)
    objects += "".join(
        path(f"M {columns[0]} {top + height * n} L {columns[-1]} {top + height * n}") for n in range(len(rows) + 1)
    )
    for number, row in enumerate(rows):
        for x, words in zip(columns, row, strict=False):
            objects += text(words, x + 2, top + height * number + 6) if words else ""
    return objects


@dataclass(frozen=True)
class Doc:
    """A document: the objects of its pages, templates by number, and what else its parts say."""

    pages: Sequence[str]
    templates: Mapping[str, str] = field(default_factory=dict)
    box: str = "0 0 210 297"
    head: str = ""
    resources: str = ""


def page_xml(objects: str, head: str = "") -> str:
    """A page or template part; `head` stands before its content."""
    layer = f'<ofd:Layer ID="9" Type="Body">{objects}</ofd:Layer>'
    return f'<?xml version="1.0" encoding="UTF-8"?><ofd:Page xmlns:ofd="{NAMESPACE}">{head}<ofd:Content>{layer}</ofd:Content></ofd:Page>'


def ofd_members(*documents: Doc) -> dict[str, bytes]:
    """The parts of an OFD package by name."""
    roots = "".join(
        f"<ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_{n}/Document.xml</ofd:DocRoot></ofd:DocBody>"
        for n in range(len(documents))
    )
    members = {"OFD.xml": f'<ofd:OFD xmlns:ofd="{NAMESPACE}" Version="1.0" DocType="OFD">{roots}</ofd:OFD>'}
    for number, document in enumerate(documents):
        folder = f"Doc_{number}"
        pages = "".join(
            f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(document.pages))
        )
        templates = "".join(f'<ofd:TemplatePage ID="{name}" BaseLoc="Tpls/{name}.xml"/>' for name in document.templates)
        resources = "<ofd:DocumentRes>Res.xml</ofd:DocumentRes>" if document.resources else ""
        members[f"{folder}/Document.xml"] = (
            f'<ofd:Document xmlns:ofd="{NAMESPACE}"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>{document.box}</ofd:PhysicalBox>'
            f"</ofd:PageArea>{templates}{resources}</ofd:CommonData><ofd:Pages>{pages}</ofd:Pages></ofd:Document>"
        )
        if document.resources:
            members[f"{folder}/Res.xml"] = f'<ofd:Res xmlns:ofd="{NAMESPACE}">{document.resources}</ofd:Res>'
        for n, objects in enumerate(document.pages):
            members[f"{folder}/Pages/Page_{n}/Content.xml"] = page_xml(objects, document.head)
        for name, objects in document.templates.items():
            members[f"{folder}/Tpls/{name}.xml"] = page_xml(objects)
    return {name: xml.encode() for name, xml in members.items()}


def pack(members: Mapping[str, bytes]) -> bytes:
    """A ZIP of parts."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return written.getvalue()


def ofd_of(*documents: Doc) -> bytes:
    """An OFD file."""
    return pack(ofd_members(*documents))
