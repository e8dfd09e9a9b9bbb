"""Reading a text again without its file: with what people corrected in it, or with a newer parser."""

from collections.abc import Callable

from luoshi.documents.models import ImportJob, ImportPurpose, LineReview, PagePlaces, TextVersion
from luoshi.documents.models import Reading as ReadingRow
from luoshi.reading import Reading
from luoshi.reading.corrections import Correction, correct
from luoshi.reading.layout import Box, PlacedText
from luoshi.reading.pipeline import reread
from luoshi.reading.restoring import restore_issues, restore_source


def read_again(job: ImportJob, progress: Callable[[float, str], None]) -> Reading | None:
    """Return what a job finds in a text that is here already, or None where its file has to be read.

    A text that people corrected is read from the text on: recognising its pictures again would lose what they did.
    """
    base = job.base
    if base is None or (job.purpose != ImportPurpose.CORRECTED and base.text.corrected_from_id is None):
        return None
    corrections = corrections_of(base.text) if job.purpose == ImportPurpose.CORRECTED else []
    return _read(base, corrections, progress)


def corrections_of(text: TextVersion) -> list[Correction]:
    """Return what people found printed in the lines they looked at, in order of the text."""
    decided = LineReview.objects.filter(text=text, decided_at__isnull=False).order_by("start")
    return [Correction(each.start, each.end, each.corrected) for each in decided]


def _read(base: ReadingRow, corrections: list[Correction], progress: Callable[[float, str], None]) -> Reading:
    text = base.text
    corrected = correct(text.text, text.page_starts, placed_text(text), corrections)
    return reread(
        corrected.text,
        page_starts=corrected.page_starts,
        layout=corrected.layout,
        source=restore_source(base.result["source"]),
        issues=restore_issues(base.result.get("issues", [])),
        progress=progress,
    )


def placed_text(text: TextVersion) -> list[PlacedText]:
    """Return where stretches of a text stand on the pages, in order of the text."""
    rows = PagePlaces.objects.filter(text=text).values_list("page", "pieces")
    placed = [
        PlacedText(start, end, Box(page, left, top, right, bottom), confidence)
        for page, pieces in rows
        for start, end, left, top, right, bottom, confidence in pieces
    ]
    return sorted(placed, key=lambda place: place.start)
