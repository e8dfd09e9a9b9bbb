"""Read one constituent document: its title, its parts, and in each part its provisions and tasks."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from luoshi.reading.finders import Findings
from luoshi.reading.model import Document, Issue, Part, Provision, Span, Task
from luoshi.reading.part_reading import Dating, PartReading
from luoshi.reading.responsibilities.articles import read_articles
from luoshi.reading.responsibilities.tables import read_tables
from luoshi.reading.responsibilities.tasks import Standing, TaskReader
from luoshi.reading.responsibilities.unread import find_unread
from luoshi.reading.structure.assembling import Assembled, assemble
from luoshi.reading.structure.lines import Line
from luoshi.reading.structure.metadata import citations, issued_on, issuer_of, own_rules_of, year_of
from luoshi.reading.structure.numbering import Item, build_tree
from luoshi.reading.structure.orders import Promulgation, number_of, promulgation, title_of_order
from luoshi.reading.structure.page_asides import read_catalogue
from luoshi.reading.structure.parts import split_parts
from luoshi.reading.structure.provisions import make_provisions
from luoshi.reading.structure.repeal_lists import listed_repeals
from luoshi.reading.structure.splitting import Block, title_lines
from luoshi.reading.structure.titles import bare_title, issued_title, kind_of, squeeze
from luoshi.reading.structure.validity import repeals, validity_of
from luoshi.reading.view import View, simplify
from luoshi.standards.document_numbers import normalise_document_number

_LETTER: Final = 12  # lines of a letter among which it says what it issues


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
    whole = assemble(text, view, block)
    own = Block(whole.lines, whole.number)
    first, last = title_lines(own)
    title = squeeze("".join(line.text for line in own.lines[first:last]))
    number = number_of(own.lines, own.number) if own.number >= 0 else None
    title = (title_of_order(own.lines, own.number) if number else None) or title
    title = bare_title(title or issued_title(own.lines[:_LETTER]))
    kind = kind_of(title)
    catalogue = read_catalogue(own.lines)
    promulgated = promulgation(own.lines, last, title) if number is None else Promulgation()
    number = number or promulgated.number or normalise_document_number(catalogue.number)
    number = simplify(number) if number else None
    issued = issued_on(own.lines, kind=kind) or promulgated.day or catalogue.issued
    dating = Dating(issued, year_of(title, issued, lines=own.lines, kind=kind))
    content = _read_parts(whole, title, max(last, own.number + 1), dating)
    span = _span_of(own.lines)
    validity = validity_of(span.of(whole.text), issued)
    repealed = repeals(whole.text, span)
    document = Document(
        id=f"d{position}",
        kind=kind,
        title=title,
        span=span,
        doc_number=number,
        issuer=issuer_of(title, own.lines, kind=kind)
        or promulgated.issuer
        or own_rules_of(title)
        or catalogue.issuer
        or None,
        issued_on=issued,
        effective_from=validity.start or catalogue.start,
        effective_to=validity.end or catalogue.end,
        parts=tuple(content.parts),
        provisions=tuple(content.provisions),
        tasks=tuple(content.tasks),
        targets=tuple(content.findings.targets),
        duties=tuple(content.findings.duties),
        appointments=tuple(content.findings.appointments),
        quotas=tuple(content.findings.quotas),
        events=tuple(content.findings.events),
        terms=tuple(content.findings.terms),
        items=tuple(content.findings.items),
        citations=citations(whole.text, span, number),
        repeals=(*repealed, *listed_repeals(whole.text, own.lines, repealed)),
    )
    printed = replace(
        whole.carry_back(document),
        span=_span_of(block.lines),
        continuations=tuple(_span_of(part) for part in block.continuations),
    )
    issues = whole.carry_back((*content.issues, *content.findings.issues))
    return printed, [*whole.issues, *issues]


def _read_parts(whole: Assembled, title: str, first: int, dating: Dating) -> _Content:
    text, view = whole.text, whole.view
    content = _Content()
    parts = split_parts(whole.lines, title=title, first=first)
    standing = Standing()
    for index, part in enumerate(parts):
        prefix = f"a{index}-" if index else ""
        body = part.lines[part.body :]
        if part.lines:
            content.parts.append(Part(part.title, _span_of(part.lines)))
        items, found = build_tree(text, body)
        provisions = make_provisions(text, items, prefix=prefix)
        mastheads = [line.span for line in body if line.kind == "masthead"]
        reader = TaskReader(text, view, items, provisions, dating, standing=standing, mastheads=mastheads)
        tasks = reader.read(_loose(body, items), prefix)
        rows, doubts = read_tables(text, view, body, prefix, dating)
        tasks.extend(rows)
        is_letter = index == 0 and len(parts) > 1
        before = [*content.tasks, *tasks]
        tasks.extend(read_articles(reader, kind=kind_of(title), title=title, is_letter=is_letter, before=before))
        standing = Standing(first_is_lead=reader.standing.first_is_lead)
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
    lines = [line for part in parts for line in part.lines[part.body :]]
    content.issues.extend(find_unread(view, lines, content.tasks, kind=kind_of(title)))
    return content


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
