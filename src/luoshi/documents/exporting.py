"""The list of documents and the differences of two printings as files to take along."""

from collections.abc import Callable, Iterable
from urllib.parse import quote

from django.http import HttpResponse
from django.utils.translation import gettext as _

from luoshi.documents.comparing import ShownComparison, comparison_rows
from luoshi.documents.models import Document
from luoshi.workbooks import Column, Kind, Row, Sheet, write_csv, write_workbook

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def export_documents(documents: Iterable[Document], *, kind: str) -> HttpResponse:
    """Return the listed documents as ``csv`` or ``xlsx``; they were listed by ``queries.list_documents``."""
    rows: list[Row] = [
        {
            "number": document.doc_number,
            "title": document.title,
            "kind": document.get_kind_display(),
            "issuer": document.issuer,
            "issued_on": document.issued_on,
            "year": document.year,  # type: ignore[attr-defined]
            "effective_from": document.effective_from,
            "effective_to": document.effective_to,
            "status": document.get_status_display(),
            "tasks": document.task_count,  # type: ignore[attr-defined]
            "pending": document.pending_count,  # type: ignore[attr-defined]
            "accepted": document.accepted_count,  # type: ignore[attr-defined]
        }
        for document in documents
    ]
    return as_file(_sheet(), rows, kind=kind, name=_("Documents"))


def as_file(sheet: Sheet, rows: Iterable[Row], *, kind: str, name: str) -> HttpResponse:
    """Return rows as a file that the browser saves under ``name``."""
    content = write_csv(sheet, rows) if kind == "csv" else write_workbook(sheet, rows)
    response = HttpResponse(content, content_type=TYPES[kind])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}.{kind}')}"
    return response


def _sheet() -> Sheet:
    columns = (
        Column(key="number", title=_("Document number"), width=22),
        Column(key="title", title=_("Title"), width=60),
        Column(key="kind", title=_("Kind"), width=14),
        Column(key="issuer", title=_("Issued by"), width=24),
        Column(key="issued_on", title=_("Date of issue"), kind=Kind.DATE, width=14),
        Column(key="year", title=_("Year"), kind=Kind.INTEGER),
        Column(key="effective_from", title=_("In force from"), kind=Kind.DATE, width=14),
        Column(key="effective_to", title=_("In force to"), kind=Kind.DATE, width=14),
        Column(key="status", title=_("Status"), width=24),
        Column(key="tasks", title=_("Tasks found"), kind=Kind.INTEGER),
        Column(key="pending", title=_("To confirm"), kind=Kind.INTEGER),
        Column(key="accepted", title=_("Accepted"), kind=Kind.INTEGER),
    )
    return Sheet(name="documents", title=_("Documents"), columns=columns)


def export_comparison(found: ShownComparison, *, kind: str, name: str, absolute: Callable[[str], str]) -> HttpResponse:
    """Return the differences of two printings as ``csv`` or ``xlsx``, with the addresses of both sentences."""
    return as_file(_comparison_sheet(), comparison_rows(found, absolute), kind=kind, name=name)


def _comparison_sheet() -> Sheet:
    columns = (
        Column(key="kinds", title=_("What differs"), width=24),
        Column(key="old_number", title=_("Number in the earlier one"), width=12),
        Column(key="old_words", title=_("Wording in the earlier one"), width=60),
        Column(key="old_names", title=_("Differing parties in the earlier one"), width=40),
        Column(key="old_url", title=_("Sentence in the earlier one"), width=30),
        Column(key="new_number", title=_("Number in the later one"), width=12),
        Column(key="new_words", title=_("Wording in the later one"), width=60),
        Column(key="new_names", title=_("Differing parties in the later one"), width=40),
        Column(key="new_url", title=_("Sentence in the later one"), width=30),
    )
    return Sheet(name="comparison", title=_("Differences"), columns=columns)
