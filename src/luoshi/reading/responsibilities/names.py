"""What the name of a unit, a post, a person or a group of units looks like."""

import re
from functools import lru_cache
from typing import Final

from luoshi.reading.model import PartyKind
from luoshi.standards.person_names import is_person

_UNIT_END: Final = re.compile(
    r"(?:局|委|委员会|办|办公室|厅|部|院|中心|公司|集团|政府|党委|支行|分行|银行|队|会|联|协|署|站|所|校|学院|大学|社|台|馆|单位|"
    r"部门|机构|组|专班|指挥部|海关|处|科|室|园|园区|园城|开发区|新区|街道|街办|企业|医院|报社|厂|基地|妇联|关|庭|局机关|"
    r"机关|协作区|示范区|试验区|农场|林场|镇|乡|县|市|区|旗|州|村|社区|军分区|武装部|电网|电力|移动|联通|电信|铁塔|邮政|石化|石油|"
    r"路段|景区|港|渡|段|分局|体|人才办|兵团)(?:[(〔\[][^()〔〕\[\]]{1,20}[)〕\]])?$"
)
_STRONG_END: Final = re.compile(
    r"(?:局|委|委员会|办|办公室|厅|政府|管委会|中心|公司|集团|单位|部门|支行|院|部|会|机关|大学|学院|馆|兵团|办事处|街道办)(?:[(〔\[][^()〔〕\[\]]{1,20}[)〕\]])?$"
)
_SHORT_END: Final = re.compile(
    r"(?:妇联|科协|残联|文联|侨联|作协|商联|科联|红十字会|海关|分行|支队|大队|供销社|检察院|法院|分局|街道|乡镇|集团|公司|学院|大学|医院|"
    r"管委会|园区|新区|开发区|[市县区]委)(?:[(][^()]{1,20}[)])?$"
)
_HALF: Final = re.compile(
    r"^(?:(?:中国)?人民银行|国家.{2,4}总局|国网.{2,6}电力(?:有限)?公司|中国.{2,10}集团(?:有限)?(?:公司)?|[省市县区州]?机关|[省市县区州]人民|.{0,4}直属机关)$"
)
_GROUP: Final = re.compile(
    r"^(?:各|有关|相关|沿线|沿黄|其他|其它|所有|全市|全县|全区|市直|县直|区直|市属|县属|市级|县级|中央|驻)"
    r"|(?:成员单位|各部门|各单位|有关部门|相关部门|有关单位|相关单位|部门单位)$|各(?:县|区|市|镇|乡|街道|部门|单位|科|成员|相关|有关)"
)
_POST: Final = re.compile(
    r"(?:书记|市长|县长|区长|州长|省长|镇长|乡长|主任|局长|厅长|部长|处长|科长|秘书长|常委|主席|会长|组长|委员|总经理|董事长|"
    r"院长|校长|行长|总工程师|负责人|负责同志|领导|同志|党组成员|调研员|巡视员|检察长|政委|支队长|参谋长)(?:[(][^()]{1,12}[)])?$"
)
_WHOLE_POST: Final = re.compile(
    r"(?:[省市州县区旗镇乡]?(?:委|政府)?(?:党组)?(?:常务|第一|代理?|执行|党组)?副?(?:书记|[市县区州省镇乡旗局厅部处科]长|主任|秘书长|主席|主任委员"
    r"|总指挥|指挥长|常委|党组成员|总经理|董事长|院长|校长|行长|检察长)、?){1,3}"
)
_IN_BRACKETS: Final = re.compile(r"(?P<name>[^()]{2,6})[(](?P<post>[^()]{2,24})[)]")
_PERSON: Final = re.compile(r"[\u4e00-\u9fff·]{2,4}$|[\u4e00-\u9fff]{1,8}·[\u4e00-\u9fff·]{1,12}$")
_NAME_CHARS: Final = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbfA-Za-z0-9(){}〔〕\[\]【】·“”\"'《》—-]+$")
_ODD: Final = re.compile(r"[。;:!?,、]|^[)〕\]】]")
_MAX_NAME: Final = 40
_KNOWN: Final = 4096  # a plan names the same units again and again
_SPLIT: Final = re.compile(r"[、,]")
_STOPS: Final = re.compile(r"[、,;。:!?]")
_BRACKETED: Final = re.compile(r"[(][^()]*[)]|〔[^〔〕]*〕|\[[^\[\]]*\]")
_PLACE_NAME: Final = re.compile(r"[\u4e00-\u9fff]{2,4}")
_PLACE_BODY: Final = re.compile(r"[\u4e00-\u9fff]{2,5}(?:县|区|市|旗|镇|乡|街道)(?:人民政府|政府|管委会|党委|办事处)")


@lru_cache(maxsize=_KNOWN)
def is_whole_name(text: str) -> bool:
    """Tell whether a name could be complete here: it ends as units do, or it is a person's."""
    return bool(_UNIT_END.search(text) or _POST.search(text) or _PERSON.match(text) or text.endswith("等"))


@lru_cache(maxsize=_KNOWN)
def is_unit(text: str) -> bool:
    """Tell whether a name ends as the names of units do."""
    return _UNIT_END.search(text) is not None


