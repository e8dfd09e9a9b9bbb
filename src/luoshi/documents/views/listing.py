"""The list of documents with its drop zone, its imports and its exports."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from luoshi.access.permissions import Action
from luoshi.documents.accepted import ACCEPTED, accepted_words
from luoshi.documents.exporting import export_documents
from luoshi.documents.force import shown
from luoshi.documents.forms import DocumentFilterForm, UploadForm
from luoshi.documents.jobs_shown import show_jobs
from luoshi.documents.presentation import DOCUMENT_TONES, DOCUMENT_WORDS
from luoshi.documents.queries import (
    DEFAULT_SORT,
    DocumentFilter,
    list_documents,
    list_recent_jobs,
    list_undecided,
    list_years,
)
from luoshi.documents.views.asking import account

PER_PAGE = 25
MOST_PER_PAGE = 200


@require_safe
def document_list(request: HttpRequest) -> HttpResponse:
    """Show what was promised and where, or hand the list out as a workbook."""
    account(request, Action.READ_DOCUMENTS)
    form = DocumentFilterForm(request.GET, years=list_years())
    documents = list_documents(_asked(form), sort=request.GET.get("sort", DEFAULT_SORT))
    if request.GET.get("format") in ("csv", "xlsx"):
        return export_documents(documents, kind=request.GET["format"])
    return render(request, "documents/list.html", list_context(request, form=form, documents=documents))


@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """Show how the imports go on; the list asks for this until all are over."""
    account(request, Action.IMPORT_DOCUMENTS)
    return import_part(request, "documents/_jobs.html", import_context(request))


def import_part(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """Return the imports as a part of the page; once all are over, the list below is told to look again."""
    response = render(request, template, context)
    if not context["is_running"]:
        # A header of its own: the usual one carries the messages.
        response["HX-Trigger-After-Swap"] = "documents-changed"
    return response


def list_context(request: HttpRequest, **given: Any) -> dict[str, Any]:
    """Return what the list needs; ``given`` replaces a part, such as an upload form with its errors."""
    form = given.pop("form", None) or DocumentFilterForm(request.GET, years=list_years())
    documents = given.pop("documents", None)
    if documents is None:
        documents = list_documents(_asked(form), sort=request.GET.get("sort", DEFAULT_SORT))
    page = Paginator(documents, per_page(request)).get_page(request.GET.get("page"))
    return {
        "form": form,
        "page": page,
        "tones": DOCUMENT_TONES,
        "words": DOCUMENT_WORDS,
        "chips": _chips(request, form),
        "is_narrowed": bool(_asked(form).condition()),
        "rows": [(each, shown(each, timezone.localdate())) for each in page],
        "undecided": list(list_undecided()[:20]),
        **import_context(request),
        **given,
    }


def import_context(request: HttpRequest) -> dict[str, Any]:
    """Return what the drop zone and the imports below it need; nothing for those who may not import."""
    may: dict[str, Any] = {"may_confirm": request.user.may(Action.CONFIRM_FINDINGS)}  # type: ignore[union-attr]
    if not request.user.may(Action.IMPORT_DOCUMENTS):  # type: ignore[union-attr]
        return {**may, "may_import": False}
    return {
        **may,
        "may_import": True,
        "upload": UploadForm(),
        "file_types": ACCEPTED,
        "file_help": accepted_words(),
        "file_errors": [],
        **show_jobs(list_recent_jobs()),
    }


def _asked(form: DocumentFilterForm) -> DocumentFilter:
    """Return the filter of the address; what is no choice narrows nothing."""
    form.is_valid()
    said = form.cleaned_data
    return DocumentFilter(
        q=said.get("q") or "",
        kind=said.get("kind") or "",
        year=said.get("year"),
        status=said.get("status") or "",
        force=said.get("force") or "",
        today=timezone.localdate(),
    )


def _chips(request: HttpRequest, form: DocumentFilterForm) -> list[dict[str, str]]:
    """Return the active filters, each with the address of the list without it."""
    chips = []
    for name, value in ((name, form.cleaned_data.get(name)) for name in form.fields):
        if value in (None, ""):
            continue
        without = request.GET.copy()
        for gone in (name, "page"):
            without.pop(gone, None)
        choices = dict(getattr(form.fields[name], "choices", ()))
        label = str(choices.get(str(value), value))
        chips.append({"label": str(form.fields[name].label), "value": label, "url": f"?{without.urlencode()}"})
    return chips


def per_page(request: HttpRequest) -> int:
    """Return how many rows a page of a list is asked to have."""
    asked = request.GET.get("per_page", "")
    return min(int(asked), MOST_PER_PAGE) if asked.isascii() and asked.isdigit() and int(asked) > 0 else PER_PAGE
