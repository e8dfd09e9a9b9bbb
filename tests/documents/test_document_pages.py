"""The pages of the documents room: who sees what, what they say, and what they do."""

import csv
import io
import re
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.documents.plans import TASKS, bring_in, brought_in, plan, receive

from luoshi.access.models import AuditEntry, User
from luoshi.documents import search_providers, task_links
from luoshi.documents.models import Document, Finding, ImportJob
from luoshi.documents.search_providers import SearchResult, register_search_provider
from luoshi.documents.states import DocumentStatus, FindingStatus, ImportStatus
from luoshi.documents.task_links import TaskLink, register_task_links
from luoshi.files.models import StoredFile

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _english(client: Client) -> None:
    client.cookies["luoshi_language"] = "en"


@pytest.fixture
def desk(client: Client, clerk: User) -> Client:
    """Return a browser in which the supervision office is logged in."""
    client.force_login(clerk)
    return client


def body(response: Any) -> str:
    """Return a page as text with its white space evened out."""
    return re.sub(r"\s+", " ", response.content.decode())


class TestList:
    """The list of documents."""

    def test_counts_findings_by_what_became_of_them(self, desk: Client, clerk: User) -> None:
        document = brought_in(clerk, plan())
        Finding.objects.filter(document=document, number="1").update(status=FindingStatus.ACCEPTED)
        row = desk.get(reverse("documents:list")).context["page"].object_list[0]
        assert (row.task_count, row.pending_count, row.accepted_count) == (3, 2, 1)

    def test_asks_as_often_for_many_documents_as_for_one(self, desk: Client, clerk: User) -> None:
        url = reverse("documents:list")
        brought_in(clerk, plan())
        desk.get(url)
        with CaptureQueriesContext(connection) as one:
            desk.get(url)
        for number in range(2, 6):
            bring_in(clerk, plan(number=f"云政发〔2026〕{number}号"))
        with CaptureQueriesContext(connection) as many:
            desk.get(url)
        assert len(many) == len(one)

    @pytest.mark.parametrize(
        ("query", "titles"),
        [
            ("q=云政发[2026]2号", ["2号"]),
            ("q=2025年", ["1号"]),
            ("year=2025", ["1号"]),
            ("kind=task_plan", ["1号", "2号"]),
            ("kind=measures", []),
            ("status=CURRENT", ["1号", "2号"]),
            ("status=WAITING", []),
            ("kind=nonsense&year=abc&status=x", ["1号", "2号"]),
            ("sort=number", ["1号", "2号"]),
            ("sort=-number", ["2号", "1号"]),
            ("sort=nonsense", ["1号", "2号"]),
            ("page=99", ["1号", "2号"]),
            ("per_page=1", ["1号"]),
            ("per_page=-3", ["1号", "2号"]),
        ],
    )
    def test_is_narrowed_and_sorted_by_its_address(
        self, desk: Client, clerk: User, query: str, titles: list[str]
    ) -> None:
        bring_in(clerk, plan(subject="2025年重点工作"), plan_year=2025)
        bring_in(clerk, plan(TASKS[:2], number="云政发〔2026〕2号"), plan_year=2026)
        page = desk.get(f"{reverse('documents:list')}?{query}").context["page"]
        assert [document.doc_number[-2:] for document in page] == titles

    def test_is_taken_out_as_a_list(self, desk: Client, clerk: User) -> None:
        bring_in(clerk, plan())
        response = desk.get(reverse("documents:list"), {"format": "csv"})
        rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
        assert any("云政发〔2026〕1号" in row for row in rows)
        workbook = desk.get(reverse("documents:list"), {"format": "xlsx"})
        assert workbook.content.startswith(b"PK")

    def test_offers_no_drop_zone_to_those_who_only_read(self, client: Client, reader: User) -> None:
        client.force_login(reader)
        page = body(client.get(reverse("documents:list")))
        assert 'type="file"' not in page
        assert "The supervision office brings documents in." in page


