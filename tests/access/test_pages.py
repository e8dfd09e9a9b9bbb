"""Logging in, the own account, everybody's accounts, and the trail, as pages."""

import csv
import datetime as dt
import io
import re
from collections.abc import Callable, Iterator
from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.conftest import PASSWORD

from luoshi.access import scope_names
from luoshi.access.actions import change_password, create_user, grant_role, set_active
from luoshi.access.audit import verify_chain
from luoshi.access.logging_in import TRIES, WINDOW, UnableToLogIn, check_log_in
from luoshi.access.models import AuditEntry, LoginFailure, RoleGrant, User
from luoshi.access.permissions import Role

pytestmark = pytest.mark.django_db

LOGIN = "/account/log-in/"
NEUTRAL = "用户名或密码不正确"
LATER = "15 分钟后再试"
ADDRESS = "203.0.113.7"


def text_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


@pytest.fixture
def desk(client: Client, administrator: User) -> Client:
    """Return the browser of an account administrator."""
    client.force_login(administrator)
    return client


@pytest.fixture
def unit_scope() -> Iterator[str]:
    """Let one scope be offered, as the registry offers those of its units."""
    key = "unit:some-unit/"
    choice = scope_names.ScopeChoice(key, "某单位", "单位")
    with (
        mock.patch.object(scope_names, "_scopes", [lambda: [choice]]),
        mock.patch.object(scope_names, "_describers", [lambda keys: {key: "某单位"} if key in keys else {}]),
    ):
        yield key


# --- logging in ---------------------------------------------------------------------------------------------------


def log_in(client: Client, username: str = "reader", password: str = PASSWORD, **data: str) -> object:
    return client.post(LOGIN, {"username": username, "password": password, **data}, REMOTE_ADDR=ADDRESS)


def test_the_log_in_is_public_and_says_nothing_about_accounts(client: Client) -> None:
    response = client.get(LOGIN)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]


def test_a_right_password_opens_the_account_whatever_the_case_of_the_name(client: Client, reader: User) -> None:
    response = log_in(client, "Reader")
    assert response.status_code == 302  # type: ignore[attr-defined]
    assert client.get(reverse("access:account")).status_code == 200
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.source) == ("access.log_in", "reader", ADDRESS)


def test_every_failure_gets_the_same_answer(client: Client, reader: User, make_user: Callable[..., User]) -> None:
    closed = make_user("closed", "READ_ONLY")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    unusable = make_user("unusable", "READ_ONLY")
    unusable.set_unusable_password()
    unusable.save()
    tries = [("reader", "wrong"), ("nobody", PASSWORD), ("closed", PASSWORD), ("unusable", "x")]
    answers = {neutral(text_of(log_in(client, name, word)), name) for name, word in tries}
    assert len(answers) == 1
    assert NEUTRAL in answers.pop()
    assert "_auth_user_id" not in client.session


