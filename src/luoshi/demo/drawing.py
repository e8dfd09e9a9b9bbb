"""Draw blocks as Markdown, as plain wrapped text, as a gazette issue, as PDF and as DOCX.

Every drawing of the same blocks is the same bytes on every day; PDF and DOCX also need the same versions of typst,
python-docx and the fonts.
"""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from luoshi.demo.blocks import Block, Style, blocks
from luoshi.demo.sources import SOURCES, Gazette

LINE_CHARACTERS = 34
PAGE_LINES = 44
NEVER_FIRST = "、，。；：）〕》”%"
NEVER_LAST = "（〔《“"
MARKDOWN: dict[Style, str] = {
    "masthead": "# {}",
    "title": "## {}",
    "plan_title": "# {}",
    "section": "## {}",
}
ZIP_DAY = (2026, 1, 1, 0, 0, 0)


class UnableToDraw(Exception):
    """A file could not be drawn on this machine; the message says what is missing."""


def markdown(row: Iterable[Block]) -> str:
    """Return the blocks as Markdown paragraphs with # headings."""
    return "\n\n".join(MARKDOWN.get(block.style, "{}").format(" ".join(block.lines)) for block in row) + "\n"


def wrapped(row: Iterable[Block]) -> str:
    """Return the blocks as a text layer would give them: broken lines, page numbers, brackets of half width."""
    lines: list[str] = []
    for block in row:
        for line in block.lines:
            lines += [*_broken(_indented(block.style, line)), ""]
    return "\n".join(_paged(lines)).translate(str.maketrans("〔〕", "[]")) + "\n"


def gazette_text(issue: Gazette) -> str:
    """Return a gazette issue as text: cover, contents, items."""
    cover = [f"# {issue.name}", issue.issue, *issue.imprint]
    parts = ["\n\n".join(cover), _contents(issue)]
    parts += [markdown(blocks(document)).rstrip("\n") for document in issue.documents]
    return "\n\n".join(parts) + "\n"


def pdf(row: Iterable[Block], *, title: str, day: date) -> bytes:
    """Return the blocks as a PDF in the official format. Raises UnableToDraw without typst or its fonts."""
    try:
        import typst
    except ImportError as error:
        raise UnableToDraw("typst is a development dependency: install the dev group first") from error
    content = [{"style": block.style, "lines": block.lines} for block in row]
    data = {"title": title, "day": [day.year, day.month, day.day], "blocks": content}
    inputs = {"document": json.dumps(data, ensure_ascii=False)}
    drawn, warnings = typst.compile_with_warnings(str(SOURCES / "official.typ"), sys_inputs=inputs)
    if warnings:
        raise UnableToDraw("; ".join(str(warning.message) for warning in warnings))
    return bytes(drawn)


def docx(row: Iterable[Block], *, title: str, day: date) -> bytes:
    """Return the blocks as a DOCX, its parts stamped with one fixed day."""
    from luoshi.demo.drawing_docx import document_of

    document = document_of(row)
    properties = document.core_properties
    properties.title, properties.author, properties.comments, properties.language = title, "", "", "zh-CN"
    properties.created = properties.modified = datetime(day.year, day.month, day.day)  # noqa: DTZ001
    raw = io.BytesIO()
    document.save(raw)
    return _restamped(raw.getvalue())


def _contents(issue: Gazette) -> str:
    lines = ["# 目 录"]
    for document in issue.documents:
        if document.heading:
            lines.append(f"## ◎ {document.heading}")
        entry = "".join(part for part in document.title if part != document.issuer)
        tail = f"{document.number}…………{document.page}" if document.number else f"…………{document.page}"
        lines.append(f"{entry}\n{tail}" if document.number else f"{entry}{tail}")
    return "\n\n".join(lines)


def _indented(style: Style, line: str) -> str:
    return f"　　{line}" if style in {"paragraph", "section", "task", "clause", "note"} else line


def _broken(line: str) -> list[str]:
    """Cut a paragraph into lines; none begins with a closing mark and none ends with an opening one."""
    lines = []
    while len(line) > LINE_CHARACTERS:
        at = LINE_CHARACTERS
        while line[at] in NEVER_FIRST or line[at - 1] in NEVER_LAST:
            at -= 1
        lines.append(line[:at])
        line = line[at:]
    return [*lines, line]


def _paged(lines: list[str]) -> Iterator[str]:
    for at, line in enumerate(lines, start=1):
        yield line
        if at % PAGE_LINES == 0:
            yield from ("", f"— {at // PAGE_LINES} —", "")


def _restamped(raw: bytes) -> bytes:
    """Return a zip file whose entries all carry one day, so that the same content is the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, date_time=ZIP_DAY)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            new.writestr(entry, old.read(name))
    return out.getvalue()
