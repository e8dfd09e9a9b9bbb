"""Tables of invented cities as offices print them: wrapped heads, dots for rules, bars, cards, units in bars."""

import pytest
from tests.reading.pdfs import draw, table
from tests.reading.reader import names, tasks_of

from luoshi.reading import read_bytes
from luoshi.reading.decoding.cell_text import ends_a_name
from luoshi.reading.decoding.paper.grids import make_grids
from luoshi.reading.decoding.paper.sheets import Rule
from luoshi.reading.decoding.pdf.dots import is_dot, rules_of_dots

BARE = "stroke: none, inset: (x: 4pt, y: 6pt), align: horizon + center,"
WIDTHS = "1.6em, 1fr, 6.4em, 8em, 5.4em"
HEAD = "[序号], [任务内容及要求], [责任单位（首位单位负责）], [配合单位], [计划完成时间],"
ROWS = (
    "[1], [整治背街小巷四十条，修补破损路面，清理乱拉乱挂，改善出行条件，完成路灯更新。], "
    "[市城管局], [市财政局、市住建局], [六月底前],",
    "[2], [新建社区食堂十二处。], [市民政局], [市卫生健康委], [十二月],",
    "[3], [推进雨污分流改造，消除易涝点位，完成管网普查。], [市水务局], [市财政局], [年底前],",
)
WANTED = [
    ("1", {"responsible_units": ["市城管局"], "cooperating_units": ["市财政局", "市住建局"]}),
    ("2", {"responsible_units": ["市民政局"], "cooperating_units": ["市卫生健康委"]}),
    ("3", {"responsible_units": ["市水务局"], "cooperating_units": ["市财政局"]}),
]


def _tasks(source: str, page: str = 'paper: "a4"') -> list[tuple[str, dict[str, list[str]]]]:
    reading = read_bytes(draw(source, page=page), name="plan.pdf")
    return [(task.number, names(task)) for task in tasks_of(reading)]


def test_head_of_a_table_without_rules_wraps() -> None:
    assert _tasks(table(WIDTHS, HEAD, *ROWS, options=BARE, title="重点任务表")) == WANTED


def test_bars_stand_between_the_rows_of_a_table_without_rules() -> None:
    bars = [
        f"table.cell(colspan: 5, align: left)[{number}、{name}（1项）],"
        for number, name in zip("一二三", ("补齐设施短板", "办好民生实事", "守护清水绿岸"), strict=True)
    ]
    rows = [each for pair in zip(bars, ROWS, strict=True) for each in pair]
    assert _tasks(table(WIDTHS, HEAD, *rows, options=BARE, title="重点任务表")) == WANTED


def test_title_in_the_middle_over_two_columns_without_upright_rules() -> None:
    head = (
        "table.cell(rowspan: 2)[序号], table.cell(rowspan: 2)[任务], table.cell(colspan: 2)[分工安排], "
        "table.cell(rowspan: 2)[时限],",
        "[牵头], [配合],",
    )
    rows = (
        "[1], [整治背街小巷四十条。], [市城管局], [市财政局、市住建局], [六月底前],",
        "[2], [新建社区食堂十二处。], [市民政局], [市卫生健康委], [十二月],",
        "[3], [推进雨污分流改造。], [市水务局], [市财政局], [年底前],",
    )
    options = "stroke: (x: none, y: 0.5pt), align: center + horizon,"
    found = _tasks(table("3em, 1fr, 9em, 12em, 6em", *head, *rows, options=options, title="任务分解表"))
    assert found == [
        ("1", {"lead_units": ["市城管局"], "cooperating_units": ["市财政局", "市住建局"]}),
        ("2", {"lead_units": ["市民政局"], "cooperating_units": ["市卫生健康委"]}),
        ("3", {"lead_units": ["市水务局"], "cooperating_units": ["市财政局"]}),
    ]


def test_dots_in_a_row_are_a_rule() -> None:
    dots = [(10.0 + 1.5 * at, 50.0, 10.75 + 1.5 * at, 50.75) for at in range(40)]
    (rule,) = rules_of_dots(dots)
    assert rule.level
    assert (rule.start, rule.end) == pytest.approx((10.0, 69.25))
    assert is_dot(0.75, 0.7)
    assert not is_dot(6.0, 0.75)
    assert not is_dot(4.0, 4.0)
    assert rules_of_dots(dots[:4]) == []
    assert rules_of_dots([(at * 40.0, 50.0, at * 40.0 + 0.75, 50.75) for at in range(20)]) == []


def test_names_in_a_cell_have_only_blanks_between_them() -> None:
    head = "[序号], [整治内容], [责任单位], [时限],"
    row = (
        "[1], [整治背街小巷四十条。], [县城管局#h(0.5em)县公安局#h(0.5em)县住房和城乡建设局#h(0.5em)各乡镇], [年底前],"
    )
    assert _tasks(table("3em, 1fr, 12em, 6em", head, row, title="任务分解表")) == [
        ("1", {"responsible_units": ["县城管局", "县公安局", "县住房和城乡建设局", "各乡镇"]})
    ]


@pytest.mark.parametrize(
    ("line", "following", "ended"),
    [
        ("县水务局、各乡镇", "人民政府", False),
        ("各开发区", "管委会", False),
        ("市自然资源和规划局", "团市委", True),
        ("县教育局", "县财政局", True),
    ],
)
def test_where_a_printed_line_ends_a_name(line: str, following: str, ended: bool) -> None:
    assert ends_a_name(line, following) is ended


def _text_tasks(text: str) -> list[tuple[str, dict[str, list[str]]]]:
    return [(task.number, names(task)) for task in tasks_of(read_bytes(text.encode(), name="plan.txt"))]


