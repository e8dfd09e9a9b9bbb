"""What is filled in on the pages of indicators."""

from django import forms
from django.utils.translation import gettext_lazy as _


class IndicatorSearchForm(forms.Form):
    """The search of the list."""

    q = forms.CharField(label=_("Name or wording"), required=False, max_length=100)


class RenameForm(forms.Form):
    """Another name or unit; ``was_name`` and ``was_unit`` are those that the person saw."""

    name = forms.CharField(label=_("Name"), max_length=200)
    unit = forms.CharField(label=_("Unit of measure"), max_length=32, required=False)
    was_name = forms.CharField(max_length=200, widget=forms.HiddenInput)
    was_unit = forms.CharField(max_length=32, required=False, widget=forms.HiddenInput)


class JoinForm(forms.Form):
    """Another indicator, by its name or any wording of it."""

    other = forms.CharField(
        label=_("Another indicator that means the same"),
        max_length=200,
        help_text=_("Its name or any of its wordings; its targets then stand here."),
    )
