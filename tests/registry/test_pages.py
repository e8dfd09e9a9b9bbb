"""The registry's pages: who sees and changes what, and that no list asks more for more rows."""

import csv
import datetime as dt
import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from luoshi.access.models import AuditEntry, RoleGrant, User
from luoshi.registry.actions import propose_names
from luoshi.registry.models import (
    Group,
    Membership,
    NameKind,
    NameProposal,
    Organization,
    OrganizationKind,
    OrganizationName,
    Person,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]

READ = [
    ("registry:units", []),
    ("registry:unit", ["finance"]),
    ("registry:groups", []),
    ("registry:group", ["counties"]),
    ("registry:group", ["city-renewal"]),
    ("registry:people", []),
    ("registry:person", ["zhou-yanqing"]),
    ("registry:divisions", []),
    ("registry:proposals", []),
]
EDIT = [
    ("registry:unit_add", []),
    ("registry:group_add", []),
    ("registry:group_members", ["counties"]),
    ("registry:person_add", []),
]
POST = [
    ("registry:unit_alias_add", ["finance"]),
    ("registry:group_alias_add", ["counties"]),
    ("registry:post_add", ["zhou-yanqing"]),
    ("registry:settle_as_known", [1]),
    ("registry:settle_as_new", [1, "unit"]),
    ("registry:reject", [1]),
]


@pytest.fixture
def desk(client: Client, clerk: User) -> Client:
    """Return the browser of a supervision clerk."""
    client.force_login(clerk)
    return client


def text_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize("role", ["SUPERVISION_OFFICE", "UNIT_LIAISON", "LEADER", "READ_ONLY", "ACCOUNT_ADMINISTRATOR"])
def test_every_role_reads_and_only_the_office_edits(client: Client, make_user: Callable[..., User], role: str) -> None:
    client.force_login(make_user("somebody", role))
    is_office = role == "SUPERVISION_OFFICE"
    for name, args in READ:
        response = client.get(reverse(name, args=args))
        assert response.status_code == 200, name
        assert ("registry/units/new" in text_of(response)) == (is_office and name == "registry:units")
    for name, args in EDIT:
        assert client.get(reverse(name, args=args)).status_code == (200 if is_office else 403), name
    for name, args in POST:
        status = client.post(reverse(name, args=args)).status_code
        assert (status == 403) == (not is_office), (name, status)


def test_an_account_without_a_role_sees_nothing(client: Client, make_user: Callable[..., User]) -> None:
    client.force_login(make_user("nobody"))
    for name, args in [*READ, *EDIT]:
        assert client.get(reverse(name, args=args)).status_code == 403


def test_nobody_reads_without_logging_in(client: Client) -> None:
    for name, args in [*READ, *EDIT]:
        response = client.get(reverse(name, args=args))
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("access:login"))


@pytest.mark.parametrize(
    ("name", "args"),
    [("registry:unit", ["no-such"]), ("registry:group", ["no-such"]), ("registry:person", ["no-such"])],
)
def test_an_unknown_key_is_not_found(desk: Client, name: str, args: list[str]) -> None:
    assert desk.get(reverse(name, args=args)).status_code == 404


def test_units_are_found_by_another_form_of_the_name(desk: Client) -> None:
    response = desk.get(reverse("registry:units"), {"q": "市发改"})
    assert [unit.key for unit in response.context["page"]] == ["development-reform"]
    assert "市发展改革委" in text_of(response)


def test_units_are_filtered_by_kind_and_division(desk: Client) -> None:
    response = desk.get(reverse("registry:units"), {"kind": "county_government", "division": "990102"})
    assert [unit.key for unit in response.context["page"]] == ["county-lantai"]
    assert [chip["value"] for chip in response.context["chips"]] == ["县（市、区）政府", "澜台区"]
    at_city_level = desk.get(reverse("registry:units"), {"division": "990100", "kind": "county_government"})
    assert at_city_level.context["page"].paginator.count == 0
    assert "?" in text_of(at_city_level)


@pytest.mark.parametrize(
    "query", ["kind=nothing", "division=000000", "page=999", "page=x", "per_page=7", "sort=x", "q=%00"]
)
def test_a_wrong_address_still_shows_the_list(desk: Client, query: str) -> None:
    response = desk.get(f"{reverse('registry:units')}?{query}")
    assert response.status_code == 200


