"""The confirming pages: who may open them, what stands on them, and what deciding and taking back do there."""

import re
import time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from tests.ledger.confirm_desk import HTMX, findings_of, make_four_findings, shown_finding, url, words
from tests.ledger.factories import Item, make_document, make_group, make_unit

from luoshi.access.models import User
from luoshi.documents.models import Document
from luoshi.documents.states import DocumentStatus, FindingStatus
from luoshi.ledger.confirming.actions import accept_all_clean, accept_finding
from luoshi.ledger.models import Confirmation, ConfirmationKind, Task

pytestmark = pytest.mark.django_db

KEYS = {"a", "e", "s", "m", "r", "j"}


@pytest.fixture
def document(clerk: User) -> Document:
    """Return a document of four findings: clean, clean, doubted by the parser, with an unknown name."""
    return make_four_findings(clerk)


@pytest.fixture
def page(client: Client, clerk: User) -> Client:
    """Return a browser in which the clerk is logged in, who reads English."""
    client.force_login(clerk)
    client.cookies["luoshi_language"] = "en"
    return client


class TestWhoMayOpen:
    @pytest.mark.parametrize(
        ("role", "status"),
        [
            ("SUPERVISION_OFFICE", 200),
            ("UNIT_LIAISON", 403),
            ("LEADER", 403),
            ("READ_ONLY", 403),
            ("ACCOUNT_ADMINISTRATOR", 403),
            ("", 403),
        ],
    )
    def test_only_the_supervision_office(
        self, client: Client, make_user: Any, document: Document, role: str, status: int
    ) -> None:
        client.force_login(make_user("somebody", role))
        pk = findings_of(document)[0].pk
        for name, args in [
            ("confirm", (document.pk,)),
            ("confirm_accept_clean", (document.pk,)),
            ("confirm_merge", (document.pk,)),
            ("confirm_edit", (document.pk, pk)),
            ("confirm_split", (document.pk, pk)),
            ("confirm_reject", (document.pk, pk)),
            ("confirm_name", (document.pk, pk, 0)),
            ("confirm_names", ()),
        ]:
            assert client.get(url(name, *args)).status_code == status, name

    def test_nobody_else_decides_by_posting(self, client: Client, reader: User, document: Document) -> None:
        client.force_login(reader)
        pk = findings_of(document)[0].pk
        for name, args in [
            ("confirm_accept", (document.pk,)),
            ("confirm_undo", (document.pk,)),
            ("confirm_edit", (document.pk, pk)),
            ("confirm_reject", (document.pk, pk)),
        ]:
            assert client.post(url(name, *args), {"finding": pk, "act": "save"}).status_code == 403, name
        assert not Confirmation.objects.exists()

    def test_strangers_are_sent_to_the_log_in(self, client: Client, document: Document) -> None:
        assert client.get(url("confirm", document.pk)).status_code == 302

    def test_what_is_not_there_is_not_found(self, page: Client, document: Document, clerk: User) -> None:
        other = make_document(clerk, [Item("别处。")]).findings.get()
        assert page.get(url("confirm", 10**9)).status_code == 404
        assert page.get(url("confirm_edit", document.pk, other.pk)).status_code == 404
        assert page.post(url("confirm_accept", document.pk), {"finding": other.pk}).status_code == 404
        assert page.post(url("confirm_accept", document.pk), {"finding": "x"}).status_code == 404
        assert page.post(url("confirm_undo", document.pk), {"confirmation": 10**9}).status_code == 404
        assert page.get(url("confirm_name", document.pk, findings_of(document)[0].pk, 99)).status_code == 404


