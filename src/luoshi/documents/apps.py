"""Django's view of the documents room."""

from typing import Any, ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "luoshi.documents"
    label = "documents"
    navigation: ClassVar[list[dict[str, Any]]] = [
        {
            "label": _("Documents"),
            "url_name": "documents:list",
            "icon": "files",
            "order": 20,
            "permission": "documents.read",
        }
    ]
    audit_actions: ClassVar[dict[str, Any]] = {
        "documents.receive_file": _("Brought a file in"),
        "documents.import": _("Read a file"),
        "documents.unpack_archive": _("Took the files out of an archive"),
        "documents.cancel_import": _("Cancelled an import"),
        "documents.retry_import": _("Tried an import again"),
        "documents.requeue_interrupted": _("Put an interrupted import back"),
        "documents.decide_line": _("Compared a line with the picture"),
        "documents.reopen_line": _("Took back the comparison of a line"),
        "documents.read_again": _("Had a file read again"),
        "documents.keep_as_printing": _("Kept a document as another printing"),
        "documents.make_current": _("Made a document the current version"),
        "documents.supersede": _("Replaced a document by a newer version"),
        "documents.download": _("Took an original out"),
    }
    audit_objects: ClassVar[dict[str, Any]] = {
        "documents.document": _("Document"),
        "documents.importjob": _("Import"),
        "documents.linereview": _("Line of a scan"),
        "documents.reading": _("Reading of a file"),
    }
