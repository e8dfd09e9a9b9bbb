"""The lines on which a person corrects targets."""

import datetime as dt
from decimal import Decimal

import pytest
from django.http import QueryDict

from luoshi.ledger.drafts import TargetDraft, share_targets
from luoshi.ledger.known_indicators import KnownIndicator, has_other_unit
from luoshi.ledger.models import Comparator
from luoshi.ledger.target_rows import TargetEditor

JOBS = TargetDraft(
    printed="城镇新增就业",
    key="城镇新增就业",
    comparator=Comparator.AT_LEAST,
    value=Decimal("40000"),
    unit="人",
    quote="城镇新增就业4万人以上",
    document_id=7,
    start=10,
    end=21,
)


def posted(**changed: str) -> QueryDict:
    """Return the form as the page sends it, with one line that stands for ``JOBS``."""
    line = {"printed": "城镇新增就业", "comparator": ">=", "figure": "40,000", "unit": "人", "origin": "0"} | changed
    data = QueryDict(mutable=True)
    data["targets"] = "1"
    data.update({f"target-{name}-0": value for name, value in line.items()})
    return data


def edited(**changed: str) -> tuple[TargetDraft, ...]:
    """Return what becomes of ``JOBS``; the form must be valid."""
    editor = TargetEditor.of_drafts([JOBS], data=posted(**changed))
    assert editor.is_valid(), editor.errors
    return editor.drafts()


def test_what_is_not_touched_stays_the_very_same() -> None:
    assert edited() == (JOBS,)
    assert TargetEditor.of_drafts([JOBS]).drafts() == (JOBS,)


def test_a_corrected_figure_keeps_its_place_in_the_text() -> None:
    (found,) = edited(figure="4.2万", due="2026-12-31", comparator="=")
    assert (found.value, found.due, found.comparator) == (Decimal(42000), dt.date(2026, 12, 31), Comparator.EXACTLY)
    assert (found.start, found.end, found.document_id) == (10, 21, 7)


def test_other_words_lose_the_place_unless_they_are_printed_there() -> None:
    (elsewhere,) = edited(printed="高校毕业生就业")
    assert (elsewhere.start, elsewhere.end, elsewhere.document_id, elsewhere.quote) == (None, None, None, "")
    assert elsewhere.key == "高校毕业生就业"
    (shorter,) = edited(printed="新增就业")
    assert (shorter.start, shorter.quote) == (10, JOBS.quote)


def test_a_ticked_line_is_taken_out() -> None:
    assert edited(removed="1") == ()


def test_a_line_that_was_added_and_left_empty_says_nothing() -> None:
    data = posted()
    data["targets"] = "2"
    data["target-comparator-1"] = ">="
    editor = TargetEditor.of_drafts([JOBS], data=data)
    assert editor.is_valid()
    assert editor.drafts() == (JOBS,)


def test_an_added_line_is_a_target_without_a_place() -> None:
    data = posted()
    data["targets"] = "2"
    added = {"printed": "新建学校", "comparator": ">=", "figure": "3所", "unit": ""}
    data.update({f"target-{name}-1": value for name, value in added.items()})
    editor = TargetEditor.of_drafts([JOBS], data=data)
    assert editor.is_valid(), editor.errors
    made = editor.drafts()[1]
    assert (made.value, made.unit, made.start, made.quote) == (Decimal(3), "所", None, "")


@pytest.mark.parametrize(
    "changed",
    [
        {"printed": ""},
        {"figure": "多少"},
        {"figure": "", "reference": ""},
        {"comparator": "?"},
        {"change": "sideways"},
        {"due": "2026-13-40"},
        {"unit": "很长" * 40},
        {"printed": "字" * 201},
    ],
)
def test_a_wrong_line_is_refused_with_the_reason(changed: dict[str, str]) -> None:
    editor = TargetEditor.of_drafts([JOBS], data=posted(**changed))
    assert not editor.is_valid()
    assert editor.errors[0]


def test_a_line_of_a_target_that_is_gone_is_a_new_one() -> None:
    editor = TargetEditor({"99": JOBS}, data=posted(origin="12"))
    (found,) = editor.drafts()
    assert (found.pk, found.start) == (None, None)


def test_every_target_goes_to_the_part_that_prints_it_and_none_is_lost() -> None:
    first = TargetDraft("河道", "河道", Comparator.AT_LEAST, Decimal(5), quote="整治河道5条")
    second = TargetDraft("泵站", "泵站", Comparator.AT_LEAST, Decimal(2), quote="新建泵站2座")
    across = TargetDraft("总数", "总数", Comparator.AT_LEAST, Decimal(7), quote="5条；新建")
    shares = share_targets([first, second, across], ["整治河道5条。", "新建泵站2座。"])
    assert shares == [(first, across), (second,)]


@pytest.mark.parametrize(
    ("unit", "change", "known", "differs"),
    [
        ("元", "", {("人", False)}, True),
        ("人", "", {("人", False)}, False),
        ("家", "", {("个", False)}, False),
        ("公顷", "", {("亩", False)}, True),
        ("%", "increase", {("元", False)}, False),
        ("%", "", {("元", False)}, True),
        ("", "", {("人", False)}, False),
        ("元", "", set(), False),
        ("元", "", {("人", False), ("元", False)}, False),
    ],
)
def test_another_magnitude_is_doubted(unit: str, change: str, known: set[tuple[str, bool]], differs: bool) -> None:
    target = TargetDraft("就业", "就业", Comparator.AT_LEAST, Decimal(3), unit=unit, change=change)
    assert has_other_unit(target, {"就业": KnownIndicator(1, "就业", frozenset(known))}) is differs
