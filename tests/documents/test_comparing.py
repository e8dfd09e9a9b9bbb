"""Two printings beside each other: every difference is shown with both sentences, and nothing else is."""

import csv
import io
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from tests.documents.plans import TASKS, bring_in, brought_in, plan

from luoshi.access.models import User
from luoshi.documents.comparing import ShownComparison, compare_documents
from luoshi.documents.models import Document
from luoshi.documents.queries import list_findings

pytestmark = pytest.mark.django_db


def compared(old: Document, new: Document) -> ShownComparison:
    """Compare two documents."""
    return compare_documents(old=old, new=new, old_findings=list_findings(old), new_findings=list_findings(new))


@pytest.fixture
def printings(clerk: User) -> tuple[Document, Document]:
    """Return two printings that differ in wording, in parties, in an item more and an item less."""
    first = brought_in(clerk, plan((*TASKS, "修建乡镇敬老院13处。〔牵头领导：林予安；牵头单位：市民政局〕")))
    changed = (
        TASKS[0].replace("新建", "新改建"),
        TASKS[1].replace("市人力资源社会保障局", "市财政局、市人力资源社会保障局"),
        TASKS[2].replace("（", "(").replace("，", ", "),
        "建成城市大脑一期工程。〔牵头领导：苏映川；牵头单位：市大数据局〕",
    )
    return first, brought_in(clerk, plan(changed))


def test_differences_are_told_apart(printings: tuple[Document, Document]) -> None:
    found = compared(*printings)
    assert found.same == 1
    assert {kind: count for kind, count in found.counts.items() if count} == {
        "wording": 1,
        "parties": 1,
        "added": 1,
        "removed": 1,
    }
    assert [difference.kinds for difference in found.differences] == [["wording"], ["parties"], ["removed"], ["added"]]


def test_only_the_character_that_differs_is_marked(printings: tuple[Document, Document]) -> None:
    difference = compared(*printings).only("wording")[0]
    assert difference.old is not None
    assert difference.new is not None
    assert not [piece for piece in difference.old.words if piece.kind]
    assert [piece.text for piece in difference.new.words if piece.kind == "added"] == ["改"]
    assert "".join(piece.text for piece in difference.new.words) == "新改建中小学24所，新增学位2.1万个。"


def test_only_the_name_that_differs_is_marked(printings: tuple[Document, Document]) -> None:
    difference = compared(*printings).only("parties")[0]
    assert difference.new is not None
    assert [(names.label, [name.text for name in names.names if name.kind]) for names in difference.new.parties] == [
        ("牵头单位", ["市财政局"])
    ]


def test_both_sides_lead_to_their_sentences(printings: tuple[Document, Document]) -> None:
    for document, side in zip(printings, ("old", "new"), strict=True):
        text = document.reading.text.text
        for difference in compared(*printings).differences:
            shown = getattr(difference, side)
            if shown is None:
                continue
            start, end = map(int, shown.url.rstrip("/").rsplit("/", 1)[1].split("-"))
            assert text[start:end].startswith(f"{shown.number}.")
            assert shown.url.startswith(document.get_absolute_url())


def test_a_document_is_the_same_as_itself(printings: tuple[Document, Document]) -> None:
    found = compared(printings[0], printings[0])
    assert (found.same, found.differences) == (4, [])


def test_markup_in_a_difference_is_text(client: Client, clerk: User) -> None:
    first = brought_in(clerk, plan([TASKS[0]]))
    second = brought_in(clerk, plan([TASKS[0].replace("新建", "<em>新建</em>")]))
    client.force_login(clerk)
    page = client.get(reverse("documents:compare", args=[second.pk, first.pk])).content.decode()
    assert "<em>" not in page
    assert "&lt;em&gt;" in page


class TestPage:
    """The page of a comparison."""

    @pytest.fixture(autouse=True)
    def _browser(self, client: Client, clerk: User) -> None:
        client.cookies["luoshi_language"] = "en"
        client.force_login(clerk)

    def test_shows_what_came_first_on_the_left_whatever_the_address(
        self, client: Client, printings: tuple[Document, Document]
    ) -> None:
        first, second = printings
        pages = [
            client.get(reverse("documents:compare", args=pks)) for pks in ([first.pk, second.pk], [second.pk, first.pk])
        ]
        assert all((page.context["old"], page.context["new"]) == printings for page in pages)
        words = re.sub(r"\s+", " ", pages[0].content.decode())
        assert 'mark--added">改</mark>' in words
        assert "Keep as another printing" in words
        assert "Missing in the later one" in words

    def test_narrows_to_one_kind(self, client: Client, printings: tuple[Document, Document]) -> None:
        url = reverse("documents:compare", args=[each.pk for each in printings])
        assert len(client.get(url, {"show": "parties"}).context["differences"]) == 1
        assert len(client.get(url, {"show": "signs"}).context["differences"]) == 0
        assert len(client.get(url, {"show": "nonsense"}).context["differences"]) == 4

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_is_taken_along(self, client: Client, printings: tuple[Document, Document], kind: str) -> None:
        url = reverse("documents:compare", args=[each.pk for each in printings])
        response = client.get(url, {"format": kind})
        assert response["Content-Disposition"].startswith("attachment")
        if kind == "csv":
            rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
            assert any("Wording differs" in row for row in rows)
            assert any("【市财政局】" in cell for row in rows for cell in row)
            assert any(cell.startswith("http://testserver/documents/") for row in rows for cell in row)

    def test_says_when_two_documents_are_no_printings_of_one(self, client: Client, clerk: User) -> None:
        first, other = brought_in(clerk, plan()), brought_in(clerk, plan(number="云政发〔2026〕2号"))
        page = client.get(reverse("documents:compare", args=[other.pk, first.pk])).content.decode()
        assert "they are not printings of one document" in page
        assert "The tasks of both are the same" in page

    def test_is_refused_without_the_right(
        self, client: Client, administrator: User, printings: tuple[Document, Document]
    ) -> None:
        client.force_login(administrator)
        assert client.get(reverse("documents:compare", args=[each.pk for each in printings])).status_code == 403


@pytest.mark.corpus
def test_the_two_printings_of_the_real_plan_differ_where_people_found_it(clerk: User, shared: Path) -> None:
    first = brought_in(clerk, (shared / "corpus" / "task-plan-2021.txt").read_bytes(), name="task-plan-2021.txt")
    job = bring_in(clerk, (shared / "corpus" / "gazette-2021-02.txt").read_bytes(), name="gazette-2021-02.txt")
    assert job.reading is not None
    second = job.reading.documents.get(doc_number=first.doc_number)
    found = compared(first, second)
    assert first.findings.count() == second.findings.count() == 151
    assert not found.counts["added"]
    assert not found.counts["removed"]
    schools = next(each for each in found.only("wording") if each.new and each.new.number == "124")
    assert schools.old is not None
    assert [piece.text for piece in schools.old.words if piece.kind] == ["改", "改"]
    assert {each.new.number for each in found.only("parties") if each.new} >= {"1", "2", "5", "19"}
