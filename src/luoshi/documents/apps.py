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
