"""Scans: what is printed comes out as from the printed file, whichever way up, and with its place on the page."""

import io
import sys
from functools import cache
from typing import Any

import pytest
from tests.reading.reader import codes

pytest.importorskip("rapidocr", reason='the recognition of scans is not installed: pip install "luoshi[ocr]"')

import numpy as np
import pypdfium2
from PIL import Image
from tests.reading import files, scanner

from luoshi.reading import read_bytes, read_file
from luoshi.reading.decoding.scans import doubtful, engine, images, pdf_pages, recognising, sheets, upright
from luoshi.reading.decoding.scans.engine import UnableToRecognise
from luoshi.reading.decoding.scans.repairs import repair, repair_brackets, repair_line
from luoshi.reading.decoding.scans.rules import find_rules
from luoshi.reading.decoding.scans.sheets import PageSize, read_picture
from luoshi.reading.layout import Box, Piece, PlacedText
from luoshi.reading.limits import MAX_DOUBTFUL_LINES
from luoshi.reading.model import Reading, Task

PLAN = files.PDF_WITH_TEXT
ROWS = slice(540, 860)  # of a page at 200 dpi: a heading and the first task of page 3
FIRST_LINE = "一、主要预期目标"


@cache
def strip() -> Any:
    """A part of a page with a few lines, so that reading it takes a second."""
    return scanner.pages_of(PLAN, [3])[0][ROWS]


@cache
def plan() -> Reading:
    return read_file(PLAN)


def tasks_of(reading: Reading) -> list[Task]:
    return [task for document in reading.documents for task in document.tasks]


def said(task: Task) -> tuple[Any, ...]:
    return task.number, task.text, tuple((role, party.name) for role, party in task.parties())


def share_found(reading: Reading, expected: list[Task]) -> float:
    found = {said(task) for task in tasks_of(reading)}
    return sum(said(task) in found for task in expected) / len(expected)


def png(picture: Any, **options: Any) -> bytes:
    return scanner.saved([Image.fromarray(np.ascontiguousarray(picture))], "PNG", **options)


def on_pages(first: int, last: int) -> list[Task]:
    """The tasks of the plan that stand whole on those pages."""
    starts = [*plan().page_starts, len(plan().text)]
    return [task for task in tasks_of(plan()) if starts[first - 1] <= task.span.start and task.span.end <= starts[last]]


def box_of(reading: Reading, words: str) -> Box:
    offset = reading.text.index(words)
    return next(place.box for place in reading.layout if place.start <= offset < place.end)


def test_two_scanned_pages_give_the_tasks_of_the_file() -> None:
    progress: list[tuple[float, str]] = []
    data = scanner.scanned(scanner.pages_of(PLAN, [3, 4]))
    reading = read_bytes(data, name="scan.pdf", progress=lambda share, stage: progress.append((share, stage)))
    expected = on_pages(3, 4)
    assert len(expected) >= 9
    assert [said(task) for task in tasks_of(reading)][: len(expected)] == [said(task) for task in expected]
    assert (reading.source.method, reading.source.pages) == ("pdf-ocr", 2)
    assert {"scan_recognised", "furniture_removed"} <= set(codes(reading))
    assert [entry for entry in progress if "recognise" in entry[1]] == [(0.0, "recognise 1/2"), (0.2, "recognise 2/2")]
    assert progress == sorted(progress, key=lambda entry: entry[0])


def test_skewed_and_noisy_page_gives_the_tasks_of_the_file() -> None:
    reading = read_bytes(scanner.scanned(scanner.pages_of(PLAN, [4]), scanner.noisy), name="scan.pdf")
    assert share_found(reading, on_pages(4, 4)) == 1.0


@pytest.mark.soak
@pytest.mark.parametrize(("change", "least"), [(scanner.clean, 1.0), (scanner.noisy, 0.97)], ids=["clean", "noisy"])
def test_scanned_plan_gives_the_tasks_of_its_file(change: scanner.Change, least: float) -> None:
    reading = read_bytes(scanner.scanned(scanner.pages_of(PLAN), change), name="scan.pdf")
    assert share_found(reading, tasks_of(plan())) >= least
    assert len(tasks_of(reading)) == len(tasks_of(plan()))


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_page_turned_by_quarters_is_read_upright_and_placed_as_it_lies(quarters: int) -> None:
    reading = read_bytes(png(np.rot90(strip(), -quarters)), name="scan.png")
    assert FIRST_LINE in reading.text
    assert [i.params["degrees"] for i in reading.issues if i.code == "page_upside_down"] == [
        (360 - 90 * quarters) % 360
    ]
    box = box_of(reading, FIRST_LINE)
    heads = {1: box.right > 0.85, 2: box.bottom > 0.85, 3: box.left < 0.15}
    assert heads[quarters]
    assert (box.bottom - box.top > box.right - box.left) == (quarters != 2)


