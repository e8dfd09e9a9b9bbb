"""The audit trail of a task in words: who did what, from what to what."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from luoshi.access.models import AuditEntry
from luoshi.ledger.models import AssignmentRole, Confirmation, ConfirmationKind
from luoshi.ledger.states import TaskStatus

# What the trail keeps as codes, also for the page of the whole trail.
ACTION_WORDS: Final[Mapping[str, Promise]] = {
    "ledger.accept_all_clean": gettext_lazy("Accepted all findings without a doubt"),
    "ledger.accept_finding": gettext_lazy("Accepted a finding"),
    "ledger.add_note": gettext_lazy("Wrote a note"),
    "ledger.add_subtask": gettext_lazy("Added a part of a task"),
    "ledger.assign": gettext_lazy("Added a party"),
    "ledger.attach_files": gettext_lazy("Added files"),
    "ledger.change_status": gettext_lazy("Changed the status"),
    "ledger.decide_difference": gettext_lazy("Decided about a difference of another printing"),
    "ledger.delete_view": gettext_lazy("Deleted a saved view"),
    "ledger.edit_finding": gettext_lazy("Accepted a finding with changes"),
    "ledger.edit_task": gettext_lazy("Changed a task"),
    "ledger.export": gettext_lazy("Exported tasks"),
    "ledger.import": gettext_lazy("Applied an edited list"),
    "ledger.join_indicators": gettext_lazy("Joined two indicators"),
    "ledger.merge_finding": gettext_lazy("Merged findings into one task"),
    "ledger.part_wording": gettext_lazy("Parted a wording from its indicator"),
    "ledger.reject_finding": gettext_lazy("Rejected a finding"),
    "ledger.remove_attachment": gettext_lazy("Took a file off a task"),
    "ledger.rename_indicator": gettext_lazy("Renamed an indicator"),
    "ledger.save_view": gettext_lazy("Saved a view"),
    "ledger.say_different": gettext_lazy("Said that two wordings are different"),
    "ledger.set_plan_year": gettext_lazy("Set the year of a plan"),
    "ledger.split_finding": gettext_lazy("Split a finding into tasks"),
    "ledger.unassign": gettext_lazy("Took a party off"),
    "ledger.undo_confirmation": gettext_lazy("Took a decision back"),
    "ledger.withdraw_difference": gettext_lazy("Took back that two wordings are different"),
}
OBJECT_WORDS: Final[Mapping[str, Promise]] = {
    "ledger.confirmation": gettext_lazy("Decision about a finding"),
    "ledger.indicator": gettext_lazy("Indicator"),
    "ledger.indicatordifference": gettext_lazy("Two wordings kept apart"),
    "ledger.plan": gettext_lazy("Plan"),
    "ledger.savedview": gettext_lazy("Saved view"),
    "ledger.task": gettext_lazy("Task"),
}
ACTION_ICONS: Final[Mapping[str, str]] = {
    "ledger.add_note": "pencil",
    "ledger.add_subtask": "subtask",
    "ledger.assign": "user-plus",
    "ledger.attach_files": "paperclip",
    "ledger.change_status": "progress",
    "ledger.edit_task": "edit",
    "ledger.remove_attachment": "trash",
    "ledger.unassign": "user-minus",
}
ACCEPTED: Final[Mapping[str, Promise]] = {
    ConfirmationKind.ACCEPT: gettext_lazy("Accepted into the ledger as read"),
    ConfirmationKind.EDIT: gettext_lazy("Accepted into the ledger with changes"),
    ConfirmationKind.SPLIT: gettext_lazy("Accepted into the ledger as one part of what was read"),
    ConfirmationKind.MERGE: gettext_lazy("Accepted into the ledger together with others"),
}
# Words longer than this are cut in a line of the history; the task itself has them whole.
LONGEST_WORDS: Final = 120


@dataclass(frozen=True)
class HistoryLine:
    """One line of a timeline; ``text`` may be empty."""

    at: dt.datetime
    title: str
    text: str
    actor: str
    icon: str
    tone: str = "neutral"
    url: str = ""


def history_of(entries: Iterable[AuditEntry], confirmation: Confirmation) -> list[HistoryLine]:
    """Return what happened to a task, newest first, down to the decision that accepted it."""
    lines = [line_of(entry) for entry in entries]
    accepted = HistoryLine(
        at=confirmation.made_at,
        title=str(ACCEPTED.get(confirmation.kind, confirmation.get_kind_display())),
        text="",
        actor=str(confirmation.made_by),
        icon="checkbox",
        tone="ok",
    )
    return [*lines, accepted]


def line_of(entry: AuditEntry) -> HistoryLine:
    """Return one entry of the trail as a line."""
    describe = _DESCRIBED.get(entry.action)
    title, text = describe(entry.before or {}, entry.after or {}) if describe else ("", "")
    return HistoryLine(
        at=entry.at,
        title=title or str(ACTION_WORDS.get(entry.action, entry.action)),
        text=text,
        actor=entry.actor_name or entry.actor,
        icon=ACTION_ICONS.get(entry.action, "point"),
        tone=TONES.get((entry.after or {}).get("status", ""), "neutral"),
    )


TONES: Final[Mapping[str, str]] = {
    TaskStatus.IN_PROGRESS: "info",
    TaskStatus.CLAIMED_DONE: "warn",
    TaskStatus.DONE: "ok",
}


def status_words(code: str) -> str:
    """Return the word for a status code of the trail."""
    return str(TaskStatus(code).label) if code in TaskStatus.values else code


def move_words(before: str, after: str) -> str:
    """Return a move in words."""
    return _("%(before)s → %(after)s") % {"before": status_words(before), "after": status_words(after)}


def _status(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, str]:
    return move_words(before.get("status", ""), after.get("status", "")), after.get("reason", "")


def _note(_before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, str]:
    return "", after.get("note", "")


def _edit(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, str]:
    changed = [
        _("%(field)s: %(before)s → %(after)s")
        % {"field": field_label(name), "before": _value(before.get(name)), "after": _value(value)}
        for name, value in after.items()
    ]
    return "", "\n".join(changed)


def _party(said: Mapping[str, Any]) -> str:
    role = said.get("role", "")
    label = AssignmentRole(role).label if role in AssignmentRole.values else role
    return pgettext("role and name", "%(role)s: %(name)s") % {"role": label, "name": said.get("name", "")}


def _assign(_before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, str]:
    return "", _party(after)


def _unassign(before: Mapping[str, Any], _after: Mapping[str, Any]) -> tuple[str, str]:
    return "", _party(before)


def _files(_before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[str, str]:
    return "", "\n".join(file["name"] for file in after.get("files", []))


def _removed(before: Mapping[str, Any], _after: Mapping[str, Any]) -> tuple[str, str]:
    return "", before.get("name", "")


_DESCRIBED: Final[Mapping[str, Callable[[Mapping[str, Any], Mapping[str, Any]], tuple[str, str]]]] = {
    "ledger.add_note": _note,
    "ledger.assign": _assign,
    "ledger.attach_files": _files,
    "ledger.change_status": _status,
    "ledger.edit_task": _edit,
    "ledger.remove_attachment": _removed,
    "ledger.unassign": _unassign,
}


FIELD_WORDS: Final[Mapping[str, Promise]] = {
    "text": gettext_lazy("Task"),
    "number": gettext_lazy("Number"),
    "section": gettext_lazy("Section"),
    "deadline": gettext_lazy("Due"),
    "deadline_text": gettext_lazy("Time limit as printed"),
    "targets": gettext_lazy("Targets"),
}


def field_label(name: str) -> str:
    """Return what a field of a task is called."""
    return str(FIELD_WORDS.get(name, name))


def _value(value: Any) -> str:
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if value in (None, ""):
        return pgettext("no value", "nothing")
    words = str(value)
    try:
        return date_format(dt.date.fromisoformat(words), "DATE_FORMAT")
    except ValueError:
        return words if len(words) <= LONGEST_WORDS else f"{words[:LONGEST_WORDS]}…"
