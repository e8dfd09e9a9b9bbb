"""Documents as sites and gazettes elsewhere print them: catalogue fields, several letters, amendments, contents."""

from datetime import date

import pytest
from tests.reading.reader import read

from luoshi.reading import Document

D = date
ARTICLES = "第一条 为加强河道管理，制定本办法。\n第二条 本市河道的管理适用本办法。\n"


def only(words: str) -> Document:
    (document,) = read(words).documents
    return document


def labels(document: Document) -> list[str]:
    return [each.label for each in document.provisions]


CATALOGUE = (
    "返回顶部\n\n青岚县人民政府工作规则\n\n• 索引号:\n\n11370/2031-0007\n• 来源:\n\n• 发文机构:\n\n县政府网站\n"
    "• 发文字号:\n\n青政发〔2031〕7号\n• 发文日期:\n\n2031年04月06日 16:40\n• 有效性:\n\n• 内容概述:\n\n"
    "青岚县人民政府工作规则\n第一章 总则\n一、为规范县政府工作，制定本规则。\n二、县政府实行县长负责制。\n"
)


def test_the_fields_of_a_site_tell_number_issuer_and_date() -> None:
    document = only(CATALOGUE)
    assert document.doc_number == "青政发〔2031〕7号"
    assert document.issuer == "青岚县人民政府"
    assert document.issued_on == D(2031, 4, 6)
    assert labels(document) == ["第一章", "一、", "二、"]
    assert document.citations == ()


def test_the_fields_of_a_site_tell_from_when_to_when() -> None:
    head = "索引号: 0031/2031-1 信息分类: 通知\n发文日期: 2031-01-23 生效时间: 2031-02-01\n废止时间: 2033-01-31 文号:\n"
    document = only(f"{head}青岚县河道管理办法\n{ARTICLES}")
    assert (document.effective_from, document.effective_to) == (D(2031, 2, 1), D(2033, 1, 31))
    assert document.title == "青岚县河道管理办法"


def test_a_field_with_bars_is_read_too() -> None:
    head = "文號: | 青政辦函〔2031〕14號 | 成文日期: | 2031-02-08 |\n"
    document = only(f"{head}各縣（市、區）人民政府：\n現將有關事項通知如下：\n一、提升改造農村公路。\n")
    assert document.doc_number == "青政办函〔2031〕14号"
    assert document.issued_on == D(2031, 2, 8)


def test_words_of_the_body_are_no_fields_of_a_site() -> None:
    document = only(
        "青岚市招聘公告\n一、岗位安排如下。\n时间：2031年3月1日。\n来源：市人力资源社会保障局。\n二、另行通知。\n"
    )
    assert "来源：市人力资源社会保障局。" in document.provisions[0].text


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("青政发〔2031〕20号《青岚市人民政府关于加强河道管理的意见》", "青岚市人民政府关于加强河道管理的意见"),
        ("《青岚市人民政府关于加强河道管理的意见》", "青岚市人民政府关于加强河道管理的意见"),
        (
            "关于印发《青岚市河道管理办法》的通知",
            "关于印发《青岚市河道管理办法》的通知",
        ),
    ],
)
def test_a_title_stands_without_number_and_marks_around_it(title: str, plain: str) -> None:
    document = only(f"{title}\n\n浏览量：   时间：2031-11-14 08:56:07\n\n{ARTICLES}")
    assert document.title == plain


def test_two_decisions_on_one_page_are_two_documents() -> None:
    decision = (
        "青岚市人民代表大会常务委员会\n关于{what}的决定\n"
        "（2031年5月31日青岚市第十五届人民代表大会常务委员会第七次会议通过）\n{words}\n"
    )
    signed = "青岚市人民代表大会常务委员会\n2031年5月31日\n"
    first = decision.format(
        what="接受许知远同志辞去青岚市人民政府市长职务请求",
        words="会议决定，接受许知远同志辞去青岚市人民政府市长职务的请求。",
    )
    second = decision.format(
        what="江晚晴同志代理青岚市人民政府市长", words="会议决定：江晚晴同志代理青岚市人民政府市长。"
    )
    documents = read(first + signed + second + signed).documents
    assert [each.issued_on for each in documents] == [D(2031, 5, 31)] * 2
    assert [each.issuer for each in documents] == ["青岚市人民代表大会常务委员会"] * 2
    assert [(a.person, a.action) for each in documents for a in each.appointments] == [
        ("许知远", "remove"),
        ("江晚晴", "appoint"),
    ]


def test_an_explanation_beside_a_letter_is_a_document_of_its_own() -> None:
    letter = (
        f"青岚市人民政府关于印发《青岚市河道管理办法》的通知\n各县（市、区）人民政府：\n"
        f"现将《青岚市河道管理办法》印发给你们。\n青岚市人民政府\n2031年5月1日\n青岚市河道管理办法\n"
        f"{ARTICLES}本办法自印发之日起施行。\n青岚市人民政府\n2031年5月1日\n"
    )
    documents = read(
        f"{letter}《青岚市河道管理办法》政策解读\n一、起草背景\n为贯彻上级要求，市水利局起草了本办法。\n"
    ).documents
    assert [labels(each) for each in documents] == [["第一条", "第二条"], ["一、"]]


