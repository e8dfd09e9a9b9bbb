"""From when to when a document is in force and what it repeals, as far as its own words say.

Only words that speak of the document itself count: a sentence about 本办法 (or 现予公布, in an order), never one about
another document that is named in it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from luoshi.reading.model import Repeal, Span
from luoshi.reading.structure.numerals import from_figures
from luoshi.reading.structure.orders import find_orders
from luoshi.reading.structure.printed_dates import DAY, MONTH, add_months, last_of_month, to_date
from luoshi.reading.structure.titles import squeeze
from luoshi.reading.view import fold_words, simplify
from luoshi.standards.document_numbers import find_document_numbers

_OWN: Final = re.compile(
    r"(?:本|以上|上述)(?:次|项|试行|暂行)?(?:通知|办法|意见|方案|措施|规定|细则|政策|规划|条例|规则|决定|通告|公告|制度|标准|预案|"
    r"文件|目录|指南|章程|规程|要点|行动|计划|举措|清单|批复|纲要|办法|若干)|现予(?:以)?(?:公布|发布|颁布|印发)|印发给你们"
)
_AND_THEN: Final = re.compile(r"\s*(?:有效期|试行期|执行期|施行期|期限)")
_WORDS: Final = "(?:施行|执行|实施|生效|试行|实行|起效)"
_NUMBER: Final = r"[0-9〇零一二三四五六七八九十百两]{1,5}"
_FROM_DAY: Final = re.compile(rf"(?:自|从|于|由)?{DAY}(?:之日|日)?(?:起|开始)?(?:正式|统一)?(?:试)?{_WORDS}")
_FROM_MONTH: Final = re.compile(rf"(?:自|从|于|由){MONTH}(?:份)?(?:起|开始)(?:正式)?{_WORDS}")
_ISSUED: Final = r"(?:印发|发布|公布|颁布|下发|发文|签发|成文|公告)"
_FROM_ISSUE: Final = re.compile(
    rf"(?:自|从|由){_ISSUED}之?日(?:起|开始)(?:满|第)?"
    rf"(?:(?P<count>{_NUMBER})个?(?P<unit>日|天|月)(?:之?后|起)?)?(?:正式)?(?:{_WORDS}|有效)"
)
_AT_ONCE: Final = re.compile(rf"现予(?:以)?(?:公布|发布|颁布){_WORDS}")
_AFTER_ISSUE: Final = re.compile(
    rf"{_ISSUED}(?:之日)?[后起]?满?(?P<count>{_NUMBER})个?(?P<unit>日|天|月)之?后?起?{_WORDS}"
)
_RANGE: Final = re.compile(rf"{DAY}(?:起)?(?:至|到|-|—|–|―|~|～)(?:{DAY})(?:止)?")
_UNTIL: Final = re.compile(
    rf"(?:有效期|有效期限|试行期|试行期限|施行期|执行期|实施期|执行期限|期限|有效)(?:限)?(?:暂定)?(?:为|是)?(?:[:,])?(?:暂定)?"
    rf"(?:截至|截止到|截止至|截止|至|到|延续至|延长至){DAY}"
)
_UNTIL_MONTH: Final = re.compile(rf"(?:有效期|试行期|执行期)(?:限)?(?:为)?(?:截至|截止到|至|到){MONTH}(?:底|末|止)?")
_YEARS: Final = re.compile(
    rf"(?:有效期|试行期|施行期|执行期|实施期|有效)(?:限)?(?:暂定|定)?(?:为|是)?(?:[:,])?(?:暂定)?(?P<count>{_NUMBER})(?:个)?(?P<unit>年|月)"
    rf"|(?:暂定)?试行(?:期)?(?:为)?(?P<trial>{_NUMBER})(?:个)?(?P<trial_unit>年|月)"
)
_MOST_SENTENCE: Final = 400
_MOST_BRACKET: Final = 30
_BRACKET: Final = re.compile(r"[（(][^（）()]{0,16}\d{4}\s*年")
_REPEALED: Final = re.compile(
    r"(?:同时|即行|一并|相应|予以|随之|立即|全部)(?:予以)?(?:废止|停止执行|停止使用|失效)|不再(?:执行|施行|适用)|"
    r"(?:起|决定|决定予以)废止|宣布(?:废止|失效)"
)
_QUOTED: Final = re.compile(r"《([^《》]{2,120}(?:〈[^〈〉]{2,100}〉[^《》]{0,40})?)》")
_LISTED: Final = re.compile(
    r"\s*(?:[（(]?[\d一二三四五六七八九十]{1,3}[）)、.．]\s*)?原?《[^《》]{2,160}》[^\n。；;《]{0,120}[。；;]?"
)
_PUBLISHED: Final = re.compile(r"\s*[）)]?\s*(?:公布|发布|颁布|印发|下发)(?:施行|实施)?的?原?\s*")
_NEAR: Final = 12
_PARTLY: Final = re.compile(r"^[）)〕\]]?(?:中|的?第[一二三四五六七八九十百零\d]{1,5}条|(?:中)?(?:与|有关|相关))")


@dataclass(frozen=True, slots=True)
class Validity:
    """The first and the last day that a document is in force, None for what it does not say."""

    start: date | None = None
    end: date | None = None


def validity_of(text: str, issued: date | None) -> Validity:
    """Return when a document is in force; `issued` is the day that 自印发之日起 counts from.

    Of several sentences that give a beginning the last one counts; an end may stand in a sentence of its own.
    """
    sentences = list(_own_sentences(text))
    starts = [(sentence, day) for sentence in sentences if (day := _first_day(sentence, issued))]
    start = starts[-1][1] if starts else None
    base = start or issued
    end = _last_day(starts[-1][0], base) if starts else None
    for sentence in reversed(sentences):
        if end is None and not _first_day(sentence, issued):
            end = _last_day(sentence, base)
    return Validity(start, None if start and end and end < start else end)


def _own_sentences(text: str) -> Iterator[str]:
    """Yield the sentences that speak of the document itself, without blanks and in one width."""
    position = 0
    for match in _OWN.finditer(simplify(text)):
        if match.start() < position:
            continue
        start = max(text.rfind(mark, max(0, match.start() - 60), match.start()) for mark in "。；;") + 1
        position = _sentence_end(text, match.end())
        if _AND_THEN.match(text, position + 1):
            position = _sentence_end(text, position + 1)
        if any(char in text[start:position] for char in "行施效"):
            yield fold_words(squeeze(text[max(start, match.start() - 60) : position]))


def _sentence_end(text: str, start: int) -> int:
    limit = min(len(text), start + _MOST_SENTENCE)
    stop = text.find("。", start, limit)
    return stop if stop >= 0 else limit


def _first_day(sentence: str, issued: date | None) -> date | None:
    day = _FROM_DAY.search(sentence)
    if day and (day.group()[0] in "自从于由" or "起" in day.group()):
        return to_date(*day.groups()[:3])
    after = _FROM_ISSUE.search(sentence) or _AFTER_ISSUE.search(sentence)
    if after:
        return _later(issued, after)
    if _AT_ONCE.search(sentence):
        return issued
    month = _FROM_MONTH.search(sentence)
    if month:
        return to_date(month.group(1), month.group(2), "1")
    stretch = _RANGE.search(sentence)
    return to_date(*stretch.groups()[:3]) if stretch and re.search("有效|期限|施行|执行|试行", sentence) else None


def _later(issued: date | None, match: re.Match[str]) -> date | None:
    if issued is None or match["count"] is None:
        return issued
    count = from_figures(match["count"])
    if count is None or count > 366:
        return None
    return add_months(issued, count) if match["unit"] == "月" else issued + timedelta(days=count)


def _last_day(sentence: str, base: date | None) -> date | None:
    until = _UNTIL.search(sentence)
    if until:
        return to_date(*until.groups()[:3])
    stretch = _RANGE.search(sentence)
    if stretch and re.search("有效|期限|施行|执行|试行", sentence):
        return to_date(*stretch.groups()[3:6])
    month = _UNTIL_MONTH.search(sentence)
    if month:
        return last_of_month(to_date(month.group(1), month.group(2), "1"))
    return _after_years(sentence, base)


def _after_years(sentence: str, base: date | None) -> date | None:
    """Return the day before the corresponding day after a length of years or months."""
    length = _YEARS.search(sentence)
    if length is None or base is None:
        return None
    count = from_figures(length["count"] or length["trial"])
    if not count or count > 99:
        return None
    months = count * 12 if (length["unit"] or length["trial_unit"]) == "年" else count
    return add_months(base, months) - timedelta(days=1)


def repeals(text: str, span: Span) -> tuple[Repeal, ...]:
    """Return the documents that a document says it repeals, in order of print, each once."""
    found: list[Repeal] = []
    seen: set[tuple[str | None, str | None]] = set()
    for start, end in _repealing(text, span):
        for each in _named(text, start, end):
            key = (each.doc_number, each.title)
            if key not in seen:
                seen.add(key)
                found.append(each)
    return tuple(found)


def _repealing(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """Yield the stretches of sentences that name what is repealed: before 同时废止, or after 决定废止."""
    floor = span.start
    # Of the document alone: a gazette holds hundreds of them.
    words = simplify(text[span.start : span.end])
    if not any(mark in words for mark in ("废止", "失效", "停止执行", "停止使用", "不再")):
        return
    for match in _REPEALED.finditer(words):
        first, last = span.start + match.start(), span.start + match.end()
        start = max(text.rfind("。", floor, first) + 1, floor, first - _MOST_SENTENCE)
        floor = last
        if text[last : last + 1] in ("：", ":"):
            floor = _list_end(text, last + 1, span.end)
            yield last, floor
        elif match.group().startswith(("决定", "宣布")):
            stop = text.find("。", last, min(span.end, last + _MOST_SENTENCE))
            yield last, stop if stop >= 0 else last
        else:
            yield start, first


def _list_end(text: str, start: int, limit: int) -> int:
    """Return where a list of titles ends, one a line or a sentence: 废止以下文件：一、《甲》 二、《乙》."""
    end = start
    while (item := _LISTED.match(text, end, limit)) is not None:
        end = item.end()
    return end


def _named(text: str, start: int, end: int) -> Iterator[Repeal]:
    """Yield the titles and numbers of a stretch; a title and the number in brackets after it are one document."""
    found = [*find_document_numbers(text[start:end]), *find_orders(text[start:end])]
    numbers = {number.start + start: number for number in found}
    titles = list(_QUOTED.finditer(text, start, end))
    used: set[int] = set()
    for title in titles:
        near = title.end() + (_BRACKET.match(text, title.end()) is not None) * _MOST_BRACKET
        at = next((place for place in sorted(numbers) if title.end() <= place <= max(near, title.end() + 3)), None)
        if at is not None and text.find("》", title.end(), at) >= 0:
            at = None
        last = title.end() if at is None else start + numbers[at].end
        if at is None:
            at = next((place for place in numbers if _leads_to(text[start + numbers[place].end : title.start()])), None)
        if at is not None:
            used.add(at)
        if not _PARTLY.match(text[last : last + 8]) and not _is_reason(text, title.start(), start):
            number = None if at is None else numbers[at].number
            yield Repeal(number, squeeze(title.group(1)), Span(title.start(), last))
    for place, each in numbers.items():
        last = start + each.end
        within = any(title.start() <= place < title.end() for title in titles)
        if place not in used and not within and not _PARTLY.match(text[last : last + 8]):
            yield Repeal(each.number, None, Span(place, last))


def _leads_to(between: str) -> bool:
    """Whether a number and the 《》 after it are one document: 市人民政府令第3号公布的《…》."""
    return len(between) <= _NEAR and _PUBLISHED.fullmatch(between) is not None


def _is_reason(text: str, at: int, start: int) -> bool:
    """Whether a title is what the repeal rests on (根据《…》) or the document's own, not what is repealed."""
    return bool(re.search(r"(?:根据|依据|按照|依照|本)\s*$", text[max(start, at - 4) : at]))
