"""The shell in a real browser: policy, widths, keyboard, and what works without scripts."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect, sync_playwright

from luoshi.web.assets import DIST

if TYPE_CHECKING:
    from luoshi.access.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start one headless Chromium for these tests."""
    if not (DIST / "manifest.json").is_file():
        pytest.fail("the front end is not built: npm ci && npm run build")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield started
        started.close()


class Desk:
    """Opens the component page as a logged-in clerk, and keeps what the browser complained about."""

    def __init__(self, browser: Browser, address: str, session: str) -> None:
        self.browser = browser
        self.address = address
        self.session = session
        self.complaints: list[str] = []

    @contextmanager
    def open(self, size: dict[str, int] = WIDE, language: str = "en", scripts: bool = True) -> Iterator[Page]:
        context = self.browser.new_context(
            viewport=size,  # type: ignore[arg-type]
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        cookies = {"sessionid": self.session, "luoshi_language": language}
        context.add_cookies([{"name": name, "value": value, "url": self.address} for name, value in cookies.items()])
        page = context.new_page()
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(self.address + reverse("web:components"))
        yield page
        context.close()


@pytest.fixture
def desk(browser: Browser, live_server: Any, clerk: "User") -> Desk:
    client = Client()
    client.force_login(clerk)
    return Desk(browser, live_server.url, client.cookies["sessionid"].value)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1440", "390"])
def test_page_fits_its_width_and_breaks_no_policy(desk: Desk, size: dict[str, int], language: str) -> None:
    with desk.open(size, language) as page:
        for chart in page.locator("[data-chart-canvas]").all():
            chart.scroll_into_view_if_needed()
            expect(chart.locator("canvas")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert desk.complaints == []


def test_touch_targets_of_a_phone_are_large(desk: Desk) -> None:
    with desk.open(PHONE) as page:
        small = page.evaluate(
            """() => [...document.querySelectorAll('.button, .menu__item, .bottom-bar a, .pager__link')]
                .filter((element) => element.getClientRects().length && element.getBoundingClientRect().height < 43.5)
                .map((element) => element.className)"""
        )
    assert small == []


def test_shortcuts_press_buttons_but_not_while_typing(desk: Desk) -> None:
    with desk.open() as page:
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("n")
        expect(page.locator("#sample-dialog")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("#sample-dialog")).to_be_hidden()
        page.locator("#id_note").focus()
        page.keyboard.type("n?")
        expect(page.locator("#id_note")).to_have_value("n?")
        expect(page.locator("dialog[open]")).to_have_count(0)
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("?")
        expect(page.locator("#shortcuts")).to_contain_text("New task")


def test_ticked_rows_bring_the_bulk_bar_and_shift_takes_a_stretch(desk: Desk) -> None:
    with desk.open() as page:
        bar, boxes = page.locator("[data-bulk-bar]"), page.locator("[data-row-select]")
        expect(bar).to_be_hidden()
        boxes.nth(1).click()
        boxes.nth(4).click(modifiers=["Shift"])
        expect(bar).to_contain_text("4 selected")
        page.locator("[data-select-all]").check()
        expect(bar).to_contain_text("6 selected")
        page.locator("[data-bulk-clear]").click()
        expect(bar).to_be_hidden()


def test_question_holds_an_act_back(desk: Desk) -> None:
    with desk.open() as page:
        # A click that reaches the page is an act that went through.
        page.evaluate(
            """() => {
                window.acts = 0;
                document.body.addEventListener('click', (event) => {
                    if (event.target.closest('[data-confirm]')) window.acts += 1;
                });
            }"""
        )
        for answer, acts in (("Cancel", 0), ("Delete", 1)):
            page.get_by_text("More", exact=True).click()
            page.locator("[data-confirm]").click()
            expect(page.locator("#confirm")).to_contain_text("cannot be undone")
            page.locator("#confirm").get_by_role("button", name=answer).click()
            expect(page.locator("#confirm")).to_be_hidden()
            page.wait_for_function(f"window.acts === {acts}")


def test_chosen_files_add_up_and_can_be_taken_back(desk: Desk) -> None:
    with desk.open() as page:
        field = page.locator("#drop-files")
        field.set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"x" * 1500})
        field.set_input_files({"name": "b.txt", "mimeType": "text/plain", "buffer": b"x"})
        expect(page.locator(".drop-zone__file")).to_have_count(2)
        expect(page.locator(".drop-zone__file").first).to_contain_text("1.5 KB")
        page.get_by_label("Remove a.pdf from the list").click()
        assert page.evaluate("[...document.querySelector('#drop-files').files].map((file) => file.name)") == ["b.txt"]


