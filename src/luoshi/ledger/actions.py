"""Everything that changes a task after it was accepted; each action is one transaction and one audit entry."""

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from luoshi.access.audit import Happening, plain, record, record_all
from luoshi.access.models import User
from luoshi.access.permissions import Action, UnableToAct
from luoshi.files.actions import UnableToStoreFile, store_file
from luoshi.files.names import harmless_name
from luoshi.ledger.drafts import PartyDraft, TargetDraft
from luoshi.ledger.models import (
    Assignment,
    AssignmentRole,
    Plan,
    SentForm,
    Task,
    TaskAttachment,
    TaskNote,
)
from luoshi.ledger.permissions import can_remove, check_can_edit, check_can_report_on
from luoshi.ledger.states import TaskStatus, transition
from luoshi.ledger.target_writing import replace_targets
from luoshi.ledger.writing import copy_parts, index_tasks, link, write_assignments
from luoshi.registry.matching import Matcher

EDITABLE = ("number", "section", "text", "deadline", "deadline_text")
NOTE_CHARACTERS = 5000
# Databases limit how many values one statement may hold.
EDITS_AT_ONCE = 500
# How long a form is remembered as sent.
SENT_FORM_DAYS = 7


class UnableToChangeTask(Exception):
    """The task was left as it was; the message says why."""


class UnableToRepeatForm(Exception):
    """The form was sent before and did its work then."""


@dataclass(frozen=True)
class Evidence:
    """A file as it arrives: its name and its bytes in pieces."""

    name: str
    chunks: Iterable[bytes]


@transaction.atomic
def change_status(
    *,
    acting_user: User,
    task: Task,
    version: int,
    to: TaskStatus,
    now: dt.datetime,
    reason: str = "",
    files: Iterable[Evidence] = (),
) -> Task:
    """Move a task to another status, with a note where the move must say why, and the evidence for it.

    :raises UnableToAct: where the account does not answer for the task.
    :raises UnableToChangeTask: where the state does not allow the move, the reason is missing, a file cannot be taken,
        or somebody was faster.
    """
    owner = check_can_report_on(acting_user, task)
    _refuse_stale(task, version)
    before = TaskStatus(task.status)
    move = transition(before, to)
    if move is None or owner not in move.owners:
        raise UnableToChangeTask(
            _("A task that is “%(before)s” cannot become “%(after)s” here.")
            % {"before": before.label, "after": to.label}
        )
    if move.needs_reason and not reason.strip():
        raise UnableToChangeTask(_("This step needs a reason."))
    _refuse_endless(reason)
    _advance(task, version, now, status=to)
    note = TaskNote.objects.create(
        task=task,
        text=reason.strip(),
        status_before=before,
        status_after=to,
        written_by=acting_user,
        written_at=now,
    )
    kept = [_keep(acting_user, task, file, now, note) for file in files]
    record(
        acting_user=acting_user,
        action="ledger.change_status",
        subject=task,
        now=now,
        before={"status": before},
        after={"status": to, "reason": reason.strip(), **({"files": kept} if kept else {})},
    )
    return task


@transaction.atomic
def add_note(*, acting_user: User, task: Task, text: str, now: dt.datetime, token: uuid.UUID | None = None) -> TaskNote:
    """Write down the progress of a task; ``token`` is that of the form it was written in.

    :raises UnableToChangeTask: for an empty or endless text.
    :raises UnableToRepeatForm: where the form was sent before.
    """
    check_can_report_on(acting_user, task)
    _hold(task)
    _use(token, now)
    text = text.strip()
    if not text:
        raise UnableToChangeTask(_("A note needs a text."))
    _refuse_endless(text)
    note = TaskNote.objects.create(task=task, text=text, written_by=acting_user, written_at=now)
    record(acting_user=acting_user, action="ledger.add_note", subject=task, now=now, after={"note": text})
    return note


