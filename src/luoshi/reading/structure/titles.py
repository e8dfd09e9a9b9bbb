"""Tell titles from running text, and what kind of document a title names."""

import re
from collections.abc import Sequence
from typing import Final

from luoshi.reading.model import DocumentKind
from luoshi.reading.structure.lines import Line
from luoshi.reading.view import fold, fold_words
from luoshi.standards.document_numbers import find_document_numbers

_ENDS: Final = (
    "方案|计划|规划|办法|细则|规定|措施|规则|意见|决定|决议|通知|通报|公告|通告|公报|命令|令|议案|报告|请示|批复|函|纪要|"
    "清单|分工|分解表|任务书|责任书|要点|纲要|条例|章程|制度|标准|指南|预案|目录|范围|职责|安排|名单|一览表|"
    "分配表|任务表|汇总表|工程|台账|政策|举措|若干条|大事记|说明|解释|规程|规范|细目|明细表|登记表|申请表|审批表|评分表|"
    "考核表|统计表|情况表|进度表|流程图|名录|样表|公示|路线图|时间表|承诺书|申请书|批复|行动|公约|倡议书|决算|预算"
)
_TITLE_END: Final = re.compile(rf"(?:{_ENDS})[》>]?(?:[(][^()]{{1,20}}[)]|[〔][^〕]{{1,20}}[〕])?$")
_NOT_TITLE: Final = re.compile(
    r"[。;!?]|[:,]$|^[(]?[一二三四五六七八九十\d]{1,3}[)、.]|^(?:目\s*录|第.{1,4}[期条章节])"
)
_MEASURES: Final = "办法|细则|规定|措施|条例|规则|举措|政策|若干条|制度|规程|标准|章程"
_PLANS: Final = "方案|计划|规划|要点|预案|行动|工程|纲要|清单|台账|路线图|时间表|任务书|安排"
_LETTERS: Final = "通知|通报|公告|通告|函|决定|批复|公示|命令|令|请示|决议|纪要|公报|报告"
# What a title names wherever it stands, before its last word is asked.
_NAMED: Final[tuple[tuple[DocumentKind, re.Pattern[str]], ...]] = (
    ("chronicle", re.compile(r"大事记")),
    ("appointment", re.compile(r"任免|任命|免去|任职|免职|职务的(?:通知|决定)")),
    (
        "task_plan",
        re.compile(
            r"分工|任务分解|责任分解|任务清单|责任清单|重点任务|工作任务分|(?:工作|任务)台账|"
            r"重点工作.{0,8}(?:方案|清单|台账)|任务(?:分解)?表|责任书"
        ),
    ),
    ("work_report", re.compile(r"政府工作(?:的)?报告(?:[(（].{1,20}[)）])?$")),
)
_BY_END: Final[tuple[tuple[DocumentKind, re.Pattern[str]], ...]] = (
    ("measures", re.compile(rf"(?:{_MEASURES})$")),
    ("opinion", re.compile(r"意见$")),
    ("plan", re.compile(rf"(?:{_PLANS})$")),
    ("notice", re.compile(rf"(?:{_LETTERS})$")),
)
_ANYWHERE: Final[tuple[tuple[DocumentKind, re.Pattern[str]], ...]] = (
    ("work_report", re.compile(r"政府工作报告")),
    ("measures", re.compile(_MEASURES)),
    ("opinion", re.compile(r"意见")),
    ("plan", re.compile(_PLANS)),
    ("notice", re.compile(_LETTERS)),
)
_ISSUING: Final = re.compile(
    r"(?:印发|转发|批转|下发|公布|发布|颁布|修订|修改)(?P<issued>.{4,})的?(?:通知|决定|公告|令|通报)$"
)
_ISSUES: Final = re.compile(r"关于(?:印发|转发|批转|下发|公布|发布)")
_LETTER_END: Final = re.compile(rf"(?:{_LETTERS})(?:[(][^()]{{1,20}}[)])?$")
_TAIL: Final = re.compile(r"[(（〔\[][^()（）〔〕\[\]]{1,24}[)）〕\]]$|[》〉”\"]$|的$")
_SEVERAL: Final = re.compile(r"若干(?:政策|措施|意见|规定|举措)(?:措施|意见)?$")
_QUOTED: Final = re.compile(r"《([^《》]{4,120})》")
_HANDED_OUT: Final = re.compile(
    r"[将將].{0,60}?《(?P<title>[^《》]{4,80}(?:〈[^〈〉]{2,40}〉[^《》]{0,40})?)》.{0,60}?(?:印发|印發|转发|轉發|下发|下發|发给|發給|公布|发布|發布)"
)
_ADDITION: Final = re.compile(
    r"[（(](?:试行|暂行|修订|修订版|征求意见稿|(?:19|20)\d{2}[^（）()日号]{0,12}[年月版]度?)[)）]"
)
_MAX_TITLE: Final = 120
_LEAST_TITLE: Final = 6


