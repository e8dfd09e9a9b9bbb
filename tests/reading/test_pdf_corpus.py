"""The table plans of two real cities beside the project: the figures that the reading of PDF tables promises."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.reading.reader import tasks_of

from luoshi.reading import Reading, Task, read_file, to_json

pytestmark = pytest.mark.corpus
CITIES = ("wenzhou", "huzhou")
_DATES = {
    "持续推进": None,
    "2026年底": "2026-12-31",
    "2027年底": "2027-12-31",
    "6月": "2026-06-30",
    "9月": "2026-09-30",
}
_DATES |= {"5月": "2026-05-31", "10月": "2026-10-31", "12月": "2026-12-31"}


def plan(shared: Path, city: str) -> tuple[Reading, dict[str, Any]]:
    gold = json.loads((shared / "gold" / f"table-plan-{city}-2026.json").read_text(encoding="utf-8"))
    return read_file(shared / "corpus" / f"table-plan-{city}-2026.pdf"), gold


def limit(task: Task) -> tuple[str, str | None]:
    assert task.deadline is not None
    return task.deadline.text, str(task.deadline.date) if task.deadline.date else None


@pytest.mark.parametrize("city", CITIES)
def test_score(shared: Path, tmp_path: Path, city: str) -> None:
    reading, _ = plan(shared, city)
    written = tmp_path / "reading.json"
    written.write_text(json.dumps(to_json(reading), ensure_ascii=False), encoding="utf-8")
    gold = shared / "gold" / f"table-plan-{city}-2026.json"
    command = [sys.executable, str(shared / "tools" / "score_reading.py"), str(gold), str(written)]
    command += ["--min-tasks", "0.98", "--min-parties", "0.97", "--show", "10"]
    scored = subprocess.run(command, capture_output=True, text=True, check=False)
    assert scored.returncode == 0, scored.stdout + scored.stderr


@pytest.mark.parametrize("city", CITIES)
def test_deadlines_numbers_and_sections_are_exact(shared: Path, city: str) -> None:
    reading, gold = plan(shared, city)
    tasks = tasks_of(reading)
    assert [limit(task) for task in tasks] == [(t["deadline_text"], _DATES[t["deadline_text"]]) for t in gold["tasks"]]
    assert [(task.number, task.section) for task in tasks] == [(t["number"], t["section"]) for t in gold["tasks"]]


@pytest.mark.parametrize("city", CITIES)
def test_names_stand_where_the_paper_has_them(shared: Path, city: str) -> None:
    reading, gold = plan(shared, city)
    for task, wanted in zip(tasks_of(reading), gold["tasks"], strict=True):
        first = next(item for item in reading.layout if item.start <= task.text_span.start < item.end)
        assert first.box.page == wanted["page"]
        for _, party in task.parties():
            assert "".join(party.span.of(reading.text).split()) == party.name
