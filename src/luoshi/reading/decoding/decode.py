"""Stage 1, decode: reads bytes and a name; writes pages of raw text; guarantees that nothing raises.

A file that cannot be read gives no pages and one issue of severity error that says what it is and what to do.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from luoshi.reading.decoding.doc_files import read_doc
from luoshi.reading.decoding.docx.reading import read_docx
from luoshi.reading.decoding.html import read_html
from luoshi.reading.decoding.html.tables_in_text import read_text_with_tables
from luoshi.reading.decoding.ofd import read_ofd
from luoshi.reading.decoding.packages import UnableToUnpack
from luoshi.reading.decoding.pdf.reading import read_pdf
from luoshi.reading.decoding.raw import Progress, RawPages, silent
from luoshi.reading.decoding.scans import read_image
from luoshi.reading.decoding.sniffing import Sniffed, is_lying, sniff
from luoshi.reading.decoding.zip_files import Member, open_archive
from luoshi.reading.issues import make_issue
from luoshi.reading.layout import PieceLine
from luoshi.reading.limits import MAX_ARCHIVE_SECONDS, MAX_BYTES, MAX_CHARACTERS, MAX_UNPACKED_BYTES
from luoshi.reading.model import Issue, Method

_METHODS: dict[str, Method] = {
    "html": "html",
    "docx": "docx",
    "doc": "docx",
    "ofd": "ofd",
    "pdf": "pdf-text",
    "image": "image-ocr",
}
_READERS: Final = {
    "text": read_text_with_tables,
    "html": read_html,
    "docx": read_docx,
    "doc": read_doc,
}
# Pictures are recognised page by page, so these readers say how far they are.
_SLOW_READERS: Final = {"pdf": read_pdf, "image": read_image, "ofd": read_ofd}
ARCHIVE_ISSUES: Final[dict[str, str]] = {
    "broken": "broken_archive",
    "encrypted": "encrypted_archive",
    "bomb": "zip_bomb",
    "nested": "archive_file",
}
_MOST_MEMBER_ISSUES: Final = 50


@dataclass(frozen=True, slots=True)
class Decoded:
    """Raw pages in reading order with what they came from; `paged` is false for files without pages."""

    pages: tuple[str, ...]
    media_type: str
    method: Method
    paged: bool = False
    issues: tuple[Issue, ...] = field(default_factory=tuple)
    pieces: Sequence[Sequence[PieceLine]] = ()
    asides: tuple[str, ...] = ()
    members: "tuple[DecodedMember, ...]" = ()

    @property
    def failed(self) -> bool:
        """Whether no text could be had from the file."""
        return any(issue.severity == "error" for issue in self.issues)


@dataclass(frozen=True, slots=True)
class DecodedMember:
    """A file of an archive that could be read."""

    name: str
    decoded: Decoded


def decode(data: bytes, *, name: str, tell: Progress = silent) -> Decoded:
    """Return the raw pages of a file of any supported type; sizes are checked before anything is parsed."""
    if not data.strip():
        return Decoded((), "text/plain", "text", issues=(make_issue("empty_file"),))
    if len(data) > MAX_BYTES:
        issue = make_issue("too_large", size=len(data), limit=MAX_BYTES)
        return Decoded((), "application/octet-stream", "text", issues=(issue,))
    sniffed = sniff(data)
    if sniffed.kind == "zip":
        return _decode_archive(data, sniffed, tell)
    raw = _read(data, sniffed, name, tell)
    issues = list(raw.issues)
    suffix = is_lying(name, sniffed)
    if suffix and sniffed.kind != "refused":
        issues.insert(0, make_issue("lying_type", suffix=suffix, found=sniffed.found))
    return _checked(raw, sniffed, issues)


def _read(data: bytes, sniffed: Sniffed, name: str, tell: Progress) -> RawPages:
    if sniffed.kind == "refused":
        return RawPages(issues=(_refusal(sniffed, name),))
    if sniffed.kind in _SLOW_READERS:
        return _SLOW_READERS[sniffed.kind](data, tell)
    return _READERS[sniffed.kind](data)


def _refusal(sniffed: Sniffed, name: str) -> Issue:
    if sniffed.code.startswith("broken_"):
        return make_issue(sniffed.code, reason="the ZIP directory cannot be read")
    return make_issue(sniffed.code, name=name, found=sniffed.found)


def _checked(raw: RawPages, sniffed: Sniffed, issues: list[Issue]) -> Decoded:
    method = raw.method or _METHODS.get(sniffed.kind, "text")
    failed = any(issue.severity == "error" for issue in issues)
    if not failed and sum(map(len, raw.pages)) > MAX_CHARACTERS:
        issues.append(make_issue("too_many_characters", limit=MAX_CHARACTERS))
    elif not failed and not any(page.strip() for page in raw.pages):
        issues.append(make_issue("empty_file"))
    else:
        pages = () if failed else tuple(raw.pages)
        pieces, asides = ((), ()) if failed else (raw.pieces, raw.asides)
        return Decoded(pages, sniffed.media_type, method, raw.paged, tuple(issues), pieces, asides)
    return Decoded((), sniffed.media_type, method, raw.paged, tuple(issues))


def _decode_archive(data: bytes, sniffed: Sniffed, tell: Progress) -> Decoded:
    """Decode every file of an archive; one that cannot be read is named and does not stop the others."""
    try:
        found = open_archive(data)
    except UnableToUnpack as error:
        issue = make_issue(ARCHIVE_ISSUES[error.problem], limit=MAX_UNPACKED_BYTES, reason=error.reason, found="ZIP")
        return Decoded((), sniffed.media_type, "text", issues=(issue,))
    if not found:
        return Decoded((), sniffed.media_type, "text", issues=(make_issue("empty_archive"),))
    if all(member.problem == "encrypted" for member in found):
        return Decoded((), sniffed.media_type, "text", issues=(make_issue("encrypted_archive"),))
    members, issues = _decode_members(found, tell)
    methods = {member.decoded.method for member in members}
    if not members:
        issues.insert(0, make_issue("archive_unreadable", count=len(found)))
    elif sum(len(page) for member in members for page in member.decoded.pages) > MAX_CHARACTERS:
        issues, members = [make_issue("too_many_characters", limit=MAX_CHARACTERS)], []
    method = methods.pop() if len(methods) == 1 else "text"
    return Decoded((), sniffed.media_type, method, issues=tuple(issues), members=tuple(members))


def _decode_members(found: Sequence[Member], tell: Progress) -> tuple[list[DecodedMember], list[Issue]]:
    members: list[DecodedMember] = []
    issues: list[Issue] = []
    until = time.monotonic() + MAX_ARCHIVE_SECONDS
    for member in found:
        if member.problem:
            reason = make_issue(
                ARCHIVE_ISSUES[member.problem], limit=MAX_UNPACKED_BYTES, reason=member.problem, found="ZIP"
            )
            decoded = Decoded((), "", "text", issues=(reason,))
        elif time.monotonic() > until:
            decoded = Decoded((), "", "text", issues=(make_issue("took_too_long", seconds=MAX_ARCHIVE_SECONDS),))
        else:
            decoded = decode(member.data, name=member.name, tell=tell)
        if not decoded.failed:
            members.append(DecodedMember(member.name, replace(decoded, issues=())))
        issues.extend(_about_member(member.name, issue) for issue in decoded.issues)
    return members, issues[:_MOST_MEMBER_ISSUES]


def _about_member(name: str, issue: Issue) -> Issue:
    """An error of one file is a reservation about the archive; its parameters stay, for the pages to translate."""
    params = {**issue.params, "member": name[-60:]}
    if issue.severity == "error":
        said = make_issue("member_unreadable", member=name[-60:], reason=issue.message)
        return replace(said, params={**params, **said.params, "code": issue.code}, message=f"{name}: {issue.message}")
    return replace(issue, message=f"{name}: {issue.message}", params=params)
