"""The demo's story can be told: every account, task and step exists, is allowed, and comes in time."""

import csv
import datetime as dt
import json
from functools import cache
from itertools import groupby
from pathlib import Path

import luoshi
from luoshi.access.permissions import Role
from luoshi.demo.loader import is_chosen
from luoshi.demo.make_documents import DOCUMENTS
from luoshi.ledger.states import Owner, TaskStatus, transition
from luoshi.reading import read_file

STORY = DOCUMENTS.parent / "story"
CITY = Path(luoshi.__file__).parent / "registry" / "cities" / "demo"
TODAY = dt.date(2026, 11, 22)
MOVES = {
    "start": TaskStatus.IN_PROGRESS,
    "claim": TaskStatus.CLAIMED_DONE,
    "confirm": TaskStatus.DONE,
    "return": TaskStatus.IN_PROGRESS,
}
ANSWERING = ("lead_units", "responsible_units", "implementing_units")


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def accounts() -> dict[str, dict[str, str]]:
    return {row["username"]: row for row in read(STORY / "accounts.csv")}


def imports() -> dict[str, dict[str, str]]:
    return {row["document"]: row for row in read(STORY / "imports.csv")}


def tasks_of(document: str) -> dict[str, dict[str, list[str]]]:
    """Return the tasks of a file, or of one document of a gazette (`file#number`), by their numbers."""
    name, _, doc_number = document.partition("#")
    path = DOCUMENTS / f"{name.rpartition('.')[0]}.expected.json"
    if not path.is_file():
        return read_tasks(name, doc_number)
    documents = json.loads(path.read_text(encoding="utf-8"))["documents"]
    return {task["number"]: task for found in documents for task in found["tasks"]}


@cache
def read_tasks(name: str, doc_number: str) -> dict[str, dict[str, list[str]]]:
    """Return what is read in a document without expected.json; its tasks are proved by `test_findings_read`."""
    found = [one for one in read_file(DOCUMENTS / name).documents if doc_number in ("", one.doc_number)]
    return {
        task.number: {role: [party.name for party in getattr(task, role)] for role in ANSWERING}
        for one in found
        for task in one.tasks
    }


def steps() -> list[dict[str, str]]:
    return read(STORY / "steps.csv")


def test_accounts_cover_the_roles_and_stand_in_the_city() -> None:
    organizations = {row["key"] for row in read(CITY / "organizations.csv")}
    people = {row["key"]: row["organization_key"] for row in read(CITY / "people.csv")}
    roles = [row["role"] for row in accounts().values()]
    assert {role: roles.count(role) for role in set(roles)} == {
        Role.SUPERVISION_OFFICE: 1,
        Role.UNIT_LIAISON: 4,
        Role.LEADER: 2,
        Role.READ_ONLY: 1,
        Role.ACCOUNT_ADMINISTRATOR: 1,
    }
    for row in accounts().values():
        assert row["organization_key"] in organizations
        if row["role"] == Role.LEADER:
            assert people[row["person_key"]] == row["organization_key"]


def test_imports_name_files_and_tasks_that_exist() -> None:
    for document, row in imports().items():
        assert (DOCUMENTS / document).is_file()
        assert row["accepted"] in {"yes", "no"}
        assert accounts()[row["actor"]]["role"] == Role.SUPERVISION_OFFICE
        assert dt.date.fromisoformat(row["date"]) <= TODAY
        for chosen in row["pending"].split():
            scope, _, number = chosen.rpartition("#")
            assert number in tasks_of(f"{document}#{scope}" if scope else document)
        assert bool(row["rejected"]) == bool(row["reason"])
    assert len(imports()["plan-2026.pdf"]["pending"].split()) == 10


def test_steps_are_told_in_order_after_their_import_about_accepted_tasks() -> None:
    told = steps()
    assert [row["date"] for row in told] == sorted(row["date"] for row in told)
    for row in told:
        name, _, doc_number = row["document"].partition("#")
        source = imports()[name]
        assert source["date"] <= row["date"] <= TODAY.isoformat()
        assert source["accepted"] == "yes"
        assert not is_chosen(doc_number, "", row["task"], source["pending"].split())
        assert row["task"] in tasks_of(row["document"])
    notes = [row for row in told if row["action"] == "note" and row["date"].startswith("2026")]
    assert len(notes) >= 25
    assert all(row["text"] for row in notes)


def test_every_step_is_a_move_that_the_state_table_allows() -> None:
    ended: dict[TaskStatus, int] = {}
    told = sorted(steps(), key=lambda row: (row["document"], row["task"]))
    for _, rows in groupby(told, key=lambda row: (row["document"], row["task"])):
        status = TaskStatus.NOT_STARTED
        for row in rows:
            office = accounts()[row["actor"]]["role"] == Role.SUPERVISION_OFFICE
            if row["action"] == "note":
                continue
            move = transition(status, MOVES[row["action"]])
            assert move is not None, row
            assert (Owner.OFFICE if office else Owner.UNIT) in move.owners, row
            assert row["text"] or not move.needs_reason, row
            status = move.after
        ended[status] = ended.get(status, 0) + 1
    assert ended[TaskStatus.IN_PROGRESS] >= 20
    assert ended[TaskStatus.CLAIMED_DONE] >= 2
    assert ended[TaskStatus.DONE] >= 20


def test_a_liaison_only_acts_on_what_its_unit_answers_for() -> None:
    names = {row["key"]: {row["name"], row["short_name"]} for row in read(CITY / "organizations.csv")}
    for row in steps():
        actor = accounts()[row["actor"]]
        if actor["role"] == Role.UNIT_LIAISON:
            task = tasks_of(row["document"])[row["task"]]
            answering = {name for role in ANSWERING for name in task[role]}
            assert names[actor["organization_key"]] & answering, row


def test_a_list_or_one_article_of_a_gazette_can_be_chosen() -> None:
    chosen = ["15", "云政办发〔2026〕2号#第八条", "民生实事清单#*"]
    assert is_chosen("", "", "15", chosen)
    assert is_chosen("云政办发〔2026〕2号", "第三章", "第八条", chosen)
    assert not is_chosen("云政发〔2026〕2号", "", "第八条", chosen)
    assert is_chosen("", "民生实事清单", "3", chosen)
    assert not is_chosen("", "", "3", chosen)


def test_the_story_joins_wordings_of_two_documents() -> None:
    rows = read(STORY / "indicators.csv")
    assert rows
    for row in rows:
        assert row["kept"] != row["joined"]
        assert accounts()[row["actor"]]["role"] == Role.SUPERVISION_OFFICE
        assert dt.date.fromisoformat(row["date"]) <= TODAY
