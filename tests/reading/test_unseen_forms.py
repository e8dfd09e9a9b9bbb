"""Forms met in plans of cities that the grammar was not written on, retold in words of invented places."""

import pytest
from tests.reading.reader import names as names_by_role
from tests.reading.reader import read

from luoshi.reading import Task
from luoshi.reading.structure.pipe_tables import open_tables

LEAD, WITH, BY, BOSS = "lead_units", "cooperating_units", "responsible_units", "lead_leaders"


def tasks_of(text: str) -> list[Task]:
    """The tasks of invented text."""
    return [task for document in read(text).documents for task in document.tasks]


def names(task: Task, role: str) -> list[str]:
    """The names of one role."""
    return names_by_role(task).get(role, [])


CLAUSES = [
    (
        "（市财政局、税务局牵头督导，市统计局、审计局参与）",
        {LEAD: ["市财政局", "税务局"], WITH: ["市统计局", "审计局"]},
    ),
    ("（市财政局牵头实施）", {LEAD: ["市财政局"]}),
    (
        "（省财政厅、税务局按职责分工负责，各地级市人民政府结合实际落实）",
        {BY: ["省财政厅", "税务局", "各地级市人民政府"]},
    ),
    (
        "（责任单位：市委编办、市财政局等市相关部门）",
        {BY: ["市委编办", "市财政局"]},
    ),
    (
        "（责任单位：省财政厅，各市、州、县人民政府）",
        {BY: ["省财政厅", "各市、州、县人民政府"]},
    ),
    (
        "（责任单位：省财政厅，各市〔州〕、县〔市、区、特区〕人民政府）",
        {BY: ["省财政厅", "各市〔州〕、县〔市、区、特区〕人民政府"]},
    ),
    (
        "（市财政局牵头；市税务局，各市、特区、区人民政府〔管委会〕等按职责分工负责）",
        {LEAD: ["市财政局"], BY: ["市税务局", "各市、特区、区人民政府〔管委会〕"]},
    ),
]


@pytest.mark.parametrize(("clause", "wanted"), CLAUSES, ids=[clause for clause, _ in CLAUSES])
def test_clauses(clause: str, wanted: dict[str, list[str]]) -> None:
    (task,) = tasks_of(f"青岚市减负工作方案\n一、减轻负担\n1．清理收费。全面清理各类收费。{clause}\n")
    assert {role: names(task, role) for role in (LEAD, BY, WITH, BOSS) if names(task, role)} == wanted


@pytest.mark.parametrize(
    "note", ["首位单位为牵头单位，下同", "第一责任单位为牵头单位，下同", "列首位的为牵头单位，下同"]
)
def test_a_note_after_the_first_unit_is_no_part_of_its_name(note: str) -> None:
    first, second = tasks_of(
        "青岚市重点工作责任分解\n一、主要目标\n"
        f"1．稳住投资。\n责任单位：市发改局（{note}）、市财政局、市统计局\n2．扩大消费。\n责任单位：市商务局、市文旅局\n"
    )
    assert names(first, LEAD) == ["市发改局"]
    assert names(first, BY) == ["市财政局", "市统计局"]
    assert (names(second, LEAD), names(second, BY)) == (["市商务局"], ["市文旅局"])


def test_a_heading_names_the_leader_of_the_items_under_it() -> None:
    tasks = tasks_of(
        "望川县重点工作责任分解\n一、许知远县长牵头重点工作\n1．抓好项目。责任单位：县发改局\n2．节约开支。责任单位：县财政局\n"
        "二、县委常委、常务副县长秦岚同志负责的工作\n1．清理欠款。责任单位：县工信局\n2．盘活资产。\n"
    )
    assert [names(task, BOSS) for task in tasks] == [
        ["许知远县长"],
        ["许知远县长"],
        ["县委常委、常务副县长秦岚"],
        ["县委常委、常务副县长秦岚"],
    ]
    assert [names(task, BY) for task in tasks] == [["县发改局"], ["县财政局"], ["县工信局"], []]
    assert [task.lead_leaders[0].full_name for task in tasks[1:3]] == ["许知远", "秦岚"]
    assert tasks[3].text == "盘活资产。"


