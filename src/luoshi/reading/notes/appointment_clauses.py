"""The clauses of a sentence that appoints or removes: who, which posts, and what is said beside.

A heading (任命：) settles what the entries under it are; an entry with a verb of its own (免去其…职务) needs none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

from luoshi.reading.findings import AppointmentAction
from luoshi.reading.issues import make_issue
from luoshi.reading.model import Issue, Span
from luoshi.reading.notes.posts import ends_in_title, find_lost_boundary, split_posts
from luoshi.reading.structure.running_text import RunningText
from luoshi.standards.person_names import could_be_person, is_person, surname_length

Mode = Literal["appoint", "remove", ""]

_NAME: Final = r"(?:[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,8})+|[\u4e00-\u9fff]{2,4})(?:[(][^()]{1,12}[)])?"
_NAMES: Final = rf"(?P<names>{_NAME}(?:[、,]{_NAME}){{0,60}}(?:[和与及]{_NAME})?)"
_POLITE: Final = r"(?:等[一二三四五六七八九十\d]{0,3}(?:名|位)?)?(?:同志|先生|女士)?(?:等)?"
_LABEL: Final = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.]|[(][一二三四五六七八九十\d]{1,3}[)]|\d{1,3}[.、](?!\d)|[①-⑳])"
)
_UP: Final = r"任命|聘任|续聘|委任|委派|选派|提名|推荐|补选|选举|聘请|聘用|晋升"
_DOWN: Final = r"免去|免除|解聘|撤销|罢免|解除"
_OBJECT: Final = r"(?:下列|以下|如下)?(?:同志|人员|干部|工作人员)?(?:的?(?:行政)?职务)?(?:名单)?(?:如下)?"
_HEADING: Final = re.compile(rf"(?:(?P<up>{_UP}|任职)|(?P<down>{_DOWN}|免职)){_OBJECT}:")
_BARE_HEADING: Final = re.compile(
    rf"(?:(?:经|现|市|县|区)[^,:]{{0,30}})?(?:决定|同意|批准|拟)?(?:(?P<up>{_UP}|任职)|(?P<down>{_DOWN}|免职)){_OBJECT}$"
)
_PREAMBLE: Final = re.compile(r"(?:决定|如下|研究|同意|批准|通知)(?:如下)?:")
_VERB_UP: Final = re.compile(rf"(?P<verb>{_UP})(?=[\u4e00-\u9fff]{{2}})(?!为)")
_VERB_DOWN: Final = re.compile(rf"(?P<verb>{_DOWN})(?=[\u4e00-\u9fff]{{2}})")
_SLIP: Final = re.compile(rf"(?P<names>(?:{_NAME}、)*[\u4e00-\u9fff]{{2,3}})作为(?P<post>.+)")
_APPOINT: Final = re.compile(
    rf"{_NAMES}{_POLITE}(?P<verb>当选为|选为|为|继续担任|担任|兼任|挂任|挂职担任|挂职任|挂职为|代理|(?<![兼担])任)(?P<post>[^为].+)"
)
_TAKES: Final = re.compile(rf"任{_NAMES}{_POLITE}(?P<verb>为)(?P<post>.+)")
_HIS: Final = re.compile(r"(?:其|本人)(?:所?(?:担任|兼任|任)的?|原任的?|的)?(?P<post>.+)")
_FORMER: Final = re.compile(r"(?:原任|所任|原担任|所担任|担任)的?(?=[\u4e00-\u9fff]{3})")
_LAPSE: Final = re.compile(
    r"(?P<words>.+?)职务(?:[随因由][^,]{1,20})?(?:自然|自行|自动|随之|相应|即行)(?:免除|免去|免职|消失|解除|终止)(?P<tail>.*)"
)
_LAPSE_VERB: Final = re.compile(r"(?:自然|自行)(?:免除|免去)(?P<words>.+?)职务(?P<tail>.*)")
_OWN_LAPSE: Final = re.compile(
    r"其?(?:所任|担任的?|原任|原有|原|现任)?的?(?:其他)?职务(?:自然|自行|自动|随之|相应)(?:免除|免去)"
)
_REMOVED: Final = re.compile(r"(?P<words>.+?)(?:职务|职级|职位|一职|之职)(?P<tail>.*)")
_BECOMES: Final = re.compile(r"(?:正式)?(?:任命|聘任)为(?P<post>.+)")
_COLON: Final = re.compile(r"(?P<left>[^:]{2,40}):(?P<right>[^:]{2,40})")
_NO_LONGER: Final = re.compile(
    rf"(?:{_NAMES}{_POLITE}|其|同时|并)?(?:因[^,]{{1,12}}?)?不再(?:担任|兼任|挂任|任)(?P<post>.+?)(?:职务|一职)?(?P<tail>[(].*)?"
)
_RESIGNED: Final = re.compile(rf"{_NAMES}{_POLITE}(?:请求)?辞去(?P<post>.+?)(?:职务|一职)(?P<tail>.*)")
_NAMES_OF: Final = re.compile(rf"{_NAMES}{_POLITE}的(?P<post>.+)")
_NAMES_POLITE: Final = re.compile(rf"{_NAMES}(?:同志|先生|女士)(?P<post>.+)")
_ONLY_NAMES: Final = re.compile(
    rf"{_NAMES}{_POLITE}(?P<why>(?:试用期满|(?:办理|到龄|提前)?退休|工作调动|调离|辞职|另有任用)[^,]*)?$"
)
_ALL: Final = re.compile(r"(?:以上|上述|前述|新任(?:命|职)?|所任)[^,]{0,14}?(?P<note>(?:试用期|任期|聘期|任职|均).+)")
_SOME: Final = re.compile(rf"(?:其中)?:?{_NAMES}{_POLITE}(?:的)?(?P<note>(?:任职)?试用期(?!满).+)")
_NOTE: Final = re.compile(
    r"(?:并|同时)?(?:任职)?(?:试用期(?!满)|聘期|任期|任职时间|保留|享受|办理退休|退休|到龄|另有任用|调离|职级|级别|待遇|仍?按|正[县处科厅局]级|"
    r"副[县处科厅局]级|时间|期限|继续|挂职|列|不驻会|工资|其[^,]{0,8}(?:不变|待遇))"
)
_BRACKET_NOTE: Final = re.compile(
    r"试用|挂职|保留|待遇|^列|位$|级$|级别|享受|任期|聘期|代理|主持|时间|[至到]\d|期限|\d年|不变|退休|调离|^兼|^女|族|继续|任职|援|"
    r"选派|辞|届满|增补|提名|驻会|专职|[前后]$"
)
_TAIL: Final = re.compile(r"(?P<rest>.*)[(](?P<note>[^()]*)[)]?$")
_PERSON_NOTE: Final = re.compile(r"[(]([^()]*)[)]")
_PLACE: Final = re.compile(r"(?:中共)?([\u4e00-\u9fff]{2,6}?(?:市|县|区|州|省|旗|盟))")
_NOT_PERSON: Final = re.compile(
    r"任命|聘任|正式|选举|人民|政府|会议|决定|研究|常务|本[市县区]|以上|上述|下列|同志|有关|单位|职务|因"
)
_VERB_NOTES: Final = {
    "兼任": "兼任",
    "挂任": "挂职",
    "挂职任": "挂职",
    "挂职为": "挂职",
    "挂职担任": "挂职",
    "代理": "代理",
    "提名": "提名",
    "推荐": "提名",
}
_EMBEDDED: Final = re.compile(r"(?<=[长任记师员理事席])(?=(?P<name>[\u4e00-\u9fff]{2,3})(?:同志)?(?:为|的))")
_LONGEST: Final = 400
_LONGEST_OF_ALL: Final = 3_000


@dataclass(slots=True)
class Entry:
    """One person and post with what is said beside them, while the sentence is still being read."""

    person: str
    action: AppointmentAction
    post: str
    span: Span
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Found:
    """What one clause says: stretches of the running text for the names and the posts."""

    action: AppointmentAction
    names: tuple[int, int] | None
    post: tuple[int, int]
    notes: list[str] = field(default_factory=list)
    unclear: bool = False


class ClauseReader:
    """Reads sentence after sentence; remembers the heading above and the persons named last."""

    def __init__(self, running: RunningText, title: str, *, sure: bool) -> None:
        self.entries: list[Entry] = []
        self.issues: list[Issue] = []
        self._running = running
        self._sure = sure
        self._mode: Mode = ""
        self._block: list[Entry] = []
        self._group: list[Entry] = []
        self._persons: list[str] = []
        self._pending: list[str] = []
        self._reason: list[str] = []
        place = _PLACE.match(title)
        self._place = place.group(1) if place else ""

    def read(self, start: int, end: int) -> None:
        """Read one sentence of the running text."""
        if end - start > (_LONGEST_OF_ALL if self._sure else _LONGEST):
            return
        label = _LABEL.match(self._running.folded, start, end)
        start = self._after_headings(label.end() if label else start, end)
        self._pending, self._reason = [], []
        fresh = True
        for clause in _clauses(self._running.folded, start, end):
            for first, last in self._told_apart(*clause):
                if last > first and self._clause(first, last, fresh):
                    fresh = False

    def _told_apart(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Two entries that lost the mark between them: 张三为市财政局局长李四为市审计局局长."""
        for match in _EMBEDDED.finditer(self._running.folded, first + 8, last):
            if is_person(match["name"]) and ends_in_title(self._running.folded[first : match.start()]):
                self._unclear(match["name"], self._running.span(first, last))
                yield first, match.start()
                first = match.start()
        yield first, last

    def _after_headings(self, start: int, end: int) -> int:
        """Take in the headings of a sentence and return where its entries begin."""
        folded = self._running.folded
        for heading in _HEADING.finditer(folded, start, end):
            self._open("appoint" if heading["up"] else "remove")
            start = heading.end()
        bare = _BARE_HEADING.fullmatch(folded, start, end)
        if bare and self._sure:
            self._open("appoint" if bare["up"] else "remove")
            return end
        for preamble in _PREAMBLE.finditer(folded, start, end):
            start = preamble.end()
        return start

    def _open(self, mode: Mode) -> None:
        self._mode, self._block = mode, []

    def _clause(self, first: int, last: int, fresh: bool) -> bool:
        """Read one clause; tell whether it holds an entry."""
        if self._is_note(first, last, fresh):
            return False
        found = self._by_colon(first, last) or self._find(first, last) or self._beside(first, last)
        if found is None:
            only = _ONLY_NAMES.fullmatch(self._running.folded, first, last)
            names = [name for name, _ in self._people(only.span("names"))] if only and self._sure else []
            polite = only is not None and "同志" in only.group()
            if only and all(is_person(name) or (polite and surname_length(name)) for name in names):
                self._pending.extend(names)
                self._reason = [why] if (why := only["why"] or "") and "试用期满" not in why else []
            return False
        self._add(found, first, last)
        return True

    def _by_colon(self, first: int, last: int) -> _Found | None:
        """Under a heading also 张三：市财政局局长, either way round."""
        sides = _COLON.fullmatch(self._running.folded, first, last)
        if sides is None or not self._mode or not self._sure:
            return None
        for names, post in (("left", "right"), ("right", "left")):
            only = _ONLY_NAMES.fullmatch(self._running.folded, *sides.span(names))
            people = self._people(only.span("names")) if only else []
            if people and all(is_person(name) for name, _ in people) and ends_in_title(sides[post]):
                return _Found(self._mode, sides.span(names), sides.span(post))
        return None

    def _beside(self, first: int, last: int) -> _Found | None:
        """The post of a person named in the clause before: 张三，市财政局局长; 张三同志试用期满，任命为…"""
        folded = self._running.folded
        becomes = _BECOMES.fullmatch(folded, first, last)
        if not self._pending or not self._sure:
            return None
        if becomes:
            return _Found("appoint", None, becomes.span("post"))
        if self._mode and ends_in_title(folded[first:last]):
            return _Found(self._mode, None, (first, last))
        return None

    def _is_note(self, first: int, last: int, fresh: bool) -> bool:
        folded = self._running.folded
        everybody = _ALL.fullmatch(folded, first, last)
        if everybody:
            self._note([entry for entry in self._block if entry.action == "appoint"], everybody.span("note"))
            return True
        some = _SOME.fullmatch(folded, first, last)
        if some:
            named = {name for name, _ in self._people(some.span("names"))}
            self._note([entry for entry in self._block if entry.person in named], some.span("note"))
            return True
        if _NOTE.match(folded, first, last) and not _VERB_DOWN.search(folded, first, last):
            of_all = fresh and folded.find("试用期", first, last) >= 0
            self._note(self._block if of_all else self._group, (first, last))
            return True
        if _OWN_LAPSE.match(folded, first, last):
            self._note(self._group, (first, last))
            return True
        return False

    def _note(self, entries: list[Entry], words: tuple[int, int]) -> None:
        note = self._running.plain[slice(*words)].removeprefix("均")
        for entry in entries:
            entry.notes.append(note.replace("期均为", "期").replace("试用期为", "试用期"))

    def _find(self, first: int, last: int) -> _Found | None:
        for finder in (self._lapse, self._no_longer, self._removal, self._appointment):
            found = finder(first, last)
            if found is not None and self._is_likely(found):
                return found
        return None

    def _lapse(self, first: int, last: int) -> _Found | None:
        folded = self._running.folded
        verb = _VERB_DOWN.match(folded, first, last)
        match = _LAPSE_VERB.match(folded, first, last) or _LAPSE.match(folded, verb.end() if verb else first, last)
        if match is None:
            return None
        return self._of("lapse", *match.span("words"), ["职务自然免除", *self._tail_notes(*match.span("tail"))])

    def _no_longer(self, first: int, last: int) -> _Found | None:
        folded = self._running.folded
        match = _NO_LONGER.fullmatch(folded, first, last)
        if match:
            names = match.span("names") if match["names"] else None
            return _Found("remove", names, match.span("post"), self._tail_notes(*match.span("tail")))
        accepted = folded.find("接受", first, last)
        match = _RESIGNED.match(folded, accepted + 2 if accepted >= 0 else first, last)
        return _Found("remove", match.span("names"), match.span("post"), ["辞去"]) if match else None

    def _removal(self, first: int, last: int) -> _Found | None:
        folded = self._running.folded
        verb = _VERB_DOWN.search(folded, first, last)
        if verb is None and self._mode != "remove":
            return None
        begin = verb.end() if verb else first
        match = _REMOVED.match(folded, begin, last)
        words = match.span("words") if match else (begin, last)
        notes = self._tail_notes(*match.span("tail")) if match else []
        return self._of("remove", *words, notes)

    def _of(self, action: AppointmentAction, first: int, last: int, notes: list[str]) -> _Found | None:
        """Split persons and post of a removal: 张三的…, 张三同志…, 其…, or without anything between them."""
        folded = self._running.folded
        his = _HIS.fullmatch(folded, first, last)
        if his:
            return _Found(action, None, his.span("post"), notes)
        for pattern in (_NAMES_OF, _NAMES_POLITE):
            match = pattern.fullmatch(folded, first, last)
            if match:
                return _Found(action, match.span("names"), match.span("post"), notes)
        if self._persons and _begins_office(folded[first:last], self._place):
            return _Found(action, None, (first, last), notes)
        return self._glued(action, first, last, notes)

    def _glued(self, action: AppointmentAction, first: int, last: int, notes: list[str]) -> _Found | None:
        """买某某甲市人民政府副市长: the name ends where a known place, a known person or a third character does."""
        folded = self._running.folded
        begin = folded.rfind("、", first, min(last, first + 60)) + 1
        while begin > first and ends_in_title(folded[first : begin - 1]):
            begin = folded.rfind("、", first, begin - 1) + 1
        begin = max(begin, first)
        known = {entry.person for entry in self.entries}
        for length in (3, 2, 4):
            name, rest = folded[begin : begin + length], folded[begin + length : last]
            clear = name in known or (could_be_person(name) and self._place and rest.startswith(self._place))
            clear = clear or (is_person(name) and _begins_office(rest, self._place))
            if clear and len(rest) > 2:
                return _Found(action, (first, begin + length), (begin + length, last), notes)
        if not is_person(folded[begin : begin + 3]) or not ends_in_title(folded[begin:last]):
            return None
        return _Found(action, (first, begin + 3), (begin + 3, last), notes, unclear=True)

    def _appointment(self, first: int, last: int) -> _Found | None:
        folded = self._running.folded
        verb = _VERB_UP.search(folded, first, last)
        begin = verb.end() if verb else first
        slip = _SLIP.fullmatch(folded, begin, last)
        if slip and (verb or self._mode == "appoint"):
            return _Found("appoint", slip.span("names"), slip.span("post"), unclear=True)
        match = _APPOINT.fullmatch(folded, begin, last)
        if match and not verb and self._mode != "appoint" and is_person(folded[begin + 1 : match.end("names")]):
            match = _TAKES.fullmatch(folded, begin, last) or match
        if match is None:
            return self._of("appoint", begin, last, []) if verb else self._listed(first, last)
        notes = [_VERB_NOTES[word] for word in (verb["verb"] if verb else "", match["verb"]) if word in _VERB_NOTES]
        if not verb and self._mode != "appoint" and not (self._sure and ends_in_title(match["post"])):
            return None
        return _Found("appoint", match.span("names"), match.span("post"), notes)

    def _listed(self, first: int, last: int) -> _Found | None:
        """Under a heading, a name and a post with nothing between them but a blank."""
        if self._mode != "appoint" or not ends_in_title(self._running.folded[first:last]):
            return None
        for length in (2, 3, 4):
            if could_be_person(self._running.folded[first : first + length]) and self._running.is_blank(first + length):
                return _Found("appoint", (first, first + length), (first + length, last))
        return None

    def _is_likely(self, found: _Found) -> bool:
        """In a document about other things everything must look like a person and a post."""
        folded = self._running.folded
        post = self._strip(*found.post)[0]
        names = self._people(found.names) if found.names else []
        if not (names if found.names else self._persons or self._pending):
            return False
        if any(_NOT_PERSON.search(name) for name, _ in names) or post[1] - post[0] < 2:
            return False
        titled = ends_in_title(folded[slice(*post)])
        if not self._sure:
            return titled and post[1] - post[0] > 3 and bool(names) and all(is_person(name) for name, _ in names)
        return titled or self._mode != ""

    def _tail_notes(self, first: int, last: int) -> list[str]:
        if first < 0:
            return []
        words = self._running.plain[first:last].strip("()（）,，")
        return [words] if len(words) > 1 else []

    def _strip(self, first: int, last: int) -> tuple[tuple[int, int], list[str]]:
        """Take notes in brackets and the word 职务 off the end of a post."""
        folded, notes = self._running.folded, list[str]()
        for _ in range(4):
            tail = _TAIL.match(folded, first, last)
            if tail is None or not _BRACKET_NOTE.search(tail["note"]) or not tail["rest"]:
                break
            notes.insert(0, self._running.plain[slice(*tail.span("note"))])
            last = tail.end("rest")
        former = _FORMER.match(folded, first, last)
        first = former.end() if former else first
        for word in ("职务", "一职", "候选人", "人选"):
            last -= len(word) if folded.endswith(word, first, last) else 0
        return (first, last), notes

    def _people(self, names: tuple[int, int]) -> list[tuple[str, list[str]]]:
        """Return each person of a list with the notes in brackets behind the name."""
        people: list[tuple[str, list[str]]] = []
        plain = self._running.plain[slice(*names)]
        for piece in re.split(r"[、,，]|(?<=[\u4e00-\u9fff]{2})[和与及](?=[\u4e00-\u9fff]{2})", plain):
            folded = piece.translate({0xFF08: "(", 0xFF09: ")"})
            notes = [note for note in _PERSON_NOTE.findall(folded) if not re.match(r"女|男|.{1,4}族", note)]
            name = re.sub(r"(?:等|同志|先生|女士)+$", "", _PERSON_NOTE.sub("", folded))
            if name:
                people.append((name, notes))
        return people

    def _add(self, found: _Found, first: int, last: int) -> None:
        (begin, end), notes = self._strip(*found.post)
        people = [(name, list[str]()) for name in self._pending]
        if found.names:
            people.extend(self._people(found.names))
        people = people or [(name, []) for name in self._persons]
        found.notes.extend(self._reason)
        self._pending, self._reason = [], []
        span = self._running.span(found.names[0] if found.names else first, last)
        posts = list(self._posts(begin, end, span))
        self._group = [
            Entry(person, found.action, post, span, [*found.notes, *also, *notes, *own])
            for person, own in people
            for post, also in posts
        ]
        self._persons = [name for name, _ in people]
        self._block.extend(self._group)
        self.entries.extend(self._group)
        if found.unclear or not all(ends_in_title(_fold_brackets(post)) for post, _ in posts):
            self._unclear(people[0][0], span)

    def _posts(self, begin: int, end: int, span: Span) -> Iterator[tuple[str, list[str]]]:
        """Yield the posts of a list as printed; two that run into one another are told apart and reported."""
        folded, plain = self._running.folded, self._running.plain
        lost = find_lost_boundary(folded[begin:end], self._place)
        if lost > 0:
            self._unclear(plain[begin : begin + lost], span)
        for first, last in ((begin, begin + lost), (begin + lost, end)) if lost > 0 else ((begin, end),):
            for post in split_posts(folded[first:last]):
                yield post.of(plain[first:last]), ["兼任"] if post.also else []

    def _unclear(self, words: str, span: Span) -> None:
        self.issues.append(make_issue("appointment_unclear", name=words, span=span))


def _fold_brackets(text: str) -> str:
    return text.replace("（", "(").replace("）", ")")


def _begins_office(rest: str, place: str) -> bool:
    """Whether words begin as the name of an office does: with the place of the document, or its level."""
    return bool(place and rest.startswith(place)) or re.match(r"[市省县区州]|原|国家|中共", rest) is not None


def _clauses(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches between commas outside brackets."""
    depth, first = 0, start
    for index in range(start, end):
        char = folded[index]
        if char == "(":
            depth += 1
        elif char == ")":
            depth = max(0, depth - 1)
        elif char == "," and depth == 0:
            yield first, index
            first = index + 1
    yield first, end
