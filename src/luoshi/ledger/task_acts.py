"""What is done on the page of a task: each act reads its form, calls one action, and goes back to the page.

Where an action refuses, the page comes again with the present state, the reason, and what was typed.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.access.guards import permitted, user_of
from luoshi.access.permissions import Action
from luoshi.ledger import actions
from luoshi.ledger.actions import Evidence, UnableToChangeTask, UnableToRepeatForm
from luoshi.ledger.history_words import status_words
from luoshi.ledger.models import Assignment, AssignmentRole, Task, TaskAttachment
from luoshi.ledger.states import TaskStatus
from luoshi.ledger.task_forms import AssignForm, EditForm, NoteForm, PartForm, SentOnceForm, StatusForm
from luoshi.ledger.task_views import (
    edit_page,
    editable_or_refuse,
    target_editor,
    targets_view,
    task_or_404,
    task_page,
)
from luoshi.registry.matching import Matcher
from luoshi.registry.models import NameKind

CONFLICT = 409
WRONG = 422


@require_POST
@permitted(Action.REPORT_PROGRESS)
def change_status(request: HttpRequest, pk: int) -> HttpResponse:
    """Move the task along, with the reason and the evidence where the step asks for them."""
    task = task_or_404(user_of(request), pk)
    form = StatusForm(request.POST)
    if not form.is_valid() or form.cleaned_data["to"] not in TaskStatus.values:
        return _refused(request, task, _("This step could not be read; please try again."), typed=_typed(request))
    to = TaskStatus(form.cleaned_data["to"])
    try:
        actions.change_status(
            acting_user=user_of(request),
            task=task,
            version=form.cleaned_data["version"],
            to=to,
            reason=form.cleaned_data["reason"],
            files=_files(request),
            now=timezone.now(),
        )
    except UnableToChangeTask as error:
        return _refused(request, task, str(error), typed=_typed(request), wanted=to)
    messages.success(request, _("The task is now: %(status)s") % {"status": status_words(to)})
    return _after(request, task)


def _typed(request: HttpRequest) -> str:
    return request.POST.get("reason", "").strip()[: actions.NOTE_CHARACTERS]


@require_POST
@permitted(Action.REPORT_PROGRESS)
def add_note(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down the progress."""
    task = task_or_404(user_of(request), pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return task_page(request, task, status=WRONG, note_form=form)

    def write() -> None:
        actions.add_note(acting_user=user_of(request), task=task, now=timezone.now(), **form.cleaned_data)

    return _once(request, task, form, write, _("The note is written down."))


@require_POST
@permitted(Action.EDIT_TASKS)
def add_part(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a part below the task."""
    task = task_or_404(user_of(request), pk)
    form = PartForm(request.POST)
    if not form.is_valid():
        return task_page(request, task, status=WRONG, part_form=form)

    def write() -> None:
        actions.add_subtask(acting_user=user_of(request), parent=task, now=timezone.now(), **form.cleaned_data)

    return _once(request, task, form, write, _("The part is added."))


@require_POST
@permitted(Action.REPORT_PROGRESS)
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep files of evidence with the task."""
    task = task_or_404(user_of(request), pk)
    form = SentOnceForm(request.POST)
    token = form.cleaned_data.get("token") if form.is_valid() else None

    def write() -> None:
        actions.attach_files(
            acting_user=user_of(request), task=task, files=_files(request), token=token, now=timezone.now()
        )

    return _once(request, task, form, write, _("The files are kept with the task."))


def _once(request: HttpRequest, task: Task, form: SentOnceForm, write: Callable[[], None], said: str) -> HttpResponse:
    """Do what the form asks; sent a second time it just shows the task again."""
    try:
        write()
    except UnableToRepeatForm:
        return _after(request, task)
    except UnableToChangeTask as error:
        return _refused(request, task, str(error), typed=form.data.get("text", ""))
    messages.success(request, said)
    return _after(request, task)


@require_POST
@permitted(Action.REPORT_PROGRESS)
def remove_attachment(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a file off its task; asked first where no script has asked."""
    visible = Task.objects.visible_to(user_of(request))
    rows = TaskAttachment.objects.select_related("file", "task")
    found = get_object_or_404(rows, pk=pk, task__in=visible)
    if "confirmed" not in request.POST:
        return _ask_before_removing(request, found)
    actions.remove_attachment(acting_user=user_of(request), attachment=found, now=timezone.now())
    messages.success(request, _("“%(name)s” is taken off the task.") % {"name": found.name})
    return _after(request, found.task)


def _ask_before_removing(request: HttpRequest, found: TaskAttachment) -> HttpResponse:
    context = {
        "question": _("Take “%(name)s” off the task?") % {"name": found.name},
        "text": _("The audit trail keeps that it was there."),
        "confirm_label": _("Take it off"),
        "danger": True,
        "back_url": _address("ledger:task", found.task, request),
        "action": request.get_full_path(),
    }
    return render(request, "web/confirm.html", context)


@require_POST
@permitted(Action.EDIT_TASKS)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the corrected task."""
    task = editable_or_refuse(request, pk)
    form, targets = EditForm(request.POST), target_editor(task, request.POST)
    if request.POST.get("act") == "target":
        targets.add()
        return edit_page(request, task, form=form, targets=targets_view(targets))
    if not all([form.is_valid(), targets.is_valid()]):
        return edit_page(request, task, status=WRONG, form=form, targets=targets_view(targets))
    try:
        actions.edit_task(
            acting_user=user_of(request),
            task=task,
            version=form.cleaned_data["version"],
            changes=form.changes(),
            targets=targets.drafts() if targets.is_posted else None,
            now=timezone.now(),
        )
    except UnableToChangeTask as error:
        return _edit_refused(request, pk, str(error))
    messages.success(request, _("The task is changed."))
    return _after(request, task)


def _edit_refused(request: HttpRequest, pk: int, reason: str) -> HttpResponse:
    """Show what was typed again, beside what the ledger says by now; sending it once more writes it."""
    task = editable_or_refuse(request, pk)
    data = request.POST.copy()
    data["version"] = str(task.version)
    targets = targets_view(target_editor(task, request.POST))
    return edit_page(request, task, status=CONFLICT, form=EditForm(data), targets=targets, conflict=reason)


@require_POST
@permitted(Action.EDIT_TASKS)
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a party."""
    task = editable_or_refuse(request, pk)
    form = AssignForm(request.POST)
    if not form.is_valid():
        return edit_page(request, task, status=WRONG, assign_form=form)
    role, name = AssignmentRole(form.cleaned_data["role"]), form.cleaned_data["name"]
    try:
        actions.assign(
            acting_user=user_of(request),
            task=task,
            version=form.cleaned_data["version"],
            role=role,
            name=name,
            now=timezone.now(),
        )
    except UnableToChangeTask as error:
        return _party_refused(request, pk, str(error), form, similar=_similar(role, name))
    messages.success(request, _("“%(name)s” is added.") % {"name": name})
    return HttpResponseRedirect(_address("ledger:task_edit", task, request) + "#parties")


def _similar(role: AssignmentRole, name: str) -> list[str]:
    """Return names that the registry knows and that look like the one typed."""
    kind = NameKind.PERSON if role == AssignmentRole.LEAD_LEADER else NameKind.UNIT
    matcher = Matcher()
    if matcher.match(name, kind).is_settled:
        return []
    return [str(likeness.target) for likeness in matcher.likenesses(name, kind)]


@require_POST
@permitted(Action.EDIT_TASKS)
def unassign(request: HttpRequest, pk: int, assignment_pk: int) -> HttpResponse:
    """Take a party off."""
    task = editable_or_refuse(request, pk)
    row = get_object_or_404(Assignment, pk=assignment_pk, task=task, via=None)
    version = request.POST.get("version", "")
    try:
        actions.unassign(
            acting_user=user_of(request),
            task=task,
            version=int(version) if version.isdecimal() else 0,
            assignment=row,
            now=timezone.now(),
        )
    except UnableToChangeTask as error:
        return _party_refused(request, pk, str(error))
    messages.success(request, _("“%(name)s” is taken off.") % {"name": row.printed_name})
    return HttpResponseRedirect(_address("ledger:task_edit", task, request) + "#parties")


def _party_refused(
    request: HttpRequest, pk: int, reason: str, form: AssignForm | None = None, **more: Any
) -> HttpResponse:
    task = editable_or_refuse(request, pk)
    if form is not None:
        data = request.POST.copy()
        data["version"] = str(task.version)
        more["assign_form"] = AssignForm(data)
    return edit_page(request, task, status=CONFLICT, parties_refused=reason, **more)


def _refused(
    request: HttpRequest, task: Task, reason: str, *, typed: str = "", wanted: TaskStatus | None = None
) -> HttpResponse:
    """Show the present state of the task, why nothing was done, and what was typed."""
    fresh = task_or_404(user_of(request), task.pk)
    return task_page(request, fresh, status=CONFLICT, refused=reason, typed=typed, wanted=wanted)


def _files(request: HttpRequest) -> list[Evidence]:
    uploaded = [file for file in request.FILES.getlist("files") if isinstance(file, UploadedFile)]
    return [Evidence(file.name or "", file.chunks()) for file in uploaded]


def _after(request: HttpRequest, task: Task) -> HttpResponseRedirect:
    """Go back to the page that the act came from: Today where it was sent there, else the task."""
    if request.GET.get("from") == "today":
        return HttpResponseRedirect(reverse("ledger:today"))
    return HttpResponseRedirect(_address("ledger:task", task, request))


def _address(name: str, task: Task, request: HttpRequest) -> str:
    """Return an address of the task that keeps the way back to the list."""
    back = request.GET.get("back", "")[:2000]
    address = reverse(name, args=[task.pk])
    return f"{address}?{urlencode({'back': back})}" if back else address
