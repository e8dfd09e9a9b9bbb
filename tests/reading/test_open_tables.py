"""Tables of invented cities as offices print them: rules left out, cells painted, names below each other, 同上."""

import pytest
from tests.reading.pdfs import draw, table
from tests.reading.reader import codes, names, tasks_of

from luoshi.reading import read_bytes
from luoshi.reading.decoding.cell_text import ends_a_name
from luoshi.reading.decoding.paper.open_tables import completed
from luoshi.reading.decoding.paper.sheets import Rule
from luoshi.reading.model import Reading

HEAD = "[序号], [工作任务], [牵头单位], [配合单位], [完成时限],"
BAR = "table.cell(colspan: 5)[一、补齐设施短板],"
ROWS = (
    "[1], [整治背街小巷四十条，修补破损路面。], [市城管局], [市财政局、市住建局], [2031年6月底前],",
    "[2], [新建社区食堂十二处，方便老年人用餐。], [市民政局], [/], [2031年12月],",
    "[3], [推进雨污分流改造，消除易涝点位。], [市水务局], [市财政局], [年底前],",
)
WANTED = [
    ("1", {"lead_units": ["市城管局"], "cooperating_units": ["市财政局", "市住建局"]}),
    ("2", {"lead_units": ["市民政局"]}),
    ("3", {"lead_units": ["市水务局"], "cooperating_units": ["市财政局"]}),
]
STYLES = {
    "level rules alone": "stroke: (x: none, y: 0.5pt),",
    "no outer rules": "stroke: (x, y) => (left: if x > 0 {0.5pt}, right: 0pt, top: 0.5pt, bottom: 0.5pt),",
    "white rules in paint": 'stroke: 1pt + white, fill: rgb("dde6f0"),',
    "painted cells": 'stroke: none, column-gutter: 1pt, row-gutter: 1pt, fill: rgb("dde6f0"),',
}


def _read(source: str, *, page: str = 'paper: "a4", flipped: true') -> Reading:
    return read_bytes(draw(source, page=page), name="plan.pdf")


def _found(reading: Reading) -> list[tuple[str, dict[str, list[str]]]]:
    return [(task.number, names(task)) for task in tasks_of(reading)]


@pytest.mark.parametrize("style", list(STYLES))
def test_rules_that_are_left_out_are_put_in(style: str) -> None:
    source = table("3em, 1fr, 8em, 10em, 9em", HEAD, BAR, *ROWS, options=STYLES[style], title="重点工作任务分解表")
    reading = _read(source)
    assert _found(reading) == WANTED
    assert [task.section for task in tasks_of(reading)] == ["一、补齐设施短板"] * 3
    assert [task.deadline.text for task in tasks_of(reading) if task.deadline] == [
        "2031年6月底前",
        "2031年12月",
        "年底前",
    ]


def test_two_open_tables_with_a_title_between_stay_two() -> None:
    options = STYLES["level rules alone"]
    first = table("3em, 1fr, 8em, 10em, 9em", HEAD, *ROWS, options=options, title="任务分解表（一）")
    people = table(
        "3em, 1fr, 8em, 10em",
        "[序号], [单位], [姓名], [联系电话],",
        "[1], [市城管局], [周明], [555-0101],",
        "[2], [市民政局], [吴芳], [555-0102],",
        "[3], [市水务局], [郑浩], [555-0103],",
        options=options,
        title="联络员名单",
    )
    assert _found(_read(first + people)) == WANTED


def test_names_below_each_other_in_full_lines_are_several() -> None:
    row = "[1], [改造老旧管网。], [市城管局\\ 市水务局\\ 市妇联], [王 建\\ 李小红], [年底前],"
    head = "[序号], [工作任务], [责任单位], [分管市领导], [完成时限],"
    (task,) = tasks_of(_read(table("3em, 1fr, 5.2em, 5em, 8em", head, row)))
    assert names(task) == {"responsible_units": ["市城管局", "市水务局", "市妇联"], "lead_leaders": ["王建", "李小红"]}


@pytest.mark.parametrize(
    ("line", "following", "wanted"),
    [
        ("市城管局", "市水务局", True),
        ("区妇联", "区住房和城乡建", True),
        ("市残联、市科协", "各县（区）人民政府", True),
        ("市自然资源", "和规划局", False),
        ("市人力资源社会保障局", "、市财政局", False),
        ("国家税务总局", "云岭市税务局", False),
        ("市公安局", "交警支队", False),
        ("加快推进市政府", "服务大厅建设", False),
        ("周明", "吴小芳", True),
    ],
)
def test_end_of_a_name_at_the_end_of_a_line(line: str, following: str, wanted: bool) -> None:
    assert ends_a_name(line, following) is wanted


def test_as_above_names_whoever_stands_above() -> None:
    rows = (
        "序号\t工作任务\t牵头单位\t配合单位",
        "1\t修编规划。\t市资源局\t市住建局、市林业局",
        "2\t划定红线。\t同上\t同上",
        "3\t核查图斑。\t市林业局\t同上",
    )
    found = [names(task) for task in tasks_of(read_bytes("\n".join(rows).encode(), name="a.txt"))]
    helpers = ["市住建局", "市林业局"]
    assert found == [
        {"lead_units": ["市资源局"], "cooperating_units": helpers},
        {"lead_units": ["市资源局"], "cooperating_units": helpers},
        {"lead_units": ["市林业局"], "cooperating_units": helpers},
    ]


def test_title_over_two_goals_of_a_year_is_no_time_limit() -> None:
    rows = (
        "序号\t任务名称\t目标\t\t完成时间\t责任单位",
        "\t\t年度\t总体目标\t\t",
        "1\t建设口袋公园\t建成六处\t建成三十处\t2031年底\t市园林局",
    )
    (task,) = tasks_of(read_bytes("\n".join(rows).encode(), name="a.txt"))
    assert task.deadline is not None
    assert task.deadline.text == "2031年底"
    assert names(task) == {"responsible_units": ["市园林局"]}


def test_row_without_a_number_under_merged_units_is_a_task() -> None:
    rows = (
        "[工作任务], [完成时限], [责任单位],",
        "[清理河道垃圾], table.cell(rowspan: 2)[6月底前], table.cell(rowspan: 2)[市水务局],",
        "[加固险工险段],",
        "[发布汛情预报], [全年], [市气象局],",
    )
    reading = _read(table("1fr, 8em, 10em", *rows))
    assert [names(task) for task in tasks_of(reading)] == [
        {"responsible_units": ["市水务局"]},
        {"responsible_units": ["市水务局"]},
        {"responsible_units": ["市气象局"]},
    ]
    assert "bare_list" not in codes(reading)


def test_no_rules_are_put_where_nothing_is_ruled() -> None:
    level = [Rule(True, at, 50.0, 500.0) for at in (100.0, 120.0, 140.0, 160.0, 180.0)]
    assert completed(level, []) == level
    assert completed([], []) == []
