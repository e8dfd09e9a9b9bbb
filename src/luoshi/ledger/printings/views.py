"""The page that lays another printing beside the ledger and asks about each difference."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from luoshi.access.models import User
from luoshi.access.permissions import Action
from luoshi.documents.models import Document, Finding
from luoshi.ledger.actions import UnableToChangeTask
from luoshi.ledger.models import ROLE_FIELDS, AssignmentRole, PrintingChoiceKind, Task
from luoshi.ledger.printings.actions import decide_difference
from luoshi.ledger.printings.differences import current_of, differences

ROLE_LABELS = {field: AssignmentRole(role).label for role, field in ROLE_FIELDS.items()}
SEGMENT_KINDS = {"words", "punctuation"}


@require_GET
def printing(request: HttpRequest, document_pk: int) -> HttpResponse:
    """Show what another printing says of the accepted tasks, undecided differences first."""
    user = _user(request)
    user.must_be_allowed(Action.READ_DOCUMENTS)
    document = get_object_or_404(Document, pk=document_pk)
    current = current_of(document)
    if current is None or current.pk == document.pk:
        messages.info(request, _("There is no other printing to compare with."))
        return redirect("documents:document", pk=document.pk)
    found = differences(printing=document, current=current)
    rows = sorted(found.rows, key=lambda row: (row.choice is not None, row.ours.position))
    context = {
        "found": found,
        "rows": [
            {
                "difference": row,
                "ours": [_segment(edit.kind, edit.old, "removed") for edit in row.pair.edits if edit.old],
                "theirs": [_segment(edit.kind, edit.new, "added") for edit in row.pair.edits if edit.new],
                "parties": [
                    {"label": ROLE_LABELS[change.role], "only_ours": change.only_old, "only_theirs": change.only_new}
                    for change in row.pair.parties
                ],
                "ours_url": current.sentence_url(row.ours.start, row.ours.end),
                "theirs_url": document.sentence_url(row.theirs.start, row.theirs.end),
            }
            for row in rows
        ],
        "may_decide": user.may(Action.CONFIRM_FINDINGS),
        "kinds": PrintingChoiceKind,
    }
    return render(request, "ledger/printing.html", context)


@require_POST
def decide(request: HttpRequest, document_pk: int) -> HttpResponseRedirect:
    """Keep the decision about one difference."""
    user = _user(request)
    task = get_object_or_404(Task.objects.visible_to(user), pk=_number(request, "task"))
    finding = get_object_or_404(Finding, pk=_number(request, "finding"), document=document_pk)
    choice = request.POST.get("choice", "")
    if choice not in PrintingChoiceKind.values:
        messages.error(request, _("Choose what to do with the difference."))
        return redirect("ledger:printing", document_pk=document_pk)
    try:
        decide_difference(
            acting_user=user,
            task=task,
            version=_number(request, "version"),
            finding=finding,
            choice=PrintingChoiceKind(choice),
            reason=request.POST.get("reason", ""),
            now=timezone.now(),
        )
        messages.success(request, _("Task %(number)s: the decision is kept.") % {"number": task.number})
    except UnableToChangeTask as error:
        messages.error(request, str(error))
    return redirect("ledger:printing", document_pk=document_pk)


def _segment(kind: str, text: str, mark: str) -> dict[str, str]:
    return {"text": text, "kind": mark} if kind in SEGMENT_KINDS else {"text": text}


def _number(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 19 else 0


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # noqa: S101
    return request.user
