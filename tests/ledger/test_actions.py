"""What changes a task after it was accepted: who may, what the state allows, and that nothing is half done."""

import datetime as dt
import itertools
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from tests.ledger.factories import NOW, Item
from tests.ledger.task_desk import Desk, accept, entries, make_desk

from luoshi.access.models import AuditEntry, User
from luoshi.access.permissions import UnableToAct
from luoshi.documents.models import SearchEntry
from luoshi.ledger import actions
from luoshi.ledger.actions import Evidence, UnableToChangeTask, UnableToRepeatForm
from luoshi.ledger.listing.actions import delete_view, save_view
from luoshi.ledger.models import AssignmentRole, SavedView, Task, TaskNote
from luoshi.ledger.permissions import owner_of
from luoshi.ledger.states import TRANSITIONS, Owner, TaskStatus, moves_from, transition

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(clerk: User, reader: User, make_user: Callable[..., User]) -> Desk:
    return make_desk(clerk, reader, make_user)


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
