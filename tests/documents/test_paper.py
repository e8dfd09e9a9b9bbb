"""The text as sheets: pages, kinds of blocks, marks upon each other, and the cited stretch."""

import time

import pytest
from tests.documents.plans import TASKS, plan

from luoshi.documents.paper import FlatMarks, Layout, Mark, Sheet, lay_out, page_of, sentence_at


def sheets_of(text: str, **given: object) -> list[Sheet]:
    """Lay a whole text out."""
    return lay_out(Layout(text=text, regions=[(0, len(text))], **given))  # type: ignore[arg-type]


def printed(sheets: list[Sheet]) -> str:
    """Return all words that the sheets show."""
    return "".join(
        segment.text
        for sheet in sheets
        for block in sheet.blocks
        for sentence in block.sentences
        for segment in sentence.segments
    )


def test_a_sentence_over_two_pages_stands_on_both_and_keeps_its_address() -> None:
    first, second = (
        "推动产业链条与平台能力深度融合，全方位助力企业低成本转型，加快打造绿色低碳智算",
        "枢纽。各县比照办理。",
    )
    text = f"{first}\n{second}"
    sheets = sheets_of(text, page_starts=[0, len(first) + 1])
    assert [sheet.page for sheet in sheets] == [1, 2]
    left, right = sheets[0].blocks[-1], sheets[1].blocks[0]
    assert (left.is_continued, right.is_continued) == (False, True)
    whole = (0, text.index("各县"))
    assert (left.sentences[0].start, left.sentences[0].end) == whole
    assert (right.sentences[0].start, right.sentences[0].end) == whole
    assert left.sentences[0].anchor != right.sentences[0].anchor


def test_anchors_are_used_once() -> None:
    text = plan(TASKS * 5)
    sheets = sheets_of(text, page_starts=list(range(0, len(text), 97)))
    anchors = [sentence.anchor for sheet in sheets for block in sheet.blocks for sentence in block.sentences]
    assert len(anchors) == len(set(anchors))
    assert "".join(printed(sheets).split()) == "".join(text.split())


def test_blocks_are_recognised() -> None:
    text = plan()
    title = "云川市人民政府关于印发2026年市政府工作报告重点工作任务分工方案的通知"
    kinds = [block.kind for block in sheets_of(text, titles={0: title})[0].blocks]
    assert kinds[:4] == ["masthead", "doc-number", "title", "title"]
    assert "signature" in kinds
    assert "heading" in kinds


def test_an_item_whose_heading_ends_in_a_sentence_is_no_heading() -> None:
    sheets = sheets_of("（一）严保严管。强化红线意识，落实到户\n二、基本原则")
    assert [block.kind for block in sheets[0].blocks] == ["text", "heading"]


def test_of_marks_upon_each_other_the_most_particular_is_seen() -> None:
    marks = [Mark(0, 20, "task", 1), Mark(5, 9, "party", 1), Mark(7, 9, "leader", 1), Mark(12, 30, "task", 2)]
    pieces = [(start, end, mark and mark.kind) for start, end, mark in FlatMarks(marks).within(2, 32)]
    assert pieces[:4] == [(2, 5, "task"), (5, 7, "party"), (7, 9, "leader"), (9, 12, "task")]
    assert pieces[-1] == (30, 32, None)
    assert [end for _start, end, _kind in pieces[:-1]] == [start for start, _end, _kind in pieces[1:]]


@pytest.mark.parametrize("cited", [(0, 3), (4, 30), (10, 11), (0, 60)])
def test_the_cited_stretch_is_lit_whole_and_named_once(cited: tuple[int, int]) -> None:
    text = (
        "城镇新增就业4万人。改造老旧小区172个，新建学校24所，修建道路56条，完成年度目标，群众满意度稳步提升到九成以上。"
    )
    segments = [
        segment
        for sheet in sheets_of(text, cited=cited, marks=[Mark(2, 40, "task", 1)])
        for block in sheet.blocks
        for sentence in block.sentences
        for segment in sentence.segments
    ]
    assert "".join(segment.text for segment in segments if segment.is_cited) == text[cited[0] : cited[1]]
    assert sum(segment.is_first_cited for segment in segments) == 1


def test_continued_stretches_follow_in_order() -> None:
    text = "第一部分在前。（下转）别的文件。第二部分在后。"
    sheets = lay_out(Layout(text=text, regions=[(0, 7), (16, len(text))]))
    assert printed(sheets) == "第一部分在前。第二部分在后。"


def test_pages_count_from_one() -> None:
    assert page_of([], 5) is None
    assert [page_of([0, 10, 20], offset) for offset in (0, 9, 10, 25)] == [1, 1, 2, 3]
    assert page_of([3], 0) == 1


def test_the_sentence_of_an_offset() -> None:
    text = "一句话。又一句话。"
    assert sentence_at(text, 0, len(text), 5) == (4, 9)
    assert sentence_at(text, 0, len(text), 99) == (0, 9)


def test_a_long_document_is_laid_out_quickly() -> None:
    text = plan(TASKS * 700)
    assert len(text) > 120_000
    started = time.process_time()
    sheets_of(text, marks=[Mark(start, start + 8, "party", 1) for start in range(0, len(text), 12)])
    assert time.process_time() - started < 4


def test_an_empty_document_is_one_empty_sheet() -> None:
    assert sheets_of("") == [Sheet(None, [])]
