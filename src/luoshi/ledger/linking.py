"""What the ledger tells the rooms below it when they ask, and what it does when they have news."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from luoshi.access.models import User
from luoshi.documents.search import matching
from luoshi.documents.search_providers import SearchResult
from luoshi.documents.task_links import TaskLink
from luoshi.ledger.actions import link_names
from luoshi.ledger.models import Task, TaskSource
from luoshi.ledger.writing import TASK_ENTRY
from luoshi.registry.signals import name_learned


def listen() -> None:
    """Settle open parties whenever the registry learns a name, in the transaction in which it does."""
    name_learned.connect(_settle, dispatch_uid="luoshi.ledger.linking")


def _settle(now: dt.datetime, **_rest: Any) -> None:
    link_names(now=now)


def search_tasks(user: User, query: str, limit: int) -> list[SearchResult]:
    """Return the tasks the account may see that hold every word of the query, newest plan first."""
    found = matching(query, kind=TASK_ENTRY).values("object_id")
    tasks = Task.objects.visible_to(user).filter(pk__in=found).select_related("plan")
    return [_result(task) for task in tasks.order_by("-plan__year", "plan", "position", "pk")[:limit]]


def _result(task: Task) -> SearchResult:
    return SearchResult(
        title=f"{task.number} {task.plan.title}".strip(),
        url=task.get_absolute_url(),
        snippet=task.text,
        kind_label=task.get_status_display(),
    )


def tasks_of_findings(user: User, finding_pks: Collection[int]) -> dict[int, list[TaskLink]]:
    """Return the tasks that came of findings, as far as the account may see them; parts of tasks are left out."""
    visible = Task.objects.visible_to(user).filter(parent=None)
    sources = TaskSource.objects.filter(finding__in=finding_pks, task__in=visible).select_related("task")
    links: dict[int, list[TaskLink]] = {}
    for source in sources.order_by("task__position", "task"):
        label = f"{source.task.number} {source.task.get_status_display()}".strip()
        links.setdefault(source.finding_id, []).append(TaskLink(label, source.task.get_absolute_url()))
    return links
