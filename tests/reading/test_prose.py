"""Articles and sentences that name who does what, in documents without responsibility clauses."""

from pathlib import Path

import pytest
from tests.reading.reader import names, read, tasks_of

from luoshi.reading import Task

LEAD, WITH, BY = "lead_units", "cooperating_units", "responsible_units"
MEASURES = "青岚市养老服务补贴资金管理办法\n\n第一条 为规范补贴资金管理，制定本办法。\n\n"
OPINION = "青岚市人民政府关于加强养老服务工作的实施意见\n\n一、主要任务\n\n"

ARTICLES = [
    ("市财政局负责审核预算。", [{BY: ["市财政局"]}]),
    ("市财政局、市民政局负责补贴资金的分配。", [{BY: ["市财政局", "市民政局"]}]),
    ("市民政局会同市财政局、市医保局制定年度计划。", [{BY: ["市民政局"], WITH: ["市财政局", "市医保局"]}]),
    ("市民政局应当会同市财政局等部门制定年度计划。", [{BY: ["市民政局"], WITH: ["市财政局"]}]),
    ("财政部门负责会同民政部门制定补贴标准。", [{BY: ["财政部门"], WITH: ["民政部门"]}]),
    ("补贴资金由市民政局会同市财政局管理。", [{BY: ["市民政局"], WITH: ["市财政局"]}]),
    ("申报工作由市民政局牵头，市财政局配合。", [{LEAD: ["市民政局"], WITH: ["市财政局"]}]),
    ("市民政局牵头组织评审，市财政局、市审计局参与。", [{LEAD: ["市民政局"], WITH: ["市财政局", "市审计局"]}]),
    ("市民政局应于每年3月底前公布补贴名单。", [{BY: ["市民政局"]}]),
    ("各县（市、区）民政部门应当于每年6月10日前将使用情况报市民政局。", [{BY: ["各县（市、区）民政部门"]}]),
    ("县级以上民政部门应当建立补贴对象台账。", [{BY: ["县级以上民政部门"]}]),
    ("财政、民政部门应当定期开展监督检查。", [{BY: ["财政", "民政部门"]}]),
    ("民政部门和养老服务机构主管部门应当公开受理电话。", [{BY: ["民政部门", "养老服务机构主管部门"]}]),
    ("市、县民政部门应当设立举报信箱。", [{BY: ["市、县民政部门"]}]),
    ("各区县要制定实施细则，报市民政局备案。", [{BY: ["各区县"]}]),
    ("乡镇（街道）负责受理和初审，村（社区）协助做好公示。", [{BY: ["乡镇（街道）"], WITH: ["村（社区）"]}]),
    (
        "市财政局负责资金拨付，市审计局负责审计监督。",
        [{BY: ["市财政局"]}, {BY: ["市审计局"]}],
    ),
    ("市民政局根据评审结果提出分配方案，报市财政局。", [{BY: ["市民政局"]}]),
    ("资金下达后，市民政局应当在15个工作日内拨付到位。", [{BY: ["市民政局"]}]),
    ("市民政局自受理申请之日起10个工作日内完成审核。", [{BY: ["市民政局"]}]),
    ("市教育、民政等行政主管部门负责本行业的监督管理。", [{BY: ["市教育", "民政"]}]),
    ("审计、监察机关应当对资金使用进行监督。", [{BY: ["审计", "监察机关"]}]),
    (
        "用地由自然资源部门负责保障，资金由财政部门负责保障。",
        [{BY: ["自然资源部门"]}, {BY: ["财政部门"]}],
    ),
    ("请各成员单位于4月10日前报领导小组办公室。", [{BY: ["各成员单位"]}]),
    ("市民政局是补贴资金管理的责任主体。", [{BY: ["市民政局"]}]),
    ("青岚城投集团有限公司负责设施建设。", [{BY: ["青岚城投集团有限公司"]}]),
]

