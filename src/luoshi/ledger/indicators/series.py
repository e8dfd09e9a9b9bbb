"""The figures of an indicator over the years, for its chart."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from luoshi.ledger.indicators.queries import Result
from luoshi.ledger.target_words import is_growth

Measure = tuple[str, bool]
Points = dict[int, Decimal]


def chart_of(targets: Iterable[Any], results: Sequence[Result]) -> dict[str, Any] | None:
    """Return the chart of what was promised and claimed in the measure that most years use; None for fewer than two.

    Growths and levels are never put on one line. Of several figures for one year the first as printed is drawn;
    what a report says of several years together is not.
    """
    promised: defaultdict[Measure, Points] = defaultdict(dict)
    for row in targets:
        if row.year and row.value is not None:
            promised[row.unit, is_growth(row.unit, row.change)].setdefault(row.year, row.value)
    claimed: defaultdict[Measure, Points] = defaultdict(dict)
    for result in results:
        if result.year and result.of_one_year and result.value is not None:
            claimed[result.unit, result.growth].setdefault(result.year, result.value)
    if not promised:
        return None
    measure = max(promised, key=lambda each: (len({*promised[each], *claimed[each]}), max(promised[each]), each))
    return _drawn(measure, promised[measure], claimed[measure])


def _drawn(measure: Measure, promised: Points, claimed: Points) -> dict[str, Any] | None:
    years = sorted({*promised, *claimed})
    if len(years) < 2:
        return None
    lines = [(_("Promised"), promised, "blue"), (_("Claimed in work reports"), claimed, "green")]
    return {
        "categories": [str(year) for year in years],
        "series": [
            {"name": name, "values": [_plain(points.get(year)) for year in years], "tone": tone}
            for name, points, tone in lines
            if points
        ],
        "unit": measure[0],
    }


def _plain(value: Decimal | None) -> float | int | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
