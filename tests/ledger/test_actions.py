"""What changes a task after it was accepted: who may, what the state allows, and that nothing is half done."""

import datetime as dt
import itertools
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from tests.ledger.factories import NOW, Item, make_document, make_group, make_leader, make_unit

from luoshi.access.models import AuditEntry, User
from luoshi.access.permissions import UnableToAct
from luoshi.documents.models import SearchEntry
from luoshi.ledger import actions
from luoshi.ledger.actions import Evidence, UnableToChangeTask, UnableToRepeatForm
from luoshi.ledger.confirming.actions import accept_finding
from luoshi.ledger.listing.actions import delete_view, save_view
from luoshi.ledger.models import AssignmentRole, SavedView, Task, TaskAttachment, TaskNote
from luoshi.ledger.permissions import owner_of
from luoshi.ledger.states import TRANSITIONS, Owner, TaskStatus, moves_from, transition
from luoshi.registry.actions import add_organization_alias, set_group_members
from luoshi.registry.models import Organization, Person

pytestmark = pytest.mark.django_db


@dataclass
class Desk:
    """One accepted task: housing leads, finance helps, a leader heads it; and an account of everybody."""

    task: Task
    housing: Organization
    finance: Organization
    leader: Person
    office: User
    lead: User
    helper: User
    stranger: User
    head: User
    reader: User

    def account(self, name: str) -> User:
        found: User = getattr(self, name)
        return User.objects.get(pk=found.pk)

    def fresh(self) -> Task:
        return Task.objects.get(pk=self.task.pk)


def accept(clerk: User, *items: Item) -> list[Task]:
    document = make_document(clerk, items)
    for finding in document.findings.all():
        accept_finding(acting_user=clerk, finding=finding, now=NOW)
    return list(Task.objects.filter(plan__document=document))


@pytest.fixture
def desk(clerk: User, reader: User, make_user: Callable[..., User]) -> Desk:
    housing = make_unit(clerk, "市住房和城乡建设局", key="housing", short_name="市住房城乡建设局")
    finance = make_unit(clerk, "市财政局", key="finance")
    make_unit(clerk, "市教育局", key="education")
    person = make_leader(clerk, "方启铭", key="fang")
    (task,) = accept(
        clerk,
        Item(
            "改造老旧小区72个。",
            lead_leaders=["方启铭"],
            lead_units=["市住房城乡建设局"],
            cooperating_units=["市财政局"],
        ),
    )
    return Desk(
        task=task,
        housing=housing,
        finance=finance,
        leader=person,
        office=clerk,
        lead=make_user("lead", "UNIT_LIAISON", housing.scope_key),
        helper=make_user("helper", "UNIT_LIAISON", finance.scope_key),
        stranger=make_user("stranger", "UNIT_LIAISON", "unit:education/"),
        head=make_user("head", "LEADER", person_key="fang"),
        reader=reader,
    )


def entries(task: Task) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(object_type="ledger.task", object_id=str(task.pk)).order_by("sequence"))


# --- who -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("office", Owner.OFFICE),
        ("lead", Owner.UNIT),
        ("helper", None),
        ("stranger", None),
        ("head", None),
        ("reader", None),
    ],
)
def test_only_the_office_and_who_answers_move_a_task(desk: Desk, name: str, owner: Owner | None) -> None:
    assert owner_of(desk.account(name), desk.task) == owner


@pytest.mark.parametrize(
    ("name", "sees"),
    [("office", True), ("lead", True), ("helper", True), ("stranger", False), ("head", True), ("reader", True)],
)
def test_a_unit_sees_what_it_takes_part_in(desk: Desk, name: str, sees: bool) -> None:
    assert Task.objects.visible_to(desk.account(name)).filter(pk=desk.task.pk).exists() is sees


def test_an_account_administrator_sees_no_task(desk: Desk, administrator: User) -> None:
    assert not Task.objects.visible_to(administrator).exists()


