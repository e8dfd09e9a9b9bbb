"""Lines that the recogniser was not sure of: shown with their picture, corrected, and read again."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.documents.plans import NOW, TASKS, bring_in, brought_in, plan, receive
from tests.documents.scans import SURE, scanned

from luoshi.access.audit import verify_chain
from luoshi.access.models import AuditEntry, User
from luoshi.access.permissions import UnableToAct
from luoshi.documents import actions, jobs, queries, recording, review_actions
from luoshi.documents.jobs import read_job
from luoshi.documents.lines_shown import UNITS, crop_of
from luoshi.documents.models import Document, Finding, ImportJob, LineReview, PagePlaces, Reading, TextVersion
from luoshi.documents.queries import count_lines, list_lines
from luoshi.documents.review_actions import (
    UnableToReview,
    ask_for_corrected_reading,
    ask_for_newer_reading,
    decide_line,
    may_be_read_again,
    reopen_line,
)
from luoshi.documents.states import DocumentStatus, FindingStatus, ImportStatus

pytestmark = pytest.mark.django_db
MISREAD = plan(tuple(task.replace("市教育局", "市教肓局") for task in TASKS))
DOUBTS = {"市教肓局": 0.41, "城镇新增": 0.55}


@pytest.fixture(autouse=True)
def _english(client: Client) -> None:
    client.cookies["luoshi_language"] = "en"


@pytest.fixture
def scan(clerk: User) -> Document:
    """A scan in which a name is misread, and another line is in doubt but right."""
    return scanned(clerk, DOUBTS, text=MISREAD)


def lines_of(document: Document) -> list[LineReview]:
    return list(list_lines(document.reading.text))


def decided(clerk: User, document: Document) -> Document:
    """Correct the first line and say of the second that it is right."""
    wrong, right = lines_of(document)
    decide_line(acting_user=clerk, line=wrong, words=wrong.read_as.replace("肓", "育"), now=NOW)
    decide_line(acting_user=clerk, line=right, words=right.read_as, now=NOW)
    return document


def corrected(clerk: User, document: Document) -> Document:
    """Correct lines, read again, and return the document of the new reading."""
    job = read_job(ask_for_corrected_reading(acting_user=clerk, document=decided(clerk, document), now=NOW))
    assert job.reading is not None, job.message_params
    return job.reading.documents.get()


class TestDeciding:
    """What a person says of a line."""

    def test_every_line_below_the_threshold_waits(self, scan: Document) -> None:
        found = lines_of(scan)
        assert [round(each.confidence, 2) for each in found] == [0.41, 0.55]
        text = scan.reading.text
        assert all(text.text[each.start : each.end] == each.read_as for each in found)
        assert count_lines(text) == {"open": 2, "corrected": 0, "right": 0, "all": 2}
        assert text.confidence is not None
        assert 0.8 < text.confidence < SURE

    def test_a_text_of_its_own_has_none(self, clerk: User) -> None:
        document = brought_in(clerk, plan())
        assert not lines_of(document)
        assert document.reading.text.confidence is None

    def test_it_is_corrected_confirmed_and_taken_back(self, clerk: User, scan: Document) -> None:
        decided(clerk, scan)
        assert count_lines(scan.reading.text) == {"open": 0, "corrected": 1, "right": 1, "all": 2}
        line = lines_of(scan)[0]
        assert (line.is_correction, line.decided_by, line.decided_at) == (True, clerk, NOW)
        reopen_line(acting_user=clerk, line=line, now=NOW)
        assert count_lines(scan.reading.text)["open"] == 1
        acts = AuditEntry.objects.filter(action__contains="_line").order_by("sequence")
        assert [each.action.partition(".")[2] for each in acts] == ["decide_line", "decide_line", "reopen_line"]
        assert verify_chain()[1] == []

    @pytest.mark.parametrize("words", ["两\n行", "字" * 501, "a\x07b", "a\u2028b"])
    def test_what_is_no_line_is_refused(self, clerk: User, scan: Document, words: str) -> None:
        with pytest.raises(UnableToReview):
            decide_line(acting_user=clerk, line=lines_of(scan)[0], words=words, now=NOW)
        assert count_lines(scan.reading.text)["open"] == 2

    def test_it_is_not_for_readers(self, reader: User, clerk: User, scan: Document) -> None:
        line = lines_of(scan)[0]
        for act in (
            lambda: decide_line(acting_user=reader, line=line, words="", now=NOW),
            lambda: reopen_line(acting_user=reader, line=line, now=NOW),
            lambda: ask_for_corrected_reading(acting_user=reader, document=decided(clerk, scan), now=NOW),
        ):
            with pytest.raises(UnableToAct):
                act()


class TestReadingAgain:
    """A text is read again with its corrections."""

    def test_the_new_text_has_the_words_and_the_old_one_stays(self, clerk: User, scan: Document) -> None:
        old = scan.reading.text
        new = corrected(clerk, scan)
        text = new.reading.text
        assert text.corrected_from_id == old.pk
        assert text.text == old.text.replace("肓", "育")
        old.refresh_from_db()
        assert "肓" in old.text
        assert new.findings.get(number="1").parties("lead_units")[0]["name"] == "市教育局"
        assert not lines_of(new)
        sure = {piece[6] for row in PagePlaces.objects.filter(text=text) for piece in row.pieces}
        assert sure == {1.0, SURE}

    def test_it_takes_the_place_of_one_of_which_nothing_was_accepted(self, clerk: User, scan: Document) -> None:
        new = corrected(clerk, scan)
        scan.refresh_from_db()
        assert (scan.status, new.status) == (DocumentStatus.SUPERSEDED, DocumentStatus.CURRENT)
        assert ImportJob.objects.latest("pk").status == ImportStatus.DONE

    def test_it_waits_where_tasks_are_in_the_ledger(self, clerk: User, scan: Document) -> None:
        Finding.objects.filter(document=scan, number="1").update(status=FindingStatus.ACCEPTED)
        new = corrected(clerk, scan)
        scan.refresh_from_db()
        assert (scan.status, new.status) == (DocumentStatus.CURRENT, DocumentStatus.WAITING)
        assert ImportJob.objects.latest("pk").status == ImportStatus.NEEDS_DECISION

    @pytest.mark.parametrize("accepted", [False, True])
    def test_a_corrected_number_makes_no_second_document(self, clerk: User, accepted: bool) -> None:
        old = scanned(clerk, {"云政发": 0.3}, text=plan(number="云政发〔2026〕7号"))
        if accepted:
            Finding.objects.filter(document=old, number="1").update(status=FindingStatus.ACCEPTED)
        (line,) = lines_of(old)
        decide_line(acting_user=clerk, line=line, words="云政发〔2026〕1号", now=NOW)
        read_job(ask_for_corrected_reading(acting_user=clerk, document=old, now=NOW))
        new = Document.objects.exclude(pk=old.pk).get()
        old.refresh_from_db()
        assert new.doc_number == "云政发〔2026〕1号"
        stands = (DocumentStatus.CURRENT, DocumentStatus.WAITING)
        assert (old.status, new.status) == (stands if accepted else (DocumentStatus.SUPERSEDED, stands[0]))

    def test_what_nobody_compared_still_waits_where_it_stands_now(self, clerk: User, scan: Document) -> None:
        line = lines_of(scan)[0]
        words = line.read_as.replace("市教肓局", "市教育局和市体育局")
        decide_line(acting_user=clerk, line=line, words=words, now=NOW)
        job = read_job(ask_for_corrected_reading(acting_user=clerk, document=scan, now=NOW))
        assert job.reading is not None
        (left,) = LineReview.objects.filter(text=job.reading.text)
        assert left.read_as.startswith("2. 城镇新增")
        assert left.start == lines_of(scan)[1].start + 5
        assert job.reading.text.text[left.start : left.end] == left.read_as

    def test_without_a_correction_there_is_nothing_to_read(self, clerk: User, scan: Document) -> None:
        right = lines_of(scan)[1]
        decide_line(acting_user=clerk, line=right, words=right.read_as, now=NOW)
        with pytest.raises(UnableToReview):
            ask_for_corrected_reading(acting_user=clerk, document=scan, now=NOW)

    def test_it_is_asked_for_once(self, clerk: User, scan: Document) -> None:
        ask_for_corrected_reading(acting_user=clerk, document=decided(clerk, scan), now=NOW)
        with pytest.raises(UnableToReview):
            ask_for_corrected_reading(acting_user=clerk, document=scan, now=NOW)
        assert ImportJob.objects.filter(base=scan.reading).count() == 1


@pytest.fixture
def newer_parser(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function after which the parser has a newer version."""

    def raise_version(version: str = "99.0") -> None:
        for module in (actions, queries, recording, review_actions):
            monkeypatch.setattr(module, "PARSER_VERSION", version)

    return raise_version


