"""The pages of the shell: components, about, errors; in both languages, within the policy."""

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from tests.web.test_template_policy import offences_in

from luoshi.web.assets import UnableToFindAssets

if TYPE_CHECKING:
    from luoshi.access.models import User

pytestmark = pytest.mark.django_db
LANGUAGES = ["zh-hans", "en"]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Elements that never have an end tag.
VOID = {"meta", "link", "input", "img", "br", "hr", "col", "source"}


class Outline(HTMLParser):
    """Collects what a well-made page can be judged by: ids, headings, unclosed elements, visible words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.labels: set[str] = set()
        self.headings: list[str] = []
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "label" and given.get("for"):
            self.labels.add(str(given["for"]))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(tag)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> at line {self.getpos()[0]}")


def opened(client: Client, path: str, language: str) -> str:
    client.cookies["luoshi_language"] = language
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_component_page_is_whole_and_holds_to_the_policy(client: Client, clerk: "User", language: str) -> None:
    client.force_login(clerk)
    html = opened(client, reverse("web:components"), language)
    outline = Outline(html)
    assert f'<html lang="{language}"' in html
    assert offences_in(html) == []
    assert outline.wrong == []
    assert [ident for ident in set(outline.ids) if outline.ids.count(ident) > 1] == []
    assert outline.labels <= set(outline.ids)
    assert outline.headings[0] == "h1"
    assert outline.headings.count("h1") == 1


def test_component_page_in_english_has_no_chinese_but_the_name_of_the_language(client: Client, clerk: "User") -> None:
    client.force_login(clerk)
    html = opened(client, reverse("web:components"), "en")
    assert set(CHINESE.findall(html)) <= set("简体中文")


def test_component_page_in_chinese_has_no_english_sentence(client: Client, clerk: "User") -> None:
    client.force_login(clerk)
    html = opened(client, reverse("web:components"), "zh-hans")
    words = re.sub(r"<script.*?</script>|<[^>]+>", " ", html, flags=re.S)
    assert re.findall(r"[A-Za-z]{3,} [A-Za-z]{2,} [A-Za-z]{2,}", words) == []


def test_component_page_needs_a_login(client: Client) -> None:
    assert client.get(reverse("web:components")).status_code == 302


def test_component_page_asks_the_database_for_no_rows_of_its_own(
    client: Client, clerk: "User", django_assert_max_num_queries: Any
) -> None:
    client.force_login(clerk)
    with django_assert_max_num_queries(6):
        client.get(reverse("web:components"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_about_is_public(client: Client, language: str, settings: Any) -> None:
    settings.LUOSHI_SOURCE_URL = "/source.tar"
    html = opened(client, reverse("web:about"), language)
    assert "AGPL" in html or "Affero" in html
    assert "/source.tar" in html


def test_language_switch_keeps_the_page(client: Client) -> None:
    about = reverse("web:about")
    response = client.post(reverse("set_language"), {"language": "en", "next": about})
    assert response.headers["Location"] == about
    assert "About this software" in client.get(about).content.decode()


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_error_page_stands_without_any_context(name: str) -> None:
    html = render_to_string(name)
    assert offences_in(html) == []
    assert re.search(r"data-error-message>\s*\S", html)
    assert Outline(html).wrong == []


def test_missing_page_answers_404_in_the_language_of_the_person(client: Client, clerk: "User") -> None:
    client.force_login(clerk)
    response = client.get("/there-is-no-such-page/")
    assert response.status_code == 404
    assert "页面不存在" in response.content.decode()
    assert 'id="main-navigation"' in response.content.decode()


def test_refused_form_says_what_to_do(clerk: "User") -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(clerk)
    response = client.post(reverse("set_language"), {"language": "en"})
    assert response.status_code == 403
    assert "表单已失效" in response.content.decode()


def test_page_says_that_the_front_end_is_not_built(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise UnableToFindAssets(name)

    monkeypatch.setattr("luoshi.web.templatetags.luoshi_web.find_entry", missing)
    html = opened(client, reverse("web:about"), "en")
    assert "The front end is not built." in html
    assert '<script type="module"' not in html