class TestUpload:
    """Bringing files in by the page."""

    def files(self, *texts: str) -> list[SimpleUploadedFile]:
        """Return files as a browser sends them."""
        return [SimpleUploadedFile(f"plan-{index}.txt", text.encode()) for index, text in enumerate(texts, start=1)]

    def test_takes_several_files_without_scripts(self, desk: Client, django_capture_on_commit_callbacks: Any) -> None:
        texts = plan(), plan(number="云政发〔2026〕2号")
        with django_capture_on_commit_callbacks(execute=True):
            response = desk.post(reverse("documents:upload"), {"files": self.files(*texts), "plan_year": "2026"})
        assert response.status_code == 302
        assert set(Document.objects.values_list("plan_year", flat=True)) == {2026}
        page = body(desk.get(response["Location"]))
        assert page.count("3 tasks were found in 1 document.") == 2

    def test_answers_htmx_with_the_part_of_the_page(self, desk: Client) -> None:
        response = desk.post(reverse("documents:upload"), {"files": self.files(plan())}, headers=HTMX)
        assert response.status_code == 200
        assert 'id="import"' in body(response)
        assert "<html" not in body(response)
        # The job waits: the part asks again until it is over.
        assert 'hx-trigger="every 2s"' in body(response)

    @pytest.mark.parametrize("headers", [{}, HTMX])
    @pytest.mark.parametrize(
        ("data", "said"),
        [
            ({}, "Choose at least one file."),
            ({"plan_year": "two thousand", "files": "one"}, "The plan year is a number of four digits"),
            ({"plan_year": "1848", "files": "one"}, "No plan is for a year before 1949."),
            ({"plan_year": "20260", "files": "one"}, "No plan is for a year after 2099."),
        ],
    )
    def test_says_what_is_wrong_and_takes_nothing(
        self, desk: Client, headers: dict[str, str], data: dict[str, Any], said: str
    ) -> None:
        given = {**data, "files": self.files(plan())} if "files" in data else data
        response = desk.post(reverse("documents:upload"), given, headers=headers)
        assert response.status_code == 422
        assert said in body(response)
        assert not ImportJob.objects.exists()

    @pytest.mark.parametrize("count", [51, 60])
    def test_says_how_many_files_are_too_many(self, desk: Client, settings: Any, count: int) -> None:
        settings.DATA_UPLOAD_MAX_NUMBER_FILES = 55
        response = desk.post(reverse("documents:upload"), {"files": self.files(*["x"] * count)})
        assert response.status_code == 422
        assert "At most 50 files can be sent at once." in body(response)
        assert not StoredFile.objects.exists()

    def test_says_what_became_of_each_file(
        self, desk: Client, settings: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        settings.FILE_MAX_BYTES = 1024 * 1024
        files = [
            SimpleUploadedFile("huge.pdf", bytes(1024 * 1024 + 1)),
            SimpleUploadedFile("empty.txt", b""),
            SimpleUploadedFile("picture.pdf", b"\x89PNG\r\n\x1a\n" + bytes(64)),
            SimpleUploadedFile("plan.txt", plan().encode()),
        ]
        with django_capture_on_commit_callbacks(execute=True):
            desk.post(reverse("documents:upload"), {"files": files})
        page = body(desk.get(reverse("documents:list")))
        assert "The file is larger than the limit of 1 MB" in page
        assert "The file is empty" in page
        assert "The picture is damaged or cut off" in page
        assert "3 tasks were found in 1 document." in page

    def test_needs_the_form_token(self, clerk: User) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(clerk)
        response = strict.post(reverse("documents:upload"), {"files": self.files(plan())})
        assert response.status_code == 403
        assert not ImportJob.objects.exists()

    def test_is_not_for_readers(self, client: Client, reader: User) -> None:
        client.force_login(reader)
        assert client.post(reverse("documents:upload"), {"files": self.files(plan())}).status_code == 403
        assert client.get(reverse("documents:jobs")).status_code == 403
        assert not ImportJob.objects.exists()

    def test_a_name_in_markup_is_only_a_name(self, desk: Client) -> None:
        desk.post(reverse("documents:upload"), {"files": [SimpleUploadedFile("<b onclick=x>.txt", plan().encode())]})
        assert "<b onclick" not in body(desk.get(reverse("documents:list")))


class TestJobs:
    """How imports go on."""

    def test_the_part_stops_asking_when_all_are_over(self, desk: Client, clerk: User) -> None:
        job = receive(clerk, plan())
        ImportJob.objects.filter(pk=job.pk).update(status=ImportStatus.RUNNING, percent=40, stage="tasks")
        running = desk.get(reverse("documents:jobs"), headers=HTMX)
        assert "every 2s" in body(running)
        assert "40% · Finding tasks and names" in body(running)
        assert "HX-Trigger-After-Swap" not in running
        ImportJob.objects.filter(pk=job.pk).update(status=ImportStatus.FAILED, message_code="failed")
        over = desk.get(reverse("documents:jobs"), headers=HTMX)
        assert "every 2s" not in body(over)
        assert over["HX-Trigger-After-Swap"] == "documents-changed"

    def test_a_failed_one_is_tried_again(
        self, desk: Client, clerk: User, django_capture_on_commit_callbacks: Any
    ) -> None:
        job = receive(clerk, plan())
        ImportJob.objects.filter(pk=job.pk).update(status=ImportStatus.FAILED, message_code="failed")
        assert "Try again" in body(desk.get(reverse("documents:list")))
        with django_capture_on_commit_callbacks(execute=True):
            desk.post(reverse("documents:retry", args=[job.pk]))
        job.refresh_from_db()
        assert job.status == ImportStatus.DONE
        refused = desk.post(reverse("documents:retry", args=[job.pk]), follow=True)
        assert "Only a failed or cancelled import can be tried again." in body(refused)
        missing = desk.post(reverse("documents:retry", args=[999]), follow=True)
        assert "There is no such import." in body(missing)

    def test_a_file_of_many_documents_names_the_first_and_counts_the_rest(self, desk: Client, clerk: User) -> None:
        letters = [plan(number=f"云政发〔2026〕{serial}号", subject=f"第{serial}批重点工作") for serial in range(1, 12)]
        bring_in(clerk, "\n\n".join(letters))
        page = body(desk.get(reverse("documents:jobs")))
        assert page.count('class="job__document"') == page.count("Confirm 3 tasks") == 8
        assert "and 3 more documents, in the list of documents" in page
        bring_in(clerk, plan(number="云政发〔2026〕20号"))
        assert "more document" in (page := body(desk.get(reverse("documents:jobs"))))
        assert page.count("more document") == 1

    def test_many_ask_as_often_as_one(self, desk: Client, clerk: User) -> None:
        bring_in(clerk, plan())
        desk.get(reverse("documents:jobs"))
        with CaptureQueriesContext(connection) as one:
            desk.get(reverse("documents:jobs"))
        for number in range(2, 6):
            bring_in(clerk, plan(number=f"云政发〔2026〕{number}号"))
        with CaptureQueriesContext(connection) as many:
            desk.get(reverse("documents:jobs"))
        assert len(many) == len(one)


class TestDocument:
    """The page of one document."""

    def test_shows_text_findings_outline_and_origin(self, desk: Client, clerk: User) -> None:
        document = brought_in(clerk, plan(), name="分工方案.txt")
        page = body(desk.get(document.get_absolute_url()))
        finding = document.findings.get(number="1")
        assert f'id="finding-{finding.pk}"' in page
        assert f'<mark class="mark mark--leader" data-finding="{finding.pk}" title="Lead leader">林予安</mark>' in page
        assert f'<mark class="mark mark--party" data-finding="{finding.pk}" title="Lead unit">市教育局</mark>' in page
        assert document.reading.text.original.file.sha256 in page
        assert "分工方案.txt" in page
        assert "一、主要任务" in page

    def test_asks_as_often_for_many_findings_as_for_few(self, desk: Client, clerk: User) -> None:
        few, many = brought_in(clerk, plan()), brought_in(clerk, plan(TASKS * 20, number="云政发〔2026〕2号"))
        desk.get(few.get_absolute_url())
        with CaptureQueriesContext(connection) as of_few:
            desk.get(few.get_absolute_url())
        with CaptureQueriesContext(connection) as of_many:
            desk.get(many.get_absolute_url())
        assert len(of_many) == len(of_few)

    def test_every_finding_points_to_a_place_that_is_there(self, desk: Client, clerk: User) -> None:
        document = brought_in(clerk, plan(TASKS * 4))
        page = body(desk.get(document.get_absolute_url()))
        anchors = set(re.findall(r'id="([^"]+)"', page))
        targets = set(re.findall(r'href="#([^"]+)"', page))
        assert len(re.findall(r'href="#s-\d+"', page)) >= 12
        assert targets <= anchors

    def test_doubts_are_said_in_words(self, desk: Client, clerk: User) -> None:
        document = brought_in(clerk, plan())
        assert document.findings.get(number="3").doubts == ["etc_list"]
        page = body(desk.get(document.get_absolute_url()))
        assert "Task 3: the list ends in" in page
        assert "1 doubt" in page

    def test_a_long_plan_brings_its_records_when_they_are_opened(
        self, desk: Client, clerk: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("luoshi.documents.views.document.MOST_WHOLE_RECORDS", 2)
        document = brought_in(clerk, plan())
        url = reverse("documents:finding", args=[document.pk, document.findings.get(number="1").pk])
        page = body(desk.get(document.get_absolute_url()))
        assert f'hx-get="{url}"' in page
        assert "record__parties" not in page
        assert "市自然资源和规划局" in body(desk.get(url, headers=HTMX))
        assert "<html" not in body(desk.get(url, headers=HTMX))
        assert "<html" in body(desk.get(url))
        other = brought_in(clerk, plan(number="云政发〔2026〕2号"))
        assert desk.get(reverse("documents:finding", args=[other.pk, 1])).status_code == 404

    def test_tasks_are_linked_where_the_ledger_says_so(
        self, desk: Client, clerk: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(task_links, "_finders", [])
        document = brought_in(clerk, plan())
        first = document.findings.get(number="1")
        register_task_links(lambda user, pks: {first.pk: [TaskLink("7", "/tasks/7/")]} if first.pk in pks else {})
        assert '<a href="/tasks/7/">Task 7</a>' in body(desk.get(document.get_absolute_url()))

    def test_markup_in_a_document_is_text(self, desk: Client, clerk: User) -> None:
        item = "落实<script>alert(1)</script>&amp;“引号”'任务'。〔牵头领导：<em>林</em>；牵头单位：市科技局〕"
        document = brought_in(clerk, plan([item]))
        page = desk.get(document.get_absolute_url()).content.decode()
        assert "<script>alert" not in page
        assert "<em>林" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page

    def test_the_original_is_handed_out_and_noted(self, desk: Client, clerk: User) -> None:
        document = brought_in(clerk, plan(), name="分工方案.txt")
        response = desk.get(reverse("documents:original", args=[document.pk]))
        assert b"".join(response.streaming_content) == plan().encode()  # type: ignore[attr-defined]
        assert response["Content-Disposition"].startswith("attachment")
        assert AuditEntry.objects.filter(action="documents.download", object_id=str(document.pk)).count() == 1

    def test_it_is_handed_out_as_akoma_ntoso_and_noted(self, desk: Client, clerk: User) -> None:
        document = brought_in(clerk, plan(), name="分工方案.txt")
        response = desk.get(reverse("documents:akoma_ntoso", args=[document.pk]))
        assert response["Content-Disposition"].startswith("attachment")
        assert response["Content-Type"] == "application/akn+xml"
        written = ElementTree.fromstring(response.content)
        names = {element.get("eId") for element in written.iter()}
        assert set(document.provisions.values_list("key", flat=True)) <= names
        assert document.doc_number in response.content.decode()
        assert AuditEntry.objects.filter(action="documents.download", object_id=str(document.pk)).count() == 1
        page = desk.get(document.get_absolute_url()).content.decode()
        assert reverse("documents:akoma_ntoso", args=[document.pk]) in page

    def test_pages_are_refused_without_the_right(self, client: Client, clerk: User, administrator: User) -> None:
        document = brought_in(clerk, plan())
        client.force_login(administrator)
        for url in [
            reverse("documents:list"),
            reverse("documents:search"),
            document.get_absolute_url(),
            document.sentence_url(document.start, document.end),
            reverse("documents:original", args=[document.pk]),
            reverse("documents:akoma_ntoso", args=[document.pk]),
        ]:
            assert client.get(url).status_code == 403, url

    def test_a_document_that_is_not_there(self, desk: Client) -> None:
        assert desk.get(reverse("documents:document", args=[4711])).status_code == 404


class TestSentence:
    """The permanent address of a sentence."""

    def test_lights_the_sentence(self, desk: Client, clerk: User) -> None:
        document = brought_in(clerk, plan())
        start = document.reading.text.text.index("城镇新增")
        page = body(desk.get(document.sentence_url(start, start + 11)))
        lit = re.findall(r'<mark class="mark mark--\w+ mark--hit"[^>]*>([^<]*)</mark>', page)
        assert "".join(lit) == "城镇新增就业4万人。"
        assert len(re.findall(r'class="mark mark--\w+ mark--hit" id="cited"', page)) == 1
        assert page.count('id="cited"') == 1
        assert f"http://testserver{document.sentence_url(start, start + 11)}" in page

    @pytest.mark.parametrize(
        ("start", "end"), [(0, 999_999), (500, 500), (600, 500), (999_999_998, 999_999_999), (7, 8)]
    )
    def test_says_when_there_is_no_such_place(self, desk: Client, clerk: User, start: int, end: int) -> None:
        document = brought_in(clerk, plan())
        text = document.reading.text.text
        if (start, end) == (7, 8):
            start = text.index("\n")
            end = start + 1
        response = desk.get(document.sentence_url(start, end))
        assert response.status_code == 404
        assert "This address leads to no sentence" in body(response)

    def test_every_sentence_of_the_page_leads_to_itself(self, desk: Client, clerk: User) -> None:
        document = brought_in(clerk, plan())
        text = document.reading.text.text
        page = body(desk.get(document.get_absolute_url()))
        links = re.findall(r'class="sentence__link" href="([^"]+)"', page)
        assert len(links) > 10
        for link in links:
            start, end = map(int, link.rstrip("/").rsplit("/", 1)[1].split("-"))
            assert text[start:end] == text[start:end].strip() != ""
            assert desk.get(link).status_code == 200


class TestDecision:
    """Deciding about another printing by the page."""

    @pytest.fixture
    def second(self, clerk: User) -> Document:
        """Return a document that waits beside a current one."""
        brought_in(clerk, plan())
        return brought_in(clerk, plan(TASKS[:2]))

    def test_the_list_and_the_page_ask_for_it(self, desk: Client, second: Document) -> None:
        assert "These documents wait for a decision" in body(desk.get(reverse("documents:list")))
        page = body(desk.get(second.get_absolute_url()))
        assert "Keep as another printing" in page
        assert "Make this the current version" in page

    def test_kept(self, desk: Client, second: Document) -> None:
        desk.post(reverse("documents:keep_printing", args=[second.pk]))
        second.refresh_from_db()
        assert second.status == DocumentStatus.PRINTING

    def test_made_current_after_asking_once_more(self, desk: Client, second: Document) -> None:
        url = reverse("documents:make_current", args=[second.pk])
        asked = desk.post(url)
        assert "Make this the current version?" in body(asked)
        second.refresh_from_db()
        assert second.status == DocumentStatus.WAITING
        desk.post(url, {"confirmed": "1"})
        second.refresh_from_db()
        assert second.status == DocumentStatus.CURRENT
        late = desk.post(reverse("documents:keep_printing", args=[second.pk]), follow=True)
        assert "Somebody has already decided about this document." in body(late)

    def test_is_not_offered_to_readers(self, client: Client, reader: User, second: Document) -> None:
        client.force_login(reader)
        assert "Keep as another printing" not in body(client.get(second.get_absolute_url()))
        for name in ("documents:keep_printing", "documents:make_current"):
            assert client.post(reverse(name, args=[second.pk]), {"confirmed": "1"}).status_code == 403
        second.refresh_from_db()
        assert second.status == DocumentStatus.WAITING


class TestSearchPage:
    """The page of the search."""

    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("", "What are you looking for?"),
            ("   ", "What are you looking for?"),
            ("。、“”", "There is no word in this query"),
            ("没有这个词", "Nothing was found"),
            ("学", "One character is found in very many places."),
        ],
    )
    def test_says_what_to_do(self, desk: Client, clerk: User, query: str, said: str) -> None:
        brought_in(clerk, plan())
        assert said in body(desk.get(reverse("documents:search"), {"q": query}))

    def test_marks_what_it_found_and_escapes_the_rest(self, desk: Client, clerk: User) -> None:
        item = "推进<img src=x>项目建设。〔牵头领导：林予安；牵头单位：市科技局〕"
        brought_in(clerk, plan([item]))
        page = body(desk.get(reverse("documents:search"), {"q": "项目"}))
        assert '<mark class="mark mark--hit">项目</mark>' in page
        assert "<img src=x" not in page

    def test_a_query_in_markup_is_only_words(self, desk: Client) -> None:
        assert "<script>x" not in body(desk.get(reverse("documents:search"), {"q": '"><script>x'}))

    def test_shows_what_other_rooms_found_for_this_account(
        self, desk: Client, clerk: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(search_providers, "_providers", {})
        asked = []

        def find(user: User, query: str, limit: int) -> list[SearchResult]:
            asked.append((user, query, limit))
            return [SearchResult(f"Task {index}", f"/tasks/{index}/", "改造老旧小区", "Task") for index in range(limit)]

        register_search_provider(key="task", label="Tasks", search=find)
        page = body(desk.get(reverse("documents:search"), {"q": "老旧"}))
        assert asked == [(clerk, "老旧", 9)]
        assert page.count('改造<mark class="mark mark--hit">老旧</mark>小区') == 8
        assert "More were found" in page

    def test_turns_pages(self, desk: Client, clerk: User) -> None:
        brought_in(clerk, plan(TASKS * 10))
        first = desk.get(reverse("documents:search"), {"q": "牵头单位"})
        second = desk.get(reverse("documents:search"), {"q": "牵头单位", "page": "2"})
        shown = [[each.url for each in page.context["passages"]] for page in (first, second)]
        assert [len(each) for each in shown] == [20, 10]
        assert not set(shown[0]) & set(shown[1])

    def test_asks_as_often_for_many_as_for_few(self, desk: Client, clerk: User) -> None:
        brought_in(clerk, plan(TASKS * 10))
        url = reverse("documents:search")
        desk.get(url, {"q": "小区"})
        with CaptureQueriesContext(connection) as few:
            desk.get(url, {"q": "172个 172"})
        with CaptureQueriesContext(connection) as many:
            desk.get(url, {"q": "牵头单位"})
        assert len(many) == len(few)


def test_nothing_is_drawn_with_inline_script_or_style(desk: Client, clerk: User) -> None:
    document = brought_in(clerk, plan())
    brought_in(clerk, plan(TASKS[:2]))
    for url in [
        reverse("documents:list"),
        document.get_absolute_url(),
        document.sentence_url(document.start, document.end),
        f"{reverse('documents:search')}?q=小区",
    ]:
        page = body(desk.get(url))
        assert not re.search(r"<[^>]+\sstyle=", page), url
        assert not re.search(r"<[^>]+\son\w+=", page), url
        for tag in re.findall(r"<script[^>]*>", page):
            assert "src=" in tag or "application/json" in tag, tag
