"""Words about time met in documents of other cities, read as the contract of `luoshi time` says."""

from datetime import date

import pytest

from luoshi.reading.times.reading import read_times

ON = date(2026, 3, 16)

DAYS = [
    ("下季度首月10日前", "open_start", None, "2026-04-10"),
    ("三季度末月15日前", "open_start", None, "2026-09-15"),
    ("2027年第二季度首月底前", "open_start", None, "2027-04-30"),
    ("本季度最后一个月20日前", "open_start", None, "2026-03-20"),
    ("本周内", "period", "2026-03-16", "2026-03-22"),
    ("下周内", "period", "2026-03-23", "2026-03-29"),
    ("2027年和2028年", "period", "2027-01-01", "2028-12-31"),
    ("2027、2028年", "period", "2027-01-01", "2028-12-31"),
    ("自2026年5月1日起执行至2026年12月31日", "period", "2026-05-01", "2026-12-31"),
    ("2026年5月1日起至2026年12月31日止", "period", "2026-05-01", "2026-12-31"),
    ("第二年3月底前", "open_start", None, "2027-03-31"),
]
RULES = [
    ("年中和年底各考核一次", "FREQ=MONTHLY;BYMONTH=6,12;BYMONTHDAY=-1"),
    ("每年4月至6月", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=-1"),
    ("每年6月、12月底前", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=-1"),
    ("每季度前10日", "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=10"),
]


@pytest.mark.parametrize(("words", "kind", "start", "end"), DAYS, ids=[each[0] for each in DAYS])
def test_days(words: str, kind: str, start: str | None, end: str) -> None:
    found = read_times(words, on=ON).main
    assert (found.kind, found.start and found.start.isoformat(), found.end and found.end.isoformat()) == (
        kind,
        start,
        end,
    )


@pytest.mark.parametrize(("words", "rule"), RULES, ids=[each[0] for each in RULES])
def test_rules(words: str, rule: str) -> None:
    found = read_times(words, on=ON).main
    assert (found.kind, found.rrule, found.start, found.end) == ("recurring", rule, None, None)


@pytest.mark.parametrize("words", ["2025-2026年供暖季", "2026年底至2027年初"])
def test_what_no_date_is_made_up_for(words: str) -> None:
    found = read_times(words, on=ON).main
    assert (found.kind, found.start, found.end) == ("ambiguous", None, None)
    assert all(day.year == 2027 for day in found.candidates)


def test_years_apart_are_two_times() -> None:
    assert [each.text for each in read_times("2027年和2030年", on=ON).all] == ["2027年", "2030年"]