class TestThePage:
    def test_doubtful_findings_come_first(self, page: Client, document: Document) -> None:
        response: Any = page.get(url("confirm", document.pk))
        assert [row.number for row in response.context["rows"]] == ["3", "4", "1", "2"]
        assert shown_finding(response).number == "3"
        assert "The printed list ends in “and others”." in words(response)

    def test_the_sentence_is_lit_in_its_surroundings(self, page: Client, document: Document) -> None:
        finding = findings_of(document)[1]
        response: Any = page.get(url("confirm", document.pk, finding=finding.pk))
        segments = [each for paragraph in response.context["pane"].paragraphs for each in paragraph.segments]
        lit = "".join(each.text for each in segments if each.is_lit)
        assert lit == "2.整治河道5条；新建泵站2座。（牵头单位：市水利局；配合单位：市财政局）"
        assert sum(each.is_first_lit for each in segments) == 1
        assert {each.text: each.kind for each in segments if each.kind in {"party", "leader"}} == {
            "市水利局": "party",
            "市财政局": "party",
        }
        assert {each.finding_id for each in segments if each.finding_id} == {
            each.pk for each in findings_of(document) if each != finding
        }

    def test_says_how_far_the_work_is(self, page: Client, clerk: User, document: Document, now: Any) -> None:
        accept_finding(acting_user=clerk, finding=findings_of(document)[0], now=now)
        response = page.get(url("confirm", document.pk))
        assert "1 of 4 decided" in words(response)
        assert "Finding 3 of 4" in words(response)
        assert 'value="1" max="4"' in response.content.decode()

    def test_every_act_has_its_key(self, page: Client, clerk: User, document: Document, now: Any) -> None:
        accept_finding(acting_user=clerk, finding=findings_of(document)[0], now=now)
        html = page.get(url("confirm", document.pk)).content.decode()
        assert set(re.findall(r'data-shortcut="(\w)"', html)) == {*KEYS, "u"}
        second = page.get(url("confirm", document.pk, finding=findings_of(document)[3].pk)).content.decode()
        assert 'data-shortcut="k"' in second

    def test_registry_matches_stand_at_the_names(self, page: Client, clerk: User, document: Document) -> None:
        unit = make_unit(clerk, "市发展和改革委员会", "市发改委", short_name="市发展改革委")
        make_group(clerk, "各区", [unit])
        make_group(clerk, "市专班成员单位", None)
        parties = ["市发改委", "市发展改革委", "各区", "市专班成员单位", "市陌生局"]
        other = make_document(clerk, [Item("做事。", lead_units=["市水利局"], cooperating_units=parties)])
        response: Any = page.get(url("confirm", other.pk))
        chips = {chip.name: chip for role in response.context["roles"] for chip in role.chips}
        states = {name: chip.state for name, chip in chips.items()}
        assert states == {
            "市水利局": "known",
            "市发改委": "alias",
            "市发展改革委": "known",
            "各区": "group",
            "市专班成员单位": "group_unknown",
            "市陌生局": "new",
        }
        assert chips["市发改委"].canonical == "市发展改革委"
        assert list(chips["各区"].members) == ["市发展改革委"]
        assert [name for name, chip in chips.items() if chip.asks] == ["市专班成员单位", "市陌生局"]

    @pytest.mark.parametrize("show", ["todo", "doubtful", "clean", "accepted", "rejected", "all", "nonsense"])
    def test_filters_show_what_they_count(
        self, page: Client, clerk: User, document: Document, now: Any, show: str
    ) -> None:
        accept_finding(acting_user=clerk, finding=findings_of(document)[0], now=now)
        response: Any = page.get(url("confirm", document.pk, show=show))
        counted = response.context["counts"].get(show, 3)
        assert len(response.context["rows"]) == counted
        assert response.status_code == 200

    def test_nothing_stands_inline(self, page: Client, clerk: User, document: Document, now: Any) -> None:
        accept_all_clean(acting_user=clerk, document=document, now=now)
        pk = findings_of(document)[2].pk
        addresses = [
            url("confirm", document.pk),
            url("confirm", document.pk, show="accepted"),
            url("confirm_edit", document.pk, pk),
            url("confirm_split", document.pk, pk),
            url("confirm_merge", document.pk, current=pk),
            url("confirm_reject", document.pk, pk),
            url("confirm_name", document.pk, findings_of(document)[3].pk, 0),
        ]
        for address in addresses:
            html = page.get(address).content.decode()
            scripts = re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", html)
            assert not scripts, address
            assert not re.search(r"\sstyle=|\son\w+=|hx-on|javascript:", html), address

    def test_wording_of_a_document_is_never_markup(self, page: Client, clerk: User) -> None:
        text = "<script>alert(1)</script>建设。"
        other = make_document(clerk, [Item(text, lead_units=["<b>局</b>"])], title="<i>方案</i>")
        finding = other.findings.get()
        for address in (url("confirm", other.pk), url("confirm_edit", other.pk, finding.pk)):
            html = page.get(address).content.decode()
            assert "<script>alert" not in html
            assert "<b>局" not in html
            assert "<i>方案" not in html

    def test_a_document_without_findings_says_so(self, page: Client, clerk: User) -> None:
        response = page.get(url("confirm", make_document(clerk, []).pk))
        assert "No finding was read in this document" in words(response)

    def test_both_languages(self, page: Client, document: Document) -> None:
        page.cookies["luoshi_language"] = "zh-hans"
        html = page.get(url("confirm", document.pk)).content.decode()
        assert 'lang="zh-hans"' in html


