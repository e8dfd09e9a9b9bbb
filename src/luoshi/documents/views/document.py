"""One document: its text with what was read in it, the permanent address of any sentence, its original."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from luoshi.access.models import User
from luoshi.access.permissions import Action
from luoshi.documents.actions import note_download
from luoshi.documents.force import force_of
from luoshi.documents.lines_shown import marks_of_lines
from luoshi.documents.models import Document, Finding
from luoshi.documents.paper import anchors_of, lay_out, page_of
from luoshi.documents.paragraphs import Stretch, shown
from luoshi.documents.places import pictures_of
from luoshi.documents.presentation import (
    DOCUMENT_TONES,
    FindingRecord,
    finding_records,
    layout_of,
    marks_of,
    method_words,
    notes_of,
    outline_of,
    regions_of,
)
from luoshi.documents.queries import (
    archive_of,
    count_lines,
    has_accepted_tasks,
    list_cited,
    list_constituents,
    list_family,
    list_findings,
    list_provisions,
    list_referring,
    list_statements,
)
from luoshi.documents.review_actions import may_be_read_again
from luoshi.documents.statements.shown import groups_of, marks_of_statements
from luoshi.documents.states import FindingStatus
from luoshi.documents.task_links import tasks_of
from luoshi.documents.views.asking import account, document_or_404, is_htmx
from luoshi.files.responses import download
from luoshi.reading import PARSER_VERSION

# A plan with more findings than this brings only their summaries along; a record is fetched when it is opened.
MOST_WHOLE_RECORDS = 300


@require_safe
def document_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a document says and what was read from it."""
    user = account(request, Action.READ_DOCUMENTS)
    return render(request, "documents/document.html", _page(user, document_or_404(pk)))


@require_safe
def sentence(request: HttpRequest, pk: int, start: int, end: int) -> HttpResponse:
    """Show the document with one stretch lit: the permanent address of a sentence."""
    user = account(request, Action.READ_DOCUMENTS)
    document = document_or_404(pk)
    if not _holds(document, start, end):
        wrong = {"document": document, "start": start, "end": end}
        return render(request, "documents/no_such_sentence.html", wrong, status=404)
    context = _page(user, document, cited=(start, end))
    text = document.reading.text
    context["citation"] = {
        "words": shown(text.text, start, end).strip(),
        "page": page_of(text.page_starts, start),
        "address": request.build_absolute_uri(),
    }
    return render(request, "documents/document.html", context)


@require_safe
def finding(request: HttpRequest, pk: int, finding_pk: int) -> HttpResponse:
    """Show the record of one finding: a part of the document's page, or a page of its own."""
    user = account(request, Action.READ_DOCUMENTS)
    document = document_or_404(pk)
    found = get_object_or_404(document.findings, pk=finding_pk)
    records = _records(user, document, [found])
    template = "documents/_record_body.html" if is_htmx(request) else "documents/finding.html"
    return render(request, template, {"document": document, "record": records[0], "finding": found})


@require_safe
def original(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out the file as it came in, and note who took it."""
    user = account(request, Action.READ_DOCUMENTS)
    document = document_or_404(pk)
    file = note_download(acting_user=user, document=document, now=timezone.now())
    return download(file, name=document.reading.text.original.name)


def _holds(document: Document, start: int, end: int) -> bool:
    """Tell whether a stretch lies in the document and holds anything printed."""
    inside = any(first <= start < end <= last for first, last in regions_of(document))
    return inside and bool(document.reading.text.text[start:end].strip())


def _page(user: User, document: Document, *, cited: Stretch | None = None) -> dict[str, Any]:
    findings, provisions = list_findings(document), list_provisions(document)
    statements = list_statements(document)
    reading = document.reading
    doubt = _("Recognised with %(percent)s%% confidence: compare it with the picture")
    marks = [*marks_of(findings), *marks_of_statements(statements), *marks_of_lines(reading.text, doubt)]
    sheets = lay_out(layout_of(document, findings, provisions, marks=marks, cited=cited))
    return {
        "document": document,
        "reading": reading,
        "original": reading.text.original,
        "method": method_words(reading.text),
        "lines": count_lines(reading.text),
        "archive": archive_of(reading.text.original.file),
        "newer_parser": PARSER_VERSION if may_be_read_again(reading) else "",
        "tone": DOCUMENT_TONES[document.status],
        "sheets": sheets,
        "numbers": {each.pk: each.number for each in findings},
        "records": _records(user, document, findings),
        "pictures": pictures_of(reading.text, marks, regions_of(document)),
        "groups": groups_of(document, statements, page_starts=reading.text.page_starts, anchors=anchors_of(sheets)),
        "statement_count": len(statements),
        "is_long": len(findings) > MOST_WHOLE_RECORDS,
        "characters": sum(end - start for start, end in regions_of(document)),
        "pending": sum(each.status == FindingStatus.PENDING for each in findings),
        "outline": outline_of(provisions, reading.text.text),
        "notes": notes_of(
            document, reading.result.get("issues", []), {doubt for each in findings for doubt in each.doubts}
        ),
        "family": list_family(document),
        "referring": list_referring(document),
        "cited": list_cited(document),
        "force": force_of(document, timezone.localdate()),
        "is_in_ledger": has_accepted_tasks(document),
        "constituents": list_constituents(document),
        "may_import": user.may(Action.IMPORT_DOCUMENTS),
        "may_confirm": user.may(Action.CONFIRM_FINDINGS),
    }


def _records(user: User, document: Document, findings: list[Finding]) -> list[FindingRecord]:
    reading = document.reading
    return finding_records(
        document,
        findings,
        reading.result.get("issues", []),
        tasks=tasks_of(user, [each.pk for each in findings]),
        page_starts=reading.text.page_starts,
    )
