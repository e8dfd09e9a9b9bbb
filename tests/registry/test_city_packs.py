"""City packs load whole or not at all, twice without effect, and say where they are wrong."""

import datetime as dt
import shutil
import time
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied

from luoshi.access.audit import verify_chain
from luoshi.access.models import AuditEntry, User
from luoshi.registry.city_packs import UnableToLoadCity, list_cities, load_city
from luoshi.registry.models import Division, Group, GroupMember, Organization, OrganizationName, Person
from luoshi.registry.pack_files import CITIES
from luoshi.registry.signals import name_learned

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a copy of the demo pack that a test may spoil."""
    shutil.copytree(CITIES / "demo", tmp_path / "cities" / "demo")
    return tmp_path / "cities"


def replace(folder: Path, table: str, old: str, new: str) -> None:
    """Change the one place in a table where ``old`` stands."""
    path = folder / "demo" / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (table, old, text.count(old))
    path.write_text(text.replace(old, new), encoding="utf-8")


def append(folder: Path, table: str, line: str) -> int:
    """Add a line to a table and return its number."""
    path = folder / "demo" / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}{line}\n", encoding="utf-8")
    return text.count("\n") + 1


def problems_of(folder: Path, clerk: User, now: dt.datetime) -> list[str]:
    """Load a spoilt pack, make sure nothing of it was written, and return what is said about it."""
    with pytest.raises(UnableToLoadCity) as caught:
        load_city("demo", acting_user=clerk, now=now, folder=folder)
    assert not Division.objects.exists()
    assert not Organization.objects.exists()
    assert not AuditEntry.objects.exists()
    return [str(each) for each in caught.value.problems]


def test_the_packs_are_listed() -> None:
    assert list_cities() == ["demo", "liaocheng"]


def test_liaocheng_loads_within_three_seconds(clerk: User, now: dt.datetime) -> None:
    started = time.perf_counter()
    report = load_city("liaocheng", acting_user=clerk, now=now)
    assert time.perf_counter() - started < 3
    assert report.name == "聊城市"
    assert report.changed
    assert Division.objects.filter(level="township").count() == 136
    assert Division.objects.filter(level="county").count() == 8
    assert report.added["organizations"] == Organization.objects.count() == 101
    assert report.added["organization_names"] == OrganizationName.objects.count()
    assert report.added["people"] == Person.objects.count() == 14
    assert report.added["group_members"] == GroupMember.objects.count() == 137


def test_an_organization_stands_below_its_parent_and_is_found_by_every_form(clerk: User, now: dt.datetime) -> None:
    load_city("liaocheng", acting_user=clerk, now=now)
    office = Organization.objects.get(key="government-office")
    assert office.parent is not None
    assert office.scope_key == "unit:government/government-office/"
    assert office.division is not None
    assert office.division.name == "聊城市"
    forms = set(office.names.values_list("name", flat=True))
    assert {"市人民政府办公室", "市政府办公室", "市政府办", "聊城市政府办公室"} <= forms
    counties = Group.objects.get(key="counties")
    assert counties.members_known
    assert counties.members.count() == 8
    assert not Group.objects.get(key="counties-concerned").members_known


def test_loading_writes_one_audit_entry_with_the_digest(clerk: User, now: dt.datetime) -> None:
    report = load_city("demo", acting_user=clerk, now=now)
    entry = AuditEntry.objects.get()
    assert entry.action == "registry.load_city"
    assert entry.after["sha256"] == report.sha256
    assert entry.after["added"] == report.added
    assert verify_chain() == (1, [])


def test_loading_twice_changes_nothing_and_says_so(clerk: User, now: dt.datetime) -> None:
    first = load_city("demo", acting_user=clerk, now=now)
    again = load_city("demo", acting_user=clerk, now=now)
    assert not again.changed
    assert again.present == first.added
    assert AuditEntry.objects.count() == 1


def test_what_the_office_corrected_stays(clerk: User, now: dt.datetime) -> None:
    load_city("demo", acting_user=clerk, now=now)
    Organization.objects.filter(key="finance").update(short_name="市财政")
    Group.objects.get(key="counties").memberships.all()[0].delete()
    before = GroupMember.objects.count()
    Person.objects.get(key="zhou-yanqing").delete()
    report = load_city("demo", acting_user=clerk, now=now)
    assert {table: count for table, count in report.added.items() if count} == {"people": 1}
    assert Organization.objects.get(key="finance").short_name == "市财政"
    assert GroupMember.objects.count() == before


def test_a_second_city_is_refused(clerk: User, now: dt.datetime) -> None:
    load_city("demo", acting_user=clerk, now=now)
    with pytest.raises(UnableToLoadCity) as caught:
        load_city("liaocheng", acting_user=clerk, now=now)
    assert "云川市" in str(caught.value)
    assert not Division.objects.filter(code__startswith="3715").exists()


def test_new_names_are_announced_once(clerk: User, now: dt.datetime) -> None:
    heard: list[tuple[str, ...]] = []

    def listen(forms: tuple[str, ...], **_kwargs: object) -> None:
        heard.append(forms)

    name_learned.connect(listen)
    try:
        load_city("demo", acting_user=clerk, now=now)
        load_city("demo", acting_user=clerk, now=now)
    finally:
        name_learned.disconnect(listen)
    assert len(heard) == 1
    assert {"市财政局", "周砚清", "市属开发区"} <= set(heard[0])


def test_only_who_may_edit_the_registry_loads_a_city(reader: User, now: dt.datetime) -> None:
    with pytest.raises(PermissionDenied):
        load_city("demo", acting_user=reader, now=now)
    assert not Division.objects.exists()


@pytest.mark.parametrize("city", ["atlantis", "../demo", "", "demo/"])
def test_an_unknown_city_names_the_known_ones(clerk: User, now: dt.datetime, city: str) -> None:
    with pytest.raises(UnableToLoadCity, match="demo, liaocheng"):
        load_city(city, acting_user=clerk, now=now)


@pytest.mark.parametrize(
    ("table", "line", "place"),
    [
        ("divisions", "990102999,某街道,village,990102", "[level]"),
        ("divisions", "990102999,某街道,township,990109", "[parent_code]"),
        ("divisions", "9901,某街道,township,990102", "[code]"),
        ("divisions", "990102,又一区,county,990100", "[code]"),
        ("organizations", "Bad Key,某局,某局,department,990100,government,900", "[key]"),
        ("organizations", "some-bureau,某局,某局,ministry,990100,government,900", "[kind]"),
        ("organizations", "some-bureau,某局,某局,department,110000,government,900", "[division_code]"),
        ("organizations", "some-bureau,某局,某局,department,990100,nobody,900", "[parent_key]"),
        ("organizations", "some-bureau,某局,某局,department,990100,government,soon", "[sort]"),
        ("organizations", "some-bureau,,某局,department,990100,government,900", "[name]"),
        ("organizations", "some-bureau,市财政局,某局,department,990100,government,900", "[name]"),
        ("aliases", "nobody,某某局", "[organization_key]"),
        ("aliases", "finance,市教育局", "[alias]"),
        ("groups", "counties,某些单位,committee,no", "[key]"),
        ("groups", "some-group,某些单位,committee,perhaps", "[members_known]"),
        ("groups", "some-group,某些单位,committee,yes", "[members_known]"),
        ("group_members", "counties,county-lantai", "[organization_key]"),
        ("group_members", "city-renewal,finance", "[group_key]"),
        ("group_aliases", "nobody,某些单位", "[group_key]"),
        ("people", "some-one,某人,局长,finance,900,king", "[role]"),
        ("people", "some-one,某人,局长,nobody,900,leader", "[organization_key]"),
        ("people", f"some-one,{'某' * 65},局长,finance,900,leader", "[name]"),
        ("people", "some-one,某人,局长", ""),
        ("city", "name,另一市", "[key]"),
    ],
)
def test_a_wrong_row_is_named_by_file_line_and_column(
    folder: Path, clerk: User, now: dt.datetime, table: str, line: str, place: str
) -> None:
    number = append(folder, table, line)
    found = problems_of(folder, clerk, now)
    assert any(each.startswith(f"{table}.csv:{number} {place}") for each in found), found


def test_everything_wrong_is_said_at_once(folder: Path, clerk: User, now: dt.datetime) -> None:
    append(folder, "divisions", "990102999,某街道,village,990102")
    append(folder, "people", "some-one,某人,局长,nobody,900,leader")
    files = {each.split(":")[0] for each in problems_of(folder, clerk, now)}
    assert files == {"divisions.csv", "people.csv"}


def test_a_missing_file_a_wrong_header_and_foreign_bytes_are_named(folder: Path, clerk: User, now: dt.datetime) -> None:
    (folder / "demo" / "aliases.csv").unlink()
    replace(folder, "groups", "key,name,kind,members_known", "key,name,sort,members_known")
    (folder / "demo" / "people.csv").write_bytes("key,name\n某人".encode("gb18030"))
    found = problems_of(folder, clerk, now)
    assert [each.split(" ")[0] for each in found] == ["aliases.csv", "groups.csv:1", "people.csv:2"]


def test_a_form_taken_in_the_registry_is_named_and_nothing_is_written(
    folder: Path, clerk: User, now: dt.datetime
) -> None:
    load_city("demo", acting_user=clerk, now=now, folder=folder)
    counts = (Organization.objects.count(), OrganizationName.objects.count(), AuditEntry.objects.count())
    OrganizationName.objects.filter(name="市教育局").update(organization=Organization.objects.get(key="finance"))
    append(folder, "organizations", "some-bureau,某局,某局,department,990100,government,900")
    with pytest.raises(UnableToLoadCity, match=r"市教育局.*finance"):
        load_city("demo", acting_user=clerk, now=now, folder=folder)
    assert counts == (Organization.objects.count(), OrganizationName.objects.count(), AuditEntry.objects.count())
