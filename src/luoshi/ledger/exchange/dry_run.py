"""What an uploaded list would change, row by row, before anything is changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from luoshi.access.models import User
from luoshi.ledger.exchange.columns import EDITABLE, task_sheet
from luoshi.ledger.models import Task
from luoshi.workbooks import CellIssue, ImportResult, ParsedRow, read_workbook


@dataclass(frozen=True)
class FieldChange:
    """One cell that differs from the ledger."""

    field: str
    title: str
    before: Any
    after: Any


@dataclass(frozen=True)
class RowChange:
    """One row that would change its task."""

    row_number: int
    task: Task
    version: int
    changes: tuple[FieldChange, ...]

    def values(self) -> dict[str, Any]:
        """Return the new values by field."""
        return {each.field: each.after for each in self.changes}


@dataclass(frozen=True)
class RowProblem:
    """One row, or the file as a whole (row 0), that cannot be applied, and why."""

    row_number: int
    message: Any
    issue: CellIssue | None = None


@dataclass(frozen=True)
class DryRun:
    """What the file would do: changes, problems, and how many rows say what the ledger says already."""

    changes: tuple[RowChange, ...]
    problems: tuple[RowProblem, ...]
    warnings: tuple[CellIssue, ...]
    unchanged: int


def dry_run(*, acting_user: User, data: bytes) -> DryRun:
    """Return what an exported and edited list would change, in three queries; nothing is written."""
    result = read_workbook(data, task_sheet())
    warnings = tuple(issue for issue in result.issues if issue.severity != "error")
    problems = [_problem(issue) for issue in result.issues if issue.severity == "error"]
    if result.was_refused:
        return DryRun((), tuple(problems), warnings, 0)
    tasks = _tasks(acting_user, result)
    changes: list[RowChange] = []
    seen: set[int] = set()
    for row in result.rows:
        outcome = _compare(row, tasks, seen)
        if isinstance(outcome, RowProblem):
            problems.append(outcome)
        elif outcome is not None:
            changes.append(outcome)
    bad_rows = {problem.row_number for problem in problems}
    unchanged = sum(row.row_number not in bad_rows for row in result.rows) - len(changes)
    return DryRun(tuple(changes), tuple(sorted(problems, key=lambda each: each.row_number)), warnings, unchanged)


def _tasks(user: User, result: ImportResult) -> Mapping[int, Task]:
    pks = [row.values.get("task") for row in result.rows]
    wanted = [pk for pk in pks if isinstance(pk, int) and 0 < pk < 2**63]
    found: dict[int, Task] = {}
    # Databases limit how many values one statement may hold.
    for start in range(0, len(wanted), 500):
        found |= Task.objects.visible_to(user).in_bulk(wanted[start : start + 500])
    return found


def _compare(row: ParsedRow, tasks: Mapping[int, Task], seen: set[int]) -> RowChange | RowProblem | None:
    pk = row.values["task"]
    task = tasks.get(pk) if isinstance(pk, int) else None
    if task is None:
        return RowProblem(row.row_number, _("There is no task %(task)s that you may see.") % {"task": pk})
    if task.pk in seen:
        return RowProblem(row.row_number, _("Task %(task)s stands in the file twice.") % {"task": pk})
    seen.add(task.pk)
    changes = tuple(_differences(row, task))
    if not changes:
        return None
    if row.values["version"] != task.version:
        return RowProblem(
            row.row_number,
            _("Task %(number)s was changed after this file was exported; export it again.") % {"number": task.number},
        )
    return RowChange(row.row_number, task, task.version, changes)


def _differences(row: ParsedRow, task: Task) -> list[FieldChange]:
    titles = {key: column.title for key, column in task_sheet().by_key.items() if key in EDITABLE}
    return [
        FieldChange(field, titles[field], getattr(task, field), row.values[field])
        for field in EDITABLE
        if field in row.values and row.values[field] != getattr(task, field)
    ]


def _problem(issue: CellIssue) -> RowProblem:
    return RowProblem(issue.row or 0, issue.message, issue)
