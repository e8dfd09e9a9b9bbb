"""Statements of one document as its page shows them: by kind, each with its place and its words."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from luoshi.documents.models import Document, Statement, StatementKind
from luoshi.documents.paper import Mark, MarkKind, anchor_at, page_of
from luoshi.documents.statements.figures import COMPARISONS, ROLES, figure_of, printed, years_of
from luoshi.documents.statements.recurrence import in_words

ACTIONS: Final[Mapping[str, Any]] = {
    "appoint": _("Appointed"),
    "remove": _("Removed"),
    "lapse": _("Lapsed"),
}
ACTION_TONES: Final[Mapping[str, str]] = {"appoint": "ok", "remove": "warn", "lapse": "neutral"}
LABELS: Final[Mapping[str, Any]] = {
    StatementKind.TARGET: _("Targets and figures"),
    StatementKind.DUTY: _("Recurring duties"),
    StatementKind.APPOINTMENT: _("Appointments and removals"),
    StatementKind.QUOTA: _("Quota tables"),
    StatementKind.EVENT: _("Chronicle"),
    StatementKind.TERM: _("Terms explained"),
    StatementKind.ITEM: _("Lists attached"),
}
_MARKS: Final[Mapping[str, MarkKind]] = {StatementKind.TARGET: "target"}


@dataclass(frozen=True)
class ShownStatement:
    """One statement: ``said`` is its payload, the other fields what a template should not work out.

    ``anchor`` names the sentence that it stands in, on the page of its document.
    """

    pk: int
    kind: str
    said: Mapping[str, Any]
    anchor: str
    url: str
    page: int | None
    figure: str = ""
    comparison: str = ""
    role: str = ""
    years: str = ""
    recurs: str = ""
    action: str = ""
    tone: str = "neutral"
    parties: str = ""
    values: Sequence[tuple[str, str]] = ()
    finding: int | None = None


@dataclass(frozen=True)
class QuotaTable:
    """A quota table with its columns in order of print; a cell is empty where nothing was printed.

    ``unit`` is what its figures count, empty where the document does not say or its rows count different things.
    """

    title: str
    unit: str
    columns: Sequence[str]
    rows: Sequence[tuple[ShownStatement, Sequence[str]]]


@dataclass(frozen=True)
class StatementGroup:
    """All statements of one kind; quotas also as tables, list items also by list."""

    kind: str
    label: Any
    statements: Sequence[ShownStatement]
    tables: Sequence[QuotaTable] = ()
    lists: Mapping[str, Sequence[ShownStatement]] = field(default_factory=dict)


def groups_of(
    document: Document, statements: Iterable[Statement], *, page_starts: Sequence[int], anchors: Sequence[int]
) -> list[StatementGroup]:
    """Return the statements of a document by kind, in the order of the kinds; kinds without any are left out.

    ``anchors`` are those of the sheets that show the document.
    """
    by_kind: dict[str, list[ShownStatement]] = defaultdict(list)
    base = document.get_absolute_url()
    for statement in statements:
        by_kind[statement.kind].append(show(statement, base, page_starts, anchors))
    return [_group(kind, by_kind[kind]) for kind in LABELS if kind in by_kind]


def show(
    statement: Statement, base: str, page_starts: Sequence[int] = (), anchors: Sequence[int] = ()
) -> ShownStatement:
    """Return one statement for a template; ``base`` is the address of its document."""
    said: Mapping[str, Any] = statement.payload
    is_target = statement.kind == StatementKind.TARGET
    action = said.get("action", "") if statement.kind == StatementKind.APPOINTMENT else ""
    return ShownStatement(
        pk=statement.pk,
        kind=statement.kind,
        said=said,
        anchor=f"s-{anchor_at(anchors, statement.start)}",
        url=f"{base}s/{statement.start}-{statement.end}/",
        page=page_of(page_starts, statement.start),
        figure=figure_of(said) if is_target else "",
        comparison=str(COMPARISONS.get(said["comparator"], "")) if is_target else "",
        role=str(ROLES.get(said.get("role") or "", "")) if is_target else "",
        years=years_of(said) if is_target else "",
        recurs=in_words(said["rrule"]) if statement.kind == StatementKind.DUTY else "",
        action=str(ACTIONS.get(action, action)),
        tone=ACTION_TONES.get(action, "neutral"),
        parties="、".join(each["name"] for each in said.get("parties") or said.get("units") or []),
        values=tuple((name, printed(value)) for name, value in (said.get("values") or {}).items()),
        finding=statement.finding_id,
    )


def _group(kind: str, shown: Sequence[ShownStatement]) -> StatementGroup:
    tables = _tables(shown) if kind == StatementKind.QUOTA else ()
    lists: dict[str, list[ShownStatement]] = defaultdict(list)
    if kind == StatementKind.ITEM:
        for each in shown:
            lists[each.said["list"]].append(each)
    return StatementGroup(kind, LABELS[kind], shown, tables, dict(lists))


def _tables(shown: Sequence[ShownStatement]) -> list[QuotaTable]:
    titles = dict.fromkeys(each.said.get("table") or "" for each in shown)
    return [_table(title, [each for each in shown if (each.said.get("table") or "") == title]) for title in titles]


def _table(title: str, rows: Sequence[ShownStatement]) -> QuotaTable:
    columns = list(dict.fromkeys(column for row in rows for column, _value in row.values))
    units = {row.said.get("unit") or "" for row in rows}
    unit = units.pop() if len(units) == 1 else ""
    cells = [(row, [dict(row.values).get(each, "") for each in columns]) for row in rows]
    return QuotaTable(title, unit, columns, cells)


def marks_of_statements(statements: Iterable[Statement]) -> list[Mark]:
    """Return where in the text figures stand; other statements are whole sentences and are found by their link."""
    return [
        Mark(each.start, each.end, _MARKS[each.kind], f"s{each.pk}", figure_of(each.payload))
        for each in statements
        if each.kind in _MARKS
    ]
