"""The registry and the accounts in a real browser: widths, policy, and settling a name without the mouse."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from tests.conftest import PASSWORD

from luoshi.access.models import User
from luoshi.registry.actions import propose_names
from luoshi.registry.models import NameKind, OrganizationName

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("city")]

OFFICE = [
    ("registry:units", []),
    ("registry:unit", ["development-reform"]),
    ("registry:unit_add", []),
    ("registry:groups", []),
    ("registry:group", ["city-renewal"]),
    ("registry:group_members", ["counties"]),
    ("registry:people", []),
    ("registry:person", ["gao-heming"]),
    ("registry:divisions", []),
    ("registry:proposals", []),
    ("access:account", []),
    ("access:password", []),
]
ADMINISTRATION = [("access:accounts", []), ("access:account_add", []), ("access:audit", [])]


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
def waiting(now: dt.datetime) -> None:
    """Let two names wait, one of them long."""
    names = [("市财政管理局", NameKind.UNIT), ("市委常委、市纪委书记", NameKind.PERSON)]
    propose_names(names=names, seen_in="云川市人民政府关于印发重点工作任务分工方案的通知" * 3, now=now)


def context_of(browser: Browser, address: str, user: User | None, width: int, language: str) -> BrowserContext:
    """Return a browser of somebody who is logged in, or of nobody."""
    context = browser.new_context(viewport={"width": width, "height": 844})
    cookies = {"luoshi_language": language}
    if user:
        client = Client()
        client.force_login(user)
        cookies["sessionid"] = client.cookies["sessionid"].value
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
    return context


def page_of(context: BrowserContext, complaints: list[str]) -> Page:
    """Return a page that keeps what the browser complains about."""
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    return page


@pytest.mark.usefixtures("waiting")
@pytest.mark.parametrize(("width", "language"), [(1440, "zh-hans"), (390, "zh-hans"), (390, "en")])
def test_every_page_fits_its_width_and_breaks_no_policy(
    browser: Browser, live_server: Any, clerk: User, administrator: User, width: int, language: str
) -> None:
    complaints: list[str] = []
    wide: list[str] = []
    for user, names in ((clerk, OFFICE), (administrator, ADMINISTRATION), (None, [("access:login", [])])):
        context = context_of(browser, live_server.url, user, width, language)
        page = page_of(context, complaints)
        for name, args in names:
            page.goto(live_server.url + reverse(name, args=args))
            if page.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
                wide.append(name)
        context.close()
    assert (wide, complaints) == ([], [])


@pytest.mark.usefixtures("waiting")
def test_a_name_is_settled_from_the_log_in_on_without_the_mouse(
    browser: Browser, live_server: Any, clerk: User
) -> None:
    context = context_of(browser, live_server.url, None, 1440, "zh-hans")
    page = context.new_page()
    page.goto(live_server.url + reverse("registry:proposals"))
    page.keyboard.type("clerk")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    heading = page.locator("#name h2")
    expect(heading).to_have_text("市委常委、市纪委书记")
    page.keyboard.press("j")
    expect(heading).to_have_text("市财政管理局")
    page.keyboard.press("1")
    expect(page.locator("#confirm")).to_contain_text("市财政局")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("[data-toast]")).to_contain_text("市财政管理局")
    expect(heading).to_have_text("市委常委、市纪委书记")
    context.close()
    assert OrganizationName.objects.get(name="市财政管理局").organization.key == "finance"


def test_members_are_found_by_typing_any_form_of_the_name(browser: Browser, live_server: Any, clerk: User) -> None:
    context = context_of(browser, live_server.url, clerk, 1440, "zh-hans")
    page = context.new_page()
    page.goto(live_server.url + reverse("registry:group_members", args=["zones"]))
    page.locator("#wanted").fill("市发改委")
    expect(page.locator("[data-names]:visible")).to_have_count(1)
    page.get_by_label("市发展改革委").check()
    page.locator("#wanted").fill("")
    page.get_by_role("button", name="保存成员").first.click()
    expect(page.locator("main")).to_contain_text("市发展改革委")
    context.close()
