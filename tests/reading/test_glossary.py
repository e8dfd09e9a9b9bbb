"""Glossaries: terms and what they mean, numbered and not, in a part of their own or under a heading."""

from pathlib import Path

import pytest
from tests.reading.reader import read

from luoshi.reading import Reading, read_file
from luoshi.reading.findings import Term

REPORT = (
    "政府工作报告\n——2031年1月8日在青岚市第十届人民代表大会第四次会议上\n各位代表：\n"
    "现在，我代表市人民政府，向大会报告工作，请予审议。\n一、过去一年工作回顾\n全市各项事业取得新进展。\n"
)


def terms(reading: Reading) -> list[Term]:
    return [each for document in reading.documents for each in document.terms]


def pairs(words: str) -> list[tuple[str, str]]:
    return [(each.term, each.definition) for each in terms(read(REPORT + words))]


FORMS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "numbers and colons": (
        "附件4\n报告部分用语说明\n1.“十强”产业：新一代信息技术、高端装备。\n2.十乱:乱贴乱画。\n"
        "3.“河、湖”：“河”为青水；“湖”为岚湖。\n",
        [
            ("“十强”产业", "新一代信息技术、高端装备。"),
            ("十乱", "乱贴乱画。"),
            ("“河、湖”", "“河”为青水；“湖”为岚湖。"),
        ],
    ),
    "notes in square brackets": (
        "名词解释\n[1] 专精特新：指专业化、精细化\n企业。2030年新增30家。\n[2] “五城同创”是指同步创建五个品牌。\n",
        [("专精特新", "指专业化、精细化企业。2030年新增30家。"), ("“五城同创”", "同步创建五个品牌。")],
    ),
    "circled numbers and dashes": (
        "附件\n有关名词解释\n①放管服——简政放权。\n②“双碳”，指碳达峰与碳中和。\n",
        [("放管服", "简政放权。"), ("“双碳”", "碳达峰与碳中和。")],
    ),
    "no numbers": (
        "附件\n《政府工作报告》有关用语说明\n便民生活圈：步行15分钟左右的范围。\n"
        "“一老一小”：指养老服务，\n包括：机构养老。\n"
        "新质生产力：先进生产力质态。\n",
        [
            ("便民生活圈", "步行15分钟左右的范围。"),
            ("“一老一小”", "指养老服务，包括：机构养老。"),
            ("新质生产力", "先进生产力质态。"),
        ],
    ),
    "groups whose numbers begin again": (
        "附件\n名词解释\n一、综合类\n1.三区三线：三个区域。\n2.双控：控制总量。\n二、民生类\n"
        "1.一校三馆：市委党校等。\n",
        [("三区三线", "三个区域。"), ("双控", "控制总量。"), ("一校三馆", "市委党校等。")],
    ),
    "figures, brackets and colons inside": (
        "名词解释\n1.“5+1”“4个3”部署：“5+1”即五控：含源头。\n2.DRG（按病组）付费：按病组付费。\n",
        [("“5+1”“4个3”部署", "“5+1”即五控：含源头。"), ("DRG（按病组）付费", "按病组付费。")],
    ),
}


@pytest.mark.parametrize(("words", "expected"), FORMS.values(), ids=list(FORMS))
def test_each_form_is_read(words: str, expected: list[tuple[str, str]]) -> None:
    assert pairs(words) == expected


def test_a_term_has_its_place() -> None:
    reading = read(f"{REPORT}名词解释\n1.双控：控制\n总量。\n2.双碳：达峰。\n")
    assert terms(reading)[0].span.of(reading.text) == "1.双控：控制\n总量。"


def test_words_about_explaining_are_no_glossary() -> None:
    assert (
        pairs("二、今年工作安排\n做好名词解释工作：一是及时，二是准确。\n1.修路：修建公路。\n2.架桥：建设桥梁。\n")
        == []
    )


def test_the_terms_of_2022(shared: Path) -> None:
    found = terms(read_file(shared / "corpus/work-report-2022-12.txt"))
    assert len(found) == 28
    assert found[0].term == "十二大攻坚行动"
    assert found[12].term == "“5+1”“4+3”“4个3”工作部署"
    assert (found[5].term, found[5].definition) == ("十乱", "乱贴乱画、乱泼乱倒、乱拉乱挂、乱搭乱建、乱停乱放。")
    assert found[-1].definition.endswith("“四位一体”诚信体系。")


def test_there_are_no_other_terms(shared: Path) -> None:
    for path in sorted((shared / "corpus").glob("*.txt")):
        assert path.name == "work-report-2022-12.txt" or not terms(read_file(path)), path.name


@pytest.mark.parametrize(
    "words",
    [
        "注释：\n①三新经济：新产业、新业态、新商业模式。\n②四好农村路：建好、管好、护好、运营好农村公路。\n",
        "名词解释\n【三新经济】新产业、新业态、新商业模式。\n【四好农村路】建好、管好、护好、运营好农村公路。\n",
        "名词解释\n1. 三新经济（第3页）：新产业、新业态、新商业模式。\n"
        "2. 四好农村路（P5）：建好、管好、护好、运营好农村公路。\n",
    ],
    ids=["notes", "terms in brackets", "terms with their pages"],
)
def test_glossaries_of_other_reports(words: str) -> None:
    assert pairs(words) == [
        ("三新经济", "新产业、新业态、新商业模式。"),
        ("四好农村路", "建好、管好、护好、运营好农村公路。"),
    ]
