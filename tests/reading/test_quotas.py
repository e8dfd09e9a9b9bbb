"""Quota tables: rows by place or unit, values by the head of their column, sums that are checked."""

from pathlib import Path

import pytest
from tests.reading.reader import codes, read

from luoshi.reading import Reading, read_bytes, read_file
from luoshi.reading.findings import Quota
from luoshi.reading.notes.figure_tables import read_figure

LETTER = (
    "青岚市财政局\n关于下达2031年补助资金的通知\n青财社〔2031〕9号\n各县（市、区）财政局：\n"
    "现将资金下达给你们，请认真执行。\n青岚市财政局\n2031年3月2日\n附件1\n"
)


def quotas(reading: Reading) -> list[Quota]:
    return [each for document in reading.documents for each in document.quotas]


def values(table: str) -> dict[str, dict[str, float]]:
    """The values of every row of a table, by name."""
    return {each.row: dict(each.values) for each in quotas(read(LETTER + table))}


def sums(table: str) -> list[tuple[str, str | int, str | int, str | int]]:
    """Every reported sum: row or "", column, printed, computed."""
    return [
        (str(issue.params.get("row", "")), issue.params["column"], issue.params["printed"], issue.params["computed"])
        for issue in read(LETTER + table).issues
        if issue.code.startswith("quota_")
    ]


PLAN = (
    "2031年岗位计划分配表\n县（市、区）\t岗位计划数量（单位：个）\t\t\n\t总数\t城镇\t乡村\n甲 县\t1,300\t300\t1,000\n"
    "乙市\t800\t200\t600\n丙区\t510\t310\t200\n合 计\t2610\t810\t1800\n"
)


def test_two_lines_of_heads_over_merged_cells() -> None:
    found = quotas(read(LETTER + PLAN))
    assert [each.row for each in found] == ["甲县", "乙市", "丙区", "合计"]
    assert dict(found[0].values) == {"总数": 1300, "城镇": 300, "乡村": 1000}
    assert {(each.table, each.unit) for each in found} == {("2031年岗位计划分配表", "个")}
    assert sums(PLAN) == []


def test_a_row_has_its_place() -> None:
    reading = read(LETTER + PLAN)
    assert quotas(reading)[0].span.of(reading.text) == "甲 县\t1,300\t300\t1,000"


def test_a_wrong_sum_of_a_column_is_reported_and_stays() -> None:
    wrong = PLAN.replace("2610\t810\t1800", "2610\t810\t1900")
    assert values(wrong)["合计"]["乡村"] == 1900
    assert sums(wrong) == [("", "乡村", "1900", "1800"), ("合计", "总数", "2610", "2710")]


def test_a_wrong_sum_of_a_row_is_reported() -> None:
    wrong = PLAN.replace("乙市\t800", "乙市\t900")
    assert sums(wrong) == [("", "总数", "2610", "2710"), ("乙市", "总数", "900", "800")]
    assert {"quota_sum", "quota_row_sum"} <= set(codes(read(LETTER + wrong)))


@pytest.mark.parametrize(
    "table",
    [
        "危房改造计划分配表\n| 县区 | 户数 | 资金 |\n| --- | --- | --- |\n| 甲县 | 30 | 60 |\n| 乙县 | 20 | 40 |\n",
        "危房改造计划分配表\n县区   户数   资金\n甲 县   30   60\n乙 县   20   40\n",
        "危房改造计划分配表\n县区\t户数\t资金\n甲县\t30\t60\n乙县\t20\t40\n",
        "危房改造计划分配表\n序号\t县区\t户数\t资金\n1\t甲县\t30\t60\n2\t乙县\t20\t40\n",
        "危房改造计划分配表\n序号 县区 户数 资金\n1 甲县 30 60\n2 乙县 20 40\n",
        "危房改造计划分配表\n县区\t户数\t资金\n1\t2\t3\n甲县\t30\t60\n乙县\t20\t40\n",
    ],
    ids=["bars", "blanks", "tabs", "serial numbers", "single blanks", "column numbers"],
)
def test_cells_may_be_parted_in_many_ways(table: str) -> None:
    assert values(table) == {"甲县": {"户数": 30, "资金": 60}, "乙县": {"户数": 20, "资金": 40}}


