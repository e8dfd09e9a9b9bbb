"""Every issue code is raised by something, and says where."""

from collections.abc import Callable

import pytest
from tests.reading import test_bad_input as bad
from tests.reading.reader import DOCUMENTS, codes, read

from luoshi.reading import read_bytes
from luoshi.reading.issues import ISSUES, make_issue
from luoshi.reading.model import Span


def _task(clause: str, text: str = "修路。") -> Callable[[], list[str]]:
    return lambda: codes(read(f"1. {text}（{clause}）\n2. 植树。（责任单位：市林业局）\n"))


RAISED: dict[str, Callable[[], list[str]]] = {
    "short_document": lambda: codes(read("通知")),
    "no_tasks": lambda: codes(read("关于举办读书活动的通知，请各单位踊跃参加，并做好各项准备工作。")),
    "lying_type": lambda: codes(read("1. 修路架桥，植树造林。（责任单位：市林业局）", "plan.pdf")),
    "furniture_removed": lambda: codes(read("1. 修路。（责任单位：市交\n— 3 —\n通局）植树造林绿化工作\n")),
    "front_matter": lambda: codes(read((DOCUMENTS / "gazette.txt").read_text())),
    "continuation_unmatched": lambda: codes(
        read("1. 修路。（责任单位：市交通局）\n（上接第2页）继续修路架桥植树造林\n")
    ),
    "only_contents": lambda: codes(
        read("青岚市人民政府公报\n目 录\n关于稳定就业的意见..... 2\n关于植树的通知..... 5\n")
    ),
    "continuation_missing": lambda: codes(
        read("1. 修路。（责任单位：市交通局）\n2. 架桥铺路植树造林，\n（下转第8页）\n")
    ),
    "crossed_columns": lambda: codes(
        read(
            "青财社〔2031〕7号\n各县（市、区）财政局：遵照执行。\n为规范资金管理，现予印发，请\n青岚市财政局\n2031年5月9日\n"
        )
    ),
    "unclosed_bracket": lambda: codes(read("1. 修路架桥植树造林。（责任单位：市交通局、市林业局")),
    "mismatched_bracket": lambda: codes(read("1. 修路架桥植树造林。（责任单位：市交通局、市林业局]")),
    "leader_looks_like_unit": _task("牵头领导：市交通运输局"),
    "unit_looks_like_leader": _task("责任单位：许知远"),
    "duplicate_party": _task("责任单位：市交通局、市交通局"),
    "same_unit_leads_and_cooperates": _task("牵头单位：市交通局；配合单位：市交通局"),
    "etc_list": _task("责任单位：市交通局等"),
    "post_instead_of_name": _task("牵头领导：市政府秘书长"),
    "odd_name": _task("责任单位：市交通局？？"),
    "long_list": _task("责任单位：" + "、".join(f"市第{n}交通局" for n in range(1100))),
    "number_gap": lambda: codes(read("1. 修路。\n2. 架桥。\n5. 植树造林。（责任单位：市林业局）")),
    "number_repeated": lambda: codes(read("1. 修路。\n2. 架桥。\n2. 植树造林。（责任单位：市林业局）")),
    "empty_clause": _task("牵头单位：；配合单位：市交通局"),
    "empty_text": _task("责任单位：市交通局", text=""),
    "text_after_clause": lambda: codes(read("1. 修路。（责任单位：市交通局）并做好植树造林工作。\n2. 架桥。")),
    "several_clauses": lambda: codes(read("1. 修路。（责任单位：市交通局）植树。（责任单位：市林业局）\n")),
    "no_lead": _task("配合单位：市交通局"),
    "bare_list": _task("市交通局、市财政局"),
    "project_table": lambda: codes(read("序号\t项目名称\t总投资\t责任单位\n1\t智算中心\t12亿元\t市发改委\n")),
    "responsibility_unread": lambda: codes(read("关于来信的情况\n经费一事市财政局负责另行答复。\n")),
    "prose_clause": lambda: codes(read("青岚市道路养护管理办法\n第一条 市交通局负责农村公路养护工作。\n")),
}
ELSEWHERE = {code for _, code, _ in bad.REFUSED} | {
    "too_large",
    "too_many_characters",
    "too_many_pages",
    "took_too_long",
    "mixed_encoding",
    "undecodable",
    "page_without_text",
    # with the other kinds of files
    "broken_doc",
    "scanned_ofd",
    "page_unreadable",
    "encrypted_archive",
    "member_unreadable",
    "tracked_changes",
    "footnotes",
    # with appointments, chronicles and quotas
    "appointment_unclear",
    "quota_sum",
    "quota_row_sum",
    "event_undated",
    "event_out_of_order",
    "event_month_unknown",
    # with the scans
    "scanned_pdf",
    "image_file",
    "too_many_pixels",
    "too_many_scanned_pages",
    "recogniser_broken",
    "page_partly_read",
    "unreadable_print",
    "doubtful_line",
    "more_doubtful_lines",
    "scan_recognised",
    # with the PDF files
    "table_without_rules",
    "table_unreadable",  # with the tables
    "table_heads_removed",
    "page_upside_down",
    "watermark_removed",
    "hidden_text",
}


@pytest.mark.parametrize(("code", "raised"), RAISED.items(), ids=list(RAISED))
def test_each_code_is_raised(code: str, raised: Callable[[], list[str]]) -> None:
    assert code in raised()


def test_every_code_is_tested_here_or_with_the_bad_files() -> None:
    assert set(ISSUES) == set(RAISED) | ELSEWHERE


def test_messages_take_their_parameters() -> None:
    issue = make_issue("number_gap", number=5, previous=2, span=Span(0, 1))
    assert issue.message == "Number 5 follows 2: an item may be missing or misnumbered."
    assert issue.params == {"number": 5, "previous": 2}
    assert len(str(make_issue("odd_name", number="1", name="长" * 500).params["name"])) == 60


def test_doubts_of_a_task_are_issues_with_its_place() -> None:
    reading = read_bytes("1. 修路架桥植树造林，整治河道污水。（责任单位：市交通局等）".encode(), name="a.txt")
    (issue,) = reading.issues
    assert issue.span is not None
    assert issue.span.of(reading.text) == "市交通局"
