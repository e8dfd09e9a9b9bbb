"""Deciding about findings: each decision is one transaction with its audit entry, and each can be taken back."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from luoshi.access.audit import record
from luoshi.access.models import User
from luoshi.access.permissions import Action
from luoshi.documents.models import Document, Finding
from luoshi.documents.states import DocumentStatus, FindingStatus
from luoshi.ledger.confirming.checks import BLOCKING, clean_of, doubts_of
from luoshi.ledger.confirming.lines_in_doubt import lines_in_doubt
from luoshi.ledger.drafts import TaskDraft, draft_of, merged
from luoshi.ledger.models import Confirmation, ConfirmationKind, Task
from luoshi.ledger.target_words import line_of
from luoshi.ledger.writing import plan_of, unindex_tasks, write_tasks
from luoshi.registry.actions import propose_names
from luoshi.registry.matching import Matcher, MatchState


class UnableToConfirm(Exception):
    """Nothing was decided; the message says why."""


@transaction.atomic
def accept_finding(
    *, acting_user: User, finding: Finding, now: dt.datetime, draft: TaskDraft | None = None
) -> Confirmation:
    """Make the finding a task, as read or as corrected in ``draft``.

    :raises UnableToConfirm: where somebody decided about it already, or the task would say nothing.
    """
    as_read = draft_of(finding)
    kind = ConfirmationKind.EDIT if draft is not None and draft != as_read else ConfirmationKind.ACCEPT
    return _decide(acting_user, [finding], kind, [draft or as_read], now)


@transaction.atomic
def accept_all_clean(
    *, acting_user: User, document: Document, now: dt.datetime, expected: int | None = None
) -> list[Confirmation]:
    """Accept every pending finding of the document that nobody doubts; one undo takes them all back.

    ``expected`` is how many the person was told; where it has changed meanwhile nothing is accepted.

    :raises UnableToConfirm: where there is none, or another number than expected.
    """
    _may_confirm(acting_user, document)
    matcher = Matcher()
    findings = clean_of(document.findings.filter(status=FindingStatus.PENDING), matcher, lines_in_doubt(document))
    if not findings:
        raise UnableToConfirm(_("There is no finding left without a doubt."))
    if expected is not None and expected != len(findings):
        raise UnableToConfirm(
            _("There are now %(now)d findings without a doubt, not %(told)d. Look again before you accept them.")
            % {"now": len(findings), "told": expected}
        )
    _claim(findings, FindingStatus.ACCEPTED, acting_user, now)
    batch = uuid.uuid4()
    made = Confirmation.objects.bulk_create(
        [_confirmation(document, ConfirmationKind.ACCEPT, acting_user, now, batch) for _finding in findings]
    )
    Confirmation.findings.through.objects.bulk_create(
        [
            Confirmation.findings.through(confirmation=confirmation, finding=finding)
            for confirmation, finding in zip(made, findings, strict=True)
        ]
    )
    drafts = [(draft_of(finding), confirmation) for finding, confirmation in zip(findings, made, strict=True)]
    tasks = write_tasks(drafts=drafts, plan=plan_of(document), matcher=matcher, now=now)
    record(
        acting_user=acting_user,
        action="ledger.accept_all_clean",
        subject=document,
        now=now,
        after={"batch": batch, "findings": [each.key for each in findings], "tasks": [task.pk for task in tasks]},
    )
    return made


@transaction.atomic
def split_finding(
    *, acting_user: User, finding: Finding, drafts: Sequence[TaskDraft], now: dt.datetime
) -> Confirmation:
    """Make two or more tasks of one finding; each keeps the finding's place in the text.

    :raises UnableToConfirm: for fewer than two parts, or an empty one.
    """
    if len(drafts) < 2:
        raise UnableToConfirm(_("Splitting needs at least two parts."))
    return _decide(acting_user, [finding], ConfirmationKind.SPLIT, drafts, now)


@transaction.atomic
def merge_findings(
    *, acting_user: User, findings: Sequence[Finding], now: dt.datetime, draft: TaskDraft | None = None
) -> Confirmation:
    """Make one task of several findings of one document; it keeps every place in the text.

    :raises UnableToConfirm: for fewer than two, or findings of different documents.
    """
    if len({finding.pk for finding in findings}) < 2:
        raise UnableToConfirm(_("Merging needs at least two findings."))
    if len({finding.document_id for finding in findings}) > 1:
        raise UnableToConfirm(_("Only findings of one document can be merged."))
    ordered = sorted(findings, key=lambda finding: finding.position)
    together = draft or merged([draft_of(finding) for finding in ordered])
    return _decide(acting_user, ordered, ConfirmationKind.MERGE, [together], now)


@transaction.atomic
def reject_finding(*, acting_user: User, finding: Finding, reason: str, now: dt.datetime) -> Confirmation:
    """Say that the finding is no task, with the reason where one is given."""
    return _decide(acting_user, [finding], ConfirmationKind.REJECT, [], now, reason)


@transaction.atomic
def undo_confirmation(
    *, acting_user: User, confirmation: Confirmation, now: dt.datetime, only_this: bool = False
) -> int:
    """Take back a decision, with all that were made by the same key press unless ``only_this``.

    Return how many findings are open again. The tasks it made are removed; what they were stays in the audit trail.

    :raises UnableToConfirm: where it was undone already, or somebody has worked on a task since.
    """
    _may_confirm(acting_user, confirmation.document)
    pks = _take_back(acting_user, confirmation, now, only_this)
    tasks = list(
        Task.objects.select_for_update()
        .filter(confirmation__in=pks)
        .prefetch_related("notes", "attachments", "assignments", "targets", "printing_choices")
    )
    _refuse_worked_on(tasks)
    findings = list(Finding.objects.filter(confirmations__in=pks))
    record(
        acting_user=acting_user,
        action="ledger.undo_confirmation",
        subject=confirmation,
        now=now,
        before={"findings": [each.key for each in findings], "tasks": [_plain(task) for task in tasks]},
        after={"document": confirmation.document_id, "only_this": only_this},
    )
    unindex_tasks(task.pk for task in tasks)
    Task.objects.filter(pk__in=[task.pk for task in tasks]).delete()
    Finding.objects.filter(pk__in=[each.pk for each in findings]).update(
        status=FindingStatus.PENDING, decided_by=None, decided_at=None
    )
    return len(findings)


def _take_back(acting_user: User, confirmation: Confirmation, now: dt.datetime, only_this: bool) -> list[int]:
    """Mark the decisions as undone at once, so that of two people who undo only the first does; return their keys."""
    alike = {"pk": confirmation.pk} if only_this else {"batch": confirmation.batch}
    pks = list(Confirmation.objects.filter(undone_at=None, **alike).values_list("pk", flat=True))
    changed = Confirmation.objects.filter(pk__in=pks, undone_at=None).update(undone_by=acting_user, undone_at=now)
    if confirmation.pk not in pks or changed != len(pks):
        raise UnableToConfirm(_("This decision has been taken back already."))
    return pks


def _decide(
    acting_user: User,
    findings: Sequence[Finding],
    kind: ConfirmationKind,
    drafts: Sequence[TaskDraft],
    now: dt.datetime,
    reason: str = "",
) -> Confirmation:
    document = findings[0].document
    _may_confirm(acting_user, document)
    matcher = Matcher()
    _refuse_empty(drafts, matcher)
    rejected = kind == ConfirmationKind.REJECT
    _claim(findings, FindingStatus.REJECTED if rejected else FindingStatus.ACCEPTED, acting_user, now)
    confirmation = _confirmation(document, kind, acting_user, now, uuid.uuid4(), reason)
    confirmation.save()
    confirmation.findings.set(findings)
    tasks: list[Task] = []
    if drafts:
        _propose(drafts, matcher, document, now)
        pairs = [(draft, confirmation) for draft in drafts]
        tasks = write_tasks(drafts=pairs, plan=plan_of(document), matcher=matcher, now=now)
    record(
        acting_user=acting_user,
        action=f"ledger.{kind.lower()}_finding",
        subject=confirmation,
        now=now,
        before={"findings": [finding.key for finding in findings], "document": document.pk},
        after={"tasks": [_plain(task) for task in tasks], "reason": reason},
    )
    return confirmation


def _may_confirm(acting_user: User, document: Document) -> None:
    acting_user.must_be_allowed(Action.CONFIRM_FINDINGS)
    if document.status != DocumentStatus.CURRENT:
        raise UnableToConfirm(_("Only the current version of a document can be confirmed."))


def _refuse_empty(drafts: Sequence[TaskDraft], matcher: Matcher) -> None:
    for draft in drafts:
        if BLOCKING.intersection(doubts_of(draft, matcher)):
            raise UnableToConfirm(_("A task needs a text."))


def _refuse_worked_on(tasks: Sequence[Task]) -> None:
    for task in tasks:
        # A part that was put below the task carries the same confirmation: it is somebody's work too.
        added = [*task.notes.all(), *task.attachments.all(), *task.printing_choices.all()]
        if task.version > 1 or task.parent_id or added:
            raise UnableToConfirm(
                _("Task %(number)s has been worked on since; withdraw it instead of undoing.") % {"number": task.number}
            )


def _claim(findings: Sequence[Finding], status: FindingStatus, acting_user: User, now: dt.datetime) -> None:
    """Move all findings at once from pending; whoever comes second decides nothing."""
    changed = Finding.objects.filter(pk__in=[finding.pk for finding in findings], status=FindingStatus.PENDING).update(
        status=status, decided_by=acting_user, decided_at=now
    )
    if changed != len(findings):
        raise UnableToConfirm(_("Somebody has already decided about this finding."))


def _confirmation(
    document: Document, kind: ConfirmationKind, user: User, now: dt.datetime, batch: uuid.UUID, reason: str = ""
) -> Confirmation:
    return Confirmation(document=document, kind=kind, made_by=user, made_at=now, batch=batch, reason=reason[:500])


def _propose(drafts: Sequence[TaskDraft], matcher: Matcher, document: Document, now: dt.datetime) -> None:
    """Put names before the office that a person typed; those of the document were proposed when it was read."""
    unknown = {
        (party.name, party.kind)
        for draft in drafts
        for party in draft.parties
        if party.start is None and party.matched(matcher).state == MatchState.NEW
    }
    propose_names(names=sorted(unknown), seen_in=document.doc_number or document.title, now=now)


def _plain(task: Task) -> dict[str, Any]:
    return {
        "id": task.pk,
        "number": task.number,
        "text": task.text,
        "deadline": task.deadline,
        "parties": [[row.role, row.printed_name] for row in task.assignments.all() if row.via_id is None],
        "targets": [line_of(target) for target in task.targets.all()],
    }
