"""The real documents beside the project: the figures that the reading room promises."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.reading.reader import tasks_of
from tests.reading.test_documents import check_spans

from luoshi.reading import read_file, to_json

pytestmark = pytest.mark.corpus

SCORES = [
    ("task-plan-2021.txt", "task-plan-2021.json", None, "1.0", "0.998"),
    ("gazette-2019-04.txt", "gazette-2019-04.task-plan.json", "2019年市政府工作报告重点工作", "1.0", "0.998"),
    ("city-plan-guangzhou-2012.txt", "city-plan-guangzhou-2012.json", None, "0.97", "0.97"),
    ("measures-suining-2020.txt", "measures-suining-2020.json", None, "0.97", "0.97"),
    ("notice-zhengzhou-2026.txt", "notice-zhengzhou-2026.json", None, "0.97", "0.97"),
]


@pytest.mark.parametrize(("file", "gold", "title", "tasks", "parties"), SCORES, ids=[score[0] for score in SCORES])
def test_score(shared: Path, tmp_path: Path, file: str, gold: str, title: str | None, tasks: str, parties: str) -> None:
    written = tmp_path / "reading.json"
    written.write_text(json.dumps(to_json(read_file(shared / "corpus" / file)), ensure_ascii=False), encoding="utf-8")
    command = [sys.executable, str(shared / "tools" / "score_reading.py"), str(shared / "gold" / gold), str(written)]
    command += [
        "--min-tasks",
        tasks,
        "--min-parties",
        parties,
        "--show",
        "10",
        *(["--document", title] if title else []),
    ]
    scored = subprocess.run(command, capture_output=True, text=True, check=False)
    assert scored.returncode == 0, scored.stdout + scored.stderr
    assert "tasks     gold" in scored.stdout


@pytest.mark.parametrize(
    ("file", "numbers"),
    [
        (
            "gazette-2019-04.txt",
            [
                *("聊政发〔2019〕4号", "聊政发〔2019〕5号", "聊政字〔2019〕6号", "聊政办字〔2019〕13号"),
                *("聊财社〔2019〕69号", "聊财社〔2019〕70号", "聊政任〔2019〕3号", None),
            ],
        ),
        ("gazette-2021-02.txt", ["聊政发〔2021〕1号", "聊政发〔2021〕2号", "聊政字〔2021〕3号", None]),
        ("gazette-2022-02.txt", [None, "聊政办字〔2022〕4号", "聊政任〔2022〕7号", "聊政任〔2022〕8号", None]),
    ],
)
def test_gazettes_are_split(shared: Path, file: str, numbers: list[str | None]) -> None:
    reading = read_file(shared / "corpus" / file)
    assert [document.doc_number for document in reading.documents] == numbers


def _texts(shared: Path) -> list[Path]:
    return sorted((shared / "corpus").glob("*.txt"))


def test_spans_of_the_corpus(shared: Path) -> None:
    for path in _texts(shared):
        check_spans(read_file(path))


def test_nothing_printed_is_lost(shared: Path) -> None:
    for path in _texts(shared):
        reading = read_file(path)
        printed = "".join(path.read_text(encoding="utf-8").split())
        for mark in ("#", "**", "<sub>", "</sub>", "---"):
            printed = printed.replace(mark, "")
        kept = "".join(reading.text.split())
        assert len(printed) - len(kept) < 0.005 * len(printed)


def test_the_plan_in_the_gazette_has_the_same_tasks(shared: Path) -> None:
    plan = tasks_of(read_file(shared / "corpus" / "task-plan-2021.txt"))
    gazette = read_file(shared / "corpus" / "gazette-2021-02.txt").documents[0].tasks
    assert [task.number for task in plan] == [task.number for task in gazette]
    assert len(plan) == 151


def test_speed(shared: Path) -> None:
    paths = _texts(shared)
    characters, started = 0, time.process_time()
    for path in paths:
        characters += len(read_file(path).text)
    assert characters / (time.process_time() - started) >= 100_000
