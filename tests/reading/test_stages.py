"""Each stage by itself."""

import datetime as dt

import pytest

from luoshi.reading.decoding.normalising import normalise
from luoshi.reading.responsibilities.brackets import find_groups
from luoshi.reading.responsibilities.names import is_odd, kind_of_name
from luoshi.reading.responsibilities.roles import find_labels
from luoshi.reading.structure.lines import split_lines
from luoshi.reading.structure.metadata import to_date
from luoshi.reading.structure.numbering import build_tree
from luoshi.reading.structure.numerals import from_figures, to_chinese
from luoshi.reading.structure.provisions import join_text, make_provisions
from luoshi.reading.view import fold, make_view
from luoshi.standards.document_numbers import find_document_numbers, normalise_document_number


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("甲\r\n乙\r丙", "甲\n乙\n丙"),
        ("市\u200b财\ufeff政\u00ad局", "市财政局"),
        ("第\u00a01\u2003条", "第 1 条"),
        ("## 一、目标\n**牵头单位：**市财政局", "一、目标\n牵头单位：市财政局"),
        ("- (1) 甲\n- 乙", "(1) 甲\n- 乙"),
        ("PM<sub>2.5</sub>", "PM2.5"),
        ("⼀、⽬标", "一、目标"),
        ("甲\n---\n乙", "甲\n\n乙"),
        ("甲\n— 12 —\n乙", "甲\n乙"),
        ("甲\n第 3 页 共 9 页\n乙", "甲\n乙"),
        ("部門（市、区）", "部門（市、区）"),
    ],
)
def test_normalise_takes_out_what_a_reader_does_not_see(raw: str, text: str) -> None:
    assert normalise([raw], paged=False).text == text


def test_normalise_removes_running_heads_and_folios_of_pages() -> None:
    words = ["推进道路建设", "加快植树造林", "整治河道污水", "改造老旧小区", "办好民生实事"]
    pages = [f"青岚市人民政府公报\n2031年第{n}期\n甲\n{text}\n乙\n{text}了\n{n}" for n, text in enumerate(words, 1)]
    normal = normalise(pages, paged=True)
    assert [line for line in normal.text.split("\n") if line] == [
        line for text in words for line in ("甲", text, "乙", f"{text}了")
    ]
    assert normal.removed == 15
    assert [normal.text[start : start + 9].split()[0] for start in normal.page_starts] == ["甲"] * 5


def test_view_leads_back_to_the_text() -> None:
    text = "牵头单\n位： 市自然资源和规\n\n划局 "
    view = make_view(text)
    assert view.plain == "牵头单位：市自然资源和规划局"
    assert view.folded == "牵头单位:市自然资源和规划局"
    at = view.plain.index("市")
    assert view.span(at, len(view.plain)).of(text) == "市自然资源和规\n\n划局"


def test_fold_keeps_the_length_of_short_and_long_text() -> None:
    wide = "（１２，Ａ；：）〖〗"
    assert fold(wide) == "(12,A;:)【】"
    assert fold(wide * 100) == fold(wide) * 100


def test_lines_know_what_they_are() -> None:
    text = "青政发〔2031〕3号\n青岚市人民政府\n2031年2月8日\n附件1\n（此件公开发布）\n"
    text += "抄送：市委各部门。\n序号\t任务\n普通的一行"
    assert [line.kind for line in split_lines(text)] == [
        "number",
        "masthead",
        "date",
        "annex",
        "notice",
        "copies",
        "row",
        "text",
    ]


def _tree(text: str) -> list[tuple[str, int]]:
    items, _ = build_tree(text, split_lines(text))
    return [(item.label.printed.strip(), item.parent) for item in items]


def test_tree_follows_the_ranks_of_labels() -> None:
    text = "一、甲\n（一）乙\n1. 丙\n（1）丁\n①戊\n2. 己\n（二）庚\n二、辛\n"
    assert _tree(text) == [
        ("一、", -1),
        ("（一）", 0),
        ("1.", 1),
        ("（1）", 2),
        ("①", 3),
        ("2.", 1),
        ("（二）", 0),
        ("二、", -1),
    ]


def test_tree_of_articles() -> None:
    text = "第一章 总则\n第一条 甲。\n第二条 乙：\n（一）丙；\n（二）丁。\n第二章 附则\n第三条 戊。"
    assert _tree(text) == [
        ("第一章", -1),
        ("第一条", 0),
        ("第二条", 0),
        ("（一）", 2),
        ("（二）", 2),
        ("第二章", -1),
        ("第三条", 5),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "1. 完成投资\n2.5亿元以上，增长6%。",
        "1. 建设学校，投资共计\n36. 万元，惠及群众。",
        "1. 贯彻《条例》有关规定，特别是\n第五条例外情形。",
        "1. 甲乙丙丁戊己庚辛\n3、4号楼改造",
    ],
)
def test_figure_at_the_head_of_a_wrapped_line_is_no_item(text: str) -> None:
    assert len(_tree(text)) == 1


