"""The words of sentences that appoint or remove, as patterns over text in half width without white space."""

import re
from collections.abc import Iterator
from typing import Final

NAME: Final = r"(?:[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,8})+|[\u4e00-\u9fff]{2,4})(?:[(][^()]{1,12}[)])?"
NAMES: Final = rf"(?P<names>{NAME}(?:[、,]{NAME}){{0,60}}(?:[和与及]{NAME})?)"
POLITE: Final = (
    r"(?:等[一二三四五六七八九十\d]{0,3}(?:名|位)?|[一二三四五六七八九十两\d]{1,3}[名位])?(?:同志|先生|女士)?(?:等)?"
)
LABEL: Final = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.]|[(][一二三四五六七八九十\d]{1,3}[)]|\d{1,3}[.、](?!\d)|[①-⑳])"
)
UP: Final = r"任命|聘任|续聘|委任|委派|选派|提名|推荐|补选|选举|聘请|聘用|晋升"
DOWN: Final = r"免去|免除|解聘|撤销|罢免|解除"
OBJECT: Final = r"(?:下列|以下|如下)?(?:同志|人员|干部|工作人员)?(?:的?(?:行政)?职务)?(?:名单)?(?:如下)?"
HEADING: Final = re.compile(rf"(?:(?P<up>{UP}|任职)|(?P<down>{DOWN}|免职)){OBJECT}:")
BARE_HEADING: Final = re.compile(
    rf"(?:(?:经|现|市|县|区)[^,:]{{0,30}})?(?:决定|同意|批准|拟)?(?:(?P<up>{UP}|任职)|(?P<down>{DOWN}|免职)){OBJECT}$"
)
PREAMBLE: Final = re.compile(r"(?:决定|如下|研究|同意|批准|通知)(?:如下)?:")
VERB_UP: Final = re.compile(rf"(?P<verb>{UP})(?=[\u4e00-\u9fff]{{2}})(?!为)")
VERB_DOWN: Final = re.compile(rf"(?P<verb>{DOWN})(?=[\u4e00-\u9fff]{{2}})")
SLIP: Final = re.compile(rf"(?P<names>(?:{NAME}、)*[\u4e00-\u9fff]{{2,3}})作为(?P<post>.+)")
APPOINT: Final = re.compile(
    rf"{NAMES}{POLITE}(?P<verb>被(?:任命|聘任|选举|选|推选)为|当选为|选为|为|继续担任|担任|兼任|挂任|挂职担任|挂职任|挂职为|代理|(?<![兼担])任)(?P<post>[^为].+)"
)
TAKES: Final = re.compile(rf"任{NAMES}{POLITE}(?P<verb>为)(?P<post>.+)")
HIS: Final = re.compile(r"(?:其|本人)(?:所?(?:担任|兼任|任)的?|原任的?|的)?(?P<post>.+)")
FORMER: Final = re.compile(r"(?:原任|所任|原担任|所担任|担任)的?(?=[\u4e00-\u9fff]{3})")
LAPSE: Final = re.compile(
    r"(?P<words>.+?)职务(?:[随因由][^,]{1,20})?(?:自然|自行|自动|随之|相应|即行)(?:免除|免去|免职|消失|解除|终止)(?P<tail>.*)"
)
LAPSE_VERB: Final = re.compile(r"(?:自然|自行)(?:免除|免去)(?P<words>.+?)职务(?P<tail>.*)")
OWN_LAPSE: Final = re.compile(
    r"其?(?:所任|担任的?|原任|原有|原|现任)?的?(?:其他)?职务(?:自然|自行|自动|随之|相应)(?:免除|免去)"
)
REMOVED: Final = re.compile(r"(?P<words>.+?)(?:职务|职级|职位|一职|之职)(?P<tail>.*)")
BECOMES: Final = re.compile(r"(?:按期转正)?(?:(?:正式)?(?:任命|聘任)为|正式(?:担任|任(?!命))|现?担任)(?P<post>.+)")
THEN_TAKES: Final = re.compile(r"(?:同时|并|改|转|调|另|现|保留)?任(?![命职期免])(?P<post>.+)")
NOMINATED: Final = re.compile(r"(?:提名|推荐|建议)为(?P<post>.+)")
PUT_OFF: Final = re.compile(
    r"(?P<words>.+?)(?:职务|职级|职位),?(?P<why>[^,]{0,24}?)(?:予以|依法|相应)(?:免[去除]|撤销|解除)$"
)
OFFICE_FIRST: Final = re.compile(r"(?P<post>.{4,40}[长任记师员席事])(?P<names>[\u4e00-\u9fff]{2,4})同志的?")
BEFORE_VERB: Final = re.compile(rf"{NAMES}{POLITE}(?:被|依法|应当?予以)*$")
NEXT_REMOVED: Final = re.compile(rf"(?<=职务)[、和](?={NAME}(?:同志|的))")
CARRIED: Final = re.compile(rf"{NAMES}{POLITE}的(?P<post>[^,]+?)职务")
RESPECT: Final = re.compile(r"(?:等|同志|先生|女士|[一二三四五六七八九十两\d]{1,3}[名位])+$")
ASKS: Final = re.compile("(?:分别|主动|自愿|提出|请求)+$")
NEXT_TAKES: Final = re.compile(rf"(?<=[长任记员师席事])[、和](?={NAME}同志(?:为|任))")
ANY_LEAD: Final = re.compile(rf":(?=(?:决定|同意)?(?:{UP}|{DOWN})|{NAME}同志)")
AN_OFFICE: Final = re.compile(r"(?:政府|委员会|党委|常委会|办公[室厅]|[局部厅])$")
COLON: Final = re.compile(r"(?P<left>[^:]{2,40}):(?P<right>[^:]{2,40})")
NO_LONGER: Final = re.compile(
    rf"(?:{NAMES}{POLITE}|其|同时|并)?(?:因[^,]{{1,12}}?)?不再(?:担任|兼任|挂任|任)(?P<post>.+?)(?:职务|一职)?(?P<tail>[(].*)?"
)
RESIGNED: Final = re.compile(
    rf"{NAMES}{POLITE}(?:(?:因|由于)[^,]{{1,16}}?)?(?:分别|主动|自愿|提出|请求)*辞去(?P<post>.+?)(?:职务|一职|(?=的辞[呈职]|的请求))(?P<tail>.*)"
)
NAMES_OF: Final = re.compile(rf"{NAMES}{POLITE}的(?P<post>.+)")
NAMES_POLITE: Final = re.compile(rf"{NAMES}(?:同志|先生|女士)(?P<post>.+)")
ONLY_NAMES: Final = re.compile(
    rf"{NAMES}{POLITE}(?P<why>(?:试用期满|因[^,]{{1,16}}|由于[^,]{{1,16}}|(?:办理|到龄|提前)?退休|工作调动|调离|辞职|另有任用)[^,]*)?$"
)
ALL: Final = re.compile(r"(?:以上|上述|前述|新任(?:命|职)?|所任)[^,]{0,14}?(?P<note>(?:试用期|任期|聘期|任职|均).+)")
SOME: Final = re.compile(rf"(?:其中)?:?{NAMES}{POLITE}(?:的)?(?P<note>(?:任职)?试用期(?!满).+)")
NOTE: Final = re.compile(
    r"(?:并|同时)?(?:任职)?(?:试用期(?!满)|聘期|任期|任职时间|保留|享受|办理退休|退休|到龄|另有任用|调离|职级|级别|待遇|仍?按|正[县处科厅局]级|"
    r"副[县处科厅局]级|时间|期限|继续|挂职|列|不驻会|工资|其[^,]{0,8}(?:不变|待遇))"
)
BRACKET_NOTE: Final = re.compile(
    r"试用|挂职|保留|待遇|^列|位$|级$|级别|享受|任期|聘期|代理|主持|时间|[至到]\d|期限|\d年|不变|退休|调离|^兼|^女|族|继续|任职|援|"
    r"选派|辞|届满|增补|提名|驻会|专职|[前后]$"
)
TAIL: Final = re.compile(r"(?P<rest>.*)[(](?P<note>[^()]*)[)]?$")
PERSON_NOTE: Final = re.compile(r"[(]([^()]*)[)]")
PLACE: Final = re.compile(r"(?:中共)?([\u4e00-\u9fff]{2,6}?(?:市|县|区|州|省|旗|盟))")
NOT_PERSON: Final = re.compile(
    r"任命|聘任|正式|选举|人民|政府|会议|决定|研究|常务|本[市县区]|以上|上述|下列|同志|有关|单位|职务|因"
)
VERB_NOTES: Final = {
    "兼任": "兼任",
    "挂任": "挂职",
    "挂职任": "挂职",
    "挂职为": "挂职",
    "挂职担任": "挂职",
    "代理": "代理",
    "提名": "提名",
    "推荐": "提名",
}
EMBEDDED: Final = re.compile(r"(?<=[长任记师员理事席])(?=(?P<name>[\u4e00-\u9fff]{2,3})(?:同志)?(?:为|的))")
GOES_ON: Final = re.compile(r"(?:因|由于)[^,。;]{1,20}(?:予以|自然|相应|随之|自行)(?:免|撤|解)|予以免")
LONGEST: Final = 400
LONGEST_OF_ALL: Final = 3_000


def split_clauses(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches between commas outside brackets."""
    depth, first = 0, start
    for index in range(start, end):
        char = folded[index]
        if char == "(":
            depth += 1
        elif char == ")":
            depth = max(0, depth - 1)
        elif char == "," and depth == 0 and not GOES_ON.match(folded, index + 1, end):
            yield first, index
            first = index + 1
    yield first, end