def _acts(desk: Desk, user: User) -> dict[str, Callable[[], Any]]:
    """Return every action on a task as this account, each in a form that would succeed for the office."""
    task = desk.fresh()
    common: dict[str, Any] = {"acting_user": user, "now": NOW}
    now_task: dict[str, Any] = {**common, "task": task, "version": task.version}
    helper = task.assignments.get(role=AssignmentRole.COOPERATING)
    return {
        "note": lambda: actions.add_note(**common, task=task, text="进展顺利。"),
        "start": lambda: actions.change_status(**now_task, to=TaskStatus.IN_PROGRESS),
        "attach": lambda: actions.attach_files(**common, task=task, files=[Evidence("证明.txt", [b"x"])]),
        "edit": lambda: actions.edit_task(**now_task, changes={"text": "改造老旧小区80个。"}),
        "bulk edit": lambda: actions.edit_tasks(**common, tasks=[task], changes={"section": "民生"}),
        "assign": lambda: actions.assign(**now_task, role=AssignmentRole.COOPERATING, name="市教育局"),
        "unassign": lambda: actions.unassign(**now_task, assignment=helper),
        "part": lambda: actions.add_subtask(**common, parent=task, text="先做一半。", deadline=None),
        "year": lambda: actions.set_plan_year(**common, plan=task.plan, year=2027),
    }


UNIT_ACTS = {"note", "start", "attach"}
OFFICE_ACTS = {*UNIT_ACTS, "assign", "bulk edit", "edit", "part", "unassign", "year"}


@pytest.mark.parametrize("name", ["office", "lead", "helper", "stranger", "head", "reader"])
def test_rights_of_every_action(desk: Desk, name: str) -> None:
    before = AuditEntry.objects.count()
    allowed = set()
    for act in sorted(OFFICE_ACTS):
        run = _acts(desk, desk.account(name))[act]
        point = transaction.savepoint()
        try:
            run()
            allowed.add(act)
            assert AuditEntry.objects.count() == before + 1, act
        except UnableToAct:
            assert AuditEntry.objects.count() == before, act
        transaction.savepoint_rollback(point)
    assert allowed == {"office": OFFICE_ACTS, "lead": UNIT_ACTS}.get(name, set())


def test_an_office_of_one_unit_only_edits_the_tasks_of_that_unit(desk: Desk, make_user: Callable[..., User]) -> None:
    near = make_user("near", "SUPERVISION_OFFICE", desk.housing.scope_key)
    far = make_user("far", "SUPERVISION_OFFICE", "unit:education/")
    assert owner_of(near, desk.task) == Owner.OFFICE
    assert owner_of(far, desk.task) is None
    with pytest.raises(UnableToAct):
        actions.edit_task(acting_user=far, task=desk.task, version=1, changes={"section": "x"}, now=NOW)


def test_a_closed_account_does_nothing(desk: Desk) -> None:
    office = desk.account("office")
    office.is_active = False
    assert owner_of(office, desk.task) is None


# --- states --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["office", "lead"])
def test_every_move_is_as_the_table_says(desk: Desk, name: str) -> None:
    for before, after in itertools.product(TaskStatus, TaskStatus):
        point = transaction.savepoint()
        _walk(desk, before, after, name)
        transaction.savepoint_rollback(point)


def _walk(desk: Desk, before: TaskStatus, after: TaskStatus, name: str) -> None:
    Task.objects.filter(pk=desk.task.pk).update(status=before)
    owner = Owner.OFFICE if name == "office" else Owner.UNIT
    move = transition(before, after)

    def run(reason: str = "按要求完成。") -> None:
        task = desk.fresh()
        actions.change_status(
            acting_user=desk.account(name), task=task, version=task.version, to=after, reason=reason, now=NOW
        )

    if move is None or owner not in move.owners:
        with pytest.raises(UnableToChangeTask):
            run()
        assert desk.fresh().status == before
        return
    if move.needs_reason:
        with pytest.raises(UnableToChangeTask):
            run("  ")
        assert desk.fresh().status == before
    run()
    note = desk.task.notes.get()
    assert desk.fresh().status == after
    assert (note.status_before, note.status_after, note.text) == (before, after, "按要求完成。")
    entry = entries(desk.task)[-1]
    assert entry.action == "ledger.change_status"
    assert (entry.before, entry.after["status"]) == ({"status": before}, after)


def test_only_the_office_finds_a_task_done() -> None:
    assert all(move.owners == {Owner.OFFICE} for move in TRANSITIONS if move.after == TaskStatus.DONE)


def test_every_status_but_the_last_can_be_left_by_the_office() -> None:
    assert all(moves_from(status, Owner.OFFICE) for status in TaskStatus)


