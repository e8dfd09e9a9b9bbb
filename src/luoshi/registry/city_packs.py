"""Loading the facts of a city: divisions, organizations, groups, members and people."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from luoshi.access.models import User
from luoshi.registry.actions import load_city_pack
from luoshi.registry.pack_checks import check_pack
from luoshi.registry.pack_files import CITIES, UnableToLoadCity, list_cities, read_pack

__all__ = ["CityReport", "UnableToLoadCity", "list_cities", "load_city"]


@dataclass(frozen=True)
class CityReport:
    """What loading a pack did: rows added and rows that were there already, by table."""

    city: str
    name: str
    sha256: str
    added: Mapping[str, int]
    present: Mapping[str, int]

    @property
    def changed(self) -> bool:
        """Tell whether anything was written."""
        return any(self.added.values())


def load_city(city: str, *, acting_user: User, now: dt.datetime, folder: Path = CITIES) -> CityReport:
    """Load the pack of a city, whole or not at all; what the registry has already stays as it is.

    :raises UnableToLoadCity: with file, line, column and problem for everything that is wrong.
    """
    pack = read_pack(city, folder)
    problems = check_pack(pack)
    if problems:
        raise UnableToLoadCity(city, problems)
    added, present = load_city_pack(acting_user=acting_user, pack=pack, now=now)
    return CityReport(city=city, name=pack.facts["name"], sha256=pack.sha256, added=added, present=present)
