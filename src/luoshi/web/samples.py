"""Sample content of the component page: enough to see every component in every state."""

import datetime as dt
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

ROWS = 260


class SampleForm(forms.Form):
    """One field of every kind."""

    title = forms.CharField(label=gettext_lazy("Title"), help_text=gettext_lazy("As it will be printed."))
    due_on = forms.DateField(label=gettext_lazy("Due"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    unit = forms.ChoiceField(
        label=gettext_lazy("Lead unit"),
        choices=[("", "—"), ("a", gettext_lazy("Finance Bureau")), ("b", gettext_lazy("Education Bureau"))],
    )
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        widget=forms.RadioSelect,
        choices=[("once", gettext_lazy("Once")), ("duty", gettext_lazy("Every month"))],
    )
    urgent = forms.BooleanField(label=gettext_lazy("Urgent"), required=False)


class SampleFilters(forms.Form):
    """The fields of a filter bar."""

    leader = forms.ChoiceField(
        label=gettext_lazy("Lead leader"), required=False, choices=[("", gettext_lazy("All")), ("1", "—")]
    )
    status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        required=False,
        choices=[("", gettext_lazy("All")), ("open", gettext_lazy("Under way")), ("closed", gettext_lazy("Closed"))],
    )
    q = forms.CharField(label=gettext_lazy("Text"), required=False, widget=forms.TextInput(attrs={"type": "search"}))


def sample_context(request: HttpRequest) -> dict[str, Any]:
    """Return everything that the component page shows; the table pages and sorts for real."""
    return {
        "page": sample_page(request),
        "form": SampleForm(initial={"kind": "once"}),
        "wrong_form": SampleForm(data={"wrong-kind": "once", "wrong-due_on": "2026-02-30"}, prefix="wrong"),
        "filters": SampleFilters(data=request.GET if "status" in request.GET else {"status": "open"}),
        "chips": [
            {"label": _("Status"), "value": _("Under way"), "url": "?"},
            {"label": _("Section"), "value": _("Livelihood"), "url": "?"},
        ],
        "entries": _entries(),
        "segments": _segments(),
        "charts": _charts(),
    }


def sample_page(request: HttpRequest) -> Any:
    """Return one page of the sample rows, in the order that the address asks for."""
    rows = [_row(number) for number in range(1, ROWS + 1)]
    asked = request.GET.get("sort", "number")
    field, backwards = asked.lstrip("-"), asked.startswith("-")
    if field in ("number", "due_on"):
        rows.sort(key=lambda row: row[field], reverse=backwards)
    asked_rows = request.GET.get("per_page", "")
    per_page = int(asked_rows) if asked_rows in ("25", "50", "100", "200") else 6
    return Paginator(rows, per_page).get_page(request.GET.get("page"))


def _row(number: int) -> dict[str, Any]:
    texts = [
        _("Build and rebuild 24 primary and secondary schools and 30 kindergartens, and add 31,000 places."),
        _("Create 60,000 new urban jobs and keep the registered urban unemployment rate under 4 per cent."),
        _("Treat all black and malodorous water in the built-up area of the city, and let no place turn back."),
    ]
    lights = ["green", "yellow", "red", "blue", "none", "green"]
    return {
        "number": number,
        "text": texts[number % 3],
        "leader": _("Deputy Mayor Zhao"),
        "lead": [_("Education Bureau"), _("Human Resources Bureau"), _("Urban Management Bureau")][number % 3],
        "others": number % 4,
        "due_on": dt.date(2026, number % 12 + 1, number % 28 + 1),
        "light": lights[number % 6],
    }


def _entries() -> list[dict[str, Any]]:
    noon = dt.datetime(2026, 3, 12, 12, 5, tzinfo=dt.UTC)
    return [
        {"at": noon, "title": _("Confirmed"), "actor": _("Supervision office"), "tone": "info", "icon": "check"},
        {
            "at": noon + dt.timedelta(days=40),
            "title": _("Report accepted"),
            "actor": _("Education Bureau"),
            "tone": "ok",
        },
        {
            "at": noon + dt.timedelta(days=75),
            "title": _("Returned"),
            "actor": _("Supervision office"),
            "tone": "warn",
            "text": _("The number of places is claimed without a list of schools."),
        },
        {"at": dt.date(2026, 12, 31), "title": _("Due")},
    ]


def _segments() -> list[dict[str, str]]:
    return [
        {"text": _("12. Build and rebuild "), "kind": "task"},
        {"text": _("24 schools"), "kind": "target", "id": "sample-target"},
        {"text": _(" before "), "kind": "task"},
        {"text": _("the end of the year"), "kind": "deadline", "id": "sample-deadline"},
        {"text": _(". (Lead leader: ")},
        {"text": _("Zhao Ming"), "kind": "leader", "id": "sample-leader"},
        {"text": _("; lead unit: ")},
        {"text": _("Education Bureau"), "kind": "party", "id": "sample-party"},
        {"text": _("; cooperating units: ")},
        {"text": _("Office of Great Projects"), "kind": "doubt", "id": "sample-doubt"},
        {"text": _(", and others)")},
    ]


def _charts() -> dict[str, dict[str, Any]]:
    units = [_("Education Bureau"), _("Human Resources Bureau"), _("Urban Management Bureau"), _("Finance Bureau")]
    months = [str(month) for month in range(1, 11)]
    lights = [
        {"name": _("On track"), "values": [12, 9, 7, 11], "tone": "green"},
        {"name": _("Yellow light"), "values": [2, 3, 1, 0], "tone": "yellow"},
        {"name": _("Red light"), "values": [1, 0, 2, 0], "tone": "red"},
    ]
    claimed = [4, 9, 15, 22, 30, 37, 45, 52, 58, 61]
    verified = [3, 8, 13, 20, 27, 35, 41, 48, 55, None]
    return {
        "units": {"categories": units, "series": lights},
        "load": {
            "categories": units,
            "series": [{"name": _("As lead"), "values": [15, 12, 10, 11]}],
            "urls": ["?"] * 4,
        },
        "months": {
            "categories": months,
            "series": [{"name": _("Claimed"), "values": claimed}, {"name": _("Verified"), "values": verified}],
            "unit": _("thousand people"),
        },
        "share": {
            "categories": [_("On track"), _("Yellow light"), _("Red light")],
            "series": [{"name": _("Tasks"), "values": [39, 6, 3]}],
            "tones": ["green", "yellow", "red"],
        },
        "empty": {"categories": units, "series": [{"name": _("Tasks"), "values": [0, 0, 0, 0]}]},
    }
