"""Every form of a responsibility clause, on items of an invented city."""

import pytest
from tests.reading.reader import names, read, tasks_of

LEAD, WITH, BY, DO, BOSS = (
    "lead_units",
    "cooperating_units",
    "responsible_units",
    "implementing_units",
    "lead_leaders",
)

FORMS = [
    ("〔牵头领导：许知远；牵头单位：市财政局〕", {BOSS: ["许知远"], LEAD: ["市财政局"]}),
    ("（牵头单位：市财政局，配合单位：市税务局、市统计局）", {LEAD: ["市财政局"], WITH: ["市税务局", "市统计局"]}),
    ("(责任单位:市财政局、市税务局)", {BY: ["市财政局", "市税务局"]}),
    ("[责任单位：市财政局]", {BY: ["市财政局"]}),
    ("【责任部门：市财政局】", {BY: ["市财政局"]}),
    ("〔牵头单位:市财政局；配合单位：各县(市、区)人民政府]", {LEAD: ["市财政局"], WITH: ["各县(市、区)人民政府"]}),
    ("（主办单位：市财政局；协办单位：市税务局）", {LEAD: ["市财政局"], WITH: ["市税务局"]}),
    ("（市级牵头领导：许知远；参与单位：市税务局）", {BOSS: ["许知远"], WITH: ["市税务局"]}),
    ("（牵头单位：市财政局；具体实施单位：青岚交投集团）", {LEAD: ["市财政局"], DO: ["青岚交投集团"]}),
    ("（市财政局、市税务局负责）", {BY: ["市财政局", "市税务局"]}),
    ("（市财政局牵头，市税务局配合）", {LEAD: ["市财政局"], WITH: ["市税务局"]}),
    ("（由市财政局牵头，市税务局、市统计局参与）", {LEAD: ["市财政局"], WITH: ["市税务局", "市统计局"]}),
    ("（市财政局牵头，市税务局、市统计局按职责分工负责）", {LEAD: ["市财政局"], BY: ["市税务局", "市统计局"]}),
    ("（市财政局、市税务局分别负责）", {BY: ["市财政局", "市税务局"]}),
    ("（望川县人民政府负责，青岚水务有限公司具体实施）", {BY: ["望川县人民政府"], DO: ["青岚水务有限公司"]}),
    ("（市林业局牵头，望川县、石埠区人民政府负责落实）", {LEAD: ["市林业局"], BY: ["望川县", "石埠区人民政府"]}),
    ("（各级政府负责落实）", {BY: ["各级政府"]}),
    ("\n牵头单位：市财政局\n配合单位：市税务局\n", {LEAD: ["市财政局"], WITH: ["市税务局"]}),
    ("\n牵头单位：市财政局；配合单位：市税务局。\n", {LEAD: ["市财政局"], WITH: ["市税务局"]}),
    ("责任单位：市财政局、市税务局。", {BY: ["市财政局", "市税务局"]}),
    ("\n**责任单位：**市财政局、**市税务局**\n", {BY: ["市财政局", "市税务局"]}),
    ("\n责任单位：市自然资源和规\n划局、市文化和旅游局\n", {BY: ["市自然资源和规划局", "市文化和旅游局"]}),
    ("（责任单位：市应急局和有关县政府）", {BY: ["市应急局", "有关县政府"]}),
    ("（责任单位：市教育和体育局）", {BY: ["市教育和体育局"]}),
    ("（责任单位：市民政局等部门）", {BY: ["市民政局"]}),
    ("（责任单位：市民政局等，各县（市、区）政府）", {BY: ["市民政局", "各县（市、区）政府"]}),
    ("（责任单位：各区、县级市政府）", {BY: ["各区、县级市政府"]}),
    ("（责任单位：市市场监管局（市知识产权局）、市委组织部）", {BY: ["市市场监管局（市知识产权局）", "市委组织部"]}),
    (
        "（牵头领导：秦岚，市委常委、市委秘书长；牵头单位：市委办）",
        {BOSS: ["秦岚", "市委常委、市委秘书长"], LEAD: ["市委办"]},
    ),
    ("（牵头领导：市政府各位副市长；牵头单位：市政府办）", {BOSS: ["市政府各位副市长"], LEAD: ["市政府办"]}),
    (
        "（牵头单位：市财政局、市税务局分别负责；配合单位：市统计局）",
        {LEAD: ["市财政局", "市税务局"], WITH: ["市统计局"]},
    ),
    ("（责任单位：市财政局 市税务局 有关县政府）", {BY: ["市财政局", "市税务局", "有关县政府"]}),
    ("\n责任领导：许知远　责任单位：市财政局、市税务局\n", {BOSS: ["许知远"], BY: ["市财政局", "市税务局"]}),
    ("（责任单位：市财政局，完成时限：2031年12月）", {BY: ["市财政局"]}),
    ("（市财政局牵头，市税务局配合，2031年6月底前完成）", {LEAD: ["市财政局"], WITH: ["市税务局"]}),
    ("\n*牵头单位∶市财政局*\n", {LEAD: ["市财政局"]}),
    ("（牵头：市财政局，配合：市税务局）", {LEAD: ["市财政局"], WITH: ["市税务局"]}),
    ("责任单位：市财政局；责任人：许知远", {BY: ["市财政局"], BOSS: ["许知远"]}),
    ("（牵头单位：市财政局；配合单位：市税务局", {LEAD: ["市财政局"], WITH: ["市税务局"]}),
]


