"""Stage 8, glossary: reads lists that explain terms; writes term and definition."""

from luoshi.reading.findings import Term
from luoshi.reading.part_reading import PartReading


def find_terms(part: PartReading) -> list[Term]:
    """Return the terms of a part."""
    return []
