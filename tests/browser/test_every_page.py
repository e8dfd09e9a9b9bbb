"""Every page that a role can reach in the demo city, in both languages and widths: nothing breaks, nothing is cut.

The demo is loaded once for all of them; the pages are found by following links from the first page.
"""

import re
from collections import Counter, deque
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page
from tests.browser.desk import PHONE, WIDE, bring_in

from luoshi.access.models import User
from luoshi.demo.loader import load_demo
from luoshi.demo.make_documents import DOCUMENTS
from luoshi.documents.actions import keep_as_printing, receive_file
from luoshi.documents.jobs import read_job

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Of a page that there are hundreds of (a task, a unit), one stands for the others; of these, some.
EXAMPLES = {"documents:document": 3, "ledger:confirm": 3, "ledger:task": 2}
FILES = re.compile(r"[?&]format=|/original/$|/akoma-ntoso\.xml$|^/attachments/|^/static/|^/tasks/export/")
# What every role must reach; a page that nobody links to any more is missed here.
OFFICE_PAGES = {
    "access:account",
    "access:password",
    "documents:compare",
    "documents:document",
    "documents:list",
    "documents:sentence",
    "ledger:confirm",
    "ledger:confirm_accept_clean",
    "ledger:confirm_edit",
    "ledger:confirm_name",
    "ledger:confirm_reject",
    "ledger:confirm_split",
    "ledger:import",
    "ledger:indicator",
    "ledger:indicator_suggestions",
    "ledger:indicators",
    "ledger:leader",
    "ledger:list",
    "ledger:overview",
    "ledger:printing",
    "ledger:task",
    "ledger:task_edit",
    "ledger:today",
    "ledger:unit",
    "registry:divisions",
    "registry:group",
    "registry:groups",
    "registry:people",
    "registry:person",
    "registry:proposals",
    "registry:unit",
    "registry:units",
    "web:about",
}
OWN_PAGES = {
    "access:account",
    "ledger:indicators",
    "ledger:list",
    "ledger:overview",
    "ledger:task",
    "ledger:today",
    "ledger:unit",
}
LEADER_PAGES = OWN_PAGES - {"ledger:unit"} | {"ledger:leader"}
READER_PAGES = OWN_PAGES | {"documents:document", "documents:list", "documents:sentence", "ledger:leader"}
ADMINISTRATOR_PAGES = {"access:accounts", "access:account_add", "access:manage", "access:audit", "ledger:today"}
ROLES = {
    "clerk": OFFICE_PAGES,
    "housing": OWN_PAGES,
    "mayor": LEADER_PAGES,
    "reader": READER_PAGES,
    "administrator": ADMINISTRATOR_PAGES,
    "": {"access:login", "web:about"},
}
# Words of a page as a person sees them, what sticks out of the window, and buttons whose words are cut.
LOOK = """() => {
  const seen = (element) => element.checkVisibility() && !element.closest('.visually-hidden');
  const words = (selector) => [...document.querySelectorAll(selector)].filter(seen).map((e) => e.innerText.trim());
  const cut = [...document.querySelectorAll('button, .button, .badge, h1, h2')].filter((e) => {
    const style = getComputedStyle(e);
    const shows = style.display === 'inline' || (e.matches('h1, h2') && style.overflowX === 'visible');
    return seen(e) && !shows && e.scrollWidth > e.clientWidth + 1;
  });
  return {
    title: document.title,
    language: document.documentElement.lang,
    words: words('h1, h2, thead th, button, a.button'),
    frame: words('thead th, .nav a, .tabs__tab, .filters label'),
    cut: cut.map((e) => e.innerText.trim()),
    links: [...document.querySelectorAll('a[href]:not([download])')].map((e) => e.getAttribute('href')),
  };
}"""
FITS = """async () => {
  for (let tries = 0; tries < 20; tries += 1) {
    if (document.documentElement.scrollWidth <= window.innerWidth) return true;
    await new Promise((rested) => setTimeout(rested, 50));
  }
  return false;
}"""
CHINESE = re.compile(r"[\u3400-\u9fff]")
WORD = re.compile(r"[A-Za-z]{2,}")
# Proper names, the language switch, formats, and keys of the keyboard.
SAME_IN_BOTH = {"English", "简体中文", "Excel", "CSV", "Luoshi"}


@dataclass
class Walk:
    """What one account met on its way."""

    who: str
    names: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)

    def complain(self, path: str, *words: object) -> None:
        self.complaints.append(" ".join([self.who, path, *map(str, words)]))


@pytest.fixture
def demo(live_server: Any) -> str:
    """Serve the demo city with a printing kept, one waiting, a gazette and a refused file; return its address."""
    now = timezone.now()
    load_demo(now=now, say=lambda _line: None)
    clerk = User.objects.get(username="clerk")
    keep_as_printing(acting_user=clerk, document=bring_in(clerk, "plan-2026-reprint.txt", now), now=now)
    third = (DOCUMENTS / "plan-2026-reprint.txt").read_bytes().replace("3.3万亩".encode(), "3.4万亩".encode())
    for name, content in {
        "third.txt": third,
        "gazette-2026-10.txt": (DOCUMENTS / "gazette-2026-10.txt").read_bytes(),
        "scan.pdf": b"\x89PNG\r\n\x1a\n" + bytes(64),
    }.items():
        read_job(receive_file(acting_user=clerk, name=name, chunks=[content], now=now))
    return str(live_server.url)


