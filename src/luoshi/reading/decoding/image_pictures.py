"""Pages of picture files as pictures, for people who compare a reading with the paper."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PIL import Image, ImageOps

from luoshi.reading.decoding.pdf.pictures import MAX_PIXELS, MAX_WIDTH, MIN_WIDTH, UnableToDrawPage
from luoshi.reading.limits import MAX_BYTES, MAX_PICTURE_PIXELS, MAX_SCANNED_PAGES

_FORMATS: Final = ("PNG", "JPEG", "TIFF", "BMP", "GIF")
# Pictures that lie on their side by their orientation mark.
_ORIENTATION: Final = 0x0112
_ON_ITS_SIDE: Final = frozenset({5, 6, 7, 8})
# Shades of grey show print as well as colours do in a third of the bytes.
_SHADES: Final = frozenset({"1", "L", "LA", "I", "I;16", "I;16B", "I;16L", "F"})
_FAST: Final = 1


def image_page(data: bytes, page: int, width: int) -> bytes:
    """Return a page as people see it (orientation mark applied, on white), `width` pixels wide, as PNG.

    Pages count from 1; only a TIFF has several. A page smaller than asked for is not made larger.

    :raises UnableToDrawPage: for a damaged file, a page it does not have, or a width out of bounds.
    """
    if not MIN_WIDTH <= width <= MAX_WIDTH:
        raise UnableToDrawPage(f"The width must lie between {MIN_WIDTH} and {MAX_WIDTH} pixels.")
    with _opened(data) as image:
        _go_to(image, page)
        return _png(_drawn(image, width))


def image_shapes(data: bytes, pages: list[int]) -> dict[int, float]:
    """Return how many times its width each page is high, as people see it.

    :raises UnableToDrawPage: for a damaged file or a page it does not have.
    """
    shapes: dict[int, float] = {}
    with _opened(data) as image:
        for page in pages:
            _go_to(image, page)
            across, down = _size(image)
            shapes[page] = down / across
    return shapes


def image_pages(data: bytes) -> int:
    """Return how many pages a picture file has; :raises UnableToDrawPage: for a damaged file."""
    with _opened(data) as image:
        return _count(image)


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    if len(data) > MAX_BYTES:
        raise UnableToDrawPage(f"The file has more than {MAX_BYTES} bytes.")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Pillow warns of, the limits settle
        try:
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                yield image
        except UnableToDrawPage:
            raise
        except Exception as error:  # damaged pictures make Pillow raise whatever its parsers stumble over
            raise UnableToDrawPage("The picture is damaged.") from error


def _count(image: Image.Image) -> int:
    return min(int(getattr(image, "n_frames", 1)), MAX_SCANNED_PAGES) if image.format == "TIFF" else 1


def _go_to(image: Image.Image, page: int) -> None:
    count = 1 if page == 1 else _count(image)
    if not 1 <= page <= count:
        raise UnableToDrawPage(f"The file has {count} pages; there is no page {page}.")
    if image.format == "TIFF":
        image.seek(page - 1)
    if image.width * image.height > MAX_PICTURE_PIXELS or not image.width * image.height:
        raise UnableToDrawPage(f"Page {page} has no size or more than {MAX_PICTURE_PIXELS} pixels.")


def _size(image: Image.Image) -> tuple[int, int]:
    across, down = image.size
    return (down, across) if image.getexif().get(_ORIENTATION) in _ON_ITS_SIDE else (across, down)


def _drawn(image: Image.Image, width: int) -> Image.Image:
    across, down = _size(image)
    share = min(1.0, width / across, (MAX_PIXELS / (across * down)) ** 0.5, 4 * MAX_WIDTH / down)
    # A JPEG need not be unpacked at a size that nobody sees; a turned one is as wide as it is high in the file.
    image.draft(None, (int(image.width * share) + 1, int(image.height * share) + 1))
    upright = _coloured(ImageOps.exif_transpose(image))
    wanted = (max(1, round(across * share)), max(1, round(down * share)))
    return upright if upright.size == wanted else upright.resize(wanted, Image.Resampling.BILINEAR, reducing_gap=2.0)


def _coloured(image: Image.Image) -> Image.Image:
    """Return the page in shades or colours, what is transparent as paper."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        over = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", over.size, "white"), over).convert("RGB")
    if image.mode.startswith("I") or image.mode == "F":
        return image.point(lambda value: value / 256).convert("L")
    return image.convert("L" if image.mode in _SHADES else "RGB")


def _png(image: Image.Image) -> bytes:
    written = io.BytesIO()
    image.info.clear()
    image.save(written, "PNG", compress_level=_FAST)
    return written.getvalue()
