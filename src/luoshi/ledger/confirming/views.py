"""Pages of confirming: look at a finding, accept it, reject it, take a decision back."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from luoshi.access.guards import permitted, user_of
from luoshi.access.permissions import Action
from luoshi.documents.models import Document, Finding
from luoshi.documents.states import DocumentStatus
from luoshi.ledger.confirming.actions import (
    UnableToConfirm,
    accept_all_clean,
    accept_finding,
    reject_finding,
    undo_confirmation,
)
from luoshi.ledger.confirming.desk import (
    Panel,
    answer_act,
    answer_refusal,
    desk_address,
    show_closed,
    show_desk,
    shown_filter,
)
from luoshi.ledger.confirming.forms import RejectForm
from luoshi.ledger.confirming.queries import last_decision_of, read_board
from luoshi.ledger.models import Confirmation

SAID_CHARACTERS = 24


def find_document(document_pk: int) -> Document:
    """Return the document of a page; 404 where there is none."""
    return get_object_or_404(Document, pk=document_pk)


def posted_number(request: HttpRequest, name: str) -> int | None:
    """Return a key that a form or an address carries, or None where it is none."""
    value = request.POST.get(name) or request.GET.get(name) or ""
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 19 else None


def in_words(finding: Finding) -> str:
    """Return a finding as one names it in a sentence: its number and its first words."""
    text = finding.text
    return f"{finding.number} {text[:SAID_CHARACTERS]}{'…' if len(text) > SAID_CHARACTERS else ''}"


def act_on(
    request: HttpRequest, document: Document, finding: Finding, act: Callable[[], object], said: str
) -> HttpResponseBase:
    """Do one act about a finding and go on to the next; where it is refused, say why and show how things stand."""
    try:
        act()
    except UnableToConfirm as error:
        return answer_refusal(request, document, finding_pk=finding.pk, error=error)
    board = read_board(document)
    following = board.next_after(finding.pk, shown_filter(request))
    following_pk = following.finding.pk if following else None
    return answer_act(request, document, board=board, finding_pk=following_pk, said=said)


@require_GET
@permitted(Action.CONFIRM_FINDINGS)
def page(request: HttpRequest, document_pk: int) -> HttpResponseBase:
    """Show one finding with its sentence, and what else is to be decided."""
    document = find_document(document_pk)
    if document.status != DocumentStatus.CURRENT:
        return show_closed(request, document)
    return show_desk(request, document, finding_pk=posted_number(request, "finding"))


@require_POST
@permitted(Action.CONFIRM_FINDINGS)
def accept(request: HttpRequest, document_pk: int) -> HttpResponseBase:
    """Accept the finding as it was read."""
    document = find_document(document_pk)
    finding = get_object_or_404(document.findings, pk=posted_number(request, "finding"))
    return act_on(
        request,
        document,
        finding,
        lambda: accept_finding(acting_user=user_of(request), finding=finding, now=timezone.now()),
        _("Accepted: %(finding)s") % {"finding": in_words(finding)},
    )


@require_http_methods(["GET", "POST"])
@permitted(Action.CONFIRM_FINDINGS)
def accept_clean(request: HttpRequest, document_pk: int) -> HttpResponseBase:
    """Ask whether all findings without a doubt are to be accepted, and accept them."""
    document = find_document(document_pk)
    if request.method == "GET":
        return _ask_about_clean(request, document)
    try:
        made = accept_all_clean(
            acting_user=user_of(request),
            document=document,
            now=timezone.now(),
            expected=posted_number(request, "expected"),
        )
    except UnableToConfirm as error:
        return answer_refusal(request, document, finding_pk=None, error=error)
    count = len(made)
    said = ngettext("Accepted %(count)d finding.", "Accepted %(count)d findings.", count) % {"count": count}
    board = read_board(document)
    waiting = board.shown("todo")
    first = waiting[0].finding.pk if waiting else None
    return answer_act(request, document, board=board, finding_pk=first, said=said)


def _ask_about_clean(request: HttpRequest, document: Document) -> HttpResponseBase:
    if document.status != DocumentStatus.CURRENT:
        return show_closed(request, document)
    count = read_board(document).counts["clean"]
    if not count:
        error = UnableToConfirm(_("There is no finding left without a doubt."))
        return answer_refusal(request, document, finding_pk=None, error=error)
    context = {
        "question": ngettext(
            "Accept %(count)d finding without a doubt?", "Accept %(count)d findings without a doubt?", count
        )
        % {"count": count},
        "text": _("They become tasks in your name. One undo takes all of them back."),
        "confirm_label": _("Accept them"),
        "hidden": {"expected": count},
        "back_url": desk_address(document, None, "todo"),
    }
    return render(request, "web/confirm.html", context)


@require_http_methods(["GET", "POST"])
@permitted(Action.CONFIRM_FINDINGS)
def reject(request: HttpRequest, document_pk: int, finding_pk: int) -> HttpResponseBase:
    """Ask why the finding is no task, and reject it."""
    document = find_document(document_pk)
    if document.status != DocumentStatus.CURRENT:
        return show_closed(request, document)
    finding = get_object_or_404(document.findings, pk=finding_pk)
    form = RejectForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        panel = Panel("reject", {"form": form}, status=422 if form.is_bound else 200)
        return show_desk(request, document, finding_pk=finding.pk, panel=panel)
    return act_on(
        request,
        document,
        finding,
        lambda: reject_finding(acting_user=user_of(request), finding=finding, reason=form.reason, now=timezone.now()),
        _("Rejected: %(finding)s") % {"finding": in_words(finding)},
    )


@require_POST
@permitted(Action.CONFIRM_FINDINGS)
def undo(request: HttpRequest, document_pk: int) -> HttpResponseBase:
    """Take back a decision: the one that was asked for, or else the person's own last."""
    document = find_document(document_pk)
    user, asked = user_of(request), posted_number(request, "confirmation")
    confirmation = (
        get_object_or_404(Confirmation.objects.select_related("document"), document=document, pk=asked)
        if asked is not None
        else last_decision_of(user, document)
    )
    if confirmation is None:
        error = UnableToConfirm(_("You have decided nothing here that could be taken back."))
        return answer_refusal(request, document, finding_pk=None, error=error)
    first = confirmation.findings.order_by("position").first()
    first_pk = first.pk if first else None
    try:
        count = undo_confirmation(
            acting_user=user,
            confirmation=confirmation,
            now=timezone.now(),
            only_this=request.POST.get("only_this") == "1",
        )
    except UnableToConfirm as error:
        return answer_refusal(request, document, finding_pk=first_pk, error=error)
    said = ngettext(
        "Taken back: %(count)d finding is open again.", "Taken back: %(count)d findings are open again.", count
    )
    board = read_board(document)
    return answer_act(request, document, board=board, finding_pk=first_pk, said=said % {"count": count})
