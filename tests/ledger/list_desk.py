"""A small ledger for the tests of the list, of bulk changes and of the exchange with Excel."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.ledger.factories import NOW, Item, make_document, make_leader, make_unit

from luoshi.access.models import User
from luoshi.ledger.confirming.actions import accept_all_clean, accept_finding
from luoshi.ledger.models import Task
from luoshi.ledger.states import TaskStatus
from luoshi.registry.models import Division, Level, Organization, OrganizationKind

ENGINEERING, LIVELIHOOD = "一、重大工程", "二、民生实事"


@dataclass
class Ledger:
    """Five tasks of one plan and one of the year before; ``tasks`` by their number, the older one as ``old``."""

    clerk: User
    client: Client
    tasks: dict[str, Task]
    housing: Organization
    finance: Organization

    def numbers(self, query: str = "", client: Client | None = None) -> list[str]:
        """Return the numbers of the listed tasks, in order."""
        return [row.task.number for row in self.page(query, client).context["rows"]]

    def page(self, query: str = "", client: Client | None = None) -> Any:
        """Return the answer of the list."""
        response = (client or self.client).get(f"{reverse('ledger:list')}?{query}")
        assert response.status_code == 200
        return response

    def fresh(self, number: str) -> Task:
        """Return a task as the database has it now."""
        return Task.objects.get(pk=self.tasks[number].pk)


def english(user: User) -> Client:
    """Return a browser of this account that asks for English."""
    client = Client()
    client.force_login(user)
    client.cookies["luoshi_language"] = "en"
    return client


def make_ledger(clerk: User) -> Ledger:
    """Make units, a county, leaders and six accepted tasks with dates and statuses around today."""
    housing = make_unit(clerk, "市住房和城乡建设局", key="housing", short_name="市住房城乡建设局")
    finance = make_unit(clerk, "市财政局", key="finance")
    _make_county(clerk)
    make_leader(clerk, "方启铭", key="fang")
    make_leader(clerk, "陆承泽", key="lu")
    document = make_document(clerk, _items())
    accept_each(clerk, document)
    old = make_document(
        clerk,
        [Item("建成公园3处。", number="old", section="一、去年", lead_units=["市财政局"])],
        title="云川市2025年重点工作任务分工方案",
        plan_year=2025,
    )
    accept_each(clerk, old)
    tasks = {task.number: task for task in Task.objects.all()}
    _set(tasks["1"], deadline=-3)
    _set(tasks["2"], deadline=5, status=TaskStatus.IN_PROGRESS)
    _set(tasks["3"], deadline=60, status=TaskStatus.CLAIMED_DONE)
    _set(tasks["5"], deadline=-10, status=TaskStatus.DONE)
    return Ledger(clerk, english(clerk), tasks, housing, finance)


def accept_each(clerk: User, document: Any) -> None:
    """Accept every finding of a document as it is."""
    for finding in document.findings.all():
        accept_finding(acting_user=clerk, finding=finding, now=NOW)


def make_many(clerk: User, count: int) -> None:
    """Make as many tasks, each with a leader, a lead unit and two cooperating units, with one decision."""
    items = [
        Item(
            f"完成第{place}项改造任务。",
            section=f"第{place % 7}部分",
            lead_leaders=["方启铭"],
            lead_units=["市住房城乡建设局"],
            cooperating_units=["市财政局", "望岭县人民政府"],
        )
        for place in range(count)
    ]
    accept_all_clean(acting_user=clerk, document=make_document(clerk, items, title="大方案"), now=NOW)


def day(days: int) -> dt.date:
    """Return the day so many days from today."""
    return timezone.localdate() + dt.timedelta(days=days)


def _items() -> list[Item]:
    return [
        Item(
            "改造老旧小区72个。",
            section=ENGINEERING,
            lead_leaders=["方启铭"],
            lead_units=["市住房城乡建设局"],
            cooperating_units=["市财政局", "望岭县人民政府"],
        ),
        Item("新建学校16所。", section=ENGINEERING, lead_leaders=["陆承泽"], lead_units=["市财政局"]),
        Item(
            "新增养老床位300张。",
            section=LIVELIHOOD,
            lead_leaders=["方启铭"],
            lead_units=["市财政局"],
            cooperating_units=["市住房城乡建设局"],
        ),
        Item("办好民生实事。", section=LIVELIHOOD, lead_units=["市养老服务中心"]),
        Item("整修道路8公里。", section=LIVELIHOOD, lead_units=["望岭县人民政府"]),
    ]


def _make_county(clerk: User) -> None:
    county = make_unit(clerk, "望岭县人民政府", key="wangling", kind=OrganizationKind.COUNTY_GOVERNMENT)
    division = Division.objects.create(code="370999", name="望岭县", level=Level.COUNTY)
    Organization.objects.filter(pk=county.pk).update(division=division)


def _set(task: Task, *, deadline: int, status: TaskStatus = TaskStatus.NOT_STARTED) -> None:
    Task.objects.filter(pk=task.pk).update(deadline=day(deadline), status=status)