# --- versions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ["status", "edit", "assign", "unassign"])
def test_who_saw_an_older_version_changes_nothing(desk: Desk, act: str) -> None:
    seen = desk.fresh()
    first = desk.fresh()
    actions.edit_task(acting_user=desk.office, task=first, version=1, changes={"section": "民生"}, now=NOW)
    helper = seen.assignments.get(role=AssignmentRole.COOPERATING)
    now_task: dict[str, Any] = {"acting_user": desk.office, "task": seen, "version": 1, "now": NOW}
    runs: dict[str, Callable[[], Any]] = {
        "status": lambda: actions.change_status(**now_task, to=TaskStatus.IN_PROGRESS),
        "edit": lambda: actions.edit_task(**now_task, changes={"text": "别的。"}),
        "assign": lambda: actions.assign(**now_task, role=AssignmentRole.COOPERATING, name="市教育局"),
        "unassign": lambda: actions.unassign(**now_task, assignment=helper),
    }
    before = AuditEntry.objects.count()
    with pytest.raises(UnableToChangeTask):
        runs[act]()
    fresh = desk.fresh()
    assert (fresh.version, fresh.status, fresh.text) == (2, TaskStatus.NOT_STARTED, "改造老旧小区72个。")
    assert fresh.assignments.count() == 3
    assert (AuditEntry.objects.count(), TaskNote.objects.count()) == (before, 0)


def test_many_tasks_change_all_or_none(desk: Desk) -> None:
    other, third = accept(
        desk.office,
        Item("第二件。", lead_units=["市财政局"]),
        Item("第三件。", lead_units=["市财政局"]),
    )
    Task.objects.filter(pk=third.pk).update(version=5)
    with pytest.raises(UnableToChangeTask):
        actions.edit_tasks(
            acting_user=desk.office, tasks=[desk.fresh(), other, third], changes={"section": "新"}, now=NOW
        )
    assert not Task.objects.filter(section="新").exists()
    with pytest.raises(UnableToChangeTask):
        actions.move_tasks(acting_user=desk.office, tasks=[other, third], to=TaskStatus.IN_PROGRESS, reason="", now=NOW)
    assert not Task.objects.filter(status=TaskStatus.IN_PROGRESS).exists()
    both = Task.objects.exclude(pk=third.pk)
    assert actions.edit_tasks(acting_user=desk.office, tasks=both, changes={"section": "新"}, now=NOW) == 2


# --- words, notes, forms sent twice --------------------------------------------------------------------------------


def test_an_edit_keeps_before_and_after_and_moves_the_search_along(desk: Desk) -> None:
    changes = {"text": "改造老旧小区80个。", "deadline": dt.date(2026, 11, 30), "section": desk.task.section}
    actions.edit_task(acting_user=desk.office, task=desk.fresh(), version=1, changes=changes, now=NOW)
    entry = entries(desk.task)[-1]
    assert entry.before == {"text": "改造老旧小区72个。", "deadline": None}
    assert entry.after == {"text": "改造老旧小区80个。", "deadline": "2026-11-30"}
    (found,) = SearchEntry.objects.filter(kind="task", object_id=desk.task.pk)
    assert found.text == "改造老旧小区80个。"
    assert desk.task.sources.get().finding.payload["text"] == "改造老旧小区72个。"


def test_an_edit_that_changes_nothing_leaves_no_trace(desk: Desk) -> None:
    before = AuditEntry.objects.count()
    actions.edit_task(acting_user=desk.office, task=desk.fresh(), version=1, changes={"text": desk.task.text}, now=NOW)
    assert (desk.fresh().version, AuditEntry.objects.count()) == (1, before)


@pytest.mark.parametrize("changes", [{"text": "  "}, {"status": "DONE"}, {"plan": 1}])
def test_what_cannot_be_edited_is_refused(desk: Desk, changes: dict[str, Any]) -> None:
    with pytest.raises(UnableToChangeTask):
        actions.edit_task(acting_user=desk.office, task=desk.fresh(), version=1, changes=changes, now=NOW)
    assert desk.fresh().version == 1


@pytest.mark.parametrize("text", ["", " \n ", "长" * (actions.NOTE_CHARACTERS + 1)])
def test_an_empty_or_endless_note_is_refused(desk: Desk, text: str) -> None:
    with pytest.raises(UnableToChangeTask):
        actions.add_note(acting_user=desk.lead, task=desk.task, text=text, now=NOW)
    assert not TaskNote.objects.exists()


def test_a_form_sent_twice_works_once(desk: Desk) -> None:
    token = uuid.uuid4()
    actions.add_note(acting_user=desk.lead, task=desk.task, text="完成一半。", token=token, now=NOW)
    with pytest.raises(UnableToRepeatForm):
        actions.add_note(acting_user=desk.lead, task=desk.task, text="完成一半。", token=token, now=NOW)
    assert TaskNote.objects.count() == 1


