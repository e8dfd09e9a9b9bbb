"""Numbers at the head of a document: 青政发〔2031〕3号 on a line of its own, or an order or announcement 第40号."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from luoshi.reading.structure.lines import DATE, Line
from luoshi.reading.structure.numerals import from_figures
from luoshi.reading.structure.printed_dates import to_date
from luoshi.reading.structure.titles import is_title_line, quoted_titles, squeeze
from luoshi.reading.view import fold_words
from luoshi.standards.document_numbers import FoundNumber, find_document_numbers, normalise_document_number

_FIGURES: Final = "[0-9一二三四五六七八九十百零〇]{1,5}"
_HEAD: Final = re.compile(
    rf"(?P<issuer>[^,。;:、《》]{{2,24}}?(?:人民政府|政府|国务院|主席|委员会|人民代表大会|法院|检察院|办公室|[部局厅署院]))(?P<what>令|公告|通告)"
    rf"(?:[(]?(?P<number>(?:(?:19|20)\d\d年)?第?{_FIGURES}号)[)]?)?$"
)
_ALONE: Final = re.compile(rf"[(]?(?P<number>(?:(?:19|20)\d\d年)?第{_FIGURES}号)[)]?$")
_MOST_BELOW: Final = 10
_SERIAL: Final = re.compile(rf"{_FIGURES}(?=号)")


_NAMED: Final = re.compile(
    r"(?P<issuer>国务院|[\u4e00-\u9fff]{1,12}?(?:人民政府|政府|[部委局]))令\s*[（(]?第?\s*(?P<serial>\d{1,4})\s*号"
)
_PROMULGATED: Final = re.compile(rf"[(（【]?.{{0,4}}{DATE.pattern}(?P<by>.{{0,60}}?)(?:公布|发布|颁布|印发|通过|批准)")
_HISTORY: Final = re.compile(r"^[^。，；]{10,80}(?:通过|公布|发布|批准|施行)\s*$")  # the same without brackets
_ASSEMBLY: Final = re.compile(
    rf"(?P<place>[\u4e00-\u9fff]{{2,14}}?[省市县区州旗盟])第?{_FIGURES}届(?P<body>(?:人民代表大会|人大)(?:常务委员会|常委会)?)"
)
_BODY: Final = re.compile(
    r"(?P<place>[\u4e00-\u9fff]{0,12}?[省市县区州旗盟])?(?P<body>人民政府(?:办公[室厅])?|人民代表大会(?:常务委员会)?|国务院)"
)
_LEVEL: Final = re.compile(r"自治[区州县旗]|[省市县区州旗盟]")


@dataclass(frozen=True, slots=True)
class Order:
    """An order or announcement: who issues it, its number as cited, and the index of the line with the number."""

    issuer: str
    number: str
    line: int


@dataclass(frozen=True, slots=True)
class Promulgation:
    """When, under which number and by whom a document was put into force, as the note below its title says."""

    day: date | None = None
    number: str | None = None
    issuer: str | None = None


def order_at(lines: Sequence[Line], index: int) -> Order | None:
    """Return the order whose head begins at a line, or None where none does."""
    line = lines[index]
    if line.kind not in ("text", "masthead") or len(line.text) > 60:
        return None
    head = _HEAD.match(fold_words(squeeze(line.text)))
    if head is None:
        return None
    if head["number"]:
        return Order(_short(head["issuer"]), _usual(head, head["number"]), index)
    below = lines[index + 1] if index + 1 < len(lines) else None
    alone = _ALONE.match(fold_words(squeeze(below.text))) if below is not None and len(below.text) <= 20 else None
    return Order(_short(head["issuer"]), _usual(head, alone["number"]), index + 1) if alone else None


def _short(issuer: str) -> str:
    """The State Council is cited without the name of the country."""
    return issuer.removeprefix("中华人民共和国") if issuer.endswith("国务院") else issuer


def _usual(head: re.Match[str], number: str) -> str:
    serial = _SERIAL.search(number)
    value = from_figures(serial.group()) if serial else None
    year = re.match(r"(?:19|20)\d\d年", number)
    return f"{_short(head['issuer'])}{head['what']}{year.group() if year else ''}第{value}号"


def find_orders(text: str) -> Iterator[FoundNumber]:
    """Find every order that running text names by its number (国务院令第427号), in order."""
    for order in _NAMED.finditer(text) if "令" in text else ():
        issuer = re.sub(r"^.*[日由经据按照和及]", "", order["issuer"]) or order["issuer"]
        start = order.end("issuer") - len(issuer)
        yield FoundNumber(f"{issuer}令第{int(order['serial'])}号", start, order.end())


def promulgation(lines: Sequence[Line], first: int, title: str) -> Promulgation:
    """Return what a note below a title says: （2031年3月26日市人民政府令第19号发布）; empty without one."""
    for line in lines[first : first + _MOST_BELOW]:
        found = _PROMULGATED.match(line.text)
        if found and (line.text[0] in "（(【" or _HISTORY.search(line.text)):
            number = next(find_orders(line.text), None) or next(find_document_numbers(line.text), None)
            own = number is not None and number.start <= found.end() + 3
            day = to_date(*found.groups()[:3])
            return Promulgation(day, number.number if number and own else None, _body(found["by"], title))
    return Promulgation()


def _body(words: str, title: str) -> str | None:
    """Return who promulgates, with the place of the title where only its level is named (市人民政府)."""
    words = fold_words(words)
    assembly = _ASSEMBLY.search(words)
    if assembly:
        return assembly["place"] + assembly["body"]
    body = _BODY.search(words)
    if body is None or (not body["place"] and body["body"] != "国务院"):
        return None
    place = body["place"] or ""
    if _LEVEL.fullmatch(place):
        named = re.match(rf"[\u4e00-\u9fff]{{1,8}}?{place[-1]}", fold_words(title))
        return named.group() + body["body"] if named else None
    return place + body["body"]


def title_of_order(lines: Sequence[Line], number: int) -> str | None:
    """Return what an order puts into force, 《…》 in its first lines, else its number; None for other documents."""
    starts = (start for start in (number, number - 1) if start >= 0)
    order = next((found for start in starts if (found := order_at(lines, start))), None)
    if order is None:
        return None
    if number + 1 < len(lines) and is_title_line(lines[number + 1].text) and lines[number + 1].kind == "text":
        return None
    titles = quoted_titles("".join(line.text for line in lines[number + 1 : number + 5]))
    return titles[0] if titles else order.number


def number_of(lines: Sequence[Line], index: int) -> str | None:
    """Return the number that a line at the head of a document gives, in its usual form."""
    text = lines[index].text
    usual = normalise_document_number(text.strip("（）() "))
    if usual:
        return usual
    found = next((order for start in (index, index - 1) if start >= 0 and (order := order_at(lines, start))), None)
    if found is not None:
        return found.number
    return next((number.number for number in find_document_numbers(unicodedata.normalize("NFC", text))), None)
