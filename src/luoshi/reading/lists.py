"""Stage 8, lists: reads the lists attached to a report; writes their items."""

from luoshi.reading.findings import ListItem
from luoshi.reading.part_reading import PartReading


def find_items(part: PartReading) -> list[ListItem]:
    """Return the items of attached lists of a part."""
    return []
