"""What another printing says of the tasks that were accepted from the current one."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from luoshi.documents.models import Document, Finding
from luoshi.documents.states import DocumentStatus
from luoshi.ledger.models import PrintingChoice, Task
from luoshi.reading.comparison import ComparedTask, TaskPair, compare_tasks


@dataclass(frozen=True)
class Difference:
    """One promise that the other printing words or assigns differently, and the task that was made of ours."""

    pair: TaskPair
    ours: Finding
    theirs: Finding
    task: Task | None
    choice: PrintingChoice | None


@dataclass(frozen=True)
class Differences:
    """A printing beside the current document: ``added`` and ``removed`` stand in one of the two only."""

    current: Document
    printing: Document
    rows: tuple[Difference, ...]
    added: tuple[Finding, ...]
    removed: tuple[Finding, ...]
    same: int

    @property
    def undecided(self) -> int:
        """How many differences of accepted tasks nobody has decided about."""
        return sum(row.task is not None and row.choice is None for row in self.rows)


def current_of(printing: Document) -> Document | None:
    """Return the current document of the printing's family."""
    return Document.objects.filter(family=printing.family, status=DocumentStatus.CURRENT).first()


def differences(*, printing: Document, current: Document) -> Differences:
    """Return every difference between two printings with what was decided about it, in five queries."""
    ours = {finding.key: finding for finding in current.findings.all()}
    theirs = {finding.key: finding for finding in printing.findings.all()}
    compared = compare_tasks(_compared(ours.values()), _compared(theirs.values()))
    tasks = _tasks_by_finding(current)
    choices = {
        (choice.task_id, choice.finding_id): choice
        for choice in PrintingChoice.objects.filter(finding__document=printing).select_related("decided_by")
    }
    rows = []
    for pair in compared.differing:
        mine, other = ours[pair.old.key], theirs[pair.new.key]
        task = tasks.get(mine.pk)
        rows.append(Difference(pair, mine, other, task, choices.get((task.pk, other.pk)) if task else None))
    return Differences(
        current=current,
        printing=printing,
        rows=tuple(rows),
        added=tuple(theirs[each.key] for each in compared.added),
        removed=tuple(ours[each.key] for each in compared.removed),
        same=len(compared.pairs) - len(rows),
    )


def _compared(findings: Iterable[Finding]) -> list[ComparedTask]:
    return [ComparedTask.from_payload(finding.payload) for finding in findings]


def _tasks_by_finding(document: Document) -> dict[int, Task]:
    """Return the task of each finding that became exactly one task and was not merged with another."""
    pairs = list(
        Task.objects.filter(sources__document=document, parent=None).values_list("pk", "sources__finding").distinct()
    )
    tasks = Task.objects.in_bulk([pk for pk, _finding in pairs])
    # A split or merged finding has no single task that a whole wording could be put into.
    of_finding = Counter(finding for _pk, finding in pairs)
    of_task = Counter(pk for pk, _finding in pairs)
    return {finding: tasks[pk] for pk, finding in pairs if of_finding[finding] == 1 and of_task[pk] == 1}
