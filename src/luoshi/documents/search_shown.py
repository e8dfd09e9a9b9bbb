"""What a search found, with the words of the query marked."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from luoshi.access.models import User
from luoshi.documents.models import Document, SearchEntry
from luoshi.documents.paper import sentence_at
from luoshi.documents.paragraphs import shown
from luoshi.documents.search import TOKEN, phrases_of
from luoshi.documents.search_providers import SearchResult, list_search_providers

# Enough to tell one sentence from another, and to stay within three lines of a page.
_BEFORE: Final = 40
_AFTER: Final = 120


@dataclass(frozen=True)
class Piece:
    """A stretch of a snippet; ``is_hit`` where the query names it."""

    text: str
    is_hit: bool


@dataclass(frozen=True)
class ShownPassage:
    """A passage of a document with the address of the sentence in which the query was found."""

    document: Document
    url: str
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class ShownResult:
    """What another room found."""

    result: SearchResult
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class ResultGroup:
    """What one room found; ``has_more`` where it found more than is shown."""

    label: Any
    results: Sequence[ShownResult]
    has_more: bool


def find_hits(text: str, query: str) -> list[tuple[int, int]]:
    """Return where in a text the phrases of a query stand, in order and without overlaps."""
    tokens = _placed_tokens(text)
    words = [token for token, _start, _end in tokens]
    hits: list[tuple[int, int]] = []
    for phrase in phrases_of(query):
        length = len(phrase)
        for index in range(len(words) - length + 1):
            if words[index : index + length] == phrase:
                hits.append((tokens[index][1], tokens[index + length - 1][2]))
    return _merged(hits)


def snippet(text: str, query: str) -> list[Piece]:
    """Return the words around the first hit, cut into pieces, with an ellipsis where the text goes on."""
    hits = find_hits(text, query)
    first = hits[0][0] if hits else 0
    start = max(0, first - _BEFORE)
    end = min(len(text), first + _AFTER)
    pieces = [Piece("…", False)] if start else []
    at = start
    for hit_start, hit_end in hits:
        if hit_start >= end:
            break
        pieces.append(Piece(shown(text, at, hit_start), False))
        pieces.append(Piece(shown(text, hit_start, hit_end), True))
        at = hit_end
    pieces.append(Piece(shown(text, at, max(at, end)), False))
    if max(at, end) < len(text):
        pieces.append(Piece("…", False))
    return [piece for piece in pieces if piece.text]


def shown_passages(
    passages: Sequence[SearchEntry], documents: Mapping[int, Document], query: str
) -> list[ShownPassage]:
    """Return passages with their documents and the address of the sentence that holds the first hit."""
    return [
        ShownPassage(document, _address(document, passage, query), snippet(passage.text, query))
        for passage in passages
        if (document := documents.get(passage.object_id))
    ]


def shown_results(user: User, query: str, *, limit: int) -> list[ResultGroup]:
    """Return what the other rooms found, those that found nothing left out."""
    groups = []
    for provider in list_search_providers():
        found = list(provider.search(user, query, limit + 1))
        if found:
            results = [ShownResult(result, snippet(result.snippet, query)) for result in found[:limit]]
            groups.append(ResultGroup(provider.label, results, len(found) > limit))
    return groups


def _address(document: Document, passage: SearchEntry, query: str) -> str:
    hits = find_hits(passage.text, query)
    start, end = sentence_at(passage.text, 0, len(passage.text), hits[0][0] if hits else 0)
    return document.sentence_url(passage.start + start, passage.start + end)


def _placed_tokens(text: str) -> list[tuple[str, int, int]]:
    """Return the search tokens of a text, each with where in the text it stands."""
    folded: list[str] = []
    origins: list[int] = []
    for index, char in enumerate(text):
        plain = unicodedata.normalize("NFKC", char).lower()
        folded.append(plain)
        origins.extend([index] * len(plain))
    return [
        (match.group(), origins[match.start()], origins[match.end() - 1] + 1)
        for match in TOKEN.finditer("".join(folded))
    ]


def _merged(hits: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(hits):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
