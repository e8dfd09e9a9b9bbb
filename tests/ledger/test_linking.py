"""What the ledger tells the rooms below it: searches, findings that became tasks, and names that were learned."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from tests.ledger.factories import NOW, Item, make_document
from tests.ledger.list_desk import Ledger, accept_each, english, make_ledger

from luoshi.access.models import AuditEntry, User
from luoshi.documents.task_links import tasks_of
from luoshi.ledger import linking
from luoshi.ledger.history_words import ACTION_WORDS
from luoshi.ledger.linking import search_tasks
from luoshi.ledger.models import ConfirmationKind, Task
from luoshi.registry.actions import add_organization_alias
from luoshi.registry.models import NameProposal, Organization, OrganizationKind, OrganizationName
from luoshi.registry.proposal_actions import accept_as_organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def ledger(clerk: User) -> Ledger:
    return make_ledger(clerk)


@pytest.fixture
def housing(ledger: Ledger, make_user: Callable[..., User]) -> User:
    return make_user("housing", "UNIT_LIAISON", ledger.housing.scope_key)


def test_every_action_of_the_room_has_its_words_in_the_trail() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in Path(linking.__file__).parent.rglob("*.py"))
    said = set(re.findall(r'action="(ledger\.\w+)"', source))
    said |= {f"ledger.{kind.lower()}_finding" for kind in ConfirmationKind.values}
    assert len(said) > 15
    assert said == set(ACTION_WORDS)


def test_a_search_finds_the_tasks_one_may_see(ledger: Ledger, housing: User) -> None:
    assert [found.snippet for found in search_tasks(ledger.clerk, "学校", 10)] == ["新建学校16所。"]
    assert search_tasks(housing, "学校", 10) == []
    assert [found.url for found in search_tasks(housing, "小区", 10)] == [ledger.tasks["1"].get_absolute_url()]
    assert len(search_tasks(ledger.clerk, "设 小", 10)) == 0
    assert search_tasks(ledger.clerk, "", 10) == []


def test_the_search_page_shows_tasks(ledger: Ledger) -> None:
    html = ledger.client.get(reverse("documents:search"), {"q": "养老床位"}).content.decode()
    assert f'href="{ledger.tasks["3"].get_absolute_url()}"' in html


def test_a_document_says_which_tasks_came_of_its_findings(ledger: Ledger, housing: User) -> None:
    finding = ledger.tasks["1"].sources.get().finding
    other = ledger.tasks["2"].sources.get().finding
    assert [link.url for link in tasks_of(ledger.clerk, [finding.pk, other.pk])[other.pk]] == [
        ledger.tasks["2"].get_absolute_url()
    ]
    assert set(tasks_of(housing, [finding.pk, other.pk])) == {finding.pk}


def test_a_settled_proposal_settles_the_parties(clerk: User, ledger: Ledger) -> None:
    document = make_document(clerk, [Item("办好一件事。", lead_units=["市财政局"], cooperating_units=["市想象局"])])
    accept_each(clerk, document)
    row = Task.objects.get(plan__document=document).assignments.get(printed_name="市想象局")
    proposal, _made = NameProposal.objects.get_or_create(
        name="市想象局", folded="市想象局", kind="UNIT", defaults={"seen_in": "方案", "proposed_at": NOW}
    )
    accept_as_organization(
        acting_user=clerk,
        proposal=proposal,
        key="fancy",
        name="市想象力管理局",
        short_name="市想象局",
        kind=OrganizationKind.DEPARTMENT,
        now=NOW,
    )
    row.refresh_from_db()
    assert row.organization == Organization.objects.get(key="fancy")
    page = english(clerk).get(reverse("ledger:unit", args=["fancy"]))
    assert page.context["helping"].standing.total == 1


def test_what_fails_in_the_ledger_undoes_what_the_registry_learned(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_said: Any) -> None:
        raise RuntimeError("the ledger cannot follow")

    monkeypatch.setattr(linking, "link_names", fail)
    before = AuditEntry.objects.count()
    with pytest.raises(RuntimeError):
        add_organization_alias(acting_user=ledger.clerk, organization=ledger.housing, alias="市住建局", now=NOW)
    assert not OrganizationName.objects.filter(name="市住建局").exists()
    assert AuditEntry.objects.count() == before
