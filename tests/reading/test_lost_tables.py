"""Tables copied without their rules: one cell a line, a row a line with blanks, a label and its value a line."""

import pytest
from tests.reading.reader import names, read, tasks_of

HEAD = ["序号", "重点任务", "责任领导", "牵头单位", "配合单位", "完成时限"]
ROWS = [
    ["1", "改造农村公路120公里，打通断头路。", "许知远", "市交通局", "市财政局、各县（市、区）政府", "2031年9月底前"],
    ["2", "建成县城游泳馆。", "秦岚", "市体育局", "市财政局", "2031年12月"],
    ["3", "新增公办幼儿园学位2000个。", "秦岚", "市教育局", "", "全年"],
]
WANTED = [
    {"lead_leaders": ["许知远"], "lead_units": ["市交通局"], "cooperating_units": ["市财政局", "各县（市、区）政府"]},
    {"lead_leaders": ["秦岚"], "lead_units": ["市体育局"], "cooperating_units": ["市财政局"]},
    {"lead_leaders": ["秦岚"], "lead_units": ["市教育局"]},
]
TITLE = "青岚市重点任务分解表\n"


def by_line(end: str, *, with_empty: bool) -> str:
    """The table with a cell a line; `end` closes each."""
    return "".join(f"{cell}{end}" for row in [HEAD, *ROWS] for cell in row if cell or with_empty)


LAYOUTS = {
    "a cell a line": by_line("\n", with_empty=False),
    "blank lines between cells": by_line("\n\n", with_empty=False),
    "strokes after cells": by_line(" |\n", with_empty=True),
    "blanks": "\n".join(" ".join(cell for cell in row if cell) for row in [HEAD, *ROWS]) + "\n",
    "wide blanks": "\n".join("  　".join(cell for cell in row if cell) for row in [HEAD, *ROWS]) + "\n",
    "spaced titles": "序号 重 点 任 务  责任领导 牵头单位 配合单位 完成时限\n"
    + "\n".join(" ".join(cell for cell in row if cell) for row in ROWS)
    + "\n",
    "tabs": "\n".join("\t".join(row) for row in [HEAD, *ROWS]) + "\n",
}


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_layouts(layout: str) -> None:
    tasks = tasks_of(read(TITLE + LAYOUTS[layout]))
    assert [names(task) for task in tasks] == WANTED
    assert [task.text for task in tasks] == [row[1] for row in ROWS]
    assert [task.number for task in tasks] == ["1", "2", "3"]
    assert [task.deadline and task.deadline.text for task in tasks] == [row[5] for row in ROWS]


def test_a_bar_of_a_section_between_the_rows_is_no_cell() -> None:
    lines = [*HEAD, *ROWS[0], "二、民生", *ROWS[1]]
    tasks = tasks_of(read(TITLE + "".join(f"{line}\n" for line in lines if line)))
    assert [names(task) for task in tasks] == WANTED[:2]
    assert tasks[1].text == ROWS[1][1]


def test_what_follows_the_table_is_no_cell() -> None:
    tasks = tasks_of(read(TITLE + LAYOUTS["a cell a line"] + "各单位要高度重视，压实责任，确保各项任务按期完成。\n"))
    assert [names(task) for task in tasks] == WANTED


def test_labels_with_strokes_before_their_values() -> None:
    text = (
        f"{TITLE}重点任务： | 12.改造农村公路120公里。 |\n牵头单位： | 市交通局 |\n配合单位： | 市财政局、市水利局 |\n"
        "重点任务： | 13.建成县城游泳馆。 |\n牵头单位： | 市体育局 |\n配合单位： | 无 |\n"
    )
    first, second = tasks_of(read(text))
    assert names(first) == {"lead_units": ["市交通局"], "cooperating_units": ["市财政局", "市水利局"]}
    assert names(second) == {"lead_units": ["市体育局"]}
    assert "改造农村公路120公里" in first.text
    assert "建成县城游泳馆" in second.text


@pytest.mark.parametrize(
    "text",
    [
        "青岚市干部名单\n序号\n姓名\n单位\n1\n许知远\n市财政局\n2\n秦岚\n市体育局\n",
        "青岚市项目清单\n序号 项目名称 总投资 建设地点 责任单位\n1 水厂 3亿元 望川县 市水务局\n"
        "2 桥梁 1亿元 望川县 市交通局\n",
        "青岚市统计公报\n序号\n指标\n数值\n1\n生产总值\n200\n2\n财政收入\n30\n",
    ],
)
def test_other_lists_are_no_tasks(text: str) -> None:
    assert tasks_of(read(text)) == []
