"""Every address asks for a log-in and for a right, or is named here as one that does not."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from luoshi.access.models import User

# Whoever is not logged in reaches these: the way in, the switch of the language that stands on it, and what this is.
PUBLIC = {"access:login", "set_language", "web:about"}
# Whoever is logged in reaches these, whatever their roles: what everybody may do for themselves.
OPEN_TO_ALL = {
    "access:login",
    "access:logout",
    "access:account",
    "access:password",
    "set_language",
    "web:about",
    "web:components",
    # These show an account what it takes part in; one without a role takes part in nothing and is told so.
    "ledger:today",
    "ledger:list",
    "ledger:export",
    "ledger:keep_view",
}
SAMPLES = ("1", "x", "00000000-0000-0000-0000-000000000000")
# An action that is only reached by POST must refuse there too; a page that only shows must not answer a GET with data.
METHODS = ("get", "post")


def patterns(resolver: URLResolver, namespace: str = "", converters: dict | None = None) -> Iterator[tuple[str, dict]]:
    """Yield the full name and the converters of every address below a resolver."""
    for each in resolver.url_patterns:
        known = {**(converters or {}), **each.pattern.converters}
        if isinstance(each, URLResolver):
            inner = ":".join(part for part in (namespace, each.namespace or "") if part)
            yield from patterns(each, inner, known)
        elif isinstance(each, URLPattern):
            yield f"{namespace}:{each.name}" if namespace else str(each.name), known


def address_of(name: str, converters: dict) -> str:
    """Return an address of this name with made-up arguments of the right form."""
    arguments = {
        key: converter.to_python(next(each for each in SAMPLES if re.fullmatch(converter.regex, each)))
        for key, converter in converters.items()
    }
    return reverse(name, kwargs=arguments)


ADDRESSES = dict(patterns(get_resolver()))


def test_addresses_were_found() -> None:
    assert len(ADDRESSES) > 40
    assert {name.partition(":")[0] for name in ADDRESSES} >= {"access", "documents", "registry", "ledger", "web"}


def test_every_address_has_a_name() -> None:
    assert not [name for name in ADDRESSES if name.endswith("None")]


def test_the_lists_name_only_addresses_that_exist() -> None:
    assert not (PUBLIC | OPEN_TO_ALL) - set(ADDRESSES)


@pytest.mark.django_db
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", sorted(set(ADDRESSES) - PUBLIC))
def test_whoever_is_not_logged_in_is_sent_to_the_log_in(client: Client, name: str, method: str) -> None:
    response = getattr(client, method)(address_of(name, ADDRESSES[name]))
    assert response.status_code == 302
    assert response["Location"].startswith(resolve_url(settings.LOGIN_URL))


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_a_public_address_answers_without_a_log_in(client: Client, name: str) -> None:
    response = client.get(address_of(name, ADDRESSES[name]))
    assert response.status_code in {200, 302, 405}
    assert not response.get("Location", "").startswith(resolve_url(settings.LOGIN_URL))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("name", sorted(set(ADDRESSES) - OPEN_TO_ALL))
def test_an_account_without_a_role_is_refused(client: Client, make_user, name: str, method: str) -> None:
    user: User = make_user("nobody")
    client.force_login(user)
    response = getattr(client, method)(address_of(name, ADDRESSES[name]))
    assert response.status_code in {403, 404, 405}, response.get("Location")
