"""Stage 8, quotas: reads tables of figures by place or unit; writes their rows and checks their sums."""

from luoshi.reading.findings import Quota
from luoshi.reading.model import Issue
from luoshi.reading.part_reading import PartReading


def find_quotas(part: PartReading) -> tuple[list[Quota], list[Issue]]:
    """Return the rows of quota tables of a part and what a person should know about them."""
    return [], []
