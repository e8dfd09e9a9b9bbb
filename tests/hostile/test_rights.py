"""What an account may not see it cannot reach: by address, list, count, search, export, or as somebody's neighbour."""

import csv
import io
import re

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.architecture.test_addresses import ADDRESSES, OPEN_TO_ALL, address_of
from tests.conftest import NOW
from tests.hostile.conftest import browser_for
from tests.hostile.walking import walk

from luoshi.access.models import AuditEntry, User
from luoshi.documents.models import Document
from luoshi.ledger.actions import Evidence, add_subtask, attach_files
from luoshi.ledger.models import Assignment, Task, TaskAttachment
from luoshi.ledger.states import TaskStatus

pytestmark = pytest.mark.usefixtures("city")

TOKEN = "00000000-0000-0000-0000-000000000001"
TASK_LINK = re.compile(r"/tasks/(\d+)/")


def account(username: str) -> User:
    return User.objects.get(username=username)


def hidden_from(username: str) -> list[Task]:
    user = account(username)
    return list(Task.objects.exclude(pk__in=Task.objects.visible_to(user).order_by().values("pk")))


def rows() -> dict[str, int]:
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model.__module__.startswith("luoshi.") and model._meta.label != "access.LoginFailure"
    }


def evidence_for(task: Task) -> TaskAttachment:
    clerk = account("clerk")

    attach_files(acting_user=clerk, task=task, files=[Evidence("evidence.txt", [b"secret"])], now=NOW)
    return TaskAttachment.objects.get(task=task)


@pytest.mark.parametrize("username", ["housing", "agriculture", "wangling"])
def test_a_hidden_task_answers_to_no_address(username: str) -> None:
    hidden = hidden_from(username)
    assert len(hidden) > 10
    client = browser_for(username)
    task = hidden[0]
    attachment = evidence_for(task)
    row = task.assignments.all()[0]
    posted = {"text": "x", "to": "IN_PROGRESS", "version": task.version, "reason": "x", "confirmed": "1"}
    before = rows()
    for name, arguments in {
        "task": [task.pk],
        "task_status": [task.pk],
        "task_note": [task.pk],
        "task_attach": [task.pk],
        "task_subtask": [task.pk],
        "task_edit": [task.pk],
        "task_edit_save": [task.pk],
        "task_assign": [task.pk],
        "task_unassign": [task.pk, row.pk],
        "attachment": [attachment.pk],
        "attachment_remove": [attachment.pk],
    }.items():
        address = reverse(f"ledger:{name}", args=arguments)
        upload = {"files": SimpleUploadedFile("a.txt", b"a")}
        for response in (client.get(address), client.post(address, posted), client.post(address, {**posted, **upload})):
            assert response.status_code in {403, 404, 405}, name
            assert task.text[:12] not in response.content.decode()
    assert rows() == before
    task.refresh_from_db()
    assert task.status == TaskStatus(task.status)


@pytest.mark.parametrize("username", ["housing", "wangling"])
def test_no_page_links_to_a_hidden_task(username: str) -> None:
    hidden = {task.pk for task in hidden_from(username)}
    words = next(iter(hidden_from(username))).text[:6]
    starts = [
        "/",
        "/tasks/?per_page=200",
        "/tasks/?print=1",
        f"/documents/search?q={words}",
        "/overview/?by=unit",
        "/overview/?by=section",
        "/mine/",
        *(document.get_absolute_url() for document in Document.objects.all()),
    ]
    found = walk(browser_for(username), starts, most=60)
    assert len(found.pages) > 25
    linked = {address: {int(pk) for pk in TASK_LINK.findall(page)} & hidden for address, page in found.pages.items()}
    assert {address: pks for address, pks in linked.items() if pks} == {}


@pytest.mark.parametrize("username", ["housing", "wangling"])
def test_lists_counts_and_exports_hold_visible_tasks_only(username: str) -> None:
    client, user = browser_for(username), account(username)
    visible = set(Task.objects.visible_to(user).values_list("pk", flat=True))
    assert 0 < len(visible) < Task.objects.count()
    page = client.get(reverse("ledger:list"))
    assert page.context["total"] == len(visible)
    assert page.context["standing"].total == len(visible)
    overview = client.get(reverse("ledger:overview") + "?by=unit")
    assert overview.context["standing"].total == len(visible)
    for row in overview.context["rows"]:
        own = Task.objects.visible_to(user).filter(assignments__organization__key=row.load.key)
        assert row.load.lead + row.load.cooperating <= own.distinct().count() * 2
    data = client.get(reverse("ledger:export") + "?format=csv").content.decode("utf-8-sig")
    exported = {int(row[0]) for row in list(csv.reader(io.StringIO(data))) if row and row[0].isdecimal()}
    assert exported == visible


