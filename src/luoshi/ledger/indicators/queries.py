"""Reads of indicators: the list, and everything that was promised and claimed of one over the years."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, IntegerField, Max, Min, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce, ExtractYear

from luoshi.access.models import User
from luoshi.access.permissions import Action
from luoshi.access.scopes import ALL
from luoshi.documents.models import Document, Statement, StatementKind
from luoshi.documents.statements.figures import figure_of, years_of
from luoshi.documents.states import DocumentStatus
from luoshi.ledger.models import Indicator, IndicatorName, Target, Task
from luoshi.ledger.target_words import figure_words, is_growth
from luoshi.ledger.targets_shown import sentence_of
from luoshi.standards.indicators import indicator_key


def visible_targets(user: User) -> QuerySet[Target]:
    """Return the targets of the tasks that the account may see."""
    return Target.objects.filter(task__in=Task.objects.visible_to(user).order_by().values("pk"))


def list_indicators(user: User, words: str = "", *, also_empty: bool = False) -> QuerySet[Indicator]:
    """Return the indicators of which the account sees a target, counted; wordings are read along in ``names``.

    ``also_empty`` returns those too whose targets were all taken back, to whoever sees all tasks.
    """
    found = Indicator.objects.all()
    # Every row of the join is one target, so that one pass over them counts thousands of indicators.
    if ALL not in user.scopes_for(Action.READ_ALL_TASKS):
        found = found.filter(names__targets__task__in=Task.objects.visible_to(user).order_by().values("pk"))
    elif not also_empty:
        found = found.filter(names__targets__isnull=False)
    found = found.annotate(
        target_count=Count("names__targets"),
        task_count=Count("names__targets__task", distinct=True),
        name_count=Count("names", distinct=True),
        first_year=Min("names__targets__task__plan__year"),
        last_year=Max("names__targets__task__plan__year"),
    )
    for word in words.split():
        found = found.filter(_named(word))
    return found.prefetch_related(Prefetch("names", IndicatorName.objects.order_by("pk")))


def _named(word: str) -> Q:
    wordings = Q(printed__icontains=word)
    if key := indicator_key(word):
        wordings |= Q(key__contains=key)
    return Q(name__icontains=word) | Q(pk__in=IndicatorName.objects.filter(wordings).values("indicator"))


def targets_of(user: User, indicator: Indicator) -> QuerySet[Any]:
    """Return the targets of an indicator that the account may see, newest year first, with their documents."""
    return (
        visible_targets(user)
        .filter(indicator_name__indicator=indicator)
        .select_related("task__plan__document", "document", "indicator_name")
        .annotate(year=Coalesce(ExtractYear("due"), F("task__plan__year"), output_field=IntegerField()))
        .order_by(F("year").desc(nulls_last=True), "task__plan", "task__position", "position", "pk")
    )


@dataclass(frozen=True)
class Promise:
    """One target of an indicator: the year it is for, the figure, the task that promises it, and its sentence."""

    year: int | None
    target: Target
    task: Task
    figure: str
    url: str


def promises(rows: Iterable[Any]) -> list[Promise]:
    """Return targets in the form in which the page shows them."""
    return [Promise(row.year, row, row.task, figure_words(row), sentence_of(row)) for row in rows]


@dataclass(frozen=True)
class Result:
    """What a work report claims to have reached; ``years`` is what it says of when.

    ``year`` is the last of them. What is said of several years together is no result of one.
    """

    year: int | None
    years: str
    figure: str
    quote: str
    document: Document
    url: str
    value: Decimal | None
    unit: str
    growth: bool
    of_one_year: bool


def results_of(user: User, indicator: Indicator) -> list[Result]:
    """Return what current documents claim as reached under any wording of the indicator, newest year first."""
    if not user.may(Action.READ_DOCUMENTS):
        return []
    keys = list(indicator.names.values_list("key", flat=True))
    found = Statement.objects.filter(
        kind=StatementKind.TARGET,
        document__status=DocumentStatus.CURRENT,
        payload__role="result",
        payload__key__in=keys,
    ).select_related("document")
    results = [_result(each) for each in found]
    return sorted(results, key=lambda each: (-(each.year or 0), each.document.pk, each.quote))


def _result(statement: Statement) -> Result:
    said, document = statement.payload, statement.document
    issued = document.issued_on.year if document.issued_on else None
    value, unit = said.get("value"), said.get("unit") or ""
    return Result(
        year=said.get("until") or said.get("since") or issued,
        years=years_of(said),
        figure=figure_of(said),
        quote=said.get("quote") or "",
        document=document,
        url=document.sentence_url(statement.start, statement.end),
        value=None if value is None else Decimal(str(value)),
        unit=unit,
        growth=is_growth(unit, said.get("change") or ""),
        of_one_year=said.get("since") in {None, said.get("until")},
    )
