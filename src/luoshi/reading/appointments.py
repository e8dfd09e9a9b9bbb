"""Stage 8, appointments: reads the sentences of 任命 and 免去; writes one entry a person and post."""

from luoshi.reading.findings import Appointment
from luoshi.reading.model import Issue
from luoshi.reading.part_reading import PartReading


def find_appointments(part: PartReading) -> tuple[list[Appointment], list[Issue]]:
    """Return the appointments and removals of a part and what a person should know about them."""
    return [], []
