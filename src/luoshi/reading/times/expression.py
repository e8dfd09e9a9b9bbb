"""What an expression of time says: plain frozen records."""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

Kind = Literal["point", "open_start", "open_end", "period", "recurring", "relative", "continuous", "ambiguous", "none"]

NOTES: Final[dict[str, str]] = {
    "year_not_published": "the calendar of working days is not published for a year that the count runs into",
    "festival_unknown": "the day of the festival in that year is not known",
    "no_such_day": "there is no such day",
    "event_unknown": "the day of the event is not given",
    "working_days_after": "the limit is so many working days after each period ends",
    "several_days": "the rule holds the first of several days that differ from month to month",
    "local_day": "the day differs from place to place",
    "year_missing": "the words leave the year out and no day of issue is known",
}


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """An expression of time as printed and what it settles.

    `start` and `end` are the first and last day, inclusive, None where the words do not fix them. `rrule` is an
    RFC 5545 rule without DTSTART; `times` is how often within each of its periods, None where that is not said.
    `working_days` is the count where the limit counts working days. `candidates` are days for a person to choose from
    where the words settle none. `limit` says whether the words name a time by which something is to be done; a
    description (去年, 2021年以来) does not. `note` is a code of `NOTES`, empty without a reservation.
    """

    text: str
    kind: Kind
    start: date | None = None
    end: date | None = None
    rrule: str | None = None
    working_days: int | None = None
    candidates: tuple[date, ...] = ()
    limit: bool = False
    note: str = ""
    times: int | None = None


@dataclass(frozen=True, slots=True)
class FoundTime:
    """An expression and where it stands: indices into the view, `last` exclusive."""

    first: int
    last: int
    expression: TimeExpression
