"""What the ledger knows of the indicators that drafts of targets name: under which name they count, in which units."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from luoshi.ledger.drafts import TargetDraft, TaskDraft
from luoshi.ledger.models import IndicatorName, Target
from luoshi.ledger.target_words import is_growth
from luoshi.standards.quantities import kind_of_unit


@dataclass(frozen=True)
class KnownIndicator:
    """An indicator under one of its wordings; ``units`` are those it was measured in, each with whether as a growth."""

    pk: int
    name: str
    units: frozenset[tuple[str, bool]]


Known = Mapping[str, KnownIndicator]
NOTHING_KNOWN: Final[Known] = MappingProxyType({})


def known_indicators(drafts: Iterable[TaskDraft]) -> dict[str, KnownIndicator]:
    """Return the indicators of the drafts' targets by the key of the wording, in two queries."""
    return known_wordings(target for draft in drafts for target in draft.targets)


def known_wordings(targets: Iterable[TargetDraft]) -> dict[str, KnownIndicator]:
    """Return the indicators that targets count for by the key of the wording, in two queries."""
    keys = {target.key for target in targets}
    if not keys:
        return {}
    names = list(IndicatorName.objects.filter(key__in=keys).select_related("indicator"))
    units = _units_of({name.indicator_id for name in names})
    return {
        name.key: KnownIndicator(name.indicator_id, name.indicator.name, frozenset(units[name.indicator_id]))
        for name in names
    }


def _units_of(indicators: Iterable[int]) -> defaultdict[int, set[tuple[str, bool]]]:
    rows = (
        Target.objects.filter(indicator_name__indicator__in=list(indicators))
        .exclude(unit="")
        .order_by()
        .values_list("indicator_name__indicator", "unit", "change")
        .distinct()
    )
    units: defaultdict[int, set[tuple[str, bool]]] = defaultdict(set)
    for indicator, unit, change in rows:
        units[indicator].add((unit, is_growth(unit, change)))
    return units


def known_under(target: TargetDraft, known: Known) -> KnownIndicator | None:
    """Return the indicator under which the target will count, where that has another name than is printed."""
    found = known.get(target.key)
    return found if found and found.name != target.printed else None


def has_other_unit(target: TargetDraft, known: Known) -> bool:
    """Tell whether the target measures another magnitude than its indicator did so far.

    A growth is compared with growths, a level with levels; things are counted as 个 here and 家 there.
    """
    found = known.get(target.key)
    if found is None or not target.unit:
        return False
    growth = is_growth(target.unit, target.change)
    units = [unit for unit, was_growth in found.units if was_growth == growth]
    return bool(units) and not any(_is_comparable(target.unit, unit) for unit in units)


def _is_comparable(one: str, other: str) -> bool:
    return one == other or (kind_of_unit(one) == "count" == kind_of_unit(other))
