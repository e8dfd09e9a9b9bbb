"""What the name of a person looks like: a surname and one or two more characters, or parts joined by ·."""

import re
from typing import Final

SURNAMES: Final = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟"
    "汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严"
    "牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查"
    "屈鲍覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解柴华车冉房边辜吉饶刁瞿戚丘古池滕晋苑邬臧畅宫苟褚廉简娄盖符奚木穆党燕郎邸"
    "冀姬屠连郜晏栾郁商蒙喻揭窦迟敖糜鄢冷卓花仇艾蓝巩稽井练仲虞卞封竺冼官衣楚佟栗匡宗台巫鞠桑荆银沙岑习胥缪闫肖付逯佘"
    "邝冮巨布戈扈承敬昌昝暴权束柔檀满潭牧生由矫禄禹种秋竹粘綦缑羿荀莘菅蒲蔚蔺虎蒯邴郄郗鄂酒鉴锁镡阚雍青靖频骆麦麻尚勾"
    "荣亓仝厉咸钮雒晁步丰皮占晋戎支那卿尉贲於郁隆师妥买哈伊区农冶"
    "幸訾连来初朴粟明米谌战鹿逄公应"
)
COMPOUND: Final = frozenset(
    re.findall(
        "..",
        "欧阳太史端木上官司马东方独孤南宫夏侯诸葛尉迟皇甫公孙慕容长孙宇文司徒轩辕令狐司空呼延申屠澹台公冶宗政濮阳淳于单于"
        "公羊赫连闻人百里东郭南门钟离西门拓跋",
    )
)
# Words that begin with a surname but are no name where a name could stand.
_WORDS: Final = re.compile(
    r"应(?:邀|急|对|用|当)|任(?:命|职|务|免|期)|党(?:组|委|工|建|员|内|外|史)|常(?:委|务|态|住)|"
    r"成(?:员|立|果|功|效)|安(?:全|排|徽|置)|金(?:融)|卫(?:生|健)|文(?:化|旅|明|件)|方(?:面|案|式)|石油|"
    r"温暖|高(?:度|新|校|质|温|速|标)|陈述|于(?:近|今|本|当|同|上|下|昨|去|年|会|此)|"
    r"向(?:大|全|社|市|群|他|获|与|省|党|各)|时任|万(?:人|元|亩|吨)|江(?:苏|西)|关(?:于|心|注|爱)|"
    r"马(?:上)|包(?:括|含|保)|连(?:线|续|夜|日|年|同)|管(?:理|委)|路(?:演|线)|单位|解(?:决|读)|"
    r"商(?:务|会|贸|讨|谈)|鲁(?:西|南|中)|宁夏|华(?:北|东|南|中)|周(?:边|年|围|密)|农(?:业|村|民)|曲阜|"
    r"封闭|通(?:过|报)|房(?:地|产)|范围|简(?:报|要)|车(?:间|辆)|边(?:远|境)|古(?:城|镇)|白(?:天)|"
    r"谈(?:话|判)|易地|景区|海(?:关|外)|水利|双方|平安|代表|相关|区委|原任|明确|利用|台(?:湾|商|胞)|麦(?:收|播)|"
    r"官(?:员)|支(?:部|持|队|行)|丰富|晋(?:升|级)|师(?:生|资|德)|步(?:伐|入)|占(?:比|地|用)|隆重|那(?:么|里)|区(?:委|县|政|域|直|人)|符合|谷物|米"
)
_NAME: Final = re.compile(r"[\u4e00-\u9fff]{2,4}$|[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,8})+$")
_PAIR: Final = re.compile(r"([\u4e00-\u9fff])[ \u3000]+([\u4e00-\u9fff])")
_SPACED: Final = re.compile(rf"(?:{_PAIR.pattern}){{2,6}}")
_NOT_GIVEN: Final = re.compile(r"[市省县区镇乡局委厅院会部队等同的了和与及]$")


def people_in_a_row(text: str) -> list[str]:
    """Return the people whose names, of two characters with a blank between, follow each other: 陆 明俞 悦."""
    if not _SPACED.fullmatch(text):
        return []
    people = ["".join(pair) for pair in _PAIR.findall(text)]
    return people if all(map(is_person, people)) else []


def could_be_person(text: str) -> bool:
    """Tell whether a stretch has the length of a name; its surname does not matter."""
    return _NAME.match(text) is not None


def surname_length(text: str) -> int:
    """Return how many characters of the surname a text begins with, 0 for none."""
    if text[:2] in COMPOUND:
        return 2
    return 1 if text[:1] in SURNAMES else 0


def is_person(text: str) -> bool:
    """Tell whether a stretch is surely built like a name: a known surname, one or two characters, no common word."""
    if "·" in text:
        return _NAME.match(text) is not None
    own = surname_length(text)
    given = text[own:]
    return own > 0 and 1 <= len(given) <= 2 and could_be_person(text) and not _is_word(text, given)


def _is_word(text: str, given: str) -> bool:
    return _WORDS.match(text) is not None or _NOT_GIVEN.search(given) is not None
