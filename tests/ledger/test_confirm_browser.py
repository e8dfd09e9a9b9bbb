"""Confirming in a real browser: by keys alone, without scripts, and on a phone."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.ledger.confirm_desk import findings_of, make_four_findings, url

from luoshi.access.models import User
from luoshi.documents.models import Document
from luoshi.ledger.confirming.actions import accept_finding
from luoshi.ledger.models import Confirmation, ConfirmationKind, Task

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start one headless Chromium for these tests."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield started
        started.close()


@pytest.fixture
def document(clerk: User) -> Document:
    """Return a document of four findings: clean, clean, doubted by the parser, with an unknown name."""
    return make_four_findings(clerk)


@pytest.fixture
def open_desk(browser: Browser, live_server: Any, clerk: User, document: Document) -> Any:
    """Return a function that opens the page of the document; a complaint of the browser fails the test."""
    client = Client()
    client.force_login(clerk)
    cookies = {"sessionid": client.cookies["sessionid"].value, "luoshi_language": "en"}

    @contextmanager
    def opened(size: dict[str, int] = WIDE, scripts: bool = True, **query: Any) -> Iterator[Page]:
        context = browser.new_context(
            viewport=size,  # type: ignore[arg-type]
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        context.add_cookies([{"name": key, "value": value, "url": live_server.url} for key, value in cookies.items()])
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(live_server.url + url("confirm", document.pk, **query))
        yield page
        assert complaints == []
        context.close()

    return opened


def shows(page: Page, number: str) -> None:
    """Wait until the finding with this number is before the person."""
    expect(page.locator("#panel .confirm__number")).to_have_text(number)


def test_the_keys_accept_undo_and_move(open_desk: Any, document: Document) -> None:
    with open_desk() as page:
        shows(page, "3")
        page.keyboard.press("j")
        shows(page, "4")
        page.keyboard.press("k")
        shows(page, "3")
        page.keyboard.press("a")
        shows(page, "4")
        expect(page.locator("#confirm-said")).to_have_text("Accepted: 3 推进节水。")
        assert page.url.endswith(url("confirm", document.pk, finding=findings_of(document)[3].pk))
        page.keyboard.press("u")
        shows(page, "3")
    assert not Task.objects.exists()
    assert Confirmation.objects.get().undone_at


def test_the_sentence_is_scrolled_to_in_its_pane_and_the_page_stays(open_desk: Any) -> None:
    with open_desk() as page:
        shows(page, "3")
        expect(page.locator("#lit")).to_be_in_viewport()
        assert page.evaluate("window.scrollY") == 0


def test_editing_by_keys_shows_the_difference_while_typing_goes_on(open_desk: Any) -> None:
    with open_desk() as page:
        page.keyboard.press("e")
        field = page.locator("#id_text")
        expect(field).to_have_value("推进节水。")
        field.fill("大力推进节水。")
        page.locator("#name-0").click()
        expect(page.locator("#check ins")).to_have_text("大力")
        expect(page.locator("#name-0")).to_be_focused()
        page.get_by_role("button", name="Accept with these changes").click()
        shows(page, "4")
    assert Task.objects.get().text == "大力推进节水。"


def test_names_of_the_registry_are_offered_while_typing(open_desk: Any) -> None:
    with open_desk() as page:
        page.keyboard.press("e")
        page.locator("#name-0").fill("财")
        expect(page.locator("#registry-names option")).to_have_attribute("value", "市财政局")


def test_ticked_findings_are_merged(open_desk: Any) -> None:
    with open_desk() as page:
        page.get_by_role("checkbox", name="Choose 1 for merging").check()
        page.keyboard.press("m")
        expect(page.locator(".merged__item")).to_have_count(2)
        page.get_by_role("button", name="Accept 2 findings as one task").click()
        shows(page, "4")
    assert Task.objects.get().text == "新建学校3所。\n推进节水。"


def test_another_cut_makes_other_parts_at_once(open_desk: Any, document: Document) -> None:
    with open_desk(finding=findings_of(document)[1].pk) as page:
        page.keyboard.press("s")
        expect(page.locator(".part")).to_have_count(2)
        page.locator(".cuts input").uncheck()
        expect(page.locator(".part")).to_have_count(0)
        page.locator(".cuts input").check()
        page.get_by_role("button", name="Accept as 2 tasks").click()
        shows(page, "3")
    assert Task.objects.count() == 2


def test_all_clean_ones_after_a_question(open_desk: Any) -> None:
    with open_desk() as page:
        page.get_by_role("link", name="Accept all clean ones (2)").click()
        page.get_by_role("dialog").get_by_role("button", name="Accept 2").click()
        expect(page.locator("#confirm-said")).to_have_text("Accepted 2 findings.")
        page.keyboard.press("u")
        expect(page.get_by_role("dialog")).to_contain_text("Take back 2 decisions")
        page.get_by_role("dialog").get_by_role("button", name="Take back").click()
        expect(page.locator("#confirm-said")).to_have_text("Taken back: 2 findings are open again.")
    assert not Task.objects.exists()


def test_a_colleague_who_was_faster_is_told_of_and_the_fresh_state_shown(
    open_desk: Any, document: Document, make_user: Any, now: Any
) -> None:
    colleague = make_user("colleague", "SUPERVISION_OFFICE", display_name="李督查")
    with open_desk() as page:
        accept_finding(acting_user=colleague, finding=findings_of(document)[2], now=now)
        page.keyboard.press("a")
        expect(page.locator(".toast")).to_contain_text("Somebody has already decided about this finding.")
        expect(page.locator(".confirm__decision")).to_contain_text("李督查")
    assert Task.objects.count() == 1


def test_everything_works_without_scripts(open_desk: Any, document: Document) -> None:
    with open_desk(scripts=False) as page:
        page.get_by_role("link", name="Accept all clean ones (2)").click()
        page.get_by_role("button", name="Accept them").click()
        page.get_by_role("button", name="Accept", exact=False).first.click()
        page.locator("a[data-shortcut=r]").click()
        page.get_by_role("button", name="Reject the finding").click()
        expect(page.locator("#panel-title")).to_contain_text("Everything is decided")
    kinds = sorted(Confirmation.objects.values_list("kind", flat=True))
    assert kinds == [ConfirmationKind.ACCEPT] * 3 + [ConfirmationKind.REJECT]


def test_a_phone_shows_it_without_scrolling_sideways_and_every_act_in_reach(open_desk: Any) -> None:
    with open_desk(PHONE) as page:
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        accept = page.locator("[data-shortcut=a]")
        expect(accept).to_be_in_viewport()
        sizes = [each.bounding_box() for each in page.locator(".confirm__acts .button").all()]
        assert all(box and box["height"] >= 44 for box in sizes)
        accept.click()
        shows(page, "4")
    assert Task.objects.count() == 1
