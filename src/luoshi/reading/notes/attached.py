"""Lists printed inside a part: where a heading names one, which lines belong to it, and its numbered entries."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from luoshi.reading.part_reading import PartReading
from luoshi.reading.structure.lines import Line
from luoshi.reading.structure.numerals import from_figures
from luoshi.reading.structure.titles import is_title_line, squeeze
from luoshi.reading.view import fold

_ANNEX_HEAD: Final = re.compile(r"附(?:件|表|录)?\s*[0-9一二三四五六七八九十]{0,2}\s*[:：.]?\s*")
_LABEL: Final = re.compile(
    r"\s*(?:注\s*)?(?:[\[〔【(（](?P<in>\d{1,3})[\]〕】)）][.、]?|(?P<ar>\d{1,3})\s*[.．、:：](?!\d)|(?P<circ>[①-⑳])|"
    r"(?P<cn>[一二三四五六七八九十]{1,4})\s*[、.．])\s*"
)
_KINDS: Final = ("ar", "in", "circ", "cn")
_SENTENCE: Final = re.compile(r"[。；，：:;]")
_MAX_HEADING: Final = 40
_MAX_GROUP: Final = 24


@dataclass(frozen=True, slots=True)
class Section:
    """A list: its printed title and the lines below it; `attached` where it is a part or stands under an annex mark."""

    title: str
    lines: tuple[Line, ...]
    attached: bool


@dataclass(frozen=True, slots=True)
class EntryLines:
    """One entry of a list: its printed number ("" without one), where its words begin, its lines."""

    number: str
    start: int
    words: int
    end: int


def find_sections(
    part: PartReading, names_list: re.Pattern[str], names_none: re.Pattern[str] | None = None
) -> Iterator[Section]:
    """Yield the part itself where its title names a list, else each list that a heading inside it names.

    `names_none` fits titles that only speak of a list, such as that of the notice which issues it.
    """
    title = fold(part.title)
    if names_list.search(title) and not (names_none and names_none.search(title)):
        yield Section(part.title, tuple(part.lines), part.prefix != "")
        return
    heads = [
        (index, annexed)
        for index, line in enumerate(part.lines)
        if len(line.text) <= _MAX_HEADING and line.kind in ("text", "masthead", "closing")
        if (annexed := _is_heading(part.lines, index, names_list)) is not None
    ]
    for place, (index, annexed) in enumerate(heads):
        end = heads[place + 1][0] if place + 1 < len(heads) else len(part.lines)
        end = next((at for at in range(index + 1, end) if _ends_list(part.lines, at)), end)
        title = squeeze(_ANNEX_HEAD.sub("", part.lines[index].text, count=1) if annexed else part.lines[index].text)
        yield Section(title, tuple(part.lines[index + 1 : end]), annexed)


def _is_heading(lines: Sequence[Line], index: int, names_list: re.Pattern[str]) -> bool | None:
    """Whether a line is the heading of a list: None for no, else whether it stands under an annex mark."""
    text = fold(lines[index].text)
    mark = _ANNEX_HEAD.match(text)
    words = (text[mark.end() :] if mark else text).rstrip("：:")
    if not is_title_line(words) or not names_list.search(squeeze(words)):
        return None
    following = lines[index + 1] if index + 1 < len(lines) else None
    if following is None or following.kind in ("date", "masthead", "annex", "number"):
        return None
    if (mark or len(squeeze(words)) <= _MAX_HEADING) and _LABEL.match(following.text):
        return mark is not None or (index > 0 and lines[index - 1].kind == "annex")
    return None


def _ends_list(lines: Sequence[Line], index: int) -> bool:
    return lines[index].kind in ("annex", "date", "number", "copies") or (
        index + 1 < len(lines) and lines[index + 1].kind == "date" and lines[index].kind == "masthead"
    )


def numbered_entries(lines: Sequence[Line]) -> list[EntryLines]:
    """Return the entries of a list by the kind of number that counts most of them: 1. 2. …, [1] [2] …, ① ② …"""
    labels = [_label(line) for line in lines]
    ways = [_entries_of(lines, labels, kind) for kind in _KINDS]
    return max(ways, key=len)


def _label(line: Line) -> tuple[str, str, int]:
    """Return the kind of number at the head of a line, its figures and where the words begin; "" for none."""
    match = _LABEL.match(line.text)
    kind, figures = (
        next(((name, value) for name, value in match.groupdict().items() if value), ("", "")) if match else ("", "")
    )
    return kind, figures, line.start + match.end() if match else line.start


def _entries_of(lines: Sequence[Line], labels: Sequence[tuple[str, str, int]], kind: str) -> list[EntryLines]:
    """Numbers go up by one; they begin again only after a heading, which belongs to no entry."""
    entries: list[EntryLines] = []
    previous, after_heading = 0, False
    for line, (own, figures, words) in zip(lines, labels, strict=True):
        number = _value(figures) if own == kind else 0
        if number and (number == previous + 1 or (number == 1 and after_heading)):
            entries.append(EntryLines(figures, line.start, words, line.end))
            previous, after_heading = number, False
        elif own not in ("", kind) and len(line.text) <= _MAX_GROUP and not _SENTENCE.search(line.text):
            after_heading = True
        elif entries and not after_heading:
            last = entries[-1]
            entries[-1] = EntryLines(last.number, last.start, last.words, line.end)
    return entries


def _value(number: str) -> int:
    return ord(number) - 0x245F if "①" <= number <= "⑳" else from_figures(number) or 0
