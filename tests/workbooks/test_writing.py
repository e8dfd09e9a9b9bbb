"""What a written file looks like to those who open it: another library stands in for Excel."""

import csv
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from tests.workbooks.samples import ROW, SHEET

from luoshi.workbooks import Column, Kind, Sheet, UnableToWriteWorkbook, iter_csv, write_csv, write_workbook
from luoshi.workbooks.layout import sheet_tab_name


def opened(data: bytes) -> Worksheet:
    page = load_workbook(BytesIO(data)).worksheets[0]
    assert isinstance(page, Worksheet)
    return page


def column_of(key: str) -> int:
    return [column.key for column in SHEET.columns].index(key) + 1


def test_keys_are_hidden_above_the_titles() -> None:
    page = opened(write_workbook(SHEET, [ROW]))
    assert page.row_dimensions[1].hidden
    assert page["B1"].value == "luoshi/tasks/3/task/任务"
    assert page["A2"].value == "编号"
    assert page["B2"].value == "任务 *"


def test_values_have_their_kinds() -> None:
    page = opened(write_workbook(SHEET, [ROW]))
    values: list[Any] = [cell.value for cell in page[3]]
    assert values[:4] == ["0012", "新改建中小学24所", "市教育局、市政府办公室（研究室、法制办）", "进行中"]
    assert values[4].date() == date(2021, 12, 31)
    assert values[5:] == [1234.5, 24, "是", False, "市级、县级"]
    assert page["A3"].number_format == "@"
    assert page["E3"].number_format == "yyyy-mm-dd"
    assert page["F3"].number_format == "#,##0.00"


def test_the_template_guides_who_fills_it_in() -> None:
    page = opened(write_workbook(SHEET, []))
    assert page.freeze_panes == "A3"
    assert page.auto_filter.ref == "A2:J3"
    rules = {str(rule.sqref).split(":")[0]: rule for rule in page.data_validations.dataValidation}
    assert rules["D3"].type == "list"
    assert rules["D3"].formula1 == "_lists!$A$1:$A$2"
    assert rules["B3"].prompt == "一句话说清要做什么"
    assert rules["B3"].formula1 == "200"
    assert "A3" not in rules
    lists = load_workbook(BytesIO(write_workbook(SHEET, [])))["_lists"]
    assert lists.sheet_state == "veryHidden"
    assert [cell.value for cell in lists["A"]] == ["进行中", "已办结"]


def test_only_columns_to_fill_in_are_unlocked() -> None:
    page = opened(write_workbook(SHEET, [ROW]))
    assert page.protection.sheet
    assert page["A3"].protection.locked
    assert page["A2"].protection.locked
    assert not page["B3"].protection.locked
    # A row typed below the last one gets the format of the column.
    assert not page.column_dimensions["B"].protection.locked
    assert page.column_dimensions["A"].protection.locked
    assert not opened(write_workbook(SHEET, [ROW], protect=False)).protection.sheet


def test_it_prints_on_a4_landscape_with_titles_on_every_page() -> None:
    page = opened(write_workbook(SHEET, [ROW]))
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert int(page.page_setup.fitToHeight) == 0
    assert page.print_title_rows == "$2:$2"
    assert page.oddHeader.center.text == "2021年任务分工方案"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "＝1+1"])
def test_no_text_becomes_a_formula(text: str) -> None:
    data = write_workbook(SHEET, [{**ROW, "task": text}])
    cell = opened(data)["B3"]
    assert cell.data_type == "s"
    assert cell.value == text
    assert cell.quotePrefix
    sheet_xml = zipfile.ZipFile(BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet_xml
    assert b"<hyperlink" not in sheet_xml


def test_numbers_too_long_for_excel_are_written_as_text() -> None:
    page = opened(write_workbook(SHEET, [{"task": "甲", "count": 10**15, "amount": Decimal("12345678901234.56")}]))
    assert page.cell(3, column_of("count")).value == "1000000000000000"
    assert page.cell(3, column_of("amount")).value == "12345678901234.56"


def test_nothing_but_the_list_is_in_the_file() -> None:
    properties = load_workbook(BytesIO(write_workbook(SHEET, [ROW]))).properties
    assert properties.title == "2021年任务分工方案"
    assert not properties.creator
    assert not properties.lastModifiedBy
    assert properties.created is not None
    assert properties.created.year == 1980


def test_the_same_rows_give_the_same_bytes() -> None:
    assert write_workbook(SHEET, [ROW]) == write_workbook(SHEET, iter([ROW]))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("任务清单", "任务清单"),
        ("任务[2021]: 全部/所有?", "任务 2021   全部 所有"),
        ("'x'", "x"),
        ("长" * 40, "长" * 31),
        ("//", "Sheet"),
        ("History", "Sheet"),
        ("_lists", "Sheet"),
    ],
)
def test_a_title_becomes_a_tab_that_excel_accepts(title: str, name: str) -> None:
    assert sheet_tab_name(title) == name
    page = opened(write_workbook(Sheet(name="a", title=title, columns=(Column(key="a", title="甲"),)), []))
    assert page.title == name


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("count", "24"),
        ("count", True),
        ("count", 2.0),
        ("amount", 1.5),
        ("amount", Decimal("NaN")),
        ("due", "2021-12-31"),
        ("status", 1),
        ("urgent", "是"),
        ("units", "市教育局"),
        ("units", 5),
    ],
)
@pytest.mark.parametrize("write", [write_workbook, write_csv])
def test_a_value_of_another_kind_is_refused(write: Any, key: str, value: object) -> None:
    with pytest.raises(UnableToWriteWorkbook) as caught:
        write(SHEET, [ROW, {**ROW, key: value}])
    assert (caught.value.row, caught.value.key) == (2, key)


def test_a_text_longer_than_a_cell_is_refused_not_cut() -> None:
    with pytest.raises(UnableToWriteWorkbook, match="32768 characters"):
        write_workbook(SHEET, [{"task": "长" * 32_768}])


def test_csv_opens_in_excel_with_the_right_characters() -> None:
    data = write_csv(SHEET, [ROW])
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0] == [column.title for column in SHEET.columns]
    assert rows[1] == [
        "0012",
        "新改建中小学24所",
        "市教育局、市政府办公室（研究室、法制办）",
        "进行中",
        "2021-12-31",
        "1234.5",
        "24",
        "是",
        "FALSE",
        "市级、县级",
    ]


def test_csv_quotes_what_could_run_but_not_numbers() -> None:
    data = write_csv(SHEET, [{"task": '=HYPERLINK("x")', "count": -3, "units": ["@甲", "乙"]}])
    row = list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))[1]
    assert row[1:3] == ['\'=HYPERLINK("x")', "'@甲、乙"]
    assert row[6] == "-3"


def test_csv_is_streamed_row_by_row() -> None:
    taken = 0

    def rows() -> Iterator[dict[str, object]]:
        nonlocal taken
        for _ in range(3):
            taken += 1
            yield ROW

    lines = iter_csv(SHEET, rows())
    next(lines)
    assert taken == 0
    next(lines)
    assert taken == 1


def test_a_choice_no_longer_offered_is_written_as_its_code() -> None:
    page = opened(write_workbook(SHEET, [{**ROW, "status": "RETIRED"}]))
    assert page.cell(3, column_of("status")).value == "RETIRED"


def test_whole_kinds_are_covered() -> None:
    assert {column.kind for column in SHEET.columns} == set(Kind)
