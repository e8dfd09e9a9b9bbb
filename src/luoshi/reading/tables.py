"""Stage 7b, tables: reads rows whose cells are separated by tabs; writes a task for each row that names units.

Guarantees: a table counts only where its head names a column of units and a column of what is to be done; a row whose
cells name nobody and are empty takes units and deadline from the row above (merged cells); "/" is nobody.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from luoshi.reading.clauses import Clause, Field
from luoshi.reading.deadlines import labelled_deadline
from luoshi.reading.doubts import doubts_of
from luoshi.reading.lines import Line
from luoshi.reading.model import Issue, Party, Role, Span, Task
from luoshi.reading.part_reading import Dating
from luoshi.reading.parties import split_names
from luoshi.reading.provisions import join_text
from luoshi.reading.roles import find_labels
from luoshi.reading.view import View, fold

_TASK_HEAD: Final = re.compile(r"任务|内容|事项|举措|措施|目标|工作|项目")
_NUMBER_HEAD: Final = re.compile(r"序号|编号|^号$")
_CELL: Final = re.compile(r"[^\t]*")
_NOBODY: Final = frozenset({"/", "-", "—", "——", "无"})


@dataclass(frozen=True, slots=True)
class Head:
    """What each column of a table holds: roles by column, the columns of words, of numbers and of deadlines."""

    roles: dict[int, Role]
    words: tuple[int, ...]
    number: int | None
    deadline: int | None


def read_tables(
    text: str, view: View, lines: Sequence[Line], prefix: str, dating: Dating
) -> tuple[list[Task], list[Issue]]:
    """Return the tasks of all tables among the lines, with their doubts as issues."""
    tasks: list[Task] = []
    issues: list[Issue] = []
    head: Head | None = None
    above: dict[int, Span] = {}
    previous = -2
    for index, line in enumerate(lines):
        if line.kind != "row":
            continue
        cells = _cells(line)
        found = _head(text, cells)
        if found is not None or index != previous + 1:
            head, above = found, {}
        elif head is not None:
            task = _row(text, view, line, cells, head, above, dating)
            if task is not None:
                doubts = doubts_of(task, _clause_of(view, task), after=False, several=False)
                issues.extend(doubts)
                codes = tuple(dict.fromkeys(issue.code for issue in doubts))
                tasks.append(replace(task, id=f"{prefix}r{len(tasks) + 1}", doubts=codes))
        previous = index
    return tasks, issues


def _cells(line: Line) -> list[Span]:
    return [
        Span(line.start + match.start(), line.start + match.end())
        for match in _CELL.finditer(line.text)
        if match.start() == 0 or line.text[match.start() - 1] == "\t"
    ]


def _head(text: str, cells: Sequence[Span]) -> Head | None:
    roles: dict[int, Role] = {}
    words: list[int] = []
    number = deadline = None
    for column, cell in enumerate(cells):
        title = join_text(fold(cell.of(text)))
        labels = find_labels(f"{title}:", 0, len(title) + 1) if 0 < len(title) <= 16 else []
        if labels and labels[0].role == "deadline":
            deadline = column
        elif labels and labels[0].start <= 2:
            roles[column] = labels[0].role  # type: ignore[assignment]
        elif _NUMBER_HEAD.search(title):
            number = column
        elif _TASK_HEAD.search(title) and len(title) <= 16:
            words.append(column)
    return Head(roles, tuple(words), number, deadline) if roles and words else None


def _row(
    text: str, view: View, line: Line, cells: Sequence[Span], head: Head, above: dict[int, Span], dating: Dating
) -> Task | None:
    filled = {column: cell for column, cell in enumerate(cells) if cell.of(text).strip()}
    if any(column in filled for column in head.roles):
        above.clear()
        above.update({column: cell for column, cell in filled.items() if column in (*head.roles, head.deadline)})
    inherited = {**above, **filled}  # a row that names nobody at all belongs to the merged cells above it
    words = [filled[column] for column in head.words if column in filled]
    named = _parties(text, view, head, inherited)
    if not words or not any(named.values()):
        return None
    number = join_text(filled[head.number].of(text)) if head.number in filled and head.number is not None else ""
    limit = inherited.get(head.deadline) if head.deadline is not None else None
    clause = [inherited[column] for column in head.roles if column in inherited]
    return Task(
        id="",
        number=number,
        section=None,
        text="：".join(join_text(span.of(text)) for span in words),
        span=line.span,
        text_span=Span(words[0].start, words[-1].end),
        clause_span=Span(min(span.start for span in clause), max(span.end for span in clause)),
        deadline=labelled_deadline(view, view.index_of(limit.start), view.index_of(limit.end), dating)
        if limit
        else None,
        lead_leaders=named.get("lead_leaders", ()),
        lead_units=named.get("lead_units", ()),
        responsible_units=named.get("responsible_units", ()),
        cooperating_units=named.get("cooperating_units", ()),
        implementing_units=named.get("implementing_units", ()),
    )


def _parties(text: str, view: View, head: Head, cells: dict[int, Span]) -> dict[Role, tuple[Party, ...]]:
    named: dict[Role, tuple[Party, ...]] = {}
    for column, role in head.roles.items():
        if column in cells and cells[column].of(text).strip() not in _NOBODY:
            start, end = view.index_of(cells[column].start), view.index_of(cells[column].end)
            named[role] = named.get(role, ()) + split_names(view, start, end, leaders=role == "lead_leaders")
    return named


def _clause_of(view: View, task: Task) -> Clause:
    start, end = view.index_of(task.clause_span.start), view.index_of(task.clause_span.end)
    return Clause(start, end, [Field("", "", start, end)])


def _in_view(view: View, span: Span) -> tuple[int, int]:
    return view.index_of(span.start), view.index_of(span.end)
