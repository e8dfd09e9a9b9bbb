"""Names to settle: what documents brought and the registry does not know, one decision at a time."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luoshi.access.guards import permitted, user_of
from luoshi.access.listing import page_of
from luoshi.access.permissions import Action
from luoshi.registry.actions import UnableToChangeRegistry, make_key
from luoshi.registry.forms import OtherFormForm, new_name_form, target_of
from luoshi.registry.matching import Matcher
from luoshi.registry.models import Group, NameKind, NameProposal, Organization, Person, ProposalStatus
from luoshi.registry.proposal_actions import (
    accept_as_alias,
    accept_as_group,
    accept_as_organization,
    accept_as_person,
    accept_as_post,
    reject_proposal,
)
from luoshi.registry.queries import all_forms, list_open_proposals, list_settled_proposals
from luoshi.registry.views.frame import page, show_refusal


@require_safe
@permitted(Action.READ_REGISTRY)
def proposals(request: HttpRequest) -> HttpResponseBase:
    """Show the names that wait, one of them with everything that can be decided about it."""
    if request.GET.get("show") == "settled":
        settled = page_of(request, list_settled_proposals())
        return page(request, "proposals_settled", "proposals", page=settled)
    waiting = list(list_open_proposals())
    asked = request.GET.get("at", "")
    current = next((each for each in waiting if str(each.pk) == asked), waiting[0] if waiting else None)
    return _desk(request, waiting, current)


@require_POST
@permitted(Action.EDIT_REGISTRY)
def settle_as_known(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take the name for another form of something known, or for a post of somebody known."""
    proposal = get_object_or_404(NameProposal, pk=pk)
    form = OtherFormForm(request.POST)
    target = _target(form, proposal) if form.is_valid() else None
    if target is not None:
        try:
            _accept_as_known(request, proposal, target)
        except UnableToChangeRegistry as error:
            show_refusal(form, error)
        else:
            words = _("“%(name)s” now stands for %(target)s.") % {"name": proposal.name, "target": target}
            return _go_on(request, words)
    return _again(request, proposal, known_form=form)


