"""What the templates of this room need beyond the design system.

The inside of paragraphs and the names of a record are drawn here and not in templates: a gazette has ten thousand of
them, and a template spends a second where these lines spend a twentieth. Everything printed goes through ``escape``.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from luoshi.documents.paper import Block, Segment, Sentence
from luoshi.documents.presentation import PartyName

register = template.Library()


@register.filter
def of(mapping: Mapping[Any, Any], key: object) -> Any:
    """Return what a mapping holds under a key, or an empty text."""
    return mapping.get(key, "")


@register.simple_tag
def sentences(block: Block, *, base: str, label: str) -> SafeString:
    """Draw the sentences of a block: each a place to link to, its marks, and the link itself.

    ``base`` is the address of the document, ``label`` what the link is called.
    """
    return mark_safe("".join(_sentence(each, base, escape(label)) for each in block.sentences))  # noqa: S308


@register.filter
def party_names(names: Iterable[PartyName], goes_on: str) -> SafeString:
    """Draw the names of one role; ``goes_on`` is said behind a name after which the printed list ended openly."""
    return mark_safe("".join(_name(each, goes_on) for each in names))  # noqa: S308


def _sentence(sentence: Sentence, base: str, label: str) -> str:
    start, end = sentence.start, sentence.end
    words = "".join(map(_segment, sentence.segments))
    return (
        f'<span class="sentence" id="{sentence.anchor}" data-start="{start}" data-end="{end}">{words}'
        f'<a class="sentence__link" href="{base}s/{start}-{end}/" aria-label="{label}"></a></span>'
    )


def _segment(segment: Segment) -> str:
    words = escape(segment.text)
    if segment.mark is None and not segment.is_cited:
        return words
    return f"<mark {' '.join(_attributes(segment))}>{words}</mark>"


def _attributes(segment: Segment) -> Iterator[str]:
    mark = segment.mark
    kind = f" mark--{mark.kind}" if mark else ""
    yield f'class="mark{kind}{" mark--hit" if segment.is_cited else ""}"'
    if segment.is_first_cited:
        # The browser scrolls to what has the focus, without any script.
        yield 'id="cited" tabindex="-1" autofocus'
    if mark:
        yield f'data-finding="{mark.finding}"'
        if mark.title:
            yield f'title="{escape(mark.title)}"'


def _name(party: PartyName, goes_on: str) -> str:
    full = f' <span class="muted">({escape(party.full_name)})</span>' if party.full_name else ""
    more = f' <span class="muted">{escape(goes_on)}</span>' if party.goes_on else ""
    return f'<span class="record__party">{escape(party.name)}{full}{more}</span>'
