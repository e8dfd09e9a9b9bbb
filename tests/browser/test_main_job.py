"""The main job in a browser: a plan is dropped on a page, confirmed, found by those it names, and printed again."""

import datetime as dt
import json
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from tests.browser.desk import (
    ANSWERING_FIELDS,
    accept_everything,
    bring_in,
    expected_tasks,
    fold,
    forms_of,
    log_in,
    log_out,
    numbers_naming,
    open_account,
    shown_numbers,
    visit,
)

from luoshi.access.models import User
from luoshi.access.permissions import Role
from luoshi.demo.make_documents import DOCUMENTS
from luoshi.documents import jobs
from luoshi.documents.models import Document, Finding, ImportJob
from luoshi.documents.states import DocumentStatus, FindingStatus, ImportStatus
from luoshi.ledger.models import Confirmation, ConfirmationKind, Task
from luoshi.registry.city_packs import load_city

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PLAN = DOCUMENTS / "plan-2026.pdf"
REPRINT = DOCUMENTS / "plan-2026-reprint.txt"


@pytest.fixture
def city(clerk: User, now: dt.datetime) -> None:
    """Load the demo city's facts; no document is here yet."""
    load_city("demo", acting_user=clerk, now=now)


@pytest.fixture
def plan(city: None, clerk: User, now: dt.datetime) -> Document:
    """Return the demo plan with every finding accepted."""
    document = bring_in(clerk, PLAN.name, now)
    accept_everything(clerk, document, now)
    return document


@pytest.fixture
def open_browser(chromium: Browser, live_server: Any) -> Any:
    """Return a function that opens somebody's browser."""

    def opened(**options: Any) -> AbstractContextManager[Page]:
        return visit(chromium, address=live_server.url, **options)

    return opened


