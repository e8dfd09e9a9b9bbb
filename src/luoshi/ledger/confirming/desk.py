"""The confirming page around one finding: as a whole page, or as the fragment that htmx puts in its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from luoshi.access.guards import user_of
from luoshi.access.permissions import Action
from luoshi.documents.models import Document, TextVersion
from luoshi.documents.places import PagePicture, pictures_of
from luoshi.documents.presentation import marks_of
from luoshi.documents.states import DocumentStatus
from luoshi.ledger.confirming import words
from luoshi.ledger.confirming.lines_in_doubt import marks_on_picture
from luoshi.ledger.confirming.presentation import (
    chips_by_role,
    doubts_in_words,
    join_names,
    rows_of,
    state_kind,
)
from luoshi.ledger.confirming.queries import (
    FILTERS,
    Board,
    FindingState,
    count_batch,
    current_of_family,
    decision_of,
    issues_within,
    last_decision_of,
    list_history,
    plan_pk_of,
    read_board,
)
from luoshi.ledger.confirming.text_pane import read_pane
from luoshi.ledger.drafts import draft_of
from luoshi.ledger.targets_shown import targets_of_draft

HISTORY_LONG = 500


@dataclass(frozen=True)
class Panel:
    """What stands on the right of the text: a template and what it needs beyond the desk."""

    template: str = "finding"
    context: Mapping[str, Any] | None = None
    status: int = 200
    # Set where only the panel was asked for anew, so that the cursor stays where the person works.
    is_again: bool = False


FINDING = Panel()


def is_htmx(request: HttpRequest) -> bool:
    """Tell whether a fragment is asked for."""
    return bool(getattr(request, "htmx", False))


def shown_filter(request: HttpRequest) -> str:
    """Return the filter of the list of findings that the person has chosen."""
    asked = request.POST.get("show") or request.GET.get("show") or ""
    return asked if asked in FILTERS else "todo"


def desk_address(document: Document, finding_pk: int | None, show: str) -> str:
    """Return the address of the page with this finding before the person."""
    query: dict[str, object] = {}
    if finding_pk is not None:
        query["finding"] = finding_pk
    if show != "todo":
        query["show"] = show
    address = reverse("ledger:confirm", args=[document.pk])
    return f"{address}?{urlencode(query)}" if query else address


def show_closed(request: HttpRequest, document: Document) -> HttpResponse:
    """Say why a document that is not the current one cannot be confirmed, and what leads further."""
    context = {
        "document": document,
        "current": current_of_family(document),
        "is_waiting": document.status == DocumentStatus.WAITING,
        "status_label": DocumentStatus(document.status).label,
    }
    return render(request, "ledger/confirm/closed.html", context)


def show_desk(
    request: HttpRequest,
    document: Document,
    *,
    finding_pk: int | None = None,
    panel: Panel = FINDING,
    said: str = "",
    board: Board | None = None,
    push: bool = False,
) -> HttpResponse:
    """Return the page, or the fragment where htmx asks for it; ``said`` is what the person has just done."""
    show = shown_filter(request)
    board = board or read_board(document)
    listed = board.shown(show)
    state = board.state_of(finding_pk) or (listed[0] if listed else None)
    if state and not state.is_pending:
        # Somebody has decided meanwhile: there is nothing left to edit, only a decision to look at.
        panel = FINDING
    context = {
        **_frame(request, board, listed, state, show),
        **(_around(request, board, state) if state else {}),
        "panel_template": f"ledger/confirm/panel_{panel.template}.html" if state else _panel_without(board),
        "is_again": panel.is_again,
        "said": said,
        **(panel.context or {}),
    }
    template = "ledger/confirm/desk.html" if is_htmx(request) else "ledger/confirm/page.html"
    response = render(request, template, context, status=panel.status if is_htmx(request) else 200)
    patch_vary_headers(response, ["HX-Request"])
    if push and is_htmx(request):
        response["HX-Push-Url"] = desk_address(document, state.finding.pk if state else None, show)
    return response


def answer_act(
    request: HttpRequest, document: Document, *, board: Board, finding_pk: int | None, said: str
) -> HttpResponseBase:
    """Return what follows an act that succeeded: the next finding, in place or by a redirect."""
    if is_htmx(request):
        return show_desk(request, document, finding_pk=finding_pk, said=said, board=board, push=True)
    messages.success(request, said)
    return redirect(desk_address(document, finding_pk, shown_filter(request)))


def answer_refusal(
    request: HttpRequest, document: Document, *, finding_pk: int | None, error: Exception
) -> HttpResponseBase:
    """Return what follows an act that was refused: why, and how things stand now."""
    messages.error(request, str(error))
    if is_htmx(request):
        return show_desk(request, document, finding_pk=finding_pk, push=True)
    return redirect(desk_address(document, finding_pk, shown_filter(request)))


def _pictures(document: Document, state: FindingState) -> list[PagePicture]:
    """Return the printed pages that a finding stands on, where the original has any; without their words."""
    finding = state.finding
    marks = [*marks_of([finding]), *marks_on_picture(state.lines, _("Recognised with %(percent)s%% confidence"))]
    text = TextVersion.objects.only("pk", "page_starts").get(readings=document.reading_id)
    return pictures_of(text, marks, [(finding.start, finding.end)], only_marked=True)


def _panel_without(board: Board) -> str:
    """Return the panel where no finding is shown: the work is done, or the filter holds nothing."""
    return f"ledger/confirm/panel_{'nothing' if board.counts['todo'] else 'finished'}.html"


def _frame(
    request: HttpRequest, board: Board, listed: Sequence[FindingState], state: FindingState | None, show: str
) -> dict[str, Any]:
    """Return what every desk shows: counts, filters, the list, the history."""
    user = user_of(request)
    long_history = request.GET.get("history") == "all"
    last = last_decision_of(user, board.document)
    return {
        "document": board.document,
        "show": show,
        "total": len(board.states),
        "decided": board.decided,
        "counts": board.counts,
        "filters": [(code, words.FILTER_LABELS[code], board.counts[code]) for code in FILTERS],
        "rows": rows_of(listed, state.finding.pk if state else None),
        "history": list_history(board.document, **({"rows": HISTORY_LONG} if long_history else {})),
        "long_history": long_history,
        "last_decision": last,
        "last_batch": count_batch(last) if last else 0,
        "plan_pk": plan_pk_of(board.document),
        "may_edit_registry": user.may(Action.EDIT_REGISTRY),
    }


def _around(request: HttpRequest, board: Board, state: FindingState) -> dict[str, Any]:
    """Return what belongs to the finding that is shown."""
    finding, show = state.finding, shown_filter(request)
    listed = board.shown(show)
    place = next((i for i, each in enumerate(listed) if each.finding.pk == finding.pk), -1)
    following = listed[place + 1] if place + 1 < len(listed) else None
    draft, far = draft_of(finding), "far" in request.GET
    neighbours = [each.finding for each in board.states]
    return {
        "state": state,
        "finding": finding,
        "kind": state_kind(state),
        "kind_label": words.FILTER_LABELS[state_kind(state)],
        "draft": draft,
        "roles": chips_by_role(draft, board.matcher),
        "doubts": doubts_in_words(state, board.matcher, board.known, issues_within(board.document, finding)),
        "targets": targets_of_draft(draft, board.known),
        "implied": join_names(party["name"] for party in finding.payload.get("implied_units") or []),
        "decision": None if state.is_pending else decision_of(finding),
        "previous_pk": listed[place - 1].finding.pk if place > 0 else None,
        "next_pk": following.finding.pk if following else None,
        "pictures": _pictures(board.document, state),
        "pane": read_pane(board.document, finding, neighbours, unsure=state.lines, far=far),
        "far": far,
    }
