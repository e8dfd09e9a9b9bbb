"""Deadlines of tasks: what a label or column names, and what a task's own words state for all of it."""

import json
from datetime import date
from pathlib import Path

import pytest
from tests.reading.reader import read, tasks_of

from luoshi.reading import read_file
from luoshi.reading.part_reading import Dating
from luoshi.reading.responsibilities.deadlines import labelled_deadline, stated_deadline
from luoshi.reading.view import make_view

PLAN = Dating(date(2031, 2, 10), 2031)


def labelled(words: str, dating: Dating = PLAN) -> str | None:
    view = make_view(words)
    deadline = labelled_deadline(view, 0, len(view.folded), dating)
    assert deadline is not None
    assert deadline.text == view.plain
    return str(deadline.date) if deadline.date else None


def stated(words: str, dating: Dating = PLAN) -> tuple[str, str] | None:
    view = make_view(words)
    deadline = stated_deadline(view, 0, len(view.folded), dating)
    return (deadline.text, str(deadline.date)) if deadline else None


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("12月", "2031-12-31"),
        ("2 月", "2031-02-28"),
        ("2031年9月", "2031-09-30"),
        ("9月底", "2031-09-30"),
        ("2031年底", "2031-12-31"),
        ("2032年底前", "2032-12-31"),
        ("2031年", "2031-12-31"),
        ("2031.12", "2031-12-31"),
        ("2031年11月30日前", "2031-11-30"),
        ("全年", "2031-12-31"),
        ("年内", "2031-12-31"),
        ("三季度", "2031-09-30"),
        ("上半年", "2031-06-30"),
        ("1—12月", "2031-12-31"),
        ("2031—2033年", "2033-12-31"),
        ("6月底前启动，12月底前完成", "2031-12-31"),
        ("12月底前完成、6月底前启动", "2031-12-31"),
        ("国庆节前", "2031-09-30"),
        ("“十五五”期间", "2030-12-31"),
        ("持续推进", None),
        ("长期", None),
        ("常态化", None),
        ("长期坚持", None),
        ("每季度", None),
        ("2033年前", None),
        ("汛期前", None),
        ("按上级要求", None),
        ("/", None),
    ],
)
def test_what_a_column_names(cell: str, expected: str | None) -> None:
    assert labelled(cell) == expected


def test_an_empty_cell_is_no_deadline() -> None:
    view = make_view("年底")
    assert labelled_deadline(view, 1, 1, PLAN) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("年底前建成投用。", ("年底前", "2031-12-31")),
        ("9月底前完成普查，建立台账。", ("9月底前", "2031-09-30")),
        ("确保今年10月底前全线通车。", ("今年10月底前", "2031-10-31")),
        ("力争2032年建成通车。", ("2032年", "2032-12-31")),
        ("三季度完成招标。", ("三季度", "2031-09-30")),
        ("到2033年，森林覆盖率达到30%以上。", ("到2033年", "2033-12-31")),
        ("整治火灾隐患。6月底前完成排查。", ("6月底前", "2031-06-30")),
        ("建成平台，接入数据。以上任务9月底前完成。", ("9月底前", "2031-09-30")),
        ("建成平台。接入数据。（2031年9月底前完成）", ("2031年9月底前", "2031-09-30")),
        ("9月底前完成普查。9月底前建立台账。", ("9月底前", "2031-09-30")),
        # Several days, one clause among several, or no sure day
        ("6月底前完成普查，9月底前完成建档。", None),
        ("建成一批。年底前完成验收，力争更多。扩大规模。", None),
        ("9月底前完成普查，摸清底数，建立台账。持续巩固成果。", None),
        ("2033年前建成。", None),
        ("汛期前完成清淤。", None),
        ("三年内建成10个。", None),
        ("2031年13月底前完成。", None),
        # Words that look like time
        ("持续推进简政放权。", None),
        ("改造2000年底前建成的小区40个。", None),
        ("落实长期护理保险制度。", None),
        ("编制“十五五”规划。", None),
        ("落实《2033年底前行动方案》。", None),
        ("每季度调度一次。", None),
        ("对2030年新增企业给予奖励。", None),
        ("对毕业5年内的高校毕业生给予补贴。", None),
        ("生产总值增长6%。", None),
        ("2031年完成投资350亿元以上。", None),
        ("比2029年下降6%。", None),
    ],
)
def test_what_the_words_of_a_task_state(words: str, expected: tuple[str, str] | None) -> None:
    assert stated(words) == expected


def test_a_plan_without_a_date_counts_from_the_year_of_its_title() -> None:
    text = "2031年重点工作任务分工方案\n\n1. 9月底前完成普查。（责任单位：市数据局）\n"
    (task,) = tasks_of(read(text))
    assert task.deadline is not None
    assert str(task.deadline.date) == "2031-09-30"


@pytest.mark.corpus
@pytest.mark.parametrize("city", ["wenzhou", "huzhou"])
def test_the_deadlines_of_real_tables(shared: Path, city: str) -> None:
    gold = json.loads((shared / "gold" / f"table-plan-{city}-2026.json").read_text(encoding="utf-8"))
    reading = read_file(shared / "corpus" / f"table-plan-{city}-2026.pdf")
    days = {"12月": "2026-12-31", "6月": "2026-06-30", "9月": "2026-09-30", "5月": "2026-05-31", "10月": "2026-10-31"}
    days |= {"2026年底": "2026-12-31", "2027年底": "2027-12-31", "持续推进": "None"}
    expected = [(row["deadline_text"], days[row["deadline_text"]]) for row in gold["tasks"]]
    found = [task.deadline for task in tasks_of(reading)]
    assert [deadline and (deadline.text, str(deadline.date)) for deadline in found] == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("摸清底数，建立台账。分类整治。2031年9月底前，全面完成整治任务。", ("2031年9月底前", "2031-09-30")),
        ("压实责任，编制方案。确保年底前全部销号。", ("年底前", "2031-12-31")),
        ("修订规划。到2033年，绿化率提高到40%。", ("到2033年", "2033-12-31")),
        ("摸清底数。9月底前建立清单。分类整治。", None),  # governs one step
        ("3月底前制定方案，明确分工。年底前全部完成。", None),  # two days
        ("优化服务。拓宽渠道。3月31日前，邮政寄递免收费用，全部由财政承担。", None),  # a term of a benefit
        ("优化服务。拓宽渠道。12月底前，加强宣传。", None),  # nothing is reached
        ("整治河道，清理岸线。推动各镇年底前完成。", None),  # does not open its sentence
    ],
)
def test_the_only_day_that_opens_the_last_sentence(words: str, expected: tuple[str, str] | None) -> None:
    """What all the steps lead to has the day of its last sentence; any other limit governs its own."""
    assert stated(words) == expected
