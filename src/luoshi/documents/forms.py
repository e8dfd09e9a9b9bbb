"""What a person fills in on the pages of the documents room."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.documents.force import WORDS, Force
from luoshi.documents.models import DocumentKind
from luoshi.documents.states import DocumentStatus

FIRST_YEAR = 1949
LAST_YEAR = 2099


class DocumentFilterForm(forms.Form):
    """The filters of the list of documents, as they stand in the address."""

    q = forms.CharField(label=_("Number, title or issuer"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    force = forms.ChoiceField(label=_("Validity"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = [("", _("All"))]
        self.fields["kind"].choices = everything + list(DocumentKind.choices)  # type: ignore[attr-defined]
        self.fields["year"].choices = everything + [(str(year), str(year)) for year in years]  # type: ignore[attr-defined]
        self.fields["force"].choices = everything + [(each.value, WORDS[each]) for each in Force]  # type: ignore[attr-defined]
        self.fields["status"].choices = everything + list(DocumentStatus.choices)  # type: ignore[attr-defined]


class UploadForm(forms.Form):
    """What is said about the files that are brought in; the files themselves are read as they stream in."""

    plan_year = forms.IntegerField(
        label=_("Plan year"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "placeholder": "2026"}),
        error_messages={
            "invalid": _("The plan year is a number of four digits, for example 2026."),
            "min_value": _("No plan is for a year before %(limit_value)s."),
            "max_value": _("No plan is for a year after %(limit_value)s."),
        },
    )