def test_heads_that_repeat_are_joined_to_the_head_above() -> None:
    table = (
        "造林任务分解表\n单位\t2030年\t\t2031年\t\n\t面积（亩）\t成活率\t面积（亩）\t成活率\n"
        "甲县\t100\t95%\t120\t—\n乙县\t200\t98.5%\t180\t90%\n合计\t300\t97%\t300\t90%\n"
    )
    found = values(table)
    assert found["甲县"] == {"2030年·面积（亩）": 100, "2030年·成活率": 95, "2031年·面积（亩）": 120}
    assert found["乙县"]["2030年·成活率"] == 98.5
    assert sums(table) == []  # rates are not added up


def test_subtotals_are_checked_against_their_group() -> None:
    table = (
        "名额分配表\n区域\t单位\t名额\n东部\t甲县\t5\n\t乙县\t6\n\t小计\t11\n"
        "西部\t丙县\t7\n\t丁县\t3\n\t小计\t11\n总计\t\t21\n"
    )
    assert list(values(table)) == ["甲县", "乙县", "东部小计", "丙县", "丁县", "西部小计", "总计"]
    assert sums(table) == [("小计", "名额", "11", "10")]


GROUPED = (
    "农田建设任务分配表\n序号\t市（州）\t县（市、区）\t建设任务\t\t单产（公斤/亩）\n\t\t\t小计\t其中：节水\t\n"
    "1\t甲州\t\t5.5\t1.5\t500\n\t\t乙县\t3.0\t1.0\t480\n\t\t丙县\t2.5\t0.5\t520\n"
    "2\t丁市\t\t4\t1\t500\n\t\t戊区\t4\t1\t500\n合计\t\t\t9.5\t2.5\t500\n"
)


def test_a_group_may_stand_over_its_members() -> None:
    assert list(values(GROUPED)) == ["甲州", "乙县", "丙县", "丁市", "戊区", "合计"]
    assert sums(GROUPED) == []
    assert sums(GROUPED.replace("甲州\t\t5.5\t1.5", "甲州\t\t5.5\t1.9")) == [("甲州", "其中：节水", "1.9", "1.5")]


def test_a_year_adds_up_its_quarters() -> None:
    table = (
        "年度目标任务分解表\n单位\t一季度\t二季度\t三季度\t四季度\t全年\n市农业局\t1\t2\t3\t4\t10\n"
        "市林业局\t2\t2\t2\t2\t8\n市水利局\t1\t1\t1\t1\t5\n"
    )
    assert sums(table) == [("市水利局", "全年", "5", "4")]


def test_the_total_may_stand_first() -> None:
    table = "名额分配表\n单位\t名额\t资金\n合计\t61\t10\n甲县\t20\t5\n乙县\t40\t5\n"
    assert sums(table) == [("", "名额", "61", "60")]


def test_rounded_figures_may_differ_by_their_last_place() -> None:
    fits = "资金分配表\n单位：万元\n单位\t资金\n甲县\t33.33\n乙县\t33.33\n丙县\t33.33\n合计\t100.00\n"
    assert sums(fits) == []
    assert sums(fits.replace("100.00", "101.00")) == [("", "资金", "101", "99.99")]
    assert {each.unit for each in quotas(read(LETTER + fits))} == {"万元"}


def test_missing_values_are_missing() -> None:
    table = "资金分配表\n单位\t中央\t省级\n甲县\t—\t5\n乙县\t3\t/\n丙县\t\t4\n合计\t3\t9\n"
    assert values(table)["甲县"] == {"省级": 5}
    assert values(table)["乙县"] == {"中央": 3}
    assert sums(table) == []


