"""Deciding about one difference between a task and another printing of it."""

import datetime as dt
from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from luoshi.access.audit import record
from luoshi.access.models import User
from luoshi.access.permissions import Action
from luoshi.documents.models import Finding
from luoshi.ledger.actions import UnableToChangeTask, edit_task
from luoshi.ledger.drafts import PartyDraft, draft_of
from luoshi.ledger.models import (
    ANSWERING_ROLES,
    ROLE_FIELDS,
    AssignmentRole,
    PrintingChoice,
    PrintingChoiceKind,
    Task,
    TaskSource,
)
from luoshi.ledger.printings.differences import current_of, differences
from luoshi.ledger.writing import write_assignments
from luoshi.registry.matching import Matcher

ADOPTS_WORDING = (PrintingChoiceKind.WORDING, PrintingChoiceKind.BOTH)
ADOPTS_PARTIES = (PrintingChoiceKind.PARTIES, PrintingChoiceKind.BOTH)


@transaction.atomic
def decide_difference(
    *,
    acting_user: User,
    task: Task,
    version: int,
    finding: Finding,
    choice: PrintingChoiceKind,
    now: dt.datetime,
    reason: str = "",
) -> PrintingChoice:
    """Keep the task as it is, or adopt what another printing says; the other printing becomes a source of the task.

    :raises UnableToChangeTask: where the two do not differ, it was decided before, or somebody changed the task.
    """
    acting_user.must_be_allowed(Action.CONFIRM_FINDINGS)
    roles = _differing_roles(task, finding)
    made = _keep_choice(acting_user, task, finding, choice, reason, now)
    before = {"text": task.text, "parties": _printed(task)}
    changes = {"text": finding.text} if choice in ADOPTS_WORDING else {}
    # One step of the version stands for the whole decision, whatever it changes.
    edit_task(acting_user=acting_user, task=task, version=version, changes=changes, now=now)
    if choice in ADOPTS_PARTIES:
        _replace_parties(task, finding, roles)
        _step(task, now)
    if choice != PrintingChoiceKind.KEEP:
        TaskSource.objects.create(
            task=task, document=finding.document, finding=finding, start=finding.start, end=finding.end
        )
    record(
        acting_user=acting_user,
        action="ledger.decide_difference",
        subject=task,
        now=now,
        before=before,
        after={"choice": choice, "reason": reason, "text": task.text, "parties": _printed(task)},
    )
    return made


def _step(task: Task, now: dt.datetime) -> None:
    """Count one change of the task, unless somebody else made one meanwhile."""
    if not Task.objects.filter(pk=task.pk, version=task.version).update(version=task.version + 1, changed_at=now):
        raise UnableToChangeTask(_("Somebody else has changed the task meanwhile; look at it again."))
    task.refresh_from_db()


def _differing_roles(task: Task, finding: Finding) -> Collection[str]:
    """Return the contract's names of the roles that differ; refuse where nothing differs."""
    current = current_of(finding.document)
    if current is not None and current.pk != finding.document_id:
        for row in differences(printing=finding.document, current=current).rows:
            if row.theirs.pk == finding.pk and row.task is not None and row.task.pk == task.pk:
                return {change.role for change in row.pair.parties}
    raise UnableToChangeTask(_("This printing says nothing different of the task."))


def _keep_choice(
    user: User, task: Task, finding: Finding, choice: PrintingChoiceKind, reason: str, now: dt.datetime
) -> PrintingChoice:
    try:
        with transaction.atomic():
            return PrintingChoice.objects.create(
                task=task, finding=finding, choice=choice, reason=reason[:500], decided_by=user, decided_at=now
            )
    except IntegrityError as error:
        raise UnableToChangeTask(_("Somebody has already decided about this difference.")) from error


def _replace_parties(task: Task, finding: Finding, roles: Collection[str]) -> None:
    """Write the parties anew: those of the differing roles from the printing, the others as they are."""
    adopted = [party for party in draft_of(finding).parties if ROLE_FIELDS[party.role] in roles]
    kept = [party for party in _present(task) if ROLE_FIELDS[party.role] not in roles]
    parties = [*kept, *adopted]
    if not any(party.role in ANSWERING_ROLES for party in parties):
        raise UnableToChangeTask(_("In this printing nobody answers for the task."))
    task.assignments.all().delete()
    write_assignments(parties=[(task, parties)], matcher=Matcher())


def _present(task: Task) -> list[PartyDraft]:
    rows = task.assignments.filter(via=None).select_related("organization", "person", "group")
    return [
        PartyDraft(
            role=AssignmentRole(row.role),
            name=row.printed_name,
            start=row.start,
            end=row.end,
            open_list=row.open_list,
            # What a person settled by hand must not be asked for again under the printed name.
            full_name=row.organization.name if row.organization else row.group.name if row.group else row.full_name,
        )
        for row in rows
    ]


def _printed(task: Task) -> list[list[str]]:
    rows = task.assignments.filter(via=None).order_by("role", "position")
    return [[row.role, row.printed_name] for row in rows]
