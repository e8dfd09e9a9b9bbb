"""Lines that are nothing but who answers give what stands below them; invented plans."""

import pytest
from tests.reading.reader import names, read, tasks_of

from luoshi.reading import Task

HEAD = "云阳市交通安全整治工作方案\n"
BOSS, LEAD, BY = "lead_leaders", "lead_units", "responsible_units"
ALL = "列首位的为牵头单位，下同。以下均需各县（市、区）政府落实，不再列出"


def _read(text: str, head: str = HEAD) -> list[Task]:
    return tasks_of(read(head + text))


def _owned(text: str, role: str = BY, head: str = HEAD) -> list[tuple[str, list[str]]]:
    return [(task.text[:6], names(task).get(role, [])) for task in _read(text, head)]


def test_a_unit_and_a_colon_give_the_items_below() -> None:
    text = (
        "一、职责分工\n市交通局：\n1.排查全市公路隐患路段。\n2.整治客运车站周边秩序。\n市公安局、市城管局：\n1.清理占道停车。\n"
        "二、有关要求\n1.按时报送。\n"
    )
    assert _owned(text) == [
        ("排查全市公路", ["市交通局"]),
        ("整治客运车站", ["市交通局"]),
        ("清理占道停车", ["市公安局", "市城管局"]),
    ]


def test_units_on_lines_of_their_own_give_the_paragraphs_below() -> None:
    text = "职责分工\n市交通局\n排查隐患路段，建立台账\n市公安局\n查处超员超速\n市教育局\n管好校车，教育学生\n"
    assert [units for _, units in _owned(text)] == [["市交通局"], ["市公安局"], ["市教育局"]]


@pytest.mark.parametrize(
    "text",
    [
        "市交通局：\n1.排查全市公路隐患路段。\n",  # one line is a salutation
        "成员单位\n市交通局\n市公安局\n市教育局\n办公室设在市交通局\n",  # a list of members
        # a table that lost its cells
        "排查隐患路段，建立台账。\n市交通局\n查处超员超速。\n市公安局\n管好校车。\n市教育局\n请结合实际。\n",
    ],
)
def test_other_lines_of_units_give_nothing(text: str) -> None:
    assert _owned(text) == []


@pytest.mark.parametrize(
    "form",
    [
        "市长王建国：{}副市长李明：{}",
        "王建国 市长\n{}李明 副市长\n{}",
        "1.市长王建国：{}2.副市长李明：{}",
    ],
)
def test_leaders_who_divide_the_work(form: str) -> None:
    text = form.format("领导市政府全面工作。\n", "负责财政、税务工作。\n分管市财政局。\n")
    found = _owned(text, BOSS, "云阳市政府领导成员工作分工\n")
    assert [words for words, _ in found] == ["领导市政府全", "负责财政、税"]
    assert ["王建国" in found[0][1][0], "李明" in found[1][1][0]] == [True, True]


def test_notes_about_all_clauses_end_a_bare_list() -> None:
    clause = f"（市税务局、市财政局，各县（市、区）政府，{ALL}）"
    first, second = _read(f"（一）落实减免政策。{clause}\n（二）做大产业基金。（市财政局、市国资委）\n")
    assert names(first) == {LEAD: ["市税务局"], BY: ["市财政局", "各县（市、区）政府"]}
    assert names(second)[LEAD] == ["市财政局"]
