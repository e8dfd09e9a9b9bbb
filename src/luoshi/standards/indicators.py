"""Names of indicators: one key under which several wordings of the same indicator meet."""

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from math import ceil
from typing import Final, NamedTuple

from rapidfuzz import fuzz

from luoshi.standards.names import fold_name

_QUOTES: Final = re.compile(r"[“”‘’\"'「」『』《》]")
_LETTERS: Final = re.compile(r"(?<=.)\([a-z][a-z\d.&]{0,8}\)")
_MARKS: Final = re.compile(r"[\s,、;:。.·]+$|^[\s,、;:。.·的]+")
_AREAS: Final = re.compile(
    r"^(?:(?:全|我|本)(?:国|省|市|区|县|旗|州|镇|乡|域|自治区|自治州)|全年|全社会(?=用电)|预计|其中|实现|完成|力争|确保|年度|期末|辖区|市域|县域|区域)(?:的)?(?=.{2})"
)
_MOTION: Final = re.compile(
    r"(?:年均|同比|实际|名义|同口径|可比口径)?(?:增长率|增速|增幅|涨幅|降幅|下降率|降低率|增长|上涨|下降|降低|减少|提高|提升|增加|达到|控制在|稳定在|保持在|完成|实现|突破|超过|增量)$"
)
_COUNTED: Final = re.compile(r"(?:的)?(?:总?数量|总?个数|家数|户数)$")
_FORMS: Final = (
    (re.compile(r"规上"), "规模以上"),
    (re.compile(r"限上"), "限额以上"),
    (re.compile(r"及以上"), "以上"),
    (re.compile(r"营收"), "营业收入"),
    (re.compile(r"主营收入"), "主营业务收入"),
    (re.compile(r"的?占比重|所占比重"), "占比"),
    (re.compile(r"占(?:地区|国内)?生产总值的?(?:比重|比例)"), "占gdp比重"),
    (re.compile(r"占gdp的(?:比重|比例)"), "占gdp比重"),
    (re.compile(r"技改"), "技术改造"),
    (re.compile(r"棚改"), "棚户区改造"),
    (re.compile(r"建档立卡"), ""),
)
_BEGINNING: Final = re.compile(
    r"^(?:新增|净增|新建|新改建|改造|建设|培育|引进|完成|实施|新培育|新认定|打造|创建)(?=.{3})"
)
_LIKELY: Final = 82.0


class Suggestion(NamedTuple):
    """Two names that may mean the same indicator, and how alike they are from 0 to 100."""

    first: str
    second: str
    score: float


@lru_cache(maxsize=8192)
def indicator_key(name: str) -> str:
    """Return the form of a name under which wordings of one indicator meet; empty for a name without words.

    Widths, quotes, the area (全市), words of motion (增速, 增长, 达到) and counts (数量) fall away; abbreviations of
    statistics become the usual name (规上工业增加值 and 规模以上工业增加值). A key of a key is itself.
    """
    plain = _plain(name)
    table = _aliases()
    seen: set[str] = set()
    while plain not in seen:  # an alias may become one more
        seen.add(plain)
        plain = table.get(plain, plain)
    return plain


def suggest_same(names: Iterable[str], *, least: float = _LIKELY) -> list[Suggestion]:
    """Return pairs of names that may be one indicator though their keys differ, the likeliest first.

    Only names that share enough of their rarest characters are compared, so that thousands of names take seconds.
    """
    by_key: dict[str, str] = {}
    for name in names:
        key = indicator_key(name)
        if key:
            by_key.setdefault(key, name)
    found = [
        Suggestion(by_key[first], by_key[second], score)
        for group in _comparable(sorted(by_key))
        for first, second, score in _alike(group, least)
    ]
    return sorted(found, key=lambda pair: (-pair.score, pair.first, pair.second))