CARDS = """青岚市重点任务清单
任务一
任务名称\t改造老旧小区\t\t
主要内容\t改造小区二十个，加装电梯三十部，完善停车和照明设施。\t\t
牵头领导\t周明远\t完成时限\t2031年底前
牵头单位\t市住建局\t配合单位\t市财政局、市城管局
任务二
任务名称\t建设社区食堂\t\t
主要内容\t新建食堂十二处，方便老年人用餐。\t\t
牵头领导\t林小满\t完成时限\t2031年6月底前
牵头单位\t市民政局\t配合单位\t市商务局
"""


def test_cards_of_one_task_each() -> None:
    assert _text_tasks(CARDS) == [
        ("", {"lead_leaders": ["周明远"], "lead_units": ["市住建局"], "cooperating_units": ["市财政局", "市城管局"]}),
        ("", {"lead_leaders": ["林小满"], "lead_units": ["市民政局"], "cooperating_units": ["市商务局"]}),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "项目概况表\n项目名称\t滨河公园\t建设地点\t城南\n总投资\t3亿元\t建设单位\t市城投集团\n",
        "工作任务\t责任单位\n改造小区\t市住建局\n建设食堂\t市民政局\n",
    ],
)
def test_other_tables_are_no_cards(text: str) -> None:
    assert all("lead_units" not in found for _, found in _text_tasks(text))


def test_bars_name_who_answers_for_the_rows_below_them() -> None:
    text = (
        "青岚市重点任务责任分解表\n序号\t工作任务\t完成时限\n一、市教育局（2项）\t\t\n1\t新建学校三所。\t年底前\n"
        "2\t扩建食堂五处。\t6月底前\n二、市城管局、市水务局（1项）\t\t\n1\t整治内涝点位十处。\t年底前\n"
    )
    assert _text_tasks(text) == [
        ("1", {"responsible_units": ["市教育局"]}),
        ("2", {"responsible_units": ["市教育局"]}),
        ("1", {"responsible_units": ["市城管局", "市水务局"]}),
    ]


def test_a_table_without_units_and_with_other_bars_has_no_tasks() -> None:
    head = "重点任务表\n序号\t工作任务\t完成时限\n"
    text = head + "一、补齐短板（2项）\t\t\n1\t新建学校三所。\t年底前\n2\t扩建食堂五处。\t6月底前\n"
    assert _text_tasks(text) == []


def test_headings_name_who_answers_for_the_tables_below_them() -> None:
    head = "序号\t工作任务\t完成时限\n"
    text = (
        f"青岚市重点任务清单\n一、市教育局\n{head}1\t新建学校三所。\t年底前\n2\t扩建食堂五处。\t6月底前\n"
        f"二、市水务局（1项）\n{head}1\t整治内涝点位十处。\t年底前\n"
    )
    assert _text_tasks(text) == [
        ("1", {"responsible_units": ["市教育局"]}),
        ("2", {"responsible_units": ["市教育局"]}),
        ("1", {"responsible_units": ["市水务局"]}),
    ]


def test_a_mark_ends_a_name_with_another_below_it() -> None:
    head = "[序号], [整治内容], [责任单位], [时限],"
    row = "[1], [整治背街小巷四十条。], [县城管局（牵头） \\ 县公安局 \\ 各乡镇人民政府], [年底前],"
    assert _tasks(table("3em, 1fr, 12em, 6em", head, row, title="任务分解表")) == [
        ("1", {"lead_units": ["县城管局"], "responsible_units": ["县公安局", "各乡镇人民政府"]})
    ]


def test_rules_of_many_dashes_are_joined() -> None:
    rules = [Rule(True, y, x, x + 3.0) for y in (10.0, 30.0, 50.0, 70.0) for x in range(0, 6000, 5)]
    rules += [Rule(False, x, y, y + 3.0) for x in (0.0, 3000.0, 5999.0) for y in range(10, 70, 5)]
    (grid,) = make_grids(rules)
    assert (len(grid.xs), len(grid.ys), len(grid.cells)) == (3, 4, 6)


def test_bar_above_the_first_row_of_a_table_with_blanks() -> None:
    text = (
        "青岚市重点任务分解表\n序号  重点工作  牵头单位  责任单位  完成时限\n一、补齐设施短板\n"
        "1  新建学校三所。  市教育局  市财政局、市住建局  年底前\n2  整治内涝点位十处。  市水务局  市城管局  6月底前\n"
        "二、办好民生实事\n1  新建食堂十二处。  市民政局  市商务局  年底前\n"
    )
    assert _text_tasks(text) == [
        ("1", {"lead_units": ["市教育局"], "responsible_units": ["市财政局", "市住建局"]}),
        ("2", {"lead_units": ["市水务局"], "responsible_units": ["市城管局"]}),
        ("1", {"lead_units": ["市民政局"], "responsible_units": ["市商务局"]}),
    ]


def test_title_of_times_begins_as_work_does() -> None:
    text = (
        "工作任务\n责任单位\n完成时限\n新建城区学校三所。\n市教育局、市财政局\n年底前\n"
        "整治内涝点位十处。\n市水务局\n2031年6月底前\n"
    )
    assert _text_tasks(text) == [
        ("", {"responsible_units": ["市教育局", "市财政局"]}),
        ("", {"responsible_units": ["市水务局"]}),
    ]


def test_leader_left_of_the_work_heads_the_rows_below() -> None:
    text = (
        "青岚市领导牵头重点工作清单\n市领导\t序号\t重点工作\t责任单位\n周明远\t1\t新建学校三所。\t市教育局\n"
        "\t2\t扩建食堂五处。\t市民政局\n林小满\t3\t整治内涝点位十处。\t市水务局\n"
    )
    assert [found["lead_leaders"] for _, found in _text_tasks(text)] == [["周明远"], ["周明远"], ["林小满"]]