def test_units_are_sorted_both_ways(desk: Client) -> None:
    url = reverse("registry:units")
    up = [unit.short_name for unit in desk.get(url, {"sort": "name", "per_page": "200"}).context["page"]]
    down = [unit.short_name for unit in desk.get(url, {"sort": "-name", "per_page": "200"}).context["page"]]
    assert up == sorted(up)
    assert down == sorted(up, reverse=True)


def test_the_list_is_handed_out_with_its_filters(desk: Client) -> None:
    response = desk.get(reverse("registry:units"), {"q": "市发改", "format": "csv"})
    rows = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))  # type: ignore[attr-defined]
    assert len(rows) == 1
    assert rows[0]["简称"] == "市发展改革委"
    assert "市发改委" in rows[0]["其他写法"]


@pytest.mark.parametrize("name", ["registry:units", "registry:groups", "registry:people"])
def test_every_list_is_a_workbook_too(desk: Client, name: str) -> None:
    response = desk.get(reverse(name), {"format": "xlsx"})
    assert response["Content-Type"].endswith("spreadsheetml.sheet")
    assert response.content.startswith(b"PK")


def add_units(count: int) -> None:
    """Add units, each with two forms, a group and a person."""
    made = Organization.objects.bulk_create(
        Organization(
            key=f"unit-{n}",
            name=f"第{n}单位",
            short_name=f"{n}单位",
            kind=OrganizationKind.OTHER,
            scope_key=f"unit:unit-{n}/",
            parent=Organization.objects.get(key="government"),
        )
        for n in range(count)
    )
    group = Group.objects.get(key="city-renewal")
    for n, unit in enumerate(made):
        OrganizationName.objects.create(organization=unit, name=unit.name, folded=f"第{n}单位")
        OrganizationName.objects.create(organization=unit, name=unit.short_name, folded=f"{n}单位")
        group.memberships.create(organization=unit)
        person = Person.objects.create(key=f"p-{n}", name=f"人{n}", folded=f"人{n}", scope_key=f"person:p-{n}/")
        Membership.objects.create(person=person, organization=unit, post="主任")
        NameProposal.objects.create(
            name=f"新{n}", folded=f"新{n}", kind="UNIT", seen_in="x", proposed_at=dt.datetime.now(dt.UTC)
        )


@pytest.mark.parametrize(
    ("name", "args", "query"),
    [
        ("registry:units", [], "per_page=200"),
        ("registry:units", [], "per_page=200&format=csv"),
        ("registry:unit", ["government"], ""),
        ("registry:groups", [], "per_page=200"),
        ("registry:groups", [], "format=xlsx"),
        ("registry:group", ["city-renewal"], ""),
        ("registry:group_members", ["city-renewal"], ""),
        ("registry:people", [], "per_page=200"),
        ("registry:people", [], "format=xlsx"),
        ("registry:divisions", [], ""),
        ("registry:proposals", [], ""),
    ],
)
def test_the_number_of_queries_does_not_grow(desk: Client, name: str, args: list[str], query: str) -> None:
    url = f"{reverse(name, args=args)}?{query}"

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            response = desk.get(url)
            getattr(response, "getvalue", bytes)()
        assert response.status_code == 200
        return len(captured)

    add_units(5)
    queries()
    few = queries()
    Organization.objects.filter(key__startswith="unit-").exists()
    Person.objects.filter(key__startswith="p-").delete()
    Group.objects.get(key="city-renewal").memberships.all().delete()
    Organization.objects.filter(key__startswith="unit-").delete()
    NameProposal.objects.all().delete()
    add_units(50)
    assert queries() == few


def test_a_unit_page_shows_who_acts_for_it(desk: Client, make_user: Callable[..., User]) -> None:
    liaison = make_user("wang", "UNIT_LIAISON", "unit:government/government-office/", display_name="王联络")
    above = make_user("li", "UNIT_LIAISON", "unit:government/", display_name="李联络")
    make_user("zhang", "UNIT_LIAISON", "unit:government/finance/", display_name="张联络")
    closed = make_user("zhao", "UNIT_LIAISON", "unit:government/government-office/", display_name="赵联络")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    response = desk.get(reverse("registry:unit", args=["government-office"]))
    assert [grant.user for grant in response.context["grants"]] == [liaison, above]
    assert RoleGrant.objects.filter(user=closed).exists()


