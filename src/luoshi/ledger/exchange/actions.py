"""Applying an uploaded list, and keeping who took a list out."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from luoshi.access.audit import record
from luoshi.access.models import User
from luoshi.access.permissions import Action
from luoshi.files.models import StoredFile
from luoshi.ledger.actions import Edit, apply_edits
from luoshi.ledger.exchange.dry_run import RowChange


@transaction.atomic
def apply_changes(
    *, acting_user: User, changes: Sequence[RowChange], file: StoredFile, file_name: str, now: dt.datetime
) -> int:
    """Change the tasks as the file says, all or none; return how many.

    Every task has its own entry in the trail, and one more says from which file they came.

    :raises UnableToChangeTask: where a task was changed between the dry run and this.
    """
    acting_user.must_be_allowed(Action.EDIT_TASKS)
    edits = [Edit(change.task, change.version, change.values()) for change in changes]
    count = apply_edits(acting_user=acting_user, edits=edits, now=now)
    after = {"file": file_name, "sha256": file.sha256, "tasks": count}
    record(acting_user=acting_user, action="ledger.import", subject=acting_user, now=now, after=after)
    return count


@transaction.atomic
def note_export(*, acting_user: User, file_format: str, query: str, rows: int, now: dt.datetime) -> None:
    """Keep in the trail that somebody took a list of tasks out of the system."""
    after = {"format": file_format, "filter": query, "rows": rows}
    record(acting_user=acting_user, action="ledger.export", subject=acting_user, now=now, after=after)