class TestOtherVersions:
    @pytest.mark.parametrize("status", [each for each in DocumentStatus if each != DocumentStatus.CURRENT])
    def test_say_why_they_cannot_be_confirmed(
        self, page: Client, clerk: User, document: Document, status: DocumentStatus
    ) -> None:
        item = Item("做事。", lead_units=["市水利局"])
        other = make_document(clerk, [item], status=status, family=document.family)
        pk = other.findings.get().pk
        with translation.override("en"):
            label = str(status.label)
        for address in (
            url("confirm", other.pk),
            url("confirm_edit", other.pk, pk),
            url("confirm_split", other.pk, pk),
            url("confirm_reject", other.pk, pk),
            url("confirm_merge", other.pk),
            url("confirm_accept_clean", other.pk),
            url("confirm_name", other.pk, pk, 0),
        ):
            html = page.get(address).content.decode()
            assert label in html
            assert url("confirm", document.pk) in html
            assert 'data-shortcut="a"' not in html

    def test_cannot_be_accepted_by_posting_either(self, page: Client, clerk: User, document: Document) -> None:
        other = make_document(clerk, [Item("做事。")], status=DocumentStatus.WAITING, family=document.family)
        page.post(url("confirm_accept", other.pk), {"finding": other.findings.get().pk})
        assert not Task.objects.exists()


