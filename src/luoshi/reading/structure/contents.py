"""The table of contents of a gazette: its titles say where documents without a number begin."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from luoshi.reading.structure.lines import Line
from luoshi.reading.structure.titles import is_title_line, squeeze
from luoshi.reading.view import fold
from luoshi.standards.document_numbers import find_document_numbers

_HEAD: Final = re.compile(r"(?:本期)?(?:目录|目次|要目)(?:CONTENTS)?$|CONTENTS$", re.IGNORECASE)
_PAGE: Final = re.compile(
    r"(?:[.．…·‥⋯]{2,}|[-—–_]{3,}|[\s（(/])[.．…·‥⋯\s（(]*(?:[PpＰ]\.?|第)?\s*(?P<page>\d{1,4})\s*页?\s*[)）]?$"
)
_BULLET: Final = re.compile(r"^[-—–●◎○◆◇■□▲★☆※·•*\s]+")
_SECTION: Final = re.compile(r"^[◎●◆■▲★※【〖]")
_ISSUER_ENDS: Final = re.compile(r"(?<=[府室厅会委局部院])(?=关于|印发|转发|批转)")
_MOST_LINES: Final = 1_000
_MOST_WITHOUT_PAGE: Final = 8
_MOST_PARTS: Final = 5
_LEAST_TITLE: Final = 6


@dataclass(frozen=True, slots=True)
class Contents:
    """The lines of the contents, from `first` to `last`, exclusive, and the titles that they list."""

    first: int
    last: int
    titles: frozenset[str]


def find_contents(lines: Sequence[Line]) -> Contents | None:
    """Return the contents of a gazette: lines under 目录 that end in page numbers; None where there are none."""
    for index, line in enumerate(lines[:_MOST_LINES]):
        if len(line.text) <= 20 and _HEAD.match(squeeze(line.text)):
            last = _last_line(lines, index + 1)
            if last > index + 1:
                return Contents(index, last, frozenset(_titles(lines[index + 1 : last])))
    return None


def _last_line(lines: Sequence[Line], first: int) -> int:
    last = first
    for index in range(first, min(len(lines), first + _MOST_LINES)):
        line = lines[index]
        if len(line.text) > 200 or "。" in line.text or index - last >= _MOST_WITHOUT_PAGE:
            break
        if _PAGE.search(line.text):
            last = index + 1
    return last


def _titles(lines: Sequence[Line]) -> Iterator[str]:
    """Yield what an entry may be called: its lines joined, and the same without the lines above (a section's name)."""
    waiting: list[str] = []
    for line in lines:
        text = _BULLET.sub("", line.text)
        page = _PAGE.search(text)
        if _SECTION.match(line.text) and not page:
            waiting = []
            continue
        waiting.append(_without_number(text[: page.start()] if page else text))
        if page:
            for start in range(max(0, len(waiting) - _MOST_PARTS), len(waiting)):
                title = fold(squeeze("".join(waiting[start:])))
                if len(title) >= _LEAST_TITLE:
                    yield title
            waiting = []


def _without_number(text: str) -> str:
    """Leave out the document number behind a title, with its brackets."""
    number = next(find_document_numbers(text), None) if "号" in text else None
    return text[: number.start].rstrip("（( ") if number and len(text) - number.end <= 2 else text


def titled_starts(lines: Sequence[Line], contents: Contents) -> Iterator[tuple[int, int]]:
    """Yield (first line, line after the last) of each title of the contents where it is printed again, once each."""
    open_titles = set(contents.titles)
    index = contents.last
    while index < len(lines) and open_titles:
        after = _title_at(lines, index, open_titles)
        if after > index:
            yield index, after
        index = max(after, index + 1)


def _title_at(lines: Sequence[Line], index: int, titles: set[str]) -> int:
    joined = ""
    for after in range(index + 1, min(index + _MOST_PARTS, len(lines)) + 1):
        line = lines[after - 1]
        if line.kind not in ("text", "masthead") or not is_title_line(line.text):
            break
        joined += fold(squeeze(line.text))
        seam = _ISSUER_ENDS.search(joined)
        for name in (joined, joined[seam.start() :] if seam else joined):
            found = name if name in titles else _with_month(name, titles)
            if found:
                titles.discard(found)
                return after
    return index


def _with_month(name: str, titles: set[str]) -> str | None:
    """A chronicle's title has its month only in the contents: 大事记(2031年3月)."""
    if not name.endswith("大事记"):
        return None
    return next((title for title in titles if title.startswith(f"{name}(")), None)
