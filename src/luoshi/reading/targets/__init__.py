"""Targets: figures that a document promises or claims."""

from luoshi.reading.findings import Target
from luoshi.reading.part_reading import PartReading


def find_targets(part: PartReading) -> list[Target]:
    """Return the targets of a part."""
    return []