NOTHING = [
    "申请人应当如实提供材料。",
    "运营单位应当建立安全制度。",
    "公安、交通等部门应当按照职责分工做好有关工作。",
    "专项资金由主管部门提出申请，经财政部门审核后报市人民政府批准。",
    "任何单位和个人应当如实举报。",
    "各级各部门要把助餐服务摆上重要位置。",
    "领导小组办公室设在市财政局，负责日常工作。",
    "养老机构应当按月申报补贴。",
    "用人单位应当依法缴纳社会保险费。",
    "各县（市、区）可以结合实际制定实施细则。",
    "县级财政部门可适当提高补贴标准。",
    "各级财政部门不得设立专户。",
    "本办法由市财政局、市民政局负责解释。",
    "各级民政部门应当加强资金管理，提高使用效益。",
    "各县（市、区）要高度重视，切实加强组织领导。",
    "经市民政局审核、市财政局复核后拨付。",
    "向市民政局提出申请，由市民政局审核。",
    "补贴资金是指市财政局安排的专项资金。",
    "对未按规定报送的县（市、区），扣减下年度资金。",
    "加强市民政局应急队伍建设，按照要求开展演练。",
    "支持市工商联会员企业要素需求。",
    "市财政局负责人应当签字。",
    "市应急管理局、市要素保障局名称变更。",
]


def _articles(sentence: str) -> list[Task]:
    return tasks_of(read(f"{MEASURES}第二条 {sentence}\n\n第三条 本办法自2031年1月1日起施行。\n"))


@pytest.mark.parametrize(("sentence", "expected"), ARTICLES, ids=[each[0] for each in ARTICLES])
def test_articles_that_name_who_does_what_are_tasks(sentence: str, expected: list[dict[str, list[str]]]) -> None:
    tasks = _articles(sentence)
    assert [names(task) for task in tasks] == expected
    assert {task.number for task in tasks} == {"第二条"}
    assert "".join(task.text for task in tasks).replace("，", "") == sentence.replace("，", "")
    assert all("prose_clause" in task.doubts for task in tasks)


@pytest.mark.parametrize("sentence", NOTHING)
def test_other_sentences_are_none(sentence: str) -> None:
    assert _articles(sentence) == []


def test_names_that_share_their_ending_are_completed() -> None:
    (task,) = _articles("财政、民政部门和市教育、卫生健康等主管部门应当建立台账。")
    assert [party.full_name for party in task.responsible_units] == [
        *("财政部门", "民政部门", "市教育部门", "卫生健康部门"),
    ]
    assert {party.kind for party in task.responsible_units} == {"unit"}


def test_each_sentence_of_an_article_is_a_task_of_its_own() -> None:
    first, second = _articles("各县（市、区）财政局应当于每年3月10日前报送决算。市财政局应于每年6月底前公告。")
    assert (first.text, names(first)) == (
        "各县（市、区）财政局应当于每年3月10日前报送决算。",
        {BY: ["各县（市、区）财政局"]},
    )
    assert (second.text, names(second)) == ("市财政局应于每年6月底前公告。", {BY: ["市财政局"]})
    assert first.id != second.id


def test_a_heading_gives_its_unit_to_the_items_under_it() -> None:
    reading = read(
        MEASURES + "第二条 市财政局主要职责：\n（一）审核预算；\n（二）拨付资金。\n\n"
        "第三条 业务主管部门应当履行下列职责：\n（一）编制预算；\n（二）组织验收。\n"
    )
    assert [(task.number, task.text, names(task)[BY]) for task in tasks_of(reading)] == [
        ("一", "审核预算", ["市财政局"]),
        ("二", "拨付资金。", ["市财政局"]),
        ("一", "编制预算", ["业务主管部门"]),
        ("二", "组织验收。", ["业务主管部门"]),
    ]


def test_items_headed_by_a_unit() -> None:
    reading = read(
        OPINION.replace("主要任务", "职责分工")
        + "（一）市公安局。负责维护治安秩序。\n（二）市教育局：做好宣传教育。\n（三）各镇人民政府。摸清底数，"
        "建立台账。\n"
    )
    assert [(task.text, names(task)[BY]) for task in tasks_of(reading)] == [
        ("负责维护治安秩序。", ["市公安局"]),
        ("做好宣传教育。", ["市教育局"]),
        ("摸清底数，建立台账。", ["各镇人民政府"]),
    ]


