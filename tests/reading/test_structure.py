"""Where documents begin and end, and what is part of which."""

import datetime as dt
from pathlib import Path

import pytest
from tests.reading.reader import codes, read

from luoshi.reading import read_file
from luoshi.reading.structure.numerals import to_chinese

COVER = "青岚市人民政府公报\n2031年第4期\n（总第193期）\n目 录\n"
NOTICE = (
    "各县（市、区）人民政府：\n为做好防汛工作，现将有关事项通知如下。\n一、加强值守。\n二、做好排查。\n"
    "青岚市水利局\n2031年5月9日\n"
)


def test_documents_without_numbers_begin_where_the_contents_say() -> None:
    reading = read(
        f"{COVER}◎ 部门文件\n关于做好防汛工作的通知……3\n关于开展植树活动的公告(5)\n"
        "◎ 政策解读\n《公园管理办法》解读材料 7\n"
        f"青岚市水利局\n关于做好防汛工作的通知\n{NOTICE}"
        f"关于开展植树\n活动的公告\n现就植树活动公告如下。参加单位应当提前报名，带好工具，并注意安全，活动结束后清理现场，统计植树数量。\n2031年3月1日\n"
        "《公园管理办法》解读材料\n一、出台背景\n为了管好公园，制定了办法。二、主要内容见附文，共有五个方面，涉及规划、建设、养护、管理和监督，请结合实际理解。\n"
    )
    assert [document.title for document in reading.documents] == [
        "青岚市水利局关于做好防汛工作的通知",
        "关于开展植树活动的公告",
        "《公园管理办法》解读材料",
    ]
    assert reading.documents[0].issuer == "青岚市水利局"
    assert [document.issued_on for document in reading.documents[:2]] == [dt.date(2031, 5, 9), dt.date(2031, 3, 1)]


def test_a_title_in_the_contents_is_no_second_start_of_a_numbered_document() -> None:
    reading = read(
        f"{COVER}关于做好防汛工作的通知\n青水发〔2031〕7号 3\n大事记（2031年4月） 5\n"
        f"青岚市水利局关于做好防汛工作的通知\n青水发〔2031〕7号\n{NOTICE}"
        f"青岚市水利局\n青水发〔2031〕8号\n关于做好抗旱工作的通知\n{NOTICE}"
    )
    assert [document.doc_number for document in reading.documents] == ["青水发〔2031〕7号", "青水发〔2031〕8号"]


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("青岚市人民政府令\n第40号\n", "青岚市人民政府令第40号"),
        ("青岚市人民政府令第40号\n", "青岚市人民政府令第40号"),
        ("青岚市人民政府令\n（第四十号）\n", "青岚市人民政府令第40号"),
    ],
)
def test_an_order_and_the_measures_it_puts_into_force(head: str, number: str) -> None:
    text = (
        f"{head}《青岚市湖泊保护办法》已经2031年3月1日市人民政府第36次常务会议审议通过，现予公布，自2031年5月1日起施行。\n"
        "市 长：许知远\n2031年3月7日\n青岚市湖泊保护办法\n第一章 总 则\n第一条 为加强湖泊保护，制定本办法。\n"
        "第二章 附 则\n第二条 本办法由市水利局解释。\n"
    )
    (document,) = read(text).documents
    assert (document.doc_number, document.title, document.kind) == (number, "青岚市湖泊保护办法", "measures")
    assert (document.issuer, document.issued_on) == ("青岚市人民政府", dt.date(2031, 3, 7))
    assert document.effective_from == dt.date(2031, 5, 1)
    assert [part.title for part in document.parts] == ["青岚市湖泊保护办法", "青岚市湖泊保护办法"]
    assert [provision.id for provision in document.provisions] == ["a1-h1", "a1-h1-t1", "a1-h2", "a1-h2-t2"]


def test_two_orders_in_one_gazette() -> None:
    one = (
        "第一条 为加强保护，制定本办法。\n"
        "第二条 本办法由市水利局负责解释，并由市水利局会同有关部门组织实施、监督检查和宣传。\n"
    )
    text = "".join(
        f"青岚市人民政府令\n第{number}号\n《青岚市{name}保护办法》已经审议通过，现予公布。\n"
        f"市长 许知远\n2031年3月7日\n青岚市{name}保护办法\n{one}"
        for number, name in ((40, "湖泊"), (41, "湿地"))
    )
    documents = read(text).documents
    assert [document.doc_number for document in documents] == ["青岚市人民政府令第40号", "青岚市人民政府令第41号"]
    assert [document.title for document in documents] == ["青岚市湖泊保护办法", "青岚市湿地保护办法"]


