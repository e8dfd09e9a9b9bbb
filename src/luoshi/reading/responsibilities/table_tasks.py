"""Read the rows of one table from top to bottom as tasks, with what merged cells above them still say."""

import re
from dataclasses import dataclass, field, replace
from typing import Final

from luoshi.reading.model import ROLES, Deadline, Party, Role, Span, Task
from luoshi.reading.part_reading import Dating
from luoshi.reading.responsibilities.deadlines import labelled_deadline
from luoshi.reading.responsibilities.headings import said_in_words
from luoshi.reading.responsibilities.names import is_sure_list
from luoshi.reading.responsibilities.parties import split_names
from luoshi.reading.responsibilities.table_cells import AS_ABOVE, NOBODY, cell_parties, is_unit_cell
from luoshi.reading.responsibilities.table_rows import Row, TaskTable
from luoshi.reading.structure.provisions import join_text
from luoshi.reading.view import View, fold

_ITEM: Final = re.compile(r"[(（]?([\dA-Za-z.-]{1,8}|[一二三四五六七八九十百]{1,5})[)）.．、]?")
_OWN_NUMBER: Final = re.compile(
    r"(\d{1,3})(?:[.．、](?!\d)[ ]?| ?(?=[\u4e00-\u9fff“《]))(?![年月日个项所家万亿元名人件户公倍成级])"
)
_SECTION_NUMBER: Final = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、])\s*"
)
_OWNER: Final = re.compile(
    r"(?P<number>[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、])?\s*"
    r"(?P<label>(?:牵头|责任|承办)(?:单位|部门)[:：])?(?P<names>[^（()）:：\t\n。；;！]{2,40})"
    r"(?P<count>[（(]共?[\d一二三四五六七八九十]{1,3}[项件条个][）)])?[:：]?"
)
_NAMES: Final = re.compile(r"[、,]")
_LONGEST_OWNER: Final = 16
_NOTE: Final = re.compile(r"(?:备?注|说明|合计|总计|小计|填表)[:：]?")
_BARE_TITLES: Final = ("单位", "部门", "责任", "主体")
_DO: Final = frozenset({"lead_leaders", "lead_units", "responsible_units", "implementing_units"})


@dataclass(slots=True)
class _Standing:
    """What merged cells and rows above still say: units by column, words, sections, the number."""

    units: dict[int, Span] = field(default_factory=dict)
    words: dict[int, Span] = field(default_factory=dict)
    sections: dict[int, Span] = field(default_factory=dict)
    section: str = ""
    number: str = ""
    named: dict[Role, tuple[Party, ...]] = field(default_factory=dict)  # by the section: 李明副市长牵头的工作


