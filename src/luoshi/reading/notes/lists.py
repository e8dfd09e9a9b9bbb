"""Stage 8, lists: reads the lists attached to a report; writes their items.

Guarantees: a heading that only groups items is no item; the units of an item are those of its responsibility clause,
or of a bracket at its end that holds nothing but names.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from luoshi.reading.findings import ListItem, ListKind
from luoshi.reading.model import Party, Span, Task
from luoshi.reading.notes.attached import Section, find_sections
from luoshi.reading.part_reading import PartReading
from luoshi.reading.responsibilities.names import is_list_of_names, is_unit
from luoshi.reading.responsibilities.parties import split_names
from luoshi.reading.structure.cells import Row, find_tables
from luoshi.reading.structure.numbering import Item, build_tree, printed_number
from luoshi.reading.structure.provisions import join_text
from luoshi.reading.view import fold

_LIVELIHOOD: Final = (
    r"民生(?:实事|事项|项目|工程|清单|任务)|为民(?:办)?(?:的)?(?:实事|十大|\d+件)|惠民(?:实事|工程|项目)|办实事|实事项目|"
    r"[\d一二三四五六七八九十]{1,3}件(?:民生)?(?:实事|大事)|民生十[件大]|民心工程|实事工程|十[项大](?:惠民|民生)"
)
_POLICIES: Final = (
    r"(?:制发|出台|制定|研究制定|起草|印发).{0,10}(?:政策|文件|制度|规划).{0,6}(?:清单|目录|计划|一览)|"
    r"政策(?:文件|措施)?(?:清单|目录|一览)|重大(?:行政)?决策(?:事项)?.{0,6}(?:目录|清单)|"
    r"(?<!废止)(?<!失效)(?<!有效)(?<!废止的)(?<!失效的)(?:规范性文件|政府规章|规章|立法)(?:制定|制订|起草|立法|工作){0,2}(?:计划|目录)"
)
_ACTIONS: Final = r"行动(?:计划|方案)?(?:清单|目录|一览|汇总|事项)|攻坚(?:行动|事项)清单|行动计划清单"
_OTHER: Final = r"(?:清单|目录|一览表|台账|名录|名单|事项表|项目表)(?:[(][^()]{1,20}[)])?$|(?:事项|项目)$"
_KINDS: Final[tuple[tuple[ListKind, re.Pattern[str]], ...]] = (
    ("livelihood", re.compile(_LIVELIHOOD)),
    ("policies", re.compile(_POLICIES)),
    ("actions", re.compile(_ACTIONS)),
    ("other", re.compile(_OTHER)),
)
_LIST: Final = re.compile("|".join((_LIVELIHOOD, _POLICIES, _ACTIONS, _OTHER)))
_NO_LIST: Final = re.compile(
    r"(?:[办辦]法|意见|通知|细则|规定|报告|规划|函|决定|公告|通报|方案|条例|制度|预案|纲要|解释|说明|公报)(?:[(][^()]{1,20}[)])?$"
)
_NAME: Final = re.compile(r"([^。;,:!?]{2,40}?)[:]")
_NUMBER_HEAD: Final = re.compile(r"序号|编号|^号$|^序$")
_WORDS_HEAD: Final = re.compile(r"名称|事项|内容|项目|题目|文件|政策|行动|任务|举措|标题|成果")
_UNIT_HEAD: Final = re.compile(r"单位|部门|机构")
_CONTENT_HEAD: Final = re.compile(r"内容|目标|任务|要求|措施|标准")
_DRAFTED: Final = re.compile(
    r"(?:由)?(?:(?:起草|承办|拟订|拟稿|牵头|责任)(?:单位|部门|机关)[:])|"
    r"(?:负责|牵头)?(?:起草|拟订|拟定|制定|承办|落实)$"
)
_OWNER: Final = re.compile(r"单位|部门|机构|企业|公司|领导|责任")
_LONGEST_HEADING: Final = 40
_SENTENCE: Final = re.compile(r"[。;,:]")


def find_items(part: PartReading) -> list[ListItem]:
    """Return the items of attached lists of a part."""
    items: list[ListItem] = []
    for section in find_sections(part, _LIST, _NO_LIST):
        kind = _kind(section, part)
        if kind is not None:
            items.extend(_Section(part, section, kind).items())
    return items


def _kind(section: Section, part: PartReading) -> ListKind | None:
    """Return what a section lists, or None: a plan is no list, and lists of any other kind count only when attached."""
    title = fold(section.title)
    kind = next((kind for kind, pattern in _KINDS if pattern.search(title)), None)
    if kind is None or _NO_LIST.search(title):
        return None
    if kind == "other" and (not section.attached or part.kind == "task_plan" or _holds_tasks(section, part)):
        return None
    return kind


def _holds_tasks(section: Section, part: PartReading) -> bool:
    """Whether somebody answers for what a list holds: it was read as tasks already."""
    if not section.lines:
        return False
    first, last = section.lines[0].start, section.lines[-1].end
    return any(first <= task.span.start <= last for task in part.tasks)


class _Section:
    """One list while its items are read."""

    def __init__(self, part: PartReading, section: Section, kind: ListKind) -> None:
        self._part, self._section, self._list = part, section, kind
        self._text, self._view = part.text, part.view

    def items(self) -> Iterator[ListItem]:
        """Yield the items: numbered ones, else the rows of a table."""
        tree, _ = build_tree(self._text, [line for line in self._section.lines if line.kind != "row"])
        chosen = _choose(self._text, tree)
        if not chosen:
            yield from self._rows()
        for index in chosen:
            item = tree[index]
            end = max([item.own.end, *(tree[child].own.end for child in _below(tree, index))])
            yield self._item(printed_number(item.label), Span(item.label.start, end), item.label.end)

    def _item(self, number: str, span: Span, begin: int) -> ListItem:
        start, end = self._view.index_of(begin), self._view.index_of(span.end)
        tasks = [task for task in self._part.tasks if span.start <= task.span.start and task.span.end <= span.end]
        units, end = self._units(tasks, start, end)
        while end > start and self._view.folded[end - 1] in ",;:":
            end -= 1
        name = _NAME.match(self._view.folded, start, end)
        begin = self._view.offsets[start] if start < end else span.start
        cut = self._view.span(start, name.end(1)).end if name else begin
        words = self._words(cut if name else begin, self._view.span(start, end).end, bool(name))
        printed = join_text(self._text[begin:cut]) if name else ""
        return ListItem(self._section.title, self._list, number, printed, words, span, units)

    def _words(self, first: int, last: int, after_name: bool) -> str:
        words = join_text(self._text[first:last])
        return words.lstrip("：:") if after_name else words

    def _units(self, tasks: Sequence[Task], start: int, end: int) -> tuple[tuple[Party, ...], int]:
        """Return the units of an item and the index of the view where its words end."""
        if tasks:
            parties = [party for task in tasks for role, party in task.parties() if role != "lead_leaders"]
            clause = min(self._view.index_of(task.clause_span.start) for task in tasks)
            while clause > start and self._view.folded[clause - 1] in "(由":
                clause -= 1
            own = clause if len(tasks) == 1 and clause > start else end
            return tuple(parties), own
        tail = _tail_bracket(self._view.folded, start, end)
        if tail is None:
            return (), end
        opening = tail[0] - 1
        tail = self._without_verb(*tail)
        if not is_list_of_names(self._view.folded[tail[0] : tail[1]]):
            return (), end
        units = split_names(self._view, *tail)
        named = all(is_unit(fold(party.name)) or party.kind == "group" for party in units)
        return (units, opening) if named else ((), end)

    def _without_verb(self, first: int, last: int) -> tuple[int, int]:
        """Leave out what a bracket says beside the names: （起草单位：甲）, （由甲、乙负责起草）."""
        for found in _DRAFTED.finditer(self._view.folded, first, last):
            if found.start() == first:
                first = found.end()
            elif found.end() == last:
                last = found.start()
        return first, last

    def _rows(self) -> Iterator[ListItem]:
        for table in find_tables(self._text, self._section.lines):
            head = table[0].texts
            named = (at for at, word in enumerate(head) if _WORDS_HEAD.search(word) and not _OWNER.search(word))
            words = next(named, -1)
            if words < 0:
                continue
            for row in table[1:]:
                yield from self._row(head, row, words, _content(head, words))

    def _row(self, head: Sequence[str], row: Row, words: int, content: int) -> Iterator[ListItem]:
        if len(row.cells) <= words or not row.cells[words].text:
            return
        number = next((row.texts[c] for c, word in enumerate(head[: len(row.cells)]) if _NUMBER_HEAD.search(word)), "")
        units: list[Party] = []
        for column, word in enumerate(head[: len(row.cells)]):
            if _UNIT_HEAD.search(word) and column != words and row.cells[column].text:
                span = row.cells[column].span
                units.extend(split_names(self._view, self._view.index_of(span.start), self._view.index_of(span.end)))
        printed = row.cells[words].printed
        name = _NAME.match(fold(printed))
        named, rest = (printed[: name.end(1)], printed[name.end() :]) if name else ("", printed)
        if content < len(row.cells) and content >= 0 and row.cells[content].printed:
            named, rest = printed, row.cells[content].printed
        yield ListItem(self._section.title, self._list, number, named, rest, row.span, tuple(units))


def _content(head: Sequence[str], words: int) -> int:
    """The column that says what a named item is about; -1 without one."""
    named = re.search(r"名称|标题|题目", head[words]) is not None
    said = (at for at, word in enumerate(head) if _CONTENT_HEAD.search(word) and not _OWNER.search(word))
    return next((at for at in said if at != words), -1) if named else -1


def _choose(text: str, tree: Sequence[Item]) -> list[int]:
    """Return the items that the list counts: the top ones, or what is below them where they are only headings."""
    level = [index for index, item in enumerate(tree) if item.parent < 0]
    while level:
        parents = [index for index in level if tree[index].children]
        if len(parents) * 2 <= len(level) or not all(_is_heading(text, tree[index]) for index in parents):
            return level
        level = [below for index in level for below in (tree[index].children or [index])]
    return level


def _is_heading(text: str, item: Item) -> bool:
    words = fold(join_text(item.own.of(text))).rstrip("。;,:")
    return len(words) <= _LONGEST_HEADING and not _SENTENCE.search(words)


def _below(tree: Sequence[Item], index: int) -> Iterator[int]:
    waiting = list(tree[index].children)
    while waiting:
        child = waiting.pop()
        yield child
        waiting.extend(tree[child].children)


def _tail_bracket(folded: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the stretch inside the bracket at the end of an item; brackets inside it may nest."""
    last = end
    while last > start and folded[last - 1] in "。;,":
        last -= 1
    if last <= start or folded[last - 1] not in ")〕]】":
        return None
    depth = 0
    for index in range(last - 1, max(start, last - 300), -1):
        depth += (folded[index] in ")〕]】") - (folded[index] in "(〔[【")
        if depth == 0:
            return index + 1, last - 1
    return None