class TestDeciding:
    def test_accepting_goes_on_to_the_next_without_scripts(self, page: Client, document: Document) -> None:
        third, fourth = findings_of(document)[2:]
        response = page.post(url("confirm_accept", document.pk), {"finding": third.pk})
        assert response.status_code == 302
        assert response["Location"] == url("confirm", document.pk, finding=fourth.pk)
        assert Task.objects.get().text == "推进节水。"

    def test_and_in_place_with_them(self, page: Client, document: Document) -> None:
        third, fourth = findings_of(document)[2:]
        response = page.post(url("confirm_accept", document.pk), {"finding": third.pk}, **HTMX)
        html = response.content.decode()
        assert shown_finding(response) == fourth
        assert html.lstrip().startswith('<div class="desk"')
        assert 'id="confirm-said"' in html
        assert "Accepted: 3 推进节水。" in words(response)
        assert response["HX-Push-Url"] == url("confirm", document.pk, finding=fourth.pk)
        assert "HX-Request" in response["Vary"]

    def test_the_last_one_ends_with_the_way_to_the_ledger(self, page: Client, document: Document) -> None:
        response: Any = None
        for finding in findings_of(document):
            response = page.post(url("confirm_accept", document.pk), {"finding": finding.pk}, **HTMX)
        assert "Everything is decided" in words(response)
        assert f"{reverse('ledger:list')}?plan={document.plan.pk}" in response.content.decode()

    def test_the_filter_is_not_left_unasked(self, page: Client, document: Document) -> None:
        third, fourth = findings_of(document)[2:]
        given = {"finding": third.pk, "show": "doubtful"}
        response: Any = page.post(url("confirm_accept", document.pk), given, **HTMX)
        assert shown_finding(response) == fourth
        response = page.post(url("confirm_accept", document.pk), {**given, "finding": fourth.pk}, **HTMX)
        assert "2 findings still wait for a decision." in words(response)

    def test_a_colleague_who_was_faster_is_told_of(
        self, page: Client, make_user: Any, document: Document, now: Any
    ) -> None:
        finding = findings_of(document)[2]
        colleague = make_user("colleague", "SUPERVISION_OFFICE", display_name="李督查")
        accept_finding(acting_user=colleague, finding=finding, now=now)
        response = page.post(url("confirm_accept", document.pk), {"finding": finding.pk}, **HTMX)
        assert response.status_code == 200
        said = [str(message) for message in response.context["messages"]] or [response.headers.get("HX-Trigger", "")]
        assert "Somebody has already decided about this finding." in said[0]
        assert shown_finding(response) == finding
        assert "李督查" in words(response)
        assert Task.objects.count() == 1

    def test_rejecting_asks_why(self, page: Client, document: Document) -> None:
        finding = findings_of(document)[2]
        address = url("confirm_reject", document.pk, finding.pk)
        assert "It repeats another finding." in words(page.get(address))
        assert page.post(address, {"usual": "", "other": " "}, **HTMX).status_code == 422
        assert findings_of(document)[2].status == FindingStatus.PENDING
        page.post(address, {"usual": "1", "other": ""})
        assert Confirmation.objects.get().reason == "It repeats another finding."
        assert findings_of(document)[2].status == FindingStatus.REJECTED

    def test_an_own_reason_takes_the_place_of_a_usual_one(self, page: Client, document: Document) -> None:
        page.post(url("confirm_reject", document.pk, findings_of(document)[2].pk), {"usual": "0", "other": "已废止"})
        assert Confirmation.objects.get().reason == "已废止"

    def test_all_clean_ones_are_asked_about_and_accepted(self, page: Client, document: Document) -> None:
        assert "Accept 2 findings without a doubt?" in words(page.get(url("confirm_accept_clean", document.pk)))
        response = page.post(url("confirm_accept_clean", document.pk), {"expected": "2"}, **HTMX)
        assert "Accepted 2 findings." in words(response)
        assert Task.objects.count() == 2
        assert shown_finding(response).number == "3"

    def test_all_clean_ones_are_left_where_the_count_has_changed(self, page: Client, document: Document) -> None:
        page.post(url("confirm_accept_clean", document.pk), {"expected": "7"})
        assert not Task.objects.exists()

    def test_asking_when_there_is_no_clean_one_leads_back(self, page: Client, clerk: User, document: Document) -> None:
        page.post(url("confirm_accept_clean", document.pk))
        response = page.get(url("confirm_accept_clean", document.pk))
        assert response.status_code == 302


