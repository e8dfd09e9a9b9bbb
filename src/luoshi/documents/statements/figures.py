"""Figures of targets in words: the comparison, the value in its unit, the years it speaks of."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext_lazy as _

from luoshi.reading.targets.levels import is_level

SIGNS: Final[Mapping[str, str]] = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "=", "~": "≈"}
COMPARISONS: Final[Mapping[str, Any]] = {
    ">=": _("at least"),
    "<=": _("at most"),
    ">": _("more than"),
    "<": _("less than"),
    "=": _("exactly"),
    "~": _("about"),
}
ROLES: Final[Mapping[str, Any]] = {"promise": _("Promised"), "result": _("Claimed as done")}


def change_of(target: Mapping[str, Any]) -> str:
    """Return how something is to change by the figure of a target; empty where the figure is a level it reaches."""
    change = str(target.get("change") or "")
    return "" if change and is_level(str(target.get("quote") or "")) else change


def figure_of(target: Mapping[str, Any]) -> str:
    """Return the figure of a target with its sign and unit: "≥ 6 %", "≥ 全省平均水平"."""
    sign = SIGNS.get(target["comparator"], target["comparator"])
    value = target.get("value")
    if value is None:
        return f"{sign} {target.get('reference') or '—'}"
    high = target.get("value_high")
    numbers = grouped(value) if high is None else f"{grouped(value)}–{grouped(high)}"
    unit = target.get("unit") or ""
    joint = "" if unit in {"%", "‰"} or not unit.isascii() else " "
    change = {"increase": "+", "decrease": "−"}.get(change_of(target), "")
    return f"{sign} {change}{numbers}{joint}{unit}".rstrip()


def years_of(target: Mapping[str, Any]) -> str:
    """Return the years that a figure speaks of, empty where the document does not say."""
    since, until = target.get("since"), target.get("until")
    if since and until and since != until:
        return gettext("%(since)s to %(until)s") % {"since": since, "until": until}
    year = until or since
    return pgettext("a year", "%(year)s") % {"year": year} if year else ""


def grouped(value: float) -> str:
    """Return a figure as the reader's language writes large ones: 60亿 and 4万 in Chinese, 40,000 elsewhere.

    Separators stand by thousands, as in official tables; an empty decimal part is left out.
    """
    if (get_language() or "").startswith("zh"):
        for power, word in ((10**8, "亿"), (10**4, "万")):
            if abs(value) >= power:
                return f"{printed(value / power)}{word}"
    return printed(value)


def printed(value: float) -> str:
    """Return a figure as tables print it: separators by thousands, no empty decimal part."""
    whole = round(value, 6)
    return f"{int(whole):,}" if whole.is_integer() else f"{whole:,}"


def exact(value: float | None) -> Decimal | None:
    """Return a figure of JSON as the digits that it was printed with."""
    return None if value is None else Decimal(str(value))
