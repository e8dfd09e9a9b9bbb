"""Goes through the sentences of a part and turns their figures into targets."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from luoshi.reading.findings import Target
from luoshi.reading.model import Span, Task
from luoshi.reading.part_reading import PartReading
from luoshi.reading.targets.figures import find_figures
from luoshi.reading.targets.records import Figure, Setting
from luoshi.reading.targets.relative import find_relative, may_hold
from luoshi.reading.targets.sentences import Sentence, sentences
from luoshi.reading.targets.speaking import Course, Speaking, course_of
from luoshi.reading.targets.words import GOALS
from luoshi.reading.times import find_times
from luoshi.standards.indicators import indicator_key
from luoshi.standards.quantities import QUANTITY

_WITHOUT: Final = frozenset({"appointment", "chronicle"})
_PERMISSIVE: Final = frozenset({"task_plan", "work_report"})
_EXPLAINING: Final = ("名词解释", "注释", "说明", "解读")


@dataclass(slots=True)
class _Reader:
    part: PartReading
    course: Course
    tasks: list[Task]
    starts: list[int]

    def read(self, sentence: Sentence) -> Iterator[Target]:
        """Find the targets of one sentence."""
        words = self.part.view.folded[sentence.start : sentence.end]
        has_figure = QUANTITY.search(words) is not None or "番" in words or "全覆盖" in words
        if not has_figure and not may_hold(words):
            return
        way = self.course.at(sentence.start, words)
        if way.role == "result" and self.part.kind != "work_report":
            return  # how things stand before a plan is no target of it
        setting = Setting(claims=way.role == "result", strict=self.part.kind not in _PERMISSIVE)
        if setting.strict and not GOALS.search(words):
            return
        figures = find_figures(words, setting) if has_figure else []
        if not setting.claims:
            figures.extend(find_relative(words))
        limits = self._limits(sentence) if figures and not setting.claims else []
        for figure in sorted(figures, key=lambda found: (found.first, found.last)):
            yield self._target(sentence, figure, way, limits)

    def _limits(self, sentence: Sentence) -> list[tuple[int, date]]:
        """The last days that the sentence names, by where they are printed."""
        found = find_times(self.part.view.folded, sentence.start, sentence.end, self.part.dating)
        return [(time.first, time.expression.end) for time in found if time.expression.limit and time.expression.end]

    def _target(self, sentence: Sentence, figure: Figure, way: Speaking, limits: list[tuple[int, date]]) -> Target:
        view = self.part.view
        first, last = sentence.start + figure.first, sentence.start + figure.last
        span = view.span(first, last)
        task = self._task_at(span)
        due = max((limit for limit in limits if limit[0] < last), default=(0, None))[1]
        if due is None and way.role == "promise":
            due = _limit_beside(task)
        return Target(
            quote=view.plain[first:last],
            indicator=figure.indicator,
            comparator=figure.comparator,
            value=figure.value,
            unit=figure.unit,
            span=span,
            key=indicator_key(figure.indicator),
            role=way.role,
            change=figure.change,
            value_high=figure.value_high,
            reference=figure.reference,
            due=due,
            since=way.since,
            until=max(way.until or due.year, due.year) if due else way.until,
            task=task.id if task else None,
        )

    def _task_at(self, span: Span) -> Task | None:
        place = bisect_right(self.starts, span.start) - 1
        if place < 0:
            return None
        task = self.tasks[place]
        return task if span.start < max(task.text_span.end, task.span.end) else None


def _limit_beside(task: Task | None) -> date | None:
    """Return the limit that stands in a column or a clause of its own, which holds for all that the task says."""
    if task is None or task.deadline is None:
        return None
    inside = task.text_span.start <= task.deadline.span.start < task.text_span.end
    return None if inside else task.deadline.date


def read_targets(part: PartReading) -> list[Target]:
    """Return every target of a part."""
    if part.kind in _WITHOUT or any(word in part.title for word in _EXPLAINING):
        return []
    tasks = sorted(part.tasks, key=lambda task: task.text_span.start)
    reader = _Reader(part, course_of(part), tasks, [task.text_span.start for task in tasks])
    return [target for sentence in sentences(part) for target in reader.read(sentence)]
