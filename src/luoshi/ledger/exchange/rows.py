"""Tasks as rows of the exported sheet."""

from collections.abc import Iterator

from django.utils import timezone

from luoshi.ledger.exchange.columns import PARTY_KEYS
from luoshi.ledger.models import Task
from luoshi.ledger.queries import parties_by_role, printed_names, with_targets
from luoshi.ledger.querysets import TaskQuerySet
from luoshi.ledger.target_words import line_of
from luoshi.workbooks import Value

CHUNK = 1000


def export_rows(tasks: TaskQuerySet) -> Iterator[dict[str, Value]]:
    """Iterate over the tasks as rows, reading them in pieces so that a large list needs little memory."""
    for task in with_targets(printed_names(tasks)).select_related("plan__document").iterator(chunk_size=CHUNK):
        yield _row(task)


def targets_in_line(task: Task) -> str:
    """Return the targets of a task that was read with them, in one cell."""
    return "; ".join(line_of(target) for target in task.targets.all())


def _row(task: Task) -> dict[str, Value]:
    parties = parties_by_role(task)
    return {
        "task": task.pk,
        "version": task.version,
        "number": task.number,
        "text": task.text,
        "section": task.section,
        "deadline": task.deadline,
        "deadline_text": task.deadline_text,
        "status": str(task.get_status_display()),
        **{key: tuple(row.printed_name for row in parties[role]) for key, role in PARTY_KEYS.items()},
        "targets": targets_in_line(task),
        "plan": task.plan.title,
        "doc_number": task.plan.document.doc_number,
        "changed": timezone.localtime(task.changed_at).date(),
    }
