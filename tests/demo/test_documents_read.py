"""Reading finds in the printed demo documents what their sources say."""

import json
import re
import unicodedata
from functools import cache
from typing import Any

import pytest

from luoshi.demo.make_documents import DOCUMENTS
from luoshi.demo.sources import ROLE_KEYS
from luoshi.reading import Reading, read_file

STEMS = ("plan-2026", "plan-2026-reprint", "plan-2025", "innovation-2026", "gazette-2026-10")


def fold(words: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", words))


@cache
def expected(stem: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((DOCUMENTS / f"{stem}.expected.json").read_text(encoding="utf-8"))
    return content


@cache
def reading(stem: str) -> Reading:
    return read_file(DOCUMENTS / expected(stem)["file"])


@pytest.mark.parametrize("stem", STEMS)
def test_the_documents_of_a_file_are_told_apart(stem: str) -> None:
    found = [
        (one.kind, one.title, one.doc_number, one.issuer, one.issued_on.isoformat() if one.issued_on else None)
        for one in reading(stem).documents
    ]
    keys = ("kind", "title", "doc_number", "issuer", "issued_on")
    assert found == [tuple(one[key] for key in keys) for one in expected(stem)["documents"]]


@pytest.mark.parametrize("stem", STEMS)
def test_every_task_is_found_with_its_number_section_and_words(stem: str) -> None:
    for found, wanted in zip(reading(stem).documents, expected(stem)["documents"], strict=True):
        assert [(task.number, task.section, fold(task.text)) for task in found.tasks] == [
            (task["number"], task["section"], fold(task["text"])) for task in wanted["tasks"]
        ]


@pytest.mark.parametrize("stem", STEMS)
def test_every_party_is_found_in_its_role(stem: str) -> None:
    for found, wanted in zip(reading(stem).documents, expected(stem)["documents"], strict=True):
        by_number = {task.number: task for task in found.tasks}
        for task in wanted["tasks"]:
            for role in ROLE_KEYS.values():
                parties = getattr(by_number[task["number"]], role)
                assert [fold(party.name) for party in parties] == [fold(name) for name in task[role]]
                assert any(party.etc for party in parties) == (role in task["etc"])


@pytest.mark.parametrize("stem", STEMS)
def test_a_stated_deadline_is_never_another_day_than_the_source_means(stem: str) -> None:
    for found, wanted in zip(reading(stem).documents, expected(stem)["documents"], strict=True):
        meant = {task["number"]: (task["deadline_text"], task["deadline"]) for task in wanted["tasks"]}
        for task in found.tasks:
            if task.deadline is not None:
                day = task.deadline.date.isoformat() if task.deadline.date else None
                assert (fold(task.deadline.text), day) == meant[task.number]


def test_every_dated_task_of_the_plan_has_its_deadline() -> None:
    dated = {task["number"]: task["deadline"] for task in expected("plan-2026")["documents"][0]["tasks"]}
    found = {task.number: task.deadline for task in reading("plan-2026").documents[0].tasks}
    assert {number: str(limit.date) for number, limit in found.items() if limit} == {
        number: day for number, day in dated.items() if day
    }


def test_what_a_clerk_has_to_decide_is_doubtful() -> None:
    doubts = {task.number: task.doubts for task in reading("plan-2026").documents[0].tasks}
    assert "post_instead_of_name" in doubts["14"]
    assert "etc_list" in doubts["17"]
    assert "duplicate_party" in doubts["45"]
    assert "same_unit_leads_and_cooperates" in doubts["62"]
    assert {number for number, found in doubts.items() if found} == {"14", "17", "45", "62"}


@pytest.mark.parametrize("stem", STEMS)
def test_every_span_cut_from_the_text_is_the_name(stem: str) -> None:
    read = reading(stem)
    for document in read.documents:
        for task in document.tasks:
            for _, party in task.parties():
                assert fold(party.span.of(read.text)) == fold(party.name)
