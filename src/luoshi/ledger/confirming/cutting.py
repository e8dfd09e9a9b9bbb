"""Where the words of one finding may be cut into several tasks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_ENDS: Final = frozenset("。；;！？，")
_HALVES: Final = "；;，"
_OPENING: Final = "（(《“‘【〔[「『"
_CLOSING: Final = "）)》”’】〕]」』"


@dataclass(frozen=True)
class Piece:
    """A stretch of the text that ends where it may be cut; ``end`` is that place."""

    text: str
    end: int
    is_last: bool = False


def find_cuts(text: str) -> list[int]:
    """Return the offsets behind every end of a sentence or of a part of one, outside brackets, except the last."""
    cuts: list[int] = []
    depth = 0
    for offset, char in enumerate(text):
        depth = max(0, depth + (char in _OPENING) - (char in _CLOSING))
        if char in _ENDS and not depth and text[offset + 1 :].strip():
            cuts.append(offset + 1)
    return cuts


def propose_cuts(text: str) -> list[int]:
    """Return where most people would cut: between half-sentences where there are some, else between sentences.

    A comma is a place where it can be cut, but no proposal.
    """
    cuts = find_cuts(text)
    halves = [cut for cut in cuts if text[cut - 1] in "；;"]
    return halves or [cut for cut in cuts if text[cut - 1] != "，"]


def pieces_of(text: str) -> list[Piece]:
    """Return the text in the pieces between all possible cuts."""
    ends = [*find_cuts(text), len(text)]
    starts = [0, *ends]
    return [Piece(text[start:end], end, end == len(text)) for start, end in zip(starts, ends, strict=False)]


def cut_text(text: str, cuts: Iterable[int]) -> list[str]:
    """Return the parts between the cuts, without white space and dividing half-stops at their ends.

    Offsets at which the text cannot be cut are passed over.
    """
    chosen = sorted(set(cuts) & set(find_cuts(text)))
    bounds: Sequence[int] = [0, *chosen, len(text)]
    parts = [text[start:end].strip() for start, end in pairwise(bounds)]
    return [_ended(part) for part in parts if part]


def _ended(part: str) -> str:
    """Let a part that was a half-sentence end like a sentence."""
    return f"{part[:-1]}。" if part[-1] in _HALVES else part
