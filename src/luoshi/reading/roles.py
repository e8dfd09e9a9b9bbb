"""Words that give a role: the labels before a colon and the verbs after a list of names.

To add a form, add its words to one of the two tables; the table test reads an example of every line of them.
"""

import re
from dataclasses import dataclass
from typing import Final

from luoshi.reading.model import Role

_LEVEL: Final = "(?:省|市|州|县|区|旗|镇|乡)?(?:级|直)?"
_PLACE: Final = "(?:单位|部门|处室|科室|机构|主体|地区|地方|方|企业|平台|专班|组)"

# Order matters: the first pattern that fits names the role.
LABELS: Final[tuple[tuple[str, str], ...]] = (
    (
        "lead_leaders",
        rf"(?:牵头|责任|分管|包保|包抓|挂包|挂钩|挂帅|联系|领衔|督办|主管|总负责)的?{_LEVEL}领导(?:同志)?",
    ),
    (
        "lead_leaders",
        rf"{_LEVEL}(?:牵头|分管|责任|包保|联系)领导|(?:牵头|总)?负责人|(?:第一|主要|牵头)?责任人|领导小组组长",
    ),
    ("lead_units", rf"{_LEVEL}(?:总|第一|主要|共同)?(?:牵头|主办|主责|主抓)(?:责任|负责|落实|承办|实施)?{_PLACE}"),
    (
        "cooperating_units",
        rf"{_LEVEL}(?:主要|共同|责任)?(?:配合|协办|协助|协同|参与|参加|支持|会办)(?:责任|落实|实施)?{_PLACE}",
    ),
    ("implementing_units", rf"{_LEVEL}(?:具体|项目)?(?:实施|执行|承担|建设|组织实施)(?:责任)?{_PLACE}"),
    ("responsible_units", rf"{_LEVEL}(?:主要|具体|共同)?(?:责任|负责|承办|落实|责任落实|主管|工作){_PLACE}"),
    (
        "deadline",
        r"(?:计划|拟|要求)?(?:完成|办结|办理|落实|整改|推进)(?:时限|时间|期限)|(?:工作|目标|任务)?(?:时限|期限)(?:要求)?",
    ),
    ("lead_units", r"牵头"),
    ("cooperating_units", r"(?:配合|协办|参与)"),
)
_ROLES: Final[tuple[str, ...]] = tuple(role for role, _ in LABELS)
_LABEL: Final = re.compile(
    "(?:"
    + "|".join(f"(?P<g{index}>{pattern})" for index, (_, pattern) in enumerate(LABELS))
    + r")(?:[(][^()]{1,12}[)])?$"
)
_LONGEST: Final = 32
_MOST: Final = 2_000


@dataclass(frozen=True, slots=True)
class RoleLabel:
    """A label such as 牵头单位： in the view; `end` is the index after its colon."""

    role: str
    start: int
    end: int


def find_labels(folded: str, start: int, end: int) -> list[RoleLabel]:
    """Return the labels of a stretch in order; looked up from their colons, so that long texts cost little."""
    found: list[RoleLabel] = []
    floor = start
    colon = folded.find(":", start, end)
    while colon >= 0 and len(found) < _MOST:
        match = _LABEL.search(folded, max(floor, colon - _LONGEST), colon)
        if match is not None:
            role = next(role for index, role in enumerate(_ROLES) if match[f"g{index}"] is not None)
            found.append(RoleLabel(role, match.start(), colon + 1))
        floor = colon + 1
        colon = folded.find(":", floor, end)
    return found


# Verbs that close a list of names, longest first.
VERBS: Final[tuple[tuple[Role, str], ...]] = (
    ("lead_units", r"(?:共同|联合|分别|负责)?牵头(?:负责|落实|组织实施|组织|推进|实施|办理|抓总|总负责)?"),
    ("implementing_units", r"(?:负责)?(?:具体|组织)(?:组织)?实施|承担(?:建设|实施)?|具体承办"),
    ("cooperating_units", r"(?:积极|密切|共同|协同|协助)?(?:配合|参与|参加|协助|协办|协同)(?:落实|实施|推进|做好)?"),
    (
        "responsible_units",
        r"(?:按照?|根据)?(?:各自)?(?:职责|职能)?(?:分工)?(?:范围)?(?:内)?(?:分别|共同|具体|各自|抓好)?"
        r"(?:负责(?:落实|实施|推进|组织实施|办理)?|落实|推进落实|抓好落实)",
    ),
)
VERB: Final = re.compile(
    "(?:" + "|".join(f"(?P<v{index}>{pattern})" for index, (_, pattern) in enumerate(VERBS)) + ")$"
)
TRAILING_VERB: Final = re.compile(
    r"(?:按照?(?:各自)?(?:职责|职能)(?:分工)?)?(?:分别|共同|各自|具体|联合)(?:负责|牵头|落实|配合|实施)(?:落实)?$"
    r"|按照?(?:各自)?(?:职责|职能)(?:分工)?(?:负责|落实|配合)(?:落实)?$|(?<=[局委厅办府会]..)负责(?:落实)?$|(?<=[局委厅办府会])(?:负责|牵头|配合)(?:落实)?$"
)
FIRST_IS_LEAD: Final = re.compile(
    r"(?:列?(?:首位|第一位?|首|在前)的?|排(?:在)?(?:第一|首位|最前)的?|第一(?:个|家)).{0,8}(?:牵头|主办|主要责任)"
)
FROM_HERE_ON: Final = re.compile(r"下同|以下|后同|均同")
INHERITED: Final = re.compile(
    r"以下.{0,20}?均(?:需|须|由|涉及|应由)?(?P<names>.+?)(?:负责落实|负责|落实|牵头|配合)?[,、]?(?:不再|不另|不一一)"
)


def role_of_verb(match: re.Match[str]) -> Role:
    """Return the role that a match of VERB gives."""
    return next(role for index, (role, _) in enumerate(VERBS) if match[f"v{index}"] is not None)
