"""What is read in a document besides its tasks: targets, duties, appointments, quotas, events, terms, list items."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Date
from typing import Literal

from luoshi.reading.model import Party, Span

Comparator = Literal[">=", "<=", ">", "<", "=", "~"]
Change = Literal["increase", "decrease"]
TargetRole = Literal["promise", "result"]
AppointmentAction = Literal["appoint", "remove", "lapse"]
ListKind = Literal["livelihood", "policies", "actions", "other"]


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that is promised or claimed.

    `value` is in the base unit (4万人 is 40000 人) and None for a threshold relative to `reference`. `quote` is the
    stretch of `span` without white space. `since` and `until` are the first and last year that the figure speaks of,
    `due` the day by which it is promised. `task` is the id of the task whose words hold it. `key` is the normalised
    indicator, under which several wordings meet.
    """

    quote: str
    indicator: str
    comparator: Comparator
    value: float | None
    unit: str | None
    span: Span
    key: str = ""
    role: TargetRole | None = None
    change: Change | None = None
    value_high: float | None = None
    reference: str | None = None
    due: Date | None = None
    since: int | None = None
    until: int | None = None
    task: str | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to be done again and again; `rrule` is an RFC 5545 rule without DTSTART."""

    quote: str
    rrule: str
    span: Span
    parties: tuple[Party, ...] = ()
    task: str | None = None


@dataclass(frozen=True, slots=True)
class Appointment:
    """One person who takes up or leaves one post; `post` is organization and post as printed."""

    person: str
    action: AppointmentAction
    post: str
    span: Span
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """One row of a table of figures: the values by the head of their column.

    `unit` is the unit that the table names for all its figures; the values are as printed, not in a base unit.
    """

    table: str
    row: str
    values: Mapping[str, float]
    span: Span
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a chronicle; `end_date` is None for an event of one day."""

    date: Date
    end_date: Date | None
    text: str
    span: Span
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a list that explains terms."""

    term: str
    definition: str
    span: Span


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list attached to a document (livelihood items, policies to be issued, action plans).

    `list` is the printed title of the list; `name` a name before a colon, empty where there is none; `units` are empty
    where the list names nobody.
    """

    list: str
    kind: ListKind
    number: str
    name: str
    text: str
    span: Span
    units: tuple[Party, ...] = ()