@require_POST
@permitted(Action.EDIT_REGISTRY)
def settle_as_new(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """Enter the name as a new ``kind``: unit, group or person."""
    if kind.upper() not in NameKind:
        raise Http404
    kind = NameKind(kind.upper())
    proposal = get_object_or_404(NameProposal, pk=pk)
    form = new_name_form(proposal, request.POST, kind)
    if form.is_valid():
        try:
            made = _accept_as_new(request, proposal, form, NameKind(kind))
        except UnableToChangeRegistry as error:
            show_refusal(form, error)
        else:
            words = _("%(name)s was added.") % {"name": made}
            if isinstance(made, Group):
                messages.success(request, words)
                return redirect("registry:group_members", made.key)
            return _go_on(request, words)
    return _again(request, proposal, new_form=form, new_kind=kind)


@require_POST
@permitted(Action.EDIT_REGISTRY)
def reject(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say that the name is none."""
    proposal = get_object_or_404(NameProposal, pk=pk)
    try:
        reject_proposal(acting_user=user_of(request), proposal=proposal, now=timezone.now())
    except UnableToChangeRegistry as error:
        messages.error(request, str(error))
        return redirect("registry:proposals")
    return _go_on(request, _("“%(name)s” was rejected.") % {"name": proposal.name})


def _target(form: OtherFormForm, proposal: NameProposal) -> Organization | Group | Person | None:
    """Return what was chosen, or typed as a name that the registry knows; put the reason into the form if nothing."""
    chosen, typed = form.cleaned_data["target"], form.cleaned_data["known_name"]
    if chosen:
        found = target_of(chosen)
    else:
        matcher = Matcher()
        kinds = (NameKind.PERSON, NameKind.UNIT) if proposal.kind == NameKind.PERSON else (NameKind.UNIT,)
        matches = [matcher.match(typed, kind) for kind in kinds]
        found = next((each.organization or each.group or each.person for each in matches if not each.people[1:]), None)
    if found is None:
        form.add_error("known_name", _("The registry knows no “%(name)s”.") % {"name": typed or chosen})
    return found


def _accept_as_known(request: HttpRequest, proposal: NameProposal, target: Organization | Group | Person) -> None:
    user, now = user_of(request), timezone.now()
    if not isinstance(target, Person):
        accept_as_alias(acting_user=user, proposal=proposal, target=target, now=now)
        return
    held = target.memberships.filter(until=None).select_related("organization").order_by("pk").first()
    if held is None:
        raise UnableToChangeRegistry(
            _("%(name)s holds no post; add the unit on the page of the person first.") % {"name": target.name}
        )
    accept_as_post(acting_user=user, proposal=proposal, person=target, organization=held.organization, now=now)


def _accept_as_new(
    request: HttpRequest, proposal: NameProposal, form: Form, kind: NameKind
) -> Organization | Group | Person:
    data: dict[str, Any] = dict(form.cleaned_data)
    shared: dict[str, Any] = {"acting_user": user_of(request), "proposal": proposal, "now": timezone.now()}
    if kind == NameKind.GROUP:
        return accept_as_group(key=make_key("group", data["name"]), **shared, **data)
    if kind == NameKind.PERSON:
        key = make_key("person", f"{data['name']} {data['organization'].key} {data['post']}")
        return accept_as_person(key=key, **shared, **data)
    return accept_as_organization(key=make_key("unit", data["name"]), **shared, **data)


def _go_on(request: HttpRequest, words: str) -> HttpResponseBase:
    """Say what was decided and show the name after it."""
    messages.success(request, words)
    following = request.POST.get("next", "")
    query = QueryDict(mutable=True)
    if following.isdigit():
        query["at"] = following
    address = reverse("registry:proposals")
    return redirect(f"{address}?{query.urlencode()}" if query else address)


def _again(request: HttpRequest, proposal: NameProposal, **forms: Any) -> HttpResponseBase:
    """Show the same name with what was wrong; a name decided meanwhile is not shown again."""
    # What was written and undone again is still on the instance.
    proposal.refresh_from_db()
    if proposal.status != ProposalStatus.OPEN:
        messages.error(request, _("Somebody has already decided about “%(name)s”.") % {"name": proposal.name})
        return redirect("registry:proposals")
    return _desk(request, list(list_open_proposals()), proposal, status=422, **forms)


def _desk(
    request: HttpRequest,
    waiting: list[NameProposal],
    current: NameProposal | None,
    status: int = 200,
    known_form: Form | None = None,
    new_form: Form | None = None,
    new_kind: str = "",
) -> HttpResponseBase:
    context: dict[str, Any] = {"waiting": waiting, "current": current}
    if current is not None:
        place = waiting.index(current) if current in waiting else 0
        context |= {
            "place": place + 1,
            "previous": waiting[place - 1] if place > 0 else None,
            "following": waiting[place + 1] if place + 1 < len(waiting) else None,
            "likenesses": Matcher().likenesses(current.name, NameKind(current.kind)),
            "known_form": known_form or OtherFormForm(),
            "known_names": all_forms(),
            "new_forms": _new_forms(current, new_form, new_kind),
        }
    return page(request, "proposals", "proposals", status=status, **context)


def _new_forms(current: NameProposal, bound: Form | None, bound_kind: str) -> list[dict[str, Any]]:
    """Return the three ways to enter the name as new, the likely one first and open where it was sent."""
    titles = {
        NameKind.UNIT: _("Add as a new unit"),
        NameKind.GROUP: _("Add as a new group"),
        NameKind.PERSON: _("Add as a new person"),
    }
    order = sorted(titles, key=lambda kind: kind != current.kind)
    return [
        {
            "kind": kind.value,
            "title": titles[kind],
            "form": bound if bound is not None and kind == bound_kind else new_name_form(current, kind=kind),
            "open": bound is not None and kind == bound_kind,
        }
        for kind in order
    ]
