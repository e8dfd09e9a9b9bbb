"""Another printing of accepted tasks: every difference waits for a person, whose decision is kept once."""

from typing import Any

import pytest
from django.test import Client
from tests.ledger.factories import NOW, Item, make_document, make_group, make_unit

from luoshi.access.models import AuditEntry, User
from luoshi.access.permissions import UnableToAct
from luoshi.documents.models import Document, Finding
from luoshi.documents.states import DocumentStatus
from luoshi.ledger.actions import UnableToChangeTask
from luoshi.ledger.confirming.actions import accept_all_clean
from luoshi.ledger.models import PrintingChoice, PrintingChoiceKind, Task
from luoshi.ledger.printings.actions import decide_difference
from luoshi.ledger.printings.differences import differences, printings_to_decide
from luoshi.ledger.states import TaskStatus

pytestmark = pytest.mark.django_db

OURS = [
    Item("新建中小学24所。", lead_units=["市教育局"], cooperating_units=["市财政局", "市统计局"]),
    Item("改造老旧小区72个。", lead_units=["市住房城乡建设局"]),
    Item("办好民生实事。", lead_units=["市财政局"]),
]
THEIRS = [
    Item("新改建中小学24所。", lead_units=["市教育局"], cooperating_units=["各县人民政府", "市财政局"]),
    Item("改造老旧小区 72 个。", lead_units=["市住房城乡建设局"]),
    Item("组织春季植树活动，新增造林2万亩。", lead_units=["市统计局"]),
]


@pytest.fixture
def printings(clerk: User) -> tuple[Document, Document]:
    units = [make_unit(clerk, name) for name in ("市教育局", "市财政局", "市统计局", "市住房城乡建设局")]
    make_group(clerk, "各县人民政府", [make_unit(clerk, "东县人民政府"), make_unit(clerk, "西县人民政府"), units[0]])
    ours = make_document(clerk, OURS, family="number-1")
    theirs = make_document(clerk, THEIRS, family="number-1", status=DocumentStatus.PRINTING)
    accept_all_clean(acting_user=clerk, document=ours, now=NOW)
    return ours, theirs


def decide(user: User, theirs: Document, choice: PrintingChoiceKind, version: int = 1) -> Task:
    task = Task.objects.get(number="1")
    finding = Finding.objects.get(document=theirs, number="1")
    decide_difference(
        acting_user=user, task=task, version=version, finding=finding, choice=choice, now=NOW, reason="以正式印发本为准"
    )
    return Task.objects.get(pk=task.pk)


def names(task: Task, role: str) -> list[str]:
    return list(task.assignments.filter(role=role, via=None).values_list("printed_name", flat=True))


def test_only_what_differs_is_put_before_a_person(printings: tuple[Document, Document]) -> None:
    found = differences(printing=printings[1], current=printings[0])
    assert [row.ours.number for row in found.rows] == ["1"]
    assert (found.same, found.undecided) == (1, 1)
    assert [each.text for each in found.added] == ["组织春季植树活动，新增造林2万亩。"]
    assert [each.text for each in found.removed] == ["办好民生实事。"]


def test_keeping_leaves_the_task_and_keeps_the_decision(clerk: User, printings: tuple[Document, Document]) -> None:
    task = decide(clerk, printings[1], PrintingChoiceKind.KEEP)
    assert (task.text, task.version, task.sources.count()) == ("新建中小学24所。", 1, 1)
    assert differences(printing=printings[1], current=printings[0]).undecided == 0
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.action, entry.after["choice"], entry.after["reason"]) == (
        "ledger.decide_difference",
        "KEEP",
        "以正式印发本为准",
    )


def test_adopting_the_wording_changes_the_promise_and_names_its_second_source(
    clerk: User, printings: tuple[Document, Document]
) -> None:
    task = decide(clerk, printings[1], PrintingChoiceKind.WORDING)
    assert task.text == "新改建中小学24所。"
    assert names(task, "COOPERATING") == ["市财政局", "市统计局"]
    assert [source.document_id for source in task.sources.order_by("pk")] == [each.pk for each in printings]


def test_adopting_the_parties_expands_groups_and_leaves_the_wording(
    clerk: User, printings: tuple[Document, Document]
) -> None:
    task = decide(clerk, printings[1], PrintingChoiceKind.PARTIES)
    assert task.text == "新建中小学24所。"
    assert names(task, "COOPERATING") == ["各县人民政府", "市财政局"]
    members = task.assignments.filter(role="COOPERATING").exclude(via=None)
    # 市教育局 leads, so it does not also help through the group.
    assert sorted(row.organization.name for row in members if row.organization) == ["东县人民政府", "西县人民政府"]


