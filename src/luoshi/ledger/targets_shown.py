"""Targets as pages show them: while they are confirmed, and on the page of their task."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F
from django.urls import reverse

from luoshi.documents.paper import page_of
from luoshi.ledger.drafts import TargetDraft, TaskDraft
from luoshi.ledger.known_indicators import Known, has_other_unit, known_under
from luoshi.ledger.models import Target, Task
from luoshi.ledger.target_words import figure_words


@dataclass(frozen=True)
class TargetShown:
    """One target: what is measured, the figure, by when, and where it is printed.

    ``known_as`` is the indicator that it counts for where that has another name; ``url`` leads to the sentence and is
    empty where a person added the target. ``value`` is for the bar, empty where the figure is no number.
    """

    printed: str
    figure: str
    due: dt.date | None
    reference: str
    quote: str
    known_as: str
    known_url: str
    other_unit: bool = False
    url: str = ""
    page: int | None = None
    value: float | int | None = None
    unit: str = ""


def targets_of_draft(draft: TaskDraft, known: Known) -> list[TargetShown]:
    """Return the targets that a finding proposes."""
    return [_proposed(target, known) for target in draft.targets]


def _proposed(target: TargetDraft, known: Known) -> TargetShown:
    indicator = known_under(target, known)
    return TargetShown(
        printed=target.printed,
        figure=figure_words(target),
        due=target.due,
        reference=target.reference if target.value is not None else "",
        quote=target.quote,
        known_as=indicator.name if indicator else "",
        known_url=reverse("ledger:indicator", args=[indicator.pk]) if indicator else "",
        other_unit=has_other_unit(target, known),
    )


def targets_of_task(task: Task) -> list[TargetShown]:
    """Return the targets of a task with the places where they are printed, in one query."""
    rows = (
        Target.objects.filter(task=task)
        .select_related("indicator_name__indicator", "document")
        .annotate(page_starts=F("document__reading__text__page_starts"))
    )
    return [_kept(row) for row in rows]


def _kept(row: Target) -> TargetShown:
    indicator = row.indicator_name.indicator
    return TargetShown(
        printed=row.printed,
        figure=figure_words(row),
        due=row.due,
        reference=row.reference if row.value is not None else "",
        quote=row.quote,
        known_as=indicator.name if indicator.name != row.printed else "",
        known_url=reverse("ledger:indicator", args=[indicator.pk]),
        url=sentence_of(row),
        page=page_of(row.page_starts, row.start) if row.start is not None else None,  # type: ignore[attr-defined]
        value=_bar(row.value),
        unit=row.unit,
    )


def _bar(value: Decimal | None) -> float | int | None:
    """Return a figure as a bar takes it; a whole one without a point."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def sentence_of(row: Target) -> str:
    """Return the address of the words of a target in its document; empty where a person added it."""
    if row.document is None or row.start is None or row.end is None:
        return ""
    return row.document.sentence_url(row.start, row.end)
