"""What a person changed against what was read, character by character and party by party."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile

from luoshi.ledger.drafts import PartyDraft, TaskDraft
from luoshi.ledger.models import AssignmentRole
from luoshi.standards.names import fold_name

# Comparing character by character takes the square of the length; a promise is seldom longer than a page.
LONGEST_COMPARED = 3000


@dataclass(frozen=True)
class Segment:
    """A stretch of words: ``kind`` is empty where both agree, else ``added`` or ``removed``."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class PartyChange:
    """A party that a person added to a role or took out of it."""

    role: AssignmentRole
    name: str
    kind: str


def compare_words(read: str, written: str) -> list[Segment]:
    """Return both texts woven into one, empty where they are equal."""
    if read == written:
        return []
    head = _shared_length(read, written)
    tail = _shared_length(read[head:][::-1], written[head:][::-1])
    old, new = read[head : len(read) - tail], written[head : len(written) - tail]
    middle = _woven(old, new) if len(old) + len(new) <= LONGEST_COMPARED else _replaced(old, new)
    around = [Segment(read[:head]), *middle, Segment(read[len(read) - tail :])]
    return [segment for segment in around if segment.text]


def compare_parties(read: TaskDraft, written: TaskDraft) -> list[PartyChange]:
    """Return the parties that were taken out, then those that were put in."""
    before = {_mark(party): party for party in read.parties}
    after = {_mark(party): party for party in written.parties}
    removed = [PartyChange(each.role, each.name, "removed") for mark, each in before.items() if mark not in after]
    added = [PartyChange(each.role, each.name, "added") for mark, each in after.items() if mark not in before]
    return removed + added


def _shared_length(one: str, other: str) -> int:
    """Return how many characters both begin with."""
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _mark(party: PartyDraft) -> tuple[str, str]:
    return party.role, fold_name(party.name)


def _woven(old: str, new: str) -> list[Segment]:
    segments: list[Segment] = []
    for kind, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            segments.append(Segment(old[start:end]))
        else:
            segments.extend(_replaced(old[start:end], new[new_start:new_end]))
    return segments


def _replaced(old: str, new: str) -> list[Segment]:
    return [Segment(old, "removed"), Segment(new, "added")]
