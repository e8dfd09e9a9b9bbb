"""What the words of a post look like: where its title stands, and where one post ends and the next begins."""

import re
from dataclasses import dataclass
from typing import Final

_TITLES: Final = (
    r"(?:(?:董事|监事|理事|秘书|检察|支队|大队|中队|总队|参谋|[\u4e00-\u9fff])长|书记|主任|主席|常委|委员|成员|经理|总监|总裁|董事|监事|专员|督学|督察|督办|"
    r"[\u4e00-\u9fff]{1,2}师|巡视员|调研员|参事|顾问|审判员|陪审员|检察员|检察官|法官|政委|参谋|司令员?|总编辑?|主编|编辑|秘书|"
    r"总指挥|指挥|馆员|研究员|科员|负责人|代表|仲裁员|警务专员|警监|教导员|协理员|指导员|教授|讲师|助理|副职|领导职务|"
    r"调度员|主管|会计|出纳|主办|理事|行政正职|督导|参赞|领事|大使|政治委员|庭长|首席专家|总农艺师)"
)
_RANK: Final = (
    r"(?:党组|党委|党工委|党总支|党支部|纪检组|纪委|常务|第一|首席|总|副|正|代理?|一级|二级|三级|四级|高级|专职|兼职|名誉|"
    r"执行|常任|主任|[一二三四五六七八九十]{1,2}级|审判委员会|检察委员会|董事会|监事会|理事会|编委会|技术|职工|独立|非执行|外部|教育|(?:财务|技术|业务|运营|市场|行政|人力资源)(?=总))"
)
_TITLE: Final = re.compile(rf"(?P<rank>{_RANK}{{0,4}}){_TITLES}(?:[(][^()]*[)])?$")
_BRACKETS: Final = re.compile(r"(?:[(][^()]*[)])+$")
_OWN: Final = re.compile(r"(?:常务)?副?[省市县区州旗盟镇乡]长$")
_OFFICE: Final = re.compile(r"(?:局长|主任|书记|院长|处长|经理|主席|校长|董事长|厅长|部长|秘书长|队长)$")
_LONGEST: Final = 100
_INNER: Final = frozenset({"办公室", "办公厅", "机关党委", "机关", "工会", "纪检组", "党组", "党委", "行政"})
_JUDGES: Final = re.compile(r".+?(?:人民法院|人民检察院|中级法院|高级法院|检察院|海事法院)")
_CHAMBER: Final = re.compile(r"(?:审判委员会|检察委员会|[\u4e00-\u9fff]{1,12}(?:庭|部|处|室|科|局|队))?$")
_JOIN: Final = re.compile(r"[、,]|以及|和|及|兼任|兼")
_SCOPE: Final = re.compile(r"原|市|省|县|区|州|中共|国|中国|第")


def ends_in_title(text: str) -> bool:
    """Tell whether a stretch ends as posts do; a bracket after the title does not matter."""
    return _TITLE.search(_BRACKETS.sub("", text)[-24:]) is not None


def organization_of(post: str) -> str:
    """Return what stands before the title of a post: 市财政局 of 市财政局副局长; empty for a bare title."""
    bare = _BRACKETS.sub("", post)
    if _OWN.fullmatch(bare):
        return bare
    best = len(bare)
    for start in range(max(0, len(bare) - 24), len(bare)):
        if _TITLE.fullmatch(bare, start):
            best = start
            break
    return bare[:best]


@dataclass(frozen=True, slots=True)
class Post:
    """One post in a list: `start` to `end` are its own words, `organization` those it elides, `also` after 兼."""

    start: int
    end: int
    organization: tuple[int, int]
    also: bool

    def of(self, printed: str) -> str:
        """Return the organization and the post as printed."""
        return printed[slice(*self.organization)] + printed[self.start : self.end]


def split_posts(text: str) -> list[Post]:
    """Return the posts of a list; one that elides its organization is given that of the post before it."""
    posts: list[Post] = []
    before = (0, 0)
    for start, end, also in _pieces(text):
        own = organization_of(text[start:end])
        own = "" if own in _INNER else own
        court = _JUDGES.match(text, *before)
        if court and own and not _JUDGES.match(own) and _CHAMBER.fullmatch(own):
            own, before = "", court.span()  # a chamber of the court named before
        elif court and not own:
            before = court.span()
        posts.append(Post(start, end, (0, 0) if own else before, also))
        before = (start, start + len(own)) if own else before
    return posts


def _pieces(text: str) -> list[tuple[int, int, bool]]:
    """Cut outside brackets where what stands before is a whole post and what follows ends in a title too."""
    found: list[tuple[int, int, bool]] = []
    first, also = 0, False
    for mark in _JOIN.finditer(text):
        before, after = text[first : mark.start()], text[mark.end() :]
        if before.count("(") != before.count(")") or not ends_in_title(before) or not _has_title(after):
            continue
        found.append((first, mark.start(), also))
        first, also = mark.end(), mark.group().startswith("兼")
    found.append((first, len(text), also))
    return found


def _has_title(after: str) -> bool:
    """Whether the words up to the next 、 end in a title."""
    end = re.search(r"[、,]", after)
    return ends_in_title(after[: end.start()] if end else after)


def find_lost_boundary(post: str, place: str) -> int:
    """Return the index where a second post begins that lost its separator (市财政局局长市审计局局长), or -1."""
    if len(post) > _LONGEST:
        return -1
    starts = [match.start() for match in _SCOPE.finditer(post, 4)]
    starts.extend(match.start() for match in re.finditer(re.escape(place), post) if place and match.start() > 3)
    for start in sorted(starts):
        rest = post[start:]
        if len(rest) > 4 and _ends_office(post[:start]) and ends_in_title(rest) and organization_of(rest):
            return start
    return -1


def _ends_office(text: str) -> bool:
    """Whether a stretch ends in the title of an office, organization before it: …局副局长, …中心主任."""
    return _OFFICE.search(text) is not None and len(organization_of(text)) > 2
