"""Every issue code has one meaning, is used, and is said with the parameters its message names."""

import re
from pathlib import Path
from string import Formatter

import pytest

import luoshi.workbooks
from luoshi.workbooks import ISSUES
from luoshi.workbooks.issues import make_issue

SOURCE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in Path(luoshi.workbooks.__file__).parent.glob("*.py")
    if path.name != "issues.py"
)


@pytest.mark.parametrize("code", ISSUES)
def test_every_code_is_used(code: str) -> None:
    assert f'"{code}"' in SOURCE


def test_every_code_in_use_is_described() -> None:
    used = set(re.findall(r'(?:UnableToOpenFile|UnableToReadCell|make_issue|_issue|_about)\(\s*"(\w+)"', SOURCE))
    assert used
    assert used <= set(ISSUES)


@pytest.mark.parametrize(("code", "template"), [(code, template) for code, (_, template) in ISSUES.items()])
def test_messages_name_their_parameters(code: str, template: str) -> None:
    names = [name for _, name, _, _ in Formatter().parse(template) if name is not None]
    assert all(name.isidentifier() for name in names)
    issue = make_issue(code, params=dict.fromkeys(names, "甲"))
    assert "{" not in issue.message
    assert issue.message.endswith(".")


def test_long_parameters_are_shortened() -> None:
    issue = make_issue("not_a_number", params={"text": "长" * 500})
    assert len(issue.message) < 100
    assert "…" in issue.message


def test_a_place_is_said_before_the_message() -> None:
    issue = make_issue("required", row=5, column_key="name", column_title="名称", cell="A5")
    assert str(issue) == "A5 名称: This must be filled in."
    assert str(make_issue("empty_file")) == "The file is empty."