def is_title_line(text: str) -> bool:
    """Tell whether one line could stand in a title: short, without the punctuation of running text."""
    return 2 <= len(text) <= _MAX_TITLE and not _NOT_TITLE.search(fold(text))


def ends_title(text: str) -> bool:
    """Tell whether a title may end here: with the kind of document that it names."""
    return bool(_TITLE_END.search(squeeze(fold_words(text))))


def squeeze(text: str) -> str:
    """Return the text without any white space."""
    return "".join(text.split())


def kind_of(title: str) -> DocumentKind:
    """Return the kind of document a title names; what a notice issues counts before the notice."""
    title = squeeze(fold_words(title))
    for kind, pattern in _NAMED:
        if pattern.search(title):
            return kind
    issuing = _ISSUING.search(title)
    name = _bare(issuing["issued"] if issuing else title)
    if not issuing and name.endswith("通知") and _SEVERAL.search(_bare(name.removesuffix("通知"))):
        return "measures"
    for words, table in ((name, _BY_END), (name, _ANYWHERE), (_bare(title), _BY_END)):
        for kind, pattern in table:
            if pattern.search(words):
                return kind
    return "other"


def _bare(name: str) -> str:
    """Return a title without what stands behind its last word: 》, （试行）, （2031—2033年）, 的."""
    for _ in range(4):
        shorter = _TAIL.sub("", name)
        if shorter == name:
            break
        name = shorter
    return name


def bare_title(title: str) -> str:
    """Return a squeezed title without the document number before it and the 《》 around it, as sites print them."""
    number = next(find_document_numbers(title), None) if "〔" in title or "[" in title or "［" in title else None
    if number is not None and number.start <= 1 and len(title) - number.end >= _LEAST_TITLE:
        title = title[number.end :].lstrip("）)：: ")
    if title.startswith("《") and title.endswith("》") and title.find("《", 1) < 0:
        return title[1:-1]
    return title


def quoted_titles(text: str) -> list[str]:
    """Return the titles in 《…》 of a letter, squeezed and folded, each once and in order."""
    return list(dict.fromkeys(squeeze(fold(found)) for found in _QUOTED.findall(text)))


def issued_title(lines: Sequence[Line]) -> str:
    """Return the title of what a letter without a title of its own issues (现将《…》印发给你们), or an empty string."""
    for line in lines:
        found = _HANDED_OUT.search(line.text)
        if found is not None:
            return squeeze(found["title"])
    return ""


def collect_title(lines: Sequence[Line], first: int, *, most: int = 5) -> int:
    """Return the index after the title that begins at a line; `first` itself where none begins there.

    A line may end with what another document is called (关于印发…工程 / 管理办法的通知): the title of a letter that
    issues one goes on to its 通知 where that follows.
    """
    last, ended = first, -1
    for index in range(first, min(first + most, len(lines))):
        line = lines[index]
        if line.kind not in ("text", "masthead") or not is_title_line(line.text):
            break
        last = index + 1
        if ends_title(line.text):
            title = squeeze(fold_words("".join(each.text for each in lines[first:last])))
            if not _ISSUES.search(title) or _LETTER_END.search(title):
                return _with_addition(lines, last)
            ended = last if ended < 0 else ended
    return last if ended < 0 else ended


def _with_addition(lines: Sequence[Line], last: int) -> int:
    """Take along what stands in brackets below a title and belongs to it: （试行）, （2026年1月）, （2026—2028年）."""
    return last + 1 if last < len(lines) and _ADDITION.fullmatch(squeeze(lines[last].text)) else last
