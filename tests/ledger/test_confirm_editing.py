"""Editing, splitting, merging and naming on the confirming pages, as their forms post it."""

from typing import Any

import pytest
from django.test import Client
from tests.ledger.confirm_desk import HTMX, findings_of, make_four_findings, url, words
from tests.ledger.factories import Item, make_document, make_group, make_unit

from luoshi.access.models import User
from luoshi.documents.models import Document
from luoshi.ledger.confirming.actions import accept_finding
from luoshi.ledger.models import Assignment, Confirmation, ConfirmationKind, Task
from luoshi.registry.models import Group, Organization, Person

pytestmark = pytest.mark.django_db


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


def edit_form(response: Any, prefix: str = "", editor: Any = None) -> dict[str, str]:
    """Return what the form of an editor would post if nothing were changed."""
    editor = editor or response.context["editor"]
    form = editor.form
    posted = {f"{prefix}{name}": form[name].value() or "" for name in form.fields}
    posted[f"{prefix}rows"] = str(len(editor.rows))
    for line in editor.rows:
        origin = "" if line.row.origin is None else str(line.row.origin)
        values = {"role": line.row.role, "name": line.row.name, "asked": line.row.asked, "origin": origin}
        posted |= {f"{prefix}{field}-{line.place}": value for field, value in values.items()}
    return posted


class TestEditing:
    def test_saving_without_a_change_accepts_as_read(self, page: Client, document: Document) -> None:
        address = url("confirm_edit", document.pk, findings_of(document)[1].pk)
        page.post(address, {**edit_form(page.get(address)), "act": "save"})
        assert Confirmation.objects.get().kind == ConfirmationKind.ACCEPT
        assert set(Assignment.objects.values_list("printed_name", flat=True)) == {"市水利局", "市财政局"}
        assert all(row.start for row in Assignment.objects.all())

    def test_changes_are_shown_against_the_sentence_and_saved(self, page: Client, document: Document) -> None:
        address = url("confirm_edit", document.pk, findings_of(document)[1].pk)
        posted = edit_form(page.get(address)) | {"text": "整治河道6条；新建泵站2座。", "deadline": "2026-12-31"}
        looked = page.post(address, {**posted, "act": "check"}, **HTMX)
        assert '<del class="mark mark--removed">5</del><ins class="mark mark--added">6</ins>' in looked.content.decode()
        assert not Task.objects.exists()
        page.post(address, {**posted, "act": "save"})
        task = Task.objects.get()
        assert (task.text, str(task.deadline)) == ("整治河道6条；新建泵站2座。", "2026-12-31")
        assert Confirmation.objects.get().kind == ConfirmationKind.EDIT

    def test_parties_are_added_moved_changed_and_taken_out(self, page: Client, document: Document) -> None:
        address = url("confirm_edit", document.pk, findings_of(document)[1].pk)
        response = page.post(address, {**edit_form(page.get(address)), "act": "add"}, **HTMX)
        posted = edit_form(response) | {"name-2": "市教育局", "role-2": "IMPLEMENTING"}
        response = page.post(address, {**posted, "act": "up:2"}, **HTMX)
        assert [line.row.name for line in response.context["editor"].rows] == ["市水利局", "市教育局", "市财政局"]
        response = page.post(address, {**edit_form(response), "act": "remove:2"}, **HTMX)
        assert "Cooperating unit 市财政局" in words(response)
        page.post(address, {**edit_form(response), "act": "save"})
        rows = Assignment.objects.order_by("position").values_list("role", "printed_name", "start")
        read = findings_of(document)[1].parties("lead_units")[0]["span"]["start"]
        assert list(rows) == [("LEAD_UNIT", "市水利局", read), ("IMPLEMENTING", "市教育局", None)]

    def test_one_click_settles_who_a_name_is_and_keeps_its_printed_form(self, page: Client, document: Document) -> None:
        address = url("confirm_edit", document.pk, findings_of(document)[3].pk)
        response = page.get(address)
        assert "Did you mean" in words(response)
        assert 'value="match:0:市教育局"' in response.content.decode()
        response = page.post(address, {**edit_form(response), "act": "match:0:市教育局"}, **HTMX)
        page.post(address, {**edit_form(response), "act": "save"})
        row = Assignment.objects.get()
        assert (row.printed_name, row.organization) == ("市教育委", Organization.objects.get(name="市教育局"))

    def test_what_is_wrong_is_said_and_nothing_is_written(self, page: Client, document: Document) -> None:
        address = url("confirm_edit", document.pk, findings_of(document)[1].pk)
        good = edit_form(page.get(address))
        for wrong in (
            {"text": "  "},
            {"text": "长" * 5001},
            {"deadline": "2026-13-45"},
            {"number": "1" * 33},
            {"role-0": "BOSS"},
            {"name-0": "局" * 201},
        ):
            response = page.post(address, {**good, **wrong, "act": "save"}, **HTMX)
            assert response.status_code == 422, wrong
            assert "field__errors" in response.content.decode() or "note--danger" in response.content.decode()
        assert not Task.objects.exists()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"act": "remove:99"},
            {"act": "remove:x"},
            {"act": "up:"},
            {"act": "explode"},
            {"rows": "999999999", "act": "check"},
            {"rows": "-1", "act": "check"},
            {"origin-0": "99", "act": "check"},
        ],
    )
    def test_forged_forms_do_no_harm(self, page: Client, document: Document, wrong: dict[str, str]) -> None:
        address = url("confirm_edit", document.pk, findings_of(document)[1].pk)
        response = page.post(address, {**edit_form(page.get(address)), **wrong}, **HTMX)
        assert response.status_code == 200
        assert not Task.objects.exists()

    def test_a_decided_finding_is_shown_instead_of_its_form(
        self, page: Client, clerk: User, document: Document, now: Any
    ) -> None:
        finding = findings_of(document)[0]
        accept_finding(acting_user=clerk, finding=finding, now=now)
        response: Any = page.get(url("confirm_edit", document.pk, finding.pk))
        assert response.context["panel_template"].endswith("panel_finding.html")


