"""What is said about a file inside an archive: its name, and the reason in the person's language."""

import pytest
from django.utils import translation
from tests.reading import files

from luoshi.documents.messages import issue_message
from luoshi.reading import read_bytes, to_json

PLAN = "一、任务\n\n1. 修路架桥，年底前建成通车。（责任单位：市交通运输局）\n"
ARCHIVE = files.package({"计划.txt": PLAN.encode(), "坏.pdf": b"%PDF-1.4 broken", "假.pdf": PLAN.encode()})


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_file_and_reason_are_named_in_the_language_of_the_person(language: str) -> None:
    issues = {issue["code"]: issue for issue in to_json(read_bytes(ARCHIVE, name="a.zip"))["issues"]}
    with translation.override(language):
        unread, lying = issue_message(issues["member_unreadable"]), issue_message(issues["lying_type"])
        reason = issue_message({"code": "broken_pdf"})
    assert unread.startswith("坏.pdf")
    assert unread.endswith(reason)
    assert lying.startswith("假.pdf: ")
