"""Whatever is written is read back the same, and whatever is done to a file, reading never raises."""

import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.workbooks.samples import ROW, SHEET, repacked

from luoshi.workbooks import ImportResult, read_workbook, write_csv, write_workbook
from luoshi.workbooks.values import clean_text

TEXT = (st.text(max_size=60) | st.text(alphabet="'=+-@＝ \t\n_x0041\\、，\"<&", max_size=12)).map(clean_text)
# A value that is cleaned again after an apostrophe was taken off must not lose anything.
STABLE = TEXT.filter(lambda text: text == clean_text(text))
SHORTENED = "E+"

ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "number": STABLE.filter(lambda text: SHORTENED not in text),
            "task": STABLE.filter(bool),
            "units": st.lists(STABLE.filter(bool).map(lambda text: text[:20].strip()).filter(bool), max_size=4).map(
                tuple
            ),
            "status": st.sampled_from([None, "OPEN", "DONE"]),
            "due": st.none() | st.dates(min_value=date(1000, 1, 1)),
            "amount": st.none() | st.decimals(allow_nan=False, places=2, min_value=-(10**20), max_value=10**20),
            "count": st.none() | st.integers(min_value=-(10**25), max_value=10**25),
            "urgent": st.none() | st.booleans(),
            "watched": st.none() | st.booleans(),
            "levels": st.lists(st.sampled_from(["CITY", "COUNTY"]), max_size=3).map(tuple),
        }
    ),
    max_size=5,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS)
def test_workbook(rows: list[dict[str, object]]) -> None:
    assert values_of(read_workbook(write_workbook(SHEET, rows), SHEET)) == rows


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS)
def test_csv(rows: list[dict[str, object]]) -> None:
    assert values_of(read_workbook(write_csv(SHEET, rows), SHEET)) == rows


def values_of(result: ImportResult) -> list[object]:
    assert not result.has_errors, [str(issue) for issue in result.issues]
    return [dict(row.values) for row in result.rows]


def checked(data: bytes) -> ImportResult:
    """Return what reading gives, having made sure that it is quick and that every issue can be shown."""
    started = time.process_time()
    result = read_workbook(data, SHEET)
    assert time.process_time() - started < 2
    assert all(issue.message for issue in result.issues)
    assert bool(result.rejected_rows) <= result.has_errors
    return result


XLSX = write_workbook(SHEET, [ROW, {"task": "甲", "amount": Decimal("0.1")}])
CSV = write_csv(SHEET, [ROW, {"task": "甲", "amount": Decimal("0.1")}])
EDITS = st.lists(
    st.tuples(st.integers(min_value=0, max_value=20_000), st.integers(0, 3), st.binary(max_size=6)),
    min_size=1,
    max_size=6,
)


def mutated(data: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    for position, length, inserted in edits:
        place = position % (len(data) + 1)
        data = data[:place] + inserted + data[place + length :]
    return data


@settings(max_examples=300, deadline=None)
@given(EDITS, st.sampled_from([XLSX, CSV]))
def test_a_damaged_file_never_raises(edits: list[tuple[int, int, bytes]], original: bytes) -> None:
    checked(mutated(original, edits))


@settings(max_examples=300, deadline=None)
@given(
    EDITS,
    st.sampled_from(["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]),
)
def test_damage_inside_an_intact_archive_never_raises(edits: list[tuple[int, int, bytes]], part: str) -> None:
    checked(repacked(XLSX, lambda name, xml: mutated(xml, edits) if name == part else xml))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_never_raise(data: bytes) -> None:
    checked(data)


@pytest.mark.soak
def test_ten_thousand_rows_are_read_in_three_seconds() -> None:
    rows = [{**ROW, "task": f"新改建中小学{number}所", "number": f"{number:05}"} for number in range(10_000)]
    data = write_workbook(SHEET, rows)
    started = time.process_time()
    result = read_workbook(data, SHEET)
    assert time.process_time() - started < 3
    assert len(result.rows) == 10_000
