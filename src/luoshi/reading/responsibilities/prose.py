"""Sentences that say who does what: reads a stretch of the view; writes the units that are their subject.

A sentence counts where a list of public bodies (units, groups of them, a post such as 田长) stands at the head
of one of its parts, or after 由, and a word of duty follows at once: 负责, 牵头, 应当, 要, 会同, 于…前. Sentences
that only exhort (要高度重视, 应当加强…) count where they set a time limit; permissions (可), prohibitions (不得),
explanations (负责解释) and what citizens and firms have to do never count. Precision goes before recall: whatever
is found here is in doubt.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from luoshi.reading.responsibilities.bodies import BODY, is_list_of_bodies
from luoshi.reading.responsibilities.fields import Field, pieces
from luoshi.reading.responsibilities.substance import lays_down, lays_nothing_down
from luoshi.reading.view import View

__all__ = ["Saying", "find_sayings", "heads", "is_list_of_bodies"]

_SHORTEST: Final = 6
_LONGEST: Final = 3_000  # whatever runs on further without a full stop is no sentence
_SENTENCE_END: Final = re.compile(r"[。;!?]")
_NEXT_SECTION: Final = re.compile(r"。[一二三四五六七八九十]{1,2}、")
_OWN_DUTY: Final = re.compile(r"(?:主要|具体|统一)?(?:负责|牵头|承担|组织|做好|指导|协助|配合)")
_LONGEST_NAMED: Final = 60
_STRONG: Final = (
    r"对[^,。;]{2,40}?(?:负总责|负(?:主体|属地|领导|监管|直接|首要|第一)[^,。;]{0,6}责任|负责(?=[,。;]))|(?:主要|具体|统一|全面|共同|分别|直接|统筹)?负责(?!解释|人|制(?![定订作]))|负总责|(?:共同|总|具体)?牵头(?!单位|部门)"
    r"|主管(?=[^,。;]{2,30}(?:工作|事务|管理))|会同|承担|具体实施(?!办法|细则|方案)|(?:共同|联合)组织实施|(?:跟进|跟踪)督办"
)
_GOES_ON: Final = re.compile(
    r"督查室|办公[厅室]|研究室|(?:新闻|法制|外事|督查)?办(?!理|结|好)|(?:各|有关|相关|组成|工作)?(?:部门|机构|单位)|直属|分局"
)
_HELPS: Final = r"(?:积极|协同|密切|主动|全力|大力)?(?:配合|协助|参与|协办|参加)"
_MODAL: Final = (
    r"应当|应(?!急|用|届|收|付|聘|邀|当|对(?!其|本|所|各|上|申|辖))|必须|须"
    r"|要(?!求|素|点|闻|件|害|员)|需要?(?!求)"
)
_DATED_MARK: Final = (
    r"(?:原则上|务必|务|请|须)?(?:于|在)(?=[^,。;]{1,24}(?:前|(?<!范围)内|底|末))"
    r"|的(?=[^,。;]{2,24}于[^,。;]{2,20}前(?:[报送交]|完成))|每(?=年|季|月|周|半年|个月)|自(?=[^,。;]{2,24}之日起)|在?(?:接到|收到)(?=[^,。;]{2,60}内)|在(?=[^,。;]{2,30}\d+个?(?:工作)?日内)"
)
_PROCEDURE: Final = (
    r"按照?(?!照|职责|各自)|根据|依据|结合|共同|联合(?!会)|定期|统一|分别|及时|对(?!于|口|应|外)|将|编制(?!、|部门|委|办)|制定|组织(?!部|协助|配合|应|要|负责)|审核"
    r"|建立健全(?=[^,。;]{2,30}(?:机制|制度|体系|平台|台账))|通过(?=[^,。;]{2,30}[,对])"
    r"|在(?=[^,。;]{2,40}(?:方面|环节)[^,。;]{0,8}(?:给予|予以))"
    r"|提出|受理|拨付|下达|公布|发布|汇总|报送|委托|开展|核定|核查|审定|审批|备案|设立|建立(?!健全)|依法|按照?(?:各自|规定的?)(?:的)?职责|按职责"
)
# 在市委的领导下，负责…: words between the units and their duty.
_SCOPE: Final = r"在(?=[^,。;]{2,48}[下内中时前后],)|按照?(?=[^,。;]{0,12}(?:职责|分工|权限)[^,。;]{0,6},)"
_AFTER_SCOPE: Final = re.compile(r"(?:在|按)[^,。;]{2,48},")
_OWN_RANGE: Final = re.compile(
    r"(?:应当?)?(?:在|按照?|依据|根据)(?:各自|其)?的?(?:法定|工作)?职(?:责|能)(?:范围|分工|权限)*(?:以?内)?,?"
)
# What units are told without 要 or 负责, where one after the other is told its part.
_TOLD: Final = (
    r"(?:认真|切实|积极|具体|及时|全力)?(?:做好|抓好)|落实|提供|指导|加强|强化|推进|推动|完善|督促|协调|加大|支持|开展|组织(?!部|协助|配合|应|要|负责)"
    r"|宣传(?!部)|引导|保障(?!局|厅|部)|及时|积极"
)
_IS: Final = (
    r"(?:是|作为|为)(?=[^,。;]{0,30}"
    r"(?:(?:责任|落实|实施)主体|第一责任人|牵头(?:部门|单位)|责任(?:部门|单位)|主管部门|执行单位|(?:综合|管理|职能|协调|监管)+部门|办事机构))"
)
_COLON: Final = (
    r":(?=(?:主要|具体|统筹)?(?:负责|牵头|组织|做好|协助|配合|会同|承担|指导|制定|协调|落实|参与|监督|拟订|抓好"
    r"|研究|依法|履行))"
)
_MARK: Final = re.compile(
    rf"(?P<scope>{_SCOPE})|(?P<strong>{_STRONG})|(?P<helps>{_HELPS})|(?P<modal>{_MODAL})|(?P<dated>{_DATED_MARK})"
    rf"|(?P<procedure>{_PROCEDURE})|(?P<being>{_IS})|(?P<colon>{_COLON})|(?P<told>{_TOLD})"
)
_BY_DAY: Final = re.compile(rf"(?P<dated>{_DATED_MARK})")
_PLAIN: Final = re.compile(rf"(?P<procedure>{_PROCEDURE})")
_ADVERB_AT_END: Final = re.compile(r"(?:[都均也还仍则又并]|同时|原则上|分别|共同|联合|具体|主要|统一|直接|统筹|全面)+$")
_WHERE: Final = (
    r"(?:负有?[^,。;]{2,24}(?:责|管|工作)的|(?:其?(?:居住|户籍|常住|所在|受理|注册|经营|发生)(?:地|所在地)|所在地)的?)?"
)
_GIVEN_TO: Final = re.compile(r"(?:交|移交|费用?|经费|损失|后果)$")  # 交由处置单位处置, 费用由建设单位承担
_AT_PLACE: Final = re.compile(_WHERE)
_BEFORE_SUBJECT: Final = re.compile(
    r"(?:(?:[一二三四五六七八九十]{1,2}、)?[\u4e00-\u9fff]{2,8}(?=\d[、.][\u4e00-\u9fff]))?(?:\d{1,2}[、.](?=[\u4e00-\u9fff]))?"
    r"(?:其中|同时|此外,?|原则上|另外|并(?!联))?(?:分别|统一|全部)?(?P<by>由)?请?"
    rf"{_WHERE}"
)
_BY_ONLY: Final = re.compile(
    r"(?:负责|牵头|会同|统筹|承担|组织实施|具体实施|(?:共同|联合|跟进)?(?:组织实施|督办|跟踪督办|督促整改))"
)
# In measures 由民政部门受理 binds as well; 由公安机关责令改正 is a penalty.
_BY_PROCEDURE: Final = re.compile(
    r"(?:直接|统一|及时|按照?[^,。;]{2,16}|依法|通过[^,。;]{2,16}|每年|定期|另行|组织)*"
    r"(?:受理|拨付|下达|发放|实行社会化|制定|制订|编制|公布|发布|办理|管理|监督|管护|养护|征收|补充|组织(?:建设|实施|验收|开展|编制|评审|专家)"
    r"|进行(?!处罚|处理|查处)|鉴定|认定|审定|核定|核实|验收|检查|评估|考核|汇总|会同)(?!的|同意)"
)
_VAGUE: Final = re.compile(
    r"(?:分工)?(?:共同)?做好(?:相关|有关|各项)工作|落实(?:主体|领导|工作)?责任,|加强|强化|提高|高度|切实|严格|充分|增强|认真|积极|进一步|坚持|树立|牢固|深入|主动|大力|不断|持续|全面|自觉|重视|紧密|密切|"
    r"各司其职|履行|履职|把|将.{0,40}?(?:摆|作为|列入(?!.{0,8}预算)|纳入(?!.{0,12}预算))|对照|立足|围绕|始终|真正|发挥|统一思想|压实|扛|明确责任|优先|支持|鼓励|"
    r"同时|避免|防止|不得|遵守|服从|具有|具备|符合|从|以"
)
_OCCASIONAL: Final = re.compile(rf"(?P<modal>{_MODAL})|(?P<strong>{_STRONG})|(?P<dated>{_DATED_MARK})")
_BY_WHAT: Final = re.compile(
    r"(?:严格)?(?:按照?|根据|依据?|结合|对照|参照)[^,。;]{0,40}?(?:规定|要求|精神|部署|实际|方案|办法|职责|标准|需要|情况)(?:和要求|和程序)?,?"
)
_NO_DUTY: Final = re.compile(
    r"(?:不得|依法(?:追究|给予|处以|予以处)|追究|禁止|严禁|负责解释|可以?(?!持续|行|靠|回收|再生|能|燃|控|视|追溯))"
)
_DATED: Final = re.compile(
    r"每(?:年|季度?|月|周|半年|\d+个?月)(?!的|一?度的)|\d+个?(?:工作)?日内|(?:\d+[年月日](?:\([^()]{1,8}\))?|年|月|季度)(?:底|末)?(?:之|以)?前|[年月]底|\d+个月内|年内(?!容)"
)
# 11月30日前，各单位将自查情况报市政府办公室 binds in every kind of document.
_LIMIT_BEFORE: Final = re.compile(
    r"(?:\d+月(?:\d+日|底|末)?|\d{4}年(?:底|末)?|年底|月底|季度末|\d+日)(?:之|以)?(?:前|内)$"
)
_HANDS_IN: Final = re.compile(r"[报送交]|完成|制定|印发|出台")
_LEADS: Final = re.compile(r"(?:继续|主动|积极|认真|切实|具体|负责|共同|总)*牵头(?!单位|部门|人|的)")
_WORK: Final = re.compile(
    r"(?:认真|切实|积极|具体|及时|全力)?(?:做好|抓好)(?!相关|有关|各项|本职|本部门|自身|分工|配合|准备|以下|下列|上述|其他|贯彻|落实)(?=[^,。;]{4})"
)
_JOIN: Final = re.compile(r"(?:会同|商|联合|(?<=牵头)组织(?=[省市县区州旗各有相]))(?=[^,。;]{2,60})")
_ENDS_OF_NAME: Final = re.compile(rf"{BODY}(?:\([^()]{{1,16}}\))?|等")
_GENERAL: Final = re.compile(
    r"(?:全[省市县区])?(?:各级?|有关|相关|所有|其他|省|市|县|区|乡|镇|街道|乡镇|村|社区|直属|成员|责任|牵头|委|党委|党组|人民|政府|主管"
    r"|部门|单位|机关|机构|地区|地|级|直|园区|开发区|功能区|管委会|办事处|企业|学校|[()、和及与])+"
)
_SEVERAL: Final = 3
# 未按时进驻的，由市政府督查室跟进督办 says what follows when others fail; only rules bind by it.
_FAILING: Final = re.compile(r"(?:凡|对)?(?:凡)?(?:未|逾期|不按|不能|不履行|拒不|违反|工作不力|推诿)[^,。;]{0,40}的,")
_FURTHEST: Final = 90
_MOST_MARKS: Final = 8
_JOINTS: Final = tuple("、和与及(等")


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence that gives somebody something to do: the stretch of the sentence, its names and their stretch."""

    start: int
    end: int
    fields: tuple[Field, ...]

    @property
    def names(self) -> tuple[int, int]:
        """The stretch from the first name to the last."""
        return min(item.start for item in self.fields), max(item.end for item in self.fields)


