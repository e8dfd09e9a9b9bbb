"""More ways in which running text tells units what to do: lists of units, scopes, excerpts without a title."""

import pytest
from tests.reading.reader import names, read, tasks_of

from luoshi.reading import Task

LEAD, WITH, BY = "lead_units", "cooperating_units", "responsible_units"
RULES = "青岚市临时救助办法\n\n第一条 为规范临时救助，制定本办法。\n\n"

ARTICLES = [
    ("临时救助金原则上由民政部门通过银行发放。", [{BY: ["民政部门"]}]),
    ("情况紧急的，由县级以上民政部门直接受理。", [{BY: ["县级以上民政部门"]}]),
    ("审计、监察部门依法监督救助金的使用情况。", [{BY: ["审计", "监察部门"]}]),
    ("县（市、区）人民政府应按规定将救助金纳入财政预算。", [{BY: ["县（市、区）人民政府"]}]),
    ("市和区、县司法行政部门负责组织协调。", [{BY: ["市和区、县司法行政部门"]}]),
    ("乡镇、街道司法行政机构具体承担日常工作。", [{BY: ["乡镇、街道司法行政机构"]}]),
    ("财政、教育等行政主管部门，按照各自职责做好救助工作。", [{BY: ["财政", "教育"]}]),
    ("财政、教育、卫生等部门，要制定本行业的帮扶办法。", [{BY: ["财政", "教育", "卫生"]}]),
    ("各镇社会事务部门在民政部门的指导下，负责辖区内的救助工作。", [{BY: ["各镇社会事务部门"]}]),
    ("建设、交通等部门负责临时安置点的改造。", [{BY: ["建设", "交通"]}]),
]
NOTHING = [
    "构成犯罪的，司法机关依法追究刑事责任。",
    "逾期不改正的，由市民政局责令退回救助金。",
    "信息由人力资源社会保障部门核查。",
    "土地使用单位必须依法使用土地。",
    "由市民政局选定两家保险公司承保，具体实施办法另行制定。",
    "对不符合条件的，连同材料报县民政部门，应当说明理由。",
    "临时救助实行行政首长负责制。",
]


def _articles(sentence: str) -> list[Task]:
    return tasks_of(read(f"{RULES}第二条 {sentence}\n\n第三条 本办法自2031年1月1日起施行。\n"))


@pytest.mark.parametrize(("sentence", "expected"), ARTICLES, ids=[each[0] for each in ARTICLES])
def test_articles(sentence: str, expected: list[dict[str, list[str]]]) -> None:
    assert [names(task) for task in _articles(sentence)] == expected


@pytest.mark.parametrize("sentence", NOTHING)
def test_what_no_unit_is_told_to_do(sentence: str) -> None:
    assert _articles(sentence) == []


def test_points_of_an_article_keep_the_unit_they_name() -> None:
    tasks = tasks_of(
        read(
            RULES + "第二条 市人民政府应当加强领导。\n市、区人民政府有关部门依法履行下列职责：\n"
            "（一）公安机关负责登记；\n（二）市场监督管理部门负责销售监管。\n"
            "财政、交通等部门，按照各自职责做好相关工作。\n"
        )
    )
    assert [(task.number, names(task)[BY]) for task in tasks] == [
        ("一", ["公安机关"]),
        ("二", ["市场监督管理部门"]),
        ("二", ["财政", "交通"]),
    ]


def test_words_after_the_points_of_an_article_are_their_own() -> None:
    tasks = tasks_of(
        read(
            RULES
            + "第二条 公安机关应当履行下列职责：\n（一）检查安防；\n（二）日常巡逻。\n市卫健委会同市公安局制定名录。\n"
        )
    )
    assert [(task.text, names(task)) for task in tasks] == [
        ("检查安防", {BY: ["公安机关"]}),
        ("日常巡逻。", {BY: ["公安机关"]}),
        ("市卫健委会同市公安局制定名录。", {BY: ["市卫健委"], WITH: ["市公安局"]}),
    ]


ALLOTTED = (
    "（二）各司其职。财政部门要加大投入力度。审计部门要加强监督。市大数据中心要推进信息共享。各级政府要高度重视。"
)


def test_one_unit_after_the_other_is_told_its_part() -> None:
    plan = "青岚市救助体系建设实施意见\n\n一、保障措施\n\n（一）加强领导。财政部门要切实加大投入力度。\n\n"
    assert [names(task)[BY] for task in tasks_of(read(plan + ALLOTTED + "\n"))] == [
        ["财政部门"],
        ["审计部门"],
        ["市大数据中心"],
    ]


