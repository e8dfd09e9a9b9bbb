"""One accepted task with a party of every kind, and an account for each."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.ledger.factories import NOW, Item, make_document, make_leader, make_unit

from luoshi.access.models import AuditEntry, User
from luoshi.ledger.confirming.actions import accept_finding
from luoshi.ledger.models import Task
from luoshi.registry.models import Organization, Person


@dataclass
class Desk:
    """One accepted task: housing leads, finance helps, a leader heads it; and an account of everybody."""

    task: Task
    housing: Organization
    finance: Organization
    leader: Person
    office: User
    lead: User
    helper: User
    stranger: User
    head: User
    reader: User

    def account(self, name: str) -> User:
        found: User = getattr(self, name)
        return User.objects.get(pk=found.pk)

    def fresh(self) -> Task:
        return Task.objects.get(pk=self.task.pk)


def accept(clerk: User, *items: Item) -> list[Task]:
    document = make_document(clerk, items)
    for finding in document.findings.all():
        accept_finding(acting_user=clerk, finding=finding, now=NOW)
    return list(Task.objects.filter(plan__document=document))


def make_desk(clerk: User, reader: User, make_user: Callable[..., User]) -> Desk:
    housing = make_unit(clerk, "市住房和城乡建设局", key="housing", short_name="市住房城乡建设局")
    finance = make_unit(clerk, "市财政局", key="finance")
    make_unit(clerk, "市教育局", key="education")
    person = make_leader(clerk, "方启铭", key="fang")
    (task,) = accept(
        clerk,
        Item(
            "改造老旧小区72个。",
            lead_leaders=["方启铭"],
            lead_units=["市住房城乡建设局"],
            cooperating_units=["市财政局"],
        ),
    )
    return Desk(
        task=task,
        housing=housing,
        finance=finance,
        leader=person,
        office=clerk,
        lead=make_user("lead", "UNIT_LIAISON", housing.scope_key),
        helper=make_user("helper", "UNIT_LIAISON", finance.scope_key),
        stranger=make_user("stranger", "UNIT_LIAISON", "unit:education/"),
        head=make_user("head", "LEADER", person_key="fang"),
        reader=reader,
    )


def entries(task: Task) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(object_type="ledger.task", object_id=str(task.pk)).order_by("sequence"))
