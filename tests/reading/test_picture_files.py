"""Pages of picture files as pictures, on which the boxes of a reading fit."""

import io
import random
import struct
import time
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from luoshi.reading.pictures import UnableToDrawPage, can_be_drawn, page_count, page_picture, page_shapes

PLAN = Path(__file__).resolve().parents[2] / "src/luoshi/demo/documents/plan-2026.pdf"


def page(width: int = 600, height: int = 800, mode: str = "L", mark: tuple[int, int] = (60, 40)) -> Image.Image:
    """Return a white page with a dark square near its top left corner."""
    image = Image.new("L", (width, height), 255)
    image.paste(0, (mark[0], mark[1], mark[0] + 60, mark[1] + 60))
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **given: Any) -> bytes:
    """Return the picture as a file."""
    written = io.BytesIO()
    image.save(written, kind, **given)
    return written.getvalue()


def drawn(data: bytes, number: int = 1, width: int = 300) -> Image.Image:
    """Return a page as a picture, and make sure that it is a PNG."""
    png = page_picture(data, page=number, width=width)
    assert struct.unpack(">II", png[16:24])[0] <= width
    return Image.open(io.BytesIO(png)).convert("L")


def darkest(image: Image.Image) -> tuple[float, float]:
    """Return where the middle of the dark square is, in shares of the page."""
    box = image.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert box is not None
    return (box[0] + box[2]) / 2 / image.width, (box[1] + box[3]) / 2 / image.height


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        *(("PNG", mode) for mode in ("L", "1", "RGB", "P")),
        *(("JPEG", mode) for mode in ("RGB", "CMYK")),
        *(("TIFF", mode) for mode in ("1", "L")),
        ("BMP", "RGB"),
        ("GIF", "P"),
    ],
)
def test_a_page_is_as_wide_as_asked_for_and_shows_what_it_shows(kind: str, mode: str) -> None:
    picture = drawn(saved(page(mode=mode), kind))
    assert picture.size == (300, 400)
    assert darkest(picture) == pytest.approx((90 / 600, 70 / 800), abs=0.01)


def test_sixteen_bits_and_glass_stand_on_white() -> None:
    deep = Image.new("I;16", (600, 800), 65535)
    deep.paste(0, (60, 40, 120, 100))
    assert darkest(drawn(saved(deep, "PNG"))) == pytest.approx((90 / 600, 70 / 800), abs=0.01)
    glass = Image.new("RGBA", (600, 800), (0, 0, 0, 0))
    glass.paste((0, 0, 0, 255), (60, 40, 120, 100))
    assert darkest(drawn(saved(glass, "PNG"))) == pytest.approx((90 / 600, 70 / 800), abs=0.01)


@pytest.mark.parametrize(("orientation", "place"), [(1, (0.15, 0.0875)), (3, (0.85, 0.9125)), (6, (0.9125, 0.15))])
@pytest.mark.parametrize("kind", ["JPEG", "TIFF"])
def test_a_picture_stands_as_its_orientation_mark_says(kind: str, orientation: int, place: tuple[float, float]) -> None:
    marked = page()
    if kind == "JPEG":
        exif = Image.Exif()
        exif[0x0112] = orientation
        data = saved(marked, kind, exif=exif.tobytes())
    else:
        data = saved(marked, kind, tiffinfo={0x0112: orientation})
    picture = drawn(data)
    assert darkest(picture) == pytest.approx(place, abs=0.02)
    assert page_shapes(data, pages=[1])[1] == pytest.approx(picture.height / picture.width, abs=0.01)


def test_a_small_picture_is_not_blown_up() -> None:
    assert drawn(saved(page(100, 140, mark=(10, 10)), "PNG"), width=1600).size == (100, 140)


def test_a_tiff_has_pages_of_their_own_sizes() -> None:
    pages = [page(), page(800, 600), page(600, 800, mark=(400, 600))]
    data = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    assert page_count(data) == 3
    assert page_shapes(data, pages=[1, 2]) == {1: pytest.approx(800 / 600), 2: pytest.approx(600 / 800)}
    assert darkest(drawn(data, 3)) == pytest.approx((430 / 600, 630 / 800), abs=0.01)
    with pytest.raises(UnableToDrawPage):
        page_picture(data, page=4, width=300)


def test_a_pdf_has_pages_too() -> None:
    data = PLAN.read_bytes()
    assert page_count(data) > 2
    assert page_shapes(data, pages=[2])[2] == pytest.approx(297 / 210, abs=0.01)
    with pytest.raises(UnableToDrawPage):
        page_shapes(data, pages=[999])


@pytest.mark.parametrize(
    ("data", "number", "width"),
    [
        (saved(page(), "PNG"), 2, 300),
        (saved(page(), "PNG"), 0, 300),
        (saved(page(), "PNG"), 1, 10),
        (saved(page(), "PNG"), 1, 99_999),
        (saved(page(), "PNG")[:90], 1, 300),
        (saved(page(), "JPEG")[:90], 1, 300),
        (b"II*\x00" + bytes(64), 1, 300),
        ("云川市人民政府".encode(), 1, 300),
        (b"", 1, 300),
    ],
)
def test_what_cannot_be_drawn_is_refused(data: bytes, number: int, width: int) -> None:
    with pytest.raises(UnableToDrawPage):
        page_picture(data, page=number, width=width)


@pytest.mark.parametrize("seed", range(40))
def test_damaged_pictures_are_refused_and_nothing_worse(seed: int) -> None:
    chance = random.Random(seed)
    whole = [page(200, 260, mark=(20, 20)), page(210, 250, mark=(20, 20))]
    kind = chance.choice(["PNG", "JPEG", "TIFF", "BMP", "GIF"])
    data = bytearray(
        saved(whole[0], kind, **({"save_all": True, "append_images": whole[1:]} if kind == "TIFF" else {}))
    )
    for _ in range(chance.randrange(1, 30)):
        data[chance.randrange(8, len(data))] = chance.randrange(256)
    for call in (
        lambda: page_picture(bytes(data), page=1, width=200),
        lambda: page_count(bytes(data)),
        lambda: page_shapes(bytes(data), pages=[1]),
    ):
        try:
            call()
        except UnableToDrawPage:
            continue


def test_a_scanned_page_is_drawn_fast() -> None:
    noise = Image.effect_noise((1654, 2339), 40)
    data = saved(noise.convert("RGB"), "JPEG", quality=85)
    page_picture(data, page=1, width=400)
    began = time.process_time()
    page_picture(data, page=1, width=1600)
    assert time.process_time() - began < 1.5


def test_which_types_have_pictures() -> None:
    assert can_be_drawn("application/pdf")
    assert can_be_drawn("image/tiff")
    assert not can_be_drawn("application/ofd")
    assert not can_be_drawn("text/plain")