class TestSplitting:
    def test_proposes_cuts_and_numbers_and_copies_the_parties(self, page: Client, document: Document) -> None:
        response: Any = page.get(url("confirm_split", document.pk, findings_of(document)[1].pk))
        parts = response.context["parts"]
        assert [each.form["text"].value() for each in parts] == ["整治河道5条。", "新建泵站2座。"]
        assert [each.form["number"].value() for each in parts] == ["2(1)", "2(2)"]
        assert [[line.row.name for line in each.rows] for each in parts] == [["市水利局", "市财政局"]] * 2

    def test_saves_each_part_with_its_own_parties(self, page: Client, document: Document) -> None:
        address = url("confirm_split", document.pk, findings_of(document)[1].pk)
        response: Any = page.get(address)
        posted = self.posted(response)
        response = page.post(address, {**posted, "act": "p1-remove:1"}, **HTMX)
        page.post(address, {**self.posted(response), "act": "save"})
        tasks = Task.objects.order_by("number")
        assert [(task.number, task.text) for task in tasks] == [("2(1)", "整治河道5条。"), ("2(2)", "新建泵站2座。")]
        assert [task.assignments.count() for task in tasks] == [2, 1]
        assert Confirmation.objects.get().kind == ConfirmationKind.SPLIT

    def test_other_cuts_make_other_parts(self, page: Client, document: Document) -> None:
        address = url("confirm_split", document.pk, findings_of(document)[1].pk)
        response: Any = page.post(address, {**self.posted(page.get(address)), "cut": [], "act": "cut"}, **HTMX)
        assert "Splitting needs at least two parts" in words(response)
        response = page.post(address, {"cut": "999", "act": "save", "cuts_shown": ""}, **HTMX)
        assert response.status_code == 422
        assert not Task.objects.exists()

    def posted(self, response: Any) -> dict[str, Any]:
        """Return what the form of the parts would post."""
        context = response.context
        posted: dict[str, Any] = {"cuts_shown": context["cuts_shown"], "cut": [str(cut) for cut in context["cuts"]]}
        for place, editor in enumerate(context["parts"]):
            posted |= edit_form(response, f"p{place}-", editor)
        return posted


class TestMerging:
    def test_takes_the_next_one_in_where_only_one_is_chosen(self, page: Client, document: Document) -> None:
        first, second = findings_of(document)[:2]
        response: Any = page.get(url("confirm_merge", document.pk, current=first.pk))
        assert response.context["chosen"] == [first, second]
        assert response.context["following"] == findings_of(document)[2]

    def test_takes_those_that_were_ticked(self, page: Client, document: Document) -> None:
        first, _second, third, fourth = findings_of(document)
        address = f"{url('confirm_merge', document.pk)}?current={third.pk}&with={first.pk}&with={fourth.pk}"
        response: Any = page.get(address)
        assert response.context["chosen"] == [first, third, fourth]

    def test_saves_one_task_for_all(self, page: Client, document: Document) -> None:
        first, second = findings_of(document)[:2]
        response: Any = page.get(url("confirm_merge", document.pk, current=first.pk))
        posted = edit_form(response) | {"merged_shown": response.context["merged_shown"]}
        page.post(url("confirm_merge", document.pk), {**posted, "with": [first.pk, second.pk], "act": "save"})
        task = Task.objects.get()
        assert task.text == "新建学校3所。\n整治河道5条；新建泵站2座。"
        assert task.sources.count() == 2
        assert Confirmation.objects.get().kind == ConfirmationKind.MERGE

    def test_decided_and_foreign_findings_are_not_taken(
        self, page: Client, clerk: User, document: Document, now: Any
    ) -> None:
        first = findings_of(document)[0]
        accept_finding(acting_user=clerk, finding=first, now=now)
        foreign = make_document(clerk, [Item("别处。")]).findings.get()
        address = f"{url('confirm_merge', document.pk)}?with={first.pk}&with={foreign.pk}&with=x"
        response: Any = page.get(address)
        assert "chosen" not in response.context