LETTER = (
    "青岚市人民政府办公室\n青政办字〔2031〕4号\n青岚市人民政府办公室\n关于做好公益岗位工作的通知\n各县（市、区）人民政府：\n"
    "现将有关事项通知如下。\n一、做好安置。\n二、强化保障。\n"
)
SIGNED = "青岚市人民政府办公室\n2031年2月12日\n"


def _parts(text: str) -> list[str]:
    (document,) = read(text).documents
    return [part.title for part in document.parts[1:]]


def test_annexes_are_found_by_the_list_under_the_letter() -> None:
    text = (
        f"{LETTER}附件：1. 青岚市公益岗位计划分配表\n2. 公益岗位设置范围\n3．工作流程（样张）\n{SIGNED}"
        "附件 1\n青岚市公益岗位\n计划分配表\n县（市、区）\t岗位\n石埠区\t30\n"
        "公益岗位设置范围\n一、乡村岗位。\n（一）护林。\n二、城镇岗位。\n"
        "附件3\n工作流程（样张）\n一、申报。\n"
    )
    (document,) = read(text).documents
    assert [part.title for part in document.parts[1:]] == [
        "青岚市公益岗位计划分配表",
        "公益岗位设置范围",
        "工作流程（样张）",
    ]
    assert [provision.id for provision in document.provisions] == ["c1", "c2", "a2-c1", "a2-c1-p1", "a2-c2", "a3-c1"]
    assert document.provisions[1].text == "强化保障。"


@pytest.mark.parametrize(
    ("annex", "title"),
    [
        ("附件1\n报告用语说明\n1.甲：乙。\n", "报告用语说明"),
        ("附件\n重点项目\n1.甲。\n", "重点项目"),
        ("附件1：青岚市重点项目清单\n1.甲。\n", "青岚市重点项目清单"),
        ("附件一 青岚市重点项目清单\n1.甲。\n", "青岚市重点项目清单"),
        ("（附件1）\n青岚市重点项目清单\n1.甲。\n", "青岚市重点项目清单"),
        ("附录A\n青岚市重点项目清单\n1.甲。\n", "青岚市重点项目清单"),
        ("附表2\n序号\t项目\n1\t甲\n", "附表2"),
    ],
)
def test_annexes_by_their_mark(annex: str, title: str) -> None:
    assert _parts(f"{LETTER}{SIGNED}{annex}") == [title]


def test_what_is_no_annex() -> None:
    assert _parts(f"{LETTER}附件：公益岗位设置范围\n{SIGNED}") == []
    assert _parts(f"{LETTER}三、详见附件1所列项目。\n{SIGNED}抄送：市委各部门。\n") == []


def test_an_untitled_annex_has_the_title_announced_for_its_number() -> None:
    text = f"{LETTER}附件：1.甲类项目清单\n2.乙类项目汇总\n{SIGNED}附件1\n序号\t项目\n1\t甲\n附件2\n序号\t项目\n1\t乙\n"
    assert _parts(text) == ["甲类项目清单", "乙类项目汇总"]


def test_a_file_of_contents_only_says_so() -> None:
    reading = read(f"{COVER}关于做好防汛工作的通知……3\n关于开展植树活动的公告 5\n")
    assert "only_contents" in codes(reading)
    assert len(reading.documents) == 1
    whole = read(f"{COVER}关于做好防汛工作的通知……3\n关于做好防汛工作的通知\n{NOTICE}")
    assert "only_contents" not in codes(whole)


def test_a_file_of_one_line_is_read() -> None:
    for line in (
        "第一条",
        "附件1",
        "目录",
        "青政发〔2031〕4号",
        "（上接第3页）",
        "《",
        "2031年5月9日",
        "青岚市人民政府令 第40号",
    ):
        assert len(read(line).documents) == 1, line


TRADITIONAL = (
    "青嵐市人民政府令\n第40號\n《青嵐市湖泊保護辦法》已經審議通過，現予公布，自2031年5月1日起施行。\n"
    "市長 許知遠\n2031年3月7日\n"
    "青嵐市湖泊保護辦法\n第一章 總 則\n第一條 為加強湖泊保護，制定本辦法。\n"
    "第二條 市水利局負責湖泊保護，具體做好以下工作：\n（一）巡查；\n（二）清淤。\n"
    "第三條 本辦法自2031年5月1日起施行，有效期5年，《青嵐市湖泊管理規定》（青政發〔2025〕3號）同時廢止。\n"
)


def test_a_page_in_traditional_characters() -> None:
    (document,) = read(TRADITIONAL).documents
    assert document.kind == "measures"
    assert [provision.label for provision in document.provisions] == [
        "第一章",
        "第一條",
        "第二條",
        "（一）",
        "（二）",
        "第三條",
    ]
    assert (document.effective_from, document.effective_to) == (dt.date(2031, 5, 1), dt.date(2036, 4, 30))
    assert [repeal.doc_number for repeal in document.repeals] == ["青政發〔2025〕3号"]


