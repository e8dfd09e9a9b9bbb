"""The fixed words and shapes of things that look the same on every page: lights, roles, matches, tones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Django's message levels and our tones, as the classes of badges, notes and toasts.
TONES: Mapping[str, str] = {
    "debug": "neutral",
    "neutral": "neutral",
    "info": "info",
    "success": "ok",
    "ok": "ok",
    "warning": "warn",
    "warn": "warn",
    "error": "danger",
    "danger": "danger",
}

TONE_ICONS: Mapping[str, str] = {
    "neutral": "point",
    "info": "info-circle",
    "ok": "circle-check",
    "warn": "alert-triangle",
    "danger": "alert-octagon",
}

# Colour is never alone: the shape is drawn by components/light.html and the word stands beside it.
LIGHTS: Mapping[str, Promise] = {
    "blue": _("Blue light"),
    "green": _("On track"),
    "yellow": _("Yellow light"),
    "red": _("Red light"),
    "none": _("No light yet"),
}

ROLES: Mapping[str, Promise] = {
    "lead_leader": _("Lead leader"),
    "lead_unit": _("Lead unit"),
    "responsible_unit": _("Responsible unit"),
    "cooperating_unit": _("Cooperating unit"),
    "implementing_unit": _("Implementing unit"),
}

ROLE_ICONS: Mapping[str, str] = {
    "lead_leader": "user-star",
    "lead_unit": "building-bank",
    "responsible_unit": "building",
    "cooperating_unit": "users-group",
    "implementing_unit": "tool",
}

MATCHES: Mapping[str, Promise] = {
    "known": _("in the registry"),
    "alias": _("known by another name"),
    "new": _("not in the registry"),
    "group": _("a group of units"),
}

MATCH_ICONS: Mapping[str, str] = {
    "known": "check",
    "alias": "arrows-exchange",
    "new": "question-mark",
    "group": "sitemap",
}

FORMATS: Mapping[str, Promise] = {
    "xlsx": _("Excel workbook"),
    "csv": _("CSV text"),
    "docx": _("Word document"),
    "pdf": _("PDF"),
}

FORMAT_ICONS: Mapping[str, str] = {
    "xlsx": "file-spreadsheet",
    "csv": "file-type-csv",
    "docx": "file-type-docx",
    "pdf": "file-type-pdf",
    "": "download",
}


@dataclass(frozen=True)
class BarPart:
    """One horizontal bar of a target, as a share of the longest bar in percent."""

    label: str
    text: str
    percent: str
    kind: str


def tone_of(name: str) -> str:
    """Return one of our five tones for a tone or a Django message level; an unknown word is neutral."""
    words = name.split()
    return TONES.get(words[-1], "neutral") if words else "neutral"


def grouped(value: int | float | Decimal) -> str:
    """Return a number with a comma between thousands; a fraction keeps the digits that it came with."""
    return f"{value:,}"


def bar_parts(rows: Sequence[tuple[str, str, Decimal | int | float | None]], *, unit: str) -> list[BarPart]:
    """Return the bars for ``(kind, label, value)`` rows, all on the scale of the largest; no value is no bar."""
    numbers = [value for _kind, _label, value in rows if value is not None]
    longest = max([*map(float, numbers), 0.0])
    return [
        BarPart(
            label=label,
            text=f"{grouped(value)}{unit}",
            percent=f"{max(float(value), 0) / longest * 100 if longest else 0:.1f}",
            kind=kind,
        )
        for kind, label, value in rows
        if value is not None
    ]