def neutral(page: str, name: str) -> str:
    """Return a page without what differs from request to request: the name typed and the tokens of the forms."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"|data-csrf="\w*"', "", page).replace(f'value="{name}"', "")


def test_a_failure_is_kept_with_the_name_as_given(client: Client, reader: User) -> None:
    log_in(client, "Rea der", "wrong")
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.source) == ("access.refuse_log_in", "Rea der", ADDRESS)
    assert verify_chain() == (1, [])


@pytest.mark.parametrize("name", ["x" * 150, "İ" * 64, "a\x00b", "  ", "💥" * 20])
def test_a_strange_name_does_no_harm(client: Client, name: str) -> None:
    assert log_in(client, name, "wrong").status_code == 422  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "asked",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "///elsewhere.example/",
        "/\\elsewhere.example/",
        "http:elsewhere.example",
        "javascript:alert(1)",
        "\thttps://elsewhere.example/",
        "http://testserver.elsewhere.example/",
    ],
)
def test_nobody_is_led_out_of_the_house(client: Client, reader: User, asked: str) -> None:
    response = log_in(client, next=asked)
    assert response.status_code == 302  # type: ignore[attr-defined]
    assert "elsewhere" not in response["Location"]  # type: ignore[index]
    assert "javascript" not in response["Location"]  # type: ignore[index]
    assert "elsewhere" not in client.get(LOGIN, {"next": asked}).get("Location", "")


def test_the_page_asked_for_opens_afterwards(client: Client, reader: User) -> None:
    refused = client.get("/registry/people/?q=a")
    assert refused["Location"] == f"{LOGIN}?next=/registry/people/%3Fq%3Da"
    assert 'value="/registry/people/?q=a"' in text_of(client.get(refused["Location"]))
    assert log_in(client, next="/registry/people/?q=a")["Location"] == "/registry/people/?q=a"  # type: ignore[index]


def test_who_is_logged_in_already_goes_on(client: Client, reader: User, administrator: User) -> None:
    client.force_login(reader)
    assert client.get(LOGIN).status_code == 302
    assert client.get(LOGIN, {"next": "/registry/"})["Location"] == "/registry/"
    client.force_login(administrator)
    assert client.get(LOGIN)["Location"] == reverse("access:accounts")


def test_logging_in_needs_the_token_of_the_form(reader: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert log_in(strict).status_code == 403  # type: ignore[attr-defined]


def test_logging_in_starts_another_session(client: Client, reader: User) -> None:
    planted = client.session
    planted["planted"] = "yes"
    planted.save()
    log_in(client)
    assert "_auth_user_id" in client.session
    assert client.session.session_key != planted.session_key


def test_logging_out_is_posted_and_ends_the_session(client: Client, reader: User) -> None:
    client.force_login(reader)
    assert client.get(reverse("access:logout")).status_code == 405
    assert client.post(reverse("access:logout"))["Location"] == LOGIN
    assert client.get(reverse("access:account")).status_code == 302
    assert AuditEntry.objects.get().action == "access.log_out"


# --- the lockout --------------------------------------------------------------------------------------------------


def attempt(now: dt.datetime, username: str = "reader", password: str = "wrong", address: str = ADDRESS) -> bool:
    """Try to log in and tell whether the name is locked; :raises AssertionError: where the try succeeds."""
    with pytest.raises(UnableToLogIn) as caught:
        check_log_in(username=username, password=password, address=address, now=now)
    return caught.value.is_locked


def test_the_tenth_failure_locks_even_the_right_password_out(client: Client, reader: User) -> None:
    for number in range(1, TRIES + 1):
        answer = text_of(log_in(client, "reader", "wrong"))
        assert NEUTRAL in answer
        assert (LATER in answer) == (number == TRIES)
    answer = text_of(log_in(client))
    assert NEUTRAL in answer
    assert LATER in answer
    assert "_auth_user_id" not in client.session
    assert AuditEntry.objects.filter(action="access.refuse_log_in").count() == TRIES + 1


def test_a_name_that_does_not_exist_is_locked_the_same_way(now: dt.datetime) -> None:
    assert [attempt(now, "nobody") for _n in range(TRIES + 1)] == [False] * (TRIES - 1) + [True, True]


def test_the_lock_is_for_one_name_and_one_address(reader: User, clerk: User, now: dt.datetime) -> None:
    for _n in range(TRIES):
        attempt(now, " READER ")
    assert attempt(now)
    assert check_log_in(username="reader", password=PASSWORD, address="203.0.113.8", now=now) == reader
    assert check_log_in(username="clerk", password=PASSWORD, address=ADDRESS, now=now) == clerk


def test_the_lock_ends_although_tries_go_on(reader: User, now: dt.datetime) -> None:
    for _n in range(TRIES):
        attempt(now)
    for minute in range(1, 15):
        assert attempt(now + dt.timedelta(minutes=minute))
    assert check_log_in(username="reader", password=PASSWORD, address=ADDRESS, now=now + WINDOW) == reader


def test_a_right_password_clears_what_was_counted(reader: User, now: dt.datetime) -> None:
    for _n in range(TRIES - 1):
        attempt(now)
    check_log_in(username="reader", password=PASSWORD, address=ADDRESS, now=now)
    assert not attempt(now)
    assert LoginFailure.objects.count() == 1


def test_old_failures_are_forgotten(now: dt.datetime) -> None:
    attempt(now, "nobody")
    attempt(now + WINDOW, "somebody")
    assert list(LoginFailure.objects.values_list("name", flat=True)) == ["somebody"]


# --- the own account ----------------------------------------------------------------------------------------------


def test_everybody_sees_their_roles_in_words(client: Client, make_user: Callable[..., User], unit_scope: str) -> None:
    user = make_user("wang", "UNIT_LIAISON", unit_scope, display_name="王联络")
    client.force_login(user)
    page = text_of(client.get(reverse("access:account")))
    assert "单位联络员" in page
    assert "某单位" in page
    assert unit_scope not in page


def test_the_own_password_is_changed_and_the_session_stays(client: Client, reader: User) -> None:
    client.force_login(reader)
    data = {"old": PASSWORD, "password": "another quiet office", "again": "another quiet office"}
    assert client.post(reverse("access:password"), data)["Location"] == reverse("access:account")
    assert client.get(reverse("access:account")).status_code == 200
    reader.refresh_from_db()
    assert reader.check_password("another quiet office")
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.before, entry.after) == ("access.change_password", None, None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"old": "wrong"}, "old"),
        ({"again": "something else"}, "again"),
        ({"password": "short", "again": "short"}, "password"),
        ({"password": "1234567890123", "again": "1234567890123"}, "password"),
        ({"password": "qwertyuiop", "again": "qwertyuiop"}, "password"),
        ({"password": "reader1234", "again": "reader1234"}, "password"),
        ({"password": "", "again": ""}, "password"),
    ],
)
def test_a_weak_or_wrong_password_is_refused(client: Client, reader: User, changes: dict[str, str], field: str) -> None:
    client.force_login(reader)
    data = {"old": PASSWORD, "password": "another quiet office", "again": "another quiet office", **changes}
    response = client.post(reverse("access:password"), data)
    reader.refresh_from_db()
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert reader.check_password(PASSWORD)


def test_a_password_change_ends_other_sessions(client: Client, reader: User, now: dt.datetime) -> None:
    client.force_login(reader)
    change_password(acting_user=reader, user=reader, password="another quiet office", now=now)
    assert client.get(reverse("access:account")).status_code == 302


# --- everybody's accounts ----------------------------------------------------------------------------------------


def pages(user: User) -> list[tuple[str, str]]:
    """Return method and address of every page about other people's accounts and the trail."""
    managed = [
        ("post", reverse(f"access:{name}", args=[user.pk])) for name in ("grant", "revoke", "switch", "reset_password")
    ]
    return [
        ("get", reverse("access:accounts")),
        ("get", reverse("access:account_add")),
        ("post", reverse("access:account_add")),
        ("get", reverse("access:manage", args=[user.pk])),
        *managed,
        ("get", reverse("access:audit")),
        ("get", reverse("access:audit") + "?format=csv"),
        ("post", reverse("access:audit_verify")),
    ]


