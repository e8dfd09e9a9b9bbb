"""Indicators that are probably the same: pairs of wordings for a person to decide about."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count, Min, QuerySet

from luoshi.ledger.models import Indicator, IndicatorDifference, IndicatorName, Target
from luoshi.ledger.target_words import figure_words
from luoshi.ledger.targets_shown import sentence_of
from luoshi.standards.indicators import Suggestion, suggest_same

RECENT = 20


@dataclass(frozen=True)
class Pair:
    """Two wordings of different indicators and how alike they are, from 0 to 100."""

    one: IndicatorName
    other: IndicatorName
    score: float


@dataclass(frozen=True)
class Side:
    """One side of a suggestion: the wording, its indicator, how many targets it has, and one of them."""

    name: IndicatorName
    indicator: Indicator
    targets: int
    quote: str
    figure: str
    url: str
    document: str
    year: int | None


@dataclass(frozen=True)
class PairShown:
    """A suggestion as the page shows it."""

    one: Side
    other: Side
    percent: int


def suggested_pairs() -> list[Pair]:
    """Return the pairs that nobody has decided about, the likeliest first; of two indicators only one pair."""
    names = {name.key: name for name in _used_names()}
    decided = set(map(frozenset, _differences().values_list("one__indicator", "other__indicator")))
    pairs: list[Pair] = []
    for first, second, score in _alike(tuple(sorted(names))):
        one, other = names[first], names[second]
        both = frozenset((one.indicator_id, other.indicator_id))
        if len(both) == 2 and both not in decided:
            decided.add(both)
            pairs.append(Pair(one, other, score))
    return pairs


def _used_names() -> QuerySet[IndicatorName]:
    """Return the wordings of indicators that have a target; what was taken back leaves its wordings behind."""
    used = Target.objects.order_by().values("indicator_name__indicator")
    return IndicatorName.objects.filter(indicator__in=used).select_related("indicator")


@lru_cache(maxsize=2)
def _alike(keys: tuple[str, ...]) -> tuple[Suggestion, ...]:
    """Compare the wordings once for every state of them: thousands take seconds."""
    return tuple(suggest_same(keys))


def show_pairs(pairs: Iterable[Pair]) -> list[PairShown]:
    """Return suggestions with an example of each side, in two queries."""
    listed = list(pairs)
    sides = {side.name.pk: side for side in _sides(each for pair in listed for each in (pair.one, pair.other))}
    return [PairShown(sides[pair.one.pk], sides[pair.other.pk], round(pair.score)) for pair in listed]


def _sides(names: Iterable[IndicatorName]) -> Iterator[Side]:
    listed = {name.pk: name for name in names}
    counted = {
        indicator: (count, first)
        for indicator, count, first in Target.objects.filter(
            indicator_name__indicator__in={name.indicator_id for name in listed.values()}
        )
        .order_by()
        .values_list("indicator_name__indicator")
        .annotate(count=Count("pk"), first=Min("pk"))
    }
    rows = Target.objects.select_related("document", "task__plan__document")
    examples = rows.in_bulk([first for _count, first in counted.values()])
    for name in listed.values():
        count, first = counted.get(name.indicator_id, (0, 0))
        yield _side(name, count, examples.get(first))


def _side(name: IndicatorName, count: int, example: Target | None) -> Side:
    document = example.task.plan.document if example else None
    return Side(
        name=name,
        indicator=name.indicator,
        targets=count,
        quote=example.quote if example else "",
        figure=figure_words(example) if example else "",
        url=(sentence_of(example) or example.task.get_absolute_url()) if example else "",
        document=(document.doc_number or document.title) if document else "",
        year=example.task.plan.year if example else None,
    )


def recently_joined() -> QuerySet[IndicatorName]:
    """Return the wordings that somebody joined to an indicator last."""
    joined = IndicatorName.objects.exclude(joined_at=None).select_related("indicator", "joined_by")
    return joined.order_by("-joined_at", "-pk")[:RECENT]


def recent_differences() -> QuerySet[IndicatorDifference]:
    """Return what somebody said is different, the latest first."""
    return _differences().select_related("one", "other", "said_by").order_by("-said_at", "-pk")[:RECENT]


def _differences() -> QuerySet[IndicatorDifference]:
    return IndicatorDifference.objects.all()
