"""Units: the list, a unit, and the forms of its name."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luoshi.access.guards import permitted, user_of
from luoshi.access.listing import active_filters, as_download, chosen, page_of
from luoshi.access.permissions import Action
from luoshi.access.queries import list_grants_covering
from luoshi.registry.actions import (
    UnableToChangeRegistry,
    add_organization,
    add_organization_alias,
    correct_organization_alias,
    make_key,
    remove_organization_alias,
)
from luoshi.registry.forms import AliasForm, UnitFilterForm, UnitForm
from luoshi.registry.models import Organization, OrganizationName
from luoshi.registry.queries import get_unit, list_units
from luoshi.registry.views.frame import page, show_refusal
from luoshi.workbooks import Column, Kind, Row, Sheet


@require_safe
@permitted(Action.READ_REGISTRY)
def units(request: HttpRequest) -> HttpResponseBase:
    """Show the units, or hand the filtered list out as a file."""
    form = UnitFilterForm(request.GET)
    asked = chosen(form)
    rows = list_units(
        text=asked.get("q", ""),
        kind=asked.get("kind", ""),
        division=asked.get("division"),
        sort=request.GET.get("sort", ""),
    )
    file = as_download(_sheet(), _export_rows(rows), request.GET.get("format", ""), "units")
    if file:
        return file
    chips = active_filters(request, form)
    return page(request, "units", "units", page=page_of(request, rows), form=form, chips=chips)


@require_safe
@permitted(Action.READ_REGISTRY)
def unit(request: HttpRequest, key: str) -> HttpResponseBase:
    """Show one unit."""
    return _unit_page(request, key, AliasForm())


@permitted(Action.EDIT_REGISTRY)
def add(request: HttpRequest) -> HttpResponseBase:
    """Enter a new unit."""
    form = UnitForm(request.POST or None, initial={"name": request.GET.get("name", "")})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = add_organization(
                acting_user=user_of(request), key=make_key("unit", data["name"]), now=timezone.now(), **data
            )
        except UnableToChangeRegistry as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("%(name)s was added.") % {"name": made.short_name})
            return redirect("registry:unit", made.key)
    return page(request, "unit_add", "units", status=422 if form.errors else 200, form=form)


@require_POST
@permitted(Action.EDIT_REGISTRY)
def add_alias(request: HttpRequest, key: str) -> HttpResponseBase:
    """Let the unit be found under one more form of its name."""
    organization = get_object_or_404(Organization, key=key)
    form = AliasForm(request.POST)
    if form.is_valid():
        alias = form.cleaned_data["alias"]
        try:
            add_organization_alias(
                acting_user=user_of(request), organization=organization, alias=alias, now=timezone.now()
            )
        except UnableToChangeRegistry as error:
            show_refusal(form, error)
        else:
            params = {"alias": alias, "name": organization.short_name}
            messages.success(request, _("“%(alias)s” now stands for %(name)s.") % params)
            return redirect("registry:unit", key)
    return _unit_page(request, key, form, status=422)


@permitted(Action.EDIT_REGISTRY)
def alias(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Correct or remove one form of a unit's name."""
    form_of_name = get_object_or_404(OrganizationName.objects.select_related("organization"), pk=pk)
    form = AliasForm(request.POST or None, initial={"alias": form_of_name.name})
    if request.method == "POST" and ("remove" in request.POST or form.is_valid()):
        try:
            words = _change_alias(request, form_of_name, form)
        except UnableToChangeRegistry as error:
            form.full_clean()
            show_refusal(form, error)
        else:
            messages.success(request, words)
            return redirect("registry:unit", form_of_name.organization.key)
    status = 422 if request.method == "POST" else 200
    return page(request, "alias", "units", status=status, form=form, form_of_name=form_of_name)


def _change_alias(request: HttpRequest, form_of_name: OrganizationName, form: AliasForm) -> str:
    user, now, before = user_of(request), timezone.now(), form_of_name.name
    if "remove" in request.POST:
        remove_organization_alias(acting_user=user, form=form_of_name, now=now)
        return _("“%(alias)s” was removed.") % {"alias": before}
    new = correct_organization_alias(acting_user=user, form=form_of_name, alias=form.cleaned_data["alias"], now=now)
    return _("“%(before)s” is now “%(after)s”.") % {"before": before, "after": new.name}


def _unit_page(request: HttpRequest, key: str, form: AliasForm, status: int = 200) -> HttpResponseBase:
    try:
        shown = get_unit(key)
    except Organization.DoesNotExist as error:
        raise Http404(_("The registry knows no such unit.")) from error
    posts = list(shown.memberships.all())
    return page(
        request,
        "unit",
        "units",
        status=status,
        unit=shown,
        posts=[each for each in posts if each.until is None],
        past_posts=[each for each in posts if each.until],
        grants=list_grants_covering(shown.scope_key),
        form=form,
    )


def _sheet() -> Sheet:
    """Return the columns in which the list of units is handed out."""
    titles = {
        "key": _("Key"),
        "short_name": _("Short name"),
        "name": _("Official name"),
        "kind": _("Kind"),
        "division": _("Division"),
        "parent": _("Belongs to"),
    }
    columns = [Column(key=key, title=title) for key, title in titles.items()]
    columns.append(Column(key="aliases", title=_("Other forms of the name"), kind=Kind.LIST))
    return Sheet(name="registry.units", title=_("Units"), columns=tuple(columns))


def _export_rows(rows: Iterable[Organization]) -> Iterable[Row]:
    for row in rows:
        values: dict[str, Any] = {
            "key": row.key,
            "short_name": row.short_name,
            "name": row.name,
            "kind": row.get_kind_display(),
            "division": row.division.name if row.division else "",
            "parent": row.parent.short_name if row.parent else "",
            "aliases": [form.name for form in row.names.all() if form.name not in {row.name, row.short_name}],
        }
        yield values
