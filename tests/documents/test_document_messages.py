"""Every code that a reading or an import can give has its words, in both languages."""

import re

import pytest
from django.utils import translation

from luoshi.documents import messages
from luoshi.documents.messages import ISSUE_MESSAGES, doubt_message, issue_message, job_message, stage_label
from luoshi.reading import read_bytes
from luoshi.reading.issues import ISSUES, make_issue

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def sample(code: str) -> dict[str, str | int]:
    """Return a value for each parameter of a code."""
    return {name: f"<{name}>" for name in re.findall(r"\{(\w+)\}", ISSUES[code][1])}


@pytest.mark.parametrize("code", sorted(ISSUES))
def test_an_issue_says_the_same_as_the_reading_room(code: str) -> None:
    params = sample(code)
    issue = make_issue(code, **params)
    with translation.override("en"):
        assert issue_message({"code": code, "params": params}) == issue.message


@pytest.mark.parametrize("code", sorted(ISSUES))
def test_an_issue_speaks_chinese_and_keeps_its_particulars(code: str) -> None:
    params = sample(code)
    with translation.override("zh-hans"):
        words = issue_message({"code": code, "params": params})
    assert CHINESE.search(words)
    for value in params.values():
        assert str(value) in words


@pytest.mark.parametrize("data", [b"\x7fELF" + bytes(99), b"MZ" + bytes(99), bytes(range(256)) * 9])
def test_what_a_file_was_found_to_be_is_said_in_chinese(data: bytes) -> None:
    issue = next(each for each in read_bytes(data, name="x").issues if each.code == "binary_file")
    with translation.override("zh-hans"):
        words = issue_message({"code": issue.code, "params": issue.params})
    assert re.search("其内容是.*(程序|数据)", words)
    assert str(issue.params["found"]) not in words


def test_no_words_are_left_over() -> None:
    assert set(ISSUE_MESSAGES) == set(ISSUES)
    assert set(messages.DOUBT_WORDS) <= set(ISSUES)


def test_a_code_of_another_parser_version_says_what_it_said_then() -> None:
    assert issue_message({"code": "unheard_of", "message": "Said by an older parser."}) == "Said by an older parser."
    assert doubt_message("unheard_of") == "unheard_of"


def test_a_missing_particular_leaves_its_place() -> None:
    with translation.override("en"):
        assert issue_message({"code": "encrypted_pdf", "params": {}})
        assert "…" in issue_message({"code": "old_office", "params": {}})


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(
    ("code", "params", "said"),
    [
        ("imported", {"documents": 1, "tasks": 151}, ["1", "151"]),
        ("imported", {"documents": 4, "tasks": 0}, ["4"]),
        ("already_here", {"name": "plan.pdf"}, ["plan.pdf"]),
        ("above_limit", {"limit": 100}, ["100"]),
        ("not_stored", {"reason": "full"}, ["full"]),
        ("failed", {"reason": "KeyError"}, ["KeyError"]),
        ("scanned_pdf", {"pages": 12}, ["12"]),
    ],
)
def test_what_became_of_a_file_is_said(language: str, code: str, params: dict[str, object], said: list[str]) -> None:
    with translation.override(language):
        words = job_message(code, params)
    assert all(each in words for each in said)
    assert bool(CHINESE.search(words)) == (language == "zh-hans")


def test_nothing_is_said_before_something_became_of_it() -> None:
    assert job_message("", {}) == ""
    assert stage_label("") == ""
