"""Stage 7b, tables: reads rows whose cells are separated by tabs; writes a task for each row that names units.

Guarantees: a table counts only where its head names a column of units and a column of what is to be done, and is no
list of projects; a merged cell stands in the first of its rows and counts for those below it; "/" is nobody.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from luoshi.reading.issues import make_issue
from luoshi.reading.model import Issue, Task
from luoshi.reading.part_reading import Dating
from luoshi.reading.responsibilities.clauses import Clause
from luoshi.reading.responsibilities.doubts import doubts_of
from luoshi.reading.responsibilities.fields import Field
from luoshi.reading.responsibilities.table_cards import find_cards
from luoshi.reading.responsibilities.table_heads import says_first_leads
from luoshi.reading.responsibilities.table_rows import Row, TaskTable, find_tables, group_rows, title_above
from luoshi.reading.responsibilities.table_tasks import TableReader
from luoshi.reading.structure.lines import Line
from luoshi.reading.structure.provisions import join_text
from luoshi.reading.view import View, fold

_BEFORE: Final = 4_000
_BELOW: Final = 200
_FEW: Final = 6
_BROKEN: Final = 0.6
_YEARS: Final = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_RANGE: Final = re.compile(r"(?:19|20)\d{2}年?[-—–－~～至到]+(?:19|20)?\d{2}")


def read_tables(
    text: str, view: View, lines: Sequence[Line], prefix: str, dating: Dating
) -> tuple[list[Task], list[Issue]]:
    """Return the tasks of all tables among the lines, with their doubts as issues."""
    tasks: list[Task] = []
    issues: list[Issue] = []
    for table in _all_tables(text, lines):
        if table.head.of_projects or table.head.lists(table.title):
            if table.head.roles:
                issues.append(make_issue("project_table", title=join_text(table.title), span=table.start))
            continue
        found = TableReader(text, view, table, _dating_of(table.title, dating), _first_leads(text, table)).read()
        doubted = [(task, doubts_of(task, _clause_of(view, task), after=False, several=False)) for task in found]
        if _is_broken([{issue.code for issue in doubts} for _, doubts in doubted]):
            issues.append(make_issue("table_unreadable", title=join_text(table.title), span=table.start))
            continue
        for task, doubts in doubted:
            issues.extend(doubts)
            codes = tuple(dict.fromkeys(issue.code for issue in doubts))
            tasks.append(replace(task, id=f"{prefix}r{len(tasks) + 1}", doubts=codes))
    return tasks, issues


def _all_tables(text: str, lines: Sequence[Line]) -> list[TaskTable]:
    """Return the tables in order of print: cards of one task each, and those with a head over their rows."""
    cards: list[TaskTable] = []
    others: list[list[Row]] = []
    for rows in group_rows(text, lines):
        found = find_cards(rows, title_above(text, rows[0].line.start))
        cards.extend(found)
        if not found:
            others.append(rows)
    return sorted([*cards, *find_tables(text, others)], key=lambda table: table.start.start)


def _is_broken(doubts: Sequence[set[str]]) -> bool:
    """Whether rows and columns were not told apart: units cooperate, and in hardly a row with anybody."""
    return len(doubts) >= _FEW and sum("no_lead" in each for each in doubts) > _BROKEN * len(doubts)


def _first_leads(text: str, table: TaskTable) -> bool:
    """Whether the head of a table, the words that issue it or a note below it say that the first unit listed leads."""
    if table.head.first_is_lead:
        return True
    below = table.rows[-1].line.end if table.rows else table.start.end
    return says_first_leads(text[max(0, table.start.start - _BEFORE) : table.start.start]) or says_first_leads(
        text[below : below + _BELOW]
    )


def _dating_of(title: str, dating: Dating) -> Dating:
    """A year in the title of a table is the year of its months; several years leave them open."""
    words = fold("".join(title.split()))
    years = set(_YEARS.findall(words))
    if _RANGE.search(words) or len(years) > 1:
        return replace(dating, year=None)
    return replace(dating, year=int(years.pop())) if years else dating


def _clause_of(view: View, task: Task) -> Clause:
    start, end = view.index_of(task.clause_span.start), view.index_of(task.clause_span.end)
    return Clause(start, end, [Field("", "", start, end)])
