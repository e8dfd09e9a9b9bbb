"""Pages on which the office says which wordings mean one indicator."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from luoshi.access.guards import permitted, user_of
from luoshi.access.permissions import Action
from luoshi.ledger.indicators.actions import (
    UnableToChangeIndicator,
    join_indicators,
    part_wording,
    rename_indicator,
    say_different,
    withdraw_difference,
)
from luoshi.ledger.indicators.forms import JoinForm, RenameForm
from luoshi.ledger.indicators.suggesting import recent_differences, recently_joined, show_pairs, suggested_pairs
from luoshi.ledger.indicators.views import indicator_page
from luoshi.ledger.models import Indicator, IndicatorDifference, IndicatorName
from luoshi.standards.indicators import indicator_key

PER_PAGE = 25
CONFLICT = 409
WRONG = 422


@require_safe
@permitted(Action.CONFIRM_FINDINGS)
def suggestions(request: HttpRequest) -> HttpResponseBase:
    """Show pairs of wordings that probably mean the same, for a decision each."""
    page = Paginator(suggested_pairs(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "pairs": show_pairs(page),
        "joined": recently_joined(),
        "differences": recent_differences(),
    }
    return render(request, "ledger/indicators/suggestions.html", context)


@require_POST
@permitted(Action.CONFIRM_FINDINGS)
def decide(request: HttpRequest) -> HttpResponseBase:
    """Say of two wordings that they are the same, and which name stays, or that they are not."""
    one, other = _wording(request, "one"), _wording(request, "other")
    choice = request.POST.get("choice", "")
    user, now = user_of(request), timezone.now()
    if choice == "different":
        said = _("“%(one)s” and “%(other)s” stay apart.") % {"one": one.printed, "other": other.printed}
        return _do(request, lambda: say_different(acting_user=user, one=one, other=other, now=now), said)
    if choice not in {"one", "other"}:
        raise Http404
    kept, joined = (one, other) if choice == "one" else (other, one)
    said = _("“%(joined)s” now counts as “%(kept)s”.") % {"joined": joined.printed, "kept": kept.indicator.name}
    return _do(
        request,
        lambda: join_indicators(acting_user=user, kept=kept.indicator, joined=joined.indicator, now=now),
        said,
    )


@require_POST
@permitted(Action.CONFIRM_FINDINGS)
def withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take back that two wordings are different."""
    difference = get_object_or_404(IndicatorDifference.objects.select_related("one", "other"), pk=pk)
    user, now = user_of(request), timezone.now()
    said = _("“%(one)s” and “%(other)s” may be suggested again.") % {
        "one": difference.one.printed,
        "other": difference.other.printed,
    }
    return _do(request, lambda: withdraw_difference(acting_user=user, difference=difference, now=now), said)


@require_POST
@permitted(Action.CONFIRM_FINDINGS)
def part(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Part a wording from its indicator."""
    name = get_object_or_404(IndicatorName.objects.select_related("indicator"), pk=pk)
    user, now = user_of(request), timezone.now()
    said = _("“%(name)s” is an indicator by itself again.") % {"name": name.printed}
    return _do(request, lambda: part_wording(acting_user=user, name=name, now=now), said, name.indicator)


@require_POST
@permitted(Action.CONFIRM_FINDINGS)
def rename(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give an indicator another name."""
    shown = get_object_or_404(Indicator, pk=pk)
    form = RenameForm(request.POST)
    if not form.is_valid():
        return indicator_page(request, pk, status=WRONG, rename_form=form)
    given = form.cleaned_data
    shown.name, shown.unit = given["was_name"], given["was_unit"]
    try:
        rename_indicator(
            acting_user=user_of(request), indicator=shown, name=given["name"], unit=given["unit"], now=timezone.now()
        )
    except UnableToChangeIndicator as error:
        form.add_error(None, str(error))
        return indicator_page(request, pk, status=CONFLICT, rename_form=form)
    messages.success(request, _("The indicator is now called “%(name)s”.") % {"name": given["name"]})
    return redirect("ledger:indicator", pk)


@require_POST
@permitted(Action.CONFIRM_FINDINGS)
def join(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take another indicator, named by the person, into this one."""
    kept = get_object_or_404(Indicator, pk=pk)
    form = JoinForm(request.POST)
    joined = _found(form.cleaned_data["other"]) if form.is_valid() else None
    if form.is_valid() and joined is None:
        form.add_error("other", _("No indicator is called so."))
    if joined is None:
        return indicator_page(request, pk, status=WRONG, join_form=form)
    try:
        join_indicators(acting_user=user_of(request), kept=kept, joined=joined, now=timezone.now())
    except UnableToChangeIndicator as error:
        form.add_error("other", str(error))
        return indicator_page(request, pk, status=CONFLICT, join_form=form)
    messages.success(request, _("“%(joined)s” now counts as “%(kept)s”.") % {"joined": joined.name, "kept": kept.name})
    return redirect("ledger:indicator", pk)


def _found(words: str) -> Indicator | None:
    """Return the indicator with this name, or else with this wording."""
    named = Indicator.objects.filter(name=words.strip()).first()
    return named or Indicator.objects.filter(names__key=indicator_key(words)).first()


def _wording(request: HttpRequest, field: str) -> IndicatorName:
    value = request.POST.get(field, "")
    known = value.isascii() and value.isdecimal() and len(value) < 19
    return get_object_or_404(IndicatorName.objects.select_related("indicator"), pk=int(value) if known else 0)


def _do(
    request: HttpRequest, act: Callable[[], object], said: str, back_to: Indicator | None = None
) -> HttpResponseBase:
    """Do what was decided and go back to the page that it was decided on; say why where it is refused."""
    try:
        act()
    except UnableToChangeIndicator as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said)
    if back_to is not None and "suggestions" not in request.POST:
        return redirect("ledger:indicator", back_to.pk)
    return redirect("ledger:indicator_suggestions")
