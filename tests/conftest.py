"""Fixtures that every test folder may use."""

import datetime as dt
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from luoshi.access.models import User

SHARED = Path(__file__).resolve().parents[2] / "shared"
NOW = dt.datetime(2026, 3, 2, 1, 30, tzinfo=dt.UTC)
PASSWORD = "a quiet office at nine"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder with the real documents beside the project, or skip where it is missing."""
    if not (SHARED / "corpus").is_dir():
        pytest.skip("the folder ../shared with the real documents is not beside the project")
    return SHARED


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> None:
    """Keep the SQLite test database in a file, as in an installation: threads and the live server share it."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(settings.HOME / "test.sqlite3")
    request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")


@pytest.fixture(scope="session", autouse=True)
def _emptying_may_pass_the_audit_guard() -> Any:
    """Let the emptying after a transactional test delete audit entries, which SQLite's triggers refuse to everybody."""
    from django.db import connection
    from django.test import TransactionTestCase

    guard = import_module("luoshi.access.migrations.0002_audit_guard")
    emptying = TransactionTestCase._fixture_teardown

    def empty_without_guard(test: TransactionTestCase) -> None:
        if connection.vendor != "sqlite":
            emptying(test)
            return
        with connection.schema_editor() as editor:
            guard.drop_guard(None, editor)
        try:
            emptying(test)
        finally:
            with connection.schema_editor() as editor:
                guard.make_guard(None, editor)

    TransactionTestCase._fixture_teardown = empty_without_guard
    yield
    TransactionTestCase._fixture_teardown = emptying


@pytest.fixture(autouse=True)
def _jobs_run_at_once() -> Any:
    """Run background jobs in the process that queues them."""
    from huey.contrib.djhuey import HUEY

    HUEY.immediate = True
    yield
    HUEY.immediate = False


@pytest.fixture(autouse=True)
def _files_of_one_test(tmp_path: Path, settings: Any) -> None:
    """Give every test a folder for stored files of its own."""
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def now() -> dt.datetime:
    """Return the moment at which tests act: Monday, 2 March 2026, 9:30 in China."""
    return NOW


@pytest.fixture
def make_user(db: None) -> "Callable[..., User]":
    """Return a function that makes an account: ``make_user("wang", Role.LEADER, "person:wang/")``."""
    from luoshi.access.models import RoleGrant, User

    def make(username: str, role: str = "", scope_key: str = "*", **fields: Any) -> User:
        user = User(username=username, display_name=fields.pop("display_name", username), **fields)
        user.set_password(PASSWORD)
        user.save()
        if role:
            RoleGrant.objects.create(user=user, role=role, scope_key=scope_key)
        return user

    return make


@pytest.fixture
def clerk(make_user: "Callable[..., User]") -> "User":
    """Return an account of the supervision office."""
    return make_user("clerk", "SUPERVISION_OFFICE")


@pytest.fixture
def administrator(make_user: "Callable[..., User]") -> "User":
    """Return an account that opens accounts."""
    return make_user("administrator", "ACCOUNT_ADMINISTRATOR")


@pytest.fixture
def reader(make_user: "Callable[..., User]") -> "User":
    """Return an account that may only read."""
    return make_user("reader", "READ_ONLY")


@pytest.fixture
def leader(make_user: "Callable[..., User]") -> "User":
    """Return the account of a leader, the person ``leader``."""
    return make_user("leader", "LEADER", person_key="leader")


@pytest.fixture
def liaison(make_user: "Callable[..., User]") -> "User":
    """Return the account of a unit's liaison, whose unit has the scope ``unit:unit/``."""
    return make_user("liaison", "UNIT_LIAISON", "unit:unit/")
