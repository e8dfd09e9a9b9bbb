"""The filter of the list as a form; its field names are those of :class:`luoshi.ledger.filters.TaskFilter`."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Min, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from luoshi.access.models import User
from luoshi.ledger.models import Assignment, Task
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
TARGET_LABELS = (ANY, ("yes", _("With figures")), ("none", _("Without figures")))
MINE_LABELS = (
    ANY,
    ("all", _("We take part")),
    ("lead", _("We lead or answer")),
    ("cooperating", _("We cooperate")),
)
GROUP_LABELS = (
    ("", _("Not at all")),
    ("section", _("Section")),
    ("leader", _("Leader")),
    ("unit", _("Lead unit")),
    ("county", _("County")),
)
# What most lists are asked by; the other fields are folded away until one of them is used.
FIRST_FIELDS = ("q", "plan", "leader", "unit", "status", "due", "group")


class FilterForm(forms.Form):
    """What can be asked of the list; the choices are what the account sees, in five queries."""

    q = forms.CharField(label=_("Text or number"), required=False)
    plan = forms.ChoiceField(label=_("Plan"), required=False)
    leader = forms.ChoiceField(label=_("Lead leader"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    role = forms.ChoiceField(label=_("The unit's role"), required=False, choices=ROLE_LABELS)
    status = forms.ChoiceField(label=_("Status"), required=False, choices=STATUS_LABELS)
    due = forms.ChoiceField(label=_("Due"), required=False, choices=DUE_LABELS)
    group = forms.ChoiceField(label=_("Group by"), required=False, choices=GROUP_LABELS)
    section = forms.ChoiceField(label=_("Section"), required=False)
    county = forms.ChoiceField(label=_("County or zone"), required=False)
    partner = forms.ChoiceField(label=_("Together with"), required=False)
    mine = forms.ChoiceField(label=_("Our part"), required=False, choices=MINE_LABELS)
    names = forms.ChoiceField(label=_("Names"), required=False, choices=NAMES_LABELS)
    targets = forms.ChoiceField(label=_("Targets"), required=False, choices=TARGET_LABELS)
    due_from = forms.DateField(label=_("Due from"), required=False, widget=forms.DateInput({"type": "date"}))
    due_to = forms.DateField(label=_("Due until"), required=False, widget=forms.DateInput({"type": "date"}))
    year = forms.CharField(label=_("Year"), required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        self.fields["q"].widget.attrs.update(
            {"type": "search", "data-shortcut": "f", "data-shortcut-label": _("Text or number")}
        )
        visible = Task.objects.visible_to(user).order_by()
        self._choose("plan", ((str(plan.pk), _plan_label(plan.year, plan.title)) for plan in list_plans(user)))
        self._choose("leader", _leaders(visible, self._given("leader")))
        units = list(_units(visible, self._given("unit")))
        self._choose("unit", units)
        self._choose("partner", units)
        self._choose("county", _counties())
        self._choose("section", _sections(visible, self._given("plan"), self._given("section")))
        if not user.own_scopes:
            del self.fields["mine"]

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """The fields that are always there."""
        return [self[name] for name in FIRST_FIELDS]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """The fields that are folded away."""
        return [bound for bound in self.visible_fields() if bound.name not in FIRST_FIELDS]

    @property
    def is_more_used(self) -> bool:
        """Whether something is asked by a field that is folded away."""
        return any(self._given(bound.name) for bound in self.more_fields)

    def label_of(self, name: str, value: str) -> str:
        """Return what a value of a field is called, the value itself where it is free text or unknown."""
        field = self.fields[name]
        if not isinstance(field, forms.ChoiceField):
            return value
        choices: Any = field.choices
        return str(dict(choices).get(value, value))

    def _given(self, name: str) -> str:
        return str(self.data.get(name, "")).replace("\0", "").strip()

    def _choose(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [ANY, *choices]


def _plan_label(year: int | None, title: str) -> str:
    return title if year is None or str(year) in title else f"{year} {title}"


def _leaders(visible: QuerySet[Task], asked: str) -> Iterable[tuple[str, str]]:
    taking_part = Assignment.objects.filter(task__in=visible, person__isnull=False).values("person")
    return Person.objects.filter(Q(pk__in=taking_part) | Q(key=asked)).values_list("key", "name")


def _units(visible: QuerySet[Task], asked: str) -> Iterable[tuple[str, str]]:
    taking_part = Assignment.objects.filter(task__in=visible, organization__isnull=False).values("organization")
    return Organization.objects.filter(Q(pk__in=taking_part) | Q(key=asked)).values_list("key", "short_name")


def _counties() -> Iterable[tuple[str, str]]:
    kinds = (OrganizationKind.COUNTY_GOVERNMENT, OrganizationKind.ZONE_COMMITTEE)
    counties = Organization.objects.filter(kind__in=kinds, division__level__in=(Level.COUNTY, Level.ZONE))
    return counties.order_by("division__code").values_list("division__code", "division__name").distinct()


def _sections(visible: QuerySet[Task], plan: str, asked: str) -> Iterable[tuple[str, str]]:
    tasks = visible.exclude(section="")
    if plan.isdecimal() and len(plan) < 10:
        tasks = tasks.filter(plan=int(plan))
    # In printed order, each once; sections of two years may share a heading.
    rows = tasks.values_list("section").annotate(first=Min("position")).order_by("-plan__year", "plan_id", "first")
    found = dict.fromkeys(row[0] for row in rows)
    return ((section, section) for section in (found if asked in found or not asked else [*found, asked]))
