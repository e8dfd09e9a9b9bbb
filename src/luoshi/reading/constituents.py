"""Read one constituent document: its title, its parts, and in each part its provisions and tasks."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from luoshi.reading.lines import Line
from luoshi.reading.metadata import citations, in_force, issued_on, issuer_of, year_of
from luoshi.reading.model import Citation, Document, Issue, Part, Provision, Span, Task
from luoshi.reading.numbering import Item, build_tree
from luoshi.reading.parts import PartLines, split_parts
from luoshi.reading.provisions import make_provisions
from luoshi.reading.splitting import Block, title_lines
from luoshi.reading.tables import read_tables
from luoshi.reading.tasks import TaskReader
from luoshi.reading.titles import kind_of, squeeze
from luoshi.reading.view import View
from luoshi.standards.document_numbers import normalise_document_number

_Found = tuple[list[Part], list[Provision], list[Task], list[Issue]]


def read_constituent(text: str, view: View, block: Block, position: int) -> tuple[Document, list[Issue]]:
    """Return one document and the issues about it; `position` is its place in the file, from 1."""
    first, last = title_lines(block)
    title = squeeze("".join(line.text for line in block.lines[first:last]))
    lines = [*block.lines, *(line for part in block.continuations for line in part)]
    number = normalise_document_number(block.lines[block.number].text) if block.number >= 0 else None
    issued = issued_on(lines)
    parts, provisions, tasks, issues = _read_parts(text, view, block, lines, title, max(last, block.number + 1), issued)
    spans = [_span_of(block.lines), *(_span_of(part) for part in block.continuations)]
    start, end = in_force(spans[-1].of(text)) if len(spans) > 1 else in_force(spans[0].of(text))
    document = Document(
        id=f"d{position}",
        kind=kind_of(title),
        title=title,
        span=spans[0],
        doc_number=number,
        issuer=issuer_of(title, lines),
        issued_on=issued,
        effective_from=start,
        effective_to=end,
        parts=tuple(parts),
        continuations=tuple(spans[1:]),
        provisions=tuple(provisions),
        tasks=tuple(tasks),
        citations=_citations(text, spans, number),
    )
    return document, issues


def _read_parts(
    text: str, view: View, block: Block, lines: Sequence[Line], title: str, first: int, issued: date | None
) -> _Found:
    parts: list[Part] = []
    provisions: list[Provision] = []
    tasks: list[Task] = []
    issues: list[Issue] = []
    year = year_of(title, issued)
    for index, part in enumerate(split_parts(lines, title=title, first=first)):
        prefix = f"a{index}-" if index else ""
        body = part.lines[part.body :]
        if part.lines:
            parts.append(Part(part.title, _part_span(part, block)))
        items, found = build_tree(text, body)
        issues.extend(found)
        own = make_provisions(text, items, prefix=prefix)
        reader = TaskReader(text, view, items, own, year)
        tasks.extend(reader.read(_loose(body, items), prefix))
        rows, doubts = read_tables(text, view, body, prefix, year)
        tasks.extend(rows)
        provisions.extend(own)
        issues.extend([*reader.issues, *doubts])
    return parts, provisions, tasks, issues


def _part_span(part: PartLines, block: Block) -> Span:
    """The span of a part ends where its document breaks off; a continuation is a stretch of its own."""
    last = block.lines[-1].end
    own = [line for line in part.lines if block.lines[0].start <= line.start < last]
    return _span_of(own or part.lines)


def _span_of(lines: Sequence[Line]) -> Span:
    return Span(lines[0].start, lines[-1].end)


def _loose(body: Sequence[Line], items: Sequence[Item]) -> list[Span]:
    """Paragraphs that belong to no numbered item, up to the next item or structural line."""
    covered = sorted((item.label.start, item.own.end) for item in items)
    starts = [start for start, _ in covered]
    spans: list[Span] = []
    for line in body:
        place = bisect_right(starts, line.start) - 1
        if line.kind == "text" and (place < 0 or covered[place][1] <= line.start):
            spans.append(line.span)
    return spans


def _citations(text: str, spans: Sequence[Span], number: str | None) -> tuple[Citation, ...]:
    return tuple(citation for span in spans for citation in citations(text, span, number))
