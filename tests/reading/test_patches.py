"""Columns over a part of a page, the narrow lines in them, and forms that the demo's gazette brought up."""

from luoshi.reading import read_bytes
from luoshi.reading.decoding.paper import Mark, Sheet, arrange
from luoshi.reading.structure.lines import split_lines
from luoshi.reading.structure.titles import collect_title

SIZE = 10.0
PITCH = 16.0
WIDE = "全市各级各部门要切实加强组织领导统筹做好今年各项重点工作确保如期完成目标任务"
LEFT = [
    "第四条供水单位应当按照规定",
    "检测水质并做好记录保存两年",
    "以上。",
    "第五条计划停水的提前告知用",
    "水户并说明原因和恢复时间。",
]
RIGHT = [
    "第六条县级人民政府每年组织",
    "检修供水管网一次并将结果报",
    "市水利局。",
    "第七条本办法由市水利局负责",
    "解释自公布之日起开始施行。",
]


def written(text: str, x: float, row: float) -> list[Mark]:
    y = 50 + PITCH * row
    return [Mark(char, x + SIZE * at, y, x + SIZE * (at + 1), y + SIZE) for at, char in enumerate(text)]


def column(lines: list[str], x: float, row: float) -> list[Mark]:
    """The lines of a column; the first of an article is indented."""
    marks: list[Mark] = []
    for at, line in enumerate(lines):
        marks += written(line, x + (2 * SIZE if line.startswith("第") else 0), row + at)
    return marks


def lines(marks: list[Mark]) -> list[str]:
    (page,) = arrange([Sheet(1, 600, 800, marks)]).pages
    return page.split("\n")


def both(row: float) -> list[Mark]:
    return [*column(LEFT, 60, row), *column(RIGHT, 260, row)]


def test_columns_below_and_above_print_of_full_width() -> None:
    wide = [mark for row in range(12) for mark in written(WIDE, 60, row)]
    assert lines([*wide, *both(13)]) == [WIDE] * 12 + LEFT + RIGHT
    wide = [mark for row in range(7, 19) for mark in written(WIDE, 60, row)]
    assert lines([*both(0), *wide]) == LEFT + RIGHT + [WIDE] * 12


def test_date_above_the_right_column_stays_above_both() -> None:
    wide = [mark for row in range(12) for mark in written(WIDE, 60, row)]
    day = written("2026年3月1日", 300, 12)
    assert lines([*wide, *day, *both(13.2)]) == [WIDE] * 12 + ["2026年3月1日"] + LEFT + RIGHT


def test_two_ragged_lists_side_by_side_are_no_columns() -> None:
    wide = [mark for row in range(12) for mark in written(WIDE, 60, row)]
    names = [*("市水利局", "市财政局", "市生态环境局", "市卫生健康委员会", "市教育局")]
    duties = ["牵头", "安排资金并监督使用情况", "保护水源", "监测水质", "宣传"]
    rows = [mark for at, name in enumerate(names) for mark in written(name, 60, 13 + at)]
    rows += [mark for at, duty in enumerate(duties) for mark in written(duty, 260, 13 + at)]
    found = lines([*wide, *rows])[12:]
    assert [line.split()[0] for line in found] == names


def test_title_of_a_letter_goes_on_over_a_line_that_could_end_one() -> None:
    text = "青岚市人民政府办公室\n关于印发青岚市城市排水工程\n运行管理办法的通知\n各区人民政府："
    assert collect_title(split_lines(text), 0) == 3
    alone = "关于印发青岚市供水工程\n各区人民政府：\n为做好工作，现通知如下。"
    assert collect_title(split_lines(alone), 0) == 1


def test_what_stands_in_brackets_below_a_title_belongs_to_it() -> None:
    assert collect_title(split_lines("青岚市供水管理办法\n（试行）\n第一章 总则"), 0) == 2
    assert collect_title(split_lines("青岚市人民政府大事记\n（2026年3月）\n2日，"), 0) == 2
    assert collect_title(split_lines("青岚市供水管理办法\n（2026年3月2日市政府常务会议通过）\n第一章"), 0) == 1
    assert collect_title(split_lines("青岚市供水管理办法\n（此件公开发布）\n第一章"), 0) == 1


def test_first_line_of_a_narrow_column_is_no_heading() -> None:
    text = (
        "青岚市供水管理办法\n第一条 本办法适用于下列工程：\n（一）日供水规模1000立方米以上的规模\n化供水工程；\n"
        "（二）建设目标\n到2027年年底，农村自来水普及率达到95%以上。\n"
    )
    (document,) = read_bytes(text.encode(), name="a.txt").documents
    assert {one.label: one.heading for one in document.provisions if one.depth == 2} == {
        "（一）": None,
        "（二）": "建设目标",
    }
    assert [one.indicator for one in document.targets] == ["农村自来水普及率"]


def test_clause_before_a_full_stop_inside_an_item() -> None:
    text = (
        "关于促进物流发展的实施意见\n一、培育主体\n1.对首次入选的企业给予奖励（市商务局、市财政局负责）。引导国有企业参与建设"
        "（市国资委牵头，市城投集团配合）。\n2.完善规划（含专项规划）。推进项目（由企业自行负责的除外）。（市发展改革委负责）\n"
    )
    (document,) = read_bytes(text.encode(), name="a.txt").documents
    assert [(task.number, [party.name for _, party in task.parties()]) for task in document.tasks] == [
        ("1", ["市商务局", "市财政局"]),
        ("1", ["市国资委", "市城投集团"]),
        ("2", ["市发展改革委"]),
    ]


def test_licence_to_print_is_no_document() -> None:
    imprint = "主管主办：青岚市人民政府\n准印证号：青新准字〔2016〕7号\n"
    text = f"青岚市人民政府大事记\n（2026年3月）\n2日，全市防汛会议召开。\n{imprint}"
    (document,) = read_bytes(text.encode(), name="a.txt").documents
    assert [event.text for event in document.events] == ["全市防汛会议召开。"]
    assert not document.citations