@contextmanager
def a_worker_that_waits(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Let jobs go through the real queue, to a worker that stops at 40 % until the event is set."""
    from huey.contrib.djhuey import HUEY

    read, go_on = jobs.read_bytes, threading.Event()

    def read_slowly(content: bytes, *, name: str, progress: Any) -> Any:
        progress(0.4, "normalise")
        go_on.wait(20)
        return read(content, name=name, progress=progress)

    def work() -> None:
        while not stop.is_set():
            if (task := HUEY.dequeue()) is not None:
                HUEY.execute(task)
            stop.wait(0.1)

    monkeypatch.setattr(jobs, "read_bytes", read_slowly)
    HUEY.immediate, stop = False, threading.Event()
    HUEY.flush()
    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    try:
        yield go_on
    finally:
        go_on.set()
        stop.set()
        worker.join(20)
        HUEY.immediate = True


def send(page: Page, *files: Path | dict[str, Any]) -> None:
    """Choose files on the drop zone of the documents page and send them."""
    page.locator("[data-drop-zone] input[type=file]").set_input_files(list(files))  # type: ignore[arg-type]
    expect(page.locator("[data-drop-files] .drop-zone__file")).to_have_count(len(files))
    page.get_by_role("button", name="Read the files").click()


def act(page: Page, key: str) -> None:
    """Press a key of the confirming page, and wait for what it asks of the server."""
    with page.expect_response(lambda answer: "/confirm/" in answer.url):
        page.keyboard.press(key)


def shows(page: Page, number: str) -> None:
    """Wait until the finding with this number is before the person."""
    expect(page.locator("#panel .confirm__number")).to_have_text(number)


def pick(page: Page, number: str) -> None:
    """Open a finding from the list."""
    with page.expect_response(lambda answer: "/confirm/" in answer.url):
        page.locator(".findings__link", has=page.get_by_text(number, exact=True)).first.click()
    shows(page, number)


def test_a_plan_becomes_a_ledger(open_browser: Any, city: None, clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_browser(language="zh-hans") as page:
        log_in_and_change_language(page)
        with a_worker_that_waits(monkeypatch) as go_on:
            import_with_progress(page, go_on)
        document = Document.objects.get()
        page.get_by_role("link", name="Confirm 67 tasks").first.click()
        confirm_by_keys(page)
        confirm_the_rest(page)
        assert_every_act_is_kept(document, clerk)
        page.get_by_role("link", name="Open the tasks in the ledger").click()
        find_a_units_tasks(page)
        follow_the_sentence_and_come_back(page, document)


def log_in_and_change_language(page: Page) -> None:
    log_in(page, "clerk", "/documents/")
    expect(page.get_by_role("heading", level=1)).to_have_text("文件")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Documents")


def import_with_progress(page: Page, go_on: threading.Event) -> None:
    send(page, PLAN)
    job = page.locator(".job")
    expect(job.locator("progress")).to_have_attribute("value", "40")
    expect(job).to_contain_text("Taking the text out")
    go_on.set()
    expect(job).to_contain_text("67 tasks were found in 1 document.")
    expect(page.locator("#documents tbody tr")).to_contain_text("云政发〔2026〕1号")


def confirm_by_keys(page: Page) -> None:
    """Correct, accept, reject, take back, split and merge, each by its key."""
    shows(page, "14")
    act(page, "e")
    page.locator("#name-0").fill("许若岚")
    page.get_by_role("button", name="Accept with these changes").click()
    shows(page, "15")
    act(page, "a")
    shows(page, "17")
    act(page, "r")
    page.get_by_role("button", name="Reject the finding").click()
    expect(page.locator("#panel .confirm__number")).not_to_have_text("17")
    act(page, "u")
    shows(page, "17")
    pick(page, "8(1)")
    act(page, "s")
    page.get_by_role("button", name="Accept as 2 tasks").click()
    expect(page.locator("#confirm-said")).to_contain_text("8(1)")
    pick(page, "8(2)")
    act(page, "m")
    expect(page.locator(".merged__item")).to_have_count(2)
    page.get_by_role("button", name="Accept 2 findings as one task").click()
    expect(page.locator(".desk__count")).to_contain_text("5 of 67 decided")


def confirm_the_rest(page: Page) -> None:
    """Accept all without a doubt at once, then the doubtful ones one by one until nothing is left."""
    page.get_by_role("link", name="Accept all clean ones").click()
    page.get_by_role("dialog").get_by_role("button", name="Accept").click()
    expect(page.locator(".desk__count")).not_to_contain_text("without doubt")
    left = Finding.objects.filter(status=FindingStatus.PENDING).count()
    assert 0 < left < 12
    expect(page.locator(".desk__count")).to_contain_text(f"{67 - left} of 67 decided")
    for already in range(67 - left, 67):
        expect(page.locator(".desk__count")).to_contain_text(f"{already} of 67 decided")
        act(page, "a")
    expect(page.locator("#panel-title")).to_contain_text("Everything is decided")
    expect(page.locator(".confirm--finished")).to_contain_text("67 findings were accepted.")


def assert_every_act_is_kept(document: Document, clerk: User) -> None:
    kept = Confirmation.objects.filter(document=document, undone_at=None)
    assert set(kept.values_list("kind", flat=True)) == {
        ConfirmationKind.ACCEPT,
        ConfirmationKind.EDIT,
        ConfirmationKind.SPLIT,
        ConfirmationKind.MERGE,
    }
    assert set(kept.values_list("made_by", flat=True)) == {clerk.pk}
    undone = Confirmation.objects.exclude(undone_at=None).get()
    assert (undone.kind, undone.undone_by) == (ConfirmationKind.REJECT, clerk)
    # One split and one merge: as many tasks as findings.
    assert Task.objects.filter(parent=None).count() == 67
    assert Task.objects.get(number="14").assignments.filter(person__name="许若岚").exists()


def find_a_units_tasks(page: Page) -> None:
    """Filter the ledger by a unit: exactly the tasks whose paper names it or a group it belongs to."""
    page.locator("select[name=unit]").select_option(label="市住房城乡建设局")
    with page.expect_navigation():
        page.locator(".filters button[type=submit]").first.click()
    assert "unit=housing" in page.url
    wanted = numbers_naming(expected_tasks("plan-2026"), forms_of("demo", "housing"))
    assert "8(1)" in wanted
    assert len(wanted) > 10
    # The task that was split above stands in the ledger as its two parts.
    assert shown_numbers(page) == wanted - {"8(1)"} | {"8(1)(1)", "8(1)(2)"}


def follow_the_sentence_and_come_back(page: Page, document: Document) -> None:
    task = Task.objects.get(number="21")
    page.goto(reverse("ledger:list") + "?unit=housing&role=lead")
    row = page.locator("tr[data-row]", has=page.get_by_text("21", exact=True))
    row.locator("[data-row-link]").click()
    expect(page.locator("h1")).to_contain_text("澜江三桥")
    page.locator(".quote__source a").click()
    source = task.sources.get()
    assert page.url.endswith(document.sentence_url(source.start, source.end))
    expect(page.locator("#cited")).to_be_in_viewport()
    expect(page.locator(".citation .quote")).to_contain_text("建成澜江三桥及东岸连接线，9月底前通车。")
    page.go_back()
    expect(page.locator("h1")).to_contain_text("澜江三桥")
    page.goto(document.get_absolute_url())
    page.locator(f"#finding-{source.finding_id} summary").click()
    page.locator(f"#finding-{source.finding_id}").get_by_role("link", name="Task 21").click()
    expect(page).to_have_url(page.url.split("/tasks/")[0] + task.get_absolute_url())


def test_a_unit_finds_its_own_tasks_and_reports(open_browser: Any, plan: Document, now: dt.datetime) -> None:
    open_account("housing", Role.UNIT_LIAISON, unit="housing", now=now)
    tasks, names = expected_tasks("plan-2026"), forms_of("demo", "housing")
    with open_browser() as page:
        log_in(page, "housing", reverse("ledger:list"))
        assert shown_numbers(page) == numbers_naming(tasks, names)
        page.goto(reverse("ledger:mine"))
        assert page.url.endswith(reverse("ledger:unit", args=["housing"]))
        page.goto(reverse("ledger:list") + "?mine=lead")
        assert shown_numbers(page) == numbers_naming(tasks, names, ANSWERING_FIELDS)
        report_with_a_file(page, Task.objects.get(number="21"))
        be_kept_out(page, names, tasks)


def report_with_a_file(page: Page, task: Task) -> None:
    page.goto(task.get_absolute_url())
    page.locator("#progress textarea").fill("主桥合龙，东岸连接线路面摊铺完成八成。")
    page.get_by_role("button", name="Write it down").click()
    expect(page.locator("#progress .timeline")).to_contain_text("路面摊铺完成八成")
    page.locator("#files summary").click()
    photo = {"name": "合龙现场.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n" + bytes(64)}
    page.locator("#files input[type=file]").set_input_files([photo])  # type: ignore[list-item]
    page.get_by_role("button", name="Keep the files").click()
    expect(page.locator("#files .files__name")).to_have_text("合龙现场.png")
    with page.expect_download() as sent:
        page.locator("#files .files__name").click()
    assert Path(sent.value.path()).read_bytes() == photo["buffer"]
    assert task.notes.get().text == "主桥合龙，东岸连接线路面摊铺完成八成。"


def be_kept_out(page: Page, names: set[str], tasks: list[dict[str, Any]]) -> None:
    """A task of others is not there; one that the unit only helps with can be read and not reported on."""
    seen, leads = numbers_naming(tasks, names), numbers_naming(tasks, names, ANSWERING_FIELDS)
    other = Task.objects.filter(parent=None).exclude(number__in=seen).first()
    helped = Task.objects.filter(parent=None, number__in=seen - leads).first()
    assert other
    assert helped
    answer = page.goto(other.get_absolute_url())
    assert answer
    assert answer.status == 404
    assert other.text not in page.content()
    answer = page.goto(helped.get_absolute_url())
    assert answer
    assert answer.status == 200
    assert page.locator("#progress textarea, #files input, .task-next form").count() == 0
    for path in (reverse("documents:upload"), reverse("ledger:confirm_accept_clean", args=[1])):
        token = page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
        refused = page.request.post(path, form={"csrfmiddlewaretoken": token}, headers={"Referer": page.url})
        assert refused.status in (403, 404), path


def test_a_county_and_a_leader_find_theirs(open_browser: Any, plan: Document, now: dt.datetime) -> None:
    open_account("wangling", Role.UNIT_LIAISON, unit="county-wangling", now=now)
    open_account("fang", Role.LEADER, person="fang-qiming", now=now)
    tasks = expected_tasks("plan-2026")
    with open_browser() as page:
        log_in(page, "wangling", reverse("ledger:list"))
        theirs = numbers_naming(tasks, forms_of("demo", "county-wangling"))
        assert len(theirs) > 20
        assert shown_numbers(page) == theirs
        log_out(page)
        log_in(page, "fang", reverse("ledger:mine"))
        assert page.url.endswith(reverse("ledger:leader", args=["fang-qiming"]))
        page.get_by_role("button", name="简体中文").click()
        expect(page.locator("h1")).to_have_text("方启铭")
        expect(page.locator("main")).to_contain_text("牵头")
        page.get_by_role("button", name="English").click()
        page.goto(reverse("ledger:list") + "?mine=lead")
        assert shown_numbers(page) == numbers_naming(tasks, {"方启铭"})


def test_a_second_printing_is_compared_and_decided_about(
    open_browser: Any, plan: Document, clerk: User, now: dt.datetime
) -> None:
    with open_browser() as page:
        log_in(page, "clerk", "/documents/")
        send(page, REPRINT)
        page.get_by_role("link", name="Compare and decide").click()
        page.get_by_role("link", name="Compare with the current version").click()
        assert_the_four_differences(page)
        page.get_by_role("button", name="Keep as another printing").click()
        reprint = Document.objects.get(status=DocumentStatus.PRINTING)
        assert page.url.endswith(reprint.get_absolute_url())
        page.goto("/")
        page.locator("main").get_by_role("link", name="Decide").click()
        assert page.url.endswith(reverse("ledger:printing", args=[reprint.pk]))
        decide_about_the_schools(page)


def assert_the_four_differences(page: Page) -> None:
    wanted = json.loads((DOCUMENTS / "plan-2026-reprint.expected.json").read_text(encoding="utf-8"))["differences"]
    shown = page.locator(".difference")
    expect(shown).to_have_count(len(wanted))
    for difference in wanted:
        one = shown.filter(has=page.get_by_role("heading", name=f"Task {difference['task']}", exact=True))
        sides = one.locator(".pair__side")
        if difference["kind"] == "party":
            expect(one.locator(".mark--removed")).to_have_text([difference["party"]])
            expect(one.locator(".mark--added")).to_have_count(0)
        else:
            expect(sides.nth(0)).to_contain_text(difference["old"])
            expect(sides.nth(1)).to_contain_text(difference["new"])


def decide_about_the_schools(page: Page) -> None:
    """Adopt one wording and keep another; the promise changes only where somebody said so."""
    task = Task.objects.get(number="50")
    one = page.locator("article", has=page.get_by_role("heading", name="Task 50"))
    one.locator("input[name=reason]").fill("以公报印发的文本为准。")
    one.get_by_role("button", name="Adopt this wording").click()
    expect(page.locator("[data-toast]")).to_contain_text("50")
    two = page.locator("article", has=page.get_by_role("heading", name="Task 22"))
    two.get_by_role("button", name="Keep what the ledger says").click()
    expect(page.locator("[data-toast]")).to_contain_text("22")
    expect(page.locator(".stat", has_text="To decide")).to_contain_text("2")
    page.goto(task.get_absolute_url())
    expect(page.locator(".task-promise")).to_contain_text("新建中小学校16所")
    task.refresh_from_db()
    assert task.text.startswith("新建中小学校16所")
    assert "3.5万亩" in Task.objects.get(number="22").text


def test_what_is_here_is_recognised_and_what_cannot_be_read_is_said(open_browser: Any, plan: Document) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(200)
    with open_browser() as page:
        log_in(page, "clerk", "/documents/")
        send(page, {"name": "copy.pdf", "mimeType": "application/pdf", "buffer": PLAN.read_bytes()})
        expect(page.locator(".job", has_text="copy.pdf")).to_contain_text("already here, as plan-2026.pdf")
        send(
            page,
            {"name": "scan.pdf", "mimeType": "application/pdf", "buffer": picture},
            {"name": "cut.pdf", "mimeType": "application/pdf", "buffer": PLAN.read_bytes()[:9000]},
            {"name": "empty.docx", "mimeType": "application/octet-stream", "buffer": b""},
        )
        expect(page.locator(".job", has_text="scan.pdf")).to_contain_text("The picture is damaged")
        expect(page.locator(".job", has_text="cut.pdf")).to_contain_text("damaged or cut off")
        expect(page.locator(".job", has_text="empty.docx")).to_contain_text("The file is empty")
        expect(page.locator("#documents tbody tr")).to_have_count(1)
    refused = ImportJob.objects.filter(status=ImportStatus.REFUSED)
    assert set(refused.values_list("name", flat=True)) == {"scan.pdf", "cut.pdf", "empty.docx"}
    assert Document.objects.count() == 1


@pytest.mark.corpus
def test_the_real_plans_of_liaocheng(open_browser: Any, shared: Path, clerk: User, now: dt.datetime) -> None:
    load_city("liaocheng", acting_user=clerk, now=now)
    golds = {151: "task-plan-2021", 63: "gazette-2019-04.task-plan"}
    with open_browser() as page:
        log_in(page, "clerk", "/documents/")
        send(page, shared / "corpus" / "task-plan-2021.txt", shared / "corpus" / "gazette-2019-04.txt")
        expect(page.locator(".job", has_text="task-plan-2021.txt")).to_contain_text("151 tasks were found")
        plans = {each.findings.count(): each for each in Document.objects.all() if each.kind == "task_plan"}
        for count, gold in golds.items():
            tasks = json.loads((shared / "gold" / f"{gold}.json").read_text(encoding="utf-8"))["tasks"]
            assert_every_party_is_where_it_is_printed(plans[count], tasks)
            accept_everything(clerk, plans[count], now)
            page.goto(reverse("ledger:county", args=["371503"]))
            expect(page.locator("h1")).to_contain_text("茌平区")
            page.goto(f"{reverse('ledger:list')}?plan={plans[count].plan.pk}&county=371503")
            assert len(tasks) == count
            assert shown_numbers(page) == numbers_naming(tasks, forms_of("liaocheng", "county-chiping"))


def assert_every_party_is_where_it_is_printed(document: Document, tasks: list[dict[str, Any]]) -> None:
    """Cut every party out of the text at its span: it is the printed name, and the names are those a person found."""
    text = document.reading.text.text
    parties = {"lead_leaders", "lead_units", "responsible_units", "cooperating_units"}
    for finding, wanted in zip(document.findings.order_by("position"), tasks, strict=True):
        for role in parties:
            named = finding.parties(role)
            cut = [fold(text[party["span"]["start"] : party["span"]["end"]]) for party in named]
            assert cut == [fold(party["name"]) for party in named]
            assert sorted(cut) == sorted(fold(name) for name in wanted[role]), (finding.number, role)