def test_failed_fragment_shows_the_sentence_of_the_server(desk: Desk) -> None:
    with desk.open() as page:
        page.evaluate("htmx.ajax('GET', '/there-is-no-such-page/', {target: '#sample-bulk'})")
        expect(page.locator(".toast--danger")).to_contain_text("mistyped")


def test_part_takes_the_place_of_one_whose_style_a_script_has_touched(desk: Desk) -> None:
    """Extensions leave ``style=""`` behind on fields; the new part must not be given it, for the policy forbids it."""
    with desk.open() as page:
        page.evaluate("document.querySelector('#drop-files').style.setProperty('caret-color', 'red')")
        page.evaluate("document.querySelector('#drop-files').style.removeProperty('caret-color')")
        assert page.evaluate("document.querySelector('#drop-files').hasAttribute('style')")
        page.evaluate("htmx.ajax('GET', '/components/', {target: 'main', select: 'main', swap: 'outerHTML'})")
        page.wait_for_function("!document.querySelector('#drop-files').hasAttribute('style')")
        page.wait_for_timeout(100)
    assert desk.complaints == []


def test_ended_session_takes_the_page_to_the_login(desk: Desk) -> None:
    with desk.open() as page:
        page.context.clear_cookies(name="sessionid")
        page.evaluate("htmx.ajax('GET', '/components/', {target: '#sample-bulk'})")
        page.wait_for_url(f"**{reverse(settings.LOGIN_URL)}?next=/components/")


def test_link_to_a_sentence_scrolls_there_and_flashes_it(desk: Desk) -> None:
    with desk.open() as page:
        page.locator("a[href='#sample-doubt']").click()
        expect(page.locator("#sample-doubt")).to_be_in_viewport()
        page.locator("a[href='#sample-target']").hover()
        expect(page.locator("#sample-target")).to_have_class("mark mark--target is-lit")


def test_filters_of_a_phone_open_when_they_are_asked_for(desk: Desk) -> None:
    with desk.open(PHONE) as page:
        fields = page.locator(".filters__fields")
        expect(fields).to_be_hidden()
        page.locator("[data-filters-toggle]").click()
        expect(fields).to_be_visible()
    with desk.open(PHONE, scripts=False) as page:
        expect(page.locator(".filters__fields")).to_be_visible()


def test_drawer_opens_closes_and_gives_the_focus_back(desk: Desk) -> None:
    with desk.open(PHONE) as page:
        opener, drawer = page.locator(".bottom-bar [data-drawer-open]"), page.locator("#main-navigation")
        expect(drawer).to_be_hidden()
        opener.click()
        expect(drawer).to_be_visible()
        page.keyboard.press("Escape")
        expect(drawer).to_be_hidden()
        expect(opener).to_be_focused()


def test_without_scripts_menu_drawer_and_bulk_bar_still_work(desk: Desk) -> None:
    with desk.open(PHONE, scripts=False) as page:
        expect(page.locator("[data-bulk-bar]")).to_be_visible()
        page.locator(".page-header .menu summary").first.click()
        expect(page.locator(".page-header .menu__panel").first).to_be_visible()
        page.locator(".bottom-bar [data-drawer-open]").click()
        expect(page.locator("#main-navigation")).to_be_visible()


def test_printed_page_leaves_the_desk_away(desk: Desk) -> None:
    with desk.open() as page:
        page.emulate_media(media="print")
        for part in (".topbar", "#main-navigation", ".filters__fields", ".bulk-bar", ".footer"):
            expect(page.locator(part)).to_be_hidden()
        expect(page.locator("h1")).to_be_visible()
        expect(page.get_by_text("Printed by")).to_be_visible()
