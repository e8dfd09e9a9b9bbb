"""Two printings of one document beside each other."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luoshi.access.permissions import Action
from luoshi.documents.comparing import KIND_LABELS, KIND_TONES, ShownComparison, compare_documents
from luoshi.documents.exporting import export_comparison
from luoshi.documents.presentation import DOCUMENT_TONES
from luoshi.documents.queries import has_accepted_tasks, list_findings
from luoshi.documents.states import DocumentStatus
from luoshi.documents.views.asking import account, document_or_404

_UNDECIDED = {DocumentStatus.WAITING, DocumentStatus.PRINTING}


@require_safe
def compare(request: HttpRequest, pk: int, other_pk: int) -> HttpResponse:
    """Show in what two documents differ, or hand that out as a list; the one that came first stands left."""
    user = account(request, Action.READ_DOCUMENTS)
    old, new = sorted((document_or_404(pk), document_or_404(other_pk)), key=lambda each: (each.imported_at, each.pk))
    found = compare_documents(old=old, new=new, old_findings=list_findings(old), new_findings=list_findings(new))
    if request.GET.get("format") in ("csv", "xlsx"):
        name = _("Comparison of %(number)s") % {"number": new.doc_number or new.title[:40]}
        return export_comparison(found, kind=request.GET["format"], name=name, absolute=request.build_absolute_uri)
    asked = request.GET.get("show", "")
    undecided = next((each for each in (new, old) if each.status in _UNDECIDED), None)
    context = {
        "old": old,
        "new": new,
        "found": found,
        "differences": found.only(asked),
        "asked": asked if asked in KIND_LABELS else "",
        "stats": _stats(found),
        "tones": DOCUMENT_TONES,
        "is_family": old.family == new.family,
        "may_confirm": user.may(Action.CONFIRM_FINDINGS),
        "may_import": user.may(Action.IMPORT_DOCUMENTS),
        "document": undecided,
        "is_in_ledger": undecided is not None and has_accepted_tasks(undecided),
    }
    return render(request, "documents/compare.html", context)


def _stats(found: ShownComparison) -> list[dict[str, object]]:
    """Return the counts that open their part of the list; a kind without any is left out."""
    return [
        {"kind": kind, "label": KIND_LABELS[kind], "count": count, "tone": KIND_TONES[kind]}
        for kind, count in found.counts.items()
        if count
    ]
