"""Targets from the finding to the ledger: confirmed, corrected, shown, listed, handed out, and taken back."""

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.ledger.confirm_desk import url, words
from tests.ledger.factories import NOW
from tests.ledger.list_desk import english
from tests.ledger.target_desk import accepted, make_promises, promise, stated
from tests.ledger.test_confirm_editing import edit_form

from luoshi.access.models import AuditEntry, User
from luoshi.ledger.actions import UnableToChangeTask, edit_task
from luoshi.ledger.confirming.actions import (
    UnableToConfirm,
    accept_all_clean,
    accept_finding,
    merge_findings,
    undo_confirmation,
)
from luoshi.ledger.drafts import target_in_ledger
from luoshi.ledger.models import Confirmation, ConfirmationKind, Indicator, IndicatorName, Target, Task

pytestmark = pytest.mark.django_db
JOBS = ("城镇新增就业4万人以上。", "城镇新增就业4万人以上", "城镇新增就业", 40000.0, "人")
SCHOOLS = ("新建学校3所。", "新建学校3所", "学校", 3.0, "所")


@pytest.fixture
def page(clerk: User) -> Client:
    return english(clerk)


def target_form(view: Any) -> dict[str, str]:
    """Return what the lines of targets would post if nothing were changed."""
    posted = {f"{view.prefix}targets": str(len(view.lines))}
    for line in view.lines:
        for field in ("printed", "comparator", "figure", "unit", "change", "reference", "due", "origin"):
            posted[f"{view.prefix}target-{field}-{line.place}"] = getattr(line.row, field)
    return posted


class TestConfirming:
    def test_the_finding_shows_its_figures_and_the_name_they_count_under(self, page: Client, clerk: User) -> None:
        accepted(clerk, JOBS)
        Indicator.objects.update(name="新增就业人数")
        (finding,) = make_promises(clerk, JOBS)
        said = words(page.get(url("confirm", finding.document_id)))
        assert "城镇新增就业 ≥ 40,000人" in said
        assert "counts as “新增就业人数”" in said

    def test_saving_without_a_change_accepts_as_read(self, page: Client, clerk: User) -> None:
        (finding,) = make_promises(clerk, JOBS)
        address = url("confirm_edit", finding.document_id, finding.pk)
        response = page.get(address)
        posted = edit_form(response) | target_form(response.context["editor"].targets)
        page.post(address, {**posted, "act": "save"})
        assert Confirmation.objects.get().kind == ConfirmationKind.ACCEPT
        assert Target.objects.get().start is not None

    def test_a_corrected_figure_is_a_change_and_keeps_its_sentence(self, page: Client, clerk: User) -> None:
        (finding,) = make_promises(clerk, JOBS)
        address = url("confirm_edit", finding.document_id, finding.pk)
        response = page.get(address)
        posted = edit_form(response) | target_form(response.context["editor"].targets)
        posted["target-figure-0"] = "4.2万"
        looked = page.post(address, {**posted, "act": "check"})
        assert "城镇新增就业 ≥ 42,000人" in words(looked)
        page.post(address, {**posted, "act": "save"})
        target = Target.objects.get()
        assert Confirmation.objects.get().kind == ConfirmationKind.EDIT
        assert (target.value, target.start) == (42000, finding.payload["targets"][0]["span"]["start"])

    def test_what_is_no_figure_is_refused_and_stays_in_the_form(self, page: Client, clerk: User) -> None:
        (finding,) = make_promises(clerk, JOBS)
        address = url("confirm_edit", finding.document_id, finding.pk)
        response = page.get(address)
        posted = edit_form(response) | target_form(response.context["editor"].targets)
        wrong = page.post(address, {**posted, "target-figure-0": "很多", "act": "save"})
        assert "“很多” is not a figure" in words(wrong)
        assert 'value="很多"' in wrong.content.decode()
        assert not Task.objects.exists()

    def test_targets_are_added_and_taken_out(self, page: Client, clerk: User) -> None:
        (finding,) = make_promises(clerk, JOBS)
        address = url("confirm_edit", finding.document_id, finding.pk)
        response = page.get(address)
        posted = edit_form(response) | target_form(response.context["editor"].targets)
        more = page.post(address, {**posted, "act": "target"})
        view = more.context["editor"].targets
        assert len(view.lines) == 2
        posted |= target_form(view)
        posted |= {"target-printed-1": "培训人次", "target-figure-1": "2万", "target-unit-1": "人次"}
        page.post(address, {**posted, "target-removed-0": "1", "act": "save"})
        target = Target.objects.get()
        assert (target.printed, target.value, target.start, target.document) == ("培训人次", 20000, None, None)

    def test_each_part_of_a_split_task_gets_its_own_targets(self, page: Client, clerk: User) -> None:
        text = "新建学校3所；新增学位2万个。"
        (finding,) = make_promises(clerk, (text, "新建学校3所", "学校", 3.0, "所"))
        more = stated(finding, "新增学位2万个", "学位", 20000.0, "个")
        promise(finding, finding.payload["targets"][0], more)
        address = url("confirm_split", finding.document_id, finding.pk)
        response = page.get(address)
        posted = {"cut": "7", "cuts_shown": "7", "act": "save"}
        for editor in response.context["parts"]:
            posted |= edit_form(response, editor.prefix, editor) | target_form(editor.targets)
        page.post(address, posted)
        tasks = Task.objects.order_by("number")
        assert [[each.printed for each in task.targets.all()] for task in tasks] == [["学校"], ["学位"]]

    def test_merging_keeps_the_targets_of_all(self, clerk: User) -> None:
        findings = make_promises(clerk, JOBS, SCHOOLS)
        merge_findings(acting_user=clerk, findings=findings, now=NOW)
        assert [each.printed for each in Task.objects.get().targets.all()] == ["城镇新增就业", "学校"]

    def test_another_unit_than_before_is_doubted_mildly(self, page: Client, clerk: User) -> None:
        accepted(clerk, JOBS)
        (finding,) = make_promises(clerk, ("城镇新增就业4万元。", "城镇新增就业4万元", "城镇新增就业", 40000.0, "元"))
        response = page.get(url("confirm", finding.document_id))
        (doubt,) = response.context["doubts"]
        assert (doubt.code, doubt.tone, doubt.names) == ("other_unit", "info", "城镇新增就业4万元")
        with pytest.raises(UnableToConfirm):
            accept_all_clean(acting_user=clerk, document=finding.document, now=NOW)

    def test_undoing_takes_the_targets_away_and_remembers_them(self, clerk: User) -> None:
        (finding,) = make_promises(clerk, JOBS)
        made = accept_finding(acting_user=clerk, finding=finding, now=NOW)
        assert Target.objects.count() == 1
        undo_confirmation(acting_user=clerk, confirmation=made, now=NOW)
        assert not Target.objects.exists()
        entry = AuditEntry.objects.get(action="ledger.undo_confirmation")
        assert entry.before["tasks"][0]["targets"] == ["城镇新增就业 ≥ 40,000人"]

    def test_more_findings_need_no_more_queries(self, page: Client, clerk: User) -> None:
        def count(number: int) -> int:
            findings = make_promises(clerk, *[JOBS] * number)
            with CaptureQueriesContext(connection) as queries:
                page.get(url("confirm", findings[0].document_id))
            return len(queries)

        count(2)
        assert count(2) == count(20)