def test_a_hidden_part_is_not_shown_with_its_task() -> None:
    """Taken off a part, a unit sees the task it belongs to but no longer the part; and the other way round."""

    clerk, housing = account("clerk"), account("housing")
    parent = Task.objects.answered_by(housing).filter(parent=None)[0]
    part = add_subtask(acting_user=clerk, parent=parent, text="只归别人的一部分", deadline=None, now=NOW)
    Assignment.objects.filter(task=part).delete()
    assert not Task.objects.visible_to(housing).filter(pk=part.pk).exists()
    page = browser_for("housing").get(reverse("ledger:task", args=[parent.pk])).content.decode()
    assert "只归别人的一部分" not in page
    assert reverse("ledger:task", args=[part.pk]) not in page
    row = parent.assignments.filter(scope_key__in=housing.own_scopes)[0]
    Assignment.objects.filter(task=parent).delete()
    row.pk, row.task, row.via = None, part, None
    row.save()
    page = browser_for("housing").get(reverse("ledger:task", args=[part.pk])).content.decode()
    assert "只归别人的一部分" in page
    assert reverse("ledger:task", args=[parent.pk]) not in page
    owner = next(
        name
        for name in ("agriculture", "industry", "wangling", "mayor")
        if Task.objects.visible_to(account(name)).filter(pk=part.pk)
    )
    if Task.objects.visible_to(account(owner)).filter(pk=parent.pk).exists():
        return
    page = browser_for(owner).get(reverse("ledger:task", args=[part.pk])).content.decode()
    assert parent.text[:20] not in page.replace(part.text, "")


def test_neighbours_in_a_list_are_visible_ones() -> None:
    housing = account("housing")
    visible = set(Task.objects.visible_to(housing).values_list("pk", flat=True))
    for pk in sorted(visible)[:5]:
        response = browser_for("housing").get(reverse("ledger:task", args=[pk]) + "?back=sort%3Dnumber")
        trail = response.context["trail"]
        assert trail.total == len(visible)
        assert {trail.previous, trail.following} - {None} <= visible


def test_a_cooperating_unit_sees_but_does_not_report() -> None:
    housing = account("housing")
    helping = Task.objects.visible_to(housing).exclude(pk__in=Task.objects.answered_by(housing).order_by().values("pk"))
    task = helping[0]
    client = browser_for("housing")
    assert client.get(reverse("ledger:task", args=[task.pk])).status_code == 200
    before = rows()
    posted = {
        "text": "x",
        "to": "IN_PROGRESS",
        "version": task.version,
        "token": "00000000-0000-0000-0000-000000000001",
    }
    for name in ("task_status", "task_note", "task_subtask", "task_edit_save", "task_assign"):
        assert client.post(reverse(f"ledger:{name}", args=[task.pk]), posted).status_code == 403, name
    files = {"files": SimpleUploadedFile("a.txt", b"a"), "token": posted["token"]}
    assert client.post(reverse("ledger:task_attach", args=[task.pk]), files).status_code == 403
    assert rows() == before


READABLE = OPEN_TO_ALL | {"ledger:forget_view"}


@pytest.mark.parametrize("username", ["reader", "mayor", "administrator", "housing"])
def test_nothing_is_written_by_who_may_not(username: str) -> None:
    """Send every address everything it might take; only what is one's own may change."""
    client = browser_for(username)
    task = Task.objects.filter(pk__in=[task.pk for task in hidden_from("housing")])[0]
    document = Document.objects.all()[0]
    finding = document.findings.all()[0]
    posted = {
        **{"text": "x", "to": "IN_PROGRESS", "version": task.version, "reason": "x", "confirmed": "1", "name": "x"},
        **{"finding": finding.pk, "act": "save", "role": "LEAD_UNIT", "key": "x", "selected": task.pk, "task": task.pk},
        **{"choice": "KEEP", "alias": "x", "username": "x", "display_name": "x", "password": "a long one 2026 yes"},
        "token": TOKEN,
    }
    mine = {"access.manage"} if username == "administrator" else set()
    before = rows()
    for name, converters in ADDRESSES.items():
        if name in READABLE or (name.startswith("access:") and (mine or name in OPEN_TO_ALL)):
            continue
        for value in (task.pk, document.pk, finding.pk):
            address = address_of(name, converters)
            address = re.sub(r"/1(?=/|-)", f"/{value}", address)
            response = client.post(address, {**posted, "files": SimpleUploadedFile("a.txt", b"a")})
            assert response.status_code in {403, 404, 405}, (name, response.status_code, response.get("Location"))
    assert rows() == before


