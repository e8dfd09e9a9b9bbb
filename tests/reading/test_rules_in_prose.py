"""Measures, rules and emergency plans of invented places: who does what in articles, lists and numbered headings."""

import pytest
from tests.reading.reader import read, tasks_of

from luoshi.reading.responsibilities.parties import split_names
from luoshi.reading.view import make_view


def said(body: str, title: str = "青山市竹木市场管理办法") -> list[tuple[str, list[str], list[str], str]]:
    """Return of each task its first words, who answers, who helps and the printed limit."""
    found = []
    for task in tasks_of(read(f"{title}\n\n{body}\n")):
        names = [party.name for party in (*task.lead_units, *task.responsible_units)]
        helpers = [party.name for party in task.cooperating_units]
        found.append((task.text[:8], names, helpers, task.deadline.text if task.deadline else ""))
    return found


@pytest.mark.parametrize(
    ("article", "names", "helpers"),
    [
        ("林业部门在核发竹木经营证照时，应当标注经营范围。", ["林业部门"], []),
        ("林业部门收到报告后，应当派员到场查看。", ["林业部门"], []),
        ("林业部门应当加强对市场的巡查。", ["林业部门"], []),
        ("县（市、区）人民政府应当加强对市场的领导，将市场建设纳入专项规划。", ["县（市、区）人民政府"], []),
        ("竹木质量由市林业部门按统一标准进行检验和登记。", ["市林业部门"], []),
        ("竹木市场的巡查由县人民政府确定的部门负责。", ["县人民政府确定的部门"], []),
        ("市场以外的竹木，分别由所在地的街道办事处负责清点。", ["街道办事处"], []),
        ("市人民政府设立的竹木服务机构应当公布服务内容。", ["市人民政府设立的竹木服务机构"], []),
        (
            "竹木市场的行业主管部门应当会同公安、应急管理等部门检查市场安全。",
            ["竹木市场的行业主管部门"],
            ["公安", "应急管理"],
        ),
        ("林业部门主管本行政区域内的竹木市场工作。", ["林业部门"], []),
        ("负有监督管理职责的部门应当在合理期限内抽查。", ["部门"], []),
        ("并联审批牵头部门应当一次性告知所需材料。", ["并联审批牵头部门"], []),
        ("两个以上部门需要进行实地勘验的，牵头部门应当组织联合勘验。", ["牵头部门"], []),
        ("市供电公司负责市场电力供应。", ["市供电公司"], []),
        ("街道办事处、村民委员会，在各自职责范围内负责市场清扫。", ["街道办事处", "村民委员会"], []),
        (
            "重大事项由市林业局会同市政府督查室、市财政局等单位组成督查组，负责跟踪检查。",
            ["市林业局"],
            ["市政府督查室", "市财政局"],
        ),
        ("县林业局对符合条件的市场，应当予以登记。", ["县林业局"], []),
        ("林业、供销、市场监管部门负责可回收竹料的管理。", ["林业", "供销", "市场监管部门"], []),
        ("市安委会按照省有关规定，负责统一指挥。", ["市安委会"], []),
        ("街道办事处是市场监管责任的落实主体，负责日常巡查。", ["街道办事处"], []),
        ("市林业局为全市竹木市场的行政主管部门。", ["市林业局"], []),
        ("市林业局和其他负有监督职责的部门，应当公开信息。", ["市林业局", "其他负有监督职责的部门"], []),
        ("县人民政府应当组织宣传，对成绩突出的单位给予奖励。", ["县人民政府"], []),
        ("县人民政府在用地、用电等方面给予扶持。", ["县人民政府"], []),
    ],
)
def test_an_article_tells_who_does_what(article: str, names: list[str], helpers: list[str]) -> None:
    rows = said(f"第一条 为了规范竹木市场，制定本办法。\n第二条 {article}")
    assert [(row[1], row[2]) for row in rows] == [(names, helpers)]


