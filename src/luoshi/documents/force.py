"""Whether a document is in force on a day, as far as it and the documents that repeal it say."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from luoshi.documents.models import Document, Reference, ReferenceKind
from luoshi.documents.states import DocumentStatus


class Force(StrEnum):
    """Where a document stands on a day."""

    IN_FORCE = "IN_FORCE"
    NOT_YET = "NOT_YET"
    EXPIRED = "EXPIRED"
    REPEALED = "REPEALED"
    UNSAID = "UNSAID"


WORDS: Final[dict[str, Any]] = {
    Force.IN_FORCE: _("In force"),
    Force.NOT_YET: _("Not in force yet"),
    Force.EXPIRED: _("Expired"),
    Force.REPEALED: _("Repealed"),
    Force.UNSAID: _("Says no dates"),
}
TONES: Final[dict[str, str]] = {
    Force.IN_FORCE: "ok",
    Force.NOT_YET: "info",
    Force.EXPIRED: "warn",
    Force.REPEALED: "danger",
    Force.UNSAID: "neutral",
}


@dataclass(frozen=True)
class ShownForce:
    """The standing of a document with its word, its tone and the document that repealed it."""

    force: Force
    word: Any
    tone: str
    repeal: Reference | None = None


def force_of(document: Document, today: dt.date) -> ShownForce:
    """Return where a document stands on a day."""
    repeal = repeals_of(document.doc_number).select_related("document").first() if document.doc_number else None
    force = _force(document, today, is_repealed=repeal is not None)
    return ShownForce(force, WORDS[force], TONES[force], repeal)


def _force(document: Document, today: dt.date, *, is_repealed: bool) -> Force:
    if is_repealed:
        return Force.REPEALED
    if document.effective_to and document.effective_to < today:
        return Force.EXPIRED
    if document.effective_from and document.effective_from > today:
        return Force.NOT_YET
    return Force.IN_FORCE if document.effective_from or document.effective_to else Force.UNSAID


def repeals_of(doc_number: str | OuterRef) -> Any:
    """Return where current documents repeal the document of a number."""
    return Reference.objects.filter(
        kind=ReferenceKind.REPEALS, doc_number=doc_number, document__status=DocumentStatus.CURRENT
    )


def stands(force: str, today: dt.date) -> Q:
    """Return the condition on documents that stand so on a day; for use after :func:`with_repeal`."""
    expired = Q(effective_to__lt=today)
    coming = Q(effective_from__gt=today) & ~expired
    dated = Q(effective_from__isnull=False) | Q(effective_to__isnull=False)
    free = Q(is_repealed=False)
    conditions: dict[str, Q] = {
        Force.REPEALED: Q(is_repealed=True),
        Force.EXPIRED: free & expired,
        Force.NOT_YET: free & coming,
        # A comparison with an absent date is neither true nor false, so absence is said in words.
        Force.IN_FORCE: free
        & dated
        & (Q(effective_to__isnull=True) | Q(effective_to__gte=today))
        & (Q(effective_from__isnull=True) | Q(effective_from__lte=today)),
        Force.UNSAID: free & ~dated,
    }
    return conditions.get(force, Q())


def with_repeal(documents: Any) -> Any:
    """Return documents with ``is_repealed``."""
    return documents.annotate(is_repealed=Exists(repeals_of(OuterRef("doc_number"))) & ~Q(doc_number=""))


def shown(document: Document, today: dt.date) -> ShownForce:
    """Return the standing of a document that :func:`with_repeal` listed, without another query."""
    force = _force(document, today, is_repealed=bool(document.is_repealed))  # type: ignore[attr-defined]
    return ShownForce(force, WORDS[force], TONES[force])
