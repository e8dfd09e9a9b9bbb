"""May this person? The state of the task is another question, answered in ``states.py``."""

from luoshi.access.models import User
from luoshi.access.permissions import Action, UnableToAct
from luoshi.ledger.models import Task
from luoshi.ledger.states import Owner


def can_see_task(user: User, task: Task) -> bool:
    """Tell whether the account may see the task."""
    return Task.objects.visible_to(user).filter(pk=task.pk).exists()


def owner_of(user: User, task: Task) -> Owner | None:
    """Return as whom the account may move the task: the office, the unit that answers for it, or nobody."""
    if user.may(Action.EDIT_TASKS):
        return Owner.OFFICE
    if user.may(Action.REPORT_PROGRESS) and Task.objects.answered_by(user).filter(pk=task.pk).exists():
        return Owner.UNIT
    return None


def check_can_report_on(user: User, task: Task) -> Owner:
    """Return as whom the account reports on the task.

    :raises UnableToAct: where it does not answer for it.
    """
    owner = owner_of(user, task)
    if owner is None:
        raise UnableToAct(Action.REPORT_PROGRESS)
    return owner
