"""Put right what recognisers take for something else in official print: shapes of brackets and marks, numbers of items.

Only repairs that a careful reader would make without the picture; every one replaces a character by one other, and none
touches a name. `〕` is read as `]`, a full-width colon as a narrow one, `1.` as `l.`, `一、` as `-、`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from luoshi.reading.decoding.raw import RawPages, placed_pages
from luoshi.reading.layout import PieceLine
from luoshi.reading.model import Method

_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff〇"
_FULL: Final = "，。；：、？！（）〔〕《》“”"
_WIDE: Final = str.maketrans(",;:!?()", "，；：！？（）")
_NARROW: Final = re.compile(rf"(?<=[{_HAN}{_FULL}])[,;:!?]|[,;:!?](?=[{_HAN}])")
_STOP: Final = re.compile(rf"(?<=[{_HAN}”）〕])\.(?=[{_HAN}〔（]|$)")
_CLAUSE_LABEL: Final = re.compile(r"(?<=[头任合导位体办][单领][位导])[;；](?=[" + _HAN + "])")
_LABEL: Final = re.compile(rf"^(\s*[（(]?)([lI|OoQ\d]{{1,3}})([.,，、．)）])(?=\s?[{_HAN}“])")
_DASH_LABEL: Final = re.compile(rf"^(\s*[（(]?)[-—–_－](?=[、,，.)）]\s?[{_HAN}])")
_CHINESE_COMMA: Final = re.compile(rf"^(\s*[一二三四五六七八九十]{{1,3}})[,，.](?=[{_HAN}])")
_ZERO: Final = re.compile(r"(?<=\d)[OoQ〇○](?=[\dOoQ年月日.%％])|(?<=[\d.])[OoQ](?=[%％亿万])")
_ONE: Final = re.compile(r"(?<=\d)[lI|](?=[\d年月日.%％号])")
_FOLIO: Final = re.compile(r"^\s*[-—–一~－]\s?\d{1,4}\s?[-—–一~－]\s*$")
_FIGURES: Final = str.maketrans("lI|OoQ", "111000")
_PAIRS: Final = {"(": ")", "（": "）", "[": "]", "〔": "〕", "【": "】", "［": "］"}
_CLOSERS: Final = {closer: opener for opener, closer in _PAIRS.items()}
_ROUND: Final = frozenset("()（）")
_YEAR: Final = re.compile(r"[\[【［(（〔]\s?(?:19|20)\d\d\s?[\]】］)）〕]\s?\d{1,4}\s?号")


def repair(pages: Sequence[Sequence[PieceLine]]) -> list[list[PieceLine]]:
    """Return the pages with recognised pieces repaired; pieces without a confidence and all places stay as they are."""
    lines = [line for page in pages for line in page]
    texts = ["".join(piece.text for piece in line) for line in lines]
    whole = "\n".join(repair_line(text) for text in texts)
    repaired = iter(repair_brackets(whole).split("\n"))
    return [[_with_text(line, next(repaired)) for line in page] for page in pages]


def _with_text(line: PieceLine, text: str) -> PieceLine:
    pieces = []
    offset = 0
    for piece in line:
        end = offset + len(piece.text)
        pieces.append(piece if piece.confidence is None else replace(piece, text=text[offset:end]))
        offset = end
    return tuple(pieces)


def repair_line(text: str) -> str:
    """Return one line of print with its marks and numbers repaired; its length stays."""
    if _FOLIO.match(text):
        return re.sub("[–一~－]", "—", text)
    text = _DASH_LABEL.sub(lambda found: found[1] + "一", text)
    text = _CHINESE_COMMA.sub(lambda found: found[1] + "、", text)
    text = _LABEL.sub(_numbered, text)
    text = _ONE.sub("1", _ZERO.sub("0", text))
    text = _NARROW.sub(lambda found: found.group().translate(_WIDE), text)
    return _CLAUSE_LABEL.sub("：", _STOP.sub("。", text))


def _numbered(found: re.Match[str]) -> str:
    opened, figures, mark = found.groups()
    if not opened.strip() and mark in ",，":
        mark = "."
    return opened + figures.translate(_FIGURES) + mark


def repair_brackets(text: str) -> str:
    """Return the text with brackets in the shapes of print: pairs alike, 〔2021〕 in numbers of documents."""
    chars = list(text)
    for found in _YEAR.finditer(text):
        shut = next(at for at in range(found.end() - 1, found.start(), -1) if text[at] in _CLOSERS)
        chars[found.start()], chars[shut] = "〔", "〕"
    usual = "〔" if text.count("〔") + text.count("〕") > text.count("[") + text.count("]") else "["
    opened: list[int] = []
    for at, char in enumerate(chars):
        if char in _PAIRS:
            opened.append(at)
        elif char in _CLOSERS and opened and _alike(chars[opened[-1]], char):
            _pair(chars, opened.pop(), at, usual)
    return "".join(chars)


def _alike(opener: str, closer: str) -> bool:
    return (opener in _ROUND) == (closer in _ROUND)


def _pair(chars: list[str], first: int, last: int, usual: str) -> None:
    """Give both brackets one shape: where they differ, the one that the recogniser does not invent."""
    if chars[first] in _ROUND:
        if "（" in chars[first] or "）" in chars[last] or _beside_han(chars, first, last):
            chars[first], chars[last] = "（", "）"
    elif _PAIRS[chars[first]] != chars[last]:
        shapes = {chars[first], _CLOSERS[chars[last]]}
        shape = "〔" if "〔" in shapes else "【" if "【" in shapes else usual
        chars[first], chars[last] = shape, _PAIRS[shape]
    elif chars[first] == "[" and usual == "〔":
        chars[first], chars[last] = "〔", "〕"


def _beside_han(chars: list[str], first: int, last: int) -> bool:
    beside = [*chars[max(0, first - 1) : first], *chars[first + 1 : first + 2], *chars[last + 1 : last + 2]]
    return any(re.match(rf"[{_HAN}{_FULL}]", char) for char in beside)


def repaired(raw: RawPages, method: Method) -> RawPages:
    """Return recognised pages with what the recogniser confuses put right."""
    return replace(placed_pages(repair(raw.pieces), raw.issues), asides=raw.asides, method=method)
