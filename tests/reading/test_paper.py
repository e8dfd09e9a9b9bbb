"""Marks and rules on paper become lines and rows, whoever read them."""

import random

import pytest

from luoshi.reading.decoding.paper import Mark, Rule, Sheet, arrange
from luoshi.reading.decoding.paper.grids import make_grids

SIZE = 10.0


def written(text: str, x: float, y: float, *, size: float = SIZE) -> list[Mark]:
    """The characters of a line, one after the other, `y` their upper edge."""
    return [Mark(char, x + size * at, y, x + size * (at + 1), y + size) for at, char in enumerate(text)]


def grid(xs: list[float], ys: list[float]) -> list[Rule]:
    """All rules of a table without merged cells."""
    levels = [Rule(True, y, xs[0], xs[-1]) for y in ys]
    return [*levels, *(Rule(False, x, ys[0], ys[-1]) for x in xs)]


def lines(*sheets: Sheet) -> list[str]:
    return [line for page in arrange(sheets).pages for line in page.split("\n")]


def test_marks_in_any_order_become_lines_from_top_to_bottom() -> None:
    marks = [*written("第二行", 50, 30), *written("第一行", 50, 10)]
    assert lines(Sheet(1, 200, 100, marks[::-1])) == ["第一行", "第二行"]


def test_gap_between_words_is_a_blank_and_justification_is_none() -> None:
    marks = [*written("青", 10, 10), *written("岚", 23, 10), *written("市", 60, 10), *written("AI", 72, 10)]
    assert lines(Sheet(1, 200, 100, marks)) == ["青岚 市AI"]


def test_letters_of_other_sizes_and_raised_ones_stay_in_their_line() -> None:
    marks = [*written("面积", 10, 10, size=14), *written("12", 38, 8, size=7), *written("亩", 52, 12, size=12)]
    assert lines(Sheet(1, 200, 100, marks)) == ["面积12亩"]


def test_recognised_words_keep_their_lowest_confidence() -> None:
    marks = [Mark("修路架桥", 10, 10, 50, 20, 0.99), Mark("植树", 55, 10, 75, 20, 0.62)]
    (line,) = arrange([Sheet(1, 200, 100, marks)]).pieces[0]
    assert [(piece.text, piece.confidence) for piece in line] == [("修路架桥植树", 0.62)]


def test_cells_are_joined_over_their_lines_and_empty_ones_stay() -> None:
    rules = grid([10, 50, 150, 250], [10, 30, 60])
    marks = [*written("序号", 15, 15), *written("任务", 60, 15), *written("责任单位", 160, 15)]
    marks += [*written("1", 15, 40), *written("市水利局、市生态环境", 151, 35), *written("局", 151, 47)]
    assert lines(Sheet(1, 300, 100, marks, rules)) == ["序号\t任务\t责任单位", "1\t\t市水利局、市生态环境局"]


def test_cell_under_a_merged_one_is_told_from_an_empty_one() -> None:
    rules = [rule for rule in grid([10, 60, 120, 200], [0, 20, 40, 60]) if not (rule.level and rule.at == 40)]
    rules.append(Rule(True, 40, 60, 200))
    marks = [*written("项目", 12, 5), *written("内容", 62, 5), *written("单位", 122, 5)]
    marks += [
        *written("河道", 12, 35),
        *written("清淤", 62, 25),
        *written("堤防", 62, 45),
        *written("市水利局", 122, 45),
    ]
    assert lines(Sheet(1, 300, 100, marks, rules)) == ["项目\t内容\t单位", "河道\t清淤\t", "\u3000\t堤防\t市水利局"]


@pytest.mark.parametrize("gap", [0.0, 2.0])
def test_borders_drawn_cell_by_cell_and_not_quite_meeting_are_one_table(gap: float) -> None:
    xs, ys = [10.0, 60.0, 110.0, 160.0], [10.0, 30.0, 50.0]
    levels = [Rule(True, y, x + gap, x + 50 - gap / 2) for y in ys for x in xs[:-1]]
    uprights = [Rule(False, x, y + gap, y + 20) for x in xs for y in ys[:-1]]
    (table,) = make_grids([*levels, *uprights])
    assert len(table.cells) == 6


