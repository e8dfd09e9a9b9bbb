"""Recurring duties: their rules, their parties, and what recurs without being a duty."""

from datetime import datetime
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr
from tests.reading.reader import read

from luoshi.reading import Document, read_file
from luoshi.reading.findings import Duty

HEAD = "青川市人民政府办公室关于印发工作规则的通知\n\n青政办发〔2031〕3号\n\n各县（市、区）人民政府：\n\n"
TAIL = "\n\n青川市人民政府办公室\n2031年3月2日\n"


def duties_of(sentence: str) -> list[Duty]:
    reading = read(f"{HEAD}一、工作要求\n{sentence}{TAIL}")
    return [duty for document in reading.documents for duty in document.duties]


@pytest.mark.parametrize(
    ("sentence", "rule", "parties"),
    [
        ("市水利局每季度对水源地水质监测1次。", "FREQ=MONTHLY;INTERVAL=3", ["市水利局"]),
        ("各县民政部门应于每年3月10日前，将情况报市民政局。", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=10", ["各县民政部门"]),
        ("市民政局应于每年6月底前向社会公告使用情况。", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=-1", ["市民政局"]),
        ("各牵头部门要压实责任，每季度向市政府报告进展情况。", "FREQ=MONTHLY;INTERVAL=3", ["各牵头部门"]),
        ("各责任单位每月25日前将进展情况报市政府办公室。", "FREQ=MONTHLY;BYMONTHDAY=25", ["各责任单位"]),
        ("市发展改革委、市统计局按季度会商经济形势。", "FREQ=MONTHLY;INTERVAL=3", ["市发展改革委", "市统计局"]),
        ("市应急管理局每周五发布安全提示。", "FREQ=WEEKLY;BYDAY=FR", ["市应急管理局"]),
        ("市审计局每两年开展一次专项审计。", "FREQ=YEARLY;INTERVAL=2", ["市审计局"]),
        ("市政府督查室每半年对落实情况考核一次。", "FREQ=MONTHLY;INTERVAL=6", ["市政府督查室"]),
        ("市财政局应当在每年结束后2个月内编制决算。", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", ["市财政局"]),
        ("市生态环境局逐月通报空气质量排名。", "FREQ=MONTHLY", ["市生态环境局"]),
        ("市市场监管局每日发布价格监测信息。", "FREQ=DAILY", ["市市场监管局"]),
        ("由市统计局按月汇总，报市政府。", "FREQ=MONTHLY", ["市统计局"]),
        ("建立季度例会制度，研究解决问题。", "FREQ=MONTHLY;INTERVAL=3", []),
        ("对方案实施情况每年开展1次评估。", "FREQ=YEARLY", []),
        ("实行一月一调度。", "FREQ=MONTHLY", []),
        ("村级河长每周巡河不少于1次。", "FREQ=WEEKLY", ["村级河长"]),
        ("市水利局半年一次通报河长制工作情况。", "FREQ=MONTHLY;INTERVAL=6", ["市水利局"]),
        ("市统计局年中和年底各开展一次评估。", "FREQ=MONTHLY;BYMONTH=6,12;BYMONTHDAY=-1", ["市统计局"]),
        ("市应急局每年上、下半年各组织一次检查。", "FREQ=MONTHLY;BYMONTH=6,12;BYMONTHDAY=-1", ["市应急局"]),
        ("市审计局每年6月、12月20日前报送总结。", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=20", ["市审计局"]),
        ("市财政局每年7月10日和次年1月10日前报送总结。", "FREQ=YEARLY;BYMONTH=7,1;BYMONTHDAY=10", ["市财政局"]),
        (
            "市财政局应当会同市审计局于每年6月底前公布情况。",
            "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=-1",
            ["市财政局", "市审计局"],
        ),
        (
            "市财政局汇总，会同市审计局于每年6月底前公布。",
            "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=-1",
            ["市财政局", "市审计局"],
        ),
        ("请各责任单位抓好落实，每月25日前报市政府督查室。", "FREQ=MONTHLY;BYMONTHDAY=25", ["各责任单位"]),
        ("各部门于次月10日前报送上月报表。", "FREQ=MONTHLY;BYMONTHDAY=10", ["各部门"]),
    ],
)
def test_a_duty_with_its_rule_and_parties(sentence: str, rule: str, parties: list[str]) -> None:
    (duty,) = duties_of(sentence)
    assert duty.rrule == rule
    assert duty.quote == sentence.rstrip("。")
    assert [party.name for party in duty.parties] == parties
    assert rrulestr(duty.rrule, dtstart=datetime(2031, 1, 1))[2]  # noqa: DTZ001 - rules know no zones


def test_each_rule_of_a_sentence_is_a_duty_of_its_own() -> None:
    found = duties_of("严格落实“周调度、月通报、季考核”制度。")
    assert [duty.rrule for duty in found] == ["FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=MONTHLY;INTERVAL=3"]


@pytest.mark.parametrize(
    "sentence",
    [
        "居民医保财政补助标准提高到每人每年640元。",
        "对监测企业按每户每年2400元给予补贴。",
        "符合条件的人员每人每年只能享受一次培训补贴。",
        "空气质量优良天数逐年提升。",
        "年度开发计划为：2032年、2033年每年分别安排岗位2.4万个。",
        "每年最高补助50万元。",
        "创新“每月一题”机制，解决群众反映集中的问题。",
        "第一季度完成方案编制。",
        "2031年10月调度重点项目。",
        "完成年度考核任务。",
        "每个乡镇建设1处示范点。",
        "生产总值季度增速保持在6%以上。",
        "定期开展督导检查。",
        "青岚英才：指每年引进的高层次人才，由市人社局组织评选。",
    ],
)
def test_what_recurs_without_being_a_duty(sentence: str) -> None:
    assert duties_of(sentence) == []


def test_a_duty_in_a_task_takes_its_units_and_its_id() -> None:
    text = (
        "2031年重点工作任务分工方案\n\n一、生态环保\n1. 加强水源地保护，每季度监测1次。"
        "（牵头单位：市生态环境局；配合单位：市水利局）\n2. 修路。（责任单位：市交通运输局）\n"
    )
    (document,) = read(text).documents
    (duty,) = document.duties
    assert duty.task == document.tasks[0].id
    assert [party.name for party in duty.parties] == ["市生态环境局"]
    assert duty.span.of(text) == "加强水源地保护，每季度监测1次"


def test_a_sentence_over_lines_is_read_whole() -> None:
    (duty,) = duties_of("市民政局应于每年\n6月底前向社会公\n告。")
    assert (duty.quote, duty.rrule) == ("市民政局应于每年6月底前向社会公告", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=-1")


def duties_in(shared: Path, name: str) -> list[tuple[str, list[str], str]]:
    documents: tuple[Document, ...] = read_file(shared / "corpus" / name).documents
    return [
        (duty.rrule, [party.name for party in duty.parties], duty.quote)
        for document in documents
        for duty in document.duties
    ]


@pytest.mark.corpus
def test_the_duties_of_the_gazette_of_april_2019(shared: Path) -> None:
    found = duties_in(shared, "gazette-2019-04.txt")
    expected = [
        ("FREQ=YEARLY", "市政府每年继续从失业保险基金结余中安排", ["市政府"]),
        ("FREQ=MONTHLY;INTERVAL=3", "每季度向市政府报告最新工作进展情况", ["各牵头部门"]),
        ("FREQ=YEARLY", "每年开展一次评估", None),
        ("FREQ=MONTHLY;INTERVAL=3", "每季度监测1次", None),
        ("FREQ=YEARLY", "每年开展1次评估", None),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=10", "应当于每年3月10日前", ["各县(市、区)民政部门"]),
        ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=-1", "应于每年6月底前", ["市民政局"]),
    ]
    assert len(found) == len(expected)
    for (rule, parties, quote), (expected_rule, words, expected_parties) in zip(found, expected, strict=True):
        assert (rule, words in quote) == (expected_rule, True)
        assert parties == expected_parties if expected_parties is not None else parties


@pytest.mark.corpus
def test_the_duties_of_other_real_documents(shared: Path) -> None:
    assert [rule for rule, _, _ in duties_in(shared, "gazette-2022-02.txt")] == [
        "FREQ=YEARLY",
        "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=-1",
        "FREQ=MONTHLY",
    ]
    assert [rule for rule, _, _ in duties_in(shared, "work-report-2022-12.txt")] == ["FREQ=YEARLY", "FREQ=WEEKLY"]
    assert [rule for rule, _, _ in duties_in(shared, "measures-suining-2020.txt")] == ["FREQ=DAILY"]
    for name in ("gazette-2021-02.txt", "task-plan-2021.txt", "city-plan-guangzhou-2012.txt"):
        assert duties_in(shared, name) == []
