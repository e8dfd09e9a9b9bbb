"""Lists as their address asks for them: order, page, and the way out to a spreadsheet.

The parameters are those of the shell's table components: ``sort``, ``page``, ``per_page`` and ``format``.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from luoshi.workbooks import Row, Sheet, iter_csv, write_workbook

SIZES: Final = (25, 50, 100, 200)
USUAL_SIZE: Final = 50
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Listed = TypeVar("Listed", bound=Model)
Orders = Mapping[str, tuple[str, ...]]


def in_order(rows: QuerySet[Listed], asked: str, orders: Orders, usual: str) -> QuerySet[Listed]:
    """Return the rows in the order ``asked`` for, or in the usual one where there is no such order.

    A leading ``-`` turns every field of the order round; the primary key settles what is left open.
    """
    fields = orders.get(asked.removeprefix("-"))
    if fields is None:
        asked, fields = usual, orders[usual.removeprefix("-")]
    return rows.order_by(*_turned(fields, asked.startswith("-")), "pk")


def _turned(fields: Iterable[str], backwards: bool) -> Iterable[str]:
    for field in fields:
        # Where two signs meet they cancel out.
        turned = field.removeprefix("-") if field.startswith("-") else f"-{field}"
        yield turned if backwards else field


def page_of(request: HttpRequest, rows: QuerySet[Listed], usual_size: int = USUAL_SIZE) -> Page[Listed]:
    """Return the page asked for; a page or size that cannot be is replaced by the nearest that can."""
    asked = request.GET.get("per_page", "")
    size = int(asked) if asked in map(str, SIZES) else usual_size
    return Paginator(rows, size).get_page(request.GET.get("page"))


def chosen(form: Form) -> dict[str, Any]:
    """Return the filters of a form that hold; what was typed into an address wrongly does not filter."""
    form.is_valid()
    return {name: value for name, value in form.cleaned_data.items() if value not in (None, "", False)}


def active_filters(request: HttpRequest, form: Form) -> list[dict[str, str]]:
    """Return label, value and the address without it for every filter that holds, for the filter bar."""
    chips = []
    for name in chosen(form):
        query = request.GET.copy()
        query.pop(name, None)
        query.pop("page", None)
        bound = form[name]
        words = dict(getattr(bound.field, "choices", None) or ())
        value = words.get(request.GET.get(name)) or form.cleaned_data[name]
        chips.append({"label": str(bound.label), "value": str(value), "url": f"?{query.urlencode()}"})
    return chips


def as_download(sheet: Sheet, rows: Iterable[Row], kind: str, name: str) -> HttpResponseBase | None:
    """Return the rows as a file where ``kind`` is ``csv`` or ``xlsx``; ``name`` comes without its ending."""
    response: HttpResponseBase
    if kind == "csv":
        response = StreamingHttpResponse(iter_csv(sheet, rows), content_type="text/csv; charset=utf-8")
    elif kind == "xlsx":
        response = HttpResponse(write_workbook(sheet, rows, protect=False), content_type=_XLSX)
    else:
        return None
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    return response
