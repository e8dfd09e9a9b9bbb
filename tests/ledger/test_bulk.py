"""One change to many tasks: shown before it is made, made to all or none, and only by who decides about tasks."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.ledger.factories import NOW
from tests.ledger.list_desk import ENGINEERING, LIVELIHOOD, Ledger, day, english, make_ledger, make_many

from luoshi.access.audit import verify_chain
from luoshi.access.models import AuditEntry, User
from luoshi.ledger.actions import Edit, UnableToChangeTask, apply_edits
from luoshi.ledger.models import Task, TaskNote
from luoshi.ledger.states import TaskStatus

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(clerk: User) -> Ledger:
    return make_ledger(clerk)


def chosen(ledger: Ledger, *numbers: str) -> dict[str, Any]:
    return {"selected": [ledger.tasks[number].pk for number in numbers]}


def post(ledger: Ledger, given: dict[str, Any], query: str = "") -> Any:
    return ledger.client.post(f"{reverse('ledger:bulk')}?{query}", given)


def confirm(ledger: Ledger, given: dict[str, Any], query: str = "") -> Any:
    shown = post(ledger, {**given, "check": "1"}, query)
    assert shown.status_code == 200
    fingerprint = shown.context["preview"].fingerprint
    return post(ledger, {**given, "confirmed": "1", "fingerprint": fingerprint}, query)


def test_nothing_is_written_before_it_was_shown_and_confirmed(ledger: Ledger) -> None:
    given = {**chosen(ledger, "1", "2"), "act": "due", "deadline": day(30).isoformat()}
    entries = AuditEntry.objects.count()
    assert [task.number for task in post(ledger, {**given}).context["tasks"]] == ["1", "2"]
    preview = post(ledger, {**given, "check": "1"}).context["preview"]
    assert [(line.task.number, line.before, line.after) for line in preview.changing] == [
        ("1", day(-3), day(30)),
        ("2", day(5), day(30)),
    ]
    assert ledger.fresh("1").deadline == day(-3)
    assert AuditEntry.objects.count() == entries


def test_a_new_date_is_set_on_all_chosen_tasks_and_each_remembers_it(ledger: Ledger) -> None:
    answer = confirm(
        ledger, {**chosen(ledger, "1", "2"), "act": "due", "deadline": day(30).isoformat()}, "sort=deadline"
    )
    assert answer.url == f"{reverse('ledger:list')}?sort=deadline"
    assert [ledger.fresh(number).deadline for number in ("1", "2", "3")] == [day(30), day(30), day(60)]
    entries = AuditEntry.objects.filter(action="ledger.edit_task").order_by("sequence")
    assert [(entry.object_id, entry.after) for entry in entries] == [
        (str(ledger.tasks[number].pk), {"deadline": day(30).isoformat()}) for number in ("1", "2")
    ]
    assert "2 tasks were changed." in ledger.page().content.decode()


def test_a_date_is_removed_only_when_that_is_said(ledger: Ledger) -> None:
    given = {**chosen(ledger, "1"), "act": "due"}
    refused = post(ledger, {**given, "check": "1"})
    assert refused.status_code == 422
    assert "Give a date, or say that there is none." in refused.content.decode()
    both = {**given, "deadline": day(1).isoformat(), "no_date": "on", "check": "1"}
    assert post(ledger, both).status_code == 422
    confirm(ledger, {**given, "no_date": "on"})
    assert ledger.fresh("1").deadline is None


def test_all_tasks_of_a_filter_move_to_a_section(ledger: Ledger) -> None:
    make_many(ledger.clerk, 60)
    given = {"all_matching": "1", "act": "section", "section": "三、其他"}
    confirm(ledger, given, "leader=fang&per_page=25")
    moved = Task.objects.filter(section="三、其他")
    assert moved.count() == 62
    assert ledger.fresh("2").section == ENGINEERING


def test_sections_of_the_plan_are_offered(ledger: Ledger) -> None:
    page = post(ledger, {**chosen(ledger, "1"), "act": "section"})
    assert page.context["sections"] == [ENGINEERING, LIVELIHOOD]


def test_a_status_changes_where_the_way_leads_there_and_the_others_are_named(ledger: Ledger) -> None:
    given = {**chosen(ledger, "1", "2", "3", "5"), "act": "status", "status": "CLAIMED_DONE", "reason": "年中盘点"}
    preview = post(ledger, {**given, "check": "1"}).context["preview"]
    assert [line.task.number for line in preview.changing] == ["1", "2"]
    assert [line.task.number for line in preview.refused] == ["5"]
    assert "“Done” cannot become “Reported done”" in post(ledger, {**given, "check": "1"}).content.decode()
    assert preview.unchanged == 1
    confirm(ledger, given)
    assert [ledger.fresh(number).status for number in ("1", "2", "3", "5")] == [
        TaskStatus.CLAIMED_DONE,
        TaskStatus.CLAIMED_DONE,
        TaskStatus.CLAIMED_DONE,
        TaskStatus.DONE,
    ]
    assert {note.text for note in TaskNote.objects.all()} == {"年中盘点"}


def test_a_step_that_needs_a_reason_asks_for_it(ledger: Ledger) -> None:
    given = {**chosen(ledger, "1"), "act": "status", "status": "WITHDRAWN"}
    refused = post(ledger, {**given, "check": "1"})
    assert refused.status_code == 422
    assert "This step needs a reason." in refused.content.decode()
    blind = post(ledger, {**given, "confirmed": "1", "fingerprint": "x"})
    assert blind.status_code == 422
    assert ledger.fresh("1").status == TaskStatus.NOT_STARTED


def test_what_changed_after_it_was_shown_is_shown_again(ledger: Ledger) -> None:
    given = {**chosen(ledger, "1", "2"), "act": "due", "deadline": day(30).isoformat()}
    fingerprint = post(ledger, {**given, "check": "1"}).context["preview"].fingerprint
    Task.objects.filter(pk=ledger.tasks["2"].pk).update(version=7, deadline=day(9))
    again = post(ledger, {**given, "confirmed": "1", "fingerprint": fingerprint})
    assert "The ledger has changed since" in again.content.decode()
    assert [line.before for line in again.context["preview"].changing] == [day(-3), day(9)]
    assert ledger.fresh("1").deadline == day(-3)


def test_a_second_click_changes_nothing_more(ledger: Ledger) -> None:
    given = {**chosen(ledger, "1"), "act": "due", "deadline": day(30).isoformat()}
    fingerprint = post(ledger, {**given, "check": "1"}).context["preview"].fingerprint
    sent = {**given, "confirmed": "1", "fingerprint": fingerprint}
    post(ledger, sent)
    assert not post(ledger, sent).context["preview"].changing
    assert AuditEntry.objects.filter(action="ledger.edit_task").count() == 1


@pytest.mark.parametrize(
    "given", [{"act": "due"}, {"act": "delete", "selected": ["1"]}, {"act": "due", "selected": ["x"]}]
)
def test_nothing_chosen_leads_back_to_the_list(ledger: Ledger, given: dict[str, Any]) -> None:
    assert post(ledger, given, "due=7").url == f"{reverse('ledger:list')}?due=7"


def test_too_many_at_once_are_refused(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luoshi.ledger.listing.bulk_views.LIMIT", 3)
    answer = ledger.client.post(reverse("ledger:bulk"), {"all_matching": "1", "act": "due"}, follow=True)
    assert "6 tasks are more than can be changed at once (3)" in answer.content.decode()


def test_where_one_task_is_no_longer_as_it_was_none_is_changed(ledger: Ledger) -> None:
    edits = [
        Edit(ledger.tasks[number], 1, {"section": "三、其他", "text": f"改写{number}"}) for number in ("1", "2", "3")
    ]
    Task.objects.filter(pk=ledger.tasks["3"].pk).update(version=2)
    with pytest.raises(UnableToChangeTask):
        apply_edits(acting_user=ledger.clerk, edits=edits, now=NOW)
    assert ledger.fresh("1").section == ENGINEERING
    assert not AuditEntry.objects.filter(action="ledger.edit_task").exists()
    assert apply_edits(acting_user=ledger.clerk, edits=edits[:2], now=NOW) == 2
    assert (ledger.fresh("2").section, ledger.fresh("2").version, ledger.fresh("2").changed_at) == ("三、其他", 2, NOW)
    assert ledger.numbers("q=改写") == ["1", "2"]
    assert verify_chain()[1] == []


@pytest.mark.parametrize("changes", [{"status": "DONE"}, {"text": "  "}])
def test_many_tasks_follow_the_rules_of_one(ledger: Ledger, changes: dict[str, Any]) -> None:
    with pytest.raises(UnableToChangeTask):
        apply_edits(acting_user=ledger.clerk, edits=[Edit(ledger.tasks["1"], 1, changes)], now=NOW)


def test_many_changes_take_few_queries(ledger: Ledger) -> None:
    make_many(ledger.clerk, 120)
    edits = [Edit(task, task.version, {"deadline": day(9)}) for task in Task.objects.all()]
    with CaptureQueriesContext(connection) as queries:
        assert apply_edits(acting_user=ledger.clerk, edits=edits, now=NOW) == 126
    assert len(queries) < 20


@pytest.mark.parametrize("role", ["READ_ONLY", "LEADER", "UNIT_LIAISON", "ACCOUNT_ADMINISTRATOR"])
def test_only_the_office_changes_many(ledger: Ledger, make_user: Any, role: str) -> None:
    scope = ledger.housing.scope_key if role == "UNIT_LIAISON" else "*"
    client = english(make_user("other", role, scope))
    given = {**chosen(ledger, "1"), "act": "due", "deadline": day(30).isoformat(), "confirmed": "1"}
    assert client.post(reverse("ledger:bulk"), given).status_code == 403
    assert ledger.fresh("1").deadline == day(-3)


def test_an_office_of_one_unit_changes_only_the_tasks_of_that_unit(ledger: Ledger, make_user: Any) -> None:
    client = english(make_user("branch", "SUPERVISION_OFFICE", ledger.housing.scope_key))
    given = {"all_matching": "1", "act": "due", "deadline": day(30).isoformat(), "check": "1"}
    preview = client.post(reverse("ledger:bulk"), given).context["preview"]
    assert [line.task.number for line in preview.changing] == ["1", "3"]