@dataclass(frozen=True, slots=True)
class _How:
    """How strictly sentences are read: see `find_sayings`."""

    binding: bool
    exhorting: bool
    allotting: bool
    to_all: bool = False

    def tells(self, names: str) -> bool:
        """Tell whether whatever units are told is a part of the work that is theirs."""
        return self.to_all or (self.allotting and _is_particular(names))


@dataclass(frozen=True, slots=True)
class _Subject:
    """Units at the head of a part of a sentence, and the word of duty after them."""

    first: int
    last: int
    mark: re.Match[str]


def find_sayings(
    view: View,
    start: int,
    end: int,
    *,
    binding: bool,
    exhorting: bool,
    allotting: bool = False,
    to_all: bool = False,
) -> Iterator[Saying]:
    """Yield the sentences that give units something to do.

    `binding` texts (measures, rules) also oblige by plain statement (市财政局根据…下达资金); in `exhorting` sections
    (保障措施) only allotted and dated duties count. Where one unit after the other is told its part (`allotting`, or at
    least three in the stretch), whatever each is told counts: 财政部门要加大投入；审计部门要加强监督. Under 工作分工
    that is so of groups as well (`to_all`): 各镇落实属地责任.
    """
    folded = view.folded
    named = _told_by_name(folded, start, end)
    yield from named
    end = named[0].start if named else end
    allotting = allotting or to_all or len(set(heads(view, start, end))) >= _SEVERAL
    how = _How(binding, exhorting, allotting, to_all)
    before: Saying | None = None
    for first, stop in _sentences(folded, start, end):
        for said in _of_sentence(folded, first, stop, how):
            if before is not None and _only_helps(folded, said):
                before = Saying(before.start, said.end, (*before.fields, *said.fields))
                continue
            if before is not None:
                yield before
            before = said
    if before is not None:
        yield before


