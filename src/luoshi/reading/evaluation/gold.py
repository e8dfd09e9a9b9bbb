"""Gold files: what a careful reader found in one document, as JSON beside the documents.

A gold file is an object with `tasks` and `targets`, each a list or absent; `only_documents` narrows it to constituent
documents whose titles contain one of its strings. A task has `number`, `text_head` (how its text begins) and names by
role; `deadline_text` is its printed time limit, null for none, absent where the reader did not look. A target has
`quote`, `value`, `unit`, `comparator` and, where another reading is as good, `comparator_alt`; `borderline` ones may be
missed.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from luoshi.reading.model import ROLES


class UnableToUseGold(Exception):
    """The file is no gold file; the message says why."""


@dataclass(frozen=True)
class GoldTask:
    """One task; `deadline` is None where the reader did not look at it and empty where there is none."""

    number: str
    head: str
    parties: Mapping[str, Sequence[str]]
    deadline: str | None = None


@dataclass(frozen=True)
class GoldTarget:
    """One figure; `comparators` are all that are right."""

    quote: str
    value: float | None
    unit: str
    comparators: frozenset[str]
    is_borderline: bool = False


@dataclass(frozen=True)
class Gold:
    """What one gold file holds; `tasks` or `targets` are None where the reader did not collect them."""

    name: str
    tasks: Sequence[GoldTask] | None = None
    targets: Sequence[GoldTarget] | None = None
    only: Sequence[str] = field(default=())

    def covers(self, title: str) -> bool:
        """Tell whether the gold speaks of a constituent document of that title."""
        return not self.only or any(part in title for part in self.only)


def load_gold(path: Path) -> Gold | None:
    """Return the gold of a file, or None for JSON that is no collection of tasks and targets.

    :raises UnableToUseGold: where the file is not JSON, or a task or target in it lacks what it is told by.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnableToUseGold(f"{path.name} cannot be read as JSON: {error}") from error
    if not isinstance(data, dict) or not ({"tasks", "targets"} & data.keys()):
        return None
    try:
        return Gold(
            name=path.name,
            tasks=[_task(each) for each in data["tasks"]] if data.get("tasks") else None,
            targets=[_target(each) for each in data["targets"]] if data.get("targets") else None,
            only=tuple(data.get("only_documents") or ()),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise UnableToUseGold(f"{path.name} is not laid out as gold: {error!r}") from error


def _task(data: Mapping[str, Any]) -> GoldTask:
    limit = data.get("deadline_text", None) if "deadline_text" in data else None
    return GoldTask(
        number=str(data.get("number") or ""),
        head=data["text_head"],
        parties={role: [_name(each) for each in data.get(role) or []] for role in ROLES},
        deadline=(limit or "") if "deadline_text" in data else None,
    )


def _name(party: str | Mapping[str, str]) -> str:
    return party if isinstance(party, str) else party["name"]


def _target(data: Mapping[str, Any]) -> GoldTarget:
    comparators = {data["comparator"], data.get("comparator_alt")} - {None}
    return GoldTarget(
        quote=data["quote"],
        value=data["value"],
        unit=data.get("unit") or "",
        comparators=frozenset(comparators),
        is_borderline=bool(data.get("borderline")),
    )
