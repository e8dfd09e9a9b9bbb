"""A description of columns that contradicts itself is refused when it is made."""

from typing import Any

import pytest

from luoshi.workbooks import Column, Kind, Sheet
from luoshi.workbooks.addresses import address_of, column_letters, parse_address


@pytest.mark.parametrize(
    "fields",
    [
        {"key": "Lead unit"},
        {"key": ""},
        {"key": "a", "kind": Kind.CHOICE},
        {"key": "a", "kind": Kind.DATE, "choices": (("X", "甲"),)},
        {"key": "a", "kind": Kind.BOOLEAN, "choices": (("yes", "是"), ("no", "否"))},
        {"key": "a", "kind": Kind.CHOICE, "choices": (("X", "甲"), ("X", "乙"))},
        {"key": "a", "kind": Kind.CHOICE, "choices": (("X", "甲（一）"), ("Y", "甲(一)"))},
        {"key": "a", "kind": Kind.CHOICE, "choices": (("X", " "),)},
    ],
)
def test_contradicting_columns_are_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"column|choice"):
        Column(title="标题", **fields)


@pytest.mark.parametrize(
    "columns",
    [
        (),
        (Column(key="a", title="甲"), Column(key="a", title="乙")),
        (Column(key="a", title="甲"), Column(key="b", title=" 甲")),
        (Column(key="a", title=""),),
    ],
)
def test_contradicting_sheets_are_refused(columns: tuple[Column, ...]) -> None:
    with pytest.raises(ValueError, match="sheet"):
        Sheet(name="list", title="名单", columns=columns)


def test_a_sheet_needs_a_stable_name() -> None:
    with pytest.raises(ValueError, match="sheet"):
        Sheet(name="任务", title="任务", columns=(Column(key="a", title="甲"),))


@pytest.mark.parametrize(
    ("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_letters_of_columns(column: int, letters: str) -> None:
    assert column_letters(column) == letters
    assert parse_address(address_of(9, column)) == (9, column)


@pytest.mark.parametrize("address", ["", "5", "A", "A0", "a1", "A1B", "A١", "ABCD1", "A12345678", "Ａ1"])
def test_what_is_no_address(address: str) -> None:
    assert parse_address(address) is None
