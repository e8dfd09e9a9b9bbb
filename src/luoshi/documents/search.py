"""Full-text search behind one function: FTS5 on SQLite, tsvector on PostgreSQL, the same answers on both.

Chinese is written without spaces and names of places and units are in no dictionary. So every Chinese character is a
token of its own and a query is a phrase of such tokens: a word of two characters is found wherever it stands.
"""

import re
import unicodedata
from collections.abc import Collection

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from luoshi.documents.models import SearchEntry
from luoshi.documents.paragraphs import find_paragraphs

TOKEN = re.compile(r"[0-9A-Za-z]+|[^\W_]", re.UNICODE)
# PostgreSQL counts positions only up to 16,383 a text; a passage stays far below.
PASSAGE_CHARACTERS = 2000
MAX_QUERY_CHARACTERS = 200


def tokens_of(text: str) -> list[str]:
    """Return the search tokens of a text: Chinese characters one by one, Latin words and figures whole, lower case."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return TOKEN.findall(folded)


def phrases_of(query: str) -> list[list[str]]:
    """Return the phrases of a query, one a word between spaces, each as its tokens."""
    phrases = (tokens_of(word) for word in query[:MAX_QUERY_CHARACTERS].split())
    return [phrase for phrase in phrases if phrase]


def matching(query: str, *, kind: str) -> QuerySet[SearchEntry]:
    """Return the entries of a kind that hold every phrase of the query; an empty query finds nothing."""
    phrases = phrases_of(query)
    entries = SearchEntry.objects.filter(kind=kind)
    if not phrases:
        return entries.none()
    if connection.vendor == "postgresql":
        return entries.filter(pk__in=_postgresql(phrases))
    return entries.filter(pk__in=_sqlite(phrases))


def _sqlite(phrases: list[list[str]]) -> RawSQL:
    # Tokens are letters and figures only, so that nothing of the query can be read as FTS5 syntax.
    expression = " AND ".join('"' + " ".join(phrase) + '"' for phrase in phrases)
    return RawSQL("SELECT rowid FROM documents_search_fts WHERE documents_search_fts MATCH %s", [expression])


def _postgresql(phrases: list[list[str]]) -> RawSQL:
    condition = " && ".join("phraseto_tsquery('simple', %s)" for _phrase in phrases)
    return RawSQL(  # noqa: S611
        # Only placeholders are joined into the statement, never a word of the query.
        f"SELECT id FROM documents_searchentry WHERE to_tsvector('simple', tokens) @@ ({condition})",  # noqa: S608
        [" ".join(phrase) for phrase in phrases],
    )


def make_entry(*, kind: str, object_id: int, text: str, start: int = 0, end: int = 0) -> SearchEntry:
    """Return an unsaved entry for a passage; spans count characters of the document's text."""
    return SearchEntry(
        kind=kind, object_id=object_id, text=text, tokens=" ".join(tokens_of(text)), start=start, end=end
    )


def passages(text: str, start: int, end: int, *, breaks: Collection[int] = ()) -> list[tuple[int, int]]:
    """Return the spans of the paragraphs of ``text[start:end]``, long ones cut at the end of a sentence.

    Paragraphs, not lines: a word that the paper broke over two lines must be found too.
    """
    spans: list[tuple[int, int]] = []
    for paragraph in find_paragraphs(text, start, end, breaks=breaks):
        spans.extend(_cut(text, paragraph.start, paragraph.end))
    return spans


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = []
    while end - start > PASSAGE_CHARACTERS:
        stop = text.rfind("。", start, start + PASSAGE_CHARACTERS) + 1 or start + PASSAGE_CHARACTERS
        spans.append((start, stop))
        start = stop
    return [*spans, (start, end)]
