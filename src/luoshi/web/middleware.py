"""What the shell does around every request: the language, and answers that htmx understands."""

import json
import re
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render, resolve_url
from django.utils import translation

Handler = Callable[[HttpRequest], HttpResponseBase]

# SQLite's one writer, PostgreSQL's lock_timeout, and two writers of which the server stopped one.
_LOCKED = re.compile(r"database (?:table )?is locked|lock timeout|deadlock detected")


class LanguageMiddleware:
    """Takes the language from the person's own choice (a cookie) and never from the browser's header.

    An office computer often asks for English although its user reads Chinese, so the header says nothing here.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = chosen_language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response


def chosen_language(request: HttpRequest) -> str:
    """Return the code in the language cookie when the service offers it, otherwise the default language."""
    asked = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "").lower()
    offered = {code for code, _ in settings.LANGUAGES}
    return asked if asked in offered else settings.LANGUAGE_CODE


class BusyMiddleware:
    """Answers 503 in words where the database did not come free to write in time; what was begun is undone."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Return the page for a database that is locked; any other error is not this one's to answer."""
        if not (isinstance(exception, OperationalError) and _LOCKED.search(str(exception))):
            return None
        response = render(request, "503.html", status=503)
        response.headers["Retry-After"] = "10"
        return response


class HtmxAnswerMiddleware:
    """Makes answers to htmx requests whole: an ended session leaves the page, and messages become toasts.

    Stands after Django's message middleware and django-htmx, because it reads what both have put on the request.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not getattr(request, "htmx", False):
            return response
        if _asks_for_login(response):
            return _leave_for_login(request)
        if response.status_code < 300 or response.status_code >= 400:
            _announce_messages(request, response)
        return response


def _asks_for_login(response: HttpResponseBase) -> bool:
    if response.status_code not in (301, 302, 303):
        return False
    target = urlsplit(response.headers.get("Location", "")).path
    return target == resolve_url(settings.LOGIN_URL)


def _leave_for_login(request: HttpRequest) -> HttpResponse:
    """Return an empty answer that sends the whole page to the log-in, and back to where it was afterwards."""
    shown = urlsplit(request.headers.get("HX-Current-URL", ""))
    query = QueryDict(mutable=True)
    if shown.path:
        query["next"] = f"{shown.path}?{shown.query}" if shown.query else shown.path
    address = resolve_url(settings.LOGIN_URL)
    return HttpResponse(
        status=204, headers={"HX-Redirect": f"{address}?{query.urlencode(safe='/')}" if query else address}
    )


def _announce_messages(request: HttpRequest, response: HttpResponseBase) -> None:
    """Put the waiting messages on the answer, unless it renders a whole page of its own or already triggers."""
    if "HX-Trigger" in response.headers or "HX-Redirect" in response.headers or "HX-Refresh" in response.headers:
        return
    waiting = [{"message": str(item), "tone": item.level_tag} for item in messages.get_messages(request)]
    if waiting:
        response.headers["HX-Trigger"] = json.dumps({"toasts": {"list": waiting}})
