"""The list of tasks as a page and as a print, and the views of it that people save."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luoshi.access.guards import user_of
from luoshi.access.permissions import Action
from luoshi.ledger.actions import UnableToChangeTask
from luoshi.ledger.filters import TaskFilter
from luoshi.ledger.listing.actions import delete_view, save_view
from luoshi.ledger.listing.forms import FilterForm
from luoshi.ledger.listing.pages import BY_PARTY, GROUPS, PER_PAGE, Asked, page_of
from luoshi.ledger.models import SavedView, Task
from luoshi.ledger.queries import list_tasks, saved_views, standing

PRINT_ROWS = 2000
# What belongs to one look at a list, not to the list.
PASSING = ("page", "print", "format", "selected", "all_matching")


@require_GET
def task_list(request: HttpRequest) -> HttpResponse:
    """Show the tasks that the filter in the address keeps, among those the account may see."""
    user = user_of(request)
    today = timezone.localdate()
    asked = TaskFilter.from_query(request.GET)
    tasks = list_tasks(user, asked, today=today)
    look = _look(request, asked)
    page, rows = page_of(tasks, look, today=today)
    form = FilterForm(request.GET, user=user)
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "group": look.group,
        # Grouped by party, a task may stand under several headings, but it is one task.
        "total": tasks.order_by().count() if look.group in BY_PARTY else page.paginator.count,
        "chips": _chips(request, form, asked),
        # How the tasks stand if neither status nor date is asked, so that each number opens as many as it says.
        "standing": standing(list_tasks(user, replace(asked, status="", due=""), today=today), today=today),
        "views": saved_views(user),
        "today": today,
        "may_edit": user.may(Action.EDIT_TASKS),
        "may_import": user.may(Action.IMPORT_DOCUMENTS),
        "has_tasks": page.paginator.count > 0 or Task.objects.visible_to(user).exists(),
        "query": _kept(request.GET).urlencode(),
    }
    return render(request, "ledger/list_print.html" if "print" in request.GET else "ledger/list.html", context)


@require_POST
def keep_view(request: HttpRequest) -> HttpResponseRedirect:
    """Keep the filter under a name."""
    query = _kept(QueryDict(request.POST.get("query", ""))).urlencode()
    try:
        view = save_view(
            acting_user=user_of(request),
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
    user = user_of(request)
    view = get_object_or_404(SavedView, pk=pk, owner=user)
    delete_view(acting_user=user, view=view, now=timezone.now())
    messages.success(request, _("The view is deleted."))
    return redirect("ledger:list")


def _look(request: HttpRequest, asked: TaskFilter) -> Asked:
    group = request.GET.get("group", "")
    look = Asked(group=group if group in GROUPS else "", sort=asked.sort)
    if "print" in request.GET:
        return replace(look, per_page=PRINT_ROWS)
    rows = request.GET.get("per_page", "")
    per_page = int(rows) if rows in map(str, PER_PAGE) else look.per_page
    return replace(look, number=request.GET.get("page", "1"), per_page=per_page)


def _kept(query: QueryDict) -> QueryDict:
    """Return the query without empty values and without what belongs to one look only."""
    kept = query.copy()
    for name in [name for name, values in query.lists() if name in PASSING or not any(values)]:
        del kept[name]
    return kept


def _chips(request: HttpRequest, form: FilterForm, asked: TaskFilter) -> list[dict[str, Any]]:
    """Return what is asked in words, each with the list without it."""
    chips = []
    for name, value in asked.active().items():
        # The order shows in the table; a role says nothing without the unit or county that has it.
        if name == "sort" or (name == "role" and not (asked.unit or asked.county)):
            continue
        query = _kept(request.GET)
        query.pop(name, None)
        chips.append({**_in_words(form, name, value), "url": f"?{query.urlencode()}"})
    return chips


def _in_words(form: FilterForm, name: str, value: str) -> dict[str, str]:
    if name not in form.fields:
        return {"label": _("Our part"), "value": value}
    return {"label": str(form.fields[name].label), "value": form.label_of(name, value)}
