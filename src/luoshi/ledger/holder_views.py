"""The pages of a unit, a county and a leader: how much is theirs, and how does it go; and one's own page."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luoshi.access.guards import permitted, user_of
from luoshi.access.permissions import Action
from luoshi.ledger.holder_page import (
    Holder,
    Weight,
    holder_of_person,
    holder_of_unit,
    own_holders,
    part_of,
    partners_of,
    weight_of,
)
from luoshi.ledger.loads import COUNTY_KINDS
from luoshi.ledger.overview_views import sees_all
from luoshi.ledger.presentation import STATUS_TONES
from luoshi.registry.models import Division, Organization, Person


@require_safe
@permitted(Action.READ_OWN_TASKS)
def unit(request: HttpRequest, key: str) -> HttpResponse:
    """Show what a unit leads and helps with."""
    organization = get_object_or_404(Organization.objects.select_related("division", "parent"), key=key)
    return _page(request, holder_of_unit(organization), organization=organization, division=organization.division)


@require_safe
@permitted(Action.READ_OWN_TASKS)
def county(request: HttpRequest, code: str) -> HttpResponse:
    """Show what the government of a county or zone leads and helps with."""
    division = get_object_or_404(Division, code=code)
    governments = Organization.objects.filter(division=division, kind__in=COUNTY_KINDS)
    organization = governments.select_related("division", "parent").first()
    if organization is None:
        raise Http404(_("Nobody in the registry governs this division."))
    return _page(request, holder_of_unit(organization), organization=organization, division=division)


@require_safe
@permitted(Action.READ_OWN_TASKS)
def leader(request: HttpRequest, key: str) -> HttpResponse:
    """Show what a leader leads."""
    person = get_object_or_404(Person, key=key)
    posts = person.memberships.filter(until=None).select_related("organization")
    return _page(request, holder_of_person(person), person=person, posts=list(posts))


@require_safe
@permitted(Action.READ_OWN_TASKS)
def mine(request: HttpRequest) -> HttpResponse:
    """Open one's own page, or let choose where several units or a unit and a person are one's own."""
    holders = own_holders(user_of(request))
    if len(holders) == 1:
        name = "ledger:leader" if holders[0].is_person else "ledger:unit"
        return redirect(name, key=holders[0].key)
    return render(request, "ledger/mine.html", {"holders": holders})


def _page(request: HttpRequest, holder: Holder, **about: Any) -> HttpResponse:
    user, today = user_of(request), timezone.localdate()
    lead = part_of(user, holder, "lead", today=today)
    helping = None if holder.is_person else part_of(user, holder, "cooperating", today=today)
    helpers, helped = partners_of(user, holder)
    weight = weight_of(user, holder, today=today) if sees_all(user) else None
    context = {
        "holder": holder,
        "lead": lead,
        "helping": helping,
        "helpers": helpers,
        "helped": helped,
        "weight": weight,
        "bars": _bars(weight) if weight else [],
        "tones": STATUS_TONES,
        "sees_all": sees_all(user),
        "today": today,
        **about,
    }
    return render(request, "ledger/holder.html", context)


def _bars(weight: Weight) -> list[dict[str, str]]:
    """Return the holder's load beside the middle and the most of its like, as shares of the most."""
    rows = [
        ("verified", _("Its own"), weight.lead),
        ("claimed", _("The middle"), weight.middle),
        ("target", _("The most"), weight.most),
    ]
    return [
        {"kind": kind, "label": label, "text": str(number), "percent": f"{number / weight.most * 100:.1f}"}
        for kind, label, number in rows
    ]
