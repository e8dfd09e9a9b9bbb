"""Targets: figures that a document promises or claims."""

from luoshi.reading.findings import Target
from luoshi.reading.part_reading import PartReading
from luoshi.reading.targets.finding import read_targets


def find_targets(part: PartReading) -> list[Target]:
    """Return the targets of a part in order of print; rules, names and descriptions are left out."""
    return read_targets(part)
