"""Read PDF files that have a text layer, page by page, with PDFium."""

import threading
import time
from typing import Any, Final

import pypdfium2

from luoshi.reading.issues import make_issue
from luoshi.reading.limits import MAX_CHARACTERS, MAX_PAGES
from luoshi.reading.model import Issue
from luoshi.reading.raw import RawPages

MAX_SECONDS: Final = 120
_PDFIUM: Final = threading.Lock()  # PDFium is not safe to call from two threads at once


def read_pdf(data: bytes) -> RawPages:
    """Return the text layer of each page; a PDF without any is reported as a scan."""
    with _PDFIUM:
        try:
            return _read_document(pypdfium2.PdfDocument(data))
        except pypdfium2.PdfiumError as error:
            code = "encrypted_pdf" if "password" in str(error).lower() else "broken_pdf"
            return RawPages(paged=True, issues=(make_issue(code),))


def _read_document(document: Any) -> RawPages:
    count = len(document)
    try:
        if count == 0:
            return RawPages(paged=True, issues=(make_issue("broken_pdf"),))
        if count > MAX_PAGES:
            return RawPages(paged=True, issues=(make_issue("too_many_pages", pages=count, limit=MAX_PAGES),))
        return _read_pages(document, count)
    finally:
        document.close()


def _read_pages(document: Any, count: int) -> RawPages:
    pages: list[str] = []
    characters, until = 0, time.monotonic() + MAX_SECONDS
    for number in range(count):
        pages.append(_page_text(document, number))
        characters += len(pages[-1])
        if characters > MAX_CHARACTERS:
            return RawPages(paged=True, issues=(make_issue("too_many_characters", limit=MAX_CHARACTERS),))
        if time.monotonic() > until:
            return RawPages(paged=True, issues=(make_issue("took_too_long", seconds=MAX_SECONDS),))
    return RawPages(pages, True, tuple(_page_issues(pages)))


def _page_text(document: Any, number: int) -> str:
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return ""
    text_page = page.get_textpage()
    try:
        text: str = text_page.get_text_range()
    finally:
        text_page.close()
        page.close()
    return text.replace("\ufffe", "").replace("\x02", "")


def _page_issues(pages: list[str]) -> list[Issue]:
    empty = [number for number, page in enumerate(pages, start=1) if not page.strip()]
    if len(empty) == len(pages):
        return [make_issue("scanned_pdf", pages=len(pages))]
    return [make_issue("page_without_text", page=number) for number in empty[:20]]
