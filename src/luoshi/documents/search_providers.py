"""Who answers a search besides the documents themselves: a room above registers what it wants found, and finds it.

The room that answers decides what the account may see; nothing here filters.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from luoshi.access.models import User

# Lazy translations have no type of their own that a plain text would satisfy too.
Words = Any


@dataclass(frozen=True)
class SearchResult:
    """One thing found; ``snippet`` is plain text in which the words of the query are marked when it is shown."""

    title: str
    url: str
    snippet: str
    kind_label: Words


Search = Callable[[User, str, int], Sequence[SearchResult]]


@dataclass(frozen=True)
class SearchProvider:
    """``search(user, query, limit)`` returns the best results first, at most ``limit`` of them."""

    key: str
    label: Words
    search: Search


_providers: dict[str, SearchProvider] = {}


def register_search_provider(*, key: str, label: Words, search: Search) -> None:
    """Let a room answer searches; called in its ``AppConfig.ready``. A key used again replaces its provider."""
    _providers[key] = SearchProvider(key, label, search)


def list_search_providers() -> list[SearchProvider]:
    """Return the providers in the order in which they were registered."""
    return list(_providers.values())