class TableReader:
    """The tasks of one table; `dating` is what its deadlines count from, in its lists the first unit may lead."""

    def __init__(self, text: str, view: View, table: TaskTable, dating: Dating, first_leads: bool) -> None:
        self.first_leads = first_leads
        self.text, self.view, self.dating = text, view, dating
        self.head, self.rows, self.start = table.head, table.rows, table.start.start
        self.marked = any(row.merged for row in self.rows)
        self.words = self._word_columns()
        self.sections = self._section_columns()
        self.standing = _Standing()
        self.above: dict[int, Span] = {}

    def read(self) -> list[Task]:
        """Return the tasks in order of print; their ids are left to the caller."""
        if not self.words or not self._names_units():
            return []
        tasks: list[Task] = []
        for row in self.rows:
            filled = {column: span for column, span in row.filled().items() if column < len(self.head.titles)}
            if self._is_section(row, filled):
                continue
            filled = self._spelt_out(filled)
            if tasks and self._belongs_to_task_above(row, filled):
                tasks[-1] = self._extended(tasks[-1], row, filled)
                continue
            task = self._task(row, filled)
            if task is not None:
                tasks.append(task)
        return tasks

    # Columns

    def _word_columns(self) -> tuple[int, ...]:
        """Return the columns of what is to be done; where no title says so, the one with the most words."""
        if self.head.words:
            return self.head.words
        sizes = {column: sum(len(row.text_at(column)) for row in self.rows) for column in self.head.unknown}
        return (max(sizes, key=lambda column: sizes[column]),) if sizes else ()

    def _names_units(self) -> bool:
        """A column that is only called 单位 holds units where its cells do; it may hold 万元 or 个."""
        if not self.head.roles:
            self.standing.named = self._owner(self._line_above(), above=True)
            return bool(self.standing.named) or any(
                len(row.filled()) == 1 and self._owner(*row.filled().values()) for row in self.rows
            )
        bare = [column for column in self.head.roles if self.head.titles[column] in _BARE_TITLES]
        if len(bare) < len(self.head.roles):
            return True
        named = [cell for row in self.rows for column in bare if (cell := row.text_at(column)).strip()]
        return sum(1 for cell in named if is_unit_cell(cell)) * 2 > len(named)

    def _section_columns(self) -> tuple[int, ...]:
        """Columns merged over several tasks say under what they fall: they are empty where the words beside are not."""
        merged = [column for column in self.words[:-1] if self._is_merged(column)]
        return (*self.head.sections, *merged)

    def _is_merged(self, column: int) -> bool:
        own = [*self.head.roles, *([] if self.head.number is None else [self.head.number])]
        return any(
            (column in row.merged if self.marked else not row.text_at(column).strip())
            and row.text_at(self.words[-1]).strip()
            and any(row.text_at(other).strip() for other in own)
            for row in self.rows[1:]
        )

    # Rows

    def _is_section(self, row: Row, filled: dict[int, Span]) -> bool:
        """Take a row of one cell over all columns as the section of what follows; leave out notes and empty rows."""
        if len(filled) != 1 or len(self.head.titles) < 3:
            return not filled
        (column,) = filled
        words = join_text(row.text_at(column))
        if row.merged or column not in (0, self.head.number) or _ITEM.fullmatch(words):
            return False
        if not _NOTE.match(words):
            self.standing = _Standing(section=words, named=self._named_by_section(filled[column]))
        return True

    def _named_by_section(self, cell: Span) -> dict[Role, tuple[Party, ...]]:
        """Return who the words of a section say leads what stands under it."""
        words = cell.of(self.text)
        number = _SECTION_NUMBER.match(words)
        first = cell.start + (number.end() if number else 0)
        said = said_in_words(self.view, self.view.index_of(first), self.view.index_of(cell.end))
        if said is None:
            return {} if self.head.roles else self._owner(cell)
        own = said.fields[0]
        role: Role = own.role  # type: ignore[assignment]
        return {role: split_names(self.view, own.start, own.end, leaders=role == "lead_leaders")}

    def _line_above(self) -> Span:
        """Return the last line above the table."""
        end = len(self.text[: self.start].rstrip())
        return Span(self.text.rfind("\n", 0, end) + 1, end)

    def _owner(self, cell: Span, *, above: bool = False) -> dict[Role, tuple[Party, ...]]:
        """Return the units that a section is named after: 一、市教育局（3项）."""
        own = _OWNER.fullmatch(cell.of(self.text).strip())
        names = fold(own["names"]) if own else ""
        if own is None or not is_sure_list(names) or max(map(len, _NAMES.split(names))) > _LONGEST_OWNER:
            return {}
        if above and not (own["number"] or own["label"] or own["count"]):
            return {}  # who issued the table may stand above it
        first = cell.start + len(cell.of(self.text)) - len(cell.of(self.text).lstrip()) + own.start("names")
        start, end = self.view.index_of(first), self.view.index_of(first + len(own["names"]))
        return {"responsible_units": split_names(self.view, start, end, leaders=False)}

    def _spelt_out(self, filled: dict[int, Span]) -> dict[int, Span]:
        """Put the cell above in the place of one that says 同上."""
        above = self.above
        as_above = [column for column, span in filled.items() if join_text(span.of(self.text)) in AS_ABOVE]
        return {
            column: above.get(column, span) if column in as_above else span
            for column, span in filled.items()
            if column not in as_above or column in above
        }

    def _belongs_to_task_above(self, row: Row, filled: dict[int, Span]) -> bool:
        """Whether a row only adds words, or only units, to the task above: the rest of its cells are merged with it."""
        number = self.head.number
        if number in filled or any(column in filled for column in (*self.sections, self.head.deadline)):
            return False
        if self.marked and number is not None and number not in row.merged:
            return False
        units = any(column in filled for column in self.head.roles)
        words = any(column in filled for column in self._own_words())
        return (number is not None and words and not units) or (units and not words)

    def _own_words(self) -> list[int]:
        return [column for column in self.words if column not in self.sections]

    def _extended(self, task: Task, row: Row, filled: dict[int, Span]) -> Task:
        words = [filled[column] for column in self._own_words() if column in filled]
        named = self._parties({column: span for column, span in filled.items() if column in self.head.roles})
        added = "；".join(join_text(span.of(self.text)) for span in words)
        joint = "" if not added or task.text.endswith(tuple("。；;！")) else "；"
        units = [filled[column] for column in self.head.roles if column in filled]
        if self.marked:  # what is merged below lies under this cell, not the one above it
            self.standing.units.update((column, filled[column]) for column in self.head.roles if column in filled)
        return replace(
            task,
            text=f"{task.text}{joint}{added}",
            span=Span(task.span.start, row.line.end),
            text_span=Span(task.text_span.start, max([task.text_span.end, *(span.end for span in words)])),
            clause_span=Span(task.clause_span.start, max([task.clause_span.end, *(span.end for span in units)])),
        ).with_parties({role: getattr(task, role) + named.get(role, ()) for role in ROLES})

    def _task(self, row: Row, filled: dict[int, Span]) -> Task | None:
        cells = self._with_merged(row, filled)
        words = {column: cells[column] for column in self._own_words() if column in cells} or self.standing.words
        self._stand(row, filled, cells, words)
        named = self._parties(cells) if self.head.roles else self.standing.named
        if not words or not any(named.values()):
            return None
        named = {**self.standing.named, **named}
        clause = [cells[column] for column in self.head.roles if column in cells]
        clause = clause or [party.span for parties in named.values() for party in parties]
        path = tuple(filter(None, [self.standing.section, *self._section_words()]))
        number, text = self._numbered(self._text(words))
        task = Task(
            id="",
            number=number,
            section=path[0] if path else None,
            section_path=path,
            text=text,
            span=row.line.span,
            text_span=Span(min(span.start for span in words.values()), max(span.end for span in words.values())),
            clause_span=Span(min(span.start for span in clause), max(span.end for span in clause)),
            deadline=self._deadline(cells),
        )
        return task.with_parties(named)

    def _with_merged(self, row: Row, filled: dict[int, Span]) -> dict[int, Span]:
        """Return the cells of a row with those merged ones above it that count for it.

        Where the file does not say which cells are merged, a row that names nobody belongs to the units above it, and
        one that names only helpers to whoever leads above it.
        """
        standing = {**self.standing.units, **self.standing.words}
        merged = {column: standing[column] for column in row.merged if column in standing}
        named = {self.head.roles[column] for column in self.head.roles if column in filled or column in merged}
        units = self.standing.units
        if named and not self.marked and not named & _DO:
            units = {column: span for column, span in units.items() if self.head.roles.get(column) in _DO}
        elif named:  # a leader left of the work heads all rows below
            units = {} if self.marked else {at: span for at, span in units.items() if self._heads_rows(at)}
        return {**units, **merged, **filled}

    def _heads_rows(self, column: int) -> bool:
        return self.head.roles.get(column) == "lead_leaders" and column < min(self.words)

    def _stand(self, row: Row, filled: dict[int, Span], cells: dict[int, Span], words: dict[int, Span]) -> None:
        """Keep what this row says for the rows under its merged cells."""
        number = self.head.number
        if number in filled and number is not None:
            own = join_text(row.text_at(number))
            match = _ITEM.fullmatch(own)
            self.standing.number = match.group(1) if match else own
        elif number is None or (self.marked and number not in row.merged):
            self.standing.number = ""
        for column in self.sections:
            if column in filled:
                kept = {other: span for other, span in self.standing.sections.items() if other < column}
                self.standing.sections = {**kept, column: filled[column]}
        columns = (*self.head.roles, self.head.deadline)
        self.standing.units = {column: span for column, span in cells.items() if column in columns}
        self.above = self.standing.units  # also over a row that begins a section
        self.standing.words = words

    def _section_words(self) -> list[str]:
        return [join_text(span.of(self.text)) for _, span in sorted(self.standing.sections.items())]

    # Cells

    def _text(self, words: dict[int, Span]) -> str:
        """Return what is to be done: a name and its content with a colon between, goals under their titles."""
        parts: list[str] = []
        for column, span in words.items():
            cell = join_text(span.of(self.text))
            if column in self.head.goals:
                parts.append(f"{self.head.titles[column]}：{cell.rstrip('；;。')}")
            elif cell not in NOBODY:
                parts.append(cell)
        goals = sum(1 for column in words if column in self.head.goals)
        named, last = parts[: len(parts) - goals], "；".join(parts[len(parts) - goals :])
        named = [*named, last] if last else named
        return "".join(f"{part}{_joint(part)}" for part in named[:-1]) + (named[-1] if named else "")

    def _numbered(self, text: str) -> tuple[str, str]:
        """Return the number of a task and its words; where no column counts, the words may begin with their number."""
        own = _OWN_NUMBER.match(text) if self.head.number is None else None
        return (own.group(1), text[own.end() :]) if own else (self.standing.number, text)

    def _parties(self, cells: dict[int, Span]) -> dict[Role, tuple[Party, ...]]:
        named: dict[Role, tuple[Party, ...]] = {}
        for column, role in self.head.roles.items():
            if column not in cells:
                continue
            start, end = self.view.index_of(cells[column].start), self.view.index_of(cells[column].end)
            for own, parties in cell_parties(self.view, start, end, role).items():
                named[own] = named.get(own, ()) + parties
        if self.first_leads and not named.get("lead_units") and named.get("responsible_units"):
            first, *others = named["responsible_units"]
            named["lead_units"], named["responsible_units"] = (first,), tuple(others)
        return named

    def _deadline(self, cells: dict[int, Span]) -> Deadline | None:
        limit = cells.get(self.head.deadline) if self.head.deadline is not None else None
        if limit is None or join_text(limit.of(self.text)) in NOBODY:
            return None
        return labelled_deadline(self.view, self.view.index_of(limit.start), self.view.index_of(limit.end), self.dating)


def _joint(part: str) -> str:
    """Between a name and what it stands for a colon, between two sentences nothing more."""
    return "" if part.endswith(tuple("。；：;:")) else "："