@pytest.mark.parametrize(("clause", "expected"), FORMS, ids=[form[0].strip() for form in FORMS])
def test_each_form_names_who_answers(clause: str, expected: dict[str, list[str]]) -> None:
    reading = read(f"一、主要任务\n\n1. 推进重点工作。{clause}\n\n2. 做好其他工作。（责任单位：市统计局）\n")
    tasks = tasks_of(reading)
    assert [task.number for task in tasks] == ["1", "2"]
    assert names(tasks[0]) == expected
    assert tasks[0].text == "推进重点工作。"


@pytest.mark.parametrize(
    "words",
    [
        "各牵头单位要切实负起责任，配合单位要主动作为。",
        "加强村级（社区）治理，由乡镇（街道）负责解释有关问题。",
        "完善机制（含市级财政补助），确保责任单位落实到位。",
        "对企业给予补助（最高50万元）。",
        "（以下简称责任单位）应当按期报告。",
    ],
)
def test_running_text_is_no_clause(words: str) -> None:
    assert tasks_of(read(f"一、总体要求\n\n1. {words}\n\n2. 做好其他工作。（责任单位：市统计局）\n"))[0].number == "2"


def test_each_sentence_may_carry_its_own_clause() -> None:
    reading = read("1. 开展检查。（市应急局负责）加强评价。（市住建局负责，市建筑业协会具体实施）\n")
    first, second = tasks_of(reading)
    assert (first.number, first.text, names(first)) == ("1", "开展检查。", {BY: ["市应急局"]})
    assert (second.number, second.text) == ("1", "加强评价。")
    assert names(second) == {BY: ["市住建局"], DO: ["市建筑业协会"]}
    assert first.id != second.id


def test_sub_items_are_tasks_and_their_parent_is_not() -> None:
    reading = read(
        "8. 完成约束性指标\n(1) 安全生产。（责任单位：市应急局）\n（2）节能降碳。（责任单位：市发展改革委）\n"
    )
    assert [task.number for task in tasks_of(reading)] == ["8(1)", "8(2)"]


def test_a_clause_on_its_own_line_after_sub_items_is_the_whole_items() -> None:
    reading = read("8. 办好实事\n(1) 建桥。\n(2) 修路。\n牵头单位：市交通运输局。\n9. 植树。\n牵头单位：市林业局。\n")
    first, second = tasks_of(reading)
    assert (first.number, second.number) == ("8", "9")
    assert "建桥" in first.text
    assert "修路" in first.text


def test_first_listed_leads_where_the_document_says_so() -> None:
    reading = read(
        "1. 甲。（责任单位：市财政局、市税务局；列首位的为牵头单位，下同）\n2. 乙。（责任单位：市民政局、市统计局）\n"
    )
    assert [names(task) for task in tasks_of(reading)] == [
        {LEAD: ["市财政局"], BY: ["市税务局"]},
        {LEAD: ["市民政局"], BY: ["市统计局"]},
    ]


def test_what_is_declared_once_is_implied_later() -> None:
    reading = read(
        "1. 甲。（市林业局牵头，各级政府负责落实。以下任务措施均需各级政府落实，不再列出）\n2. 乙。（市水利局牵头）\n"
    )
    first, second = tasks_of(reading)
    assert names(first) == {LEAD: ["市林业局"], BY: ["各级政府"]}
    assert names(second) == {LEAD: ["市水利局"]}
    assert [party.name for party in second.implied_units] == ["各级政府"]


def test_elided_words_are_completed_and_the_printed_name_kept() -> None:
    reading = read("1. 甲。（市卫生健康委、教育局负责）\n2. 乙。（望川县、石埠区人民政府负责）\n")
    full = [[(party.name, party.full_name) for party in task.responsible_units] for task in tasks_of(reading)]
    assert full == [
        [("市卫生健康委", "市卫生健康委"), ("教育局", "市教育局")],
        [("望川县", "望川县人民政府"), ("石埠区人民政府", "石埠区人民政府")],
    ]


def test_labelled_deadline_and_clause_read_together() -> None:
    task = tasks_of(read("1. 建成平台。\n责任单位：市数据局\n完成时限：2031年6月底\n"))[0]
    assert names(task) == {BY: ["市数据局"]}
    assert task.deadline is not None
    assert (task.deadline.text, str(task.deadline.date)) == ("2031年6月底", "2031-06-30")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("年底前建成投用。", "2031-12-31"),
        ("9月底前完成普查。", "2031-09-30"),
        ("2032年6月30日前完成验收。", "2032-06-30"),
        ("持续推进。", None),
        ("6月底前完成普查，9月底前完成建档。", None),
        ("建成一批。年底前完成验收，力争更多。扩大规模。", None),
        ("2031年13月底前完成。", None),
    ],
)
def test_only_a_sure_deadline_is_taken(sentence: str, expected: str | None) -> None:
    task = tasks_of(read(f"2031年重点工作任务分工方案\n\n1. {sentence}（责任单位：市数据局）\n"))[0]
    assert (str(task.deadline.date) if task.deadline else None) == expected
