"""OFD files: the text in its places, however an exporter wrote it; damaged ones say so."""

# ruff: noqa: E501 - markup is easier to follow on one line

import io

import pypdfium2
import pytest
from tests.reading import ofd_files as ofd
from tests.reading.ofd_files import Doc, flow, ofd_of, text
from tests.reading.reader import codes, names, tasks_of

from luoshi.reading import Reading, read_bytes

ROADS = "1. 修路架桥，年底前建成通车，畅通城乡交通，方便群众出行，改善投资环境。（牵头单位：市交通运输局；配合单位：市水利局、市财政局）"
TREES = "2. 植树造林，完成绿化两万亩，建成森林公园三处。（责任单位：市林业局）"


def _read(*documents: Doc) -> Reading:
    return read_bytes(ofd_of(*documents), name="a.ofd")


def _line(inside: str) -> str:
    return _read(Doc([inside])).text


def test_tasks_with_their_places_on_paper() -> None:
    reading = _read(Doc([flow("青岚市2031年重点工作计划", "一、主要任务", ROADS), flow(TREES)]))
    assert (reading.source.method, reading.source.media_type, reading.source.pages) == ("ofd", "application/ofd", 2)
    assert [(task.number, names(task)) for task in tasks_of(reading)] == [
        ("1", {"lead_units": ["市交通运输局"], "cooperating_units": ["市水利局", "市财政局"]}),
        ("2", {"responsible_units": ["市林业局"]}),
    ]
    first = reading.layout[0]
    assert reading.text[first.start : first.end] == "青岚市2031年重点工作计划"
    assert (first.box.page, round(first.box.left, 3), round(first.box.right, 3)) == (
        1,
        round(28 / 210, 3),
        round(84 / 210, 3),
    )
    assert 36 / 297 < first.box.top < first.box.bottom < 41.5 / 297
    assert {placed.box.page for placed in reading.layout} == {1, 2}


SPACED = [
    ("one delta for all", text("修路架桥", 28, 40, deltas="g 3 4")),
    ("plain deltas", text("修路架桥", 28, 40, deltas="4 4 4")),
    ("mixed groups", text("修路架桥", 28, 40, deltas="4 g 2 4")),
    ("no deltas", text("修路架桥", 28, 40, deltas="")),
    ("too few deltas", text("修路架桥", 28, 40, deltas="4")),
    ("too many deltas", text("修路架桥", 28, 40, deltas="g 99999999 4")),
    ("justified", text("修路架桥", 28, 40, deltas="g 3 4.6")),
    ("nonsense deltas", text("修路架桥", 28, 40, deltas="g x 4 nan")),
    (
        "glyphs of a subset",
        text(
            "修路架桥",
            28,
            40,
            inside='<ofd:CGTransform CodePosition="0" CodeCount="1"><ofd:Glyphs>446</ofd:Glyphs></ofd:CGTransform>',
        ),
    ),
    ("a letter an object", "".join(text(char, 28 + 4 * place, 40) for place, char in enumerate("修路架桥"))),
    ("drawn out of order", text("架桥", 36, 40) + text("修路", 28, 40)),
    ("drawn twice for bold", text("修路架桥", 28, 40) + text("修路架桥", 28.1, 40)),
    (
        "matrix of points",
        '<ofd:TextObject Boundary="28 36 30 6" CTM="0.3528 0 0 0.3528 0 0" Size="11.34"><ofd:TextCode X="0" Y="11.34" DeltaX="g 3 11.34">'
        "修路架桥</ofd:TextCode></ofd:TextObject>",
    ),
    (
        "several codes",
        '<ofd:TextObject Boundary="28 36 30 6" Size="4"><ofd:TextCode X="0" Y="4" DeltaX="4">修路</ofd:TextCode>'
        '<ofd:TextCode X="8" DeltaX="4">架桥</ofd:TextCode></ofd:TextObject>',
    ),
    ("page blocks", f"<ofd:PageBlock><ofd:PageBlock>{text('修路架桥', 28, 40)}</ofd:PageBlock></ofd:PageBlock>"),
    ("hidden beside", text("修路架桥", 28, 40) + text("隐藏", 60, 40, more='Visible="false"')),
    (
        "watermark beside",
        text("修路架桥", 28, 40) + text("内部资料", 80, 120, size=20, more='CTM="0.7 0.7 -0.7 0.7 0 0"'),
    ),
    (
        "no boundary",
        '<ofd:TextObject Size="4"><ofd:TextCode X="28" Y="40" DeltaX="g 3 4">修路架桥</ofd:TextCode></ofd:TextObject>',
    ),
    (
        "indented code",
        '<ofd:TextObject Boundary="28 36 30 6" Size="4"><ofd:TextCode X="0" Y="4">\n  修路架桥\n</ofd:TextCode></ofd:TextObject>',
    ),
]


