"""Which figures of a sentence are targets, and what each of them says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from luoshi.reading.findings import Change, Comparator
from luoshi.reading.targets.clauses import Place, listed, mask, places
from luoshi.reading.targets.phrases import Left, measured_nouns, read_left, split_nouns
from luoshi.reading.targets.words import (
    EMPTY_NOUNS,
    FOLLOWING_VERB,
    FUNDS,
    MILESTONES,
    RESULT_ONLY,
    RULES,
    SETTING,
)

_BRACKETED: Final = re.compile(r"\([^()]{0,80}\)|\([^()]{0,20}$")
_ORIGIN: Final = re.compile(r"(?:由|从)(?:(?:\d{4}|上|去|前|当)年(?:年?底|年?末)?的?|[\u4e00-\u9fff]{2,6}的)?$")
_RATING: Final = re.compile(r"^\d[\d.]{0,6}(?:千伏|kV|KV)")
_NO_AIM: Final = re.compile(r"之一$|^[余多]?(?:月|世纪)")
_RATES: Final = frozenset({"share", "points", "times"})
_ENDED: Final = re.compile(r"(?:建设)?(?:完工|竣工|建成|开工|投用|完成|通车)$")
_GRANTED: Final = re.compile(r"补贴|补助|奖励|奖补|贴息|利率|费率|税率|缴存|缴费|期限|罚款|额度|保费|担保")
_TOTALS: Final = frozenset({"总数", "总量", "总额", "总规模", "累计总数", "总户数", "总人数", "总里程", "总面积"})
_GENERAL: Final = frozenset(
    {"完成", "建成", "实现", "达到", "开工", "新开工", "竣工", "新增", "净增", "通车", "办结", "改造", "新建"}
)
_HELPED: Final = re.compile(
    r"(?:^|[^作成认行因])(?:为|对|给|帮助|组织|资助|支持)(?:[全我本][市区县省]|符合条件的|农村|城乡)?$"
)
_HELP: Final = re.compile(r"提供|进行|开展|实施|发放|改造|安装|免费|检查|筛查|服务|参加|培训|救助|就业|创业")
_AIMS: Final = re.compile(r"力争|争取|努力|力求")
_OFTEN: Final = re.compile(r"每(?:年|半年|季度?|月|周|旬|日|天)|年均|不少于\d次")
_RANK: Final = re.compile(r"(?:(?<![底日末月年以之])前|(?<!以|之)后|第|每)$")
_TIME_MEASURE: Final = re.compile(r"(?:天数|时间|时长|时限|时效|周期|期限|寿命|天|工作日|用时)$")
_MULTIPLE: Final = re.compile(r"翻了?(?P<times>[一二两三])?番")
_DOUBLED: Final = {"一": 100, "二": 300, "两": 300, "三": 700, None: 100}
_COVERED: Final = re.compile(r"(?:实现|达到)(?P<noun>[^,、:]{2,40}?)全覆盖(?=[,、]|$)")


@dataclass(frozen=True, slots=True)
class Figure:
    """One target of a sentence; `first` and `last` are indices into its words, last exclusive."""

    first: int
    last: int
    indicator: str
    comparator: Comparator
    value: float | None
    unit: str | None
    change: Change | None = None
    value_high: float | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What kind of sentence is read: `claims` what is done, or promises; `strict` where rules stand beside aims."""

    claims: bool = False
    strict: bool = False


@dataclass(slots=True)
class _Sentence:
    """What earlier clauses of the sentence hand on to the later ones."""

    words: str
    setting: Setting
    noun: str = ""
    strong: bool = False
    ensured: bool = False
    quoted: int = 0
    unit: str = ""
    skip: bool = False


def find_figures(words: str, setting: Setting) -> list[Figure]:
    """Return the figures of one sentence that are promised or claimed, in order of print."""
    masked = mask(words)
    if not setting.claims and RESULT_ONLY.search(masked):
        return []
    state = _Sentence(words, setting)
    found = [
        replace(place, right=_BRACKETED.sub("", words[place.last : place.last + len(place.right)]))
        for place in places(masked)
    ]
    figures: list[Figure] = []
    index = 0
    while index < len(found):
        group = list(listed(masked, found, index))
        figures.extend(_group(state, masked, found, group))
        index = group[-1] + 1
    figures.extend(_doubled(words, masked))
    if setting.claims:
        figures.extend(_covered(words, masked))
    return figures


def _group(state: _Sentence, masked: str, found: list[Place], group: list[int]) -> Iterator[Figure]:
    """Read figures that stand side by side; 分别 shares them out among the names before."""
    first = found[group[0]]
    left = _left(state, first)
    if len(group) > 1 and left.respectively:
        nouns = split_nouns(left.noun or state.noun, len(group))
        if nouns:
            yield from _shared_out(state, [found[index] for index in group], nouns, left)
            return
    for position, index in enumerate(group):
        place = found[index]
        if position:
            left = _left(state, place)
        following = found[index + 1] if index + 1 < len(found) else None
        yield from _single(state, masked, place, left, following)


