"""Words for what the audit trail keeps as codes.

A room lists its own on its ``AppConfig``: ``audit_actions`` names actions (``registry.add_group``), ``audit_objects``
the kinds of things they are about (``registry.group``). A code without words is shown as it is.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from luoshi.access.audit import BrokenLink
from luoshi.access.models import AuditEntry


@dataclass(frozen=True)
class Change:
    """One value before and after; what is not there is an empty text."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class ShownEntry:
    """An entry of the trail with its words."""

    entry: AuditEntry
    action: str
    object_kind: str
    changes: list[Change]


def action_words() -> dict[str, str]:
    """Return the words for actions, by code."""
    return {code: str(words) for code, words in _declared("audit_actions")}


def object_words() -> dict[str, str]:
    """Return the words for kinds of objects, by code."""
    return {code: str(words) for code, words in _declared("audit_objects")}


def in_words(entries: Iterator[AuditEntry]) -> list[ShownEntry]:
    """Return the entries with words for their codes and with what they changed."""
    actions, objects = action_words(), object_words()
    return [
        ShownEntry(
            entry=entry,
            action=actions.get(entry.action, entry.action),
            object_kind=objects.get(entry.object_type, entry.object_type),
            changes=changes_of(entry),
        )
        for entry in entries
    ]


def changes_of(entry: AuditEntry) -> list[Change]:
    """Return every value of the entry before and after, those that did not change left out."""
    before, after = _parts(entry.before), _parts(entry.after)
    names = dict.fromkeys([*before, *after])
    rows = [Change(name, _text(before.get(name)), _text(after.get(name))) for name in names]
    return [row for row in rows if row.before != row.after]


def broken_words(link: BrokenLink) -> str:
    """Return in words where the chain does not hold."""
    known = {
        "does not continue the entry before it": _("It does not continue the entry before it."),
        "changed after it was written": _("It was changed after it was written."),
        "the end of the chain is missing or was replaced": _("The end of the trail is missing or was replaced."),
    }
    missing = re.fullmatch(r"missing: the next entry found is (\d+)", link.reason)
    if missing:
        return _("It is missing; the next entry found is number %(number)s.") % {"number": missing[1]}
    return known.get(link.reason, link.reason)


def _declared(attribute: str) -> Iterator[tuple[str, Any]]:
    for config in apps.get_app_configs():
        yield from getattr(config, attribute, {}).items()


def _parts(value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    return {} if value is None else {"": value}


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
