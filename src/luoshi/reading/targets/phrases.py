"""The words before a figure: what is measured, how it changes, how the figure is compared, and with what."""

import re
from dataclasses import dataclass, field
from typing import Final

from luoshi.reading.findings import Change, Comparator
from luoshi.reading.targets.words import (
    ACTING,
    BARE,
    BEFORE,
    COMPARED,
    FALLING,
    HEAD_NAMES,
    HEAD_SHORT,
    HEAD_TIME,
    JOINS,
    LONGEST_BEFORE,
    LONGEST_HEAD,
    MEASURED,
    OPENING,
    RISING,
    TAILS,
    WEAK,
)

_BRACKETED: Final = re.compile(r"\([^()]{0,80}\)|〔[^〔〕]{0,80}〕")
_RELATIVE: Final = re.compile(
    r"(?:(?:高于|快于|优于|好于|低于|慢于|超过|领先|高出|低出|落后|多于|少于)"
    r"(?P<ref>[\u4e00-\u9fffA-Z\d]{2,16}?)|(?:比|较)(?![重例率值])(?P<than>[\u4e00-\u9fffA-Z]{2,16}?)"
    r"(?<![提降最新更升走减])(?:高|低|快|慢|多|少)出?)$"
)
_TIMES_OF: Final = re.compile(r"(?:是|为|达到|相当于)(?P<ref>[\u4e00-\u9fff\d“”]{2,12})的$")
_PAIRS: Final[dict[str, tuple[str, str]]] = {
    "城乡居民": ("城镇居民", "农村居民"),
    "城乡常住居民": ("城镇常住居民", "农村常住居民"),
    "存贷款": ("存款", "贷款"),
    "进出口": ("进口", "出口"),
    "工农业": ("工业", "农业"),
    "城乡": ("城镇", "农村"),
    "公路水路": ("公路", "水路"),
    "客货运": ("客运", "货运"),
    "市县": ("市级", "县级"),
}
_LEVEL: Final = re.compile(r"(?:国家|省|市|县|区|乡|镇|村)级")
_AND: Final = re.compile(r"、|以及|和(?![谐美平])|与(?![会])|及(?![率格时其])")
_RATE: Final = re.compile(r"(?<=.{2})[\u4e00-\u9fff]{2}(?:率|量|[起人户]数)$")
_TOO_LONG: Final = 25
_LAST_VERB: Final = re.compile(
    r".{2,}(?:实现|完成|新增|净增|新建|建成|带动|推动|确保|力争|达到|通过|举办|培育|打造|开展|建设|引进|发放|实施|组织)(?=.{2})"
)
_FRAME: Final = re.compile(r"[在对向从由]|通过|依托|利用|围绕|面向|按照|聚焦|推行|鼓励")
_CONTINUED: Final = re.compile(
    r"(?:连续|提前)[\d一二三四五六七八九十两]{1,2}年$|(?<=.{2})的$|(?<=.{3})[一二三四五六七八九十]年$"
)
_PLACED: Final = re.compile(
    r"^(?:主城区|中心城区|市城区|市县城区|城区|城乡|城市|县城|农村|各县|各县\(市、区\))(?:新建、续建|新增|新建|新改建|新开工|新通车|改造|建成|完成|实施)"
    r"(?=.{2})(?!工程|项目|面积|率|区)"
)
_RAISED: Final = ("提升", "增加")
_AREA: Final = re.compile(r"(?:市|主|中心|老|新)?城区|市区|县城|城乡|城市|农村|全域|建成区|各地")
# 制度全面实施、开户602万人: what stands before the mark is done, not measured.
_AFTER_DEED: Final = re.compile(
    r"^(?=.{0,16}(?:办好|举办|召开|实施|运行|推进|落地|见效|启动|开展|投用|投产|开通|全面|深化)).{2,24}"
    r"(?:实施|运行|推进|落地|见效|启动|开展|投用|投产|开通|会|节|赛)、(?=.{2})"
)
_TRAILING: Final = re.compile(r"(?<=.{3})(?:累计|总计|合计|新增|净增|开工建设|新开工|开工|完工|竣工|建成|投用|投产)+$")
_COMPARATORS: Final[frozenset[str]] = frozenset({">=", "<=", ">", "<", "~"})


