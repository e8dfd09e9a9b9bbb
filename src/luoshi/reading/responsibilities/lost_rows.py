"""Cells that stand one a line below a head: which belong to which row and column, by the best sum of what fits.

The words of a cell are weighed against the title of each column: units under 责任单位, a time under 完成时限, a person
under 责任领导, a number under 序号, words under 任务. A column goes on over several lines (units below each other), a
row may lack cells (merged ones), and one without a number may stand under a numbered one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from luoshi.reading.responsibilities.deeds import DEEDS
from luoshi.reading.responsibilities.fields import cut_at_verbs, names_are_lists
from luoshi.reading.responsibilities.names import is_leader, is_list_of_names, is_sure_list
from luoshi.reading.responsibilities.table_heads import Head
from luoshi.reading.structure.numerals import from_figures
from luoshi.reading.view import fold, fold_words
from luoshi.standards.person_names import is_person, people_in_a_row

NUMBER: Final = re.compile(r"[\d０-９]{1,3}[.．、]?|[一二三四五六七八九十]{1,3}")
SECTION: Final = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十]+[章节部]"
)
_TIME: Final = re.compile(
    r"[\d一二三四五六七八九十]{1,4}[年月日]|[本今明当全每](?:年|季度|月)|年(?:底|内|末|前|初)|月(?:底|末|内)|季度|半年|持续|长期|常态|即时|立即|随时"
    r"|\d{1,2}\.\d{1,2}"
)
_NOBODY: Final = re.compile(r"(?:无|/|[-—]+)$")
_PERSON: Final = re.compile(r"[\u4e00-\u9fff]{2,4}$")
_BETWEEN: Final = re.compile(r"[、,;]")
_DOES: Final = re.compile(
    rf"(?:{DEEDS}|迁建|新增|设立|成立|扩大|改善|规范|保障|实现|争取|启用|投用|开通|举办|开设|购置|配备|安装|创建|筹建|整治|治理|修建|建好|升级|发放"
    r"|提高|增加|选派|对)"
    r"(?!办|局|科|处|部|股|室|组|中心|专班|领导小组|人事|宣传|统战|审批|管理局|单位)"
)
_DONE: Final = re.compile(r"(?:已|正在|目前|累计|截至|截止|均已|全部|基本|超额|未)")
_RESULT: Final = re.compile(r"情况|成效|进度")
_CLOSERS: Final = "。;；,，、"
LONGEST_BAR: Final = 40
_LONGEST_TIME: Final = 24
_LONGEST_COURSE: Final = 8  # 持续推进
_LONGEST_HEADING: Final = 30
_SKIP: Final = 0.32
_LATER: Final = 0.004  # a row rather lacks its last cells than its first
_UNNUMBERED: Final = 1.5
_UNITS_GO_ON: Final = 1.6
_WORDS_GO_ON: Final = 0.3
_NEVER: Final = -9.0
_BAR: Final = -1
_FEWEST_FILLED: Final = 2
_SURELY: Final = 2.0


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of a cell or of one line of it, and where they stand; `number` stands before them or alone."""

    words: str
    line: int
    number: str = ""


@dataclass(slots=True)
class LostRow:
    """The cells of a row by column; a bar that heads a section has one, in column -1."""

    cells: dict[int, list[Cell]]

    @property
    def line(self) -> int:
        """The line where the row begins."""
        return min(cell.line for cells in self.cells.values() for cell in cells)

    @property
    def end(self) -> int:
        """The line after its last."""
        return max(cell.line for cells in self.cells.values() for cell in cells) + 1

    @property
    def is_bar(self) -> bool:
        """Whether it heads a section."""
        return _BAR in self.cells

    def says(self, head: Head) -> bool:
        """Whether it says what is to be done, and who does it or by when."""
        others = [*head.roles, *([] if head.deadline is None else [head.deadline])]
        return any(column in self.cells for column in head.words) and any(column in self.cells for column in others)

    def printed(self, head: Head, columns: int) -> str:
        """Return the row with tabs between its cells; units below each other are divided by 、."""
        if self.is_bar:
            return self.cells[_BAR][0].words + "\t" * (columns - 1)
        return "\t".join(_joined(self.cells.get(column, ()), column in head.roles) for column in range(columns))


def place_cells(cells: Sequence[Cell], head: Head, columns: int) -> list[LostRow]:
    """Return the rows that the cells make, without those at the end that are no rows of this table."""
    rows: list[LostRow] = []
    before = -1
    for cell, column in zip(cells, _columns_of(cells, head, columns), strict=True):
        if column == _BAR:
            rows.append(LostRow({_BAR: [cell]}))
        elif rows and not rows[-1].is_bar and column >= before and not _opens(cell, column, before, head):
            rows[-1].cells.setdefault(column, []).append(cell)
        else:
            rows.append(LostRow({column: [cell]}))
        before = column
    while rows and not rows[-1].says(head):
        rows.pop()
    return [_as_bar(row, head) for row in rows]


