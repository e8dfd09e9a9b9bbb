"""Cut the words of a responsibility clause into fields: at its verbs, at its marks, at its punctuation.

A field is a stretch of the view that one role names. Everything here works on the folded words of a view and knows
nothing about where clauses begin; `clauses.py` finds them.
"""

import re
from dataclasses import dataclass, replace
from typing import Final

from luoshi.reading.model import Role
from luoshi.reading.responsibilities.names import is_list_of_names, is_post, is_sure_list, is_surely_unit, is_unit
from luoshi.reading.responsibilities.roles import FIRST_IS_LEAD, INHERITED, JOINED_BY, MARK, VERB, role_of_verb
from luoshi.reading.view import CLOSING, OPENING
from luoshi.standards.person_names import is_person

_MAIN: Final = re.compile(r"(?:市级|县级|区级)?(?:主责|主办|主抓)")
MOST_FIELDS: Final = 200
LINE_AHEAD: Final = 200
FILLER: Final = frozenset("。;,、:!*★☆▲△●○■□◆◇※•—->》」』<《「『")
_LEADING: Final = re.compile(
    r"(?:[此该本上以各][项述上]?(?:各项)?(?:工作|任务|事项|项目|措施|内容)?)?(?:具体|主要|统一)?由|请|以上(?:各项)?(?:工作|任务)?"
    r"|以(?=[省市县区州各])"
)
_LIMIT: Final = re.compile(
    r"(?:力争|确保|务必|要求|原则上)?(?P<day>[^,;。]{0,12}(?:[年月日]|季度|半年)(?:年?底|末|内)?(?:以?前)?)"
    r"(?:(?:全部|基本|全面)?(?:完成|办结|落实|见效|到位)|(?:完成|出台|制定|印发|启动|建成|开展|取得|实现|建立|形成)[^,;。、]{1,16})?"
)
_ALWAYS: Final = re.compile(
    r"(?:(?:持续|长期|常年|常态化?|全年|年内|年度内|立即|即时|贯穿全年|动态|有序|滚动|按.{1,8}|并){1,3}"
    r"(?:推进|坚持|实施|开展|落实|完成|见效|办结|抓好|出台|取得(?:明显)?(?:进展|成效))?){1,2}"
)
_NOBODY: Final = re.compile(r"(?:无|暂无|/|[-—]+)[;,。]?$")
_LIMIT_FIRST: Final = re.compile(r"(?:于|在|到)?\d|年底|年内|每|第?[一二三四]季度|[上下]半年")
_FINISHED_VERB: Final = re.compile(r"(?:牵头|主办|主责|负责|配合|协办|参与|落实|实施)$")
_SIGN: Final = re.compile(rf"[、,;。{re.escape(OPENING + CLOSING)}]")
_LONGEST_VERB: Final = 24
_NEXT_NAME: Final = re.compile(
    r"(?<=[局委办厅部府会院司队心])(?:牵头|主办|负责)(?=[省市县区州各][^,;。]{2,40}(?:配合|参与|协助|协办|落实|负责))"
)
_BRACKETED: Final = re.compile(r"[(〔\[](?:[^()〔〕\[\]]|[(][^()〔〕\[\]]{1,12}[)]){4,80}[)〕\]]")
_ABOUT_ALL: Final = re.compile(r"下同|以下(?:简称|统称|同)")


@dataclass(frozen=True, slots=True)
class Field:
    """The stretch of the view that one role names; `label` is the printed label or verb."""

    role: str
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class VerbFields:
    """What a stretch cut at its verbs holds; `rest` is where words begin that no verb closed, or the end."""

    fields: tuple[Field, ...]
    notes: tuple[tuple[int, int], ...]
    rest: int


