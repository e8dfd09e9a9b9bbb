"""What the tests of the registry have in common: the invented city, loaded as an installation loads it."""

import datetime as dt

import pytest

from luoshi.access.models import User
from luoshi.registry.city_packs import load_city


@pytest.fixture
def city(clerk: User, now: dt.datetime) -> None:
    """Load the demo city."""
    load_city("demo", acting_user=clerk, now=now)
