"""Which tasks a person sees and changes, as conditions of the query itself."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef

from luoshi.access.models import User
from luoshi.access.permissions import Action
from luoshi.access.scopes import ALL, within

if TYPE_CHECKING:
    # Named in the strings below, which the linter does not read as types.
    from luoshi.ledger.models import Assignment, Task  # noqa: F401

ANSWERING = ("LEAD_UNIT", "RESPONSIBLE", "IMPLEMENTING")
# As whom somebody leads a task: the leaders who are named for it and the units that answer.
LEADING = ("LEAD_LEADER", *ANSWERING)


def _assigned(keys: list[str], roles: tuple[str, ...] = ()) -> Exists:
    """Return the condition that one of the keys takes part in the task (in one of the roles)."""
    assignments: Any = apps.get_model("ledger", "Assignment").objects
    condition = within("scope_key", keys)
    if roles:
        condition &= models.Q(role__in=roles)
    return Exists(assignments.filter(condition, task=OuterRef("pk")))


class TaskQuerySet(models.QuerySet["Task"]):
    """Tasks, narrowed to what somebody may see, do or is named in."""

    def visible_to(self, user: User) -> "TaskQuerySet":
        """Keep the tasks this account may see: all with that right, else those its units and person take part in."""
        if ALL in user.scopes_for(Action.READ_ALL_TASKS):
            return self.all()
        keys = user.scopes_for(Action.READ_OWN_TASKS)
        return self.filter(_assigned(keys)) if keys else self.none()

    def answered_by(self, user: User) -> "TaskQuerySet":
        """Keep the tasks this account may report on: those its unit answers for, never those it only helps with."""
        keys = user.scopes_for(Action.REPORT_PROGRESS)
        if ALL in keys:
            return self.all()
        return self.filter(_assigned(keys, ANSWERING)) if keys else self.none()

    def editable_by(self, user: User) -> "TaskQuerySet":
        """Keep the tasks whose wording, parties and verdict this account decides."""
        keys = user.scopes_for(Action.EDIT_TASKS)
        if ALL in keys:
            return self.all()
        return self.filter(_assigned(keys)) if keys else self.none()

    def naming(self, scope_key: str, *roles: str) -> "TaskQuerySet":
        """Keep the tasks in which this very holder takes part, not one below it, in any role or in the given ones."""
        assignments: Any = apps.get_model("ledger", "Assignment").objects
        named = assignments.filter(scope_key=scope_key, task=OuterRef("pk"))
        return self.filter(Exists(named.filter(role__in=roles) if roles else named))

    def involving_any(self, scope_keys: Iterable[str], *roles: str) -> "TaskQuerySet":
        """Keep the tasks in which a holder of one of the scope keys takes part; no key keeps none."""
        keys = list(scope_keys)
        return self.filter(_assigned(keys, roles)) if keys else self.none()


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Parties, narrowed by what they are to the task."""

    def answering(self) -> "AssignmentQuerySet":
        """Keep those who answer for the task, not those who help."""
        return self.filter(role__in=ANSWERING)

    def printed(self) -> "AssignmentQuerySet":
        """Keep the parties as printed, without the members that group terms stand for."""
        return self.filter(via=None)