class TestTakingBack:
    def test_u_takes_back_my_last_decision_and_shows_it(self, page: Client, document: Document) -> None:
        first, second = findings_of(document)[:2]
        page.post(url("confirm_accept", document.pk), {"finding": first.pk})
        page.post(url("confirm_accept", document.pk), {"finding": second.pk})
        response = page.post(url("confirm_undo", document.pk), **HTMX)
        assert shown_finding(response) == second
        assert [task.number for task in Task.objects.all()] == ["1"]

    def test_somebody_elses_last_decision_is_not_mine(
        self, page: Client, make_user: Any, document: Document, now: Any
    ) -> None:
        colleague = make_user("colleague", "SUPERVISION_OFFICE")
        accept_finding(acting_user=colleague, finding=findings_of(document)[0], now=now)
        page.post(url("confirm_undo", document.pk))
        assert Task.objects.count() == 1
        page.post(url("confirm_undo", document.pk), {"confirmation": Confirmation.objects.get().pk})
        assert Task.objects.count() == 0

    def test_one_of_many_accepted_at_once(self, page: Client, clerk: User, document: Document, now: Any) -> None:
        made = accept_all_clean(acting_user=clerk, document=document, now=now)
        page.post(url("confirm_undo", document.pk), {"confirmation": made[0].pk, "only_this": "1"})
        assert [task.number for task in Task.objects.all()] == ["2"]

    def test_the_history_says_who_did_what_when(self, page: Client, clerk: User, document: Document, now: Any) -> None:
        accept_all_clean(acting_user=clerk, document=document, now=now)
        page.post(url("confirm_reject", document.pk, findings_of(document)[2].pk), {"usual": "0"})
        page.post(url("confirm_undo", document.pk))
        response: Any = page.get(url("confirm", document.pk))
        rejected, accepted = response.context["history"]
        assert (rejected.kind, rejected.numbers, rejected.undone_by) == (ConfirmationKind.REJECT, ["3"], "clerk")
        assert (accepted.kind, accepted.decisions, accepted.undone_at) == (ConfirmationKind.ACCEPT, 2, None)
        assert "2 findings at once" in words(response)
        assert "taken back by clerk" in words(response)

    def test_a_decision_of_another_document_is_not_found_here(
        self, page: Client, clerk: User, document: Document, now: Any
    ) -> None:
        other = make_document(clerk, [Item("别处。", lead_units=["市水利局"])])
        made = accept_finding(acting_user=clerk, finding=other.findings.get(), now=now)
        assert page.post(url("confirm_undo", document.pk), {"confirmation": made.pk}).status_code == 404

    def test_undo_after_work_is_refused_in_words(self, page: Client, clerk: User, document: Document, now: Any) -> None:
        accept_finding(acting_user=clerk, finding=findings_of(document)[0], now=now)
        Task.objects.filter(number="1").update(version=2)
        response = page.post(url("confirm_undo", document.pk), follow=True)
        assert "has been worked on since" in words(response)
        assert Task.objects.count() == 1


class TestSpeed:
    def big(self, clerk: User, count: int) -> Document:
        """Return a document with that many findings of seven parties each."""
        names = ["市财政局", "市水利局", "市教育局", "各县（市、区）人民政府", "市陌生局", "市生疏局"]
        return make_document(
            clerk,
            [
                Item(
                    f"完成第{i}项建设任务，年底前建成投用。",
                    section="一、建设",
                    lead_units=["市水利局"],
                    cooperating_units=names,
                )
                for i in range(count)
            ],
        )

    def test_asks_the_database_as_often_for_many_as_for_few(
        self, page: Client, clerk: User, document: Document, django_assert_num_queries: Any, now: Any
    ) -> None:
        few, many = self.big(clerk, 3), self.big(clerk, 120)
        for each in (few, many):
            for finding in findings_of(each)[: each.findings.count() // 2]:
                accept_finding(acting_user=clerk, finding=finding, now=now)
        page.get(url("confirm", few.pk))
        counts = [self.count(page, url("confirm", each.pk, show="all")) for each in (few, many)]
        assert counts[0] == counts[1] <= 24

    def count(self, page: Client, address: str) -> int:
        """Return how many queries a page needs."""

        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert page.get(address).status_code == 200
        return len(queries)

    def test_151_findings_take_less_than_half_a_second(self, page: Client, clerk: User, document: Document) -> None:
        plan = self.big(clerk, 151)
        page.get(url("confirm", plan.pk))
        best = min(self.seconds(page, url("confirm", plan.pk)) for _ in range(3))
        assert best < 0.5

    def seconds(self, page: Client, address: str) -> float:
        """Return the processor time that a page takes."""
        start = time.process_time()
        assert page.get(address, **HTMX).status_code == 200
        return time.process_time() - start