def _left(state: _Sentence, place: Place) -> Left:
    words = state.words[place.first : place.quantity.start]
    left = read_left(words, relative=place.quantity.kind in _RATES)
    if _AIMS.search(words):
        state.ensured = False
    state.ensured |= left.ensured
    return left


def _shared_out(state: _Sentence, group: list[Place], nouns: list[str], left: Left) -> Iterator[Figure]:
    state.noun = nouns[-1]
    suffix: Comparator | None = None
    suffixes: list[Comparator | None] = []
    for place in reversed(group):  # 左右 after the last figure reaches back over those before it
        suffix = place.suffix or suffix
        suffixes.insert(0, suffix)
    start = group[0].first
    for place, noun, own in zip(group, nouns, suffixes, strict=True):
        yield _figure(state, replace(place, first=start, suffix=own), left, noun, group[-1].last)


def _single(state: _Sentence, masked: str, place: Place, left: Left, following: Place | None) -> Iterator[Figure]:
    if state.skip and place.after_figure:
        state.skip = False
        return
    state.skip = False
    origin = _ORIGIN.search(masked, place.first, place.quantity.start)
    if origin:  # 由97家增加到411家: the first figure is where it came from
        state.noun = read_left(state.words[place.first : origin.start()], relative=False).noun or state.noun
        return
    if _is_name_or_frame(state, masked, place, left):
        return
    right = place.right
    noun, end = _indicator(state, place, left, following)
    if not noun:
        return
    state.skip = place.quantity.kind == "share" and not left.noun and bool(right)
    if left.reference is None:
        state.noun = noun
    state.strong = left.strong or (state.strong and place.first == place.quantity.start)
    nouns = _sharing(noun, place, left)
    for name in nouns:
        yield _figure(state, place, left, name, end)
    state.quoted = place.first
    state.unit = place.quantity.unit


def _sharing(noun: str, place: Place, left: Left) -> list[str]:
    if left.each:
        return noun.split("、")
    if place.quantity.kind in _RATES and (left.change or left.told) and left.noun:
        return measured_nouns(noun)
    return [noun]


def _is_name_or_frame(state: _Sentence, masked: str, place: Place, left: Left) -> bool:
    """Whether the figure is part of a name, a rank, a frequency, a rule or the setting of the sentence."""
    quantity = place.quantity
    before = masked[place.first : quantity.start]
    if quantity.kind in ("count", "time") and _RANK.search(before):
        return True
    if _HELPED.search(before) and quantity.kind == "count" and _HELP.search(place.right):
        left.noun, left.verbs = "", [*left.verbs, "服务到"]  # 为2万名老人提供服务 promises for so many
        return False
    if not left.told and before.endswith(SETTING):
        return True
    if quantity.kind in ("time", "age") and not (left.noun and left.told):
        return True
    if quantity.kind == "time" and not (left.change or _TIME_MEASURE.search(left.noun) or left.held or left.to):
        return True
    if state.setting.strict and (quantity.kind == "time" or (left.comparator and place.right.startswith("的"))):
        return True
    if quantity.unit == "次" and _OFTEN.search(masked[max(0, place.first - 8) : place.last]):
        return True
    return state.setting.strict and _is_rule(masked, place, left)


def _is_rule(masked: str, place: Place, left: Left) -> bool:
    """In measures, money and shares that are granted or owed are rules; an aim says how something is to change."""
    if (
        left.change
        and (left.to or place.quantity.kind in _RATES)
        and not RULES.search(masked[place.first : place.last])
    ):
        return False
    return bool(RULES.search(masked[max(0, place.first - 12) : place.last + 12]))


def _indicator(state: _Sentence, place: Place, left: Left, following: Place | None) -> tuple[str, int]:
    """Return what the figure measures, empty where it is no target, and where its words end."""
    if left.noun:
        return (_named(state, place, left), place.last) if _stands(place, left) else _counted_after(state, place, left)
    if not place.right or FOLLOWING_VERB.match(place.right):
        return _inherited(state, place, left), place.last
    return _counted(state, place, left, following)


def _named(state: _Sentence, place: Place, left: Left) -> str:
    if place.quantity.han and place.quantity.value < 10 and not (left.strong or left.told):
        return ""
    if len(left.noun) < 2 or (state.setting.strict and _GRANTED.search(left.noun)):
        return ""
    if left.noun in _TOTALS and state.noun:
        return state.noun
    if left.noun.startswith("占") and state.noun and len(left.noun) > 2:
        return state.noun + left.noun
    return left.noun


def _stands(place: Place, left: Left) -> bool:
    """Whether nothing after the figure makes it a filter (投资5亿元以上项目) or a mere description."""
    if not place.right or FOLLOWING_VERB.match(place.right):
        return True
    return place.quantity.kind in _RATES and left.told and not place.right.startswith("的")


