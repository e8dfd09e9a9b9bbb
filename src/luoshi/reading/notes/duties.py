"""Stage 8, duties: reads what is to be done every so often; writes RFC 5545 rules with their parties.

A duty is a sentence in which something recurs (每季度向市政府报告) and a verb says what. Rates (每人每年640元), trends
(逐年提高), names in quotes (“每月一题”), explanations of terms and conditions of applicants are no duties. Its parties
are the units that are the subject of the sentence and those that do it with them, else those that lead or answer for
the task it stands in.
"""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from typing import Final

from luoshi.reading.findings import Duty
from luoshi.reading.model import Party, Span, Task
from luoshi.reading.part_reading import PartReading
from luoshi.reading.responsibilities.names import is_post, is_surely_unit, is_unit, kind_of_name
from luoshi.reading.responsibilities.parties import split_names
from luoshi.reading.times.expression import FoundTime, TimeExpression
from luoshi.reading.times.figures import SMALL, value_of
from luoshi.reading.times.grammar import find_times
from luoshi.reading.view import OPENING, View

_HINT: Final = re.compile(
    r"每|年中[和、及与]年|次月|下半年各|[逐按隔][年季月周旬日半]|[一二两半]年|一(?:季|月|周)|[双单]月|季度|[季月周旬日](?=度?(?:调|通|例|会|研"
    r"|点|推|督|考|评|讲|监|报))"
)
_STOP: Final = re.compile(r"[。;!?]")
_VERB: Final = re.compile(
    r"报告|报送|上报|汇报|通报|公告|公布|公开|公示|发布|监测|检测|抽检|检验|巡[河湖林田山护线路逻]|检查|督查|督导|督办|巡查|巡察|巡检"
    r"|调度|例会|召开|会商|研判|"
    r"评估|评价|评议|评选|评比|测评|考核|考评|开展|组织|举办|举行|实施|安排|审计|清查|核查|核对|核实|更新|调整"
    r"|汇总|统计|分析|总结|述职|培训|"
    r"演练|走访|制定|编制|修订|提交|提供|清理|抽查|盘点|对账|发放|拨付|下达|备案|轮换|体检|谈话|听取|推送|曝光"
    r"|晾晒|点评|讲评|排名|梳理|推进|"
    r"报[市县区省州国]|报[^,。;]{0,24}?(?:局|委|办|厅|部|政府|中心|备案|审)|交流|宣传|编发|编印|刊发|印发|清零"
    r"|回访|座谈|接访|约谈|表彰|奖励|巡诊|维护|保养|排查|整治|复核|审核|"
    r"复查|学习|研究|选派|选树|培育|认定|遴选|征集|普查|调查|清洗|消毒|治理|轮训|建成|新建|改造|完成|推出|解决"
    r"|划拨|列支|进行|播出|播放|刊登|出版|巡讲|巡演|活动(?=[不至]少|[0-9一二两三四五六]+次)"
)
_NO_DUTY: Final = re.compile(
    r"的(?!最后|第|首|末|[一二三四五六七八九十0-9])|只能|可(?:享受|申请|获)|最高|最多|不超过|享受"
    r"|[^,。;]{0,12}?(?:因素|标准)[、的]|[^,。;]{0,8}?不[少低]于[一二两三四五六七八九十0-9.]+个?(?:小时|分钟|学时|天)"
)
_MODAL: Final = re.compile(r"(?:应当|应该|必须|务必|须|要|需|应|负责|务)(?:于|在)?$")
_MODAL_AFTER: Final = re.compile(r"(?:都|均|各|至少)?(?:应当|应该|必须|应(?![急届邀聘])|须(?!知))(?!缴|交纳|收取|不)")
_HOW_OFTEN: Final = re.compile(r"(?:至少|不得?少于|不低于|原则上|各|为)*(?:[0-9]{1,2}|[一二两三四五六])次(?:以上)?$|$")
_GIVEN: Final = re.compile(r"(?:享受|享有|领取|获得|给予|提供|(?<![周时])期(?:限|间)?为|[日月节]为)$")
_QUOTED: Final = re.compile(r"[“\"][^“”\"]{0,6}$")
_KEPT_QUOTE: Final = re.compile(r"(?:建立|健全|完善|实行|落实|执行|坚持|推行|实施|严格)[^,。;“]{0,8}$")
_YEAR_BEFORE: Final = re.compile(r"[0-9]年$")
_CLAUSE: Final = re.compile(r"[^,:。;]+")
_SUBJECT_START: Final = re.compile("(?:并?由|请)?")
_AFTER_SUBJECT: Final = re.compile(
    r"应|汛期|主动|积极|(?<![主必需])要(?![求闻素点])|须|需|必须|务必|负责(?!人)|将|于|在|至少|每|按|逐|原则|定期"
    r"|统一|具体|共同|[半一]年|年中|隔[年月周日]|[单双]月|次月|[上下](?:、下)?半年"
    r"|牵头|对(?!外)|向|组织(?!部)|依据|根据|依法|抓好|做好|落实|加强|汇总|"
    r"及时|切实|认真|会同|结合|可|一?[周月季年](?!度|报)"
)
_TOGETHER: Final = re.compile(r"会同|会商(?=[市县区省])|联合(?=[市县区省])")
_DEFINES: Final = re.compile(r"[^,。;]{0,30}?(?:[:,]|是)指(?![导挥定标示引])")
_NOT_SUBJECT: Final = re.compile(
    r"^(?:以|会同|联合|请|对|为|按|从|将|把|在|于|经|通过|根据|依据|原则|同时|并|其中|加强|建立|健全|完善|配合|做好|强化"
    r"|指导|督促|本(?![市省县区州旗])|我)"
)
_SUBJECT_GROUP: Final = re.compile(
    r"(?:部门|单位|机构|企业|学校|医院|县|市|区|乡|镇|街道|责任人|负责人|园区|平台|小组|专班|田长|河长|林长|路长"
    r"|组长|媒体|代理人|经营者|管理者|使用者|持有人|所有权人|业主|协会|商会)(?:[(][^()]{1,12}[)])?$"
)
_MONTH_AFTER: Final = re.compile("(?<!每月)次月(?P<day>[0-9]{1,2})日之?前")
_MONTHLY: Final = re.compile("上月|当月|本月|月报|月度|报表")
_EACH_YEAR: Final = re.compile(r"FREQ=YEARLY;BYMONTH=[0-9]{1,2}(?:;|$)")
_IN_MONTH: Final = re.compile(rf"(?<=[,于在])(?P<month>{SMALL})月(?:(?P<day>{SMALL})[日号]|份?底|末)之?(?:以?前|内)")
_LEAP_YEAR: Final = 2024
_LONGEST_SENTENCE: Final = 1_000
_LONGEST_SUBJECT: Final = 60


