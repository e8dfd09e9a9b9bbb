"""Time limits as far as they are sure; a wrong deadline on a ledger row is worse than none.

`labelled_deadline` reads what stands behind a label or in a column (完成时限). `stated_deadline` reads the words of a
task: they give its deadline where one limit, and only one, governs all of it:

- in one sentence (a short title before it aside) exactly one day is stated, however often;
- of several sentences every one states the same day, or the last is nothing but the limit (以上任务2026年9月底前完成).

Several different days are several targets, and a limit of one sentence among others governs that sentence only. An
ambiguous limit (2026年前) leaves the question to a person, and so does one that hangs on an event.
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
_DONE: Final = re.compile(
    r"(?:全部|全面|基本|整体)?(?:完成|落实到位|到位|办结|完工|建成|实施完毕|整改完毕)?(?:到位)?[)]?"
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
    if not all(limits) and not _stands_alone(view.folded, sentences[-1], limits[-1]):
        return None
    days = {_day(found) for each in limits for found in each}
    day = days.pop() if len(days) == 1 else None
    if day is None:
        return None
    found = limits[-1][0]
    return Deadline(view.plain[found.first : found.last], day, view.span(found.first, found.last))


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
