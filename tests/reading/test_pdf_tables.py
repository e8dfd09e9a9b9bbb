"""Tables of PDF files: ruled, merged, over pages, with heads of two rows, without rules."""

import pytest
from tests.reading.pdfs import draw, table, turned
from tests.reading.reader import codes, names, tasks_of

from luoshi.reading import Reading, read_bytes

TITLE = "青岚市2031年重点工作任务清单"
MERGED = table(
    "1cm, 3cm, 6cm, 2.5cm, 3cm, 4cm",
    "[序号], [重点举措], [实施路径], [完成时限], [责任单位], [配合单位],",
    "[1], table.cell(rowspan: 2)[保障河湖安澜（2项）], [修复堤防12公里，确保安全度汛。], [6 月],",
    "[市水利局], [市财政局],",
    "[2], [清淤河道3条。], table.cell(rowspan: 2)[12 月], [市水利局、市交通运输局], [/],",
    "[3], [扩大绿色空间（1项）], [造林500亩。], [市林业局], [各县（市、区）人民政府],",
    title=TITLE,
)


def read_drawn(source: str, *, page: str = 'paper: "a4"') -> Reading:
    return read_bytes(draw(source, page=page), name="plan.pdf")


def test_merged_cells_are_sections_and_deadlines_of_every_row_they_cover() -> None:
    reading = read_drawn(MERGED, page='paper: "a4", flipped: true')
    tasks = tasks_of(reading)
    assert [(task.number, task.section, task.text) for task in tasks] == [
        ("1", "保障河湖安澜（2项）", "修复堤防12公里，确保安全度汛。"),
        ("2", "保障河湖安澜（2项）", "清淤河道3条。"),
        ("3", "扩大绿色空间（1项）", "造林500亩。"),
    ]
    assert [str(task.deadline and task.deadline.date) for task in tasks] == ["2031-06-30", "2031-12-31", "2031-12-31"]
    assert names(tasks[1]) == {"responsible_units": ["市水利局", "市交通运输局"]}
    assert names(tasks[2]) == {"responsible_units": ["市林业局"], "cooperating_units": ["各县（市、区）人民政府"]}


def test_every_cell_knows_its_place_on_the_page() -> None:
    reading = read_drawn(MERGED, page='paper: "a4", flipped: true')
    placed = {reading.text[item.start : item.end]: item.box for item in reading.layout}
    title, river, wood = placed[TITLE], placed["清淤河道3条。"], placed["市林业局"]
    assert abs((title.left + title.right) / 2 - 0.5) < 0.01
    assert title.bottom < river.top < river.bottom < wood.top < wood.bottom
    assert river.right < wood.left


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_page_that_is_turned_reads_as_it_does_upright(degrees: int) -> None:
    data = draw(MERGED, page='paper: "a4", flipped: true')
    upright, reading = read_bytes(data, name="a.pdf"), read_bytes(turned(data, degrees), name="b.pdf")
    assert reading.text == upright.text
    assert [(i.code, i.params["degrees"]) for i in reading.issues] == [("page_upside_down", degrees)]
    assert all(0 <= item.box.left < item.box.right <= 1 for item in reading.layout)


def test_page_drawn_sideways_is_read_and_boxes_stay_where_people_see_them() -> None:
    reading = read_drawn(f"#rotate(90deg, reflow: true)[{MERGED}]")
    assert len(tasks_of(reading)) == 3
    box = reading.layout[0].box
    assert box.bottom - box.top > box.right - box.left  # the title runs down the page


LONG = "推进城乡融合发展，完善基础设施，提升公共服务水平。" * 4
UNITS = "市发展和改革委员会、市住房和城乡建设局、各县（市、区）人民政府"
NUMBERED = [f"[{number}], [第{number}项：{LONG}], [{UNITS}], [{number}月底]," for number in range(1, 8)]


@pytest.mark.parametrize("head", ["table.header({}),", "{},"], ids=["head on every page", "head once"])
@pytest.mark.parametrize("height", [9, 10, 11, 12.5])
def test_rows_over_pages_are_joined(head: str, height: float) -> None:
    titles = head.format("[序号], [任务内容], [责任单位], [完成时限]")
    source = table("1cm, 7cm, 4cm, 2cm", titles, *NUMBERED, title=TITLE)
    footer = "footer: context align(center)[— #counter(page).display() —]"
    reading = read_drawn(source, page=f"width: 21cm, height: {height}cm, {footer}")
    tasks = tasks_of(reading)
    assert [task.number for task in tasks] == [str(number) for number in range(1, 8)]
    assert [task.text for task in tasks] == [f"第{number}项：{LONG}" for number in range(1, 8)]
    assert all(
        names(task) == {"responsible_units": [*UNITS.split("、")[:2], "各县（市、区）人民政府"]} for task in tasks
    )
    assert reading.text.count("序号") == 1
    assert ("table_heads_removed" in codes(reading)) == ("header" in head)


