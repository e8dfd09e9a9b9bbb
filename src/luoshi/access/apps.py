"""Django's view of the access room."""

from typing import Any, ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccessConfig(AppConfig):
    name = "luoshi.access"
    label = "access"
    verbose_name = _("Accounts")
    navigation: ClassVar[list[dict[str, Any]]] = [
        {
            "label": _("Accounts"),
            "url_name": "access:accounts",
            "icon": "users",
            "order": 80,
            "permission": "access.manage_accounts",
        },
        {
            "label": _("Audit trail"),
            "url_name": "access:audit",
            "icon": "history",
            "order": 90,
            "permission": "access.read_audit",
        },
    ]
    # Words for what the audit trail keeps as codes.
    audit_actions: ClassVar[dict[str, Any]] = {
        "access.change_password": _("Changed a password"),
        "access.create_user": _("Opened an account"),
        "access.export_audit": _("Took entries of the audit trail"),
        "access.grant_role": _("Gave a role"),
        "access.log_in": _("Logged in"),
        "access.log_out": _("Logged out"),
        "access.refuse_log_in": _("Failed to log in"),
        "access.revoke_role": _("Took a role away"),
        "access.set_active": _("Opened or closed an account"),
    }
    audit_objects: ClassVar[dict[str, Any]] = {
        "access.loginfailure": _("Failed log-in"),
        "access.user": _("Account"),
    }
