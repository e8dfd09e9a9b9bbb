"""Forms that say who a printed name is, and the registry's actions behind them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from luoshi.access.models import User
from luoshi.ledger.drafts import PartyDraft
from luoshi.registry.actions import (
    add_group,
    add_group_alias,
    add_organization,
    add_organization_alias,
    add_person,
    add_post,
    make_key,
    set_group_members,
)
from luoshi.registry.matching import Match, MatchState
from luoshi.registry.models import (
    Group,
    GroupName,
    NameKind,
    Organization,
    OrganizationKind,
    OrganizationName,
    Person,
)
from luoshi.standards.names import fold_name

NAME_CHARACTERS = 128
# Names of people have two to four characters, or a dot in them.
LONGEST_PERSON = 4
# A field that offers the registry's names while somebody types.
LOOKUP: dict[str, Any] = {
    "list": "registry-names",
    "autocomplete": "off",
    "hx-get": reverse_lazy("ledger:confirm_names"),
    "hx-trigger": "input changed delay:200ms",
    "hx-target": "#registry-names",
    "hx-swap": "innerHTML",
    "hx-sync": "this:replace",
}
# Members of such a group are other ones in every document: naming them once would be wrong in the next.
CONTEXTUAL = "contextual"


class NamingForm(forms.Form):
    """One way to say who a name is; ``settle`` does it through the registry."""

    verb = ""
    title: str | Promise = ""
    button: str | Promise = ""

    def __init__(self, party: PartyDraft, match: Match, data: Any = None) -> None:
        self.party = party
        self.match = match
        super().__init__(data, prefix=self.verb, initial=self.proposed())
        self.arrange()

    def proposed(self) -> dict[str, Any]:
        """Return what the fields hold at first."""
        return {}

    def arrange(self) -> None:
        """Fit the fields to the name."""

    @property
    def printed(self) -> str:
        """The form of the name that the registry is to know from now on."""
        return self.party.full_name or self.party.name

    def settle(self, *, acting_user: User, now: dt.datetime) -> None:
        """Enter the answer into the registry.

        :raises UnableToChangeRegistry: where the registry refuses it.
        """
        raise NotImplementedError


class AliasForm(NamingForm):
    """The name is another form of a unit or group that is known."""

    verb = "alias"
    title = _("It is another name of a known unit")
    button = _("It is this unit")
    target = forms.CharField(
        label=_("Known unit or group"), max_length=NAME_CHARACTERS, widget=forms.TextInput(attrs=LOOKUP)
    )

    def proposed(self) -> dict[str, Any]:
        """Return the most similar unit."""
        return {"target": self.match.suggestions[0].short_name if self.match.suggestions else ""}

    def clean_target(self) -> Organization | Group:
        """Return what the written name stands for."""
        folded = fold_name(self.cleaned_data["target"])
        unit = OrganizationName.objects.filter(folded=folded).select_related("organization").first()
        if unit:
            return unit.organization
        group = GroupName.objects.filter(folded=folded).select_related("group").first()
        if group:
            return group.group
        raise forms.ValidationError(_("The registry does not know this name. Choose one of the list."))

    def settle(self, *, acting_user: User, now: dt.datetime) -> None:
        """Let the registry know the unit or group under the printed name too."""
        target = self.cleaned_data["target"]
        if isinstance(target, Organization):
            add_organization_alias(acting_user=acting_user, organization=target, alias=self.printed, now=now)
        else:
            add_group_alias(acting_user=acting_user, group=target, alias=self.printed, now=now)


class UnitForm(NamingForm):
    """The name is a unit that the registry lacks."""

    verb = "unit"
    title = _("It is a new unit")
    button = _("Add the unit")
    name = forms.CharField(label=_("Official name"), max_length=NAME_CHARACTERS)
    kind = forms.ChoiceField(label=_("Kind"), choices=OrganizationKind.choices, initial=OrganizationKind.DEPARTMENT)

    def proposed(self) -> dict[str, Any]:
        """Return the printed name."""
        return {"name": self.printed}

    def settle(self, *, acting_user: User, now: dt.datetime) -> None:
        """Enter the unit; it is found under its official and its printed name."""
        add_organization(
            acting_user=acting_user,
            key=make_key("unit", self.cleaned_data["name"]),
            name=self.cleaned_data["name"],
            short_name=self.printed,
            kind=OrganizationKind(self.cleaned_data["kind"]),
            now=now,
        )


def units_by_kind() -> list[tuple[str | Promise, list[tuple[int, str]]]]:
    """Return all organizations for a list of tick boxes, under their kinds."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for pk, kind, name in Organization.objects.values_list("pk", "kind", "short_name"):
        groups.setdefault(kind, []).append((pk, name))
    return [(OrganizationKind(kind).label, units) for kind, units in groups.items()]