@pytest.mark.parametrize("degrees", [8.0, -4.0])
def test_skewed_page_is_read_and_its_boxes_are_those_of_the_skewed_page(degrees: float) -> None:
    upright, skewed = strip(), scanner.noisy(strip(), 1, degrees=degrees)
    reading = read_bytes(png(skewed), name="scan.png")
    assert FIRST_LINE in reading.text
    assert "1.地区生产总值增长5.8%左右" in reading.text
    box = box_of(reading, FIRST_LINE)
    height, width = skewed.shape
    dark = upright[:90] < 128
    x, y = np.argwhere(dark.T).mean(axis=0)
    radians = np.radians(-degrees)
    across, down = x - width / 2, y - height / 2
    seen = (
        (across * np.cos(radians) - down * np.sin(radians)) / width + 0.5,
        (across * np.sin(radians) + down * np.cos(radians)) / height + 0.5,
    )
    assert box.left <= seen[0] <= box.right
    assert box.top <= seen[1] <= box.bottom


def test_boxes_are_where_the_print_is() -> None:
    reading = read_bytes(png(strip()), name="scan.png")
    height, width = strip().shape
    for place in reading.layout:
        rows = slice(round(place.box.top * height), round(place.box.bottom * height))
        columns = slice(round(place.box.left * width), round(place.box.right * width))
        assert (strip()[rows, columns] < 128).mean() > 0.03
        assert place.confidence is not None


def test_pages_of_pictures_among_pages_of_text_are_read_in_their_places() -> None:
    document = pypdfium2.PdfDocument(PLAN)
    scan = pypdfium2.PdfDocument(scanner.scanned([scanner.pages_of(PLAN, [4])[0][:1200]]))
    mixed = pypdfium2.PdfDocument.new()
    mixed.import_pages(document, [2])
    mixed.import_pages(scan, [0])
    written = io.BytesIO()
    mixed.save(written)
    reading = read_bytes(written.getvalue(), name="mixed.pdf")
    assert reading.source.method == "pdf-ocr"
    assert [said(task) for task in tasks_of(reading)][:5] == [said(task) for task in on_pages(3, 3)][:5]
    assert tasks_of(reading)[5].number == "6"
    assert {place.box.page: place.confidence is None for place in reading.layout} == {1: True, 2: False}


def test_stamp_of_a_scanning_program_does_not_hide_the_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    from luoshi.reading.decoding.paper import Mark, Sheet

    stamped = [Sheet(1, 595, 842, [Mark(char, 10, 10, 20, 20) for char in "扫描王创建"])]
    assert pdf_pages._scanned(scanner.scanned([strip()]), stamped) == [1]
    assert pdf_pages._scanned(PLAN.read_bytes(), stamped) == []


def test_text_without_meaning_is_recognised_from_the_picture() -> None:
    from luoshi.reading.decoding.paper import Mark, Sheet

    strange = [Sheet(1, 595, 842, [Mark("\ue123", 10, 10, 20, 20)] * 400)]
    assert pdf_pages._scanned(b"", strange) == [1]


@pytest.mark.parametrize("form", ["JPEG", "BMP", "GIF"])
def test_pictures_of_other_kinds(form: str) -> None:
    reading = read_bytes(scanner.saved([Image.fromarray(strip()[:110])], form), name=f"scan.{form.lower()}")
    assert FIRST_LINE in reading.text
    assert (reading.source.method, reading.source.media_type) == ("image-ocr", f"image/{form.lower()}")


def test_every_page_of_a_tiff_is_a_page() -> None:
    pages = [Image.fromarray(strip()[:110]), Image.fromarray(strip()[90:190]).convert("1")]
    reading = read_bytes(scanner.saved(pages, "TIFF"), name="fax.tif")
    assert reading.source.pages == 2
    assert reading.text.index(FIRST_LINE) < reading.page_starts[1] <= reading.text.index("1.地区生产总值")


def test_colour_and_transparency_are_paper() -> None:
    ink = Image.new("RGBA", (strip().shape[1], 110), (0, 0, 0, 0))
    ink.paste((0, 0, 120, 255), mask=Image.fromarray(255 - strip()[:110]))
    assert FIRST_LINE in read_bytes(scanner.saved([ink], "PNG"), name="a.png").text


