"""What the pages about accounts and the trail ask for."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luoshi.access.audit_words import action_words, object_words
from luoshi.access.permissions import Role
from luoshi.access.scope_names import grouped, list_people, list_scopes
from luoshi.access.scopes import ALL

ANY: list[tuple[str, str | Promise]] = [("", _("All"))]
LONGEST_PASSWORD = 200


class LogInForm(forms.Form):
    """Name and password."""

    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


def _new_password(label: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(label=label, strip=False, max_length=LONGEST_PASSWORD, widget=widget)


class PasswordForm(forms.Form):
    """The old password and, twice, the new one."""

    old = forms.CharField(
        label=_("Present password"),
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = _new_password(_("New password"))
    again = _new_password(_("New password, once more"))

    def clean(self) -> dict[str, Any]:
        """Make sure that both new ones are the same."""
        data = dict(super().clean() or self.cleaned_data)
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", _("The two new passwords are not the same."))
        return data


class AccountFilterForm(forms.Form):
    """Narrows the list of accounts."""

    q = forms.CharField(label=pgettext_lazy("person", "Name"), required=False, max_length=64, widget=forms.SearchInput)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[*ANY, *Role.choices])
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[*ANY, ("active", pgettext_lazy("account", "Open")), ("closed", pgettext_lazy("account", "Closed"))],
    )


class GrantForm(forms.Form):
    """A role and where it holds."""

    role = forms.ChoiceField(label=_("Role"), choices=[("", "—"), *Role.choices])
    scope_key = forms.ChoiceField(
        label=_("Scope"),
        required=False,
        help_text=_("A liaison acts for one unit; the other roles usually hold everywhere."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["scope_key"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [(ALL, _("Everywhere")), *grouped(list_scopes())]

    def clean(self) -> dict[str, Any]:
        """Make sure that a liaison is one of a unit."""
        data = dict(super().clean() or self.cleaned_data)
        data["scope_key"] = data.get("scope_key") or ALL
        if data.get("role") == Role.UNIT_LIAISON and data["scope_key"] == ALL:
            self.add_error("scope_key", _("Choose the unit that the liaison acts for."))
        return data


class AccountForm(GrantForm):
    """A new account and its first role."""

    username = forms.CharField(label=_("User name"), max_length=64, help_text=_("For logging in; it stays the same."))
    display_name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=64)
    person_key = forms.ChoiceField(
        label=_("Person"),
        required=False,
        help_text=_("Whose own tasks this account shows, where the registry knows the person."),
    )

    field_order = ("username", "display_name", "role", "scope_key", "person_key")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person_key"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", "—"), *grouped(list_people())]


class AuditFilterForm(forms.Form):
    """Narrows the audit trail; both days are included."""

    actor = forms.CharField(label=_("Who"), required=False, max_length=64, widget=forms.SearchInput)
    action = forms.ChoiceField(label=_("What"), required=False)
    kind = forms.ChoiceField(label=_("Object"), required=False)
    number = forms.CharField(label=_("Object number"), required=False, max_length=64)
    since = forms.DateField(label=_("From day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in (("action", action_words()), ("kind", object_words())):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = [*ANY, *sorted(words.items(), key=lambda item: item[0])]