def test_a_letter_that_is_handed_on_is_a_part() -> None:
    inner = "青岚市水利局关于加强河道管理的通知"
    words = (
        f"青岚市人民政府办公室关于转发《{inner}》的通知\n各县（市、区）人民政府：\n"
        f"现将《{inner}》转发给你们，请遵照执行。\n"
        f"青岚市人民政府办公室\n2031年5月1日\n{inner}\n市直各部门：\n一、清理河道。\n青岚市水利局\n2031年4月1日\n"
    )
    document = only(words)
    assert [part.title for part in document.parts][1:] == [inner]


def test_an_order_of_the_state_council_is_a_number() -> None:
    document = only(
        "河道管理条例\n\n中华人民共和国国务院令\n\n第9238号\n\n《河道管理条例》已经2031年12月12日国务院常务会议通过，"
        f"现予发布，自2032年1月1日起施行。\n总理 许知远\n2031年12月19日\n{ARTICLES}"
    )
    assert (document.doc_number, document.issuer) == ("国务院令第9238号", "国务院")
    assert document.issued_on == D(2031, 12, 19)
    assert document.effective_from == D(2032, 1, 1)


def test_brackets_below_the_title_tell_number_day_and_issuer() -> None:
    document = only(
        f"青岚市河道管理办法\n（二〇三一年三月九日市人民政府发布青政发［2031］8号）\n"
        f"{ARTICLES}第三条 本办法自发布之日起施行。\n"
    )
    assert document.doc_number == "青政发〔2031〕8号"
    assert document.issuer == "青岚市人民政府"
    assert document.issued_on == document.effective_from == D(2031, 3, 9)


def test_an_order_published_and_in_force_at_once() -> None:
    document = only(
        "青岚省人民政府令\n第82号\n《青岚省河道管理办法》已经省人民政府常务会议通过，现予发布施行。"
        "\n省长 许知远\n2031年7月23日\n"
        f"青岚省河道管理办法\n{ARTICLES}"
    )
    assert document.effective_from == D(2031, 7, 23)


def test_all_that_sign_have_issued() -> None:
    document = only(
        "青岚省财政厅关于印发《青岚省就业资金管理办法》的通知\n各市财政局：\n"
        "现将《青岚省就业资金管理办法》印发给你们。\n"
        f"青岚省财政厅   青岚省人力资源和社会保障厅\n2031年9月4日\n青岚省就业资金管理办法\n{ARTICLES}"
    )
    assert document.issuer == "青岚省财政厅、青岚省人力资源和社会保障厅"


AMENDED = (
    "青岚市人大常委会关于修改《青岚市河道条例》的决定\n一、对下列条例作出修改\n"
    "1．在《青岚市河道条例》第七条中增加一项：“负责清淤；”\n"
    "第九条修改为：“市水利局负责河道管理。”\n第十三条增加一款作为第二款：“鼓励社会参与。”\n"
    "第十四条第二款中的“水务局”修改为“水利局”。\n"
    "2．将第二十条修改为：\n“第二十条 违反本条例的，处罚款：\n（一）倾倒垃圾的；\n"
    "（二）擅自取土的。\n第二十一条 阻碍执法的，依法处理。”\n"
    "二、本决定自公布之日起施行。\n"
)


def test_articles_that_a_decision_amends_are_not_its_own() -> None:
    assert labels(only(AMENDED)) == ["一、", "1．", "2．", "二、"]


def test_a_quotation_that_is_never_closed_hides_nothing() -> None:
    words = "青岚市河道办法\n第一条 修改为：\n“第二条 市水利局负责。\n第三条 市财政局负责。\n第四条 市审计局负责。\n"
    assert labels(only(words))[-2:] == ["第三条", "第四条"]


CONTENTS = {
    "chapters without a heading": (
        "青岚市河道规定\n第一章 总则\n第二章 保护\n第三章 附则\n第一章 总则\n第一条 制定本规定。\n"
        "第二章 保护\n第二条 禁止取土。\n"
        "第三章 附则\n第三条 本规定自公布之日起施行。\n"
    ),
    "a heading with the name of the plan": (
        "青岚市河道应急预案目录\n1.总则\n1.1编制目的\n1.2编制依据\n2.职责\n2.1指挥部\n1.总则\n"
        "1.1编制目的\n为加强应急，制定本预案。\n"
        "1.2编制依据\n依据有关法律制定。\n2.职责\n2.1指挥部\n市水利局负责监测。\n"
    ),
    "dotted leaders": (
        "青岚市河道规划\n目  录\n一、发展基础……………1\n（一）现状.........1\n（二）问题.........3\n"
        "二、总体要求 5\n一、发展基础\n（一）现状\n河道整洁。\n"
        "（二）问题\n资金不足。\n二、总体要求\n坚持生态优先。\n"
    ),
}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("chapters without a heading", ["第一章", "第一条", "第二章", "第二条", "第三章", "第三条"]),
        ("a heading with the name of the plan", ["1.", "1.1", "1.2", "2.", "2.1"]),
        ("dotted leaders", ["一、", "（一）", "（二）", "二、"]),
    ],
)
def test_the_contents_of_a_document_are_no_provisions(name: str, expected: list[str]) -> None:
    assert labels(only(CONTENTS[name])) == expected


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("市政府以青政发〔2031〕24号文件印发方案。", "青政发〔2031〕24号"),
        ("按照市政府印发的青政办字〔2031〕3号执行。", "青政办字〔2031〕3号"),
        ("依據《意見》（國發〔2031〕76號）執行。", "国发〔2031〕76号"),
    ],
)
def test_a_cited_number_begins_with_its_code(words: str, number: str) -> None:
    document = only(f"青岚市河道办法\n第一条 {words}\n第二条 本办法自2031年7月1日起施行。\n")
    assert [each.doc_number for each in document.citations] == [number]


