"""Count what was found rightly, what was found beside it, and what was missed."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from luoshi.reading.evaluation.gold import Gold, GoldTarget, GoldTask
from luoshi.reading.findings import Target
from luoshi.reading.model import Reading, Task

# The implementing units are not collected by every reader, so they do not count.
SCORED_ROLES = ("lead_leaders", "lead_units", "responsible_units", "cooperating_units")
_MARKS = re.compile(r"[^\w]|_")
_BRACKETS = str.maketrans("〔〕[]【】", "()()()")
_HEAD = 18
_WITHIN = 40
_ALIKE = 75.0
_SAME_WORDS = 0.5


@dataclass
class Score:
    """How many were in the gold, how many were read, and how many of these are right."""

    gold: int = 0
    read: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """The share of what was read that is right."""
        return self.right / self.read if self.read else float(not self.gold)

    @property
    def recall(self) -> float:
        """The share of the gold that was found."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass
class FileScore:
    """The scores of one file; a measure that the gold does not speak of is None."""

    name: str
    tasks: Score | None = None
    parties: Score | None = None
    deadlines: Score | None = None
    targets: Score | None = None
    seconds: float = 0.0
    differences: list[str] = field(default_factory=list)


def score_reading(gold: Gold, reading: Reading) -> FileScore:
    """Return the scores of a reading, with a line for every difference."""
    documents = [each for each in reading.documents if gold.covers(each.title)]
    result = FileScore(gold.name)
    if gold.tasks is not None:
        _score_tasks(gold.tasks, [task for each in documents for task in each.tasks], result)
    if gold.targets is not None:
        result.targets = _score_targets(
            gold.targets, [target for each in documents for target in each.targets], result.differences
        )
    return result


def _score_tasks(gold: Sequence[GoldTask], read: Sequence[Task], result: FileScore) -> None:
    pairs = match_tasks(gold, read)
    result.tasks = Score(len(gold), len(read), len(pairs))
    result.parties = Score()
    used = set(pairs.values())
    result.differences += [f"task missed: {t.number} {t.head}" for i, t in enumerate(gold) if i not in pairs]
    result.differences += [f"task extra: {t.number} {t.text[:30]}" for j, t in enumerate(read) if j not in used]
    for index, wanted in enumerate(gold):
        _score_parties(wanted, read[pairs[index]] if index in pairs else None, result)
    extra = (task for index, task in enumerate(read) if index not in used)
    result.parties.read += sum(len(getattr(task, role)) for task in extra for role in SCORED_ROLES)
    if any(task.deadline is not None for task in gold):
        result.deadlines = _score_deadlines([(gold[i], read[j]) for i, j in pairs.items()], gold, result.differences)


def _score_parties(wanted: GoldTask, task: Task | None, result: FileScore) -> None:
    assert result.parties is not None  # noqa: S101
    for role in SCORED_ROLES:
        want = Counter(_name(each) for each in wanted.parties[role])
        have = Counter(_name(each.name) for each in getattr(task, role)) if task else Counter[str]()
        result.parties.gold += want.total()
        result.parties.read += have.total()
        result.parties.right += (want & have).total()
        if task is not None and want != have:
            missing, beside = sorted((want - have).elements()), sorted((have - want).elements())
            result.differences.append(f"{role} of {wanted.number}: missing {missing}, beside {beside}")


def _score_deadlines(pairs: Sequence[tuple[GoldTask, Task]], gold: Sequence[GoldTask], said: list[str]) -> Score:
    score = Score(gold=sum(bool(task.deadline) for task in gold))
    for wanted, task in pairs:
        if wanted.deadline is None:
            continue
        have = _plain(task.deadline.text) if task.deadline else ""
        score.read += bool(have)
        if have == _plain(wanted.deadline):
            score.right += bool(have)
        else:
            said.append(f"deadline of {wanted.number}: want {wanted.deadline!r}, have {have!r}")
    return score


def match_tasks(gold: Sequence[GoldTask], read: Sequence[Task]) -> dict[int, int]:
    """Return which task that was read is which of the gold, told by how their texts begin; each is used once."""
    texts = [_bare(task.text) for task in read]
    candidates: list[tuple[float, float, int, int]] = []
    for i, wanted in enumerate(gold):
        head = _bare(wanted.head)
        for j, text in enumerate(texts):
            likeness = _likeness(head, text)
            same_number = wanted.number == read[j].number
            if likeness >= _ALIKE or (same_number and likeness >= _ALIKE - 20):
                apart = abs(i / len(gold) - j / len(read))
                candidates.append((-(likeness + 5 * same_number), apart, i, j))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for *_rank, i, j in sorted(candidates):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _likeness(head: str, text: str) -> float:
    """Return from 0 to 100 how surely a text begins with a head."""
    if not head or not text:
        return 0.0
    if text.startswith(head[:_HEAD]):
        return 100.0
    at = text.find(head[:12], 0, _WITHIN + 12)
    if at >= 0:
        return 95.0 - at / 10
    return fuzz.ratio(head, text[: len(head) + 6], score_cutoff=50.0)


def _score_targets(gold: Sequence[GoldTarget], read: Sequence[Target], said: list[str]) -> Score:
    left = list(read)
    score = Score(len(gold), len(read))
    for wanted in gold:
        found = next((each for each in left if _is_same_target(wanted, each)), None)
        if found is not None:
            left.remove(found)
            score.right += 1
        elif wanted.is_borderline:
            score.gold -= 1
        else:
            said.append(f"target missed: {wanted.quote}")
    said += [f"target extra: {each.quote} ({each.comparator} {each.value} {each.unit or ''})" for each in left]
    return score


def _is_same_target(wanted: GoldTarget, target: Target) -> bool:
    return (
        target.comparator in wanted.comparators
        and _is_same_value(wanted.value, target.value)
        and _plain(wanted.unit) == _plain(target.unit or "")
        and _overlap(wanted.quote, target.quote) >= _SAME_WORDS
    )


def _is_same_value(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is None and other is None
    return abs(one - other) <= 1e-6 * max(1.0, abs(one), abs(other))


def _overlap(one: str, other: str) -> float:
    """Return which share of the shorter of two quotes stands in the other in one piece."""
    first, second = _bare(one), _bare(other)
    if not first or not second:
        return 0.0
    longest = SequenceMatcher(None, first, second, autojunk=False).find_longest_match()
    return longest.size / min(len(first), len(second))


def _plain(text: str) -> str:
    """Return text in one width and without blanks."""
    folded = "".join(unicodedata.normalize("NFKC", text).split())
    return folded.translate(_BRACKETS).lower()


def _bare(text: str) -> str:
    """Return the letters and figures of a text alone."""
    return _MARKS.sub("", _plain(text))


def _name(name: str) -> str:
    return _plain(name).removesuffix("等")


def total(scores: Iterable[Score | None]) -> Score | None:
    """Return the counts of several files together, or None where none of them was scored."""
    known = [score for score in scores if score is not None]
    if not known:
        return None
    return Score(sum(each.gold for each in known), sum(each.read for each in known), sum(each.right for each in known))
