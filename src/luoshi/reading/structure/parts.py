"""Stage 3e, parts: reads the lines of one document; writes the letter and each plan or annex that it issues.

Guarantees: parts are in order and together hold all lines; numbering starts again in each of them; the list of annexes
under a letter (附件：1.… 2.…) is no item of the letter, but names the annexes, also those printed without their mark.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from luoshi.reading.structure.lines import Line
from luoshi.reading.structure.numerals import from_figures
from luoshi.reading.structure.titles import collect_title, ends_title, is_title_line, quoted_titles, squeeze
from luoshi.reading.view import fold

_MOST_TITLE_LINES: Final = 4
_MOST_ENTRIES: Final = 60
_FIGURE: Final = r"[\d一二三四五六七八九十]{1,3}"
_NOTE: Final = re.compile(rf"[(]?附\s*[件录表]?\s*(?:{_FIGURE})?\s*[:：](?P<rest>.*)$")
_ENTRY: Final = re.compile(rf"\s*(?:附\s*[件录表]\s*)?[(]?(?P<number>{_FIGURE})\s*[)、.．:：]+\s*(?P<title>.+)$")
_MARKED: Final = re.compile(
    rf"[(]?附\s*[件录表图]\s*(?P<number>{_FIGURE})?\s*(?:[-—–]\s*\d{{1,2}})?[)]?[:：\s]\s*(?P<title>\S.*)$"
)
_CHAPTER: Final = re.compile(r"第[一二三四五六七八九十百\d]{1,4}(?P<unit>[编章节編節])(?=[^。]{0,40}$)")
_CONTENTS: Final = re.compile(r"^(?:.{0,30}[案法则划要定程南])?目[录次錄]$")
_LEADER: Final = re.compile(r"[.…·‥⋯\s（(-]*\d{1,3}[）)-]*$")
_LONGEST_ENTRY: Final = 60
_EXPLAINS: Final = re.compile(r".{0,14}(?:名词(?:解释|注释)|(?:用语|词语|术语|名词)(?:说明|解释|注释))$")
_PUNCTUATION: Final = re.compile(r"[。;；,，.．、]+$")
_SHORT_TITLE: Final = 30


@dataclass(frozen=True, slots=True)
class PartLines:
    """The lines of one part: `lines[:body]` is its title, the rest its body."""

    title: str
    lines: tuple[Line, ...]
    body: int


@dataclass(frozen=True, slots=True)
class _Expected:
    """What may begin a part: titles issued in 《…》, titles of annexes by number, and the lines that list them."""

    issued: frozenset[str]
    annexes: dict[str, int]
    listed: frozenset[int]
    signed: int


def split_parts(lines: Sequence[Line], *, title: str, first: int) -> list[PartLines]:
    """Return the parts of a document whose own title ends before line `first`."""
    expected = _expected(lines, title, first)
    lines = [replace(line, kind="closing") if at in expected.listed else line for at, line in enumerate(lines)]
    cuts: list[tuple[int, int, str]] = []
    index = first
    while index < len(lines):
        after, name = _part_title(lines, index, expected)
        if name:
            cuts.append((index, after, name))
        index = max(after, index + 1)
    ends = [start for start, _, _ in cuts] + [len(lines)]
    parts = [PartLines(title, tuple(lines[: ends[0]]), first)]
    for (start, after, name), end in zip(cuts, ends[1:], strict=True):
        parts.append(PartLines(name, tuple(lines[start:end]), after - start))
    return parts


def _expected(lines: Sequence[Line], title: str, first: int) -> _Expected:
    annexes: dict[str, int] = {}
    listed: set[int] = set()
    signed = next((at for at in range(first, len(lines)) if lines[at].kind == "date"), len(lines))
    listed.update(_own_contents(lines, first))
    index = first
    while index < len(lines):
        heads_annex = index > signed and _marked(lines[index], numbered=True)
        last = index if heads_annex else _read_list(lines, index, annexes)
        listed.update(range(index, last))
        index = max(last, index + 1)
    return _Expected(_issued(lines, title, first), annexes, frozenset(listed), signed)


def _own_contents(lines: Sequence[Line], first: int) -> Iterator[int]:
    """Yield the lines of the contents that a document has of its own: under 目录, or chapters printed again."""
    again = _last_places(lines)
    index = max(first - 1, 0)
    while index < len(lines):
        words = squeeze(lines[index].text) if len(lines[index].text) <= _LONGEST_ENTRY else ""
        headed = _CONTENTS.search(words) is not None
        after = index
        if headed:
            after = max(_chapters_end(lines, index + 1), _repeated_end(lines, index + 1, again))
            after = after if after > index + 2 else index
        elif _is_chapter(lines[index]):
            last = _chapters_end(lines, index)
            is_repeated = last < len(lines) and squeeze(lines[last].text) == _entry_of(words)
            after = last if last > index + 2 and is_repeated else index
        yield from range(index, after)
        index = max(after, index + 1)


def _is_chapter(line: Line) -> bool:
    return _CHAPTER.match(squeeze(line.text)) is not None


def _entry_of(words: str) -> str:
    """Return squeezed words without the page number of a table of contents."""
    return _LEADER.sub("", words)


def _last_places(lines: Sequence[Line]) -> dict[str, int]:
    """Return where each short line is printed last."""
    return {squeeze(line.text): at for at, line in enumerate(lines) if len(line.text) <= _LONGEST_ENTRY}


def _chapters_end(lines: Sequence[Line], after: int) -> int:
    """Return the line after a run of chapters and sections; the first that is printed again is no entry."""
    seen: set[str] = set()
    while after < len(lines) and (chapter := _CHAPTER.match(squeeze(lines[after].text))):
        if chapter.group() in seen and chapter["unit"] != "节":
            break
        seen.add(chapter.group())
        after += 1
    return after


def _repeated_end(lines: Sequence[Line], after: int, again: dict[str, int]) -> int:
    """Return the line after a run of short lines that are all printed again further down."""
    seen: set[str] = set()
    while after < len(lines) and len(lines[after].text) <= _LONGEST_ENTRY:
        words = _entry_of(squeeze(lines[after].text))
        if words in seen or again.get(words, 0) <= after:
            break
        seen.add(words)
        after += 1
    return after


def _issued(lines: Sequence[Line], title: str, first: int) -> frozenset[str]:
    """Titles in 《…》 of the title and of the first lines of the letter: what is being issued."""
    letter: list[str] = [title]
    for line in lines[first : first + 40]:
        if line.kind == "date":
            break
        letter.append(line.text)
    return frozenset(quoted_titles("".join(letter)))


def _read_list(lines: Sequence[Line], index: int, annexes: dict[str, int]) -> int:
    """Read a list of annexes that begins at a line (附件：1.甲); return the line after it, or the line itself."""
    line = lines[index]
    if line.kind not in ("text", "annex") or line.text[:1] not in "附（(" or not (note := _NOTE.match(fold(line.text))):
        return index
    entries = [_Entry.of(note["rest"])] if note["rest"].strip() else []
    after = index + 1
    while after < min(len(lines), index + _MOST_ENTRIES) and _goes_on(lines[after], entries):
        entry = _Entry.of(fold(lines[after].text))
        if entry.number or not entries:
            entries.append(entry)
        else:
            entries[-1] = _Entry(entries[-1].number, entries[-1].title + entry.title)
        after += 1
    if not entries or (not entries[0].number and lines[index].kind == "annex"):
        return index
    for place, entry in enumerate(entries, 1):
        annexes.setdefault(_PUNCTUATION.sub("", squeeze(entry.title)), entry.number or place)
    return after


@dataclass(frozen=True, slots=True)
class _Entry:
    number: int
    title: str

    @classmethod
    def of(cls, text: str) -> "_Entry":
        """Read `1.甲` or `甲`, folded; the number is 0 without one."""
        found = _ENTRY.match(text)
        return cls(from_figures(found["number"]) or 0, found["title"]) if found else cls(0, text)


def _goes_on(line: Line, entries: Sequence[_Entry]) -> bool:
    """Whether a list of annexes runs on into a line: a further number, or the rest of a title that was wrapped."""
    if line.kind != "text" or "。" in line.text or len(line.text) > 120:
        return False
    number = _Entry.of(fold(line.text)).number
    if number:
        return number == (entries[-1].number + 1 if entries else 1)
    return bool(entries) and entries[-1].number > 0 and not ends_title(entries[-1].title) and is_title_line(line.text)


def _part_title(lines: Sequence[Line], index: int, expected: _Expected) -> tuple[int, str]:
    """Return the index after a part title that begins at a line and the title; the index itself and "" without one."""
    line = lines[index]
    if line.kind == "annex":
        return _untitled(lines, index, expected)
    if line.kind not in ("text", "masthead"):
        return index, ""
    known = expected.issued | (frozenset(expected.annexes) if index > expected.signed else frozenset())
    joined = ""
    for after in range(index + 1, min(index + _MOST_TITLE_LINES, len(lines)) + 1):
        joined += squeeze(fold(lines[after - 1].text))
        if joined in known:
            return after, _name(lines, index, after)
        if not any(title.startswith(joined) for title in known):
            break
    if index > expected.signed and (marked := _marked(line)):
        return index + 1, marked
    if _EXPLAINS.match(squeeze(line.text)) and _follows_an_end(lines, index):
        return index + 1, squeeze(line.text)
    return _title_below(lines, index)


def _follows_an_end(lines: Sequence[Line], index: int) -> bool:
    return index > 0 and (lines[index - 1].kind != "text" or lines[index - 1].text[-1] in "。！？!?）)")


def _name(lines: Sequence[Line], first: int, after: int) -> str:
    return squeeze("".join(line.text for line in lines[first:after]))


def _marked(line: Line, *, numbered: bool = False) -> str:
    """The title of an annex on the line of its mark: 附件1：甲; `numbered` asks for a mark with a number."""
    found = _MARKED.match(fold(line.text)) if line.text[:1] in "附（(" else None
    if found and numbered and not found["number"]:
        return ""
    return squeeze(line.text[found.start("title") :]) if found and is_title_line(found["title"]) else ""


def _untitled(lines: Sequence[Line], index: int, expected: _Expected) -> tuple[int, str]:
    """An annex mark before a table or a list begins a part by itself, with the title announced for its number."""
    below = lines[index + 1] if index + 1 < len(lines) else None
    if index < expected.signed < len(lines) or below is None or _title_below(lines, index + 1)[1]:
        return index, ""
    if below.kind == "text" and is_title_line(below.text):
        joined = squeeze(fold(below.text))
        if any(title.startswith(joined) for title in expected.annexes):
            return index, ""
    mark = squeeze(fold(lines[index].text)).strip("():")
    number = from_figures(re.sub(r"\D", "", mark) or re.sub(r"[^一二三四五六七八九十]", "", mark))
    announced = next((title for title, place in expected.annexes.items() if place == number), None)
    return index + 1, announced or mark


def _title_below(lines: Sequence[Line], index: int) -> tuple[int, str]:
    """A title straight after a date of signature, a note on publication or an annex mark begins a part."""
    if index == 0 or lines[index].kind not in ("text", "masthead") or not is_title_line(lines[index].text):
        return index, ""
    if lines[index - 1].kind not in ("date", "annex", "notice"):
        return index, ""
    after = collect_title(lines, index)
    if ends_title(_name(lines, index, after)):
        return after, _name(lines, index, after)
    if lines[index - 1].kind == "annex" and _stands_alone(lines, index):
        return index + 1, squeeze(lines[index].text)
    return index, ""


def _stands_alone(lines: Sequence[Line], index: int) -> bool:
    """Whether a short line without the ending of a title is one all the same: no prose runs on below it."""
    if len(lines[index].text) > _SHORT_TITLE:
        return False
    below = lines[index + 1] if index + 1 < len(lines) else None
    return below is None or below.kind != "text" or not is_title_line(below.text) or len(below.text) <= _SHORT_TITLE
