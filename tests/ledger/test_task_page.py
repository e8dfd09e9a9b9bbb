"""The page of one task: what it answers, to whom, and that nothing typed is lost."""

import re
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.ledger.factories import NOW, Item, make_document, make_group, make_unit
from tests.ledger.list_desk import Ledger, accept_each, english, make_ledger

from luoshi.access.models import AuditEntry, User
from luoshi.ledger import actions
from luoshi.ledger.actions import Evidence
from luoshi.ledger.confirming.actions import merge_findings
from luoshi.ledger.models import Task, TaskAttachment, TaskNote
from luoshi.ledger.states import TaskStatus
from luoshi.registry.models import Organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(clerk: User) -> Ledger:
    return make_ledger(clerk)


@pytest.fixture
def lead(ledger: Ledger, make_user: Callable[..., User]) -> Client:
    """Return a browser of the unit that leads task 1 and helps with task 3."""
    return english(make_user("lead", "UNIT_LIAISON", ledger.housing.scope_key))


@pytest.fixture
def stranger(ledger: Ledger, make_user: Callable[..., User]) -> Client:
    return english(make_user("stranger", "UNIT_LIAISON", "unit:nobody/"))


def address(name: str, task: Task, *more: int) -> str:
    return reverse(f"ledger:{name}", args=[task.pk, *more])


def show(client: Client, task: Task, query: str = "") -> Any:
    response = client.get(f"{address('task', task)}{query}")
    assert response.status_code == 200
    return response


def words_of(response: Any) -> str:
    """Return what the page says, without its tags."""
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL)
    assert main
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main.group()))


# --- what it answers -----------------------------------------------------------------------------------------------


def test_the_promise_stands_there_as_printed_with_its_place(ledger: Ledger) -> None:
    task = ledger.tasks["1"]
    source = task.sources.get()
    page = show(ledger.client, task)
    (quoted,) = page.context["quotes"]
    printed = "".join(piece.text for piece in quoted.segments)
    assert printed == source.document.reading.text.text[source.start : source.end]
    assert printed.startswith("1.改造老旧小区72个。（牵头领导：方启铭")
    marked = [(piece.text, piece.kind) for piece in quoted.segments if piece.kind]
    assert marked == [
        ("方启铭", "leader"),
        ("市住房城乡建设局", "party"),
        ("市财政局", "party"),
        ("望岭县人民政府", "party"),
    ]
    html = page.content.decode()
    assert f'href="{source.document.sentence_url(source.start, source.end)}"' in html
    assert source.document.doc_number in html
    assert not page.context["differs"]


def test_a_merged_task_shows_every_sentence(clerk: User) -> None:
    make_unit(clerk, "市财政局", key="finance")
    document = make_document(
        clerk, [Item("先做甲。", lead_units=["市财政局"]), Item("再做乙。", lead_units=["市财政局"])]
    )
    merge_findings(acting_user=clerk, findings=list(document.findings.all()), now=NOW)
    page = show(english(clerk), Task.objects.get())
    assert [quoted.segments[0].text[:6] for quoted in page.context["quotes"]] == ["1.先做甲。", "2.再做乙。"]
    # The words of the two lie apart in the document, so the ledger's own wording is shown too.
    assert page.context["differs"]


def test_a_task_whose_words_were_changed_shows_both(ledger: Ledger) -> None:
    task = ledger.fresh("1")
    actions.edit_task(acting_user=ledger.clerk, task=task, version=1, changes={"text": "改造小区80个。"}, now=NOW)
    said = words_of(show(ledger.client, task))
    assert "改造小区80个。" in said
    assert "改造老旧小区72个。" in said


def test_who_answers_and_who_helps_stand_apart(ledger: Ledger, clerk: User) -> None:
    counties = [make_unit(clerk, f"{name}县人民政府") for name in ("青川", "东河")]
    make_group(clerk, "各县人民政府", counties)
    document = make_document(
        clerk,
        [
            Item(
                "办好一件事。",
                lead_units=["市住房和城乡建设局", "市想象局"],
                cooperating_units=["各县人民政府"],
            )
        ],
    )
    accept_each(clerk, document)
    page = show(ledger.client, Task.objects.get(plan__document=document))
    lead, helping = page.context["roles"]
    assert [(party.name, party.known_as, party.match) for party in lead.parties] == [
        ("市住房和城乡建设局", "", "known"),
        ("市想象局", "", "new"),
    ]
    assert [member.name for member in helping.parties[0].members] == ["青川县人民政府", "东河县人民政府"]
    assert (lead.is_answering, helping.is_answering) == (True, False)
    assert reverse("registry:proposals") in page.content.decode()