@dataclass(slots=True)
class Left:
    """What the words before a figure say; `noun` is empty where they name nothing."""

    noun: str = ""
    comparator: Comparator | None = None
    change: Change | None = None
    to: bool = False
    held: bool = False
    reference: str | None = None
    each: bool = False
    respectively: bool = False
    ensured: bool = False
    compared: bool = False
    told: bool = False
    verbs: list[str] = field(default_factory=list)

    @property
    def strong(self) -> bool:
        """Whether a verb that promises something countable opens the clause."""
        return any(verb not in WEAK for verb in self.verbs)


def read_left(words: str, *, relative: bool) -> Left:
    """Return what the words before a figure say; `relative` where the figure may be a distance to something else."""
    left = Left()
    rest = _BRACKETED.sub("", words)
    if relative:
        rest = _take_reference(rest, left)
    if not relative and rest.endswith(_RAISED) and not _strip_head(rest[:-2], Left()):  # 整体提升100所学校
        left.verbs.append(rest[-2:])
        left.change = "increase" if rest.endswith("增加") else None
        rest = ""
    rest = _strip_before(rest, left)
    left.noun = _strip_head(rest, left)
    if left.change is None:
        left.change = _change_in(left.noun)
    return left


def _take_reference(words: str, left: Left) -> str:
    match = _TIMES_OF.search(words) or _RELATIVE.search(words[-20:])
    if match is None:
        return words
    left.reference = match.group("ref") or match.groupdict().get("than") or ""
    left.told = True
    return words[: len(words) - len(match.group())]


def _strip_before(words: str, left: Left) -> str:
    """Take words that say how the figure is meant from the end, the longest first."""
    while words:
        compared = COMPARED.search(words[-24:])
        if compared:
            left.compared = True
            words = words[: len(words) - len(compared.group())]
            continue
        if words.endswith("在") and MEASURED.search(words[:-1]):  # 优良率在80%以上
            left.to = left.told = True
            words = words[:-1]
            continue
        word, code = _last_word(words)
        if len(words) > len(word) and words in ACTING:  # 整合提升20个综合体 raises nothing
            break
        if not word or code == "stop" or (word in ("完成", "实现") and not _strip_head(words[: -len(word)], Left())):
            break
        _note(left, code, word)
        words = words[: len(words) - len(word)]
    return words


def _last_word(words: str) -> tuple[str, str]:
    for size in range(min(LONGEST_BEFORE, len(words)), 0, -1):
        code = BEFORE.get(words[-size:])
        if code is not None:
            return words[-size:], code
    return "", ""


def _note(left: Left, code: str, word: str) -> None:
    left.told = left.told or code != "pass"
    if code in _COMPARATORS and left.comparator is None:
        left.comparator = code  # type: ignore[assignment]
    elif code == "inc" and left.change is None:
        left.change = "increase"
    elif code == "dec" and left.change is None:
        left.change = "decrease"
    left.to |= code in ("to", "is")
    left.held |= code == "hold"
    left.each |= code == "each"
    left.respectively |= code == "resp"
    left.ensured |= word == "确保"


def _strip_head(words: str, left: Left) -> str:
    """Take verbs and settings from the front; a verb stays with a word that names nothing by itself (改造面积)."""
    joined = True
    while words:
        if HEAD_NAMES.match(words):
            break
        joint = JOINS.match(words) if left.verbs else None
        if joint:
            words, joined = words[joint.end() :], True
            continue
        time = HEAD_TIME.match(words)
        if time is None or time.end() < 2:
            time = HEAD_SHORT.match(words)
        if time:
            words = words[time.end() :]
            continue
        word = _first_word(words)
        rest = words[len(word) :]
        opens = word in OPENING
        if not word or (left.verbs and (opens or not joined)) or (not opens and not _may_strip(word, rest, left)):
            break
        if not opens:
            left.verbs.append(word)
            joined = False
        left.ensured |= "确保" in word or "保证" in word
        words = rest
    return _without_lead(words)


def _first_word(words: str) -> str:
    for size in range(min(LONGEST_HEAD, len(words)), 0, -1):
        head = words[:size]
        if head in OPENING or head in ACTING or (head[0] == "新" and head[1:] in ACTING):
            return head
    return ""


def _may_strip(word: str, rest: str, left: Left) -> bool:
    if not rest:
        return left.change is None and word != "投资"  # 投资增长6%: the verb is the name
    if word in ("完成", "实现", "达到"):
        return True
    return rest not in BARE and rest[0] not in "率额量数度值比费税期者业型性"


