"""A city pack as it stands in its folder: the tables of ``cities/README.md``, each cell with its place."""

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

CITIES: Final = Path(__file__).parent / "cities"
CITY_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "city": ("key", "value"),
    "divisions": ("code", "name", "level", "parent_code"),
    "organizations": ("key", "name", "short_name", "kind", "division_code", "parent_key", "sort"),
    "aliases": ("organization_key", "alias"),
    "groups": ("key", "name", "kind", "members_known"),
    "group_members": ("group_key", "organization_key"),
    "group_aliases": ("group_key", "alias"),
    "people": ("key", "name", "title", "organization_key", "sort", "role"),
}


@dataclass(frozen=True)
class PackProblem:
    """One thing that is wrong in a pack; ``line`` counts from 1, 0 stands for the file as a whole."""

    file: str
    line: int
    column: str
    problem: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place} [{self.column}] {self.problem}" if self.column else f"{place} {self.problem}"


class UnableToLoadCity(Exception):
    """The pack was not loaded and nothing was written; ``problems`` says what is wrong where."""

    def __init__(self, city: str, problems: list[PackProblem]) -> None:
        super().__init__("\n".join([_("The city “%(city)s” was not loaded.") % {"city": city}, *map(str, problems)]))
        self.city = city
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Row:
    """One line of a table."""

    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def problem(self, column: str, problem: str) -> PackProblem:
        """Return a problem that points to this line."""
        return PackProblem(self.file, self.line, column, problem)


@dataclass(frozen=True)
class CityPack:
    """The tables of one city, by name, and the SHA-256 over all of its files."""

    city: str
    sha256: str
    tables: Mapping[str, tuple[Row, ...]] = field(repr=False)

    def __getitem__(self, table: str) -> tuple[Row, ...]:
        return self.tables[table]

    @cached_property
    def facts(self) -> dict[str, str]:
        """What ``city.csv`` says: the city's name, its division code and so on."""
        return {row["key"]: row["value"] for row in self.tables["city"]}

    def forms(self) -> Iterator[tuple[str, str, Row, str]]:
        """Iterate over every printed form of a unit or group: (table, key of its owner, row, column)."""
        for table, aliases, owner in (
            ("organizations", "aliases", "organization_key"),
            ("groups", "group_aliases", "group_key"),
        ):
            for row in self[table]:
                yield table, row["key"], row, "name"
                if "short_name" in row.cells and row["short_name"] != row["name"]:
                    yield table, row["key"], row, "short_name"
            for row in self[aliases]:
                yield table, row[owner], row, "alias"


def list_cities(folder: Path = CITIES) -> list[str]:
    """Return the names of the cities that have a pack, in alphabetical order."""
    return sorted(path.parent.name for path in folder.glob("*/city.csv"))


def read_pack(city: str, folder: Path = CITIES) -> CityPack:
    """Return the tables of a city as they are written.

    :raises UnableToLoadCity: where there is no such city, or a file is missing or is not a table of its columns.
    """
    if not CITY_NAME.fullmatch(city) or city not in list_cities(folder):
        known = ", ".join(list_cities(folder))
        raise UnableToLoadCity(city, [PackProblem("", 0, "", _("There is no such city; known: %s.") % known)])
    digest, problems = hashlib.sha256(), list[PackProblem]()
    tables: dict[str, tuple[Row, ...]] = {}
    for name in COLUMNS:
        path = folder / city / f"{name}.csv"
        raw = path.read_bytes() if path.is_file() else None
        digest.update(f"{name}\0{len(raw or b'')}\0".encode() + (raw or b""))
        tables[name] = tuple(_read_table(name, raw, problems))
    if problems:
        raise UnableToLoadCity(city, problems)
    return CityPack(city=city, sha256=digest.hexdigest(), tables=tables)


def _read_table(name: str, raw: bytes | None, problems: list[PackProblem]) -> Iterator[Row]:
    file = f"{name}.csv"
    if raw is None:
        problems.append(PackProblem(file, 0, "", _("The file is missing.")))
        return
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        problems.append(PackProblem(file, line, "", _("The file is not written in UTF-8.")))
        return
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    numbered = ((lines.line_num, cells) for cells in lines)
    try:
        yield from _read_rows(file, COLUMNS[name], numbered, problems)
    except csv.Error as error:
        problems.append(PackProblem(file, lines.line_num, "", _("The line is not CSV: %s.") % error))


def _read_rows(
    file: str, columns: tuple[str, ...], lines: Iterator[tuple[int, list[str]]], problems: list[PackProblem]
) -> Iterator[Row]:
    _number, header = next(lines, (1, list[str]()))
    if tuple(header) != columns:
        expected = ",".join(columns)
        problems.append(PackProblem(file, 1, "", _("The columns must be %s.") % expected))
        return
    for number, cells in lines:
        if len(cells) != len(columns):
            counts = {"found": len(cells), "expected": len(columns)}
            text = _("The line has %(found)s cells, not %(expected)s.") % counts
            problems.append(PackProblem(file, number, "", text))
            continue
        row = dict(zip(columns, (cell.strip() for cell in cells), strict=True))
        yield Row(file, number, row)
