"""The stages in order: bytes to a reading."""

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from luoshi.reading.constituents import read_constituent
from luoshi.reading.decoding.decode import Decoded, decode
from luoshi.reading.decoding.joining import Joined, Stretch, join
from luoshi.reading.decoding.scans.doubtful import doubtful_lines
from luoshi.reading.issues import make_issue
from luoshi.reading.layout import PlacedText
from luoshi.reading.limits import MAX_BYTES
from luoshi.reading.model import Document, Issue, Reading, Source, Span
from luoshi.reading.structure.lines import Line, split_lines
from luoshi.reading.structure.splitting import Split, split_documents
from luoshi.reading.view import make_view

Progress = Callable[[float, str], None]
_SHORT = 30
# What the stages before the text say; a text that is read again keeps it.
ABOUT_FILE: Final = frozenset(
    {
        *("lying_type", "mixed_encoding", "undecodable", "tracked_changes", "watermark_removed", "hidden_text"),
        *("page_unreadable", "page_without_text", "page_partly_read", "unreadable_print", "page_upside_down"),
        *("scan_recognised", "furniture_removed", "table_heads_removed", "table_without_rules", "short_document"),
    }
)


def read_bytes(data: bytes, *, name: str, progress: Progress | None = None) -> Reading:
    """Return the reading of a file; it never raises for what the file holds, its issues say what is wrong.

    `progress` is called with a share from 0 to 1 and the name of the stage that begins.
    """
    tell = progress or _silent
    tell(0.0, "decode")
    decoded = decode(data, name=name, tell=tell)
    tell(0.4, "normalise")
    joined = join(decoded)
    source = _source(data, name, decoded, joined)
    issues = [*decoded.issues, *_about_text(joined, decoded)]
    if any(issue.severity == "error" for issue in issues):
        return Reading(source, "", issues=tuple(issues))
    tell(0.5, "blocks")
    return _read_text(source, joined, issues, tell)


def read_file(path: Path | str, *, progress: Progress | None = None) -> Reading:
    """Return the reading of a file on disk; a file over the limit is refused without being loaded.

    :raises OSError: where there is no such file or it may not be read.
    """
    path = Path(path)
    size = path.stat().st_size
    if size > MAX_BYTES:
        source = Source(path.name, "", "application/octet-stream", "text", None, 0, _sha256(b""))
        return Reading(source, "", issues=(make_issue("too_large", size=size, limit=MAX_BYTES),))
    return read_bytes(path.read_bytes(), name=path.name, progress=progress)


def reread(
    text: str,
    *,
    page_starts: Sequence[int],
    layout: Sequence[PlacedText],
    source: Source,
    issues: Sequence[Issue] = (),
    progress: Progress | None = None,
) -> Reading:
    """Return the reading of a text that was taken out of a file before, from stage 3 on.

    `source` and `issues` are those of the first reading: what is said of the file stays, what is said of the text is
    found anew.
    """
    tell = progress or _silent
    tell(0.4, "blocks")
    source = replace(source, characters=len(text), text_sha256=_sha256(_encoded(text)))
    about_file = [issue for issue in issues if issue.code in ABOUT_FILE and issue.span is None]
    joined = Joined(text, tuple(page_starts), 0, tuple(layout), (Stretch(Span(0, len(text))),), ())
    return _read_text(source, joined, about_file, tell)


def _read_text(source: Source, joined: Joined, issues: Sequence[Issue], tell: Progress) -> Reading:
    documents, found = _read_documents(joined, tell)
    said = [*issues, *found, *doubtful_lines(joined.layout)]
    if not any(document.tasks for document in documents):
        said.append(make_issue("no_tasks"))
    tell(1.0, "done")
    return Reading(source, joined.text, joined.page_starts, tuple(documents), tuple(said), joined.layout)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", errors="surrogatepass")


def _silent(_share: float, _stage: str) -> None:
    return None


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _source(data: bytes, name: str, decoded: Decoded, joined: Joined) -> Source:
    return Source(
        name=name,
        sha256=_sha256(data),
        media_type=decoded.media_type,
        method=decoded.method,
        pages=len(decoded.pages) if decoded.paged else None,
        characters=len(joined.text),
        text_sha256=_sha256(_encoded(joined.text)),
    )


def _about_text(joined: Joined, decoded: Decoded) -> list[Issue]:
    issues: list[Issue] = []
    if joined.removed:
        issues.append(make_issue("furniture_removed", count=joined.removed))
    for span in joined.asides:
        issues.append(make_issue("footnotes", count=span.of(joined.text).count("\n") + 1, span=span))
    characters = len(joined.text.strip())
    if not decoded.failed and characters == 0:
        issues.append(make_issue("empty_file"))
    elif not decoded.failed and characters < _SHORT:
        issues.append(make_issue("short_document", characters=characters))
    return issues


def _read_documents(joined: Joined, tell: Progress) -> tuple[list[Document], list[Issue]]:
    """Read the documents of every stretch; none runs over the end of its stretch."""
    lines = split_lines(joined.text)
    starts = [line.start for line in lines]
    view = make_view(joined.text)
    documents: list[Document] = []
    issues: list[Issue] = []
    for place, stretch in enumerate(joined.stretches):
        own = lines[bisect_left(starts, stretch.span.start) : bisect_left(starts, stretch.span.end)]
        split = split_documents(own)
        issues.extend(_about_split(split))
        for index, block in enumerate(split.blocks):
            tell(0.5 + 0.5 * (place + index / len(split.blocks)) / len(joined.stretches), "tasks")
            document, found = read_constituent(joined.text, view, block, len(documents) + 1)
            documents.append(document if stretch.member is None else replace(document, member=stretch.member))
            issues.extend(found)
    return documents, issues


def _about_split(split: Split) -> list[Issue]:
    issues: list[Issue] = []
    if split.front:
        issues.append(make_issue("front_matter", span=_span_of(split.front)))
    if split.only_contents:
        issues.append(make_issue("only_contents"))
    issues.extend(make_issue("continuation_unmatched", mark=line.text[:12], span=line.span) for line in split.strays)
    issues.extend(make_issue("continuation_missing", mark=line.text[:12], span=line.span) for line in split.open_ends)
    return issues


def _span_of(lines: Sequence[Line]) -> Span:
    return Span(lines[0].start, lines[-1].end)
