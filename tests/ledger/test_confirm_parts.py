"""The parts that the confirming pages are made of: cuts, differences, the text around a finding, words for doubts."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.factories import Item, make_document

from luoshi.access.models import User
from luoshi.documents.models import Document, Finding, TextVersion
from luoshi.ledger.confirming import checks, words
from luoshi.ledger.confirming.cutting import cut_text, find_cuts, pieces_of, propose_cuts
from luoshi.ledger.confirming.differences import compare_words
from luoshi.ledger.confirming.text_pane import TextPane, read_pane
from luoshi.reading.issues import ISSUES

CHINESE = st.text(alphabet="建设河道5条；。，（）《》一二、 \n!A", max_size=60)


class TestCutting:
    def test_proposes_half_sentences_before_sentences_and_never_commas(self) -> None:
        assert cut_text("甲一；甲二。乙。", propose_cuts("甲一；甲二。乙。")) == ["甲一。", "甲二。乙。"]
        assert cut_text("甲，一。乙。", propose_cuts("甲，一。乙。")) == ["甲，一。", "乙。"]
        assert propose_cuts("甲，乙。") == []
        assert cut_text("甲，乙。", find_cuts("甲，乙。")) == ["甲。", "乙。"]

    def test_brackets_and_titles_stay_whole(self) -> None:
        assert find_cuts("印发《一；二。三》（四；五）。六") == [15]

    @given(CHINESE)
    def test_the_pieces_are_the_text(self, text: str) -> None:
        pieces = pieces_of(text)
        assert "".join(piece.text for piece in pieces) == text
        assert [piece.end for piece in pieces][-1] == len(text)

    @given(CHINESE, st.lists(st.integers(-5, 80)))
    def test_parts_lose_nothing_but_their_ends(self, text: str, cuts: list[int]) -> None:
        def bare(words: str) -> str:
            return re.sub(r"[；;，。\s]", "", words)

        assert bare("".join(cut_text(text, cuts))) == bare(text)


class TestDifferences:
    def test_equal_texts_have_none(self) -> None:
        assert compare_words("甲", "甲") == []

    def test_a_changed_word_shows(self) -> None:
        segments = compare_words("新改建中小学24所", "新建中小学24所")
        assert [(each.text, each.kind) for each in segments] == [("新", ""), ("改", "removed"), ("建中小学24所", "")]

    @given(CHINESE, CHINESE)
    def test_both_texts_can_be_read_off(self, read: str, written: str) -> None:
        segments = compare_words(read, written)
        if read != written:
            assert "".join(each.text for each in segments if each.kind != "added") == read
            assert "".join(each.text for each in segments if each.kind != "removed") == written

    def test_very_long_texts_are_compared_at_once(self) -> None:
        segments = compare_words("甲" + "乙丙" * 20000, "丁" + "丙乙" * 20000)
        assert [each.kind for each in segments] == ["removed", "added"]


@pytest.mark.django_db
class TestTextPane:
    def pane(self, document: Document, finding: Finding, **options: Any) -> TextPane:
        """Return the pane of a finding among all findings of its document."""
        return read_pane(document, finding, document.findings.all(), **options)

    def shown(self, pane: TextPane) -> str:
        """Return the words of a pane."""
        return "\n".join("".join(each.text for each in paragraph.segments) for paragraph in pane.paragraphs)

    def test_a_long_document_is_shown_around_the_finding(self, clerk: User) -> None:
        document = make_document(clerk, [Item(f"完成第{i}项建设任务。" * 5, lead_units=["局"]) for i in range(200)])
        finding = document.findings.get(position=100)
        pane = self.pane(document, finding)
        assert pane.has_earlier
        assert pane.has_later
        assert "101.完成第100项建设任务。" in self.shown(pane)
        assert len(self.shown(pane)) < 2 * 1200 + 200
        assert len(self.shown(self.pane(document, finding, far=True))) > 5000

    def test_a_short_one_whole(self, clerk: User) -> None:
        document = make_document(clerk, [Item("甲。", lead_units=["局"]), Item("乙。", lead_units=["局"])])
        pane = self.pane(document, document.findings.first())
        assert not pane.has_earlier
        assert not pane.has_later
        assert self.shown(pane) == "云川市2026年重点工作任务分工方案\n1.甲。（牵头单位：局）\n2.乙。（牵头单位：局）"

    def test_says_on_which_page_it_is(self, clerk: User) -> None:
        document = make_document(clerk, [Item("甲" * 40, lead_units=["局"]), Item("乙。", lead_units=["局"])])
        first, second = document.findings.order_by("position")
        TextVersion.objects.filter(pk=document.reading.text_id).update(page_starts=[0, first.start + 10, second.start])
        segments = [each for part in self.pane(document, first).paragraphs for each in part.segments]
        assert [each.page for each in segments if each.page] == [2, 3]
        before = "".join(each.text for each in segments[: next(i for i, each in enumerate(segments) if each.page == 2)])
        assert before.endswith("1." + "甲" * 8)
        assert self.pane(document, first).first_page == 1

    def test_a_line_that_only_the_paper_ended_goes_on(self, clerk: User) -> None:
        document = make_document(clerk, [Item("税收占比保持在70%\n以上。", lead_units=["局"])])
        assert "1.税收占比保持在70%以上。（牵头单位：局）" in self.shown(self.pane(document, document.findings.get()))


def test_every_doubt_has_words() -> None:
    about_tasks = {code for code, (_severity, message) in ISSUES.items() if "{number}" in message}
    of_the_registry = {
        checks.NO_TEXT,
        checks.NOBODY_ANSWERS,
        checks.NEW_NAME,
        checks.GROUP_UNKNOWN,
        checks.AMBIGUOUS_NAME,
    }
    of_the_ledger = {checks.OTHER_UNIT, checks.LINE_IN_DOUBT}
    assert about_tasks | of_the_registry | of_the_ledger == set(words.DOUBTS)
