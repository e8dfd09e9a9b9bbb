"""Stage 8, other findings: reads one part with its tasks; writes targets, duties, appointments, quotas and the rest.

Guarantees: every finding has its place in the text; finders do not know each other and may run in any order.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from luoshi.reading.findings import Appointment, Duty, Event, ListItem, Quota, Target, Term
from luoshi.reading.model import Issue
from luoshi.reading.notes.appointments import find_appointments
from luoshi.reading.notes.chronicle import find_events
from luoshi.reading.notes.duties import find_duties
from luoshi.reading.notes.glossary import find_terms
from luoshi.reading.notes.lists import find_items
from luoshi.reading.notes.quotas import find_quotas
from luoshi.reading.part_reading import PartReading
from luoshi.reading.targets import find_targets

_CHINESE: Final = re.compile("[\u4e00-\u9fff]")


@dataclass(slots=True)
class Findings:
    """Everything but tasks that the parts of one document hold, in order of print."""

    targets: list[Target] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    appointments: list[Appointment] = field(default_factory=list)
    quotas: list[Quota] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    items: list[ListItem] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def add(self, part: PartReading) -> None:
        """Find everything in one more part; all of it is said in Chinese."""
        if not any(_CHINESE.search(line.text) for line in part.lines):
            return
        self.targets.extend(find_targets(part))
        self.duties.extend(find_duties(part))
        self.terms.extend(find_terms(part))
        self.items.extend(find_items(part))
        appointments, about_appointments = find_appointments(part)
        quotas, about_quotas = find_quotas(part)
        events, about_events = find_events(part)
        self.appointments.extend(appointments)
        self.quotas.extend(quotas)
        self.events.extend(events)
        self.issues.extend([*about_appointments, *about_quotas, *about_events])
