"""The demo city, loaded once for a module and taken back afterwards, with everybody's browser."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import transaction
from django.test import Client
from tests.conftest import NOW
from tests.hostile.walking import Walk, walk

from luoshi.access.models import User


@pytest.fixture(scope="module")
def demo_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the files of the demo city lie."""
    return tmp_path_factory.mktemp("city")


@pytest.fixture(scope="module")
def demo_city(django_db_setup: None, django_db_blocker: Any, demo_files: Path) -> Iterator[None]:
    """Load the demo city inside a transaction that is never committed."""
    from luoshi.demo.loader import load_demo

    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        kept, django_settings.FILES_ROOT = django_settings.FILES_ROOT, demo_files
        try:
            load_demo(now=NOW, say=lambda _line: None)
            yield
        finally:
            django_settings.FILES_ROOT = kept
            transaction.set_rollback(True)
            whole.__exit__(None, None, None)


@pytest.fixture
def city(demo_city: None, db: None, settings: Any, demo_files: Path) -> None:
    """Give one test the demo city; what the test changes is taken back."""
    settings.FILES_ROOT = demo_files


@pytest.fixture(scope="module")
def seen(demo_city: None, django_db_blocker: Any) -> Walk:
    """Return what the clerk of the demo city is shown."""
    with django_db_blocker.unblock():
        return walk(browser_for("clerk"), most=90)


def browser_for(username: str, language: str = "en") -> Client:
    """Return the browser of a demo account; an error inside a view is an answer, as outside."""
    client = Client(raise_request_exception=False)
    client.force_login(User.objects.get(username=username))
    client.cookies["luoshi_language"] = language
    return client


@pytest.fixture
def browser_of(city: None) -> Callable[..., Client]:
    """Return a function that makes the browser of a demo account."""
    return browser_for
