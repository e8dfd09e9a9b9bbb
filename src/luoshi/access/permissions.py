"""Which role may do which action: one table, read by pages, actions and tests.

Whether the state of a thing allows an action is another question; each room's ``states.py`` answers that one.
"""

from enum import StrEnum

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is in this system; the same person may hold several, each with its own scope."""

    SUPERVISION_OFFICE = "SUPERVISION_OFFICE", _("Supervision office")
    UNIT_LIAISON = "UNIT_LIAISON", _("Unit liaison")
    LEADER = "LEADER", _("Leader")
    READ_ONLY = "READ_ONLY", _("Read-only")
    ACCOUNT_ADMINISTRATOR = "ACCOUNT_ADMINISTRATOR", _("Account administrator")


class Action(StrEnum):
    """Everything that can be permitted, named ``room.verb``."""

    READ_DOCUMENTS = "documents.read"
    IMPORT_DOCUMENTS = "documents.import"
    CONFIRM_FINDINGS = "ledger.confirm"
    READ_ALL_TASKS = "ledger.read_all"
    READ_OWN_TASKS = "ledger.read_own"
    EDIT_TASKS = "ledger.edit"
    REPORT_PROGRESS = "ledger.report_progress"
    READ_REGISTRY = "registry.read"
    EDIT_REGISTRY = "registry.edit"
    MANAGE_ACCOUNTS = "access.manage_accounts"
    READ_AUDIT = "access.read_audit"


READERS = frozenset({Action.READ_DOCUMENTS, Action.READ_REGISTRY, Action.READ_OWN_TASKS})

ROLE_ACTIONS: dict[Role, frozenset[Action]] = {
    Role.SUPERVISION_OFFICE: READERS
    | {
        Action.IMPORT_DOCUMENTS,
        Action.CONFIRM_FINDINGS,
        Action.READ_ALL_TASKS,
        Action.EDIT_TASKS,
        Action.REPORT_PROGRESS,
        Action.EDIT_REGISTRY,
    },
    Role.UNIT_LIAISON: READERS | {Action.REPORT_PROGRESS},
    Role.LEADER: READERS | {Action.READ_ALL_TASKS},
    Role.READ_ONLY: READERS | {Action.READ_ALL_TASKS},
    # Who opens accounts cannot touch tasks, and who handles tasks cannot open accounts.
    Role.ACCOUNT_ADMINISTRATOR: frozenset({Action.MANAGE_ACCOUNTS, Action.READ_AUDIT, Action.READ_REGISTRY}),
}


class UnableToAct(PermissionDenied):
    """The person may not do this; the message says which right is missing."""

    def __init__(self, action: Action) -> None:
        super().__init__(_("Your account has no right to do this (%(action)s).") % {"action": action.value})
        self.action = action
