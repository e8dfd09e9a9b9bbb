"""The body of an Akoma Ntoso document: provisions as a hierarchy, what stands between them as paragraphs and tables."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote

from lxml import etree

from luoshi.reading.model import Document, Provision
from luoshi.reading.structure.assembling import Assembled, reassemble
from luoshi.reading.structure.joined_text import join_text
from luoshi.reading.structure.lines import Line
from luoshi.reading.structure.titles import kind_of, squeeze
from luoshi.reading.view import fold
from luoshi.standards.document_numbers import find_document_numbers

NAMESPACE: Final = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
# The last letter of an id says how the provision is numbered.
_ELEMENTS: Final = {
    **{"b": "part", "f": "subpart", "h": "chapter", "j": "section", "t": "article"},
    **{"c": "section", "p": "subsection", "n": "paragraph", "d": "level", "s": "subparagraph", "o": "indent"},
}
_BELOW_ARTICLE: Final = {"p": "point", "n": "indent", "s": "indent", "o": "indent", "d": "level", "c": "clause"}
_KIND: Final = re.compile(r"([a-z])\d+(?:z\d+)?(?:~\d+)?$")
_ARTICLE: Final = re.compile(r"(?:^|-)t\d+(?:z\d+)?(?:~\d+)?(?=-|$)")
_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FINISHED: Final = frozenset("。！？；：…!?;:”）)")
_MOST_TITLE_LINES: Final = 16


@dataclass(slots=True)
class Unit:
    """A provision, what is printed below its own words (`after`) and the provisions under it."""

    provision: Provision
    after: list[Line] = field(default_factory=list)
    children: list["Unit"] = field(default_factory=list)


@dataclass(slots=True)
class Section:
    """One part of a document: what heads it, its paragraphs without number, its provisions, what closes it."""

    title: str
    head: list[Line] = field(default_factory=list)
    opening: list[Line] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    closing: list[Line] = field(default_factory=list)
    number: str | None = None
    has_articles: bool = False

    @property
    def is_act(self) -> bool:
        """Whether it is divided into articles and names itself a measure."""
        return kind_of(self.title) == "measures" and self.has_articles


def add(parent: etree._Element, name: str, /, **attributes: str) -> etree._Element:
    """Append an element of the Akoma Ntoso namespace and return it."""
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{name}", {key: clean(value) for key, value in attributes.items()})


def clean(text: str) -> str:
    """Return the text without characters that XML forbids."""
    return _FORBIDDEN.sub("", text)


def sections_of(text: str, document: Document) -> list[Section]:
    """Return the parts of a document with all their lines in reading order; there is always one."""
    whole = reassemble(text, document)
    starts = {part.span.start: part.title for part in document.parts[1:]}
    sections = [Section(document.title, number=document.doc_number)]
    held: list[list[tuple[Line, int]]] = [[]]
    for line in whole.lines:
        at = _printed_at(whole, line)
        if at in starts:
            sections.append(Section(starts[at]))
            held.append([])
        held[-1].append((line, at))
    provisions = {provision.span.start: provision for provision in document.provisions}
    trailing = {
        paragraph.span.start: len(squeeze(paragraph.text))
        for provision in document.provisions
        for paragraph in provision.paragraphs
        if paragraph.is_trailing
    }
    for section, lines in zip(sections, held, strict=True):
        _fill(section, lines, provisions, trailing)
    return sections


def _printed_at(whole: Assembled, line: Line) -> int:
    return whole.printed(line.span).start


def _fill(
    section: Section,
    lines: Sequence[tuple[Line, int]],
    provisions: Mapping[int, Provision],
    trailing: Mapping[int, int],
) -> None:
    """Give every line its place; `trailing` says how long the paragraphs are that an article has below its points."""
    first = _after_title([line for line, _ in lines], section.title)
    section.head = [line for line, _ in lines[:first]]
    units: dict[str, Unit] = {}
    current: Unit | None = None
    left = below = 0
    for line, at in lines[first:]:
        provision = provisions.get(at)
        below += trailing.get(at, 0)
        if provision is not None:
            current = _hang(section, units, Unit(provision))
            left = len(squeeze(provision.text)) - len(squeeze(line.text[_label_length(line, provision) :]))
        elif current is None:
            section.opening.append(line)
        elif left > 0 and line.kind in ("text", "masthead"):
            left -= len(squeeze(line.text))
        elif below > 0:
            below -= len(squeeze(line.text))
        else:
            current.after.append(line)
    if current is not None:
        section.closing = [line for line in current.after if line.kind != "row"]
        current.after = [line for line in current.after if line.kind == "row"]


def _after_title(lines: Sequence[Line], title: str) -> int:
    """Return the index after the title, and after a number or a note below it; 0 where the title is not printed."""
    wanted = fold(squeeze(title))
    if not wanted:
        return 0
    for first in range(min(len(lines), _MOST_TITLE_LINES)):
        joined = ""
        for last in range(first, min(len(lines), first + _MOST_TITLE_LINES)):
            joined += fold(squeeze(lines[last].text))
            if joined == wanted:
                after = last + 1
                while after < len(lines) and lines[after].kind in ("number", "notice"):
                    after += 1
                return after
            if not wanted.startswith(joined):
                break
    return 0


def _label_length(line: Line, provision: Provision) -> int:
    at = line.text.find(provision.label)
    return at + len(provision.label) if at >= 0 else 0


def _hang(section: Section, units: dict[str, Unit], unit: Unit) -> Unit:
    parent = units.get(unit.provision.parent or "")
    (parent.children if parent else section.units).append(unit)
    units[unit.provision.id] = unit
    section.has_articles = section.has_articles or _ARTICLE.search(unit.provision.id) is not None
    return unit


def write_section(parent: etree._Element, section: Section) -> None:
    """Write preface, body and conclusions of one part below its `act` or `doc`."""
    if section.head:
        preface = add(parent, "preface")
        for line in section.head:
            _write_head(add(preface, "p"), line, section)
    if section.is_act and section.opening:
        _write_lines(add(parent, "preamble"), section.opening, "preamble", section.number)
    body = add(parent, "body" if section.is_act else "mainBody")
    if not section.is_act:
        _write_lines(body, section.opening, "opening", section.number)
    for unit in section.units:
        _write_unit(body, unit, section)
    if len(body) == 0:
        add(body, "p")
    if section.closing:
        _write_lines(add(parent, "conclusions"), section.closing, "closing", section.number)


def _write_head(paragraph: etree._Element, line: Line, section: Section) -> None:
    words = join_text(line.text)
    if line.kind == "number":
        add(paragraph, "docNumber").text = clean(words)
    elif squeeze(words) and fold(squeeze(words)) in fold(squeeze(section.title)):
        add(paragraph, "docTitle").text = clean(words)
    else:
        paragraph.text = clean(words)


def _write_unit(parent: etree._Element, unit: Unit, section: Section) -> None:
    provision = unit.provision
    element = add(parent, _element_of(provision), eId=provision.id)
    add(element, "num").text = clean(join_text(provision.label))
    if provision.paragraphs:
        _write_clauses(element, unit, section)
        return
    words = _write_heading(element, provision)
    name = "intro" if unit.children else "content"
    if words or unit.after or not unit.children:
        block = add(element, name, eId=f"{provision.id}-{name}")
        _write_blocks(block, [words] if words else [], unit.after, provision.id, section)
    for child in unit.children:
        _write_unit(element, child, section)


def _write_heading(element: etree._Element, provision: Provision) -> str:
    """Write the heading of a provision with its punctuation; return its other words."""
    heading = provision.heading
    if not heading or not provision.text.startswith(heading):
        return provision.text
    rest = provision.text[len(heading) :].lstrip("。：: ")
    add(element, "heading").text = clean(provision.text[: len(provision.text) - len(rest)].strip())
    return rest


def _write_clauses(article: etree._Element, unit: Unit, section: Section) -> None:
    """Write the paragraphs (款) of an article; its points stand under the one that leads up to them."""
    before = [each for each in unit.provision.paragraphs if not each.is_trailing]
    for paragraph in unit.provision.paragraphs:
        element = add(article, "paragraph", eId=paragraph.id)
        leads = bool(unit.children) and bool(before) and paragraph is before[-1]
        name = "intro" if leads else "content"
        rest = unit.after if paragraph is unit.provision.paragraphs[-1] else []
        _write_blocks(add(element, name, eId=f"{paragraph.id}-{name}"), [paragraph.text], rest, paragraph.id, section)
        for child in unit.children if leads else ():
            _write_unit(element, child, section)


def _element_of(provision: Provision) -> str:
    found = _KIND.search(provision.id)
    kind = found.group(1) if found else "d"
    above = provision.parent or ""
    table = _BELOW_ARTICLE if _ARTICLE.search(above) else _ELEMENTS
    return table.get(kind) or _ELEMENTS.get(kind, "level")


def _write_blocks(
    parent: etree._Element, paragraphs: Sequence[str], lines: Sequence[Line], name: str, section: Section
) -> None:
    for words in paragraphs:
        _write_words(add(parent, "p"), words, section.number)
    _write_lines(parent, lines, name, section.number)
    if len(parent) == 0:
        add(parent, "p")


def _write_lines(parent: etree._Element, lines: Sequence[Line], name: str, number: str | None) -> None:
    """Write lines as paragraphs, wrapped ones joined, and rows as tables."""
    table: etree._Element | None = None
    waiting: list[str] = []
    for index, line in enumerate(lines):
        if line.kind == "row":
            waiting = _flush(parent, waiting, number)
            if table is None:
                table = add(parent, "table", eId=_table_id(parent, name, index))
            row = add(table, "tr")
            for cell in line.text.split("\t"):
                _write_words(add(add(row, "td"), "p"), join_text(cell), number)
            continue
        table = None
        waiting.append(line.text)
        if line.kind != "text" or line.text[-1] in _FINISHED:
            waiting = _flush(parent, waiting, number)
    _flush(parent, waiting, number)


def _table_id(parent: etree._Element, name: str, index: int) -> str:
    """Tables outside provisions are told apart by the part that they stand in."""
    holder = parent.getparent()
    while holder is not None and not holder.tag.endswith("}attachment"):
        holder = holder.getparent()
    return f"{holder.get('eId') if holder is not None else 'main'}-{name}-table-{index + 1}"


def _flush(parent: etree._Element, waiting: list[str], number: str | None) -> list[str]:
    if waiting:
        _write_words(add(parent, "p"), join_text("\n".join(waiting)), number)
    return []


def _write_words(paragraph: etree._Element, words: str, own_number: str | None) -> None:
    """Write words with a reference at each number of another document."""
    words = clean(words)
    position, last = 0, None
    for found in find_document_numbers(words) if "号" in words or "號" in words else ():
        if found.number == own_number:
            continue
        _append(paragraph, last, words[position : found.start])
        last = add(paragraph, "ref", href=f"/akn/cn/doc/{quote(found.number, safe='')}")
        last.text = words[found.start : found.end]
        position = found.end
    _append(paragraph, last, words[position:])


def _append(paragraph: etree._Element, last: etree._Element | None, words: str) -> None:
    if last is None:
        paragraph.text = (paragraph.text or "") + words
    else:
        last.tail = (last.tail or "") + words
