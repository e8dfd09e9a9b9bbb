"""Read Word documents: paragraphs, tables as rows of tabs, automatic numbers written out, deletions left out.

The package is read by hand and not through python-docx, because sizes must be checked while each member is
unpacked and because XML must be parsed without entities.
"""

import io
import zipfile
from typing import Final

from lxml import etree

from luoshi.reading.docx_numbers import Numbering, read_numbering
from luoshi.reading.issues import make_issue
from luoshi.reading.limits import MAX_UNPACKED_BYTES, MAX_ZIP_MEMBERS
from luoshi.reading.raw import RawPages

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_GONE: Final = frozenset({W + "del", W + "moveFrom", W + "instrText", W + "delText", _FALLBACK})
_CHUNK: Final = 1 << 20


class UnableToUnpack(Exception):
    """A member of the package is damaged, encrypted or larger than allowed; `code` is the issue to report."""

    def __init__(self, code: str, reason: str = "") -> None:
        super().__init__(code)
        self.code, self.reason = code, reason


def read_docx(data: bytes) -> RawPages:
    """Return the text of the main document as one page, paragraphs on lines and cells separated by tabs."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check_package(package)
            body = _parse(_unpack(package, "word/document.xml"))
            numbering = read_numbering(_optional(package, "word/numbering.xml"), _optional(package, "word/styles.xml"))
    except UnableToUnpack as error:
        return RawPages(issues=(make_issue(error.code, reason=error.reason, limit=MAX_UNPACKED_BYTES),))
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, KeyError) as error:
        return RawPages(issues=(make_issue("broken_docx", reason=type(error).__name__),))
    return RawPages(["\n".join(_lines(body, numbering))], False)


def _check_package(package: zipfile.ZipFile) -> None:
    members = package.infolist()
    declared = sum(member.file_size for member in members)
    if declared > MAX_UNPACKED_BYTES or len(members) > MAX_ZIP_MEMBERS:
        raise UnableToUnpack("zip_bomb")
    if any(member.flag_bits & 1 for member in members):
        raise UnableToUnpack("encrypted_docx")


def _unpack(package: zipfile.ZipFile, name: str) -> bytes:
    """Return one member, counting what really comes out: the declared size may lie."""
    pieces: list[bytes] = []
    size = 0
    try:
        with package.open(name) as member:
            while chunk := member.read(_CHUNK):
                size += len(chunk)
                if size > MAX_UNPACKED_BYTES:
                    raise UnableToUnpack("zip_bomb")
                pieces.append(chunk)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, OSError, EOFError) as error:
        raise UnableToUnpack("broken_docx", type(error).__name__) from error
    except Exception as error:  # zlib.error and lzma errors share no base class
        if isinstance(error, UnableToUnpack | KeyError):
            raise
        raise UnableToUnpack("broken_docx", type(error).__name__) from error
    return b"".join(pieces)


def _parse(xml: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise UnableToUnpack("broken_docx", "XMLSyntaxError") from error
    if b"<!DOCTYPE" in xml[:4096] or b"<!ENTITY" in xml[:4096]:
        raise UnableToUnpack("broken_docx", "DOCTYPE")
    return root


def _optional(package: zipfile.ZipFile, name: str) -> etree._Element | None:
    return _parse(_unpack(package, name)) if name in package.namelist() else None


def _lines(root: etree._Element, numbering: Numbering) -> list[str]:
    body = root.find(W + "body")
    lines: list[str] = []
    for element in [] if body is None else _blocks(body):
        if element.tag == W + "tbl":
            lines.extend(_rows(element, numbering))
        else:
            lines.append(_paragraph(element, numbering))
    return lines


def _blocks(body: etree._Element) -> list[etree._Element]:
    """Paragraphs and tables in order, through content controls and inserted stretches but not into tables."""
    found: list[etree._Element] = []
    waiting = list(reversed(body))
    while waiting:
        element = waiting.pop()
        if element.tag in (W + "p", W + "tbl"):
            found.append(element)
        elif element.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "customXml", W + "moveTo"):
            waiting.extend(reversed(element))
    return found


def _rows(table: etree._Element, numbering: Numbering) -> list[str]:
    rows: list[str] = []
    for row in table.iterfind(W + "tr"):
        cells: list[str] = []
        for cell in row.iterfind(W + "tc"):
            paragraphs = [_paragraph(paragraph, numbering) for paragraph in cell.iter(W + "p")]
            cells.append(" ".join(" ".join(paragraphs).split()))
            cells.extend([""] * (_span_of(cell) - 1))
        rows.append("\t".join(cells))
    return rows


def _span_of(cell: etree._Element) -> int:
    found = cell.find(f"{W}tcPr/{W}gridSpan")
    value = "" if found is None else str(found.get(W + "val"))
    return min(int(value), 63) if value.isdigit() and value != "0" else 1


def _paragraph(paragraph: etree._Element, numbering: Numbering) -> str:
    pieces: list[str] = [numbering.label(paragraph)]
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag in _GONE:
            continue
        if element.tag == W + "t":
            pieces.append(element.text or "")
        elif element.tag in (W + "br", W + "cr"):
            pieces.append("\n")
        elif element.tag == W + "tab" and element.getparent() is not None:
            pieces.append(" ")
        elif element.tag not in (W + "pPr", W + "rPr"):
            waiting.extend(reversed(element))
    return "".join(pieces)