def test_merged_cell_over_a_page_break_still_counts() -> None:
    rows = [f"[{number}], [路径{number}：{LONG}], [市数据局]," for number in range(1, 7)]
    rows[0] = rows[0].replace("], [路径", "], table.cell(rowspan: 6)[强化算力供给], [路径")
    source = table(
        "1cm, 3cm, 7cm, 4cm",
        "table.header([序号], [重点举措], [实施路径], [责任单位]),",
        *rows,
        "[7], [完善机制], [建立联席会议制度。], [市政府办公室],",
    )
    tasks = tasks_of(read_drawn(source, page="width: 21cm, height: 10cm"))
    assert [task.number for task in tasks] == list("1234567")
    assert [task.section for task in tasks] == ["强化算力供给"] * 6 + ["完善机制"]


def test_head_of_two_rows_goals_of_two_years_and_section_rows() -> None:
    source = table(
        "1cm, 3cm, 3.5cm, 3.5cm, 3cm, 3cm, 2.5cm",
        "table.cell(rowspan: 2)[序号], table.cell(rowspan: 2)[类别], table.cell(colspan: 2)[年度目标],",
        "table.cell(colspan: 2)[责任分工], table.cell(rowspan: 2)[完成时限], [2031年], [2032年], [牵头], [配合],",
        "table.cell(colspan: 7)[一、生态建设],",
        "[1], [水利], [修复堤防12公里], [修复堤防20公里], [市水利局], [市财政局、市交通运输局], [6月底],",
        "table.cell(colspan: 7)[二、民生保障],",
        "[1], [就业], [新增就业2万人], [新增就业3万人], [市人力资源社会保障局], [], [持续推进],",
        title="青岚市重点工作目标任务分解表",
    )
    first, second = tasks_of(read_drawn(source, page='paper: "a4", flipped: true'))
    assert first.text == "年度目标2031年：修复堤防12公里；年度目标2032年：修复堤防20公里"
    assert first.section_path == ("一、生态建设", "水利")
    assert names(first) == {"lead_units": ["市水利局"], "cooperating_units": ["市财政局", "市交通运输局"]}
    assert (second.number, second.section_path) == ("1", ("二、民生保障", "就业"))
    assert names(second) == {"lead_units": ["市人力资源社会保障局"]}
    assert second.deadline is not None
    assert second.deadline.date is None


def test_row_merged_under_one_number_is_one_task_unless_others_answer_for_it() -> None:
    source = table(
        "1cm, 3cm, 6cm, 3.5cm, 3cm",
        "[序号], [实事项目], [工作内容], [市级牵头部门], [责任领导],",
        "table.cell(rowspan: 2)[1], table.cell(rowspan: 2)[优化教育供给], [新建学校3所],",
        "table.cell(rowspan: 2)[市教育局], table.cell(rowspan: 2)[李明远], [新增学位2000个],",
        "table.cell(rowspan: 2)[2], table.cell(rowspan: 2)[改善出行条件], [改造道路5条],",
        "[市住房和城乡建设局], [王建国], [新增停车位1000个], [市城市管理局], [赵志强],",
    )
    tasks = tasks_of(read_drawn(source))
    assert [(task.number, task.section, task.text) for task in tasks] == [
        ("1", "优化教育供给", "新建学校3所；新增学位2000个"),
        ("2", "改善出行条件", "改造道路5条"),
        ("2", "改善出行条件", "新增停车位1000个"),
    ]
    assert names(tasks[0]) == {"lead_leaders": ["李明远"], "lead_units": ["市教育局"]}
    assert names(tasks[2]) == {"lead_leaders": ["赵志强"], "lead_units": ["市城市管理局"]}


def test_units_below_each_other_and_verbs_and_marks_in_cells() -> None:
    source = table(
        "3cm, 6cm, 4cm, 3cm",
        "[重点任务], [具体举措], [责任单位], [时间节点],",
        "[政务服务], [推行集成办理。], [市行政审批局 \\ 市公安局 \\ 市市场监督管理局], [2031年9月],",
        "[数据平台], [建设受理平台。], [市大数据局牵头，市行政审批局、各县区政府参与], [2031年底],",
        "[税费优惠], [落实减税政策。], [市税务局（牵头）、市财政局、市医疗保障局（配合）], [长期],",
    )
    first, second, third = map(names, tasks_of(read_drawn(source)))
    assert first == {"responsible_units": ["市行政审批局", "市公安局", "市市场监督管理局"]}
    assert second == {"lead_units": ["市大数据局"], "cooperating_units": ["市行政审批局", "各县区政府"]}
    assert third == {
        "lead_units": ["市税务局"],
        "responsible_units": ["市财政局"],
        "cooperating_units": ["市医疗保障局"],
    }