def test_a_clause_in_a_heading_holds_for_the_items_under_it() -> None:
    tasks = tasks_of(
        "青岚市稳增长若干政策\n一、推进科技创新（由市科技局牵头实施）\n全市研发投入强度达到3%。\n"
        "（一）建好平台。支持建设实验室。\n（二）培育企业。支持申报高新技术企业。\n"
        "二、扩大消费（牵头单位：市商务局；配合单位：市财政局）\n（一）发放消费券。\n（二）办好展会。\n"
    )
    assert [(task.number, names(task, LEAD), names(task, WITH)) for task in tasks] == [
        ("一", ["市科技局"], []),
        ("二", ["市科技局"], []),
        ("一", ["市商务局"], ["市财政局"]),
        ("二", ["市商务局"], ["市财政局"]),
    ]
    assert tasks[0].text == "建好平台。支持建设实验室。"
    assert not any(task.doubts for task in tasks)


def test_items_with_clauses_of_their_own_take_none_from_a_heading_of_units() -> None:
    tasks = tasks_of(
        "青岚市稳增长若干政策\n一、扩大消费（市商务局牵头）\n（一）发放消费券。（责任单位：市财政局）\n（二）办好展会。\n"
    )
    assert [names(task, BY) for task in tasks if task.text.startswith("发放")] == [["市财政局"]]
    assert not any(task.text.startswith("办好") for task in tasks)


@pytest.mark.parametrize(
    ("printed", "person"),
    [
        ("副市长许知远", "许知远"),
        ("许知远副市长", "许知远"),
        ("许知远（副市长）", "许知远"),
        ("市委常委、副市长许知远", "许知远"),
        ("市政府党组成员秦岚", "秦岚"),
        ("秦岚同志", "秦岚"),
    ],
)
def test_a_person_with_the_post(printed: str, person: str) -> None:
    (task,) = tasks_of(f"青岚市减负工作方案\n一、减轻负担\n1．清理收费。（牵头领导：{printed}；责任单位：市财政局）\n")
    (leader,) = task.lead_leaders
    assert (leader.name, leader.full_name, leader.kind) == (printed, person, "person")
    assert task.doubts == ()


def test_a_post_alone_stays_a_post() -> None:
    (task,) = tasks_of("青岚市减负工作方案\n一、减轻负担\n1．清理收费。（牵头领导：分管副市长；责任单位：市财政局）\n")
    assert [(leader.kind, leader.full_name) for leader in task.lead_leaders] == [("post", "分管副市长")]


PIPES = """青岚市大气攻坚任务表
| 序号 | 重点任务 | 工作措施 | 完成时限 | 牵头部门 | 主责单位 | 协办单位 | 目标类型 |
|---|---|---|---|---|---|---|---|
| 1 | 监测 | 建成监测网。 | 9月底前 | 市生态环境局 | 各区政府 | 市交通委、市住建委等部门 | A类 |

| 2 | 治尘 |  | 2031年底前 | 市住建委 | 望川县政府 |  | B类 |
"""


@pytest.mark.parametrize(
    "text", [PIPES, PIPES.replace("| ", "｜ "), "\n".join(x.strip("| ") for x in PIPES.split("\n"))]
)
def test_a_table_written_with_strokes(text: str) -> None:
    first, second = tasks_of(text.replace("A类", "A类 |").replace("B类", "B类 |") if "| 1" not in text else text)
    assert (names(first, LEAD), names(first, BY)) == (["市生态环境局"], ["各区政府"])
    assert names(first, WITH) == ["市交通委", "市住建委"]
    assert first.text == "监测：建成监测网。"
    assert (second.text, names(second, LEAD), names(second, WITH)) == ("治尘", ["市住建委"], [])
    assert second.deadline is not None
    assert second.deadline.text == "2031年底前"