def test_a_single_exhortation_is_no_task() -> None:
    plan = "青岚市救助体系建设实施意见\n\n一、保障措施\n\n（一）加强领导。财政部门要切实加大投入力度。\n"
    assert tasks_of(read(plan)) == []


def test_an_excerpt_without_a_title_is_read() -> None:
    text = (
        "（一）各区政府负责拆除辖区内的违法建设，市有关部门全力配合。\n"
        "（二）各级组织部门对完不成任务的干部，给予组织处理。\n"
        "（三）各级宣传部门负责宣传工作。要制定宣传方案。\n（四）各级纪检监察机关要加强监督检查。\n"
    )
    assert [(task.number, names(task)) for task in tasks_of(read(text))] == [
        ("一", {BY: ["各区政府"], WITH: ["市有关部门"]}),
        ("二", {BY: ["各级组织部门"]}),
        ("三", {BY: ["各级宣传部门"]}),
        ("四", {BY: ["各级纪检监察机关"]}),
    ]


def test_lines_of_units_inside_an_item() -> None:
    text = (
        "4、各镇政府必须制定本辖区的方案。\n5、各部门要各司其职。其职责分工为：\n区委宣传部：制订宣传方案。\n"
        "商委：掌握供销情况。\n教委：负责学校教育，安排各中小学校在放假前宣讲。\n"
    )
    assert [(task.text, names(task)[BY]) for task in tasks_of(read(text))] == [
        ("各镇政府必须制定本辖区的方案。", ["各镇政府"]),
        ("制订宣传方案。", ["区委宣传部"]),
        ("掌握供销情况。", ["商委"]),
        ("负责学校教育，安排各中小学校在放假前宣讲。", ["教委"]),
    ]


def test_whom_to_call_answers_for_nothing() -> None:
    letter = (
        "关于报送工作情况的通知\n\n各区县政府，市政府各部门：\n\n"
        "一、各区县政府、市政府各部门每月10日前要将情况报市政府研究室。（联系人：林小勤、刘大轶；联系电话：66330000）\n"
    )
    (task,) = tasks_of(read(letter))
    assert names(task) == {BY: ["各区县政府", "市政府各部门"]}


def test_the_matter_before_a_closing_unit_is_no_name() -> None:
    text = "七、资金筹集\n（一）资金结算。\n居家服务资金结算由各区（开发区）财政部门负责。\n（二）其他。\n略。\n"
    (task,) = tasks_of(read(text))
    assert names(task) == {BY: ["各区（开发区）财政部门"]}


CLAUSES = [
    ("（商务部会同有关部门负责）", {BY: ["商务部"], WITH: ["有关部门"]}),
    ("（各省、自治区、直辖市人民政府，财政部）", {BY: ["各省、自治区、直辖市人民政府", "财政部"]}),
    ("（国家邮政局和各省、自治区、直辖市人民政府负责）", {BY: ["国家邮政局", "各省、自治区、直辖市人民政府"]}),
    ("（各市、州、林区人民政府，省直有关部门）", {BY: ["各市、州、林区人民政府", "省直有关部门"]}),
    ("（云岭生产建设兵团，各地（州、市）人民政府）", {BY: ["云岭生产建设兵团", "各地（州、市）人民政府"]}),
    ("（省发展改革委牵头制定，省财政厅配合实施）", {LEAD: ["省发展改革委"], WITH: ["省财政厅"]}),
    ("（工会、妇联等人民团体负责）", {BY: ["工会", "妇联"]}),
]


@pytest.mark.parametrize(("clause", "expected"), CLAUSES, ids=[each[0] for each in CLAUSES])
def test_clauses_of_states_and_provinces(clause: str, expected: dict[str, list[str]]) -> None:
    text = f"青岚省促进就业若干措施\n\n一、重点任务\n\n（一）完善培训制度。支持企业开展技能培训，扩大范围。{clause}\n"
    (task,) = tasks_of(read(text))
    assert names(task) == expected


def test_a_limit_of_a_partial_success() -> None:
    clause = "（市教委牵头，各区政府负责，2031年12月底前取得阶段性成效）"
    (task,) = tasks_of(read(f"青岚市若干措施\n\n一、任务\n\n（一）完善制度。支持企业开展技能培训。{clause}\n"))
    assert task.deadline is not None
    assert task.deadline.text == "2031年12月底前"


