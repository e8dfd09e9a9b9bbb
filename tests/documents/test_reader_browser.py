"""The page of a document in a browser: text and records point at each other, also on a phone and without scripts."""

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from tests.documents.plans import TASKS, brought_in, plan

from luoshi.access.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """Return a headless Chromium, or skip where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api")
    if not os.path.exists(CHROMIUM):
        pytest.skip("Chromium is not installed")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Any, live_server: Any, clerk: User, client: Client) -> Iterator[Any]:
    """Return a function that opens an address as the supervision office."""
    client.force_login(clerk)
    contexts = []

    def opened(path: str, *, width: int = 1440, scripts: bool = True) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        contexts.append(context)
        url = str(live_server.url)
        context.add_cookies(
            [
                {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url},
                {"name": "luoshi_language", "value": "en", "url": url},
            ]
        )
        page = context.new_page()
        page.goto(f"{url}{path}")
        return page

    yield opened
    for context in contexts:
        context.close()


def is_seen(page: Any, selector: str) -> bool:
    """Tell whether an element stands within the window, once scrolling has come to rest."""
    page.wait_for_timeout(900)
    box = page.locator(selector).first.bounding_box()
    return box is not None and 0 <= box["y"] < page.viewport_size["height"]


def test_a_mark_opens_its_record_and_a_record_finds_its_sentence(open_page: Any, clerk: User) -> None:
    document = brought_in(clerk, plan(TASKS * 20))
    findings = list(document.findings.order_by("position"))
    page = open_page(document.get_absolute_url())

    page.locator(f'mark[data-finding="{findings[0].pk}"]').first.click()
    assert page.locator(f"#finding-{findings[0].pk} details").get_attribute("open") is not None
    assert is_seen(page, f"#finding-{findings[0].pk}")

    page.locator(f"#finding-{findings[50].pk} summary").click()
    assert is_seen(page, f'mark[data-finding="{findings[50].pk}"]')
    lit = page.locator("mark.is-lit").all()
    assert {mark.get_attribute("data-finding") for mark in lit} == {str(findings[50].pk)}


def test_keys_step_through_the_findings(open_page: Any, clerk: User) -> None:
    document = brought_in(clerk, plan())
    page = open_page(document.get_absolute_url())
    page.keyboard.press("j")
    page.keyboard.press("j")
    current = page.locator(".record.is-current")
    assert current.locator(".record__number").inner_text() == "2"
    page.keyboard.press("k")
    assert current.locator(".record__number").inner_text() == "1"


@pytest.mark.parametrize("scripts", [True, False])
def test_the_address_of_a_sentence_scrolls_to_it(open_page: Any, clerk: User, scripts: bool) -> None:
    document = brought_in(clerk, plan(TASKS * 40))
    start = document.findings.order_by("-position")[2].start
    page = open_page(document.sentence_url(start, start + 12), scripts=scripts)
    assert is_seen(page, "#cited")


def test_a_phone_shows_one_panel_at_a_time(open_page: Any, clerk: User) -> None:
    document = brought_in(clerk, plan())
    page = open_page(document.get_absolute_url(), width=390)
    assert page.locator("#text").is_visible()
    assert not page.locator("#findings").is_visible()
    page.locator('[data-panel-tab="findings"]').click()
    assert page.locator("#findings").is_visible()
    assert not page.locator("#text").is_visible()
    page.locator(".record summary").nth(2).click()
    third = document.findings.get(number="3")
    page.locator(f"#finding-{third.pk}").get_by_role("link", name="Show in the text").click()
    assert page.locator("#text").is_visible()
    assert is_seen(page, f'mark[data-finding="{third.pk}"]')
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") == 0


def test_without_scripts_everything_is_there(open_page: Any, clerk: User) -> None:
    document = brought_in(clerk, plan())
    page = open_page(document.get_absolute_url(), scripts=False)
    assert page.locator("#text").is_visible()
    assert page.locator("#findings").is_visible()
    assert page.locator("#about").is_visible()
    page.locator(".record summary").first.click()
    assert page.locator(".record__parties").first.is_visible()


def test_files_that_are_chosen_are_sent_and_their_outcome_appears(open_page: Any) -> None:
    page = open_page("/documents/")
    page.set_input_files(
        'input[type="file"]', [{"name": "plan.txt", "mimeType": "text/plain", "buffer": plan().encode()}]
    )
    page.get_by_role("button", name=re.compile("Read the files")).click()
    page.get_by_text("3 tasks were found in 1 document.").wait_for(timeout=15_000)
    page.locator("#documents").get_by_text("云政发〔2026〕1号").wait_for(timeout=15_000)
