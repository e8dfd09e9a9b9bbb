"""What the registry's actions refuse, write and announce."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from luoshi.access.models import AuditEntry, User
from luoshi.registry import actions
from luoshi.registry.actions import (
    UnableToChangeRegistry,
    add_group,
    add_group_alias,
    add_organization,
    add_organization_alias,
    add_person,
    add_post,
    correct_organization_alias,
    make_key,
    propose_names,
    remove_organization_alias,
    set_group_members,
    settle_proposal,
)
from luoshi.registry.models import (
    Group,
    GroupName,
    NameKind,
    NameProposal,
    Organization,
    OrganizationKind,
    OrganizationName,
    Person,
    ProposalStatus,
)
from luoshi.registry.proposal_actions import accept_as_alias, accept_as_person
from luoshi.registry.signals import name_learned
from luoshi.standards.names import fold_name

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]

Act = Callable[[User, dt.datetime], Any]


def unit(key: str = "finance") -> Organization:
    return Organization.objects.get(key=key)


def group(key: str = "counties") -> Group:
    return Group.objects.get(key=key)


def person(key: str = "shi-wenyuan") -> Person:
    return Person.objects.get(key=key)


def new_unit(user: User, now: dt.datetime, **changes: Any) -> Organization:
    values: dict[str, Any] = {
        "key": "new",
        "name": "市新局",
        "short_name": "市新",
        "kind": OrganizationKind.DEPARTMENT,
        "aliases": ["新局"],
    }
    return add_organization(acting_user=user, now=now, **{**values, **changes})


ACTS: dict[str, tuple[Act, set[str]]] = {
    "unit": (new_unit, {"市新局", "市新", "新局"}),
    "alias": (
        lambda user, now: add_organization_alias(acting_user=user, organization=unit(), alias="财局", now=now),
        {"财局"},
    ),
    "correction": (
        lambda user, now: correct_organization_alias(
            acting_user=user, form=OrganizationName.objects.get(name="市发改委"), alias="发改", now=now
        ),
        {"发改"},
    ),
    "group": (
        lambda user, now: add_group(acting_user=user, key="g", name="某组", aliases=["某小组"], now=now),
        {"某组", "某小组"},
    ),
    "group alias": (
        lambda user, now: add_group_alias(acting_user=user, group=group("zones"), alias="开发区们", now=now),
        {"开发区们"},
    ),
    "members": (
        lambda user, now: set_group_members(acting_user=user, group=group("city-renewal"), members=[unit()], now=now),
        {"市城市更新工作领导小组成员单位"},
    ),
    "person": (
        lambda user, now: add_person(acting_user=user, key="p", name="某人", organization=unit(), post="科长", now=now),
        {"某人", "科长"},
    ),
    "post": (
        lambda user, now: add_post(acting_user=user, person=person(), organization=unit(), post="顾问", now=now),
        {"顾问"},
    ),
}


@pytest.fixture
def heard() -> Iterator[list[tuple[str, ...]]]:
    """Collect what is announced."""
    forms: list[tuple[str, ...]] = []

    def listen(**message: Any) -> None:
        forms.append(message["forms"])

    name_learned.connect(listen)
    yield forms
    name_learned.disconnect(listen)


def rows() -> tuple[int, ...]:
    """Count everything that an action may write."""
    models = (Organization, OrganizationName, Group, GroupName, Person, AuditEntry)
    return tuple(model.objects.count() for model in models)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ACTS)
def test_an_action_announces_its_forms_once_and_writes_one_entry(
    clerk: User, now: dt.datetime, heard: list[tuple[str, ...]], name: str
) -> None:
    act, forms = ACTS[name]
    before = AuditEntry.objects.count()
    act(clerk, now)
    assert len(heard) == 1
    assert forms <= set(heard[0])
    assert AuditEntry.objects.count() == before + 1


@pytest.mark.parametrize("name", ACTS)
def test_only_the_office_changes_the_registry(
    reader: User, now: dt.datetime, heard: list[tuple[str, ...]], name: str
) -> None:
    before = rows()
    with pytest.raises(PermissionDenied):
        ACTS[name][0](reader, now)
    assert (rows(), heard) == (before, [])


@pytest.mark.parametrize("name", ACTS)
def test_a_listener_that_fails_undoes_the_action(clerk: User, now: dt.datetime, name: str) -> None:
    def fail(**_message: Any) -> None:
        raise RuntimeError("the ledger cannot link this")

    before = rows()
    name_learned.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            ACTS[name][0](clerk, now)
    finally:
        name_learned.disconnect(fail)
    assert rows() == before


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"key": "finance"}, "key"),
        ({"key": "No Key"}, "key"),
        ({"key": ""}, "key"),
        ({"name": ""}, "name"),
        ({"name": "市财政局"}, "name"),
        ({"name": "各县(市、区)政府"}, "name"),
        ({"short_name": "市发改委"}, "short_name"),
        ({"aliases": ["市 教 育 局"]}, "aliases"),
        ({"kind": "ministry"}, "kind"),
        ({"name": "某" * 129}, "name"),
    ],
)
def test_a_wrong_unit_says_which_field_is_to_blame(
    clerk: User, now: dt.datetime, changes: dict[str, Any], field: str
) -> None:
    before = rows()
    with pytest.raises(UnableToChangeRegistry) as caught:
        new_unit(clerk, now, **changes)
    assert caught.value.field == field
    assert str(caught.value)
    assert rows() == before


def test_a_unit_stands_below_its_parent(clerk: User, now: dt.datetime) -> None:
    made = new_unit(clerk, now, parent=unit("government"))
    assert made.scope_key == "unit:government/new/"


def test_a_group_may_be_known_to_be_empty(clerk: User, now: dt.datetime) -> None:
    assert add_group(acting_user=clerk, key="g", name="某组", members=[], now=now).members_known
    assert not add_group(acting_user=clerk, key="h", name="另组", now=now).members_known
    with pytest.raises(UnableToChangeRegistry):
        add_group(acting_user=clerk, key="g", name="再组", now=now)


def test_whoever_comes_second_is_refused_and_not_broken(
    clerk: User, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The check finds nothing because the other one writes between it and the insert.
    monkeypatch.setattr(actions, "_free", lambda form, field: fold_name(form))
    with pytest.raises(UnableToChangeRegistry, match="市教育局"):
        add_organization_alias(acting_user=clerk, organization=unit(), alias="市教育局", now=now)
    with pytest.raises(UnableToChangeRegistry):
        add_group_alias(acting_user=clerk, group=group("zones"), alias="各县（市、区）政府", now=now)


def test_official_names_stay(clerk: User, now: dt.datetime) -> None:
    for name in ("市人民政府办公室", "市政府办公室"):
        form = OrganizationName.objects.get(name=name)
        with pytest.raises(UnableToChangeRegistry):
            remove_organization_alias(acting_user=clerk, form=form, now=now)
        with pytest.raises(UnableToChangeRegistry):
            correct_organization_alias(acting_user=clerk, form=form, alias="别名", now=now)


def test_keys_are_made_from_the_folded_name() -> None:
    assert make_key("unit", "市 财政局") == make_key("unit", "市财政局")
    assert make_key("unit", "市财政局") != make_key("unit", "市教育局")
    assert len(make_key("person", "某" * 500)) <= 64


def propose(now: dt.datetime, *names: tuple[str, NameKind]) -> NameProposal:
    propose_names(names=names, seen_in="x" * 400, now=now)
    return NameProposal.objects.get(name=names[0][0][:128])


def test_names_are_proposed_once_and_counted(now: dt.datetime) -> None:
    assert propose_names(names=[("某局", NameKind.UNIT)] * 3 + [("某局", NameKind.PERSON)], seen_in="甲", now=now) == 2
    assert propose_names(names=[("某 局", NameKind.UNIT)], seen_in="乙", now=now) == 0
    proposal = NameProposal.objects.get(folded="某局", kind="UNIT")
    assert (proposal.times_seen, proposal.seen_in) == (4, "甲")


def test_a_rejected_name_stays_rejected(clerk: User, now: dt.datetime) -> None:
    proposal = propose(now, ("某局", NameKind.UNIT))
    settle_proposal(acting_user=clerk, proposal=proposal, status=ProposalStatus.REJECTED, now=now)
    propose(now, ("某局", NameKind.UNIT))
    proposal.refresh_from_db()
    assert (proposal.status, proposal.times_seen) == ("REJECTED", 2)


def test_a_very_long_name_is_cut_and_not_refused(now: dt.datetime) -> None:
    assert len(propose(now, ("某" * 500, NameKind.UNIT)).name) == 128


def test_a_decision_that_cannot_be_written_leaves_the_name_waiting(clerk: User, now: dt.datetime) -> None:
    proposal = propose(now, ("某局", NameKind.UNIT))
    add_organization_alias(acting_user=clerk, organization=unit("science"), alias="某局", now=now)
    NameProposal.objects.filter(pk=proposal.pk).update(status=ProposalStatus.OPEN)
    before = rows()
    with pytest.raises(UnableToChangeRegistry):
        accept_as_alias(acting_user=clerk, proposal=proposal, target=unit(), now=now)
    proposal.refresh_from_db()
    assert (proposal.status, rows()) == (ProposalStatus.OPEN, before)


def test_a_person_proposed_by_post_holds_that_post(clerk: User, now: dt.datetime) -> None:
    proposal = propose(now, ("市委常委、市纪委书记", NameKind.PERSON))
    made = accept_as_person(
        acting_user=clerk,
        proposal=proposal,
        key="ji",
        name="纪明",
        is_leader=True,
        organization=unit("discipline"),
        post="市纪委书记",
        now=now,
    )
    assert list(made.memberships.order_by("pk").values_list("post", flat=True)) == [
        "市纪委书记",
        "市委常委、市纪委书记",
    ]