def cut_at_verbs(folded: str, start: int, end: int) -> VerbFields:
    """Cut a stretch at its verbs: A牵头，B、C配合，2031年6月底前完成."""
    fields: list[Field] = []
    notes: list[tuple[int, int]] = []
    waiting = start
    for first, last in pieces(folded, start, end):
        if not fields and waiting < first and FIRST_IS_LEAD.match(folded, first, last):  # A、B，列首位的为牵头单位
            fields.append(Field("responsible_units", "", *trim(folded, waiting, first)))
            notes.append((first, end))
            waiting = end
            break
        if (fields or first == start) and INHERITED.match(folded, first, min(last + 60, end)):
            notes.append((first, end))
            waiting = end
            break
        limit = time_limit(folded, first, last) if waiting == first else None
        match = None if limit else VERB.search(folded, max(first, last - _LONGEST_VERB), last)
        if limit is not None:
            fields.append(limit)
        elif match is not None:
            if not fields and waiting < first and role_of_verb(match) == "cooperating_units":
                fields.append(Field("responsible_units", "", *trim(folded, waiting, first)))  # A、B，C配合
                waiting = first
            fields.extend(_named_by(folded, waiting, match))
        else:
            continue
        waiting = last + (folded[last : last + 1] in ",;。、")
    return VerbFields(tuple(fields), tuple(notes), min(waiting, end))


def time_limit(folded: str, first: int, last: int) -> Field | None:
    """Return a piece that is nothing but a time limit."""
    match = _LIMIT.fullmatch(folded, first, last)
    if match and _LIMIT_FIRST.match(folded, first, last):
        return Field("deadline", "", *match.span("day"))
    return Field("deadline", "", first, last) if _ALWAYS.fullmatch(folded, first, last) else None


def _named_by(folded: str, waiting: int, verb: re.Match[str]) -> list[Field]:
    """Return the names before a verb; those after 会同 help, and a post that leads is a leader."""
    lead = _LEADING.match(folded, waiting, verb.start())
    begin = lead.end() if lead else waiting
    role: Role = role_of_verb(verb)
    for joint in JOINED_BY.finditer(folded, begin, verb.start()):
        left, right = folded[begin : joint.start()].strip(",、"), folded[joint.end() : verb.start()]
        if (not left or (is_surely_unit(left) and is_list_of_names(left))) and is_list_of_names(right):  # 会同B牵头
            helpers = Field("cooperating_units", joint.group(), *trim(folded, joint.end(), verb.start()))
            own = [Field(role, verb.group(), *trim(folded, begin, joint.start()))] if left else []
            return [*own, helpers]
    names = folded[begin : verb.start()]
    if role == "lead_units" and (is_post(names) or is_person(names)) and not is_unit(names):
        role = "lead_leaders"
    return [Field(role, verb.group(), *trim(folded, begin, verb.start()))] if names else []


def names_are_lists(folded: str, fields: tuple[Field, ...] | list[Field]) -> bool:
    """Tell whether every field that names somebody holds a list of names."""
    return all(is_list_of_names(folded[item.start : item.end]) for item in fields if item.role != "deadline")


def refine(folded: str, item: Field) -> list[Field]:
    """Cut the value of a label again: 责任单位：A牵头，B配合 and 责任单位：A（牵头）、B name two roles."""
    if item.role in ("deadline", "lead_leaders") or item.end <= item.start:
        return [item]
    if item.role == "responsible_units":
        found = _cut_with_verbs(folded, item) or one_with_another(folded, item.start, item.end)
        if found:
            return found
    return _cut_at_marks(folded, item) if ")" in folded[item.start : item.end] else [item]


def _cut_with_verbs(folded: str, item: Field) -> list[Field]:
    """Cut a value that says in words who does what: A牵头，B配合; A、B牵头，C、D, where C and D answer with them."""
    if not any(mark in folded[item.start : item.end] for mark in ("牵头", "配合", "主办")):
        return []
    cut = cut_at_verbs(folded, item.start, item.end)
    found = list(cut.fields)
    if cut.rest < item.end and found and found[-1].role == "lead_units":
        found.append(replace(item, start=cut.rest))
    elif cut.rest < item.end:
        return []
    return found if {field.role for field in found} - {item.role} and names_are_lists(folded, found) else []


def one_with_another(folded: str, first: int, last: int) -> list[Field]:
    """Return the units of a stretch that is A会同B and nothing more: A leads."""
    joint = JOINED_BY.search(folded, first, last)
    if joint is None:
        return []
    lead, others = (first, joint.start()), (joint.end(), last)
    if not all(is_sure_list(folded[slice(*names)]) for names in (lead, others)):
        return []
    return [Field("lead_units", joint.group(), *lead), Field("cooperating_units", joint.group(), *others)]


