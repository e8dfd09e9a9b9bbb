"""The heads of tables: what each column holds, from one row of titles or from two.

A head counts where it names units and what is to be done; heads of project lists (投资, 建设地点, …) and of requests
(建议责任单位) do not.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from luoshi.reading.model import Role
from luoshi.reading.responsibilities.roles import FIRST_IS_LEAD, find_labels
from luoshi.reading.structure.provisions import join_text
from luoshi.reading.view import fold

_WORDS: Final = re.compile(
    r"任务|内容|事项|实事|举措|措施|目标|工作|项目|要求|路径|问题|清单|名称|指标|做法|行动|安排|重点|职责|条款|要点|成果|抓手|政策"
)
_SECTION: Final = re.compile(
    r"^(?:(?:任务|工作|项目|事项|目标|指标)?(?:类别|分类|类型|性质|领域|板块|方面|大类|章节|模块|篇章|专项)|(?:一|1)级(?:任务|指标|目录)|所属.{1,4})$"
)
_NUMBER: Final = re.compile(r"序号|编号|^(?:号|项次|项号)$|^No\.?$", re.IGNORECASE)
_NUMBER_TITLE: Final = re.compile(r"(?:项目|任务|目标)?(?:序号|编号)|项次")
_TIME: Final = re.compile(
    r"^(?:(?:完成|办结|办理|办成|整改|截止|推进|落实|实施|计划|要求|预计|拟|最终|目标|达标|见效|交付|任务|工作)*(?:时间|时限|期限|日期|节点|进度)(?:节点|要求|安排|进度|表)?"
    r"|完成年度|年度|何时完成)$"
)
_UNIT: Final = re.compile(r"^(?:单位|部门|责任|承办|科室|责任主体|主体)$")
_LEADER: Final = re.compile(
    r"^(?:(?:[省市州盟县区旗镇乡](?:委|政府|级|人大|政协|直)?[、和及]?)*"
    r"(?:牵头|责任|分管|包保|包抓|包联|包干|挂包|挂联|挂钩|挂帅|挂点|联系|联点|领衔|督办|主管|主抓|主要|指导|协调|调度|总)*"
    r"(?:领导(?:同志)?|责任人|负责人|负责同志|领导班子成员)"
    r"|包保人|包联人"
    r"|(?:分管|责任|牵头|包保|联系)?(?:副?[市县区州省盟]长|副?秘书长)(?:、?副?[市县区州省]长)?)$"
)
_PLACES: Final = re.compile(
    r"^(?:责任|属地|牵头|落实)(?:地区|属地|地方|县市区|县区|区县|市县|县市|镇街|乡镇|镇乡|街道|[县市区镇乡]|、)+$"
    r"|^(?:责任|承办)(?:单位|部门)(?:及|和|、|/)?责任人$"
)
_PERSONAL: Final = re.compile(r"姓名|电话|手机|联系方式|邮箱|传真|职务|职称|学历|身份证|出生|性别")
_TABLE_TITLE: Final = re.compile(r"(?:表|名单|名录|清单|目录|台账|情况)(?:[(][^()]{1,12}[)])?$")
_OTHER_TITLE: Final = re.compile(r"名称|指标|单位|姓名|科目|类别|类型|金额|数量|年度|地区|县市区|分值|权重|合计|职务")
_MEASURED: Final = re.compile(r"(?:计量|指标|数量|货币|金额)单位")
# No words of a task: who is only proposed, and what has been done.
_NOT_YET: Final = re.compile(
    r"^(?:建议|拟|拟定|原|推荐|提出|申报|反馈|提请|联系(?!.{0,4}领导)|填报|报送|来源|提案)"
    r"|(?:进展|完成|推进|落实|办理)(?:情况|成效|程度)$|取得成效$"
)
_PROJECT: Final = re.compile(
    r"投资|资金|概算|建设地点|地点|建设规模|规模和内容|建设性质|建设年限|起止年限|建设周期|起止时间|业主|用地|开工时间|竣工|项目代码|占地"
)
_PROJECT_NAME: Final = re.compile(r"^(?:项目|企业|平台|机构|产品|案例)名称$|^项目$")
_LIST_TITLE: Final = re.compile(
    r"(?:项目|平台|成果|诉求|需求|企业|产品|案例|场景|机构)(?:需求|申报|推荐|储备|汇总|计划|进展)?(?:清单|名单|名录|一览表|汇总表|表|库)"
)
_TASK_TITLE: Final = re.compile(r"任务|分工|责任|分解|措施|整改|要点|攻坚")
_KINDS: Final = (
    ("number", _NUMBER),
    ("", _NOT_YET),
    ("", _PROJECT),
    ("deadline", _TIME),
    ("lead_leaders", _LEADER),
    ("responsible_units", _PLACES),
    ("", _MEASURED),
)
_PERIOD: Final = re.compile(r"^(?:\d{4}年?(?:度)?|第?[一二三四1-4]季度|[上下]半年)$")
_LATER_KINDS: Final = (("unit", _UNIT), ("section", _SECTION), ("words", _WORDS), ("words", _PERIOD))
_LEAD_FIRST: Final = re.compile(r"(?:牵头|主办)(?:单位|部门)?(?:均|应)?[列排](?:在|于)?(?:首|第一)位?")
_YEARLY: Final = re.compile(r"[本当全]?年度?")
_GOAL: Final = re.compile(r"\d{4}年|目标|季度|上半年|下半年|近期|远期")
_BRACKET: Final = re.compile(r"[(〔\[][^()〔〕\[\]]*[)〕\]]")
_SENTENCE: Final = re.compile(r"[。;!?]")
_MAIN: Final = re.compile(r"^(?!.*牵头).*(?:主责|主办|主抓)")  # beside a column 牵头单位 they answer for it
_LONGEST: Final = 16
_KNOWN: Final = 1024


@dataclass(frozen=True, slots=True)
class Head:
    """What each column of a table holds; `rows` counts the rows of titles, `titles` has them by column.

    `words` are the columns of what is to be done, `sections` those that only say under what it falls, `goals` those
    whose title belongs to the words (2026年目标). `unknown` are columns whose titles say nothing.
    """

    titles: tuple[str, ...]
    roles: dict[int, Role]
    words: tuple[int, ...]
    sections: tuple[int, ...] = ()
    goals: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()
    number: int | None = None
    deadline: int | None = None
    first_is_lead: bool = False
    rows: int = 1

    @property
    def of_projects(self) -> bool:
        """Whether it is the head of a list of projects, which says who builds them, not what is to be done."""
        marks = sum(1 for title in self.titles if _PROJECT.search(title))
        named = any(_PROJECT_NAME.fullmatch(title) for title in self.titles)
        return marks >= 2 or (marks >= 1 and named)

    def lists(self, title: str) -> bool:
        """Whether under that title it is a list of projects, platforms or requests."""
        named = any(_PROJECT_NAME.fullmatch(own) for own in self.titles)
        return named and _LIST_TITLE.search(title) is not None and not _TASK_TITLE.search(title)


def read_head(rows: Sequence[Sequence[str]]) -> Head | None:
    """Return the head that the first rows of a table hold, in one row of titles or two; None where they are no head."""
    one = _head_of([_title(cell) for cell in rows[0]], rows[0], 1)
    if len(rows) < 2 or not _may_be_second(rows[0], rows[1]):
        return one
    two = _head_of(_combined(rows[0], rows[1]), [*rows[0], *rows[1]], 2)
    if two is not None and (one is None or _known(two) > _known(one)):
        return two
    return one


def read_owned_head(cells: Sequence[str]) -> Head | None:
    """Return the head of a table that has no column of units, since bars or a heading name them; else None."""
    return _head_of([_title(cell) for cell in cells], cells, 1, owned=True)


def says_first_leads(words: str) -> bool:
    """Tell whether words say that the first unit of a list is the lead: 列首位的为牵头单位, 牵头单位列首位."""
    folded = fold("".join(words.split()))
    return FIRST_IS_LEAD.search(folded) is not None or _LEAD_FIRST.search(folded) is not None


def is_other_head(cells: Sequence[str]) -> bool:
    """Tell whether a row that heads no table of tasks heads another table: one of its cells says 序号."""
    return any(_NUMBER_TITLE.fullmatch(_title(cell)) for cell in cells)


def begins_other_table(title: str, cells: Sequence[str]) -> bool:
    """Tell whether the first row under a title of its own heads another table that is none of tasks."""
    titles = [_title(cell) for cell in cells]
    if not _TABLE_TITLE.search(title) or len(titles) < 2 or not all(titles):
        return False
    short = all(len(own) <= _LONGEST and not _SENTENCE.search(own) and not own.isdigit() for own in titles)
    return short and any(_OTHER_TITLE.search(own) for own in titles) and read_head([cells]) is None


def _known(head: Head) -> int:
    return len(head.roles) + len(head.goals) + (head.deadline is not None)


def _may_be_second(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether a row could hold the titles under the ones above it: short words, each under a wide or an empty one."""
    filled = [column for column, cell in enumerate(second) if cell.strip()]
    if not filled or len(first) != len(second):
        return False
    words = [join_text(fold(second[column])) for column in filled]
    if any(len(word) > _LONGEST or _SENTENCE.search(word) or word.isdigit() for word in words):
        return False
    above = [column for column in filled if first[column].strip()]
    return all(_is_wide(first, column) for column in above)