@pytest.mark.parametrize("role", ["SUPERVISION_OFFICE", "UNIT_LIAISON", "LEADER", "READ_ONLY", ""])
def test_only_the_administrator_opens_these_pages(client: Client, make_user: Callable[..., User], role: str) -> None:
    client.force_login(make_user("somebody", role))
    other = make_user("other", "READ_ONLY")
    for method, address in pages(other):
        assert getattr(client, method)(address).status_code == 403, address
    other.refresh_from_db()
    assert other.is_active
    assert other.check_password(PASSWORD)


def test_the_administrator_opens_all_of_them(desk: Client, reader: User) -> None:
    for method, address in pages(reader):
        assert getattr(desk, method)(address).status_code in {200, 302, 422}, address


def open_account(desk: Client, **changes: str) -> object:
    data = {"username": "wang", "display_name": "王联络", "role": "READ_ONLY", "scope_key": "*", **changes}
    return desk.post(reverse("access:account_add"), data)


def test_an_account_is_opened_and_its_password_shown_once(desk: Client, client: Client) -> None:
    response = open_account(desk)
    password = response.context["password"]  # type: ignore[attr-defined]
    assert password in text_of(response)
    assert "no-store" in response["Cache-Control"]  # type: ignore[index]
    user = User.objects.get(username="wang")
    assert user.check_password(password)
    assert password not in text_of(desk.get(reverse("access:manage", args=[user.pk])))
    assert not AuditEntry.objects.filter(after__icontains=password).exists()
    other = Client()
    assert log_in(other, "wang", password).status_code == 302  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"username": ""}, "username"),
        ({"username": "a b"}, "username"),
        ({"username": "ADMINISTRATOR"}, "username"),
        ({"username": "luoshi"}, "username"),
        ({"display_name": ""}, "display_name"),
        ({"role": ""}, "role"),
        ({"role": "EMPEROR"}, "role"),
        ({"role": "UNIT_LIAISON"}, "scope_key"),
        ({"scope_key": "unit:no-such/"}, "scope_key"),
        ({"person_key": "no-such"}, "person_key"),
    ],
)
def test_a_wrong_account_is_refused_and_nothing_is_written(desk: Client, changes: dict[str, str], field: str) -> None:
    response = open_account(desk, **changes)
    assert response.status_code == 422  # type: ignore[attr-defined]
    assert field in response.context["form"].errors  # type: ignore[attr-defined]
    assert User.objects.count() == 1
    assert not AuditEntry.objects.exists()


