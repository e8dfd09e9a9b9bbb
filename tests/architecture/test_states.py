"""Every pair of statuses of every table, and that the actions move things along the tables only."""

from collections.abc import Callable, Iterable
from itertools import product
from typing import Any

import pytest
from tests.ledger.factories import NOW, Item, make_document, make_unit

from luoshi.access.models import User
from luoshi.documents import states as documents
from luoshi.documents.actions import UnableToImport, keep_as_printing, make_current, retry_import
from luoshi.documents.models import ImportJob
from luoshi.documents.states import DocumentStatus, ImportStatus
from luoshi.ledger import states as ledger
from luoshi.ledger.actions import UnableToChangeTask, change_status
from luoshi.ledger.confirming.actions import accept_finding
from luoshi.ledger.models import Task
from luoshi.ledger.states import Owner, TaskStatus

Pairs = set[tuple[Any, Any]]
# Each thing that has statuses: them all, the allowed pairs, where it begins, and where it may end for good.
TABLES: dict[str, tuple[Any, Pairs, set[Any], set[Any]]] = {}


def table(name: str, statuses: Any, pairs: Iterable[tuple[Any, Any]], first: set[Any], last: set[Any]) -> None:
    TABLES[name] = (statuses, set(pairs), first, last)


def pairs_of(transitions: dict[Any, frozenset[Any]]) -> Pairs:
    return {(before, after) for before, afters in transitions.items() for after in afters}


table(
    "import",
    ImportStatus,
    pairs_of(documents.IMPORT_TRANSITIONS),
    # A file that is empty or too large is refused before it waits.
    {ImportStatus.QUEUED},
    {ImportStatus.DONE, ImportStatus.KNOWN, ImportStatus.REFUSED, ImportStatus.DROPPED},
)
table(
    "document",
    DocumentStatus,
    pairs_of(documents.DOCUMENT_TRANSITIONS),
    {DocumentStatus.WAITING, DocumentStatus.CURRENT},
    {DocumentStatus.SUPERSEDED},
)
table(
    "finding",
    documents.FindingStatus,
    pairs_of(documents.FINDING_TRANSITIONS),
    {documents.FindingStatus.PENDING},
    set(),
)
table("task", TaskStatus, [(each.before, each.after) for each in ledger.TRANSITIONS], {TaskStatus.NOT_STARTED}, set())


@pytest.mark.parametrize("name", TABLES)
def test_every_pair_of_a_table_is_well_formed(name: str) -> None:
    statuses, pairs, first, last = TABLES[name]
    for before, after in product(statuses, statuses):
        if (before, after) in pairs:
            assert before != after
            assert before not in last
    assert {status for pair in pairs for status in pair} | first == set(statuses)


@pytest.mark.parametrize("name", TABLES)
def test_every_status_is_reached_from_the_beginning(name: str) -> None:
    statuses, pairs, first, _last = TABLES[name]
    reached: set[Any] = set()
    waiting = list(first)
    while waiting:
        status = waiting.pop()
        if status not in reached:
            reached.add(status)
            waiting += [after for before, after in pairs if before == status]
    assert reached == set(statuses)


@pytest.mark.parametrize("name", TABLES)
def test_only_what_is_meant_to_end_has_no_way_on(name: str) -> None:
    statuses, pairs, _first, last = TABLES[name]
    assert {status for status in statuses if not any(before == status for before, _after in pairs)} == last


def test_no_move_is_in_the_table_twice() -> None:
    moves = [(each.before, each.after) for each in ledger.TRANSITIONS]
    assert len(moves) == len(set(moves))


def test_only_the_office_finds_a_task_done_or_withdraws_it() -> None:
    for each in ledger.TRANSITIONS:
        if TaskStatus.DONE in {each.before, each.after} or TaskStatus.WITHDRAWN in {each.before, each.after}:
            assert each.owners == {Owner.OFFICE}, each


@pytest.fixture
def unit_task(clerk: User, make_user: Callable[..., User]) -> tuple[Task, dict[Owner, User]]:
    """Return a task with a lead unit, and who acts on it as whom."""
    unit = make_unit(clerk, "市水利局", key="water")
    document = make_document(clerk, [Item("完成水库除险加固", lead_units=["市水利局"])])
    accept_finding(acting_user=clerk, finding=document.findings.get(), now=NOW)
    task = Task.objects.get()
    return task, {Owner.OFFICE: clerk, Owner.UNIT: make_user("water", "UNIT_LIAISON", unit.scope_key)}


@pytest.mark.parametrize("owner", list(Owner))
@pytest.mark.parametrize(("before", "after"), list(product(TaskStatus, TaskStatus)))
def test_a_task_moves_along_the_table_only(
    unit_task: tuple[Task, dict[Owner, User]], owner: Owner, before: TaskStatus, after: TaskStatus
) -> None:
    task, people = unit_task
    Task.objects.filter(pk=task.pk).update(status=before)
    task.refresh_from_db()
    move = ledger.transition(before, after)

    def go(reason: str) -> None:
        change_status(acting_user=people[owner], task=task, version=task.version, to=after, reason=reason, now=NOW)

    if move is None or owner not in move.owners:
        with pytest.raises(UnableToChangeTask):
            go("a reason")
        task.refresh_from_db()
        assert task.status == before
        return
    if move.needs_reason:
        with pytest.raises(UnableToChangeTask):
            go(" ")
    go("a reason")
    task.refresh_from_db()
    assert task.status == after


@pytest.mark.parametrize("status", list(ImportStatus))
def test_an_import_is_tried_again_along_the_table_only(clerk: User, status: ImportStatus) -> None:
    job = ImportJob.objects.create(name="plan.txt", status=status, requested_by=clerk, requested_at=NOW)
    if status in {ImportStatus.FAILED, ImportStatus.CANCELLED}:
        assert retry_import(acting_user=clerk, job=job, now=NOW).status == ImportStatus.QUEUED
        return
    with pytest.raises(UnableToImport):
        retry_import(acting_user=clerk, job=job, now=NOW)
    job.refresh_from_db()
    assert job.status == status


@pytest.mark.parametrize(
    ("action", "after"), [(keep_as_printing, DocumentStatus.PRINTING), (make_current, DocumentStatus.CURRENT)]
)
@pytest.mark.parametrize("before", list(DocumentStatus))
def test_a_document_moves_along_the_table_only(
    clerk: User, action: Callable[..., Any], after: DocumentStatus, before: DocumentStatus
) -> None:
    document = make_document(clerk, [Item("完成水库除险加固")], status=before)
    if after in documents.DOCUMENT_TRANSITIONS[before]:
        assert action(acting_user=clerk, document=document, now=NOW).status == after
        return
    with pytest.raises(UnableToImport):
        action(acting_user=clerk, document=document, now=NOW)
    document.refresh_from_db()
    assert document.status == before
