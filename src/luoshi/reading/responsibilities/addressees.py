"""Whom a heading or the head of a sentence names, in which role, and whether a clause is a sentence of its own."""

import re
from typing import Final

from luoshi.reading.model import Role, Task
from luoshi.reading.responsibilities.names import person_in_post
from luoshi.reading.responsibilities.prose import is_list_of_bodies

_LEADING_POST: Final = re.compile(r"副?(?:组长|总指挥|指挥长|召集人)(?:、副(?:组长|总指挥|指挥长|召集人))?")
_ANY_GROUP: Final = re.compile(r"(?:领导|工作|专项|协调|推进|应急|各)*(?:小组|工作组|指挥部|专班|机构|联席会议|办公室)")
_SPOKEN: Final = re.compile(r"\s*[\u4e00-\u9fff](?!.*[:：]).*(?:牵头|负责|配合|参与|落实|实施)")


def is_spoken(text: str, task: Task) -> bool:
    """Whether the clause of a task is a sentence of its own (由市财政局牵头。), as running text has them."""
    words = task.clause_span.of(text)
    same_line = "\n" not in text[max(0, task.clause_span.start - 2) : task.clause_span.start] + words.rstrip()
    is_row = "\t" in task.span.of(text)
    return same_line and not is_row and _SPOKEN.match(words) is not None


def names_bodies(text: str) -> bool:
    """Tell whether a heading names units; 领导小组 and 工作组 head a list of their members."""
    return is_list_of_bodies(text) and _ANY_GROUP.fullmatch(text) is None


def within_quotes(folded: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch without the quotation marks around it."""
    while start < end and folded[start] in "“‘":
        start += 1
    while end > start and folded[end - 1] in "”’":
        end -= 1
    return start, end


def role_of(names: str) -> Role | None:
    """Return the role of whom a heading or the head of a sentence names, or None where it names nobody."""
    if person_in_post(names) or _LEADING_POST.fullmatch(names):
        return "lead_leaders"
    return "responsible_units" if is_list_of_bodies(names) else None
