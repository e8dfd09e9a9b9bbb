"""Find the part of a web page that is the document: named by the site's system, or all that nothing else explains."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from lxml import etree

from luoshi.reading.decoding.html.chrome import is_explained, is_sentence, is_title
from luoshi.reading.decoding.html.page_lines import PageLine, page_lines

_UNSEEN_NAMES: Final = (
    "script style noscript template svg iframe head select option button input textarea object embed video audio "
    "canvas map rt rp del nav"
)
_UNSEEN: Final = frozenset(_UNSEEN_NAMES.split())
_HIDDEN_STYLE: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN_CLASS: Final = frozenset({"hidden", "hide", "d-none", "sr-only", "visually-hidden"})
_TOKEN: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
# How the publishing systems of government sites name the element that holds the article.
_ARTICLE: Final = re.compile(
    r"\b(?:TRS_Editor|TRS_UEDITOR|trs_web|trs_editor_view|Custom_UnionStyle|UCAP-CONTENT|pages_content|vsb_content\w*|"
    r"v_news_content|zoom|zoomcon|zhengwen|articleContent|article[-_]?con(?:tent)?|article[-_]?body|article[-_]?detail|"
    r"news[-_]?con(?:tent)?|NewsContent|con_text|wz_?con|wenzhang|xl[-_]content|content[-_]?text|text[-_]?content|"
    r"detail[-_]?con(?:tent)?|main[-_]?txt|j-fontContent|ewb-article|bt_content|info[-_]?content|zwxl-article|entry-content|"
    r"post-content|rich_media_content|xxgk[-_]?(?:nr|content|con)|doc[-_]?content)\b",
    re.IGNORECASE,
)
# Words of the ids and classes that sites give to what stands around the article.
_AROUND_NAMES: Final = (
    "nav navbar navigation menu submenu breadcrumb breadcrumbs crumb crumbs dqwz wzdh foot footer copyright share "
    "bdshare sidebar aside toolbar tools qrcode ewm erweima search login banner pager pagination topbar header "
    "friendlink friend links related recommend comment comments"
)
_AROUND: Final = frozenset(_AROUND_NAMES.split())
_CONTAINER_NAMES: Final = "body div section article main td th tr tbody table center form font span"
_CONTAINERS: Final = frozenset(_CONTAINER_NAMES.split())
_CUTS: Final = re.compile(r"[-_|—–·\s]+")
_SMALL_SHARE: Final = 0.25
_MOST_AROUND: Final = 600
_LEAST_ARTICLE: Final = 0.5
_MOST_LOST: Final = 0.08
_MOST_STEPS: Final = 300


@dataclass(frozen=True, slots=True)
class Content:
    """The element that holds the document and the lines before it; `is_article` where the site named it as such."""

    region: etree._Element
    is_article: bool
    outside: tuple[PageLine, ...]


def page_title(root: etree._Element) -> str:
    """Return what the page says is the title of its document, an empty string where it says nothing."""
    for meta in root.iter("meta"):
        if str(meta.get("name", "")).lower() == "articletitle" and str(meta.get("content", "")).strip():
            return str(meta.get("content")).strip()
    heads = [_words(head) for head in root.iter("h1")]
    longest = max(heads, key=len, default="")
    if len(longest) >= 6:
        return longest
    title = next(root.iter("title"), None)
    parts = [] if title is None else _CUTS.split(_words(title))
    return max((part for part in parts if is_title(part)), key=len, default="")


def _words(element: etree._Element) -> str:
    return " ".join("".join(str(text) for text in element.itertext()).split())


def remove_unseen(root: etree._Element, *, hidden_too: bool) -> None:
    """Take out what no reader sees or reads: scripts, controls, hidden elements, blocks around the article."""
    for element in list(root.iter()):
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in _UNSEEN or (hidden_too and _is_hidden(element)):
            _drop(element)
    body = root.find("body")
    whole = _weights(root if body is None else body)
    total = whole.get(root if body is None else body, 0)
    for element in list(root.iter("div", "ul", "section", "aside", "footer", "header", "p", "dl", "td", "table")):
        weight = whole.get(element, 0)
        if weight <= min(_SMALL_SHARE * total, _MOST_AROUND) and _stands_around(element):
            _drop(element)


def _is_hidden(element: etree._Element) -> bool:
    if element.tag in ("body", "html"):
        return False
    if element.get("hidden") is not None or _HIDDEN_STYLE.search(element.get("style", "")):
        return True
    return bool(_HIDDEN_CLASS & set(element.get("class", "").lower().split()))


def _stands_around(element: etree._Element) -> bool:
    if element.tag in ("footer", "aside"):
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}"
    if _ARTICLE.search(names):
        return False
    return any(token.lower() in _AROUND for token in _TOKEN.findall(names))


def _drop(element: etree._Element) -> None:
    """Remove an element and keep the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _weights(root: etree._Element) -> dict[etree._Element, int]:
    """Count for every element the characters inside it that are no links."""
    weights: dict[etree._Element, int] = {}
    sums = [0]
    links = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            links += element.tag == "a"
            sums.append(0 if links else len("".join((element.text or "").split())))
        else:
            links -= element.tag == "a"
            own = sums.pop()
            weights[element] = own
            sums[-1] += own + (0 if links else len("".join((element.tail or "").split())))
    return weights


