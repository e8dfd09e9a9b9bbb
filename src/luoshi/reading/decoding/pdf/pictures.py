"""Pages of PDF files as pictures, for people who compare a reading with the paper."""

import io
from typing import Any, Final

import pypdfium2

from luoshi.reading.decoding.pdf.opening import opened
from luoshi.reading.limits import MAX_BYTES

MIN_WIDTH: Final = 50
MAX_WIDTH: Final = 3_000
MAX_PIXELS: Final = 20_000_000


class UnableToDrawPage(Exception):
    """The page cannot be drawn; the message says why."""


def page_picture(data: bytes, page: int, width: int) -> bytes:
    """Return a page as people see it (rotation applied), `width` pixels wide, as PNG; pages count from 1.

    Boxes of the reading, in shares of the page, fit on the picture. A page so long that its picture would be too large
    is drawn smaller.

    :raises UnableToDrawPage: for a damaged or protected file, a page it does not have, or a width out of bounds.
    """
    if not MIN_WIDTH <= width <= MAX_WIDTH:
        raise UnableToDrawPage(f"The width must lie between {MIN_WIDTH} and {MAX_WIDTH} pixels.")
    if len(data) > MAX_BYTES:
        raise UnableToDrawPage(f"The file has more than {MAX_BYTES} bytes.")
    try:
        with opened(data) as document:
            return _draw(document, page, width)
    except pypdfium2.PdfiumError as error:
        raise UnableToDrawPage("The file is damaged or protected by a password.") from error


def pdf_pages(data: bytes) -> int:
    """Return how many pages a file has; :raises UnableToDrawPage: for a damaged or protected one."""
    try:
        with opened(data) as document:
            return len(document)
    except pypdfium2.PdfiumError as error:
        raise UnableToDrawPage("The file is damaged or protected by a password.") from error


def pdf_shapes(data: bytes, pages: list[int]) -> dict[int, float]:
    """Return how many times its width each page is high, as people see it.

    :raises UnableToDrawPage: for a damaged or protected file, or a page it does not have.
    """
    try:
        with opened(data) as document:
            return {number: _shape(document, number) for number in pages}
    except pypdfium2.PdfiumError as error:
        raise UnableToDrawPage("The file is damaged or protected by a password.") from error


def _shape(document: Any, number: int) -> float:
    if not 1 <= number <= len(document):
        raise UnableToDrawPage(f"The file has {len(document)} pages; there is no page {number}.")
    page = document[number - 1]
    try:
        across, down = page.get_size()
    finally:
        page.close()
    return float(down / across) if across > 0 and down > 0 else 1.0


def _draw(document: Any, number: int, width: int) -> bytes:
    if not 1 <= number <= len(document):
        raise UnableToDrawPage(f"The file has {len(document)} pages; there is no page {number}.")
    page = document[number - 1]
    try:
        across, down = page.get_size()
        if across <= 0 or down <= 0:
            raise UnableToDrawPage(f"Page {number} has no size.")
        scale = min(width / across, (MAX_PIXELS / (across * down)) ** 0.5, 4 * MAX_WIDTH / down)
        image = page.render(scale=scale, may_draw_forms=False).to_pil()
    finally:
        page.close()
    written = io.BytesIO()
    image.save(written, "PNG")
    return written.getvalue()
