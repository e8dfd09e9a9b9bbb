"""Tell titles from running text, and what kind of document a title names."""

import re
from collections.abc import Sequence
from typing import Final

from luoshi.reading.lines import Line
from luoshi.reading.model import DocumentKind
from luoshi.reading.view import fold

_ENDS: Final = (
    "方案|计划|规划|[办辦]法|细则|规定|措施|规则|意见|决定|决议|通知|通报|公告|通告|公报|命令|令|议案|报告|请示|批复|函|纪要|"
    "清单|分工|分解表|任务书|责任书|要点|纲要|条例|章程|制度|标准|指南|预案|目录|范围|职责|安排|名单|一览表|"
    "分配表|任务表|汇总表|工程|台账|政策|举措|若干条|大事记"
)
_TITLE_END: Final = re.compile(rf"(?:{_ENDS})[》>]?(?:[(][^()]{{1,20}}[)]|[〔][^〕]{{1,20}}[〕])?$")
_NOT_TITLE: Final = re.compile(
    r"[。;!?]|[:,]$|^[(]?[一二三四五六七八九十\d]{1,3}[)、.]|^(?:目\s*录|第.{1,4}[期条章节])"
)
_KINDS: Final[tuple[tuple[DocumentKind, re.Pattern[str]], ...]] = (
    ("chronicle", re.compile(r"大事记")),
    ("appointment", re.compile(r"任免|任命|免去|任职|免职")),
    ("task_plan", re.compile(r"分工|任务分解|责任分解|任务清单|重点任务|重点工作.{0,8}(?:方案|清单|台账)|责任清单")),
    ("work_report", re.compile(r"政府工作报告")),
    ("measures", re.compile(r"[办辦]法|细则|规定|措施|条例|规则|举措|政策")),
    ("opinion", re.compile(r"意见")),
    ("plan", re.compile(r"方案|计划|规划|行动|要点|预案|工程")),
    ("notice", re.compile(r"通知|通报|公告|通告|函")),
)
_QUOTED: Final = re.compile(r"《([^《》]{4,120})》")
_MAX_TITLE: Final = 120


def is_title_line(text: str) -> bool:
    """Tell whether one line could stand in a title: short, without the punctuation of running text."""
    return 2 <= len(text) <= _MAX_TITLE and not _NOT_TITLE.search(fold(text))


def ends_title(text: str) -> bool:
    """Tell whether a title may end here: with the kind of document that it names."""
    return bool(_TITLE_END.search(squeeze(fold(text))))


def squeeze(text: str) -> str:
    """Return the text without any white space."""
    return "".join(text.split())


def kind_of(title: str) -> DocumentKind:
    """Return the kind of document a title names; what a notice issues counts before the notice."""
    for kind, pattern in _KINDS:
        if pattern.search(title):
            return kind
    return "other"


def quoted_titles(text: str) -> list[str]:
    """Return the titles in 《…》 of a letter, squeezed and folded, each once and in order."""
    return list(dict.fromkeys(squeeze(fold(found)) for found in _QUOTED.findall(text)))


def collect_title(lines: Sequence[Line], first: int, *, most: int = 5) -> int:
    """Return the index after the title that begins at a line; `first` itself where none begins there."""
    last = first
    for index in range(first, min(first + most, len(lines))):
        line = lines[index]
        if line.kind not in ("text", "masthead") or not is_title_line(line.text):
            break
        last = index + 1
        if ends_title(line.text):
            break
    return last
