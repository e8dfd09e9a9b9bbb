"""What all documents state besides tasks, in one list for each kind."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luoshi.access.permissions import Action
from luoshi.documents.queries import count_statements, get_document
from luoshi.documents.statements.listing import StatementFilterForm, export, list_statements, show_all
from luoshi.documents.statements.shown import LABELS
from luoshi.documents.views.asking import account
from luoshi.documents.views.listing import per_page


@require_safe
def statements(request: HttpRequest) -> HttpResponse:
    """Show one kind of statements, or hand the list out as a workbook."""
    account(request, Action.READ_DOCUMENTS)
    form = StatementFilterForm(request.GET)
    asked = form.asked()
    found = list_statements(asked)
    if request.GET.get("format") in ("csv", "xlsx"):
        return export(found, asked=asked, kind=request.GET["format"], absolute=request.build_absolute_uri)
    page = Paginator(found, per_page(request)).get_page(request.GET.get("page"))
    counts = count_statements(asked.document)
    context = {
        "form": form,
        "asked": asked,
        "page": page,
        "rows": show_all(page.object_list),
        "kinds": [(kind, label, counts.get(kind, 0)) for kind, label in LABELS.items()],
        "document": get_document(asked.document) if asked.document else None,
        "is_narrowed": bool(asked.q or asked.role),
    }
    return render(request, "documents/statements.html", context)
