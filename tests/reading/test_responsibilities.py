"""The responsibilities of the real plans beside the project, counted item by item by hand, and what items declare."""

from pathlib import Path

import pytest
from tests.reading.reader import names, read, tasks_of

from luoshi.reading import Document, Task, read_file

LEAD, WITH, BY, DO = "lead_units", "cooperating_units", "responsible_units", "implementing_units"
COUNTIES = ["冠县", "莘县", "阳谷县", "东阿县", "高唐县人民政府"]
ALL_PLACES = ["各县（市、区）政府", "市属开发区管委会"]

# Items that carry a clause and names in them, counted on the printed page.
COUNTS = [
    ("gazette-2019-04.txt", "聊政发〔2019〕4号", 14, 40),
    ("gazette-2019-04.txt", "聊政字〔2019〕6号", 22, 101),
    ("gazette-2019-04.txt", "聊政办字〔2019〕13号", 46, 164),
    ("gazette-2021-02.txt", "聊政发〔2021〕2号", 20, 86),
    ("gazette-2022-02.txt", "聊政办字〔2022〕4号", 6, 38),
]


def _document(shared: Path, file: str, number: str) -> Document:
    documents = read_file(shared / "corpus" / file).documents
    return next(document for document in documents if document.doc_number == number)


def _by_id(document: Document) -> dict[str, Task]:
    return {task.id: task for task in document.tasks}


@pytest.mark.parametrize(("file", "number", "tasks", "parties"), COUNTS, ids=[count[1] for count in COUNTS])
def test_plans_are_read_completely(shared: Path, file: str, number: str, tasks: int, parties: int) -> None:
    document = _document(shared, file, number)
    assert len(document.tasks) == tasks
    assert sum(1 for task in document.tasks for _ in task.parties()) == parties
    assert not [task.id for task in document.tasks if set(task.doubts) - {"several_clauses", "etc_list"}]


def test_the_two_plans_of_one_letter(shared: Path) -> None:
    tasks = _by_id(_document(shared, "gazette-2019-04.txt", "聊政办字〔2019〕13号"))
    assert [sum(1 for key in tasks if key.startswith(part)) for part in ("a1-", "a2-")] == [18, 28]
    assert names(tasks["a1-c3-p1-n5.2"]) == {LEAD: ["市自然资源和规划局"], BY: COUNTIES}
    assert tasks["a1-c3-p1-n5.2"].text == "2020年年底前，完成与保护区重叠的矿业权退出任务。"
    full = [party.full_name for party in tasks["a1-c3-p1-n1"].responsible_units]
    assert full == ["冠县人民政府", "莘县人民政府", "阳谷县人民政府", "东阿县人民政府", "高唐县人民政府"]


def test_units_declared_once_hold_to_the_end_of_their_plan(shared: Path) -> None:
    tasks = _by_id(_document(shared, "gazette-2019-04.txt", "聊政办字〔2019〕13号"))
    assert names(tasks["a1-c3-p2-n1"]) == {LEAD: ["市生态环境局", "市发展改革委"], BY: ALL_PLACES}
    assert tasks["a1-c3-p2-n1"].implied_units == ()
    assert [party.name for party in tasks["a1-c4-p6"].implied_units] == ALL_PLACES
    assert [party.name for party in tasks["a2-c3-p1-n2"].implied_units] == ["各级政府"]
    assert tasks["a2-c4-p1"].implied_units == ()  # it names them itself


def test_three_clauses_in_one_item(shared: Path) -> None:
    tasks = _by_id(_document(shared, "gazette-2019-04.txt", "聊政办字〔2019〕13号"))
    assert [names(tasks[f"a2-c3-p3-n1.{place}"]) for place in (1, 2, 3)] == [
        {LEAD: ["市农业农村局"]},
        {LEAD: ["市生态环境局", "市农业农村局"]},
        {LEAD: ["市农业农村局"], BY: ["市发展改革委", "市科技局", "市财政局", "市生态环境局", "市供销社"]},
    ]


def test_companies_and_a_unit_over_a_column(shared: Path) -> None:
    tasks = _by_id(_document(shared, "gazette-2019-04.txt", "聊政字〔2019〕6号"))
    assert names(tasks["a1-c1-p8"]) == {
        BY: ["高新技术产业开发区管委会", "茌平县人民政府", "莘县人民政府"],
        DO: ["鲁西集团", "信发集团", "莘县华祥盐化有限公司"],
    }
    assert names(tasks["a1-c3-p15"])[BY][-2:] == ["有关县(市、区)政府", "市属开发区管委会"]
    assert names(tasks["a1-c3-p23"])[BY][-1] == "中国铁路济南局集团有限公司聊城车务段"


