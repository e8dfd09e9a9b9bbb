"""What an uploaded list would change, row by row, before anything is changed."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from luoshi.access.models import User
from luoshi.ledger.exchange.columns import EDITABLE, PARTY_KEYS, task_sheet
from luoshi.ledger.exchange.rows import targets_in_line
from luoshi.ledger.models import Task
from luoshi.ledger.queries import parties_by_role, printed_names, with_targets
from luoshi.ledger.states import TaskStatus
from luoshi.workbooks import CellIssue, ImportResult, ParsedRow, read_workbook
from luoshi.workbooks.values import clean_text

READ_ONLY = ("number", "status", *PARTY_KEYS, "targets")
_BETWEEN_NAMES = re.compile(r"[、，,；;\s]")


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
class Untaken:
    """A column for reading in which somebody typed: in how many rows, and in which first."""

    title: str
    rows: int
    first_row: int


@dataclass(frozen=True)
class DryRun:
    """What the file would do: changes, problems, and how many rows say what the ledger says already."""

    changes: tuple[RowChange, ...]
    problems: tuple[RowProblem, ...]
    warnings: tuple[CellIssue, ...]
    unchanged: int
    untaken: tuple[Untaken, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Digest of what would change, to tell whether what is applied is what was shown."""
        shown = [repr((row.task.pk, row.version, sorted(row.values().items()))) for row in self.changes]
        return hashlib.sha256("\n".join(shown).encode()).hexdigest()


def dry_run(*, acting_user: User, data: bytes) -> DryRun:
    """Return what an exported and edited list would change; nothing is written.

    Two queries for every 500 rows.
    """
    result = read_workbook(data, task_sheet())
    warnings = tuple(issue for issue in result.issues if issue.severity != "error")
    problems = [
        RowProblem(issue.row or 0, issue.message, issue) for issue in result.issues if issue.severity == "error"
    ]
    if result.was_refused:
        return DryRun((), tuple(problems), warnings, 0)
    comparison = _Comparison(_tasks(acting_user, result))
    for row in result.rows:
        comparison.take(row)
    problems = sorted([*problems, *comparison.problems], key=lambda each: each.row_number)
    return DryRun(
        tuple(comparison.changes), tuple(problems), warnings, comparison.unchanged, tuple(comparison.untaken.values())
    )


def _tasks(user: User, result: ImportResult) -> Mapping[int, Task]:
    pks = [row.values.get("task") for row in result.rows]
    wanted = [pk for pk in pks if isinstance(pk, int) and 0 < pk < 2**63]
    visible = with_targets(printed_names(Task.objects.visible_to(user)))
    found: dict[int, Task] = {}
    # Databases limit how many values one statement may hold.
    for start in range(0, len(wanted), 500):
        found |= visible.in_bulk(wanted[start : start + 500])
    return found


@dataclass
class _Comparison:
    """The rows of a file held against the tasks of the ledger, one after the other."""

    tasks: Mapping[int, Task]
    titles: dict[str, str] = field(default_factory=lambda: {key: c.title for key, c in task_sheet().by_key.items()})
    changes: list[RowChange] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    untaken: dict[str, Untaken] = field(default_factory=dict)
    unchanged: int = 0
    seen: set[int] = field(default_factory=set)

    def take(self, row: ParsedRow) -> None:
        """Sort one row under what would change, what is wrong, or what says nothing new."""
        pk = row.values["task"]
        task = self.tasks.get(pk) if isinstance(pk, int) else None
        if task is None:
            message = _("There is no task %(task)s that you may see.") % {"task": pk}
            self.problems.append(RowProblem(row.row_number, message))
        elif task.pk in self.seen:
            message = _("Task %(task)s stands in the file twice.") % {"task": pk}
            self.problems.append(RowProblem(row.row_number, message))
        else:
            self.seen.add(task.pk)
            self._compare(row, task)

    def _compare(self, row: ParsedRow, task: Task) -> None:
        is_current = row.values["version"] == task.version
        if is_current:
            self._note_untaken(row, task)
        changes = tuple(self._differences(row, task))
        if not changes:
            self.unchanged += 1
        elif is_current:
            self.changes.append(RowChange(row.row_number, task, task.version, changes))
        else:
            message = _("Task %(number)s was changed after this file was exported; export it again.")
            self.problems.append(RowProblem(row.row_number, message % {"number": task.number or task.pk}))

    def _differences(self, row: ParsedRow, task: Task) -> list[FieldChange]:
        return [
            FieldChange(name, self.titles[name], getattr(task, name), row.values[name])
            for name in EDITABLE
            if name in row.values and row.values[name] != _as_read(getattr(task, name))
        ]

    def _note_untaken(self, row: ParsedRow, task: Task) -> None:
        known: dict[str, Any] = {"number": task.number, "status": task.status}
        if _flat(row.values.get("status")) in status_words()[task.status]:
            known["status"] = row.values["status"]
        known |= {key: [row.printed_name for row in parties_by_role(task)[role]] for key, role in PARTY_KEYS.items()}
        known["targets"] = targets_in_line(task)
        for key in READ_ONLY:
            if key in row.values and _flat(row.values[key]) != _flat(known[key]):
                before = self.untaken.get(key, Untaken(self.titles[key], 0, row.row_number))
                self.untaken[key] = Untaken(before.title, before.rows + 1, before.first_row)


@cache
def status_words() -> dict[str, frozenset[str]]:
    """Return what each status is called in every language: a file may be read in another one than it was made in."""
    words: dict[str, set[str]] = {status: {status} for status in TaskStatus.values}
    for language, _name in settings.LANGUAGES:
        with override(language):
            for status in TaskStatus:
                words[status].add(_flat(str(status.label)))
    return {status: frozenset(names) for status, names in words.items()}


def _as_read(value: Any) -> Any:
    """Return the value as a workbook gives it back: spaces around a text are not kept."""
    return clean_text(value) if isinstance(value, str) else value


def _flat(value: Any) -> str:
    """Return names without what separates them: a printed name may itself hold a separator."""
    text = "".join(value) if isinstance(value, list | tuple) else str(value or "")
    return _BETWEEN_NAMES.sub("", text)
