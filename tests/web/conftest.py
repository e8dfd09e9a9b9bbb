"""Fixtures of the shell's tests."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import translation
from django.utils.translation import trans_real

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session", autouse=True)
def _chinese_is_compiled() -> None:
    """Compile the shell's catalogue, so that these tests speak Chinese whatever was built before."""
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        import messages as script
    finally:
        sys.path.pop(0)
    script.compile_catalogues(script.list_rooms(["web"]))
    # What Django read before the file was there must be forgotten.
    trans_real._translations.clear()


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Tests of tags read English words."""
    with translation.override("en"):
        yield


class Visitor:
    """A person as far as the shell asks: logged in, and allowed the named actions."""

    is_authenticated = True

    def __init__(self, *allowed: str) -> None:
        self.allowed = allowed

    def may(self, action: str) -> bool:
        return action in self.allowed


@pytest.fixture
def visitor() -> type[Visitor]:
    """Return the class of a pretended person."""
    return Visitor


@pytest.fixture
def request_of() -> "type[RequestMaker]":
    """Return a maker of requests with a person on them."""
    return RequestMaker


class RequestMaker:
    """Makes GET requests: ``RequestMaker.get("/tasks/?sort=due", user)``."""

    @staticmethod
    def get(path: str, user: object | None = None, **headers: str) -> HttpRequest:
        request = RequestFactory().get(path, headers=headers)
        request.user = user  # type: ignore[assignment]
        return request