class TestTaskPage:
    def test_every_target_stands_there_with_its_sentence(self, page: Client, clerk: User) -> None:
        (task,) = accepted(clerk, JOBS)
        response = page.get(task.get_absolute_url())
        target = Target.objects.get()
        assert target.document is not None
        assert f'href="{target.document.sentence_url(target.start or 0, target.end or 0)}"' in response.content.decode()
        said = words(response)
        assert "≥ 40,000人" in said
        assert "Nothing is reported against these targets yet." in said

    def test_a_task_without_a_figure_says_so_to_the_office_only(self, page: Client, clerk: User, reader: User) -> None:
        (task,) = accepted(clerk, JOBS)
        Target.objects.all().delete()
        assert "No figure is promised in this task." in words(page.get(task.get_absolute_url()))
        assert "No figure is promised" not in words(english(reader).get(task.get_absolute_url()))

    def test_the_edit_form_corrects_targets_and_the_trail_says_both(self, page: Client, clerk: User) -> None:
        (task,) = accepted(clerk, JOBS)
        before = Target.objects.get()
        address = reverse("ledger:task_edit", args=[task.pk])
        response = page.get(address)
        form = response.context["form"]
        posted = {name: form[name].value() or "" for name in form.fields}
        posted |= target_form(response.context["targets"])
        page.post(
            reverse("ledger:task_edit_save", args=[task.pk]),
            {**posted, "target-figure-0": "4.5万", "target-due-0": "2026-12-31"},
        )
        after = Target.objects.get()
        assert (after.pk, after.value, after.due, after.start) == (
            before.pk,
            Decimal(45000),
            dt.date(2026, 12, 31),
            before.start,
        )
        entry = AuditEntry.objects.get(action="ledger.edit_task")
        assert entry.before == {"targets": ["城镇新增就业 ≥ 40,000人"]}
        assert entry.after == {"targets": ["城镇新增就业 ≥ 45,000人 (2026-12-31)"]}
        task.refresh_from_db()
        assert task.version == 2
        history = words(page.get(task.get_absolute_url()))
        assert "Targets: 城镇新增就业 ≥ 40,000人 → 城镇新增就业 ≥ 45,000人 (2026-12-31)" in history

    def test_saving_what_stands_there_changes_nothing(self, page: Client, clerk: User) -> None:
        (task,) = accepted(clerk, JOBS)
        response = page.get(reverse("ledger:task_edit", args=[task.pk]))
        form = response.context["form"]
        posted = {name: form[name].value() or "" for name in form.fields}
        posted |= target_form(response.context["targets"])
        page.post(reverse("ledger:task_edit_save", args=[task.pk]), posted)
        assert not AuditEntry.objects.filter(action="ledger.edit_task").exists()

    def test_a_wrong_figure_writes_nothing_of_the_form(self, page: Client, clerk: User) -> None:
        (task,) = accepted(clerk, JOBS)
        response = page.get(reverse("ledger:task_edit", args=[task.pk]))
        posted = {"text": "另一句话。", "version": "1"} | target_form(response.context["targets"])
        address = reverse("ledger:task_edit_save", args=[task.pk])
        wrong = page.post(address, {**posted, "target-figure-0": "x"})
        assert (wrong.status_code, "“x” is not a figure" in words(wrong)) == (422, True)
        task.refresh_from_db()
        assert task.text == JOBS[0]

    def test_a_line_is_added_without_saving(self, page: Client, clerk: User) -> None:
        (task,) = accepted(clerk, JOBS)
        response = page.get(reverse("ledger:task_edit", args=[task.pk]))
        posted = {"text": "另一句话。", "version": "1"} | target_form(response.context["targets"])
        more = page.post(reverse("ledger:task_edit_save", args=[task.pk]), {**posted, "act": "target"})
        assert len(more.context["targets"].lines) == 2
        assert "另一句话。" in more.content.decode()
        task.refresh_from_db()
        assert task.version == 1

    def test_whoever_is_slower_is_told_and_keeps_what_was_typed(self, page: Client, clerk: User) -> None:
        (task,) = accepted(clerk, JOBS)
        posted = {"text": task.text, "version": "1", "targets": "1", "target-printed-0": "新名", "target-unit-0": "人"}
        posted |= {"target-comparator-0": ">=", "target-figure-0": "5", "target-origin-0": str(Target.objects.get().pk)}
        drafts = [target_in_ledger(row) for row in Target.objects.select_related("indicator_name")]
        edit_task(acting_user=clerk, task=task, version=1, changes={"text": "改了。"}, targets=drafts, now=NOW)
        refused = page.post(reverse("ledger:task_edit_save", args=[task.pk]), posted)
        assert refused.status_code == 409
        assert 'value="新名"' in refused.content.decode()
        assert "城镇新增就业 ≥ 40,000人" in words(refused)
        assert Target.objects.get().printed == "城镇新增就业"

    def test_a_stale_version_changes_no_target(self, clerk: User) -> None:
        (task,) = accepted(clerk, JOBS)
        with pytest.raises(UnableToChangeTask):
            edit_task(acting_user=clerk, task=task, version=7, changes={}, targets=[], now=NOW)
        assert Target.objects.count() == 1

    def test_all_targets_may_be_taken_out(self, clerk: User) -> None:
        (task,) = accepted(clerk, JOBS)
        edit_task(acting_user=clerk, task=task, version=1, changes={}, targets=[], now=NOW)
        assert not Target.objects.exists()
        assert IndicatorName.objects.count() == 1