def find_duties(part: PartReading) -> list[Duty]:
    """Return the recurring duties of a part in order of print, each rule of a sentence once."""
    duties: list[Duty] = []
    for first, last in _sentences(part):
        if not _HINT.search(part.view.folded, first, last) or _DEFINES.match(part.view.folded, first, last):
            continue
        rules: set[str] = set()
        times = find_times(part.view.folded, first, last, part.dating)
        late = _month_after(part.view.folded, first, last)
        for found in [*times, *late, *_later_in_year(part.view.folded, times, last)]:
            rule = found.expression.rrule
            if rule is not None and rule not in rules and _is_duty(part.view.folded, found, first, last):
                rules.add(rule)
                duties.append(_duty(part, found, rule, first, last))
    return duties


def _month_after(folded: str, first: int, last: int) -> Iterator[FoundTime]:
    """Find what is due in the month after each (次月10日前报送上月报表), where the sentence says it is monthly."""
    if _MONTHLY.search(folded, first, last):
        for match in _MONTH_AFTER.finditer(folded, first, last):
            rule = f"FREQ=MONTHLY;BYMONTHDAY={match['day']}"
            if 1 <= int(match["day"]) <= 28:
                yield FoundTime(match.start(), match.end(), TimeExpression("", "recurring", rrule=rule, limit=True))


def _later_in_year(folded: str, times: Sequence[FoundTime], last: int) -> Iterator[FoundTime]:
    """Find the next steps of what is due on a day of each year (每年3月底前报送…,于5月底前公布)."""
    begun = next((time.last for time in times if _EACH_YEAR.match(time.expression.rrule or "")), last)
    for match in _IN_MONTH.finditer(folded, begun, last):
        month, day = value_of(match["month"]) or 0, value_of(match["day"]) if match["day"] else -1
        if 1 <= month <= 12 and day is not None and day <= monthrange(_LEAP_YEAR, month)[1]:
            rule = f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}"
            yield FoundTime(match.start(), match.end(), TimeExpression("", "recurring", rrule=rule, limit=True))


def _duty(part: PartReading, found: FoundTime, rule: str, first: int, last: int) -> Duty:
    span = part.view.span(first, last)
    task = _task_at(part.tasks, span)
    parties = _subject(part.view, first, found.first) or (_answering(task) if task else ())
    return Duty(part.view.plain[first:last], rule, span, parties, task.id if task else None)


def _sentences(part: PartReading) -> Iterator[tuple[int, int]]:
    """Yield sentences as stretches of the view; none runs over a number, a clause of units or a break of the part."""
    view = part.view
    cuts = {view.index_of(place) for item in part.items for place in (item.label.start, item.own.start)}
    cuts |= set(_ends_of_headings(part))
    cuts |= {view.index_of(task.text_span.start) for task in part.tasks}  # the number of a row is in its line
    for task in part.tasks:
        first, last = view.index_of(task.clause_span.start), view.index_of(task.clause_span.end)
        if first < last and (view.folded[first] in OPENING or ":" in view.folded[first:last]):
            cuts |= {first, last}
    for start, end in _runs(part):
        inner = sorted(cut for cut in cuts if start < cut < end)
        for first, last in zip([start, *inner], [*inner, end], strict=True):
            yield from _split(view.folded, first, last)


