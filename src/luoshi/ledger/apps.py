"""Django's view of the ledger room."""

from typing import Any, ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    name = "luoshi.ledger"
    label = "ledger"
    verbose_name = _("Ledger")
    navigation: ClassVar[list[dict[str, Any]]] = [
        {"label": _("Today"), "url_name": "ledger:today", "icon": "home", "order": 0, "permission": ""},
        {
            "label": _("Tasks"),
            "url_name": "ledger:list",
            "icon": "list-check",
            "order": 10,
            "permission": "ledger.read_own",
        },
        {
            "label": _("Overview"),
            "url_name": "ledger:overview",
            "icon": "chart-bar",
            "order": 15,
            "permission": "ledger.read_own",
        },
        {
            "label": _("Indicators"),
            "url_name": "ledger:indicators",
            "icon": "target",
            "order": 25,
            "permission": "ledger.read_own",
        },
    ]

    @property
    def audit_actions(self) -> dict[str, Any]:
        """Words for what the audit trail keeps as codes."""
        from luoshi.ledger.history_words import ACTION_WORDS

        return dict(ACTION_WORDS)

    @property
    def audit_objects(self) -> dict[str, Any]:
        """Words for the kinds of things that the audit trail names."""
        from luoshi.ledger.history_words import OBJECT_WORDS

        return dict(OBJECT_WORDS)

    def ready(self) -> None:
        """Listen to the registry, and answer searches and questions about findings."""
        from luoshi.documents.search_providers import register_search_provider
        from luoshi.documents.task_links import register_task_links
        from luoshi.ledger import linking

        linking.listen()
        register_search_provider(key="tasks", label=_("Tasks"), search=linking.search_tasks)
        register_task_links(linking.tasks_of_findings)
