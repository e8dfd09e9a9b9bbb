"""The clauses of a sentence that appoints or removes: who, which posts, and what is said beside.

A heading (任命：) settles what the entries under it are; an entry with a verb of its own (免去其…职务) needs none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from luoshi.reading.findings import AppointmentAction
from luoshi.reading.issues import make_issue
from luoshi.reading.model import Issue, Span
from luoshi.reading.notes.appointment_forms import (
    ALL,
    AN_OFFICE,
    ANY_LEAD,
    APPOINT,
    ASKS,
    BARE_HEADING,
    BECOMES,
    BEFORE_VERB,
    BRACKET_NOTE,
    CARRIED,
    COLON,
    EMBEDDED,
    FORMER,
    HEADING,
    HIS,
    LABEL,
    LAPSE,
    LAPSE_VERB,
    LONGEST,
    LONGEST_OF_ALL,
    NAMES_OF,
    NAMES_POLITE,
    NEXT_REMOVED,
    NEXT_TAKES,
    NO_LONGER,
    NOMINATED,
    NOT_PERSON,
    NOTE,
    OFFICE_FIRST,
    ONLY_NAMES,
    OWN_LAPSE,
    PERSON_NOTE,
    PLACE,
    PREAMBLE,
    PUT_OFF,
    REMOVED,
    RESIGNED,
    RESPECT,
    SLIP,
    SOME,
    TAIL,
    TAKES,
    THEN_TAKES,
    VERB_DOWN,
    VERB_NOTES,
    VERB_UP,
    split_clauses,
)
from luoshi.reading.notes.posts import ends_in_title, find_lost_boundary, organization_of, split_posts
from luoshi.reading.structure.running_text import RunningText
from luoshi.reading.view import fold
from luoshi.standards.person_names import could_be_person, is_person, surname_length

Mode = Literal["appoint", "remove", ""]


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
        self._removing = False
        place = PLACE.match(title)
        self._place = place.group(1) if place else ""

    def read(self, start: int, end: int) -> None:
        """Read one sentence of the running text."""
        if end - start > (LONGEST_OF_ALL if self._sure else LONGEST):
            return
        label = LABEL.match(self._running.folded, start, end)
        start = self._after_headings(label.end() if label else start, end)
        self._pending, self._reason = [], []
        before = self._running.folded[max(0, start - 1) : start]
        self._removing = before == ";" and bool(self._group) and self._group[-1].action == "remove"
        fresh = True
        for clause in split_clauses(self._running.folded, start, end):
            for first, last in self._told_apart(*clause):
                if last > first and self._clause(first, last, fresh):
                    fresh = False

    def _told_apart(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Two entries that lost the mark between them: 张三为市财政局局长李四为市审计局局长."""
        for match in EMBEDDED.finditer(self._running.folded, first + 8, last):
            if is_person(match["name"]) and ends_in_title(self._running.folded[first : match.start()]):
                self._unclear(match["name"], self._running.span(first, last))
                yield first, match.start()
                first = match.start()
        for mark in (NEXT_REMOVED, NEXT_TAKES):
            for match in mark.finditer(self._running.folded, first, last):
                yield first, match.start()
                first = match.end()
        yield first, last

    def _after_headings(self, start: int, end: int) -> int:
        """Take in the headings of a sentence and return where its entries begin."""
        folded = self._running.folded
        for heading in HEADING.finditer(folded, start, end):
            self._open("appoint" if heading["up"] else "remove")
            start = heading.end()
        bare = BARE_HEADING.fullmatch(folded, start, end)
        if bare and self._sure:
            self._open("appoint" if bare["up"] else "remove")
            return end
        for preamble in (*PREAMBLE.finditer(folded, start, end), *ANY_LEAD.finditer(folded, start, end)):
            start = max(start, preamble.end())
        return start

    def _open(self, mode: Mode) -> None:
        self._mode, self._block = mode, []

    def _clause(self, first: int, last: int, fresh: bool) -> bool:
        """Read one clause; tell whether it holds an entry."""
        if self._is_note(first, last, fresh):
            return False
        found = self._then(first, last) or self._by_colon(first, last) or self._find(first, last)
        found = found or self._beside(first, last) or (None if fresh else self._going_on(first, last))
        if found is None:
            only = ONLY_NAMES.fullmatch(self._running.folded, first, last)
            names = [name for name, _ in self._people(only.span("names"))] if only and self._sure else []
            polite = only is not None and "同志" in only.group()
            if only and all(is_person(name) or (polite and surname_length(name)) for name in names):
                self._pending.extend(names)
                self._reason = [why] if (why := only["why"] or "") and "试用期满" not in why else []
            return False
        self._add(found, first, last)
        return True

    def _then(self, first: int, last: int) -> _Found | None:
        """What the person of the clause before takes up (…职务,任四级调研员), or loses too (…职务、李四同志…职务)."""
        folded = self._running.folded
        takes = THEN_TAKES.fullmatch(folded, first, last)
        if takes and self._sure and (self._persons or self._pending) and ends_in_title(takes["post"]):
            named = NAMES_POLITE.match(takes["post"]) or TAKES.fullmatch(folded, first, last)
            return None if named else _Found("appoint", None, takes.span("post"))
        nominated = NOMINATED.fullmatch(folded, first, last)
        if nominated and (self._persons or self._pending):
            return _Found("appoint", None, nominated.span("post"), ["提名"])
        further = first > 2 and NEXT_REMOVED.match(folded, first - 1) is not None
        words = REMOVED.match(folded, first, last) if further and self._group else None
        return self._of(self._group[-1].action, *words.span("words"), []) if words else None

    def _by_colon(self, first: int, last: int) -> _Found | None:
        """Under a heading also 张三：市财政局局长, either way round."""
        sides = COLON.fullmatch(self._running.folded, first, last)
        if sides is None or not self._mode or not self._sure:
            return None
        for names, post in (("left", "right"), ("right", "left")):
            only = ONLY_NAMES.fullmatch(self._running.folded, *sides.span(names))
            people = self._people(only.span("names")) if only else []
            if people and all(is_person(name) for name, _ in people) and ends_in_title(sides[post]):
                return _Found(self._mode, sides.span(names), sides.span(post))
        return None

    def _beside(self, first: int, last: int) -> _Found | None:
        """The post of a person named in the clause before: 张三，市财政局局长; 张三同志试用期满，任命为…"""
        folded = self._running.folded
        becomes = BECOMES.fullmatch(folded, first, last)
        if not self._pending or not self._sure:
            return None
        if becomes:
            return _Found("appoint", None, becomes.span("post"))
        if self._mode and ends_in_title(folded[first:last]):
            return _Found(self._mode, None, (first, last))
        return None

    def _going_on(self, first: int, last: int) -> _Found | None:
        """Further posts behind a comma: 不再担任市政府党组成员,中共某区委书记职务."""
        folded = self._running.folded
        post = self._strip(first, last)[0]
        if not self._group or post[1] - post[0] < 6 or not ends_in_title(folded[slice(*post)]):
            return None
        office = folded.startswith(("中共", self._place or "中共"), first)
        return _Found(self._group[-1].action, None, (first, last)) if office else None

    def _is_note(self, first: int, last: int, fresh: bool) -> bool:
        folded = self._running.folded
        everybody = ALL.fullmatch(folded, first, last)
        if everybody:
            self._note([entry for entry in self._block if entry.action == "appoint"], everybody.span("note"))
            return True
        some = SOME.fullmatch(folded, first, last)
        if some:
            named = {name for name, _ in self._people(some.span("names"))}
            self._note([entry for entry in self._block if entry.person in named], some.span("note"))
            return True
        if NOTE.match(folded, first, last) and not VERB_DOWN.search(folded, first, last):
            of_all = fresh and folded.find("试用期", first, last) >= 0
            self._note(self._block if of_all else self._group, (first, last))
            return True
        if OWN_LAPSE.match(folded, first, last):
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
        verb = VERB_DOWN.match(folded, first, last)
        match = LAPSE_VERB.match(folded, first, last) or LAPSE.match(folded, verb.end() if verb else first, last)
        if match is None:
            return None
        return self._of("lapse", *match.span("words"), ["职务自然免除", *self._tail_notes(*match.span("tail"))])

    def _no_longer(self, first: int, last: int) -> _Found | None:
        folded = self._running.folded
        match = NO_LONGER.fullmatch(folded, first, last)
        if match:
            names = match.span("names") if match["names"] else None
            return _Found("remove", names, match.span("post"), self._tail_notes(*match.span("tail")))
        accepted = folded.find("接受", first, last)
        match = RESIGNED.match(folded, accepted + 2 if accepted >= 0 else first, last)
        return _Found("remove", match.span("names"), match.span("post"), ["辞去"]) if match else None

    def _removal(self, first: int, last: int) -> _Found | None:
        folded = self._running.folded
        verb = VERB_DOWN.search(folded, first, last)
        put = PUT_OFF.match(folded, first, last)
        if put:
            return self._of("remove", *put.span("words"), self._tail_notes(*put.span("why")))
        carried = CARRIED.fullmatch(folded, first, last) if verb is None and self._removing else None
        if carried and ends_in_title(carried["post"]):
            return _Found("remove", carried.span("names"), carried.span("post"))
        if verb is None and self._mode != "remove":
            return None
        before = BEFORE_VERB.match(folded, first, verb.start()) if verb else None
        clear = before is not None and (before.end("names") < before.end() or len(before["names"]) > 2)
        if verb and before and clear and all(is_person(name) for name, _ in self._people(before.span("names"))):
            post = REMOVED.match(folded, verb.end(), last)
            return _Found("remove", before.span("names"), post.span("words") if post else (verb.end(), last))
        begin = verb.end() if verb else first
        match = REMOVED.match(folded, begin, last)
        words = match.span("words") if match else (begin, last)
        notes = self._tail_notes(*match.span("tail")) if match else []
        return self._of("remove", *words, notes)

    def _of(self, action: AppointmentAction, first: int, last: int, notes: list[str]) -> _Found | None:
        """Split persons and post of a removal: 张三的…, 张三同志…, 其…, or without anything between them."""
        folded = self._running.folded
        his = HIS.fullmatch(folded, first, last)
        if his:
            return _Found(action, None, his.span("post"), notes)
        match = NAMES_OF.fullmatch(folded, first, last) or NAMES_POLITE.fullmatch(folded, first, last)
        if match:
            return _Found(action, match.span("names"), match.span("post"), notes)
        turned = OFFICE_FIRST.fullmatch(folded, first, last)
        if turned and is_person(turned["names"]) and ends_in_title(turned["post"]):
            return _Found(action, turned.span("names"), turned.span("post"), notes)
        if (self._persons or self._pending) and _begins_office(folded[first:last], self._place):
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
        offices = tuple({office for entry in self.entries if len(office := organization_of(entry.post)) > 3})
        for length in (2, 3, 4) if offices else ():
            if could_be_person(folded[begin : begin + length]) and folded.startswith(offices, begin + length, last):
                return _Found(action, (first, begin + length), (begin + length, last), notes)
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
        verb = VERB_UP.search(folded, first, last)
        if verb and re.search("[为任]", folded[first : verb.start()]):
            verb = None  # it belongs to the name of an office: 人事代表选举工作委员会
        begin = verb.end() if verb else first
        slip = SLIP.fullmatch(folded, begin, last)
        if slip and (verb or self._mode == "appoint"):
            return _Found("appoint", slip.span("names"), slip.span("post"), unclear=True)
        match = APPOINT.fullmatch(folded, begin, last)
        if match and not verb and self._mode != "appoint" and is_person(folded[begin + 1 : match.end("names")]):
            match = TAKES.fullmatch(folded, begin, last) or match
        if match is None:
            return self._of("appoint", begin, last, []) if verb else self._listed(first, last)
        notes = [VERB_NOTES[word] for word in (verb["verb"] if verb else "", match["verb"]) if word in VERB_NOTES]
        polite = "同志" in folded[match.end("names") : match.start("verb")]
        titled = ends_in_title(folded[slice(*self._strip(*match.span("post"))[0])])
        if not verb and self._mode != "appoint" and not ((self._sure or polite) and titled):
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
        if any(NOT_PERSON.search(name) for name, _ in names) or post[1] - post[0] < 2:
            return False
        titled = ends_in_title(folded[slice(*post)])
        if re.match("因|由于", folded[slice(*post)]):
            return False
        if not self._sure:
            return titled and post[1] - post[0] > 3 and bool(names) and all(is_person(name) for name, _ in names)
        return titled or (self._mode != "" and not AN_OFFICE.search(folded[slice(*post)]))

    def _tail_notes(self, first: int, last: int) -> list[str]:
        if first < 0:
            return []
        words = self._running.plain[first:last].strip("()（）,，")
        return [words] if len(words) > 1 else []

    def _strip(self, first: int, last: int) -> tuple[tuple[int, int], list[str]]:
        """Take notes in brackets and the word 职务 off the end of a post."""
        folded, notes = self._running.folded, list[str]()
        for _ in range(4):
            tail = TAIL.match(folded, first, last)
            if tail is None or not BRACKET_NOTE.search(tail["note"]) or not tail["rest"]:
                break
            notes.insert(0, self._running.plain[slice(*tail.span("note"))])
            last = tail.end("rest")
        former = FORMER.match(folded, first, last)
        first = former.end() if former else first
        for word in ("的决定", "的决议", "的请求", "职务", "职级", "一职", "候选人", "人选"):
            last -= len(word) if folded.endswith(word, first, last) else 0
        return (first, last), notes

    def _people(self, names: tuple[int, int]) -> list[tuple[str, list[str]]]:
        """Return each person of a list with the notes in brackets behind the name."""
        people: list[tuple[str, list[str]]] = []
        plain = self._running.plain[slice(*names)]
        for piece in re.split(r"[、,，]|(?<=[\u4e00-\u9fff]{2})[和与及](?=[\u4e00-\u9fff]{2})", plain):
            folded = piece.translate({0xFF08: "(", 0xFF09: ")"})
            notes = [note for note in PERSON_NOTE.findall(folded) if not re.match(r"女|男|.{1,4}族", note)]
            name = ASKS.sub("", RESPECT.sub("", PERSON_NOTE.sub("", folded)))
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
        if found.unclear or not all(ends_in_title(fold(post)) for post, _ in posts):
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


def _begins_office(rest: str, place: str) -> bool:
    """Whether words begin as the name of an office does: with the place of the document, or its level."""
    return bool(place and rest.startswith(place)) or re.match(r"[市省县区州]|原|国家|中共", rest) is not None
