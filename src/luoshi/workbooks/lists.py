"""Several names in one cell: joining them, and dividing what people typed.

Names are divided at any of the marks people use for it, but not inside brackets, since a unit may be called
市政府办公室（研究室、法制办）. A backslash before a mark keeps it as part of the name; joining adds it where needed.
"""

import re
from collections.abc import Iterable
from itertools import accumulate
from typing import Final

_MARKS: Final = "、，,；;\n"
_OPENING: Final = "（([［【〔{"
_CLOSING: Final = "）)]］】〕}"
_ESCAPE: Final = "\\"
_SPECIAL: Final = re.compile(f"[{re.escape(_OPENING + _CLOSING + _ESCAPE)}]")


def join_list(items: Iterable[str], separator: str) -> str:
    """Return the items in one text that ``split_list`` divides again into the same items."""
    marks = _MARKS + separator
    return separator.join(_escaped(item, marks) for item in items)


def split_list(text: str, separator: str) -> tuple[str, ...]:
    """Return the items of a cell, stripped of white space, without empty ones."""
    marks = _MARKS + separator
    if _SPECIAL.search(text):
        items = [_unescaped(item.strip()) for item in _divided(text, marks)]
    else:
        items = [item.strip() for item in text.translate({ord(mark): "\n" for mark in marks}).split("\n")]
    return tuple(item for item in items if item)


def _divided(text: str, marks: str) -> list[str]:
    protected = _bracketed(text)
    parts, start, index = [], 0, 0
    while index < len(text):
        if text[index] == _ESCAPE:
            index += 1
        elif text[index] in marks and not protected[index]:
            parts.append(text[start:index])
            start = index + 1
        index += 1
    return [*parts, text[start:]]


def _bracketed(text: str) -> list[bool]:
    """Return for every position whether it lies inside closed brackets; an unclosed bracket protects nothing."""
    change = [0] * (len(text) + 1)
    opened: list[int] = []
    escaped = False
    for index, char in enumerate(text):
        if escaped or char == _ESCAPE:
            escaped = not escaped
        elif char in _OPENING:
            opened.append(index)
        elif char in _CLOSING and opened:
            change[opened.pop()] += 1
            change[index] -= 1
    return [depth > 0 for depth in accumulate(change)]


def _escaped(item: str, marks: str) -> str:
    special = marks + _OPENING + _CLOSING + _ESCAPE
    if _ESCAPE not in item and _is_balanced(item) and len(_divided(item, marks)) == 1:
        return item
    return re.sub(f"([{re.escape(special)}])", r"\\\1", item)


def _is_balanced(item: str) -> bool:
    depth = 0
    for char in item:
        depth += (char in _OPENING) - (char in _CLOSING)
        if depth < 0:
            return False
    return depth == 0


def _unescaped(item: str) -> str:
    return re.sub(r"\\(.)", r"\1", item, flags=re.DOTALL)