def test_picture_stands_as_its_orientation_mark_says() -> None:
    exif = Image.Exif()
    exif[0x0112] = 3
    upside_down = Image.fromarray(np.ascontiguousarray(np.rot90(strip()[:110], 2)))
    reading = read_bytes(scanner.saved([upside_down], "JPEG", exif=exif), name="photo.jpg")
    assert FIRST_LINE in reading.text
    assert "page_upside_down" not in codes(reading)


def test_rules_are_found_and_painted_over() -> None:
    page = np.full((800, 1000, 3), 255, np.uint8)
    for at in (100, 300, 500):
        page[at : at + 3, 100:900] = 0
    for at in (100, 400, 897):
        page[100:503, at : at + 3] = 0
    page[650:653, 100:900] = 0  # a line under a heading is no table
    rules, clean = find_rules(page, 40.0)
    assert sorted((rule.level, round(rule.at, -1)) for rule in rules) == [
        *[(False, 100), (False, 400), (False, 900)],
        *[(True, 100), (True, 300), (True, 500)],
    ]
    assert clean[90:520].min() == 255
    assert clean[651, 500].max() == 0


def test_prose_holds_no_rules() -> None:
    assert find_rules(np.repeat(strip()[:, :, None], 3, axis=2), 46.0)[0] == []


LINES = [
    ("l.修路架桥", "1.修路架桥"),
    ("I0.修路架桥", "10.修路架桥"),
    ("2,修路架桥", "2.修路架桥"),
    ("(l)修路", "(1)修路"),
    ("-、总体要求", "一、总体要求"),
    ("（—）加强领导", "（一）加强领导"),
    ("三,重点任务", "三、重点任务"),
    ("2O26年1O月底前", "2026年10月底前"),
    ("增长5.O%", "增长5.0%"),
    ("牵头单位;市财政局", "牵头单位：市财政局"),
    ("牵头单位:市财政局,市审计局;配合单位:市税务局.", "牵头单位：市财政局，市审计局；配合单位：市税务局。"),
    ("-3一", "-3—"),
    # What is right stays.
    ("投资1,200万元，占3.5%", "投资1,200万元，占3.5%"),
    ("一.加强领导", "一、加强领导"),
    ("OA系统上线", "OA系统上线"),
    ("A,B两类", "A,B两类"),
    ("http://www.example.cn:80", "http://www.example.cn:80"),
    ("12345热线", "12345热线"),
    ("-5.2个百分点", "-5.2个百分点"),
    ("I期工程", "I期工程"),
]


@pytest.mark.parametrize(("read", "printed"), LINES, ids=[read for read, _ in LINES])
def test_slips_of_recognisers_are_put_right(read: str, printed: str) -> None:
    assert repair_line(read) == printed
    assert len(read) == len(printed)


BRACKETS = [
    ("云政发[2026]1号", "云政发〔2026〕1号"),
    ("云政发【2026）12号", "云政发〔2026〕12号"),
    ("〔责任单位：市财政局]", "〔责任单位：市财政局〕"),
    ("[责任单位：市财政局〕", "〔责任单位：市财政局〕"),
    ("[责任单位：市财政局]", "[责任单位：市财政局]"),
    ("各县(市、区）人民政府", "各县（市、区）人民政府"),
    ("【责任单位：市财政局】", "【责任单位：市财政局】"),
    ("(a)", "(a)"),
    ("〔责任单位：各县（市、区)人民政府\n和市财政局]", "〔责任单位：各县（市、区）人民政府\n和市财政局〕"),
]


@pytest.mark.parametrize(("read", "printed"), BRACKETS, ids=[read for read, _ in BRACKETS])
def test_brackets_take_the_shapes_of_print(read: str, printed: str) -> None:
    assert repair_brackets(read) == printed


def test_only_recognised_pieces_are_repaired() -> None:
    box = Box(1, 0, 0, 1, 1)
    page = [(Piece("l.修路:", box), Piece("\t"), Piece("l.架桥:市", box, 0.9))]
    repaired = repair([page])
    assert [piece.text for piece in repaired[0][0]] == ["l.修路:", "\t", "l.架桥：市"]
    assert repaired[0][0][2].confidence == 0.9


def test_unsure_print_is_named_the_least_sure_first_of_many() -> None:
    box = Box(3, 0, 0, 1, 1)
    layout = [PlacedText(10 * n, 10 * n + 9, box, 0.1 + n / 1000) for n in range(MAX_DOUBTFUL_LINES + 5)]
    layout.append(PlacedText(9000, 9009, box, 0.99))
    layout.append(PlacedText(9010, 9019, box))
    issues = doubtful.doubtful_lines(layout)
    assert [issue.code for issue in issues[-2:]] == ["doubtful_line", "more_doubtful_lines"]
    assert issues[-1].params["count"] == 5
    assert issues[0].params == {"page": 3, "confidence": 10}
    assert (issues[0].span and issues[0].span.start) == 0