def test_strokes_in_running_text_are_no_table() -> None:
    text = "首页 | 政务 | 互动\n青岚市人民政府\n位置：首页 | 公开\n"
    assert open_tables(text) == text


def test_a_letter_without_title_is_named_by_what_it_issues() -> None:
    document = read(
        "青政办字〔2031〕7号\n各县区人民政府：\n现将《青岚市减负工作方案》印发给你们，请认真贯彻执行。\n2031年3月5日\n"
    ).documents[0]
    assert (document.title, document.kind) == ("青岚市减负工作方案", "plan")


def test_a_dated_handing_in_is_a_task_in_any_plan() -> None:
    (task,) = tasks_of(
        "青岚市减负工作方案\n一、清理收费\n1．各单位开展自查。2031年6月30日前，各审批单位将自查情况报市政务服务中心。群众满意。\n"
    )
    assert names(task, BY) == ["各审批单位"]
    assert task.deadline is not None
    assert task.deadline.text == "2031年6月30日前"
    assert task.doubts == ("prose_clause",)


def _figures(
    sentence: str, title: str = "青岚市重点工作责任分解方案"
) -> list[tuple[str, str, float | None, str | None]]:
    """Indicator, comparator, value and unit of every target of one sentence."""
    (document,) = read(f"{title}\n各有关单位：\n一、重点工作\n{sentence}\n").documents
    return [(each.indicator, each.comparator, each.value, each.unit) for each in document.targets]


FIGURES = [
    ("臭氧浓度控制在150微克每立方米以下。", [("臭氧浓度", "<=", 150, "微克/立方米")]),
    (
        "登记失业率、调查失业率分别下降0.3和1.1个百分点。",
        [("登记失业率", "=", 0.3, "个百分点"), ("调查失业率", "=", 1.1, "个百分点")],
    ),
    (
        "可吸入颗粒物和细颗粒物平均浓度分别不高于61和38微克/立方米。",
        [("可吸入颗粒物平均浓度", "<=", 61, "微克/立方米"), ("细颗粒物平均浓度", "<=", 38, "微克/立方米")],
    ),
    (
        "培育形成3个百亿级产业集群和7个十亿级产业集群。",
        [("百亿级产业集群", "=", 3, "个"), ("十亿级产业集群", "=", 7, "个")],
    ),
    (
        "居民人均可支配收入达到41000元以上，年均增幅在8%以上。",
        [("居民人均可支配收入", ">=", 41000, "元"), ("居民人均可支配收入", ">=", 8, "%")],
    ),
    (
        "城镇居民和农村居民人均可支配收入分别为52000元、31000元，年均分别增长7%、8%。",
        [
            ("城镇居民人均可支配收入", "=", 52000, "元"),
            ("农村居民人均可支配收入", "=", 31000, "元"),
            ("城镇居民人均可支配收入", "=", 7, "%"),
            ("农村居民人均可支配收入", "=", 8, "%"),
        ],
    ),
    ("▲服务业增加值可比增长9%。", [("服务业增加值", "=", 9, "%")]),
    ("办理时限由20个工作日压缩至5个工作日以内。", [("办理时限", "<=", 5, "个工作日")]),
    ("提前两年实现居民收入翻番目标。", []),
    ("高新技术企业突破300家，力争达到400家。", [("高新技术企业", ">", 300, "家"), ("高新技术企业", "=", 400, "家")]),
    ("高新技术企业达到300家，力争400家。", [("高新技术企业", "=", 300, "家"), ("高新技术企业", "=", 400, "家")]),
]


@pytest.mark.parametrize(("sentence", "wanted"), FIGURES, ids=[sentence for sentence, _ in FIGURES])
def test_figures(sentence: str, wanted: list[tuple[str, str, float, str]]) -> None:
    assert _figures(sentence) == wanted


def test_what_a_report_expects_of_the_year_is_promised() -> None:
    (document,) = read(
        "政府工作报告\n——2031年1月8日在青岚市第九届人民代表大会第一次会议上\n一、过去一年工作回顾\n全年生产总值增长5%。\n"
        "二、对今年政府工作的建议\n今年发展主要预期目标是：生产总值增长6%左右。\n"
    ).documents
    assert [(each.value, each.role) for each in document.targets] == [(5, "result"), (6, "promise")]


