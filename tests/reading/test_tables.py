"""Tables as rows with tabs: which are tables of tasks, and what their heads and cells say."""

import pytest
from tests.reading.reader import codes, names, read, tasks_of

from luoshi.reading.responsibilities.table_heads import read_head


def rows(*lines: str) -> str:
    return "\n".join(line.replace("|", "\t") for line in lines) + "\n"


@pytest.mark.parametrize(
    ("titles", "roles"),
    [
        ("序号|主要任务|牵头市领导|牵头单位|配合单位", "lead_leaders lead_units cooperating_units"),
        ("序号|改革事项|主办（牵头）单位|协办单位|时间", "lead_units cooperating_units"),
        ("任务|责任单位（列第一位的为牵头单位）|时限", "responsible_units"),
        ("问题|整改措施|责任领导|责任部门|整改时限", "lead_leaders responsible_units"),
        ("编号|工作内容|分管副市长|承办单位|办结时限", "lead_leaders responsible_units"),
        ("序号|目标任务|市级牵头部门|责任县（市、区）", "lead_units responsible_units"),
        ("序号|重点工作|具体实施单位|备注", "implementing_units"),
        ("序号|工作 任务|责 任 单 位|完 成 时 限", "responsible_units"),
        ("试点任务|责任单位及配合单位", "responsible_units"),
    ],
)
def test_heads_of_task_tables(titles: str, roles: str) -> None:
    head = read_head([titles.split("|")])
    assert head is not None
    assert not head.of_projects
    assert list(head.roles.values()) == roles.split()


@pytest.mark.parametrize(
    "titles",
    [
        "序号|特色领域|工作举措|政策诉求|建议责任单位",
        "指标|计量单位|2031年|2032年",
        "序号|企业名称|项目名称|总投资|区县",
        "姓名|单位|职务|联系电话",
        "任务一|任务二|任务三",
    ],
)
def test_heads_of_other_tables(titles: str) -> None:
    assert read_head([titles.split("|")]) is None


@pytest.mark.parametrize("marks", ["建设地点|总投资", "投资额（万元）|进展", "起止年限|建设规模和内容"])
def test_heads_of_project_lists(marks: str) -> None:
    head = read_head([f"序号|项目名称|{marks}|责任单位".split("|")])
    assert head is not None
    assert head.of_projects


def test_units_of_measure_are_no_units() -> None:
    text = rows("序号|指标名称|单位|目标值", "1|地区生产总值|亿元|1200", "2|造林面积|亩|500", "3|新建学校|所|3")
    assert tasks_of(read(text)) == []


def test_column_called_unit_holds_units() -> None:
    (task,) = tasks_of(read(rows("序号|任务|单位", "1|修路。|市交通运输局、市财政局")))
    assert names(task) == {"responsible_units": ["市交通运输局", "市财政局"]}


def test_row_that_names_helpers_only_keeps_who_leads_above() -> None:
    text = rows("序号|任务|牵头单位|配合单位", "1|修路。|市交通运输局|市财政局", "2|架桥。||市水利局")
    tasks = tasks_of(read(text))
    assert names(tasks[1]) == {"lead_units": ["市交通运输局"], "cooperating_units": ["市水利局"]}


@pytest.mark.parametrize("nobody", ["/", "—", "无", "-"])
def test_nobody_is_nobody(nobody: str) -> None:
    text = rows("序号|任务|牵头单位|配合单位", "1|修路。|市交通运输局|市财政局", f"2|架桥。|市水利局|{nobody}")
    assert names(tasks_of(read(text))[1]) == {"lead_units": ["市水利局"]}


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("市经信局牵头，相关部门参与", {"lead_units": ["市经信局"], "cooperating_units": ["相关部门"]}),
        ("市经信局（牵头）、市科技局", {"lead_units": ["市经信局"], "responsible_units": ["市科技局"]}),
        ("牵头单位：市经信局；配合单位：市科技局", {"lead_units": ["市经信局"], "cooperating_units": ["市科技局"]}),
        ("市经信局、市科技局按职责分工负责", {"responsible_units": ["市经信局", "市科技局"]}),
        ("市数据局，各县（市、区）人民政府", {"responsible_units": ["市数据局", "各县（市、区）人民政府"]}),
        ("市委组织部（人才办）、市人力社保局等", {"responsible_units": ["市委组织部（人才办）", "市人力社保局"]}),
    ],
)
def test_cells_with_verbs_marks_and_labels(cell: str, expected: dict[str, list[str]]) -> None:
    (task,) = tasks_of(read(rows("序号|任务|责任单位", f"1|培育产业集群。|{cell}")))
    assert names(task) == expected


def test_year_of_the_table_dates_its_months_and_a_range_leaves_them_open() -> None:
    head = ("序号|任务|责任单位|完成时限", "1|修路。|市交通运输局|9月底")
    (one,) = tasks_of(read("青岚市2031年重点任务清单\n" + rows(*head)))
    (other,) = tasks_of(read("青岚市重点任务清单（2031—2033年）\n" + rows(*head)))
    assert str(one.deadline and one.deadline.date) == "2031-09-30"
    assert other.deadline is not None
    assert other.deadline.date is None


def test_list_of_projects_is_said_to_be_one() -> None:
    text = "青岚市重点项目清单\n" + rows("序号|项目名称|建设地点|总投资|责任单位", "1|智算中心|临河区|12|市发改委")
    assert "project_table" in codes(read(text))
    assert tasks_of(read(text)) == []


def test_numbering_that_restarts_gives_every_task() -> None:
    text = rows(
        "序号|任务|责任单位", "一、水利||", "1|修堤。|市水利局", "2|清淤。|市水利局", "二、林业||", "1|植树。|市林业局"
    )
    assert [(task.section, task.number) for task in tasks_of(read(text))] == [
        ("一、水利", "1"),
        ("一、水利", "2"),
        ("二、林业", "1"),
    ]


def test_table_of_another_kind_after_one_of_tasks_ends_it() -> None:
    text = rows("序号|任务|责任单位", "1|修堤。|市水利局", "序号|企业名称|区县", "1|青岚重工有限公司|临河区政府")
    assert len(tasks_of(read(text))) == 1


def test_a_table_whose_columns_ran_together_gives_no_task() -> None:
    broken = [f"推进第{each}项工程|42个以上，提升|市教育" for each in range(1, 9)]
    reading = read(rows("序号工作任务|限|配合单位", *broken))
    assert tasks_of(reading) == []
    assert "table_unreadable" in codes(reading)
    whole = [f"{each}|推进第{each}项工程建设|市水利局|市教育局" for each in range(1, 9)]
    reading = read(rows("序号|工作任务|牵头单位|配合单位", *whole))
    assert len(tasks_of(reading)) == 8
    assert "table_unreadable" not in codes(reading)
