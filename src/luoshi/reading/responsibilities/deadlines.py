"""Time limits as far as they are sure; a wrong deadline on a ledger row is worse than none.

`labelled_deadline` reads what stands behind a label or in a column (完成时限). `stated_deadline` reads the words of a
task: they give its deadline where one limit, and only one, governs all of it:

- in one sentence (a short title before it aside) exactly one day is stated, however often;
- of several sentences every one states the same day, or the last is nothing but the limit (以上任务2026年9月底前完成);
- the only day of the item opens its last sentence, and that sentence says what will then be reached
  (…。2026年底前，全面完成整治任务): it is what all the steps before it lead to.

Several different days are several targets, and any other limit of one sentence governs that sentence only. A term of
a benefit (3月31日前免收邮寄费) limits nothing. An ambiguous limit (2026年前) leaves the question to a person, and so
does one that hangs on an event: `worded_deadline` gives the words of such a limit, without a day.
"""

import re
from datetime import date
from typing import Final

from luoshi.reading.model import Deadline
from luoshi.reading.part_reading import Dating
from luoshi.reading.times.expression import FoundTime
from luoshi.reading.times.grammar import find_times
from luoshi.reading.times.reading import main_time
from luoshi.reading.view import View

_LONGEST_TITLE: Final = 24
_SENTENCE: Final = re.compile(r"[^。;!?]+")
_WITHOUT_DATE: Final = frozenset({"recurring", "continuous", "ambiguous", "relative", "none", "open_end"})
_ALL_OF_IT: Final = re.compile(
    r"(?:\(|以上|上述|各项|全部|所有|该项|此项|整体|总体|有关)?(?:任务|工作|项目|措施|事项|内容|要求|整改"
    r"|建设)*(?:应当?|须|需|要|确保|力争|务必|均|全部|于|在)*"
)
_LEADING: Final = re.compile("(?:确保|力争|争取|计划|并|要)?")
_REACHED: Final = re.compile(
    "完成|实现|达到|建成|建立|形成|全部|全面|基本|提高到|下降|降低|到位|退出|淘汰|清零|销号|消除|整改"
)
_GRANTED: Final = re.compile("免收|减免|免征|缓缴|延期|补贴|补助|奖励|执行|受理|申报|缴纳")
_DONE: Final = re.compile(
    r"(?:全部|全面|基本|整体)?(?:完成|落实到位|到位|办结|完工|建成|实施完毕|整改完毕)?(?:到位)?[)]?"
)


_UP_TO: Final = re.compile(r"(?:前|内)$|^每.*(?:底|末)$")
# 区应急局应当在接到报告后2小时内: the words of a limit begin after the duty.
_BEFORE_LIMIT: Final = re.compile(
    r"[^,。;自每]{1,40}?(?:(?:应当?|须|必须|要|需)(?:在|于)?(?=.{3})|在?(?=[接收]到|公示后))"
)


def labelled_deadline(view: View, start: int, end: int, dating: Dating) -> Deadline | None:
    """Return the deadline that a label such as 完成时限 names; its date is None for words such as 持续推进."""
    if end <= start:
        return None
    found = main_time(find_times(view.folded, start, end, dating))
    day = None if found is None or found.expression.kind in _WITHOUT_DATE else found.expression.end
    return Deadline(view.plain[start:end], day, view.span(start, end))


def stated_deadline(view: View, start: int, end: int, dating: Dating) -> Deadline | None:
    """Return the deadline that the words of a task state for all of it; None wherever that leaves room for judgement.

    A short title before the sentence (整治火灾隐患。…) is not counted.
    """
    sentences = [match.span() for match in _SENTENCE.finditer(view.folded, start, end)]
    if len(sentences) >= 2 and _is_title(view.folded[slice(*sentences[0])]):
        del sentences[0]
    found_all = _limits(view, start, end, dating)
    limits = [[each for each in found_all if first <= each.first < last] for first, last in sentences]
    if not limits or not limits[-1]:
        return None
    last, own = sentences[-1], limits[-1]
    if not all(limits) and not _stands_alone(view.folded, last, own) and not _is_outcome(view.folded, last, own):
        return None
    days = {_day(found) for each in limits for found in each}
    day = days.pop() if len(days) == 1 else None
    if day is None:
        return None
    found = limits[-1][0]
    return Deadline(view.plain[found.first : found.last], day, view.span(found.first, found.last))


def worded_deadline(view: View, start: int, end: int, dating: Dating) -> Deadline | None:
    """Return the words of the only limit that a sentence sets, where they give no day of their own.

    每年3月底前, 自受理之日起5个工作日内 and 汛期前 have no date; how often something is done (每年一次) is no limit.
    """
    if sum(1 for _ in _SENTENCE.finditer(view.folded, start, end)) > 1:
        return None
    limits = [each for each in _limits_of_any_kind(view, start, end, dating) if _day(each) is None]
    if len(limits) != 1 or len(_limits(view, start, end, dating)) > (limits[0].expression.kind != "recurring"):
        return None
    found = limits[0]
    before = _BEFORE_LIMIT.match(view.folded, found.first, found.last)
    first = before.end() if before else found.first
    return Deadline(view.plain[first : found.last], None, view.span(first, found.last))


def _limits_of_any_kind(view: View, start: int, end: int, dating: Dating) -> list[FoundTime]:
    found = find_times(view.folded, start, end, dating)
    return [each for each in found if each.expression.limit and _UP_TO.search(view.folded, each.first, each.last)]


def _is_title(words: str) -> bool:
    return len(words) <= _LONGEST_TITLE and "," not in words


def _limits(view: View, start: int, end: int, dating: Dating) -> list[FoundTime]:
    """Return the limits in a stretch; what recurs is a duty and limits nothing."""
    found = find_times(view.folded, start, end, dating)
    return [each for each in found if each.expression.limit and each.expression.kind != "recurring"]


def _day(found: FoundTime) -> date | None:
    """Return the last day of a limit, None where the words do not settle it."""
    return None if found.expression.kind in _WITHOUT_DATE else found.expression.end


def _stands_alone(folded: str, sentence: tuple[int, int], limits: list[FoundTime]) -> bool:
    """Tell whether a sentence holds nothing but the limit of all that was said before."""
    first, last = limits[0].first, limits[-1].last
    return bool(_ALL_OF_IT.fullmatch(folded, sentence[0], first) and _DONE.fullmatch(folded, last, sentence[1]))


def _is_outcome(folded: str, sentence: tuple[int, int], limits: list[FoundTime]) -> bool:
    """Tell whether a last sentence opens with its limit and says what is reached by then."""
    start, end = sentence
    lead = _LEADING.match(folded, start, limits[0].first)
    if lead is None or lead.end() != limits[0].first:
        return False
    return _REACHED.search(folded, limits[0].last, end) is not None and _GRANTED.search(folded, start, end) is None
