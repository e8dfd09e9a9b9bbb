"""Files that are damaged, dangerous or something else: a clear issue each, no row, no exception."""

import struct
import zipfile
from io import BytesIO
from typing import Any

import pytest
from tests.workbooks.samples import ROW, SHEET, SMALL, codes, made_by_hand, repacked, table

from luoshi.workbooks import Limits, read_workbook, write_workbook

GOOD = write_workbook(SHEET, [ROW])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def archive(**parts: bytes) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \r\n\t ", "empty_file"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted_file"),
        (OLE + "Workbook".encode("utf-16-le"), "old_workbook"),
        (b"%PDF-1.7\n", "pdf_file"),
        (b"\x89PNG\r\n\x1a\n", "picture_file"),
        (b"Rar!\x1a\x07", "archive_file"),
        (b"\n<html><table><tr><td>1</td></tr></table>", "web_page"),
        ("\ufeff<!DOCTYPE html>".encode(), "web_page"),
        (b"MZ\x90\x00\x03", "binary_file"),
        (b"PK\x03\x04", "broken_workbook"),
        (b"PK" + b"\xff" * 100, "broken_workbook"),
        (GOOD[: len(GOOD) // 2], "broken_workbook"),
        (GOOD[:-30], "broken_workbook"),
        (archive(**{"word/document.xml": b"<x/>"}), "word_file"),
        (archive(**{"ppt/presentation.xml": b"<x/>"}), "presentation_file"),
        (archive(**{"OFD.xml": b"<x/>"}), "ofd_file"),
        (archive(**{"content.xml": b"<x/>"}), "old_workbook"),
        (archive(**{"xl/workbook.bin": b"x"}), "old_workbook"),
        (archive(**{"a.txt": b"x"}), "archive_file"),
        (archive(**{"xl/workbook.xml": b"<x/>"}), "broken_workbook"),
        (b'name,count\n"a,1\nb,2\n', "broken_csv"),
        (b'name,count\n"a"b,1\n', "broken_csv"),
        (b"name,count\na\xff\xff,1\n", "unknown_encoding"),
        (b"\xff\xfea", "unknown_encoding"),
        (b"name,count\n" + b"x" * 200_000 + b",1\n", "broken_csv"),
    ],
)
def test_each_gets_its_own_answer(data: bytes, code: str) -> None:
    result = read_workbook(data, SMALL)
    assert codes(result) == [code]
    assert result.was_refused
    assert result.rows == result.rejected_rows == ()


def test_the_line_that_is_no_text_is_named() -> None:
    (issue,) = read_workbook("名称,数量\n甲,1\n".encode() + b"\xff\xff,2\n", SMALL).issues
    assert issue.params == {"line": 3}


def test_a_password_on_the_archive() -> None:
    data = bytearray(GOOD)
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert codes(read_workbook(bytes(data), SHEET)) == ["encrypted_file"]


@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml"])
def test_macros_are_refused(name: str) -> None:
    data = repacked(GOOD, lambda _name, part: part, **{name: b"x"})
    assert codes(read_workbook(data, SHEET)) == ["macro_file"]


