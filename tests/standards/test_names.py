"""Names printed in different ways are compared in one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.standards.names import fold_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("市发展改革委", " 市 发展\n改革委 "),
        ("市政府办公室（研究室）", "市政府办公室(研究室)"),
        ("市工业和信息化局〔市大数据局〕", "市工业和信息化局［市大数据局］"),
        ("东昌府区【凤凰工业园】", "东昌府区(凤凰工业园)"),
        ("张　三", "张三"),
        ("买买提·吐尔逊", "买买提•吐尔逊"),
        ("买买提・吐尔逊", "买买提·吐尔逊"),
        ("ＣＢＤ管委会", "cbd管委会"),
        ("第１０中学", "第10中学"),
        ("市\u200b教育\ufeff局", "市教育局"),
        ("⼭东省", "山东省"),
        ("中国—上合组织", "中国-上合组织"),
    ],
)
def test_two_printings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert fold_name(one) == fold_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("市教育局", "市教体局"),
        ("市发展改革委", "市发展和改革委员会"),
        ("第10中学", "第1中学"),
        ("市政府办公室(研究室)", "市政府办公室"),
        ("甲、乙", "甲乙"),
    ],
)
def test_different_names_stay_different(one: str, other: str) -> None:
    assert fold_name(one) != fold_name(other)


def test_nothing_folds_to_nothing() -> None:
    assert fold_name("") == ""
    assert fold_name(" \u3000\t\u200b") == ""


@given(st.text())
def test_folding_twice_changes_nothing(name: str) -> None:
    folded = fold_name(name)
    assert fold_name(folded) == folded
    assert not any(char.isspace() for char in folded)


@given(st.text(), st.text())
def test_white_space_never_matters(left: str, right: str) -> None:
    assert fold_name(left + " " + right) == fold_name(left + "　\n" + right)
