"""How much everybody has and how it goes: by leader, unit, county and section, as table, chart and workbook."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from luoshi.access.guards import permitted, user_of
from luoshi.access.listing import as_download
from luoshi.access.models import User
from luoshi.access.permissions import Action
from luoshi.access.scopes import ALL
from luoshi.ledger.loads import Load, load_by_county, load_by_leader, load_by_unit, standing_by_section, visible
from luoshi.ledger.models import Plan
from luoshi.ledger.presentation import list_address
from luoshi.ledger.queries import list_plans, standing
from luoshi.ledger.querysets import TaskQuerySet
from luoshi.ledger.states import TaskStatus
from luoshi.workbooks import Column, Kind, Sheet

# More bars than this are no longer read; the table has everybody.
CHART_ROWS = 20
BY: dict[str, Promise] = {
    "leader": gettext_lazy("By leader"),
    "unit": gettext_lazy("By unit"),
    "county": gettext_lazy("By county"),
    "section": gettext_lazy("By section"),
}
FIRST_COLUMN: dict[str, Promise] = {
    "leader": gettext_lazy("Leader"),
    "unit": gettext_lazy("Unit"),
    "county": gettext_lazy("County or zone"),
    "section": gettext_lazy("Section"),
}
COUNTED: dict[str, Promise] = {
    "lead": gettext_lazy("As lead"),
    "cooperating": gettext_lazy("Cooperating"),
    "done": gettext_lazy("Done"),
    "claimed_done": gettext_lazy("Reported done"),
    "in_progress": gettext_lazy("In progress"),
    "not_started": gettext_lazy("Not started"),
    "soon": gettext_lazy("Due within 30 days"),
    "overdue": gettext_lazy("Overdue"),
}
# What a number of a column asks the list for, beside whom it is about.
ASKED: dict[str, dict[str, str]] = {
    "lead": {},
    "cooperating": {},
    "done": {"status": TaskStatus.DONE},
    "claimed_done": {"status": TaskStatus.CLAIMED_DONE},
    "in_progress": {"status": TaskStatus.IN_PROGRESS},
    "not_started": {"status": TaskStatus.NOT_STARTED},
    "soon": {"due": "30"},
    "overdue": {"due": "overdue"},
}
Address = Callable[..., str]


@dataclass(frozen=True)
class Cell:
    """One number and the list that it counts."""

    column: str
    label: str
    number: int
    url: str


@dataclass(frozen=True)
class OverviewRow:
    """One leader, unit, county or section."""

    name: str
    url: str
    cells: list[Cell]
    load: Load

    @property
    def numbers(self) -> dict[str, int]:
        """The numbers by column."""
        return {cell.column: cell.number for cell in self.cells}


@require_safe
@permitted(Action.READ_OWN_TASKS)
def overview(request: HttpRequest) -> HttpResponseBase:
    """Show who carries most and where it is late; ``by``, ``plan`` and ``sort`` are in the address."""
    user = user_of(request)
    by = request.GET.get("by", "") if request.GET.get("by", "") in BY else "leader"
    plans = list(list_plans(user))
    plan = next((each for each in plans if str(each.pk) == request.GET.get("plan", "")), None)
    tasks = visible(user, plan)
    today = timezone.localdate()
    rows = _sorted(_rows(by, tasks, plan, today), request.GET.get("sort", ""))
    columns = _columns(by)
    sheet = _sheet(by, columns)
    exported = as_download(sheet, (_values(row, columns) for row in rows), request.GET.get("format", ""), "overview")
    if exported is not None:
        return exported
    context = {
        "by": by,
        "tabs": [(key, label, _tab(key, plan)) for key, label in BY.items()],
        "plans": plans,
        "plan": plan,
        "rows": rows,
        "columns": [(name, _label(name, by)) for name in columns],
        "first_column": FIRST_COLUMN[by],
        "standing": standing(tasks, today=today),
        "chart": chart_of(rows),
        "chart_is_cut": len(rows) > CHART_ROWS,
        "chart_rows": CHART_ROWS,
        "sees_all": sees_all(user),
        "today": today,
        "list_query": f"plan={plan.pk}&" if plan else "",
    }
    return render(request, "ledger/overview.html", context)


def sees_all(user: User) -> bool:
    """Tell whether the numbers are those of everybody, not only of the tasks that the account takes part in."""
    return ALL in user.scopes_for(Action.READ_ALL_TASKS)


def _tab(by: str, plan: Plan | None) -> str:
    return f"?by={by}&plan={plan.pk}" if plan else f"?by={by}"


def _columns(by: str) -> list[str]:
    """Return the columns: a leader does not cooperate, and of a section all tasks count."""
    return [name for name in COUNTED if name != "cooperating" or by in {"unit", "county"}]


def _label(name: str, by: str) -> str:
    return _("Tasks") if (name, by) == ("lead", "section") else str(COUNTED[name])


def _rows(by: str, tasks: TaskQuerySet, plan: Plan | None, today: Any) -> list[OverviewRow]:
    plan_pk = plan.pk if plan else None
    if by == "section":
        return _section_rows(tasks, today)
    if by == "leader":
        return [
            _row(
                load,
                reverse("ledger:leader", args=[load.key]),
                _address(plan_pk, leader=load.key),
                by,
            )
            for load in load_by_leader(tasks, today=today)
        ]
    loads = load_by_unit(tasks, today=today) if by == "unit" else load_by_county(tasks, today=today)
    return [_row(load, _holder_url(by, load), _address(plan_pk, unit=load.key), by) for load in loads]


def _holder_url(by: str, load: Load) -> str:
    if by == "county" and load.code:
        return reverse("ledger:county", args=[load.code])
    return reverse("ledger:unit", args=[load.key])


def _address(plan: int | None, **whom: str) -> Address:
    def address(**asked: str) -> str:
        return list_address(plan=plan, **whom, **asked)

    return address


def _row(load: Load, url: str, address: Address, by: str) -> OverviewRow:
    return OverviewRow(load.name, url, [_cell(name, load, address, by) for name in _columns(by)], load)


def _cell(name: str, load: Load, address: Address, by: str) -> Cell:
    asked = dict(ASKED[name])
    if by in {"unit", "county"}:
        asked["role"] = "cooperating" if name == "cooperating" else "lead"
    return Cell(name, _label(name, by), getattr(load, name), address(**asked))


def _section_rows(tasks: TaskQuerySet, today: Any) -> list[OverviewRow]:
    rows = []
    for each in standing_by_section(tasks, today=today):
        stands = each.standing
        load = Load(
            key="",
            name=each.section or _("Without a section"),
            code="",
            lead=stands.total,
            cooperating=0,
            not_started=stands.not_started,
            in_progress=stands.in_progress,
            claimed_done=stands.claimed_done,
            done=stands.done,
            withdrawn=stands.withdrawn,
            overdue=stands.overdue,
            soon=stands.soon,
        )
        # A list of what has no section cannot be asked for.
        address = _address(each.plan_id, section=each.section) if each.section else _no_address
        rows.append(_row(load, address(), address, "section"))
    return rows


def _no_address(**_asked: str) -> str:
    return ""


def _sorted(rows: list[OverviewRow], asked: str) -> list[OverviewRow]:
    name = asked.removeprefix("-")
    if name not in COUNTED:
        return rows
    # Whoever has most stands first when a column is asked for once.
    return sorted(rows, key=lambda row: row.numbers.get(name, 0), reverse=not asked.startswith("-"))


def chart_of(rows: Sequence[OverviewRow]) -> dict[str, Any]:
    """Return the chart of the first rows: what each leads, cut by how it stands."""
    shown = [row for row in rows if row.load.lead][:CHART_ROWS]
    series: list[tuple[Any, str, str]] = [
        (_("Overdue"), "overdue", "red"),
        (_("Due within 30 days"), "soon", "yellow"),
        (_("Open, with time left"), "calm", "blue"),
        (_("Done"), "done", "green"),
    ]
    return {
        "categories": [row.name for row in shown],
        "series": [
            {"name": str(name), "values": [getattr(row.load, field) for row in shown], "tone": tone}
            for name, field, tone in series
        ],
        "urls": [row.url for row in shown],
        "unit": "",
    }


def _sheet(by: str, columns: Iterable[str]) -> Sheet:
    counted = tuple(Column(key=name, title=_label(name, by), kind=Kind.INTEGER, editable=False) for name in columns)
    first = Column(key="name", title=str(FIRST_COLUMN[by]), editable=False, width=32)
    return Sheet(name="overview", title=str(BY[by]), columns=(first, *counted))


def _values(row: OverviewRow, columns: Iterable[str]) -> dict[str, Any]:
    numbers = row.numbers
    return {"name": row.name, **{name: numbers[name] for name in columns}}
