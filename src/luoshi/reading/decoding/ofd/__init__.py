"""Read OFD documents (GB/T 33190-2016): text with its places, from the pages and their templates.

Seals, annotations and attachments are left out. Pages of pictures are recognised where that is installed; without it a
document of pictures says that it has no text.
"""

from dataclasses import replace
from typing import Final

from luoshi.reading.decoding.ofd.pictures import recognise_pages
from luoshi.reading.decoding.ofd.sheets import make_sheet
from luoshi.reading.decoding.ofd.structure import Document, Page, open_documents
from luoshi.reading.decoding.packages import Package, UnableToUnpack
from luoshi.reading.decoding.paper import Sheet, arrange
from luoshi.reading.decoding.raw import Progress, RawPages, silent
from luoshi.reading.decoding.scans.recognising import Recognition
from luoshi.reading.decoding.scans.repairs import repaired
from luoshi.reading.issues import make_issue
from luoshi.reading.limits import MAX_CHARACTERS, MAX_PAGES, MAX_UNPACKED_BYTES
from luoshi.reading.model import Issue

_ISSUES: Final[dict[str, str]] = {"broken": "broken_ofd", "encrypted": "encrypted_ofd", "bomb": "zip_bomb"}
_SEALED: Final = ("encryptions.xml", "decryptseed.dat")
_MOST_ISSUES: Final = 20


def read_ofd(data: bytes, tell: Progress = silent) -> RawPages:
    """Return the pages of an OFD file as placed lines, the documents of one file one after the other."""
    try:
        package = Package(data)
        if package.is_encrypted or any(name.lower().endswith(_SEALED) for name in package.names):
            raise UnableToUnpack("encrypted")
        return _read(open_documents(package), tell)
    except UnableToUnpack as error:
        issue = make_issue(_ISSUES[error.problem], reason=error.reason, limit=MAX_UNPACKED_BYTES)
        return RawPages(paged=True, issues=(issue,))


def _read(documents: list[Document], tell: Progress) -> RawPages:
    pages = [(document, page) for document in documents for page in document.pages]
    if not pages:
        raise UnableToUnpack("broken", "no pages")
    if len(pages) > MAX_PAGES:
        return RawPages(paged=True, issues=(make_issue("too_many_pages", pages=len(pages), limit=MAX_PAGES),))
    sheets: list[Sheet] = []
    missing: list[int] = []
    characters = 0
    for number, (document, page) in enumerate(pages, start=1):
        sheet = _sheet(document, page, number, missing)
        characters += len(sheet.marks)
        if characters > MAX_CHARACTERS:
            return RawPages(paged=True, issues=(make_issue("too_many_characters", limit=MAX_CHARACTERS),))
        sheets.append(sheet)
    if len(missing) == len(pages):
        raise UnableToUnpack("broken", "no page can be opened")
    return _arranged(sheets, missing, recognise_pages(pages, sheets, tell))


def _sheet(document: Document, page: Page, number: int, missing: list[int]) -> Sheet:
    try:
        return make_sheet(document, page, number)
    except UnableToUnpack as error:
        if error.problem == "bomb":
            raise
        missing.append(number)
        return Sheet(number, *document.size, ())


def _arranged(sheets: list[Sheet], missing: list[int], read: Recognition) -> RawPages:
    """Put the pages in order, recognised ones among them; pages with text stay whatever recognising brought."""
    recognised = {sheet.number: sheet for sheet in read.sheets if sheet.marks}
    has_text = any(sheet.marks for sheet in sheets)
    sheets = [recognised.get(sheet.number, sheet) for sheet in sheets]
    if not any(sheet.marks for sheet in sheets):
        failed = [issue for issue in read.issues if issue.severity == "error"]
        code = "nothing_recognised" if read.sheets else "scanned_ofd"
        return RawPages(paged=True, issues=tuple(failed) or (make_issue(code, pages=len(sheets)),))
    empty = [sheet.number for sheet in sheets if not sheet.marks and sheet.number not in missing]
    issues: list[Issue] = [make_issue("page_unreadable", page=number) for number in missing[:_MOST_ISSUES]]
    issues += [make_issue("page_without_text", page=number) for number in empty[:_MOST_ISSUES]]
    issues += [replace(issue, severity="warning") if issue.severity == "error" else issue for issue in read.issues]
    raw = arrange(sheets, issues)
    if not recognised:
        return raw
    return repaired(raw, "ofd" if has_text else "image-ocr")