def test_a_last_line_of_names_and_verb_is_a_clause() -> None:
    tasks = tasks_of(
        "青岚市政务公开工作方案\n一、公开财政\n1．公开预算。按时公开预算。\n市财政局牵头落实\n"
        "2．公开就业政策。\n市人社局、\n市税务局分别牵头落实\n3．公开价格。公开有关价格。\n群众都来监督落实\n"
    )
    assert [(task.number, names(task, LEAD)) for task in tasks] == [
        ("1", ["市财政局"]),
        ("2", ["市人社局", "市税务局"]),
    ]
    assert tasks[0].text == "公开预算。按时公开预算。"


def test_a_second_name_in_any_bracket_stays_with_its_unit() -> None:
    (task,) = tasks_of(
        "青岚市政务公开工作方案\n一、公开财政\n1．公开预算。（市府办〔市大数据局〕牵头，各县〔区〕政府按职责分工负责）\n"
    )
    assert (names(task, LEAD), names(task, BY)) == (["市府办〔市大数据局〕"], ["各县〔区〕政府"])


def test_items_run_together_in_one_paragraph() -> None:
    measure = (
        "对来青岚创业的团队，经认定后给予资助，并在用地、用能、住房、子女入学等方面给予支持，"
        "具体办法另行制定，条件不变。"
    )
    tasks = tasks_of(
        f"青岚市招才若干措施\n为落实部署，提出以下意见。1.{measure * 2}责任单位：市委组织部、市科技局。"
        f"2.{measure * 2}责任单位：市财政局。3.{measure}责任单位：市人社局。\n"
    )
    assert [(task.number, names(task, BY)) for task in tasks] == [
        ("1", ["市委组织部", "市科技局"]),
        ("2", ["市财政局"]),
        ("3", ["市人社局"]),
    ]


def test_conditions_of_help_are_no_targets() -> None:
    sentence = "对实际投资3亿元以上的项目给予奖励指标1名，同一企业当年度最多不超过8名，新增用地按规定办理。"
    assert _figures(sentence, "青岚市招商若干措施") == []


def test_a_heading_with_the_coming_year_promises() -> None:
    (document,) = read(
        "政府工作报告\n——2031年1月8日在青岚市第九届人民代表大会第一次会议上\n一、2030年工作回顾\n全年生产总值增长5%。\n"
        "二、2031年工作\n新增绿地28公顷。\n"
    ).documents
    assert [(each.value, each.role) for each in document.targets] == [(5, "result"), (28, "promise")]


def test_a_heading_about_work_names_no_unit() -> None:
    text = (
        "青岚县2031年法治政府建设工作安排\n一、依法全面履行政府职能\n（一）提供法治保障。加强规范性文件审查。\n"
        "责任单位：县司法局、各有关部门。\n（二）提高治理能力。坚持依法科学防控。\n"
    )
    assert [task.number for task in tasks_of(text)] == ["一"]


@pytest.mark.parametrize(
    "head",
    [
        "序号项目名称主要内容区政府分管领导牵头单位配合单位",
        "实事内容工作任务责任单位进展情况",
        "工作任务责任单位完成时限",
    ],
)
def test_a_table_whose_cells_ran_together_is_said_to_be_lost(head: str) -> None:
    reading = read(f"青岚区民生实事\n{head}\n教育惠民新建小学2所。区教育局，各镇街完成选址。\n")
    assert "table_unreadable" in [issue.code for issue in reading.issues]
    assert not any(document.tasks for document in reading.documents)


def test_running_text_about_units_is_no_lost_table() -> None:
    text = "青岚区通知\n各单位要明确工作任务、责任单位、完成时限。对照任务，责任单位完成情况要及时报送。\n"
    assert "table_unreadable" not in [issue.code for issue in read(text).issues]