@pytest.mark.parametrize(("name", "inside"), SPACED, ids=[name for name, _ in SPACED])
def test_ways_to_write_a_line(name: str, inside: str) -> None:
    assert _line(inside).strip() == "修路架桥"


def test_names_broken_over_lines_and_words_with_blanks() -> None:
    page = (
        text("1. 修路。（责任单位：市交通", 28, 40)
        + text("运输局）", 28, 47)
        + text("2031 PM2.5", 28, 60, deltas="g 9 2")
    )
    reading = _read(Doc([page]))
    assert names(tasks_of(reading)[0]) == {"responsible_units": ["市交通运输局"]}
    assert "2031 PM2.5" in reading.text


@pytest.mark.parametrize(("angle", "matrix"), [(90, "0 1 -1 0 0 0"), (180, "-1 0 0 -1 0 0"), (270, "0 -1 1 0 0 0")])
def test_page_on_its_side_is_read_upright(angle: int, matrix: str) -> None:
    def turned(words: str, row: int) -> str:
        x, y = {90: (150 - 7 * row, 40), 180: (180, 200 - 7 * row), 270: (40 + 7 * row, 250)}[angle]
        return (
            f'<ofd:TextObject Boundary="{x} {y} 1 1" CTM="{matrix}" Size="4"><ofd:TextCode X="0" Y="0" DeltaX="g {len(words)} 4">{words}'
            "</ofd:TextCode></ofd:TextObject>"
        )

    reading = _read(Doc([turned("1. 修路架桥。（责任单位：市交", 0) + turned("通局）", 1)]))
    assert reading.text.split("\n") == ["1. 修路架桥。（责任单位：市交", "通局）"]
    box = reading.layout[0].box
    assert (box.right - box.left < box.bottom - box.top) == (angle != 180)


def test_ruled_table_gives_rows() -> None:
    rows = [
        ["序号", "重点任务", "责任单位", "完成时限"],
        ["1", "修路架桥", "市交通局", "6月底"],
        ["2", "植树造林", "市林业局", "年底"],
    ]
    page = text("青岚市2031年重点任务清单", 28, 40) + ofd.table(rows, [20, 40, 90, 140, 190], 50)
    reading = _read(Doc([page]))
    assert "1\t修路架桥\t市交通局\t6月底\n2\t植树造林\t市林业局\t年底" in reading.text
    assert [(task.number, names(task)["responsible_units"]) for task in tasks_of(reading)] == [
        ("1", ["市交通局"]),
        ("2", ["市林业局"]),
    ]


def test_rules_drawn_as_bars_and_in_one_path() -> None:
    xs, ys = (20, 60, 120), (50, 60, 70)
    bars = "".join(
        ofd.path(f"M {x} 50 L {x + 0.3} 50 L {x + 0.3} 70 L {x} 70 C", more='Fill="true" Stroke="false"') for x in xs
    )
    level = ofd.path("".join(f"M{xs[0]} {y}L{xs[-1]} {y}" for y in ys))
    words = text("重点任务", 22, 56) + text("责任单位", 62, 56) + text("修路", 22, 66) + text("市交通局", 62, 66)
    assert "重点任务\t责任单位\n修路\t市交通局" in _line(bars + level + words)


def test_templates_and_composite_drawings() -> None:
    template = text("青岚市人民政府公报", 28, 15)
    head = '<ofd:Template TemplateID="5" ZOrder="Background"/><ofd:Template TemplateID="99"/>'
    pages = [
        flow("1. 修路架桥。（责任单位：市交通局）"),
        flow("2. 植树造林。（责任单位：市林业局）"),
        flow("3. 治水。（责任单位：市水利局）"),
    ]
    reading = _read(Doc(pages, templates={"5": template}, head=head))
    assert len(tasks_of(reading)) == 3
    assert "公报" not in reading.text  # a running head on every page
    unit = (
        '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="7" Width="50" Height="10"><ofd:Content>'
        + text("修路", 0, 4) + '<ofd:CompositeObject ResourceID="7" Boundary="0 0 9 9"/></ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>'
    )  # fmt: skip
    use = '<ofd:CompositeObject ResourceID="7" Boundary="28 36 50 10" CTM="1 0 0 1 0 0"/>'
    assert "修路" in _read(Doc([use + text("架桥", 36, 40)], resources=unit)).text


def test_several_documents_follow_each_other() -> None:
    first, second = (
        Doc([flow("1. 修路架桥。（责任单位：市交通局）")]),
        Doc([flow("2. 植树造林。（责任单位：市林业局）")]),
    )
    reading = _read(first, second)
    assert (reading.source.pages, [task.number for task in tasks_of(reading)]) == (2, ["1", "2"])


