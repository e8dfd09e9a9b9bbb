"""Scope keys: strings that say whose something is, compared by prefix.

A key is a path that ends in ``/``, for example ``unit:demo-fgw/`` or ``person:demo-lin/``; a unit below another has
the other's key as its beginning. ``access`` never learns what stands behind a key: registry hands the keys out.
"""

from collections.abc import Iterable

from django.db.models import Q

ALL = "*"
# Sorts behind every character that a key may hold, so that [key, key + LAST) is the range of all keys below it.
LAST = "\U0010ffff"


def unit_scope(path: str) -> str:
    """Return the scope key of the unit with this path of keys (``parent/child``)."""
    return f"unit:{path.strip('/')}/"


def person_scope(key: str) -> str:
    """Return the scope key of the person with this key."""
    return f"person:{key.strip('/')}/"


def within(field: str, keys: Iterable[str]) -> Q:
    """Return the condition that ``field`` holds one of the keys or a key below one; no key matches nothing."""
    condition = Q(pk__in=[])
    for key in keys:
        condition |= Q(**{f"{field}__gte": key, f"{field}__lt": key + LAST})
    return condition