@lru_cache(maxsize=_KNOWN)
def is_surely_unit(text: str) -> bool:
    """Tell whether a name ends as only the names of units do; no person's name does."""
    return _STRONG_END.search(text) is not None and (
        len(text) > 3 or text[0] in "市县区省" or text[-1] in "局厅部委署" or not _PERSON.match(text)
    )


@lru_cache(maxsize=_KNOWN)
def is_whole_unit(text: str) -> bool:
    """Tell whether a name is surely that of a unit to its last character: 市妇联, but not 市机关 or 市住房城乡."""
    ends = is_surely_unit(text) or (len(text) > 2 and _SHORT_END.search(text) is not None)
    return ends and _HALF.match(text) is None


@lru_cache(maxsize=_KNOWN)
def is_group(text: str) -> bool:
    """Tell whether a name is a term for many, such as 各县(市、区) or 市直有关部门."""
    return _GROUP.search(text) is not None


def begins_with_name(text: str, start: int, end: int, *, sure: bool = True) -> bool:
    """Tell whether a stretch begins with a unit or a group, beyond doubt where `sure`, up to its punctuation."""
    limit = min(end, start + _MAX_NAME)
    stop = _STOPS.search(text, start, limit)
    name = text[start : stop.start() if stop else limit].strip("()〔〕[]【】")
    if not sure:
        return bool(name) and is_unit(name)
    return bool(name) and (is_surely_unit(name) or (is_group(name) and is_unit(name)))


@lru_cache(maxsize=_KNOWN)
def is_post(text: str) -> bool:
    """Tell whether a name is a post such as 市委常委."""
    return _POST.search(text) is not None


@lru_cache(maxsize=_KNOWN)
def person_in_post(text: str) -> str:
    """Return the person of a name that holds the post too (副市长李明, 李明副市长, 李明同志), else nothing."""
    if text.endswith("同志"):
        text = text.removesuffix("同志")
        if is_person(text):
            return text
    bracket = _IN_BRACKETS.fullmatch(text)
    if bracket is not None:
        return bracket["name"] if is_person(bracket["name"]) and is_post(bracket["post"]) else ""
    for size in (3, 2, 4):
        head, tail = text[:-size], text[-size:]
        if head and is_person(tail) and is_post(head):
            return tail
        if is_person(text[:size]) and _WHOLE_POST.fullmatch(text, size):
            return text[:size]
    return ""


def is_leader(text: str) -> bool:
    """Tell whether a stretch is a post, or a person with the post, and no unit."""
    return bool(person_in_post(text)) or (is_post(text) and not is_surely_unit(text))


@lru_cache(maxsize=_KNOWN)
def is_odd(text: str) -> bool:
    """Tell whether a name could not be a name: too long, too short, or with punctuation of a sentence."""
    bare = _BRACKETED.sub("", text).replace("、", "")  # 、 stays in a name only where it was joined
    return not 2 <= len(text) <= _MAX_NAME or bool(_ODD.search(bare)) or not _NAME_CHARS.match(bare)


def is_list_of_names(text: str) -> bool:
    """Tell whether a stretch holds names and nothing else, judged by the ends of its parts."""
    outside = _BRACKETED.sub("", text)
    parts = [part for part in _SPLIT.split(outside) if part]
    if not parts or any(len(part) > _MAX_NAME for part in parts):
        return False
    whole = sum(1 for part in parts if is_whole_name(re.sub(r"等.{0,6}$", "", part)))
    return whole * 2 > len(parts) or (len(parts) == 1 and whole == 1)


def is_sure_list(text: str) -> bool:
    """Tell whether a stretch is beyond doubt a list of units: every part ends as their names do, one as no other."""
    parts = [re.sub(r"等.{0,6}$", "", part) for part in _SPLIT.split(_BRACKETED.sub("", text)) if part]
    if not parts or any(len(part) > _MAX_NAME for part in parts):
        return False
    sure = [is_surely_unit(part) or (is_group(part) and is_unit(part)) for part in parts]
    return any(sure) and all(
        each or is_unit(part) or _shares_end(part, parts[place + 1 :])
        for place, (each, part) in enumerate(zip(sure, parts, strict=True))
    )


def _shares_end(part: str, later: list[str]) -> bool:
    """Tell whether a name lends its end to this one: 冠山、清河、平原县人民政府."""
    if _PLACE_NAME.fullmatch(part) is None:
        return False
    full = next((other for other in later if _PLACE_NAME.fullmatch(other) is None), "")
    return _PLACE_BODY.fullmatch(full) is not None


@lru_cache(maxsize=_KNOWN)
def kind_of_name(text: str, *, leader: bool) -> PartyKind:
    """Return what a name is; in a list of leaders short names are persons unless they end as units do."""
    if leader:
        if person_in_post(text):
            return "person"
        if is_post(text) or _GROUP.search(text):
            return "post"
        return "unit" if is_surely_unit(text) or len(text) > 6 else "person"
    if _GROUP.search(text):
        return "group"
    if is_post(text) and not is_surely_unit(text):
        return "post"
    is_short = len(text) <= 4 and not text.startswith(("市", "县", "区", "省", "州", "团", "国"))
    return "person" if is_short and not is_unit(text) and _PERSON.match(text) else "unit"
