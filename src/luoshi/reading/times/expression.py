"""What an expression of time says: plain frozen records."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal[
    "point", "open_start", "open_end", "period", "recurring", "relative", "continuous", "ambiguous", "none"
]


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """An expression of time as printed and what it settles.

    `start` and `end` are the first and last day, inclusive, None where the words do not fix them. `rrule` is an RFC 5545
    rule without DTSTART. `working_days` is the count where the limit counts working days. `candidates` are days for a
    person to choose from where the words settle none. `limit` says whether the words name a day by which something is to
    be done; a description (去年, 2021年以来) does not. `note` is the code of a reservation (`NOTES`), empty without one.
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


@dataclass(frozen=True, slots=True)
class FoundTime:
    """An expression and where it stands: indices into the view, `last` exclusive."""

    first: int
    last: int
    expression: TimeExpression
