"""Several names in one cell are divided as people mean them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.workbooks.lists import join_list, split_list
from luoshi.workbooks.values import clean_text


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("市教育局、市财政局", ("市教育局", "市财政局")),
        ("市教育局，市财政局;市人社局\n市民政局", ("市教育局", "市财政局", "市人社局", "市民政局")),
        (" 市教育局 、、 市财政局、", ("市教育局", "市财政局")),
        ("市政府办公室（研究室、法制办）、市教育局", ("市政府办公室（研究室、法制办）", "市教育局")),
        ("甲（乙〔丙、丁〕、戊）、己", ("甲（乙〔丙、丁〕、戊）", "己")),
        ("甲（乙、丙", ("甲（乙", "丙")),
        ("甲（乙（丙、丁）、戊", ("甲（乙（丙、丁）", "戊")),
        ("甲）、乙", ("甲）", "乙")),
        (r"甲\、乙、丙", ("甲、乙", "丙")),
        ("", ()),
        ("、，", ()),
    ],
)
def test_dividing(text: str, items: tuple[str, ...]) -> None:
    assert split_list(text, "、") == items


def test_a_separator_of_its_own() -> None:
    assert split_list("甲|乙、丙", "|") == ("甲", "乙", "丙")
    assert join_list(("甲", "乙|丙"), "|") == r"甲|乙\|丙"


def test_plain_names_are_joined_without_marks() -> None:
    assert join_list(("市教育局", "市政府办公室（研究室、法制办）"), "、") == "市教育局、市政府办公室（研究室、法制办）"


items = st.text(alphabet="甲乙、，,;（）(]\\ \n'=", max_size=6) | st.text(max_size=6)


@given(st.lists(items.map(clean_text).filter(bool)), st.sampled_from(["、", ";", "|", "\n", "; "]))
def test_joining_is_undone(names: list[str], separator: str) -> None:
    assert split_list(join_list(names, separator), separator) == tuple(names)


@pytest.mark.parametrize("text", ["（" * 10_000, "（" * 10_000 + "）" * 10_000, "\\" * 10_001, "、" * 10_000])
def test_deep_nesting_is_quick(text: str) -> None:
    assert len(split_list(text, "、")) <= 1
