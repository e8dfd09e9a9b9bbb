"""Who issued a document, when, and from when to when it is in force, as far as its own words say."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from luoshi.reading.lines import DATE, Line
from luoshi.reading.model import Citation, Span
from luoshi.reading.numerals import from_figures
from luoshi.reading.titles import squeeze
from luoshi.reading.view import fold
from luoshi.standards.document_numbers import find_document_numbers

_ISSUER: Final = re.compile(
    r"^((?:中共)?[^关印转]{2,30}?(?:人民政府|政府|办公室|办公厅|委员会|委|局|厅|部|院|会))(?=关于|印发|转发)"
)
_ORG: Final = re.compile(r"^(?:中共)?.{2,30}(?:人民政府|政府|办公室|办公厅|委员会|委|局|厅|部|院|会|中心)$")
_DAY: Final = rf"(?:{DATE.pattern})"
_IN_FORCE: Final = re.compile(rf"自\s*{_DAY}\s*起\s*(?:施行|执行|实施|生效)")
_UNTIL: Final = re.compile(rf"有效期\s*(?:至|到)\s*{_DAY}")
_TITLE_BEFORE: Final = re.compile(r"《([^《》]{2,120})》\s*[（(]?\s*$")


def to_date(year: str, month: str, day: str) -> date | None:
    """Return the date of three printed figures, Arabic or Chinese, or None where there is no such day."""
    values = [from_figures(part.replace("Ｏ", "〇").replace("O", "〇")) for part in (year, month, day)]
    if any(value is None for value in values):
        return None
    try:
        return date(*(value or 0 for value in values))
    except ValueError:
        return None


def issued_on(lines: Sequence[Line]) -> date | None:
    """Return the date of signature: the first date that stands on a line of its own."""
    for line in lines:
        found = DATE.search(line.text) if line.kind == "date" else None
        if found:
            return to_date(*found.groups())
    return None


def issuer_of(title: str, lines: Sequence[Line]) -> str | None:
    """Return the issuing office: from the title, else the signature above the date, else the masthead."""
    found = _ISSUER.match(squeeze(title))
    if found:
        return found.group(1)
    for index, line in enumerate(lines):
        if line.kind == "date" and index and _ORG.match(squeeze(lines[index - 1].text)):
            return _signatures(lines, index)
    for line in lines[:3]:
        if line.kind == "masthead":
            return squeeze(line.text).removesuffix("文件")
    return None


def _signatures(lines: Sequence[Line], before: int) -> str:
    names: list[str] = []
    index = before - 1
    while index >= 0 and len(names) < 6 and _ORG.match(squeeze(lines[index].text)) and len(lines[index].text) <= 30:
        names.insert(0, squeeze(lines[index].text))
        index -= 1
    return "、".join(names)


def in_force(text: str) -> tuple[date | None, date | None]:
    """Return (from, to) of a document's own clause 自…起施行，有效期至…; None for what it does not say."""
    start, end = _IN_FORCE.search(text), _UNTIL.search(text)
    return (to_date(*start.groups()) if start else None, to_date(*end.groups()) if end else None)


def citations(text: str, span: Span, own_number: str | None) -> tuple[Citation, ...]:
    """Return the other documents that a stretch of text names by number, each mention once."""
    found: list[Citation] = []
    for number in find_document_numbers(span.of(text)):
        if number.number == own_number:
            continue
        start = span.start + number.start
        before = _TITLE_BEFORE.search(text, max(span.start, start - 140), start)
        title = squeeze(before.group(1)) if before else None
        found.append(Citation(number.number, title, Span(start, span.start + number.end)))
    return tuple(found)


def year_of(title: str, issued: date | None) -> int | None:
    """Return the year that a plan is for: the one in its title, else the year it was issued."""
    found = re.search(r"(?<!\d)((?:19|20)\d{2})(?!\d)", fold(squeeze(title)))
    if found:
        return int(found.group(1))
    return issued.year if issued else None