def test_a_macro_type_is_refused() -> None:
    def change(name: str, part: bytes) -> bytes:
        return part.replace(b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main") if "Types" in name else part

    assert codes(read_workbook(repacked(GOOD, change), SHEET)) == ["macro_file"]


def test_an_archive_that_would_unpack_too_large() -> None:
    bomb = repacked(GOOD, lambda _name, part: part, **{"xl/media/image1.png": b"\x00" * 5_000_000})
    assert len(bomb) < 50_000
    assert codes(read_workbook(bomb, SHEET, limits=Limits(unpacked_bytes=4_000_000))) == ["unpacks_too_large"]


def test_an_archive_that_lies_about_its_size() -> None:
    big = repacked(GOOD, lambda name, part: part + b" " * 5_000_000 if name.endswith("sheet1.xml") else part)
    data = bytearray(big)
    entry = data.index(b"PK\x01\x02", data.rindex(b"PK\x03\x04"))
    while not data[entry + 46 :].startswith(b"xl/worksheets/sheet1.xml"):
        entry = data.index(b"PK\x01\x02", entry + 1)
    data[entry + 24 : entry + 28] = struct.pack("<I", 100)
    result = read_workbook(bytes(data), SHEET, limits=Limits(unpacked_bytes=4_000_000))
    assert codes(result) == ["broken_workbook"]


def test_a_file_that_is_too_large() -> None:
    result = read_workbook(b"x" * 2000, SMALL, limits=Limits(file_bytes=1000))
    assert result.issues[0].params == {"size": 2000, "limit": 1000}


def test_one_stray_cell_in_the_last_corner() -> None:
    def fill(_workbook: Any, page: Any) -> None:
        page.write_row(0, 0, ["名称", "数量"])
        page.write_string(1_048_575, 16_383, "x")

    result = read_workbook(made_by_hand(fill), SMALL)
    assert codes(result) == ["too_many_rows"]
    assert result.issues[0].params["row"] == 1_048_576


def test_a_stray_cell_without_an_address_follows_the_one_before() -> None:
    def change(name: str, part: bytes) -> bytes:
        return part.replace(b"</sheetData>", b'<row r="900000"><c><v>1</v></c></row></sheetData>')

    assert codes(read_workbook(repacked(table(["名称", "数量"]), change), SMALL)) == ["too_many_rows"]


def test_too_many_columns_rows_and_cells() -> None:
    wide = table(["名称", "数量", *["x"] * 300])
    assert read_workbook(wide, SMALL).issues[0].params == {"column": "IW", "limit": 256}
    long = [["名称", "数量"], *([["甲", 1]] * 200)]
    small = Limits(rows=100)
    assert codes(read_workbook(table(*long), SMALL, limits=small)) == ["too_many_rows"]
    text = "\n".join(",".join(map(str, row)) for row in long).encode()
    assert codes(read_workbook(text, SMALL, limits=small)) == ["too_many_rows"]
    assert codes(read_workbook(b"name,count" + b"," * 300 + b"x\n", SMALL)) == ["too_many_columns"]
    assert codes(read_workbook(table(*long), SMALL, limits=Limits(cells=100))) == ["too_many_cells"]


def test_one_long_text_in_very_many_cells() -> None:
    rows = [["名称", "数量"], *[["x" * 30_000, 1] for _ in range(200)]]
    limits = Limits(unpacked_bytes=1_000_000)
    assert codes(read_workbook(table(*rows), SMALL, limits=limits)) == ["unpacks_too_large"]
    split = repacked(
        table(*rows),
        lambda name, part: part.replace(b"<v>4</v>", b"<v>&#52;</v>") if name.endswith("sheet1.xml") else part,
    )
    assert codes(read_workbook(split, SMALL, limits=limits)) == ["unpacks_too_large"]


@pytest.mark.parametrize("cell", [b'<c r="XFD1048576" t="e"/>', b'<c r="XFD1048576" t="s"/>', b'<c r="XFD1048576"/>'])
def test_a_cell_without_content_reaches_nowhere(cell: bytes) -> None:
    added = b'<row r="1048576">' + cell + b"</row></sheetData>"
    data = repacked(table(["名称", "数量"], ["甲", 1]), lambda _name, part: part.replace(b"</sheetData>", added))
    assert len(read_workbook(data, SMALL).rows) == 1


def test_a_cell_with_two_values_is_damage() -> None:
    data = repacked(
        table(["名称", "数量"], ["甲", 1]), lambda _name, part: part.replace(b"<v>2</v>", b"<v>2</v><v>0</v>")
    )
    assert codes(read_workbook(data, SMALL)) == ["broken_workbook"]


def test_rows_and_merged_ranges_without_end() -> None:
    def adding(xml: bytes) -> bytes:
        return repacked(table(["名称", "数量"]), lambda _name, part: part.replace(b"</sheetData>", xml))

    assert codes(read_workbook(adding(b"<row/>" * 1_050_000 + b"</sheetData>"), SMALL)) == ["broken_workbook"]
    ranges = b"</sheetData><mergeCells>" + b'<mergeCell ref="A1:A9"/>' * 60_000 + b"</mergeCells>"
    assert codes(read_workbook(adding(ranges), SMALL)) == ["too_many_cells"]


def test_a_title_of_any_length_is_shown_short() -> None:
    result = read_workbook(table(["名称", "数量", "长" * 900], ["甲", 1]), SMALL)
    assert len(result.unknown_columns[0]) == 60
    assert len(str(result.issues[0])) < 200


def test_merged_ranges_that_cover_too_much() -> None:
    def fill(_workbook: Any, page: Any) -> None:
        page.write_row(0, 0, ["名称", "数量"])
        for column in range(2):
            page.merge_range(1, column, 60, column, "甲")
        page.write_string(60, 5, "x")

    assert codes(read_workbook(made_by_hand(fill), SMALL, limits=Limits(cells=100))) == ["too_many_cells"]


def test_blank_lines_without_end_are_quick() -> None:
    assert codes(read_workbook(b"name,count\n" + b"\n" * 1_000_000, SMALL)) == ["no_rows"]


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_entities_are_never_resolved(part: str) -> None:
    def change(name: str, xml: bytes) -> bytes:
        doctype = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        return xml.replace(b"?>", b"?>" + doctype, 1) if name == part else xml

    (issue,) = read_workbook(repacked(GOOD, change), SHEET).issues
    assert (issue.code, issue.params) == ("broken_workbook", {"reason": "DOCTYPE"})


@pytest.mark.parametrize(
    "part", ["[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"]
)
def test_a_part_that_is_missing_or_no_xml(part: str) -> None:
    without = repacked(GOOD, lambda name, xml: None if name == part else xml)
    assert read_workbook(without, SHEET).was_refused or part == "[Content_Types].xml"
    garbled = repacked(GOOD, lambda name, xml: xml[: len(xml) // 2] if name == part else xml)
    assert read_workbook(garbled, SHEET).was_refused or part == "[Content_Types].xml"
