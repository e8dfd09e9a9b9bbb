"""The list of tasks: what each filter keeps, who sees what, how it is grouped, and that it stays fast."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.ledger.list_desk import ENGINEERING, LIVELIHOOD, Ledger, day, english, make_ledger, make_many

from luoshi.access.models import AuditEntry, User
from luoshi.ledger.models import SavedView, Task
from luoshi.registry.models import Organization, Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(clerk: User) -> Ledger:
    return make_ledger(clerk)


# --- filters -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({}, "1 2 3 4 5 old"),
        ({"year": "2025"}, "old"),
        ({"leader": "fang"}, "1 3"),
        ({"unit": "housing"}, "1 3"),
        ({"unit": "housing", "role": "lead"}, "1"),
        ({"unit": "housing", "role": "cooperating"}, "3"),
        ({"county": "370999"}, "1 5"),
        ({"county": "370999", "role": "lead"}, "5"),
        ({"section": LIVELIHOOD}, "3 4 5"),
        ({"status": "OPEN"}, "1 2 3 4 old"),
        ({"status": "DONE"}, "5"),
        ({"due": "overdue"}, "1"),
        ({"due": "7"}, "2"),
        ({"due": "90"}, "2 3"),
        ({"due": "none"}, "4 old"),
        ({"names": "open"}, "4"),
        ({"q": "老旧"}, "1"),
        ({"q": "养老 床位"}, "3"),
        ({"q": "4"}, "4"),
        ({"q": "没有的话"}, ""),
        ({"unit": "finance", "status": "OPEN", "section": ENGINEERING}, "1 2"),
        ({"unit": "nobody"}, ""),
    ],
)
def test_a_filter_keeps_what_it_says(ledger: Ledger, asked: dict[str, str], numbers: str) -> None:
    assert ledger.numbers(urlencode(asked)) == numbers.split()


def test_a_range_of_days_keeps_both_ends(ledger: Ledger) -> None:
    asked = urlencode({"due_from": day(-3).isoformat(), "due_to": day(5).isoformat()})
    assert ledger.numbers(asked) == ["1", "2"]


def test_a_plan_keeps_its_own_tasks(ledger: Ledger) -> None:
    assert ledger.numbers(f"plan={ledger.tasks['old'].plan_id}") == ["old"]


@pytest.mark.parametrize(
    "query",
    [
        "plan=x", f"plan={'9' * 40}", f"year={'9' * 40}", "status=LOST", "due=12", "due_from=soon", "sort=colour",
        "page=999", "page=x", "per_page=1", "group=colour", "names=all", "q=%00", "role=boss&unit=%00",
    ],
)  # fmt: skip
def test_a_mistyped_address_still_opens_a_list(ledger: Ledger, query: str) -> None:
    assert ledger.page(query).status_code == 200


def test_what_is_asked_stands_there_in_words_and_can_be_taken_away(ledger: Ledger) -> None:
    page = ledger.page("unit=housing&role=lead&due=overdue&sort=-deadline&page=1")
    chips = {chip["label"]: chip for chip in page.context["chips"]}
    assert {label: chip["value"] for label, chip in chips.items()} == {
        "Unit": "市住房城乡建设局",
        "The unit's role": "Answering",
        "Due": "Overdue",
    }
    assert chips["Due"]["url"] == "?unit=housing&role=lead&sort=-deadline"


def test_each_number_above_the_list_opens_as_many_tasks_as_it_says(ledger: Ledger) -> None:
    for query in ("", "unit=finance", "due=overdue", "status=DONE&leader=fang"):
        standing = ledger.page(query).context["standing"]
        kept = "&".join(part for part in query.split("&") if part.split("=")[0] not in {"due", "status"})
        assert standing.total == len(ledger.numbers(kept))
        assert standing.overdue == len(ledger.numbers(f"{kept}&due=overdue"))
        assert standing.claimed_done == len(ledger.numbers(f"{kept}&status=CLAIMED_DONE"))
        assert standing.done == len(ledger.numbers(f"{kept}&status=DONE"))


# --- order and groups ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sort", "numbers"),
    [
        ("number", "1 2 3 4 5 old"),
        ("-number", "old 5 4 3 2 1"),
        ("deadline", "5 1 2 3 4 old"),
        ("-deadline", "3 2 1 5 4 old"),
        ("status", "1 4 old 2 3 5"),
        ("-status", "5 3 2 1 4 old"),
    ],
)
def test_the_list_is_sorted(ledger: Ledger, sort: str, numbers: str) -> None:
    assert ledger.numbers(f"sort={sort}") == numbers.split()


def headed(ledger: Ledger, group: str, more: str = "") -> list[tuple[str, int, str]]:
    rows = ledger.page(f"group={group}&{more}").context["rows"]
    return [(row.heading.label, row.heading.count, row.task.number) for row in rows]


def test_grouped_by_leader_every_task_is_there_also_those_without_one(ledger: Ledger) -> None:
    Person.objects.filter(key="lu").update(sort=1)
    assert headed(ledger, "leader") == [
        ("陆承泽", 1, "2"),
        ("方启铭", 2, "1"),
        ("方启铭", 2, "3"),
        ("No leader named, or not settled yet", 3, "4"),
        ("No leader named, or not settled yet", 3, "5"),
        ("No leader named, or not settled yet", 3, "old"),
    ]


def test_grouped_by_unit_only_those_who_answer_are_headings(ledger: Ledger) -> None:
    Organization.objects.filter(key="finance").update(sort=1)
    groups = headed(ledger, "unit", "sort=deadline")
    assert [row for row in groups if row[0] == "市财政局"] == [
        ("市财政局", 3, "2"),
        ("市财政局", 3, "3"),
        ("市财政局", 3, "old"),
    ]
    assert groups[-1] == ("No unit named, or not settled yet", 1, "4")


def test_grouped_by_county_the_others_come_last_and_every_task_is_counted_once(ledger: Ledger) -> None:
    assert [(label, number) for label, _count, number in headed(ledger, "county")][:2] == [
        ("望岭县人民政府", "1"),
        ("望岭县人民政府", "5"),
    ]
    assert ledger.page("group=county").context["total"] == 6


def test_a_task_moved_to_a_section_joins_the_others_there(ledger: Ledger) -> None:
    Task.objects.filter(pk=ledger.tasks["5"].pk).update(section=ENGINEERING)
    assert headed(ledger, "section")[:3] == [(f"2026 {ENGINEERING}", 3, number) for number in ("1", "2", "5")]


def test_pages_of_a_grouped_list_fit_together(ledger: Ledger) -> None:
    make_many(ledger.clerk, 60)
    whole = headed(ledger, "leader", "per_page=200")
    pages = [row for number in (1, 2, 3) for row in headed(ledger, "leader", f"per_page=25&page={number}")]
    assert len(whole) == 66
    assert pages == whole


# --- who sees what -------------------------------------------------------------------------------------------------


def test_a_unit_sees_what_it_takes_part_in_and_nothing_else(
    ledger: Ledger, make_user: Callable[..., User], liaison: User, administrator: User, reader: User
) -> None:
    housing = english(make_user("housing", "UNIT_LIAISON", ledger.housing.scope_key))
    assert ledger.numbers("", housing) == ["1", "3"]
    assert ledger.numbers("mine=lead", housing) == ["1"]
    assert ledger.numbers("mine=cooperating", housing) == ["3"]
    assert ledger.numbers("q=学校", housing) == []
    assert ledger.numbers("", english(liaison)) == []
    assert ledger.numbers("", english(administrator)) == []
    assert len(ledger.numbers("", english(reader))) == 6


def test_the_choices_of_a_unit_do_not_tell_what_it_may_not_see(ledger: Ledger, make_user: Callable[..., User]) -> None:
    form = ledger.page("", english(make_user("housing", "UNIT_LIAISON", ledger.housing.scope_key))).context["form"]
    assert [key for key, _label in form.fields["leader"].choices] == ["", "fang"]
    assert [key for key, _label in form.fields["section"].choices] == ["", ENGINEERING, LIVELIHOOD]


def test_only_who_may_change_tasks_is_offered_to(ledger: Ledger, reader: User) -> None:
    assert b"data-row-select" in ledger.page().content
    page = ledger.page("", english(reader)).content
    assert b"data-row-select" not in page
    assert reverse("ledger:import").encode() not in page


# --- speed ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("group", ["", "section", "leader", "unit", "county"])
def test_more_tasks_need_no_more_queries(ledger: Ledger, group: str) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            ledger.page(f"group={group}&per_page=100")
        return len(queries)

    ledger.page()
    few = count()
    make_many(ledger.clerk, 60)
    assert count() == few
    assert few <= 20


# --- empty, print, views -------------------------------------------------------------------------------------------


def test_an_empty_list_says_why_and_what_to_do(ledger: Ledger, liaison: User) -> None:
    assert "No task matches these filters" in ledger.page("q=没有").content.decode()
    assert "There is no task for you yet" in ledger.page("", english(liaison)).content.decode()


def test_without_any_task_the_office_is_led_to_the_documents(clerk: User) -> None:
    page = english(clerk).get(reverse("ledger:list")).content.decode()
    assert "There is no task yet" in page
    assert reverse("documents:list") in page


def test_the_print_has_every_task_of_the_filter_on_one_page(ledger: Ledger) -> None:
    make_many(ledger.clerk, 60)
    page = ledger.page("print=1&unit=housing&page=2&per_page=25")
    assert len(page.context["rows"]) == 62
    words = page.content.decode()
    assert "62 tasks, as of" in words
    assert "Unit: 市住房城乡建设局" in words
    assert "data-row-select" not in words


def test_a_view_is_kept_shared_replaced_and_forgotten(ledger: Ledger, reader: User) -> None:
    keep = reverse("ledger:keep_view")
    given = {"name": "逾期", "query": "due=overdue&page=3&print=1&unit=", "is_shared": "on"}
    assert ledger.client.post(keep, given).url == f"{reverse('ledger:list')}?due=overdue"
    view = SavedView.objects.get()
    assert (view.name, view.query, view.is_shared) == ("逾期", "due=overdue", True)
    assert [each.name for each in ledger.page("", english(reader)).context["views"]] == ["逾期"]
    ledger.client.post(keep, {"name": "逾期", "query": "due=7"})
    view.refresh_from_db()
    assert (view.query, view.is_shared) == ("due=7", False)
    assert not ledger.page("", english(reader)).context["views"]
    forget = reverse("ledger:forget_view", args=[view.pk])
    assert english(reader).post(forget).status_code == 404
    ledger.client.post(forget)
    assert not SavedView.objects.exists()
    assert list(AuditEntry.objects.order_by("sequence").values_list("action", flat=True))[-3:] == [
        "ledger.save_view",
        "ledger.save_view",
        "ledger.delete_view",
    ]


def test_a_view_without_a_name_is_not_kept(ledger: Ledger) -> None:
    ledger.client.post(reverse("ledger:keep_view"), {"name": "  ", "query": "due=7"})
    assert not SavedView.objects.exists()


def test_a_view_that_is_too_long_to_keep_whole_is_not_kept_in_part(ledger: Ledger) -> None:
    ledger.client.post(reverse("ledger:keep_view"), {"name": "长", "query": urlencode({"section": "板" * 300})})
    assert not SavedView.objects.exists()