def test_articles_that_print_put_on_one_line() -> None:
    text = (
        "第四条 青岚市体育联席会议（以下简称联席会议）负责贴息资金的审议:\n（一）制定制度；\n（二）审定计划。 "
        "第五条 青岚市财政局负责预算安排和资金监管:\n（一）下达预算；\n（二）绩效考评。\n"
    )
    assert [(task.text, names(task)[BY]) for task in tasks_of(read(text))] == [
        ("制定制度", ["青岚市体育联席会议"]),
        ("审定计划。", ["青岚市体育联席会议"]),
        ("下达预算", ["青岚市财政局"]),
        ("绩效考评。", ["青岚市财政局"]),
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("县民政局在接到材料后的5个工作日内完成审批。", {BY: ["县民政局"]}),
        ("公示无异议的，由审批机关在公示后3个工作日内发放救助金。", {BY: ["审批机关"]}),
        ("公示有异议的，由乡镇、街道民政办补充调查。", {BY: ["乡镇、街道民政办"]}),
        ("县民政局设立救助金专户。", {BY: ["县民政局"]}),
        ("各区、县（市）民政部门设立救助金专户。", {BY: ["各区、县（市）民政部门"]}),
        ("管线工程，由市公路主管部门按照规划的要求组织建设。", {BY: ["市公路主管部门"]}),
        ("各级预报台应制定实施细则。", {BY: ["各级预报台"]}),
        ("区、县主管部门按照职责分工，负责本辖区的监督管理。", {BY: ["区、县主管部门"]}),
        ("各区人民政府对本辖区的救助工作负总责。", {BY: ["各区人民政府"]}),
    ],
)
def test_duties_of_procedure(sentence: str, expected: dict[str, list[str]]) -> None:
    (task,) = _articles(sentence)
    assert names(task) == expected


@pytest.mark.parametrize(
    "sentence",
    ["县民政局可委托乡镇人民政府直接发放救助金。", "救助标准由县人民政府确定。", "由所在单位给予处分。"],
)
def test_permissions_and_penalties(sentence: str) -> None:
    assert _articles(sentence) == []


def test_what_is_to_be_published_is_no_list_of_duties() -> None:
    tasks = tasks_of(
        read(RULES + "第二条 乡（镇）人民政府社会事务办负责组织村民委员会公开以下内容：\n（一）姓名；\n（二）标准。\n")
    )
    assert [(task.number, names(task)[BY]) for task in tasks] == [("第二条", ["乡（镇）人民政府社会事务办"])]


def test_duties_of_an_office_behind_a_colon() -> None:
    letter = (
        "关于建立联席会议制度的通知\n\n各县政府：\n\n一、联席会议的职责\n联席会议的职责是：负责指导全省工作；审定规划。\n"
        "二、联席会议成员\n召集人：马小平 副省长\n联席会议办公室职责：协调落实重大事项，负责日常工作。\n"
    )
    first, second = tasks_of(read(letter))
    assert (first.text[-14:], names(first)[BY]) == ("负责指导全省工作；审定规划。", ["联席会议"])
    assert (second.text, names(second)[BY]) == ("协调落实重大事项，负责日常工作。", ["联席会议办公室"])


def test_a_division_of_work() -> None:
    plan = (
        "青岚县防汛工作方案\n\n四、工作分工\n1.县应急局牵头组织抢险，负责物资调拨；县消防救援大队、县武装部配合；\n"
        "2.县气象局及时提供雨情信息，县融媒体中心做好宣传；\n3.各镇（街道）落实属地责任，组织群众避险。\n"
    )
    assert [(task.number, names(task)) for task in tasks_of(read(plan))] == [
        ("1", {LEAD: ["县应急局"], WITH: ["县消防救援大队", "县武装部"]}),
        ("2", {BY: ["县气象局"]}),
        ("2", {BY: ["县融媒体中心"]}),
        ("3", {BY: ["各镇（街道）"]}),
    ]


def test_a_title_line_is_no_part_of_the_first_sentence() -> None:
    letter = (
        "关于秸秆禁烧的通知\n\n各县政府：\n\n一、明确责任分工\n市生态环境局负责统筹协调和监督检查；市公安局负责查处焚烧行为。\n"
        "二、加强信息报送\n请各县于每周五下午17时前将进展报市生态环境局。\n"
    )
    assert [(task.number, names(task)[BY]) for task in tasks_of(read(letter))] == [
        ("一", ["市生态环境局"]),
        ("一", ["市公安局"]),
        ("二", ["各县"]),
    ]


def test_sentences_beside_one_that_closes_an_item() -> None:
    text = (
        "青岚省深化改革意见\n\n二、主要任务\n（一）健全制度。提高就诊率。由省卫生健康委牵头，省医保局参与。\n"
        "（二）改革支付。2031年12月底前，省医保局制定付费办法。\n"
    )
    assert [(task.number, names(task)) for task in tasks_of(read(text))] == [
        ("一", {LEAD: ["省卫生健康委"], WITH: ["省医保局"]}),
        ("二", {BY: ["省医保局"]}),
    ]
