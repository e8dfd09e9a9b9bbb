"""Word files in their final form: changes accepted, notes apart, boxes and merged cells in place, numbers written out."""

# ruff: noqa: E501 - markup is easier to follow on one line

import pytest
from tests.reading import files
from tests.reading.reader import codes, names, tasks_of

from luoshi.reading import Reading, read_bytes

_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _read(body: str, **members: str) -> Reading:
    parts = {name: _part(name, xml) for name, xml in members.items()}
    return read_bytes(
        files.bare_docx(body, **{f"word__{name}_xml": data for name, data in parts.items()}), name="a.docx"
    )


def _part(name: str, inside: str) -> bytes:
    return f'<w:{name} xmlns:w="{_W}">{inside}</w:{name}>'.encode()


def _p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def _tc(inside: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside if inside.startswith('<w:') else _p(inside)}</w:tc>"


def _tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


_DELETED = '<w:rPr><w:del w:id="1"/></w:rPr>'
_GONE = '<w:del w:id="2"><w:r><w:delText>市林业局</w:delText></w:r></w:del>'


class TestChanges:
    """Tracked changes are read as accepted."""

    def test_words_put_in_stay_and_words_taken_out_go(self) -> None:
        body = (
            "<w:p><w:r><w:t>1. 修路架桥。（责任单位：</w:t></w:r>"
            f"{_GONE}<w:ins><w:r><w:t>市交通局</w:t></w:r></w:ins>"
            "<w:moveFrom><w:r><w:t>、市水利局</w:t></w:r></w:moveFrom><w:r><w:t>）</w:t></w:r></w:p>"
            "<w:p><w:r><w:t>2. 植树造林。（责任单位：市林业局</w:t></w:r><w:moveTo><w:r><w:t>、市水利局</w:t></w:r></w:moveTo>"
            "<w:r><w:t>）</w:t></w:r></w:p>"
        )
        reading = _read(body)
        assert [names(task)["responsible_units"] for task in tasks_of(reading)] == [
            ["市交通局"],
            ["市林业局", "市水利局"],
        ]
        (issue,) = [issue for issue in reading.issues if issue.code == "tracked_changes"]
        assert issue.params["count"] == 3

    def test_paragraph_whose_mark_was_deleted_runs_on(self) -> None:
        reading = _read(
            _p("1. 修路架桥。（责任单位：市交", _DELETED) + _p("通局）") + _p("2. 植树。（责任单位：市林业局）")
        )
        assert [names(task)["responsible_units"] for task in tasks_of(reading)] == [["市交通局"], ["市林业局"]]
        assert "市交通局" in reading.text

    def test_deleted_paragraph_is_not_counted(self) -> None:
        number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
        body = (
            _p("修路架桥。（责任单位：市交通局）", number)
            + f"<w:p><w:pPr>{number}{_DELETED}</w:pPr>{_GONE}</w:p>"
            + _p("植树造林。（责任单位：市林业局）", number)
        )
        assert [task.number for task in tasks_of(_read(body, numbering=_list("decimal", "%1.")))] == ["1", "2"]

    def test_rows_and_cells_taken_out_of_a_table(self) -> None:
        table = (
            _tr(_tc("序号"), _tc("重点任务"), _tc("旧列", '<w:cellDel w:id="9"/>'), _tc("责任单位"))
            + _tr(_tc("1"), _tc("修路"), _tc("旧", '<w:cellDel w:id="9"/>'), _tc("市交通局"))
            + _tr(_tc("2"), _tc("旧事"), _tc("旧", ""), _tc("市旧局"), properties='<w:del w:id="3"/>')
            + _tr(
                _tc("3"),
                _tc("植树"),
                _tc("旧", '<w:cellDel w:id="9"/>'),
                _tc("市林业局"),
                properties='<w:ins w:id="4"/>',
            )
        )
        reading = _read(f"<w:tbl>{table}</w:tbl>")
        assert [(task.number, names(task)) for task in tasks_of(reading)] == [
            ("1", {"responsible_units": ["市交通局"]}),
            ("3", {"responsible_units": ["市林业局"]}),
        ]
        assert "旧" not in reading.text


class TestNotes:
    """Footnotes and endnotes stand apart."""

    _BODY = (
        "<w:p><w:r><w:t>1. 修路架桥。（责任单位：市交</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:t>通局、市</w:t></w:r>"
        "<w:r><w:endnoteReference w:id='5'/></w:r><w:r><w:t>水利局）</w:t></w:r></w:p>"
        + _p("2. 植树造林。（责任单位：市林业局）")
    )
    _FOOT = f"<w:footnote w:id='0' w:type='separator'>{_p('分隔')}</w:footnote><w:footnote w:id='2'>{_p('指交通运输部门。')}</w:footnote>"
    _END = f"<w:endnote w:id='5'>{_p('责任单位：市旧局')}</w:endnote>"

    def test_a_note_cuts_no_name_and_is_not_lost(self) -> None:
        reading = _read(self._BODY, footnotes=self._FOOT, endnotes=self._END)
        assert [names(task)["responsible_units"] for task in tasks_of(reading)] == [
            ["市交通局", "市水利局"],
            ["市林业局"],
        ]
        assert reading.text.endswith("[1] 指交通运输部门。\n[2] 责任单位：市旧局")
        assert "分隔" not in reading.text
        (issue,) = [issue for issue in reading.issues if issue.code == "footnotes"]
        assert issue.span is not None
        assert (issue.params["count"], issue.span.of(reading.text)[:4]) == (2, "[1] ")
        assert all(task.span.end <= issue.span.start for task in tasks_of(reading))
        assert codes(reading) == ["footnotes"]


