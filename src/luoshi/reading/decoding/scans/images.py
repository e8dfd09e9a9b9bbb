"""Pictures as files: PNG, JPEG, BMP, GIF and TIFF with several pages."""

import io
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from luoshi.reading.decoding.paper import arrange
from luoshi.reading.decoding.raw import Progress, RawPages, silent
from luoshi.reading.decoding.scans.engine import is_installed
from luoshi.reading.decoding.scans.pictures import Picture
from luoshi.reading.decoding.scans.recognising import recognise_all
from luoshi.reading.decoding.scans.repairs import repaired
from luoshi.reading.decoding.scans.sheets import PageSize
from luoshi.reading.issues import make_issue
from luoshi.reading.limits import MAX_PAGE_PIXELS, MAX_PICTURE_PIXELS, MAX_SCANNED_PAGES
from luoshi.reading.model import Issue

if TYPE_CHECKING:
    from PIL import Image

_A4_LENGTH: Final = 842.0  # points: pictures seldom say how large their paper was
_FORMATS: Final = ("PNG", "JPEG", "TIFF", "BMP", "GIF")
_FORMAT_NAMES: Final = {"MPO": "JPEG"}


class UnableToOpenPicture(Exception):
    """The file is no picture that can be opened; the message says why."""


class TooManyPixels(UnableToOpenPicture):
    """A page of the file would fill the memory."""


def read_image(data: bytes, tell: Progress = silent) -> RawPages:
    """Return the lines of a picture, each page of a TIFF a page; pictures stand as their orientation mark says."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Pillow warns of, the limits settle
        try:
            with _open(data) as image:
                return _read(image, tell)
        except TooManyPixels:
            return _failed(make_issue("too_many_pixels", limit=MAX_PICTURE_PIXELS))
        except UnableToOpenPicture as error:
            return _failed(make_issue("broken_image", reason=str(error)))


def _open(data: bytes) -> "Image.Image":
    from PIL import Image

    try:
        return Image.open(io.BytesIO(data), formats=_FORMATS)
    except Image.DecompressionBombError as error:
        raise TooManyPixels from error
    except Exception as error:  # damaged pictures make Pillow raise whatever its parsers stumble over
        raise UnableToOpenPicture(type(error).__name__) from error


def _read(image: "Image.Image", tell: Progress) -> RawPages:
    if not is_installed():
        return _failed(make_issue("image_file", found=_FORMAT_NAMES.get(image.format or "", image.format or "")))
    count = _count(image)
    if count > MAX_SCANNED_PAGES:
        return _failed(make_issue("too_many_scanned_pages", pages=count, limit=MAX_SCANNED_PAGES))
    read = recognise_all(_frames(image, count), total=count, tell=tell)
    if any(issue.severity == "error" for issue in read.issues):
        return _failed(*read.issues)
    if not read.count:
        return _failed(make_issue("nothing_recognised", pages=count))
    return repaired(arrange(read.sheets, read.issues), "image-ocr")


def _count(image: "Image.Image") -> int:
    try:
        return int(getattr(image, "n_frames", 1)) if image.format == "TIFF" else 1
    except Exception as error:  # as above
        raise UnableToOpenPicture(type(error).__name__) from error


def _failed(*issues: Issue) -> RawPages:
    return RawPages(paged=True, issues=issues)


def _frames(image: "Image.Image", count: int) -> Iterator[tuple[int, Picture, PageSize]]:
    """Yield the pages; one that is too large or damaged among others ends the file as damaged."""
    for index in range(count):
        picture = _frame(image, index)
        scale = _A4_LENGTH / max(picture.shape[:2])
        yield index + 1, picture, PageSize(picture.shape[1] * scale, picture.shape[0] * scale)


def _frame(image: "Image.Image", index: int) -> Picture:
    try:
        if index:
            image.seek(index)
        if image.width * image.height > MAX_PICTURE_PIXELS:
            raise TooManyPixels
        return as_array(image)
    except UnableToOpenPicture:
        raise
    except Exception as error:  # as above
        raise UnableToOpenPicture(f"page {index + 1}: {type(error).__name__}") from error


def as_array(image: "Image.Image") -> Picture:
    """Return a picture as people see it (height × width × BGR), what is transparent as paper."""
    import numpy as np
    from PIL import Image, ImageOps

    image.draft("RGB", (5000, 5000))  # a JPEG of a large camera need not be unpacked at full size
    upright = ImageOps.exif_transpose(image)
    share = (MAX_PAGE_PIXELS / (upright.width * upright.height)) ** 0.5
    if share < 1:
        upright = _shrink(upright, share)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        coloured = upright.convert("RGBA")
        upright = Image.alpha_composite(Image.new("RGBA", coloured.size, "white"), coloured)
    if upright.mode.startswith("I"):
        upright = upright.point(lambda value: value / 256).convert("L")
    picture: Picture = np.ascontiguousarray(np.asarray(upright.convert("RGB"))[:, :, ::-1])
    return picture


def _shrink(image: "Image.Image", share: float) -> "Image.Image":
    from PIL import Image

    if image.mode in ("1", "P"):
        image = image.convert("L" if image.mode == "1" else "RGB")
    size = (max(1, int(image.width * share)), max(1, int(image.height * share)))
    return image.resize(size, Image.Resampling.BOX, reducing_gap=2.0)