def test_a_unit_is_added_with_its_names(desk: Client) -> None:
    data = {
        "name": "市低空经济发展局",
        "kind": "department",
        "division": "",
        "parent": "",
        "aliases": "市低空局\n\n市低空办",
    }
    response = desk.post(reverse("registry:unit_add"), data)
    unit = Organization.objects.get(name="市低空经济发展局")
    assert response["Location"] == reverse("registry:unit", args=[unit.key])
    assert unit.short_name == unit.name
    assert set(unit.names.values_list("name", flat=True)) == {"市低空经济发展局", "市低空局", "市低空办"}
    assert AuditEntry.objects.filter(action="registry.add_organization", object_id=str(unit.pk)).count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "市财政局"}, "name"),
        ({"short_name": "市发改委"}, "short_name"),
        ({"aliases": "市某局\n各县（市、区）政府"}, "aliases"),
        ({"kind": "ministry"}, "kind"),
        ({"name": "某" * 129}, "name"),
        ({"aliases": "某" * 129}, "aliases"),
        ({"name": "\u200b"}, "name"),
    ],
)
def test_a_wrong_unit_is_refused_at_its_field(desk: Client, changes: dict[str, str], field: str) -> None:
    before = (Organization.objects.count(), OrganizationName.objects.count(), AuditEntry.objects.count())
    data = {"name": "市某新局", "kind": "department", **changes}
    response = desk.post(reverse("registry:unit_add"), data)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert before == (Organization.objects.count(), OrganizationName.objects.count(), AuditEntry.objects.count())


def test_a_form_of_a_name_is_added_corrected_and_removed(desk: Client) -> None:
    desk.post(reverse("registry:unit_alias_add", args=["finance"]), {"alias": " 市财证局 "})
    form = OrganizationName.objects.get(name="市财证局")
    desk.post(reverse("registry:alias", args=[form.pk]), {"alias": "市财政"})
    assert not OrganizationName.objects.filter(name="市财证局").exists()
    form = OrganizationName.objects.get(name="市财政")
    assert form.organization.key == "finance"
    desk.post(reverse("registry:alias", args=[form.pk]), {"remove": "1"})
    assert not OrganizationName.objects.filter(name="市财政").exists()
    actions = list(AuditEntry.objects.order_by("sequence").values_list("action", flat=True))
    assert actions[-3:] == ["registry.add_alias", "registry.correct_alias", "registry.remove_alias"]


def test_a_taken_form_is_refused_and_the_old_one_stays(desk: Client) -> None:
    response = desk.post(reverse("registry:unit_alias_add", args=["finance"]), {"alias": "市发改委"})
    assert response.status_code == 422
    assert "市发展和改革委员会" in text_of(response)
    form = OrganizationName.objects.get(name="市发改委")
    response = desk.post(reverse("registry:alias", args=[form.pk]), {"alias": "市财政局"})
    assert response.status_code == 422
    assert OrganizationName.objects.filter(name="市发改委").exists()


def test_the_official_name_is_not_removed(desk: Client) -> None:
    form = OrganizationName.objects.get(name="市财政局")
    response = desk.post(reverse("registry:alias", args=[form.pk]), {"remove": "1"})
    assert response.status_code == 422
    assert OrganizationName.objects.filter(name="市财政局").exists()


def test_a_group_is_added_and_its_members_are_asked_next(desk: Client) -> None:
    response = desk.post(reverse("registry:group_add"), {"name": "市低空经济工作专班成员单位"})
    group = Group.objects.get(name="市低空经济工作专班成员单位")
    assert not group.members_known
    assert response["Location"] == reverse("registry:group_members", args=[group.key])
    desk.post(response["Location"], {"members": ["finance", "science", "no-such"]})
    group.refresh_from_db()
    assert group.members_known
    assert set(group.members.values_list("key", flat=True)) == {"finance", "science"}


def test_members_are_ticked_and_changed(desk: Client) -> None:
    url = reverse("registry:group_members", args=["zones"])
    page = text_of(desk.get(url))
    assert page.count(" checked") == 2
    desk.post(url, {"members": ["zone-economic"]})
    assert list(Group.objects.get(key="zones").members.values_list("key", flat=True)) == ["zone-economic"]
    entry = AuditEntry.objects.order_by("sequence").last()
    assert entry is not None
    assert entry.before == {"members": ["zone-economic", "zone-hi-tech"]}
    assert entry.after == {"members": ["zone-economic"]}


