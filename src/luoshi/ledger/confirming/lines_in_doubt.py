"""Print of a scan that the recogniser was not sure of, beside the findings whose words it holds."""

from collections.abc import Iterator, Sequence

from django.db.models import F, Q

from luoshi.documents.models import Document, Finding, LineReview
from luoshi.documents.paper import Mark
from luoshi.ledger.models import ROLE_FIELDS


def lines_in_doubt(document: Document) -> list[LineReview]:
    """Return the lines of a document's text whose words may be wrong, in order of the text; one query.

    Nobody has compared them, or somebody found other words printed there and the text was not read again with these.
    """
    wrong = Q(decided_at=None) | ~Q(corrected=F("read_as"))
    return list(LineReview.objects.filter(wrong, text__readings=document.reading_id).order_by("start"))


def touching(finding: Finding, lines: Sequence[LineReview]) -> tuple[LineReview, ...]:
    """Return the lines that hold words of a finding: of its place in the text, its clause or a name in it."""
    if not lines:
        return ()
    stretches = list(_stretches_of(finding))
    return tuple(line for line in lines if any(start < line.end and line.start < end for start, end in stretches))


def _stretches_of(finding: Finding) -> Iterator[tuple[int, int]]:
    """Iterate over where a finding stands; what is printed behind a jump lies outside its own span."""
    yield finding.start, finding.end
    spans = [finding.payload.get("text_span"), finding.payload.get("clause_span")]
    spans += [party.get("span") for field in ROLE_FIELDS.values() for party in finding.parties(field)]
    for span in spans:
        if span:
            yield span["start"], span["end"]


def marks_on_picture(lines: Sequence[LineReview], label: str) -> list[Mark]:
    """Return the lines as marks for the picture of the page; ``label`` has a place for how sure the reading is."""
    return [
        Mark(line.start, line.end, "doubt", f"l{line.pk}", label % {"percent": round(100 * line.confidence)})
        for line in lines
    ]