class MembersForm(NamingForm):
    """The name is a group that is known, and its members are these."""

    verb = "members"
    title = _("Name the members of the group")
    button = _("These are its members")
    members = forms.MultipleChoiceField(label=_("Member units"), widget=forms.CheckboxSelectMultiple)

    def arrange(self) -> None:
        """Offer every unit."""
        self.fields["members"].choices = units_by_kind()  # type: ignore[attr-defined]

    def settle(self, *, acting_user: User, now: dt.datetime) -> None:
        """Say who belongs to the group, from now on and in every document."""
        assert self.match.group is not None  # noqa: S101
        members = list(Organization.objects.filter(pk__in=self.cleaned_data["members"]))
        set_group_members(acting_user=acting_user, group=self.match.group, members=members, now=now)


class GroupForm(MembersForm):
    """The name is a group that the registry lacks; without members it is entered as one whose members are unknown."""

    verb = "group"
    title = _("It is a new group of units")
    button = _("Add the group")
    members = forms.MultipleChoiceField(
        label=_("Member units"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Leave it empty where nobody knows them yet."),
    )

    def settle(self, *, acting_user: User, now: dt.datetime) -> None:
        """Enter the group with its members."""
        members = list(Organization.objects.filter(pk__in=self.cleaned_data["members"]))
        add_group(
            acting_user=acting_user,
            key=make_key("group", self.printed),
            name=self.printed,
            members=members or None,
            now=now,
        )


class PostForm(NamingForm):
    """The name is a post that a known person holds."""

    verb = "post"
    title = _("It is the post of a known person")
    button = _("This person holds it")
    person = forms.ModelChoiceField(Person.objects.all(), label=_("Person"))
    organization = forms.ModelChoiceField(Organization.objects.all(), label=_("Unit of the post"))

    def settle(self, *, acting_user: User, now: dt.datetime) -> None:
        """Say that the person holds the printed post."""
        add_post(
            acting_user=acting_user,
            person=self.cleaned_data["person"],
            organization=self.cleaned_data["organization"],
            post=self.printed,
            now=now,
        )


class PersonForm(NamingForm):
    """The name is a person whom the registry lacks."""

    verb = "person"
    title = _("It is a new person")
    button = _("Add the person")
    name = forms.CharField(label=_("Name of the person"), max_length=64)
    organization = forms.ModelChoiceField(Organization.objects.all(), label=_("Unit"), required=False)
    post = forms.CharField(label=_("Post"), max_length=NAME_CHARACTERS, required=False)

    def proposed(self) -> dict[str, Any]:
        """Return what is printed, as the name or as the post."""
        return {"post": self.printed} if is_post(self.party) else {"name": self.printed}

    def settle(self, *, acting_user: User, now: dt.datetime) -> None:
        """Enter the person as a leader."""
        add_person(
            acting_user=acting_user,
            key=make_key("person", self.cleaned_data["name"]),
            name=self.cleaned_data["name"],
            is_leader=True,
            organization=self.cleaned_data["organization"],
            post=self.cleaned_data["post"],
            now=now,
        )


FORMS: Mapping[str, type[NamingForm]] = {
    form.verb: form for form in (AliasForm, UnitForm, GroupForm, MembersForm, PersonForm, PostForm)
}


def is_post(party: PartyDraft) -> bool:
    """Tell whether the printed name is rather a post than the name of a person."""
    name = fold_name(party.full_name or party.name)
    return len(name) > LONGEST_PERSON and "·" not in name


def forms_for(party: PartyDraft, match: Match) -> list[str]:
    """Return the ways to settle a name that fit what the registry makes of it, the likeliest first."""
    if match.state == MatchState.GROUP_UNKNOWN:
        return [] if match.group and match.group.kind == CONTEXTUAL else [MembersForm.verb]
    if match.state != MatchState.NEW:
        return []
    if party.kind == NameKind.PERSON:
        verbs = [PersonForm.verb, PostForm.verb]
        return verbs[::-1] if is_post(party) else verbs
    return [AliasForm.verb, UnitForm.verb, GroupForm.verb]


def is_contextual(match: Match) -> bool:
    """Tell whether the name means other units in every document."""
    return bool(match.group and match.group.kind == CONTEXTUAL)


def find_names(part: str, *, limit: int = 12) -> list[tuple[str, str]]:
    """Return names that hold ``part``, each with whose it is: units, then groups, then people."""
    folded = fold_name(part)
    if not folded:
        return []
    units = OrganizationName.objects.filter(folded__contains=folded).order_by("organization__sort", "pk")
    groups = GroupName.objects.filter(folded__contains=folded).order_by("pk")
    people = Person.objects.filter(folded__contains=folded)
    found = [
        *units.values_list("name", "organization__short_name")[:limit],
        *groups.values_list("name", "group__name")[:limit],
        *people.values_list("name", "name")[:limit],
    ]
    return list(dict(found[: limit * 2]).items())