def test_places_may_be_the_heads() -> None:
    table = "教师招聘指标分配表\n\t甲县\t乙县\t丙区\t合计\n小学\t10\t20\t30\t60\n初中\t5\t5\t5\t16\n"
    assert values(table)["小学"] == {"甲县": 10, "乙县": 20, "丙区": 30, "合计": 60}
    assert sums(table) == []  # two rows of which one fits are no proof of what the column adds up


def test_a_table_goes_on_over_a_page() -> None:
    head = "单位\t名额\t资金\n"
    table = f"名额分配表\n{head}甲县\t1\t2\n乙县\t3\t4\n续表\n{head}丙县\t5\t6\n合计\t9\t12\n"
    assert list(values(table)) == ["甲县", "乙县", "丙县", "合计"]
    assert sums(table) == []


@pytest.mark.parametrize(
    "table",
    [
        "重点项目清单\n序号\t项目名称\t总投资\t年度投资\n1\t甲县水库工程\t100\t20\n2\t乙县公路工程\t200\t30\n",
        "主要指标表\n指标\t2030年\t2035年\t属性\n生产总值增速\t5\t6\t预期性\n粮食产量\t10\t11\t约束性\n",
        "任务清单\n序号\t任务\t责任单位\t目标\n1\t修路\t市交通局\t30\n2\t植树\t市林业局\t40\n",
        "联络表\n单位\t联系人\t电话\n甲县\t许知远\t8230000\n乙县\t林小满\t8230001\n",
        "考核通报表\n单位\t得分\t排名\n甲县\t98\t1\n乙县\t96\t2\n",
        "主要指标\n地区生产总值   5   6\n粮食产量   10   11\n",
    ],
    ids=["projects", "indicators", "tasks", "contacts", "ranking", "indicators without heads"],
)
def test_other_tables_with_figures_are_no_quotas(table: str) -> None:
    assert values(table) == {}


@pytest.mark.parametrize(
    ("cell", "figure"),
    [
        ("1,200.50", (1200.5, 2)),
        ("98.5%", (98.5, 1)),
        ("-3", (-3.0, 0)),
        ("3310个", (3310.0, 0)),
        ("12,34", None),
        ("一", None),
    ],
)
def test_figures_of_a_cell(cell: str, figure: tuple[float, int] | None) -> None:
    assert read_figure(cell) == figure


@pytest.mark.parametrize("char", ["1\t", " 1", "| ", "|", "\t", "合计\t1\n", "单位：", "　1", "合计\t1\n甲县\t1\n"])
def test_hostile_repetition_takes_no_time(char: str) -> None:
    assert isinstance(values("名额分配表\n单位\t名额\n" + char * (3_000 // len(char))), dict)


def test_the_posts_of_2022(shared: Path) -> None:
    path = shared / "corpus/gazette-2022-02.txt"
    found = quotas(read_file(path))
    assert len(found) == 12
    assert dict(found[3].values) == {"总数": 3500, "城镇": 400, "乡村": 3100}
    assert (found[3].row, found[3].unit, found[-1].row) == ("冠县", "个", "合计")
    assert dict(found[-1].values) == {"总数": 27600, "城镇": 3600, "乡村": 24000}
    assert found[0].table.endswith("岗位计划分配表（2022年）")
    assert not {"quota_sum", "quota_row_sum"} & set(codes(read_file(path)))


def test_a_wrong_sum_in_the_posts_of_2022(shared: Path) -> None:
    text = (shared / "corpus/gazette-2022-02.txt").read_text().replace("\t27600\t3600", "\t27600\t3700")
    (issue, row) = [each for each in read_bytes(text.encode(), name="a.txt").issues if each.code.startswith("quota_")]
    assert (issue.params["column"], issue.params["printed"], issue.params["computed"]) == ("城镇", "3700", "3600")
    assert row.params["row"] == "合计"


def test_there_are_no_other_quotas(shared: Path) -> None:
    for path in sorted((shared / "corpus").glob("*.txt")):
        assert path.name == "gazette-2022-02.txt" or not quotas(read_file(path)), path.name
