"""Cut a list of names into parties: separators, brackets inside names, 和 between names, 等 at the end.

Guarantees: parties are in order of print and the span of each, without white space, equals its name.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from luoshi.reading.model import Party
from luoshi.reading.responsibilities.names import is_leader, is_surely_unit, is_unit, kind_of_name, person_in_post
from luoshi.reading.responsibilities.roles import TRAILING_VERB
from luoshi.reading.view import CLOSING, OPENING, View

_ETC: Final = re.compile(
    r"等(?:国务院|中央|驻[\u4e00-\u9fff]|[省市州县区](?:直|级)?|有关|相关|其他|多个|各|行政|主管|行业|人民|群众|群团|\d{1,2}个)*(?:部门|单位|部门单位|部门和单位|部门及单位|团体|组织|地方|地区|县区|企业|同志|领导)?$"
    r"|(?<![中高初同平])等(?!.{0,6}的)[\u4e00-\u9fff]{0,6}(?:有关|相关|主管|职能|成员)(?:部门|单位|机构)$"
)
MOST_NAMES: Final = 1_000
_SIGN: Final = re.compile(rf"[、,;。{re.escape(OPENING + CLOSING)}]")
_LONGEST_VERB: Final = 24
_RANK: Final = re.compile(r"(?:常委|副书记|党组成员|党组书记|党委委员|党工委书记|党委书记)$")
_AND: Final = re.compile(r"以及|和|及|与|暨|或者|或")
_SLASH: Final = re.compile(r"[/·|]")
_SCOPE: Final = re.compile(
    r"(?:市|省|县|区|各|有关|相关|沿线|国网|人行|人民银行|中国|国家|驻|其他|涉及|所在|属地|当地)"
)
_NEXT: Final = re.compile(r"[市县区省各](?!委|直)|市委|有关|相关")
_INSIDE: Final = r"(?:[(〔\[][^()〔〕\[\]]{1,12}[)〕\]])?"
_OWN_LEVEL: Final = rf"(?:省|直辖市|自治[区州县旗]|直管市|林区|地区|市|州|盟|县级市|县|特?区|旗|乡|镇){_INSIDE}"
_ELIDED: Final = re.compile(
    rf"(?:.{{2,24}}(?:和|及|与))?各[^、,]{{0,8}}(?:省|区|县|市|州|盟|旗|镇|乡|街道|园区|级){_INSIDE}(?:、{_OWN_LEVEL}){{0,6}}"
)
_LEVELS: Final = re.compile(rf"(?:各级)?{_OWN_LEVEL}(?:[、和]{_OWN_LEVEL}){{0,4}}")
_LOWER_DEPARTMENT: Final = re.compile(rf"[县区旗]{_INSIDE}(?![直级各有相])[\u4e00-\u9fff]{{2,12}}(?:部门|机关)$")
_SHORT_FORM: Final = re.compile(r"[(](?:以下|下)(?:简|统)?称[^()]*[)]$")
_LOWER: Final = re.compile(r"各?(?:乡|镇|乡镇|街道|镇街)(?:、(?:乡|镇|乡镇|街道))*")
_LOWER_OFFICE: Final = re.compile(r"(?:街道|乡镇|镇|村|社区)[\u4e00-\u9fff]{0,12}(?:部门|机构|民政办|服务中心|工作站)$")
_BARE_LEVEL: Final = re.compile(_OWN_LEVEL)
_LONGEST_NAME: Final = 40
_SHARED_END: Final = re.compile(rf"(?:人民政府|政府|管委会|党委政府|党委|街道办事处|办事处){_INSIDE}$")
_KINDS: Final = ("部门", "机关")
_DEPARTMENTS: Final = re.compile(r"部门$|机关$")
_GENERAL: Final = re.compile(r"(?:有关|相关|各|成员|直属|其他|局|委|办)(?:部门|机关)$")
_PLACE: Final = re.compile(r"[\u4e00-\u9fff]{1,8}[区县市镇乡旗州]$")
_PREFIX: Final = re.compile(r"(?:省委|市委|县委|区委|州委|省|市|县|区|州)(?=[\u4e00-\u9fff]{2})")
_OWN_PREFIX: Final = re.compile(
    r"省|市|县|区|州|各|国|中|团|人|沿|有关|相关|驻|[\u4e00-\u9fff]{2,}(?:市|县|区|海关|公司|大学|学院|分局|集团|中心支行|支队)"
)


def split_names(view: View, start: int, end: int, *, leaders: bool = False) -> tuple[Party, ...]:
    """Return the parties named in a stretch of the view."""
    parties: list[Party] = []
    shared = ""
    for first, last in _join_posts(view, list(_pieces(view, start, end)), leaders):
        verb = TRAILING_VERB.search(view.folded, max(first, last - _LONGEST_VERB), last)
        name_end = verb.start() if verb and verb.start() > first else last
        short = _SHORT_FORM.search(view.folded, first, name_end)
        name_end = short.start() if short and short.start() > first else name_end
        etc = view.folded.rfind("等", first + 1, name_end)
        etc_at = _ETC.match(view.folded, etc, name_end) if etc > first else None
        shared = "部门" if etc_at and etc_at.group().endswith("部门") else ""
        name_end = etc if etc_at else name_end
        if name_end <= first:
            continue
        name = view.plain[first:name_end]
        kind = kind_of_name(view.folded[first:name_end], leader=leaders)
        full = _person_of(view, first, name_end) if leaders else name
        parties.append(Party(name, view.span(first, name_end), kind, etc_at is not None, full))
    return tuple(parties if leaders else _with_full_names(parties, shared))


def _person_of(view: View, start: int, end: int) -> str:
    """Return the person of a name that holds the post too (副市长李明), else the whole name."""
    folded = view.folded[start:end]
    person = person_in_post(folded)
    first = start + folded.find(person)
    return view.plain[first : first + len(person)] if person else view.plain[start:end]


def _pieces(view: View, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches between separators outside brackets, cut again at 和 where it joins two names."""
    pieces: list[tuple[int, int]] = []
    depth, first = 0, start
    for sign in _SIGN.finditer(view.folded, start, end):
        char = sign.group()
        if char in OPENING:
            depth += 1
        elif char in CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0:
            pieces.append((first, sign.start()))
            first = sign.end()
            if len(pieces) == MOST_NAMES:
                break
    else:
        pieces.append((first, end))
    for piece in _join_elided(view, pieces):
        for part in _cut_at_blanks(view, *piece):
            for between in _cut_at_slashes(view.folded, *part):
                yield from _cut_at_and(view.folded, *between)


