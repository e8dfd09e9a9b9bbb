"""Deciding about findings: what becomes of them, of the names in them, and of decisions taken back."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.factories import Item, make_document, make_group, make_leader, make_unit

from luoshi.access.audit import verify_chain
from luoshi.access.models import AuditEntry, User
from luoshi.access.permissions import UnableToAct
from luoshi.documents.models import Document, Finding, SearchEntry
from luoshi.documents.states import DocumentStatus, FindingStatus
from luoshi.ledger.actions import add_note, add_subtask, change_status
from luoshi.ledger.confirming.actions import (
    UnableToConfirm,
    accept_all_clean,
    accept_finding,
    merge_findings,
    reject_finding,
    split_finding,
    undo_confirmation,
)
from luoshi.ledger.confirming.checks import doubts_of
from luoshi.ledger.drafts import PartyDraft, draft_of, merged
from luoshi.ledger.models import (
    Assignment,
    AssignmentRole,
    Confirmation,
    ConfirmationKind,
    Plan,
    PrintingChoice,
    PrintingChoiceKind,
    Task,
    TaskSource,
)
from luoshi.ledger.states import TaskStatus
from luoshi.ledger.writing import TASK_ENTRY
from luoshi.registry.matching import Matcher
from luoshi.registry.models import NameKind, NameProposal, Organization

pytestmark = pytest.mark.django_db

EDUCATION, FINANCE, WATER = "市教育局", "市财政局", "市水利局"


@pytest.fixture
def units(clerk: User) -> dict[str, Organization]:
    """Return three departments and two counties by name."""
    names = (EDUCATION, FINANCE, WATER, "澜台区人民政府", "桐浦县人民政府")
    return {name: make_unit(clerk, name) for name in names}


@pytest.fixture
def plan(clerk: User, units: dict[str, Organization]) -> Document:
    """Return a document of three findings, the last of them doubtful."""
    make_leader(clerk, "林远")
    return make_document(
        clerk,
        [
            Item("新建学校3所。", lead_leaders=["林远"], lead_units=[EDUCATION], cooperating_units=[FINANCE]),
            Item("整治河道5条；新建泵站2座。", lead_units=[WATER], deadline={"text": "年底前", "date": "2026-12-31"}),
            Item("推进节水。", lead_units=[WATER], doubts=["etc_list"]),
        ],
    )


def findings_of(document: Document) -> list[Finding]:
    """Return the findings of a document as they stand now."""
    return list(document.findings.order_by("position"))


def parties_of(task: Task) -> list[tuple[str, str]]:
    """Return role and printed name of the printed parties."""
    rows = task.assignments.filter(via=None).order_by("role", "position")
    return [(row.role, row.printed_name) for row in rows]


def test_accepting_makes_a_task_with_its_sentence_and_its_parties(clerk: User, plan: Document, now: Any) -> None:
    finding = findings_of(plan)[0]
    confirmation = accept_finding(acting_user=clerk, finding=finding, now=now)
    task = Task.objects.get()
    assert (confirmation.kind, confirmation.made_by, confirmation.made_at) == (ConfirmationKind.ACCEPT, clerk, now)
    assert (task.text, task.number, task.confirmation) == ("新建学校3所。", "1", confirmation)
    assert parties_of(task) == [("COOPERATING", FINANCE), ("LEAD_LEADER", "林远"), ("LEAD_UNIT", EDUCATION)]
    source = task.sources.get()
    assert (source.start, source.end, source.finding_id) == (finding.start, finding.end, finding.pk)
    finding.refresh_from_db()
    assert (finding.status, finding.decided_by, finding.decided_at) == (FindingStatus.ACCEPTED, clerk, now)
    assert task.plan.document_id == plan.pk
    assert task.plan.year == 2026


def test_every_party_stands_in_the_text_where_its_row_says(clerk: User, plan: Document, now: Any) -> None:
    accept_all_clean(acting_user=clerk, document=plan, now=now)
    text = plan.reading.text.text
    rows = Assignment.objects.filter(via=None)
    assert rows.count() == 4
    assert all(text[row.start : row.end] == row.printed_name for row in rows)


def test_the_time_limit_comes_along_as_words_and_as_a_day(clerk: User, plan: Document, now: Any) -> None:
    accept_finding(acting_user=clerk, finding=findings_of(plan)[1], now=now)
    task = Task.objects.get()
    assert (task.deadline_text, task.deadline) == ("年底前", dt.date(2026, 12, 31))


def test_accepting_is_written_into_the_audit_trail_and_the_search(clerk: User, plan: Document, now: Any) -> None:
    accept_finding(acting_user=clerk, finding=findings_of(plan)[0], now=now)
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.action, entry.actor) == ("ledger.accept_finding", "clerk")
    assert entry.after["tasks"][0]["text"] == "新建学校3所。"
    assert verify_chain()[1] == []
    assert SearchEntry.objects.filter(kind=TASK_ENTRY, object_id=Task.objects.get().pk).count() == 1


def test_corrections_are_kept_as_corrections_and_the_finding_stays_as_read(
    clerk: User, plan: Document, now: Any
) -> None:
    finding = findings_of(plan)[0]
    read = draft_of(finding)
    added = PartyDraft(role=AssignmentRole.COOPERATING, name=WATER)
    draft = replace(read, text="新建学校4所。", parties=(*read.parties, added))
    confirmation = accept_finding(acting_user=clerk, finding=finding, draft=draft, now=now)
    task = Task.objects.get()
    assert confirmation.kind == ConfirmationKind.EDIT
    assert task.text == "新建学校4所。"
    assert ("COOPERATING", WATER) in parties_of(task)
    assert task.assignments.get(printed_name=WATER).start is None
    finding.refresh_from_db()
    assert finding.text == "新建学校3所。"


def test_a_draft_without_changes_is_no_correction(clerk: User, plan: Document, now: Any) -> None:
    finding = findings_of(plan)[0]
    confirmation = accept_finding(acting_user=clerk, finding=finding, draft=draft_of(finding), now=now)
    assert confirmation.kind == ConfirmationKind.ACCEPT


def test_a_chosen_match_keeps_the_printed_form(clerk: User, units: dict[str, Organization], now: Any) -> None:
    document = make_document(clerk, [Item("改造校舍。", lead_units=["市教委"])])
    finding = document.findings.get()
    read = draft_of(finding)
    draft = replace(read, parties=(replace(read.parties[0], full_name=EDUCATION),))
    accept_finding(acting_user=clerk, finding=finding, draft=draft, now=now)
    row = Assignment.objects.get()
    assert (row.printed_name, row.organization) == ("市教委", units[EDUCATION])
    assert not NameProposal.objects.exists()


def test_splitting_makes_several_tasks_of_one_sentence(clerk: User, plan: Document, now: Any) -> None:
    finding = findings_of(plan)[1]
    read = draft_of(finding)
    drafts = [
        replace(read, text="整治河道5条。", number="2(1)"),
        replace(read, text="新建泵站2座。", number="2(2)"),
    ]
    confirmation = split_finding(acting_user=clerk, finding=finding, drafts=drafts, now=now)
    assert [task.number for task in Task.objects.all()] == ["2(1)", "2(2)"]
    assert set(TaskSource.objects.values_list("finding_id", flat=True)) == {finding.pk}
    assert confirmation.kind == ConfirmationKind.SPLIT
    with pytest.raises(UnableToConfirm):
        split_finding(acting_user=clerk, finding=findings_of(plan)[0], drafts=drafts[:1], now=now)


def test_splitting_refuses_an_empty_part_and_writes_nothing(clerk: User, plan: Document, now: Any) -> None:
    finding = findings_of(plan)[1]
    read = draft_of(finding)
    with pytest.raises(UnableToConfirm):
        split_finding(acting_user=clerk, finding=finding, drafts=[read, replace(read, text="  ")], now=now)
    assert not Task.objects.exists()
    assert findings_of(plan)[1].status == FindingStatus.PENDING


def test_merging_keeps_every_sentence_and_names_everybody_once(clerk: User, plan: Document, now: Any) -> None:
    _school, rivers, saving = findings_of(plan)
    confirmation = merge_findings(acting_user=clerk, findings=[saving, rivers], now=now)
    task = Task.objects.get()
    assert task.text == "整治河道5条；新建泵站2座。\n推进节水。"
    assert [source.finding_id for source in task.sources.all()] == [rivers.pk, saving.pk]
    assert parties_of(task) == [("LEAD_UNIT", WATER)]
    assert task.deadline == dt.date(2026, 12, 31)
    assert {finding.pk for finding in confirmation.findings.all()} == {rivers.pk, saving.pk}


def test_merging_needs_two_findings_of_one_document(clerk: User, plan: Document, now: Any) -> None:
    first = findings_of(plan)[0]
    other = make_document(clerk, [Item("别处。", lead_units=[WATER])]).findings.get()
    for wrong in ([first], [first, first], [first, other]):
        with pytest.raises(UnableToConfirm):
            merge_findings(acting_user=clerk, findings=wrong, now=now)
    assert not Task.objects.exists()


def test_merged_parties_stand_in_the_order_of_the_roles(clerk: User, plan: Document) -> None:
    school, rivers, _saving = findings_of(plan)
    roles = [party.role for party in merged([draft_of(school), draft_of(rivers)]).parties]
    assert roles == sorted(roles, key=list(AssignmentRole).index)


def test_rejecting_keeps_the_reason_and_makes_no_task(clerk: User, plan: Document, now: Any) -> None:
    finding = findings_of(plan)[2]
    confirmation = reject_finding(acting_user=clerk, finding=finding, reason="背景说明", now=now)
    assert (confirmation.kind, confirmation.reason) == (ConfirmationKind.REJECT, "背景说明")
    assert not Task.objects.exists()
    assert findings_of(plan)[2].status == FindingStatus.REJECTED


def test_whoever_comes_second_decides_nothing(clerk: User, make_user: Any, plan: Document, now: Any) -> None:
    colleague = make_user("colleague", "SUPERVISION_OFFICE")
    mine, theirs = findings_of(plan)[0], findings_of(plan)[0]
    accept_finding(acting_user=clerk, finding=mine, now=now)
    for late in (
        lambda: accept_finding(acting_user=colleague, finding=theirs, now=now),
        lambda: reject_finding(acting_user=colleague, finding=theirs, reason="x", now=now),
        lambda: merge_findings(acting_user=colleague, findings=[theirs, findings_of(plan)[1]], now=now),
    ):
        with pytest.raises(UnableToConfirm):
            late()
    assert Task.objects.count() == Confirmation.objects.count() == 1
    assert findings_of(plan)[1].status == FindingStatus.PENDING


@pytest.mark.parametrize("role", ["READ_ONLY", "LEADER", "UNIT_LIAISON", "ACCOUNT_ADMINISTRATOR"])
def test_others_may_not_confirm(make_user: Any, plan: Document, now: Any, role: str) -> None:
    other = make_user("other", role)
    with pytest.raises(UnableToAct):
        accept_finding(acting_user=other, finding=findings_of(plan)[0], now=now)
    with pytest.raises(UnableToAct):
        accept_all_clean(acting_user=other, document=plan, now=now)


@pytest.mark.parametrize("status", [each for each in DocumentStatus if each != DocumentStatus.CURRENT])
def test_only_the_current_version_is_confirmed(clerk: User, now: Any, status: DocumentStatus) -> None:
    document = make_document(clerk, [Item("做事。", lead_units=[WATER])], status=status)
    with pytest.raises(UnableToConfirm):
        accept_finding(acting_user=clerk, finding=document.findings.get(), now=now)
    with pytest.raises(UnableToConfirm):
        accept_all_clean(acting_user=clerk, document=document, now=now)


class TestAcceptingAllCleanOnes:
    def test_takes_what_nobody_doubts_and_nothing_else(self, clerk: User, plan: Document, now: Any) -> None:
        made = accept_all_clean(acting_user=clerk, document=plan, now=now, expected=2)
        assert len({each.batch for each in made}) == 1
        statuses = [finding.status for finding in findings_of(plan)]
        assert statuses == [FindingStatus.ACCEPTED, FindingStatus.ACCEPTED, FindingStatus.PENDING]

    def test_takes_nothing_where_the_number_has_changed(self, clerk: User, plan: Document, now: Any) -> None:
        with pytest.raises(UnableToConfirm):
            accept_all_clean(acting_user=clerk, document=plan, now=now, expected=3)
        assert not Task.objects.exists()

    def test_says_when_there_is_none(self, clerk: User, plan: Document, now: Any) -> None:
        accept_all_clean(acting_user=clerk, document=plan, now=now)
        with pytest.raises(UnableToConfirm):
            accept_all_clean(acting_user=clerk, document=plan, now=now)

    def test_a_name_that_the_registry_lacks_is_a_doubt(self, clerk: User, plan: Document, now: Any) -> None:
        document = make_document(clerk, [Item("做事。", lead_units=["市陌生局"])])
        with pytest.raises(UnableToConfirm):
            accept_all_clean(acting_user=clerk, document=document, now=now)

    def test_asks_the_database_as_often_for_many_as_for_few(
        self, clerk: User, units: Any, now: Any, django_assert_max_num_queries: Any
    ) -> None:
        items = [Item(f"任务{i}。", lead_units=[WATER], cooperating_units=[FINANCE]) for i in range(150)]
        document = make_document(clerk, items)
        with django_assert_max_num_queries(32):
            accept_all_clean(acting_user=clerk, document=document, now=now)
        assert Task.objects.count() == 150


class TestTakingBack:
    def test_opens_the_findings_again_and_leaves_no_row_behind(self, clerk: User, plan: Document, now: Any) -> None:
        made = accept_all_clean(acting_user=clerk, document=plan, now=now)
        assert undo_confirmation(acting_user=clerk, confirmation=made[1], now=now) == 2
        assert_nothing_left(plan)
        assert all(each.undone_by == clerk for each in Confirmation.objects.all())
        entry = AuditEntry.objects.latest("sequence")
        assert len(entry.before["tasks"]) == 2

    def test_one_decision_of_a_key_press_can_be_taken_back_alone(self, clerk: User, plan: Document, now: Any) -> None:
        first, _second = accept_all_clean(acting_user=clerk, document=plan, now=now)
        assert undo_confirmation(acting_user=clerk, confirmation=first, now=now, only_this=True) == 1
        assert [task.number for task in Task.objects.all()] == ["2"]
        assert findings_of(plan)[0].status == FindingStatus.PENDING

    def test_a_merge_opens_all_its_findings(self, clerk: User, plan: Document, now: Any) -> None:
        confirmation = merge_findings(acting_user=clerk, findings=findings_of(plan), now=now)
        assert undo_confirmation(acting_user=clerk, confirmation=confirmation, now=now) == 3
        assert_nothing_left(plan)

    def test_a_rejection_too(self, clerk: User, plan: Document, now: Any) -> None:
        confirmation = reject_finding(acting_user=clerk, finding=findings_of(plan)[0], reason="x", now=now)
        undo_confirmation(acting_user=clerk, confirmation=confirmation, now=now)
        assert_nothing_left(plan)

    def test_asks_the_database_as_often_for_many_as_for_few(
        self, clerk: User, units: Any, now: Any, django_assert_max_num_queries: Any
    ) -> None:
        items = [Item(f"任务{i}。", lead_units=[WATER], cooperating_units=[FINANCE]) for i in range(150)]
        made = accept_all_clean(acting_user=clerk, document=make_document(clerk, items), now=now)
        with django_assert_max_num_queries(40):
            assert undo_confirmation(acting_user=clerk, confirmation=made[0], now=now) == 150

    def test_happens_once(self, clerk: User, plan: Document, now: Any) -> None:
        finding = findings_of(plan)[0]
        confirmation = accept_finding(acting_user=clerk, finding=finding, now=now)
        undo_confirmation(acting_user=clerk, confirmation=confirmation, now=now)
        accept_finding(acting_user=clerk, finding=finding, now=now)
        with pytest.raises(UnableToConfirm):
            undo_confirmation(acting_user=clerk, confirmation=confirmation, now=now)
        assert Task.objects.count() == 1
        assert findings_of(plan)[0].status == FindingStatus.ACCEPTED

    def test_never_removes_work(self, clerk: User, plan: Document, now: Any) -> None:
        def note(task: Task) -> None:
            add_note(acting_user=clerk, task=task, text="已开工", now=now)

        def move(task: Task) -> None:
            change_status(acting_user=clerk, task=task, version=1, to=TaskStatus.IN_PROGRESS, now=now)

        def divide(task: Task) -> None:
            add_subtask(acting_user=clerk, parent=task, text="先做一半", deadline=None, now=now)

        def keep(task: Task) -> None:
            printing = make_document(clerk, [Item("另一印本。")], status=DocumentStatus.PRINTING)
            PrintingChoice.objects.create(
                task=task,
                finding=printing.findings.get(),
                choice=PrintingChoiceKind.KEEP,
                decided_by=clerk,
                decided_at=now,
            )

        more = make_document(clerk, [Item("还有一事。", lead_units=[WATER])])
        findings = [*findings_of(plan), *findings_of(more)]
        for finding, work in zip(findings, (note, move, divide, keep), strict=True):
            confirmation = accept_finding(acting_user=clerk, finding=finding, now=now)
            work(Task.objects.get(confirmation=confirmation, parent=None))
            with pytest.raises(UnableToConfirm):
                undo_confirmation(acting_user=clerk, confirmation=confirmation, now=now)
            confirmation.refresh_from_db()
            assert confirmation.undone_at is None
        assert Task.objects.count() == 5

    def test_others_may_not(self, clerk: User, reader: User, plan: Document, now: Any) -> None:
        confirmation = accept_finding(acting_user=clerk, finding=findings_of(plan)[0], now=now)
        with pytest.raises(UnableToAct):
            undo_confirmation(acting_user=reader, confirmation=confirmation, now=now)


class TestGroups:
    COUNTIES = "各县（市、区）人民政府"

    @pytest.fixture
    def counties(self, clerk: User, units: dict[str, Organization]) -> Any:
        """Return the group of both counties."""
        return make_group(clerk, self.COUNTIES, [units["澜台区人民政府"], units["桐浦县人民政府"]])

    def accepted(self, clerk: User, item: Item, now: Any) -> Task:
        """Accept the one finding of a new document."""
        accept_finding(acting_user=clerk, finding=make_document(clerk, [item]).findings.get(), now=now)
        return Task.objects.latest("pk")

    def test_keep_their_printed_form_and_name_every_member(self, clerk: User, counties: Any, now: Any) -> None:
        # Typed with narrow brackets, as many plans are.
        task = self.accepted(clerk, Item("做事。", lead_units=[WATER], cooperating_units=["各县(市、区)人民政府"]), now)
        printed = task.assignments.get(via=None, role="COOPERATING")
        assert (printed.printed_name, printed.group, printed.scope_key) == ("各县(市、区)人民政府", counties, "")
        members = set(printed.expanded.values_list("organization__name", flat=True))
        assert members == {"澜台区人民政府", "桐浦县人民政府"}

    def test_who_leads_does_not_also_help_through_a_group(self, clerk: User, counties: Any, now: Any) -> None:
        item = Item("做事。", lead_units=["澜台区人民政府"], cooperating_units=[self.COUNTIES])
        task = self.accepted(clerk, item, now)
        helping = task.assignments.filter(role="COOPERATING").exclude(organization=None)
        assert [row.organization.name for row in helping] == ["桐浦县人民政府"]

    def test_nor_who_leads_through_another_group(
        self, clerk: User, counties: Any, units: dict[str, Organization], now: Any
    ) -> None:
        make_group(clerk, "市水利领导小组成员单位", [units[WATER], units["澜台区人民政府"]])
        item = Item("做事。", lead_units=[self.COUNTIES], cooperating_units=["市水利领导小组成员单位"])
        task = self.accepted(clerk, item, now)
        helping = task.assignments.filter(role="COOPERATING").exclude(organization=None)
        assert [row.organization.name for row in helping] == [WATER]

    def test_a_member_named_itself_stands_once(self, clerk: User, counties: Any, now: Any) -> None:
        item = Item("做事。", lead_units=[WATER], cooperating_units=["桐浦县人民政府", self.COUNTIES])
        task = self.accepted(clerk, item, now)
        assert task.assignments.filter(role="COOPERATING", organization__name="桐浦县人民政府").count() == 1

    def test_unknown_members_are_asked_for_and_the_term_is_kept(self, clerk: User, units: Any, now: Any) -> None:
        group = make_group(clerk, "市城市更新工作领导小组成员单位", None)
        item = Item("做事。", lead_units=[WATER], cooperating_units=[group.name])
        draft = draft_of(make_document(clerk, [item]).findings.get())
        assert doubts_of(draft, Matcher()) == ["group_unknown"]
        row = self.accepted(clerk, item, now).assignments.get(role="COOPERATING")
        assert (row.group, row.organization, row.expanded.count()) == (group, None, 0)
        assert not NameProposal.objects.exists()


class TestNames:
    def test_an_unknown_name_is_kept_as_printed_and_no_unit_is_made(self, clerk: User, units: Any, now: Any) -> None:
        known = Organization.objects.count()
        document = make_document(clerk, [Item("做事。", lead_leaders=["陌生人"], lead_units=["市陌生局"])])
        accept_finding(acting_user=clerk, finding=document.findings.get(), now=now)
        assert Organization.objects.count() == known
        rows = set(Assignment.objects.values_list("printed_name", "organization", "scope_key"))
        assert rows == {("陌生人", None, ""), ("市陌生局", None, "")}

    def test_an_unknown_name_that_a_person_typed_is_proposed(self, clerk: User, units: Any, now: Any) -> None:
        document = make_document(clerk, [Item("做事。", lead_units=[WATER])], doc_number="云政发〔2026〕9号")
        read = draft_of(document.findings.get())
        typed = PartyDraft(role=AssignmentRole.COOPERATING, name="市陌生局")
        draft = replace(read, parties=(*read.parties, typed))
        accept_finding(acting_user=clerk, finding=document.findings.get(), draft=draft, now=now)
        proposal = NameProposal.objects.get()
        assert (proposal.name, proposal.kind, proposal.seen_in) == ("市陌生局", NameKind.UNIT, "云政发〔2026〕9号")

    def test_a_unit_named_twice_in_a_role_answers_once(self, clerk: User, units: Any, now: Any) -> None:
        document = make_document(clerk, [Item("做事。", lead_units=[WATER, WATER])])
        accept_finding(acting_user=clerk, finding=document.findings.get(), now=now)
        assert Assignment.objects.get().organization == units[WATER]

    def test_an_alias_finds_its_unit_and_is_printed_as_printed(self, clerk: User, now: Any) -> None:
        unit = make_unit(clerk, "市发展和改革委员会", "市发改委", short_name="市发展改革委")
        document = make_document(clerk, [Item("做事。", lead_units=["市发改委"])])
        accept_finding(acting_user=clerk, finding=document.findings.get(), now=now)
        row = Assignment.objects.get()
        assert (row.organization, row.printed_name) == (unit, "市发改委")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    shapes=st.lists(
        st.tuples(
            st.sampled_from([WATER, "各县（市、区）人民政府", "市陌生局"]),
            st.lists(st.sampled_from([EDUCATION, FINANCE, WATER, "各县（市、区）人民政府"]), max_size=4),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_accepting_everything_and_taking_it_back_leaves_no_row(
    clerk: User, units: dict[str, Organization], now: dt.datetime, shapes: list[tuple[str, list[str]]]
) -> None:
    if not Matcher().match("各县（市、区）人民政府", NameKind.UNIT).group:
        make_group(clerk, "各县（市、区）人民政府", [units["澜台区人民政府"], units["桐浦县人民政府"]])
    document = make_document(
        clerk, [Item("做事。", lead_units=[lead], cooperating_units=helpers) for lead, helpers in shapes]
    )
    made = [accept_finding(acting_user=clerk, finding=each, now=now) for each in findings_of(document)]
    assert Task.objects.filter(plan__document=document).count() == len(shapes)
    for confirmation in made:
        undo_confirmation(acting_user=clerk, confirmation=confirmation, now=now)
    assert_nothing_left(document)


def assert_nothing_left(document: Document) -> None:
    """Fail where a task, a party, a source or a search entry of the document is still there."""
    assert not Task.objects.filter(plan__document=document).exists()
    assert not Assignment.objects.exists()
    assert not TaskSource.objects.filter(document=document).exists()
    assert not SearchEntry.objects.filter(kind=TASK_ENTRY).exists()
    assert {finding.status for finding in findings_of(document)} == {FindingStatus.PENDING}
    assert set(document.findings.values_list("decided_by", "decided_at")) == {(None, None)}
    # The plan itself stays: somebody may have said which year it is for.
    assert Plan.objects.filter(document=document).count() <= 1
