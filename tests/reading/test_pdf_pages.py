"""Pages of PDF files: columns, heads and feet, watermarks, hidden and doubled words, damage, passwords, pictures."""

import hashlib
import io
import struct
import threading
import time
from typing import Any

import pytest
from PIL import Image
from tests.reading.pdfs import draw, table, turned
from tests.reading.reader import codes, names, tasks_of

from luoshi.reading import read_bytes
from luoshi.reading.decoding.pdf import opening
from luoshi.reading.decoding.pdf.pages import PageReading, read_page
from luoshi.reading.decoding.pdf.pictures import UnableToDrawPage, page_picture

LEAD, HELP = "市发展和改革委员会、市住房和城乡建设局", "市自然资源和规划局、市生态环境局、各县（市、区）人民政府"
WORDS = "推进第{}项工作，加强组织领导，完善工作机制，强化督促检查，确保各项任务落到实处、取得实效。"
ITEMS = "\n\n".join(f"{n}. {WORDS.format(n)}（牵头单位：{LEAD}；配合单位：{HELP}）" for n in range(1, 9))
EXPECTED = {
    "lead_units": ["市发展和改革委员会", "市住房和城乡建设局"],
    "cooperating_units": ["市自然资源和规划局", "市生态环境局", "各县（市、区）人民政府"],
}


def check_items(data: bytes) -> list[str]:
    """Every item is read whole, in order and with its parties; return the codes of the issues."""
    reading = read_bytes(data, name="plan.pdf")
    tasks = tasks_of(reading)
    assert [(task.number, task.text) for task in tasks] == [(str(n), WORDS.format(n)) for n in range(1, 9)]
    assert all(names(task) == EXPECTED for task in tasks)
    return codes(reading)


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_columns_are_read_one_after_the_other(columns: int) -> None:
    page = f'paper: "a4", flipped: true, columns: {columns}'
    assert check_items(draw(f"#set par(justify: true)\n{ITEMS}", page=page)) == []


def test_title_above_columns_and_words_below_them() -> None:
    title = (
        "#align(center)[青岚市人民政府关于加强河湖管理的通知]\n各县（市、区）人民政府，市政府各部门、各直属机构：\n\n"
    )
    data = draw(f"#set par(justify: true)\n{title}#columns(2)[{ITEMS}]\n")
    text = read_bytes(data, name="a.pdf").text
    assert text.startswith("青岚市人民政府关于加强河湖管理的通知\n各县")
    check_items(data)


@pytest.mark.parametrize("height", [12, 13, 14.5, 16])
def test_heads_feet_and_page_numbers_leave_even_inside_a_bracket(height: float) -> None:
    page = (
        f"width: 15cm, height: {height}cm, margin: 2cm, header: [青岚市人民政府公报 #h(1fr) 2031年第3期],"
        "footer: context align(center)[— #counter(page).display() —]"
    )
    assert check_items(draw(ITEMS, page=page)) == ["furniture_removed"]


def test_page_number_on_the_side_of_a_landscape_page_leaves() -> None:
    number = "rotate(90deg, reflow: true)[— #counter(page).display() —]"
    page = f'paper: "a4", flipped: true, background: context place(left + horizon, dx: 0.5cm, {number})'
    assert check_items(draw(f"#set text(14pt)\n{ITEMS}", page=page)) == ["furniture_removed"]


@pytest.mark.parametrize(
    "mark", ["rotate(45deg, text(60pt, fill: luma(220))[内部资料])", "text(50pt, fill: luma(220))[青岚]"]
)
def test_watermarks_leave(mark: str) -> None:
    assert check_items(draw(ITEMS, page=f'paper: "a4", background: {mark}')) == ["watermark_removed"]


def test_words_nobody_can_see_are_left_out_and_said() -> None:
    hidden = "#text(fill: rgb(0, 0, 0, 0))[9. 隐藏的任务。（责任单位：市水利局）]"
    beyond = "#place(dx: 30cm)[页外（责任单位：市林业局）]"
    assert check_items(draw(f"{ITEMS}\n\n{hidden}\n\n{beyond}")) == ["hidden_text"]


def test_bold_print_that_draws_letters_twice_is_read_once() -> None:
    assert check_items(draw(f"#place(dx: 0.3pt, dy: 0.2pt, block(width: 100%)[{ITEMS}])\n{ITEMS}")) == []


def test_words_drawn_out_of_order_are_read_by_their_places() -> None:
    lines = ["一、主要任务", "1. 修路架桥。（责任单位：市交通运输局）", "2. 植树造林。（责任单位：市林业局）"]
    placed = [f"#place(dy: {20 * at}pt)[{line}]" for at, line in enumerate(lines)]
    reading = read_bytes(draw("\n".join(reversed(placed))), name="a.pdf")
    assert reading.text.split("\n") == [line.replace(". ", ".") for line in lines]


def test_upside_down_page_is_read_upright_and_said() -> None:
    assert check_items(turned(draw(ITEMS), 180)) == ["page_upside_down"]
    assert check_items(draw(f"#rotate(180deg, reflow: true)[{ITEMS}]")) == ["page_upside_down"]


def test_broken_cross_reference_is_repaired() -> None:
    data = draw(ITEMS)
    at = data.rfind(b"startxref")
    for broken in (data[:at], data[:at] + b"startxref\n7\n%%EOF", data.replace(b"xref", b"fxer")):
        assert check_items(broken) == []