def _told_by_name(folded: str, start: int, end: int) -> list[Saying]:
    """Return what units are told in running text that names one after the other: 县环保局。负责…。县农委。负责…"""
    heads: list[tuple[int, int]] = []
    first = start
    for stop in (match.start() for match in _SENTENCE_END.finditer(folded, start, end)):
        if stop - first <= _LONGEST_NAMED and _OWN_DUTY.match(folded, stop + 1, end):
            begin = max(first, folded.rfind(":", first, stop) + 1)
            if is_list_of_bodies(folded[begin:stop]):
                heads.append((begin, stop))
        first = stop + 1
    if len(heads) < 2:
        return []
    stops = [*(begin for begin, _ in heads[1:]), _end_of_section(folded, heads[-1][1], end)]
    return [
        Saying(begin, stop, (Field("responsible_units", "", begin, last),))
        for (begin, last), stop in zip(heads, stops, strict=True)
    ]


def _end_of_section(folded: str, first: int, end: int) -> int:
    """Return where the section of running text ends: before 四、 behind a full stop."""
    section = _NEXT_SECTION.search(folded, first, end)
    return section.start() + 1 if section else end


def _only_helps(folded: str, said: Saying) -> bool:
    """Whether a sentence says of units only that they help with what was said before: 县武装部配合。"""
    last = said.fields[-1]
    rest = folded[last.end + len(last.label) : said.end].strip("。;,")
    return not rest and all(item.role == "cooperating_units" for item in said.fields)


