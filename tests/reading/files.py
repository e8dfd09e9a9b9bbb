"""Files made on the spot: damaged, dangerous or of another type than their name says."""

import io
import zipfile
from pathlib import Path

import docx
import pypdfium2

PDF_WITH_TEXT = Path(__file__).resolve().parents[2] / "src/luoshi/demo/documents/plan-2026.pdf"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx_of(*paragraphs: str, rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    """A Word file as an office writes it."""
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if rows:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def package(members: dict[str, bytes]) -> bytes:
    """A ZIP package of the given members."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return written.getvalue()


def bare_docx(body: str, *, head: str = "", **members: bytes) -> bytes:
    """A Word file of raw XML: `body` is what stands inside w:body."""
    xml = f'<?xml version="1.0"?>{head}<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    types = f'<Types xmlns="{_TYPES}"/>'
    files = {name.replace("__", "/").replace("_xml", ".xml"): data for name, data in members.items()}
    return package({"[Content_Types].xml": types.encode(), "word/document.xml": xml.encode(), **files})


def lying_docx(*, unpacks_to: int, declares: int) -> bytes:
    """A Word file whose document declares another size than it unpacks to."""
    data = bare_docx("<w:p/>" + " " * unpacks_to)
    size = zipfile.ZipFile(io.BytesIO(data)).getinfo("word/document.xml").file_size
    return data.replace(size.to_bytes(4, "little"), declares.to_bytes(4, "little"))


def scanned_pdf(pages: int = 2) -> bytes:
    """A PDF whose pages hold no text."""
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def encrypted_pdf() -> bytes:
    """A PDF whose password is not the empty one."""
    data = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(
        (
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>",
            b"<</Filter/Standard/V 1/R 2/P -4/O<" + b"11" * 32 + b">/U<" + b"22" * 32 + b">>>",
        ),
        start=1,
    ):
        offsets.append(len(data))
        data += b"%d 0 obj%sendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>\nstartxref\n%d\n%%%%EOF" % len(data)
    return data + b"xref\n0 5\n0000000000 65535 f \n" + table + trailer


WORD_HEAD_ENCRYPTED = b"\xec\xa5\xc1\x00" + bytes(7) + b"\x01"


def old_office(*streams: str, head: bytes = b"") -> bytes:
    """The head of an OLE file with streams of those names; `head` begins the second sector."""
    names = b"".join(stream.encode("utf-16-le") + bytes(64) for stream in streams)
    return (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + head).ljust(1024, b"\x00") + names + bytes(500)