def test_kinds_of_units_after_a_comma(shared: Path) -> None:
    tasks = _by_id(_document(shared, "gazette-2021-02.txt", "聊政发〔2021〕2号"))
    assert names(tasks["c2-p4-n2"]) == {
        LEAD: ["市卫生健康委"],
        BY: [
            *("市委编办", "市财政局", "市人力资源社会保障局", "市教育体育局", "市医保局"),
            *("各县（市、区）人民政府", "市属开发区管委会"),
        ],
    }


def test_policies_name_who_drafts_them(shared: Path) -> None:
    tasks = tasks_of(read_file(shared / "corpus" / "work-report-2022-12.txt"))
    assert [task.number for task in tasks] == [str(number) for number in range(1, 32)]
    assert all(task.doubts == ("bare_list",) for task in tasks)
    assert (tasks[13].text, names(tasks[13])) == (
        "关于在省级以上开发区和县（市、区)工业园创新简化控规调整政策促进项目落地的措施",
        {BY: ["市自然资源和规划局"]},
    )


def test_a_list_in_brackets_without_a_word_is_in_doubt() -> None:
    first, second = tasks_of(
        read("1. 推进重点工作。（市财政局、市民政局）\n2. 植树。（市林业局，各县（市、区）政府）\n")
    )
    assert (names(first), first.doubts) == ({BY: ["市财政局", "市民政局"]}, ("bare_list",))
    assert (names(second), second.doubts) == ({BY: ["市林业局", "各县（市、区）政府"]}, ("bare_list",))


@pytest.mark.parametrize(
    "words",
    [
        "报市科技局（市外国专家局）",
        "新建学校五所（东昌区、临江区）。",
        "召开工作推进会议（视频会议）。",
        "推进机构改革（含市财政局）。",
        "设立工作专班（以下简称市专班）。",
        "完善服务体系（市级、县级）。",
        "印发实施意见（试行）。",
        "发放补贴资金（不含市属企业）。",
    ],
)
def test_other_brackets_are_no_lists(words: str) -> None:
    assert [task.number for task in tasks_of(read(f"1. {words}\n2. 植树造林。（市林业局负责）\n"))] == ["2"]


def test_the_letter_may_say_that_the_first_unit_leads() -> None:
    reading = read(
        "青岚市人民政府关于印发2031年重点工作任务分工方案的通知\n青政发〔2031〕3号\n各区人民政府：\n"
        "现将《2031年重点工作任务分工方案》印发给你们。任务分工中，列第一位的责任单位为牵头单位。\n"
        "青岚市人民政府\n2031年2月8日\n2031年重点工作任务分工方案\n一、主要任务\n"
        "1. 修路。（责任单位：市交通局、市财政局）\n2. 植树。（市林业局牵头，市水利局配合）\n"
    )
    assert [names(task) for task in tasks_of(reading)] == [
        {LEAD: ["市交通局"], BY: ["市财政局"]},
        {LEAD: ["市林业局"], WITH: ["市水利局"]},
    ]


def test_places_declared_once_in_other_words() -> None:
    reading = read(
        "1. 甲。〔责任单位：省发展改革委、商务厅按职责分工负责。"
        "具体任务均涉及相关市（州）人民政府，不再做分工，下同。〕\n"
        "2. 乙。〔责任单位：省市场监管局〕\n"
    )
    first, second = tasks_of(reading)
    assert [party.full_name for party in first.responsible_units] == ["省发展改革委", "省商务厅"]
    assert [party.name for party in second.implied_units] == ["相关市（州）人民政府"]


def test_sub_items_that_hold_only_the_clause_speak_for_their_item() -> None:
    reading = read(
        "1. 修建公路。\n（1）工程内容：改造十公里。\n（2）责任单位：市交通局\n（3）配合单位：市财政局\n"
        "2. 植树。（市林业局负责）\n"
    )
    first, second = tasks_of(reading)
    assert (first.number, names(first)) == ("1", {BY: ["市交通局"], WITH: ["市财政局"]})
    assert first.text.startswith("修建公路。")
    assert "改造十公里" in first.text
    assert "责任单位" not in first.text
    assert second.number == "2"
