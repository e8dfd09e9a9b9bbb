"""Stage 8, appointments: reads the sentences of 任命 and 免去; writes one entry a person and post."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from luoshi.reading.findings import Appointment
from luoshi.reading.model import Issue
from luoshi.reading.notes.appointment_clauses import ClauseReader, Entry
from luoshi.reading.notes.appointment_tables import read_name_tables
from luoshi.reading.part_reading import PartReading
from luoshi.reading.structure.lines import Line
from luoshi.reading.structure.running_text import RunningText, make_running_text
from luoshi.standards.person_names import is_person

_PERSONNEL: Final = re.compile(r"任免|任命|免去|任职|免职|聘任|解聘|职务|人事|聘用|代理.{2,20}[长席任]|接受.{1,12}辞")
_CUES: Final = ("任命", "免去", "职务")
_NAME: Final = r"[\u4e00-\u9fff]{2,4}(?:·[\u4e00-\u9fff]{1,8})*(?:[(][^()]{1,12}[)])?"
_LABEL: Final = r"(?:[一二三四五六七八九十]{1,3}[、.]|[(][一二三四五六七八九十\d]{1,3}[)]|\d{1,3}[.、](?!\d)|[①-⑳])"
_HEAD: Final = re.compile(
    rf"{_LABEL}?(?:(?:决定|同意|批准)?(?:任命|免去|聘任|解聘|提名)|以上|上述|"
    rf"{_NAME}(?:[、,]{_NAME}){{0,12}}(?:同志|为|任|作为|兼任|担任|的|不再|试用期|:)|"
    rf"[^:;。,]{{3,30}}[长任记师员事]:{_NAME}(?![\u4e00-\u9fff]))"
)
_COMPLETE: Final = re.compile(r"(?:[;。,:)]|职务|免除|任命|免去|聘任|人员|名单|[长员记任席师理事])$")
_SALUTATION: Final = re.compile(r"^[^任免聘决]{2,}(?:府|会|门|构|位|局|区|校|司|院)[：:]$")
_ASIDE: Final = frozenset({"jump", "leave", "number", "notice", "aside"})
_AFTER: Final = frozenset({"date", "copies", "annex"})


def find_appointments(part: PartReading) -> tuple[list[Appointment], list[Issue]]:
    """Return the appointments and removals of a part and what a person should know about them."""
    if part.kind == "chronicle":
        return [], []
    sure = _PERSONNEL.search(part.document_title + part.title) is not None
    lines = _body(part.lines)
    if not sure and not any(cue in line.text for line in lines for cue in _CUES):
        return [], []
    running = make_running_text(part.view, [line for line in lines if line.kind != "row"])
    reader = ClauseReader(running, part.document_title, sure=sure)
    for start, end in _segments(running):
        reader.read(start, end)
    entries, issues = reader.entries, reader.issues
    if sure:
        entries.extend(read_name_tables(part.text, part.lines, part.document_title + part.title))
    return [_appointment(entry) for entry in sorted(entries, key=lambda entry: entry.span.start)], issues


def _appointment(entry: Entry) -> Appointment:
    note = "；".join(dict.fromkeys(entry.notes)) or None
    return Appointment(entry.person, entry.action, entry.post, entry.span, note)


def _body(lines: Sequence[Line]) -> list[Line]:
    """The lines without the signature above the date and without what follows it."""
    kept: list[Line] = []
    for line in lines:
        if line.kind in _AFTER:
            while kept and kept[-1].kind == "masthead" and not kept[-1].text.endswith(("；", ";", "。")):
                kept.pop()
            continue
        kept.append(line)
    return [line for line in kept if line.kind not in _ASIDE and not _SALUTATION.search(line.text)]


def _segments(running: RunningText) -> Iterator[tuple[int, int]]:
    """Yield the stretches between ends of sentences outside brackets; a line that begins an entry begins one too."""
    folded, lines = running.folded, frozenset(running.starts)
    depth, first = 0, 0
    for index, char in enumerate(folded):
        if index in lines and index > first and _begins_entry(running, first, index):
            yield first, index
            first, depth = index, 0
        if char == "(":
            depth += 1
        elif char == ")":
            depth = max(0, depth - 1)
        elif char == "。" or (char == ";" and depth == 0):
            yield first, index
            first, depth = index + 1, 0
    if first < len(folded):
        yield first, len(folded)


def _begins_entry(running: RunningText, first: int, index: int) -> bool:
    """Whether the words before a line are complete and the line begins as entries do."""
    complete = _COMPLETE.search(running.folded, max(first, index - 3), index) is not None
    return complete and (_HEAD.match(running.folded, index) is not None or _is_listed(running, index))


def _is_listed(running: RunningText, index: int) -> bool:
    """Whether a line begins with a name and a blank: 张三　市财政局局长."""
    end = next((index + length for length in (2, 3, 4) if running.is_blank(index + length)), 0)
    return end > 0 and is_person(running.folded[index:end])
