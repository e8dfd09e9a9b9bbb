"""What a sentence of a rule lays down: reads a stretch of the folded view; says whether there is a duty in it at all.

Definitions (…是指…), penalties (…的，责令改正), refusals (逾期未补正的，…不予) and honours (成绩显著的，给予表彰)
lay down nothing that a unit could be asked about. A rule that begins like an exhortation (应当加强…领导) does where
something concrete follows (将其纳入规划), or where one unit is told to do what can be seen (加强监督检查).
"""

import re
from typing import Final

from luoshi.reading.responsibilities.fields import pieces

_DEFINES: Final = re.compile(r"[^。;]{0,90}?(?:所称|以下简称)[^。;]{0,60}?是指")
_HONOURS: Final = re.compile(r"(?:成绩|贡献|事迹|成效|表现)[^,。;]{0,24},?[^,。;]{0,16}(?:表彰|表扬|奖励)")
_BINDING: Final = re.compile(r"具有[^,。;]{0,6}(?:约束力|效力)[,。;]")
_CONDITION: Final = re.compile(r"[^。;]{2,160}?的[,:]")
_PUNISHES: Final = re.compile(
    r"责令|进行处理|依法处理|罚款|处分|处罚|追究[^,。;]{0,20}责任|不予|撤销|取消[^,。;]{0,12}资格|(?:收回|追回|退回)[^,。;]{0,16}(?:资金|补贴|款)"
)
_EMPTY: Final = re.compile(
    r"(?:(?:分工|各司其职|共同|协同)?,?(?:共同)?做好(?:相关|有关|各项)工作|各司其职|遵守|服从|具有|具备|符合|避免|防止|不得|高度|重视|提高认识|统一思想|树立|坚持|始终|自觉|发挥|各自"
    r"|(?:认真|切实|严格|依法)?(?:履行|落实)[^,。;]{0,10}(?:职责|责任)[,。;])"
)
_CONCRETE: Final = re.compile(
    r"检查|巡查|抽查|监测|监督|培训|执法|登记|统计|报告|指导|宣传|演练|公开|优先|共享|衔接|对接|协调"
)
_VAGUE_RULE: Final = re.compile(
    r"(?:加强|强化|加快|加大|提高|高度|切实|严格|充分|增强|认真|积极|进一步|坚持|树立|牢固|深入|主动|大力|不断|持续|全面|自觉|重视|紧密|密切|各司其职|履行"
    r"|确保|保障|保证|做好|营造|发挥|统一|明确责任|优先|支持|鼓励|避免|防止|不得|遵守|服从|具有|具备|符合|为|以|从|努力|形成|促进|提升|维护|在|把|将[^,。;]{0,40}(?:摆|作为))|$"
)


def lays_nothing_down(folded: str, start: int, end: int) -> bool:
    """Whether a sentence defines, punishes or honours."""
    if _DEFINES.match(folded, start, end) or _BINDING.search(folded, start, end):
        return True
    honours = _HONOURS.search(folded, start, end)
    if honours is not None and "," not in folded[start : honours.start()]:
        return True
    condition = _CONDITION.match(folded, start, end)
    return condition is not None and _PUNISHES.search(folded, condition.end(), end) is not None


def lays_down(folded: str, first: int, end: int, *, particular: bool) -> bool:
    """Whether a rule that begins like an exhortation lays something down; `particular` units have a function."""
    if _EMPTY.match(folded, first, end):
        return False
    if particular and _CONCRETE.search(folded, first, end):
        return True
    return any(not _VAGUE_RULE.match(folded, *part) for part in pieces(folded, first, end, cuts=",。;"))
