"""Whether the tables of a city pack hold together: everything that can be wrong, found before anything is written."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from django.utils.translation import gettext as _

from luoshi.registry.models import Level, OrganizationKind
from luoshi.registry.pack_files import CityPack, PackProblem, Row
from luoshi.standards.names import fold_name

KEY: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
CODE: Final = re.compile(r"[0-9]{6}(?:[0-9]{3}(?:[0-9]{3})?|[A-Z][0-9]{2})?")
SORT_LIMIT: Final = 1_000_000
MAY_BE_EMPTY: Final = {("divisions", "parent_code"), ("organizations", "parent_key")}
# As long as the columns of the models.
LENGTHS: Final[Mapping[tuple[str, str], int]] = {
    ("divisions", "name"): 64,
    ("people", "name"): 64,
    ("groups", "kind"): 32,
}
LONGEST_KEY, LONGEST_NAME = 64, 128
CHOICES: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("divisions", "level"): tuple(Level.values),
    ("organizations", "kind"): tuple(OrganizationKind.values),
    ("groups", "members_known"): ("yes", "no"),
    ("people", "role"): ("leader", "unit_head"),
}
# A cell, and the table and column in which its value must stand.
REFERENCES: Final[tuple[tuple[str, str, str, str], ...]] = (
    ("organizations", "division_code", "divisions", "code"),
    ("aliases", "organization_key", "organizations", "key"),
    ("group_members", "group_key", "groups", "key"),
    ("group_members", "organization_key", "organizations", "key"),
    ("group_aliases", "group_key", "groups", "key"),
    ("people", "organization_key", "organizations", "key"),
)
UNIQUE: Final = (
    ("city", ("key",)),
    ("divisions", ("code",)),
    ("organizations", ("key",)),
    ("groups", ("key",)),
    ("people", ("key",)),
    ("group_members", ("group_key", "organization_key")),
)
PARENT_LEVEL: Final = {Level.COUNTY: Level.PREFECTURE, Level.ZONE: Level.PREFECTURE, Level.TOWNSHIP: Level.COUNTY}


def check_pack(pack: CityPack) -> list[PackProblem]:
    """Return everything that is wrong with a pack, in the order of its files and lines."""
    checks: tuple[Callable[[CityPack], Iterator[PackProblem]], ...] = (
        _check_cells,
        _check_unique,
        _check_references,
        _check_city,
        _check_division_tree,
        _check_organization_tree,
        _check_members,
        _check_forms,
    )
    found = {problem: None for check in checks for problem in check(pack)}
    files = list(pack.tables)
    return sorted(found, key=lambda each: (files.index(each.file.removesuffix(".csv")), each.line))


def _check_cells(pack: CityPack) -> Iterator[PackProblem]:
    for table, rows in pack.tables.items():
        for row in rows:
            for column, value in row.cells.items():
                problem = _cell_problem(table, column, value)
                if problem:
                    yield row.problem(column, problem)


def _cell_problem(table: str, column: str, value: str) -> str:
    """Return what is wrong with one cell by itself, or an empty text."""
    if not value:
        return "" if (table, column) in MAY_BE_EMPTY else _("The cell is empty.")
    choices = CHOICES.get((table, column))
    if choices and value not in choices:
        return _("“%(value)s” is none of %(choices)s.") % {"value": value, "choices": ", ".join(choices)}
    if column == "code" and not CODE.fullmatch(value):
        return _("“%s” is not a division code.") % value
    if column == "sort" and not (value.isascii() and value.isdigit() and int(value) < SORT_LIMIT):
        return _("“%s” is not a whole number below a million.") % value
    if column == "key" and table != "city" and not (KEY.fullmatch(value) and len(value) <= LONGEST_KEY):
        return _("“%s” is not a key of lower-case letters, digits and hyphens.") % value
    longest = LENGTHS.get((table, column), LONGEST_NAME if table != "city" else 1000)
    return _("The text is longer than %s characters.") % longest if len(value) > longest else ""


def _check_unique(pack: CityPack) -> Iterator[PackProblem]:
    for table, columns in UNIQUE:
        first: dict[tuple[str, ...], Row] = {}
        for row in pack[table]:
            key = tuple(row[column] for column in columns)
            before = first.setdefault(key, row)
            if before is not row:
                params = {"key": " / ".join(key), "line": before.line}
                yield row.problem(columns[-1], _("“%(key)s” stands in line %(line)s already.") % params)


def _check_references(pack: CityPack) -> Iterator[PackProblem]:
    for table, column, target, target_column in REFERENCES:
        known = {row[target_column] for row in pack[target]}
        for row in pack[table]:
            if row[column] and row[column] not in known:
                params = {"value": row[column], "file": f"{target}.csv"}
                yield row.problem(column, _("“%(value)s” does not stand in %(file)s.") % params)


def _check_city(pack: CityPack) -> Iterator[PackProblem]:
    codes = {row["code"] for row in pack["divisions"] if row["level"] == Level.PREFECTURE}
    keys = {row["key"]: row for row in pack["city"]}
    for key in ("name", "division_code"):
        if key not in keys:
            yield PackProblem("city.csv", 0, key, _("The line “%s” is missing.") % key)
    row = keys.get("division_code")
    if row and row["value"] not in codes:
        yield row.problem("value", _("“%s” is not the code of the prefecture in divisions.csv.") % row["value"])
    if len(codes) != 1:
        yield PackProblem("divisions.csv", 0, "level", _("A pack holds exactly one prefecture, not %s.") % len(codes))


def _check_division_tree(pack: CityPack) -> Iterator[PackProblem]:
    levels: dict[str, str] = {}
    for row in pack["divisions"]:
        level = row["level"]
        wanted = PARENT_LEVEL.get(Level(level)) if level in Level.values else None
        if wanted and levels.get(row["parent_code"]) != wanted:
            params = {"code": row["parent_code"], "level": wanted}
            yield row.problem("parent_code", _("“%(code)s” is not a %(level)s in a line above.") % params)
        levels[row["code"]] = level


def _check_organization_tree(pack: CityPack) -> Iterator[PackProblem]:
    seen: set[str] = set()
    for row in pack["organizations"]:
        if row["parent_key"] and row["parent_key"] not in seen:
            yield row.problem("parent_key", _("“%s” does not stand in a line above.") % row["parent_key"])
        seen.add(row["key"])


def _check_members(pack: CityPack) -> Iterator[PackProblem]:
    known = {row["key"]: row["members_known"] == "yes" for row in pack["groups"]}
    given = {row["group_key"] for row in pack["group_members"]}
    for row in pack["group_members"]:
        if known.get(row["group_key"]) is False:
            yield row.problem("group_key", _("groups.csv says that the members of this group are not known."))
    for row in pack["groups"]:
        if known[row["key"]] and row["key"] not in given:
            yield row.problem("members_known", _("No member stands in group_members.csv."))


def _check_forms(pack: CityPack) -> Iterator[PackProblem]:
    """Find printed forms that would stand for two things."""
    owners: dict[str, tuple[str, str]] = {}
    for table, key, row, column in pack.forms():
        owner = owners.setdefault(fold_name(row[column]), (table, key))
        if owner != (table, key):
            params = {"form": row[column], "owner": owner[1]}
            yield row.problem(column, _("“%(form)s” already stands for %(owner)s.") % params)
