"""The filter of the list as a form; its field names are those of :class:`luoshi.ledger.filters.TaskFilter`."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luoshi.access.models import User
from luoshi.ledger.models import Task
from luoshi.ledger.queries import list_plans
from luoshi.ledger.states import TaskStatus
from luoshi.registry.models import Level, Organization, OrganizationKind, Person

ANY = ("", _("All"))
DUE_LABELS = (
    ANY,
    ("overdue", _("Overdue")),
    ("7", _("Due within 7 days")),
    ("30", _("Due within 30 days")),
    ("90", _("Due within 90 days")),
    ("none", _("No date")),
)
ROLE_LABELS = (("", _("In any role")), ("lead", _("Answering")), ("cooperating", _("Cooperating")))
STATUS_LABELS = (ANY, ("OPEN", _("All open")), *TaskStatus.choices)
NAMES_LABELS = (ANY, ("open", _("With names to settle")))
GROUP_LABELS = (
    ("", _("Not grouped")),
    ("section", _("By section")),
    ("leader", _("By leader")),
    ("unit", _("By lead unit")),
    ("county", _("By county")),
)


class FilterForm(forms.Form):
    """What can be asked of the list; the choices are what the account sees, in five queries."""

    q = forms.CharField(label=_("Text or number"), required=False)
    plan = forms.ChoiceField(label=_("Plan"), required=False)
    leader = forms.ChoiceField(label=_("Lead leader"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    role = forms.ChoiceField(label=_("The unit's role"), required=False, choices=ROLE_LABELS)
    county = forms.ChoiceField(label=_("County or zone"), required=False)
    section = forms.ChoiceField(label=_("Section"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False, choices=STATUS_LABELS)
    due = forms.ChoiceField(label=_("Due"), required=False, choices=DUE_LABELS)
    names = forms.ChoiceField(label=_("Names"), required=False, choices=NAMES_LABELS)
    group = forms.ChoiceField(label=_("Grouping"), required=False, choices=GROUP_LABELS)

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        self.fields["q"].widget.attrs.update({"type": "search", "data-shortcut": "f"})
        self._choose("plan", ((str(plan.pk), str(plan)) for plan in list_plans(user)))
        self._choose("leader", Person.objects.filter(is_leader=True).values_list("key", "name"))
        self._choose("unit", Organization.objects.values_list("key", "short_name"))
        self._choose("county", _counties())
        self._choose("section", _sections(user, self.data.get("plan", "")))

    def _choose(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [ANY, *choices]

    def label_of(self, name: str, value: str) -> str:
        """Return what a value of a field is called, the value itself where it is free text or unknown."""
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField):
            return value
        choices: Any = field.choices
        return str(dict(choices).get(value, value))


def _counties() -> Iterable[tuple[str, str]]:
    kinds = (OrganizationKind.COUNTY_GOVERNMENT, OrganizationKind.ZONE_COMMITTEE)
    counties = Organization.objects.filter(kind__in=kinds, division__level__in=(Level.COUNTY, Level.ZONE))
    return counties.order_by("division__code").values_list("division__code", "division__name").distinct()


def _sections(user: User, plan: str) -> Iterable[tuple[str, str]]:
    tasks = Task.objects.visible_to(user).exclude(section="")
    if plan.isdecimal():
        tasks = tasks.filter(plan=int(plan))
    # In printed order, each once; sections of two years may share a heading.
    found = dict.fromkeys(tasks.order_by("-plan__year", "plan", "position").values_list("section", flat=True))
    return ((section, section) for section in found)
