"""Figures in the clauses of one sentence: which words belong to which figure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from luoshi.reading.findings import Comparator
from luoshi.reading.targets.words import AFTER, AFTER_PATTERN, AFTER_WITHIN
from luoshi.standards.quantities import Quantity, UnitKind, find_quantities

_MASKED: Final = re.compile(
    r"“[^“”]{0,60}”|‘[^‘’]{0,40}’|\"[^\"]{1,40}\"|《[^《》]{0,120}》|「[^「」]{0,40}」|\([^()]{0,120}\)|〔[^〔〕]{0,60}〕|\[[^\[\]]{0,60}\]"
)
_SEPARATOR: Final = re.compile(r"[,:]")
_LINK: Final = re.compile(r"(?:、|和|及|以及|与|或)")
_JOINT: Final = re.compile(r"(?:以及|和|及|与)$")
_LEAD: Final = re.compile(r"^(?:、|和|及|以及|与|并|,)+")
_LONGEST: Final = 120
MASK: Final = "□"


@dataclass(frozen=True, slots=True)
class Place:
    """One figure: `first` where its own words begin, `last` after 以上 and the like.

    `right` is what follows up to the next figure or pause; `followed` whether that is a figure without a pause between;
    `after_figure` whether no comma divides it from the figure before.
    """

    quantity: Quantity
    first: int
    last: int
    suffix: Comparator | None
    right: str
    right_end: int
    followed: bool
    after_figure: bool


def mask(words: str) -> str:
    """Return the words with names in quotes and words in brackets blotted out; the length stays."""
    return _MASKED.sub(lambda match: MASK * len(match.group()), words)


def places(masked: str) -> list[Place]:
    """Return every figure of a sentence with its own words."""
    found = list(find_quantities(masked))
    result: list[Place] = []
    before = 0
    for index, quantity in enumerate(found):
        after = (AFTER_WITHIN if quantity.kind == "time" else AFTER_PATTERN).match(masked, quantity.end)
        last = after.end() if after else quantity.end
        limit = found[index + 1].start if index + 1 < len(found) else len(masked)
        comma = _SEPARATOR.search(masked, last, limit)
        closed = comma is not None or limit == len(masked)
        if comma is None and limit < len(masked):
            joint = _JOINT.search(masked, max(last, limit - 2), limit)
            limit = joint.start() if joint and joint.start() > last else limit
        pause = _pause(masked, last, comma.start() if comma else limit, closed)
        result.append(
            Place(
                quantity=quantity,
                first=_clause_start(masked, before, quantity.start),
                last=last,
                suffix=_comparator(after),
                right=masked[last:pause],
                right_end=pause,
                followed=pause == limit < len(masked)
                and not (comma is None and masked.startswith(("和", "及", "与", "以及"), limit)),
                after_figure=bool(result) and _SEPARATOR.search(masked, before, quantity.start) is None,
            )
        )
        if not _is_filter(quantity.kind, masked[last:pause], after is not None):
            before = last
    return result


def _is_filter(kind: UnitKind, right: str, compared: bool) -> bool:
    """65岁以上老年人, 5亿元以上项目, 总投资40亿元的: the figure belongs to the name that follows."""
    if kind in ("age", "money", "measure"):
        return bool(right) and right[0] not in "和及与或并" and (kind == "age" or compared or right[0] == "的")
    return False


def _comparator(after: re.Match[str] | None) -> Comparator | None:
    return AFTER[after.group()] if after else None  # type: ignore[return-value]


def _pause(masked: str, start: int, end: int, closed: bool) -> int:
    """Where the words after a figure end: a 、 inside what describes the noun (先进、完善的项目) ends nothing."""
    place = masked.find("、", start, end)
    if place < 0 or (closed and place > start and "的" in masked[place:end]):
        return end
    return place


def _clause_start(masked: str, before: int, start: int) -> int:
    """Where the words of a figure begin: after the last comma or colon, or after the figure before it and its noun."""
    before = max(before, start - _LONGEST)
    commas = [match.end() for match in _SEPARATOR.finditer(masked, before, start)]
    first = commas[-1] if commas else before
    if not commas and before:
        first = max(first, masked.find("、", before, start))
        if before < start - 2 and _JOINT.search(masked, start - 2, start):  # 2个县级和6个镇级中心
            first = start
    lead = _LEAD.match(masked[first:start])
    return first + lead.end() if lead else first


def listed(masked: str, found: list[Place], index: int) -> Iterator[int]:
    """Iterate over the figures that follow one another with nothing but 、 or 和 between (7.5%和8%左右)."""
    yield index
    while index + 1 < len(found):
        between = masked[found[index].last : found[index + 1].quantity.start]
        if not _LINK.fullmatch(between):
            return
        index += 1
        yield index
