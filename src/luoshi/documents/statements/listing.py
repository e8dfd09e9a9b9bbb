"""Statements of all documents in one list: what was promised, claimed, ordered and recorded."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from luoshi.documents.exporting import as_file
from luoshi.documents.models import Statement, StatementKind
from luoshi.documents.statements.figures import ROLES, exact
from luoshi.documents.statements.shown import LABELS, ShownStatement, show
from luoshi.documents.states import DocumentStatus
from luoshi.workbooks import Column, Kind, Row, Sheet

# Where the payload of each kind keeps the words that a person searches.
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    StatementKind.TARGET: ("indicator", "quote"),
    StatementKind.DUTY: ("quote",),
    StatementKind.APPOINTMENT: ("person", "post"),
    StatementKind.QUOTA: ("table", "row"),
    StatementKind.EVENT: ("text",),
    StatementKind.TERM: ("term", "definition"),
    StatementKind.ITEM: ("list", "name", "text"),
}


@dataclass(frozen=True)
class StatementFilter:
    """What the list is narrowed to; only ``kind`` always stands."""

    kind: str = StatementKind.TARGET
    q: str = ""
    role: str = ""
    document: int | None = None

    def condition(self) -> Q:
        """Return the filter as a condition on statements of current documents."""
        condition = Q(kind=self.kind, document__status=DocumentStatus.CURRENT)
        if self.document is not None:
            # A person who comes from a printing that is not current wants to see that one's.
            condition = Q(kind=self.kind, document=self.document)
        for word in self.q.split():
            fields = (Q(**{f"payload__{name}__icontains": word}) for name in _WORDS[self.kind])
            alternatives = Q(document__title__icontains=word) | Q(document__doc_number__icontains=word)
            for each in fields:
                alternatives |= each
            condition &= alternatives
        if self.role and self.kind == StatementKind.TARGET:
            condition &= Q(payload__role=self.role)
        return condition


class StatementFilterForm(forms.Form):
    """The filters as they stand in the address."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[(k, v) for k, v in LABELS.items()])
    q = forms.CharField(label=_("Words, document or number"), required=False, max_length=100)
    role = forms.ChoiceField(
        label=_("Promise or result"), required=False, choices=[("", _("All")), *((k, v) for k, v in ROLES.items())]
    )
    document = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)

    def asked(self) -> StatementFilter:
        """Return the filter; what is no choice narrows nothing."""
        self.is_valid()
        said = self.cleaned_data
        return StatementFilter(
            kind=said.get("kind") or StatementKind.TARGET,
            q=said.get("q") or "",
            role=said.get("role") or "",
            document=said.get("document"),
        )


def list_statements(asked: StatementFilter) -> QuerySet[Statement]:
    """Return the statements, the newest document first, each document in printed order."""
    return (
        Statement.objects.filter(asked.condition())
        .select_related("document")
        .order_by("-document__issued_on", "-document_id", "start", "position")
    )


def show_all(statements: Iterable[Statement]) -> list[tuple[Statement, ShownStatement]]:
    """Return statements with what a template shows of them."""
    return [(each, show(each, each.document.get_absolute_url())) for each in statements]


def export(statements: Iterable[Statement], *, asked: StatementFilter, kind: str, absolute: Any) -> HttpResponse:
    """Return the list as ``csv`` or ``xlsx``, each row with the address of its sentence."""
    columns = (*_COLUMNS[asked.kind], *_SOURCE)
    sheet = Sheet(
        name="statements",
        title=str(LABELS[asked.kind]),
        columns=tuple(Column(key=key, title=str(title), kind=of, width=width) for key, title, of, width in columns),
    )
    rows = (_row(statement, shown, absolute) for statement, shown in show_all(statements))
    return as_file(sheet, rows, kind=kind, name=str(LABELS[asked.kind]))


_T, _D, _N = Kind.TEXT, Kind.DATE, Kind.DECIMAL
_SOURCE: Final = (
    ("doc_number", _("Document number"), _T, 22),
    ("title", _("Document"), _T, 40),
    ("url", _("Sentence"), _T, 30),
)
_COLUMNS: Final[Mapping[str, tuple[tuple[str, Any, Kind, int], ...]]] = {
    StatementKind.TARGET: (
        ("indicator", _("Indicator"), _T, 30),
        ("figure", _("Figure as stated"), _T, 18),
        ("comparator", _("Comparison"), _T, 10),
        ("value", _("Value"), _N, 14),
        ("value_high", _("Upper value"), _N, 14),
        ("unit", _("Unit of measure"), _T, 12),
        ("reference", _("Measured against"), _T, 18),
        ("role_word", _("Promise or result"), _T, 12),
        ("years", _("Years"), _T, 12),
        ("due", _("Due"), _T, 12),
        ("quote", _("Words"), _T, 60),
    ),
    StatementKind.DUTY: (
        ("recurs", _("How often"), _T, 24),
        ("parties", _("Parties"), _T, 30),
        ("quote", _("Words"), _T, 60),
        ("rrule", _("Rule (RFC 5545)"), _T, 36),
    ),
    StatementKind.APPOINTMENT: (
        ("person", _("Person"), _T, 12),
        ("action_word", _("Act"), _T, 10),
        ("post", _("Post"), _T, 44),
        ("note", _("Remark"), _T, 24),
    ),
    StatementKind.QUOTA: (
        ("table", _("Table"), _T, 40),
        ("row", _("Row"), _T, 20),
        ("values_words", _("Values"), _T, 50),
        ("unit", _("Unit of measure"), _T, 12),
    ),
    StatementKind.EVENT: (
        ("date", _("Date"), _T, 12),
        ("end_date", _("To"), _T, 12),
        ("text", _("Event"), _T, 80),
        ("people_words", _("People"), _T, 30),
    ),
    StatementKind.TERM: (("term", _("Term"), _T, 24), ("definition", _("Definition"), _T, 80)),
    StatementKind.ITEM: (
        ("list", _("List"), _T, 30),
        ("number", _("Number"), _T, 8),
        ("name", _("Name"), _T, 24),
        ("text", pgettext_lazy("of a list", "Item"), _T, 60),
        ("parties", _("Units"), _T, 30),
    ),
}


def _row(statement: Statement, shown: ShownStatement, absolute: Any) -> Row:
    said = shown.said
    return {
        **{key: value for key, value in said.items() if isinstance(value, str | int)},
        "value": exact(said.get("value")),
        "value_high": exact(said.get("value_high")),
        "figure": shown.figure,
        "role_word": shown.role,
        "years": shown.years,
        "recurs": shown.recurs,
        "parties": shown.parties,
        "action_word": shown.action,
        "values_words": gettext(", ").join(f"{name} {value:g}" for name, value in (said.get("values") or {}).items()),
        "people_words": "、".join(said.get("people") or []),
        "doc_number": statement.document.doc_number,
        "title": statement.document.title,
        "url": absolute(shown.url),
    }
