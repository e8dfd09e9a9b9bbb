"""Handing a stored file out to a browser without trusting what is in it."""

from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from luoshi.files.models import StoredFile


def download(file: StoredFile, *, name: str) -> FileResponse:
    """Return the file as an attachment: never shown inside our pages, so nothing in it can run there.

    :raises Http404: where the folder of files has lost it.
    """
    try:
        content = file.path.open("rb")
    except FileNotFoundError as error:
        raise Http404(_("The file is missing from the folder of files. Restore it from the backup.")) from error
    response = FileResponse(content, as_attachment=True, filename=name, content_type="application/octet-stream")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