def test_a_name_of_then_is_shown_with_the_name_of_today(ledger: Ledger) -> None:
    Organization.objects.filter(key="housing").update(name="市住房和建设委员会", short_name="市住建委")
    page = show(ledger.client, ledger.tasks["1"])
    party = next(shown for shown in page.context["roles"] if shown.role == "LEAD_UNIT").parties[0]
    assert (party.name, party.known_as, party.match) == ("市住房城乡建设局", "市住建委", "alias")


def test_what_happened_is_told_from_the_last_to_the_first(ledger: Ledger, lead: Client) -> None:
    lead.post(address("task_status", ledger.tasks["1"]), {"to": "IN_PROGRESS", "version": 1})
    lead.post(address("task_note", ledger.tasks["1"]), {"text": "开工36个。", "token": uuid.uuid4()})
    page = show(ledger.client, ledger.tasks["1"])
    assert [line.title for line in page.context["progress"]] == ["Note", "Not started → In progress"]
    assert [line.title for line in page.context["history"]] == [
        "Wrote a note",
        "Not started → In progress",
        "Accepted into the ledger as read",
    ]


def test_markup_in_words_is_shown_as_words(ledger: Ledger) -> None:
    task = ledger.fresh("1")
    actions.edit_task(
        acting_user=ledger.clerk, task=task, version=1, changes={"text": "<script>alert(1)</script>"}, now=NOW
    )
    actions.add_note(acting_user=ledger.clerk, task=task, text="<b onclick=x>", now=NOW)
    html = show(ledger.client, task).content.decode()
    assert "<script>alert" not in html
    assert "<b onclick" not in html


@pytest.mark.parametrize("name", ["task", "task_edit"])
def test_the_strict_policy_holds(ledger: Ledger, name: str) -> None:
    html = ledger.client.get(address(name, ledger.tasks["1"])).content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", html)
    assert not re.search(r"\sstyle=|\son[a-z]+=|hx-on", html)


# --- for whom ------------------------------------------------------------------------------------------------------


def test_whom_a_task_does_not_concern_learns_nothing_of_it(ledger: Ledger, stranger: Client) -> None:
    task = ledger.tasks["1"]
    party = task.assignments.first()
    assert party
    actions.attach_files(acting_user=ledger.clerk, task=task, files=[Evidence("证明.txt", [b"x"])], now=NOW)
    file = TaskAttachment.objects.get()
    before = AuditEntry.objects.count()
    pages = [stranger.get(address("task", task)), stranger.get(reverse("ledger:attachment", args=[file.pk]))]
    posts = [
        stranger.post(address(name, task), {"to": "IN_PROGRESS", "version": 1, "text": "x", "token": uuid.uuid4()})
        for name in ("task_status", "task_note", "task_attach")
    ]
    posts.append(stranger.post(reverse("ledger:attachment_remove", args=[file.pk]), {"confirmed": "1"}))
    assert [answer.status_code for answer in (*pages, *posts)] == [404] * 6
    nowhere = stranger.get(reverse("ledger:task", args=[10**9]))
    assert words_of(pages[0]) == words_of(nowhere)
    assert AuditEntry.objects.count() == before


OFFICE_POSTS = ("task_edit_save", "task_assign", "task_subtask")


@pytest.mark.parametrize("name", ["task_status", "task_note", "task_attach", *OFFICE_POSTS])
def test_who_may_only_read_writes_nothing(ledger: Ledger, reader: User, name: str) -> None:
    data = {"to": "IN_PROGRESS", "version": 1, "text": "x", "token": uuid.uuid4(), "role": "COOPERATING", "name": "x"}
    before = AuditEntry.objects.count()
    assert english(reader).post(address(name, ledger.tasks["1"]), data).status_code == 403
    assert AuditEntry.objects.count() == before