class TestPlaces:
    """Boxes, controls, fields and hidden words."""

    def test_text_box_is_read_once_and_the_letterhead_first(self) -> None:
        box = f"<w:txbxContent>{_p('青岚市人民政府文件')}</w:txbxContent>"
        body = (
            f'<w:p><w:r><mc:AlternateContent xmlns:mc="{_MC}"><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
            f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>青政发〔2031〕3号</w:t></w:r></w:p>"
            + _p("关于修路的通知")
        )
        assert _read(body).text == "青岚市人民政府文件\n青政发〔2031〕3号\n关于修路的通知"

    def test_text_box_beside_a_sentence_does_not_cut_it(self) -> None:
        box = f"<w:drawing><w:txbxContent>{_p('示意图')}</w:txbxContent></w:drawing>"
        body = _p("一、任务") + f"<w:p><w:r><w:t>修路</w:t></w:r><w:r>{box}</w:r><w:r><w:t>架桥</w:t></w:r></w:p>"
        assert _read(body).text == "一、任务\n修路架桥\n示意图"

    def test_content_controls_and_their_prompts(self) -> None:
        body = (
            f"<w:sdt><w:sdtContent>{_p('1. 修路。')}</w:sdtContent></w:sdt>"
            "<w:p><w:r><w:t>（责任单位：</w:t></w:r><w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>市交通局</w:t></w:r></w:sdtContent></w:sdt>"
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击此处输入</w:t></w:r></w:sdtContent></w:sdt>"
            "<w:r><w:t>）</w:t></w:r></w:p>"
        )
        assert _read(body).text == "1. 修路。\n（责任单位：市交通局）"

    def test_fields_print_their_results(self) -> None:
        body = (
            "<w:p><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> DATE </w:instrText><w:t>码</w:t></w:r>"
            "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>2031年</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
            "<w:fldSimple w:instr='PAGE'><w:r><w:t>3月</w:t></w:r></w:fldSimple><w:hyperlink><w:r><w:t>1日</w:t></w:r></w:hyperlink></w:p>"
        )
        assert _read(body).text == "2031年3月1日"

    def test_contents_are_left_out(self) -> None:
        styles = "<w:style w:type='paragraph' w:styleId='11'><w:name w:val='toc 1'/></w:style>"
        body = _p("一、任务 3", "<w:pStyle w:val='11'/>") + _p("一、任务")
        assert _read(body, styles=styles).text == "一、任务"

    def test_hidden_words_symbols_and_formulas(self) -> None:
        styles = "<w:style w:type='character' w:styleId='h'><w:rPr><w:vanish/></w:rPr></w:style>"
        body = (
            "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:rPr><w:rStyle w:val='h'/></w:rPr><w:t>藏</w:t></w:r>"
            "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr><w:t>A</w:t></w:r><w:r><w:noBreakHyphen/><w:t>B</w:t><w:softHyphen/><w:t>C</w:t>"
            "<w:sym w:font='Wingdings' w:char='F0FE'/></w:r>"
            "<m:oMath xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'><m:r><m:t>x</m:t></m:r></m:oMath>"
            "<w:r><w:ruby><w:rt><w:r><w:t>pin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>拼</w:t></w:r></w:rubyBase></w:ruby></w:r></w:p>"
        )
        assert _read(body, styles=styles).text == "A-BC☑x拼"