def test_ids_depend_on_printed_numbers_only() -> None:
    text = f"{LETTER}（一）甲。\n（二）乙。\n{SIGNED}附件\n重点项目清单\n1.甲。\n2.乙。\n"
    more = (
        text.replace("现将", "为深入做好有关工作，现将")
        .replace("甲。", "甲，并抓好落实。\n确保实效。")
        .replace("附件\n", "\n\n附件\n")
    )
    before, after = (read(each).documents[0].provisions for each in (text, more))
    assert [provision.id for provision in before] == [provision.id for provision in after]
    assert [provision.text for provision in before] != [provision.text for provision in after]


def test_a_number_below_the_title_of_an_opinion() -> None:
    text = f"青岚市人民政府\n关于做好防汛工作的意见\n青政发〔2031〕2号\n{NOTICE}"
    (document,) = read(text).documents
    assert (document.doc_number, document.title) == ("青政发〔2031〕2号", "青岚市人民政府关于做好防汛工作的意见")


def test_a_short_document_is_found_by_the_contents() -> None:
    reading = read(
        f"{COVER}关于做好防汛工作的通知……3\n2031年3月人事任免……8\n关于做好防汛工作的通知\n{NOTICE}"
        "2031年3月人事任免\n任命王一二为市水利局副局长；免去李三四的副局长职务。\n"
    )
    assert [document.kind for document in reading.documents] == ["notice", "appointment"]


def test_the_contents_of_measures_are_no_chapters() -> None:
    text = (
        "青岚市公园条例\n目　录\n第一章　总则\n第二章　管理\n第一节　养护\n第三章　附则\n"
        "第一章　总　则\n第一条　为了加强管理，制定本条例。\n第二章　管　理\n第一节　养　护\n"
        "第二条　加强养护。\n第三章　附　则\n第三条　本条例自2031年6月1日起施行。\n"
    )
    (document,) = read(text).documents
    assert [provision.id for provision in document.provisions] == [
        *("h1", "h1-t1", "h2", "h2-j1", "h2-j1-t2", "h3", "h3-t3"),
    ]


def test_an_explanation_of_terms_is_a_part_without_any_mark() -> None:
    text = "政府工作报告\n——2031年1月5日\n青岚市市长 许知远\n一、回顾\n成绩显著。\n名词解释\n1.双碳：碳达峰、碳中和。\n"
    assert _parts(text) == ["名词解释"]


@pytest.mark.corpus
def test_parts_of_the_real_gazettes(shared: Path) -> None:
    documents = read_file(shared / "corpus" / "gazette-2022-02.txt").documents
    assert [part.title for part in documents[1].parts[1:]] == [
        "聊城市城乡公益性岗位扩容提质行动县（市、区）岗位计划分配表（2022年）",
        "城乡公益性岗位设置范围",
    ]
    report = read_file(shared / "corpus" / "work-report-2022-12.txt").documents[0]
    assert [part.title for part in report.parts[1:]] == [
        *("2023年重点民生事项清单", "2023年拟制发主要政策清单", "2023年重点行动计划清单", "报告部分用语说明"),
    ]
    assert (report.issuer, report.issued_on) == ("聊城市人民政府", dt.date(2022, 12, 27))


@pytest.mark.corpus
def test_order_of_articles_over_the_jumps_of_the_real_gazette(shared: Path) -> None:
    reading = read_file(shared / "corpus" / "gazette-2019-04.txt")
    opinion, measures, subsidies = (reading.documents[place] for place in (0, 4, 5))
    points = [provision.label for provision in opinion.provisions if "（" in provision.label or "(" in provision.label]
    assert [label.strip("（）()") for label in points] == [to_chinese(number) for number in range(1, 13)]
    articles = [provision for provision in measures.provisions if provision.label.endswith("条")]
    assert [provision.label for provision in articles] == [f"第{to_chinese(number)}条" for number in range(1, 22)]
    assert "上年度福彩公益金使用情况报市民政局" in articles[14].text
    assert (measures.effective_from, measures.effective_to) == (dt.date(2019, 7, 1), dt.date(2023, 12, 31))
    assert (subsidies.effective_from, subsidies.effective_to) == (dt.date(2019, 5, 9), dt.date(2024, 4, 30))
    assert [len(document.parts) for document in reading.documents] == [1, 2, 2, 3, 2, 2, 1, 1]
    assert codes(reading).count("crossed_columns") == 2


def labels_of(text: str) -> list[tuple[str, str]]:
    (document,) = read(text).documents
    return [(provision.id, provision.label) for provision in document.provisions]


