"""Heads of tables without rules, on one line or wrapped over several: the titles of their columns.

Titles of several lines are set around one middle, so that their lines stand between those of the titles beside them:
what lies above each other belongs to one column, and the head ends where most titles are titles.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from luoshi.reading.decoding.paper.bare_tables import head_titles
from luoshi.reading.decoding.paper.text_lines import TextLine, split_at_gaps
from luoshi.reading.responsibilities.table_heads import kind_of_title
from luoshi.reading.view import fold

_MOST_LINES: Final = 5
_LONGEST_PART: Final = 14
_GAP: Final = 0.8
_FEWEST: Final = 3
_APART: Final = 0.9  # of the height of the letters: what stands further below begins the rows
_SENTENCE: Final = frozenset("。；;，,：:、")
_ROLES: Final = ("units", "leaders")


@dataclass(frozen=True, slots=True)
class HeadBlock:
    """The titles of the columns of a head, all its words as one line, and how many printed lines it takes."""

    titles: tuple[TextLine, ...]
    whole: TextLine
    lines: int


def head_block(lines: Sequence[TextLine], index: int) -> HeadBlock | None:
    """Return the head that begins with a line, else None."""
    plain = head_titles(lines[index])
    best = HeadBlock(tuple(plain), lines[index], 1) if plain else None
    known = _known(plain) if plain else _FEWEST - 1
    parts: list[TextLine] = []
    for count in range(1, min(_MOST_LINES, len(lines) - index) + 1):
        line = lines[index + count - 1]
        own = split_at_gaps(line, ems=_GAP)
        if not all(map(_may_be_title, own)) or (parts and line.top - _bottom(parts) > _APART * line.height):
            break
        parts.extend(own)
        if count > 1 and (found := _known(titles := _columns(parts))) > known and _heads(titles):
            marks = tuple(mark for part in parts for mark in part.marks)
            best, known = HeadBlock(tuple(titles), TextLine(marks), count), found
    return best


def _may_be_title(part: TextLine) -> bool:
    text = part.text
    return len(text) <= _LONGEST_PART and not _SENTENCE.intersection(text) and not text.strip().isdigit()


def _bottom(parts: Sequence[TextLine]) -> float:
    return max(part.bottom for part in parts)


def _columns(parts: Sequence[TextLine]) -> list[TextLine]:
    """Put together what lies above each other, from left to right."""
    columns: list[list[TextLine]] = []
    reach = float("-inf")
    for part in sorted(parts, key=lambda part: part.left):
        if columns and part.left < reach:
            columns[-1].append(part)
        else:
            columns.append([part])
        reach = max(reach, part.right) if columns[-1][1:] else part.right
    return [
        TextLine(tuple(mark for part in sorted(column, key=lambda part: part.top) for mark in part.marks))
        for column in columns
    ]


def _kinds(titles: Sequence[TextLine]) -> list[str]:
    return [kind_of_title(fold("".join(mark.text for mark in title.marks)).replace(" ", "")) for title in titles]


def _known(titles: Sequence[TextLine]) -> int:
    return sum(map(bool, _kinds(titles)))


def _heads(titles: Sequence[TextLine]) -> bool:
    kinds = _kinds(titles)
    return (
        len(titles) >= _FEWEST
        and sum(map(bool, kinds)) * 3 >= 2 * len(kinds)
        and any(kind.endswith(_ROLES) for kind in kinds)
        and any(kind in ("words", "number") for kind in kinds)
    )
