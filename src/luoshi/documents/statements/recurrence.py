"""Recurrence rules (RFC 5545) in the words of the reader; a rule of another shape is shown as it is."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext, ngettext

_LAST_OF_MONTH: Final = "-1"


def in_words(rrule: str) -> str:
    """Return how often a rule recurs: "every 3 months", "every year by 10 March"."""
    parts = dict(piece.split("=", 1) for piece in rrule.removeprefix("RRULE:").split(";") if "=" in piece)
    often = _often(parts)
    if not often:
        return rrule
    day = _day(parts)
    return gettext("%(often)s, by %(day)s") % {"often": often, "day": day} if day else often


def _often(parts: Mapping[str, str]) -> str:
    raw = parts.get("INTERVAL", "1")
    count = int(raw) if raw.isdecimal() and raw.isascii() else 1
    match parts.get("FREQ"):
        case "DAILY":
            words = ngettext("every day", "every %(count)d days", count)
        case "WEEKLY":
            words = ngettext("every week", "every %(count)d weeks", count)
        case "MONTHLY" if count == 3:
            return gettext("every quarter")
        case "MONTHLY" if count == 6:
            return gettext("every half year")
        case "MONTHLY":
            words = ngettext("every month", "every %(count)d months", count)
        case "YEARLY":
            words = ngettext("every year", "every %(count)d years", count)
        case _:
            return ""
    return words % {"count": count}


def _day(parts: Mapping[str, str]) -> str:
    """Return the day that a rule names, where it names one."""
    months, days = parts.get("BYMONTH", ""), parts.get("BYMONTHDAY", "")
    if days == _LAST_OF_MONTH:
        ends = gettext("the end of month %(month)s") % {"month": _listed(months)}
        return ends if months else gettext("the end of the month")
    if months and days:
        return gettext("day %(day)s of month %(month)s") % {"day": _listed(days), "month": _listed(months)}
    if months:
        return gettext("month %(month)s") % {"month": _listed(months)}
    return gettext("day %(day)s of the month") % {"day": _listed(days)} if days else ""


def _listed(values: str) -> str:
    return values.replace(",", gettext(", "))
