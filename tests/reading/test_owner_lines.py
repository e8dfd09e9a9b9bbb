"""Lines that are nothing but who answers give what stands below them; invented plans."""

import pytest
from tests.reading.reader import names, read, tasks_of

from luoshi.reading import Task

HEAD = "云阳市交通安全整治工作方案\n"
BOSS, LEAD, BY = "lead_leaders", "lead_units", "responsible_units"
ALL = "列首位的为牵头单位，下同。以下均需各县（市、区）政府落实，不再列出"


def _read(text: str, head: str = HEAD) -> list[Task]:
    return tasks_of(read(head + text))


def _owned(text: str, role: str = BY, head: str = HEAD) -> list[tuple[str, list[str]]]:
    return [(task.text[:6], names(task).get(role, [])) for task in _read(text, head)]


def test_a_unit_and_a_colon_give_the_items_below() -> None:
    text = (
        "一、职责分工\n市交通局：\n1.排查全市公路隐患路段。\n2.整治客运车站周边秩序。\n市公安局、市城管局：\n1.清理占道停车。\n"
        "二、有关要求\n1.按时报送。\n"
    )
    assert _owned(text) == [
        ("排查全市公路", ["市交通局"]),
        ("整治客运车站", ["市交通局"]),
        ("清理占道停车", ["市公安局", "市城管局"]),
    ]


def test_units_on_lines_of_their_own_give_the_paragraphs_below() -> None:
    text = "职责分工\n市交通局\n排查隐患路段，建立台账\n市公安局\n查处超员超速\n市教育局\n管好校车，教育学生\n"
    assert [units for _, units in _owned(text)] == [["市交通局"], ["市公安局"], ["市教育局"]]


@pytest.mark.parametrize(
    "text",
    [
        "市交通局：\n1.排查全市公路隐患路段。\n",  # one line is a salutation
        "成员单位\n市交通局\n市公安局\n市教育局\n办公室设在市交通局\n",  # a list of members
        # a table that lost its cells
        "排查隐患路段，建立台账。\n市交通局\n查处超员超速。\n市公安局\n管好校车。\n市教育局\n请结合实际。\n",
    ],
)
def test_other_lines_of_units_give_nothing(text: str) -> None:
    assert _owned(text) == []


@pytest.mark.parametrize(
    "form",
    [
        "市长王建国：{}副市长李明：{}",
        "王建国 市长\n{}李明 副市长\n{}",
        "1.市长王建国：{}2.副市长李明：{}",
    ],
)
def test_leaders_who_divide_the_work(form: str) -> None:
    text = form.format("领导市政府全面工作。\n", "负责财政、税务工作。\n分管市财政局。\n")
    found = _owned(text, BOSS, "云阳市政府领导成员工作分工\n")
    assert [words for words, _ in found] == ["领导市政府全", "负责财政、税"]
    assert ["王建国" in found[0][1][0], "李明" in found[1][1][0]] == [True, True]


def test_notes_about_all_clauses_end_a_bare_list() -> None:
    clause = f"（市税务局、市财政局，各县（市、区）政府，{ALL}）"
    first, second = _read(f"（一）落实减免政策。{clause}\n（二）做大产业基金。（市财政局、市国资委）\n")
    assert names(first) == {LEAD: ["市税务局"], BY: ["市财政局", "各县（市、区）政府"]}
    assert names(second)[LEAD] == ["市财政局"]


ITEMS = "1.排查全市公路隐患路段。\n2.整治客运车站周边秩序。\n"


@pytest.mark.parametrize(
    "clause", ["牵头单位：市交通局\n责任单位：市公安局\n", "（牵头单位：市交通局；责任单位：市公安局）\n"]
)
def test_a_clause_on_its_own_line_counts_for_all_items_above_it(clause: str) -> None:
    found = _read(f"一、道路整治\n{ITEMS}{clause}二、秩序整治\n1.清理占道停车。责任单位：市城管局\n2.查处酒后驾驶。\n")
    given = {LEAD: ["市交通局"], BY: ["市公安局"]}
    assert [(task.text[:4], names(task)) for task in found] == [
        ("排查全市", given),
        ("整治客运", given),
        ("清理占道", {BY: ["市城管局"]}),
    ]


def test_a_clause_at_the_end_of_the_last_words_counts_for_them_alone() -> None:
    (task,) = _read(f"一、道路整治\n{ITEMS.rstrip()}（责任单位：市公安局）\n二、其他事项\n")
    assert task.text.startswith("整治客运车站")


def test_measures_that_are_announced_are_one_task() -> None:
    (task,) = _read(
        f"一、部分路段存在隐患。\n整改目标：隐患清零。\n整改措施：\n{ITEMS}责任单位：市公安局\n完成时限：2031年6月底\n"
    )
    assert task.text.startswith("部分路段存在隐患")
    assert "客运车站" in task.text
    assert names(task) == {BY: ["市公安局"]}
    assert task.deadline is not None
    assert task.deadline.text == "2031年6月底"


def test_a_sentence_that_only_says_who_is_a_clause() -> None:
    text = (
        "一、整治水产品\n由市农业农村局承办，市公安局、市市场监管局协办。目标：抽检合格率达到98%以上。\n"
        "二、整治学校食堂。由市教育局牵头，市卫生健康委配合。开展量化分级。\n"
    )
    first, second = _read(text)
    assert (first.text[:5], second.text[:6]) == ("整治水产品", "整治学校食堂")
    assert names(first) == {BY: ["市农业农村局"], "cooperating_units": ["市公安局", "市市场监管局"]}
    assert names(second) == {LEAD: ["市教育局"], "cooperating_units": ["市卫生健康委"]}