def test_smeared_print_is_in_doubt() -> None:
    import cv2

    smeared = cv2.GaussianBlur(strip()[100:270], (0, 0), 6.5)
    reading = read_bytes(png(smeared), name="smeared.png")
    assert {"doubtful_line", "unreadable_print", "nothing_recognised"} & set(codes(reading))


def test_page_takes_no_longer_than_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_SECONDS_A_SCANNED_PAGE", -1)
    picture = np.repeat(strip()[:, :, None], 3, axis=2)
    _sheet, issues = read_picture(picture, number=7, size=PageSize(595, 210))
    assert [(issue.code, issue.params["page"]) for issue in issues] == [("page_partly_read", 7)]


def test_what_progress_raises_ends_the_reading() -> None:
    def stop(_share: float, stage: str) -> None:
        if stage.startswith("recognise"):
            raise KeyboardInterrupt

    data = scanner.scanned([strip()])
    with pytest.raises(KeyboardInterrupt):
        read_bytes(data, name="scan.pdf", progress=stop)
    with pytest.raises(KeyboardInterrupt):
        read_bytes(png(strip()), name="scan.png", progress=stop)


@pytest.fixture
def _without_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)


@pytest.mark.usefixtures("_without_extra")
@pytest.mark.parametrize("kind", ["pdf", "png"])
def test_without_the_extra_a_scan_says_how_to_add_it(kind: str) -> None:
    assert not engine.is_installed()
    data = scanner.scanned([strip()[:110]]) if kind == "pdf" else png(strip()[:110])
    reading = read_bytes(data, name=f"scan.{kind}")
    assert codes(reading) == ["scanned_pdf" if kind == "pdf" else "image_file"]
    assert 'pip install "luoshi[ocr]"' in reading.issues[0].message


def test_recogniser_that_does_not_start_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_picture: Any) -> Any:
        raise UnableToRecognise("no models")

    monkeypatch.setattr("luoshi.reading.decoding.scans.upright.find_quads", fail)
    assert codes(read_bytes(scanner.scanned([strip()]), name="scan.pdf"))[0] == "recogniser_broken"
    assert codes(read_bytes(png(strip()), name="scan.png")) == ["recogniser_broken"]


def test_too_many_or_too_large_pictures_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "MAX_SCANNED_PAGES", 1)
    monkeypatch.setattr(pdf_pages, "MAX_SCANNED_PAGES", 1)
    two = [Image.fromarray(strip()[:110])] * 2
    assert codes(read_bytes(scanner.saved(two, "TIFF"), name="a.tif")) == ["too_many_scanned_pages"]
    assert "too_many_scanned_pages" in codes(read_bytes(scanner.scanned([strip()] * 2), name="a.pdf"))
    bomb = scanner.saved([Image.new("1", (20_000, 20_000))], "PNG")
    assert len(bomb) < 200_000
    assert codes(read_bytes(bomb, name="a.png")) == ["too_many_pixels"]


def test_blank_and_torn_pictures_are_refused() -> None:
    assert codes(read_bytes(png(np.full((900, 600), 250, np.uint8)), name="a.png")) == ["nothing_recognised"]
    assert codes(read_bytes(png(strip())[:3000], name="a.png")) == ["broken_image"]
    for data in (b"II*\x00" + bytes(60), b"BM" + bytes(60), b"GIF89a" + bytes(60)):
        assert codes(read_bytes(data, name="a.tif"))[-1] == "broken_image"


def test_a_block_of_colour_is_no_print() -> None:
    page = np.full((1200, 850, 3), 255, np.uint8)
    page[200:1200, 0:700] = (200, 10, 10)
    assert codes(read_bytes(png(page), name="a.png")) == ["nothing_recognised"]


def test_nothing_is_left_out_without_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    assert recognising.Recognition().count == 0
    monkeypatch.setattr("luoshi.reading.decoding.scans.reading_lines._READABLE", 2.0)
    picture = np.repeat(strip()[:110, :, None], 3, axis=2)
    _sheet, issues = read_picture(picture, number=1, size=PageSize(595, 40))
    assert [(issue.code, issue.params["places"]) for issue in issues] == [("unreadable_print", 1)]


