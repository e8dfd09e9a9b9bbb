"""Tables of names and posts: 姓名 | 任命职务 | 免去职务 | 备注."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from luoshi.reading.findings import AppointmentAction
from luoshi.reading.notes.appointment_clauses import Entry
from luoshi.reading.notes.posts import split_posts
from luoshi.reading.structure.cells import Row, find_tables
from luoshi.reading.structure.lines import Line

_NAME_HEAD: Final = re.compile(r"姓名|人员|名字")
_NOTE_HEAD: Final = re.compile(r"备注|试用期|说明|任期|聘期")
_UP_HEAD: Final = re.compile(r"(?:任命|新任|拟任|任|聘任|担任).{0,4}职务|任命为|任职|职务")
_DOWN_HEAD: Final = re.compile(r"免|不再|解聘|卸任")
_OLD_HEAD: Final = re.compile(r"现任|原任|原职|现职|曾任")
_NOTHING: Final = frozenset({"", "/", "-", "—", "——", "无"})


def read_name_tables(text: str, lines: Sequence[Line], title: str) -> Iterator[Entry]:
    """Yield the entries of all tables whose head names persons and posts."""
    for table in find_tables(text, lines):
        head = table[0].texts
        names = next((column for column, word in enumerate(head) if _NAME_HEAD.search(word)), -1)
        posts = dict(_post_columns(head, title))
        notes = [column for column, word in enumerate(head) if _NOTE_HEAD.search(word)]
        if names >= 0 and posts:
            for row in table[1:]:
                yield from _entries(row, names, posts, notes)


def _post_columns(head: Sequence[str], title: str) -> Iterator[tuple[int, AppointmentAction]]:
    removing = "免" in title and "任免" not in title and "任命" not in title
    for column, word in enumerate(head):
        if _OLD_HEAD.search(word) or _NOTE_HEAD.search(word):
            continue
        if _DOWN_HEAD.search(word):
            yield column, "remove"
        elif _UP_HEAD.search(word):
            yield column, "remove" if removing else "appoint"


def _entries(row: Row, names: int, posts: dict[int, AppointmentAction], notes: Sequence[int]) -> Iterator[Entry]:
    words = dict(enumerate(row.texts))
    person = re.sub(r"[(].*[)]|同志$", "", words.get(names, ""))
    said = [words[column] for column in notes if words.get(column, "") not in _NOTHING]
    for column, action in posts.items():
        cell = words.get(column, "").removesuffix("职务")
        if person and cell not in _NOTHING:
            for post in split_posts(cell):
                yield Entry(person, action, post.of(cell), row.span, [*said, *(["兼任"] if post.also else [])])