def test_the_middle_of_a_document_holds_what_it_allots() -> None:
    text = "（三）道路整治，由公安、建设部门负责，有关部门配合。要加大力度。\n（四）学校整治。各学校要高度重视。\n"
    (task,) = _read(text, head="")
    assert names(task) == {BY: ["公安", "建设部门"], "cooperating_units": ["有关部门"]}


PLAN = "云阳县重点工作实施方案\n一、主要任务\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.扩大投资。（2031年6月底前完成；责任单位：县发改局）\n", {BY: ["县发改局"]}),
        (
            "1.扩大投资。\n责任分工：县发改局牵头，县财政局、县住建局负责。\n",
            {LEAD: ["县发改局"], BY: ["县财政局", "县住建局"]},
        ),
        ("1.扩大投资。\n任务分工：牵头单位为县发改局，责任单位为县财政局。\n", {LEAD: ["县发改局"], BY: ["县财政局"]}),
        ("1.扩大投资。\n县牵头单位：县发改局\n乡镇责任单位：各乡镇\n", {LEAD: ["县发改局"], BY: ["各乡镇"]}),
        ("（一）扩大投资（县发改局、县财政局）\n开工一批项目。\n", {BY: ["县发改局", "县财政局"]}),
        ("问题1：扩大投资不力。\n整改措施：开工一批项目。\n责任单位：县发改局\n", {BY: ["县发改局"]}),
    ],
)
def test_forms_of_plans(text: str, expected: dict[str, list[str]]) -> None:
    (task,) = _read(text, PLAN)
    assert task.text.startswith("扩大投资")
    assert names(task) == expected


def test_items_without_a_clause_beside_others_that_have_one() -> None:
    text = "1.排查燃气。（责任单位：县城管局）\n2.由县交通局牵头，县公安局配合，整治客车。\n3.整治校车。学校要负责。\n"
    assert [task.number for task in _read(text, PLAN)] == ["1", "2"]


def test_numbers_inside_one_long_paragraph_begin_items() -> None:
    filling = "落实减免政策，扩大享受范围，优化办理流程，提高办理效率，" * 6
    taxes = f"为激发活力，制定本方案。一、强化财税政策。{filling}用好政策。（县税务局）"
    text = f"{taxes}二、强化金融政策。{filling}扩大贷款。（县金融办）\n"
    found = _read(text, "云阳县实施方案\n")
    assert [(task.text[:6], names(task)) for task in found] == [
        ("强化财税政策", {BY: ["县税务局"]}),
        ("强化金融政策", {BY: ["县金融办"]}),
    ]


def test_duties_under_headings_of_groups_and_posts() -> None:
    text = (
        "一、主要职责\n1.领导小组职责\n负责制定计划，解决重大问题。\n2.组长职责\n全面负责部署。\n3.副组长职责\n协助组长工作。\n"
        "二、责任分工\n1.场所责任\n各街道要建立巡查机制，设立警示标志。\n"
    )
    found = [(task.text[:4], names(task)) for task in _read(text, "云阳县防汛领导小组及责任分工\n")]
    assert found == [
        ("负责制定", {BY: ["领导小组"]}),
        ("全面负责", {BOSS: ["组长"]}),
        ("协助组长", {BOSS: ["副组长"]}),
        ("各街道要", {BY: ["各街道"]}),
    ]


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("县政府督查室要适时开展督查督办工作。", 1),
        ("县发改局是项目管理的综合部门，主要负责项目申报。", 1),
        ("各牵头单位要严格按照分工，明确每季度的形象进度。", 0),
        ("各有关部门要落实责任，各司其职，密切配合。", 0),
        ("未按时进驻的，由县政府督查室跟进督办。", 0),
    ],
)
def test_sentences_of_plans(sentence: str, count: int) -> None:
    assert len(_read(f"一、主要任务\n（一）推进落实。{sentence}\n")) == count


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.扩大投资。（李明牵头，县发改局负责）\n", {BOSS: ["李明"], BY: ["县发改局"]}),
        ("1.扩大投资。\n牵头领导：李 明  牵头单位：县发改局\n", {BOSS: ["李明"], LEAD: ["县发改局"]}),
        ("1.扩大投资规模（县发改局）。开工一批项目。\n", {BY: ["县发改局"]}),
        ("1.扩大投资（县发改局；第三季度）\n", {BY: ["县发改局"]}),
        ("1.扩大投资。\n责任单位：县发改局\n（以下措施均需各镇（街道）落实，不再列出）\n", {BY: ["县发改局"]}),
    ],
)
def test_smaller_forms_of_plans(text: str, expected: dict[str, list[str]]) -> None:
    (task,) = _read(text, PLAN)
    assert names(task) == expected


def test_a_sentence_behind_a_heading_among_items_with_clauses() -> None:
    text = "1.排查燃气。（责任单位：县城管局）\n2.开展培训。由县人社局会同县教育局开展培训，全年1000人次。\n"
    assert [names(task) for task in _read(text, PLAN)] == [
        {BY: ["县城管局"]},
        {BY: ["县人社局"], "cooperating_units": ["县教育局"]},
    ]
