"""The main navigation, collected from what every room declares about itself.

A room puts a list called ``navigation`` on its ``AppConfig``. One entry is a mapping with ``label`` (lazy text),
``url_name``, ``icon`` (a Tabler outline name), ``order`` (a whole number, low first) and ``permission`` (the name of an
action that ``request.user.may`` knows, or an empty text for everybody who is logged in).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class NavItem:
    """One line of the main navigation, ready to be shown."""

    label: str
    url: str
    url_name: str
    icon: str
    active: bool


def list_navigation(request: HttpRequest) -> list[NavItem]:
    """Return the entries that this person may open, in order, with at most one marked as active."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    reachable = [
        (entry, url)
        for entry in sorted(_declared(), key=lambda entry: int(entry.get("order", 100)))
        if _is_allowed(user, str(entry.get("permission", ""))) and (url := reverse_or_empty(entry["url_name"]))
    ]
    current = _current_url(request.path, [url for _, url in reachable])
    return [
        NavItem(
            label=str(entry["label"]),
            url=url,
            url_name=str(entry["url_name"]),
            icon=str(entry.get("icon", "point")),
            active=url == current,
        )
        for entry, url in reachable
    ]


def reverse_or_empty(url_name: str) -> str:
    """Return the address with this name, or an empty text while no room serves it."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _declared() -> Iterable[Mapping[str, Any]]:
    for config in apps.get_app_configs():
        yield from getattr(config, "navigation", [])


def _is_allowed(user: Any, permission: str) -> bool:
    return not permission or bool(user.may(permission))


def _current_url(path: str, urls: list[str]) -> str:
    """Return the longest address that the path lies under; the front page counts only when it is the path itself."""
    under = [url for url in urls if path == url or (url != "/" and path.startswith(url.rstrip("/") + "/"))]
    return max(under, key=len, default="")