BARE = (
    "[序号], [任务内容], [责任单位], [完成时限],",
    "[1], [修复堤防十二公里，清淤河道三条，并做好汛期值守和物资储备工作。], [市水利局], [6月底],",
    "[2], [植树造林。], [市林业局、市自然资源和规划局、各县（市、区）人民政府], [10月底],",
    "[3], [新增就业。], [市人力资源社会保障局], [年底前],",
)


@pytest.mark.parametrize(
    "options",
    [
        "stroke: none,",
        "stroke: none, align: horizon + center,",
        "stroke: (x, y) => (top: 0.5pt, bottom: 0.5pt),",
        "stroke: (x, y) => if x == 0 { (left: 0.5pt) },",
        "stroke: none, inset: 1pt, row-gutter: 6pt,",
    ],
)
def test_table_without_all_rules_is_read_by_its_places(options: str) -> None:
    source = table("1.2cm, 7cm, 4cm, 2.5cm", *BARE, options=options, title=TITLE)
    reading = read_drawn(
        source + "各单位要加强组织领导，健全工作机制，抓好各项工作的贯彻落实，确保取得实效，并及时报告。"
    )
    tasks = tasks_of(reading)
    assert [(task.number, task.text) for task in tasks] == [
        ("1", "修复堤防十二公里，清淤河道三条，并做好汛期值守和物资储备工作。"),
        ("2", "植树造林。"),
        ("3", "新增就业。"),
    ]
    units = ["市林业局", "市自然资源和规划局", "各县（市、区）人民政府"]
    assert names(tasks[1]) == {"responsible_units": units}
    assert [str(task.deadline and task.deadline.date) for task in tasks] == ["2031-06-30", "2031-10-31", "2031-12-31"]
    assert codes(reading) == ["table_without_rules"]


def test_bare_table_runs_over_pages() -> None:
    rows = [
        f"[{number}], [第{number}项：{LONG[:60]}], [市水利局、市林业局], [{number}月底]," for number in range(1, 13)
    ]
    head = "[序号], [重点任务], [责任单位], [完成时限],"
    source = table("1.2cm, 7cm, 4cm, 2.5cm", head, *rows, options="stroke: none,")
    footer = "footer: context align(center)[#counter(page).display()]"
    tasks = tasks_of(read_drawn(source, page=f"width: 21cm, height: 9cm, {footer}"))
    assert [(task.number, task.text) for task in tasks] == [
        (str(number), f"第{number}项：{LONG[:60]}") for number in range(1, 13)
    ]


def test_lists_of_projects_and_requests_are_no_tasks() -> None:
    projects = table(
        "1cm, 4cm, 3cm, 2cm, 3cm",
        "[序号], [项目名称], [建设地点], [总投资], [责任单位],",
        "[1], [青岚智算中心项目], [临河区], [12亿元], [市发展和改革委员会],",
        title="青岚市重点项目清单",
    )
    requests = table(
        "1cm, 5cm, 5cm, 3cm",
        "[序号], [工作举措], [政策诉求], [建议责任单位],",
        "[1], [支持首台套产品], [享受有关政策], [省经济和信息化厅],",
        title="政策诉求清单",
    )
    platforms = table(
        "1cm, 5cm, 5cm",
        "[序号], [平台名称], [责任单位],",
        "[1], [青岚科学谷], [市科学技术局],",
        title="青岚市重点产业平台清单",
    )
    reading = read_drawn(projects + requests + platforms)
    assert tasks_of(reading) == []
    assert "project_table" in codes(reading)


def test_first_unit_leads_where_the_letter_says_so() -> None:
    letter = "责任分解表中，列第一位的责任单位为牵头单位，请各单位认真贯彻落实。\n\n"
    source = letter + table(
        "1cm, 7cm, 5cm", "[序号], [工作任务], [责任单位],", "[1], [治理河道。], [市水利局、市财政局、市林业局],"
    )
    (task,) = tasks_of(read_drawn(source))
    assert names(task) == {"lead_units": ["市水利局"], "responsible_units": ["市财政局", "市林业局"]}


def test_frames_and_lines_around_text_are_no_tables() -> None:
    items = (
        "一、主要任务\n\n1. 修路架桥。（牵头单位：市交通运输局；配合单位：市水利局）\n\n"
        "#line(length: 100%)\n2. 植树。（责任单位：市林业局）"
    )
    reading = read_drawn(f"#rect(width: 100%)[{items}]\n#underline[特此通知]")
    assert "\t" not in reading.text
    assert [task.number for task in tasks_of(reading)] == ["1", "2"]
