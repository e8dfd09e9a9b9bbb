"""The list of tasks as a page, and the views of it that people save."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luoshi.access.models import User
from luoshi.access.permissions import Action
from luoshi.ledger.actions import UnableToChangeTask, delete_view, save_view
from luoshi.ledger.filters import TaskFilter
from luoshi.ledger.listing.forms import FilterForm
from luoshi.ledger.listing.rows import PER_PAGE, page_of
from luoshi.ledger.models import SavedView, Task
from luoshi.ledger.queries import list_tasks, saved_views, standing

PRINT_ROWS = 2000


@require_GET
def task_list(request: HttpRequest) -> HttpResponse:
    """Show the tasks that the filter in the address keeps, among those the account may see."""
    user = _user(request)
    today = timezone.localdate()
    asked = TaskFilter.from_query(request.GET)
    group = request.GET.get("group", "")
    tasks = list_tasks(user, asked, today=today)
    is_print = "print" in request.GET
    page, rows = page_of(
        tasks,
        group=group,
        number=request.GET.get("page", "1"),
        per_page=PRINT_ROWS if is_print else _per_page(request),
        today=today,
    )
    form = FilterForm(request.GET, user=user)
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "group": group,
        "chips": _chips(request, form, asked),
        "standing": standing(tasks, today=today),
        "views": saved_views(user),
        "asked": asked,
        "today": today,
        "may_edit": user.may(Action.EDIT_TASKS),
        "has_tasks": bool(asked.active()) or page.paginator.count > 0 or Task.objects.visible_to(user).exists(),
        "query": request.GET.urlencode(),
    }
    return render(request, "ledger/list_print.html" if is_print else "ledger/list.html", context)


@require_POST
def keep_view(request: HttpRequest) -> HttpResponseRedirect:
    """Keep the filter under a name."""
    query = request.POST.get("query", "")
    try:
        view = save_view(
            acting_user=_user(request),
            name=request.POST.get("name", ""),
            query=query,
            is_shared="is_shared" in request.POST,
            now=timezone.now(),
        )
        messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
    except UnableToChangeTask as error:
        messages.error(request, str(error))
    return HttpResponseRedirect(f"{reverse('ledger:list')}?{query}")


@require_POST
def forget_view(request: HttpRequest, pk: int) -> HttpResponseRedirect:
    """Delete one of one's own views."""
    view = get_object_or_404(SavedView, pk=pk, owner=_user(request))
    delete_view(acting_user=_user(request), view=view, now=timezone.now())
    messages.success(request, _("The view is deleted."))
    return redirect("ledger:list")


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101
    return request.user


def _per_page(request: HttpRequest) -> int:
    asked = request.GET.get("per_page", "")
    return int(asked) if asked.isdecimal() and int(asked) in PER_PAGE else PER_PAGE[1]


def _chips(request: HttpRequest, form: FilterForm, asked: TaskFilter) -> list[dict[str, Any]]:
    """Return what is asked in words, each with the list without it."""
    chips = []
    for name, value in asked.active().items():
        if name == "sort":
            continue
        query = request.GET.copy()
        query.pop(name, None)
        query.pop("page", None)
        label, shown = _in_words(form, name, value)
        chips.append({"label": label, "value": shown, "url": f"?{query.urlencode()}"})
    return chips


def _in_words(form: FilterForm, name: str, value: str) -> tuple[str, str]:
    if name in form.fields:
        return str(form.fields[name].label), form.label_of(name, value)
    labels = {"mine": _("Mine"), "year": _("Year"), "due_from": _("Due from"), "due_to": _("Due until")}
    return labels.get(name, name), _("yes") if name == "mine" else value
