"""Words that give a role: the labels before a colon and the verbs after a list of names.

To add a form, add its words to one of the two tables; the table test reads an example of every line of them.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from luoshi.reading.model import Role
from luoshi.reading.responsibilities.names import begins_with_name

_LEVEL: Final = "(?:乡镇|镇街|街镇|街道|省|市|州|盟|县|区|旗|镇|乡)?(?:级|直)?"
_WHICH: Final = "(?:其他|其它|其余|相关|有关|属地|具体|主要|共同|首要|第[一二三四1-4]|总|分|项目)*"
_PLACE: Final = "(?:单位|部门|处室|科室|股室|办所|站所|机构|主体|地区|地方|方|企业|平台|专班|组)"
_LEADER: Final = (
    "牵头|责任|分管|包保|包抓|包联|包干|挂包|挂联|挂钩|挂帅|挂点|联系|领衔|领办|领题|督办|主管|主抓|总负责|带队|指导"
    "|协助分管"
)
_POSTS: Final = "副?[省市州盟县区旗镇乡]长|副?主任|副?书记|副?秘书长|常委"

# Order matters: the first pattern that fits names the role.
LABELS: Final[tuple[tuple[str, str], ...]] = (
    ("lead_leaders", rf"(?:{_LEADER})的?{_LEVEL}领导(?:同志)?"),
    (
        "lead_leaders",
        rf"{_LEVEL}(?:{_LEADER})领导|(?:省|市|州|盟|县|区|旗)(?:级|委|政府)?领导(?:同志)?"
        r"|(?:牵头|总|主要|分管|具体)?负责(?:人|同志)|(?:第一|主要|直接|具体|牵头|包保|包联)?责任人|领导小组组长"
        rf"|(?!联系人)(?:{_LEADER})的?(?:{_POSTS}|人)|总负责",
    ),
    (
        "lead_units",
        rf"{_LEVEL}{_WHICH}(?:牵头|主办|主责|主抓)(?:[(](?:责任|主办|负责)[)]|(?:单位|部门)?[及和、/](?:责任|负责|主办))?"
        rf"(?:责任|负责|落实|承办|(?:组织)?实施|组织)?{_LEVEL}{_PLACE}",
    ),
    (
        "cooperating_units",
        rf"{_LEVEL}{_WHICH}(?:责任)?(?:配合|协办|协助|协同|协作|协调|协管|协抓|参与|参加|支持|会办|会同|联合|联办)"
        rf"(?:[(](?:责任|协办|参与)[)]|[及和、/](?:协办|参与|支持))?(?:责任|落实|实施)?{_LEVEL}{_PLACE}",
    ),
    (
        "implementing_units",
        rf"{_LEVEL}(?:具体|项目)?(?:实施|执行|承担|建设|组织实施|运营|管护)(?:责任)?{_PLACE}|项目(?:业主|法人)(?:单位)?",
    ),
    (
        "responsible_units",
        rf"{_LEVEL}{_WHICH}(?:责任|负责|承办|落实|责任落实|主管|归口(?:管理)?|主体(?:责任)?|包保|包联|包抓|工作)"
        rf"(?:(?:单位|部门|主体)[及和与、/](?:配合|协办|协同|参与|落实|承办))?"
        rf"(?:[(](?:配合|落实|牵头|承办)[)])?{_LEVEL}{_PLACE}(?:[及和与、/](?:单位|部门))?(?:[及和与、/](?:责任|负责|具体|联系)*人)?",
    ),
    (
        "deadline",
        r"(?:计划|拟|要求)?(?:完成|办结|办理|落实|整改|推进|达标|见效)(?:的)?(?:时限|时间|期限|日期)(?:要求|节点)?"
        r"|(?:工作|目标|任务|办理)?(?:时限|期限)(?:要求)?|(?:时间|进度)(?:节点|要求|安排|目标)",
    ),
    ("cooperating_units", r"成员单位"),
    ("lead_units", r"(?:牵头|主办|主责)(?:负责|抓总|落实|实施)?"),
    ("cooperating_units", r"(?:配合|协办|参与|参加|协助|协同)"),
    (
        "responsible_units",
        r"(?:主体|监管|属地|直接|主要)?责任|落实|负责|承办",
    ),  # also words of slogans: a name must follow
)
_ROLES: Final[tuple[str, ...]] = tuple(role for role, _ in LABELS)
_LOOSE: Final = f"g{len(LABELS) - 1}"
_ANY_LABEL: Final = "(?:" + "|".join(f"(?P<g{index}>{pattern})" for index, (_, pattern) in enumerate(LABELS)) + ")"
_LABEL: Final = re.compile(rf"{_ANY_LABEL}(?:[(][^()]{{1,24}}[)])?$")
_WHOLE_LABEL: Final = re.compile(_ANY_LABEL)
_NO_COLON: Final = re.compile(
    r"(?:单位|部门|领导|责任人)(?P<copula>为|是)(?!牵头|责任|主)|[\[(〔【](?P<inner>[^()\[\]〔〕【】]{2,9})[\])〕】]"
    r"|(?:单位|部门|主体|科室)(?P<lost>。|[;,、.·=|/—-]{0,3})(?=[\u4e00-\u9fff])(?![要应须按对将可会在把和及与或的每根由为是不均也都向与共负配参协责])"
)
_HINTS: Final = ("单位", "部门", "领导", "责任人", "主体", "科室", "[", "(", "〔", "【")  # one is in every such label
_BEFORE_COPULA: Final = frozenset(";,。:([〔【")
_BEFORE_LOST: Final = frozenset(";,。([〔【★●")
_LONGEST: Final = 40
_MOST: Final = 2_000


@dataclass(frozen=True, slots=True)
class RoleLabel:
    """A label such as 牵头单位： in the view; `words` is its end without its colon, `end` where its names begin."""

    role: str
    start: int
    words: int
    end: int


def find_labels(folded: str, start: int, end: int) -> list[RoleLabel]:
    """Return the labels of a stretch in order; looked up from their colons, so that long texts cost little."""
    found: list[RoleLabel] = []
    floor = start
    colon = folded.find(":", start, end)
    while colon >= 0 and len(found) < _MOST:
        match = _LABEL.search(folded, max(floor, colon - _LONGEST), colon)
        if match is not None and (match[_LOOSE] is None or begins_with_name(folded, colon + 1, end)):
            found.append(RoleLabel(_role_of_label(match), match.start(), colon, colon + 1))
        floor = colon + 1
        colon = folded.find(":", floor, end)
    found = _without_rosters(folded, found)
    starts = [label.start for label in found]
    free = (label for label in _without_colon(folded, start, end) if not _overlaps(label, found, starts))
    bare = list(islice(free, _MOST))
    return sorted([*found, *bare], key=lambda label: label.start) if bare else found


def _without_rosters(folded: str, labels: list[RoleLabel]) -> list[RoleLabel]:
    """成员单位 names who helps where the same words say who leads; else it heads a list of members."""
    kept: list[RoleLabel] = []
    for label in labels:
        if not folded.endswith("成员单位", label.start, label.words) or any(
            before.role == "lead_units" for before in kept[-2:]
        ):
            kept.append(label)
    return kept


def shorter_label(folded: str, start: int, label: RoleLabel) -> RoleLabel | None:
    """Return the label that begins at a later index of a label: 责任单位 in 建设 / 责任单位, or None."""
    match = _WHOLE_LABEL.fullmatch(folded, start, label.words)
    return RoleLabel(_role_of_label(match), start, label.words, label.end) if match else None


def is_label(text: str) -> bool:
    """Tell whether folded words are a label such as 责任单位 and nothing else."""
    return _WHOLE_LABEL.fullmatch(text) is not None


def _role_of_label(match: re.Match[str]) -> str:
    return next(role for index, role in enumerate(_ROLES) if match[f"g{index}"] is not None)


def _overlaps(label: RoleLabel, others: list[RoleLabel], starts: list[int]) -> bool:
    after = bisect_left(starts, label.start)
    return any(other.start < label.end and label.start < other.end for other in others[max(0, after - 1) : after + 1])


def _with_lost_colon(folded: str, start: int, match: re.Match[str], end: int) -> RoleLabel | None:
    """A label whose colon print lost or took for another mark: (责任单位;市财政局), (牵头单位市财政局)."""
    words = match.start("lost")
    if not begins_with_name(folded, match.end("lost"), end, sure=False):
        return None
    label = _LABEL.search(folded, max(start, words - _LONGEST), words)
    before = folded[label.start() - 1] if label is not None and label.start() > start else ";"
    if label is None or before not in _BEFORE_LOST:
        return None
    if before not in "([〔【" and not begins_with_name(folded, match.end("lost"), end):
        return None
    role = _role_of_label(label)
    return None if role == "deadline" else RoleLabel(role, label.start(), words, match.end("lost"))


def _without_colon(folded: str, start: int, end: int) -> Iterator[RoleLabel]:
    """Labels that need no colon: 【责任单位】A and 牵头单位为A; a name must follow, so that running text is none."""
    if all(folded.find(hint, start, end) < 0 for hint in _HINTS):
        return
    for match in _NO_COLON.finditer(folded, start, end):
        if match["lost"] is not None:
            found = _with_lost_colon(folded, start, match, end)
            if found is not None:
                yield found
            continue
        if match["inner"] is not None:
            label = _WHOLE_LABEL.fullmatch(folded, *match.span("inner"))
            first, words = match.start(), match.end() - 1
        else:
            words = match.start("copula")
            label = _LABEL.search(folded, max(start, words - _LONGEST), words)
            first = label.start() if label else words
            if label is None or first == start or folded[first - 1] not in _BEFORE_COPULA:
                continue
        after = match.end() + (folded[match.end() : match.end() + 1] == ":")
        role = _role_of_label(label) if label is not None else ""
        if role in ("deadline", "lead_leaders") or (role and begins_with_name(folded, after, end)):
            yield RoleLabel(role, first, words, after)


# Verbs that close a list of names, longest first.
_BY_DUTY: Final = (
    r"(?:按照?|根据|依据?|依照|结合)?(?:各自|本部门|本地|当地)?(?:职能职责|职责职能|职责|职能|责任|工作)?(?:权限|实际)?(?:分工)?(?:范围|要求)?(?:内)?"
    r"(?:分别|共同|联合|具体|各自|分头|一起)?(?:抓好|做好|组织)?"
)
VERBS: Final[tuple[tuple[Role, str], ...]] = (
    (
        "lead_units",
        r"(?:按照?(?:各自)?(?:职责|职能)(?:分工)?)?(?:共同|联合|分别|负责|总|具体)?(?:牵头|主办|主责|抓总|统筹)"
        r"(?:负责|落实|组织实施|组织|推进|推动|实施|办理|抓总|总负责|协调|统筹|制定|编制|修订|起草|出台|建立|研究|做好|调度|督导|督办|督促|督查|指导|开展|承办|建设|抓好落实)?"
        r"|为主(?:负责|办理|落实)?|(?<![的者位个])为(?:总?牵头|主办|主责)(?:单位|部门)",
    ),
    (
        "implementing_units",
        r"(?:负责)?(?:具体|组织)(?:组织)?实施|承担(?:建设|实施)?|具体承办|为(?:具体)?(?:实施|承担)(?:单位|主体)",
    ),
    (
        "cooperating_units",
        rf"(?:{_BY_DUTY})(?:积极|密切|协同|协助)?(?:参与配合|配合|参与|参加|协助|协办|协同|支持|指导)(?:落实|实施|推进|做好|办理|工作|抓好落实)?"
        r"|为(?:配合|协办|协同|参与|协作)(?:单位|部门)",
    ),
    (
        "responsible_units",
        rf"{_BY_DUTY}(?:负责(?:落实|实施|推进|组织实施|办理|抓好|完成)?|推进落实|抓(?:好)?(?:推进)?落实|负总责|落实|承办|办理|推进(?:实施)?|推动|(?<!工程)(?<!项目)实施)"
        r"|为(?:主要)?责任(?:单位|部门|主体)",
    ),
)
VERB: Final = re.compile(
    "(?:" + "|".join(f"(?P<v{index}>{pattern})" for index, (_, pattern) in enumerate(VERBS)) + ")$"
)
TRAILING_VERB: Final = re.compile(
    r"(?:按照?|根据|依据?)?(?:(?:各自)?(?:职责|职能)(?:分工)?)?(?:分别|共同|各自|具体|联合|分头)(?:负责|牵头|落实|配合|实施)(?:落实)?$"
    r"|(?:按照?|根据|依据?)(?:各自)?(?:职责|职能)(?:分工)?(?:负责|落实|配合|抓好落实)(?:落实)?$"
    r"|(?<=[局委厅办府会]..)负责(?:落实)?$|(?<=[局委厅办府会部院])(?:负责|牵头|配合)(?:落实)?$"
)
JOINED_BY: Final = re.compile(r",?(?:会同|商(?=[省市县区州])|联合(?=[省市县区州各有]))")
MARK: Final = re.compile(r"[(](?:(?P<lead>总?(?:牵头|主办|主责)(?:单位)?)|(?P<with>(?:配合|协办|参与)(?:单位)?))[)]$")
FIRST_IS_LEAD: Final = re.compile(
    r"(?:[列排](?:名)?(?:在)?(?:第一|首|最前|前)(?:位|个|名)?的?|第一(?:个|家|位|责任单位|责任部门|单位|部门)的?|在前的?"
    r"|首(?:位|个|家)(?:责任)?(?:单位|部门)?的?).{0,8}(?:牵头|主办|主要责任)"
)
FROM_HERE_ON: Final = re.compile(r"下同|以下|后同|均同")
INHERITED: Final = re.compile(
    r"(?:以下|下列|下述|具体任务|其他任务|其余|各项|后续).{0,20}?均(?:需|须|由|涉及|应由)?(?P<names>.+?)"
    r"(?:负责落实|负责|落实|牵头|配合)?[,、]?(?:不再|不另|不一一)"
)


def role_of_verb(match: re.Match[str]) -> Role:
    """Return the role that a match of VERB gives."""
    return next(role for index, (role, _) in enumerate(VERBS) if match[f"v{index}"] is not None)
