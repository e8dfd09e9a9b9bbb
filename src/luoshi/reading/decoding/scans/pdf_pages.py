"""Pages of PDF files that are pictures: found, drawn as people see them and read."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

import pypdfium2

from luoshi.reading.decoding.paper.sheets import Sheet
from luoshi.reading.decoding.pdf.opening import let_others, opened
from luoshi.reading.decoding.raw import Progress
from luoshi.reading.decoding.scans.engine import is_installed
from luoshi.reading.decoding.scans.pictures import Picture
from luoshi.reading.decoding.scans.recognising import Recognition, recognise_all
from luoshi.reading.decoding.scans.sheets import PageSize
from luoshi.reading.issues import make_issue
from luoshi.reading.limits import MAX_PAGE_PIXELS, MAX_SCANNED_PAGES, SCAN_DPI
from luoshi.reading.model import Issue

_STAMPED: Final = 60  # characters that programs of scanners print over a picture: a name, a page number, a time
_COVERED: Final = 0.5  # of the page
_GARBAGE: Final = 0.3  # of the characters have no meaning: the fonts of the file do not say what they print
_DEEPEST: Final = 3


def recognise_pages(data: bytes, sheets: Sequence[Sheet], tell: Progress) -> tuple[list[Sheet], list[Issue], int]:
    """Return the sheets of a PDF with those of scanned pages filled in, what a person should know, how many there are.

    Nothing changes where the extra is missing. The file must be one that opens.
    """
    wanted = _scanned(data, sheets) if is_installed() else []
    if not wanted:
        return list(sheets), [], 0
    if len(wanted) > MAX_SCANNED_PAGES:
        read = Recognition([], [make_issue("too_many_scanned_pages", pages=len(wanted), limit=MAX_SCANNED_PAGES)])
    else:
        read = recognise_all(_pictures(data, wanted), total=len(wanted), tell=tell)
    if len(wanted) < len(sheets):  # the pages with text are there all the same
        read.issues = [
            replace(issue, severity="warning") if issue.severity == "error" else issue for issue in read.issues
        ]
    by_number = {sheet.number: sheet for sheet in read.sheets if sheet.marks}
    return [by_number.get(sheet.number, sheet) for sheet in sheets], read.issues, read.count


def _scanned(data: bytes, sheets: Sequence[Sheet]) -> list[int]:
    """Return the numbers of pages whose print is in a picture, or whose text is none."""
    empty = [sheet.number for sheet in sheets if not sheet.marks or _is_garbage(sheet)]
    stamped = [sheet.number for sheet in sheets if 0 < len(sheet.marks) <= _STAMPED and sheet.number not in set(empty)]
    if stamped:
        with opened(data) as document:
            for number in stamped:
                let_others()
                empty += [number] if _is_picture(document, number) else []
    return sorted(empty)


def _is_garbage(sheet: Sheet) -> bool:
    strange = sum(
        char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or char >= "\U000f0000"
        for mark in sheet.marks
        for char in mark.text
    )
    return strange > _GARBAGE * len(sheet.marks)


def _is_picture(document: Any, number: int) -> bool:
    """Whether one picture covers most of a page."""
    page = document[number - 1]
    try:
        width, height = page.get_size()
        images = page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=_DEEPEST)
        for image in images:
            left, bottom, right, top = image.get_bounds()
            if abs((right - left) * (top - bottom)) >= _COVERED * width * height:
                return True
        return False
    except pypdfium2.PdfiumError:
        return False
    finally:
        page.close()


def _pictures(data: bytes, numbers: Sequence[int]) -> Iterator[tuple[int, Picture, PageSize]]:
    """Draw pages one at a time; PDFium is free for others while a page is read. Damaged pages are left out."""
    for number in numbers:
        drawn = _draw(data, number)
        if drawn is not None:
            yield number, *drawn


def _draw(data: bytes, number: int) -> tuple[Picture, PageSize] | None:
    import numpy as np

    try:
        with opened(data) as document:
            page = document[number - 1]
            try:
                width, height = page.get_size()
                if width <= 0 or height <= 0:
                    return None
                scale = min(SCAN_DPI / 72, (MAX_PAGE_PIXELS / (width * height)) ** 0.5)
                bitmap = page.render(scale=scale, may_draw_forms=False, rev_byteorder=False, prefer_bgrx=False)
                return np.array(bitmap.to_numpy()[:, :, :3], copy=True, order="C"), PageSize(width, height)
            finally:
                page.close()
    except (pypdfium2.PdfiumError, ValueError):
        return None
