"""Forms of whole yearly plans and divisions of work, retold in words of invented places."""

import pytest
from tests.reading.reader import names as names_by_role
from tests.reading.reader import read

from luoshi.reading import Task

LEAD, WITH, BY, BOSS, DO = (
    "lead_units",
    "cooperating_units",
    "responsible_units",
    "lead_leaders",
    "implementing_units",
)
PLAN = "青岚市2031年重点工作实施方案\n一、重点任务\n"
DUTY = "望川县2031年旅游旺季保障工作方案\n一、工作任务\n"


def tasks_of(text: str) -> list[Task]:
    """The tasks of invented text."""
    return [task for document in read(text).documents for task in document.tasks]


def roles(task: Task) -> dict[str, list[str]]:
    """The names of a task by their role."""
    found = names_by_role(task)
    return {role: found[role] for role in (BOSS, LEAD, BY, WITH, DO) if found.get(role)}


CLAUSES = [
    ("（牵头负责：市教育局；配合：市财政局）", {LEAD: ["市教育局"], WITH: ["市财政局"]}),
    ("（市教育局、各区政府；责任人：秦岚）", {BOSS: ["秦岚"], BY: ["市教育局", "各区政府"]}),
    ("包保领导：许知远，包保单位：市教育局", {BOSS: ["许知远"], BY: ["市教育局"]}),
    ("责任主体。市水务集团、城北区政府。", {BY: ["市水务集团", "城北区政府"]}),
    ("责任单位。市住建局。配合单位。各区政府。", {BY: ["市住建局"], WITH: ["各区政府"]}),
    ("责任单位：市数据局会同市财政局", {LEAD: ["市数据局"], WITH: ["市财政局"]}),
    (
        "责任单位：市商务局、市文旅局牵头，市财政局、市税务局",
        {LEAD: ["市商务局", "市文旅局"], BY: ["市财政局", "市税务局"]},
    ),
    ("（市农业农村局负责，县区抓落实）", {BY: ["市农业农村局", "县区"]}),
    ("（市交通运输局负总责，市客运公司具体实施）", {BY: ["市交通运输局"], DO: ["市客运公司"]}),
    (
        "牵头单位：市公安局。成员单位：市应急局、市消防救援支队。",
        {LEAD: ["市公安局"], WITH: ["市应急局", "市消防救援支队"]},
    ),
    (
        "（市财政局牵头，市税务局、市审计局等国务院相关部门按职责分工负责）",
        {LEAD: ["市财政局"], BY: ["市税务局", "市审计局"]},
    ),
]


@pytest.mark.parametrize(("clause", "wanted"), CLAUSES, ids=[clause for clause, _ in CLAUSES])
def test_clauses(clause: str, wanted: dict[str, list[str]]) -> None:
    (task,) = tasks_of(f"{PLAN}1．建成城北综合枢纽，年底前投用。{clause}\n")
    assert roles(task) == wanted


def test_marked_leads_stand_beside_a_note_about_the_first() -> None:
    first, second = tasks_of(
        f"{PLAN}1．节约开支。\n责任单位：市政府办、市财政局牵头，市商务局（除标注牵头外，列第一位的为牵头单位，下同）\n"
        "2．扩大消费。\n责任单位：市商务局、市文旅局\n"
    )
    assert roles(first) == {LEAD: ["市政府办", "市财政局"], BY: ["市商务局"]}
    assert roles(second) == {LEAD: ["市商务局"], BY: ["市文旅局"]}


def test_a_heading_of_units_and_verbs_is_handed_down() -> None:
    tasks = tasks_of(
        f"{PLAN}（一）市教育局牵头，各区政府配合\n1．新建学校三所。\n2．改扩建幼儿园五所。\n"
        "（二）市卫健委牵头，市医保局、市财政局参与\n3．改造卫生院五所。\n"
    )
    assert [task.number for task in tasks] == ["1", "2", "3"]
    assert roles(tasks[0]) == roles(tasks[1]) == {LEAD: ["市教育局"], WITH: ["各区政府"]}
    assert roles(tasks[2]) == {LEAD: ["市卫健委"], WITH: ["市医保局", "市财政局"]}


