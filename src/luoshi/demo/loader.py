"""Loads the demo city: its facts, its accounts, its documents and what happened since, all through the real actions."""

import csv
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from luoshi.access.actions import create_user, grant_role, system_user
from luoshi.access.models import User
from luoshi.access.permissions import Role
from luoshi.access.scopes import ALL
from luoshi.documents.actions import receive_file
from luoshi.documents.jobs import read_job
from luoshi.documents.models import Finding
from luoshi.documents.states import ImportStatus
from luoshi.ledger.actions import add_note, change_status
from luoshi.ledger.confirming.actions import accept_finding, reject_finding
from luoshi.ledger.indicators.actions import join_indicators
from luoshi.ledger.models import IndicatorName, Task
from luoshi.ledger.states import TaskStatus
from luoshi.registry.city_packs import load_city
from luoshi.registry.models import Organization

CITY = "demo"
HERE = Path(__file__).parent
# The demo is for trying on one's own machine: one password for all of its invented people.
PASSWORD = "luoshi-demo-2026"  # noqa: S105
MOVES = {
    "start": TaskStatus.IN_PROGRESS,
    "claim": TaskStatus.CLAIMED_DONE,
    "confirm": TaskStatus.DONE,
    "return": TaskStatus.IN_PROGRESS,
}


@dataclass(frozen=True)
class DemoAccount:
    """One account of the demo city, as ``story/accounts.csv`` states it."""

    username: str
    display_name: str
    role: str
    organization_key: str
    person_key: str
    password: str = PASSWORD


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / "story" / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


ACCOUNTS = [DemoAccount(**row) for row in _rows("accounts.csv")]


class UnableToLoadDemo(Exception):
    """The demo city's files contradict the product; the message says where."""


def load_demo(*, now: dt.datetime, say: Callable[[str], None]) -> None:
    """Load the demo city into an empty database, saying each step; what happened in the story keeps its own dates."""
    system = system_user(now=now)
    say(f"city: {load_city(CITY, acting_user=system, now=now).name}")
    users = {each.username: _open_account(each, system, now) for each in ACCOUNTS}
    say(f"accounts: {len(users)}")
    for row in _rows("imports.csv"):
        findings, accepted = _import(row, users[row["actor"]])
        say(f"{row['document']}: {findings} findings, {accepted} accepted")
    joins = _rows("indicators.csv")
    for row in joins:
        _join(row, users[row["actor"]])
    say(f"indicators: {len(joins)} joined")
    steps = _rows("steps.csv")
    for row in steps:
        _take_step(row, users[row["actor"]])
    say(f"progress: {len(steps)} steps")


def _open_account(account: DemoAccount, system: User, now: dt.datetime) -> User:
    user = create_user(
        acting_user=system,
        username=account.username,
        display_name=account.display_name,
        password=account.password,
        person_key=account.person_key,
        now=now,
    )
    role = Role(account.role)
    scope = ALL
    if role == Role.UNIT_LIAISON:
        scope = Organization.objects.get(key=account.organization_key).scope_key
    grant_role(acting_user=system, user=user, role=role, scope_key=scope, now=now)
    return user


def _import(row: dict[str, str], actor: User) -> tuple[int, int]:
    """Bring one file in and confirm what the story says; return how many findings it has and how many were accepted."""
    at = _moment(row["date"])
    content = (HERE / "documents" / row["document"]).read_bytes()
    year = int(row["plan_year"]) if row["plan_year"] else None
    job = receive_file(acting_user=actor, name=row["document"], chunks=[content], plan_year=year, now=at)
    job = read_job(job)
    if job.status != ImportStatus.DONE or job.reading is None:
        raise UnableToLoadDemo(f"{row['document']}: {job.status} {job.message_code} {job.message_params}")
    findings = list(Finding.objects.filter(document__reading=job.reading).select_related("document"))
    return len(findings), _confirm(findings, row, actor, at) if row["accepted"] == "yes" else 0


def _confirm(findings: list[Finding], row: dict[str, str], actor: User, at: dt.datetime) -> int:
    """Accept or reject every finding that the story does not leave open, and return how many were accepted."""
    pending, rejected = row["pending"].split(), row["rejected"].split()
    accepted = 0
    for finding in findings:
        if is_chosen(finding.document.doc_number, finding.section, finding.number, rejected):
            reject_finding(acting_user=actor, finding=finding, reason=row["reason"], now=at)
        elif not is_chosen(finding.document.doc_number, finding.section, finding.number, pending):
            accept_finding(acting_user=actor, finding=finding, now=at)
            accepted += 1
    return accepted


def is_chosen(doc_number: str, section: str, number: str, chosen: list[str]) -> bool:
    """Tell whether a task is chosen: `15`, or `云政办发〔2026〕2号#第八条` in a gazette, or a whole list (`清单#*`)."""
    return any(f"{scope}{each}" in chosen for scope in ("", f"{doc_number}#", f"{section}#") for each in (number, "*"))


def _join(row: dict[str, str], actor: User) -> None:
    kept, joined = (IndicatorName.objects.get(printed=row[side]).indicator for side in ("kept", "joined"))
    join_indicators(acting_user=actor, kept=kept, joined=joined, now=_moment(row["date"]))


def _take_step(row: dict[str, str], actor: User) -> None:
    at = _moment(row["date"])
    name, _, doc_number = row["document"].partition("#")
    tasks = Task.objects.filter(plan__document__reading__text__original__name=name, parent=None)
    if doc_number:
        tasks = tasks.filter(plan__document__doc_number=doc_number)
    task = tasks.get(number=row["task"])
    if row["action"] == "note":
        add_note(acting_user=actor, task=task, text=row["text"], now=at)
        return
    change_status(
        acting_user=actor, task=task, version=task.version, to=MOVES[row["action"]], reason=row["text"], now=at
    )


def _moment(date: str) -> dt.datetime:
    """Return ten in the morning of a day of the story, in the city's time."""
    return timezone.make_aware(dt.datetime.combine(dt.date.fromisoformat(date), dt.time(10)))
