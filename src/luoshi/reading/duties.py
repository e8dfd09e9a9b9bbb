"""Stage 8, duties: reads what is to be done every so often; writes RFC 5545 rules with their parties."""

from luoshi.reading.findings import Duty
from luoshi.reading.part_reading import PartReading


def find_duties(part: PartReading) -> list[Duty]:
    """Return the recurring duties of a part."""
    return []