def _cut_at_blanks(view: View, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Units below each other in a cell have nothing but a blank between them; other blanks are line breaks."""
    if view.offsets[last - 1] - view.offsets[first] == last - 1 - first:
        yield first, last
        return
    for index in range(first + 2, last - 2):
        is_blank = view.offsets[index] - view.offsets[index - 1] > 1
        if is_blank and _NEXT.match(view.folded, index, last) and is_surely_unit(view.folded[first:index]):
            yield first, index
            first = index
    yield first, last


def _cut_at_slashes(folded: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """市应急局/市消防救援支队 are two; a stroke inside a name (12345/110中心) is not."""
    for match in _SLASH.finditer(folded, first + 2, last - 2):
        if is_surely_unit(folded[first : match.start()]) and _SCOPE.match(folded, match.end(), last):
            yield first, match.start()
            first = match.end()
    yield first, last


def _join_elided(view: View, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """各区、县级市政府 is one name: its first half has no ending of its own."""
    joined: list[tuple[int, int]] = []
    for first, last in pieces:
        if last <= first:
            continue
        if joined and view.folded[joined[-1][1]] == "、" and _LEVELS.fullmatch(view.folded, *joined[-1]):
            joined[-1] = (joined[-1][0], last)  # 市、县人社部门 is one group
            continue
        if joined and view.folded[joined[-1][1]] == "、" and _is_of_lower_office(view.folded, joined[-1], first, last):
            joined[-1] = (joined[-1][0], last)  # 乡镇、街道司法行政机构
            continue
        if joined and _goes_on_elided(view.folded, joined[-1], first, last):
            joined[-1] = (joined[-1][0], last)
            continue
        joined.append((first, last))
    return joined


def _is_of_lower_office(folded: str, before: tuple[int, int], first: int, last: int) -> bool:
    """Whether a piece ends a name that begins with several kinds of places: 乡镇、街道司法行政机构."""
    return _LOWER.fullmatch(folded, *before) is not None and _LOWER_OFFICE.match(folded, first, last) is not None


def _goes_on_elided(folded: str, before: tuple[int, int], first: int, last: int) -> bool:
    """Whether a piece goes on in the name before it: 各市、州、县人民政府, 各区、县级市政府."""
    if folded[before[1]] != "、" or not _ELIDED.fullmatch(folded, *before):
        return False
    if folded[before[1] - 1] == ")" and folded[first] not in "省市州盟县区旗乡镇":
        return False  # 各乡镇(街道)、各县(市、区)人民政府
    if _BARE_LEVEL.fullmatch(folded, first, last):
        return True
    if _LOWER_DEPARTMENT.match(folded, first, last):  # 各区、县(市)民政部门
        return True
    last -= folded[last - 1] == "等"
    return _SHARED_END.search(folded, first, last) is not None and not _is_listed_kind(folded[slice(*before)])


def _is_listed_kind(name: str) -> bool:
    """各开发区 and the like are groups of their own."""
    return name.endswith(("开发区", "新区", "园区"))


def _cut_at_and(folded: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """市应急局和有关县政府 are two, 市自然资源和规划局 is one: the words before 和 must be a whole unit."""
    depth, counted = 0, first
    for match in _AND.finditer(folded, first + 2, last):
        inside = folded[counted : match.start()]
        depth += sum(map(inside.count, OPENING)) - sum(map(inside.count, CLOSING))
        counted = match.start()
        left, right = folded[first : match.start()], folded[match.end() : min(match.end() + _LONGEST_NAME, last)]
        if depth <= 0 and len(left) <= _LONGEST_NAME and is_surely_unit(left) and _begins_name(right):
            yield first, match.start()
            first = match.end()
    yield first, last


def _begins_name(text: str) -> bool:
    if len(text) < 3:
        return text in ("工会", "妇联", "残联")
    return _SCOPE.match(text) is not None or (
        is_surely_unit(text) and (len(text) > 4 or text.endswith(("部门", "单位")))
    )


def _join_posts(view: View, pieces: list[tuple[int, int]], leaders: bool) -> Iterator[tuple[int, int]]:
    """市委常委、市纪委书记 is one person: a rank runs on into the post after it."""
    pending: tuple[int, int] | None = None
    for first, last in pieces:
        if pending is not None and leaders and view.folded[pending[1]] == "、" and is_leader(view.folded[first:last]):
            pending = (pending[0], last)
        else:
            if pending is not None:
                yield pending
            pending = (first, last)
        if not (leaders and _RANK.search(view.folded, max(pending[0], pending[1] - 8), pending[1])):
            yield pending
            pending = None
    if pending is not None:
        yield pending


def _with_full_names(parties: list[Party], after: str = "") -> list[Party]:
    """Give names that elide the prefix or suffix of their neighbours what the list leaves out."""
    completed: list[Party] = []
    prefix = ""
    for party, end in zip(parties, _shared_ends(parties, after), strict=True):
        full = party.name
        own = _PREFIX.match(full)
        if own is not None:
            prefix = own.group()
        elif prefix in ("省", "市") and not _OWN_PREFIX.match(full) and is_unit(full) and len(full) <= 8:
            full = prefix + full
        if party.kind == "unit" and _PLACE.fullmatch(party.name):
            full = party.name + end
        kind = party.kind
        if end in _KINDS and not is_unit(party.name):  # 财政、民政部门
            full, kind = party.name + end, "group" if kind == "group" else "unit"
        changed = full != party.name or kind != party.kind
        completed.append(replace(party, full_name=full, kind=kind) if changed else party)
    return completed


def _shared_ends(parties: list[Party], after: str) -> list[str]:
    """Return for each name the ending that names before it share: 冠县、莘县、阳谷县人民政府; 财政、民政部门."""
    ends: list[str] = []
    shared = after
    for party in reversed(parties):
        ends.append(shared)
        found = _SHARED_END.search(party.name[-_LONGEST_NAME:])
        if found:
            shared = found.group()
        elif _DEPARTMENTS.search(party.name) and not _GENERAL.search(party.name):
            shared = party.name[-2:]
        elif is_unit(party.name) if shared in _KINDS else not _PLACE.fullmatch(party.name):
            shared = ""
    return ends[::-1]
