"""From the pure reading of a file to rows; called inside an action, never by a page."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from luoshi.access.models import User
from luoshi.documents.models import (
    Document,
    Finding,
    LineReview,
    Original,
    PagePlaces,
    Provision,
    Reading,
    Reference,
    ReferenceKind,
    SearchEntry,
    Statement,
    StatementKind,
    TextVersion,
)
from luoshi.documents.promises import promised_items
from luoshi.documents.search import make_entry, passages
from luoshi.documents.states import DocumentStatus, FindingStatus
from luoshi.files.models import StoredFile
from luoshi.reading import PARSER_VERSION, to_json
from luoshi.reading import Reading as FileReading
from luoshi.reading.limits import DOUBTFUL_CONFIDENCE
from luoshi.reading.model import Document as ReadDocument
from luoshi.standards.names import fold_name

SENTENCE = "sentence"
# Where the reading contract keeps each kind of statement.
STATEMENTS = {
    StatementKind.TARGET: "targets",
    StatementKind.DUTY: "duties",
    StatementKind.APPOINTMENT: "appointments",
    StatementKind.QUOTA: "quotas",
    StatementKind.EVENT: "events",
    StatementKind.TERM: "terms",
    StatementKind.ITEM: "items",
}
# These come again and again under one title; without a number, a second one is not another printing of the first. The
# same holds for what has neither number nor title.
_RECURRING = frozenset({"chronicle", "appointment"})


def record_reading(
    *,
    file: StoredFile,
    name: str,
    result: FileReading,
    acting_user: User,
    plan_year: int | None,
    now: dt.datetime,
    base: Reading | None = None,
    corrected_from: TextVersion | None = None,
) -> tuple[Reading, bool, list[Document]]:
    """Write original, text, reading, documents, provisions, findings and search entries.

    ``base`` is the reading that was read again, ``corrected_from`` the text that people corrected to this one. Return
    the reading, whether it is new, and its documents.
    """
    original, _made = Original.objects.get_or_create(
        file=file, defaults={"name": name, "received_at": now, "received_by": acting_user}
    )
    text, is_new_text = TextVersion.objects.get_or_create(
        original=original,
        sha256=result.source.text_sha256,
        defaults={
            "method": result.source.method,
            "media_type": result.source.media_type,
            "text": result.text,
            "page_starts": list(result.page_starts),
            "confidence": _confidence(result),
            "extracted_at": now,
            "corrected_from": corrected_from,
        },
    )
    if is_new_text:
        _record_places(text, result)
        _record_doubtful_lines(text, result)
    reading, is_new = Reading.objects.get_or_create(
        text=text, parser_version=PARSER_VERSION, defaults={"result": to_json(result), "read_at": now}
    )
    if not is_new:
        return reading, False, list(reading.documents.all())
    documents = _record_documents(reading, result, plan_year, now, _families_to_keep(base, result))
    return reading, True, documents


def record_same_reading(base: Reading, result: FileReading, now: dt.datetime) -> None:
    """Write that the present parser version found in a text what an older one had found; its documents stay."""
    Reading.objects.get_or_create(
        text=base.text, parser_version=PARSER_VERSION, defaults={"result": to_json(result), "read_at": now}
    )


def _families_to_keep(base: Reading | None, result: FileReading) -> dict[int, str]:
    """Return by position the families of documents with tasks in the ledger.

    A new reading that knows such a document by another number is still another printing of it.
    """
    if base is None or base.documents.count() != len(result.documents):
        return {}
    accepted = base.documents.filter(findings__status=FindingStatus.ACCEPTED)
    return dict(accepted.values_list("position", "family"))


def _record_places(text: TextVersion, result: FileReading) -> None:
    pages: dict[int, list[list[float | int | None]]] = {}
    for place in result.layout:
        box = place.box
        sides = [round(side, 5) for side in (box.left, box.top, box.right, box.bottom)]
        confidence = None if place.confidence is None else round(place.confidence, 4)
        pages.setdefault(box.page, []).append([place.start, place.end, *sides, confidence])
    PagePlaces.objects.bulk_create(
        [PagePlaces(text=text, page=page, pieces=pieces) for page, pieces in sorted(pages.items())], batch_size=100
    )


def _confidence(result: FileReading) -> float | None:
    """Return the mean confidence of what was recognised, longer lines counting for more."""
    recognised = [(each.end - each.start, each.confidence) for each in result.layout if each.confidence is not None]
    characters = sum(length for length, _confidence in recognised)
    return sum(length * sure for length, sure in recognised) / characters if characters else None


def _record_doubtful_lines(text: TextVersion, result: FileReading) -> None:
    LineReview.objects.bulk_create(
        [
            LineReview(
                text=text,
                start=place.start,
                end=place.end,
                page=place.box.page,
                left=place.box.left,
                top=place.box.top,
                right=place.box.right,
                bottom=place.box.bottom,
                confidence=place.confidence,
                read_as=result.text[place.start : place.end],
            )
            for place in result.layout
            if place.confidence is not None and place.confidence < DOUBTFUL_CONFIDENCE
        ],
        batch_size=500,
        ignore_conflicts=True,
    )


def family_of(doc_number: str | None, title: str) -> str:
    """Return what all printings and versions of one document share: its number, or else its title."""
    return (doc_number or f"title:{fold_name(title)}")[:180]


def _record_documents(
    reading: Reading, result: FileReading, plan_year: int | None, now: dt.datetime, kept: Mapping[int, str]
) -> list[Document]:
    payloads = {each["id"]: each for each in reading.result["documents"]}
    documents: list[Document] = []
    seen: dict[str, int] = {}
    for position, read in enumerate(result.documents):
        family = family_of(read.doc_number, read.title)
        if read.kind == "work_report" and read.issued_on:
            # A city reports every year under one title: only the same day's is another printing.
            family = f"{family}:{read.issued_on.isoformat()}"
        if not read.doc_number and (_recurs(read) or not fold_name(read.title)):
            family = f"alone:{reading.pk}:{read.id}"
        family = kept.get(position, family)
        seen[family] = seen.get(family, 0) + 1
        if seen[family] > 1:
            # Two parts of one file under one number are two documents, not two printings of one.
            family = f"{family}#{seen[family]}"
        document = _record_document(reading, read, position, family, plan_year, now)
        _record_parts(document, read, payloads[read.id], result.text)
        documents.append(document)
    return documents


def _recurs(read: ReadDocument) -> bool:
    return read.kind in _RECURRING or (read.kind == "work_report" and read.issued_on is None)


def _record_document(
    reading: Reading, read: ReadDocument, position: int, family: str, plan_year: int | None, now: dt.datetime
) -> Document:
    taken = Document.objects.filter(family=family, status=DocumentStatus.CURRENT).exists()
    return Document.objects.create(
        reading=reading,
        key=read.id,
        position=position,
        kind=read.kind,
        title=read.title[:500],
        doc_number=(read.doc_number or "")[:64],
        issuer=(read.issuer or "")[:200],
        issued_on=read.issued_on,
        effective_from=read.effective_from,
        effective_to=read.effective_to,
        plan_year=plan_year,
        start=read.span.start,
        end=read.span.end,
        family=family,
        status=DocumentStatus.WAITING if taken else DocumentStatus.CURRENT,
        imported_at=now,
    )


def _record_parts(document: Document, read: ReadDocument, payload: dict[str, Any], text: str) -> None:
    _record_provisions(document, read)
    findings = _record_findings(document, [*payload["tasks"], *promised_items(payload)])
    _record_statements(document, payload, findings)
    _record_references(document, payload)
    spans = [each.span for each in read.provisions] + [each.span for each in read.tasks]
    breaks = {span.start for span in (*spans, *(part.span for part in read.parts))}
    SearchEntry.objects.bulk_create(
        [
            make_entry(kind=SENTENCE, object_id=document.pk, text=text[start:end], start=start, end=end)
            for region in (read.span, *read.continuations)
            for start, end in passages(text, region.start, region.end, breaks=breaks)
        ],
        batch_size=500,
    )


def _record_provisions(document: Document, read: ReadDocument) -> None:
    Provision.objects.bulk_create(
        [
            Provision(
                document=document,
                key=part.id,
                parent_key=part.parent or "",
                position=position,
                label=part.label[:32],
                depth=part.depth,
                heading=(part.heading or "")[:300],
                start=part.span.start,
                end=part.span.end,
            )
            for position, part in enumerate(read.provisions)
        ],
        batch_size=500,
    )


def _record_findings(document: Document, tasks: list[dict[str, Any]]) -> dict[str, Finding]:
    """Write the tasks that were read and return them by their id in the reading."""
    made = Finding.objects.bulk_create(
        [
            Finding(
                document=document,
                key=task["id"],
                position=position,
                number=task["number"][:32],
                section=(task.get("section") or "")[:300],
                payload=task,
                start=task["span"]["start"],
                end=task["span"]["end"],
                doubts=list(task.get("doubts") or []),
            )
            for position, task in enumerate(tasks)
        ],
        batch_size=500,
    )
    return {finding.key: finding for finding in made}


def _record_statements(document: Document, payload: dict[str, Any], findings: dict[str, Finding]) -> None:
    Statement.objects.bulk_create(
        [
            Statement(
                document=document,
                kind=kind,
                position=position,
                finding=findings.get(stated.get("task") or ""),
                payload=stated,
                start=stated["span"]["start"],
                end=stated["span"]["end"],
            )
            for kind, key in STATEMENTS.items()
            for position, stated in enumerate(payload.get(key) or [])
        ],
        batch_size=500,
    )


def _record_references(document: Document, payload: dict[str, Any]) -> None:
    Reference.objects.bulk_create(
        [
            Reference(
                document=document,
                kind=kind,
                doc_number=named["doc_number"][:64],
                title=(named.get("title") or "")[:500],
                start=named["span"]["start"],
                end=named["span"]["end"],
            )
            for kind, key in ((ReferenceKind.CITES, "citations"), (ReferenceKind.REPEALS, "repeals"))
            for named in payload.get(key) or []
            if named.get("doc_number")
        ],
        batch_size=500,
    )
