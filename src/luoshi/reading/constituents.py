"""Read one constituent document: its title, its parts, and in each part its provisions and tasks."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from luoshi.reading.finders import Findings
from luoshi.reading.lines import Line
from luoshi.reading.metadata import citations, in_force, issued_on, issuer_of, year_of
from luoshi.reading.model import Citation, Document, Issue, Part, Provision, Span, Task
from luoshi.reading.numbering import Item, build_tree
from luoshi.reading.part_reading import Dating, PartReading
from luoshi.reading.parts import PartLines, split_parts
from luoshi.reading.provisions import make_provisions
from luoshi.reading.splitting import Block, title_lines
from luoshi.reading.tables import read_tables
from luoshi.reading.tasks import TaskReader
from luoshi.reading.titles import kind_of, squeeze
from luoshi.reading.view import View
from luoshi.standards.document_numbers import normalise_document_number


@dataclass(slots=True)
class _Content:
    """What the parts of one document hold."""

    parts: list[Part] = field(default_factory=list)
    provisions: list[Provision] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)


def read_constituent(text: str, view: View, block: Block, position: int) -> tuple[Document, list[Issue]]:
    """Return one document and the issues about it; `position` is its place in the file, from 1."""
    first, last = title_lines(block)
    title = squeeze("".join(line.text for line in block.lines[first:last]))
    lines = [*block.lines, *(line for part in block.continuations for line in part)]
    number = normalise_document_number(block.lines[block.number].text) if block.number >= 0 else None
    issued = issued_on(lines)
    dating = Dating(issued, year_of(title, issued))
    content = _read_parts(text, view, block, lines, title, max(last, block.number + 1), dating)
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
        parts=tuple(content.parts),
        continuations=tuple(spans[1:]),
        provisions=tuple(content.provisions),
        tasks=tuple(content.tasks),
        targets=tuple(content.findings.targets),
        duties=tuple(content.findings.duties),
        appointments=tuple(content.findings.appointments),
        quotas=tuple(content.findings.quotas),
        events=tuple(content.findings.events),
        terms=tuple(content.findings.terms),
        items=tuple(content.findings.items),
        citations=_citations(text, spans, number),
    )
    return document, [*content.issues, *content.findings.issues]


def _read_parts(
    text: str, view: View, block: Block, lines: Sequence[Line], title: str, first: int, dating: Dating
) -> _Content:
    content = _Content()
    for index, part in enumerate(split_parts(lines, title=title, first=first)):
        prefix = f"a{index}-" if index else ""
        body = part.lines[part.body :]
        if part.lines:
            content.parts.append(Part(part.title, _part_span(part, block)))
        items, found = build_tree(text, body)
        provisions = make_provisions(text, items, prefix=prefix)
        reader = TaskReader(text, view, items, provisions, dating)
        tasks = reader.read(_loose(body, items), prefix)
        rows, doubts = read_tables(text, view, body, prefix, dating)
        tasks.extend(rows)
        content.provisions.extend(provisions)
        content.tasks.extend(tasks)
        content.issues.extend([*found, *reader.issues, *doubts])
        content.findings.add(
            PartReading(
                text=text,
                view=view,
                kind=kind_of(title),
                document_title=title,
                title=part.title,
                dating=dating,
                lines=body,
                items=items,
                provisions=provisions,
                tasks=tasks,
                prefix=prefix,
            )
        )
    return content


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
