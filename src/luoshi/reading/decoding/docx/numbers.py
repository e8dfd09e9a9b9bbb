"""Write out the automatic numbers of a Word document, which its text does not contain."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from luoshi.reading.decoding.docx.styles import Styles, W, integer_of, is_on, value_of
from luoshi.reading.structure.numerals import circled, to_chinese

_CHINESE: Final = frozenset(
    {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand"}
)
_ENDS: Final = ("、", "）", ")", ".", "．", "】", "〕", "]", "：", ":", " ")
_LEVELS: Final = 9
_FULL_WIDTH: Final = str.maketrans("0123456789", "０１２３４５６７８９")
_DIGITS: Final = str.maketrans("0123456789", "〇一二三四五六七八九")
_LEGAL: Final = str.maketrans("零一二三四五六七八九十百", "零壹贰叁肆伍陆柒捌玖拾佰")
_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_PLACE: Final = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: its form, its text (`%1` is the figure of the first level), and where it begins."""

    form: str
    text: str
    start: int
    gap: bool = True
    restarts: bool = True
    arabic: bool = False


@dataclass(slots=True)
class Numbering:
    """Formats of the lists of a document and how far each has been counted."""

    levels: dict[tuple[str, int], Level] = field(default_factory=dict)
    families: dict[str, str] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)
    by_style: dict[tuple[str, str], int] = field(default_factory=dict)
    styles: Styles = field(default_factory=Styles)
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    begun: set[str] = field(default_factory=set)

    def label(self, paragraph: etree._Element) -> str:
        """Return the printed number of a paragraph, counting it, or an empty string where it has none."""
        where = self._place(paragraph)
        if where is None or where not in self.levels:
            return ""
        number, place = where
        counts = self.counts[self.families.get(number, number)]
        if number not in self.begun:
            self.begun.add(number)
            for level, start in self.restarts.get(number, {}).items():
                counts[level] = start - 1
        counts[place] = counts.get(place, self.levels[where].start - 1) + 1
        for deeper in [level for level in counts if level > place and self._restarts(number, level)]:
            del counts[deeper]
        return self._print(number, place, counts)

    def _restarts(self, number: str, place: int) -> bool:
        level = self.levels.get((number, place))
        return level is None or level.restarts

    def _place(self, paragraph: etree._Element) -> tuple[str, int] | None:
        style = value_of(paragraph.find(f"{W}pPr/{W}pStyle")) or self.styles.default
        number, level = self.styles.numbering.get(style, ("", None))
        own = paragraph.find(f"{W}pPr/{W}numPr")
        if own is not None:
            given, place = own.find(W + "numId"), own.find(W + "ilvl")
            number = number if given is None else value_of(given)
            level = level if place is None else integer_of(value_of(place), 0)
        if number in ("", "0"):
            return None
        return number, self.by_style.get((number, style), 0) if level is None else level

    def _print(self, number: str, place: int, counts: dict[int, int]) -> str:
        shown = self.levels[number, place]

        def figure(found: re.Match[str]) -> str:
            at = int(found.group(1)) - 1
            level = self.levels.get((number, at), Level("decimal", "", 1))
            count = counts.get(at, level.start)
            return str(count) if shown.arabic else _figure(level.form, count)

        text = _PLACE.sub(figure, shown.text)
        return text if not shown.gap or text.endswith(_ENDS) else text + " "


def read_numbering(numbering: etree._Element | None, styles: Styles) -> Numbering:
    """Return the list formats that numbering.xml and the styles define; empty where there are none."""
    result = Numbering(styles=styles)
    if numbering is None:
        return result
    abstract = {str(a.get(W + "abstractNumId")): a for a in numbering.iterfind(W + "abstractNum")}
    linked = {
        value_of(a.find(W + "styleLink")): key for key, a in abstract.items() if a.find(W + "styleLink") is not None
    }
    for number in numbering.iterfind(W + "num"):
        family = value_of(number.find(W + "abstractNumId"))
        definition = abstract.get(family)
        if definition is not None and definition.find(W + "numStyleLink") is not None:
            family = linked.get(value_of(definition.find(W + "numStyleLink")), family)
            definition = abstract.get(family)
        if definition is not None:
            _add_list(result, str(number.get(W + "numId")), family, number, definition)
    return result


def _add_list(result: Numbering, number: str, family: str, element: etree._Element, definition: etree._Element) -> None:
    result.families[number] = family
    for level in definition.iterfind(W + "lvl"):
        _add_level(result, number, level)
    for override in element.iterfind(W + "lvlOverride"):
        place = integer_of(override.get(W + "ilvl"), 0)
        overriding = override.find(W + "lvl")
        if overriding is not None:
            _add_level(result, number, overriding)
        start = override.find(W + "startOverride")
        if start is not None:
            result.restarts.setdefault(number, {})[place] = integer_of(value_of(start), 1)


def _add_level(result: Numbering, number: str, level: etree._Element) -> None:
    place = integer_of(level.get(W + "ilvl"), 0)
    form = value_of(next(level.iter(W + "numFmt"), None))
    text = value_of(level.find(W + "lvlText"))
    style = value_of(level.find(W + "pStyle"))
    if style:
        result.by_style[number, style] = place
    if form in ("none", "bullet") or not _PLACE.search(text) or place >= _LEVELS:
        result.levels.pop((number, place), None)
        return
    result.levels[number, place] = Level(
        form=form,
        text=text,
        start=integer_of(value_of(level.find(W + "start")), 1),
        gap=value_of(level.find(W + "suff")) != "nothing",
        restarts=value_of(level.find(W + "lvlRestart")) != "0",
        arabic=is_on(level.find(W + "isLgl")),
    )


def _figure(form: str, count: int) -> str:  # noqa: PLR0911 - one line a form
    if form in _CHINESE:
        return to_chinese(count)
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese"):
        return circled(count)
    if form == "decimalFullWidth":
        return str(count).translate(_FULL_WIDTH)
    if form == "ideographDigital":
        return str(count).translate(_DIGITS)
    if form in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return to_chinese(count).translate(_LEGAL)
    if form == "ideographTraditional" and 0 < count <= len(_STEMS):
        return _STEMS[count - 1]
    if form == "decimalEnclosedParen":
        return f"({count})"
    if form == "decimalEnclosedFullstop":
        return f"{count}."
    if form == "decimalZero":
        return f"{count:02}"
    if form in ("lowerLetter", "upperLetter") and 0 < count <= 26:
        return chr((0x60 if form == "lowerLetter" else 0x40) + count)
    if form in ("lowerRoman", "upperRoman") and 0 < count < 40:
        return _roman(count) if form == "upperRoman" else _roman(count).lower()
    return str(count)


def _roman(count: int) -> str:
    text = ""
    for value, figure in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        text += figure * (count // value)
        count %= value
    return text
