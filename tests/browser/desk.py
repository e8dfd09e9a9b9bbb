"""What the browser tests share: somebody's browser, the demo city with its plan in the ledger, what should be in it."""

import csv
import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page

from luoshi.access.actions import create_user, grant_role, system_user
from luoshi.access.models import User
from luoshi.access.permissions import Role
from luoshi.demo.make_documents import DOCUMENTS
from luoshi.documents.actions import receive_file
from luoshi.documents.jobs import read_job
from luoshi.documents.models import Document
from luoshi.documents.states import FindingStatus
from luoshi.ledger.confirming.actions import accept_all_clean, accept_finding
from luoshi.registry.models import Organization
from luoshi.registry.pack_files import CITIES

PASSWORD = "a quiet office at nine"
WIDE, PHONE = 1440, 390
ROLE_FIELDS = ("lead_leaders", "lead_units", "responsible_units", "cooperating_units", "implementing_units")
ANSWERING_FIELDS = ("lead_units", "responsible_units", "implementing_units")


@contextmanager
def visit(browser: Browser, *, width: int = WIDE, language: str = "en", address: str = "") -> Iterator[Page]:
    """Open a browser of nobody yet, in a language; whatever it complains about fails the test."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, reduced_motion="reduce", base_url=address, accept_downloads=True
    )
    context.add_cookies([{"name": "luoshi_language", "value": language, "url": address}])
    context.set_default_timeout(20_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    # A page that is refused on purpose is no fault; the tests that ask for one look at its status.
    assert [said for said in complaints if "the server responded with a status of 4" not in said] == []
    context.close()


def log_in(page: Page, username: str, path: str = "/") -> None:
    """Ask for a page, be sent to the log-in, type name and password, and arrive."""
    page.goto(path)
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def log_out(page: Page) -> None:
    """Leave by the menu of the account."""
    page.locator("summary", has=page.locator(".menu__label")).click()
    with page.expect_navigation():
        page.locator("form[action$='/log-out/'] button").click()


def open_account(username: str, role: Role, *, unit: str = "", person: str = "", now: dt.datetime) -> User:
    """Open an account through the actions: of a unit, of a person, or of neither."""
    system = system_user(now=now)
    user = create_user(
        acting_user=system,
        username=username,
        display_name=username,
        password=PASSWORD,
        person_key=person,
        now=now,
    )
    scope = {"scope_key": Organization.objects.get(key=unit).scope_key} if unit else {}
    grant_role(acting_user=system, user=user, role=role, now=now, **scope)
    return user


def bring_in(clerk: User, name: str, now: dt.datetime) -> Document:
    """Import a demo document as the page does."""
    content = (DOCUMENTS / name).read_bytes()
    job = read_job(receive_file(acting_user=clerk, name=name, chunks=[content], now=now))
    assert job.reading, (job.status, job.message_code)
    return job.reading.documents.get()


def accept_everything(clerk: User, document: Document, now: dt.datetime) -> None:
    """Accept every finding of a document: those without a doubt at once, the others one by one."""
    accept_all_clean(acting_user=clerk, document=document, now=now)
    for finding in document.findings.filter(status=FindingStatus.PENDING):
        accept_finding(acting_user=clerk, finding=finding, now=now)


def expected_tasks(stem: str) -> list[dict[str, Any]]:
    """Return the tasks of a demo document as its source states them."""
    written = json.loads((DOCUMENTS / f"{stem}.expected.json").read_text(encoding="utf-8"))
    return [task for document in written["documents"] for task in document["tasks"]]


def forms_of(city: str, key: str) -> set[str]:
    """Return every printed name that stands for a unit of a city pack: its own names, and its groups' where known."""

    def rows(table: str) -> list[dict[str, str]]:
        with (CITIES / city / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    names = {row[field] for row in rows("organizations") if row["key"] == key for field in ("name", "short_name")}
    names |= {row["alias"] for row in rows("aliases") if row["organization_key"] == key}
    groups = {row["group_key"] for row in rows("group_members") if row["organization_key"] == key}
    names |= {row["name"] for row in rows("groups") if row["key"] in groups}
    return {
        fold(name) for name in names | {row["alias"] for row in rows("group_aliases") if row["group_key"] in groups}
    }


def fold(name: str) -> str:
    """Return a name without white space and with its brackets in one width."""
    return "".join(name.split()).replace("(", "（").replace(")", "）")


def numbers_naming(tasks: list[dict[str, Any]], names: set[str], fields: tuple[str, ...] = ROLE_FIELDS) -> set[str]:
    """Return the numbers of the tasks that print one of the names in one of the roles."""
    return {
        task["number"]
        for task in tasks
        if any(fold(party) in names for field in fields for party in task.get(field, []))
    }


def shown_numbers(page: Page, rows: str = "tr[data-row]") -> set[str]:
    """Return the numbers of the tasks in the list, over all of its pages."""
    found = set(page.locator(f"{rows} td[data-label='No.']").all_inner_texts())
    following = page.locator("a[rel=next]")
    while following.count():
        with page.expect_navigation():
            following.first.click()
        found |= set(page.locator(f"{rows} td[data-label='No.']").all_inner_texts())
    return {number.strip() for number in found}
