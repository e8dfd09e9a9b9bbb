"""Words for scope keys. This room only compares keys; the rooms that hand them out say here what they stand for."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext

from luoshi.access.scopes import ALL


@dataclass(frozen=True)
class ScopeChoice:
    """One scope that a role can be granted in, or one person an account can belong to; ``group`` heads its kind."""

    key: str
    label: str
    group: str


Describer = Callable[[Collection[str]], Mapping[str, str]]
Provider = Callable[[], Iterable[ScopeChoice]]

_describers: Final[list[Describer]] = []
_scopes: Final[list[Provider]] = []
_people: Final[list[Provider]] = []


def register(*, describe: Describer, scopes: Provider, people: Provider) -> None:
    """Let a room name the scope keys it hands out; called from its ``AppConfig.ready``.

    :param describe: gets all keys of a page at once and returns names for those it knows.
    :param scopes: returns the scopes that can be granted.
    :param people: returns the people an account can belong to, by the key that ``User.person_key`` keeps.
    """
    _describers.append(describe)
    _scopes.append(scopes)
    _people.append(people)


def describe_scopes(keys: Iterable[str]) -> dict[str, str]:
    """Return a name for every scope key; a key that nobody knows stands for itself."""
    wanted = set(keys)
    names = {key: key for key in wanted}
    for describe in _describers:
        names |= describe(wanted)
    if ALL in wanted:
        names[ALL] = gettext("Everywhere")
    return names


def list_scopes() -> list[ScopeChoice]:
    """Return every scope that can be granted."""
    return [choice for provide in _scopes for choice in provide()]


def list_people() -> list[ScopeChoice]:
    """Return everybody an account can belong to."""
    return [choice for provide in _people for choice in provide()]


def grouped(choices: Iterable[ScopeChoice]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the choices as a form field takes them, under the heads of their kinds."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for choice in choices:
        groups.setdefault(choice.group, []).append((choice.key, choice.label))
    return list(groups.items())
