"""Files of evidence: they come with a report, and leave only where they may."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.ledger.factories import NOW
from tests.ledger.task_desk import Desk, entries, make_desk

from luoshi.access.models import User
from luoshi.access.permissions import UnableToAct
from luoshi.ledger import actions
from luoshi.ledger.actions import Evidence, UnableToChangeTask
from luoshi.ledger.models import Task, TaskAttachment, TaskNote
from luoshi.ledger.states import TaskStatus

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(clerk: User, reader: User, make_user: Callable[..., User]) -> Desk:
    return make_desk(clerk, reader, make_user)


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
