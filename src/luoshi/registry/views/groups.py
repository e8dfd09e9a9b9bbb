"""Groups: the terms that stand for several units, and who belongs to them."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from luoshi.access.guards import permitted, user_of
from luoshi.access.listing import active_filters, as_download, chosen, page_of
from luoshi.access.permissions import Action
from luoshi.registry.actions import (
    UnableToChangeRegistry,
    add_group,
    add_group_alias,
    make_key,
    set_group_members,
)
from luoshi.registry.forms import AliasForm, GroupFilterForm, GroupForm
from luoshi.registry.models import Group, Organization, OrganizationKind
from luoshi.registry.queries import get_group, list_groups, units_with_keys
from luoshi.registry.views.frame import page, show_refusal
from luoshi.workbooks import Column, Kind, Row, Sheet

COLUMNS = 3


@require_safe
@permitted(Action.READ_REGISTRY)
def groups(request: HttpRequest) -> HttpResponseBase:
    """Show the groups, or hand the filtered list out as a file."""
    form = GroupFilterForm(request.GET)
    asked = chosen(form)
    rows = list_groups(text=asked.get("q", ""), members=asked.get("members", ""), sort=request.GET.get("sort", ""))
    exported = rows.prefetch_related("memberships__organization")
    file = as_download(_sheet(), _export_rows(exported), request.GET.get("format", ""), "groups")
    if file:
        return file
    chips = active_filters(request, form)
    return page(request, "groups", "groups", page=page_of(request, rows), form=form, chips=chips)


@require_safe
@permitted(Action.READ_REGISTRY)
def group(request: HttpRequest, key: str) -> HttpResponseBase:
    """Show one group with its members."""
    return page(request, "group", "groups", group=_found(key), form=AliasForm())


@permitted(Action.EDIT_REGISTRY)
def add(request: HttpRequest) -> HttpResponseBase:
    """Enter a new group; who belongs to it is asked next."""
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        try:
            made = add_group(acting_user=user_of(request), key=make_key("group", name), name=name, now=timezone.now())
        except UnableToChangeRegistry as error:
            show_refusal(form, error)
        else:
            messages.success(request, _("%(name)s was added. Now say who belongs to it.") % {"name": name})
            return redirect("registry:group_members", made.key)
    return page(request, "group_add", "groups", status=422 if form.errors else 200, form=form)


@require_POST
@permitted(Action.EDIT_REGISTRY)
def add_alias(request: HttpRequest, key: str) -> HttpResponseBase:
    """Let the group be found under one more form of its name."""
    shown = _found(key)
    form = AliasForm(request.POST)
    if form.is_valid():
        alias = form.cleaned_data["alias"]
        try:
            add_group_alias(acting_user=user_of(request), group=shown, alias=alias, now=timezone.now())
        except UnableToChangeRegistry as error:
            show_refusal(form, error)
        else:
            params = {"alias": alias, "name": shown.name}
            messages.success(request, _("“%(alias)s” now stands for %(name)s.") % params)
            return redirect("registry:group", key)
    return page(request, "group", "groups", status=422, group=shown, form=form)


@permitted(Action.EDIT_REGISTRY)
def members(request: HttpRequest, key: str) -> HttpResponseBase:
    """Ask who belongs to a group, all units being there to tick."""
    shown = _found(key)
    if request.method == "POST":
        wanted = list(units_with_keys(request.POST.getlist("members")))
        set_group_members(acting_user=user_of(request), group=shown, members=wanted, now=timezone.now())
        text = ngettext("%(name)s has %(count)s member.", "%(name)s has %(count)s members.", len(wanted))
        messages.success(request, text % {"name": shown.name, "count": len(wanted)})
        return redirect("registry:group", key)
    present = {row.organization_id for row in shown.memberships.all()}
    columns = _in_columns(Organization.objects.prefetch_related("names"))
    return page(request, "group_members", "groups", group=shown, columns=columns, present=present)


def _in_columns(units: Iterable[Organization]) -> list[list[tuple[str, list[Organization]]]]:
    """Return the units by kind, the kinds spread over columns of about the same length."""
    by_kind: dict[str, list[Organization]] = {kind: [] for kind in OrganizationKind.values}
    for unit in units:
        by_kind[unit.kind].append(unit)
    columns: list[list[tuple[str, list[Organization]]]] = [[] for _column in range(COLUMNS)]
    lengths = [0] * COLUMNS
    for kind, found in by_kind.items():
        if found:
            shortest = lengths.index(min(lengths))
            columns[shortest].append((str(OrganizationKind(kind).label), found))
            # A card's title and edges take the room of about four units.
            lengths[shortest] += len(found) + 4
    return columns


def _found(key: str) -> Group:
    try:
        return get_group(key)
    except Group.DoesNotExist as error:
        raise Http404(_("The registry knows no such group.")) from error


def _sheet() -> Sheet:
    """Return the columns in which the list of groups is handed out."""
    return Sheet(
        name="registry.groups",
        title=_("Groups"),
        columns=(
            Column(key="key", title=_("Key")),
            Column(key="name", title=_("Name")),
            Column(key="aliases", title=_("Other forms of the name"), kind=Kind.LIST),
            Column(key="state", title=_("State of the members")),
            Column(key="members", title=_("Members"), kind=Kind.LIST),
        ),
    )


def _export_rows(rows: Iterable[Group]) -> Iterable[Row]:
    for row in rows:
        yield {
            "key": row.key,
            "name": row.name,
            "aliases": [form.name for form in row.names.all() if form.name != row.name],
            "state": _("Members are known") if row.members_known else _("Not known yet"),
            "members": [each.organization.short_name for each in row.memberships.all() if each.until is None],
        }