TABLE = """
#set page(width: 200mm, height: 110mm, margin: 10mm)
#set text(font: ("Noto Serif CJK SC", "Noto Sans CJK SC"), size: 11pt, lang: "zh")
#align(center)[青岚市2026年重点工作任务分工表]
#table(columns: (12mm, 28mm, 1fr, 22mm, 34mm, 30mm), align: horizon,
  [序号], [重点举措], [工作任务], [完成时限], [责任单位], [配合单位],
  [1], table.cell(rowspan: 2)[提升道路通行能力], [改造城区道路12公里，打通断头路3条。], [9月底],
  [市住房城乡建设局], [市财政局、市公安局],
  [2], [新建公共停车位2600个。], [12月], [市城管局], [/],
  [3], [改善饮水安全], [更新供水管网45公里。], [11月], [市水务局], [各县（市、区）人民政府],
)
"""


@cache
def table_file() -> bytes:
    typst = pytest.importorskip("typst")
    data: bytes = typst.compile(TABLE.encode())
    return data


@pytest.mark.parametrize("change", [scanner.clean, scanner.noisy], ids=["clean", "noisy"])
def test_ruled_table_gives_its_rows(change: scanner.Change, tmp_path: Any) -> None:
    path = tmp_path / "table.pdf"
    path.write_bytes(table_file())
    expected = tasks_of(read_file(path))
    reading = read_bytes(scanner.scanned(scanner.pages_of(path), change), name="scan.pdf")
    assert [task.number for task in expected] == ["1", "2", "3"]
    assert [said(task) for task in tasks_of(reading)] == [said(task) for task in expected]
    assert [task.deadline and task.deadline.text for task in tasks_of(reading)] == ["9月底", "12月", "11月"]


def test_lines_that_are_not_found_are_looked_for_by_their_ink(monkeypatch: pytest.MonkeyPatch) -> None:
    found = upright.find_quads
    monkeypatch.setattr(upright, "find_quads", lambda picture: np.delete(found(picture), 2, axis=0))
    reading = read_bytes(png(strip()), name="scan.png")
    assert [said(task) for task in tasks_of(reading)] == [
        said(task) for task in tasks_of(read_bytes(png(strip()), name="scan.png"))
    ]
    monkeypatch.undo()
    assert reading.text == read_bytes(png(strip()), name="scan.png").text


def sealed(page: Any, at: tuple[int, int]) -> Any:
    """A page in colours with a round red seal, its strokes over the print."""
    import cv2

    coloured = np.repeat(page[:, :, None], 3, axis=2)
    seal = np.full_like(coloured, 255)
    cv2.circle(seal, at, 155, (40, 30, 210), 6)
    for degrees in range(180, 360, 12):
        along = np.array([np.cos(np.radians(degrees)), np.sin(np.radians(degrees))])
        first, last = (tuple(int(value) for value in at + reach * along) for reach in (100, 138))
        cv2.line(seal, first, last, (40, 30, 210), 5)
    cv2.putText(seal, "*", (at[0] - 62, at[1] + 62), cv2.FONT_HERSHEY_SIMPLEX, 6, (40, 30, 210), 9)
    return np.minimum(coloured, seal)[:, :, ::-1]


def test_print_under_a_seal_is_read() -> None:
    reading = read_bytes(png(sealed(strip(), (820, 190))), name="scan.png")
    plain = read_bytes(png(strip()), name="scan.png")
    assert [said(task) for task in tasks_of(reading)] == [said(task) for task in tasks_of(plain)]
    assert all(line in reading.text for line in plain.text.splitlines() if line.strip())


def test_lines_with_and_without_red_are_joined() -> None:
    def line(left: float, top: float, right: float, bottom: float) -> list[list[float]]:
        return [[left, top], [right, top], [right, bottom], [left, bottom]]

    head, whole, cut, sign, swollen = (
        line(300, 20, 900, 100),
        line(100, 200, 900, 230),
        line(100, 250, 400, 280),
        line(700, 500, 730, 530),
        line(100, 300, 900, 370),
    )
    pieces = [line(100, 200, 400, 230), line(500, 200, 900, 230)]
    lines = [line(100, 250, 900, 280), line(100, 302, 900, 332), line(100, 338, 900, 368)]
    with_red = np.array([head, whole, cut, sign, swollen], np.float32)
    joined = upright.without_seals(with_red, np.array([*pieces, *lines], np.float32))
    assert sorted(joined.tolist()) == sorted([head, whole, *lines])
    assert upright.without_seals(with_red, with_red[:0]).tolist() == with_red.tolist()
    assert upright.without_seals(with_red[:0], np.array(lines, np.float32)).tolist() == lines
