"""Two printings beside each other: every change of a promise shows, no change of width does."""

from pathlib import Path

import pytest

from luoshi.reading import read_file
from luoshi.reading.comparison import ComparedTask, Comparison, compare_tasks


def task(number: str, text: str, **parties: tuple[str, ...]) -> ComparedTask:
    return ComparedTask(key=number, number=number, text=text, parties=parties)  # type: ignore[arg-type]


def changed_words(comparison: Comparison) -> dict[str, list[tuple[str, str]]]:
    return {
        pair.new.number: [(edit.old, edit.new) for edit in pair.edits if edit.kind == "words"]
        for pair in comparison.differing
        if pair.wording_changed
    }


def test_a_change_of_one_character_in_a_promise_shows() -> None:
    compared = compare_tasks([task("1", "新改建中小学24所。")], [task("1", "新建中小学24所。")])
    assert changed_words(compared) == {"1": [("改", "")]}


def test_width_space_and_kind_of_signs_do_not_show() -> None:
    old = task("1", "完成投资 ５０ 亿元（含社会资本），“双招双引”。", lead_units=("各县（市、区）人民政府",))
    new = task("1", '完成投资50亿元(含社会资本),"双招双引"。', lead_units=("各县(市、区)人民政府",))
    assert compare_tasks([old], [new]).is_same


def test_a_sign_that_is_missing_is_told_apart_from_words() -> None:
    (pair,) = compare_tasks([task("1", "修路，架桥。")], [task("1", "修路、架桥")]).differing
    assert (pair.wording_changed, pair.punctuation_changed) == (False, True)


def test_parties_are_compared_role_by_role_and_counted() -> None:
    old = task("5", "扩大消费。", lead_units=("市商务局",), cooperating_units=("市财政局", "市统计局", "市财政局"))
    new = task("5", "扩大消费。", lead_units=("市商务局",), cooperating_units=("市财政局",))
    (pair,) = compare_tasks([old], [new]).differing
    (change,) = pair.parties
    assert (change.role, change.only_old, change.only_new) == ("cooperating_units", ("市统计局", "市财政局"), ())


def test_a_task_is_found_again_under_another_number() -> None:
    old = [task("1", "建设云浦高速公路，年内完成投资20亿元。"), task("2", "办好民生实事。")]
    new = [task("1", "办好民生实事。"), task("2", "建设云浦高速公路，年内完成投资22亿元。")]
    compared = compare_tasks(old, new)
    assert [(pair.old.number, pair.new.number) for pair in compared.pairs] == [("2", "1"), ("1", "2")]
    assert not compared.added
    assert not compared.removed


def test_what_stands_in_one_printing_only_is_added_or_removed() -> None:
    compared = compare_tasks([task("1", "修缮城墙。")], [task("1", "整治河道排污口，消除劣五类水体。")])
    assert [each.number for each in compared.removed] == ["1"]
    assert [each.number for each in compared.added] == ["1"]


def test_edits_spell_out_both_wordings() -> None:
    (pair,) = compare_tasks([task("1", "到2025年建成 8 个。")], [task("1", "到2026年，建成8个园区。")]).pairs
    assert "".join(edit.old for edit in pair.edits) == pair.old.text
    assert "".join(edit.new for edit in pair.edits) == pair.new.text


def test_nothing_against_nothing_is_the_same() -> None:
    assert compare_tasks([], []).is_same


@pytest.mark.corpus
def test_the_two_printings_of_the_plan_of_2021_differ_in_exactly_these_places(shared: Path) -> None:
    plan = read_file(shared / "corpus" / "task-plan-2021.txt").documents[0]
    gazette = read_file(shared / "corpus" / "gazette-2021-02.txt")
    printed = next(each for each in gazette.documents if each.doc_number == plan.doc_number)
    compared = compare_tasks(
        [ComparedTask.from_task(each) for each in plan.tasks], [ComparedTask.from_task(each) for each in printed.tasks]
    )
    assert (len(compared.pairs), compared.added, compared.removed) == (151, (), ())
    assert changed_words(compared) == {
        "65": [("和", "and")],
        "81": [("茌", "在")],
        "88": [("改", "")],
        "90": [("小区", "楼房")],
        "98": [("四", "五")],
        "118": [("", "中心")],
        "124": [("改", ""), ("改", "")],
        "147": [("气氛", "氛围")],
    }
    parties = {
        pair.new.number: [(c.only_old, c.only_new) for c in pair.parties] for pair in compared.differing if pair.parties
    }
    reworded = [(("市直各相关部门各单位",), ("市直各部门各单位",))]
    omitted = [(("市统计局",), ())]
    assert parties == {
        "1": reworded,
        "2": reworded,
        "5": omitted,
        "19": omitted,
        "97": reworded,
        "138": reworded,
        "150": [(("市直各部門各单位",), ("市直各部门各单位",))],
    }
