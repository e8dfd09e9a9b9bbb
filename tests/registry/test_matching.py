"""A printed name finds what the registry knows under it, and asks where it does not know."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.access.models import User
from luoshi.registry.actions import add_organization_alias, add_person, add_post
from luoshi.registry.matching import Matcher, MatchState
from luoshi.registry.models import Group, Membership, NameKind, Organization, OrganizationKind, Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


@pytest.mark.parametrize("printed", ["市财政局", "市 财政\n局", "市人民政府办公室", "市政府办公室"])
def test_official_names_are_known_however_they_are_broken(printed: str) -> None:
    match = Matcher().match(printed, NameKind.UNIT)
    assert match.state == MatchState.KNOWN
    assert match.organization is not None
    assert match.organization.key in {"finance", "government-office"}


def test_another_form_is_an_alias() -> None:
    match = Matcher().match("市发改委", NameKind.UNIT)
    assert (match.state, match.is_settled) == (MatchState.ALIAS, True)
    assert match.organization is not None
    assert match.organization.key == "development-reform"


@pytest.mark.parametrize("printed", ["各县（市、区）人民政府", "各县(市、区)政府", "各县﹙市、区﹚人民政府"])
def test_a_group_brings_its_members_whatever_its_brackets(printed: str) -> None:
    match = Matcher().match(printed, NameKind.UNIT)
    assert match.state == MatchState.GROUP
    assert match.group is not None
    assert match.group.key == "counties"
    assert len(match.members) == 7


def test_a_group_without_known_members_asks() -> None:
    match = Matcher().match("市城市更新工作领导小组成员单位", NameKind.UNIT)
    assert (match.state, match.is_settled, match.members) == (MatchState.GROUP_UNKNOWN, False, ())


def test_a_member_that_left_the_group_is_not_meant(now: dt.datetime) -> None:
    Group.objects.get(key="zones").memberships.filter(organization__key="zone-economic").update(until=now.date())
    match = Matcher().match("市属开发区管委会", NameKind.UNIT)
    assert [each.key for each in match.members] == ["zone-hi-tech"]


def test_a_leader_is_known_by_name() -> None:
    match = Matcher().match("周砚清", NameKind.PERSON)
    assert match.state == MatchState.KNOWN
    assert match.person is not None
    assert match.person.key == "zhou-yanqing"


def test_two_people_of_one_name_are_ambiguous(clerk: User, now: dt.datetime) -> None:
    add_person(acting_user=clerk, key="zhou-yanqing-2", name="周砚清", now=now)
    match = Matcher().match("周砚清", NameKind.PERSON)
    assert (match.state, match.is_settled, match.person) == (MatchState.AMBIGUOUS, False, None)
    assert {each.key for each in match.people} == {"zhou-yanqing", "zhou-yanqing-2"}


@pytest.mark.parametrize(
    ("printed", "key"),
    [
        ("市委副书记、市长", "zhou-yanqing"),
        ("市长", "zhou-yanqing"),
        ("市长、市委副书记", "zhou-yanqing"),
        ("市政府秘书长", "shi-wenyuan"),
        ("常务副市长", "lu-chengze"),
        ("市公安局局长", "gao-heming"),
    ],
)
def test_a_post_means_who_holds_it(printed: str, key: str) -> None:
    match = Matcher().match(printed, NameKind.PERSON)
    assert match.state == MatchState.ALIAS
    assert match.person is not None
    assert match.person.key == key


def test_a_post_is_found_behind_its_organization(clerk: User, now: dt.datetime) -> None:
    finance, person = Organization.objects.get(key="finance"), Person.objects.get(key="shi-wenyuan")
    add_post(acting_user=clerk, person=person, organization=finance, post="总会计师", now=now)
    for printed in ("总会计师", "市财政局总会计师", "市财政局 总会计师"):
        assert Matcher().match(printed, NameKind.PERSON).person == person


def test_a_post_that_several_hold_is_ambiguous() -> None:
    match = Matcher().match("副市长", NameKind.PERSON)
    assert match.state == MatchState.AMBIGUOUS
    assert len(match.people) == 5


def test_a_post_given_up_means_nobody(now: dt.datetime) -> None:
    Membership.objects.filter(person__key="shi-wenyuan").update(until=now.date())
    assert Matcher().match("市政府秘书长", NameKind.PERSON).state == MatchState.NEW


@pytest.mark.parametrize("printed", ["", "、", "市委常委、市纪委书记"])
def test_an_unknown_person_is_new(printed: str) -> None:
    match = Matcher().match(printed, NameKind.PERSON)
    assert (match.state, match.person, match.people) == (MatchState.NEW, None, ())


def test_a_unit_is_not_taken_for_a_person() -> None:
    assert Matcher().match("市财政局", NameKind.PERSON).state == MatchState.NEW
    assert Matcher().match("周砚清", NameKind.UNIT).state == MatchState.NEW


def test_a_new_unit_comes_with_units_of_like_names() -> None:
    match = Matcher().match("市财政管理局", NameKind.UNIT)
    assert (match.state, match.is_settled) == (MatchState.NEW, False)
    assert match.suggestions[0].key == "finance"
    assert len(match.suggestions) == 3


def test_likenesses_are_of_units_groups_and_people() -> None:
    matcher = Matcher()
    unit = matcher.likenesses("云川市财政管理局", NameKind.UNIT)[0]
    assert isinstance(unit.target, Organization)
    assert unit.target.key == "finance"
    group = matcher.likenesses("各县（市、区）人民政府办公室", NameKind.GROUP)[0]
    assert isinstance(group.target, Group)
    assert group.target.key == "counties"
    person = matcher.likenesses("周砚青", NameKind.PERSON)[0]
    assert isinstance(person.target, Person)
    assert person.target.key == "zhou-yanqing"


def test_a_new_alias_is_found_by_the_next_matcher(clerk: User, now: dt.datetime) -> None:
    finance = Organization.objects.get(key="finance")
    assert Matcher().match("市财政管理局", NameKind.UNIT).state == MatchState.NEW
    add_organization_alias(acting_user=clerk, organization=finance, alias="市财政管理局", now=now)
    assert Matcher().match("市财政管理局", NameKind.UNIT).organization == finance


def queries_of_matching(names: list[str]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        matcher = Matcher()
        for name in names:
            matcher.match(name, NameKind.UNIT)
            matcher.match(name, NameKind.PERSON)
            matcher.likenesses(name, NameKind.UNIT)
    return len(captured)


def test_the_number_of_queries_does_not_grow() -> None:
    few = queries_of_matching(["市财政局"])
    Organization.objects.bulk_create(
        [
            Organization(
                key=f"unit-{n}",
                name=f"单位{n}",
                short_name=f"单位{n}",
                kind=OrganizationKind.OTHER,
                scope_key=f"unit:unit-{n}/",
            )
            for n in range(200)
        ]
    )
    names = ["市财政局", "各县（市、区）人民政府", "某局", "市长", "副市长"] * 20
    assert queries_of_matching(names) == few
    assert few <= 7
