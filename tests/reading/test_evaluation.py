"""`luoshi evaluate`: what counts as right, and what the command prints and returns."""

import json
from pathlib import Path
from typing import Any

import pytest

from luoshi.cli import main
from luoshi.reading import read_bytes
from luoshi.reading.evaluation import Gold, UnableToUseGold, load_gold, score_reading
from luoshi.reading.evaluation.command import find_pairs
from luoshi.reading.evaluation.scoring import Score

PLAN = """云川市人民政府
关于印发2026年重点工作分工方案的通知
云政发〔2026〕1号

一、主要目标
1. 新建中小学24所，新增学位2万个。（牵头单位：市教育局；配合单位：市财政局、市住房城乡建设局）
2. 修订城市排水规划。（牵头单位：市水利局）
"""


def task(number: str, head: str, **roles: list[str]) -> dict[str, Any]:
    return {"number": number, "text_head": head, **roles}


RIGHT = [
    task(
        "1",
        "新建中小学24所，新增学位2万个",
        lead_units=["市教育局"],
        cooperating_units=["市财政局", "市住房城乡建设局"],
    ),
    task("2", "修订城市排水规划", lead_units=["市水利局"]),
]


def write_gold(folder: Path, name: str = "plan.json", **content: Any) -> Path:
    path = folder / name
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def gold_of(folder: Path, **content: Any) -> Gold:
    gold = load_gold(write_gold(folder, **content))
    assert gold is not None
    return gold


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    return tmp_path


def test_all_right_is_one(folder: Path) -> None:
    score = score_reading(gold_of(folder, tasks=RIGHT), read_bytes(PLAN.encode(), name="plan.txt"))
    assert score.tasks == Score(2, 2, 2)
    assert score.parties == Score(4, 4, 4)
    assert score.targets is None
    assert score.differences == []


def test_what_is_missed_and_what_is_too_much_is_counted_and_said(folder: Path) -> None:
    wrong = [
        task("1", "新建中小学24所，新增学位2万个", lead_units=["市教育局"], cooperating_units=["市财政局", "市人防办"]),
        task("9", "开通城际公交线路", lead_units=["市交通运输局"]),
    ]
    score = score_reading(gold_of(folder, tasks=wrong), read_bytes(PLAN.encode(), name="plan.txt"))
    assert score.tasks == Score(2, 2, 1)
    assert score.parties == Score(gold=4, read=4, right=2)
    assert score.tasks.precision == score.tasks.recall == score.tasks.f1 == 0.5
    assert any("task missed: 9" in line for line in score.differences)
    assert any("task extra: 2" in line for line in score.differences)
    assert any("市人防办" in line and "市住房城乡建设局" in line for line in score.differences)


def test_a_name_in_another_role_is_wrong(folder: Path) -> None:
    moved = [RIGHT[0], task("2", "修订城市排水规划", cooperating_units=["市水利局"])]
    score = score_reading(gold_of(folder, tasks=moved), read_bytes(PLAN.encode(), name="plan.txt"))
    assert score.parties == Score(gold=4, read=4, right=3)


def test_width_of_brackets_and_a_trailing_etc_do_not_count(folder: Path) -> None:
    text = PLAN.replace("市水利局", "市水利局（市河长办）等")
    wanted = [RIGHT[0], task("2", "修订城市排水规划", lead_units=["市水利局(市河长办)"])]
    score = score_reading(gold_of(folder, tasks=wanted), read_bytes(text.encode(), name="plan.txt"))
    assert score.parties == Score(4, 4, 4)


def test_each_task_is_matched_once(folder: Path) -> None:
    twice = [RIGHT[1], {**RIGHT[1], "number": "3"}]
    score = score_reading(gold_of(folder, tasks=twice), read_bytes(PLAN.encode(), name="plan.txt"))
    assert score.tasks is not None
    assert score.tasks.right == 1


def test_only_the_named_documents_are_scored(folder: Path) -> None:
    gold = gold_of(folder, tasks=RIGHT, only_documents=["另一个方案"])
    score = score_reading(gold, read_bytes(PLAN.encode(), name="plan.txt"))
    assert score.tasks == Score(gold=2, read=0, right=0)


@pytest.mark.parametrize("content", ["no json", '{"tasks": [{}]}', '{"tasks": 3}', '{"targets": [{"quote": "x"}]}'])
def test_broken_gold_says_which_file(tmp_path: Path, content: str) -> None:
    path = tmp_path / "broken.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnableToUseGold, match=r"broken\.json"):
        load_gold(path)


def test_other_json_is_no_gold(tmp_path: Path) -> None:
    path = tmp_path / "pairs.json"
    path.write_text("[1, 2]", encoding="utf-8")
    assert load_gold(path) is None


def test_a_gold_file_may_speak_of_a_part_of_a_document(folder: Path) -> None:
    write_gold(folder, "plan.first.json", tasks=RIGHT)
    write_gold(folder, "lonely.json", tasks=RIGHT)
    assert [(path.name, gold.name) for path, gold in find_pairs(folder, folder)] == [("plan.txt", "plan.first.json")]


def test_the_command_prints_a_table(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_gold(folder, tasks=RIGHT)
    assert main(["evaluate", str(folder)]) == 0
    printed = capsys.readouterr().out
    assert "plan.txt" in printed
    assert "1.0000  1.0000  1.0000" in " ".join(printed.split(" ")).replace(" 1", "  1").replace("   ", "  ")


def test_the_command_prints_markdown_and_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_gold(folder, tasks=RIGHT)
    assert main(["evaluate", str(folder), "--markdown"]) == 0
    assert "| plan.txt | 1.0000 / 1.0000 / 1.0000 (2 of 2) |" in capsys.readouterr().out
    assert main(["evaluate", str(folder), "--json"]) == 0
    (scores,) = json.loads(capsys.readouterr().out)
    assert scores["parties"] == {"gold": 4, "read": 4, "right": 4, "precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert scores["seconds"] >= 0


def test_a_minimum_that_is_not_reached_fails(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_gold(folder, tasks=[*RIGHT, task("3", "开通城际公交线路")])
    assert main(["evaluate", str(folder), "--min-tasks", "0.75"]) == 0
    assert main(["evaluate", str(folder), "--min-tasks", "0.9", "--differences", "5"]) == 1
    assert "task missed: 3" in capsys.readouterr().out


def test_nothing_to_score_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(tmp_path)]) == 2
    assert main(["evaluate", str(tmp_path / "missing")]) == 2
    assert "evaluate:" in capsys.readouterr().err
