"""Figures as people type them become base units, or are refused with the reason."""

from decimal import Decimal

import pytest

from luoshi.ledger.figures_typed import UnableToReadFigure, read_figure


@pytest.mark.parametrize(
    ("typed", "unit", "value", "high"),
    [
        ("40000", "人", "40000", None),
        ("40,000", "人", "40000", None),
        ("4万", "人", "40000", None),
        ("4万人", "人", "40000", None),
        ("4.5 亿", "元", "450000000", None),
        ("４．５亿元", "元", "450000000", None),
        ("三万二", "人", "32000", None),
        ("5.5", "%", "5.5", None),
        ("5.5%", "%", "5.5", None),
        ("1.2", "某种单位", "1.2", None),
        ("3-5万", "人", "30000", "50000"),
        ("3至5", "%", "3", "5"),
        ("1000–2000", "亩", "1000", "2000"),
    ],
)
def test_a_figure_is_understood(typed: str, unit: str, value: str, high: str | None) -> None:
    found = read_figure(typed, unit)
    assert (found.value, found.high, found.unit) == (Decimal(value), Decimal(high) if high else None, unit)


def test_a_figure_may_bring_its_unit_along() -> None:
    assert read_figure("26亿元", "").unit == "元"
    assert read_figure("600亩", "").value == 600


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ("很多", "人"),
        ("4万亩", "人"),
        ("5-3", "个"),
        ("", "个"),
        ("-5", "%"),
        ("1.12345678", "元"),
        ("9" * 40, "元"),
        ("999999999万亿", "元"),
        ("4万人左右吧", "人"),
    ],
)
def test_what_is_no_figure_is_refused(typed: str, unit: str) -> None:
    with pytest.raises(UnableToReadFigure, match=r"\w"):
        read_figure(typed, unit)
