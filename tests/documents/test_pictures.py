"""Pages of an original as pictures, with boxes over what was found on them."""

import struct
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from tests.documents.plans import brought_in, plan
from tests.documents.scans import scanned

from luoshi.access.models import User
from luoshi.documents.models import Document, PagePlaces, TextVersion
from luoshi.documents.paper import Mark
from luoshi.documents.places import UNITS, pages_between, pictures_of

pytestmark = pytest.mark.django_db
PLAN = Path(__file__).resolve().parents[2] / "src/luoshi/demo/documents/plan-2026.pdf"


@pytest.fixture
def printed(clerk: User) -> Document:
    """The plan of the demo city as a PDF."""
    return brought_in(clerk, PLAN.read_bytes(), name="plan.pdf")


def test_a_page_is_a_picture_of_the_width_that_was_asked_for(client: Client, reader: User, printed: Document) -> None:
    client.force_login(reader)
    answer = client.get(reverse("documents:picture", args=[printed.pk, 1, 400]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    width, height = struct.unpack(">II", answer.content[16:24])
    assert abs(width - 400) <= 1
    assert height > width
    assert "immutable" in answer["Cache-Control"]
    again = client.get(
        reverse("documents:picture", args=[printed.pk, 1, 400]), headers={"if-none-match": answer["ETag"]}
    )
    assert again.status_code == 304


@pytest.mark.parametrize(("page", "width"), [(999, 400), (0, 400), (1, 401), (1, 99999)])
def test_there_is_no_picture_of_what_is_not_there(
    client: Client, reader: User, printed: Document, page: int, width: int
) -> None:
    client.force_login(reader)
    assert client.get(reverse("documents:picture", args=[printed.pk, page, width])).status_code == 404


def test_a_text_file_has_no_pictures(client: Client, reader: User, clerk: User) -> None:
    document = brought_in(clerk, plan())
    client.force_login(reader)
    assert client.get(reverse("documents:picture", args=[document.pk, 1, 400])).status_code == 404
    assert "data-views" not in client.get(document.get_absolute_url()).content.decode()


def test_who_has_no_role_sees_no_page(client: Client, make_user: Any, printed: Document) -> None:
    client.force_login(make_user("nobody"))
    assert client.get(reverse("documents:picture", args=[printed.pk, 1, 400])).status_code == 403


def test_the_page_of_the_document_draws_boxes_over_its_findings(
    client: Client, reader: User, printed: Document
) -> None:
    client.force_login(reader)
    page = client.get(printed.get_absolute_url())
    finding = printed.findings.earliest("position")
    assert f'<rect class="leaf__box leaf__box--task" data-finding="{finding.pk}"' in page.content.decode()
    pictures = page.context["pictures"]
    assert [each.number for each in pictures] == sorted(each.number for each in pictures)
    for sheet in pictures:
        for box in sheet.boxes:
            assert 0 <= box.x <= box.x + box.width <= UNITS + 1
            assert 0 <= box.y <= box.y + box.height <= UNITS + 1


def test_a_box_lies_where_the_words_stand(printed: Document) -> None:
    text = printed.reading.text
    row = PagePlaces.objects.get(text=text, page=2)
    start, end, left, top, right, bottom, _confidence = next(each for each in row.pieces if each[1] - each[0] > 10)
    whole, half = Mark(start, end, "task", 1), Mark(start, start + (end - start) // 2, "task", 2)
    (sheet,) = pictures_of(text, [whole, half], [(start, end)], only_marked=True)
    one, other = sheet.boxes
    assert (one.x, one.y) == pytest.approx((left * UNITS, top * UNITS), abs=0.2)
    assert one.width == pytest.approx((right - left) * UNITS, abs=0.2)
    assert other.width == pytest.approx(one.width / 2, rel=0.15)
    assert one.height == pytest.approx((bottom - top) * UNITS, abs=0.2)


def test_the_pages_of_a_stretch() -> None:
    assert pages_between([0, 100, 200, 300], [(10, 50)]) == [1, 2]
    assert pages_between([0, 100, 200, 300], [(150, 250), (350, 400)]) == [2, 3, 4]
    assert pages_between([], [(0, 10)]) == []


def test_a_scan_has_pictures_with_its_lines_in_doubt(client: Client, reader: User, clerk: User) -> None:
    document = scanned(clerk, {"市教育局": 0.4})
    client.force_login(reader)
    answer = client.get(reverse("documents:picture", args=[document.pk, 1, 900]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    tag = {"if-none-match": answer["ETag"]}
    assert client.get(reverse("documents:picture", args=[document.pk, 1, 900]), headers=tag).status_code == 304
    assert client.get(reverse("documents:picture", args=[document.pk, 2, 900])).status_code == 404
    (sheet,) = client.get(document.get_absolute_url()).context["pictures"]
    assert sum(box.mark.kind == "doubt" for box in sheet.boxes) == 1


def test_a_file_with_places_but_no_pictures_is_shown_as_text(client: Client, reader: User, printed: Document) -> None:
    TextVersion.objects.filter(pk=printed.reading.text_id).update(media_type="application/ofd", method="ofd")
    client.force_login(reader)
    page = client.get(printed.get_absolute_url())
    assert page.context["pictures"] == []
    assert "data-views" not in page.content.decode()
