"""Targets in words: as a person reads them, and as one line that is the same in every language."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luoshi.documents.statements.figures import SIGNS, figure_of
from luoshi.standards.quantities import kind_of_unit

CHANGES: Final[Mapping[str, Promise]] = {
    "": _("reaches"),
    "increase": _("grows by"),
    "decrease": _("falls by"),
}
# Units that measure how much something moves, where the target is a growth.
_RELATIVE: Final = frozenset({"share", "points", "times"})


class Figure(Protocol):
    """What a row of the ledger and a draft of it have in common."""

    @property
    def printed(self) -> str: ...
    @property
    def comparator(self) -> str: ...
    @property
    def value(self) -> Decimal | None: ...
    @property
    def value_high(self) -> Decimal | None: ...
    @property
    def unit(self) -> str: ...
    @property
    def change(self) -> str: ...
    @property
    def reference(self) -> str: ...
    @property
    def due(self) -> dt.date | None: ...


def figure_words(target: Figure) -> str:
    """Return the figure as the reader's language writes it: "≥ 4万人" in Chinese, "≥ 40,000人" elsewhere."""
    said: dict[str, Any] = {
        "comparator": target.comparator,
        "value": None if target.value is None else float(target.value),
        "value_high": None if target.value_high is None else float(target.value_high),
        "unit": target.unit,
        "change": target.change,
        "reference": target.reference,
    }
    return figure_of(said)


def line_of(target: Figure) -> str:
    """Return indicator, figure and date in one line that is the same in every language, for files and the trail."""
    sign = SIGNS.get(target.comparator, target.comparator)
    change = {"increase": "+", "decrease": "−"}.get(target.change, "")
    figure = exact(target.value, target.value_high) or target.reference or "—"
    due = f" ({target.due:%Y-%m-%d})" if target.due else ""
    return f"{target.printed} {sign} {change}{figure}{target.unit}{due}"


def exact(value: Decimal | None, high: Decimal | None = None) -> str:
    """Return a figure with all its digits, separated by thousands; empty where there is none."""
    if value is None:
        return ""
    return _digits(value) if high is None else f"{_digits(value)}–{_digits(high)}"


def _digits(value: Decimal) -> str:
    return f"{value.normalize():,f}"


def is_growth(unit: str, change: str) -> bool:
    """Tell whether the figure says how much something moves, not where it stands."""
    return bool(change) and kind_of_unit(unit) in _RELATIVE
