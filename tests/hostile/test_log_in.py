"""The way in: values nobody should type, addresses of others, and sessions that have ended."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from tests.conftest import PASSWORD
from tests.hostile.test_hostile_forms import HOSTILE

from luoshi.access.audit import verify_chain
from luoshi.access.models import User

pytestmark = pytest.mark.django_db

ELSEWHERE = (
    "https://example.invalid/",
    "//example.invalid/",
    "///example.invalid",
    "/\\example.invalid",
    "\\\\example.invalid",
    "javascript:alert(1)",
    "http:///example.invalid",
    "/\t/example.invalid",
    "/%0d%0aSet-Cookie:x=1",
    "\r\nSet-Cookie: x=1",
)


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_name_or_password_crashes(client: Client, kind: str) -> None:
    for data in ({"username": HOSTILE[kind], "password": "x"}, {"username": "clerk", "password": HOSTILE[kind]}):
        response = client.post(reverse("access:login"), {**data, "next": HOSTILE[kind]})
        assert response.status_code == 422
        assert "_auth_user_id" not in client.session
    assert verify_chain()[1] == []


@pytest.mark.parametrize("address", ELSEWHERE)
def test_nobody_is_sent_elsewhere(client: Client, clerk: User, address: str) -> None:
    sent = client.post(reverse("access:login"), {"username": "clerk", "password": PASSWORD, "next": address})
    assert sent.status_code == 302
    assert sent["Location"].startswith("/")
    assert not sent["Location"].startswith(("//", "/\\"))
    assert "example.invalid" not in sent["Location"]
    assert "x" not in sent.cookies
    switched = client.post(reverse("set_language"), {"language": "en", "next": address})
    assert "example.invalid" not in switched.get("Location", "")
    again = client.get(reverse("access:login"), {"next": address})
    assert "example.invalid" not in again["Location"]


def test_a_closed_account_is_out_at_once(clerk: User) -> None:
    client = Client()
    client.force_login(clerk)
    assert client.get(reverse("ledger:list")).status_code == 200
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    response = client.get(reverse("ledger:list"))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("access:login"))


def test_a_right_taken_away_is_gone_with_the_next_click(clerk: User) -> None:
    client = Client()
    client.force_login(clerk)
    assert client.get(reverse("ledger:import")).status_code == 200
    clerk.role_grants.all().delete()
    assert client.get(reverse("ledger:import")).status_code == 403
    assert client.get(reverse("ledger:list")).context["total"] == 0


def test_another_password_ends_the_other_sessions(clerk: User, make_user: Callable[..., User]) -> None:
    here, there = Client(), Client()
    here.force_login(clerk)
    there.force_login(clerk)
    new = "another long one, 2026"
    form = {"old": PASSWORD, "password": new, "again": new}
    assert here.post(reverse("access:password"), form).status_code == 302
    assert here.get(reverse("ledger:list")).status_code == 200
    assert there.get(reverse("ledger:list")).status_code == 302