def _is_wide(cells: Sequence[str], column: int) -> bool:
    """Whether the title of a column goes on over the next one, which is then empty, or stands over the one before."""
    beside = (column + 1, *([column - 1] if column else []))
    return any(other < len(cells) and not cells[other].strip() for other in beside)


def _combined(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """Put the titles of two rows together: under 责任分工, 牵头 is a title of its own, 2026年 is not without 目标."""
    titles: list[str] = []
    over = ""
    for column, (upper, lower) in enumerate(zip(first, second, strict=True)):
        if upper.strip():
            over = _title(upper) if _is_wide(first, column) else ""
        own = _title(lower)
        whole = own if kind_of_title(own) not in ("", "words") else over + own
        if _YEARLY.fullmatch(own) and over.endswith("目标"):
            whole = own + over
        titles.append(whole if own else _title(upper))
        if upper.strip() and not own:
            over = ""
    return titles


def _title(cell: str) -> str:
    return join_text(fold(cell)).replace(" ", "")


def _head_of(titles: Sequence[str], cells: Sequence[str], rows: int, *, owned: bool = False) -> Head | None:
    kinds = [kind_of_title(title) for title in titles]
    roles: dict[int, Role] = {
        column: kind  # type: ignore[misc]
        for column, kind in enumerate(kinds)
        if kind in ("lead_leaders", "lead_units", "responsible_units", "cooperating_units", "implementing_units")
    }
    named = bool(roles)
    if any("牵头" in titles[column] for column, role in roles.items() if role == "lead_units"):
        roles.update({column: "responsible_units" for column in roles if _MAIN.search(titles[column])})
    for column, kind in enumerate(kinds):
        if kind == "unit" and not named:
            roles[column] = "responsible_units"
    words = tuple(column for column, kind in enumerate(kinds) if kind == "words")
    unknown = tuple(
        column for column, (kind, title) in enumerate(zip(kinds, titles, strict=True)) if not kind and title
    )
    number = kinds.index("number") if "number" in kinds else None
    if owned and (roles or number is None or not words or all(_GOAL.search(titles[column]) for column in words)):
        return None
    if not (roles or owned) or not (words or (number is not None and unknown)):
        return None
    if not words and any(_PERSONAL.search(title) for title in titles):
        return None  # a list of people
    goals = tuple(column for column in words if _GOAL.search(titles[column]) and len(words) > 1)
    return Head(
        titles=tuple(titles),
        roles=roles,
        words=words,
        sections=tuple(column for column, kind in enumerate(kinds) if kind == "section"),
        goals=goals if len(goals) > 1 else (),
        unknown=unknown,
        number=number,
        deadline=kinds.index("deadline") if "deadline" in kinds else None,
        first_is_lead=any(says_first_leads(cell) for cell in cells),
        rows=rows,
    )


@lru_cache(maxsize=_KNOWN)
def kind_of_title(title: str) -> str:
    """Return what a column holds by its title, folded and without blanks: a role, another kind, or nothing known."""
    bare = _BRACKET.sub("", title) or title
    if not 0 < len(bare) <= _LONGEST or _SENTENCE.search(bare):
        return ""
    for kind, pattern in _KINDS:
        if pattern.search(bare):
            return kind
    labels = find_labels(f"{bare}:", 0, len(bare) + 1)
    if labels and labels[0].start <= 2:
        return labels[0].role
    return next((kind for kind, pattern in _LATER_KINDS if pattern.search(bare)), "")
