"""Lay a document out as a row of styled blocks, which text, PDF and DOCX each draw in their own way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from luoshi.demo.clauses import clause_after, clause_below
from luoshi.demo.sources import Official, Task

Style = Literal[
    "masthead",
    "number",
    "title",
    "to",
    "paragraph",
    "sign",
    "date",
    "note",
    "plan_title",
    "section",
    "task",
    "clause",
    "copies",
    "imprint",
]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, or one group of centred lines, of a document."""

    style: Style
    lines: tuple[str, ...]


def blocks(document: Official) -> Iterator[Block]:
    """Iterate over the blocks of a document in the order of print."""
    yield from _head(document)
    if document.plan_title:
        yield from _closing(document)
        yield Block("plan_title", document.plan_title)
        yield from _body(document)
    else:
        yield from _body(document)
        yield from _closing(document)
    yield from _imprint(document)


def chinese_date(day: date) -> str:
    """Return a date as official documents print it, without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def _head(document: Official) -> Iterator[Block]:
    if document.issuer:
        yield Block("masthead", (f"{document.issuer}文件",))
        yield Block("number", (document.number,))
    yield Block("title", document.title)
    if document.to:
        yield Block("to", (document.to,))
    for words in (*document.letter, *document.events):
        yield Block("paragraph", (words,))


def _body(document: Official) -> Iterator[Block]:
    for section in document.sections:
        yield Block("section", (section.title,))
        for task in section.tasks:
            yield Block("task", (f"{_label(task, document)}{task.text}{clause_after(task, document)}",))
            if below := clause_below(task, document):
                yield Block("clause", (below,))


def _label(task: Task, document: Official) -> str:
    if document.numbering == "chinese":
        return f"（{task.number}）"
    item, _, sub = task.number.partition("(")
    return f"（{sub.removesuffix(')')}）" if sub else f"{item}."


def _closing(document: Official) -> Iterator[Block]:
    if document.issuer and document.issued_on:
        yield Block("sign", (document.issuer,))
        yield Block("date", (chinese_date(document.issued_on),))
    if document.note:
        yield Block("note", (document.note,))


def _imprint(document: Official) -> Iterator[Block]:
    if document.copies:
        yield Block("copies", (document.copies,))
    if document.printed_by and document.printed_on:
        yield Block("imprint", (document.printed_by, f"{chinese_date(document.printed_on)}印发"))
