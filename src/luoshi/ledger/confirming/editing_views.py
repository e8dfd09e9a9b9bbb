"""Pages that change a finding before it becomes a task: edit, split, merge."""

from collections.abc import Sequence
from dataclasses import replace

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from luoshi.access.guards import permitted, user_of
from luoshi.access.permissions import Action
from luoshi.documents.models import Document, Finding
from luoshi.documents.states import DocumentStatus
from luoshi.ledger.confirming.actions import accept_finding, merge_findings, split_finding
from luoshi.ledger.confirming.cutting import cut_text, find_cuts, pieces_of, propose_cuts
from luoshi.ledger.confirming.desk import Panel, show_closed, show_desk
from luoshi.ledger.confirming.editor_view import view_of, views_of
from luoshi.ledger.confirming.forms import DraftEditor
from luoshi.ledger.confirming.queries import Board, read_board
from luoshi.ledger.confirming.views import act_on, find_document, in_words
from luoshi.ledger.drafts import TaskDraft, draft_of, merged, share_targets

SAVE = "save"
MOST_MERGED = 50
NUMBER_CHARACTERS = 32


@require_http_methods(["GET", "POST"])
@permitted(Action.CONFIRM_FINDINGS)
def edit(request: HttpRequest, document_pk: int, finding_pk: int) -> HttpResponseBase:
    """Correct what was read and accept it so."""
    document = find_document(document_pk)
    if document.status != DocumentStatus.CURRENT:
        return show_closed(request, document)
    finding = get_object_or_404(document.findings, pk=finding_pk)
    editor = DraftEditor(draft_of(finding), data=request.POST if request.method == "POST" else None)
    if _wants_to_save(request) and editor.is_valid():
        return act_on(
            request,
            document,
            finding,
            lambda: accept_finding(
                acting_user=user_of(request), finding=finding, draft=editor.draft(), now=timezone.now()
            ),
            _("Accepted with changes: %(finding)s") % {"finding": in_words(finding)},
        )
    wrong = _wants_to_save(request)
    editor.apply(request.POST.get("act", ""))
    board = read_board(document)
    panel = Panel(
        "edit",
        {"editor": view_of(editor, board), "is_wrong": wrong},
        status=422 if wrong else 200,
        is_again=editor.is_posted,
    )
    return show_desk(request, document, finding_pk=finding.pk, panel=panel, board=board)


@require_http_methods(["GET", "POST"])
@permitted(Action.CONFIRM_FINDINGS)
def split(request: HttpRequest, document_pk: int, finding_pk: int) -> HttpResponseBase:
    """Choose where a finding is cut, look at the parts, and accept them as tasks of their own."""
    document = find_document(document_pk)
    if document.status != DocumentStatus.CURRENT:
        return show_closed(request, document)
    finding = get_object_or_404(document.findings, pk=finding_pk)
    cuts = _chosen_cuts(request, finding)
    editors = _part_editors(request, finding, cuts)
    if _wants_to_save(request) and len(editors) > 1 and all_valid(editors):
        return _split(request, document, finding, [editor.draft() for editor in editors])
    for editor in editors:
        editor.apply(request.POST.get("act", ""))
    return _show_split(request, document, finding, cuts, editors)


def all_valid(editors: Sequence[DraftEditor]) -> bool:
    """Tell whether every part may be accepted; each is asked, so that all errors show at once."""
    return sum(not editor.is_valid() for editor in editors) == 0


def _split(request: HttpRequest, document: Document, finding: Finding, drafts: Sequence[TaskDraft]) -> HttpResponseBase:
    count = len(drafts)
    said = ngettext("Split into %(count)d task: %(finding)s", "Split into %(count)d tasks: %(finding)s", count)
    return act_on(
        request,
        document,
        finding,
        lambda: split_finding(acting_user=user_of(request), finding=finding, drafts=drafts, now=timezone.now()),
        said % {"count": count, "finding": in_words(finding)},
    )


def _show_split(
    request: HttpRequest, document: Document, finding: Finding, cuts: Sequence[int], editors: Sequence[DraftEditor]
) -> HttpResponseBase:
    wants = _wants_to_save(request)
    board = read_board(document)
    context = {
        "pieces": pieces_of(finding.text),
        "cuts": cuts,
        "cuts_shown": _plain(cuts),
        "parts": views_of(editors, board),
        "is_wrong": wants,
    }
    panel = Panel("split", context, status=422 if wants else 200, is_again=request.method == "POST")
    return show_desk(request, document, finding_pk=finding.pk, panel=panel, board=board)