@transaction.atomic
def edit_task(
    *,
    acting_user: User,
    task: Task,
    version: int,
    changes: Mapping[str, Any],
    now: dt.datetime,
    targets: Sequence[TargetDraft] | None = None,
) -> Task:
    """Change the wording, number, section, time limit or (where given) targets of a task. The sources stay.

    :raises UnableToChangeTask: for an unknown field, an empty text, or a version that is no longer the present one.
    """
    check_can_edit(acting_user, task)
    _hold(task)
    _refuse_stale(task, version)
    changed = {name: value for name, value in _checked(changes).items() if getattr(task, name) != value}
    old, new = ({}, {}) if targets is None else replace_targets(task=task, drafts=targets, now=now)
    if not changed and not new:
        return task
    before = {name: plain(getattr(task, name)) for name in changed} | old
    _advance(task, version, now, **changed)
    if "text" in changed:
        index_tasks([task])
    after = {**changed, **new}
    record(acting_user=acting_user, action="ledger.edit_task", subject=task, now=now, before=before, after=after)
    return task


@dataclass(frozen=True)
class Edit:
    """New values of one task's fields, and the version of the task that they were meant for."""

    task: Task
    version: int
    changes: Mapping[str, Any]


@transaction.atomic
def apply_edits(*, acting_user: User, edits: Iterable[Edit], now: dt.datetime) -> int:
    """Change many tasks, all or none, as :func:`edit_task` changes one; return how many became different.

    Few queries for every 500 tasks, so that a workbook of ten thousand rows is a matter of seconds.

    :raises UnableToAct: where the account does not decide about one of them.
    :raises UnableToChangeTask: where one must not be changed so, or is no longer at the version meant.
    """
    listed = list(edits)
    happenings = [
        each
        for start in range(0, len(listed), EDITS_AT_ONCE)
        for each in _edit_some(acting_user, listed[start : start + EDITS_AT_ONCE], now)
    ]
    record_all(acting_user=acting_user, happenings=happenings, now=now)
    return len(happenings)


def edit_tasks(*, acting_user: User, tasks: Iterable[Task], changes: Mapping[str, Any], now: dt.datetime) -> int:
    """Make the same change to many tasks, all or none; return how many it changed."""
    edits = [Edit(task, task.version, changes) for task in tasks]
    return apply_edits(acting_user=acting_user, edits=edits, now=now)


def _edit_some(acting_user: User, edits: Sequence[Edit], now: dt.datetime) -> list[Happening]:
    present = _locked(acting_user, {edit.task.pk: edit.version for edit in edits})
    happenings = []
    for edit in edits:
        task = present[edit.task.pk]
        values = {name: value for name, value in _checked(edit.changes).items() if getattr(task, name) != value}
        if not values:
            continue
        before = {name: plain(getattr(task, name)) for name in values}
        for name, value in values.items():
            setattr(task, name, value)
        happenings.append(Happening("ledger.edit_task", task, before, values))
    changed = [present[each.subject.pk] for each in happenings]
    if fields := sorted({name for each in happenings for name in each.after}):
        Task.objects.bulk_update(changed, fields, batch_size=100)
        keys = [task.pk for task in changed]
        Task.objects.filter(pk__in=keys).update(version=F("version") + 1, changed_at=now)
    index_tasks([present[each.subject.pk] for each in happenings if "text" in each.after])
    return happenings


def _locked(acting_user: User, versions: Mapping[int, int]) -> dict[int, Task]:
    """Return the present rows of the tasks, held until the end of the transaction."""
    present = Task.objects.select_for_update().in_bulk(list(versions))
    if Task.objects.editable_by(acting_user).filter(pk__in=list(versions)).count() < len(versions):
        raise UnableToAct(Action.EDIT_TASKS)
    for task in present.values():
        _refuse_stale(task, versions[task.pk])
    return present


def _checked(changes: Mapping[str, Any]) -> Mapping[str, Any]:
    unknown = set(changes) - set(EDITABLE)
    if unknown:
        raise UnableToChangeTask(_("%(field)s cannot be changed.") % {"field": min(unknown)})
    if "text" in changes and not str(changes["text"]).strip():
        raise UnableToChangeTask(_("A task needs a text."))
    return changes


@transaction.atomic
def move_tasks(*, acting_user: User, tasks: Iterable[Task], to: TaskStatus, reason: str, now: dt.datetime) -> int:
    """Move many tasks to another status, all or none; return how many."""
    moved = [
        change_status(acting_user=acting_user, task=task, version=task.version, to=to, reason=reason, now=now)
        for task in tasks
    ]
    return len(moved)


