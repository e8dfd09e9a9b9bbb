"""Pages of an OFD document that are pictures: put together from their image objects and read."""

import io
import posixpath
import warnings
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from lxml import etree

from luoshi.reading.decoding.ofd.numbers import POINTS_PER_MM, Rectangle, read_rectangle
from luoshi.reading.decoding.ofd.structure import Document, Page, child, descendants, page_box, resolve, text_of
from luoshi.reading.decoding.packages import UnableToUnpack
from luoshi.reading.decoding.paper import Sheet
from luoshi.reading.decoding.raw import Progress
from luoshi.reading.decoding.scans.engine import is_installed
from luoshi.reading.decoding.scans.images import as_array
from luoshi.reading.decoding.scans.pictures import Picture
from luoshi.reading.decoding.scans.recognising import Recognition, recognise_all
from luoshi.reading.decoding.scans.sheets import PageSize
from luoshi.reading.issues import make_issue
from luoshi.reading.limits import MAX_PAGE_PIXELS, MAX_PICTURE_PIXELS, MAX_SCANNED_PAGES, SCAN_DPI

if TYPE_CHECKING:
    from PIL import Image

_MM_PER_INCH: Final = 25.4
_FORMATS: Final = ("PNG", "JPEG", "TIFF", "BMP", "GIF")
_MOST_PICTURES: Final = 40  # on one page; programs of scanners cut a page into strips at most

PageOf = tuple[Document, Page]


def recognise_pages(pages: Sequence[PageOf], sheets: Sequence[Sheet], tell: Progress) -> Recognition:
    """Return the sheets of those pages that have no text but pictures; none where the extra is missing."""
    wanted = [sheet.number for sheet in sheets if not sheet.marks and _images(*pages[sheet.number - 1])]
    if not wanted or not is_installed():
        return Recognition()
    if len(wanted) > MAX_SCANNED_PAGES:
        return Recognition([], [make_issue("too_many_scanned_pages", pages=len(wanted), limit=MAX_SCANNED_PAGES)])
    drawn = ((number, *found) for number in wanted if (found := _draw(*pages[number - 1])) is not None)
    return recognise_all(drawn, total=len(wanted), tell=tell)


def _root(document: Document, page: Page) -> etree._Element | None:
    try:
        return document.package.read_xml(page.location)
    except UnableToUnpack as error:
        if error.problem == "bomb":
            raise
        return None


def _images(document: Document, page: Page) -> list[tuple[Rectangle, str]]:
    """Return the place in millimetres and the resource of each picture on a page."""
    root = _root(document, page)
    if root is None:
        return []
    found: list[tuple[Rectangle, str]] = []
    for element in descendants(root, "ImageObject"):
        box = read_rectangle(str(element.get("Boundary", "")))
        if box is not None and len(found) < _MOST_PICTURES:
            found.append((box, str(element.get("ResourceID"))))
    return found


def _draw(document: Document, page: Page) -> tuple[Picture, PageSize] | None:
    """Return a page with its pictures on white paper, None where none of them can be opened."""
    from PIL import Image

    root = _root(document, page)
    area = None if root is None else child(root, "Area")
    left, top, width, height = page_box(area) or document.box
    scale = min(SCAN_DPI / _MM_PER_INCH, (MAX_PAGE_PIXELS / (width * height)) ** 0.5)
    paper = Image.new("RGB", (max(1, int(width * scale)), max(1, int(height * scale))), "white")
    pasted = 0
    for box, number in _images(document, page):
        picture = _open(document, number)
        if picture is None:
            continue
        size = (max(1, int(box[2] * scale)), max(1, int(box[3] * scale)))
        if size[0] * size[1] <= 2 * MAX_PAGE_PIXELS:
            paper.paste(picture.resize(size), (int((box[0] - left) * scale), int((box[1] - top) * scale)))
            pasted += 1
    if not pasted:
        return None
    return as_array(paper), PageSize(width * POINTS_PER_MM, height * POINTS_PER_MM)


def _open(document: Document, number: str) -> "Image.Image | None":
    """Return the picture of a resource as people see it, None where it is missing, damaged or too large."""
    from PIL import Image

    member = next((found for found in _members(document, number)), None)
    if member is None:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            data = document.package.read(member)
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                if image.width * image.height > MAX_PICTURE_PIXELS:
                    return None
                return Image.fromarray(as_array(image)[:, :, ::-1])
        except UnableToUnpack as error:
            if error.problem == "bomb":
                raise
            return None
        except Exception:  # damaged pictures make Pillow raise whatever its parsers stumble over
            return None


def _members(document: Document, number: str) -> Iterator[str]:
    """Yield the member of the package that holds a picture, looked up in the resources of the document."""
    for location in document.resources:
        try:
            root = document.package.read_xml(location)
        except UnableToUnpack as error:
            if error.problem == "bomb":
                raise
            continue
        for media in descendants(root, "MultiMedia"):
            if media.get("ID") == number:
                name = posixpath.join(str(root.get("BaseLoc", "")), text_of(media, "MediaFile").strip())
                yield resolve(document.package, location, name)