@pytest.fixture
def context(chromium: Browser, demo: str) -> BrowserContext:
    """Return one browser for all accounts, so that styles and scripts are fetched once."""
    opened = chromium.new_context(viewport={"width": WIDE, "height": 900}, reduced_motion="reduce", base_url=demo)
    opened.set_default_timeout(20_000)
    return opened


def be(context: BrowserContext, address: str, username: str, language: str) -> None:
    """Let the browser be that of an account, or of nobody."""
    cookies = {"luoshi_language": language}
    if username:
        user, session = User.objects.get(username=username), SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        cookies["sessionid"] = str(session.session_key)
    context.clear_cookies()
    context.add_cookies([{"name": key, "value": value, "url": address} for key, value in cookies.items()])


def listen(page: Page, walk: Walk) -> None:
    """Keep what the browser says against a page: errors of scripts, and of the security policy."""
    page.on("console", lambda said: walk.complain(page.url, said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: walk.complain(page.url, error))


def look(page: Page, path: str, walk: Walk, language: str) -> list[str]:
    """Open a page at both widths, complain about what is wrong, and return where its links lead."""
    answer = page.goto(path)
    assert answer
    if answer.status >= 400:
        walk.complain(path, answer.status)
        return []
    links: list[str] = []
    for width in (WIDE, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        if not fits(page):
            walk.complain(path, "is wider than", width)
        found = page.evaluate(LOOK)
        links = links or found["links"]
        for words in found["cut"]:
            walk.complain(path, "cuts at", width, words)
    page.set_viewport_size({"width": WIDE, "height": 900})
    if found["language"] != language:
        walk.complain(path, "is in", found["language"])
    if len(found["title"].split(" · ")[0]) < 2:
        walk.complain(path, "has no title:", found["title"])
    check_words(found, path, walk, language)
    return links


def check_words(found: dict[str, Any], path: str, walk: Walk, language: str) -> None:
    """Complain about English in a Chinese heading or button, and about Chinese around English contents."""
    said, wrong, right = (found["words"], WORD, CHINESE) if language == "zh-hans" else (found["frame"], CHINESE, WORD)
    for words in said:
        if wrong.search(words) and not right.search(words) and words not in SAME_IN_BOTH:
            walk.complain(path, "says", repr(words))


def fits(page: Page) -> bool:
    """Tell whether nothing sticks out of the window, once a change of its width has come to rest."""
    return bool(page.evaluate(FITS))


def follow(page: Page, start: str, walk: Walk, language: str, passed: Collection[str]) -> None:
    """Follow links from a page until every kind of page was seen in a few examples, ``passed`` ones aside."""
    waiting, known, seen = deque([start]), {start}, dict[str, int]()
    while waiting:
        path = waiting.popleft()
        name = name_of(path)
        if not name or name in passed or seen.get(name, 0) >= EXAMPLES.get(name, 1):
            continue
        seen[name] = seen.get(name, 0) + 1
        links = look(page, path, walk, language)
        for link in [within(page.url, each) for each in links]:
            if link and link not in known and not FILES.search(link):
                known.add(link)
                waiting.append(link)
    walk.names = set(seen)


def within(base: str, link: str) -> str:
    """Return the path and query that a link of a page leads to, nothing where it leads elsewhere."""
    here, there = urlsplit(base), urlsplit(urljoin(base, link))
    return there._replace(scheme="", netloc="", fragment="").geturl() if there[:2] == here[:2] else ""


def name_of(path: str) -> str:
    """Return the name of the page behind an address, nothing where no page is."""
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""


def test_every_page_of_every_role(context: BrowserContext, demo: str) -> None:
    complaints: list[str] = []
    # What so many roles have looked at, and a role need not see, looks the same to that role.
    for language, enough in (("zh-hans", 2), ("en", 1)):
        visits: Counter[str] = Counter()
        for username, wanted in ROLES.items():
            passed = {name for name, times in visits.items() if times >= enough} - wanted
            walk = walk_as(context, demo, username, language, passed)
            visits.update(walk.names)
            complaints += walk.complaints
            complaints += [f"{walk.who} does not reach {name}" for name in sorted(wanted - walk.names)]
    assert not complaints, "\n".join(complaints)


def walk_as(context: BrowserContext, address: str, username: str, language: str, passed: Collection[str]) -> Walk:
    """Walk the pages of one account, or of nobody."""
    walk = Walk(f"{username or 'nobody'} {language}")
    be(context, address, username, language)
    page = context.new_page()
    listen(page, walk)
    follow(page, "/" if username else reverse("access:login"), walk, language, passed)
    page.close()
    return walk