def _cut_at_marks(folded: str, item: Field) -> list[Field]:
    """A mark in brackets after one name gives the role of that name: A（牵头）、B、C（配合）."""
    found: list[Field] = []
    marked = False
    for first, last in pieces(folded, item.start, item.end, cuts="、,;。"):
        mark = MARK.search(folded, max(first, last - 8), last)
        role = item.role if mark is None else "lead_units" if mark["lead"] else "cooperating_units"
        stop = last if mark is None else mark.start()
        marked = marked or mark is not None
        if mark is None and found and found[-1].role == role and not _was_marked(folded, found[-1]):
            found[-1] = Field(role, item.label, found[-1].start, stop)
        elif stop > first:
            found.append(Field(role, item.label, first, stop))
    return found if marked else [item]


def _was_marked(folded: str, item: Field) -> bool:
    return folded[item.end : item.end + 1] == "("


def names_nobody(folded: str, start: int, end: int) -> bool:
    """Tell whether a label is followed by 无, / or a stroke."""
    return _NOBODY.match(folded, start, end) is not None


def value_end(folded: str, start: int, end: int) -> int:
    """A value ends at 。 or ; outside brackets, or where a note about all clauses begins."""
    depth = 0
    for sign in _SIGN.finditer(folded, start, end):
        index, char = sign.start(), sign.group()
        if char in OPENING:
            depth += 1
        elif char in CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 and char == ";" and _goes_on(folded, index + 1, end):
            continue
        elif depth == 0 and (char in "。;" or (char == "," and FIRST_IS_LEAD.match(folded, index + 1, end))):
            return index
    return end


def _goes_on(folded: str, start: int, end: int) -> bool:
    """Whether units of the same role follow a semicolon: some offices divide every unit from the next by one."""
    stop = next((index for index in range(start, min(start + LINE_AHEAD, end)) if folded[index] in "。;:"), end)
    words = folded[start:stop]
    if folded[stop : stop + 1] == ":":
        return False
    return 0 < len(words) <= LINE_AHEAD and all(map(is_surely_unit, words.split("、"))) and is_list_of_names(words)


def cut_notes(folded: str, start: int, end: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Cut a value at bracketed words about all clauses: A(列首位的为牵头单位，下同)、B; return names and notes."""
    names: list[tuple[int, int]] = []
    notes: list[tuple[int, int]] = []
    for group in _BRACKETED.finditer(folded, start, end):
        words = group.group()
        if FIRST_IS_LEAD.search(words) or INHERITED.search(words) or _ABOUT_ALL.search(words):
            names.append((start, group.start()))
            notes.append(group.span())
            start = group.end()
    return [*names, (start, end)] if start < end or not names else names, notes


def trim(folded: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch without punctuation at its ends."""
    while end > start and folded[end - 1] in FILLER:
        end -= 1
    while start < end and folded[start] in FILLER:
        start += 1
    if end > start and folded[end - 1] == ")" and "(" not in folded[start:end]:  # its opening bracket was lost
        end -= 1
    return start, end


def pieces(folded: str, start: int, end: int, *, cuts: str = ",;。") -> list[tuple[int, int]]:
    """Cut at punctuation outside brackets; also at 、 after a verb (A牵头、B配合)."""
    found: list[tuple[int, int]] = []
    depth, first = 0, start
    for sign in _SIGN.finditer(folded, start, end):
        index, char = sign.start(), sign.group()
        if char in OPENING:
            depth += 1
        elif char in CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 and (char in cuts or (char == "、" and _FINISHED_VERB.search(folded, index - 2, index))):
            found.append((first, index))
            first = index + 1
    return [part for piece in [*found, (first, end)] for part in _cut_after_verb(folded, *piece)]


def _cut_after_verb(folded: str, first: int, last: int) -> list[tuple[int, int]]:
    """Cut a piece where a verb is followed by the next name with nothing but a blank between: A牵头 B配合."""
    verb = _NEXT_NAME.search(folded, first, last)
    return [(first, verb.end()), (verb.end(), last)] if verb else [(first, last)]


def with_one_lead(fields: list[Field]) -> list[Field]:
    """Return the fields of a clause: beside a label 牵头单位, the one 主责单位 names who answers for the work."""
    if not any(item.role == "lead_units" and "牵头" in item.label for item in fields):
        return fields
    return [
        replace(item, role="responsible_units") if item.role == "lead_units" and _MAIN.match(item.label) else item
        for item in fields
    ]
