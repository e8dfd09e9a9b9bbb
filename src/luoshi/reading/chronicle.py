"""Stage 8, chronicle: reads the dated entries of a 大事记; writes them as events."""

from luoshi.reading.findings import Event
from luoshi.reading.model import Issue
from luoshi.reading.part_reading import PartReading


def find_events(part: PartReading) -> tuple[list[Event], list[Issue]]:
    """Return the events of a part and what a person should know about them."""
    return [], []
