"""Putting what people saw in the place of what was recognised, and reading the text again."""

import random

import pytest

from luoshi.reading import read_bytes
from luoshi.reading.corrections import Correction, correct
from luoshi.reading.issues import make_issue
from luoshi.reading.layout import Box, PlacedText
from luoshi.reading.model import Span
from luoshi.reading.pipeline import reread

TEXT = "市政府\n1. 新建校舍3所\n\n责任单位：市教肓局\n"
PLAN = (
    "云川市人民政府文件\n云政发〔2026〕1号\n关于印发任务分工方案的通知\n\n任务分工方案\n一、主要任务\n"
    "1. 新建中小学24所。（牵头单位：市教肓局；配合单位：市财政局）\n2. 城镇新增就业4万人。（牵头单位：市人社局）\n"
)


def placed(text: str, page_starts: tuple[int, ...] = (0,), confidence: float = 0.5) -> list[PlacedText]:
    """Return a place for every line of a text."""
    found, offset = [], 0
    for line in text.split("\n"):
        if line:
            page = sum(start <= offset for start in page_starts)
            found.append(PlacedText(offset, offset + len(line), Box(page, 0.1, 0.1, 0.9, 0.2), confidence))
        offset += len(line) + 1
    return found


def test_words_change_and_everything_behind_moves_along() -> None:
    start = TEXT.index("责任")
    corrected = correct(
        TEXT,
        (0, start),
        placed(TEXT, (0, start)),
        [Correction(4, 13, "1. 新建中小学校舍3所"), Correction(start, start + 9, "责任单位：市教育局")],
    )
    assert corrected.text == "市政府\n1. 新建中小学校舍3所\n\n责任单位：市教育局\n"
    assert corrected.page_starts == (0, start + 3)
    assert [corrected.text[each.start : each.end] for each in corrected.layout] == [
        "市政府",
        "1. 新建中小学校舍3所",
        "责任单位：市教育局",
    ]
    assert [each.confidence for each in corrected.layout] == [0.5, 1.0, 1.0]
    assert [each.box.page for each in corrected.layout] == [1, 1, 2]


def test_what_is_right_as_it_is_becomes_sure() -> None:
    corrected = correct(TEXT, (0,), placed(TEXT), [Correction(0, 3, "市政府")])
    assert corrected.text == TEXT
    assert corrected.layout[0].confidence == 1.0


def test_what_is_no_print_leaves_an_empty_line() -> None:
    corrected = correct(TEXT, (0,), placed(TEXT), [Correction(0, 3, "")])
    assert corrected.text == TEXT[3:]
    assert len(corrected.layout) == len(placed(TEXT)) - 1
    assert corrected.layout[0].start == 1


@pytest.mark.parametrize(
    "corrections",
    [
        [Correction(4, 8, "x"), Correction(6, 9, "y")],
        [Correction(4, 8, "x"), Correction(0, 3, "y")],
        [Correction(0, 999, "x")],
        [Correction(3, 3, "x")],
    ],
)
def test_corrections_upon_each_other_or_outside_are_refused(corrections: list[Correction]) -> None:
    with pytest.raises(ValueError, match="out of order"):
        correct(TEXT, (0,), placed(TEXT), corrections)


@pytest.mark.parametrize("seed", range(20))
def test_every_place_keeps_its_words(seed: int) -> None:
    chance = random.Random(seed)
    text = "\n".join("字" * chance.randrange(0, 12) for _ in range(60))
    layout = placed(text)
    chosen = sorted(chance.sample(layout, len(layout) // 3), key=lambda each: each.start)
    corrections = [Correction(each.start, each.end, "改" * chance.randrange(0, 15)) for each in chosen]
    corrected = correct(text, (0,), layout, corrections)
    words = {each.start: each.words for each in corrections}
    expected = [words.get(each.start, text[each.start : each.end]) for each in layout]
    assert [corrected.text[each.start : each.end] for each in corrected.layout] == [each for each in expected if each]
    assert corrected.text.split("\n") == [
        words.get(offset, line) for offset, line in zip(_offsets(text), text.split("\n"), strict=True)
    ]


def _offsets(text: str) -> list[int]:
    lines = text.split("\n")
    return [sum(len(line) + 1 for line in lines[:index]) if lines[index] else -1 for index in range(len(lines))]


def test_a_text_read_again_is_read_as_its_file_was() -> None:
    first = read_bytes(PLAN.encode(), name="plan.txt")
    again = reread(
        first.text, page_starts=first.page_starts, layout=first.layout, source=first.source, issues=first.issues
    )
    assert again == first


def test_a_text_read_again_says_anew_what_is_about_its_words() -> None:
    first = read_bytes(PLAN.encode(), name="scan.png")
    said = (
        make_issue("scan_recognised", pages=1),
        make_issue("doubtful_line", span=Span(0, 4), page=1, confidence=30),
        make_issue("no_tasks"),
    )
    steps: list[str] = []
    again = reread(
        first.text.replace("市教肓局", "市教育局"),
        page_starts=(0,),
        layout=placed(first.text, confidence=0.99),
        source=first.source,
        issues=said,
        progress=lambda _share, stage: steps.append(stage),
    )
    assert [issue.code for issue in again.issues] == ["scan_recognised"]
    assert again.source.text_sha256 != first.source.text_sha256
    (document,) = again.documents
    assert document.tasks[0].lead_units[0].name == "市教育局"
    assert steps[-1] == "done"
