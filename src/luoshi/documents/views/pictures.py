"""Pages of an original as pictures."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luoshi.access.permissions import Action
from luoshi.documents.views.asking import account, document_or_404
from luoshi.reading.pictures import UnableToDrawPage, page_picture

# Widths in pixels; few of them, so that a browser asks for each page once.
WIDTHS = (400, 900, 1600)


@require_safe
def picture(request: HttpRequest, pk: int, page: int, width: int) -> HttpResponse:
    """Show one page of the original as a picture; the bytes behind an address never change."""
    account(request, Action.READ_DOCUMENTS)
    original = document_or_404(pk).reading.text.original
    tag = quote_etag(f"{original.file.sha256[:20]}-{page}-{width}")
    if width not in WIDTHS:
        raise Http404(_("Pictures of pages are drawn in other widths."))
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified()
    try:
        drawn = page_picture(original.file.read_bytes(), page=page, width=width)
    except UnableToDrawPage as error:
        raise Http404(_("This page cannot be drawn.")) from error
    response = HttpResponse(drawn, content_type="image/png")
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    response["ETag"] = tag
    return response