def test_numbers_run_on_or_start_again_under_each_section() -> None:
    assert len(_tree("一、甲\n1. 乙。\n2. 丙。\n二、丁\n3. 戊。\n三、己\n1. 庚。\n")) == 7


def test_provisions_have_stable_ids_and_headings() -> None:
    text = "一、总体要求\n深入贯彻有关精神。\n二、任务\n（一）抓好示范。建设项目20个。\n二、重复\n"
    items, issues = build_tree(text, split_lines(text))
    provisions = make_provisions(text, items, prefix="a1-")
    assert [(provision.id, provision.heading) for provision in provisions] == [
        ("a1-c1", "总体要求"),
        ("a1-c2", "任务"),
        ("a1-c2-p1", "抓好示范"),
        ("a1-c2~2", "重复"),
    ]
    assert [issue.code for issue in issues] == ["number_repeated"]
    assert provisions[1].span.of(text).endswith("建设项目20个。")


def test_brackets_of_any_kind_pair_up() -> None:
    assert [(g.start, g.end, g.closed) for g in find_groups("a(b〔c)d]e", 0, 9)] == [(1, 6, True)]
    assert [(g.start, g.end, g.closed) for g in find_groups("(a(b)", 0, 5)] == [(0, 5, False), (2, 5, True)]
    assert find_groups("a)b]", 0, 4) == []


def test_labels_are_found_with_their_role() -> None:
    text = "牵头领导:甲;市级牵头单位:乙;配合部门:丙;具体实施单位:丁;完成时限:戊;责任单位(排第一的牵头):己"
    assert [label.role for label in find_labels(text, 0, len(text))] == [
        "lead_leaders",
        "lead_units",
        "cooperating_units",
        "implementing_units",
        "deadline",
        "responsible_units",
    ]


@pytest.mark.parametrize(
    ("name", "leader", "kind"),
    [
        ("市财政局", False, "unit"),
        ("市科协", False, "unit"),
        ("各县(市、区)人民政府", False, "group"),
        ("市安委会成员单位", False, "group"),
        ("许知远", False, "person"),
        ("市政府秘书长", False, "post"),
        ("许知远", True, "person"),
        ("市委常委", True, "post"),
        ("市政府办公室", True, "unit"),
    ],
)
def test_names_are_told_apart(name: str, leader: bool, kind: str) -> None:
    assert kind_of_name(name, leader=leader) == kind


def test_odd_names() -> None:
    assert not is_odd("市市场监管局(市知识产权局)")
    assert is_odd("局")
    assert is_odd("市财政局。市税务局")
    assert is_odd("市" * 41)


def test_numerals_in_three_writings() -> None:
    assert [from_figures(to_chinese(number)) for number in range(1, 1000)] == list(range(1, 1000))
    assert [from_figures(text) for text in ("２０３１", "二〇三一", "一百零三", "十", "廿", "", "1a")] == [
        2031,
        2031,
        103,
        10,
        None,
        None,
        None,
    ]
    assert to_date("二〇三一", "十二", "三十一") == dt.date(2031, 12, 31)
    assert to_date("2031", "2", "30") is None


def test_join_text_keeps_blanks_between_latin_words_only() -> None:
    assert join_text(" 市自\n 然资源 5G network 全 覆盖 ") == "市自然资源5G network全覆盖"


@pytest.mark.parametrize(
    ("printed", "usual"),
    [
        ("青政发〔2031〕3号", "青政发〔2031〕3号"),
        ("青政办字[2031] 013 号", "青政办字〔2031〕13号"),
        ("青政发（２０３１）第３号", "青政发〔2031〕3号"),
        ("青政发2031 3号", None),
        ("〔2031〕3号", None),
    ],
)
def test_document_numbers_in_their_usual_form(printed: str, usual: str | None) -> None:
    assert normalise_document_number(printed) == usual


def test_document_numbers_in_running_text() -> None:
    text = "根据《条例》（国发〔2030〕9号）和鲁政办字〔2031〕12号要求，按照青政发[2031]3号执行"
    found = list(find_document_numbers(text))
    assert [number.number for number in found] == ["国发〔2030〕9号", "鲁政办字〔2031〕12号", "青政发〔2031〕3号"]
    assert [text[number.start : number.end] for number in found][2] == "青政发[2031]3号"
