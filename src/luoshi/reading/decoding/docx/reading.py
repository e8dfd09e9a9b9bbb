"""Read Word documents: paragraphs, tables as rows of tabs, automatic numbers written out, changes taken as accepted.

The package is read by hand and not through python-docx, because sizes must be checked while each member is
unpacked and because XML must be parsed without entities.
"""

import posixpath
from typing import Final

from lxml import etree

from luoshi.reading.decoding.docx.body import Body
from luoshi.reading.decoding.docx.inline import changes_of
from luoshi.reading.decoding.docx.numbers import read_numbering
from luoshi.reading.decoding.docx.styles import W, read_styles
from luoshi.reading.decoding.packages import Package, UnableToUnpack, parse_xml
from luoshi.reading.decoding.raw import RawPages
from luoshi.reading.issues import make_issue
from luoshi.reading.limits import MAX_UNPACKED_BYTES
from luoshi.reading.model import Issue

_STRICT: Final = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL: Final = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATION: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN: Final = "word/document.xml"
_ISSUES: Final[dict[str, str]] = {"broken": "broken_docx", "encrypted": "encrypted_docx", "bomb": "zip_bomb"}


def read_docx(data: bytes) -> RawPages:
    """Return the text of the main document as one page, paragraphs on lines and cells separated by tabs.

    Footnotes and endnotes follow as `asides`, so that no sentence and no name is cut by them.
    """
    try:
        package = Package(data)
        if package.is_encrypted:
            raise UnableToUnpack("encrypted")
        return _read(package)
    except UnableToUnpack as error:
        issue = make_issue(_ISSUES[error.problem], reason=error.reason, limit=MAX_UNPACKED_BYTES)
        return RawPages(issues=(issue,))


def _read(package: Package) -> RawPages:
    main = _main_part(package)
    root = _word_xml(package, main)
    styles = read_styles(_beside(package, main, "styles.xml"))
    body = Body(read_numbering(_beside(package, main, "numbering.xml"), styles), styles)
    container = root.find(W + "body")
    lines = [] if container is None else body.lines(container)
    asides = _notes(package, main, body)
    issues: list[Issue] = []
    if changes := changes_of(root):
        issues.append(make_issue("tracked_changes", count=changes))
    return RawPages(["\n".join(lines)], False, tuple(issues), asides=tuple(asides))


def _main_part(package: Package) -> str:
    """Return the name of the main document; relations name it, and programs other than Word choose other names."""
    if _MAIN in package.names or "_rels/.rels" not in package.names:
        return _MAIN
    for relation in package.read_xml("_rels/.rels").iter(_RELATION):
        if str(relation.get("Type", "")).endswith("/officeDocument"):
            return posixpath.normpath(str(relation.get("Target", ""))).lstrip("/")
    return _MAIN


def _beside(package: Package, main: str, name: str) -> etree._Element | None:
    path = posixpath.join(posixpath.dirname(main), name)
    return _word_xml(package, path) if path in package.names else None


def _word_xml(package: Package, name: str) -> etree._Element:
    return parse_xml(package.read(name).replace(_STRICT, _USUAL))


def _notes(package: Package, main: str, body: Body) -> list[str]:
    """Return the notes that the text refers to, in order and numbered as Word numbers them."""
    referred = list(dict.fromkeys(body.notes))
    if not referred:
        return []
    found: dict[tuple[str, str], etree._Element] = {}
    for kind in ("footnote", "endnote"):
        root = _beside(package, main, f"{kind}s.xml")
        for note in [] if root is None else root.iterfind(W + kind):
            found[kind, str(note.get(W + "id"))] = note
    lines: list[str] = []
    for number, key in enumerate(referred, start=1):
        words = " ".join(" ".join(body.lines(found[key])).split()) if key in found else ""
        if words:
            lines.append(f"[{number}] {words}")
    return lines