def with_numbers(cells: Sequence[Cell], head: Head, columns: int) -> list[Cell]:
    """Return the cells with the numbers of rows apart, or before the words they count where no column holds them."""
    found: list[Cell] = []
    waiting: Cell | None = None
    for cell, counts in zip(cells, _counts(cells, columns), strict=True):
        if counts and head.number is not None:
            found.append(Cell("", cell.line, cell.words))
        elif counts:
            waiting = cell
        elif waiting is not None:
            found.append(Cell(cell.words, waiting.line, waiting.words))
            waiting = None
        else:
            found.append(cell)
    return found


def _counts(cells: Sequence[Cell], columns: int) -> list[bool]:
    """Tell of each cell whether it counts rows: one more than the last, or more where one more never comes."""
    figures = [_figure(cell.words) for cell in cells]
    last: int | None = None
    found: list[bool] = []
    for at, figure in enumerate(figures):
        ahead = figures[at + 1 : at + 3 * columns]
        fits = figure is not None and (
            last is None or figure in (1, last + 1) or (figure > last + 1 and last + 1 not in ahead)
        )
        found.append(fits)
        last = figure if fits else last
    return found


def _figure(words: str) -> int | None:
    return from_figures(fold(words).rstrip(".、")) if NUMBER.fullmatch(words) else None


def _as_bar(row: LostRow, head: Head) -> LostRow:
    """A row of one cell that is no number heads what follows."""
    (column, cells), *others = row.cells.items()
    if others or len(cells) > 1 or head.number is None or column not in head.words:
        return row
    return LostRow({_BAR: cells}) if len(cells[0].words) <= LONGEST_BAR else row


def _opens(cell: Cell, column: int, before: int, head: Head) -> bool:
    """Whether a cell in the column of the last one begins a row: a number does, and what one stands before."""
    return column == before and (column == head.number or cell.number != "")


def _joined(cells: Sequence[Cell], of_units: bool) -> str:
    joined = ""
    for cell in cells:
        own = f"{cell.number} {cell.words}".strip()
        both = of_units and joined and is_sure_list(fold_words(joined)) and is_sure_list(fold_words(own))
        joined += ("、" if both and joined[-1] not in "、，," else " " if joined else "") + own
    return joined


def lacking_before(cells: Sequence[str], head: Head) -> int:
    """Return how many cells a row lacks at its beginning, by what fits better: a page drops those under merged ones."""
    columns = len(head.titles)
    filled = [column for column, words in enumerate(cells[:columns]) if words.strip()]
    if len(filled) < _FEWEST_FILLED:
        return 0
    sums = [
        sum(_fit_in_row(cells[column], column + shift, head) for column in filled)
        for shift in range(columns - filled[-1])
    ]
    best = max(range(len(sums)), key=lambda shift: sums[shift])
    return best if sums[best] > sums[0] + _SURELY else 0


def _fit_in_row(words: str, column: int, head: Head) -> float:
    words = " ".join(words.split())
    return _fit(
        Cell("", 0, words) if column == head.number and NUMBER.fullmatch(words) else Cell(words, 0), column, head
    )


def _columns_of(cells: Sequence[Cell], head: Head, columns: int) -> list[int]:
    """Return the column of each cell by dynamic programming over the column of the one before it."""
    first = 1 if head.number == 0 else 0
    best = [_NEVER * 1_000] * columns
    best[columns - 1] = 0.0
    ways: list[list[int]] = []
    bars: list[bool] = []
    for cell in cells:
        is_bar = _is_bar(cell, head)
        bars.append(is_bar)
        if is_bar:
            at = max(range(columns), key=lambda column: best[column] - _skipped(column + 1, columns))
            ways.append([at] * columns)
            score = best[at] - _skipped(at + 1, columns)
            best = [_NEVER * 1_000] * columns
            best[columns - 1] = score
            continue
        best, way = _step(best, [_fit(cell, column, head) for column in range(columns)], cell, head, first)
        ways.append(way)
    at = max(range(columns), key=lambda column: best[column])
    path: list[int] = []
    for way, is_bar in zip(reversed(ways), reversed(bars), strict=True):
        path.append(_BAR if is_bar else at)
        at = way[columns - 1] if is_bar else way[at]
    return path[::-1]


