"""Documents that a gazette breaks off and continues elsewhere."""

import datetime as dt

from tests.reading.reader import codes, names, read

FRONT = "青岚市人民政府公报\n2031年第4期\n目 录\n关于稳定就业的意见..... 2\n"
OPINION = """青岚市人民政府文件
青政发〔2031〕4号
青岚市人民政府
关于稳定就业的意见
各县（市、区）人民政府：
为稳定就业，提出如下意见。
一、扶持企业
（一）降低费率。暂缓缴纳社会保险费，缓缴期间
"""
OPINION_REST = """免收滞纳金。（市人力资源社会保障局、市税务局负责）
（二）返还保费。按规定返还。（市财政局负责）
青岚市人民政府
2031年4月8日
"""
MEASURES = """关于印发《青岚市公益资金管理办法》的通知
青财社〔2031〕69号
各县（市、区）财政局、民政局：
现将《青岚市公益资金管理办法》印发给你们，请遵照执行。
青岚市财政局
青岚市民政局
2031年5月9日
青岚市公益资金管理办法
第一条 为规范公益资金管理，制定本办法。
第二条 民政部门应当于每年3月10日前，将上年度公益
"""
MEASURES_REST = """资金使用情况报市民政局。
第三条 本办法自2031年7月1日起施行，有效期至2036年6月30日。
"""


def test_a_sentence_cut_at_the_jump_is_one_again() -> None:
    reading = read(f"{FRONT}{OPINION}（下转第20页）\n{MEASURES}资金使用情况报市民政局。\n（上接第3页）\n{OPINION_REST}")
    opinion, measures = reading.documents
    first = opinion.provisions[1]
    assert first.text.startswith("降低费率。暂缓缴纳社会保险费，缓缴期间免收滞纳金。")
    assert [provision.label for provision in opinion.provisions] == ["一、", "（一）", "（二）"]
    assert [task.text for task in opinion.tasks] == [
        "降低费率。暂缓缴纳社会保险费，缓缴期间免收滞纳金。",
        "返还保费。按规定返还。",
    ]
    assert names(opinion.tasks[0]) == {"responsible_units": ["市人力资源社会保障局", "市税务局"]}
    assert opinion.issued_on == dt.date(2031, 4, 8)
    assert first.span.of(reading.text).endswith("缓缴期间")
    assert opinion.continuations[0].of(reading.text).startswith("（上接第3页）")
    for _, party in opinion.tasks[0].parties():
        assert party.span.of(reading.text) == party.name
    assert [provision.label for provision in measures.provisions] == ["第一条", "第二条"]


def test_a_continuation_printed_before_its_document_begins() -> None:
    reading = read(f"{FRONT}{OPINION}{OPINION_REST}（上接第33页）\n{MEASURES_REST}{MEASURES}（下转第31页）\n")
    opinion, measures = reading.documents
    assert [provision.label for provision in opinion.provisions] == ["一、", "（一）", "（二）"]
    assert [provision.label for provision in measures.provisions] == ["第一条", "第二条", "第三条"]
    assert measures.provisions[1].text == "民政部门应当于每年3月10日前，将上年度公益资金使用情况报市民政局。"
    assert measures.effective_to == dt.date(2036, 6, 30)
    assert "continuation_unmatched" not in codes(reading)


def test_two_documents_broken_off_get_their_own_rest() -> None:
    text = (
        f"{FRONT}{OPINION}（下转第9页）\n{MEASURES}（下转第8页）\n"
        f"（上接第5页）\n{MEASURES_REST}（上接第3页）\n{OPINION_REST}"
    )
    opinion, measures = read(text).documents
    assert opinion.tasks[0].text.endswith("缓缴期间免收滞纳金。")
    assert [provision.label for provision in measures.provisions] == ["第一条", "第二条", "第三条"]


def test_a_continuation_that_breaks_off_again() -> None:
    first, second = OPINION_REST.split("（二）")
    text = (
        f"{FRONT}{OPINION}（下转第6页）\n{MEASURES}资金使用情况报市民政局。\n"
        f"（上接第3页）\n{first}（下转第9页）\n（上接第6页）\n（二）{second}"
    )
    opinion = read(text).documents[0]
    assert [provision.label for provision in opinion.provisions] == ["一、", "（一）", "（二）"]
    assert len(opinion.continuations) == 2


def test_a_lost_mark_is_made_good_by_the_numbers() -> None:
    fresh = OPINION.replace("缓缴期间", "期限一年。（市税务局负责）")
    text = f"{FRONT}{fresh}{MEASURES}资金使用情况报市民政局。\n（上接第3页）\n并做好服务。\n"
    assert "continuation_unmatched" in codes(read(text))  # nothing before it breaks off
    cut = OPINION + "免收滞纳金，\n"
    rest = "（上接第3页）\n并做好服务。\n（二）返还保费。（市财政局负责）\n"
    text = f"{FRONT}{cut}{MEASURES}资金使用情况报市民政局。\n{rest}"
    opinion = read(text).documents[0]
    assert opinion.provisions[1].text.endswith("免收滞纳金，并做好服务。")


def test_an_end_that_is_nowhere_is_reported() -> None:
    reading = read(f"{FRONT}{OPINION}（下转第20页）\n{MEASURES}资金使用情况报市民政局。\n")
    (issue,) = [issue for issue in reading.issues if issue.code == "continuation_missing"]
    assert issue.span is not None
    assert issue.span.of(reading.text) == "（下转第20页）"


def test_words_torn_off_by_two_columns_go_back_to_their_sentence() -> None:
    text = MEASURES.replace("民政局：\n", "民政局：向我们反映。\n").replace(
        "请遵照执行。", "请遵照执行。如有问题，请及时"
    )
    reading = read(text)
    assert "crossed_columns" in codes(reading)
    (document,) = reading.documents
    assert document.issued_on == dt.date(2031, 5, 9)
    whole = read(
        text.replace("民政局：向我们反映。", "民政局：现将有关事项通知如下。").replace("请及时", "请及时反映。")
    )
    assert "crossed_columns" not in codes(whole)


def test_marks_in_other_writings() -> None:
    for leave, jump in [
        ("（下转第二十页）", "（上接第三页）"),
        ("(下转20版)", "(上接3版)"),
        ("下转第20页", "上接第3页"),
    ]:
        reading = read(f"{FRONT}{OPINION}{leave}\n{MEASURES}资金使用情况报市民政局。\n{jump}\n{OPINION_REST}")
        assert reading.documents[0].tasks[0].text.endswith("缓缴期间免收滞纳金。"), leave
