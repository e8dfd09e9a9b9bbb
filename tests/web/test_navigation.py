"""Rooms declare the navigation; a person sees what they may open."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser

from luoshi.web.navigation import _current_url, list_navigation, reverse_or_empty


@pytest.fixture
def declared(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one room declare three entries, and the others none."""
    for config in apps.get_app_configs():
        monkeypatch.setattr(config, "navigation", [], raising=False)
    entries = [
        {"label": "Components", "url_name": "web:components", "icon": "components", "order": 20, "permission": ""},
        {"label": "About", "url_name": "web:about", "icon": "info-circle", "order": 10, "permission": "read_about"},
        {"label": "Nowhere", "url_name": "web:nowhere", "icon": "x", "order": 5, "permission": ""},
    ]
    monkeypatch.setattr(apps.get_app_config("web"), "navigation", entries, raising=False)


@pytest.mark.usefixtures("declared")
def test_entries_come_in_order_and_only_where_something_answers(request_of: Any, visitor: Any) -> None:
    shown = list_navigation(request_of.get("/components/", visitor("read_about")))
    assert [(item.label, item.active) for item in shown] == [("About", False), ("Components", True)]


@pytest.mark.usefixtures("declared")
def test_what_a_person_may_not_do_is_left_out(request_of: Any, visitor: Any) -> None:
    assert [item.label for item in list_navigation(request_of.get("/", visitor()))] == ["Components"]


@pytest.mark.usefixtures("declared")
def test_nobody_sees_nothing(request_of: Any) -> None:
    assert list_navigation(request_of.get("/", AnonymousUser())) == []
    assert list_navigation(request_of.get("/")) == []


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", "/"),
        ("/tasks/", "/tasks/"),
        ("/tasks/12/", "/tasks/"),
        ("/tasks/mine/", "/tasks/mine/"),
        ("/tasks-old/", ""),
        ("/elsewhere/", ""),
    ],
)
def test_longest_beginning_is_the_present_one(path: str, current: str) -> None:
    assert _current_url(path, ["/", "/tasks/", "/tasks/mine/"]) == current


def test_address_that_nobody_serves_is_empty() -> None:
    assert reverse_or_empty("nowhere:at_all") == ""


@pytest.mark.parametrize("config", apps.get_app_configs(), ids=lambda config: config.name)
def test_declarations_of_rooms_are_whole(config: Any) -> None:
    for entry in getattr(config, "navigation", []):
        assert set(entry) == {"label", "url_name", "icon", "order", "permission"}
        assert reverse_or_empty(entry["url_name"]), f"{entry['url_name']} is served by nobody"
