"""From the pure reading of a file to rows; called inside an action, never by a page."""

import datetime as dt

from luoshi.access.models import User
from luoshi.documents.models import Document, Finding, Original, Provision, Reading, SearchEntry, TextVersion
from luoshi.documents.search import make_entry, passages
from luoshi.documents.states import DocumentStatus
from luoshi.files.models import StoredFile
from luoshi.reading import PARSER_VERSION, to_json
from luoshi.reading import Reading as FileReading
from luoshi.reading.model import Document as ReadDocument
from luoshi.standards.names import fold_name

SENTENCE = "sentence"
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
) -> tuple[Reading, bool, list[Document]]:
    """Write original, text, reading, documents, provisions, findings and search entries.

    Return the reading, whether it is new, and its documents.
    """
    original, _made = Original.objects.get_or_create(
        file=file, defaults={"name": name, "received_at": now, "received_by": acting_user}
    )
    text, _made = TextVersion.objects.get_or_create(
        original=original,
        sha256=result.source.text_sha256,
        defaults={
            "method": result.source.method,
            "media_type": result.source.media_type,
            "text": result.text,
            "page_starts": list(result.page_starts),
            "extracted_at": now,
        },
    )
    reading, is_new = Reading.objects.get_or_create(
        text=text, parser_version=PARSER_VERSION, defaults={"result": to_json(result), "read_at": now}
    )
    if not is_new:
        return reading, False, list(reading.documents.all())
    documents = _record_documents(reading, result, plan_year, now)
    return reading, True, documents


def family_of(doc_number: str | None, title: str) -> str:
    """Return what all printings and versions of one document share: its number, or else its title."""
    return (doc_number or f"title:{fold_name(title)}")[:180]


def _record_documents(reading: Reading, result: FileReading, plan_year: int | None, now: dt.datetime) -> list[Document]:
    payloads = {each["id"]: each for each in reading.result["documents"]}
    documents: list[Document] = []
    seen: dict[str, int] = {}
    for position, read in enumerate(result.documents):
        family = family_of(read.doc_number, read.title)
        if not read.doc_number and (read.kind in _RECURRING or not fold_name(read.title)):
            family = f"alone:{reading.pk}:{read.id}"
        seen[family] = seen.get(family, 0) + 1
        if seen[family] > 1:
            # Two parts of one file under one number are two documents, not two printings of one.
            family = f"{family}#{seen[family]}"
        document = _record_document(reading, read, position, family, plan_year, now)
        _record_parts(document, read, payloads[read.id], result.text)
        documents.append(document)
    return documents


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
        plan_year=plan_year,
        start=read.span.start,
        end=read.span.end,
        family=family,
        status=DocumentStatus.WAITING if taken else DocumentStatus.CURRENT,
        imported_at=now,
    )


def _record_parts(document: Document, read: ReadDocument, payload: dict[str, object], text: str) -> None:
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
    tasks = payload["tasks"]
    assert isinstance(tasks, list)  # noqa: S101
    Finding.objects.bulk_create(
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