def _without_lead(noun: str) -> str:
    """A long phrase is cut after its last verb: only what follows is measured."""
    noun = _AFTER_DEED.sub("", _CONTINUED.sub("", noun.strip("、,:的")))
    if _AREA.fullmatch(noun):
        return ""
    if len(noun) > _TOO_LONG or _FRAME.match(noun):
        match = _LAST_VERB.match(noun)
        if match:
            noun = noun[match.end() :]
    return _TRAILING.sub("", _PLACED.sub("", noun))


def closing_verb(noun: str) -> str:
    """Return the verb that ends a phrase whose noun is still to come (每个乡镇至少建设), or an empty string."""
    return next((noun[-size:] for size in (4, 3, 2) if len(noun) >= size and noun[-size:] in ACTING), "")


def _change_in(noun: str) -> Change | None:
    if noun.endswith(FALLING):
        return "decrease"
    return "increase" if noun.endswith(RISING) else None


def split_nouns(noun: str, wanted: int) -> list[str] | None:
    """Return the `wanted` names that one phrase coordinates (城乡居民收入, A、B浓度), or None where it does not."""
    pieces = [piece for piece in _AND.split(noun) if piece]
    if len(pieces) == wanted:
        return _shared(pieces)
    if wanted == 2:
        for both, (first, second) in _PAIRS.items():
            if both in noun:
                return [noun.replace(both, first, 1), noun.replace(both, second, 1)]
    return _by_commas(noun, wanted)


def _by_commas(noun: str, wanted: int) -> list[str] | None:
    """Where 和 stands inside a name (电力、热力和燃气业), the 、 alone may count right."""
    pieces = [piece for piece in noun.split("、") if piece]
    return _shared(pieces) if len(pieces) == wanted > 1 else None


def measured_nouns(noun: str) -> list[str]:
    """Return the names that share one rate (主营业务收入、利税): all but the last must be measures by themselves."""
    pieces = [piece for piece in noun.split("、") if piece]
    if len(pieces) == 1:
        pieces = [piece for piece in re.split(r"和(?![谐美平])|以及|与", noun) if piece]
        if len(pieces) != 2:
            return [noun]
    return _shared(pieces) if all(MEASURED.search(piece) for piece in pieces) else [noun]


def _shared(pieces: list[str]) -> list[str]:
    """Give every name the end that only the last one prints (PM2.5、PM10浓度), and the start only the first prints."""
    last = pieces[-1]
    level = _LEVEL.match(last)
    if level and all(_LEVEL.fullmatch(piece) for piece in pieces[:-1]):  # 国家级、省级企业
        return [*(piece + last[level.end() :] for piece in pieces[:-1]), last]
    tail = next((end for end in TAILS if last.endswith(end) and last != end), "") or _rate_at_end(last)
    named = [
        piece
        if not tail or piece is last or (MEASURED.search(piece) and not _wants(piece, tail))
        else _ended(piece, tail)
        for piece in pieces
    ]
    first = re.match(r"(?:万元|单位|吨|人均|规模以上|规上)(?:GDP|地区生产总值|生产总值|工业增加值|工业)?", named[0])
    if first and first.end() < len(named[0]):
        named = [
            named[0],
            *(first.group() + name if not name.startswith(first.group()) else name for name in named[1:]),
        ]
    return named


def _ended(piece: str, tail: str) -> str:
    """Put an end to a name; what both have is said once (城镇居民 and 居民收入)."""
    shared = next((size for size in (4, 3, 2) if piece.endswith(tail[:size])), 0)
    return piece + tail[shared:]


def _rate_at_end(name: str) -> str:
    """The rate or count that ends a name and is no tail of its own (建成率, 吞吐量), where a thing stands before it."""
    match = _RATE.search(name)
    return match.group() if match else ""


def _wants(piece: str, tail: str) -> bool:
    """A name of a substance or a consumption still wants the rate at the end (能耗、水耗下降率)."""
    if re.search(r"PM[\d.]+$|需氧量$|氨氮$", piece):
        return True
    return tail.endswith(("下降率", "增长率", "增速", "增幅", "占比", "比重")) and not piece.endswith(
        ("率", "速", "幅", "比", "重")
    )
