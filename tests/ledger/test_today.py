"""The first page: what there is to do for each kind of account, and that its numbers open what they count."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.ledger.factories import Item, make_document
from tests.ledger.list_desk import Ledger, accept_each, english, make_ledger, make_many

from luoshi.access.models import User
from luoshi.documents.models import Document, ImportJob
from luoshi.documents.states import DocumentStatus, ImportStatus
from luoshi.ledger import actions
from luoshi.ledger.models import Task
from luoshi.ledger.states import TaskStatus
from luoshi.registry.models import NameProposal

pytestmark = pytest.mark.django_db
TODAY = "ledger:today"


@pytest.fixture
def ledger(clerk: User) -> Ledger:
    return make_ledger(clerk)


@pytest.fixture
def housing(ledger: Ledger, make_user: Callable[..., User]) -> User:
    return make_user("housing", "UNIT_LIAISON", ledger.housing.scope_key)


def open_today(client: Client) -> Any:
    response = client.get(reverse(TODAY))
    assert response.status_code == 200
    return response


def groups_of(page: Any, name: str = "groups") -> dict[str, list[str]]:
    """Return the rows of each group by its kind, each as the number of its task or its first word."""
    return {group.kind: [line.words.split()[0] for line in group.lines] for group in page.context[name]}


def numbers_on(page: Any) -> dict[str, tuple[int, str]]:
    """Return the large numbers of a page by their label: the number and the list that it opens."""
    found = re.findall(
        r'<a class="stat[^"]*" href="([^"]+)">\s*<span class="stat__label">([^<]+)</span>\s*'
        r'<span class="stat__number">([\d,]+)',
        page.content.decode(),
    )
    return {label: (int(number), url.replace("&amp;", "&")) for url, label, number in found}


def test_it_is_where_the_log_in_leads(ledger: Ledger) -> None:
    assert reverse(TODAY) == "/"
    assert Client().get("/").status_code == 302


def test_the_office_sees_its_acts_in_order(ledger: Ledger, clerk: User) -> None:
    plan = make_document(clerk, [Item("做一件事。", lead_units=["市财政局"])] * 3, title="新方案")
    make_document(clerk, [Item("做一件事。", lead_units=["市财政局"])], title="另一印本", status=DocumentStatus.WAITING)
    NameProposal.objects.create(
        name="市想象局", folded="市想象局", kind="UNIT", seen_in="新方案", proposed_at=timezone.now()
    )
    ImportJob.objects.create(name="坏.pdf", status=ImportStatus.FAILED, requested_by=clerk, requested_at=timezone.now())
    page = open_today(ledger.client)
    assert list(groups_of(page)) == ["confirm", "compare", "failed", "names", "review", "overdue", "soon"]
    rows = groups_of(page)
    assert (rows["review"], rows["overdue"], rows["soon"]) == (["3"], ["1"], ["2"])
    confirm = page.context["groups"][0]
    assert (confirm.total, [line.url for line in confirm.lines]) == (3, [reverse("ledger:confirm", args=[plan.pk])])


def test_the_four_numbers_open_lists_of_as_many(ledger: Ledger, clerk: User) -> None:
    make_document(clerk, [Item("做一件事。", lead_units=["市财政局"])] * 3, title="新方案")
    numbers = numbers_on(open_today(ledger.client))
    assert len(numbers) == 4
    assert numbers["To confirm"] == (3, reverse("documents:list") + "?sort=-pending")
    for label in ("Reported done, to review", "Overdue", "Due within 30 days"):
        number, url = numbers[label]
        assert number == 1
        assert ledger.client.get(url).context["page"].paginator.count == number


def test_a_row_is_one_click_from_done(ledger: Ledger) -> None:
    page = open_today(ledger.client)
    (line,) = next(group for group in page.context["groups"] if group.kind == "review").lines
    assert f'action="{reverse("ledger:task_status", args=[line.task.pk])}?from=today"' in page.content.decode()
    address = reverse("ledger:task_status", args=[line.task.pk]) + "?from=today"
    answer = ledger.client.post(address, {"to": line.to, "version": line.task.version})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert ledger.fresh("3").status == TaskStatus.DONE
    assert "review" not in groups_of(open_today(ledger.client))


def test_nothing_to_do_is_said(clerk: User) -> None:
    assert "Nothing to do" in open_today(english(clerk)).content.decode()


def test_what_changed_since_yesterday_is_told_and_older_things_are_not(ledger: Ledger, clerk: User) -> None:
    now = timezone.now()
    actions.add_note(acting_user=clerk, task=ledger.tasks["2"], text="很久以前。", now=now - dt.timedelta(days=3))
    actions.add_note(acting_user=clerk, task=ledger.tasks["1"], text="今天。", now=now)
    page = open_today(ledger.client)
    assert [(line.title, line.text) for line in page.context["changes"]] == [("1 改造老旧小区72个", "Wrote a note")]
    assert page.context["changes"][0].url == ledger.tasks["1"].get_absolute_url()


def test_a_unit_sees_what_it_leads_and_what_it_helps_with_apart(ledger: Ledger, housing: User) -> None:
    Task.objects.filter(pk=ledger.tasks["3"].pk).update(status=TaskStatus.IN_PROGRESS, deadline=timezone.localdate())
    page = open_today(english(housing))
    assert groups_of(page) == {"overdue": ["1"]}
    assert groups_of(page, "helping_groups") == {"helping": ["3"]}
    numbers = numbers_on(page)
    assert numbers["Tasks you lead or answer for"][0] == 1
    assert numbers["Tasks you help with"][0] == 1
    for number, url in numbers.values():
        assert english(housing).get(url).context["page"].paginator.count == number
    assert "The whole city" not in page.content.decode()


def test_every_open_task_of_a_unit_stands_under_its_first_reason(ledger: Ledger, clerk: User, housing: User) -> None:
    texts = ["逾期", "退回", "临期", "新增", "待启动", "已报", "远期推进"]
    document = make_document(clerk, [Item(f"{text}。", lead_units=["市住房城乡建设局"]) for text in texts], title="乙")
    accept_each(clerk, document)
    task = {each.text[:-1]: each for each in Task.objects.filter(plan__document=document)}
    now, day = timezone.now(), timezone.localdate()

    def put(name: str, **fields: Any) -> None:
        Task.objects.filter(pk=task[name].pk).update(**{"created_at": now - dt.timedelta(days=60), **fields})

    put("逾期", deadline=day - dt.timedelta(days=1))
    put("退回", status=TaskStatus.CLAIMED_DONE)
    actions.change_status(
        acting_user=clerk,
        task=Task.objects.get(pk=task["退回"].pk),
        version=1,
        to=TaskStatus.IN_PROGRESS,
        reason="缺验收单。",
        now=now,
    )
    put("临期", deadline=day + dt.timedelta(days=30))
    put("新增", created_at=now - dt.timedelta(days=2))
    put("待启动", deadline=day + dt.timedelta(days=31))
    put("已报", status=TaskStatus.CLAIMED_DONE, deadline=day - dt.timedelta(days=1))
    put("远期推进", status=TaskStatus.IN_PROGRESS)
    Task.objects.filter(pk=ledger.tasks["1"].pk).update(status=TaskStatus.DONE)
    page = open_today(english(housing))
    found = {group.kind: [line.task.text for line in group.lines] for group in page.context["groups"]}
    assert found == {
        "overdue": ["逾期。"],
        "returned": ["退回。"],
        "soon": ["临期。"],
        "new": ["新增。"],
        "start": ["待启动。"],
        "review": ["已报。"],
    }
    starts = {line.task.text for group in page.context["groups"] for line in group.lines if line.to}
    assert starts == {"逾期。", "临期。", "新增。", "待启动。"}


def test_a_leader_sees_what_is_theirs_and_the_whole_city(ledger: Ledger, make_user: Callable[..., User]) -> None:
    fang = make_user("fang", "LEADER", person_key="fang")
    page = open_today(english(fang))
    assert groups_of(page) == {"overdue": ["1"], "review": ["3"]}
    assert page.context["whole"].total == 6
    # A leader looks; the unit starts.
    assert not any(line.to for group in page.context["groups"] for line in group.lines)


def test_who_only_reads_sees_how_it_stands(ledger: Ledger, reader: User) -> None:
    page = open_today(english(reader))
    assert "groups" not in page.context
    numbers = numbers_on(page)
    assert numbers["Tasks"][0] == 6
    assert reverse("ledger:overview") + "?by=county" in page.content.decode()


def test_who_opens_accounts_goes_to_accounts_and_sees_no_task(ledger: Ledger, administrator: User) -> None:
    html = open_today(english(administrator)).content.decode()
    assert reverse("access:accounts") in html
    assert reverse("access:audit") in html
    assert "改造老旧小区" not in html


def test_an_account_without_any_role_is_told_whom_to_ask(make_user: Callable[..., User]) -> None:
    assert "Your account has no task of its own yet" in open_today(english(make_user("nobody"))).content.decode()


def _queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        open_today(client)
    return len(captured)


@pytest.mark.parametrize("who", ["office", "unit"])
def test_sixty_tasks_ask_no_more_often_than_five(ledger: Ledger, clerk: User, housing: User, who: str) -> None:
    client = ledger.client if who == "office" else english(housing)
    now = timezone.now()
    actions.add_note(acting_user=clerk, task=ledger.tasks["1"], text="今天。", now=now)
    Task.objects.filter(number="3").update(status=TaskStatus.CLAIMED_DONE, deadline=timezone.localdate())
    before = _queries(client)
    make_many(clerk, 60)
    for task in Task.objects.filter(plan__title="大方案"):
        actions.add_note(acting_user=clerk, task=task, text="今天。", now=now)
    Task.objects.filter(plan__title="大方案").update(deadline=timezone.localdate())
    assert Document.objects.count() == 3
    assert _queries(client) == before