def test_who_opens_accounts_sees_neither_tasks_nor_documents() -> None:
    client = browser_for("administrator")
    texts = [task.text[:15] for task in Task.objects.all()[:200]]
    titles = list(Document.objects.values_list("title", flat=True))
    found = walk(client, ["/", "/account/", "/registry/units/", "/tasks/?per_page=200"], most=45)
    for address, page in found.pages.items():
        assert not [text for text in texts if text in page], address
        assert not [title for title in titles if title in page], address
    for address in (
        "/documents/",
        "/documents/search?q=%E5%AD%A6%E6%A0%A1",
        "/overview/",
        Document.objects.all()[0].get_absolute_url(),
    ):
        assert client.get(address).status_code == 403
    data = client.get(reverse("ledger:export") + "?format=csv").content.decode("utf-8-sig")
    assert not [text for text in texts if text in data]


def test_every_address_that_writes_wants_the_token_of_its_form() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(account("clerk"))
    before = rows()
    for name, converters in ADDRESSES.items():
        response = client.post(address_of(name, converters), {"text": "x", "files": SimpleUploadedFile("a.txt", b"a")})
        assert response.status_code in {403, 405} or (name == "documents:upload" and response.status_code == 403), name
    assert rows() == before


def test_fields_that_a_form_does_not_have_are_not_taken() -> None:
    clerk = account("clerk")
    task = Task.objects.filter(status=TaskStatus.NOT_STARTED)[0]
    other = Task.objects.exclude(plan=task.plan)[0]
    client = browser_for("clerk")
    form = client.get(reverse("ledger:task_edit", args=[task.pk])).context["form"]
    data = {name: form[name].value() or "" for name in form.fields}
    more = {
        "text": "新的说法",
        "status": "DONE",
        "plan": other.plan_id,
        "plan_id": other.plan_id,
        "id": other.pk,
        "pk": other.pk,
        "parent": other.pk,
        "confirmation": other.confirmation_id,
        "created_at": "1999-01-01",
        "position": 999,
        "acting_user": 1,
        "written_by": 1,
    }
    assert client.post(reverse("ledger:task_edit_save", args=[task.pk]), {**data, **more}).status_code == 302
    changed = Task.objects.get(pk=task.pk)
    kept = ("status", "plan_id", "parent_id", "confirmation_id", "created_at", "position")
    assert [getattr(changed, name) for name in kept] == [getattr(task, name) for name in kept]
    assert changed.text == "新的说法"
    note = {"text": "一句话", "written_by": 1, "status_after": "DONE", "task": other.pk}
    token = {"token": TOKEN}
    assert client.post(reverse("ledger:task_note", args=[task.pk]), {**note, **token}).status_code == 302
    written = task.notes.get(text="一句话")
    assert (written.written_by_id, written.status_after) == (clerk.pk, "")
    assert AuditEntry.objects.order_by("-sequence")[0].actor == "clerk"


def test_a_person_cannot_raise_their_own_rights() -> None:
    for username in ("clerk", "housing", "administrator"):
        user = account(username)
        client = browser_for(username)
        before = list(user.role_grants.values_list("role", "scope_key"))
        for name, converters in ADDRESSES.items():
            if name.startswith("access:") and name not in {"access:logout", "access:password", "access:login"}:
                address = re.sub(r"/1(?=/)", f"/{user.pk}", address_of(name, converters))
                client.post(address, {"role": "SUPERVISION_OFFICE", "scope_key": "*", "scope": "*", "is_active": "1"})
                client.post(address, {"role": "ACCOUNT_ADMINISTRATOR", "scope_key": "*", "scope": "*"})
        assert list(user.role_grants.values_list("role", "scope_key")) == before
