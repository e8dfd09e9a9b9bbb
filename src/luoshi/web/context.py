"""What every template may ask about the shell around it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, gettext

from luoshi.reading.version import PARSER_VERSION
from luoshi.web.navigation import NavItem, list_navigation, reverse_or_empty

# The phone shows this many entries in its bottom bar; the rest is behind "Menu".
QUICK_ENTRIES = 4


@dataclass(frozen=True)
class LanguageChoice:
    """One language of the switch: its code, its name in itself, and whether it is the present one."""

    code: str
    active: bool


class Shell:
    """Answers the base template's questions, each one only when it is asked."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def navigation(self) -> list[NavItem]:
        return list_navigation(self._request)

    @property
    def quick_navigation(self) -> list[NavItem]:
        return self.navigation[:QUICK_ENTRIES]

    @property
    def error_base(self) -> str:
        """The frame of an error page: who is logged in keeps the navigation, to find the way back."""
        user = getattr(self._request, "user", None)
        return "web/base.html" if user is not None and user.is_authenticated else "web/base_public.html"

    @property
    def languages(self) -> list[LanguageChoice]:
        current = get_language()
        return [LanguageChoice(code=code, active=code == current) for code, _ in settings.LANGUAGES]

    @property
    def search_url(self) -> str:
        return reverse_or_empty("documents:search")

    @property
    def login_url(self) -> str:
        return reverse_or_empty("access:login")

    @property
    def logout_url(self) -> str:
        return reverse_or_empty("access:logout")

    @property
    def account_url(self) -> str:
        return reverse_or_empty("access:account")

    @property
    def return_path(self) -> str:
        """The page to come back to after the language was changed; a posted page is not asked for again."""
        return self._request.get_full_path() if self._request.method == "GET" else self._request.path

    @property
    def product_version(self) -> str:
        return product_version()

    @property
    def parser_version(self) -> str:
        return PARSER_VERSION

    @property
    def source_url(self) -> str:
        return str(getattr(settings, "LUOSHI_SOURCE_URL", ""))

    @property
    def strings(self) -> Mapping[str, str]:
        return script_strings()


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Give templates the variable ``shell``."""
    return {"shell": Shell(request)}


def product_version() -> str:
    """Return the version of the installed product, or an empty text when it runs from an unpacked tree."""
    try:
        return version("luoshi")
    except PackageNotFoundError:
        return ""


def script_strings() -> dict[str, str]:
    """Return the sentences that the scripts show, in the language of the request."""
    return {
        "cancel": gettext("Cancel"),
        "close": gettext("Close"),
        "confirm": gettext("Confirm"),
        "confirmTitle": gettext("Please confirm"),
        "errorForbidden": gettext("You are not allowed to do this."),
        "errorMissing": gettext("This is no longer there. Reload the page to see the present state."),
        "errorOffline": gettext("The service cannot be reached. Check the network and try again."),
        "errorServer": gettext("Something went wrong on the server. Nothing was changed."),
        "errorTooLarge": gettext("The file is too large for this service."),
        "fileRemove": gettext("Remove %(name)s from the list"),
        "filesChosen": gettext("%(count)s files chosen"),
        "retry": gettext("Try again"),
        "selected": gettext("%(count)s selected"),
        "shortcutsNone": gettext("This page has no shortcuts of its own."),
        "value": gettext("Value"),
    }