def test_paragraphs_without_numbers() -> None:
    reading = read(
        "青岚市人民政府办公室关于做好防汛工作的通知\n\n各区人民政府，市有关部门：\n\n为做好防汛工作，现通知如下。\n\n"
        "请各区人民政府于5月底前将实施\n方案报市防汛办。\n\n市水利局：负责水库调度。\n市气象局：负责预报预警。\n\n"
        "青岚市人民政府办公室\n2031年4月8日\n"
    )
    assert [(task.text, names(task)[BY]) for task in tasks_of(reading)] == [
        ("请各区人民政府于5月底前将实施方案报市防汛办。", ["各区人民政府"]),
        ("市水利局：负责水库调度。", ["市水利局"]),
        ("市气象局：负责预报预警。", ["市气象局"]),
    ]


def test_a_part_with_a_clause_has_no_other_tasks() -> None:
    reading = read(OPINION + "1. 修路。（责任单位：市交通局）\n2. 植树。市林业局负责验收。\n")
    assert [task.number for task in tasks_of(reading)] == ["1"]


@pytest.mark.parametrize(
    ("heading", "count"),
    [("主要任务", 1), ("总体要求", 0), ("基本原则", 0), ("保障措施", 0), ("工作要求", 0)],
)
def test_sections_that_exhort_hold_no_undated_tasks(heading: str, count: int) -> None:
    reading = read(OPINION.replace("主要任务", heading) + "（一）建立机制。各县（市、区）要建立联席会议制度。\n")
    assert len(tasks_of(reading)) == count


def test_dated_duties_count_among_exhortations() -> None:
    reading = read(
        OPINION.replace("主要任务", "保障措施") + "（一）抓好落实。各县（市、区）要于6月底前报送实施方案。\n"
    )
    (task,) = tasks_of(reading)
    assert names(task) == {BY: ["各县（市、区）"]}


@pytest.mark.parametrize("title", ["2031年政府工作报告", "关于任免许知远等职务的通知", "青岚市人民政府大事记"])
def test_other_kinds_of_documents_have_no_such_tasks(title: str) -> None:
    assert tasks_of(read(f"{title}\n\n一、主要任务\n\n1. 市财政局负责审核预算工作，确保按时完成。\n")) == []


def _tasks(shared: Path, file: str, number: str) -> list[Task]:
    from luoshi.reading import read_file

    documents = read_file(shared / "corpus" / file).documents
    return [task for document in documents if document.doc_number == number for task in document.tasks]


def test_measures_of_the_gazettes(shared: Path) -> None:
    welfare = _tasks(shared, "gazette-2019-04.txt", "聊财社〔2019〕69号")
    dated = [(task.number, names(task)) for task in welfare if task.number == "第十五条"]
    assert dated == [
        ("第十五条", {BY: ["各县(市、区)民政部门"]}),
        ("第十五条", {BY: ["市民政局"]}),
    ]
    assert ("第四条", {BY: ["财政部门"], WITH: ["民政部门"]}) in [(task.number, names(task)) for task in welfare]
    assert len(welfare) == 15
    assert len(_tasks(shared, "gazette-2019-04.txt", "聊财社〔2019〕70号")) == 21


def test_duties_under_headings_of_the_guardian_plan(shared: Path) -> None:
    tasks = _tasks(shared, "gazette-2021-02.txt", "聊政字〔2021〕3号")
    assert [(task.number, names(task)[BY][0]) for task in tasks] == [
        *((f"{number}", "田长") for number in range(1, 6)),
        *((f"{number}", "县(市、区)人民政府(市属开发区管委会)") for number in range(1, 4)),
        *((f"{number}", "乡镇政府（街道办事处）") for number in range(1, 4)),
        ("一", "各县（市、区）人民政府"),
    ]