def test_an_article_between_two_others_and_articles_beyond_a_thousand() -> None:
    text = (
        "青岚市湖泊保护办法\n第一编 总则\n第一分编 通则\n第一章 一般规定\n第九百九十九条 本办法适用于湖泊。\n"
        "第一千条 市水利局负责湖泊。\n第一千条之一 湖泊不得填埋。\n第一千条之二 湖泊不得出租。\n"
        "第一千零一条 自公布之日起施行。\n"
    )
    assert labels_of(text) == [
        ("b1", "第一编"),
        ("b1-f1", "第一分编"),
        ("b1-f1-h1", "第一章"),
        ("b1-f1-h1-t999", "第九百九十九条"),
        ("b1-f1-h1-t1000", "第一千条"),
        ("b1-f1-h1-t1000z1", "第一千条之一"),
        ("b1-f1-h1-t1000z2", "第一千条之二"),
        ("b1-f1-h1-t1001", "第一千零一条"),
    ]


def test_articles_below_headings_that_end_without_punctuation() -> None:
    text = (
        "青岚市湖泊保护办法\n第一章\t总则\n第一条 为保护湖泊，制定本办法。\n第二章\t湖泊的管理\n关于巡查的规定\n"
        "第四条 市水利局每月巡查。\n第 五 条 湖泊受损的，\n依照第八条的规定处理，并依照\n第九条处罚。\n"
    )
    assert [label for _, label in labels_of(text)] == ["第一章", "第一条", "第二章", "第四条", "第五条"]


@pytest.mark.parametrize(
    "head",
    [
        "下载\n打印\n全屏\n收藏\n【字号：\n加大\n还原\n】\n"
        "2031年青岚市政府工作报告\n——2031年1月9日在青岚市第十届人民代表大会第四次会议上\n"
        "来源：青岚日报\n时间：2031-02-09\n青岚市市长 许 知 远\n",
        "政府工作报告。 青岚日报记者 李木 摄\n政府工作报告\n"
        "（2031年1月9日在青岚市第十届人民代表大会第四次会议上）\n市长 许知远\n",
        "青岚市人民政府工作报告\n2031年2月1日 07时41分\n来源:\n青岚日报\n分享：\n"
        "2031年1月9日在青岚市第十届人民代表大会第四次会议上\n"
        "市人民政府市长 许知远\n",
    ],
)
def test_a_report_copied_from_a_site(head: str) -> None:
    (document,) = read(
        f"{head}各位代表：\n现在，我代表市人民政府向大会报告工作，请予审议。\n一、2030年工作回顾\n新增就业5.4万人。\n"
        "二、2031年主要任务\n新增就业5万人以上。\n三、建设人民满意政府\n"
    ).documents
    assert document.kind == "work_report"
    assert document.title.endswith("政府工作报告")
    assert (document.issued_on, document.issuer) == (dt.date(2031, 1, 9), "青岚市人民政府")
    assert [(target.role, target.until) for target in document.targets] == [("result", 2030), ("promise", 2031)]


def test_articles_that_begin_with_words_of_an_amendment() -> None:
    text = (
        "青岚市湖泊保护办法\n第一条 为保护湖泊，制定本办法。\n第二条 增加湖泊水面应当经市水利局同意。\n"
        "第三条 作为水源的湖泊，每月检测一次。\n第四条 调整为绿地的，另行公告。\n"
    )
    assert [label for _, label in labels_of(text)] == ["第一条", "第二条", "第三条", "第四条"]


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (
            "页面宽度范围为200至2000\n青岚市人民政府关于印发《青岚市湖泊保护办法》的通知\n",
            "青岚市人民政府关于印发《青岚市湖泊保护办法》的通知",
        ),
        (
            "青岚要闻\n青岚要闻\n青岚市人民政府办公室\n关于做好防汛工作的通知\n",
            "青岚要闻青岚要闻青岚市人民政府办公室关于做好防汛工作的通知",
        ),
    ],
)
def test_what_a_site_prints_above_a_whole_title_is_no_part_of_it(head: str, title: str) -> None:
    (document,) = read(f"{head}{NOTICE}").documents
    assert document.title == title


def test_heads_of_pages_in_a_gazette_that_was_copied_as_text() -> None:
    head = "青岚市人民政府公报　2031·3\n"
    reading = read(
        f"青岚市湖泊保护办法\n第一条 为保护湖泊，\n{head}制定本办法。\n第二条 市水利局每月巡查。\n{head}"
        f"第三条 湖泊不得填埋。\n{head}第四条 本办法由市水利局解释。\n"
    )
    (document,) = reading.documents
    assert [provision.text for provision in document.provisions] == [
        "为保护湖泊，制定本办法。",
        "市水利局每月巡查。",
        "湖泊不得填埋。",
        "本办法由市水利局解释。",
    ]
    assert "furniture_removed" in codes(reading)
