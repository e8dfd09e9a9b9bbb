"""Stage 6, responsibility clauses: reads the words of one item through the view; writes its clauses.

Guarantees: clauses are in order and do not overlap; each field is a stretch of the view that holds names and nothing
else; a clause never crosses the item it belongs to. Forms read: labels in brackets of any kind and width, labels on
lines of their own or after a full stop, and verbs that close a list of names in brackets.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from typing import Final

from luoshi.reading.responsibilities.brackets import Group, find_groups
from luoshi.reading.responsibilities.deeds import DEEDS
from luoshi.reading.responsibilities.fields import (
    FILLER,
    LINE_AHEAD,
    MOST_FIELDS,
    Field,
    cut_at_verbs,
    cut_notes,
    names_are_lists,
    names_nobody,
    one_with_another,
    pieces,
    refine,
    time_limit,
    trim,
    value_end,
    with_one_lead,
)
from luoshi.reading.responsibilities.names import is_list_of_names, is_sure_list, is_surely_unit, is_whole_name
from luoshi.reading.responsibilities.roles import FIRST_IS_LEAD, RoleLabel, find_labels, shorter_label
from luoshi.reading.view import CLOSING, OPENING, View

_AFTER_SENTENCE: Final = tuple("。;!?”)》")
_ENDS: Final = frozenset("。;!?")
_LINE_STOPS: Final = _ENDS | {":"}
_SIGNS: Final = frozenset("★☆▲△●○■□◆◇※•—-")
_BEFORE_LABEL: Final = frozenset("。;!?:)〕]】,、》”(〔[【<《「『") | _SIGNS
_JOINTS: Final = frozenset("、,;:和及与(〔")
_PAIRS: Final = dict(zip(OPENING, CLOSING, strict=True))
_UNKNOWN_LABEL: Final = re.compile(r"[\u4e00-\u9fff]{1,6}(?:单位|部门|领导|责任人|科室|机构):")
_DIVISION: Final = re.compile(r"(?:责任|任务|职责|工作)?分工:")
_OTHER_LABEL: Final = re.compile(r"[\u4e00-\u9fff]{2,8}:")
_CLOSERS: Final = ")〕]】>》」』"
_NO_NAMES: Final = re.compile(r"(?:不?含|包括|以下|下称|简称|即|例?如|除|仅?限|详?见|注|备注|原|现|另|或|非|和)")
_ORGAN_BEFORE: Final = re.compile(r"(?:局|委|办|厅|部|政府|法院|检察院|委员会|办公室)$")
_SHORTEST_TASK: Final = 6
_SHORTEST_HEADING: Final = 4
_LONGEST_NAME: Final = 40
_LONGEST_HEADING: Final = 60
# What begins another task after a line of names; 建成县城游泳馆 ends as the names of units do.
_NEXT_TASK: Final = re.compile(
    r"[\d①-⒛㈠-㈩Ⅰ-Ⅻ•·●■◆★▲▶√>*—-]|[A-Za-z]{1,3}[.)]|(?:第?[一二三四五六七八九十]{1,3}(?:[、,.:)]|是|项)|(?:任务|事项|项目|措施)[\d一二三四五六七八九十])"
    r"|【|[\u4e00-\u9fff、]{2,24}[(]共?[\d一二三四五六七八九十]{1,3}[项个件条](?:任务|工作|事项)?[)]"
    rf"|(?:{DEEDS}|建设(?!局|厅|部|委|银行|集团|工程|投资|发展))"
)


@dataclass(slots=True)
class Clause:
    """A responsibility clause; `notes` are stretches about clauses in general (列首位的为牵头单位，下同)."""

    start: int
    end: int
    fields: list[Field] = field(default_factory=list)
    notes: list[tuple[int, int]] = field(default_factory=list)
    unclosed: bool = False
    mismatched: tuple[str, str] | None = None
    unread: bool = False  # it holds a label that no role is known for
    bare: bool = False  # names in brackets, without label or verb
    prose: bool = False  # the subject of a sentence
    above: bool = False  # it stands in the heading of the section


def find_clauses(view: View, start: int, end: int) -> list[Clause]:
    """Return the clauses of the item whose words are the stretch of the view; several mean several tasks."""
    return _Finder(view, start, end).find()


class _Finder:
    """The words of one item with the brackets and labels in them."""

    def __init__(self, view: View, start: int, end: int) -> None:
        self.view, self.folded = view, view.folded
        self.start, self.end = start, end
        self.groups = find_groups(view.folded, start, end)
        labels = find_labels(view.folded, start, end)
        self.labels = [self._from_break(label) for label in labels if not self._heads_members(label)]
        self.label_at = {label.start: label for label in self.labels}
        self.label_starts = [label.start for label in self.labels]

    def find(self) -> list[Clause]:
        found: list[Clause] = []
        position = self.start
        for group in self.groups:
            if group.start < position or group.start in self.label_at:
                continue
            found.extend(self._line_clauses(position, group.start))
            if found and found[-1].end > group.start:
                position = found[-1].end
                continue
            clause = self._group_clause(group)
            found.extend([clause] if clause else [])
            position = clause.end if clause else group.end if group.closed else group.start + 1
        found.extend(
            self._line_clauses(position, self.end) or ([] if found else self._closing_line() or self._said_alone())
        )
        merged = self._merged(found)
        for clause in merged:
            clause.fields = with_one_lead(clause.fields)
        return merged

    def _heads_members(self, label: RoleLabel) -> bool:
        """Whether a label is a heading, or two lines: below （一）领导小组, 组长：李明 begins the list of members."""
        first = label.words - len("组长")
        if self.folded.startswith("职责", label.words):
            return True  # 2.2 成员单位职责 heads what they do
        return label.start < first and self.folded.startswith("组长", first) and self._is_broken(first)

    def _from_break(self, label: RoleLabel) -> RoleLabel:
        """A label does not begin in the line before it: （一）交通建设 / 责任单位：市交通局."""
        for index in range(label.start + 1, label.words):
            if self._is_broken(index) and not self._is_broken(label.start):
                return shorter_label(self.folded, index, label) or label
        return label

    def _is_in_label(self, index: int) -> bool:
        return any(label.end > index for label in self._labels_within(index - _LONGEST_NAME, index))

    def _labels_within(self, start: int, end: int) -> list[RoleLabel]:
        return self.labels[bisect_left(self.label_starts, start) : bisect_left(self.label_starts, end)]

    # Clauses in brackets

    def _group_clause(self, group: Group) -> Clause | None:
        """Return the clause that a bracket holds, or None where it holds something else."""
        if group.start + 1 in self.label_at:
            return self._labelled_group(group, group.start + 1)
        division = _DIVISION.match(self.folded, group.start + 1, group.end)
        if group.closed and not division and self._ends_sentence(group):
            clause = self._verb_clause(group, group.start + 1)
            return clause or (self._bare_clause(group, group.start + 1) if self._closes_first(group) else None)
        if not group.closed or not (division or self._stands_alone(group)):
            return None
        first = division.end() if division else group.start + 1
        clause = self._verb_clause(group, first) or self._late_labels(group) or self._bare_clause(group, first)
        if clause is not None:
            self._note_mismatch(clause, group)
        return clause

    def _late_labels(self, group: Group) -> Clause | None:
        """A bracket whose first label is of no known role may have known ones behind it: (督查单位:A;责任单位:B)."""
        unknown = _UNKNOWN_LABEL.match(self.folded, group.start + 1, group.end) is not None
        known = next((label.start for label in self._labels_within(group.start, group.end)), None)
        if known is None or self.folded[known - 1] not in ";,。":
            return None
        names = (group.start + 1, known - 1)
        if not unknown and not is_sure_list(self.folded[slice(*names)]):
            return None
        clause = self._labelled_group(group, known)
        clause.unread = unknown
        if not unknown:  # (市教育局、各区政府;责任人:李明)
            clause.fields.insert(0, Field("responsible_units", "", *names))
        return clause

    def _labelled_group(self, group: Group, first: int) -> Clause:
        inner_end = group.end - 1 if group.closed else self._end_of_unclosed(first, group.end)
        clause = Clause(group.start, group.end if group.closed else inner_end, unclosed=not group.closed)
        self._add_fields(clause, first, inner_end)
        self._note_mismatch(clause, group)
        return clause

    def _end_of_unclosed(self, first: int, last: int) -> int:
        """Return where a bracket ends that print did not close: its full stop, or a line that begins another task."""
        stop = self.folded.find("。", first, last)
        stop = stop if stop >= 0 else last
        for index in range(first + 1, stop):
            if self._is_broken(index) and _NEXT_TASK.match(self.folded, index, last):
                begin = max(self.folded.rfind(mark, first, index) for mark in "、,;:") + 1
                if is_surely_unit(self.folded[begin:index]):
                    return index
        return stop

    def _note_mismatch(self, clause: Clause, group: Group) -> None:
        if group.closed and self.folded[group.end - 1] != _PAIRS[self.folded[group.start]]:
            clause.mismatched = (self.view.plain[group.start], self.view.plain[group.end - 1])

    def _stands_alone(self, group: Group) -> bool:
        """A list with a verb is a clause where it follows a finished sentence or closes the item."""
        after_sentence = group.start > self.start and self.folded[group.start - 1] in _AFTER_SENTENCE
        closes = group.end >= self.end or (self.folded[group.end] in "。;" and group.end + 1 >= self.end)
        return after_sentence or closes or self._closes_heading(group)

    def _closes_heading(self, group: Group) -> bool:
        """Whether a bracket closes the first line of the item, and that line is a heading."""
        if not 4 <= group.start - self.start <= _LONGEST_HEADING or not self._is_broken(group.end):
            return False
        return not any(map(self._is_broken, range(self.start + 1, group.end)))

    def _closes_first(self, group: Group) -> bool:
        """Whether a bracket closes the first sentence of the item, and that is as short as a heading."""
        before = self.folded[self.start : group.start]
        return _SHORTEST_TASK <= len(before) <= _LONGEST_NAME and not set(before) & _LINE_STOPS

    def _ends_sentence(self, group: Group) -> bool:
        """Whether a bracket closes a sentence inside an item (…给予奖励(A负责)。引导…); bare names say too little."""
        return not self._stands_alone(group) and self.folded[group.end : group.end + 1] == "。"

    def _verb_clause(self, group: Group, first: int) -> Clause | None:
        """Cut a bracket at its verbs (A牵头，B、C配合); it is a clause where its last words are a verb or a note."""
        inner_end = group.end - 1
        label = next(
            (label.start for label in self._labels_within(first, inner_end) if self._may_begin(label.start)), -1
        )
        stop = label if label >= 0 else inner_end
        cut = cut_at_verbs(self.folded, first, stop)
        only_limits = all(item.role == "deadline" for item in cut.fields)  # (2031年6月底前完成;责任单位:A)
        if len(cut.fields) > MOST_FIELDS or not cut.fields or (only_limits and (label < 0 or cut.rest < stop)):
            return None
        clause = Clause(group.start, group.end, list(cut.fields), list(cut.notes))
        if cut.rest < stop - (label >= 0):  # A牵头，B、C: nothing says what B and C do
            rest = trim(self.folded, cut.rest, stop)
            clause.bare = cut.fields[0].role == "lead_units" and is_sure_list(self.folded[slice(*rest)])
            if clause.bare:
                clause.fields.append(Field("responsible_units", "", *rest))
            elif self._names_are_sure(cut.fields):
                clause.notes.append((cut.rest, stop))
                clause.unread = FIRST_IS_LEAD.search(self.folded, cut.rest, stop) is None
            else:
                return None
        if not names_are_lists(self.folded, clause.fields):
            return None
        if label >= 0:
            self._add_fields(clause, label, inner_end)
        return clause

    def _names_are_sure(self, fields: tuple[Field, ...]) -> bool:
        """Whether the names of the verbs are units beyond doubt, whatever else stands in the bracket."""
        named = [item for item in fields if item.role != "deadline"]
        return bool(named) and all(is_sure_list(self.folded[item.start : item.end]) for item in named)

    def _bare_clause(self, group: Group, first: int) -> Clause | None:
        """Units in brackets and nothing else: they answer for what stands before, but a person should look."""
        inner_end = group.end - 1
        if _NO_NAMES.match(self.folded, first, inner_end) or not self._follows_words(group):
            return None
        note = self._note_about_all(first, inner_end)
        stop = note[0] - 1 if note else inner_end
        parts = pieces(self.folded, first, stop)
        limit = time_limit(self.folded, *parts[-1])
        last = parts[-1][0] - 1 if limit else stop
        if limit is None and len(parts) > 1 and (limit := time_limit(self.folded, *parts[0])):
            first = parts[1][0]
        if last <= first:
            return None
        names = one_with_another(self.folded, first, last)
        if not names and not is_sure_list(self.folded[first:last].replace(";", ",")):
            return None
        names = names or refine(self.folded, Field("responsible_units", "", *trim(self.folded, first, last)))
        fields = [*names, limit] if limit else names
        return Clause(group.start, group.end, fields, notes=[note] if note else [], bare=len(names) == 1)

    def _note_about_all(self, first: int, last: int) -> tuple[int, int] | None:
        """Return the words after a list that say which of its units leads: A、B。列第一位者为牵头单位，下同."""
        note = FIRST_IS_LEAD.search(self.folded, first, last)
        return (note.start(), last) if note and self.folded[note.start() - 1] in ",;。、" else None

    def _follows_words(self, group: Group) -> bool:
        """Whether a task is stated before a bracket; 市科技局（市外专局） is one name."""
        before = self.folded[max(self.start, group.start - _LONGEST_NAME) : group.start]
        if before[-1:] in _AFTER_SENTENCE:
            return len(before) > 1
        fewest = _SHORTEST_HEADING if self._closes_heading(group) else _SHORTEST_TASK
        return len(before) >= fewest and not _ORGAN_BEFORE.search(before)

    # Clauses without brackets

    def _line_clauses(self, start: int, stop: int) -> list[Clause]:
        """Clauses whose label stands between two brackets; their names may hold brackets."""
        found: list[Clause] = []
        position = start
        for label in self._labels_within(start, stop):
            if label.start < position or not self._may_begin(label.start):
                continue
            position = self._line_end(label.end)
            clause = Clause(self._before_signs(label.start), position)
            self._add_fields(clause, label.start, position)
            found.append(clause)
        return found

    def _closing_line(self) -> list[Clause]:
        """The last line or sentence of an item may be names and their verb: 市发改委牵头落实, 由市发改委负责."""
        floor = max(self.start + 1, self.end - LINE_AHEAD)
        first = next((index for index in range(self.end - 1, floor, -1) if self._is_broken(index)), -1)
        while first > floor and self.folded[first - 1] in _JOINTS:  # a list wrapped over lines
            first = next((index for index in range(first - 1, floor, -1) if self._is_broken(index)), -1)
        last = trim(self.folded, floor, self.end)[1]
        sentence = max(self.folded.rfind(mark, floor, last) for mark in "。!?") + 1
        for begin in dict.fromkeys((first, sentence)):
            if floor < begin < last and self.folded[begin - 1] in _ENDS:
                clause = self._all_of(begin, last)
                if clause is not None:
                    return [clause]
        return []

    def _said_alone(self) -> list[Clause]:
        """Sentences inside an item that say only who does it: 整治食堂 / 由市教育局牵头，市卫生健康委配合。…"""
        found: list[Clause] = []
        by = self.folded.find("由", self.start + 2, self.end)
        while by >= 0:
            stop = self.folded.find("。", by, min(by + LINE_AHEAD, self.end))
            if stop >= 0 and (self.folded[by - 1] in _ENDS or self._is_broken(by)):
                clause = self._all_of(by, stop)
                if clause is not None and not clause.bare:
                    found.append(replace(clause, end=stop + 1, prose=True))
            by = self.folded.find("由", by + 1, self.end)
        return found

    def _all_of(self, first: int, last: int) -> Clause | None:
        """Return a stretch as a clause where it holds units with their verbs, or after a dash units, and no more."""
        begin = trim(self.folded, first, last)[0]
        division = _DIVISION.match(self.folded, begin, last)
        begin = division.end() if division else begin
        if any(self.folded.find(mark, begin, last) >= 0 for mark in "。!?"):
            return None
        cut = cut_at_verbs(self.folded, begin, last)
        named = [self.folded[item.start : item.end] for item in cut.fields if item.role != "deadline"]
        if any("由" in name for name in named):  # 补助资金由市财政局负责拨付 says it of its subject
            return None
        if named and cut.rest >= last and not cut.notes and all(map(is_sure_list, named)):
            return Clause(first, self.end, list(cut.fields))
        if self.folded.startswith(("—", "-"), first) and is_sure_list(self.folded[begin:last]):
            return Clause(first, self.end, [Field("responsible_units", "", begin, last)], bare=True)
        return None

    def _may_begin(self, index: int) -> bool:
        if index <= self.start or self.folded[index - 1] in _BEFORE_LABEL:
            return True
        return self.folded[index] in "[〔【" or self._is_broken(index)

    def _before_signs(self, index: int) -> int:
        """Return where the signs before a label begin: ★责任单位."""
        while index > self.start and (self.folded[index - 1] in _SIGNS or self.folded[index - 1] in "<《「『"):
            index -= 1
        return index

    def _is_broken(self, index: int) -> bool:
        """Whether a blank or line break, or the end of the text, stands before an index of the view."""
        if index >= len(self.view.offsets):
            return True
        return self.view.offsets[index] - self.view.offsets[index - 1] > 1

    def _line_end(self, start: int) -> int:
        """Return where a clause without brackets ends: its full stop, or a line that holds no more names."""
        inside = {group.start: group.end for group in self.groups if group.closed and group.start >= start}
        index = value = start
        while index < self.end:
            char = self.folded[index]
            if char == "。" and index + 1 not in self.label_at and not self._is_in_label(index):
                return index + 1
            if index > start and self._is_broken(index) and self._closed_line(value, index):
                return index
            if char == ":" or char in _ENDS:
                value = index + 1
            index = inside.get(index, index + 1)
        return self.end

    def _closed_line(self, value: int, index: int) -> bool:
        """Whether the names before a blank or line break are complete and what follows is no more of them."""
        before, after = self.folded[index - 1], self.folded[index]
        if before in _JOINTS or after in "、,;:)〕。" or index in self.label_at:
            return False
        other = _OTHER_LABEL.match(self.folded, index, self.end)
        if before in _ENDS or (other and not self._is_in_label(index) and not self._labels_within(index, other.end())):
            return True
        floor = max(value, index - LINE_AHEAD)
        last = max(self.folded.rfind("、", floor, index), self.folded.rfind(",", floor, index), floor - 1) + 1
        if not is_whole_name(self.folded[last:index].rstrip(_CLOSERS)):
            return False
        if is_surely_unit(self.folded[last:index].rstrip(_CLOSERS)) and _NEXT_TASK.match(self.folded, index, self.end):
            return True
        limit = min(index + LINE_AHEAD, self.end)
        stop = next((place for place in range(index, limit) if self.folded[place] in _LINE_STOPS), limit)
        return self.folded[stop : stop + 1] == ":" or not is_list_of_names(self.folded[index:stop])

    # Both

    def _add_fields(self, clause: Clause, start: int, end: int) -> None:
        """Cut a stretch at its labels; what follows 。 or ; without a label of its own is a note."""
        within = self._labels_within(start, end)
        labels = [label for label in within if label.start == start or self._may_follow(label.start, start)]
        del labels[MOST_FIELDS:]
        stops = [label.start for label in labels[1:]] + [end]
        for label, stop in zip(labels, stops, strict=True):
            value = self._before_unknown(label.end, value_end(self.folded, label.end, stop))
            words = self.view.plain[label.start : label.words].strip("[]()〔〕【】（）［］")
            stretches, notes = cut_notes(self.folded, label.end, value)
            if not names_nobody(self.folded, label.end, value):
                for stretch in stretches:
                    clause.fields.extend(refine(self.folded, Field(label.role, words, *trim(self.folded, *stretch))))
            clause.notes.extend(notes)
            self._add_rest(clause, value, stop)

    def _add_rest(self, clause: Clause, start: int, stop: int) -> None:
        """What follows the names of a label is a verb clause (许知远；A牵头，B配合), or else a note."""
        cut = cut_at_verbs(self.folded, start + 1, trim(self.folded, start, stop)[1])
        if cut.fields and cut.rest + 1 >= stop and names_are_lists(self.folded, cut.fields):
            clause.fields.extend(cut.fields)
        elif stop - start > 4:
            clause.notes.append((start, stop))
            clause.unread = clause.unread or _UNKNOWN_LABEL.match(self.folded, start + 1, stop) is not None

    def _may_follow(self, index: int, start: int) -> bool:
        """Whether a label may stand here among names: also straight after one, where print lost what divided them."""
        return self._may_begin(index) or is_surely_unit(self.folded[max(start, index - 12) : index])

    def _before_unknown(self, start: int, end: int) -> int:
        """Return where names end before a label that no role is known for: 秦岚 联系电话：8321000."""
        colon = self.folded.find(":", start, end)
        word = colon - 1
        while start < word and self.folded[word - 1] not in "、,;。" and not self._is_broken(word):
            word -= 1
        return word if colon >= 0 and word > start else end

    def _touches(self, before: Clause, clause: Clause) -> bool:
        return clause.start - before.end < 20 and not set(self.folded[before.end : clause.start]) - FILLER

    def _merged(self, clauses: list[Clause]) -> list[Clause]:
        """Clauses with nothing between them are one: each label may stand on a line of its own."""
        merged: list[Clause] = []
        for clause in clauses:
            before = merged[-1] if merged else None
            if before is None or not self._touches(before, clause):
                merged.append(clause)
                continue
            before.fields.extend(clause.fields[: MOST_FIELDS - len(before.fields)])
            before.notes.extend(clause.notes)
            before.end = clause.end
            before.unclosed = before.unclosed or clause.unclosed
            before.unread = before.unread or clause.unread
        return merged
