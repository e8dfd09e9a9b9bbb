"""Recurrence rules (RFC 5545) in the words of the reader; a rule of another shape is shown as it is."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext, gettext_noop

_LAST_OF_MONTH: Final = "-1"
# What recurs once a unit of time, and what recurs every so many of them.
_HOW_OFTEN: Final[Mapping[str, tuple[str, str]]] = {
    "DAILY": (gettext_noop("every day"), gettext_noop("every %(count)d days")),
    "WEEKLY": (gettext_noop("every week"), gettext_noop("every %(count)d weeks")),
    "MONTHLY": (gettext_noop("every month"), gettext_noop("every %(count)d months")),
    "MONTHLY3": (gettext_noop("every quarter"), ""),
    "MONTHLY6": (gettext_noop("every half year"), ""),
    "YEARLY": (gettext_noop("every year"), gettext_noop("every %(count)d years")),
}


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
    once, repeated = _HOW_OFTEN.get(f"{parts.get('FREQ')}{count}") or _HOW_OFTEN.get(parts.get("FREQ", ""), ("", ""))
    if not once:
        return ""
    return gettext(once) if count == 1 or not repeated else gettext(repeated) % {"count": count}


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