def test_a_refused_role_leaves_no_account_behind(desk: Client) -> None:
    with mock.patch("luoshi.access.views.accounts.grant_role", side_effect=RuntimeError), pytest.raises(RuntimeError):
        open_account(desk)
    assert not User.objects.filter(username="wang").exists()
    assert not AuditEntry.objects.exists()


def test_roles_are_given_and_taken_away(desk: Client, reader: User, unit_scope: str) -> None:
    url = reverse("access:grant", args=[reader.pk])
    assert desk.post(url, {"role": "UNIT_LIAISON", "scope_key": unit_scope}).status_code == 302
    assert desk.post(url, {"role": "UNIT_LIAISON", "scope_key": unit_scope}).status_code == 422
    assert desk.post(url, {"role": "ACCOUNT_ADMINISTRATOR", "scope_key": "*"}).status_code == 422
    grant = RoleGrant.objects.get(user=reader, role="UNIT_LIAISON")
    assert "某单位" in text_of(desk.get(reverse("access:manage", args=[reader.pk])))
    desk.post(reverse("access:revoke", args=[reader.pk]), {"grant": grant.pk})
    assert set(RoleGrant.objects.filter(user=reader).values_list("role", flat=True)) == {"READ_ONLY"}
    actions = list(AuditEntry.objects.order_by("sequence").values_list("action", flat=True))
    assert actions == ["access.grant_role", "access.revoke_role"]


def test_a_role_of_somebody_else_is_not_taken_away(desk: Client, reader: User, clerk: User) -> None:
    grant = RoleGrant.objects.get(user=clerk)
    desk.post(reverse("access:revoke", args=[reader.pk]), {"grant": grant.pk})
    desk.post(reverse("access:revoke", args=[reader.pk]), {"grant": "x"})
    assert RoleGrant.objects.filter(pk=grant.pk).exists()


def test_nobody_changes_their_own_rights(desk: Client, administrator: User) -> None:
    desk.post(reverse("access:switch", args=[administrator.pk]))
    desk.post(reverse("access:revoke", args=[administrator.pk]), {"grant": RoleGrant.objects.get().pk})
    desk.post(reverse("access:grant", args=[administrator.pk]), {"role": "LEADER", "scope_key": "*"})
    administrator.refresh_from_db()
    assert administrator.is_active
    assert [grant.role for grant in RoleGrant.objects.all()] == ["ACCOUNT_ADMINISTRATOR"]
    assert not AuditEntry.objects.exists()


def test_an_account_is_closed_and_opened_again(desk: Client, reader: User) -> None:
    other = Client()
    other.force_login(reader)
    desk.post(reverse("access:switch", args=[reader.pk]))
    assert other.get(reverse("access:account")).status_code == 302
    desk.post(reverse("access:switch", args=[reader.pk]), {"active": "yes"})
    reader.refresh_from_db()
    assert reader.is_active


def test_a_new_password_is_shown_and_ends_the_old_one(desk: Client, reader: User) -> None:
    other = Client()
    other.force_login(reader)
    response = desk.post(reverse("access:reset_password", args=[reader.pk]))
    reader.refresh_from_db()
    assert reader.check_password(response.context["password"])
    assert other.get(reverse("access:account")).status_code == 302


def test_accounts_are_filtered_and_sorted(desk: Client, reader: User, clerk: User, now: dt.datetime) -> None:
    url = reverse("access:accounts")

    def names(**query: str) -> list[str]:
        return [user.username for user in desk.get(url, query).context["page"]]

    assert names() == ["administrator", "clerk", "reader"]
    assert names(sort="-username") == ["reader", "clerk", "administrator"]
    assert names(role="READ_ONLY") == ["reader"]
    assert names(q="CLE") == ["clerk"]
    administrator = User.objects.get(username="administrator")
    set_active(acting_user=administrator, user=clerk, is_active=False, now=now)
    assert names(state="closed") == ["clerk"]
    assert "没有符合条件" in text_of(desk.get(url, {"q": "nobody-at-all"}))


