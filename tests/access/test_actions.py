"""Opening, changing and closing accounts."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth import authenticate

from luoshi.access.actions import (
    SYSTEM_USERNAME,
    UnableToChangeAccount,
    change_password,
    create_user,
    grant_role,
    new_password,
    revoke_role,
    set_active,
    system_user,
)
from luoshi.access.audit import verify_chain
from luoshi.access.models import AuditEntry, User
from luoshi.access.permissions import Action, Role, UnableToAct

MakeUser = Callable[..., User]
NOW = dt.datetime(2026, 3, 2, 1, 30, tzinfo=dt.UTC)
GOOD = "grey heron over water"


def entries(action: str) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(action=action))


def test_an_account_is_opened_without_any_right(administrator: User) -> None:
    user = create_user(
        acting_user=administrator,
        username=" lin.shu ",
        display_name=" 林书翰 ",
        password=GOOD,
        now=NOW,
        person_key="lin",
    )
    assert (user.username, user.display_name, user.person_key, user.is_active) == ("lin.shu", "林书翰", "lin", True)
    assert user.roles == set()
    assert authenticate(username="LIN.SHU", password=GOOD) == user
    (entry,) = entries("access.create_user")
    assert (entry.actor, entry.object_id) == ("administrator", str(user.pk))
    assert entry.after == {"username": "lin.shu", "display_name": "林书翰", "person_key": "lin", "is_active": True}


def test_an_account_without_a_password_opens_to_nobody(administrator: User) -> None:
    user = create_user(acting_user=administrator, username="lin", display_name="林", now=NOW)
    assert not user.has_usable_password()
    assert authenticate(username="lin", password="") is None


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"username": ""}, "username"),
        ({"username": "two words"}, "username"),
        ({"username": "x" * 65}, "username"),
        ({"username": "Administrator"}, "username"),
        ({"username": "Luoshi"}, "username"),
        ({"display_name": ""}, "display_name"),
        ({"display_name": "林" * 65}, "display_name"),
        ({"password": "short"}, "password"),
        ({"password": "1234567890123"}, "password"),
        ({"username": "linshuhan", "password": "linshuhan-1"}, "password"),
        ({"password": ""}, "password"),
    ],
)
def test_a_wrong_account_is_refused_and_nothing_is_written(
    administrator: User, fields: dict[str, str], field: str
) -> None:
    given = {"username": "lin.shu", "display_name": "林书翰", "password": GOOD, **fields}
    with pytest.raises(UnableToChangeAccount) as refused:
        create_user(acting_user=administrator, now=NOW, **given)
    assert refused.value.field == field
    assert str(refused.value)
    assert list(User.objects.all()) == [administrator]
    assert verify_chain() == (0, [])


def test_only_who_manages_accounts_changes_them(clerk: User, reader: User) -> None:
    calls: list[Callable[[], object]] = [
        lambda: create_user(acting_user=clerk, username="x", display_name="x", now=NOW),
        lambda: change_password(acting_user=clerk, user=reader, password=GOOD, now=NOW),
        lambda: grant_role(acting_user=clerk, user=reader, role=Role.LEADER, now=NOW),
        lambda: revoke_role(acting_user=clerk, user=reader, role=Role.READ_ONLY, now=NOW),
        lambda: set_active(acting_user=clerk, user=reader, is_active=False, now=NOW),
    ]
    for call in calls:
        with pytest.raises(UnableToAct):
            call()
    assert not AuditEntry.objects.exists()


def test_everybody_changes_their_own_password(reader: User) -> None:
    change_password(acting_user=reader, user=reader, password=GOOD, now=NOW)
    assert authenticate(username="reader", password=GOOD) == reader
    (entry,) = entries("access.change_password")
    assert (entry.before, entry.after) == (None, None)


def test_a_weak_password_changes_nothing(administrator: User, reader: User) -> None:
    kept = reader.password
    with pytest.raises(UnableToChangeAccount):
        change_password(acting_user=administrator, user=reader, password="reader2026", now=NOW)
    reader.refresh_from_db()
    assert reader.password == kept


def test_a_role_is_granted_and_revoked_within_its_scope(administrator: User, make_user: MakeUser) -> None:
    user = make_user("lin")
    assert user.grants == []
    grant_role(acting_user=administrator, user=user, role=Role.UNIT_LIAISON, scope_key="unit:a/", now=NOW)
    assert user.scopes_for(Action.REPORT_PROGRESS) == ["unit:a/"]
    with pytest.raises(UnableToChangeAccount) as refused:
        revoke_role(acting_user=administrator, user=user, role=Role.UNIT_LIAISON, now=NOW)
    assert refused.value.field == "role"
    revoke_role(acting_user=administrator, user=user, role=Role.UNIT_LIAISON, scope_key="unit:a/", now=NOW)
    assert not user.may(Action.REPORT_PROGRESS)
    granted, revoked = entries("access.grant_role")[0], entries("access.revoke_role")[0]
    assert granted.after == revoked.before == {"role": "UNIT_LIAISON", "scope_key": "unit:a/"}


def test_a_role_is_granted_once(administrator: User, reader: User) -> None:
    with pytest.raises(UnableToChangeAccount) as refused:
        grant_role(acting_user=administrator, user=reader, role=Role.READ_ONLY, now=NOW)
    assert refused.value.field == "role"


@pytest.mark.parametrize("key", ["", "unit:a", "unit:\U0010ffff/"])
def test_a_malformed_scope_is_refused(administrator: User, reader: User, key: str) -> None:
    with pytest.raises(UnableToChangeAccount) as refused:
        grant_role(acting_user=administrator, user=reader, role=Role.UNIT_LIAISON, scope_key=key, now=NOW)
    assert refused.value.field == "scope_key"


def test_one_account_never_both_opens_accounts_and_handles_tasks(administrator: User, make_user: MakeUser) -> None:
    second, office = make_user("second", Role.ACCOUNT_ADMINISTRATOR), make_user("office", Role.SUPERVISION_OFFICE)
    for user, role in ((second, Role.SUPERVISION_OFFICE), (office, Role.ACCOUNT_ADMINISTRATOR)):
        with pytest.raises(UnableToChangeAccount) as refused:
            grant_role(acting_user=administrator, user=user, role=role, now=NOW)
        assert refused.value.field == "role"
        assert len(user.grants) == 1


def test_nobody_changes_their_own_rights(administrator: User) -> None:
    calls: list[Callable[[], object]] = [
        lambda: grant_role(acting_user=administrator, user=administrator, role=Role.LEADER, now=NOW),
        lambda: revoke_role(acting_user=administrator, user=administrator, role=Role.ACCOUNT_ADMINISTRATOR, now=NOW),
        lambda: set_active(acting_user=administrator, user=administrator, is_active=False, now=NOW),
    ]
    for call in calls:
        with pytest.raises(UnableToChangeAccount):
            call()
    assert not AuditEntry.objects.exists()


def test_a_closed_account_cannot_log_in_until_it_is_opened_again(administrator: User, reader: User) -> None:
    change_password(acting_user=administrator, user=reader, password=GOOD, now=NOW)
    set_active(acting_user=administrator, user=reader, is_active=False, now=NOW)
    assert authenticate(username="reader", password=GOOD) is None
    set_active(acting_user=administrator, user=reader, is_active=True, now=NOW)
    assert authenticate(username="reader", password=GOOD) == reader
    assert [entry.after for entry in entries("access.set_active")] == [{"is_active": False}, {"is_active": True}]


def test_the_account_of_the_commands_is_made_once_and_opens_to_nobody(db: None) -> None:
    made = system_user(now=NOW)
    assert system_user(now=NOW) == made
    assert made.username == SYSTEM_USERNAME
    assert not made.has_usable_password()
    assert made.may(Action.IMPORT_DOCUMENTS)
    assert made.may(Action.MANAGE_ACCOUNTS)
    assert verify_chain() == (3, [])


def test_the_account_of_the_commands_cannot_be_changed(administrator: User) -> None:
    system = system_user(now=NOW)
    calls: list[Callable[[], object]] = [
        lambda: change_password(acting_user=administrator, user=system, password=GOOD, now=NOW),
        lambda: change_password(acting_user=system, user=system, password=GOOD, now=NOW),
        lambda: grant_role(acting_user=administrator, user=system, role=Role.LEADER, now=NOW),
        lambda: set_active(acting_user=administrator, user=system, is_active=False, now=NOW),
    ]
    for call in calls:
        with pytest.raises(UnableToChangeAccount):
            call()


def test_new_passwords_are_good_and_different() -> None:
    made = {new_password() for _n in range(50)}
    assert len(made) == 50
    assert all(len(password) == 19 and not set("0Oo1Il") & set(password) for password in made)
