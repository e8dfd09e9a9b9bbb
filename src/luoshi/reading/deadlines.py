"""Time limits as far as they are sure; whatever leaves room for judgement is left to a person."""

import calendar
import re
from datetime import date
from typing import Final

from luoshi.reading.model import Deadline
from luoshi.reading.numerals import from_figures
from luoshi.reading.part_reading import Dating
from luoshi.reading.view import View

_YEAR: Final = r"(?:(?P<year>\d{4})年)"
_LIMIT: Final = re.compile(
    rf"(?:于|在|到)?(?:{_YEAR}?(?P<month>\d{{1,2}})月(?:(?P<day>\d{{1,2}})日|底|末)"
    rf"|{_YEAR.replace('year', 'only')}(?:年?底|末)|(?P<end>年底|年内|今年底|本年度内))(?P<before>之?前|以前)?"
)
_LONGEST_TITLE: Final = 24
_SENTENCE: Final = re.compile(r"[。；;!?]")


def labelled_deadline(view: View, start: int, end: int, dating: Dating) -> Deadline | None:
    """Return the deadline that a label such as 完成时限 names; its date is None for words such as 持续推进."""
    if end <= start:
        return None
    match = _LIMIT.fullmatch(view.folded, start, end)
    return Deadline(view.plain[start:end], _last_day(match, dating.year) if match else None, view.span(start, end))


def stated_deadline(view: View, start: int, end: int, dating: Dating) -> Deadline | None:
    """Return the deadline of a task of one sentence that states exactly one; None in every other case.

    A short title before the sentence (整治火灾隐患。…) is not counted.
    """
    sentences = [part for part in _SENTENCE.split(view.folded[start:end]) if part]
    if len(sentences) == 2 and len(sentences[0]) <= _LONGEST_TITLE and "," not in sentences[0]:
        del sentences[0]
    if len(sentences) != 1:
        return None
    found = [match for match in _LIMIT.finditer(view.folded, start, end) if _is_limit(match)]
    if len(found) != 1:
        return None
    match = found[0]
    day = _last_day(match, dating.year)
    return Deadline(view.plain[match.start() : match.end()], day, view.span(*match.span())) if day else None


def _is_limit(match: re.Match[str]) -> bool:
    return bool(match["before"] or match["end"] or match["only"])


def _last_day(match: re.Match[str], year: int | None) -> date | None:
    stated = match["year"] or match["only"]
    in_year = from_figures(stated) if stated else year
    if in_year is None or not 1949 <= in_year <= 2200:
        return None
    if match["month"] is None:
        return date(in_year, 12, 31)
    month = int(match["month"])
    if not 1 <= month <= 12:
        return None
    last = calendar.monthrange(in_year, month)[1]
    day = int(match["day"]) if match["day"] else last
    return date(in_year, month, day) if 1 <= day <= last else None
