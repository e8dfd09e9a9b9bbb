"""The language choice, and answers that htmx understands."""

import json
from typing import Any

import pytest
from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import RequestFactory
from django.utils.translation import get_language, gettext
from django_htmx.middleware import HtmxDetails

from luoshi.web.middleware import BusyMiddleware, HtmxAnswerMiddleware, LanguageMiddleware, chosen_language

LOGIN = "/account/login/"


@pytest.fixture(autouse=True)
def _login_address(settings: Any) -> None:
    settings.LOGIN_URL = LOGIN


@pytest.mark.parametrize(
    ("cookie", "language"),
    [(None, "zh-hans"), ("en", "en"), ("zh-hans", "zh-hans"), ("EN", "en"), ("fr", "zh-hans"), ("../etc", "zh-hans")],
)
def test_language_comes_from_the_cookie_alone(cookie: str | None, language: str) -> None:
    request = RequestFactory().get("/", headers={"Accept-Language": "fr,en;q=0.9"})
    if cookie is not None:
        request.COOKIES["luoshi_language"] = cookie
    assert chosen_language(request) == language


def test_language_ends_with_the_request() -> None:
    before = get_language()
    request = RequestFactory().get("/")
    response = LanguageMiddleware(lambda request: HttpResponse(gettext("Cancel")))(request)
    assert isinstance(response, HttpResponse)
    assert response.content.decode() == "取消"
    assert response.headers["Content-Language"] == "zh-hans"
    assert get_language() == before


def htmx_request(**headers: str) -> HttpRequest:
    request = RequestFactory().post("/act/", headers={"HX-Request": "true", **headers})
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return request


def answer(request: HttpRequest, response: HttpResponse, *said: str) -> Any:
    def view(request: HttpRequest) -> HttpResponse:
        for message in said:
            messages.success(request, message)
        return response

    return HtmxAnswerMiddleware(view)(request)


def test_ended_session_leaves_the_page_and_comes_back() -> None:
    request = htmx_request(**{"HX-Current-URL": "http://testserver/tasks/?unit=7&sort=due"})
    response = answer(request, HttpResponseRedirect(f"{LOGIN}?next=/act/"))
    assert response.status_code == 204
    assert response.headers["HX-Redirect"] == f"{LOGIN}?next=/tasks/%3Funit%3D7%26sort%3Ddue"


def test_ended_session_never_leads_to_another_host() -> None:
    request = htmx_request(**{"HX-Current-URL": "https://elsewhere.example/x"})
    response = answer(request, HttpResponseRedirect(LOGIN))
    assert "elsewhere" not in response.headers["HX-Redirect"]


def test_other_redirects_stay() -> None:
    response = answer(htmx_request(), HttpResponseRedirect("/tasks/"))
    assert response.status_code == 302


def test_full_pages_are_left_alone() -> None:
    request = RequestFactory().get("/")
    request.htmx = HtmxDetails(request)  # type: ignore[attr-defined]
    assert HtmxAnswerMiddleware(lambda request: HttpResponseRedirect(LOGIN))(request).status_code == 302


def test_messages_become_toasts() -> None:
    response = answer(htmx_request(), HttpResponse("x"), "已保存", "two")
    sent = response.headers["HX-Trigger"]
    assert sent.isascii()
    assert json.loads(sent) == {
        "toasts": {"list": [{"message": "已保存", "tone": "success"}, {"message": "two", "tone": "success"}]}
    }


def test_messages_wait_for_the_page_that_a_redirect_opens() -> None:
    request = htmx_request()
    response = answer(request, HttpResponse(status=204, headers={"HX-Redirect": "/tasks/"}), "Saved")
    assert "HX-Trigger" not in response.headers
    assert [str(message) for message in messages.get_messages(request)] == ["Saved"]


def test_nothing_said_sends_nothing() -> None:
    assert "HX-Trigger" not in answer(htmx_request(), HttpResponse("x")).headers


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OperationalError("database is locked"), 503),
        (OperationalError("canceling statement due to lock timeout"), 503),
        (OperationalError("no such table: ledger_task"), None),
        (ValueError("database is locked"), None),
    ],
)
def test_a_database_that_is_busy_is_said_in_words(error: Exception, status: int | None) -> None:
    request = htmx_request()
    response = BusyMiddleware(lambda request: HttpResponse()).process_exception(request, error)
    assert (response and response.status_code) == status
    if response is not None:
        assert response.headers["Retry-After"] == "10"
        assert "data-error-message" in response.content.decode()