def test_other_namespaces_locations_and_page_boxes() -> None:
    members = ofd.ofd_members(Doc([flow("1. 修路架桥。（责任单位：市交通局）")], box="10 10 200 280"))
    changed = {
        name.replace("Pages/", "PAGES/"): data.replace(ofd.NAMESPACE.encode(), b"http://www.ofdspec.org")
        .replace(b"Doc_0/Document.xml", b"/Doc_0/Document.xml")
        .replace(b"Pages/Page_0", b"Pages\\Page_0")
        for name, data in members.items()
    }
    reading = read_bytes(ofd.pack(changed), name="a.ofd")
    assert len(tasks_of(reading)) == 1
    assert round(reading.layout[0].box.left, 3) == round(18 / 200, 3)


def test_missing_page_is_named_and_stops_no_other() -> None:
    members = ofd.ofd_members(
        Doc([flow("1. 修路架桥，年底前建成通车，方便群众出行。（责任单位：市交通局）"), flow("坏"), ""])
    )
    members["Doc_0/Pages/Page_1/Content.xml"] = b"<ofd:Page"
    reading = read_bytes(ofd.pack(members), name="a.ofd")
    assert [(issue.code, issue.params.get("page")) for issue in reading.issues] == [
        ("page_unreadable", 2),
        ("page_without_text", 3),
    ]
    assert len(tasks_of(reading)) == 1


def _without(name: str) -> bytes:
    members = ofd.ofd_members(Doc([flow("1. 修路。")]))
    del members[name]
    return ofd.pack(members)


BROKEN = [
    ("no document", lambda: _without("Doc_0/Document.xml"), "broken_ofd"),
    ("no page", lambda: _without("Doc_0/Pages/Page_0/Content.xml"), "broken_ofd"),
    ("no pages at all", lambda: ofd_of(Doc([])), "broken_ofd"),
    ("pictures only", lambda: ofd_of(Doc(['<ofd:ImageObject Boundary="0 0 210 297" ResourceID="4"/>'])), "scanned_ofd"),
    ("entities", lambda: ofd.pack({"OFD.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "broken_ofd"),
    ("encrypted", lambda: ofd.pack({**ofd.ofd_members(Doc([""])), "Encryptions.xml": b"<x/>"}), "encrypted_ofd"),
    ("cut off", lambda: ofd_of(Doc([flow(ROADS)]))[:-30], "broken_ofd"),
]


@pytest.mark.parametrize(("name", "make", "code"), BROKEN, ids=[name for name, _, _ in BROKEN])
def test_file_that_cannot_be_read(name: str, make: object, code: str) -> None:
    reading = read_bytes(make(), name="a.ofd")  # type: ignore[operator]
    assert codes(reading) == [code]
    assert reading.text == ""


def test_page_of_endless_objects_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    from luoshi.reading.decoding.ofd import drawings

    monkeypatch.setattr(drawings, "MAX_PAGE_OBJECTS", 10)
    assert codes(_read(Doc([text("修", 28, 40) * 11]))) == ["zip_bomb"]


def _of_pictures(pictures: list[bytes]) -> bytes:
    """An OFD file whose pages are one picture each, as programs of scanners write it."""
    media = "".join(
        f'<ofd:MultiMedia ID="{n}" Type="Image"><ofd:MediaFile>p{n}.png</ofd:MediaFile></ofd:MultiMedia>'
        for n in range(len(pictures))
    )
    pages = [f'<ofd:ImageObject Boundary="0 0 210 297" ResourceID="{n}"/>' for n in range(len(pictures))]
    members = ofd.ofd_members(Doc(pages, resources=f"<ofd:MultiMedias>{media}</ofd:MultiMedias>"))
    members.update({f"Doc_0/p{n}.png": data for n, data in enumerate(pictures)})
    return ofd.pack(members)


def test_pages_of_pictures_are_recognised() -> None:
    pytest.importorskip("rapidocr", reason="the extra ocr is not installed")
    pdfs = pytest.importorskip("tests.reading.pdfs")
    page = pypdfium2.PdfDocument(pdfs.draw(ROADS))[0].render(scale=200 / 72).to_pil()
    written = io.BytesIO()
    page.save(written, "PNG")
    reading = read_bytes(_of_pictures([written.getvalue()]), name="a.ofd")
    assert "scan_recognised" in codes(reading)
    assert len(tasks_of(reading)) == 1
    damaged = read_bytes(_of_pictures([b"no picture"]), name="a.ofd")
    assert codes(damaged) == ["scanned_ofd"]
