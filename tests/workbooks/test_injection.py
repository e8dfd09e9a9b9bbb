"""Texts that a spreadsheet would run are made harmless, and come back unchanged."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.workbooks.injection import looks_like_formula, neutralise_for_csv, neutralise_for_workbook, restore

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠A"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_formula_is_quoted_in_csv(text: str) -> None:
    assert looks_like_formula(text)
    assert neutralise_for_csv(text) == "'" + text


@pytest.mark.parametrize("text", ["", "任务", "'任务'", "a=b", "1-2", "'", "''"])
def test_plain_text_is_left_alone(text: str) -> None:
    assert not looks_like_formula(text)
    assert neutralise_for_csv(text) == text
    assert neutralise_for_workbook(text) == text
    assert restore(text) == text


@given(st.text(alphabet="'=+-@＝\t甲1", max_size=8) | st.text())
def test_neutralising_is_undone(text: str) -> None:
    assert restore(neutralise_for_csv(text)) == text
    assert restore(neutralise_for_workbook(text)) == text
    assert not looks_like_formula(neutralise_for_csv(text))