@pytest.mark.parametrize("name", OFFICE_POSTS)
def test_a_unit_does_not_decide_about_its_task(ledger: Ledger, lead: Client, name: str) -> None:
    data = {"version": 1, "text": "x", "token": uuid.uuid4(), "role": "COOPERATING", "name": "市财政局"}
    assert lead.post(address(name, ledger.tasks["1"]), data).status_code == 403
    assert lead.get(address("task_edit", ledger.tasks["1"])).status_code == 403


def test_who_helps_reads_and_does_not_report(ledger: Ledger, lead: Client) -> None:
    task = ledger.tasks["3"]
    page = show(lead, task)
    assert page.context["next"].main is None
    assert not page.context["may_report"]
    assert address("task_note", task) not in page.content.decode()
    assert lead.post(address("task_note", task), {"text": "x", "token": uuid.uuid4()}).status_code == 403
    assert not TaskNote.objects.exists()


@pytest.mark.parametrize(
    ("number", "who", "main", "others"),
    [
        ("1", "lead", "IN_PROGRESS", ["CLAIMED_DONE"]),
        ("1", "office", None, ["IN_PROGRESS", "CLAIMED_DONE", "WITHDRAWN"]),
        ("3", "office", "DONE", ["IN_PROGRESS", "WITHDRAWN"]),
        ("3", "lead", None, []),
        ("5", "office", None, ["IN_PROGRESS"]),
    ],
)
def test_the_next_step_is_the_one_that_is_theirs(
    ledger: Ledger, lead: Client, number: str, who: str, main: str | None, others: list[str]
) -> None:
    client = lead if who == "lead" else ledger.client
    following = show(client, ledger.tasks[number]).context["next"]
    assert (following.main and following.main.to) == main
    assert [step.to for step in following.others] == others
    assert bool(following.sentence) == (main is None)


# --- what is done there --------------------------------------------------------------------------------------------


def test_a_unit_reports_done_with_words_and_files(ledger: Ledger, lead: Client) -> None:
    task = ledger.tasks["1"]
    files = [SimpleUploadedFile("验收单.pdf", b"%PDF-1"), SimpleUploadedFile("照片.jpg", b"jpg")]
    data = {"to": "CLAIMED_DONE", "version": 1, "reason": "72个全部完工。", "files": files}
    answer = lead.post(address("task_status", task), data, follow=True)
    assert answer.redirect_chain == [(address("task", task), 302)]
    assert ledger.fresh("1").status == TaskStatus.CLAIMED_DONE
    assert {"验收单.pdf", "照片.jpg"} == {shown.attachment.name for shown in answer.context["attachments"]}
    assert "72个全部完工。" in words_of(answer)


def test_two_at_once_the_second_keeps_the_words_and_sees_what_is(ledger: Ledger, lead: Client) -> None:
    task = ledger.tasks["1"]
    actions.change_status(acting_user=ledger.clerk, task=task, version=1, to=TaskStatus.IN_PROGRESS, now=NOW)
    data = {"to": "CLAIMED_DONE", "version": 1, "reason": "写了很久的一段话。"}
    answer = lead.post(address("task_status", task), data)
    assert answer.status_code == 409
    said = words_of(answer)
    assert "Somebody else has changed task 1 meanwhile" in said
    assert "In progress" in said
    # In the message, and again in the form that can be sent at once.
    assert said.count("写了很久的一段话。") == 2
    assert f'name="version" value="{ledger.fresh("1").version}"' in answer.content.decode()
    assert ledger.fresh("1").status == TaskStatus.IN_PROGRESS


@pytest.mark.parametrize(
    "data",
    [
        {"to": "CLAIMED_DONE", "version": 1, "reason": " "},
        {"to": "DONE", "version": 1},
        {"to": "NEVER", "version": 1},
        {"to": "IN_PROGRESS"},
        {"to": "IN_PROGRESS", "version": "x"},
        {"to": "CLAIMED_DONE", "version": 1, "reason": "长" * 5001},
    ],
)
def test_a_step_that_cannot_be_taken_says_why(ledger: Ledger, lead: Client, data: dict[str, Any]) -> None:
    answer = lead.post(address("task_status", ledger.tasks["1"]), data)
    assert answer.status_code == 409
    assert answer.context["refused"]
    assert ledger.fresh("1").version == 1


