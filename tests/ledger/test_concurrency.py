"""Two people change one task at the same moment: one wins, the other is told, nothing is lost or doubled."""

import threading
import uuid
from collections.abc import Callable, Sequence

import pytest
from django.db import connection
from tests.ledger.factories import NOW, Item, make_document, make_unit

from luoshi.access.audit import verify_chain
from luoshi.access.models import User
from luoshi.ledger.actions import (
    UnableToRepeatForm,
    add_note,
    add_subtask,
    change_status,
)
from luoshi.ledger.confirming.actions import accept_finding
from luoshi.ledger.models import Task, TaskNote
from luoshi.ledger.states import TaskStatus

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def task(clerk: User) -> Task:
    make_unit(clerk, "市财政局", key="finance")
    document = make_document(clerk, [Item("办好一件事。", lead_units=["市财政局"])])
    accept_finding(acting_user=clerk, finding=document.findings.get(), now=NOW)
    return Task.objects.get()


def at_once(acts: Sequence[Callable[[], object]]) -> list[str]:
    """Run the acts in threads that start together and return what became of each: done, or the error's name."""
    barrier = threading.Barrier(len(acts))
    outcomes = [""] * len(acts)

    def run(place: int) -> None:
        try:
            barrier.wait()
            acts[place]()
            outcomes[place] = "done"
        except Exception as error:
            outcomes[place] = type(error).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes


def test_of_two_who_move_a_task_one_wins(task: Task, clerk: User) -> None:
    seen = [Task.objects.get(pk=task.pk) for _person in range(2)]

    def act(mine: Task) -> Callable[[], object]:
        return lambda: change_status(
            acting_user=clerk, task=mine, version=mine.version, to=TaskStatus.IN_PROGRESS, now=NOW
        )

    assert sorted(at_once([act(mine) for mine in seen])) == ["UnableToChangeTask", "done"]
    task.refresh_from_db()
    assert (task.version, task.status, TaskNote.objects.count()) == (2, TaskStatus.IN_PROGRESS, 1)
    assert verify_chain()[1] == []


def test_a_note_sent_twice_at_once_is_written_once(task: Task, clerk: User) -> None:
    token = uuid.uuid4()

    def act() -> object:
        return add_note(acting_user=clerk, task=task, text="同一句话。", token=token, now=NOW)

    assert sorted(at_once([act, act])) == [UnableToRepeatForm.__name__, "done"]
    assert TaskNote.objects.count() == 1


def test_parts_added_at_once_have_numbers_of_their_own(task: Task, clerk: User) -> None:
    def act() -> object:
        return add_subtask(acting_user=clerk, parent=task, text="一部分。", deadline=None, now=NOW)

    assert at_once([act, act, act]) == ["done"] * 3
    assert sorted(task.children.values_list("number", flat=True)) == ["1.1", "1.2", "1.3"]