class TestNames:
    def test_lookup_offers_names_of_units_groups_and_people(
        self, page: Client, clerk: User, document: Document
    ) -> None:
        make_unit(clerk, "市发展和改革委员会", "市发改委", short_name="市发展改革委")
        html = page.get(url("confirm_names", q="发改")).content.decode()
        assert '<option value="市发改委" label="市发展改革委">' in html
        assert page.get(url("confirm_names") + "?name-3=林").content.decode().count("<option") == 1
        assert page.get(url("confirm_names", q="")).content.decode().strip() == ""
        assert page.get(url("confirm_names", q="%25")).content.decode().strip() == ""

    def test_another_form_of_a_known_unit(self, page: Client, document: Document) -> None:
        address = url("confirm_name", document.pk, findings_of(document)[3].pk, 0)
        assert page.post(address, {"act": "alias", "alias-target": "没有"}, **HTMX).status_code == 422
        response = page.post(address, {"act": "alias", "alias-target": "市教育局"}, **HTMX)
        assert "The registry now knows “市教育委”." in words(response)
        assert response.context["state"].is_clean

    def test_a_new_unit(self, page: Client, document: Document) -> None:
        address = url("confirm_name", document.pk, findings_of(document)[3].pk, 0)
        page.post(address, {"act": "unit", "unit-name": "市教育委员会", "unit-kind": "department"})
        unit = Organization.objects.get(name="市教育委员会")
        assert unit.short_name == "市教育委"

    def test_a_new_group_with_and_without_members(self, page: Client, clerk: User, document: Document) -> None:
        other = make_document(clerk, [Item("做事。", lead_units=["市专班", "市专组"])]).findings.get()
        unit = Organization.objects.get(name="市水利局")
        first, second = (url("confirm_name", other.document_id, other.pk, place) for place in (0, 1))
        page.post(first, {"act": "group", "group-members": [unit.pk]})
        page.post(second, {"act": "group"})
        known = {group.name: group.members_known for group in Group.objects.all()}
        assert known == {"市专班": True, "市专组": False}

    def test_members_of_a_group_that_nobody_had_named(self, page: Client, clerk: User, document: Document) -> None:
        make_group(clerk, "市专班成员单位", None)
        other = make_document(clerk, [Item("做事。", lead_units=["市专班成员单位"])]).findings.get()
        address = url("confirm_name", other.document_id, other.pk, 0)
        assert page.post(address, {"act": "members"}, **HTMX).status_code == 422
        unit = Organization.objects.get(name="市水利局")
        page.post(address, {"act": "members", "members-members": [unit.pk]})
        page.post(url("confirm_accept", other.document_id), {"finding": other.pk})
        assert Assignment.objects.get(organization=unit).via is not None

    def test_a_group_that_means_others_each_time_is_not_settled_once_for_all(
        self, page: Client, clerk: User, document: Document
    ) -> None:
        group = make_group(clerk, "沿线有关县", None)
        Group.objects.filter(pk=group.pk).update(kind="contextual")
        other = make_document(clerk, [Item("做事。", lead_units=["沿线有关县"])]).findings.get()
        response: Any = page.get(url("confirm_name", other.document_id, other.pk, 0))
        assert response.context["forms"] == []
        assert "This term means other units in every document" in words(response)

    def test_a_new_leader_and_a_post_of_a_known_one(self, page: Client, clerk: User, document: Document) -> None:
        item = Item("做事。", lead_leaders=["陌生人", "市委常委、组织部部长"], lead_units=["市水利局"])
        other = make_document(clerk, [item]).findings.get()
        first, second = (url("confirm_name", other.document_id, other.pk, place) for place in (0, 1))
        page.post(first, {"act": "person", "person-name": "陌生人"})
        assert Person.objects.get(name="陌生人").is_leader
        unit = Organization.objects.get(name="市水利局")
        leader = Person.objects.get(name="林远")
        page.post(second, {"act": "post", "post-person": leader.pk, "post-organization": unit.pk})
        page.post(url("confirm_accept", other.document_id), {"finding": other.pk})
        row = Assignment.objects.get(person=leader)
        assert row.printed_name == "市委常委、组织部部长"

    def test_the_registrys_refusal_stands_at_the_form(self, page: Client, document: Document) -> None:
        address = url("confirm_name", document.pk, findings_of(document)[3].pk, 0)
        response = page.post(address, {"act": "unit", "unit-name": "市教育局", "unit-kind": "department"}, **HTMX)
        assert response.status_code == 422
        assert "note--danger" in response.content.decode()
        assert Organization.objects.filter(name="市教育局").count() == 1