class TestNewerParser:
    """A file that an older parser read."""

    def test_the_present_one_is_not_asked_again(self, clerk: User) -> None:
        document = brought_in(clerk, plan())
        assert not may_be_read_again(document.reading)
        with pytest.raises(UnableToReview):
            ask_for_newer_reading(acting_user=clerk, document=document, now=NOW)

    def test_where_nothing_differs_the_documents_stay(self, clerk: User, newer_parser: Callable[..., None]) -> None:
        document = brought_in(clerk, plan())
        newer_parser()
        job = read_job(ask_for_newer_reading(acting_user=clerk, document=document, now=NOW))
        assert (job.status, job.message_code) == (ImportStatus.DONE, "read_the_same")
        document.refresh_from_db()
        assert (Document.objects.count(), document.status) == (1, DocumentStatus.CURRENT)
        assert not may_be_read_again(document.reading)

    def test_where_it_differs_the_new_reading_takes_its_place(
        self, clerk: User, newer_parser: Callable[..., None], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        document = brought_in(clerk, plan())
        newer_parser()
        real = jobs.read_bytes
        monkeypatch.setattr(jobs, "read_bytes", lambda data, **given: real(data.replace(b"24", b"25"), **given))
        read_job(ask_for_newer_reading(acting_user=clerk, document=document, now=NOW))
        document.refresh_from_db()
        new = Document.objects.exclude(pk=document.pk).get()
        assert (document.status, new.status) == (DocumentStatus.SUPERSEDED, DocumentStatus.CURRENT)
        assert (new.reading.parser_version, TextVersion.objects.count()) == ("99.0", 2)

    def test_the_same_file_brought_in_again_is_read_by_the_newer_one(
        self, clerk: User, newer_parser: Callable[..., None]
    ) -> None:
        brought_in(clerk, plan())
        newer_parser()
        assert bring_in(clerk, plan()).message_code == "read_the_same"
        assert bring_in(clerk, plan()).status == ImportStatus.KNOWN

    def test_known_bytes_are_recognised_without_reading_what_was_found(self, clerk: User) -> None:
        """Everybody's writing waits for that transaction, and the result of a gazette is large."""
        brought_in(clerk, plan())
        job = receive(clerk, plan())
        assert actions.start_import(job=job)
        assert actions.recognise_import(job=job, now=NOW)
        assert job.reading is not None
        assert "result" in job.reading.get_deferred_fields()
        assert "text" in job.reading.text.get_deferred_fields()

    def test_a_third_one_takes_the_place_of_the_documents_that_are_there(
        self, clerk: User, newer_parser: Callable[..., None], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        document = brought_in(clerk, plan())
        newer_parser()
        assert bring_in(clerk, plan()).message_code == "read_the_same"
        newer_parser("100.0")
        real = jobs.read_bytes
        monkeypatch.setattr(jobs, "read_bytes", lambda data, **given: real(data.replace(b"24", b"25"), **given))
        job = bring_in(clerk, plan())
        document.refresh_from_db()
        assert (job.status, document.status) == (ImportStatus.DONE, DocumentStatus.SUPERSEDED)

    def test_a_file_that_another_machine_could_not_read_whole_is_read_again(
        self, clerk: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        document = brought_in(clerk, plan())
        document.reading.result["issues"] = [{"code": "page_without_text", "params": {"page": 2}, "span": None}]
        document.reading.save()
        assert bring_in(clerk, plan()).status == ImportStatus.KNOWN
        real = jobs.read_bytes
        monkeypatch.setattr(jobs, "read_bytes", lambda data, **given: real(data.replace(b"24", b"25"), **given))
        job = bring_in(clerk, plan())
        document.refresh_from_db()
        assert (job.status, document.status) == (ImportStatus.DONE, DocumentStatus.SUPERSEDED)

    def test_corrections_are_not_lost(self, clerk: User, scan: Document, newer_parser: Callable[..., None]) -> None:
        new = corrected(clerk, scan)
        newer_parser()
        read_job(ask_for_newer_reading(acting_user=clerk, document=new, now=NOW))
        latest = Reading.objects.latest("pk")
        assert (latest.parser_version, latest.text_id) == ("99.0", new.reading.text_id)


class TestPages:
    """What a person sees and does."""

    def address(self, document: Document) -> str:
        return reverse("documents:doubtful_lines", args=[document.pk])

    def test_each_line_stands_beside_its_piece_of_the_picture(
        self, client: Client, clerk: User, scan: Document
    ) -> None:
        client.force_login(clerk)
        page = client.get(self.address(scan)).content.decode()
        assert "confidence 41%" in page
        assert page.count('<svg class="line__crop"') == 2
        assert reverse("documents:picture", args=[scan.pk, 1, 1600]) in page
        assert client.get(reverse("documents:picture", args=[scan.pk, 1, 1600])).status_code == 200
        assert "style=" not in page

    def test_the_crop_holds_the_line_and_lies_on_the_page(self, scan: Document) -> None:
        line = lines_of(scan)[0]
        crop = crop_of(line, 1.4)
        left, top, width, height = crop.line
        assert crop.x <= left <= left + width <= crop.x + crop.width
        assert crop.y <= top <= top + height <= crop.y + crop.height
        assert 0 <= crop.x <= crop.x + crop.width <= UNITS
        assert 0 <= crop.y <= crop.y + crop.height <= crop.page_height == UNITS * 1.4

    @pytest.mark.parametrize(
        ("decision", "counts"),
        [
            ({"decision": "correct", "words": "新"}, {"open": 1, "corrected": 1, "right": 0}),
            ({"words": "新"}, {"open": 1, "corrected": 1, "right": 0}),
            ({"decision": "right", "words": "ignored"}, {"open": 1, "corrected": 0, "right": 1}),
            ({"decision": "none"}, {"open": 1, "corrected": 1, "right": 0}),
            ({"decision": "correct", "words": "字" * 501}, {"open": 2, "corrected": 0, "right": 0}),
        ],
    )
    def test_buttons_decide(
        self, client: Client, clerk: User, scan: Document, decision: dict[str, str], counts: dict[str, int]
    ) -> None:
        client.force_login(clerk)
        line = lines_of(scan)[0]
        answer = client.post(reverse("documents:decide_line", args=[scan.pk, line.pk]), decision)
        assert answer.status_code == 302
        found = count_lines(scan.reading.text)
        assert {name: found[name] for name in counts} == counts

    def test_htmx_gets_the_line_and_the_counts(self, client: Client, clerk: User, scan: Document) -> None:
        client.force_login(clerk)
        line = lines_of(scan)[0]
        url = reverse("documents:decide_line", args=[scan.pk, line.pk])
        part = client.post(url, {"words": "新的文字"}, headers={"HX-Request": "true"})
        said = part.content.decode()
        assert said.lstrip().startswith("<li")
        assert "新的文字" in said
        assert "Read again with 1 correction" in said
        wrong = client.post(url, {"words": "字" * 501}, headers={"HX-Request": "true"})
        assert wrong.status_code == 422
        assert "at most 500 characters" in wrong.content.decode()
        back = client.post(url, {"decision": "reopen"}, headers={"HX-Request": "true"})
        assert 'name="words"' in back.content.decode()

    def test_a_line_of_another_file_is_not_there(self, client: Client, clerk: User, scan: Document) -> None:
        client.force_login(clerk)
        other = brought_in(clerk, plan(number="云政发〔2026〕9号"))
        url = reverse("documents:decide_line", args=[other.pk, lines_of(scan)[0].pk])
        assert client.post(url, {"words": "x"}).status_code == 404

    def test_the_button_reads_again_and_the_old_page_leads_to_the_new(
        self, client: Client, clerk: User, scan: Document, django_capture_on_commit_callbacks: Any
    ) -> None:
        client.force_login(clerk)
        decided(clerk, scan)
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("documents:read_corrected", args=[scan.pk]))
        new = Document.objects.exclude(pk=scan.pk).get()
        old_page = client.get(self.address(scan)).content.decode()
        assert new.get_absolute_url() in old_page
        assert "Read again with 1 correction<" not in old_page
        page = client.get(new.get_absolute_url()).content.decode()
        assert "corrected by people" in page

    def test_the_document_and_the_import_say_that_lines_wait(self, client: Client, clerk: User, scan: Document) -> None:
        client.force_login(clerk)
        page = client.get(scan.get_absolute_url()).content.decode()
        assert "2 lines of this file were recognised with little confidence." in page
        assert "recognised from a picture, " in page
        assert "% sure on average" in page
        assert 'class="mark mark--doubt"' in page
        assert "leaf__box--doubt" in page
        listed = client.get(reverse("documents:jobs")).content.decode()
        assert "2 lines were recognised with little confidence" in listed
        corrected(clerk, scan)
        scan.reading.text.reviews.update(decided_at=None)
        assert "little confidence" not in client.get(reverse("documents:jobs")).content.decode()
        assert "little confidence" not in client.get(scan.get_absolute_url()).content.decode()

    def test_a_line_is_found_on_its_page(self, client: Client, clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
        from luoshi.documents.views import lines

        monkeypatch.setattr(lines, "PER_PAGE", 1)
        client.force_login(clerk)
        document = scanned(clerk, DOUBTS, text=MISREAD)
        last = lines_of(document)[1]
        page = client.get(f"{self.address(document)}?show=all&line={last.pk}")
        assert page.context["page"].number == 2
        assert f'id="line-{last.pk}"' in page.content.decode()
        for odd in ("999999", "x", "٣", "9" * 30, ""):
            assert client.get(f"{self.address(document)}?line={odd}&show=odd&page=x").status_code == 200

    def test_readers_see_but_do_not_decide(self, client: Client, reader: User, clerk: User, scan: Document) -> None:
        client.force_login(reader)
        page = client.get(self.address(scan)).content.decode()
        assert "市教肓局" in page
        assert "Right as it is</button>" not in page
        assert 'name="words"' not in page
        line = lines_of(scan)[0]
        refused = client.post(reverse("documents:decide_line", args=[scan.pk, line.pk]), {"words": "x"})
        assert refused.status_code == 403
        for name in ("read_corrected", "read_newer"):
            assert client.post(reverse(f"documents:{name}", args=[scan.pk])).status_code == 403

    def test_many_lines_ask_as_often_as_few(self, client: Client, clerk: User) -> None:
        client.force_login(clerk)
        few = scanned(clerk, {"市教育局": 0.4}, text=plan())
        many = scanned(clerk, {"。": 0.4}, text=plan(number="云政发〔2026〕3号"), size=410)
        assert len(lines_of(many)) > len(lines_of(few))
        counts = []
        for document in (few, few, many):
            with CaptureQueriesContext(connection) as asked:
                client.get(self.address(document))
            counts.append(len(asked))
        assert counts[1] == counts[2]

    def test_a_document_without_such_lines_says_so(self, client: Client, reader: User, clerk: User) -> None:
        client.force_login(reader)
        document = brought_in(clerk, plan())
        assert "No line is in doubt" in client.get(self.address(document)).content.decode()

    def test_an_older_reading_offers_to_read_again(
        self,
        client: Client,
        clerk: User,
        newer_parser: Callable[..., None],
        monkeypatch: pytest.MonkeyPatch,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        client.force_login(clerk)
        document = brought_in(clerk, plan())
        assert "A newer parser is here" not in client.get(document.get_absolute_url()).content.decode()
        newer_parser()
        assert "A newer parser is here" in client.get(document.get_absolute_url()).content.decode()
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("documents:read_newer", args=[document.pk]))
        assert "A newer parser is here" not in client.get(document.get_absolute_url()).content.decode()