def test_an_unknown_account_is_not_found(desk: Client) -> None:
    assert desk.get(reverse("access:manage", args=[999_999])).status_code == 404


# --- the trail ----------------------------------------------------------------------------------------------------


@pytest.fixture
def history(administrator: User, reader: User) -> None:
    """Write a few entries over three days."""
    start = dt.datetime(2026, 3, 1, 23, 30, tzinfo=timezone.get_current_timezone())
    for n in range(3):
        user = create_user(
            acting_user=administrator, username=f"u{n}", display_name=f"某{n}", now=start + dt.timedelta(days=n)
        )
        grant_role(acting_user=administrator, user=user, role=Role.LEADER, now=start + dt.timedelta(days=n))
    change_password(acting_user=reader, user=reader, password="another quiet office", now=start)


@pytest.mark.usefixtures("history")
def test_the_trail_is_filtered_by_who_what_object_and_day(desk: Client) -> None:
    url = reverse("access:audit")

    def numbers(**query: object) -> list[int]:
        return [shown.entry.sequence for shown in desk.get(url, query).context["entries"]]

    assert numbers() == [7, 6, 5, 4, 3, 2, 1]
    assert numbers(actor="READ") == [7]
    assert numbers(action="access.grant_role") == [6, 4, 2]
    assert numbers(kind="access.user", number=User.objects.get(username="u1").pk) == [4, 3]
    assert numbers(since="2026-03-02") == [6, 5, 4, 3]
    assert numbers(until="2026-03-01") == [7, 2, 1]
    assert numbers(since="2026-03-02", until="2026-03-02") == [4, 3]
    assert numbers(since="nonsense", action="no.such") == [7, 6, 5, 4, 3, 2, 1]
    assert numbers(actor="nobody") == []


@pytest.mark.usefixtures("history")
def test_an_entry_shows_what_changed_in_words(desk: Client) -> None:
    page = text_of(desk.get(reverse("access:audit"), {"kind": "access.user"}))
    assert "开通账号" in page
    assert "授予角色" in page
    assert "LEADER" in page


def test_what_was_written_is_escaped(desk: Client, administrator: User, now: dt.datetime) -> None:
    create_user(acting_user=administrator, username="u", display_name="<b>bold</b>", now=now)
    for name in ("access:audit", "access:accounts"):
        page = text_of(desk.get(reverse(name)))
        assert "<b>bold" not in page
        assert "&lt;b&gt;bold" in page


@pytest.mark.usefixtures("history")
def test_the_export_holds_the_filtered_entries_and_is_itself_an_entry(desk: Client) -> None:
    response = desk.get(reverse("access:audit"), {"format": "csv", "action": "access.grant_role"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["操作代码"] for row in rows] == ["access.grant_role"] * 3
    last = AuditEntry.objects.order_by("sequence").last()
    assert last is not None
    assert last.action == "access.export_audit"


@pytest.mark.usefixtures("history")
def test_the_chain_is_verified_on_the_page(desk: Client) -> None:
    url = reverse("access:audit_verify")
    assert desk.get(url).status_code == 405
    assert "校验通过" in text_of(desk.post(url))
    drop = (
        "ALTER TABLE access_auditentry DISABLE TRIGGER USER"
        if connection.vendor == "postgresql"
        else "DROP TRIGGER access_audit_no_update"
    )
    with connection.cursor() as cursor:
        cursor.execute(drop)
        cursor.execute("UPDATE access_auditentry SET actor = 'nobody' WHERE sequence = 3")
    page = text_of(desk.post(url))
    assert "校验未通过" in page
    assert "写入后被改动" in page


def queries_of(desk: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        response = desk.get(url)
        assert response.status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["access:accounts", "access:audit"])
def test_the_number_of_queries_does_not_grow(
    desk: Client, administrator: User, now: dt.datetime, unit_scope: str, name: str
) -> None:
    def add(first: int, last: int) -> None:
        for n in range(first, last):
            user = create_user(acting_user=administrator, username=f"u{n}", display_name=f"某{n}", now=now)
            grant_role(acting_user=administrator, user=user, role=Role.UNIT_LIAISON, scope_key=unit_scope, now=now)

    url = reverse(name) + "?per_page=200"
    add(0, 5)
    few = queries_of(desk, url)
    add(5, 50)
    assert queries_of(desk, url) == few
