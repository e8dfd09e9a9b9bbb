"""The forms of a task's page."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.ledger.actions import NOTE_CHARACTERS
from luoshi.ledger.models import AssignmentRole, Task


def _date(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget, help_text=help_text)


class SentOnceForm(forms.Form):
    """A form that carries a token of its own, so that a second click does nothing twice."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class StatusForm(forms.Form):
    """A move to another status; whether it is allowed and must say why is decided by the action."""

    to = forms.CharField(max_length=16)
    version = forms.IntegerField(min_value=1)
    reason = forms.CharField(required=False, max_length=NOTE_CHARACTERS)


class NoteForm(SentOnceForm):
    """A note about the progress."""

    text = forms.CharField(
        label=_("Write down the progress"),
        max_length=NOTE_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept as written, with your name and the time."),
    )


class PartForm(SentOnceForm):
    """A part of a task."""

    text = forms.CharField(label=_("What is to be done"), widget=forms.Textarea(attrs={"rows": 2}))
    deadline = _date(_("Due"))


class EditForm(forms.Form):
    """The words, place and time limit of a task. ``version`` is the one that the person has before them."""

    text = forms.CharField(label=_("Task"), widget=forms.Textarea(attrs={"rows": 5}))
    number = forms.CharField(label=_("Number"), max_length=32, required=False)
    section = forms.CharField(label=_("Section"), max_length=300, required=False)
    deadline = _date(_("Due"), _("The last day; leave it empty where the words do not settle it."))
    deadline_text = forms.CharField(label=_("Time limit as printed"), max_length=200, required=False)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    @classmethod
    def of(cls, task: Task) -> "EditForm":
        """Return the form with what the ledger says now."""
        names = ("text", "number", "section", "deadline", "deadline_text", "version")
        return cls(initial={name: getattr(task, name) for name in names})

    def changes(self) -> dict[str, Any]:
        """Return what the ledger is to say."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class AssignForm(forms.Form):
    """A further party."""

    role = forms.ChoiceField(label=_("Role"), choices=AssignmentRole.choices, initial=AssignmentRole.COOPERATING)
    name = forms.CharField(
        label=_("Name"),
        max_length=200,
        widget=forms.TextInput(attrs={"list": "known-names", "autocomplete": "off"}),
        help_text=_("A name that the registry knows: unit, group or leader."),
    )
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
