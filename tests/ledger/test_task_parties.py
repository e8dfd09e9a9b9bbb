"""Who answers for an accepted task: parties, groups, parts of a task, and names that the registry learns later."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from tests.ledger.factories import NOW, Item, make_document, make_group, make_unit
from tests.ledger.task_desk import Desk, accept, entries, make_desk

from luoshi.access.models import User
from luoshi.documents.models import SearchEntry
from luoshi.ledger import actions
from luoshi.ledger.actions import UnableToChangeTask
from luoshi.ledger.confirming.actions import accept_finding
from luoshi.ledger.models import AssignmentRole, Task
from luoshi.ledger.permissions import owner_of
from luoshi.ledger.states import Owner
from luoshi.registry.actions import add_organization_alias, set_group_members

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(clerk: User, reader: User, make_user: Callable[..., User]) -> Desk:
    return make_desk(clerk, reader, make_user)


# --- parties -------------------------------------------------------------------------------------------------------


def test_a_party_is_added_under_the_name_as_typed(desk: Desk, clerk: User) -> None:
    make_unit(clerk, "市发展和改革委员会", "市发改委", key="fgw", short_name="市发展改革委")
    actions.assign(
        acting_user=clerk, task=desk.fresh(), version=1, role=AssignmentRole.LEAD_UNIT, name=" 市发改委 ", now=NOW
    )
    row = desk.task.assignments.get(organization__key="fgw")
    assert (row.printed_name, row.role, row.position) == ("市发改委", "LEAD_UNIT", 2)
    assert entries(desk.task)[-1].action == "ledger.assign"


@pytest.mark.parametrize("name", ["市想象局", "", "市住房和城乡建设局"])
def test_unknown_empty_and_doubled_names_are_refused(desk: Desk, name: str) -> None:
    with pytest.raises(UnableToChangeTask):
        actions.assign(
            acting_user=desk.office, task=desk.fresh(), version=1, role=AssignmentRole.LEAD_UNIT, name=name, now=NOW
        )
    assert (desk.fresh().version, desk.task.assignments.count()) == (1, 3)


def test_somebody_always_answers(desk: Desk) -> None:
    lead = desk.task.assignments.get(role=AssignmentRole.LEAD_UNIT)
    with pytest.raises(UnableToChangeTask):
        actions.unassign(acting_user=desk.office, task=desk.fresh(), version=1, assignment=lead, now=NOW)
    task = actions.assign(
        acting_user=desk.office,
        task=desk.fresh(),
        version=1,
        role=AssignmentRole.RESPONSIBLE,
        name="市教育局",
        now=NOW,
    )
    actions.unassign(acting_user=desk.office, task=task, version=task.version, assignment=lead, now=NOW)
    assert list(desk.task.assignments.answering().values_list("organization__key", flat=True)) == ["education"]


def test_a_group_leaves_with_its_members(desk: Desk, clerk: User) -> None:
    counties = [make_unit(clerk, f"{name}县人民政府") for name in ("望岭", "青川", "东河")]
    make_group(clerk, "各县人民政府", counties)
    task = actions.assign(
        acting_user=clerk, task=desk.fresh(), version=1, role=AssignmentRole.COOPERATING, name="各县人民政府", now=NOW
    )
    row = task.assignments.get(via=None, group__isnull=False)
    assert row.expanded.count() == 3
    actions.unassign(acting_user=clerk, task=task, version=2, assignment=row, now=NOW)
    assert task.assignments.count() == 3


def test_a_party_of_another_task_stays(desk: Desk) -> None:
    (other,) = accept(desk.office, Item("第二件。", lead_units=["市财政局"]))
    with pytest.raises(UnableToChangeTask):
        actions.unassign(
            acting_user=desk.office, task=desk.fresh(), version=1, assignment=other.assignments.get(), now=NOW
        )
    assert other.assignments.count() == 1


# --- parts ---------------------------------------------------------------------------------------------------------


def test_a_part_has_the_sources_and_parties_of_the_whole(desk: Desk, clerk: User) -> None:
    make_group(clerk, "各县人民政府", [make_unit(clerk, f"{name}县人民政府") for name in ("望岭", "青川")])
    actions.assign(
        acting_user=clerk, task=desk.fresh(), version=1, role=AssignmentRole.IMPLEMENTING, name="各县人民政府", now=NOW
    )
    parent = desk.fresh()
    due = dt.date(2026, 6, 30)
    first = actions.add_subtask(acting_user=clerk, parent=parent, text=" 先开工36个。 ", deadline=due, now=NOW)
    second = actions.add_subtask(acting_user=clerk, parent=parent, text="再开工36个。", deadline=None, now=NOW)

    def parties(task: Task) -> set[Any]:
        return set(task.assignments.values_list("role", "printed_name", "scope_key", "group", "via__printed_name"))

    assert (first.number, first.text, first.deadline, second.number) == ("1.1", "先开工36个。", due, "1.2")
    assert parties(first) == parties(parent)
    assert len(parties(first)) == 6
    assert all(row.via.task_id == first.pk for row in first.assignments.exclude(via=None))
    assert list(first.sources.values("document", "finding", "start", "end")) == list(
        parent.sources.values("document", "finding", "start", "end")
    )
    assert SearchEntry.objects.filter(kind="task", object_id=first.pk).count() == 1
    assert owner_of(desk.lead, first) == Owner.UNIT


def test_a_part_of_a_part_and_an_empty_part_are_refused(desk: Desk) -> None:
    part = actions.add_subtask(acting_user=desk.office, parent=desk.task, text="先做。", deadline=None, now=NOW)
    for parent, text in ((part, "再分。"), (desk.task, " ")):
        with pytest.raises(UnableToChangeTask):
            actions.add_subtask(acting_user=desk.office, parent=parent, text=text, deadline=None, now=NOW)
    assert Task.objects.count() == 2


# --- names that the registry learns later --------------------------------------------------------------------------


def test_a_name_learned_later_settles_the_party(desk: Desk, clerk: User) -> None:
    (task,) = accept(clerk, Item("办好一件事。", lead_units=["市财政局"], cooperating_units=["市住建局"]))
    row = task.assignments.get(printed_name="市住建局")
    assert row.scope_key == ""
    assert not Task.objects.visible_to(desk.lead).filter(pk=task.pk).exists()
    add_organization_alias(acting_user=clerk, organization=desk.housing, alias="市住建局", now=NOW)
    actions.link_names(now=NOW)
    row.refresh_from_db()
    assert (row.organization, row.scope_key, row.printed_name) == (desk.housing, desk.housing.scope_key, "市住建局")
    assert Task.objects.visible_to(desk.lead).filter(pk=task.pk).exists()


def test_an_elided_name_is_settled_by_its_full_form(desk: Desk, clerk: User) -> None:
    document = make_document(clerk, [Item("办好一件事。", lead_units=["市财政局"], cooperating_units=["教育厅"])])
    finding = document.findings.get()
    finding.payload["cooperating_units"][0]["full_name"] = "省教育厅"
    finding.save()
    accept_finding(acting_user=clerk, finding=finding, now=NOW)
    add_organization_alias(acting_user=clerk, organization=desk.housing, alias="省教育厅", now=NOW)
    row = Task.objects.get(plan__document=document).assignments.get(printed_name="教育厅")
    assert (row.organization, row.full_name) == (desk.housing, "省教育厅")


def test_a_second_form_of_a_party_is_not_a_second_party(desk: Desk, clerk: User) -> None:
    (task,) = accept(clerk, Item("办好一件事。", lead_units=["市住房城乡建设局", "市住建局"]))
    assert task.assignments.count() == 2
    add_organization_alias(acting_user=clerk, organization=desk.housing, alias="市住建局", now=NOW)
    actions.link_names(now=NOW)
    assert task.assignments.get().printed_name == "市住房城乡建设局"


def test_who_turns_out_to_lead_does_not_also_help_through_a_group(desk: Desk, clerk: User) -> None:
    make_group(clerk, "市有关部门", [desk.housing, desk.finance])
    (task,) = accept(clerk, Item("办好一件事。", lead_units=["市住建局"], cooperating_units=["市有关部门"]))
    assert task.assignments.filter(organization=desk.housing).get().role == AssignmentRole.COOPERATING
    add_organization_alias(acting_user=clerk, organization=desk.housing, alias="市住建局", now=NOW)
    actions.link_names(now=NOW)
    assert task.assignments.filter(organization=desk.housing).get().role == AssignmentRole.LEAD_UNIT


def test_members_named_later_take_part(desk: Desk, clerk: User) -> None:
    group = make_group(clerk, "专班成员单位", None)
    (task,) = accept(clerk, Item("办好一件事。", lead_units=["市住房城乡建设局"], cooperating_units=["专班成员单位"]))
    assert task.assignments.count() == 2
    set_group_members(acting_user=clerk, group=group, members=[desk.housing, desk.finance], now=NOW)
    actions.link_names(now=NOW)
    assert set(task.assignments.filter(via__isnull=False).values_list("organization__key", flat=True)) == {"finance"}


def test_what_nobody_settled_is_left_alone(desk: Desk, clerk: User) -> None:
    (task,) = accept(clerk, Item("办好一件事。", lead_units=["市财政局"], cooperating_units=["市想象局"]))
    changed = Task.objects.get(pk=task.pk).changed_at
    later = NOW + dt.timedelta(days=1)
    assert actions.link_names(now=later) == 0
    assert Task.objects.get(pk=task.pk).changed_at == changed
