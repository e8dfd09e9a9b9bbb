"""A document as Akoma Ntoso, for whoever keeps rules in a database of their own."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luoshi.access.permissions import Action
from luoshi.documents.actions import note_download
from luoshi.documents.presentation import written_document
from luoshi.documents.views.asking import account, document_or_404
from luoshi.reading.restoring import restore_document
from luoshi.reading.structure.akoma_ntoso import document_xml, file_name

TYPE = "application/akn+xml"


@require_safe
def akoma_ntoso(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the document as the XML of official gazettes, and note who took it."""
    user = account(request, Action.READ_DOCUMENTS)
    document = document_or_404(pk)
    written = written_document(document)
    if not written:
        # A reading that says nothing of the document cannot be written down.
        raise Http404(_("There is no such document."))
    read = restore_document(written)
    response = HttpResponse(document_xml(document.reading.text.text, read), content_type=TYPE)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file_name(read))}"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    note_download(acting_user=user, document=document, now=timezone.now())
    return response
