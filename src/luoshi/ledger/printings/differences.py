"""What another printing says of the tasks that were accepted from the current one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from luoshi.documents.models import Document, Finding
from luoshi.documents.states import DocumentStatus
from luoshi.ledger.filters import OPEN_STATUSES
from luoshi.ledger.models import PrintingChoice, Task
from luoshi.reading.comparison import ComparedTask, TaskPair, compare_tasks

LOOKED_AT = 20


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
    return next(iter(_compared_with_current([(printing, current)])))


def printings_to_decide() -> list[Differences]:
    """Return the kept printings about which something is undecided, newest first, in a fixed number of queries.

    Looked at are the newest printings of plans with open tasks: of a plan that is wholly done nothing is decided any
    more, and comparing takes some hundredths of a second each.
    """
    is_live = Task.objects.filter(plan__document=OuterRef("pk"), parent=None, status__in=OPEN_STATUSES)
    live = Document.objects.filter(Exists(is_live), status=DocumentStatus.CURRENT)
    current = {document.family: document for document in live}
    kept = Document.objects.filter(status=DocumentStatus.PRINTING, family__in=current).order_by("-imported_at", "pk")
    pairs = [(printing, current[printing.family]) for printing in kept[:LOOKED_AT]]
    return [found for found in _compared_with_current(pairs) if found.undecided] if pairs else []


def _compared_with_current(pairs: Sequence[tuple[Document, Document]]) -> Iterator[Differences]:
    """Yield the differences of each printing from its current document, reading all of them at once."""
    findings: dict[int, dict[str, Finding]] = defaultdict(dict)
    for finding in Finding.objects.filter(document__in={document.pk for pair in pairs for document in pair}):
        findings[finding.document_id][finding.key] = finding
    tasks = _tasks_by_finding([current for _printing, current in pairs])
    choices = {
        (choice.task_id, choice.finding_id): choice
        for choice in PrintingChoice.objects.filter(
            finding__document__in=[printing for printing, _current in pairs]
        ).select_related("decided_by")
    }
    for printing, current in pairs:
        yield _beside(printing, current, findings[printing.pk], findings[current.pk], tasks, choices)


def _beside(
    printing: Document,
    current: Document,
    theirs: Mapping[str, Finding],
    ours: Mapping[str, Finding],
    tasks: Mapping[int, Task],
    choices: Mapping[tuple[int, int], PrintingChoice],
) -> Differences:
    compared = compare_tasks(_compared(ours.values()), _compared(theirs.values()))
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


def _tasks_by_finding(documents: Sequence[Document]) -> dict[int, Task]:
    """Return the task of each finding that became exactly one task and was not merged with another."""
    pairs = list(
        Task.objects.filter(sources__document__in=documents, parent=None)
        .values_list("pk", "sources__finding")
        .distinct()
    )
    tasks = Task.objects.in_bulk([pk for pk, _finding in pairs])
    # A split or merged finding has no single task that a whole wording could be put into.
    of_finding = Counter(finding for _pk, finding in pairs)
    of_task = Counter(pk for pk, _finding in pairs)
    return {finding: tasks[pk] for pk, finding in pairs if of_finding[finding] == 1 and of_task[pk] == 1}
