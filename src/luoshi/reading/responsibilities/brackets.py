"""Pair the brackets of a stretch of text, whatever their widths and kinds, in one pass."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from luoshi.reading.view import CLOSING, OPENING

_KIND_OF: Final = {char: index for pair in (OPENING, CLOSING) for index, char in enumerate(pair)}
_BRACKET: Final = re.compile(f"[{re.escape(OPENING + CLOSING)}]")


@dataclass(frozen=True, slots=True)
class Group:
    """A bracketed stretch: `start` is the opening bracket, `end` the index after the closing one.

    `closed` is false where the closing bracket is missing; `end` is then the end of the stretch.
    """

    start: int
    end: int
    closed: bool = True


def find_groups(text: str, start: int, end: int) -> list[Group]:
    """Return the outermost groups of a stretch in order, and unclosed ones that begin outside them.

    A closing bracket closes the nearest open one of its own kind, or else of any kind: print mixes them.
    """
    stack: list[int] = []
    open_kinds = [0] * len(OPENING)
    closed: list[Group] = []
    for index, char, opens in _brackets(text, start, end):
        kind = _KIND_OF[char]
        if opens:
            stack.append(index)
            open_kinds[kind] += 1
        elif stack:
            any_kind = not open_kinds[kind]
            while stack:
                opened = stack.pop()
                opened_kind = _KIND_OF[text[opened]]
                open_kinds[opened_kind] -= 1
                if any_kind or opened_kind == kind:
                    closed.append(Group(opened, index + 1))
                    break
    return _outermost(closed, [Group(index, end, False) for index in stack])


def _brackets(text: str, start: int, end: int) -> Iterator[tuple[int, str, bool]]:
    for match in _BRACKET.finditer(text, start, end):
        yield match.start(), match.group(), match.group() in OPENING


def _outermost(closed: list[Group], unclosed: list[Group]) -> list[Group]:
    found: list[Group] = []
    covered = -1
    for group in sorted([*closed, *unclosed], key=lambda group: (group.start, -group.end)):
        if group.start < covered:
            continue
        found.append(group)
        if group.closed:
            covered = group.end
    return found
