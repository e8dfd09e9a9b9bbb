"""Every page and every form of the service under values nobody should type: an answer, never a crash."""

from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from django.test import Client
from tests.hostile.walking import Form, Walk, send, shape_of, walk

from luoshi.access.audit import verify_chain

BrowserOf = Callable[..., Client]
SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}${7*7}"
HOSTILE = {
    "NUL": "a\0b",
    "a number longer than any column": "9" * 40,
    "a negative number": "-1",
    "a figure that is none": "²",
    "figures of another script": "٣",
    "longer than any field": "长" * 70_000,
    "beyond the first plane": "𠮷🏗\u202e\ufffe",
    "a script, half a statement, placeholders": f"{SCRIPT}' OR 1=1; -- %s %(x)s {{0}} {{x}} %",
    "blanks": " \t\u3000 ",
}
# Ending the session would end the test.
LEFT_OUT = ("/account/logout/", "/account/password/")
# What an address may ask for, whether or not a form sends it.
ASKED = (
    *("q", "plan", "leader", "unit", "role", "status", "due", "group", "section", "county", "partner", "mine", "names"),
    *("due_from", "due_to", "year", "sort", "page", "per_page", "back", "by", "finding", "show", "format", "kind"),
    *("with", "current", "actor", "action", "number", "since", "until", "text", "state", "next", "view", "from"),
)

# Every form with every hostile value takes minutes: a slow proof.
pytestmark = pytest.mark.soak


def forms_of(seen: Walk) -> Iterator[Form]:
    for form in seen.forms.values():
        if not form.action.startswith(LEFT_OUT):
            yield form


def test_every_link_that_an_account_is_shown_opens(browser_of: BrowserOf) -> None:
    for username in ("clerk", "housing", "administrator"):
        found = walk(browser_of(username), most=45)
        assert {address: status for address, status in found.statuses.items() if status >= 400} == {}, username
        assert len(found.pages) > 12


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_form_crashes(browser_of: BrowserOf, seen: Walk, kind: str) -> None:
    client = browser_of("clerk")
    forms = list(forms_of(seen))
    assert len(forms) > 25
    crashed = []
    for form in forms:
        for changed in (dict.fromkeys(form.values, HOSTILE[kind]), {**form.values, **_typed(form, HOSTILE[kind])}):
            response = send(client, form, {**changed})
            if response.status_code >= 500:
                crashed.append((form.page, form.action, sorted(form.values)))
    assert crashed == []
    assert verify_chain()[1] == []


def _typed(form: Form, value: str) -> dict[str, str]:
    """Return what a person could type into the fields that are empty."""
    return {name: value for name, given in form.values.items() if not given}


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_address_crashes(browser_of: BrowserOf, seen: Walk, kind: str) -> None:
    client = browser_of("clerk")
    crashed = []
    for address in {shape_of(address): address.partition("?")[0] for address in seen.pages}.values():
        asked = "&".join(f"{name}={quote(HOSTILE[kind][:3000])}" for name in ASKED)
        if client.get(f"{address}?{asked}").status_code >= 500:
            crashed.append(address)
    assert crashed == []