def _comparable(keys: Iterable[str]) -> Iterable[list[str]]:
    """Part keys by figures and by the words that turn a name into another thing (出口 and 进口, 城镇 and 农村)."""
    groups: defaultdict[tuple[object, ...], list[str]] = defaultdict(list)
    for key in keys:
        groups[(*_figures(key), *(word in key for word in _CONTRARY))].append(key)
    return groups.values()


def _alike(keys: Sequence[str], least: float) -> Iterator[tuple[str, str, float]]:
    words = [_BEGINNING.sub("", key) for key in keys]
    spread = [" ".join(sorted(each)) for each in words]
    for first, others in enumerate(_candidates(words, least)):
        for second in others:
            score = _score(words[first], words[second], spread[first], spread[second], least)
            if score >= least:
                yield keys[first], keys[second], score


def _score(one: str, two: str, one_spread: str, two_spread: str, least: float) -> float:
    if one == two:
        return 95.0
    in_order = fuzz.ratio(one, two, score_cutoff=least)
    return min(94.0, max(in_order, 0.94 * fuzz.ratio(one_spread, two_spread, score_cutoff=least / 0.94)))


def _candidates(words: Sequence[str], least: float) -> Iterator[set[int]]:
    """Yield for each word the later ones that can be alike: they share one of its rarest characters.

    Two words that are alike have a share of their characters in common, so among as many of the rarest as may be
    missing, and one more, there is one that both have.
    """
    share = max(0.0, min(least / (200 - least), 2 * least / 94 - 1))
    marks = [_counted(word) for word in words]
    often = Counter(mark for each in marks for mark in each)
    holding: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    rarest = []
    for place, each in enumerate(marks):
        kept = sorted(each, key=lambda mark: (often[mark], mark))[: len(each) - ceil(share * len(each)) + 1]
        rarest.append(kept)
        for mark in kept:
            holding[mark].append(place)
    for place, kept in enumerate(rarest):
        size = len(words[place])
        near = (other for mark in kept for other in holding[mark] if other > place)
        yield {other for other in near if share * size <= len(words[other]) <= size / (share or 1 / size)}


def _counted(word: str) -> list[tuple[str, int]]:
    """Return the characters of a word, a repeated one as the first, the second..."""
    return [(char, word.count(char, 0, place)) for place, char in enumerate(word)]


_CONTRARY: Final = (
    *("进口", "出口", "城镇", "农村", "收入", "支出", "存款", "贷款", "人均", "国家", "省级", "市级", "县级", "登记"),
    *("调查", "占", "率", "增加值", "小学", "中学", "幼儿园", "公路", "铁路", "高速", "水耗", "能耗", "投资", "失业"),
    *("限额", "规模以上", "户籍", "常住"),
)


def _figures(key: str) -> list[str]:
    return re.findall(r"\d+(?:\.\d+)?|[一二三四五六七八九十]+级", key)


def _plain(name: str) -> str:
    """Drop everything that says where, how and how much, again and again until nothing more falls away."""
    plain = _LETTERS.sub("", _QUOTES.sub("", fold_name(name)))
    for _ in range(8):
        before = plain
        plain = _MARKS.sub("", plain)
        plain = _AREAS.sub("", plain)
        for pattern, usual in _FORMS:
            plain = pattern.sub(usual, plain)
        plain = _shorter(_MOTION, _shorter(_COUNTED, plain))
        if plain == before:
            break
    return plain


def _shorter(pattern: re.Pattern[str], words: str) -> str:
    """Take an ending away unless hardly anything stays."""
    rest = pattern.sub("", words)
    return rest if len(rest) >= 2 else words


@lru_cache(maxsize=1)
def _aliases() -> dict[str, str]:
    raw = tomllib.loads(files("luoshi.standards").joinpath("indicator_aliases.toml").read_text(encoding="utf-8"))
    table: dict[str, str] = {}
    for usual, others in raw.items():
        for other in others:
            table[_plain(other)] = _plain(usual)
    return {other: usual for other, usual in table.items() if other != usual}
