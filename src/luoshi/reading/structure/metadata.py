"""Who issued a document and when, and which others it names, as far as its own words say."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from luoshi.reading.model import Citation, DocumentKind, Span
from luoshi.reading.structure.lines import DATE, Line
from luoshi.reading.structure.orders import find_orders, order_at
from luoshi.reading.structure.printed_dates import to_date
from luoshi.reading.structure.titles import squeeze
from luoshi.reading.view import fold, fold_words, simplify
from luoshi.standards.document_numbers import find_document_numbers

__all__ = ["citations", "issued_on", "issuer_of", "to_date", "year_of"]

_ENDING: Final = (
    "(?:人民政府|政府|办公室|办公厅|委员会|管委会|党组|党委|市委|省委|县委|区委|州委|旗委|委|局|厅|部|院|会|署|中心|指挥部|领导小组|"
    "法院|检察院|银行|支行|集团|公司|大学|学院|海关|总队|支队)"
)
_ISSUER: Final = re.compile(
    rf"^(?!关于|印发|转发|批转)((?:中共)?.{{2,60}}?{_ENDING})(?:等.{{0,8}}部门)?(?=关于|[印转]发|批转|[公发]布)"
)
_ORG: Final = re.compile(rf"^(?:中共|中国共产党)?[^,，。；;：:、（(]{{2,30}}{_ENDING}(?:[（(].{{1,12}}[）)])?$")
_PLACE: Final = re.compile(r"^(?:中共)?([^省市州盟县区旗]{1,6}(?:省|市|自治[州区县旗]|州|盟|地区|县|区|旗))")
_STAMP: Final = re.compile(r"(?:成文日期|发文日期|印发日期|生成日期|发文时间|成文时间)\s*[:：]\s*")
_PRINTED: Final = re.compile(rf"{DATE.pattern}\s*印发")
_SPEAKER: Final = re.compile(
    r"^(.{1,12}?)(?:人民政府)?(?:代)?(省长|市长|县长|区长|州长|旗长|盟长|主席|专员)\s*[\u4e00-\u9fff·]{2,8}(?:\s*[\u4e00-\u9fff])?$"
)
_LICENCE: Final = re.compile(r"(?:准印|刊|许可证|登记证?|证)\s*号?\s*[:：]\s*$")
_TITLE_BEFORE: Final = re.compile(r"《([^《》]{2,120}(?:〈[^〈〉]{2,100}〉[^《》]{0,40})?)》\s*[（(]?\s*$")
_OWN_RULES: Final = re.compile(
    r"((?:中共)?[^关于，,。；;：:、（(《]{2,16}(?:人民政府|委员会|管委会)(?:办公室|办公厅)?)(?:工作|议事|常务会议|办公会议|全体会议)[^，。；]{0,12}(?:规则|制度|规定)"
)
_MOST_HEAD: Final = 16
_ANY_PLACE: Final = frozenset({"省", "市", "县", "区", "州", "旗", "盟", "自治区", "自治州", "自治县"})
_CONGRESS: Final = re.compile(
    r"在(?P<place>[\u4e00-\u9fff]{2,14}?)(?:第?[一二三四五六七八九十百\d]{1,4}届)?(?:人民代表大会|人大|人代会)"
)


def issued_on(lines: Sequence[Line], *, kind: DocumentKind = "other") -> date | None:
    """Return the day of issue: of a report the day it was given, else the first date on a line of its own.

    Without a signature the day it is registered (成文日期：) or printed (…印发) under.
    """
    if kind == "work_report":
        return _given_on(lines)
    for line in lines:
        found = DATE.search(line.text) if line.kind == "date" else None
        if found:
            return to_date(*found.groups())
    return _registered_on(lines)


def _given_on(lines: Sequence[Line]) -> date | None:
    """The date under the title of a report: ——2031年2月24日在…会议上; no sooner the day a site put it up."""
    dates: list[date | None] = []
    for line in lines[:_MOST_HEAD]:
        found = DATE.search(line.text)
        if found and _CONGRESS.search(line.text):
            return to_date(*found.groups())
        if found and (line.kind == "date" or re.match(r"[-—–―(（]|.{0,8}\d{4}", line.text)):
            dates.append(to_date(*found.groups()))
    return dates[0] if dates else None


def _registered_on(lines: Sequence[Line]) -> date | None:
    for line in [*lines[:40], *lines[-8:]]:
        stamp = _STAMP.search(line.text)
        found = DATE.match(line.text, stamp.end()) if stamp else None
        found = found or (_PRINTED.search(line.text) if line.kind == "copies" else None)
        if found:
            return to_date(*found.groups())
    return None


def issuer_of(title: str, lines: Sequence[Line], *, kind: DocumentKind = "other") -> str | None:
    """Return the issuing offices, joined by 、: from the title, else the signature, else the masthead.

    `title` may hold blanks where it was printed on several lines. Of a report it is the government that gives it.
    """
    found = _ISSUER.match(fold(squeeze(title)))
    named = _divided(squeeze(title)[: found.end(1)]) if found and "等" not in found.group() else []
    if named:
        return "、".join(_with_others(named, lines))
    if kind == "work_report":
        return _speaking_for(lines)
    signed = _signed(lines)
    if signed:
        return "、".join(signed)
    headed = _named_in_head(lines) or _below_title(title, lines)
    return headed or (squeeze(title)[: found.end(1)] if found else None)


def own_rules_of(title: str) -> str | None:
    """Return the office whose own rules a title names: 青岚县人民政府 of 青岚县人民政府工作规则."""
    found = _OWN_RULES.match(fold_words(squeeze(title)))
    return squeeze(title)[: found.end(1)] if found else None


def _signed(lines: Sequence[Line]) -> list[str]:
    """Return the offices that sign above the first date with any."""
    for index, line in enumerate(lines):
        if line.kind == "date" and index and (names := _signatures(lines, index)):
            return names
    return []


def _with_others(named: list[str], lines: Sequence[Line]) -> list[str]:
    """A title may name the first of several offices that sign: 甲 of 甲　乙."""
    signed = _signed(lines)
    return signed if len(signed) > len(named) and signed[: len(named)] == named else named


def _named_in_head(lines: Sequence[Line]) -> str | None:
    """The issuer of an order (青岚市人民政府令), else of a masthead (青岚市人民政府文件)."""
    for index, line in enumerate(lines[:3]):
        order = order_at(lines, index)
        if order is not None:
            return order.issuer
        if line.kind == "masthead":
            return "、".join(_divided(squeeze(line.text).removesuffix("文件")))
    return None


def _below_title(title: str, lines: Sequence[Line]) -> str | None:
    """The office that a site prints below a title, without the province before the place of the title."""
    head = next((at for at, line in enumerate(lines[:_MOST_HEAD]) if "。" in line.text), _MOST_HEAD)
    name = next((squeeze(line.text) for line in lines[:head] if line.kind == "masthead"), None)
    place = _PLACE.match(squeeze(title))
    if name is None or place is None or place.group(1) not in name:
        return None
    return name[name.index(place.group(1)) :]


def _divided(names: str) -> list[str]:
    """Divide offices printed without a mark between them: each begins with the name of the same place."""
    place = _PLACE.match(names)
    if place is None:
        return [names]
    first = place.group(1)
    cuts = [0]
    for match in re.finditer(rf"(?:中共)?{re.escape(first)}", names):
        if match.start() > cuts[-1] and match.start() > len(first) and _ends_office(names[: match.start()]):
            cuts.append(match.start())
    return [names[start:end].strip("、，, ") for start, end in zip(cuts, [*cuts[1:], len(names)], strict=True)]


def _ends_office(words: str) -> bool:
    return re.search(rf"{_ENDING}[、，, ]?$", words) is not None


def _signatures(lines: Sequence[Line], before: int) -> list[str]:
    """Return the offices signed above a date, one or several a line, or on the line of the date itself."""
    beside = DATE.sub("", lines[before].text).strip("（）() \t\u3000")
    names = _offices(beside) if beside else []
    index = before - 1
    while not (beside and names) and index >= 0 and len(names) < 12:
        found = _offices(lines[index].text) if len(lines[index].text) <= 80 else []
        if not found:
            break
        names = [*found, *names]
        index -= 1
    return names


def _offices(text: str) -> list[str]:
    """Return the offices of one line, or none where it holds anything else."""
    pieces = re.split(r"\s{1,60}", text.strip())
    if all(_ORG.match(piece) for piece in pieces):
        return [name for piece in pieces for name in _divided(piece)]
    whole = squeeze(text)
    return _divided(whole) if _ORG.match(whole) else []


def _speaking_for(lines: Sequence[Line]) -> str | None:
    """The government whose head gives a report: 青岚市市长 许知远, else that of the congress it is given to."""
    for line in lines[:_MOST_HEAD]:
        found = _SPEAKER.match(fold_words(line.text.strip("—-–― ")))
        place = squeeze(found.group(1)).removesuffix("人民政府") if found else ""
        if place and place not in _ANY_PLACE:
            return f"{place}人民政府"
    for line in lines[:_MOST_HEAD]:
        congress = _CONGRESS.search(squeeze(line.text)) if DATE.search(line.text) else None
        if congress:
            return f"{congress['place'].removesuffix('第')}人民政府"
    return None


def citations(text: str, span: Span, own_number: str | None) -> tuple[Citation, ...]:
    """Return the other documents that a stretch of text names by number, every mention, in order of print."""
    words = span.of(text)
    found = [*find_document_numbers(words), *find_orders(words)]
    return tuple(
        _citation(text, span, number.number, span.start + number.start, span.start + number.end)
        for number in sorted(found, key=lambda number: number.start)
        if simplify(number.number) != own_number and not _is_licence(words, number.start, number.number)
    )


def _is_licence(words: str, start: int, number: str) -> bool:
    """Whether a number is that of a licence to print, which the imprint of a gazette names."""
    return "准字" in number or _LICENCE.search(words, max(0, start - 12), start) is not None


def _citation(text: str, span: Span, number: str, start: int, end: int) -> Citation:
    before = _TITLE_BEFORE.search(text, max(span.start, start - 200), start)
    return Citation(simplify(number), squeeze(before.group(1)) if before else None, Span(start, end))


def year_of(title: str, issued: date | None, *, lines: Sequence[Line] = (), kind: DocumentKind = "other") -> int | None:
    """Return the year that a document is for: the one in its title or under it, else the year it was issued.

    A report given at the end of a year is for the next one.
    """
    found = re.search(r"(?<!\d)((?:19|20)\d{2})(?!\d)", fold(squeeze(title)))
    if found:
        return int(found.group(1))
    if kind == "chronicle":
        heads = (re.match(r"[(]?((?:19|20)\d{2})年", fold(squeeze(line.text))) for line in lines[:4])
        return next((int(head.group(1)) for head in heads if head), None)
    if issued is None:
        return None
    return issued.year + (kind == "work_report" and issued.month >= 11)
