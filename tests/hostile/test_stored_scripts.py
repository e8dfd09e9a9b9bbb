"""A script in every text that a person or a file can bring in: shown as text, on every page and in every export."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from lxml import html
from openpyxl import load_workbook
from tests.hostile.walking import walk
from tests.ledger.factories import NOW, Item, make_document, make_leader, make_unit

from luoshi.access.models import User
from luoshi.ledger.actions import Evidence, add_note, add_subtask, attach_files, change_status
from luoshi.ledger.confirming.actions import accept_finding
from luoshi.ledger.listing.actions import save_view
from luoshi.ledger.models import Task
from luoshi.ledger.states import TaskStatus
from luoshi.registry.actions import add_group, add_organization_alias, propose_names
from luoshi.registry.models import NameKind

pytestmark = pytest.mark.django_db

MARK = "onxss"
EVIL = f"<script>{MARK}()</script><img src=x onerror={MARK}()>\"'`${{7*7}}{{{{7*7}}}}"
FORMULA = '=HYPERLINK("http://example.invalid","x")'


@pytest.fixture
def poisoned(clerk: User, make_user: Callable[..., User]) -> Task:
    """A city in which every text that can be a script is one."""
    unit = make_unit(clerk, f"市财政局{EVIL}"[:120], f"财政{EVIL}"[:120], key="finance", short_name=f"财政{EVIL}"[:120])
    leader = make_leader(clerk, f"李{EVIL}"[:60], key="li")
    add_group(acting_user=clerk, key="group", name=f"各部门{EVIL}"[:120], members=[unit], now=NOW)
    propose_names(names=[(f"新局{EVIL}"[:120], NameKind.UNIT)], seen_in=EVIL, now=NOW)
    User.objects.filter(pk=clerk.pk).update(display_name=EVIL[:64])
    clerk.refresh_from_db()
    items = [
        Item(
            EVIL + str(place),
            number=f"{place}<b>",
            section=f"一、{EVIL}",
            lead_leaders=[leader.name],
            lead_units=[unit.name],
            cooperating_units=[f"不认识{EVIL}"],
            deadline={"text": EVIL, "date": "2026-12-31", "span": {"start": 0, "end": 2}},
        )
        for place in range(3)
    ]
    document = make_document(clerk, items, title=EVIL, doc_number=f"云政发〔2026〕{EVIL}"[:64])
    for finding in list(document.findings.all())[:2]:
        accept_finding(acting_user=clerk, finding=finding, now=NOW)
    task = Task.objects.order_by("pk")[0]
    add_note(acting_user=clerk, task=task, text=EVIL, now=NOW)
    attach_files(acting_user=clerk, task=task, files=[Evidence(f"{EVIL}.txt", [b"x"])], now=NOW)
    add_subtask(acting_user=clerk, parent=task, text=EVIL, deadline=None, now=NOW)
    change_status(acting_user=clerk, task=task, version=task.version, to=TaskStatus.IN_PROGRESS, reason=EVIL, now=NOW)
    save_view(acting_user=clerk, name=EVIL[:64], query=f"q={EVIL}", is_shared=True, now=NOW)
    add_organization_alias(acting_user=clerk, organization=unit, alias=f"别名{EVIL}"[:120], now=NOW)
    return task


def browser(user: User, language: str) -> Client:
    client = Client()
    client.force_login(user)
    client.cookies["luoshi_language"] = language
    return client


def scripts_in(page: str) -> Iterator[str]:
    """Yield what a browser would run of the mark: elements, attributes that act, addresses that are scripts."""
    for element in html.fromstring(page).iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "script" and element.get("type") != "application/json" and MARK in (element.text or ""):
            yield html.tostring(element, encoding="unicode")[:200]
        for name, value in element.attrib.items():
            acts = name.startswith(("on", "x-", "@", "hx-on")) or (
                name in {"href", "src", "action"} and ":" in value[:12]
            )
            if (acts and MARK in value) or (element.tag == "img" and name == "src" and value == "x"):
                yield f"{element.tag} {name}={value[:100]}"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_no_page_runs_what_was_stored(poisoned: Task, clerk: User, administrator: User, language: str) -> None:
    query = "%3Cscript%3E" + MARK + "()%3C/script%3E%22%27onclick=" + MARK
    starts = [
        "/",
        f"/documents/search?q={query}",
        f"/tasks/?q={query}&section={query}&leader={query}",
        f"/tasks/?print=1&back={query}",
        f"/tasks/{poisoned.pk}/?back={query}",
        f"/tasks/{poisoned.pk}/?back=javascript:{MARK}()",
        "/documents/search?q=onxss",
        f"/documents/?q={query}",
    ]
    found = walk(browser(clerk, language), starts, most=90)
    # Who opens accounts sees names and the trail.
    found.pages.update(walk(browser(administrator, language), ["/account/trail/", "/"], most=30).pages)
    assert len(found.pages) > 40
    assert {address: list(scripts_in(page)) for address, page in found.pages.items() if list(scripts_in(page))} == {}
    # The texts are there, as texts.
    assert sum(MARK in page for page in found.pages.values()) > 20


def test_scripts_in_json_do_not_end_it(poisoned: Task, clerk: User) -> None:
    for address, page in walk(browser(clerk, "en"), most=60).pages.items():
        for element in html.fromstring(page).iter("script"):
            assert MARK not in (element.text or "") or "<" not in (element.text or ""), address


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_no_export_holds_a_formula(clerk: User, file_format: str) -> None:
    unit = make_unit(clerk, "市财政局", key="finance")
    texts = [FORMULA, "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "＝1+1"]
    document = make_document(
        clerk, [Item(text, section=FORMULA, lead_units=[unit.name]) for text in texts], title=FORMULA
    )
    for finding in document.findings.all():
        accept_finding(acting_user=clerk, finding=finding, now=NOW)
    client = browser(clerk, "en")
    addresses = [
        reverse("ledger:export") + f"?format={file_format}",
        reverse("ledger:overview") + f"?by=section&format={file_format}",
        reverse("documents:list") + f"?format={file_format}",
    ]
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200
        data = b"".join(response.streaming_content) if response.streaming else response.content
        for cell in _cells(data, file_format):
            assert not str(cell).lstrip("\t\r\n ").startswith(("=", "+", "@", "＝")), (address, cell)
            assert not (str(cell).startswith("-") and not str(cell)[1:].isdecimal()), (address, cell)


def _cells(data: bytes, file_format: str) -> Iterator[Any]:
    if file_format == "csv":
        for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))):
            yield from row
        return
    for sheet in load_workbook(io.BytesIO(data)).worksheets:
        for row in sheet.iter_rows():
            # A cell of text may begin with a sign: a workbook says of each cell what it is.
            yield from (
                cell.value if cell.data_type == "f" else str(cell.value or "").lstrip("=+-@\t＝") for cell in row
            )


def test_a_page_file_is_shown_as_text_and_handed_out_as_an_attachment(clerk: User) -> None:
    words = f"<p>1. 事<b onclick={MARK}()>情</b>。（责任单位：市财政局）</p>"
    page = f"<html><body><script>{MARK}()</script>{words}</body></html>"
    client = browser(clerk, "en")
    client.post(reverse("documents:upload"), {"files": [SimpleUploadedFile("a.html", page.encode())]})
    from luoshi.documents.jobs import read_job
    from luoshi.documents.models import ImportJob

    job = read_job(ImportJob.objects.get())
    assert job.reading is not None
    document = job.reading.documents.get()
    assert list(scripts_in(client.get(document.get_absolute_url()).content.decode())) == []
    response = client.get(reverse("documents:original", args=[document.pk]))
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"


def test_no_template_marks_a_text_as_safe() -> None:
    import luoshi

    folder = Path(luoshi.__file__).parent
    assert django_settings.TEMPLATES[0]["OPTIONS"].get("autoescape", True)
    for template in folder.rglob("templates/**/*.html"):
        text = template.read_text(encoding="utf-8")
        assert "|safe" not in text, template
        assert "autoescape off" not in text, template
