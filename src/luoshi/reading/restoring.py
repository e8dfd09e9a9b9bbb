"""Take back from the JSON of the contract what was read, what was noticed, and how a document is divided."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from luoshi.reading.model import Document, Issue, Paragraph, Part, Provision, Repeal, Source, Span


def restore_document(written: Mapping[str, Any]) -> Document:
    """Return a document as `to_json` wrote it, without tasks and findings; keys of newer readings may be missing.

    :raises KeyError: where the JSON is none of the contract.
    """
    return Document(
        id=written["id"],
        kind=written["kind"],
        title=written["title"],
        span=_span(written["span"]),
        doc_number=written.get("doc_number"),
        issuer=written.get("issuer"),
        issued_on=_day(written.get("issued_on")),
        effective_from=_day(written.get("effective_from")),
        effective_to=_day(written.get("effective_to")),
        parts=tuple(Part(part["title"], _span(part["span"])) for part in written.get("parts", ())),
        continuations=tuple(_span(span) for span in written.get("continuations", ())),
        provisions=tuple(_provision(each) for each in written["provisions"]),
        repeals=tuple(
            Repeal(each["doc_number"], each["title"], _span(each["span"])) for each in written.get("repeals", ())
        ),
    )


def restore_source(written: Mapping[str, Any]) -> Source:
    """Return what was read as `to_json` wrote it.

    :raises KeyError: where the JSON is none of the contract.
    """
    names = ("name", "sha256", "media_type", "method", "pages", "characters", "text_sha256")
    return Source(**{name: written[name] for name in names})


def restore_issues(written: Sequence[Mapping[str, Any]]) -> list[Issue]:
    """Return the issues as `to_json` wrote them."""
    return [
        Issue(
            code=each["code"],
            severity=each["severity"],
            message=each["message"],
            params=dict(each.get("params") or {}),
            span=_span(each["span"]) if each.get("span") else None,
        )
        for each in written
    ]


def _provision(written: Mapping[str, Any]) -> Provision:
    span = _span(written["span"])
    return Provision(
        id=written["id"],
        parent=written.get("parent"),
        label=written["label"],
        depth=written["depth"],
        heading=written.get("heading"),
        text=written["text"],
        span=span,
        paragraphs=_paragraphs(written.get("paragraphs", ())),
    )


def _paragraphs(written: Sequence[Mapping[str, Any]]) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(each["id"], each["text"], _span(each["span"]), bool(each.get("below_points"))) for each in written
    )


def _span(written: Mapping[str, Any]) -> Span:
    return Span(int(written["start"]), int(written["end"]))


def _day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)
