"""`luoshi time`: the object of the contract, and clear messages for what is no date."""

import json

import pytest

from luoshi.cli import main

KEYS = {"text", "kind", "start", "end", "rrule", "working_days", "candidates"}


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    assert main(["time", *words, "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_json_holds_every_key_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "9月底前", "--on", "2026-03-02")
    assert found.keys() >= KEYS
    assert {key: found[key] for key in KEYS} == {
        "text": "9月底前",
        "kind": "open_start",
        "start": None,
        "end": "2026-09-30",
        "rrule": None,
        "working_days": None,
        "candidates": [],
    }


def test_a_trigger_dates_a_limit(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("收到申请之日起15个工作日内", "--on", "2026-03-02")
    assert answer(capsys, *words)["end"] is None
    found = answer(capsys, *words, "--trigger", "2026-04-28")
    assert (found["kind"], found["working_days"], found["end"]) == ("relative", 15, "2026-05-21")


def test_what_is_not_known_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "10个工作日内", "--on", "2026-03-02", "--trigger", "2090-12-25")
    assert (found["end"], found["candidates"], found["note"]) == (None, [], "year_not_published")


def test_candidates_and_all_expressions(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "2027年前完成，每季度报告", "--on", "2026-03-02")
    assert found["kind"] == "ambiguous"
    everything = found["all"]
    assert isinstance(everything, list)
    assert [each["kind"] for each in everything] == ["ambiguous", "recurring"]
    assert everything[0]["candidates"] == ["2026-12-31", "2027-12-31"]


def test_words_without_a_time(capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "长期护理保险", "--on", "2026-03-02")
    assert (found["kind"], found["text"], found["all"]) == ("none", "长期护理保险", [])


def test_plain_output_is_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["time", "每年6月底前报告，2027年前完成", "--on", "2026-03-02"]) == 0
    printed = capsys.readouterr().out
    assert "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=-1" in printed
    assert "perhaps 2026-12-31 or 2027-12-31" in printed


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["年底", "--on", "2026-13-02"], "2026-13-02"),
        (["年底", "--on", "yesterday"], "yesterday"),
        (["年底", "--on", "1800-01-01"], "outside the years"),
        (["年底", "--on", "2026-03-02", "--trigger", "soon"], "soon"),
        (["年底"], "--on"),
        (["  ", "--on", "2026-03-02"], "no words"),
        (["年" * 20_001, "--on", "2026-03-02"], "longer than"),
    ],
)
def test_bad_words_end_with_code_2(words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["time", *words])
    assert ended.value.code == 2
    assert message in capsys.readouterr().err
