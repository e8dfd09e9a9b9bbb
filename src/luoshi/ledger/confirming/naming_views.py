"""Pages that settle a printed name while its finding is looked at."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from luoshi.access.guards import permitted, user_of
from luoshi.access.permissions import Action
from luoshi.documents.states import DocumentStatus
from luoshi.ledger.confirming.desk import Panel, answer_act, show_closed, show_desk
from luoshi.ledger.confirming.naming import FORMS, NamingForm, find_names, forms_for, is_contextual
from luoshi.ledger.confirming.queries import read_board
from luoshi.ledger.confirming.views import find_document
from luoshi.ledger.drafts import draft_of
from luoshi.registry.actions import UnableToChangeRegistry

LONGEST_ASKED = 100


@require_GET
@permitted(Action.CONFIRM_FINDINGS)
def names(request: HttpRequest) -> HttpResponseBase:
    """Return the registry's names that hold what was typed, as choices of a field.

    A field sends what it holds under its own name, so any one parameter will do.
    """
    asked = request.GET.get("q") or next(iter(request.GET.values()), "")
    return render(request, "ledger/confirm/names.html", {"names": find_names(str(asked)[:LONGEST_ASKED])})


@require_http_methods(["GET", "POST"])
@permitted(Action.CONFIRM_FINDINGS)
@permitted(Action.EDIT_REGISTRY)
def name(request: HttpRequest, document_pk: int, finding_pk: int, place: int) -> HttpResponseBase:
    """Say who one printed name of a finding is."""
    document = find_document(document_pk)
    if document.status != DocumentStatus.CURRENT:
        return show_closed(request, document)
    finding = get_object_or_404(document.findings, pk=finding_pk)
    parties = draft_of(finding).parties
    if place >= len(parties):
        raise Http404(_("The finding names fewer units."))
    board = read_board(document)
    party, match = parties[place], parties[place].matched(board.matcher)
    verb = request.POST.get("act", "")
    forms = [FORMS[each](party, match, request.POST if each == verb else None) for each in forms_for(party, match)]
    posted = next((form for form in forms if form.is_bound), None)
    if posted and _settle(request, posted):
        said = _("The registry now knows “%(name)s”.") % {"name": party.name}
        return answer_act(request, document, board=read_board(document), finding_pk=finding.pk, said=said)
    context = {"party": party, "place": place, "forms": forms, "match": match, "is_contextual": is_contextual(match)}
    panel = Panel("name", context, status=422 if posted else 200, is_again=posted is not None)
    return show_desk(request, document, finding_pk=finding.pk, panel=panel, board=board)


def _settle(request: HttpRequest, form: NamingForm) -> bool:
    """Do what the form says; where the registry refuses, the reason stands at the form."""
    if not form.is_valid():
        return False
    try:
        form.settle(acting_user=user_of(request), now=timezone.now())
    except UnableToChangeRegistry as error:
        field = error.field if error.field in form.fields else None
        form.add_error(field, str(error))
        return False
    return True
