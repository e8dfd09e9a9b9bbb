"""The page of one task, and the page on which the office corrects it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from luoshi.access.guards import permitted, user_of
from luoshi.access.models import User
from luoshi.access.permissions import Action, UnableToAct
from luoshi.files.responses import download
from luoshi.ledger.drafts import target_in_ledger
from luoshi.ledger.history_words import history_of
from luoshi.ledger.known_indicators import known_wordings
from luoshi.ledger.models import Task, TaskAttachment
from luoshi.ledger.permissions import can_edit_task, owner_of
from luoshi.ledger.presentation import STATUS_ICONS, STATUS_TONES, due_sign, headline, list_address
from luoshi.ledger.queries import task_history
from luoshi.ledger.states import Owner
from luoshi.ledger.target_rows import TargetEditor
from luoshi.ledger.target_rows_view import TargetsView
from luoshi.ledger.targets_shown import targets_of_task
from luoshi.ledger.task_forms import AssignForm, EditForm, NoteForm, PartForm
from luoshi.ledger.task_page import (
    attachments_of,
    differs_from_print,
    may_settle_names,
    next_step,
    parent_of,
    parts_of,
    progress_of,
    quotes_of,
    roles_of,
    trail_of,
    visible_tasks,
)
from luoshi.registry.queries import all_forms


def task_or_404(user: User, pk: int) -> Task:
    """Return a task the account may see; one that it may not see does not exist for it."""
    return get_object_or_404(visible_tasks(user), pk=pk)


@require_safe
@permitted(Action.READ_OWN_TASKS)
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was promised, who answers, who helps, by when, and what happened."""
    return task_page(request, task_or_404(user_of(request), pk))


def task_page(request: HttpRequest, shown: Task, *, status: int = 200, **changed: Any) -> HttpResponse:
    """Return the page of a task; ``changed`` replaces parts of it, such as a form that was wrong."""
    user = user_of(request)
    return render(request, "ledger/task.html", {**_context(request, user, shown), **changed}, status=status)


def _context(request: HttpRequest, user: User, shown: Task) -> dict[str, Any]:
    today = timezone.localdate()
    owner = owner_of(user, shown)
    roles = roles_of(shown)
    quotes = quotes_of(shown)
    back = request.GET.get("back", "")[:2000]
    trail = trail_of(user, shown, back, today=today)
    return {
        "task": shown,
        "document": shown.plan.document,
        "headline": headline(shown.text),
        "status_tone": STATUS_TONES[shown.status],
        "status_icon": STATUS_ICONS[shown.status],
        "due": due_sign(shown, today),
        "quotes": quotes,
        "targets": targets_of_task(shown),
        "differs": differs_from_print(shown, quotes),
        "roles": roles,
        "next": next_step(shown, owner, roles),
        "progress": progress_of(shown),
        "attachments": attachments_of(shown, user, owner),
        "parent": parent_of(shown, user),
        "parts": [(part, due_sign(part, today), STATUS_TONES[part.status]) for part in parts_of(shown, user)],
        "history": history_of(task_history(shown), shown.confirmation),
        "may_report": owner is not None,
        "may_edit": owner == Owner.OFFICE,
        "may_settle_names": may_settle_names(user),
        "note_form": NoteForm(),
        "part_form": PartForm(),
        "trail": trail,
        "list_url": trail.list_url if trail else list_address(),
        "back": back,
    }


@require_safe
@permitted(Action.EDIT_TASKS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form that corrects a task, with its source beside it."""
    shown = editable_or_refuse(request, pk)
    return edit_page(request, shown)


def editable_or_refuse(request: HttpRequest, pk: int) -> Task:
    """Return a task that the account decides about.

    :raises UnableToAct: where it may only see it.
    """
    shown = task_or_404(user_of(request), pk)
    if not can_edit_task(user_of(request), shown):
        raise UnableToAct(Action.EDIT_TASKS)
    return shown


def target_editor(shown: Task, data: QueryDict | None = None) -> TargetEditor:
    """Return the form of a task's targets, as the ledger has them or as they were typed."""
    rows = shown.targets.select_related("indicator_name")
    return TargetEditor({str(row.pk): target_in_ledger(row) for row in rows}, data=data)


def targets_view(editor: TargetEditor) -> TargetsView:
    """Return the form of targets as its template shows it."""
    return TargetsView(editor, known_wordings(editor.drafts()))


def edit_page(request: HttpRequest, shown: Task, *, status: int = 200, **changed: Any) -> HttpResponse:
    """Return the page that corrects a task; ``changed`` replaces parts of it, such as a form that was wrong."""
    context = {
        "task": shown,
        "document": shown.plan.document,
        "headline": headline(shown.text),
        "quotes": quotes_of(shown),
        "roles": roles_of(shown),
        "form": EditForm.of(shown),
        "targets": targets_view(target_editor(shown)),
        "targets_now": targets_of_task(shown) if "conflict" in changed else (),
        "assign_form": AssignForm(initial={"version": shown.version}),
        "known_names": all_forms(),
        "may_settle_names": may_settle_names(user_of(request)),
        "back": request.GET.get("back", "")[:2000],
    }
    return render(request, "ledger/task_edit.html", {**context, **changed}, status=status)


@require_safe
@permitted(Action.READ_OWN_TASKS)
def attachment(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hand out a file of evidence to whoever may see its task."""
    visible = Task.objects.visible_to(user_of(request))
    found = get_object_or_404(TaskAttachment.objects.select_related("file"), pk=pk, task__in=visible)
    return download(found.file, name=found.name)
