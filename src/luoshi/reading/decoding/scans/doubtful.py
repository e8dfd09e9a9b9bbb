"""Lines that were recognised with little confidence, for a person to compare with the picture."""

from collections.abc import Sequence

from luoshi.reading.issues import make_issue
from luoshi.reading.layout import PlacedText
from luoshi.reading.limits import DOUBTFUL_CONFIDENCE, MAX_DOUBTFUL_LINES
from luoshi.reading.model import Issue, Span


def doubtful_lines(layout: Sequence[PlacedText]) -> list[Issue]:
    """Return an issue with its span for every doubtful piece of print; of too many, the least sure ones."""
    doubtful = [place for place in layout if place.confidence is not None and place.confidence < DOUBTFUL_CONFIDENCE]
    shown = sorted(doubtful, key=lambda place: place.confidence or 0.0)[:MAX_DOUBTFUL_LINES]
    issues = [
        make_issue(
            "doubtful_line",
            span=Span(place.start, place.end),
            page=place.box.page,
            confidence=round(100 * (place.confidence or 0.0)),
        )
        for place in sorted(shown, key=lambda place: place.start)
    ]
    if len(doubtful) > len(shown):
        issues.append(make_issue("more_doubtful_lines", count=len(doubtful) - len(shown)))
    return issues