def test_a_difference_is_decided_once(clerk: User, printings: tuple[Document, Document]) -> None:
    decide(clerk, printings[1], PrintingChoiceKind.KEEP)
    with pytest.raises(UnableToChangeTask):
        decide(clerk, printings[1], PrintingChoiceKind.BOTH)
    assert PrintingChoice.objects.get().choice == PrintingChoiceKind.KEEP
    assert Task.objects.get(number="1").text == "新建中小学24所。"


def test_a_decision_on_an_old_version_changes_nothing(clerk: User, printings: tuple[Document, Document]) -> None:
    with pytest.raises(UnableToChangeTask):
        decide(clerk, printings[1], PrintingChoiceKind.BOTH, version=7)
    assert not PrintingChoice.objects.exists()


def test_a_printing_that_says_the_same_cannot_be_decided(clerk: User, printings: tuple[Document, Document]) -> None:
    with pytest.raises(UnableToChangeTask):
        decide_difference(
            acting_user=clerk,
            task=Task.objects.get(number="2"),
            version=1,
            finding=Finding.objects.get(document=printings[1], number="2"),
            choice=PrintingChoiceKind.WORDING,
            now=NOW,
        )


def test_who_may_not_confirm_may_not_decide(printings: tuple[Document, Document], reader: User) -> None:
    with pytest.raises(UnableToAct):
        decide(reader, printings[1], PrintingChoiceKind.KEEP)


def test_the_page_asks_and_keeps_the_answer(clerk: User, printings: tuple[Document, Document], client: Client) -> None:
    client.force_login(clerk)
    address = f"/printings/{printings[1].pk}/"
    page = client.get(address)
    assert page.status_code == 200
    assert (
        "新改建中小学24所" in page.content.decode().replace("<", "\n<").replace("\n", "")
        or "改" in page.content.decode()
    )
    task, finding = Task.objects.get(number="1"), Finding.objects.get(document=printings[1], number="1")
    answer = {"task": task.pk, "version": task.version, "finding": finding.pk, "choice": "WORDING"}
    client.post(f"{address}decide/", answer)
    task.refresh_from_db()
    assert task.text == "新改建中小学24所。"
    client.post(f"{address}decide/", answer)
    assert PrintingChoice.objects.count() == 1


def test_a_kept_printing_stands_in_the_work_list_until_everything_is_decided(
    clerk: User, printings: tuple[Document, Document], client: Client
) -> None:
    client.force_login(clerk)
    groups = {group.kind: group for group in client.get("/").context["groups"]}
    assert (groups["decide"].total, [line.url for line in groups["decide"].lines]) == (
        1,
        [f"/printings/{printings[1].pk}/"],
    )
    decide(clerk, printings[1], PrintingChoiceKind.KEEP)
    assert "decide" not in {group.kind for group in client.get("/").context["groups"]}


def test_nothing_is_to_decide_about_a_plan_that_is_wholly_done(printings: tuple[Document, Document]) -> None:
    assert [found.undecided for found in printings_to_decide()] == [1]
    Task.objects.update(status=TaskStatus.DONE)
    assert printings_to_decide() == []


def test_more_printings_ask_no_more_often(
    clerk: User, printings: tuple[Document, Document], django_assert_num_queries: Any
) -> None:
    make_document(clerk, THEIRS, family="number-1", status=DocumentStatus.PRINTING)
    make_document(clerk, OURS, family="number-1", status=DocumentStatus.PRINTING)
    with django_assert_num_queries(6):
        assert [found.undecided for found in printings_to_decide()] == [1, 1]


def test_the_page_of_the_printing_leads_to_the_ledger_only_where_tasks_are_there(
    clerk: User, printings: tuple[Document, Document], client: Client
) -> None:
    client.force_login(clerk)
    link = f'href="/printings/{printings[1].pk}/"'
    compared = f"/documents/{printings[0].pk}/compare/{printings[1].pk}/"
    for address in (printings[1].get_absolute_url(), compared):
        answer = client.get(address).content.decode()
        assert link in answer
        assert "make-current" not in answer
    Finding.objects.update(status="PENDING")
    for address in (printings[1].get_absolute_url(), compared):
        answer = client.get(address).content.decode()
        assert link not in answer
        assert "make-current" in answer
