"""What the pages of the registry ask for; whether a name is free is the actions' question."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.reading.responsibilities.names import is_post
from luoshi.registry.models import Group, NameKind, NameProposal, Organization, OrganizationKind, Person
from luoshi.registry.queries import list_main_divisions

ANY: list[tuple[str, str | Promise]] = [("", _("All"))]
LONGEST_NAME = 128


class UnitFilterForm(forms.Form):
    """Narrows the list of units."""

    q = forms.CharField(label=_("Name"), required=False, max_length=LONGEST_NAME, widget=forms.SearchInput)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[*ANY, *OrganizationKind.choices])
    division = forms.ModelChoiceField(
        list_main_divisions(), label=_("Division"), required=False, to_field_name="code", empty_label=_("All")
    )


class GroupFilterForm(forms.Form):
    """Narrows the list of groups."""

    q = forms.CharField(label=_("Name"), required=False, max_length=LONGEST_NAME, widget=forms.SearchInput)
    members = forms.ChoiceField(
        label=_("Members"),
        required=False,
        choices=[*ANY, ("known", _("Members are known")), ("unknown", _("Not known yet"))],
    )


class PeopleFilterForm(forms.Form):
    """Narrows the list of people."""

    q = forms.CharField(label=_("Name or post"), required=False, max_length=LONGEST_NAME, widget=forms.SearchInput)
    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[*ANY, ("leader", _("Leaders")), ("other", _("Other people"))]
    )
    unit = forms.ModelChoiceField(
        Organization.objects.all(), label=_("Unit"), required=False, to_field_name="key", empty_label=_("All")
    )


class UnitForm(forms.Form):
    """A new unit."""

    name = forms.CharField(label=_("Official name"), max_length=LONGEST_NAME)
    short_name = forms.CharField(
        label=_("Short name"),
        max_length=LONGEST_NAME,
        required=False,
        help_text=_("As plans print it; the official name where it is left empty."),
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "—"), *OrganizationKind.choices])
    division = forms.ModelChoiceField(list_main_divisions(), label=_("Division"), required=False, empty_label="—")
    parent = forms.ModelChoiceField(
        Organization.objects.all(),
        label=_("Belongs to"),
        required=False,
        empty_label="—",
        help_text=_("An account of the upper unit sees the tasks of this one too."),
    )
    aliases = forms.CharField(
        label=_("Other forms of the name"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One on a line."),
    )

    def clean(self) -> dict[str, Any]:
        """Fill the short name in, and take the other forms apart."""
        data = dict(super().clean() or self.cleaned_data)
        data["short_name"] = data.get("short_name") or data.get("name", "")
        data["aliases"] = [line.strip() for line in data.get("aliases", "").splitlines() if line.strip()]
        return data


class AliasForm(forms.Form):
    """One more form of a name."""

    alias = forms.CharField(label=_("Form of the name"), max_length=LONGEST_NAME)


class GroupForm(forms.Form):
    """A new group term."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)


class PersonForm(forms.Form):
    """A new person and the post they hold."""

    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=64)
    organization = forms.ModelChoiceField(Organization.objects.all(), label=_("Unit"), empty_label="—")
    post = forms.CharField(label=_("Post"), max_length=LONGEST_NAME)
    is_leader = forms.BooleanField(
        label=_("Is a leader of the city, who may lead tasks"), required=False, widget=forms.CheckboxInput
    )


class PostForm(forms.Form):
    """One more post of a person."""

    organization = forms.ModelChoiceField(Organization.objects.all(), label=_("Unit"), empty_label="—")
    post = forms.CharField(label=_("Post"), max_length=LONGEST_NAME)
    since = forms.DateField(label=_("In office since"), required=False, widget=forms.DateInput(attrs={"type": "date"}))


class OtherFormForm(forms.Form):
    """Which known unit, group or person a proposed name is another form of: typed, or chosen as ``kind:key``."""

    target = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
    known_name = forms.CharField(
        label=_("A name that the registry knows"),
        required=False,
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"list": "known-names", "autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        """Make sure that something was chosen."""
        data = dict(super().clean() or self.cleaned_data)
        if not data.get("target") and not data.get("known_name"):
            self.add_error("known_name", _("Type a name that the registry knows, or choose one."))
        return data


def new_name_form(proposal: NameProposal, data: Any = None, kind: str = "") -> forms.Form:
    """Return the form that enters a proposed name as something new, filled in from the name."""
    kind = kind or proposal.kind
    if kind == NameKind.GROUP:
        return GroupForm(data, initial={"name": proposal.name}, prefix="group")
    if kind == NameKind.PERSON:
        # A post says nothing about the name of who holds it.
        printed = {"post" if is_post(proposal.name) else "name": proposal.name}
        return PersonForm(data, initial={**printed, "is_leader": True}, prefix="person")
    initial = {"name": proposal.name, "short_name": proposal.name, "kind": OrganizationKind.DEPARTMENT}
    return UnitForm(data, initial=initial, prefix="unit")


def target_of(choice: str) -> Organization | Group | Person | None:
    """Return what a choice such as ``unit:finance`` stands for, or None where it stands for nothing."""
    kind, _colon, key = choice.partition(":")
    if kind == "unit":
        return Organization.objects.filter(key=key).first()
    if kind == "group":
        return Group.objects.filter(key=key).first()
    return Person.objects.filter(key=key).first() if kind == "person" else None
