"""The list of indicators, and one indicator over the years."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from luoshi.access.guards import permitted, user_of
from luoshi.access.listing import active_filters, as_download, chosen, in_order, page_of
from luoshi.access.permissions import Action
from luoshi.ledger.indicators.forms import IndicatorSearchForm, JoinForm, RenameForm
from luoshi.ledger.indicators.queries import Promise, list_indicators, promises, results_of, targets_of
from luoshi.ledger.indicators.series import chart_of
from luoshi.ledger.models import Indicator, IndicatorName
from luoshi.workbooks import Column, Kind, Sheet

ORDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("name",),
    "targets": ("-target_count", "name"),
    "tasks": ("-task_count", "name"),
    "wordings": ("-name_count", "name"),
    "year": ("-last_year", "name"),
}


@require_safe
@permitted(Action.READ_OWN_TASKS)
def indicators(request: HttpRequest) -> HttpResponseBase:
    """Show what the targets of the ledger measure, or hand the list out as a file."""
    user = user_of(request)
    form = IndicatorSearchForm(request.GET)
    words = str(chosen(form).get("q", "")).replace("\0", "")
    listed = in_order(list_indicators(user, words), request.GET.get("sort", ""), ORDERS, "targets")
    exported = as_download(_list_sheet(), map(_list_row, listed), request.GET.get("format", ""), "indicators")
    if exported is not None:
        return exported
    context = {
        "form": form,
        "chips": active_filters(request, form),
        "page": page_of(request, listed),
        "is_narrowed": bool(words),
        "may_decide": user.may(Action.CONFIRM_FINDINGS),
    }
    return render(request, "ledger/indicators/list.html", context)


@require_safe
@permitted(Action.READ_OWN_TASKS)
def indicator(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show everything that was promised and claimed of one indicator."""
    return indicator_page(request, pk)


def indicator_page(request: HttpRequest, pk: int, *, status: int = 200, **changed: Any) -> HttpResponseBase:
    """Return the page of an indicator; ``changed`` replaces parts of it, such as a form that was wrong."""
    user = user_of(request)
    may_decide = user.may(Action.CONFIRM_FINDINGS)
    shown = get_object_or_404(list_indicators(user, also_empty=may_decide), pk=pk)
    rows = targets_of(user, shown)
    exported = as_download(
        _targets_sheet(),
        (_target_row(request, each) for each in promises(rows)),
        request.GET.get("format", ""),
        "targets",
    )
    if exported is not None:
        return exported
    results = results_of(user, shown)
    page = page_of(request, rows)
    context = {
        "indicator": shown,
        "page": page,
        "promises": promises(page),
        "results": results,
        "chart": chart_of(rows, results),
        "names": IndicatorName.objects.filter(indicator=shown).select_related("joined_by").order_by("pk"),
        "may_decide": may_decide,
        "rename_form": rename_form(shown),
        "join_form": JoinForm(),
    }
    return render(request, "ledger/indicators/indicator.html", {**context, **changed}, status=status)


def rename_form(shown: Indicator) -> RenameForm:
    """Return the form that renames an indicator, with what it is called now."""
    now = {"name": shown.name, "unit": shown.unit}
    return RenameForm(initial={**now, "was_name": shown.name, "was_unit": shown.unit})


def _list_sheet() -> Sheet:
    columns = (
        Column(key="name", title=_("Indicator"), editable=False, width=32),
        Column(key="unit", title=_("Unit of measure"), editable=False, width=14),
        Column(key="wordings", title=_("Wordings"), editable=False, width=48),
        Column(key="targets", title=_("Targets"), kind=Kind.INTEGER, editable=False),
        Column(key="tasks", title=_("Tasks"), kind=Kind.INTEGER, editable=False),
        Column(key="years", title=_("Years"), editable=False, width=14),
    )
    return Sheet(name="ledger.indicators", title=_("Indicators"), columns=columns)


def _list_row(row: Any) -> dict[str, Any]:
    return {
        "name": row.name,
        "unit": row.unit,
        "wordings": names_in_line(row.names.all()),
        "targets": row.target_count,
        "tasks": row.task_count,
        "years": years_between(row.first_year, row.last_year),
    }


def years_between(first: int | None, last: int | None) -> str:
    """Return a stretch of years in words, empty where no year is known."""
    return "–".join(dict.fromkeys(str(year) for year in (first, last) if year))


def _targets_sheet() -> Sheet:
    columns = (
        Column(key="year", title=_("Year"), kind=Kind.INTEGER, editable=False, width=8),
        Column(key="printed", title=_("Indicator"), editable=False, width=28),
        Column(key="figure", title=_("Figure in words"), editable=False, width=18),
        Column(key="value", title=_("Value"), kind=Kind.DECIMAL, editable=False, width=16),
        Column(key="unit", title=_("Unit of measure"), editable=False, width=14),
        Column(key="due", title=_("Due"), kind=Kind.DATE, editable=False, width=12),
        Column(key="number", title=_("No."), editable=False, width=8),
        Column(key="text", title=_("Task"), editable=False, width=60),
        Column(key="document", title=_("Document number"), editable=False, width=20),
        Column(key="url", title=_("Sentence"), editable=False, width=40),
    )
    return Sheet(name="ledger.targets", title=_("Targets"), columns=columns)


def _target_row(request: HttpRequest, each: Promise) -> dict[str, Any]:
    return {
        "year": each.year,
        "printed": each.target.printed,
        "figure": each.figure,
        "value": each.target.value,
        "unit": each.target.unit,
        "due": each.target.due,
        "number": each.task.number,
        "text": each.task.text,
        "document": each.task.plan.document.doc_number,
        "url": request.build_absolute_uri(each.url or each.task.get_absolute_url()),
    }


def names_in_line(names: Iterable[IndicatorName]) -> str:
    """Return wordings in one line."""
    return pgettext("between names", ", ").join(name.printed for name in names)
