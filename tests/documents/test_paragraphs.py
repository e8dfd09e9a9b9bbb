"""Lines back to paragraphs and sentences; every span must be the words it says it is."""

import random
from itertools import pairwise

from tests.documents.plans import plan

from luoshi.documents.paragraphs import find_paragraphs, find_sentences, shown, strip_stretch


def words(text: str, **given: object) -> list[str]:
    """Return the paragraphs of a text as a reader sees them."""
    found = find_paragraphs(text, 0, len(text), **given)  # type: ignore[arg-type]
    return [shown(text, paragraph.start, paragraph.end) for paragraph in found]


def test_lines_that_the_paper_ended_are_joined() -> None:
    lines = [
        "各牵头单位主要负责同志要亲自上手，逐项拆解目标、节点和责",
        "任人，二月底前将实施计划报市政府办公室备案；配合单位要主动",
        "对接、按时交卷。",
        "各县要比照办理。",
    ]
    assert words("\n".join(lines)) == ["".join(lines[:3]), lines[3]]


def test_a_narrow_column_in_a_wide_text_is_joined() -> None:
    narrow = ["现将《任务分工方案》印发给你们，请结合", "实际认真抓好贯彻落实，并就有关事项一", "并通知如下："]
    wide = ["市政府办公室要建立台账，定期调度。" * 6] * 12
    assert words("\n".join([*narrow, *wide]))[0] == "".join(narrow)


def test_a_bracket_that_is_open_joins_lines_also_over_an_empty_one() -> None:
    text = "83. 建立责任规划师制度。(牵头领导: 林予安; 牵头单位:\n\n\n云溪县人民政府)\n84. 启动设计。"
    assert words(text) == [
        "83. 建立责任规划师制度。(牵头领导: 林予安; 牵头单位:云溪县人民政府)",
        "84. 启动设计。",
    ]


def test_a_bracket_that_is_never_closed_does_not_swallow_the_document() -> None:
    text = "1. 推进改革（牵头单位：市发展改革委。\n" + "2. 第二项任务要按时完成，不得拖延。\n" * 400
    assert len(words(text)) > 200


def test_items_begin_paragraphs_whatever_the_lines_look_like() -> None:
    text = "一、主要任务\n1. 新建学校；2. 修建道路"
    cut = text.index("2. ")
    assert words(text, breaks={cut}) == ["一、主要任务", "1. 新建学校；", "2. 修建道路"]


def test_the_lines_of_a_title_stand_alone() -> None:
    title = "关于印发2026年重点工作任务\n分工方案的通知"
    text = f"云川市人民政府文件\n云川市人民政府\n{title}\n各县（市、区）人民政府：\n现将方案印发给你们。"
    found = find_paragraphs(text, 0, len(text), titles={0: f"云川市人民政府{title}"})
    assert [text[each.start : each.end] for each in found if each.kind == "title"] == [
        "云川市人民政府",
        "关于印发2026年重点工作任务",
        "分工方案的通知",
    ]


def test_latin_words_keep_their_blank_over_a_line_break() -> None:
    text = "部署 Deep\nSeek 模型，实\n现全覆盖"
    assert shown(text, 0, len(text)) == "部署 Deep Seek 模型，实现全覆盖"


def test_a_figure_over_a_line_break_stays_one_figure() -> None:
    text = "全年补充耕地4\n200亩，引进ABC\n12家"
    assert shown(text, 0, len(text)) == "全年补充耕地4200亩，引进ABC 12家"


def test_sentences_hold_everything_and_end_where_people_stop() -> None:
    text = "实施“清零”行动。确保30家以上！（牵头单位：市科技局。另行通知）支持企业。"
    assert [text[start:end] for start, end in find_sentences(text, 0, len(text))] == [
        "实施“清零”行动。",
        "确保30家以上！",
        "（牵头单位：市科技局。另行通知）支持企业。",
    ]


def test_no_character_is_lost_or_told_twice() -> None:
    chance = random.Random(7)
    source = plan() * 2
    for _ in range(60):
        text = "".join(chance.choice(source + "\n\n（〔）〕。 \t") for _ in range(chance.randrange(1, 400)))
        breaks = {chance.randrange(len(text)) for _ in range(5)}
        found = find_paragraphs(text, 0, len(text), breaks=breaks)
        assert all(first.end <= second.start for first, second in pairwise(found))
        kept = "".join(text[each.start : each.end] for each in found)
        assert "".join(kept.split()) == "".join(text.split())
        for each in found:
            parts = [text[start:end] for start, end in find_sentences(text, each.start, each.end)]
            assert "".join("".join(parts).split()) == "".join(text[each.start : each.end].split())


def test_a_stretch_of_blanks_is_nothing() -> None:
    assert strip_stretch("  \n ", 0, 4) is None
    assert strip_stretch("  ab ", 0, 5) == (2, 4)
