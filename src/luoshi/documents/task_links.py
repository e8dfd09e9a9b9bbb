"""Where a finding went: the room above that makes tasks of findings says so here, without being known here."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from luoshi.access.models import User


@dataclass(frozen=True)
class TaskLink:
    """A task that came of a finding, as the account may see it."""

    label: str
    url: str


# (user, keys of findings) → the tasks of each finding that the account may see.
FindTasks = Callable[[User, Collection[int]], Mapping[int, list[TaskLink]]]

_finders: list[FindTasks] = []


def register_task_links(find: FindTasks) -> None:
    """Let a room say which tasks came of findings; call it in the room's ``AppConfig.ready``."""
    if find not in _finders:
        _finders.append(find)


def tasks_of(user: User, finding_pks: Collection[int]) -> dict[int, list[TaskLink]]:
    """Return the tasks that came of findings, by the finding; a constant number of queries."""
    links: dict[int, list[TaskLink]] = {}
    for find in _finders:
        for finding, found in find(user, finding_pks).items():
            links.setdefault(finding, []).extend(found)
    return links
