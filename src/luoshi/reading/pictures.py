"""Pages of originals as pictures, whatever kind of file they are; boxes of a reading fit on them."""

from collections.abc import Iterable
from typing import Final

from luoshi.reading.decoding.image_pictures import image_page, image_pages, image_shapes
from luoshi.reading.decoding.pdf.pictures import UnableToDrawPage, pdf_pages, pdf_shapes
from luoshi.reading.decoding.pdf.pictures import page_picture as pdf_page
from luoshi.reading.decoding.sniffing import sniff

__all__ = ["UnableToDrawPage", "can_be_drawn", "page_count", "page_picture", "page_shapes"]

_PAGE: Final = {"pdf": pdf_page, "image": image_page}
_COUNT: Final = {"pdf": pdf_pages, "image": image_pages}
_SHAPES: Final = {"pdf": pdf_shapes, "image": image_shapes}


def can_be_drawn(media_type: str) -> bool:
    """Tell whether files of a type, as a reading names it, have pages as pictures."""
    return media_type == "application/pdf" or media_type.startswith("image/")


def page_picture(data: bytes, *, page: int, width: int) -> bytes:
    """Return a page as people see it, `width` pixels wide, as PNG; pages count from 1.

    :raises UnableToDrawPage: for a file without pages as pictures, a damaged one, or a page it does not have.
    """
    return _PAGE[_kind(data)](data, page, width)


def page_count(data: bytes) -> int:
    """Return how many pages a file has; :raises UnableToDrawPage: for one without pages, or a damaged one."""
    return _COUNT[_kind(data)](data)


def page_shapes(data: bytes, *, pages: Iterable[int]) -> dict[int, float]:
    """Return how many times its width each of the pages is high; the file is opened once.

    :raises UnableToDrawPage: for a file without pages as pictures, a damaged one, or a page it does not have.
    """
    return _SHAPES[_kind(data)](data, list(pages))


def _kind(data: bytes) -> str:
    kind = sniff(data).kind
    if kind not in _PAGE:
        raise UnableToDrawPage("This kind of file has no pages as pictures.")
    return kind