def _counted_after(state: _Sentence, place: Place, left: Left) -> tuple[str, int]:
    """培育省级5家企业: the words on both sides name what is counted."""
    quantity = place.quantity
    if quantity.kind != "count" or quantity.han or place.followed or left.noun.endswith("等"):
        return "", place.last
    if left.told or not (left.strong or state.setting.claims):
        return "", place.last
    noun = place.right.lstrip("的")
    return ("", place.last) if EMPTY_NOUNS.match(noun) else (noun, place.last + len(place.right))


def _inherited(state: _Sentence, place: Place, left: Left) -> str:
    """A clause without a name of its own speaks of what was named before (突破2800亿元,增长4.3%)."""
    if place.quantity.han and place.quantity.value < 10 and not left.told:
        return ""
    verb = left.verbs[-1] if left.verbs else ""
    if verb and not left.told and place.quantity.unit != state.unit and verb not in _GENERAL:
        return verb
    if state.noun and (left.told or left.verbs or place.first == place.quantity.start):
        return state.noun
    return "".join(left.verbs) if left.verbs and place.quantity.kind != "share" else ""


def _counted(state: _Sentence, place: Place, left: Left, following: Place | None) -> tuple[str, int]:
    """抓好20个项目, 36个示范村建设完工, 25%以上的行政村: what is counted follows."""
    noun = place.right.lstrip("的")
    if "、" in noun:
        noun = noun.rpartition("的")[2] or noun
    end = place.last + len(place.right)
    if EMPTY_NOUNS.match(noun) or _NO_AIM.search(noun) or (left.told and not left.comparator and not left.verbs):
        return "", end
    if not _may_count(state, place, left, noun):
        return "", end
    if place.quantity.kind == "share" and place.followed and following:  # 20%以上的村收入超过50万元
        return noun + state.words[following.quantity.start : following.last], following.last
    if following and following.first == following.quantity.start and place.quantity.kind == "count":
        noun = _completed(noun, following.right)
    noun = _RATING.sub("", noun) or noun
    return _ENDED.sub("", noun) or noun, end


def _completed(noun: str, after: str) -> str:
    """A list ends in the words that all its figures count (3座220千伏、7座110千伏变电站; 3个村、2万人的饮水问题)."""
    if after.startswith("的"):
        return noun + after
    return _RATING.sub("", after) if _RATING.fullmatch(noun) else noun


def _may_count(state: _Sentence, place: Place, left: Left, noun: str) -> bool:
    quantity = place.quantity
    of = place.right.startswith("的")
    if quantity.kind == "share":
        return of or (place.suffix is not None and bool(MILESTONES.search(noun)))
    if quantity.kind == "money":
        return not of and not place.followed and noun.endswith(FUNDS) and bool(left.verbs)
    if quantity.kind == "measure":
        return not of and not place.followed and place.suffix is None and left.strong
    if quantity.kind != "count" or place.followed or (quantity.han and quantity.value < 10):
        return False
    carried = state.strong and place.first == quantity.start
    if left.strong or carried or left.ensured or state.setting.claims:
        return True
    return bool(MILESTONES.search(noun))


def _figure(state: _Sentence, place: Place, left: Left, noun: str, end: int) -> Figure:
    quantity = place.quantity
    alone = place.first == quantity.start and state.words[place.first - 1 : place.first] in ("、", "和", "及")
    first = state.quoted if alone else place.first
    state.quoted = first
    return Figure(
        first=first,
        last=end,
        indicator=noun,
        comparator=_comparator(state, place, left),
        value=float(quantity.value),
        unit=quantity.unit,
        change=left.change,
        value_high=None if quantity.high is None else float(quantity.high),
        reference=left.reference,
    )


def _comparator(state: _Sentence, place: Place, left: Left) -> Comparator:
    quantity = place.quantity
    if place.suffix:
        return place.suffix
    if left.comparator:
        return ">" if quantity.more and left.comparator == "~" else left.comparator
    if quantity.more:
        return ">"
    if left.held and quantity.high is None:
        return "<="
    if state.ensured and not state.setting.claims:
        return "<=" if left.to and left.change == "decrease" else ">="
    return "="


def _doubled(words: str, masked: str) -> Iterator[Figure]:
    """翻番 is a rise by 100%, 翻两番 by 300%."""
    for match in _MULTIPLE.finditer(masked):
        first = max(masked.rfind(mark, 0, match.start()) for mark in ",、:") + 1
        left = read_left(words[first : match.start()], relative=False)
        if left.noun and match["times"] in _DOUBLED:
            comparator: Comparator = left.comparator or (">=" if left.ensured else "=")
            value = float(_DOUBLED[match["times"]])
            yield Figure(first, match.end(), left.noun, comparator, value, "%", "increase")


def _covered(words: str, masked: str) -> Iterator[Figure]:
    for match in _COVERED.finditer(masked):
        noun = words[match.start("noun") : match.end("noun")]
        yield Figure(match.start(), match.end(), f"{noun}覆盖率", "=", 100.0, "%")