def _ends_of_headings(part: PartReading) -> Iterator[int]:
    """Yield where a heading ends that no full stop separates from the words below it."""
    for item, provision in zip(part.items, part.provisions, strict=True):
        heading = provision.heading
        first = part.view.index_of(item.own.start)
        if heading and part.view.plain.startswith(heading, first):
            yield first + len(heading)


def _runs(part: PartReading) -> list[tuple[int, int]]:
    """Return stretches of the view that lines of the part fill without a gap."""
    runs: list[tuple[int, int]] = []
    for line in part.lines:
        first, last = part.view.index_of(line.start), part.view.index_of(line.end)
        if runs and runs[-1][1] == first and line.kind == "text":
            runs[-1] = (runs[-1][0], last)
        elif last > first:
            runs.append((first, last))
    return runs


def _split(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for stop in _STOP.finditer(folded, start, end):
        if stop.start() > first:
            yield first, min(stop.start(), first + _LONGEST_SENTENCE)
        first = stop.end()
    if end > first:
        yield first, min(end, first + _LONGEST_SENTENCE)


def _is_duty(folded: str, found: FoundTime, first: int, last: int) -> bool:
    """Tell whether a recurring expression says what is to be done, not how much or of what kind."""
    before = folded[max(first, found.first - 24) : found.first]
    if _YEAR_BEFORE.search(before) or _GIVEN.search(before) or _NO_DUTY.match(folded, found.last, last):
        return False
    quoted = _QUOTED.search(before)
    if quoted is not None and not _KEPT_QUOTE.search(before, 0, quoted.start()):
        return False
    if _MODAL.search(before) or _VERB.search(folded, found.first, found.last):
        return True
    if _MODAL_AFTER.match(folded, found.last, last) or _says_how_often(folded, found, first, last):
        return True
    return _verb_follows(folded, found.last, last)


def _says_how_often(folded: str, found: FoundTime, first: int, last: int) -> bool:
    """What is done stands before how often it is (开展河湖巡查,每周不少于一次; 河长制考核每年一次)."""
    words = folded[found.first : last]
    if not words.endswith("次") or _HOW_OFTEN.match(folded, found.last, last) is None:
        return False
    before = folded.rfind(",", first, max(first, found.first - 1))
    return _VERB.search(folded, max(first, before), found.first) is not None


def _verb_follows(folded: str, pos: int, last: int) -> bool:
    """Look for the verb in the clause that holds the expression, or in the next where a comma comes at once."""
    stop = folded.find(",", pos, last)
    if 0 <= stop <= pos + 2:
        stop = folded.find(",", stop + 1, last)
    return _VERB.search(folded, pos, last if stop < 0 else stop) is not None


def _subject(view: View, first: int, at: int) -> tuple[Party, ...]:
    """Return the units that are the subject of the clause with the expression, or of one before it, and who join in."""
    joined: tuple[Party, ...] = ()
    clauses = [match.span() for match in _CLAUSE.finditer(view.folded, first, at)]
    for start, stop in reversed(clauses):
        joined = (*_joining(view, start, stop, at), *joined)
        lead = _SUBJECT_START.match(view.folded, start, stop)
        begin = lead.end() if lead else start
        for mark in _AFTER_SUBJECT.finditer(view.folded, begin + 2, min(stop + 2, begin + _LONGEST_SUBJECT)):
            end = min(mark.start(), stop)
            if mark.start() <= at and _is_subject(view.folded[begin:end]):
                return (*split_names(view, begin, end), *joined)
    return joined


def _joining(view: View, start: int, stop: int, at: int) -> tuple[Party, ...]:
    """Return the units that a clause names after 会同: they have the duty together with its subject."""
    joins = _TOGETHER.search(view.folded, start, stop)
    if joins is None:
        return ()
    for mark in _AFTER_SUBJECT.finditer(view.folded, joins.end() + 2, min(stop + 2, joins.end() + _LONGEST_SUBJECT)):
        end = min(mark.start(), stop)
        if mark.start() <= at and _is_subject(view.folded[joins.end() : end]):
            return split_names(view, joins.end(), end)
    return ()


def _is_subject(words: str) -> bool:
    if not 2 <= len(words) <= 60 or _NOT_SUBJECT.match(words):
        return False
    last = re.split("[、及和与]", words)[-1]
    is_named = is_surely_unit(words) or is_post(last) or (words[0] in "市县区省州" and is_unit(last))
    return is_named or bool(_SUBJECT_GROUP.search(words)) or kind_of_name(words, leader=False) == "group"


def _answering(task: Task) -> tuple[Party, ...]:
    return (*task.lead_units, *task.responsible_units, *task.implementing_units)


def _task_at(tasks: Sequence[Task], span: Span) -> Task | None:
    """Return the task that holds a sentence, the smallest where several do."""
    holding = [task for task in tasks if task.span.start <= span.start and span.end <= task.span.end]
    return min(holding, key=lambda task: task.span.end - task.span.start) if holding else None
