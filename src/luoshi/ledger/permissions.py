"""May this person? The state of the task is another question, answered in ``states.py``."""

from luoshi.access.models import User
from luoshi.access.permissions import Action, UnableToAct
from luoshi.access.scopes import ALL
from luoshi.ledger.models import Task, TaskAttachment
from luoshi.ledger.states import ENDED, Owner


def can_edit_task(user: User, task: Task) -> bool:
    """Tell whether the account decides wording, parties and verdict of the task."""
    if ALL in user.scopes_for(Action.EDIT_TASKS):
        return user.is_active
    return user.may(Action.EDIT_TASKS) and Task.objects.editable_by(user).filter(pk=task.pk).exists()


def check_can_edit(user: User, task: Task) -> None:
    """Do nothing where the account decides about the task.

    :raises UnableToAct: where it does not.
    """
    if not can_edit_task(user, task):
        raise UnableToAct(Action.EDIT_TASKS)


def owner_of(user: User, task: Task) -> Owner | None:
    """Return as whom the account may move the task: the office, the unit that answers for it, or nobody."""
    if can_edit_task(user, task):
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


def can_remove(user: User, attachment: TaskAttachment, owner: Owner | None, task: Task) -> bool:
    """Tell whether the account, moving the task as ``owner``, may take the file off it.

    The office may take off any file. A unit takes back what it added itself, while the task is open: what the office
    found the task done by stays.
    """
    if owner == Owner.OFFICE:
        return True
    is_open = task.status not in ENDED
    return owner == Owner.UNIT and attachment.added_by_id == user.pk and is_open
