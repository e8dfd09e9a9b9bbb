"""Overviews and the pages of units, counties and leaders: every number opens a list of as many tasks."""

import csv
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.ledger.factories import Item, make_document, make_group, make_unit
from tests.ledger.list_desk import Ledger, accept_each, english, make_ledger, make_many

from luoshi.access.models import User
from luoshi.ledger.filters import TaskFilter
from luoshi.ledger.models import Task
from luoshi.ledger.queries import list_tasks
from luoshi.ledger.states import TaskStatus
from luoshi.registry.models import Division, Level, Organization

pytestmark = pytest.mark.django_db
BY = ("leader", "unit", "county", "section")


@pytest.fixture
def ledger(clerk: User) -> Ledger:
    made = make_ledger(clerk)
    Task.objects.filter(pk=made.tasks["4"].pk).update(status=TaskStatus.WITHDRAWN)
    return made


@pytest.fixture
def housing(ledger: Ledger, make_user: Callable[..., User]) -> User:
    return make_user("housing", "UNIT_LIAISON", ledger.housing.scope_key)


def overview(client: Client, query: str = "") -> Any:
    response = client.get(f"{reverse('ledger:overview')}?{query}")
    assert response.status_code == 200
    return response


def counted(user: User, url: str) -> int:
    """Return how many tasks the list behind an address holds, as the list itself asks for them."""
    path, _mark, query = url.partition("?")
    assert path == reverse("ledger:list")
    return list_tasks(user, TaskFilter.from_query(QueryDict(query)), today=timezone.localdate()).count()


def row(page: Any, name: str) -> dict[str, int]:
    found = next(each for each in page.context["rows"] if each.name == name)
    return dict(found.numbers)


@pytest.mark.parametrize("query", ["", "plan"])
@pytest.mark.parametrize("by", BY)
def test_every_number_opens_as_many_tasks(ledger: Ledger, clerk: User, by: str, query: str) -> None:
    make_group(clerk, "各县人民政府", list(Organization.objects.filter(key="wangling")))
    document = make_document(
        clerk,
        [
            Item(
                "各县都做。",
                section="三",
                lead_units=["市财政局", "市住房城乡建设局"],
                cooperating_units=["各县人民政府"],
            )
        ],
    )
    accept_each(clerk, document)
    plan = f"&plan={ledger.tasks['1'].plan_id}" if query else ""
    page = overview(ledger.client, f"by={by}{plan}")
    cells = [cell for each in page.context["rows"] for cell in each.cells]
    assert sum(cell.number for cell in cells) > 0
    for cell in cells:
        assert counted(ledger.clerk, cell.url) == cell.number, (cell.column, cell.url)


def test_lead_and_cooperating_are_never_mixed(ledger: Ledger) -> None:
    page = overview(ledger.client, "by=unit")
    assert row(page, "市住房城乡建设局") == {
        "lead": 1,
        "cooperating": 1,
        "done": 0,
        "claimed_done": 0,
        "in_progress": 0,
        "not_started": 1,
        "soon": 0,
        "overdue": 1,
    }
    assert row(page, "市财政局")["lead"] == 3
    assert row(overview(ledger.client, "by=county"), "望岭县人民政府")["cooperating"] == 1
    assert row(overview(ledger.client, "by=leader"), "方启铭")["lead"] == 2


def test_the_chart_cuts_what_is_led_without_rest(ledger: Ledger) -> None:
    page = overview(ledger.client, "by=unit")
    chart = page.context["chart"]
    leads = {each.name: each.load.lead - each.load.withdrawn for each in page.context["rows"] if each.load.lead}
    sums = [sum(series["values"][place] for series in chart["series"]) for place in range(len(chart["categories"]))]
    assert dict(zip(chart["categories"], sums, strict=True)) == leads


def test_a_plan_narrows_every_number(ledger: Ledger) -> None:
    page = overview(ledger.client, f"by=unit&plan={ledger.tasks['old'].plan_id}")
    assert [each.name for each in page.context["rows"]] == ["市财政局"]
    assert page.context["standing"].total == 1


def test_a_column_sorts_most_first(ledger: Ledger) -> None:
    names = [each.name for each in overview(ledger.client, "by=unit&sort=overdue").context["rows"]]
    assert names[0] == "市住房城乡建设局"
    turned = [each.name for each in overview(ledger.client, "by=unit&sort=-overdue").context["rows"]]
    assert turned[-1] == "市住房城乡建设局"


@pytest.mark.parametrize("query", ["by=moon", "plan=x", "plan=99999999", "sort=x", "by=%00", "format=pdf"])
def test_a_mistyped_address_opens_an_overview(ledger: Ledger, query: str) -> None:
    overview(ledger.client, query)


