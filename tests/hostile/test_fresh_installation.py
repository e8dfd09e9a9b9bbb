"""A new installation from the command line, as an office makes it: a city, its two real plans, and a whole trail."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = (sys.executable, "-m", "luoshi.cli")


def luoshi(home: Path, *arguments: str | bytes | Path) -> subprocess.CompletedProcess[bytes]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LUOSHI_")}
    environment = {**kept, "LUOSHI_HOME": str(home), "DATABASE_URL": ""}
    return subprocess.run((*COMMAND, *arguments), env=environment, capture_output=True, timeout=300, check=False)


def ask(home: Path, statement: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(home / "luoshi.sqlite3") as connection:
        return connection.execute(statement).fetchall()


@pytest.mark.corpus
def test_two_real_plans_on_a_new_installation(shared: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    made = luoshi(home, "init", "--city", "liaocheng")
    assert made.returncode == 0, made.stderr.decode()
    corpus = shared / "corpus"
    taken = luoshi(home, "import", corpus / "task-plan-2021.txt", corpus / "gazette-2019-04.txt")
    assert taken.returncode == 0, taken.stderr.decode()
    counted = "SELECT count(f.id) FROM documents_document d JOIN documents_finding f ON f.document_id = d.id"
    assert ask(home, f"{counted} WHERE d.title LIKE '%2021年%重点工作%' GROUP BY d.id") == [(151,)]
    assert (63,) in ask(home, f"{counted} WHERE d.title LIKE '%2019年%重点工作%' GROUP BY d.id")
    again = luoshi(home, "import", corpus / "task-plan-2021.txt")
    assert (again.returncode, ask(home, f"{counted} WHERE d.title LIKE '%2021年%重点工作%' GROUP BY d.id")) == (
        0,
        [(151,)],
    )
    verified = luoshi(home, "audit", "verify")
    assert verified.returncode == 0, verified.stdout.decode()


def test_what_a_command_refuses(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert luoshi(home, "init", "--city", "atlantis").returncode == 2
    assert not (home / "luoshi.sqlite3").exists() or ask(home, "SELECT name FROM sqlite_master") == []
    assert luoshi(home, "init", "--city", "demo").returncode == 0
    good, empty = tmp_path / "good.txt", tmp_path / "empty.txt"
    good.write_text("1. 修路。（责任单位：市交通运输局）\n", encoding="utf-8")
    empty.touch()
    odd = os.fsencode(tmp_path) + b"/odd\xff\x1b[31m.txt"
    Path(os.fsdecode(odd)).write_text("1. 架桥。（责任单位：市交通运输局）\n", encoding="utf-8")
    assert luoshi(home, "import", good).returncode == 0
    for arguments in ([good, empty], [tmp_path / "missing.txt"], [tmp_path], ["--plan-year", "30000", good]):
        refused = luoshi(home, "import", *arguments)  # type: ignore[misc]
        assert refused.returncode == 1
        assert b"Traceback" not in refused.stderr
    shown = luoshi(home, "import", odd)
    assert shown.returncode == 0, shown.stderr.decode()
    assert b"\x1b" not in shown.stdout


def test_the_trail_shows_what_was_changed_behind_its_back(tmp_path: Path) -> None:
    home = tmp_path / "home"
    luoshi(home, "init", "--city", "demo")
    with sqlite3.connect(home / "luoshi.sqlite3") as connection:
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'access_audit%'"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE access_auditentry SET actor = 'somebody' WHERE sequence = 3")
        connection.execute("DELETE FROM access_auditentry WHERE sequence = 5")
    found = luoshi(home, "audit", "verify")
    assert found.returncode == 1
    assert b"3" in found.stdout + found.stderr
    assert b"5" in found.stdout + found.stderr