def _step(
    best: Sequence[float], fits: Sequence[float], cell: Cell, head: Head, first: int
) -> tuple[list[float], list[int]]:
    """Return the best sums with a cell in each column, and the column of the cell before it in each."""
    columns = len(best)
    ended = max(range(columns), key=lambda column: best[column] - _skipped(column + 1, columns))
    new = best[ended] - _skipped(ended + 1, columns)
    sums: list[float] = []
    way: list[int] = []
    for column, fit in enumerate(fits):
        lacking = _UNNUMBERED if head.number is not None and column != head.number else 0.0
        sure = cell.number != ""
        options = [(new - lacking - _skipped(first, column) + fit, ended)]
        options += [
            (best[last] - _skipped(last + 1, column) + fit, last) for last in range(column) if column != head.number
        ]
        if not sure and column != head.number:
            options.append((best[column] + _goes_on(fit, column, head), column))
        most = max(options)
        sums.append(most[0])
        way.append(most[1])
    return sums, way


def _skipped(first: int, last: int) -> float:
    """Return what it costs to leave the columns from the first to before the last without a cell."""
    return sum(_SKIP - _LATER * column for column in range(first, last))


def _goes_on(fit: float, column: int, head: Head) -> float:
    """Return how well words go on in the column of the cell before: units below units, words below words."""
    if fit <= 0:
        return _NEVER
    if column in head.roles:
        return _UNITS_GO_ON - (0.1 if head.roles[column] == "lead_units" else 0.0) if fit > 1 else 0.2
    return _WORDS_GO_ON if column in head.words else _NEVER if column == head.deadline else 0.1


def _is_bar(cell: Cell, head: Head) -> bool:
    """Whether a cell heads a section; where nothing counts the rows, 一、… may be the name of a first column."""
    if not SECTION.match(cell.words) or len(cell.words) > LONGEST_BAR:
        return False
    return head.number is not None or len(head.words) + len(head.sections) < 2


def _fit(cell: Cell, column: int, head: Head) -> float:
    """Return how well words fit into a column, by what its title says."""
    words = fold_words(cell.words).rstrip(_CLOSERS)
    counts = cell.number != "" and not cell.words
    if counts or column == head.number:
        return 4.0 if counts and column == head.number else _NEVER
    role = head.roles.get(column)
    if _NOBODY.match(words):
        return 1.0 if role or column == head.deadline else 0.0
    if role is not None:
        return _fit_of_leaders(words) if role == "lead_leaders" else _fit_of_units(words)
    if column == head.deadline:
        return 3.0 if _is_time(words) else -2.0
    if column in (*head.words, *head.sections):
        return _fit_of_words(words, cell, column, head) - (2.5 if _DONE.match(words) else 0.0)
    return 2.5 if _DONE.match(words) and _RESULT.search(head.titles[column]) else 0.5


def _fit_of_leaders(words: str) -> float:
    return 3.0 if is_leader(words) or _names_people(words) else -2.0


def does(words: str) -> bool:
    """Tell whether words begin with what is to be done: 新建, 推进."""
    return _DOES.match(words) is not None


def _names_people(words: str) -> bool:
    """Whether words are names of people: 俞 悦 is one, as printed to the width of three."""
    parts = [part.replace(" ", "") for part in _BETWEEN.split(words)]
    if all(map(is_person, parts)) or people_in_a_row(words):
        return True
    return all(map(_PERSON.match, words.split())) and not is_sure_list(words) and not does(words)


def _is_time(words: str) -> bool:
    if len(words) > _LONGEST_TIME or (does(words) and len(words) > _LONGEST_COURSE):
        return False
    return _TIME.search(words) is not None


def _names_units(words: str) -> bool:
    """Whether words are units and no work on one: 建成县城游泳馆 ends as the names of units do."""
    return is_sure_list(words) and _DOES.match(words) is None


def _fit_of_units(words: str) -> float:
    if _names_units(words):
        return 3.0
    if does(words):
        return -3.0
    cut = cut_at_verbs(words, 0, len(words))
    if any(field.role != "deadline" for field in cut.fields) and names_are_lists(words, cut.fields):
        return 3.0
    return 1.5 if is_list_of_names(words) else -3.0 if len(words) > 12 else -0.5


def _fit_of_words(words: str, cell: Cell, column: int, head: Head) -> float:
    if _fit_of_units(words) >= 3.0:
        return -1.0
    own = 2.0 if len(words) >= 6 else 0.8
    if head.deadline is not None and _is_time(words):
        own -= 1.5
    if cell.number:
        own += 1.0 if column == head.words[-1] else -1.0
    is_heading = len(words) <= _LONGEST_HEADING and "。" not in words
    several = len(head.words) + len(head.sections) > 1
    return own - (0.5 if several and column != head.words[-1] and not is_heading else 0.0)
