"""Pytest plugin: the surroundings of a test run, set before Django reads its settings.

``LUOSHI_TEST_DATABASE`` chooses the database: ``sqlite`` (default), ``postgresql`` (a server of the run's own) or the
URL of a server where the run may make databases. Whatever an installation on this machine has set is left out.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from tests import postgres

CHOICE = os.environ.get("LUOSHI_TEST_DATABASE", "sqlite")
_home = Path(tempfile.mkdtemp(prefix="luoshi-test-"))
_server: postgres.Server | None = None


def _is_worker() -> bool:
    """Tell whether this process is one of pytest-xdist's, which use the server of the process that started them."""
    return "PYTEST_XDIST_WORKER" in os.environ


def _database_url() -> str:
    global _server  # noqa: PLW0603
    if _is_worker():
        return os.environ.get("DATABASE_URL", "")
    if CHOICE == "postgresql":
        _server = postgres.start()
        return _server.url
    return "" if CHOICE == "sqlite" else CHOICE


def _set_environment() -> None:
    url = _database_url()
    kept = {"LUOSHI_TEST_DATABASE"}
    for name in [each for each in os.environ if each.startswith("LUOSHI_") and each not in kept]:
        del os.environ[name]
    os.environ["DATABASE_URL"] = url
    os.environ["LUOSHI_HOME"] = str(_home)
    os.environ["LUOSHI_SECRET_KEY"] = "only-for-tests"
    # Browser tests run Playwright's loop in the thread that also prepares rows.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


_set_environment()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--only-database``: run only tests that touch the database, for the second database."""
    parser.addoption("--only-database", action="store_true", help="leave out tests that touch no database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what would pass or fail exactly as it did on the first database."""
    if not config.getoption("--only-database"):
        return
    kept = [item for item in items if _touches_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
    items[:] = kept


def _touches_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or fixtures & {"db", "transactional_db", "live_server"})


def pytest_configure() -> None:
    """Make passwords cheap: a thousand log-ins with a real hash would be most of the run."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_report_header() -> str:
    """Say on which database this run is."""
    return f"luoshi: tests on {CHOICE if CHOICE in {'sqlite', 'postgresql'} else 'the given database'}"


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """End the server and remove the folder of the run."""
    if _server:
        _server.stop()
    shutil.rmtree(_home, ignore_errors=True)
