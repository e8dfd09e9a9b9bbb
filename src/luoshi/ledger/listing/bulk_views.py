"""Changing many tasks at once: choose the value, look at what it does to each task, then do it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from luoshi.access.guards import permitted, user_of
from luoshi.access.models import User
from luoshi.access.permissions import Action
from luoshi.ledger.actions import UnableToChangeTask
from luoshi.ledger.filters import TaskFilter
from luoshi.ledger.listing.bulk import LIMIT, Preview, apply_change, needs_reason, preview_of
from luoshi.ledger.listing.bulk_forms import ACTS, BulkForm, StatusForm
from luoshi.ledger.models import Task
from luoshi.ledger.queries import list_tasks
from luoshi.ledger.querysets import TaskQuerySet

SHOWN_TASKS = 100


@require_http_methods(["GET", "POST"])
@permitted(Action.EDIT_TASKS)
def change_many(request: HttpRequest) -> HttpResponse:
    """Change the ticked tasks, or all that the filter in the address keeps; first show what would change."""
    act = request.POST.get("act", "")
    if request.method == "GET" or act not in ACTS:
        return _back(request)
    user = user_of(request)
    tasks = _selected(request, user)
    total = tasks.order_by().count()
    if not 0 < total <= LIMIT:
        messages.error(request, _too_many(total) if total else _("Tick the tasks first."))
        return _back(request)
    is_sent = "check" in request.POST or "confirmed" in request.POST
    form = ACTS[act](request.POST if is_sent else None)
    preview = _preview(form, tasks, user) if is_sent else None
    if preview and "confirmed" in request.POST:
        count = _apply(request, user, form, preview)
        if count is not None:
            return _back(request)
        preview = _preview(form, _selected(request, user), user)
    return _show(request, act, form, preview, tasks, total)


def _selected(request: HttpRequest, user: User) -> TaskQuerySet:
    asked = TaskFilter.from_query(request.GET)
    if "all_matching" in request.POST:
        return list_tasks(user, asked, today=timezone.localdate())
    pks = [int(pk) for pk in request.POST.getlist("selected") if pk.isdecimal() and len(pk) < 19]
    return list_tasks(user, TaskFilter(sort=asked.sort), today=timezone.localdate()).filter(pk__in=pks)


def _preview(form: BulkForm, tasks: TaskQuerySet, user: User) -> Preview | None:
    if not form.is_valid():
        return None
    change = form.change()
    preview = preview_of(tasks, change, user=user)
    if change.to and not change.reason and needs_reason((line.task for line in preview.changing), change.to):
        form.add_error("reason", _("This step needs a reason."))
        return None
    return preview


def _apply(request: HttpRequest, user: User, form: BulkForm, preview: Preview) -> int | None:
    """Do what was shown; nothing where it is no longer what would happen."""
    if request.POST.get("fingerprint") != preview.fingerprint:
        messages.warning(request, _("The ledger has changed since; look at the changes again."))
        return None
    tasks = [line.task for line in preview.changing]
    try:
        count = apply_change(acting_user=user, tasks=tasks, change=form.change(), now=timezone.now())
    except UnableToChangeTask as error:
        messages.error(request, str(error))
        return None
    messages.success(
        request, ngettext("%(count)d task was changed.", "%(count)d tasks were changed.", count) % {"count": count}
    )
    return count


def _show(
    request: HttpRequest, act: str, form: BulkForm, preview: Preview | None, tasks: TaskQuerySet, total: int
) -> HttpResponse:
    lines = preview.changing if preview else ()
    context = {
        "act": act,
        "form": form,
        "total": total,
        "preview": preview,
        "shown": lines[:SHOWN_TASKS],
        "hidden_count": max(0, len(lines) - SHOWN_TASKS),
        "refused": preview.refused[:SHOWN_TASKS] if preview else (),
        "tasks": () if preview else tasks[:SHOWN_TASKS],
        "tasks_hidden": max(0, total - SHOWN_TASKS),
        "sections": _sections(tasks) if act == "section" else (),
        "selected": [] if "all_matching" in request.POST else request.POST.getlist("selected"),
        "address": request.get_full_path(),
        "back": _list_address(request),
        "is_status": isinstance(form, StatusForm),
    }
    return render(request, "ledger/bulk.html", context, status=422 if form.errors else 200)


def _sections(tasks: TaskQuerySet) -> list[str]:
    plans = tasks.order_by().values("plan")
    return list(
        Task.objects.filter(plan__in=plans)
        .exclude(section="")
        .order_by("section")
        .values_list("section", flat=True)
        .distinct()
    )


def _too_many(total: int) -> str:
    return _("%(total)d tasks are more than can be changed at once (%(limit)d). Narrow the filter.") % {
        "total": total,
        "limit": LIMIT,
    }


def _list_address(request: HttpRequest) -> str:
    return f"{reverse('ledger:list')}?{request.GET.urlencode()}"


def _back(request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(_list_address(request))
