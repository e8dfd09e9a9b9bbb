"""Which figures of a sentence are targets, and what each of them says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from luoshi.reading.findings import Comparator
from luoshi.reading.targets.clauses import Place, listed, mask, places
from luoshi.reading.targets.frames import is_frame, is_help
from luoshi.reading.targets.multiples import covered, doubled
from luoshi.reading.targets.phrases import Left, closing_verb, measured_nouns, read_left, split_nouns
from luoshi.reading.targets.records import Figure, Setting
from luoshi.reading.targets.words import (
    EMPTY_NOUNS,
    ENDING,
    FOLLOWING_VERB,
    FUNDS,
    MADE,
    MEASURED,
    MILESTONES,
    RESULT_ONLY,
)

_BRACKETED: Final = re.compile(r"\([^()]{0,80}\)|\([^()]{0,20}$")
_ORIGIN: Final = re.compile(
    r"(?:由|从)(?:每[\u4e00-\u9fff]{1,2}(?:每[年月次])?|(?:\d{4}|上|去|前|当)年(?:年?底|年?末)?的?|[\u4e00-\u9fff]{2,6}的)?$"
)
_PAUSE: Final = re.compile("[,:]")
_RATING: Final = re.compile(r"^\d[\d.]{0,6}(?:千伏|kV|KV)")
_NO_AIM: Final = re.compile(r"之一$|^[余多]?(?:月|世纪)")
_RATES: Final = frozenset({"share", "points", "times"})
_ENDED: Final = re.compile(r"(?:全部|全面|均|相继|陆续|顺利)*(?:建设)?(?:完工|竣工|建成|开工|投用|完成|通车)$")
_GRANTED: Final = re.compile(r"补贴|补助|奖励|奖补|贴息|利率|费率|税率|缴存|缴费|期限|罚款|额度|保费|担保")
_NO_NAME: Final = re.compile(r"成为|跻身|第.个$")
_COMPLETED: Final = ("目标任务", "年度计划", "年度任务", "计划", "任务")
_ORDERED: Final = frozenset({"期", "批", "轮", "类", "级", "部"})
_TOTALS: Final = frozenset({"总数", "总量", "总额", "总规模", "累计总数", "总户数", "总人数", "总里程", "总面积"})
_MOTIONS: Final = frozenset({"增幅", "增速", "涨幅", "降幅", "增长率", "年均增幅", "年均增速", "年增幅", "年均增长率"})
_PARTS: Final = frozenset({"占比", "比重", "占比重"})
_GENERAL: Final = frozenset(
    {"完成", "建成", "实现", "达到", "开工", "新开工", "竣工", "新增", "净增", "通车", "办结", "改造", "新建"}
)
_STEP_UP: Final = re.compile("(?:连续)?(?:连跨|连上|跨越|跨过|跨上|迈上|迈过|跃上|站上|再上|登上|攀上|突破|实现)$")
_SPAN: Final = re.compile("[一二两三四五六七八九十\\d]{1,2}年")
_OF_LEVEL: Final = re.compile("^(?:国家|省|市|县|区|部)级(?:及?以上)?")
_PUSHED: Final = re.compile("(?:推进|推动)$")
_UNDERTAKEN: Final = re.compile("(?:项目|工程|建设|改造|片区)$")
_AIMS: Final = re.compile(r"力争|争取|努力|力求")


@dataclass(slots=True)
class _Sentence:
    """What earlier clauses of the sentence hand on to the later ones."""

    words: str
    setting: Setting
    noun: str = ""
    strong: bool = False
    ensured: bool = False
    quoted: int = 0
    counted: str = ""
    unit: str = ""
    named: list[str] = field(default_factory=list)
    skip: bool = False


def find_figures(words: str, setting: Setting) -> list[Figure]:
    """Return the figures of one sentence that are promised or claimed, in order of print."""
    masked = mask(words)
    if not setting.claims and RESULT_ONLY.search(masked):
        return []
    state = _Sentence(words, setting)
    found = [replace(place, right=_BRACKETED.sub("", words[place.last : place.right_end])) for place in places(masked)]
    figures: list[Figure] = []
    index = 0
    while index < len(found):
        group = list(listed(masked, found, index))
        figures.extend(_group(state, masked, found, group))
        index = group[-1] + 1
    figures.extend(doubled(words, masked))
    if setting.claims:
        figures.extend(covered(words, masked))
    return figures


def _group(state: _Sentence, masked: str, found: list[Place], group: list[int]) -> Iterator[Figure]:
    """Read figures that stand side by side; 分别 shares them out among the names before."""
    first = found[group[0]]
    left = _left(state, first)
    if len(group) > 1 and left.respectively:
        nouns = split_nouns(left.noun, len(group)) if left.noun else state.named[-len(group) :]
        if nouns and len(nouns) == len(group):
            yield from _shared_out(state, [found[index] for index in group], nouns, left)
            return
    for position, index in enumerate(group):
        place = found[index]
        if position and place.first < place.quantity.start:
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
    state.named.extend(nouns)
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
        state.counted = place.right
        return
    if left.to and left.noun and state.counted.startswith(left.noun):  # 从15个县扩大到57个县
        left.noun = state.noun
        place = replace(place, right="")
    state.counted = ""
    if place.quantity.kind == "time" and not left.noun and left.to and left.change:  # 时限由15天压缩至3天
        left.noun = state.noun
    after, end = _rest_of_clause(masked, place, following)
    if is_help(masked[place.first : place.quantity.start], place, after):
        left.noun, left.verbs, left.told = "", [*left.verbs, "服务到"], False
        place = replace(place, right=_BRACKETED.sub("", state.words[place.last : end]), right_end=end, followed=False)
    elif is_frame(masked, place, left, strict=state.setting.strict):
        state.noun = _passed(left.noun) or state.noun
        return
    right = place.right
    noun, end = _indicator(state, place, left, following)
    if not noun:
        state.noun = _passed(left.noun) or state.noun
        return
    state.skip = place.quantity.kind == "share" and not left.noun and bool(right) and place.followed
    if left.reference is None:
        state.noun = noun
    state.strong = left.strong or (state.strong and place.first == place.quantity.start)
    nouns = _sharing(noun, place, left)
    state.named.extend(nouns)
    for name in nouns:
        yield _figure(state, place, left, name, end)
    state.quoted = place.first
    state.unit = place.quantity.unit


def _passed(words: str) -> str:
    """What has passed a mark that is no figure (生产总值连跨两个万亿元台阶): the next clause speaks of it."""
    match = _STEP_UP.search(words)
    return words[: match.start()] if match and MEASURED.search(words[: match.start()]) else ""


def _rest_of_clause(masked: str, place: Place, following: Place | None) -> tuple[str, int]:
    """The words from a figure to the next comma or the next figure, and where they end."""
    comma = _PAUSE.search(masked, place.last)
    beside = following.quantity if following and following.quantity.kind != "age" else None  # 为8万名80岁以上老人…
    end = min(comma.start() if comma else len(masked), beside.start if beside else len(masked))
    return masked[place.last : end], max(end, place.right_end)


def _sharing(noun: str, place: Place, left: Left) -> list[str]:
    if left.each:
        return split_nouns(noun, noun.count("、") + 1) or [noun]
    if place.quantity.kind in _RATES and (left.change or left.told) and left.noun:
        return measured_nouns(noun)
    return [noun]


def _indicator(state: _Sentence, place: Place, left: Left, following: Place | None) -> tuple[str, int]:
    """Return what the figure measures, empty where it is no target, and where its words end."""
    countable = place.quantity.kind in ("count", "measure") and place.right and not left.told
    verb = closing_verb(left.noun) or closing_verb(state.words[place.first : place.quantity.start]) if countable else ""
    if verb and not ENDING.match(place.right):
        left.verbs.append(verb)
        return _counted(state, place, left, following)
    if left.noun:
        return (_named(state, place, left), place.last) if _stands(place, left) else _counted_after(state, place, left)
    counts = left.strong and place.quantity.kind == "count" and not left.told
    if not place.right or (ENDING if counts else FOLLOWING_VERB).match(place.right):
        return _inherited(state, place, left), place.last
    return _counted(state, place, left, following)


def _named(state: _Sentence, place: Place, left: Left) -> str:
    if (
        place.quantity.han
        and place.quantity.value < 10
        and (place.quantity.unit in _ORDERED or not (left.strong or left.told))
    ):
        return ""
    if left.noun.endswith(("情况下", "基础上", "条件下", "前提下")):
        left.noun = state.noun
    if state.noun and _OF_LEVEL.fullmatch(left.noun):  # 省级以上绿色工厂30家,其中国家级5家
        left.noun += _OF_LEVEL.sub("", state.noun, count=1)
    if len(left.noun) < 2 or (state.setting.strict and _GRANTED.search(left.noun)):
        return ""
    if _NO_NAME.search(left.noun) or (place.quantity.kind == "share" and left.noun.endswith(_COMPLETED)):
        return ""
    if state.noun and (
        left.noun in _TOTALS or _SPAN.fullmatch(left.noun) or (left.noun in _MOTIONS and not left.verbs)
    ):
        return state.noun
    if left.noun.startswith("占") and state.noun and len(left.noun) > 2:
        return state.noun.partition("占")[0] + left.noun
    return state.noun + left.noun if left.noun in _PARTS and state.noun else left.noun


def _stands(place: Place, left: Left) -> bool:
    """Whether nothing after the figure makes it a filter (投资5亿元以上项目) or a mere description."""
    if not place.right or FOLLOWING_VERB.match(place.right):
        return True
    return place.quantity.kind in _RATES and left.told and not place.right.startswith("的")


def _counted_after(state: _Sentence, place: Place, left: Left) -> tuple[str, int]:
    """培育省级5家企业: the words on both sides name what is counted."""
    quantity = place.quantity
    if quantity.kind != "count" or quantity.han or place.followed:
        return "", place.last
    if left.noun.endswith("等") and not (left.strong and left.verbs[0] in MADE):  # 实施光岳路等15条道路改造
        return "", place.last
    if left.told or not (left.strong or state.setting.claims):
        return "", place.last
    noun = place.right.lstrip("的")
    return ("", place.last) if EMPTY_NOUNS.match(noun) else (noun, place.right_end)


def _inherited(state: _Sentence, place: Place, left: Left) -> str:
    """A clause without a name of its own speaks of what was named before (突破2800亿元,增长4.3%)."""
    if place.quantity.han and place.quantity.value < 10 and not left.told:
        return ""
    verb = left.verbs[-1] if left.verbs else ""
    if verb and not left.told and place.quantity.unit != state.unit and verb not in _GENERAL:
        return verb
    aimed = place.quantity.unit == state.unit and _AIMS.search(state.words, place.first, place.quantity.start)
    if state.noun and (
        aimed or left.told or left.verbs or place.quantity.kind == "share" or place.first == place.quantity.start
    ):
        return state.noun
    return "".join(left.verbs) if left.verbs and place.quantity.kind != "share" else ""


def _counted(state: _Sentence, place: Place, left: Left, following: Place | None) -> tuple[str, int]:
    """抓好20个项目, 36个示范村建设完工, 25%以上的行政村: what is counted follows."""
    noun = place.right.lstrip("的")
    if "、" in noun:
        noun = noun.rpartition("的")[2] or noun
    end = place.right_end
    if EMPTY_NOUNS.match(noun) or _NO_AIM.search(noun) or (left.told and not left.comparator and not left.verbs):
        return "", end
    if not _may_count(state, place, left, noun, following):
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
    if _OF_LEVEL.fullmatch(noun) and _OF_LEVEL.match(after):  # 3个省级、10个市级示范村
        return noun + _OF_LEVEL.sub("", after, count=1)
    return _RATING.sub("", after) if _RATING.fullmatch(noun) else noun


def _is_pushed(state: _Sentence, place: Place, noun: str) -> bool:
    """Whether so many undertakings are pushed on (着力推进100个先进制造业项目)."""
    pushed = _PUSHED.search(state.words, place.first, place.quantity.start) is not None
    return pushed and not state.setting.strict and not place.quantity.han and bool(_UNDERTAKEN.search(noun))


def _may_count(state: _Sentence, place: Place, left: Left, noun: str, beside: Place | None) -> bool:
    quantity = place.quantity
    of = place.right.startswith("的")
    if quantity.kind == "share":
        return of or bool(MILESTONES.search(noun))
    if quantity.kind == "money":
        return not of and not place.followed and noun.endswith(FUNDS) and bool(left.verbs)
    if quantity.kind == "measure":
        return not of and not place.followed and place.suffix is None and left.strong
    if quantity.kind != "count" or place.followed or (quantity.han and quantity.value < 10):
        return False
    carried = state.strong and place.first == quantity.start
    sure = _is_pushed(state, place, noun) or left.strong or carried or left.ensured or state.setting.claims
    return sure or bool(MILESTONES.search(noun)) or (beside is not None and _ends_list(state, place, beside))


def _ends_list(state: _Sentence, place: Place, beside: Place) -> bool:
    """Whether the next figure of a list says what all of it reaches (29个县、1个区摘帽)."""
    between = state.words[place.right_end : beside.quantity.start]
    return between == "、" and MILESTONES.search(beside.right) is not None


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