@transaction.atomic
def assign(*, acting_user: User, task: Task, version: int, role: AssignmentRole, name: str, now: dt.datetime) -> Task:
    """Add a party to a task under a name that the registry knows.

    :raises UnableToChangeTask: for an unknown name, or one that holds the role already.
    """
    check_can_edit(acting_user, task)
    _refuse_stale(task, version)
    if not name.strip():
        raise UnableToChangeTask(_("Say who is to take part."))
    matcher = Matcher()
    party = PartyDraft(role=role, name=name.strip())
    match = party.matched(matcher)
    if not match.is_settled:
        raise UnableToChangeTask(_("The registry does not know “%(name)s”.") % {"name": name})
    holder = match.organization or match.person
    if holder and task.assignments.filter(role=role, scope_key=holder.scope_key).exists():
        raise UnableToChangeTask(_("“%(name)s” has this role already.") % {"name": name})
    _advance(task, version, now)
    last = task.assignments.filter(role=role).order_by("-position").first()
    write_assignments(parties=[(task, [party])], matcher=matcher, first_position=last.position + 1 if last else 0)
    after = {"role": role, "name": name}
    record(acting_user=acting_user, action="ledger.assign", subject=task, now=now, after=after)
    return task


@transaction.atomic
def unassign(*, acting_user: User, task: Task, version: int, assignment: Assignment, now: dt.datetime) -> Task:
    """Take a party off a task; a group term goes with the members it stands for.

    :raises UnableToChangeTask: for the last unit that answers for the task.
    """
    check_can_edit(acting_user, task)
    _refuse_stale(task, version)
    if assignment.task_id != task.pk:
        raise UnableToChangeTask(_("This party belongs to another task."))
    answering = task.assignments.answering().exclude(pk=assignment.pk).exclude(via=assignment)
    if assignment.is_answering and not answering.exists():
        raise UnableToChangeTask(_("Somebody must answer for the task: name the new unit first."))
    _advance(task, version, now)
    before = {"role": assignment.role, "name": assignment.printed_name}
    record(acting_user=acting_user, action="ledger.unassign", subject=task, now=now, before=before)
    assignment.delete()
    return task


@transaction.atomic
def add_subtask(
    *,
    acting_user: User,
    parent: Task,
    text: str,
    deadline: dt.date | None,
    now: dt.datetime,
    token: uuid.UUID | None = None,
) -> Task:
    """Put a part of a task below it, with the same sources and parties, so that it can be followed by itself.

    :raises UnableToChangeTask: for an empty text, or a task that is itself a part.
    :raises UnableToRepeatForm: where the form was sent before.
    """
    check_can_edit(acting_user, parent)
    _use(token, now)
    if not text.strip():
        raise UnableToChangeTask(_("A task needs a text."))
    if parent.parent_id:
        raise UnableToChangeTask(_("A part of a task has no parts of its own."))
    # Of two people who add a part at once, one waits for the other and gets the next number.
    _hold(parent)
    count = parent.children.count()
    task = Task.objects.create(
        plan=parent.plan,
        parent=parent,
        confirmation=parent.confirmation,
        position=parent.position,
        number=f"{parent.number}.{count + 1}".lstrip(".")[:32],
        section=parent.section,
        text=text.strip(),
        deadline=deadline,
        created_at=now,
        changed_at=now,
    )
    copy_parts(parent, task)
    index_tasks([task])
    after = {"parent": parent.pk, "number": task.number, "text": task.text, "deadline": deadline}
    record(acting_user=acting_user, action="ledger.add_subtask", subject=task, now=now, after=after)
    return task


@transaction.atomic
def attach_files(
    *, acting_user: User, task: Task, files: Iterable[Evidence], now: dt.datetime, token: uuid.UUID | None = None
) -> int:
    """Keep files of evidence with a task, all or none; return how many.

    :raises UnableToChangeTask: where there is no file, or one cannot be taken; the message names it.
    :raises UnableToRepeatForm: where the form was sent before.
    """
    check_can_report_on(acting_user, task)
    _hold(task)
    _use(token, now)
    kept = [_keep(acting_user, task, file, now) for file in files]
    if not kept:
        raise UnableToChangeTask(_("Choose a file first."))
    record(acting_user=acting_user, action="ledger.attach_files", subject=task, now=now, after={"files": kept})
    return len(kept)