def test_a_refused_form_can_be_sent_again(desk: Desk) -> None:
    token = uuid.uuid4()
    with pytest.raises(UnableToChangeTask):
        actions.add_note(acting_user=desk.lead, task=desk.task, text="", token=token, now=NOW)
    actions.add_note(acting_user=desk.lead, task=desk.task, text="补上。", token=token, now=NOW)
    assert TaskNote.objects.count() == 1


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


# --- evidence ------------------------------------------------------------------------------------------------------


def test_files_come_with_the_report_that_they_prove(desk: Desk) -> None:
    actions.change_status(
        acting_user=desk.lead,
        task=desk.fresh(),
        version=1,
        to=TaskStatus.CLAIMED_DONE,
        reason="全部完工。",
        files=[Evidence("验收单.pdf", [b"%PDF-", b"1"]), Evidence("照片.jpg", [b"jpg"])],
        now=NOW,
    )
    note = TaskNote.objects.get()
    assert sorted(note.attachments.values_list("name", flat=True)) == ["照片.jpg", "验收单.pdf"]
    assert [file["name"] for file in entries(desk.task)[-1].after["files"]] == ["验收单.pdf", "照片.jpg"]


@pytest.mark.parametrize("content", [[], [b"x" * 2048]], ids=["empty", "too large"])
def test_a_file_that_cannot_be_taken_takes_the_report_with_it(desk: Desk, content: list[bytes], settings: Any) -> None:
    settings.FILE_MAX_BYTES = 1024
    files = [Evidence("好.txt", [b"good"]), Evidence("坏.txt", content)]
    with pytest.raises(UnableToChangeTask, match=r"坏\.txt"):
        actions.change_status(
            acting_user=desk.lead,
            task=desk.fresh(),
            version=1,
            to=TaskStatus.CLAIMED_DONE,
            reason="完工。",
            files=files,
            now=NOW,
        )
    with pytest.raises(UnableToChangeTask, match=r"坏\.txt"):
        actions.attach_files(acting_user=desk.lead, task=desk.fresh(), files=files, now=NOW)
    assert desk.fresh().status == TaskStatus.NOT_STARTED
    assert (TaskNote.objects.count(), TaskAttachment.objects.count()) == (0, 0)


def test_no_file_is_said_so(desk: Desk) -> None:
    with pytest.raises(UnableToChangeTask):
        actions.attach_files(acting_user=desk.lead, task=desk.task, files=[], now=NOW)


def test_a_unit_takes_back_only_its_own_file_while_the_task_is_open(desk: Desk) -> None:
    for user, name in ((desk.lead, "单位.txt"), (desk.lead, "旧.txt"), (desk.office, "督查.txt")):
        actions.attach_files(acting_user=user, task=desk.task, files=[Evidence(name, [name.encode()])], now=NOW)
    own, old, office = (TaskAttachment.objects.get(name=name) for name in ("单位.txt", "旧.txt", "督查.txt"))
    path = own.file.path
    with pytest.raises(UnableToAct):
        actions.remove_attachment(acting_user=desk.lead, attachment=office, now=NOW)
    actions.remove_attachment(acting_user=desk.lead, attachment=own, now=NOW)
    assert path.is_file()
    assert entries(desk.task)[-1].before["name"] == "单位.txt"
    Task.objects.filter(pk=desk.task.pk).update(status=TaskStatus.DONE)
    old.refresh_from_db()
    with pytest.raises(UnableToAct):
        actions.remove_attachment(acting_user=desk.lead, attachment=TaskAttachment.objects.get(pk=old.pk), now=NOW)
    actions.remove_attachment(acting_user=desk.office, attachment=office, now=NOW)
    assert [each.name for each in TaskAttachment.objects.all()] == ["旧.txt"]


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


# --- views and plans -----------------------------------------------------------------------------------------------


def test_a_view_of_the_same_name_is_replaced(desk: Desk) -> None:
    for query in ("due=overdue", "due=30"):
        save_view(acting_user=desk.lead, name=" 逾期 ", query=query, is_shared=False, now=NOW)
    view = SavedView.objects.get()
    assert (view.name, view.query) == ("逾期", "due=30")
    with pytest.raises(UnableToChangeTask):
        save_view(acting_user=desk.lead, name=" ", query="", is_shared=False, now=NOW)
    with pytest.raises(UnableToChangeTask):
        delete_view(acting_user=desk.office, view=view, now=NOW)
    delete_view(acting_user=desk.lead, view=view, now=NOW)
    assert not SavedView.objects.exists()