def test_it_can_be_taken_along(ledger: Ledger) -> None:
    answer = overview(ledger.client, "by=unit&format=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][:3] == ["Unit", "As lead", "Cooperating"]
    assert ["市财政局", "3", "1"] in [line[:3] for line in rows]
    book = overview(ledger.client, "by=section&format=xlsx")
    assert book.content[:2] == b"PK"


def test_a_unit_counts_only_its_own_tasks_and_is_told_so(ledger: Ledger, housing: User) -> None:
    page = overview(english(housing), "by=unit")
    assert page.context["standing"].total == 2
    assert "Only the tasks that you take part in" in page.content.decode()
    for each in page.context["rows"]:
        for cell in each.cells:
            assert counted(housing, cell.url) == cell.number


def test_nobody_without_tasks_opens_it(administrator: User) -> None:
    client = english(administrator)
    assert client.get(reverse("ledger:overview")).status_code == 403
    assert client.get(reverse("ledger:mine")).status_code == 403


def test_nothing_to_count_is_said(clerk: User) -> None:
    assert "No task to count yet" in overview(english(clerk)).content.decode()


@pytest.mark.parametrize("by", BY)
def test_sixty_tasks_ask_no_more_often_than_five(ledger: Ledger, clerk: User, by: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            overview(ledger.client, f"by={by}")
        return len(captured)

    before = queries()
    make_many(clerk, 60)
    assert queries() == before


# --- units, counties, leaders --------------------------------------------------------------------------------------


def holder(client: Client, name: str, key: str) -> Any:
    response = client.get(reverse(f"ledger:{name}", args=[key]))
    assert response.status_code == 200
    return response


def test_a_unit_sees_lead_and_help_apart_with_the_urgent_first(ledger: Ledger) -> None:
    page = holder(ledger.client, "unit", "finance")
    lead, helping = page.context["lead"], page.context["helping"]
    assert [task.number for task, _sign in lead.rows] == ["2", "3", "old"]
    assert [task.number for task, _sign in helping.rows] == ["1"]
    for part in (lead, helping):
        assert counted(ledger.clerk, part.url) == part.standing.total
        assert counted(ledger.clerk, part.overdue_url) == part.standing.overdue
        assert counted(ledger.clerk, part.soon_url) == part.standing.soon
        assert counted(ledger.clerk, part.done_url) == part.standing.done


@pytest.mark.parametrize(("name", "key"), [("unit", "housing"), ("unit", "finance"), ("leader", "fang")])
def test_partners_open_the_tasks_that_are_shared(ledger: Ledger, name: str, key: str) -> None:
    page = holder(ledger.client, name, key)
    partners = [*page.context["helpers"], *page.context["helped"]]
    assert partners
    for shown in partners:
        assert counted(ledger.clerk, shown.url) == shown.partner.tasks, shown


def test_who_helps_and_whom_it_helps(ledger: Ledger) -> None:
    page = holder(ledger.client, "unit", "housing")
    assert {shown.partner.name for shown in page.context["helpers"]} == {"市财政局", "望岭县人民政府"}
    assert {shown.partner.name for shown in page.context["helped"]} == {"市财政局"}


def test_the_load_stands_beside_that_of_others(ledger: Ledger) -> None:
    weight = holder(ledger.client, "unit", "finance").context["weight"]
    assert (weight.place, weight.of, weight.lead, weight.most) == (1, 2, 3, 3)
    second = holder(ledger.client, "unit", "housing").context["weight"]
    assert (second.place, second.lead) == (2, 1)


def test_a_unit_without_sight_of_all_is_not_ranked(ledger: Ledger, housing: User) -> None:
    assert holder(english(housing), "unit", "finance").context["weight"] is None


def test_the_page_of_another_unit_shows_only_shared_tasks(ledger: Ledger, housing: User) -> None:
    page = holder(english(housing), "unit", "finance")
    assert [task.number for task, _sign in page.context["lead"].rows] == ["3"]
    assert "新建学校" not in page.content.decode()


def test_a_county_is_found_by_its_code(ledger: Ledger) -> None:
    page = holder(ledger.client, "county", "370999")
    assert page.context["holder"].key == "wangling"
    assert page.context["lead"].standing.done == 1
    Division.objects.create(code="370999001", name="某镇", level=Level.TOWNSHIP)
    for code in ("370999001", "000000", "x"):
        assert ledger.client.get(reverse("ledger:county", args=[code])).status_code == 404


def test_a_leader_only_leads(ledger: Ledger) -> None:
    page = holder(ledger.client, "leader", "fang")
    assert page.context["helping"] is None
    assert [task.number for task, _sign in page.context["lead"].rows] == ["1", "3"]


def test_who_is_named_nowhere_has_an_empty_page(ledger: Ledger, clerk: User) -> None:
    make_unit(clerk, "市地震局", key="quakes")
    assert "No task names it yet" in holder(ledger.client, "unit", "quakes").content.decode()


@pytest.mark.parametrize(("name", "key"), [("unit", "nowhere"), ("leader", "nobody")])
def test_an_unknown_holder_is_not_found(ledger: Ledger, name: str, key: str) -> None:
    assert ledger.client.get(reverse(f"ledger:{name}", args=[key])).status_code == 404


def test_mine_leads_to_the_one_page_that_is_mine(
    ledger: Ledger, housing: User, reader: User, make_user: Callable[..., User]
) -> None:
    answer = english(housing).get(reverse("ledger:mine"))
    assert answer["Location"] == reverse("ledger:unit", args=["housing"])
    fang = make_user("fang", "LEADER", person_key="fang")
    assert english(fang).get(reverse("ledger:mine"))["Location"] == reverse("ledger:leader", args=["fang"])
    both = make_user("both", "UNIT_LIAISON", ledger.finance.scope_key, person_key="lu")
    page = english(both).get(reverse("ledger:mine"))
    assert [each.key for each in page.context["holders"]] == ["lu", "finance"]
    assert "No task names you" in english(reader).get(reverse("ledger:mine")).content.decode()


def test_a_holder_with_sixty_tasks_asks_no_more_often(ledger: Ledger, clerk: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            holder(ledger.client, "unit", "housing")
        return len(captured)

    before = queries()
    make_many(clerk, 60)
    assert queries() == before


@pytest.mark.parametrize("name", ["overview", "unit"])
def test_the_strict_policy_holds(ledger: Ledger, name: str) -> None:
    page = overview(ledger.client) if name == "overview" else holder(ledger.client, "unit", "finance")
    html = page.content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", html)
    assert not re.search(r"\sstyle=|\son[a-z]+=", html)
