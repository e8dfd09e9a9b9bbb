"""Stage 7, tasks: reads the numbered items of one part and their clauses; writes tasks with their doubts.

Guarantees: a task is the smallest item that carries its own clause; an item with several clauses gives a task for
each; a clause after the last of several sub-items that have none belongs to the item above them; ids repeat from
reading to reading of the same words; spans lie inside the item, and parties inside the clause or in a heading above.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from luoshi.reading.model import ROLES, Deadline, Issue, Party, Provision, Role, Span, Task
from luoshi.reading.part_reading import Dating
from luoshi.reading.responsibilities.clauses import Clause, find_clauses
from luoshi.reading.responsibilities.deadlines import labelled_deadline, stated_deadline, worded_deadline
from luoshi.reading.responsibilities.doubts import doubts_of
from luoshi.reading.responsibilities.headings import hand_down
from luoshi.reading.responsibilities.parties import split_names
from luoshi.reading.responsibilities.roles import FIRST_IS_LEAD, FROM_HERE_ON, INHERITED, is_label
from luoshi.reading.responsibilities.shared_clauses import announces, share_last
from luoshi.reading.structure.numbering import Item, printed_number
from luoshi.reading.structure.provisions import join_text, section_heading, separate_heading
from luoshi.reading.view import View, fold_words

_SUB_KINDS: Final = frozenset({"(1)", "①", "1.1"})
_EDGES: Final = " \t\n\u3000"
_ENDS_OF_LINE: Final = frozenset("。；：！？;:!?")
_WRAPPED: Final = 20  # letters of a line that the paper may have ended
_SHORTEST_TASK: Final = 4
_LONGEST_CLAUSE: Final = 300
_IN_RUNNING_TEXT: Final = re.compile(
    r"(?:[^。;:()]{0,60}[(](?P<section>[一二三四五六七八九十]{1,3})[)](?=[\u4e00-\u9fff]))?(?:(?:具体)?(?:措施|任务|举措):)?"
    r"(?:(?P<item>\d{1,2})[.、](?=[\u4e00-\u9fff]|\d{4}年))?"
)


@dataclass(slots=True)
class Standing:
    """What earlier clauses of the part declared for the later ones."""

    first_is_lead: bool = False
    implied: tuple[Party, ...] = ()


@dataclass(frozen=True, slots=True)
class Holder:
    """The words that may carry clauses: an item, or words without a number (`item` is -1).

    `until` is where its words end at the latest, or -1: the number of a sub-item that holds nothing but the clause.
    """

    item: int
    number: str
    id: str
    start: int
    own: Span
    until: int = -1


@dataclass(slots=True)
class TaskReader:
    """Reads the tasks of one part; `dating` is what its deadlines count from."""

    text: str
    view: View
    items: Sequence[Item]
    provisions: Sequence[Provision]
    dating: Dating
    issues: list[Issue] = field(default_factory=list)
    standing: Standing = field(default_factory=Standing)
    loose: list[Holder] = field(default_factory=list)
    handed: set[int] = field(default_factory=set)  # headings that gave their clause to the items under them
    mastheads: Sequence[Span] = ()  # lines that hold the name of a unit, as above and below letters

    def read(self, loose: Sequence[Span], prefix: str) -> list[Task]:
        """Return the tasks in order of print; `loose` are stretches of text that belong to no item."""
        held = [(holder, self._clauses(holder)) for holder in self._holders(loose, prefix)]
        self._heed_declarations(held)
        by_item = {holder.item: found for holder, found in held if found}
        given, emptied = hand_down(self.view, self.items, by_item)
        self.handed = emptied
        given = {**share_last(self.view, self.items, by_item), **given}
        held = [(self._lifted(holder, held), found) for holder, found in held if found and holder.item not in emptied]
        below = [(self.holder(index), [clause]) for index, clause in given.items()]
        tasks: list[Task] = []
        for holder, clauses in sorted([*self._gathered(held), *below], key=lambda pair: pair[0].own.start):
            tasks.extend(self._tasks_of(holder, clauses))
        return tasks

    def _heed_declarations(self, held: Sequence[tuple[Holder, list[Clause]]]) -> None:
        """Words without a clause may say for all clauses that the first unit listed leads."""
        for holder, clauses in held:
            if not clauses and FIRST_IS_LEAD.search(self.view.folded, *self._bounds(holder)):
                self.standing.first_is_lead = True

    def _bounds(self, holder: Holder) -> tuple[int, int]:
        return self.view.index_of(holder.own.start), self.view.index_of(holder.own.end)

    def holder(self, index: int) -> Holder:
        """Return the words of an item as what may carry a clause."""
        item = self.items[index]
        return Holder(index, self._number(index), self.provisions[index].id, item.label.start, item.own)

    def _holders(self, loose: Sequence[Span], prefix: str) -> Iterator[Holder]:
        yield from map(self.holder, range(len(self.items)))
        self.loose = [
            Holder(-1, f"{place}", f"{prefix}x{place}", span.start, span) for place, span in enumerate(loose, start=1)
        ]
        yield from self._paragraphs()

    def _paragraphs(self) -> Iterator[Holder]:
        """Yield the words without a number; a line that is nothing but a clause belongs to the paragraph before it."""
        joined: list[Holder] = []
        for holder in self.loose:
            if joined and self._follows(joined[-1], holder) and self._is_clause_of(joined[-1], holder):
                while len(joined) > 1 and self._runs_on(joined[-2], joined[-1]):
                    del joined[-1]
                joined[-1] = replace(joined[-1], own=Span(joined[-1].own.start, holder.own.end))
            else:
                joined.append(holder)
        yield from joined

    def _follows(self, before: Holder, after: Holder) -> bool:
        return not self.text[before.own.end : after.own.start].strip()

    def _runs_on(self, before: Holder, after: Holder) -> bool:
        """Whether a paragraph goes on in the next line: a long line that ends in the middle of a sentence."""
        words = before.own.of(self.text)
        return self._follows(before, after) and len(words) >= _WRAPPED and words[-1] not in _ENDS_OF_LINE

    def _is_clause_of(self, before: Holder, line: Holder) -> bool:
        """Whether a line is the clause of the paragraph before it, or goes on in that clause."""
        words = line.own.of(self.text)
        if is_label(fold_words("".join(words.split()))):
            return True
        if len(words) > _LONGEST_CLAUSE or before.own.end - before.own.start < _SHORTEST_TASK:
            return False
        first, last = self.view.index_of(before.own.start), self.view.index_of(line.own.end)
        begin = self.view.index_of(line.own.start)
        return any(
            first < clause.start and clause.start <= begin < clause.end
            for clause in find_clauses(self.view, first, last)
        )

    def _number(self, index: int) -> str:
        item = self.items[index]
        own = printed_number(item.label)
        if item.label.kind in ("(1)", "①") and item.parent >= 0:
            return f"{self._number(item.parent)}({item.label.number})"
        return own

    def _clauses(self, holder: Holder) -> list[Clause]:
        return find_clauses(self.view, *self._bounds(holder))

    def _gathered(self, held: Sequence[tuple[Holder, list[Clause]]]) -> list[tuple[Holder, list[Clause]]]:
        """Sub-items that hold nothing but their clause ((2) 责任单位：A) speak for the item above them."""
        with_clause = {holder.item for holder, _ in held}
        gathered: list[tuple[Holder, list[Clause]]] = []
        lifted: dict[int, int] = {}
        for holder, clauses in held:
            parent = self._parent_of_empty(holder, clauses)
            if parent < 0 or parent in with_clause:
                gathered.append((holder, clauses))
            elif parent in lifted:
                above, (first, *_) = gathered[lifted[parent]]
                first.fields.extend(clauses[0].fields)
                first.end = clauses[0].end
                gathered[lifted[parent]] = (replace(above, own=Span(above.own.start, holder.own.end)), [first])
            else:
                lifted[parent] = len(gathered)
                above = self.holder(parent)
                own = Span(above.own.start, holder.own.end)
                gathered.append((replace(above, own=own, until=holder.start), clauses))
        return gathered

    def _parent_of_empty(self, holder: Holder, clauses: list[Clause]) -> int:
        """Return the item above a sub-item that has no words but one clause; -1 for every other."""
        if holder.item < 0 or len(clauses) != 1 or self.items[holder.item].label.kind not in _SUB_KINDS:
            return -1
        empty = clauses[0].start <= self._bounds(holder)[0] and holder.own == self.items[holder.item].own
        return self.items[holder.item].parent if empty else -1

    def _lifted(self, holder: Holder, held: Sequence[tuple[Holder, list[Clause]]]) -> Holder:
        """A clause that only the last of several sub-items has, on a line of its own, is the whole item's."""
        if holder.item < 0 or not self._may_be_lifted(holder.item):
            return holder
        parent = self.items[holder.item].parent
        siblings = self.items[parent].children if parent >= 0 else []
        with_clause = {other.item for other, clauses in held if clauses}
        if len(siblings) < 2 or siblings[-1] != holder.item or with_clause & {parent, *siblings[:-1]}:
            return holder
        clause = next(clauses for other, clauses in held if other.item == holder.item)[0]
        first = self.view.span(clause.start, clause.end).start
        if "\n" not in self.text[holder.own.start : first].rstrip(_EDGES) + self.text[first - 1 : first]:
            return holder
        above = self.items[parent]
        own = Span(above.own.start, holder.own.end)
        return Holder(parent, self._number(parent), self.provisions[parent].id, above.label.start, own)

    def _may_be_lifted(self, index: int) -> bool:
        """Whether the items beside one may be parts of the item above: by their number, or announced (整改措施：)."""
        kind, parent = self.items[index].label.kind, self.items[index].parent
        return kind in _SUB_KINDS or (kind == "1." and parent >= 0 and announces(self.view, self.items, parent))

    def _tasks_of(self, holder: Holder, clauses: list[Clause]) -> Iterator[Task]:
        start = holder.start
        text_start = holder.own.start
        for place, clause in enumerate(clauses, start=1):
            clause_span = self.view.span(clause.start, clause.end)
            is_last = place == len(clauses)
            end = holder.own.end if is_last else clause_span.end
            words_end = clause_span.start if holder.until < 0 else min(clause_span.start, holder.until)
            words_end = holder.own.end if clause.above else words_end
            suffix = f".{place}" if len(clauses) > 1 else ""
            words = self._trim(Span(text_start, max(text_start, words_end)))
            number, words = self._past_number(holder.number, words) if suffix else (holder.number, words)
            task = Task(
                id=f"{holder.id}{suffix}",
                number=number,
                section=None,
                text="",
                span=self._trim(Span(start, end)),
                text_span=words,
                clause_span=clause_span,
            )
            yield self._completed(task, holder, clause, len(clauses))
            start = text_start = clause_span.end

    def _past_number(self, number: str, words: Span) -> tuple[str, Span]:
        """Return the words of a task without the number before them in running text: 二、放权(五)具体措施:3.清理…"""
        first, last = self.view.index_of(words.start), self.view.index_of(words.end)
        label = _IN_RUNNING_TEXT.match(self.view.folded, first, last)
        if label is None or not (label["item"] or label["section"]) or last - label.end() < _SHORTEST_TASK:
            return number, words
        return label["item"] or label["section"], Span(self.view.offsets[label.end()], words.end)

    def _trim(self, span: Span) -> Span:
        start, end = span.start, span.end
        while start < end and (self.text[start].isspace() or self.text[start] in "。；"):
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return Span(start, end)

    def _completed(self, task: Task, holder: Holder, clause: Clause, clauses: int) -> Task:
        after = "" if clause.above else join_text(self.text[task.clause_span.end : task.span.end]).strip("。；;.")
        heading = self.provisions[holder.item].heading if holder.item >= 0 else None
        text = separate_heading(join_text(task.text_span.of(self.text)), heading)
        task = replace(task, text=f"{text}{after}" if after else text)
        return self.complete(task, holder, clause, after=bool(after), several=clauses > 1)

    def complete(
        self, task: Task, holder: Holder, clause: Clause, *, after: bool = False, several: bool = False
    ) -> Task:
        """Return a task with the sections, the parties and the deadline of its clause, and with its doubts."""
        path = self._sections(holder.item)
        named = self._parties(clause)
        task = replace(
            task,
            section=path[0] if path else None,
            section_path=path,
            implied_units=self._implied(named),
            deadline=self._deadline(task, clause),
        ).with_parties(named)
        self._learn(clause)
        issues = doubts_of(task, clause, after=after, several=several)
        self.issues.extend(issues)
        return replace(task, doubts=tuple(dict.fromkeys(issue.code for issue in issues)))

    def _sections(self, index: int) -> tuple[str, ...]:
        """Headings above an item, outermost first; a numbered parent item is no section."""
        path: list[str] = []
        parent = self.items[index].parent if index >= 0 else -1
        while parent >= 0:
            if self.items[parent].label.kind not in ("1.", "1.1", "(1)", "①"):
                path.insert(0, section_heading(self.provisions[parent]))
            parent = self.items[parent].parent
        return tuple(path)

    def _parties(self, clause: Clause) -> dict[Role, tuple[Party, ...]]:
        named: dict[Role, tuple[Party, ...]] = {}
        for role in ROLES:
            fields = [item for item in clause.fields if item.role == role]
            leaders = role == "lead_leaders"
            names = [split_names(self.view, item.start, item.end, leaders=leaders) for item in fields]
            named[role] = tuple(party for parties in names for party in parties)
        if self._leads_by_place(clause):
            named["lead_units"] = named["responsible_units"][:1]
            named["responsible_units"] = named["responsible_units"][1:]
        return named

    def _implied(self, named: dict[Role, tuple[Party, ...]]) -> tuple[Party, ...]:
        """Return the units declared once for all that the clause itself does not name."""
        own = {party.name for parties in named.values() for party in parties}
        return tuple(party for party in self.standing.implied if party.name not in own)

    def _leads_by_place(self, clause: Clause) -> bool:
        """Whether the document said that the first unit listed is the lead (列首位的为牵头单位，下同)."""
        words = [self.view.folded[start:end] for start, end in clause.notes]
        words += [item.label for item in clause.fields]
        here = any(FIRST_IS_LEAD.search(note) for note in words)
        has_lead = any(item.role == "lead_units" for item in clause.fields)
        return not has_lead and (here or self.standing.first_is_lead)

    def _learn(self, clause: Clause) -> None:
        for item in clause.fields:
            if FIRST_IS_LEAD.search(item.label) and FROM_HERE_ON.search(item.label):
                self.standing.first_is_lead = True
        for start, end in clause.notes:
            words = self.view.folded[start:end]
            if FIRST_IS_LEAD.search(words) and FROM_HERE_ON.search(words):
                self.standing.first_is_lead = True
            found = INHERITED.search(self.view.folded, start, end)
            if found:
                self.standing.implied = split_names(self.view, *found.span("names"))

    def _deadline(self, task: Task, clause: Clause) -> Deadline | None:
        for item in clause.fields:
            if item.role == "deadline":
                return labelled_deadline(self.view, item.start, item.end, self.dating)
        span = task.text_span
        first, last = self.view.index_of(span.start), self.view.index_of(span.end)
        stated = stated_deadline(self.view, first, last, self.dating)
        if stated is not None or not clause.prose:
            return stated
        return worded_deadline(self.view, first, last, self.dating)