def test_a_note_sent_twice_is_written_once(ledger: Ledger, lead: Client) -> None:
    data = {"text": "开工36个。", "token": uuid.uuid4()}
    answers = [lead.post(address("task_note", ledger.tasks["1"]), data) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert TaskNote.objects.count() == 1


def test_an_empty_note_says_so_at_its_field(ledger: Ledger, lead: Client) -> None:
    answer = lead.post(address("task_note", ledger.tasks["1"]), {"text": " ", "token": uuid.uuid4()})
    assert answer.status_code == 422
    assert answer.context["note_form"].errors["text"]


def test_the_office_divides_off_a_part(ledger: Ledger) -> None:
    task = ledger.tasks["1"]
    data = {"text": "先开工36个。", "deadline": "2026-06-30", "token": uuid.uuid4()}
    for _click in range(2):
        assert ledger.client.post(address("task_subtask", task), data).status_code == 302
    part = task.children.get()
    page = show(ledger.client, task)
    assert [shown.number for shown, _sign, _tone in page.context["parts"]] == ["1.1"]
    assert show(ledger.client, part).context["quotes"][0].url == page.context["quotes"][0].url


def test_the_office_corrects_a_task(ledger: Ledger) -> None:
    data = {"text": "改造小区80个。", "number": "1", "section": "新", "deadline": "2026-11-30", "version": 1}
    assert ledger.client.post(address("task_edit_save", ledger.tasks["1"]), data).status_code == 302
    task = ledger.fresh("1")
    assert (task.text, task.section, str(task.deadline), task.version) == ("改造小区80个。", "新", "2026-11-30", 2)


def test_a_correction_that_comes_late_is_kept_in_the_form(ledger: Ledger) -> None:
    task = ledger.fresh("1")
    actions.edit_task(acting_user=ledger.clerk, task=task, version=1, changes={"section": "别人改的"}, now=NOW)
    data = {"text": "我改的话。", "number": "1", "section": "x", "deadline": "", "version": 1}
    answer = ledger.client.post(address("task_edit_save", task), data)
    assert answer.status_code == 409
    assert answer.context["form"]["text"].value() == "我改的话。"
    assert "别人改的" in words_of(answer)
    data["version"] = answer.context["form"]["version"].value()
    assert ledger.client.post(address("task_edit_save", task), data).status_code == 302
    assert ledger.fresh("1").text == "我改的话。"


@pytest.mark.parametrize("wrong", [{"text": " "}, {"deadline": "2026-02-30"}, {"number": "1" * 40}])
def test_a_wrong_correction_is_shown_at_its_field(ledger: Ledger, wrong: dict[str, str]) -> None:
    data = {"text": "话。", "number": "1", "version": 1, **wrong}
    answer = ledger.client.post(address("task_edit_save", ledger.tasks["1"]), data)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == set(wrong)
    assert ledger.fresh("1").version == 1


def test_a_party_is_added_and_taken_off(ledger: Ledger) -> None:
    task = ledger.tasks["2"]
    data = {"role": "COOPERATING", "name": "市住房和城乡建设局", "version": 1}
    assert ledger.client.post(address("task_assign", task), data).status_code == 302
    row = task.assignments.get(role="COOPERATING")
    answer = ledger.client.post(address("task_unassign", task, row.pk), {"version": 2})
    assert answer.status_code == 302
    assert not task.assignments.filter(role="COOPERATING").exists()


def test_an_unknown_party_brings_names_that_look_like_it(ledger: Ledger) -> None:
    data = {"role": "COOPERATING", "name": "市住房和城乡建设管理局", "version": 1}
    answer = ledger.client.post(address("task_assign", ledger.tasks["2"]), data)
    assert answer.status_code == 409
    assert "市住房城乡建设局" in answer.context["similar"]
    assert answer.context["assign_form"]["name"].value() == "市住房和城乡建设管理局"


def test_the_last_who_answers_stays(ledger: Ledger) -> None:
    row = ledger.tasks["2"].assignments.get(role="LEAD_UNIT")
    answer = ledger.client.post(address("task_unassign", ledger.tasks["2"], row.pk), {"version": 1})
    assert answer.status_code == 409
    assert "Somebody must answer" in answer.context["parties_refused"]


def test_evidence_is_downloaded_and_never_opened(ledger: Ledger, lead: Client, stranger: Client) -> None:
    files = [SimpleUploadedFile("页面.html", b"<script>alert(1)</script>"), SimpleUploadedFile("表.csv", b"1,2")]
    data = {"files": files, "token": uuid.uuid4()}
    assert lead.post(address("task_attach", ledger.tasks["1"]), data).status_code == 302
    row = TaskAttachment.objects.get(name="页面.html")
    answer = lead.get(reverse("ledger:attachment", args=[row.pk]))
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert TaskAttachment.objects.count() == 2


def test_an_empty_file_and_no_file_are_refused_in_words(ledger: Ledger, lead: Client) -> None:
    for files in ([], [SimpleUploadedFile("空.txt", b"")]):
        answer = lead.post(address("task_attach", ledger.tasks["1"]), {"files": files, "token": uuid.uuid4()})
        assert answer.status_code == 409
        assert answer.context["refused"]
    assert not TaskAttachment.objects.exists()


def test_taking_a_file_off_asks_first(ledger: Ledger, lead: Client) -> None:
    task = ledger.tasks["1"]
    lead.post(address("task_attach", task), {"files": [SimpleUploadedFile("表.csv", b"1")], "token": uuid.uuid4()})
    remove = reverse("ledger:attachment_remove", args=[TaskAttachment.objects.get().pk])
    asked = lead.post(remove)
    assert asked.status_code == 200
    assert "表.csv" in words_of(asked)
    assert TaskAttachment.objects.exists()
    assert lead.post(remove, {"confirmed": "1"}).status_code == 302
    assert not TaskAttachment.objects.exists()


# --- the way through a list, and speed -----------------------------------------------------------------------------


def test_the_neighbours_are_those_of_the_list_one_came_from(ledger: Ledger) -> None:
    back = "?back=" + quote("year=2026&sort=number")
    trail = show(ledger.client, ledger.tasks["2"], back).context["trail"]
    assert (trail.place, trail.total) == (2, 5)
    assert (trail.previous, trail.following) == (ledger.tasks["1"].pk, ledger.tasks["3"].pk)
    assert show(ledger.client, ledger.tasks["1"], back).context["trail"].previous is None
    assert show(ledger.client, ledger.tasks["old"], back).context["trail"] is None
    kept = ledger.client.post(f"{address('task_note', ledger.tasks['2'])}{back}", {"text": "x", "token": uuid.uuid4()})
    assert kept["Location"] == f"{address('task', ledger.tasks['2'])}{back}"


@pytest.mark.parametrize("back", ["%00", "plan=x", "x" * 5000, "status=LOST&page=-1"])
def test_a_mistyped_way_back_does_no_harm(ledger: Ledger, back: str) -> None:
    show(ledger.client, ledger.tasks["1"], f"?back={back}")


def _queries(client: Client, task: Task) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        show(client, task, "?back=" + quote("year=2026"))
    return len(captured)


def test_a_task_with_much_asks_no_more_often(ledger: Ledger, clerk: User) -> None:
    task = ledger.tasks["2"]
    actions.add_note(acting_user=clerk, task=task, text="一次进展。", now=NOW)
    before = _queries(ledger.client, task)
    counties = [make_unit(clerk, f"第{place}县人民政府") for place in range(30)]
    make_group(clerk, "各县人民政府", counties)
    fresh = ledger.fresh("2")
    actions.assign(acting_user=clerk, task=fresh, version=1, role="COOPERATING", name="各县人民政府", now=NOW)  # type: ignore[arg-type]
    for place in range(20):
        actions.add_note(acting_user=clerk, task=fresh, text=f"第{place}次进展。", now=NOW)
        actions.add_subtask(acting_user=clerk, parent=fresh, text=f"第{place}部分。", deadline=None, now=NOW)
        files = [Evidence(f"{place}.txt", [str(place).encode()])]
        actions.attach_files(acting_user=clerk, task=fresh, files=files, now=NOW)
    assert _queries(ledger.client, task) == before