def repealed(document: Document) -> list[tuple[str | None, str | None]]:
    return [(each.doc_number, each.title) for each in document.repeals]


def test_a_table_of_repealed_documents() -> None:
    document = only(
        "青岚市人民政府关于废止部分规范性文件的决定\n青政发〔2031〕5号\n各县（市、区）人民政府：\n现将目录公布如下。\n"
        "青岚市人民政府\n2031年3月2日\n附件\n决定废止的规范性文件目录\n序号\t文件名称\t文号\n"
        "1\t关于加强河道管理的通知\t青政发〔2011〕3号\n2\t青岚市公园管理暂行办法\t青政办发〔2012〕8号\n"
    )
    assert repealed(document) == [
        ("青政发〔2011〕3号", "关于加强河道管理的通知"),
        ("青政办发〔2012〕8号", "青岚市公园管理暂行办法"),
    ]


def test_only_what_stands_under_the_heading_is_repealed() -> None:
    document = only(
        "青岚市人民政府关于公布规范性文件清理结果的公告\n青政告〔2031〕5号\n现将清理结果公告如下：\n"
        "一、继续有效的规范性文件（1件）\n1．青岚市河道管理办法（青政发〔2019〕3号）\n"
        "二、废止的规范性文件（1件）\n1．关于加强河道管理的通知（青政发〔2011〕3号）\n"
        "三、修改的规范性文件（1件）\n1．青岚市公园管理办法（青政发〔2015〕6号）\n青岚市人民政府\n2031年3月2日\n"
    )
    assert repealed(document) == [("青政发〔2011〕3号", "关于加强河道管理的通知")]


def test_an_order_before_the_title_that_it_published() -> None:
    document = only(
        f"青岚市河道管理办法\n{ARTICLES}第三条 本办法自2031年4月1日起施行。"
        "2009年5月6日青岚市人民政府令第3号公布的《青岚市河道管理规定》同时废止。\n"
    )
    assert repealed(document) == [("青岚市人民政府令第3号", "青岚市河道管理规定")]


def test_a_note_of_adoption_needs_no_brackets() -> None:
    document = only(f"青岚省河道条例\n2031年6月14日 青岚省第十二届人民代表大会常务委员会第十五次会议通过\n{ARTICLES}")
    assert document.issued_on == D(2031, 6, 14)
    assert document.issuer == "青岚省人民代表大会常务委员会"


def test_contents_with_page_numbers_in_brackets() -> None:
    letter = "一、加强领导。各级要高度重视，落实责任。\n二、抓好落实。市水利局要加强督导，定期通报。\n"
    documents = read(
        "青岚市人民政府公报\n2031年第3期\n目  录\n市政府文件\n青岚市人民政府关于加强河道管理的通知\n"
        "（青政发〔2031〕3号）……………………（1）\n人事任免\n"
        "青岚市人民政府关于江晚晴等同志任免职的通知……（12）\n大事记\n青岚市人民政府2031年2月大事记……（13）\n"
        f"青岚市人民政府\n关于加强河道管理的通知\n青政发〔2031〕3号\n各县（市、区）人民政府：\n"
        f"{letter}青岚市人民政府\n2031年2月3日\n"
        "青岚市人民政府\n关于江晚晴等同志任免职的通知\n各县（市、区）人民政府：\n经研究，决定：\n"
        "任命江晚晴为市统计局局长。\n"
        "青岚市人民政府\n2031年2月20日\n青岚市人民政府2031年2月大事记\n1日 市政府召开常务会议，研究防汛工作。\n"
    ).documents
    assert [each.title for each in documents] == [
        "青岚市人民政府关于加强河道管理的通知",
        "青岚市人民政府关于江晚晴等同志任免职的通知",
        "青岚市人民政府2031年2月大事记",
    ]
    assert documents[1].issued_on == D(2031, 2, 20)


def test_the_office_below_a_title_without_its_province() -> None:
    document = only(
        "热门站点| 法规网 | 论坛\n收藏本站| 设为首页\n\n林湾市河道管理规定\n\n作者:法规网 时间:2031-06-25 14:15:56\n\n"
        f"青岚省林湾市人民政府\n\n\n林湾市河道管理规定\n\n{ARTICLES}"
    )
    assert document.title == "林湾市河道管理规定"
    assert document.issuer == "林湾市人民政府"
