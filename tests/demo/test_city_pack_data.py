"""The city packs keep the promises of their README, and the Liaocheng pack knows the real plans' parties."""

import csv
import json
import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import pytest

import luoshi

CITIES = Path(luoshi.__file__).parent / "registry" / "cities"
PACKS = ("demo", "liaocheng")
COLUMNS = {
    "city": "key,value",
    "divisions": "code,name,level,parent_code",
    "organizations": "key,name,short_name,kind,division_code,parent_key,sort",
    "aliases": "organization_key,alias",
    "groups": "key,name,kind,members_known",
    "group_members": "group_key,organization_key",
    "group_aliases": "group_key,alias",
    "people": "key,name,title,organization_key,sort,role",
}
MAY_BE_EMPTY = {("divisions", "parent_code"), ("organizations", "parent_key")}
ORGANIZATION_KINDS = {
    *("government", "government_office", "department", "party", "county_government", "zone_committee"),
    *("enterprise", "institution", "mass_organization", "court_procuratorate", "other"),
}
# Printed in the plans, but not for a program to decide (see the README beside the packs).
FOR_A_PERSON = {"开发区管委会", "市政府各位副市长", "市委常委、市纪委书记", "市气象中心", "聊城黄河水务局"}
ROLES = ("lead_leaders", "lead_units", "responsible_units", "cooperating_units")


def read(pack: str, name: str) -> list[dict[str, str]]:
    with (CITIES / pack / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fold(name: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))


def forms(pack: str) -> dict[str, set[str]]:
    """Return every printed form of the pack, folded, with what it may mean."""
    known: dict[str, set[str]] = defaultdict(set)
    for row in read(pack, "organizations"):
        known[fold(row["name"])].add(row["key"])
        known[fold(row["short_name"])].add(row["key"])
    for row in read(pack, "aliases"):
        known[fold(row["alias"])].add(row["organization_key"])
    for row in read(pack, "groups"):
        known[fold(row["name"])].add(f"group {row['key']}")
    for row in read(pack, "group_aliases"):
        known[fold(row["alias"])].add(f"group {row['group_key']}")
    for row in read(pack, "people"):
        known[fold(row["name"])].add(f"person {row['key']}")
    return known


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("name", COLUMNS)
def test_files_have_their_columns_and_no_empty_cell(pack: str, name: str) -> None:
    raw = (CITIES / pack / f"{name}.csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.decode("utf-8").splitlines()[0] == COLUMNS[name]
    for row in read(pack, name):
        assert None not in row, row
        assert all(value or (name, column) in MAY_BE_EMPTY for column, value in row.items()), row
        assert all(value == (value or "").strip() for value in row.values()), row


@pytest.mark.parametrize("pack", PACKS)
def test_keys_are_unique_and_references_exist(pack: str) -> None:
    keys = {
        name: [row["code" if name == "divisions" else "key"] for row in read(pack, name)]
        for name in ("city", "divisions", "organizations", "groups", "people")
    }
    for name, values in keys.items():
        assert len(values) == len(set(values)), (name, [key for key, n in Counter(values).items() if n > 1])
    seen: set[str] = set()
    for row in read(pack, "organizations"):
        assert row["kind"] in ORGANIZATION_KINDS
        assert row["division_code"] in keys["divisions"]
        assert not row["parent_key"] or row["parent_key"] in seen, "a parent comes before its children"
        seen.add(row["key"])
    for name, column, target in (
        ("aliases", "organization_key", "organizations"),
        ("group_members", "group_key", "groups"),
        ("group_members", "organization_key", "organizations"),
        ("group_aliases", "group_key", "groups"),
        ("people", "organization_key", "organizations"),
    ):
        assert {row[column] for row in read(pack, name)} <= set(keys[target]), (name, column)


@pytest.mark.parametrize("pack", PACKS)
def test_divisions_form_one_tree(pack: str) -> None:
    rows = read(pack, "divisions")
    level = {row["code"]: row["level"] for row in rows}
    assert [row["code"] for row in rows if row["level"] == "prefecture"] == [rows[0]["code"]]
    for row in rows[1:]:
        assert row["level"] in {"county", "zone", "township"}
        assert level[row["parent_code"]] == ("county" if row["level"] == "township" else "prefecture")


@pytest.mark.parametrize("pack", PACKS)
def test_group_members_are_given_exactly_where_they_are_known(pack: str) -> None:
    with_members = {row["group_key"] for row in read(pack, "group_members")}
    assert with_members == {row["key"] for row in read(pack, "groups") if row["members_known"] == "yes"}
    pairs = [tuple(row.values()) for row in read(pack, "group_members")]
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize("pack", PACKS)
def test_no_printed_form_means_two_things(pack: str) -> None:
    assert {form: meant for form, meant in forms(pack).items() if len(meant) > 1} == {}


@pytest.mark.parametrize("pack", PACKS)
def test_the_city_points_to_its_own_rows(pack: str) -> None:
    city = {row["key"]: row["value"] for row in read(pack, "city")}
    organizations = {row["key"]: row["kind"] for row in read(pack, "organizations")}
    assert city["division_code"] == read(pack, "divisions")[0]["code"]
    assert organizations[city["government_office_organization"]] == "government_office"
    assert organizations[city["government_organization"]] == "government"
    assert city["is_invented"] == ("yes" if pack == "demo" else "no")


def test_the_demo_city_cannot_be_taken_for_a_real_one() -> None:
    assert all(row["code"].startswith("99") for row in read("demo", "divisions"))


def test_liaocheng_divisions_are_those_of_the_code_book(shared: Path) -> None:
    with (shared / "data" / "divisions-371500.csv").open(encoding="utf-8-sig", newline="") as file:
        book = [tuple(row.values()) for row in csv.DictReader(file)]
    ours = [tuple(row.values()) for row in read("liaocheng", "divisions")]
    assert [row for row in ours if row[2] != "zone"] == book
    assert Counter(row[2] for row in ours) == {"prefecture": 1, "county": 8, "zone": 3, "township": 136}


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("gold", "parties", "undecided"),
    [("task-plan-2021", 942, 5), ("gazette-2019-04.task-plan", 449, 2)],
)
def test_the_liaocheng_pack_knows_the_parties_of_the_plans(
    shared: Path, gold: str, parties: int, undecided: int
) -> None:
    tasks = json.loads((shared / "gold" / f"{gold}.json").read_text(encoding="utf-8"))["tasks"]
    named = [party for task in tasks for role in ROLES for party in task[role]]
    known = forms("liaocheng")
    unknown = Counter(party for party in named if fold(party) not in known)
    assert len(named) == parties
    assert set(unknown) <= FOR_A_PERSON, f"not in the pack: {sorted(set(unknown) - FOR_A_PERSON)}"
    assert sum(unknown.values()) == undecided
