"""Lists attached to reports: livelihood items, policies with their drafting units, action plans, others."""

from collections import Counter
from pathlib import Path

import pytest
from tests.reading.reader import read

from luoshi.reading import Reading, read_file
from luoshi.reading.findings import ListItem

REPORT = (
    "政府工作报告\n——2031年1月8日在青岚市第十届人民代表大会第四次会议上\n各位代表：\n"
    "现在，我代表市人民政府，向大会报告工作，请予审议。\n一、过去一年工作回顾\n全市各项事业取得新进展。\n"
)
LETTER = (
    "青岚市人民政府办公室关于印发2031年民生实事的通知\n青政办发〔2031〕3号\n各县（市、区）人民政府：\n"
    "现将2031年十件民生实事印发给你们，请认真落实。\n青岚市人民政府办公室\n2031年2月3日\n"
)
Row = tuple[str, str, str, str, list[str]]


def items(reading: Reading) -> list[ListItem]:
    return [each for document in reading.documents for each in document.items]


def rows(words: str) -> list[Row]:
    """Kind, number, name, text and units of every item."""
    return [
        (each.kind, each.number, each.name, each.text, [party.name for party in each.units])
        for each in items(read(words))
    ]


FORMS: dict[str, tuple[str, list[Row]]] = {
    "livelihood": (
        REPORT + "附件1\n2031年重点民生事项清单\n1.新建幼儿园11所，新增学位\n2550个；\n2.筹建住房1000套。\n",
        [
            ("livelihood", "1", "", "新建幼儿园11所，新增学位2550个", []),
            ("livelihood", "2", "", "筹建住房1000套。", []),
        ],
    ),
    "livelihood in groups": (
        REPORT + "附件\n2031年为民办实事项目清单\n一、教育惠民（2项）\n1.新建中小学5所；\n2.新增学位5000个；\n"
        "二、健康惠民（1项）\n3.建设卫生站10个。\n",
        [
            ("livelihood", "1", "", "新建中小学5所", []),
            ("livelihood", "2", "", "新增学位5000个", []),
            ("livelihood", "3", "", "建设卫生站10个。", []),
        ],
    ),
    "livelihood with clauses": (
        LETTER + "附：2031年十件民生实事\n一、新建幼儿园10所。（牵头单位：市教育局；责任单位：各县区人民政府）\n"
        "二、改造老旧小区50个。（市住房城乡建设局牵头，市财政局配合）\n",
        [
            ("livelihood", "一", "", "新建幼儿园10所。", ["市教育局", "各县区人民政府"]),
            ("livelihood", "二", "", "改造老旧小区50个。", ["市住房城乡建设局", "市财政局"]),
        ],
    ),
    "policies with drafting units": (
        REPORT + "附件2\n2031年拟制发主要政策清单\n1.关于新能源产业发展的意见（市发展改革委）\n"
        "2.关于在县（市、区)工业园简化调整的措施（市自然资源和规划局、市工业和信息化局）\n"
        "3.青岚市城市更新条例（草案）\n",
        [
            ("policies", "1", "", "关于新能源产业发展的意见", ["市发展改革委"]),
            (
                "policies",
                "2",
                "",
                "关于在县（市、区)工业园简化调整的措施",
                ["市自然资源和规划局", "市工业和信息化局"],
            ),
            ("policies", "3", "", "青岚市城市更新条例（草案）", []),
        ],
    ),
    "policies in a table": (
        REPORT + "附件\n2031年拟出台重要政策文件目录\n序号\t文件名称\t起草单位\t出台时间\n"
        "1\t关于支持民营经济的若干措施\t市发展改革委、市工业和信息化局\t6月底前\n"
        "2\t城市更新条例（草案）\t市住房城乡建设局\t9月底前\n",
        [
            ("policies", "1", "", "关于支持民营经济的若干措施", ["市发展改革委", "市工业和信息化局"]),
            ("policies", "2", "", "城市更新条例（草案）", ["市住房城乡建设局"]),
        ],
    ),
    "actions": (
        REPORT
        + "附件3\n2031年重点行动计划清单\n1.城市更新行动：编制规划；指导试点。\n"
        + "2.“四减四增”行动（2031-2033）：调整结构。\n",
        [
            ("actions", "1", "城市更新行动", "编制规划；指导试点。", []),
            ("actions", "2", "“四减四增”行动（2031-2033）", "调整结构。", []),
        ],
    ),
    "projects in a table": (
        REPORT + "附件\n2031年重点项目清单\n序号\t企业名称\t项目名称\t总投资（亿元）\n1\t青岚公司\t青岚制造基地\t12\n"
        "2\t岚水公司\t岚水算力中心\t13\n",
        [("other", "1", "", "青岚制造基地", []), ("other", "2", "", "岚水算力中心", [])],
    ),
    "other lists": (
        REPORT + "附件\n2031年重大工程项目清单\n1.青岚水库：总投资3亿元。\n2.青岚大桥：主跨200米，\n2032年建成。\n",
        [
            ("other", "1", "青岚水库", "总投资3亿元。", []),
            ("other", "2", "青岚大桥", "主跨200米，2032年建成。", []),
        ],
    ),
}


