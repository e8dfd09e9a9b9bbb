"""Read the pages of a PDF file, within limits."""

import time
from dataclasses import replace
from typing import Any, Final

import pypdfium2

from luoshi.reading.decoding.paper import Sheet, arrange
from luoshi.reading.decoding.pdf.characters import MAX_PAGE_CHARACTERS
from luoshi.reading.decoding.pdf.opening import let_others, opened
from luoshi.reading.decoding.pdf.pages import PageReading, read_page
from luoshi.reading.decoding.raw import Progress, RawPages, silent
from luoshi.reading.decoding.scans.engine import is_installed
from luoshi.reading.decoding.scans.pdf_pages import recognise_pages
from luoshi.reading.decoding.scans.repairs import repaired
from luoshi.reading.issues import make_issue
from luoshi.reading.limits import MAX_CHARACTERS, MAX_PAGES
from luoshi.reading.model import Issue

MAX_SECONDS: Final = 120


def read_pdf(data: bytes, tell: Progress = silent) -> RawPages:
    """Return the lines of each page with their places; pictures of pages are recognised where that is installed."""
    try:
        with opened(data) as document:
            read = _read_document(document)
    except pypdfium2.PdfiumError as error:
        code = "encrypted_pdf" if "password" in str(error).lower() else "broken_pdf"
        return RawPages(paged=True, issues=(make_issue(code),))
    if isinstance(read, Issue):
        return RawPages(paged=True, issues=(read,))
    sheets, found, recognised = recognise_pages(data, [page.sheet for page in read], tell)
    read = [replace(page, sheet=sheet) for page, sheet in zip(read, sheets, strict=True)]
    issues = [*found, *page_issues(read, tried=is_installed())]
    if any(issue.severity == "error" for issue in issues):
        return RawPages(paged=True, issues=tuple(issues))
    raw = arrange(sheets, issues)
    return repaired(raw, "pdf-ocr") if recognised else raw


def _read_document(document: Any) -> list[PageReading] | Issue:
    count = len(document)
    if count == 0:
        return make_issue("broken_pdf")
    if count > MAX_PAGES:
        return make_issue("too_many_pages", pages=count, limit=MAX_PAGES)
    pages: list[PageReading] = []
    characters, until = 0, time.monotonic() + MAX_SECONDS
    for number in range(count):
        let_others()  # somebody may wait for the picture of a page
        pages.append(_read_one(document, number))
        characters += len(pages[-1].sheet.marks)
        if characters > MAX_CHARACTERS or pages[-1].overfull:
            limit = MAX_PAGE_CHARACTERS if pages[-1].overfull else MAX_CHARACTERS
            return make_issue("too_many_characters", limit=limit)
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


def page_issues(pages: list[PageReading], *, tried: bool) -> list[Issue]:
    """Return what a person should know about the pages of a file: empty and turned ones, and what was left out.

    Where recognising was `tried`, an empty page among others is a blank one.
    """
    empty = [page.sheet.number for page in pages if not page.sheet.marks]
    if len(empty) == len(pages):
        return [make_issue("nothing_recognised" if tried else "scanned_pdf", pages=len(pages))]
    issues = [make_issue("page_without_text", page=number) for number in empty[:20] if not tried]
    turned = [page for page in pages if page.quarter]
    issues += [make_issue("page_upside_down", page=p.sheet.number, degrees=90 * p.quarter) for p in turned[:20]]
    for code, count in (
        ("watermark_removed", sum(page.watermark for page in pages)),
        ("hidden_text", sum(page.hidden for page in pages)),
    ):
        if count:
            issues.append(make_issue(code, count=count))
    return issues
