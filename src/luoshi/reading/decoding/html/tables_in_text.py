"""Tables that stand as HTML in a file of plain text or Markdown become rows with tabs; the text around them stays."""

import re
from dataclasses import replace
from typing import Final

from lxml import etree
from lxml import html as lxml_html

from luoshi.reading.decoding.html.page_lines import table_rows
from luoshi.reading.decoding.raw import RawPages
from luoshi.reading.decoding.text_files import read_text

_TABLE: Final = re.compile(r"<table[\s>]", re.IGNORECASE)
_END: Final = re.compile(r"</table\s*>", re.IGNORECASE)


def read_text_with_tables(data: bytes) -> RawPages:
    """Return the text of the bytes as `read_text` does, the HTML tables in it as rows with tabs."""
    raw = read_text(data)
    return replace(raw, pages=[open_html_tables(page) for page in raw.pages])


def open_html_tables(text: str) -> str:
    """Return the text with the tables written in HTML as rows with tabs."""
    parts: list[str] = []
    done = 0
    for found in _TABLE.finditer(text):
        if found.start() < done:
            continue
        end = _END.search(text, found.end())
        if end is None:
            break
        parts.extend((text[done : found.start()], _rows(text[found.start() : end.end()])))
        done = end.end()
    return "".join((*parts, text[done:]))


def _rows(table: str) -> str:
    try:
        root = lxml_html.fragment_fromstring(table, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return table
    lines = [line.text for each in root.iterdescendants("table") for line in table_rows(each)]
    return "\n" + "\n".join(lines) + "\n"
