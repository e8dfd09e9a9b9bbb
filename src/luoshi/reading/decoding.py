"""Stage 1, decode: reads bytes and a name; writes pages of raw text; guarantees that nothing raises.

A file that cannot be read gives no pages and one issue of severity error that says what it is and what to do.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from luoshi.reading.docx_files import read_docx
from luoshi.reading.html_files import read_html
from luoshi.reading.issues import make_issue
from luoshi.reading.layout import PieceLine
from luoshi.reading.limits import MAX_BYTES, MAX_CHARACTERS
from luoshi.reading.model import Issue, Method
from luoshi.reading.pdf_files import read_pdf
from luoshi.reading.raw import RawPages
from luoshi.reading.sniffing import Sniffed, is_lying, sniff
from luoshi.reading.text_files import read_text

_METHODS: dict[str, Method] = {"text": "text", "html": "html", "docx": "docx", "pdf": "pdf-text", "refused": "text"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """Raw pages in reading order with what they came from; `paged` is false for files without pages."""

    pages: tuple[str, ...]
    media_type: str
    method: Method
    paged: bool = False
    issues: tuple[Issue, ...] = field(default_factory=tuple)
    pieces: Sequence[Sequence[PieceLine]] = ()

    @property
    def failed(self) -> bool:
        """Whether no text could be had from the file."""
        return any(issue.severity == "error" for issue in self.issues)


def decode(data: bytes, *, name: str) -> Decoded:
    """Return the raw pages of a file of any supported type; sizes are checked before anything is parsed."""
    if not data.strip():
        return Decoded((), "text/plain", "text", issues=(make_issue("empty_file"),))
    if len(data) > MAX_BYTES:
        issue = make_issue("too_large", size=len(data), limit=MAX_BYTES)
        return Decoded((), "application/octet-stream", "text", issues=(issue,))
    sniffed = sniff(data)
    raw = _read(data, sniffed, name)
    issues = list(raw.issues)
    suffix = is_lying(name, sniffed)
    if suffix and sniffed.kind != "refused":
        issues.insert(0, make_issue("lying_type", suffix=suffix, found=sniffed.found))
    return _checked(raw, sniffed, issues)


def _read(data: bytes, sniffed: Sniffed, name: str) -> RawPages:
    if sniffed.kind == "refused":
        return RawPages(issues=(_refusal(sniffed, name),))
    readers = {"text": read_text, "html": read_html, "docx": read_docx, "pdf": read_pdf}
    return readers[sniffed.kind](data)


def _refusal(sniffed: Sniffed, name: str) -> Issue:
    if sniffed.code == "broken_docx":
        return make_issue(sniffed.code, reason="the ZIP directory cannot be read")
    return make_issue(sniffed.code, name=name, found=sniffed.found)


def _checked(raw: RawPages, sniffed: Sniffed, issues: list[Issue]) -> Decoded:
    method = _METHODS[sniffed.kind]
    failed = any(issue.severity == "error" for issue in issues)
    if not failed and sum(map(len, raw.pages)) > MAX_CHARACTERS:
        issues.append(make_issue("too_many_characters", limit=MAX_CHARACTERS))
    elif not failed and not any(page.strip() for page in raw.pages):
        issues.append(make_issue("empty_file"))
    else:
        pages = () if failed else tuple(raw.pages)
        return Decoded(pages, sniffed.media_type, method, raw.paged, tuple(issues), () if failed else raw.pieces)
    return Decoded((), sniffed.media_type, method, raw.paged, tuple(issues))
