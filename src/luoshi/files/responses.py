"""Handing a stored file out to a browser without trusting what is in it."""

from django.http import FileResponse

from luoshi.files.models import StoredFile


def download(file: StoredFile, *, name: str) -> FileResponse:
    """Return the file as an attachment: never shown inside our pages, so nothing in it can run there."""
    response = FileResponse(
        file.path.open("rb"), as_attachment=True, filename=name, content_type="application/octet-stream"
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
