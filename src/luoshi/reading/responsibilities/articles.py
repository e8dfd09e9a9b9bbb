"""Stage 7c, articles: reads a part without responsibility clauses; writes a task for each duty its sentences lay down.

The rule: only in measures, opinions, plans and notices; not in a letter that only issues them; not under headings
about aims and principles. A heading that names a unit and its duties (市财政局职责, 乡镇政府工作任务), or is nothing
but a unit beside others, gives that unit to the items or the words under it, 市公安局。负责… is the task of one unit.
Where no item of the part, and of the parts before it, carries a clause, every other item gives a task for each
sentence that `prose.py` finds. All are in doubt.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from luoshi.reading.model import DocumentKind, Span, Task
from luoshi.reading.responsibilities.addressees import is_spoken, names_bodies, role_of, within_quotes
from luoshi.reading.responsibilities.clauses import Clause
from luoshi.reading.responsibilities.fields import Field, trim
from luoshi.reading.responsibilities.item_lines import OF_ONE, is_short_heading, lines_of, lines_of_units, points_below
from luoshi.reading.responsibilities.names import person_in_post
from luoshi.reading.responsibilities.owner_lines import owned_by_lines
from luoshi.reading.responsibilities.prose import find_sayings, heads, is_list_of_bodies
from luoshi.reading.responsibilities.roles import is_label
from luoshi.reading.responsibilities.tasks import Holder, TaskReader
from luoshi.reading.structure.provisions import join_text
from luoshi.reading.view import fold_words

KINDS: Final[frozenset[DocumentKind]] = frozenset({"measures", "opinion", "plan", "notice", "task_plan"})
_AIMS: Final = re.compile(
    r"总体(?:要求|思路|目标)|指导思想|基本原则|工作原则|(?:工作|主要|发展|任务)目标$|目标任务$|重要意义|面临的?(?:形势|问题)|现状|"
    r"附\s*则|名词解释|适用范围"
)
_NAMES_DUTIES: Final = re.compile(r"职责|任务|事项|分工|责任|工作(?:制度|机制)")
_SECTIONS: Final = frozenset({"编", "章", "节", "cn", "cn()"})
_URGING: Final = re.compile(
    r"(?:保障(?:措施|条件)|(?:组织|工作|实施|服务|要素|综合)保障|^.{0,6}保障$|工作要求|组织领导|有关要求|几点要求|组织实施)"
)
# Chapters of measures about inspection say who inspects.
_EXHORTING: Final = re.compile(rf"{_URGING.pattern}|监督(?:检查|管理)|督导")
_DUTIES: Final = re.compile(
    r"(?P<names>.{2,60}?)(?:(?P<set>(?:的)?(?:设置|设立|组成|构成)(?:和|及|与))?(?:的)?(?:主要|工作|具体|基本)*"
    r"(?:职责|任务|职能|责任)(?:分工)?(?:主要)?(?:包括|如下|有|为|是)?"
    r"|(?:应当?|要|主要)?(?:对[^:。]{2,30})?(?:履行|承担|负责|做好|完成|开展)(?:下列|以下|如下)[^:。]{0,10}"
    r"|(?:主要|具体|统筹)?负责)[:。]?$"
)
_WORK: Final = re.compile(  # 依法全面履行政府职能 names nobody
    r"(?:依法|全面|切实|正确|认真|严格|进一步|明确|厘清|理顺|落实|压实|夯实|强化|履行|转变|优化|规范|加强|健全|完善|建立|深化|推进|加快)"
)
_BY_SUBJECT: Final = re.compile(r"(?:主管|负责|应当?|依法|对|在|,|要|是|具体|统筹|承担|履行)")
_ITS_DUTIES: Final = re.compile(r"其(?:主要|具体|工作)*职责(?:是|为|包括|如下)*:$")  # 市林业局负责实施。其职责是：
_FOLLOWING: Final = re.compile(
    r"(?:下列|以下|如下)(?!内容|材料|条件|情形|情况|资料|程序|标准|范围|项目)[^:。]{0,12}[:。]?$"
)
_LISTED: Final = re.compile(r"(?:下列|以下|如下)(?:内容|材料|条件|情形|情况|资料|程序|标准|范围|项目)|包括:$")
_ALLOTTING: Final = re.compile(r"职责|分工|责任|任务")
_ALLOTS: Final = re.compile(r"负责|牵头|承担|承办|组织实施|会同")
_ALLOTTED: Final = re.compile(r"(?:职责|责任|任务)分工|分工负责|部门职责|责任划分")
_OWN_DUTIES: Final = re.compile(r"(?P<names>.{2,24}?)(?:的)?(?:主要|工作|具体|岗位)*职责[:。]?$")
_LONGEST_TOPIC: Final = 14
_LONGEST_SUBJECT: Final = 48
_ONLY_DUTIES: Final = re.compile(r"(?:主要|工作|具体|基本)*(?:职责|任务)(?:分工)?[:。]")
_ENDS_OF_LINE: Final = frozenset("。；：！？;:!?")
_HEADING: Final = 70
_SEVERAL: Final = 3
_DIVISION: Final = re.compile(r"(?:分工|职责)(?:安排|任务)?$")


@dataclass(frozen=True, slots=True)
class _Owner:
    """Units that a heading makes answer for the items under it; `waits` until a heading 主要职责."""

    start: int
    end: int
    waits: bool = False


def read_articles(
    tasks: TaskReader, *, kind: DocumentKind, title: str, is_letter: bool, before: Sequence[Task]
) -> list[Task]:
    """Return the tasks that the sentences of a part hold; `before` are the tasks found so far in its document.

    A text without a title, such as an excerpt, is read too, and one with articles (第五条) as measures are.
    """
    by_clause = any("prose_clause" not in task.doubts and not is_spoken(tasks.text, task) for task in before)
    if is_letter or (kind not in KINDS and title and not _NAMES_DUTIES.search(title)):
        return []
    binding = kind == "measures" or (not title and any(item.label.kind == "条" for item in tasks.items))
    taken = frozenset(task.id.partition(".")[0] for task in before)
    reader = ArticleReader(tasks, binding, kind == "task_plan", owned_only=by_clause, taken=taken)
    return reader.read()


@dataclass(slots=True)
class ArticleReader:
    """Reads the items of one part as sentences; `tasks` has read the part and found no clause."""

    tasks: TaskReader
    binding: bool
    only_allotted: bool = False  # in the letter of a plan of tasks, mere exhortations say nothing
    owned_only: bool = False
    taken: frozenset[str] = frozenset()
    allotted: dict[int, bool] = field(default_factory=dict)

    def read(self) -> list[Task]:
        """Return the tasks in order of print."""
        owners: dict[int, _Owner] = {}
        found, done = self._below_lines()
        for index, item in enumerate(self.tasks.items):
            if item.label.start in done or self._is_under(index, _AIMS):
                continue
            holder = self.tasks.holder(index)
            first, last = self._bounds(item.own)
            owner = self._owner(index, first, last, owners)
            if owner is not None:
                owners[index] = owner
            found.extend(self._tasks(index, holder, first, last, owners))
        alone = self._of_units_alone()
        for holder in () if self.owned_only else self._paragraphs():
            if holder.own.start in done or holder.id in self.taken:
                continue
            said = list(self._sayings(holder, *self._bounds(holder.own), exhorting=False))
            one = alone.get(holder.id)
            if one is not None and (not said or person_in_post(one["names"])):
                named = Field(role_of(one["names"]) or "responsible_units", "", *one.span("names"))
                said = [self._task(holder, holder.id, one.end(), self._bounds(holder.own)[1], (named,))]
            found.extend(said)
        return sorted(found, key=lambda task: task.span.start)

    def _below_lines(self) -> tuple[list[Task], set[int]]:
        """Return the tasks that lines which are nothing but names give what stands below them, and where they stand."""
        reader, found, done = self.tasks, list[Task](), set[int]()
        lines = [*(line.own for line in reader.loose), *reader.mastheads]
        for owned in owned_by_lines(reader.text, reader.view, reader.items, lines):
            fields = (Field(owned.role, "", owned.first, owned.last),)
            done.add(reader.view.span(owned.first, owned.last).start)
            done.update(words.start for words in owned.words)
            if owned.words:
                holder = Holder(-1, "", f"w{owned.first}", owned.words[0].start, owned.words[0])
                last = self._bounds(owned.words[-1])[1]
                found.append(self._task(holder, holder.id, self._bounds(owned.words[0])[0], last, fields))
            for index, own in owned.items.items():
                holder = reader.holder(index)
                if holder.id not in self.taken and reader.items[index].own.start == own.start:
                    done.add(reader.items[index].label.start)
                    found.append(self._task(holder, holder.id, *self._bounds(own), fields))
        return found, done

    def _of_units_alone(self) -> dict[str, re.Match[str]]:
        """Return the units of paragraphs that begin with a unit and a colon (市交通局：改造公路), where several do."""
        found: dict[str, re.Match[str]] = {}
        for holder in () if self.tasks.items or self.owned_only else self._paragraphs():
            first, last = self._bounds(holder.own)
            one = OF_ONE.match(self.tasks.view.folded, first, last)
            names = one["names"] if one is not None and one.group()[-1] == ":" else ""
            if one is not None and names and (is_list_of_bodies(names) or person_in_post(names)):
                found[holder.id] = one
        return found if len(found) > 1 else {}

    def _paragraphs(self) -> Iterator[Holder]:
        """Yield the words that belong to no item, lines joined that one sentence runs over."""
        pending: Holder | None = None
        for holder in self.tasks.loose:
            if pending is not None and self._runs_on(pending.own, holder.own):
                pending = replace(pending, own=Span(pending.own.start, holder.own.end))
                continue
            if pending is not None:
                yield pending
            pending = holder
        if pending is not None:
            yield pending

    def _runs_on(self, before: Span, after: Span) -> bool:
        between = self.tasks.text[before.end : after.start]
        return not between.strip() and self.tasks.text[before.end - 1] not in _ENDS_OF_LINE

    def _bounds(self, own: Span) -> tuple[int, int]:
        view = self.tasks.view
        return view.index_of(own.start), view.index_of(own.end)

    def _is_under(self, index: int, pattern: re.Pattern[str]) -> bool:
        """Whether a heading above an item, or a short one of its own, is of a kind."""
        while index >= 0:
            heading = self.tasks.provisions[index].heading or ""
            is_section = self.tasks.items[index].label.kind in _SECTIONS
            if is_section and len(heading) <= 24 and pattern.search(heading):
                return True
            index = self.tasks.items[index].parent
        return False

    def _owner(self, index: int, first: int, last: int, owners: dict[int, _Owner]) -> _Owner | None:
        """Return whom a heading of an item makes answer for the items under it."""
        if not self.tasks.items[index].children:
            return None
        folded = self.tasks.view.folded
        names = self._names_of_heading(index, first, min(last, first + _HEADING))
        if names is not None:
            return names
        above = owners.get(self.tasks.items[index].parent)
        if above is not None and above.waits and _ONLY_DUTIES.match(folded, first, last):
            return _Owner(above.start, above.end)
        return None

    def _names_of_heading(self, index: int, first: int, last: int) -> _Owner | None:
        """Return the units that a heading names: 市财政局职责, 各级政府防汛责任主要包括, 市公安局."""
        folded = self.tasks.view.folded
        heading = _DUTIES.match(folded, first, last)
        if heading is not None and not _WORK.match(heading["names"]):
            start, end = within_quotes(folded, *heading.span("names"))
            for stop in range(end, max(first + 2, end - _LONGEST_TOPIC), -1):
                if is_list_of_bodies(folded[start:stop]):
                    return _Owner(start, stop, waits=heading["set"] is not None)
        if folded[last - 1] == ":":  # 市财政局负责资金监管：
            leading = self._of_its_duties(first, last) or self._leading(first, last)
            if leading is not None:
                return leading
        if self._names_a_unit(index):
            return _Owner(*trim(folded, first, self._end_of_line(index)))
        if _FOLLOWING.search(folded, first, last) is None:
            return None
        first = max(first, max(folded.rfind(mark, first, last - 2) for mark in "。;") + 1)
        for stop in range(min(last, first + _LONGEST_SUBJECT), first + 3, -1):
            if _BY_SUBJECT.match(folded, stop, last) and is_list_of_bodies(folded[first:stop]):
                return _Owner(first, stop)
        return None

    def _of_its_duties(self, first: int, last: int) -> _Owner | None:
        """Return the unit of the sentence before 其主要职责是：."""
        if not _ITS_DUTIES.search(self.tasks.view.folded, first, last):
            return None
        said = next(find_sayings(self.tasks.view, first, last, binding=True, exhorting=False), None)
        return _Owner(said.fields[0].start, said.fields[0].end) if said is not None else None

    def _leading(self, first: int, last: int) -> _Owner | None:
        """Return the units that the one sentence before a list says are responsible."""
        folded = self.tasks.view.folded
        if "。" in folded[first:last] or _LISTED.search(folded, first, last):
            return None
        for said in find_sayings(self.tasks.view, first, last, binding=False, exhorting=False):
            field = said.fields[0]
            if said.start == first and field.start == first and "负责" in field.label:
                return _Owner(field.start, field.end)
        return None

    def _end_of_line(self, index: int) -> int:
        """Return where the first line of an item ends in the view."""
        own = self.tasks.items[index].own
        stop = self.tasks.text.find("\n", own.start, own.end)
        return self.tasks.view.index_of(stop if stop >= 0 else own.end)

    def _names_a_unit(self, index: int) -> bool:
        """Whether the first line of an item is nothing but units, and so is that of another item beside it."""
        if not self._is_units_only(index):
            return False
        parent = self.tasks.items[index].parent
        if parent >= 0 and _ALLOTTING.search(self.tasks.provisions[parent].heading or ""):
            return True
        items = self.tasks.items
        beside = items[parent].children if parent >= 0 else [at for at, item in enumerate(items) if item.parent < 0]
        return any(other != index and self._is_units_only(other) for other in beside)

    def _is_units_only(self, index: int) -> bool:
        first, end = self.tasks.view.index_of(self.tasks.items[index].own.start), self._end_of_line(index)
        return end - first <= _HEADING and names_bodies(
            self.tasks.view.folded[slice(*trim(self.tasks.view.folded, first, end))]
        )

    def _tasks(self, index: int, holder: Holder, first: int, last: int, owners: dict[int, _Owner]) -> Iterator[Task]:
        if index in owners or holder.id in self.taken or index in self.tasks.handed:
            return
        above = owners.get(self.tasks.items[index].parent)
        if above is not None and not above.waits:
            yield from self._owned(index, holder, first, last, above)
        else:
            yield from self._unowned(index, holder, first, last)

    def _owned(self, index: int, holder: Holder, first: int, last: int, above: _Owner) -> Iterator[Task]:
        """Yield the tasks of an item whose heading names who answers."""
        folded = self.tasks.view.folded
        stop = self._end_of_point(index, first, last)
        one = OF_ONE.match(folded, first, stop)
        if one is not None and is_list_of_bodies(one["names"]) and not is_label(one["names"]):
            field = Field("responsible_units", "", *one.span("names"))
            yield self._task(holder, holder.id, one.end(), stop, (field,))
            return
        own = list(self._sayings(holder, first, stop, exhorting=False))
        if own and own[0].clause_span.start == self.tasks.items[index].own.start:  # (一)公安机关负责…
            yield from own
        else:
            owner = Field("responsible_units", "", above.start, above.end)
            yield self._task(holder, holder.id, first, stop, (owner,))
        if stop < last and not self.owned_only:
            rest = replace(holder, id=f"{holder.id}-after")
            yield from self._sayings(rest, stop, last, exhorting=False)

    def _unowned(self, index: int, holder: Holder, first: int, last: int) -> Iterator[Task]:
        """Yield the tasks of an item that must say itself who answers."""
        folded = self.tasks.view.folded
        line_end = self._end_of_line(index)
        several = not self.tasks.items[index].children and any(lines_of_units(self.tasks, line_end, last))
        one = None if several else OF_ONE.match(folded, first, last)
        if (
            one is not None
            and (is_list_of_bodies(one["names"]) or person_in_post(one["names"]))
            and not is_label(one["names"])
            and not self.tasks.items[index].children
        ):
            field = Field(role_of(one["names"]) or "responsible_units", "", *one.span("names"))
            yield self._task(holder, holder.id, one.end(), last, (field,))
            return
        named = None if several else self._named_by_first_line(index, first, line_end, last)
        if named is not None:
            yield self._task(holder, holder.id, line_end, last, (named,))
            return
        if self.owned_only:
            yield from self._headed_by_a_unit(index, holder, first, last)
            return
        heading = self._names_of_heading(index, first, line_end) if line_end < last else None
        points = points_below(self.tasks, line_end, last) if heading is not None and not heading.waits else []
        if heading is not None and len(points) > 1:
            owner = Field("responsible_units", "", heading.start, heading.end)
            for place, (start, stop) in enumerate(points, start=1):
                yield self._task(holder, f"{holder.id}.{place}", start, stop, (owner,))
            return
        lines = [] if self.tasks.items[index].children else list(lines_of_units(self.tasks, first, last))
        if lines:
            for place, (start, stop, names) in enumerate(lines, start=1):
                field = Field("responsible_units", "", *names)
                yield self._task(holder, f"{holder.id}.{place}", start, stop, (field,))
            last = lines[0][2][0]
        if is_short_heading(self.tasks, first, line_end, last):
            first = line_end
        first = self._after_title(index, first, last)
        bare = self.only_allotted and not self._is_under(index, _ALLOTTED)
        exhorting = bare or self._is_under(index, _URGING if self.binding else _EXHORTING)
        yield from self._sayings(holder, first, last, exhorting=exhorting)

    def _named_by_first_line(self, index: int, first: int, line_end: int, last: int) -> Field | None:
        """Return whom the first line of an item names and nothing else: 市公安局, or 领导小组职责."""
        if line_end >= last or self.tasks.items[index].children:
            return None
        folded = self.tasks.view.folded
        if self._names_a_unit(index):
            return Field("responsible_units", "", *trim(folded, first, line_end))
        headed = _OWN_DUTIES.match(folded, first, line_end)
        role = role_of(headed["names"]) if headed is not None else None
        return Field(role, "", *headed.span("names")) if headed is not None and role is not None else None

    def _headed_by_a_unit(self, index: int, holder: Holder, first: int, last: int) -> Iterator[Task]:
        """Among items with clauses, one whose first words allot it to units: 3.由县交通局牵头，县公安局配合，…"""
        items, parent = self.tasks.items, self.tasks.items[index].parent
        if items[index].children or self._is_under(index, _EXHORTING):
            return
        beside = items[parent].children if parent >= 0 else [at for at, item in enumerate(items) if item.parent < 0]
        if not any(self.tasks.holder(other).id in self.taken for other in beside):
            return
        begin = self._behind_heading(index, first)
        saying = next(find_sayings(self.tasks.view, begin, last, binding=False, exhorting=True), None)
        if saying is None or not _ALLOTS.search(saying.fields[0].label):
            return
        by = saying.fields[0].start == begin + 1 and self.tasks.view.folded[begin] == "由"
        if by or saying.fields[0].start == first:  # 植树。市林业局负责验收 says what the heading is not about
            yield self._task(holder, holder.id, first, last, saying.fields)

    def _behind_heading(self, index: int, first: int) -> int:
        """Return where the words of an item go on behind a heading that ends in a full stop."""
        heading = self.tasks.provisions[index].heading or ""
        stop = self.tasks.view.folded.find("。", first, first + _LONGEST_SUBJECT)
        return stop + 1 if heading and stop == first + len("".join(heading.split())) else first

    def _after_title(self, index: int, first: int, last: int) -> int:
        """Return where the sentences of an item begin: after a first line that is a title."""
        line_end = self._end_of_line(index)
        heading = fold_words("".join((self.tasks.provisions[index].heading or "").split()))
        is_title = first < line_end < last and heading and heading == self.tasks.view.folded[first:line_end]
        return line_end if is_title and self.tasks.view.folded[line_end - 1] not in "。;,、:!?()" else first

    def _end_of_point(self, index: int, first: int, last: int) -> int:
        """Return where the last point of a list ends: words of the article may follow it on lines of their own."""
        item = self.tasks.items[index]
        if item.children or item.parent < 0 or self.tasks.items[item.parent].children[-1] != index:
            return last
        for line in lines_of(self.tasks, first, last):
            if self.tasks.view.folded[line[1] - 1] == "。":
                return line[1]
        return last

    def _is_allotting(self, index: int) -> bool:
        """Whether the items beside an item tell one unit after the other what its part is; articles are rules."""
        if self.tasks.items[index].label.kind == "条":
            return False
        if index not in self.allotted:
            parent = self.tasks.items[index].parent
            items = self.tasks.items
            beside = items[parent].children if parent >= 0 else [at for at, each in enumerate(items) if each.parent < 0]
            names: set[str] = set()
            for other in beside:
                names.update(heads(self.tasks.view, *self._bounds(items[other].own))[:1])
            self.allotted.update(dict.fromkeys(beside, len(names) >= _SEVERAL))
        return self.allotted[index]

    def _sayings(self, holder: Holder, first: int, last: int, *, exhorting: bool) -> Iterator[Task]:
        allotting = holder.item >= 0 and self._is_allotting(holder.item)
        to_all = holder.item >= 0 and self._is_under(holder.item, _DIVISION)
        sayings = list(
            find_sayings(
                self.tasks.view,
                first,
                last,
                binding=self.binding,
                exhorting=exhorting,
                allotting=allotting,
                to_all=to_all,
            )
        )
        for place, saying in enumerate(sayings, start=1):
            suffix = f".{place}" if len(sayings) > 1 else ""
            yield self._task(holder, f"{holder.id}{suffix}", saying.start, saying.end, saying.fields)

    def _task(self, holder: Holder, identifier: str, first: int, last: int, fields: tuple[Field, ...]) -> Task:
        view = self.tasks.view
        span = view.span(first, last)
        start, end = min(item.start for item in fields), max(item.end for item in fields)
        task = Task(
            id=identifier,
            number=holder.number,
            section=None,
            text=join_text(span.of(self.tasks.text)).rstrip("；;，,"),
            span=span,
            text_span=span,
            clause_span=view.span(start, end),
        )
        return self.tasks.complete(task, holder, Clause(start, end, list(fields), prose=True))
