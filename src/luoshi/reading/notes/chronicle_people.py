"""Who a chronicle names: a name after a post, the names that follow it in the list, lists that take part in something.

Precision comes first: a stretch counts as a name only with a known surname before it and a word behind it that cannot
belong to a name.
"""

import re
from typing import Final

from luoshi.standards.person_names import is_person, surname_length

_TITLE: Final = re.compile(
    r"(?:书记|主任委员|主任|主席(?![台团])|常委|委员|[总省市县区州厅局部司处院校会队行社台署组团园所馆站村镇乡事书察理谋科参务工监]长|"
    r"总经理|总裁|总监|总工程师|总工|总规划师|总经济师|总会计师|经理|巡视员|调研员|参事|政委|政治委员|司令员|司令|大使|总领事|领事|"
    r"主编|总编辑|编辑|专员|特派员|院士|教授|研究员|代表|会长|理事|督学|负责人|市领导|省领导|县领导|区领导|领导|同志|先生|女士|委员长|总理)"
)
_NEXT: Final = re.compile(
    r"[、,。;:()!?”\"]|$|等|主持|出席|参加|参与|陪同|随同|带领|带队|带|率|来|到|赴|在|会见|会谈|讲话|致辞|致|代表|作|做|向|分别|对|就|和|及|与|"
    r"以及|为|同志|一行|调研|检查|走访|慰问|看望|接见|接待|应邀|介绍|汇报|宣布|宣读|传达|通报|强调|指出|要求|表示|听取|实地|深入|先后|并|"
    r"考察|督导|督查|督办|主讲|发言|点评|签|揭|启|见证|列席|召集|召开|组织|当选|任|被|从|于|也|还|均|共同|一同|一起|先生|女士|市长|书记|"
    r"省长|县长|区长|副|的|受|视频|通过|以|前往|莅临|视察|巡|座谈|约|会商|研究|部署|安排|进行|专题|现场|下|批示|授|颁|领|围绕|结合|全程|"
    r"回答|接受|会|集体|观看|收听|收看|拜访|访问|洽谈|推介|解读|辅导|授课|宣讲|开展|说|谈|随|参观|察看|查看|夜访|暗访|抵|离|途经|开工|剪彩|"
    r"专程|亲临|亲自|详细|认真|逐一|再次|首次|还|同|陈述|述职|回访|总结|接连|继续|陆续|专门|带头|分头|连夜|冒雨|上午|下午|当|前排|提出|审议|担任|兼任|所|将|已"
)
_ACTS: Final = re.compile(
    r"(?:等[^,。;]{0,12})?(?:分别|一同|共同|一起|应邀|同志)?(?:出席|参加|参与|陪同|列席|主持|讲话|致辞|见证|收听|收看|接待|当选|在主席台|"
    r"在[^,。;]{1,14}(?:出席|参加|收听|收看|会场)|作|会见|到|分别|对|就|随|为|调研|看望|慰问|走访|检查|观看|带领|带队|率)"
)
_LEADER: Final = re.compile(
    r"(?:同志|书记|市长|省长|县长|区长|州长|主席|部长|主任|秘书长)?(?:主持|出席|应邀|讲话|致辞|当选|强调|指出|代表|陪同|带领|率|作|参加|"
    r"会见|调研|到[^,。]{2,}(?:调研|检查|走访|慰问)|看望|带队|安排)"
)
_BEGIN: Final = re.compile(r"(?:^|(?<=[,。;:“]))(?:市领导|省领导|县领导|区领导|领导|同志们)?")
_FOREIGN: Final = re.compile(r"[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,8})+")
_MOST: Final = 200


def find_people(folded: str) -> tuple[str, ...]:
    """Return the persons that an entry names, each once, in order; titles and lists of them stay out."""
    found: dict[str, int] = {}
    for title in _TITLE.finditer(folded):
        _take_list(folded, title.end(), found)
    for begin in _BEGIN.finditer(folded):
        _take_at_begin(folded, begin.end(), found)
        if len(found) >= _MOST:
            break
    return tuple(sorted(found, key=lambda name: found[name]))


def _take_list(folded: str, start: int, found: dict[str, int]) -> None:
    """Take the name after a post and the names after it in the same list."""
    name = _name_at(folded, start)
    while name:
        found.setdefault(name, start)
        start += len(name) + 1
        name = _name_at(folded, start) if folded[start - 1 : start] == "、" else ""


def _take_at_begin(folded: str, start: int, found: dict[str, int]) -> None:
    """Take names without a post at the beginning of a clause: a list that takes part, or one who presides."""
    places: list[tuple[int, str]] = []
    index = start
    while name := _name_at(folded, index):
        places.append((index, name))
        index += len(name)
        if folded[index : index + 1] != "、":
            break
        index += 1
    whole = folded[index - 1 : index] != "、"
    if (len(places) > 1 and whole and _ACTS.match(folded, index)) or (
        len(places) == 1 and _LEADER.match(folded, index)
    ):
        for place, name in places:
            found.setdefault(name, place)


def _name_at(folded: str, start: int) -> str:
    """Return the name that begins at an index, "" for none; the longer one where both could end there."""
    foreign = _FOREIGN.match(folded, start, start + 24) if "·" in folded[start : start + 9] else None
    if foreign:
        return _cut_foreign(foreign.group())
    own = surname_length(folded[start : start + 2])
    if own == 0:
        return ""
    for given in (2, 1):
        end = start + own + given
        name = folded[start:end]
        if len(name) == own + given and is_person(name) and _NEXT.match(folded, end) and not _runs_on(name, given):
            return name
    return ""


def _runs_on(name: str, given: int) -> bool:
    """王刚在 + 主席台 and 张来到 + 我市: the third character is a word of the sentence."""
    return given == 2 and name[-1] in "在到率作向对就及与并被赴主出参陪会讲致带同应分听"


def _cut_foreign(words: str) -> str:
    """A foreign name runs on into the sentence; it ends before the first word that cannot belong to it."""
    last = words.rfind("·")
    for end in range(last + 2, len(words)):
        if _NEXT.match(words, end):
            return words[:end]
    return words
