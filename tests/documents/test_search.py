"""The search finds the same on both databases, whatever somebody types."""

import pytest
from django.urls import reverse
from tests.documents.plans import TASKS, brought_in, plan

from luoshi.access.models import User
from luoshi.documents.queries import search_passages
from luoshi.documents.search import matching, passages, tokens_of
from luoshi.documents.search_shown import find_hits, snippet

pytestmark = pytest.mark.django_db

TEXT = (
    "推进5G基站建设，新增1000个。",
    "新改建中小学24所，完成投资3.5亿元。",
    "支持AI+制造业，培育DeepSeek应用场景。",
    "市发展改革委负责“双随机、一公开”。",
    "全社会R&D经费占比达2.5%以上。",
)


@pytest.fixture
def found(clerk: User) -> object:
    """Return a function that says which of the sentences a query finds."""
    body = "〔牵头领导：林予安；牵头单位：市科技局〕"
    brought_in(clerk, plan([f"{each}{body}" for each in TEXT]))

    def find(query: str) -> set[int]:
        texts = list(search_passages(query).values_list("text", flat=True))
        return {index for index, sentence in enumerate(TEXT) for text in texts if sentence in text}

    return find


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("中小", {1}),
        ("小学", {1}),
        ("小中", set()),
        ("改建", {1}),
        ("学", {1}),
        ("发展改革委", {3}),
        ("５Ｇ", {0}),
        ("5g", {0}),
        ("5", {1, 4}),
        ("1000", {0}),
        ("100", set()),
        ("24所", {1}),
        ("3.5亿", {1}),
        ("2.5%", {4}),
        ("deepseek", {2}),
        ("DEEPSEEK", {2}),
        ("deep", set()),
        ("AI+制造业", {2}),
        ("R&D", {4}),
        ("双随机、一公开", {3}),
        ("“双随机”", {3}),
        ("基站 新增", {0}),
        ("新增 基站", {0}),
        ("基站 小学", set()),
        ("牵头单位 市科技局", {0, 1, 2, 3, 4}),
        ("", set()),
        ("   ", set()),
        ("。，、", set()),
        ('"', set()),
        ('"基站', {0}),
        ("基站*", {0}),
        ("基*", {0}),
        ("基站 AND 新增", set()),
        ("NOT 基站", set()),
        ("tokens:基站", set()),
        ("基站 OR 小学", set()),
        ("NEAR(基站 新增)", set()),
        ("^基站", {0}),
        ("基站 - 新增", {0}),
        ("';DROP TABLE documents_searchentry;--", set()),
        ("%", set()),
        ("_", set()),
        ("基站" * 200, set()),
        ("\x00基站", {0}),
    ],
)
def test_queries(found: object, query: str, expected: set[int]) -> None:
    assert found(query) == expected  # type: ignore[operator]


def test_a_word_that_the_paper_broke_over_two_lines_is_found(clerk: User) -> None:
    item = (
        "深入推进数据要素百城合作，共建互联互通生态，推动信贷数\n据宝落地。〔牵头领导：林予安；牵头单位：市大数据局〕"
    )
    document = brought_in(clerk, plan([item]))
    passage = search_passages("数据宝").get()
    text = document.reading.text.text
    assert "信贷数据宝" in "".join(text[passage.start : passage.end].split())


def test_what_is_found_is_the_text_at_its_place(clerk: User) -> None:
    document = brought_in(clerk, plan())
    text = document.reading.text.text
    entries = list(matching("单位", kind="sentence"))
    assert entries
    for entry in entries:
        assert text[entry.start : entry.end] == entry.text


def test_current_documents_come_first(clerk: User) -> None:
    current, waiting = brought_in(clerk, plan()), brought_in(clerk, plan(TASKS[:2]))
    order = list(dict.fromkeys(search_passages("新增就业").values_list("object_id", flat=True)))
    assert order == [current.pk, waiting.pk]


def test_long_paragraphs_are_cut_at_sentences() -> None:
    text = "第一句话很长很长很长。" * 500
    spans = passages(text, 0, len(text))
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(end - start <= 2000 and text[end - 1] == "。" for start, end in spans)


def test_tokens() -> None:
    assert tokens_of("新建５Ｇ基站①个_A") == ["新", "建", "5g", "基", "站", "1", "个", "a"]


def test_hits_are_marked_where_they_stand() -> None:
    text = "推进５Ｇ基站建设和5G应用"
    assert [text[start:end] for start, end in find_hits(text, "5g")] == ["５Ｇ", "5G"]
    assert find_hits(text, "基站建 站建设") == [(4, 8)]
    assert find_hits(text, "没有") == []


def test_a_snippet_shows_the_hit_and_says_that_there_is_more() -> None:
    text = "前" * 100 + "新建中小学" + "后" * 300
    pieces = snippet(text, "中小学")
    assert [piece.text for piece in pieces if piece.is_hit] == ["中小学"]
    assert (pieces[0].text, pieces[-1].text) == ("…", "…")
    assert sum(len(piece.text) for piece in pieces) < 200


def test_a_snippet_never_begins_and_ends_with_more_than_there_is() -> None:
    assert "".join(piece.text for piece in snippet("新建中小学24所", "中小学")) == "新建中小学24所"


def test_the_address_of_a_hit_is_its_sentence(clerk: User, client: object) -> None:
    document = brought_in(clerk, plan())
    client.force_login(clerk)  # type: ignore[attr-defined]
    page = client.get(reverse("documents:search"), {"q": "老旧小区"})  # type: ignore[attr-defined]
    shown = page.context["passages"][0]
    start, end = shown.url.rstrip("/").rsplit("/", 1)[1].split("-")
    assert document.reading.text.text[int(start) : int(end)] == "3. 改造老旧小区172个，6月底前全部开工。"
