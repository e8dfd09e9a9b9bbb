"""The invented documents of tests/reading/documents, read from end to end."""

import datetime as dt

import pytest
from tests.reading.reader import DOCUMENTS, codes, names, read, tasks_of

from luoshi.reading import Reading, Task, read_file


def _read(name: str) -> Reading:
    return read_file(DOCUMENTS / name)


def test_plan_with_clauses_in_brackets() -> None:
    reading = _read("plan_in_brackets.txt")
    (document,) = reading.documents
    assert (document.kind, document.doc_number, document.issuer) == ("task_plan", "青政发〔2031〕3号", "青岚市人民政府")
    assert document.title == "青岚市人民政府关于印发2031年重点工作任务分工方案的通知"
    assert document.issued_on == dt.date(2031, 2, 8)
    assert [task.number for task in document.tasks] == ["1", "2", "3(1)", "3(2)", "4", "5", "7"]
    assert [task.section for task in document.tasks[:3]] == ["一、稳住经济增长"] * 3
    assert names(document.tasks[1])["cooperating_units"] == ["市自然资源和规划局", "市住房和城乡建设局"]
    assert names(document.tasks[5])["cooperating_units"] == ["市公交集团", "沿线有关县(市、区)人民政府"]
    assert [task.doubts for task in document.tasks] == [
        (),
        (),
        ("mismatched_bracket",),
        ("etc_list",),
        ("post_instead_of_name", "same_unit_leads_and_cooperates"),
        (),
        ("leader_looks_like_unit", "unclosed_bracket"),
    ]
    assert "number_gap" in codes(reading)
    assert "抄送" not in document.tasks[-1].span.of(reading.text)


def test_plan_with_clauses_on_lines() -> None:
    reading = _read("plan_on_lines.md")
    (document,) = reading.documents
    assert document.title == "青岚市人民政府办公室关于印发青岚市绿色建造三年行动方案的通知"
    assert [part.title for part in document.parts][1:] == ["青岚市绿色建造三年行动方案"]
    assert [task.number for task in document.tasks] == ["1", "2", "二(1)", "二(2)", "二(2)"]
    assert document.tasks[0].section_path == ("二、重点任务", "（一）抓好示范")
    assert names(document.tasks[0])["cooperating_units"] == ["市发展改革委", "市财政局", "各县（市、区）人民政府"]
    assert names(document.tasks[4]) == {
        "responsible_units": ["市住房城乡建设局"],
        "implementing_units": ["市建筑业协会"],
    }
    assert "#" not in reading.text
    assert "**" not in reading.text


def test_measures_printed_as_one_line() -> None:
    reading = _read("measures_in_one_line.txt")
    (document,) = reading.documents
    assert document.doc_number == "青政办规〔2032〕5号"
    assert document.title == "青岚市人民政府办公室印发《关于支持小微企业稳岗扩岗的若干措施》的通知"
    assert (document.effective_from, document.effective_to) == (dt.date(2032, 4, 1), dt.date(2034, 3, 31))
    assert [(task.number, task.section) for task in document.tasks] == [
        ("1", "一、降低用工成本"),
        ("2", "一、降低用工成本"),
        ("3", "二、扩大就业岗位"),
        ("4", "二、扩大就业岗位"),
    ]
    assert names(document.tasks[3]) == {"lead_units": ["市总工会"], "responsible_units": ["团市委", "市妇联"]}
    assert all(task.clean for task in document.tasks)


def test_gazette_is_split_by_document_number() -> None:
    reading = _read("gazette.txt")
    assert [(document.kind, document.doc_number) for document in reading.documents] == [
        ("opinion", "青政发〔2033〕1号"),
        ("measures", "青财社〔2033〕7号"),
        ("chronicle", None),
    ]
    opinion, measures, _ = reading.documents
    assert opinion.issued_on == dt.date(2033, 1, 12)
    assert [(task.number, task.section) for task in opinion.tasks] == [
        ("一", "一、开展普查"),
        ("二", "一、开展普查"),
        ("三", "二、落实责任"),
    ]
    assert [(c.doc_number, c.title) for c in opinion.citations] == [("国林发〔2030〕9号", "古树名木保护条例")]
    assert measures.issuer == "青岚市财政局、青岚市民政局"
    assert (measures.effective_from, measures.effective_to) == (dt.date(2033, 3, 1), dt.date(2036, 2, 28))
    assert [provision.label for provision in measures.provisions] == ["第一章", "第一条", "第二条", "第二章", "第三条"]
    assert [(task.number, names(task)) for task in measures.tasks] == [
        ("第二条", {"responsible_units": ["市财政局"], "cooperating_units": ["市民政局"]})
    ]
    assert codes(reading) == ["front_matter", "prose_clause"]


def test_continuation_belongs_to_the_document_that_broke_off() -> None:
    reading = _read("gazette.txt")
    (continuation,) = reading.documents[0].continuations
    assert continuation.of(reading.text).startswith("（上接第2页）")
    assert "加强巡查" in continuation.of(reading.text)


@pytest.mark.parametrize("path", sorted(DOCUMENTS.iterdir()), ids=lambda path: path.name)
def test_spans_lead_back_to_the_print(path: object) -> None:
    reading = _read(getattr(path, "name", ""))
    check_spans(reading)


def check_words(printed: str, read: str, *, is_cut: bool) -> None:
    """Words are as printed; where the paper broke them off (下转第9页) their span is the piece before the break."""
    words = "".join(printed.split())
    assert words == read or (is_cut and read.startswith(words))


def check_task(text: str, task: Task, *, is_cut: bool) -> None:
    """The spans of a task lie in the text, and those of its parties in its clause."""
    for span in (task.span, task.text_span, task.clause_span):
        assert 0 <= span.start <= span.end <= len(text)
    for _, party in task.parties():
        check_words(party.span.of(text), party.name, is_cut=is_cut)
        in_clause = task.clause_span.start <= party.span.start <= party.span.end <= task.clause_span.end
        # A leader may stand in the heading above, and a clause may go on behind the break.
        assert in_clause or is_cut or party.span.end <= task.span.start


def check_spans(reading: Reading) -> None:
    """Every span lies in the text, and every party's span is its name with blanks in it."""
    size = len(reading.text)
    for document in reading.documents:
        assert 0 <= document.span.start <= document.span.end <= size
        for provision in document.provisions:
            assert 0 <= provision.span.start <= provision.span.end <= size
        for task in document.tasks:
            check_task(reading.text, task, is_cut=bool(document.continuations))
    for document in reading.documents:
        for target in document.targets:
            check_words(target.span.of(reading.text), target.quote, is_cut=bool(document.continuations))
        for kind in ("duties", "appointments", "quotas", "events", "terms", "items", "citations"):
            for found in getattr(document, kind):
                assert 0 <= found.span.start <= found.span.end <= size
    for place in reading.layout:
        assert 0 <= place.start < place.end <= size
    for issue in reading.issues:
        assert issue.span is None or 0 <= issue.span.start <= issue.span.end <= size


def test_ids_are_unique_and_do_not_change_with_the_layout() -> None:
    text = (DOCUMENTS / "plan_in_brackets.txt").read_text()
    ids = [task.id for task in tasks_of(_read("plan_in_brackets.txt"))]
    reading = read("\n\n" + text.replace("\n\n", "\n\n\n"))
    assert len(set(ids)) == len(ids)
    assert [task.id for task in tasks_of(reading)] == ids