def test_a_person_is_added_with_a_post_and_gets_another(desk: Client) -> None:
    finance = Organization.objects.get(key="finance")
    data = {"name": "周砚清", "organization": finance.pk, "post": "市财政局副局长"}
    desk.post(reverse("registry:person_add"), data)
    person = Person.objects.exclude(key="zhou-yanqing").get(name="周砚清")
    assert not person.is_leader
    url = reverse("registry:post_add", args=[person.key])
    assert desk.post(url, {"organization": finance.pk, "post": "总会计师", "since": "2026-01-05"}).status_code == 302
    assert desk.post(url, {"organization": finance.pk, "post": "总会计师"}).status_code == 422
    assert desk.post(url, {"organization": finance.pk, "post": ""}).status_code == 422
    assert list(person.memberships.order_by("pk").values_list("post", flat=True)) == ["市财政局副局长", "总会计师"]


def test_divisions_are_counted(desk: Client) -> None:
    root = desk.get(reverse("registry:divisions")).context["roots"][0]
    assert (len(root.counties), len(root.zones), root.townships) == (7, 2, 62)
    assert root.all_units == Organization.objects.count()


def propose(*names: tuple[str, NameKind]) -> list[NameProposal]:
    """Propose names as an import does, and return them in the order in which they wait."""
    propose_names(names=names, seen_in="云政发〔2026〕1号", now=dt.datetime(2026, 3, 1, tzinfo=dt.UTC))
    return list(NameProposal.objects.filter(status="OPEN"))


def test_a_waiting_name_is_shown_with_what_it_looks_like(desk: Client) -> None:
    propose(("市财政管理局", NameKind.UNIT), ("市财政管理局", NameKind.UNIT))
    response = desk.get(reverse("registry:proposals"))
    assert response.context["current"].times_seen == 2
    assert response.context["likenesses"][0].choice == "unit:finance"
    assert "云政发〔2026〕1号" in text_of(response)


def test_one_click_makes_it_another_form_and_goes_on_to_the_next(desk: Client) -> None:
    first, second = propose(("市财政管理局", NameKind.UNIT), ("市某新局", NameKind.UNIT))
    first, second = sorted([first, second], key=lambda each: each.name != "市财政管理局")
    url = reverse("registry:settle_as_known", args=[first.pk])
    response = desk.post(url, {"target": "unit:finance", "next": str(second.pk)})
    assert response["Location"] == f"{reverse('registry:proposals')}?at={second.pk}"
    assert OrganizationName.objects.get(name="市财政管理局").organization.key == "finance"
    first.refresh_from_db()
    assert (first.status, first.decided_by) == ("ALIAS", "clerk")


@pytest.mark.parametrize("next_value", ["https://elsewhere.example/", "1&x=2", "javascript:1", ""])
def test_the_next_name_cannot_lead_elsewhere(desk: Client, next_value: str) -> None:
    (proposal,) = propose(("某某", NameKind.UNIT))
    response = desk.post(reverse("registry:reject", args=[proposal.pk]), {"next": next_value})
    assert response["Location"] == reverse("registry:proposals")


def test_a_known_name_may_be_typed(desk: Client) -> None:
    (proposal,) = propose(("各区县", NameKind.UNIT))
    url = reverse("registry:settle_as_known", args=[proposal.pk])
    refused = desk.post(url, {"known_name": "没有这个名称"})
    assert refused.status_code == 422
    assert "没有这个名称" in text_of(refused)
    assert desk.post(url, {"known_name": ""}).status_code == 422
    assert desk.post(url, {"target": "unit:no-such"}).status_code == 422
    assert desk.post(url, {"target": "nonsense"}).status_code == 422
    assert desk.post(url, {"known_name": "各县（市、区）政府"}).status_code == 302
    assert Group.objects.get(key="counties").names.filter(name="各区县").exists()


def test_a_post_is_given_to_who_holds_it(desk: Client) -> None:
    (proposal,) = propose(("市委常委、秘书长", NameKind.PERSON))
    url = reverse("registry:settle_as_known", args=[proposal.pk])
    desk.post(url, {"known_name": "石文渊"})
    assert Membership.objects.get(post="市委常委、秘书长").person.key == "shi-wenyuan"


