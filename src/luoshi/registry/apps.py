"""Django's view of the registry room."""

from typing import Any, ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    name = "luoshi.registry"
    label = "registry"
    verbose_name = _("Registry")
    navigation: ClassVar[list[dict[str, Any]]] = [
        {
            "label": _("Registry"),
            "url_name": "registry:units",
            "icon": "building-community",
            "order": 60,
            "permission": "registry.read",
        },
    ]
    # Words for what the audit trail keeps as codes.
    audit_actions: ClassVar[dict[str, Any]] = {
        "registry.add_alias": _("Added a form of a unit's name"),
        "registry.add_group": _("Added a group"),
        "registry.add_group_alias": _("Added a form of a group's name"),
        "registry.add_organization": _("Added a unit"),
        "registry.add_person": _("Added a person"),
        "registry.add_post": _("Added a post"),
        "registry.correct_alias": _("Corrected a form of a unit's name"),
        "registry.load_city": _("Loaded the facts of a city"),
        "registry.remove_alias": _("Removed a form of a unit's name"),
        "registry.set_group_members": _("Set the members of a group"),
        "registry.settle_proposal": _("Decided about a proposed name"),
    }
    audit_objects: ClassVar[dict[str, Any]] = {
        "registry.division": _("Division"),
        "registry.group": _("Group"),
        "registry.nameproposal": _("Proposed name"),
        "registry.organization": _("Unit"),
        "registry.person": _("Person"),
    }

    def ready(self) -> None:
        """Tell the access room what the registry's scope keys stand for."""
        from luoshi.access import scope_names
        from luoshi.registry import scope_words

        scope_names.register(
            describe=scope_words.describe, scopes=scope_words.list_scopes, people=scope_words.list_people
        )
