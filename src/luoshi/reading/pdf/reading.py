"""Open a PDF file and read its pages, within limits."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pypdfium2

from luoshi.reading.issues import make_issue
from luoshi.reading.limits import MAX_CHARACTERS, MAX_PAGES
from luoshi.reading.model import Issue
from luoshi.reading.paper import Sheet, arrange
from luoshi.reading.pdf.pages import PageReading, read_page
from luoshi.reading.raw import RawPages

MAX_SECONDS: Final = 120
PDFIUM: Final = threading.Lock()  # PDFium is not safe to call from two threads at once


def read_pdf(data: bytes) -> RawPages:
    """Return the lines of each page with their places; a PDF without any text is reported as a scan."""
    try:
        with opened(data) as document:
            read = _read_document(document)
    except pypdfium2.PdfiumError as error:
        code = "encrypted_pdf" if "password" in str(error).lower() else "broken_pdf"
        return RawPages(paged=True, issues=(make_issue(code),))
    if isinstance(read, Issue):
        return RawPages(paged=True, issues=(read,))
    issues = page_issues(read)
    if any(issue.severity == "error" for issue in issues):
        return RawPages(paged=True, issues=tuple(issues))
    return arrange([page.sheet for page in read], issues)


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """Open a PDF alone: nobody else calls PDFium meanwhile.

    :raises pypdfium2.PdfiumError: where it is damaged, or protected by a password that is not empty.
    """
    with PDFIUM:
        document = pypdfium2.PdfDocument(data)
        try:
            yield document
        finally:
            document.close()


def _read_document(document: Any) -> list[PageReading] | Issue:
    count = len(document)
    if count == 0:
        return make_issue("broken_pdf")
    if count > MAX_PAGES:
        return make_issue("too_many_pages", pages=count, limit=MAX_PAGES)
    pages: list[PageReading] = []
    characters, until = 0, time.monotonic() + MAX_SECONDS
    for number in range(count):
        pages.append(_read_one(document, number))
        characters += len(pages[-1].sheet.marks)
        if characters > MAX_CHARACTERS:
            return make_issue("too_many_characters", limit=MAX_CHARACTERS)
        if time.monotonic() > until:
            return make_issue("took_too_long", seconds=MAX_SECONDS)
    return pages


def _read_one(document: Any, number: int) -> PageReading:
    """Read one page; a damaged one among others counts as a page without text."""
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return PageReading(Sheet(number + 1, 1.0, 1.0, ()))
    try:
        return read_page(page, number + 1)
    except pypdfium2.PdfiumError:
        return PageReading(Sheet(number + 1, 1.0, 1.0, ()))
    finally:
        page.close()


def page_issues(pages: list[PageReading]) -> list[Issue]:
    """Return what a person should know about the pages of a file: empty and turned ones, and what was left out."""
    empty = [page.sheet.number for page in pages if not page.sheet.marks]
    if len(empty) == len(pages):
        return [make_issue("scanned_pdf", pages=len(pages))]
    issues = [make_issue("page_without_text", page=number) for number in empty[:20]]
    turned = [page for page in pages if page.quarter]
    issues += [make_issue("page_upside_down", page=p.sheet.number, degrees=90 * p.quarter) for p in turned[:20]]
    for code, count in (
        ("watermark_removed", sum(page.watermark for page in pages)),
        ("hidden_text", sum(page.hidden for page in pages)),
    ):
        if count:
            issues.append(make_issue(code, count=count))
    return issues