def heads(view: View, start: int, end: int) -> list[str]:
    """Return the units with a function that stand at the head of sentences and are told to do something."""
    found: list[str] = []
    for first, stop in _sentences(view.folded, start, end):
        cuts = pieces(view.folded, first, stop, cuts=",。;")
        subject = _subject(view.folded, *cuts[0], stop, binding=False)
        if subject is not None and _is_particular(view.folded[subject.first : subject.last]):
            found.append(view.folded[subject.first : subject.last])
    return found


def _sentences(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for stop in [*(match.end() for match in _SENTENCE_END.finditer(folded, start, end)), end]:
        if _SHORTEST < stop - first <= _LONGEST:
            yield first, stop
        first = stop


def _is_particular(names: str) -> bool:
    """Tell whether names are those of units with a function; 各级政府 and 有关部门 are told everything."""
    return _GENERAL.fullmatch(names) is None


def _is_one(names: str) -> bool:
    return not names.startswith("各级") and _is_particular(names)


def _of_sentence(folded: str, start: int, end: int, how: _How) -> Iterator[Saying]:
    if (not how.binding and _FAILING.match(folded, start, end)) or lays_nothing_down(folded, start, end):
        return
    begins, fields = start, list[Field]()
    dated = _DATED.search(folded, start, end) is not None
    for first, last in pieces(folded, start, end, cuts=",。;"):
        subject = _subject(folded, first, last, end, binding=how.binding)
        if subject is None:
            continue
        by_a_day = first > start and _LIMIT_BEFORE.search(folded, max(start, first - 24), first - 1) is not None
        bound = how.binding or (by_a_day and _HANDS_IN.search(folded, subject.mark.start(), last) is not None)
        if not _obliges(folded, subject, last, end, replace(how, binding=bound), dated=dated):
            continue
        found = _fields(folded, subject, last)
        if fields and found[0].role != "cooperating_units":
            yield Saying(begins, first, tuple(fields))
            begins, fields = first, []
        fields.extend(found)
    if fields and any(item.role != "cooperating_units" or how.allotting for item in fields):
        yield Saying(begins, end, tuple(fields))


def _subject(folded: str, first: int, last: int, end: int, *, binding: bool) -> _Subject | None:
    """Return the units at the head of a part of a sentence, where a word of duty follows them."""
    lead = _BEFORE_SUBJECT.match(folded, first, last)
    begin = lead.end() if lead else first
    by = folded.find("由", begin, last)
    if lead is None or lead["by"] is None:
        subject = _subject_at(folded, begin, last, end)
        if subject is not None or by < 0:
            return subject
        if _GIVEN_TO.search(folded, max(begin, by - 6), by):
            return None
        place = _AT_PLACE.match(folded, by + 1, last)
        begin = place.end() if place else by + 1
    subject = _subject_at(folded, begin, last, end, _BY_PROCEDURE if binding else None)
    if subject is None or _BY_ONLY.match(folded, subject.mark.start()):
        return subject
    if binding and subject.mark.groupdict().get("dated"):
        return subject
    return subject if binding and _BY_PROCEDURE.match(folded, subject.last) else None


def _subject_at(folded: str, begin: int, last: int, end: int, also: re.Pattern[str] | None = None) -> _Subject | None:
    """Return the units that begin at an index, where a word of duty follows them, or one of `also`."""
    for count, mark in enumerate(_MARK.finditer(folded, begin + 2, min(last + 1, begin + _FURTHEST, end))):
        if count == _MOST_MARKS:
            break
        if folded.startswith("的", mark.end()) and not mark["being"] and not mark["scope"]:
            continue
        adverb = _ADVERB_AT_END.search(folded, max(begin, mark.start() - 4), mark.start())
        stop = adverb.start() if adverb else mark.start()
        if is_list_of_bodies(folded[begin:stop]):
            duty = (_after_scope(folded, mark, end) or _stated(folded, mark, end)) if mark["scope"] else mark
            if mark["procedure"] and last < end and (later := _OCCASIONAL.match(folded, last + 1, end)):
                duty = later  # 民政部门对符合条件的，应当…
            if mark["scope"] and duty is None:
                duty = _BY_DAY.match(folded, mark.start(), end)
            return _Subject(begin, stop, duty) if duty else None
    if last < end and is_list_of_bodies(folded[begin:last]):  # 公安、财政等部门，要…
        own = _OWN_RANGE.match(folded, last + 1, end)
        duty = _MARK.match(folded, last + 1, end) or (_MARK.match(folded, own.end(), end) if own else None)
        by_duty = duty and (not (duty["being"] or duty["procedure"]) or duty.group().startswith("按"))
        return _Subject(begin, last, duty) if duty and by_duty else None
    return (_by_also(folded, begin, last, also) if also else None) or _on_occasion(folded, begin, last, end)


def _on_occasion(folded: str, begin: int, last: int, end: int) -> _Subject | None:
    """Return the units before an occasion and their duty after it: 民政部门收到申请后，应当…"""
    if last >= end or folded[last - 1] not in "后时前" or folded[last] != ",":
        return None
    duty = _OCCASIONAL.match(folded, last + 1, end)
    if duty is None:
        return None
    for name in _ENDS_OF_NAME.finditer(folded, begin + 1, min(last, begin + _FURTHEST)):
        stop = name.end()
        if folded.startswith(_JOINTS, stop) or _GOES_ON.match(folded, stop, last):
            continue
        return _Subject(begin, stop, duty) if is_list_of_bodies(folded[begin:stop]) else None
    return None


def _after_scope(folded: str, scope: re.Match[str], end: int) -> re.Match[str] | None:
    """Return the word of duty behind 在市委的领导下，."""
    passed = _AFTER_SCOPE.match(folded, scope.start(), end)
    return _MARK.match(folded, passed.end(), end) if passed else None


def _stated(folded: str, scope: re.Match[str], end: int) -> re.Match[str] | None:
    return _PLAIN.match(folded, scope.start(), end)


def _by_also(folded: str, begin: int, last: int, also: re.Pattern[str]) -> _Subject | None:
    for end in _ENDS_OF_NAME.finditer(folded, begin + 1, min(last, begin + _FURTHEST)):
        duty = also.match(folded, end.end(), last)
        if duty and is_list_of_bodies(folded[begin : end.end()]):
            return _Subject(begin, end.end(), duty)
    return None


def _obliges(folded: str, subject: _Subject, piece_end: int, end: int, how: _How, *, dated: bool) -> bool:
    """Whether what follows the units is a duty that somebody could be asked about."""
    mark = subject.mark
    named = mark.groupdict()
    conditional = named.get("modal") and mark.start() < piece_end and folded.startswith("的,", piece_end - 1)
    if conditional or any(_NO_DUTY.match(folded, at, end) for at in (mark.start(), mark.end())):
        return False
    told = how.tells(folded[subject.first : subject.last])
    if named.get("told"):
        return told or _is_work(folded, subject, end)
    if named.get("procedure"):  # 省厅备案后 says what comes before, not what is to be done
        return (how.binding or told) and folded[piece_end - 1] not in "后的时" and (dated or told or not how.exhorting)
    if not named.get("modal") or dated or told:
        return True
    by_what = _BY_WHAT.match(folded, mark.end(), end)
    first = by_what.end() if by_what else mark.end()
    if how.exhorting or not _VAGUE.match(folded, first, end):
        return not how.exhorting
    return how.binding and lays_down(folded, first, end, particular=_is_one(folded[subject.first : subject.last]))


def _is_work(folded: str, subject: _Subject, end: int) -> bool:
    """Whether one unit is told a work of its own: 市教育局做好秋季招生工作, but not 做好相关工作."""
    return (
        _is_particular(folded[subject.first : subject.last])
        and _WORK.match(folded, subject.mark.start(), end) is not None
    )


def _fields(folded: str, subject: _Subject, last: int) -> list[Field]:
    """Return the units with the role that the word of duty gives, and those with whom they are to do it."""
    word = subject.mark.group()
    role = "responsible_units"
    named = subject.mark.groupdict()
    if (
        "牵头" in word
        or _LEADS.match(folded, subject.mark.end(), last)
        or (named.get("being") and "牵头" in folded[subject.mark.end() : last])
    ):
        role = "lead_units"
    elif named.get("helps"):
        role = "cooperating_units"
    fields = [Field(role, word, subject.first, subject.last)]
    joint = _JOIN.search(folded, subject.mark.start(), min(last, subject.mark.end() + 12))
    helpers = _helpers(folded, joint.end(), last) if joint else None
    return [*fields, helpers] if helpers else fields


def _helpers(folded: str, first: int, last: int) -> Field | None:
    """Return the units after 会同, up to where the names end."""
    for end in _ENDS_OF_NAME.finditer(folded, first + 1, min(last, first + _FURTHEST)):
        stop = end.start() if end.group() == "等" else end.end()
        if end.group() != "等" and (folded.startswith(_JOINTS, stop) or _GOES_ON.match(folded, stop, last)):
            continue
        if is_list_of_bodies(folded[first:stop]):
            return Field("cooperating_units", "", first, stop + (end.group() == "等"))
    return None