def choose_content(root: etree._Element) -> Content:
    """Return the element that holds the document; where nothing names it, the smallest that loses nothing."""
    body = root.find("body")
    region = root if body is None else body
    weights = _weights(region)
    named = _named_article(region, weights)
    if named is not None:
        before, after = _around(region, named)
        lost = sum(len(line.text) for line in [*before, *after] if is_sentence(line) and not is_explained(line))
        if lost <= _MOST_LOST * max(1, weights[named]):
            return Content(named, True, tuple(before))
    return _narrowed(region, weights)


def _named_article(region: etree._Element, weights: dict[etree._Element, int]) -> etree._Element | None:
    """Return the lowest element above all that the site calls the article; a document may come in several pieces."""
    total = max(1, weights.get(region, 0))
    found = [
        element
        for element in region.iter("div", "td", "section", "article", "font", "span")
        if _ARTICLE.search(f"{element.get('class', '')} {element.get('id', '')}")
        and weights.get(element, 0) * 20 > total
    ]
    if not found:
        found = [element for element in region.iter("article", "main") if weights.get(element, 0) * 2 > total]
    if not found:
        return None
    above = {parent for element in found for parent in element.iterancestors()}
    common = _common_ancestor([element for element in found if element not in above])
    return common if weights.get(common, 0) >= _LEAST_ARTICLE * total else None


def _common_ancestor(elements: Sequence[etree._Element]) -> etree._Element:
    """Return the lowest element that holds all of the elements, or is the only one of them."""
    shared = [elements[0], *elements[0].iterancestors()]
    for element in elements[1:]:
        own = {element, *element.iterancestors()}
        shared = [each for each in shared if each in own]
    return shared[0]


def _narrowed(region: etree._Element, weights: dict[etree._Element, int]) -> Content:
    """Go down while one child holds the document and everything beside it is explained by the site."""
    outside: list[PageLine] = []
    for _ in range(_MOST_STEPS):
        children = [child for child in region if child.tag in _CONTAINERS]
        heaviest = max(children, key=lambda child: weights.get(child, 0), default=None)
        if heaviest is None or region.tag == "table" or weights.get(heaviest, 0) * 2 < weights.get(region, 0):
            break
        before, after = _around(region, heaviest)
        if not all(map(is_explained, [*before, *after])):
            break
        outside.extend(before)
        region = heaviest
    return Content(region, False, tuple(outside))


def _around(region: etree._Element, chosen: etree._Element) -> tuple[list[PageLine], list[PageLine]]:
    """Return the lines of a region before and after one of its elements."""
    path = [chosen, *_up_to(chosen, region)]
    before: list[PageLine] = []
    after: list[PageLine] = []
    for lower, upper in pairwise(path):
        early: list[PageLine] = _loose(upper.text)
        late: list[PageLine] = _loose(lower.tail)
        passed = False
        for child in upper:
            if child is lower:
                passed = True
                continue
            (late if passed else early).extend([*page_lines(child), *_loose(child.tail)])
        before = early + before
        after = after + late
    return before, after


def _up_to(element: etree._Element, region: etree._Element) -> Iterator[etree._Element]:
    for parent in element.iterancestors():
        yield parent
        if parent is region:
            return


def _loose(text: str | None) -> list[PageLine]:
    words = " ".join((text or "").split())
    return [PageLine(words)] if words else []
