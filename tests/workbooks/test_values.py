"""What people type into a cell is read as what they mean, or refused with a reason."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from luoshi.workbooks import Column, Kind, Value
from luoshi.workbooks.values import Cell, UnableToReadCell, clean_text, make_reader

CHOICES = (("OPEN", "进行中"), ("DONE", "已办结（含销号）"))


def read(cell: Cell, kind: Kind, **fields: object) -> Value:
    column = Column(key="a", title="甲", kind=kind, **fields)  # type: ignore[arg-type]
    return make_reader(column)(clean_text(cell) if isinstance(cell, str) else cell)


def code_of(cell: Cell, kind: Kind, **fields: object) -> str:
    with pytest.raises(UnableToReadCell) as caught:
        read(cell, kind, **fields)
    return caught.value.code


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("", ""),
        ("  任务\r\n二 ", "任务\n二"),
        ("甲\x00\x07乙", "甲乙"),
        (12.0, "12"),
        (0.1 + 0.2, "0.3"),
        (True, "TRUE"),
        (date(2026, 3, 5), "2026-03-05"),
        (datetime(2026, 3, 5, 8, 30), "2026-03-05 08:30:00"),  # noqa: DTZ001
        (time(8, 30), "08:30:00"),
        ("'=1", "=1"),
    ],
)
def test_text(cell: Cell, value: str) -> None:
    assert read(cell, Kind.TEXT) == value


def test_an_identity_number_typed_as_a_number_is_refused() -> None:
    assert code_of(110101199001011234.0, Kind.TEXT) == "digits_lost"
    assert read("110101199001011234", Kind.TEXT) == "110101199001011234"


def test_text_that_is_too_long_is_refused() -> None:
    assert read("四个汉字", Kind.TEXT, max_length=4) == "四个汉字"
    assert code_of("五个汉字了", Kind.TEXT, max_length=4) == "too_long"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("", None),
        (24.0, 24),
        ("24", 24),
        ("２４", 24),
        (" 1 234 ", 1234),
        ("1,234,567", 1234567),
        ("１，２３４", 1234),
        ("-3", -3),
        ("－3", -3),
        ("−3", -3),
        ("3.00", 3),
        ("9" * 30, int("9" * 30)),
    ],
)
def test_integers(cell: Cell, value: int | None) -> None:
    assert read(cell, Kind.INTEGER) == value


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("二十四", "not_a_number"),
        ("24所", "not_a_number"),
        ("1,23", "not_a_number"),
        ("1e5", "not_a_number"),
        ("٣", "not_a_number"),
        ("nan", "not_a_number"),
        (float("nan"), "not_a_number"),
        (float("inf"), "not_a_number"),
        (True, "not_a_number"),
        (date(2026, 3, 5), "not_a_number"),
        (3.5, "not_whole"),
        ("3.5", "not_whole"),
        (1e15, "digits_lost"),
        ("9" * 5000, "too_many_digits"),
    ],
)
def test_what_is_no_integer(cell: Cell, code: str) -> None:
    assert code_of(cell, Kind.INTEGER) == code


@pytest.mark.parametrize(
    ("cell", "value"), [(0.1, "0.1"), ("1,234.50", "1234.5"), ("．5", "0.5"), (1234567890123.45, "1234567890123.45")]
)
def test_decimals(cell: Cell, value: str) -> None:
    assert read(cell, Kind.DECIMAL, decimal_places=2) == Decimal(value)


def test_decimal_places_are_counted_without_closing_zeros() -> None:
    assert read("1.500", Kind.DECIMAL, decimal_places=2) == Decimal("1.5")
    assert code_of("1.505", Kind.DECIMAL, decimal_places=2) == "too_many_decimals"
    assert code_of("9" * 30 + ".005", Kind.DECIMAL, decimal_places=2) == "too_many_decimals"


@pytest.mark.parametrize(
    "cell",
    [
        date(2026, 3, 5),
        datetime(2026, 3, 5, 17, 0),  # noqa: DTZ001
        46086.0,
        46086.75,
        20260305.0,
        "46086",
        "2026年3月5日",
        "2026 年 3 月 5 日",
        "2026年3月5号",
        "２０２６年３月５日",
        "2026-3-5",
        "2026/3/5",
        "2026.03.05",
        "2026-03-05 00:00:00",
        "2026/3/5 0:00",
        "2026-03-05T00:00:00",
        "20260305",
    ],
)
def test_dates(cell: Cell) -> None:
    assert read(cell, Kind.DATE) == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (2026.0, "date_incomplete"),
        ("2026年", "date_incomplete"),
        ("2026年3月", "date_incomplete"),
        ("2026年12月底", "date_incomplete"),
        ("2026-03", "date_incomplete"),
        ("12月31日", "date_incomplete"),
        ("12月底", "date_incomplete"),
        ("2026年2月30日", "no_such_date"),
        ("2026-13-01", "no_such_date"),
        ("0000-01-01", "no_such_date"),
        ("年底前", "not_a_date"),
        ("3/5/26", "not_a_date"),
        ("99999", "date_incomplete"),
        (5.0, "not_a_date"),
        (True, "not_a_date"),
        (timedelta(hours=3), "not_a_date"),
    ],
)
def test_what_is_no_date(cell: Cell, code: str) -> None:
    assert code_of(cell, Kind.DATE) == code


@pytest.mark.parametrize("cell", ["进行中", " 进 行 中 ", "OPEN", "open", "ＯＰＥＮ"])
def test_a_choice_by_label_or_code(cell: str) -> None:
    assert read(cell, Kind.CHOICE, choices=CHOICES) == "OPEN"


def test_a_choice_with_other_brackets() -> None:
    assert read("已办结(含销号)", Kind.CHOICE, choices=CHOICES) == "DONE"
    assert read("", Kind.CHOICE, choices=CHOICES) is None


def test_what_is_no_choice_names_the_choices() -> None:
    with pytest.raises(UnableToReadCell) as caught:
        read("办结", Kind.CHOICE, choices=CHOICES)
    assert caught.value.code == "not_a_choice"
    assert caught.value.params == {"text": "办结", "choices": "进行中、已办结（含销号）"}


@pytest.mark.parametrize(
    ("cell", "value"),
    [("是", True), ("√", True), ("Yes", True), (1.0, True), (True, True), ("否", False), ("×", False)],
)
def test_booleans(cell: Cell, value: bool) -> None:
    assert read(cell, Kind.BOOLEAN) is value


def test_a_boolean_by_its_labels() -> None:
    labels = (("true", "重点"), ("false", "一般"))
    assert read("重点", Kind.BOOLEAN, choices=labels) is True
    assert read("一般", Kind.BOOLEAN, choices=labels) is False
    assert read("", Kind.BOOLEAN, choices=labels) is None
    assert code_of("特别", Kind.BOOLEAN, choices=labels) == "not_yes_or_no"


def test_lists() -> None:
    assert read("甲、乙", Kind.LIST) == ("甲", "乙")
    assert read("", Kind.LIST) == ()
    assert read("已办结（含销号）、OPEN", Kind.LIST, choices=CHOICES) == ("DONE", "OPEN")
    assert code_of("进行中、办结", Kind.LIST, choices=CHOICES) == "not_a_choice"
    assert code_of("甲、一二三四五", Kind.LIST, max_length=4) == "too_long"
