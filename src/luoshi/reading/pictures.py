"""Pages of originals as pictures, whatever kind of file they are; boxes of a reading fit on them."""

from typing import Final

from luoshi.reading.pdf.pictures import UnableToDrawPage
from luoshi.reading.pdf.pictures import page_picture as pdf_page
from luoshi.reading.sniffing import sniff

__all__ = ["UnableToDrawPage", "page_picture"]

_DRAWN: Final = frozenset({"pdf"})


def page_picture(data: bytes, *, page: int, width: int) -> bytes:
    """Return a page as people see it, `width` pixels wide, as PNG; pages count from 1.

    :raises UnableToDrawPage: for a file without pages as pictures, a damaged one, or a page it does not have.
    """
    kind = sniff(data).kind
    if kind not in _DRAWN:
        raise UnableToDrawPage("This kind of file has no pages as pictures.")
    return pdf_page(data, page, width)
