"""Tables drawn with characters: cells over several lines, cells merged over rows, and drawings that are no tables."""

from tests.reading.reader import names, read, tasks_of

from luoshi.reading.structure.box_tables import open_boxes

BOX = """青岚市任务分解表
┌──┬──────────┬────────┬──────┬────┐
│序│ 工作任务 │牵头组织实施单位│ 配合单位 │完成时限│
│号│ │ │ │ │
├──┼──────────┼────────┼──────┼────┤
│1 │改造农村公路120公里，│市交通局│市财政局、市发│9月底前│
│ │打通断头路。 │ │展改革委 │ │
├──┼──────────┼────────┼──────┼────┤
│2 │建成县城游泳馆。 │市体育局│市财政局 │12月│
├──┼──────────┤ ├──────┼────┤
│3 │新建健身广场2处。 │ │各县（区）政府│全年│
└──┴──────────┴────────┴──────┴────┘
各单位要高度重视。
"""


def test_rows_of_a_drawn_table() -> None:
    tasks = tasks_of(read(BOX))
    assert [(task.number, task.text) for task in tasks] == [
        ("1", "改造农村公路120公里，打通断头路。"),
        ("2", "建成县城游泳馆。"),
        ("3", "新建健身广场2处。"),
    ]
    assert [names(task) for task in tasks] == [
        {"lead_units": ["市交通局"], "cooperating_units": ["市财政局", "市发展改革委"]},
        {"lead_units": ["市体育局"], "cooperating_units": ["市财政局"]},
        {"lead_units": ["市体育局"], "cooperating_units": ["各县（区）政府"]},
    ]
    assert [task.deadline and task.deadline.text for task in tasks] == ["9月底前", "12月", "全年"]


def test_what_stands_around_a_drawn_table_stays() -> None:
    lines = open_boxes(BOX).split("\n")
    assert lines[0] == "青岚市任务分解表"
    assert lines[-2] == "各单位要高度重视。"
    assert len(lines) == 7


def test_strokes_in_running_text_are_no_table() -> None:
    text = "联系人│许知远\n电话│8321000\n各单位要│高度重视。\n"
    assert open_boxes(text) == text