def test_table_without_outer_uprights_has_its_outer_columns() -> None:
    (table,) = make_grids([rule for rule in grid([10, 60, 110, 160], [10, 30, 50]) if rule.level or 10 < rule.at < 160])
    assert [round(x) for x in table.xs] == [10, 60, 110, 160]


def test_frame_and_single_lines_are_no_table() -> None:
    assert make_grids(grid([10, 160], [10, 50])) == []
    assert make_grids([Rule(True, 10, 10, 200), Rule(True, 50, 10, 200), Rule(False, 300, 0, 20)]) == []


def test_drawing_of_endless_lines_takes_no_time() -> None:
    assert make_grids([Rule(at % 2 == 0, at / 10, 0, 500) for at in range(20_000)]) == []


def test_box_of_a_sheet_made_straight_lies_where_people_see_it() -> None:
    turn = (0.0, 1.0, -1.0, 0.0, 100.0, 0.0)  # a quarter turn clockwise on a page 100 wide
    sheet = Sheet(1, 100, 200, written("青岚", 20, 10), turn=turn)
    box = arrange([sheet]).pieces[0][0][0].box
    assert box is not None
    assert (box.left, box.top, box.right, box.bottom) == (0.8, 0.1, 0.9, 0.2)


def test_row_cut_by_a_page_break_stands_whole_where_it_begins() -> None:
    xs = [10.0, 50.0, 200.0, 290.0]
    first = [*written("序号", 15, 12), *written("任务内容", 60, 12), *written("责任单位", 205, 12)]
    first += [*written("1", 15, 32), *written("修复堤防十二公里清淤河", 55, 32), *written("市水利局", 205, 32)]
    head = first[:10]
    second = [*head, *written("道三条。", 55, 32), *written("2", 15, 52), *written("植树。", 55, 52)]
    second += written("市林业局", 205, 52)
    read = arrange(
        [
            Sheet(1, 300, 100, [*first, *written("1", 150, 90)], grid(xs, [10, 30, 50])),
            Sheet(2, 300, 100, [*second, *written("2", 150, 90)], grid(xs, [10, 30, 50, 70])),
        ]
    )
    assert [page.split("\n")[:-1] for page in read.pages] == [
        ["序号\t任务内容\t责任单位", "1\t修复堤防十二公里清淤河道三条。\t市水利局"],
        ["2\t植树。\t市林业局"],
    ]
    assert [piece.box.page for piece in read.pieces[0][1] if piece.box] == [1, 1, 2, 1]
    assert [issue.code for issue in read.issues] == ["table_heads_removed"]


def test_marks_and_rules_anywhere_are_put_in_some_order() -> None:
    rng = random.Random(1231)
    odd = [0.0, -1.0, 1e9, -1e9, float("inf"), float("-inf"), float("nan"), 1e-9]

    def anywhere() -> float:
        return rng.choice(odd) if rng.random() < 0.15 else rng.uniform(0, 600)

    for _ in range(150):
        sheets = []
        for number in range(1, rng.randint(2, 4)):
            marks = []
            for _ in range(rng.randint(0, 120)):
                x, y = anywhere(), anywhere()
                marks.append(
                    Mark(rng.choice("序号任务单位责任时限12。、（）局"), x, y, x + rng.choice([10, 0, -5]), y + 10)
                )
            rules = [Rule(rng.random() < 0.5, anywhere(), anywhere(), anywhere()) for _ in range(rng.randint(0, 30))]
            sheets.append(Sheet(number, rng.choice([595.0, 0.0, 1e9]), 842.0, marks, rules))
        read = arrange(sheets)
        assert len(read.pages) == len(sheets)
        boxes = [piece.box for page in read.pieces for line in page for piece in line if piece.box]
        assert all(0 <= box.left <= box.right <= 1 and 0 <= box.top <= box.bottom <= 1 for box in boxes)
