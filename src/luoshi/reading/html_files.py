"""Read saved web pages: text of the body, one line a block element, table cells separated by tabs."""

import re
from typing import Final

from lxml import etree, html

from luoshi.reading.issues import make_issue
from luoshi.reading.model import Issue
from luoshi.reading.raw import RawPages
from luoshi.reading.text_files import decode_bytes

_SKIPPED: Final = frozenset({"script", "style", "noscript", "template", "nav", "svg", "iframe", "head", "select"})
_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    ]
)
_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_SPACES: Final = re.compile(r"[ \t\r\n\f]+")


def read_html(data: bytes) -> RawPages:
    """Return the readable text of a page as one page; scripts, styles and navigation are left out."""
    text, issues = _decode(data)
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return RawPages(issues=(make_issue("empty_file"),))
    return RawPages([_text_of(root)], False, tuple(issues))


def _decode(data: bytes) -> tuple[str, list[Issue]]:
    declared = _CHARSET.search(data[:2048])
    name = declared.group(1).decode("ascii").lower() if declared else ""
    if name in ("gb2312", "gbk", "gb18030"):
        try:
            return data.decode("gb18030"), []
        except UnicodeDecodeError:
            pass
    return decode_bytes(data)


def _text_of(root: html.HtmlElement) -> str:
    """Walk without recursion, so that a page nested thousands deep does no harm."""
    pieces: list[str] = []
    skipping = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            skipping += tag in _SKIPPED
            if not skipping:
                pieces.append(_opening(tag) + _SPACES.sub(" ", element.text or ""))
        else:
            if not skipping:
                pieces.append(_closing(tag))
            skipping -= tag in _SKIPPED
            if not skipping:
                pieces.append(_SPACES.sub(" ", element.tail or ""))
    return "".join(pieces)


def _opening(tag: str) -> str:
    return "\n" if tag in _BLOCKS or tag == "br" else ""


def _closing(tag: str) -> str:
    if tag in ("td", "th"):
        return "\t"
    return "\n" if tag in _BLOCKS else ""
