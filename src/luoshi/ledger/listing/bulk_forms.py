"""What is to become of many tasks, as a form for each of the three acts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.ledger.actions import NOTE_CHARACTERS
from luoshi.ledger.listing.bulk import Change
from luoshi.ledger.models import Task
from luoshi.ledger.states import TaskStatus

SECTION_CHARACTERS = Task._meta.get_field("section").max_length


class DueForm(forms.Form):
    """The last day of all the tasks, or that they have none."""

    heading = _("Set the due date")
    deadline = forms.DateField(label=_("New due date"), required=False, widget=forms.DateInput({"type": "date"}))
    no_date = forms.BooleanField(label=_("Remove the date: these tasks have none"), required=False)

    def clean(self) -> dict[str, Any]:
        """Refuse to guess: either a date or none."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if "deadline" in given and bool(given["deadline"]) == given["no_date"]:
            self.add_error("deadline", _("Give a date, or say that there is none."))
        return given

    def change(self) -> Change:
        """Return the change that the form asks for."""
        return Change(values={"deadline": self.cleaned_data["deadline"]})


class SectionForm(forms.Form):
    """The heading under which all the tasks stand."""

    heading = _("Move to a section")
    section = forms.CharField(
        label=_("New section"),
        max_length=SECTION_CHARACTERS,
        help_text=_("A heading of the plan, or a new one."),
        widget=forms.TextInput({"list": "sections", "autocomplete": "off"}),
    )

    def change(self) -> Change:
        """Return the change that the form asks for."""
        return Change(values={"section": self.cleaned_data["section"]})


class StatusForm(forms.Form):
    """The status of all the tasks, and why."""

    heading = _("Change the status")
    status = forms.ChoiceField(label=_("New status"), choices=TaskStatus.choices)
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=NOTE_CHARACTERS,
        help_text=_("Written into the history of every task. Most steps need one."),
        widget=forms.Textarea({"rows": 3}),
    )

    def change(self) -> Change:
        """Return the change that the form asks for."""
        return Change(to=TaskStatus(self.cleaned_data["status"]), reason=self.cleaned_data["reason"])


BulkForm = DueForm | SectionForm | StatusForm
ACTS: dict[str, type[DueForm] | type[SectionForm] | type[StatusForm]] = {
    "due": DueForm,
    "section": SectionForm,
    "status": StatusForm,
}