@pytest.mark.parametrize(("words", "expected"), FORMS.values(), ids=list(FORMS))
def test_each_form_is_read(words: str, expected: list[Row]) -> None:
    assert rows(words) == expected


def test_an_item_and_its_units_have_their_places() -> None:
    reading = read(
        REPORT + "附件2\n2031年拟制发主要政策清单\n1.关于发展的\n意见（市发展\n改革委）\n2.青岚市办法（市水利局）\n"
    )
    first = items(reading)[0]
    assert first.list == "2031年拟制发主要政策清单"
    assert first.span.of(reading.text) == "1.关于发展的\n意见（市发展\n改革委）"
    assert [party.span.of(reading.text) for party in first.units] == ["市发展\n改革委"]


@pytest.mark.parametrize(
    "words",
    [
        "青岚市大气污染防治行动计划\n一、总体要求\n坚持源头治理。\n二、重点任务\n（一）治理扬尘。\n",
        "青岚市政策文件管理办法\n第一条 为规范管理，制定本办法。\n第二条 本办法自发布之日起施行。\n",
        REPORT + "二、今年重点工作\n（一）抓好重大项目\n1.修路。\n2.架桥。\n",
        "2031年重点任务分工方案\n1.修路架桥。（责任单位：市交通局）\n2.植树造林。（责任单位：市林业局）\n",
    ],
    ids=["a plan", "a measure", "a report", "a task plan"],
)
def test_what_is_no_list_has_no_items(words: str) -> None:
    assert rows(words) == []


def test_the_lists_of_2022(shared: Path) -> None:
    found = items(read_file(shared / "corpus/work-report-2022-12.txt"))
    assert Counter(each.kind for each in found) == {"livelihood": 30, "policies": 31, "actions": 16}
    by_kind = {kind: [each for each in found if each.kind == kind] for kind in ("livelihood", "policies", "actions")}
    for listed in by_kind.values():
        assert [each.number for each in listed] == [str(number + 1) for number in range(len(listed))]
    assert all(len(each.units) == 1 for each in by_kind["policies"])
    assert by_kind["policies"][13].units[0].name == "市自然资源和规划局"
    assert by_kind["policies"][30].text == "关于金融产业高质量发展的意见"
    assert by_kind["livelihood"][0].text == "新改扩建公办幼儿园11所，新增公办园学位2550个"
    assert by_kind["actions"][13].name == "“四减四增”三年行动（2021-2023）"
    assert all(each.name for each in by_kind["actions"])


def test_there_are_no_other_lists(shared: Path) -> None:
    for path in sorted((shared / "corpus").glob("*.txt")):
        assert path.name == "work-report-2022-12.txt" or not items(read_file(path)), path.name


def test_a_table_with_names_and_what_they_stand_for() -> None:
    words = (
        "2031年青岚市十件民生实事\n序号\t项目名称\t建设内容\t责任单位\n1\t教育提升工程\t新建公办幼儿园10所\t市教育局\n"
        "2\t安居工程\t改造老旧小区50个\t市住房城乡建设局\n"
    )
    assert rows(words) == [
        ("livelihood", "1", "教育提升工程", "新建公办幼儿园10所", ["市教育局"]),
        ("livelihood", "2", "安居工程", "改造老旧小区50个", ["市住房城乡建设局"]),
    ]


def test_decisions_to_be_taken_are_policies() -> None:
    words = (
        "青岚市人民政府2031年度重大行政决策事项目录\n序号\t决策事项名称\t承办单位\n1\t青岚市河道保护规划\t市水利局\n"
        "2\t青岚市公园管理办法\t市城管局\n"
    )
    assert [row[0] for row in rows(words)] == ["policies", "policies"]


def test_documents_repealed_are_no_policies() -> None:
    words = "废止的规范性文件目录\n1．青岚市河道管理办法\n2．青岚市公园管理办法\n"
    assert "policies" not in [row[0] for row in rows(words)]


def test_who_drafts_is_named_in_the_bracket() -> None:
    words = (
        "青岚市人民政府2031年规范性文件制定计划\n1．青岚市河道管理办法（市水利局起草）\n"
        "2．青岚市公园管理办法（由市城管局、市林业局负责起草）\n"
    )
    assert [(row[3], row[4]) for row in rows(words)] == [
        ("青岚市河道管理办法", ["市水利局"]),
        ("青岚市公园管理办法", ["市城管局", "市林业局"]),
    ]