def _chosen_cuts(request: HttpRequest, finding: Finding) -> list[int]:
    if request.method == "GET":
        return propose_cuts(finding.text)
    chosen = {int(value) for value in request.POST.getlist("cut") if value.isdecimal() and len(value) < 9}
    return sorted(chosen & set(find_cuts(finding.text)))


def _part_editors(request: HttpRequest, finding: Finding, cuts: Sequence[int]) -> list[DraftEditor]:
    """Return an editor for each part; what was written into them is kept while the cuts stay the same."""
    draft = draft_of(finding)
    parts = cut_text(finding.text, cuts)
    shares = share_targets(draft.targets, parts)
    bases = [
        replace(draft, text=text, number=_part_number(draft.number, place), targets=share)
        for place, (text, share) in enumerate(zip(parts, shares, strict=True), start=1)
    ]
    is_same = request.POST.get("cuts_shown") == _plain(cuts)
    data = request.POST if request.method == "POST" and is_same else None
    return [DraftEditor(base, data=data, prefix=f"p{place}") for place, base in enumerate(bases)]


def _part_number(number: str, place: int) -> str:
    """Return the number of a part in the form in which sub-items are numbered, e.g. ``12(2)``."""
    ending = f"({place})"
    return f"{number[: NUMBER_CHARACTERS - len(ending)]}{ending}"


def _plain(cuts: Sequence[int]) -> str:
    return ",".join(str(cut) for cut in cuts)


@require_http_methods(["GET", "POST"])
@permitted(Action.CONFIRM_FINDINGS)
def merge(request: HttpRequest, document_pk: int) -> HttpResponseBase:
    """Put several findings together, look at the whole, and accept it as one task."""
    document = find_document(document_pk)
    if document.status != DocumentStatus.CURRENT:
        return show_closed(request, document)
    board = read_board(document)
    findings = _findings_to_merge(request, board)
    if not findings:
        return show_desk(request, document, board=board)
    base = merged([draft_of(finding) for finding in findings])
    is_same = request.POST.get("merged_shown") == _plain([each.pk for each in findings])
    editor = DraftEditor(base, data=request.POST if request.method == "POST" and is_same else None)
    wants = _wants_to_save(request)
    if wants and len(findings) > 1 and editor.is_valid():
        return _merge(request, board, findings, editor.draft())
    editor.apply(request.POST.get("act", ""))
    panel = _merge_panel(board, findings, editor, wants)
    return show_desk(request, document, finding_pk=findings[0].pk, panel=panel, board=board)


def _findings_to_merge(request: HttpRequest, board: Board) -> list[Finding]:
    """Return the chosen findings that wait for a decision, as printed; one alone is joined by the one behind it."""
    given = request.POST if request.method == "POST" else request.GET
    # The button says which finding is before the person; the list says which others were ticked.
    asked = [*given.getlist("current"), *given.getlist("with")]
    wanted = {int(value) for value in asked[:MOST_MERGED] if value.isdecimal() and len(value) < 19}
    chosen = [each for each in board.states if each.finding.pk in wanted and each.is_pending]
    if len(chosen) == 1 and request.method == "GET" and "alone" not in request.GET:
        following = board.following_pending(chosen[0].finding.pk)
        chosen += [following] if following else []
    return [each.finding for each in chosen]


def _merge(request: HttpRequest, board: Board, findings: Sequence[Finding], draft: TaskDraft) -> HttpResponseBase:
    count = len(findings)
    said = ngettext("Merged %(count)d finding: %(finding)s", "Merged %(count)d findings: %(finding)s", count)
    merged_pks = {each.pk for each in findings}
    # The work goes on behind the most doubtful of them, not at the beginning of the document.
    foremost = min((each for each in board.states if each.finding.pk in merged_pks), key=lambda each: each.rank)
    return act_on(
        request,
        board.document,
        foremost.finding,
        lambda: merge_findings(acting_user=user_of(request), findings=findings, draft=draft, now=timezone.now()),
        said % {"count": count, "finding": in_words(findings[0])},
    )


def _merge_panel(board: Board, findings: Sequence[Finding], editor: DraftEditor, wants: bool) -> Panel:
    following = board.following_pending(findings[-1].pk)
    context = {
        "chosen": findings,
        "following": following.finding if following else None,
        "merged_shown": _plain([each.pk for each in findings]),
        "editor": view_of(editor, board),
        "is_wrong": wants,
    }
    return Panel("merge", context, status=422 if wants else 200, is_again=editor.is_posted)


def _wants_to_save(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("act") == SAVE