def test_somebody_without_a_unit_cannot_be_given_a_post(desk: Client) -> None:
    Membership.objects.filter(person__key="shi-wenyuan").delete()
    (proposal,) = propose(("市委常委、秘书长", NameKind.PERSON))
    response = desk.post(reverse("registry:settle_as_known", args=[proposal.pk]), {"target": "person:shi-wenyuan"})
    assert response.status_code == 422
    proposal.refresh_from_db()
    assert proposal.status == "OPEN"


def test_a_name_becomes_a_new_unit_under_its_full_name(desk: Client) -> None:
    (proposal,) = propose(("市低空办", NameKind.UNIT))
    data = {"unit-name": "市低空经济发展办公室", "unit-short_name": "", "unit-kind": "department"}
    response = desk.post(reverse("registry:settle_as_new", args=[proposal.pk, "unit"]), data)
    assert response.status_code == 302
    unit = Organization.objects.get(name="市低空经济发展办公室")
    assert set(unit.names.values_list("name", flat=True)) == {"市低空经济发展办公室", "市低空办"}
    proposal.refresh_from_db()
    assert proposal.status == "ADDED"


def test_a_name_becomes_a_group_and_its_members_are_asked_next(desk: Client) -> None:
    (proposal,) = propose(("各有关乡镇", NameKind.UNIT))
    data = {"group-name": "各有关乡镇"}
    response = desk.post(reverse("registry:settle_as_new", args=[proposal.pk, "group"]), data)
    group = Group.objects.get(name="各有关乡镇")
    assert response["Location"] == reverse("registry:group_members", args=[group.key])


def test_a_name_becomes_a_person(desk: Client) -> None:
    (proposal,) = propose(("高远", NameKind.PERSON))
    government = Organization.objects.get(key="government")
    data = {
        "person-name": "高远",
        "person-organization": government.pk,
        "person-post": "副市长",
        "person-is_leader": "on",
    }
    desk.post(reverse("registry:settle_as_new", args=[proposal.pk, "person"]), data)
    assert Person.objects.get(name="高远").is_leader


def test_a_wrong_new_name_leaves_everything_as_it_was(desk: Client) -> None:
    (proposal,) = propose(("市低空办", NameKind.UNIT))
    before = AuditEntry.objects.count()
    data = {"unit-name": "市财政局", "unit-short_name": "", "unit-kind": "department"}
    response = desk.post(reverse("registry:settle_as_new", args=[proposal.pk, "unit"]), data)
    assert response.status_code == 422
    assert next(new for new in response.context["new_forms"] if new["kind"] == "UNIT")["open"]
    proposal.refresh_from_db()
    assert (proposal.status, AuditEntry.objects.count()) == ("OPEN", before)
    assert desk.post(reverse("registry:settle_as_new", args=[proposal.pk, "ship"]), data).status_code == 404


def test_a_name_is_decided_about_once(desk: Client) -> None:
    (proposal,) = propose(("市低空办", NameKind.UNIT))
    desk.post(reverse("registry:reject", args=[proposal.pk]))
    desk.post(reverse("registry:settle_as_known", args=[proposal.pk]), {"target": "unit:finance"})
    desk.post(reverse("registry:reject", args=[proposal.pk]))
    proposal.refresh_from_db()
    assert proposal.status == "REJECTED"
    assert not OrganizationName.objects.filter(name="市低空办").exists()
    assert AuditEntry.objects.filter(action="registry.settle_proposal").count() == 1
    assert "市低空办" in text_of(desk.get(reverse("registry:proposals"), {"show": "settled"}))


def test_a_name_entered_on_another_page_no_longer_waits(desk: Client) -> None:
    (proposal,) = propose(("市财政管理局", NameKind.UNIT))
    desk.post(reverse("registry:unit_alias_add", args=["finance"]), {"alias": "市财政管理局"})
    proposal.refresh_from_db()
    assert proposal.status == "ALIAS"


def test_what_a_document_brought_is_escaped(desk: Client) -> None:
    propose(("<script>alert(1)</script>", NameKind.UNIT))
    page = text_of(desk.get(reverse("registry:proposals")))
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