SENTENCES = [
    ("县文旅局做好景区接待工作。", {BY: ["县文旅局"]}),
    ("县交通运输局切实抓好客运保障，加密班线。", {BY: ["县交通运输局"]}),
    ("石桥镇、柳河乡负责做好沿线环境整治。", {BY: ["石桥镇", "柳河乡"]}),
    ("县城投公司负责停车场改造。", {BY: ["县城投公司"]}),
    ("县公安局要继续牵头做好交通疏导，县城管局配合。", {LEAD: ["县公安局"], WITH: ["县城管局"]}),
    ("游客服务站负责牵头协调投诉处理。", {LEAD: ["游客服务站"]}),
]


@pytest.mark.parametrize(("sentence", "wanted"), SENTENCES, ids=[sentence for sentence, _ in SENTENCES])
def test_sentences_of_plans(sentence: str, wanted: dict[str, list[str]]) -> None:
    (task,) = tasks_of(f"{DUTY}1．{sentence}\n")
    assert roles(task) == wanted


@pytest.mark.parametrize(
    "sentence",
    [
        "县文旅局做好相关工作。",
        "各部门做好本职工作。",
        "新型城镇要加快建设步伐。",
        "游客服务所需资金由财政承担。",
        "返乡负责人增多。",
    ],
)
def test_sentences_that_allot_nothing(sentence: str) -> None:
    assert tasks_of(f"{DUTY}1．{sentence}\n") == []


def test_numbers_inside_a_line_are_no_part_of_names() -> None:
    tasks = tasks_of(
        "望川县2031年旅游旺季保障工作方案\n为做好保障,制定本方案。 "
        "一、工作任务 1、县文旅局、县公安局负责景区秩序维护。 2、县交通运输局负责加密客运班线。\n"
    )
    assert [roles(task) for task in tasks] == [{BY: ["县文旅局", "县公安局"]}, {BY: ["县交通运输局"]}]


def test_members_of_a_leading_group_have_no_task() -> None:
    tasks = tasks_of(
        "望川县2031年旅游旺季保障工作方案\n一、组织机构\n（一）领导小组\n组  长：许知远  县委副书记、县长\n"
        "副组长：秦岚  副县长\n成  员：高波  县文旅局局长\n领导小组下设办公室在县文旅局，高波兼任办公室主任。\n"
        "（二）工作组\n1．综合协调组。由县文旅局牵头，县公安局、县交通运输局参加，负责信息报送。\n"
    )
    assert [roles(task) for task in tasks] == [{LEAD: ["县文旅局"], WITH: ["县公安局", "县交通运输局"]}]


def test_running_text_tells_one_unit_after_the_other() -> None:
    tasks = tasks_of(
        "望川县秸秆禁烧工作方案 一、目标任务 全年禁烧。 二、职责分工 各组成单位及其职责如下：县环保局。负责统一监督。"
        "发现焚烧的，责令停止。县交通局、公路局。负责公路两侧巡查。县农委。负责综合利用的督导。"
        "三、要求 各单位要高度重视。\n"
    )
    assert [roles(task) for task in tasks] == [{BY: ["县环保局"]}, {BY: ["县交通局", "公路局"]}, {BY: ["县农委"]}]
    assert tasks[0].text.endswith("责令停止。")
    assert tasks[-1].text.endswith("督导。")


def test_numbers_in_running_text_stand_before_the_words() -> None:
    tasks = tasks_of(
        "青岚市减负分工方案\n为落实会议精神，制定本方案。\n一、放出活力（一）清理收费。（市财政局牵头，各地区负责）具体措施："
        "1．2031年底前公布清单。（市财政局负责）2．查处违规收费。（市市场监管局负责）二、管出公平（二）统一标准。（市司法局负责）\n"
    )
    assert [task.text for task in tasks] == ["清理收费。", "2031年底前公布清单。", "查处违规收费。", "统一标准。"]
    assert [task.number for task in tasks][1:] == ["1", "2", "二"]