def test_damaged_files_say_so() -> None:
    data = draw(ITEMS)
    for cut in (300, len(data) // 10):
        assert codes(read_bytes(data[:cut], name="a.pdf")) == ["broken_pdf"]


_PAD = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def _rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


def protected(password: bytes) -> bytes:
    """A PDF of one page with a few words, encrypted with 40 bits for one user's password."""
    padded = (password + _PAD)[:32]
    owner = _rc4(hashlib.md5((b"owner" + _PAD)[:32]).digest()[:5], padded)
    key = hashlib.md5(padded + owner + struct.pack("<i", -4) + b"\0" * 16).digest()[:5]
    words = _rc4(hashlib.md5(key + b"\4\0\0\0\0").digest()[:10], b"BT /F 20 Tf 50 50 Td (Luoshi reads) Tj ET")
    encrypt = b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (owner.hex().encode(), _rc4(key, _PAD).hex().encode())
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]/Contents 4 0 R/Resources<</Font<</F %s>>>>>>" % font
    bodies = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        b"<</Length %d>>stream\n%s\nendstream" % (len(words), words),
        encrypt,
    )
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj%sendobj\n" % (number, body)
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    ids = b"<%s><%s>" % (b"00" * 16, b"00" * 16)
    start = len(data)
    data += b"xref\n0 6\n0000000000 65535 f \n" + rows
    return data + b"trailer<</Size 6/Root 1 0 R/Encrypt 5 0 R/ID[%s]>>\nstartxref\n%d\n%%%%EOF" % (ids, start)


def test_password_that_is_empty_is_tried_and_another_is_asked_for() -> None:
    assert read_bytes(protected(b""), name="a.pdf").text == "Luoshi reads"
    assert codes(read_bytes(protected(b"secret"), name="a.pdf")) == ["encrypted_pdf"]


def test_picture_of_a_page_shows_it_as_people_see_it() -> None:
    data = draw(ITEMS)
    upright = Image.open(io.BytesIO(page_picture(data, 1, 400)))
    sideways = Image.open(io.BytesIO(page_picture(turned(data, 90), 1, 400)))
    assert upright.size[0] == sideways.size[0] == 400
    assert upright.size[1] > 560
    assert sideways.size[1] < 290


def test_boxes_fit_the_picture() -> None:
    data = turned(draw("#place(dx: 2cm, dy: 3cm)[青岚市]"), 90)
    picture = Image.open(io.BytesIO(page_picture(data, 1, 800))).convert("L")
    ink = picture.point(lambda value: 255 if value < 128 else 0).getbbox()
    box = read_bytes(data, name="a.pdf").layout[0].box
    assert ink is not None
    for share, edge, size in zip(
        (box.left, box.top, box.right, box.bottom), ink, (*picture.size, *picture.size), strict=True
    ):
        assert abs(share * size - edge) < 12


@pytest.mark.parametrize(("page", "width"), [(0, 400), (2, 400), (1, 10), (1, 10_000)])
def test_picture_that_cannot_be_drawn_says_why(page: int, width: int) -> None:
    with pytest.raises(UnableToDrawPage, match=r"page|width"):
        page_picture(draw("青岚"), page, width)
    with pytest.raises(UnableToDrawPage, match="damaged"):
        page_picture(b"%PDF-1.7 nothing", 1, 400)


def test_forty_pages_of_tables_are_read_in_a_breath() -> None:
    import time

    rows = [f"[{n}], [第{n}项：{WORDS.format(n) * 4}], [{LEAD}], [{HELP}], [{n % 12 + 1}月底]," for n in range(1, 281)]
    head = "table.header([序号], [任务内容], [牵头单位], [配合单位], [完成时限]),"
    data = draw(table("1cm, 9cm, 5cm, 6cm, 2cm", head, *rows), page='paper: "a4", flipped: true')
    started = time.process_time()
    reading = read_bytes(data, name="a.pdf")
    assert time.process_time() - started < 10
    assert reading.source.pages is not None
    assert reading.source.pages >= 40
    assert [task.number for task in tasks_of(reading)] == [str(n) for n in range(1, 281)]
    assert len({task.text for task in tasks_of(reading)}) == 280


def test_picture_of_a_page_is_drawn_between_two_pages_of_a_long_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    data = draw("\n#pagebreak()\n".join(WORDS.format(n) for n in range(1, 5)))
    pictures: list[bytes] = []
    asking = threading.Thread(target=lambda: pictures.append(page_picture(data, 1, 60)))
    drawn_at: list[bool] = []

    def read(page: Any, number: int) -> PageReading:
        if number == 1:
            asking.start()
            until = time.monotonic() + 5
            while not opening.PDFIUM.waiting and time.monotonic() < until:
                time.sleep(0.001)
        if number == 2:
            asking.join(5)
        drawn_at.append(bool(pictures))
        return read_page(page, number)

    monkeypatch.setattr("luoshi.reading.decoding.pdf.reading.read_page", read)
    assert read_bytes(data, name="plan.pdf").source.pages == 4
    assert drawn_at == [False, True, True, True]


def test_turns_are_taken_in_order_and_given_up() -> None:
    turns, order = opening.Turns(), []

    def take(name: int) -> None:
        with turns:
            order.append(name)

    with turns:
        threads = [threading.Thread(target=take, args=(name,)) for name in range(4)]
        for count, thread in enumerate(threads, 1):
            thread.start()
            while turns.waiting < count:
                time.sleep(0.001)
        turns.let_others()
        assert order == [0, 1, 2, 3]


def test_who_gives_up_waiting_stops_nobody() -> None:
    turns = opening.Turns()
    with turns:
        turns._waiting.append(gone := threading.Lock())
        turns._leave(gone)
        assert not turns.waiting
        turns._waiting.append(next_one := threading.Lock())
        next_one.acquire()
        turns._leave(threading.Lock())  # it was handed the lock before it gave up
        assert next_one.acquire(timeout=1)
