"""Reading files back: what Luoshi wrote, what people changed in it, and what they made by themselves."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from tests.workbooks.samples import ROW, SHEET, SMALL, codes, made_by_hand, repacked, table

from luoshi.workbooks import Column, Kind, Sheet, read_workbook, write_csv, write_workbook

HEADER: list[object] = ["名称", "牵头领导", "数量", "日期"]


def edited(data: bytes, **cells: object) -> bytes:
    """Return the workbook with cells changed and saved by another program."""
    book = load_workbook(BytesIO(data))
    for address, value in cells.items():
        book.worksheets[0][address] = value
    target = BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize("write", [write_workbook, write_csv])
def test_what_was_written_is_read_back(write: Any) -> None:
    result = read_workbook(write(SHEET, [ROW, {**ROW, "task": "第二条"}]), SHEET)
    assert codes(result) == []
    assert not result.has_errors
    assert [row.values for row in result.rows] == [ROW, {**ROW, "task": "第二条"}]
    assert result.columns == tuple(ROW)
    assert (result.unknown_columns, result.missing_columns) == ((), ())


def test_row_numbers_are_those_that_excel_shows() -> None:
    assert [row.row_number for row in read_workbook(write_workbook(SHEET, [ROW, ROW]), SHEET).rows] == [3, 4]
    assert [row.row_number for row in read_workbook(write_csv(SHEET, [ROW, ROW]), SHEET).rows] == [2, 3]


def test_blank_cells_are_blank_values() -> None:
    (row,) = read_workbook(write_workbook(SHEET, [{"task": "甲"}]), SHEET).rows
    assert row.values == {
        "number": "",
        "task": "甲",
        "units": (),
        "status": None,
        "due": None,
        "amount": None,
        "count": None,
        "urgent": None,
        "watched": None,
        "levels": (),
    }


def test_another_program_saved_it() -> None:
    result = read_workbook(edited(write_workbook(SHEET, [ROW]), B3="改过的任务", G3=30), SHEET)
    assert codes(result) == []
    assert result.rows[0].values == {**ROW, "task": "改过的任务", "count": 30}


def test_exported_in_chinese_imported_in_english() -> None:
    english = Sheet(
        name=SHEET.name,
        title="Tasks",
        version=SHEET.version,
        columns=tuple(
            Column(key=column.key, title=column.key.title(), kind=column.kind, choices=column.choices)
            for column in SHEET.columns
        ),
    )
    (row,) = read_workbook(write_workbook(SHEET, [ROW]), english).rows
    assert row.values == ROW


def test_titles_serve_where_the_hidden_row_was_removed() -> None:
    book = load_workbook(BytesIO(write_workbook(SHEET, [ROW])))
    book.worksheets[0].delete_rows(1)
    target = BytesIO()
    book.save(target)
    result = read_workbook(target.getvalue(), SHEET)
    assert codes(result) == []
    assert result.rows[0].row_number == 2
    assert result.rows[0].values == ROW


def test_columns_may_be_moved_and_rows_put_above() -> None:
    data = table(["2021年名单"], [], ["日期", " 牵 头 领 导 ", "名称＊", "数量"], ["2021-12-31", "张三", "甲", "２"])
    (row,) = read_workbook(data, SMALL).rows
    assert row.row_number == 4
    assert row.values == {"name": "甲", "leader": "张三", "count": 2, "day": date(2021, 12, 31)}


def test_a_title_row_that_was_deleted_costs_no_data() -> None:
    book = load_workbook(BytesIO(write_workbook(SHEET, [ROW])))
    book.worksheets[0].delete_rows(2)
    target = BytesIO()
    book.save(target)
    assert [row.row_number for row in read_workbook(target.getvalue(), SHEET).rows] == [2]


def test_a_workbook_saved_as_csv_keeps_its_keys() -> None:
    page = load_workbook(BytesIO(write_workbook(SMALL, [{"name": "甲", "count": 2}]))).worksheets[0]
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in page.iter_rows(values_only=True)]
    result = read_workbook("\r\n".join(lines).encode("gb18030"), SMALL)
    assert codes(result) == []
    assert (result.rows[0].row_number, result.rows[0].values["count"]) == (3, 2)


def test_other_titles_of_a_column() -> None:
    result = read_workbook("编号,工作任务\n1,甲\n".encode(), SHEET)
    assert result.rows[0].values == {"number": "1", "task": "甲"}
    assert result.missing_columns[:2] == ("units", "status")


def test_the_list_is_found_among_other_worksheets() -> None:
    def fill(workbook: Any, page: Any) -> None:
        page.write_row(0, 0, ["填表说明", "数量"])
        other = workbook.add_worksheet("名单")
        other.write_row(0, 0, HEADER)
        other.write_row(1, 0, ["甲"])
        hidden = workbook.add_worksheet("旧名单")
        hidden.write_row(0, 0, HEADER)
        hidden.hide()

    result = read_workbook(made_by_hand(fill), SMALL)
    assert result.sheet_title == "名单"
    assert [row.values["name"] for row in result.rows] == ["甲"]


def test_a_column_that_the_file_lacks_is_not_blank() -> None:
    result = read_workbook(table(["名称", "数量"], ["甲", 1]), SMALL)
    assert codes(result) == []
    assert result.rows[0].values == {"name": "甲", "count": 1}
    assert result.missing_columns == ("leader", "day")


def test_a_required_column_that_is_missing() -> None:
    result = read_workbook(table(["牵头领导", "数量"], ["张三", 1]), SMALL)
    assert codes(result) == ["column_missing"]
    assert result.was_refused
    assert result.issues[0].message == "The required column 名称 is missing."
    assert result.rows == result.rejected_rows == ()


def test_a_column_that_occurs_twice() -> None:
    result = read_workbook(table(["名称", "数量", "名称"], ["甲", 1, "乙"]), SMALL)
    assert codes(result) == ["column_repeated"]
    assert result.issues[0].cell == "C"


def test_an_unknown_column_is_said_and_left_out() -> None:
    result = read_workbook(table(["名称", "数量", "电话"], ["甲", 1, "123"]), SMALL)
    assert codes(result) == ["column_unknown"]
    assert result.unknown_columns == ("电话",)
    assert not result.has_errors
    assert result.rows[0].values == {"name": "甲", "count": 1}


def test_a_column_added_to_an_export_is_said() -> None:
    result = read_workbook(edited(write_workbook(SHEET, [ROW]), K2="我的备注", K3="x"), SHEET)
    assert codes(result) == ["column_unknown"]
    assert (result.issues[0].cell, result.issues[0].column_title) == ("K", "我的备注")


def test_another_version_is_refused() -> None:
    old = Sheet(name=SHEET.name, title=SHEET.title, columns=SHEET.columns, version=2)
    result = read_workbook(write_workbook(old, [ROW]), SHEET)
    assert codes(result) == ["wrong_version"]
    assert "version 2 of the template; the present version is 3" in result.issues[0].message


def test_another_list_is_refused() -> None:
    other = Sheet(name="organizations", title="单位", columns=SHEET.columns, version=3)
    result = read_workbook(write_workbook(other, [ROW]), SHEET)
    assert codes(result) == ["wrong_sheet"]
    assert result.was_refused


def test_no_titles_at_all() -> None:
    result = read_workbook(table(["甲", "乙"], [1, 2]), SMALL)
    assert codes(result) == ["header_not_found"]
    assert "名称、牵头领导、数量、日期" in result.issues[0].message


def test_every_error_says_where_and_good_rows_survive() -> None:
    data = table(HEADER, ["甲", "张三", 1], ["", "李四", "很多", "2021年底"], ["乙", "王五", 2.5], ["丙"])
    result = read_workbook(data, SMALL)
    assert [(issue.row, issue.cell, issue.column_key, issue.code) for issue in result.issues] == [
        (3, "A3", "name", "required"),
        (3, "C3", "count", "not_a_number"),
        (3, "D3", "day", "date_incomplete"),
        (4, "C4", "count", "not_whole"),
    ]
    assert str(result.issues[1]) == "C3 数量: 很多 is not a number."
    assert [row.values["name"] for row in result.rows] == ["甲", "丙"]
    assert [row.row_number for row in result.rejected_rows] == [3, 4]
    assert [row.row_number for row in result.all_rows] == [2, 3, 4, 5]
    assert result.rejected_rows[0].raw == {"name": "", "leader": "李四", "count": "很多", "day": "2021年底"}
    assert "count" not in result.rejected_rows[0].values


def test_blank_rows_are_passed_over() -> None:
    result = read_workbook(table(HEADER, [], ["甲"], ["", " ", "", "　"], ["乙"], [], [""]), SMALL)
    assert [row.row_number for row in result.rows] == [3, 5]


def test_titles_without_rows() -> None:
    result = read_workbook(write_workbook(SHEET, []), SHEET)
    assert codes(result) == ["no_rows"]
    assert not result.has_errors


def test_formatted_but_empty_cells_are_no_rows() -> None:
    def fill(workbook: Any, page: Any) -> None:
        page.write_row(0, 0, HEADER)
        page.write_row(1, 0, ["甲"])
        page.write_blank(1_048_575, 16_383, None, workbook.add_format({"bold": True}))

    result = read_workbook(made_by_hand(fill), SMALL)
    assert codes(result) == []
    assert len(result.rows) == 1


def test_saved_results_of_formulas_are_used_and_said() -> None:
    def fill(_workbook: Any, page: Any) -> None:
        page.write_row(0, 0, HEADER)
        page.write_row(1, 0, ["甲"])
        page.write_formula(1, 2, "=1+1", None, 2)
        page.write_row(2, 0, ["乙"])
        page.write_formula(2, 2, "=C2+1", None, 3)
        page.write_formula(2, 1, '="张三"', None, "张三")

    result = read_workbook(made_by_hand(fill), SMALL)
    assert [(issue.code, issue.column_key, issue.params) for issue in result.issues] == [
        ("formula_value_used", "leader", {"count": 1}),
        ("formula_value_used", "count", {"count": 2}),
    ]
    assert [row.values["count"] for row in result.rows] == [2, 3]


def test_a_formula_that_was_never_calculated_is_an_error() -> None:
    result = read_workbook(edited(table(HEADER, ["甲", "", 1]), C2="=1+1", A3="=A2"), SMALL)
    assert [(issue.cell, issue.code) for issue in result.issues] == [
        ("C2", "formula_without_value"),
        ("A3", "formula_without_value"),
    ]
    assert result.rows == ()


def test_a_formula_whose_result_is_blank_is_blank() -> None:
    def as_excel_writes_it(name: str, part: bytes) -> bytes:
        return part.replace(b'<c r="B2"><f>', b'<c r="B2" t="str"><f>') if name.endswith("sheet1.xml") else part

    def fill(_workbook: Any, page: Any) -> None:
        page.write_row(0, 0, HEADER)
        page.write_row(1, 0, ["甲"])
        page.write_formula(1, 1, '=""', None, "")

    result = read_workbook(repacked(made_by_hand(fill), as_excel_writes_it), SMALL)
    assert codes(result) == ["formula_value_used"]
    assert result.rows[0].values["leader"] == ""


def test_a_cell_that_shows_an_error() -> None:
    def fill(_workbook: Any, page: Any) -> None:
        page.write_row(0, 0, HEADER)
        page.write_row(1, 0, ["甲"])
        page.write_formula(1, 2, "=1/0", None, "#DIV/0!")

    result = read_workbook(made_by_hand(fill), SMALL)
    assert [(issue.cell, issue.code, issue.params) for issue in result.issues] == [
        ("C2", "cell_error", {"text": "#DIV/0!"})
    ]
    assert len(result.rejected_rows) == 1


def test_a_leader_merged_over_rows_leads_them_all() -> None:
    def fill(_workbook: Any, page: Any) -> None:
        page.write_row(0, 0, HEADER)
        page.merge_range("B2:B4", "张三")
        for row, name in enumerate(["甲", "乙", "丙", "丁"], start=1):
            page.write_string(row, 0, name)

    result = read_workbook(made_by_hand(fill), SMALL)
    assert [row.values["leader"] for row in result.rows] == ["张三", "张三", "张三", ""]
    assert [(issue.code, issue.cell, issue.params) for issue in result.issues] == [
        ("merged_filled_down", "B2", {"range": "B2:B4", "rows": 3})
    ]


def test_a_row_made_tall_by_merging_is_one_row() -> None:
    def fill(_workbook: Any, page: Any) -> None:
        page.write_row(0, 0, HEADER)
        page.merge_range("A2:A3", "甲")
        page.merge_range("B2:B3", "张三")

    result = read_workbook(made_by_hand(fill), SMALL)
    assert [row.row_number for row in result.rows] == [2]


def test_titles_merged_over_two_rows() -> None:
    def fill(_workbook: Any, page: Any) -> None:
        page.write_row(0, 0, HEADER)
        page.merge_range("A1:A2", "名称")
        page.write_string(1, 2, "（个）")
        page.write_row(2, 0, ["甲", "张三", 3])

    result = read_workbook(made_by_hand(fill), SMALL)
    assert codes(result) == []
    assert [row.row_number for row in result.rows] == [3]


def test_a_cell_merged_across_columns_is_an_error_of_each_row() -> None:
    def fill(_workbook: Any, page: Any) -> None:
        page.merge_range("A1:D1", "二〇二一年名单")
        page.write_row(1, 0, HEADER)
        page.merge_range("A3:B4", "甲")
        page.write_row(3, 2, [5])
        page.write_row(4, 0, ["乙"])

    result = read_workbook(made_by_hand(fill), SMALL)
    assert ("merged_across", 3) in [(issue.code, issue.row) for issue in result.issues]
    assert ("merged_across", 4) in [(issue.code, issue.row) for issue in result.issues]
    assert [row.values["name"] for row in result.rows] == ["乙"]


def test_days_counted_from_1904() -> None:
    def fill(workbook: Any, page: Any) -> None:
        page.write_row(0, 0, HEADER)
        page.write_row(1, 0, ["甲"])
        page.write_datetime(1, 3, date(2026, 3, 5), workbook.add_format({"num_format": "yyyy-mm-dd"}))
        page.write_row(2, 0, ["乙", "", "", 46086 - 1462])

    result = read_workbook(made_by_hand(fill, date_1904=True), SMALL)
    assert [row.values["day"] for row in result.rows] == [date(2026, 3, 5)] * 2


def test_an_identity_number_typed_as_a_number() -> None:
    result = read_workbook(table(HEADER, ["甲", 110101199001011234]), SMALL)
    assert [(issue.cell, issue.code) for issue in result.issues] == [("B2", "digits_lost")]


def test_an_identity_number_shortened_in_csv_is_doubted() -> None:
    result = read_workbook("名称,牵头领导\n甲,1.10101E+17\n".encode(), SMALL)
    assert [(issue.cell, issue.code, issue.severity) for issue in result.issues] == [
        ("B2", "digits_doubtful", "warning")
    ]
    assert len(result.rows) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_csv_of_any_encoding_and_separator(encoding: str, mark: str, end: str) -> None:
    lines = [mark.join(line) for line in (["名称", "数量", "日期"], ["䶮市教育局", '"1,024"', "2021年12月31日"])]
    result = read_workbook((end.join(lines) + end).encode(encoding), SMALL)
    assert codes(result) == []
    assert result.rows[0].values == {"name": "䶮市教育局", "count": 1024, "day": date(2021, 12, 31)}


def test_csv_with_keys_as_titles() -> None:
    assert read_workbook(b"name,count\nx,1\n", SMALL).rows[0].values == {"name": "x", "count": 1}


def test_a_cell_of_csv_may_hold_several_lines() -> None:
    result = read_workbook('名称,数量\n"甲\n乙",1\n丙,x\n'.encode(), SMALL)
    assert result.rows[0].values["name"] == "甲\n乙"
    assert result.issues[0].row == 3


def test_a_single_column_is_a_list_too() -> None:
    sheet = Sheet(name="names", title="名单", columns=(Column(key="name", title="名称"),))
    assert [row.values["name"] for row in read_workbook("名称\n甲\n乙\n".encode(), sheet).rows] == ["甲", "乙"]


def test_money_stays_exact() -> None:
    sheet = Sheet(
        name="money",
        title="金额",
        columns=(Column(key="a", title="甲", kind=Kind.DECIMAL), Column(key="b", title="乙", kind=Kind.DECIMAL)),
    )
    row: dict[str, object] = {"a": Decimal("9999999999999.99"), "b": Decimal("123456789012345678.01")}
    assert read_workbook(write_workbook(sheet, [row]), sheet).rows[0].values == row