@pytest.mark.parametrize(
    "article",
    [
        "本办法所称联合检查，是指由多个部门共同参与，分别由林业、财政部门牵头负责的检查。",
        "经营者逾期未补正材料的，林业部门应当作出不予登记的决定。",
        "经营者有下列行为之一的，责令限期整改，并由市林业部门负责查处，依法追究责任。",
        "县人民政府对在市场建设中成绩显著的单位和个人，给予表彰和奖励。",
        "市审计机关对市场资金的审计结果，对有关各方均具有约束力。",
        "建设市场涉及林地的，建设单位应当提出方案，报林业部门审核同意。",
        "县人民政府应当高度重视市场建设，加强领导。",
        "各级人民政府应当加强对市场建设的领导。",
        "经营场所应当配合林业部门检查，不得拒绝。",
        "废料应当交由专业废料处置单位进行处置。",
        "检验费用由县人民政府承担。",
        "接收单位应当对竹木进行查验。",
    ],
)
def test_definitions_penalties_honours_and_exhortations_are_no_tasks(article: str) -> None:
    assert said(f"第一条 为了规范竹木市场，制定本办法。\n第二条 {article}") == []


def test_points_without_numbers_belong_to_whom_the_article_names() -> None:
    points = "公布市场名录；\n登记经营者信息；\n其他需要办理的事项。"
    body = f"第一条 为了规范竹木市场，制定本办法。\n第二条 市林业局应当承担以下职责：\n{points}"
    assert said(body) == [("公布市场名录", ["市林业局"], [], ""), ("登记经营者信息", ["市林业局"], [], "")]


@pytest.mark.parametrize(
    ("sentence", "limit"),
    [
        ("市林业局应当于每年3月底前公布市场名录。", "每年3月底前"),
        ("市林业局应当自受理申请之日起5个工作日内完成审查。", "自受理申请之日起5个工作日内"),
        ("市林业局应当在收到材料后20个工作日内组织评审。", "收到材料后20个工作日内"),
        ("县林业局接到报告后2小时内上报市林业局。", "接到报告后2小时内"),
        ("市林业局应当于2031年6月底前制定目录。", "2031年6月底前"),
        ("市林业局应当每年至少开展一次检查。", ""),
        ("市林业局应当在3个月内制定目录，并在6个月内公布。", ""),
    ],
)
def test_the_words_of_a_limit_without_a_day_are_kept(sentence: str, limit: str) -> None:
    assert [row[3] for row in said(f"第一条 为了规范竹木市场，制定本办法。\n第二条 {sentence}")] == [limit]


PLAN = """1 总则
1.1 编制目的
为了做好竹木火灾应对工作，制定本预案。
2 组织体系
2.1 指挥部
市政府设立指挥部。
2.1.1 市交通局
负责调配车辆。
2.1.2 市民政局
在灾害造成群众生活困难时，负责群众的生活救济。
2.2 成员单位职责
市水务局：做好水源监测。
市供电公司：负责电力供应。
3 预防
3.1 日常监测
市林业局负责日常监测。
"""


def test_an_emergency_plan_goes_by_decimal_numbers() -> None:
    reading = read(f"青山市竹木火灾应急预案\n\n{PLAN}")
    ids = [item.id for item in reading.documents[0].provisions]
    assert ids == ["n1", "n1-d1", "n2", "n2-d1", "n2-d1-d1", "n2-d1-d2", "n2-d2", "n3", "n3-d1"]
    rows = said(PLAN, "青山市竹木火灾应急预案")
    assert [row[1][0] for row in rows] == ["市交通局", "市民政局", "市水务局", "市供电公司", "市林业局"]


def test_its_duties_are_those_of_the_unit_before() -> None:
    points = "（一）公布名录；\n（二）受理投诉。"
    body = f"第一条 制定本办法。\n第二条 市林业局负责组织实施本办法。其主要职责是：\n{points}"
    assert [(row[0], row[1]) for row in said(body)] == [("公布名录", ["市林业局"]), ("受理投诉。", ["市林业局"])]


def test_units_before_a_colon_may_end_in_etc_and_unions_help() -> None:
    plan = "一、职责\n1、市林业局：负责巡查。\n2、市水利局、农业局等：协助做好处置工作。"
    assert [row[1] for row in said(plan, "青山市竹木火灾应急预案")] == [["市林业局"], ["市水利局", "农业局"]]
    view = make_view("各级财政、林业部门和工会、妇联组织")
    assert [party.name for party in split_names(view, 0, len(view.folded))][-2:] == ["工会", "妇联组织"]
