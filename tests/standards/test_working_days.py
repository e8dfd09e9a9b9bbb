"""Working days by the published calendar: holidays, shifted Saturdays, and years that nobody has published."""

from datetime import date

import pytest

from luoshi.standards.working_days import (
    UnableToCountWorkingDays,
    add_working_days,
    count_working_days,
    is_working_day,
)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-03-02", True),
        ("2026-03-07", False),
        ("2026-10-01", False),
        ("2026-10-05", False),  # a Monday of the National Day holidays
        ("2026-10-10", True),  # the Saturday worked for them
        ("2025-01-26", True),  # the Sunday worked for the Spring Festival
    ],
)
def test_holidays_and_shifted_days(day: str, works: bool) -> None:
    assert is_working_day(date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("start", "count", "last"),
    [
        ("2026-03-02", 0, "2026-03-02"),
        ("2026-03-02", 1, "2026-03-03"),
        ("2026-03-06", 1, "2026-03-09"),
        ("2026-03-07", 1, "2026-03-09"),
        ("2026-09-28", 7, "2026-10-13"),
        ("2026-03-09", -5, "2026-03-02"),
        ("2025-12-31", 1, "2026-01-04"),  # the Sunday worked after New Year
    ],
)
def test_the_first_day_is_not_counted(start: str, count: int, last: str) -> None:
    assert add_working_days(date.fromisoformat(start), count).isoformat() == last


def test_counting_undoes_adding() -> None:
    start = date(2026, 1, 5)
    for count in (1, 5, 20, 60, 180):
        assert count_working_days(start, add_working_days(start, count)) == count
    assert count_working_days(start, start) == 0


def test_a_year_that_is_not_published_is_named() -> None:
    with pytest.raises(UnableToCountWorkingDays) as raised:
        add_working_days(date(2089, 12, 30), 5)
    assert raised.value.year == 2089
    assert "2089" in str(raised.value)


def test_an_absurd_count_is_refused() -> None:
    with pytest.raises(UnableToCountWorkingDays):
        add_working_days(date(2026, 1, 5), 1_000_000)
