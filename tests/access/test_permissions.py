"""Who may do what, and where."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser

from luoshi.access.models import RoleGrant, User
from luoshi.access.permissions import ROLE_ACTIONS, Action, Role, UnableToAct
from luoshi.access.scopes import ALL, person_scope, unit_scope, within

MakeUser = Callable[..., User]
READING = {Action.READ_DOCUMENTS, Action.READ_REGISTRY, Action.READ_OWN_TASKS}


def test_every_role_is_in_the_table() -> None:
    assert set(ROLE_ACTIONS) == set(Role)


def test_every_action_is_permitted_to_some_role() -> None:
    assert set().union(*ROLE_ACTIONS.values()) == set(Action)


@pytest.mark.parametrize(
    ("role", "actions"),
    [
        (
            Role.SUPERVISION_OFFICE,
            READING
            | {
                Action.IMPORT_DOCUMENTS,
                Action.CONFIRM_FINDINGS,
                Action.READ_ALL_TASKS,
                Action.EDIT_TASKS,
                Action.REPORT_PROGRESS,
                Action.EDIT_REGISTRY,
            },
        ),
        (Role.UNIT_LIAISON, READING | {Action.REPORT_PROGRESS}),
        (Role.LEADER, READING | {Action.READ_ALL_TASKS}),
        (Role.READ_ONLY, READING | {Action.READ_ALL_TASKS}),
        (Role.ACCOUNT_ADMINISTRATOR, {Action.MANAGE_ACCOUNTS, Action.READ_AUDIT, Action.READ_REGISTRY}),
    ],
)
def test_an_account_may_exactly_what_its_role_says(make_user: MakeUser, role: Role, actions: set[Action]) -> None:
    user = make_user("somebody", role)
    assert {action for action in Action if user.may(action)} == actions
    for action in set(Action) - actions:
        with pytest.raises(UnableToAct, match=action.value):
            user.must_be_allowed(action)
    for action in actions:
        user.must_be_allowed(action)


def test_who_opens_accounts_cannot_touch_tasks_and_the_other_way_round() -> None:
    changing = {Action.EDIT_TASKS, Action.CONFIRM_FINDINGS, Action.IMPORT_DOCUMENTS, Action.REPORT_PROGRESS}
    for role, actions in ROLE_ACTIONS.items():
        assert not (Action.MANAGE_ACCOUNTS in actions and actions & changing), role


def test_an_account_without_a_role_may_only_what_is_open_to_all(make_user: MakeUser) -> None:
    user = make_user("nobody")
    assert user.may("")
    assert not any(user.may(action) for action in Action)


def test_a_closed_account_may_nothing(make_user: MakeUser) -> None:
    user = make_user("gone", Role.SUPERVISION_OFFICE, is_active=False)
    assert not user.may("")
    assert not any(user.may(action) for action in Action)


def test_nobody_has_the_rights_of_an_account() -> None:
    assert not hasattr(AnonymousUser(), "may")


def test_rights_add_up_over_roles_and_scopes(make_user: MakeUser) -> None:
    user = make_user("both", Role.UNIT_LIAISON, "unit:a/")
    RoleGrant.objects.create(user=user, role=Role.UNIT_LIAISON, scope_key="unit:b/")
    RoleGrant.objects.create(user=user, role=Role.LEADER)
    assert user.roles == {Role.UNIT_LIAISON, Role.LEADER}
    assert sorted(user.scopes_for(Action.REPORT_PROGRESS)) == ["unit:a/", "unit:b/"]
    assert user.scopes_for(Action.READ_ALL_TASKS) == [ALL]
    assert sorted(user.scopes_for(Action.READ_DOCUMENTS)) == [ALL, "unit:a/", "unit:b/"]
    assert user.scopes_for(Action.EDIT_TASKS) == []


def test_ones_own_scopes_are_the_units_and_the_person(make_user: MakeUser) -> None:
    user = make_user("both", Role.UNIT_LIAISON, "unit:a/", person_key="lin")
    RoleGrant.objects.create(user=user, role=Role.LEADER)
    assert user.own_scopes == ["unit:a/", "person:lin/"]
    assert make_user("other", Role.LEADER).own_scopes == []


def test_the_roles_of_a_request_are_read_once(make_user: MakeUser, django_assert_num_queries: Callable) -> None:
    make_user("somebody", Role.LEADER)
    user = User.objects.get(username="somebody")
    with django_assert_num_queries(1):
        assert [user.may(action) for action in Action]


def test_names_differ_by_more_than_case(make_user: MakeUser) -> None:
    made = make_user("Wang")
    assert User.objects.get_by_natural_key("wANG") == made


def test_scope_keys_are_paths() -> None:
    assert unit_scope("government/housing") == "unit:government/housing/"
    assert unit_scope("/government/") == "unit:government/"
    assert person_scope("lin") == "person:lin/"


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        (["unit:a/"], {"unit:a/", "unit:a/b/", "unit:a/b/c/", "unit:a/市/"}),
        (["unit:a/b/"], {"unit:a/b/", "unit:a/b/c/"}),
        (["unit:ab/"], {"unit:ab/"}),
        (["unit:a/b/c/", "person:a/"], {"unit:a/b/c/", "person:a/"}),
        (["unit:none/"], set()),
        ([], set()),
    ],
)
def test_a_key_reaches_itself_and_what_is_below_it(make_user: MakeUser, keys: list[str], found: set[str]) -> None:
    user = make_user("somebody")
    stored = ["unit:a/", "unit:a/b/", "unit:a/b/c/", "unit:a/市/", "unit:ab/", "unit:b/", "person:a/", "*"]
    RoleGrant.objects.bulk_create([RoleGrant(user=user, role=Role.LEADER, scope_key=key) for key in stored])
    grants = RoleGrant.objects.filter(within("scope_key", keys))
    assert set(grants.values_list("scope_key", flat=True)) == found