class TestTables:
    """Tables as rows of tabs."""

    def test_merged_cells_stand_where_they_begin(self) -> None:
        table = (
            _tr(_tc("类别"), _tc("序号"), _tc("重点任务"), _tc("责任单位"))
            + _tr(
                _tc("基础", '<w:vMerge w:val="restart"/>'),
                _tc("1"),
                _tc("修路"),
                _tc("市交通局", '<w:vMerge w:val="restart"/>'),
            )
            + _tr(_tc("", "<w:vMerge/>"), _tc("2"), _tc("架桥"), _tc("", '<w:vMerge w:val="continue"/>'))
            + _tr(_tc("其他", '<w:gridSpan w:val="2"/>'), _tc("植树"), _tc("市林业局"))
            + _tr(_tc("4"), _tc("造林"), _tc("市林业局"), properties='<w:gridBefore w:val="1"/>')
        )
        reading = _read(f"<w:tbl>{table}</w:tbl>")
        assert reading.text == (
            "类别\t序号\t重点任务\t责任单位\n基础\t1\t修路\t市交通局\n\u3000\t2\t架桥\t\u3000\n其他\t\t植树\t市林业局\n\t4\t造林\t市林业局"
        )
        assert [names(task)["responsible_units"] for task in tasks_of(reading)] == [
            ["市交通局"],
            ["市交通局"],
            ["市林业局"],
            ["市林业局"],
        ]

    def test_units_below_each_other_in_a_cell_are_told_apart(self) -> None:
        table = _tr(_tc("重点任务"), _tc("责任单位")) + _tr(
            _tc(_p("修建") + _p("道路")),
            _tc(_p("市交通局") + _p("市自然资源") + _p("和规划局") + _p("各县（市、区）人民政府")),
        )
        (task,) = tasks_of(_read(f"<w:tbl>{table}</w:tbl>"))
        assert names(task) == {"responsible_units": ["市交通局", "市自然资源和规划局", "各县（市、区）人民政府"]}
        assert task.text == "修建道路"

    def test_table_in_a_frame_and_table_in_a_cell(self) -> None:
        inner = f"<w:tbl>{_tr(_tc('重点任务'), _tc('责任单位')) + _tr(_tc('修路'), _tc('市交通局'))}</w:tbl>"
        framed = _read(f"<w:tbl>{_tr(_tc(_p('青岚市任务清单') + inner + _p('')))}</w:tbl>")
        assert framed.text.startswith("青岚市任务清单\n重点任务\t责任单位\n修路\t市交通局")
        nested = _read(f"<w:tbl>{_tr(_tc('甲'), _tc(inner + _p('')))}</w:tbl>")
        assert nested.text == "甲\t重点任务 责任单位 修路 市交通局"

    def test_rows_and_cells_inside_controls(self) -> None:
        cell = f"<w:sdt><w:sdtContent>{_tc('乙')}</w:sdtContent></w:sdt>"
        row = _tr(_tc("甲"), cell)
        assert _read(f"<w:tbl><w:sdt><w:sdtContent>{row}</w:sdtContent></w:sdt></w:tbl>").text == "甲\t乙"

    def test_endless_nesting_does_no_harm(self) -> None:
        deep = "<w:tbl><w:tr><w:tc>" * 300 + _p("深") + "</w:tc></w:tr></w:tbl>" * 300
        assert _read(deep).text == "深"


def _list(form: str, text: str, more: str = "", number: str = "") -> str:
    return (
        f"<w:abstractNum w:abstractNumId='7'><w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='{form}'/><w:lvlText w:val='{text}'/>"
        f"{more}</w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='7'/></w:num>{number}"
    )


class TestNumbers:
    """Automatic numbers are written out as Word prints them."""

    @pytest.mark.parametrize(
        ("form", "text", "printed"),
        [
            ("chineseCountingThousand", "（%1）", ["（一）", "（二）"]),
            ("japaneseCounting", "第%1条", ["第一条 ", "第二条 "]),
            ("decimalEnclosedCircle", "%1", ["① ", "② "]),
            ("decimalFullWidth", "%1．", ["１．", "２．"]),
            ("chineseLegalSimplified", "%1、", ["壹、", "贰、"]),
            ("upperRoman", "%1.", ["I.", "II."]),
            ("lowerLetter", "%1)", ["a)", "b)"]),
            ("ideographTraditional", "%1、", ["甲、", "乙、"]),
            ("bullet", "●", ["", ""]),
        ],
    )
    def test_forms(self, form: str, text: str, printed: list[str]) -> None:
        number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
        reading = _read(_p("甲", number) + _p("乙", number), numbering=_list(form, text))
        assert reading.text.split("\n") == [printed[0] + "甲", printed[1] + "乙"]

    def test_number_of_a_style_and_of_the_style_below_it(self) -> None:
        styles = (
            "<w:style w:type='paragraph' w:styleId='a'><w:name w:val='a'/><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
            "<w:style w:type='paragraph' w:styleId='b'><w:name w:val='b'/><w:basedOn w:val='a'/></w:style>"
        )
        body = _p("甲", "<w:pStyle w:val='a'/>") + _p("乙", "<w:pStyle w:val='b'/>")
        assert _read(body, styles=styles, numbering=_list("decimal", "%1.")).text == "1.甲\n2.乙"

    def test_list_that_begins_again_and_list_that_goes_on(self) -> None:
        again = "<w:num w:numId='2'><w:abstractNumId w:val='7'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride></w:num>"
        on = "<w:num w:numId='3'><w:abstractNumId w:val='7'/></w:num>"
        body = "".join(
            _p(f"{place}", f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')
            for place, number in zip("甲乙丙丁", (1, 2, 2, 3), strict=True)
        )
        assert _read(body, numbering=_list("decimal", "%1.", number=again + on)).text == "1.甲\n1.乙\n2.丙\n3.丁"


def test_strict_file_and_main_part_of_another_name() -> None:
    xml = f'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>{_p("1. 修路。（责任单位：市交通局）")}</w:body></w:document>'
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
        'Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/word/document2.xml"/></Relationships>'
    )
    data = files.package({"_rels/.rels": relation.encode(), "word/document2.xml": xml.encode()})
    assert len(tasks_of(read_bytes(data, name="a.docx"))) == 1
