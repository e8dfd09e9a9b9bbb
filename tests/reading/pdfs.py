"""PDF files of an invented city, drawn on the spot with typst."""

import io

import pypdfium2
import pytest

typst = pytest.importorskip("typst", reason="typst draws the PDF files of these tests and is in the dev group")

_FONTS = typst.Fonts()
_STYLE = '#set text(font: "Noto Serif CJK SC", size: 10.5pt, lang: "zh")\n'


def draw(source: str, *, page: str = 'paper: "a4"') -> bytes:
    """A PDF of typst source on pages of the given kind."""
    data: bytes = typst.compile(f"#set page({page})\n{_STYLE}{source}".encode(), format="pdf", font_paths=_FONTS)
    return data


def table(columns: str, *rows: str, options: str = "", title: str = "") -> str:
    """A table in typst; each row is given as `[cell], [cell],`."""
    head = f"#align(center)[{title}]\n" if title else ""
    return f"{head}#table(columns: ({columns}), {options}\n" + "\n".join(rows) + ")\n"


def turned(data: bytes, degrees: int) -> bytes:
    """The same file with every page turned by its /Rotate."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.set_rotation(degrees)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()
