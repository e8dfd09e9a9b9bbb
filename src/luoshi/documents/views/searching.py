"""The search over everything that was brought in, and over what other rooms let be found."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from luoshi.access.permissions import Action
from luoshi.documents.queries import documents_of, search_passages
from luoshi.documents.search import phrases_of
from luoshi.documents.search_shown import shown_passages, shown_results
from luoshi.documents.views.asking import account

PER_PAGE = 20
RESULTS_OF_A_ROOM = 8


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find sentences of documents, and tasks, by their words."""
    user = account(request, Action.READ_DOCUMENTS)
    query = request.GET.get("q", "").strip()
    page = Paginator(search_passages(query), PER_PAGE).get_page(request.GET.get("page"))
    passages = list(page.object_list)
    phrases = phrases_of(query)
    context = {
        "query": query,
        "is_searchable": bool(phrases),
        "is_short": sum(map(len, phrases)) == 1 and len(phrases[0][0]) == 1,
        "page": page,
        "passages": shown_passages(passages, documents_of(passages), query),
        "groups": shown_results(user, query, limit=RESULTS_OF_A_ROOM) if phrases and page.number == 1 else [],
    }
    return render(request, "documents/search.html", context)