class TestListAndFiles:
    def test_the_list_shows_and_filters_by_targets(self, page: Client, clerk: User) -> None:
        with_figure, without = accepted(clerk, JOBS, SCHOOLS)
        without.targets.all().delete()

        def listed(query: str) -> list[int]:
            response = page.get(f"{reverse('ledger:list')}?{query}")
            return [row.task.pk for row in response.context["rows"]]

        assert listed("targets=yes") == [with_figure.pk]
        assert listed("targets=none") == [without.pk]
        assert listed("targets=other") == [with_figure.pk, without.pk]
        assert "城镇新增就业 ≥ 40,000人" in words(page.get(reverse("ledger:list")))

    def test_the_export_has_them_and_the_import_says_that_it_leaves_them(self, page: Client, clerk: User) -> None:
        accepted(clerk, JOBS)
        data = page.get(f"{reverse('ledger:export')}?format=xlsx").content
        book = openpyxl.load_workbook(io.BytesIO(data))
        sheet = book.worksheets[0]
        column = next(cell.column for cell in sheet[2] if str(cell.value).startswith("Targets"))
        cell = sheet.cell(row=3, column=column)
        assert cell.value == "城镇新增就业 ≥ 40,000人"
        cell.value = "城镇新增就业 ≥ 9人"
        edited = io.BytesIO()
        book.save(edited)
        response = page.post(reverse("ledger:import"), {"file": SimpleUploadedFile("tasks.xlsx", edited.getvalue())})
        assert "The column “Targets” is for reading" in words(response)
        assert Target.objects.get().value == 40000

    def test_an_untouched_export_comes_back_without_a_remark(self, page: Client, clerk: User) -> None:
        accepted(clerk, JOBS)
        data = page.get(f"{reverse('ledger:export')}?format=xlsx").content
        chinese = Client()
        chinese.force_login(clerk)
        response = chinese.post(reverse("ledger:import"), {"file": SimpleUploadedFile("tasks.xlsx", data)})
        assert response.context["run"].unchanged == 1
        assert response.context["warnings"] == []