@transaction.atomic
def remove_attachment(*, acting_user: User, attachment: TaskAttachment, now: dt.datetime) -> None:
    """Take a file off a task; its bytes and its entry in the trail stay.

    :raises UnableToAct: for a file that somebody else added, or that the task was found done by.
    """
    owner = check_can_report_on(acting_user, attachment.task)
    if not can_remove(acting_user, attachment, owner, attachment.task):
        raise UnableToAct(Action.EDIT_TASKS)
    before = {"name": attachment.name, "sha256": attachment.file.sha256}
    record(acting_user=acting_user, action="ledger.remove_attachment", subject=attachment.task, now=now, before=before)
    attachment.delete()


@transaction.atomic
def link_names(*, now: dt.datetime) -> int:
    """Settle the parties whose names the registry has learned since; return how many.

    Called inside the registry's action that learned the name; the entry of that action says who did it.
    """
    open_rows = list(
        Assignment.objects.filter(scope_key="", via=None).exclude(group__members_known=True, expanded__isnull=False)
    )
    if not open_rows:
        return 0
    matcher = Matcher()
    return sum(link(row, matcher, now) for row in open_rows)


@transaction.atomic
def set_plan_year(*, acting_user: User, plan: Plan, year: int | None, now: dt.datetime) -> Plan:
    """Say for which year a plan is."""
    acting_user.must_be_allowed(Action.EDIT_TASKS)
    before = plan.year
    plan.year = year
    plan.save(update_fields=["year"])
    record(
        acting_user=acting_user,
        action="ledger.set_plan_year",
        subject=plan,
        now=now,
        before={"year": before},
        after={"year": year},
    )
    return plan


def _hold(task: Task) -> None:
    """Wait for whoever is changing the task, and let nobody take it back before this transaction ends."""
    if Task.objects.select_for_update().filter(pk=task.pk).first() is None:
        raise _somebody_was_faster(task)


def _refuse_stale(task: Task, version: int) -> None:
    if task.version != version:
        raise _somebody_was_faster(task)


def _somebody_was_faster(task: Task) -> UnableToChangeTask:
    return UnableToChangeTask(
        _("Somebody else has changed task %(number)s meanwhile; look at it again.") % {"number": task.number}
    )


def _refuse_endless(text: str) -> None:
    if len(text) > NOTE_CHARACTERS:
        raise UnableToChangeTask(_("A note has at most %(limit)d characters.") % {"limit": NOTE_CHARACTERS})


def _use(token: uuid.UUID | None, now: dt.datetime) -> None:
    """Remember that a form was sent, in the transaction of what it does."""
    if token is None:
        return
    SentForm.objects.filter(sent_at__lt=now - dt.timedelta(days=SENT_FORM_DAYS)).delete()
    _row, is_first = SentForm.objects.get_or_create(token=token, defaults={"sent_at": now})
    if not is_first:
        raise UnableToRepeatForm


def _keep(
    acting_user: User, task: Task, file: Evidence, now: dt.datetime, note: TaskNote | None = None
) -> dict[str, str]:
    """Write one file of evidence and return what the trail says of it."""
    try:
        stored, _is_new = store_file(acting_user=acting_user, chunks=file.chunks, now=now)
    except UnableToStoreFile as error:
        raise UnableToChangeTask(f"{file.name}: {error}") from error
    attachment = TaskAttachment.objects.create(
        task=task, note=note, file=stored, name=harmless_name(file.name), added_by=acting_user, added_at=now
    )
    return {"name": attachment.name, "sha256": stored.sha256}


def _advance(task: Task, version: int, now: dt.datetime, **changes: Any) -> None:
    """Write the changes if the task is still at the version that the person saw; set them on ``task`` too."""
    changed = Task.objects.filter(pk=task.pk, version=version).update(
        **changes, version=F("version") + 1, changed_at=now
    )
    if not changed:
        raise _somebody_was_faster(task)
    task.refresh_from_db()
