"""Working days by the calendar that the State Council publishes, with its shifted working days and holidays.

Each year's calendar appears late in the year before. A year without one is said so, never guessed.
"""

from datetime import date, timedelta
from typing import Final

import chinese_calendar

FIRST_YEAR: Final = 2004
MOST_DAYS: Final = 2_000
_DAY: Final = timedelta(days=1)


class UnableToCountWorkingDays(Exception):
    """The count runs into a year whose calendar is not published, or is no sensible number of days."""

    def __init__(self, year: int) -> None:
        """Keep the year that is missing."""
        super().__init__(f"the working days of {year} are not published")
        self.year = year


def is_working_day(day: date) -> bool:
    """Tell whether people work on a day; raises UnableToCountWorkingDays for a year without a calendar."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        raise UnableToCountWorkingDays(day.year) from None


def add_working_days(start: date, count: int) -> date:
    """Return the last of `count` working days after `start`, which is not counted; before it where `count` is negative.

    Raises UnableToCountWorkingDays where a day of the count lies in a year without a calendar.
    """
    if abs(count) > MOST_DAYS:
        raise UnableToCountWorkingDays(start.year + count // 250)
    step = _DAY if count >= 0 else -_DAY
    day, left = start, abs(count)
    while left:
        day += step
        left -= is_working_day(day)
    return day


def count_working_days(start: date, end: date) -> int:
    """Return the number of working days after `start` up to and with `end`; 0 where `end` is not after it."""
    return sum(is_working_day(start + timedelta(days=ahead)) for ahead in range(1, (end - start).days + 1))
