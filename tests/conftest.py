"""Fixtures that every test folder may use."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder with the real documents beside the project, or skip where it is missing."""
    if not (SHARED / "corpus").is_dir():
        pytest.skip("the folder ../shared with the real documents is not beside the project")
    return SHARED
