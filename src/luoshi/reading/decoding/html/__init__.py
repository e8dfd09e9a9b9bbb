"""Read saved web pages: the document itself, without what the site puts around it."""

import re
from collections.abc import Sequence
from email import message_from_bytes
from typing import Final

from lxml import etree
from lxml import html as lxml_html

from luoshi.reading.decoding.html.chrome import Extract, strip_chrome
from luoshi.reading.decoding.html.content import choose_content, page_title, remove_unseen
from luoshi.reading.decoding.html.page_lines import PageLine, page_lines
from luoshi.reading.decoding.raw import RawPages
from luoshi.reading.decoding.text_files import decode_bytes
from luoshi.reading.issues import make_issue
from luoshi.reading.model import Issue

_DECLARED: Final = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_CODECS: Final[dict[str, str]] = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs"), "big5hkscs"),
}
_LEAST: Final = 60
_MIME_HEAD: Final = re.compile(rb"^mime-version:", re.IGNORECASE | re.MULTILINE)


def read_html(data: bytes) -> RawPages:
    """Return the document of a page as one page of text, table cells separated by tabs.

    Left out are scripts, what is hidden, navigation, tools, notes of the editors, the footer of the site, and the table
    of catalogue fields; a title or document number that stands only there is kept.
    """
    text, issues = _decode(_unwrapped(data))
    lines = _read(text, seen_only=True)
    if sum(len(line.text) for line in lines) < _LEAST:  # the article may wait for a script to show it
        lines = max(lines, _read(text, seen_only=False), key=lambda found: sum(len(line.text) for line in found))
    if not any(line.text.strip() for line in lines):
        code = "page_of_frames" if re.search(r"<i?frame[\s>]", text, re.IGNORECASE) else "empty_file"
        return RawPages(issues=(make_issue(code),))
    return RawPages(["\n".join(line.text for line in lines)], False, tuple(issues))


def _read(text: str, *, seen_only: bool) -> Sequence[PageLine]:
    parser = lxml_html.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8", huge_tree=True
    )
    try:
        root = lxml_html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return []
    title = page_title(root)
    remove_unseen(root, hidden_too=seen_only)
    content = choose_content(root)
    inside = page_lines(content.region)
    extract = Extract(title=title, is_article=content.is_article, outside=content.outside)
    return strip_chrome(inside, extract)


def _unwrapped(data: bytes) -> bytes:
    """Return the page inside a file that a browser saved with its pictures (MHTML)."""
    if not _MIME_HEAD.search(data[:4096]) or data[:4096].lstrip().startswith(b"<"):
        return data
    try:
        for part in message_from_bytes(data).walk():
            body = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
            if isinstance(body, bytes):
                charset = str(part.get_param("charset", "") or "").encode("ascii", errors="ignore")
                return b"<!-- charset=" + charset + b" -->" + body if charset else body
    except (ValueError, LookupError, AttributeError):
        pass
    return data


def _decode(data: bytes) -> tuple[str, list[Issue]]:
    declared = _DECLARED.search(data[:4096])
    codec = _CODECS.get(declared.group(1).decode("ascii").lower()) if declared else None
    if codec is not None:
        try:
            return data.decode(codec), []
        except UnicodeDecodeError:
            pass
    return decode_bytes(data)
