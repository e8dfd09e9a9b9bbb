"""Read the demo city's documents from their sources, before any layout: who shall do what by when.

What these records say is the truth that the printed files are checked against; nothing here is read from print.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

Role = Literal["lead_leaders", "lead_units", "responsible_units", "cooperating_units", "implementing_units"]
Names = tuple[tuple[str, ...], ...]
"""Names of one role: kinds are separated by ， in print (units ， localities), names of one kind by 、."""

SOURCES = Path(__file__).parent / "documents" / "sources"
ROLE_KEYS: dict[str, Role] = {
    "leaders": "lead_leaders",
    "lead": "lead_units",
    "responsible": "responsible_units",
    "cooperating": "cooperating_units",
    "implementing": "implementing_units",
}


class UnableToReadSource(Exception):
    """A source is not written as its reader expects; the message says which and where."""


@dataclass(frozen=True, slots=True)
class Task:
    """One item of a document; an item without names only introduces its sub-items."""

    number: str
    text: str
    names: Mapping[Role, Names] = field(default_factory=dict)
    etc: frozenset[Role] = frozenset()
    form: str = ""
    separately: bool = False
    deadline: str | None = None
    due: date | None = None

    def parties(self, role: Role) -> list[str]:
        """Return the names of one role in the order of print."""
        return [name for kind in self.names.get(role, ()) for name in kind]


@dataclass(frozen=True, slots=True)
class Section:
    """A headed group of tasks."""

    title: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Official:
    """One official document: letter and plan in one. `clause` and `numbering` choose the layout."""

    title: tuple[str, ...]
    clause: str
    sections: tuple[Section, ...] = ()
    issuer: str = ""
    number: str = ""
    to: str = ""
    issued_on: date | None = None
    note: str = ""
    plan_title: tuple[str, ...] = ()
    copies: str = ""
    printed_by: str = ""
    printed_on: date | None = None
    kind: str = "task_plan"
    numbering: str = "arabic"
    letter: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    heading: str = ""
    page: int = 1

    def day(self) -> date:
        """Return the day of issue. Raises UnableToReadSource where the source gives none."""
        if self.issued_on is None:
            raise UnableToReadSource(f"{''.join(self.title)}: no day of issue")
        return self.issued_on

    def tasks(self) -> Iterator[tuple[Section, Task]]:
        """Iterate over the items that name somebody, each with its section."""
        for section in self.sections:
            for task in section.tasks:
                if task.names:
                    yield section, task


@dataclass(frozen=True, slots=True)
class Gazette:
    """One issue of a gazette."""

    name: str
    issue: str
    imprint: tuple[str, ...]
    documents: tuple[Official, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One place where a second printing differs: a party left out, or other words."""

    task: str
    kind: Literal["party", "wording"]
    why: str
    role: str = ""
    party: str = ""
    old: str = ""
    new: str = ""


def load_official(name: str) -> Official:
    """Return the document of a source, e.g. `plan-2026`. Raises UnableToReadSource."""
    return _official(_toml(name), where=name)


def load_gazette(name: str) -> Gazette:
    """Return the gazette issue of a source. Raises UnableToReadSource."""
    raw = _toml(name)
    documents = tuple(_official(entry, where=f"{name} {entry['title']}") for entry in raw["document"])
    return Gazette(raw["name"], raw["issue"], tuple(raw["imprint"]), documents)


def load_reprint(name: str) -> tuple[Official, Official, list[Change]]:
    """Return the first printing, the second, and the changes between them. Raises UnableToReadSource."""
    raw = _toml(name)
    first = load_official(raw["source"])
    changes = [Change(**entry) for entry in raw["change"]]
    return first, _changed(first, changes), changes


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((SOURCES / f"{name}.toml").read_text(encoding="utf-8"))


def _official(raw: dict[str, Any], *, where: str) -> Official:
    fields = dict(raw)
    terms = fields.pop("terms", {})
    sections = tuple(
        Section(entry["title"], tuple(_task(task, terms, where) for task in entry["task"]))
        for entry in fields.pop("section", [])
    )
    for key in ("title", "plan_title", "letter", "events"):
        fields[key] = tuple(fields.get(key, ()))
    try:
        return Official(sections=sections, **fields)
    except TypeError as error:
        raise UnableToReadSource(f"{where}: {error}") from error


def _task(raw: dict[str, Any], terms: Mapping[str, str], where: str) -> Task:
    fields = dict(raw)
    names: dict[Role, Names] = {}
    etc: set[Role] = set()
    for key, role in ROLE_KEYS.items():
        words = str(fields.pop(key, ""))
        if words.endswith("等"):
            etc.add(role)
        if words:
            names[role] = _names(words.removesuffix("等"), terms)
    try:
        return Task(names=names, etc=frozenset(etc), **fields)
    except TypeError as error:
        raise UnableToReadSource(f"{where}, item {raw.get('number')}: {error}") from error


def _names(words: str, terms: Mapping[str, str]) -> Names:
    """Split names: white space between names, ` / ` between kinds, `@term` for a declared list."""
    for term, meaning in terms.items():
        words = words.replace(f"@{term}", meaning)
    if "@" in words:
        raise UnableToReadSource(f"no such term: {words}")
    return tuple(tuple(kind.split()) for kind in words.split("/"))


def _changed(first: Official, changes: list[Change]) -> Official:
    wanted = {change.task for change in changes}
    if missing := wanted - {task.number for _, task in first.tasks()}:
        raise UnableToReadSource(f"changes name tasks that do not exist: {sorted(missing)}")
    sections = tuple(
        replace(section, tasks=tuple(_apply(task, changes) for task in section.tasks)) for section in first.sections
    )
    return replace(first, sections=sections)


def _apply(task: Task, changes: list[Change]) -> Task:
    for change in changes:
        if change.task == task.number:
            task = _reworded(task, change) if change.kind == "wording" else _without(task, change)
    return task


def _reworded(task: Task, change: Change) -> Task:
    if task.text.count(change.old) != 1:
        raise UnableToReadSource(f"item {task.number} does not say {change.old} once")
    return replace(task, text=task.text.replace(change.old, change.new))


def _without(task: Task, change: Change) -> Task:
    role = ROLE_KEYS[change.role]
    if change.party not in task.parties(role):
        raise UnableToReadSource(f"item {task.number} does not name {change.party}")
    kept = tuple(tuple(name for name in kind if name != change.party) for kind in task.names[role])
    return replace(task, names={**task.names, role: kept})
