"""What a document states besides tasks: on its page, in the list of all documents, as a workbook."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from tests.documents.plans import brought_in, plan

from luoshi.access.models import User
from luoshi.documents.force import Force, force_of
from luoshi.documents.models import Document, Reference, ReferenceKind, Statement, StatementKind
from luoshi.documents.queries import DocumentFilter, list_cited, list_documents
from luoshi.documents.statements.figures import figure_of, years_of
from luoshi.documents.statements.recurrence import in_words

pytestmark = pytest.mark.django_db

SAID: dict[str, list[dict[str, Any]]] = {
    StatementKind.TARGET: [
        {
            "indicator": "城镇新增就业",
            "comparator": ">=",
            "value": 40000.0,
            "unit": "人",
            "quote": "城镇新增就业4万人",
            "role": "promise",
            "since": 2026,
            "until": 2026,
            "due": "2026-12-31",
        },
        {
            "indicator": "增速",
            "comparator": ">=",
            "value": None,
            "reference": "全省平均水平",
            "unit": None,
            "quote": "增速不低于全省",
        },
    ],
    StatementKind.DUTY: [
        {"rrule": "FREQ=MONTHLY;INTERVAL=3", "quote": "每季度向市政府报告", "parties": [{"name": "市教育局"}]}
    ],
    StatementKind.APPOINTMENT: [
        {"person": "苏映川", "action": "lapse", "post": "云川市口岸办公室主任", "note": "保留原职级待遇"}
    ],
    StatementKind.QUOTA: [
        {"table": "岗位计划分配表", "row": "云山县", "values": {"总数": 3500.0, "items": 400.5}, "unit": "个"},
        {"table": "岗位计划分配表", "row": "合计", "values": {"总数": 3500.0}, "unit": "个"},
    ],
    StatementKind.EVENT: [
        {"date": "2026-03-02", "end_date": "2026-03-06", "text": "专题调研水利工程。", "people": ["林予安"]}
    ],
    StatementKind.TERM: [{"term": "三线一单", "definition": "生态保护红线等编成的清单。"}],
    StatementKind.ITEM: [
        {
            "list": "2026年民生实事清单",
            "kind": "livelihood",
            "number": "1",
            "name": "",
            "text": "新建托位三千个",
            "units": [],
        }
    ],
}


@pytest.fixture
def stated(clerk: User) -> Document:
    """A document with statements of every kind at the place of its first task."""
    document = brought_in(clerk, plan())
    finding = document.findings.get(number="1")
    document.statements.all().delete()
    Statement.objects.bulk_create(
        Statement(
            document=document,
            kind=kind,
            position=position,
            payload=payload,
            start=finding.start + 3,
            end=finding.start + 11,
            finding=finding if kind == StatementKind.TARGET else None,
        )
        for kind, payloads in SAID.items()
        for position, payload in enumerate(payloads)
    )
    return document


@pytest.mark.parametrize(
    "words",
    [
        "城镇新增就业",
        "≥ 4万人",
        "≥ 全省平均水平",
        "苏映川",
        "保留原职级待遇",
        "岗位计划分配表",
        "400.5",
        "三线一单",
        "新建托位三千个",
        "林予安",
    ],
)
def test_the_page_of_the_document_shows_every_kind(client: Client, reader: User, stated: Document, words: str) -> None:
    client.force_login(reader)
    assert words in client.get(stated.get_absolute_url()).content.decode()


def test_a_figure_is_marked_in_the_text_and_leads_to_its_record(client: Client, reader: User, stated: Document) -> None:
    client.force_login(reader)
    page = client.get(stated.get_absolute_url()).content.decode()
    target = stated.statements.filter(kind=StatementKind.TARGET).earliest("position")
    assert f'data-finding="s{target.pk}"' in page or f'id="finding-s{target.pk}"' in page
    assert f"/s/{target.start}-{target.end}/" in page


@pytest.mark.parametrize("kind", list(SAID))
def test_the_list_shows_a_kind_and_leads_to_the_sentence(
    client: Client, reader: User, stated: Document, kind: str
) -> None:
    client.force_login(reader)
    page = client.get(reverse("documents:statements"), {"kind": kind})
    assert page.status_code == 200
    assert f"/documents/{stated.pk}/s/" in page.content.decode()
    assert page.context["page"].paginator.count == len(SAID[kind])


@pytest.mark.parametrize(
    ("words", "count"), [("就业", 1), ("云政发", 2), ("没有", 0), ("就业 4万人", 1), ("' OR 1=1", 0)]
)
def test_words_narrow_the_list(client: Client, reader: User, stated: Document, words: str, count: int) -> None:
    client.force_login(reader)
    page = client.get(reverse("documents:statements"), {"kind": "TARGET", "q": words})
    assert page.context["page"].paginator.count == count


def test_promise_and_result_are_told_apart(client: Client, reader: User, stated: Document) -> None:
    client.force_login(reader)
    page = client.get(reverse("documents:statements"), {"role": "promise"})
    assert page.context["page"].paginator.count == 1
    assert client.get(reverse("documents:statements"), {"role": "result"}).context["page"].paginator.count == 0


@pytest.mark.parametrize(
    "asked",
    [{"kind": "NONSENSE"}, {"document": "x"}, {"document": "9" * 30}, {"page": "-1"}, {"role": "x"}, {"q": "x" * 500}],
)
def test_a_wrong_address_narrows_nothing_and_never_fails(
    client: Client, reader: User, stated: Document, asked: dict[str, str]
) -> None:
    client.force_login(reader)
    assert client.get(reverse("documents:statements"), asked).status_code == 200


@pytest.mark.parametrize("kind", list(SAID))
def test_every_kind_can_be_taken_along(client: Client, reader: User, stated: Document, kind: str) -> None:
    client.force_login(reader)
    answer = client.get(reverse("documents:statements"), {"kind": kind, "format": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any("云政发〔2026〕1号" in cell for cell in cells)
    assert any(f"/documents/{stated.pk}/s/" in cell for cell in cells)
    assert client.get(reverse("documents:statements"), {"kind": kind, "format": "csv"}).status_code == 200


def test_statements_of_other_printings_are_not_listed_among_all(client: Client, reader: User, stated: Document) -> None:
    Document.objects.filter(pk=stated.pk).update(status="PRINTING")
    client.force_login(reader)
    assert client.get(reverse("documents:statements")).context["page"].paginator.count == 0
    own = client.get(reverse("documents:statements"), {"document": stated.pk})
    assert own.context["page"].paginator.count == 2


def test_more_statements_ask_no_more_queries(
    client: Client, reader: User, stated: Document, django_assert_max_num_queries: Any
) -> None:
    client.force_login(reader)
    first = stated.statements.filter(kind=StatementKind.TARGET).earliest("position")
    Statement.objects.bulk_create(
        Statement(document=stated, kind="TARGET", position=n, payload=first.payload, start=first.start, end=first.end)
        for n in range(10, 200)
    )
    with django_assert_max_num_queries(14):
        client.get(reverse("documents:statements"), {"per_page": 200})
    with django_assert_max_num_queries(24):
        client.get(stated.get_absolute_url())


@pytest.mark.parametrize(
    ("since", "until", "force"),
    [
        (None, None, Force.UNSAID),
        (dt.date(2026, 1, 1), None, Force.IN_FORCE),
        (dt.date(2026, 1, 1), dt.date(2026, 6, 30), Force.IN_FORCE),
        (None, dt.date(2026, 6, 29), Force.EXPIRED),
        (dt.date(2026, 7, 1), dt.date(2027, 1, 1), Force.NOT_YET),
    ],
)
def test_a_document_stands_where_its_dates_say(
    clerk: User, since: dt.date | None, until: dt.date | None, force: Force
) -> None:
    document = brought_in(clerk, plan())
    Document.objects.filter(pk=document.pk).update(effective_from=since, effective_to=until)
    document.refresh_from_db()
    today = dt.date(2026, 6, 30)
    assert force_of(document, today).force == force
    for each in Force:
        found = list_documents(DocumentFilter(force=each, today=today)).filter(pk=document.pk).exists()
        assert found == (each == force), each


def test_a_repealed_document_says_by_which_one(client: Client, clerk: User) -> None:
    old = brought_in(clerk, plan())
    new = brought_in(clerk, plan(number="云政发〔2026〕9号", subject="2026年下半年重点工作"), name="new.txt")
    new.references.all().delete()
    Reference.objects.create(
        document=new, kind=ReferenceKind.REPEALS, doc_number=old.doc_number, start=new.start, end=new.start + 5
    )
    standing = force_of(old, dt.date(2026, 6, 30))
    assert (standing.force, standing.repeal and standing.repeal.document) == (Force.REPEALED, new)
    listed = list_documents(DocumentFilter(force=Force.REPEALED, today=dt.date(2026, 6, 30)))
    assert [each.pk for each in listed] == [old.pk]
    client.force_login(clerk)
    assert "云政发〔2026〕9号" in client.get(old.get_absolute_url()).content.decode()
    assert "云政发〔2026〕1号" in client.get(new.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("rule", "english"),
    [
        ("FREQ=MONTHLY;INTERVAL=3", "every quarter"),
        ("FREQ=WEEKLY", "every week"),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=10", "every year, by day 10 of month 3"),
        ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=-1", "every year, by the end of month 6"),
        ("FREQ=MONTHLY;BYMONTHDAY=5", "every month, by day 5 of the month"),
        ("FREQ=YEARLY;INTERVAL=2", "every 2 years"),
        ("FREQ=HOURLY", "FREQ=HOURLY"),
        ("nonsense", "nonsense"),
    ],
)
def test_a_rule_is_said_in_words(rule: str, english: str) -> None:
    with translation.override("en"):
        assert in_words(rule) == english


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ({"comparator": ">=", "value": 6.0, "unit": "%", "change": "increase"}, "≥ +6%"),
        ({"comparator": "~", "value": 6.0, "value_high": 6.5, "unit": "%"}, "≈ 6–6.5%"),
        ({"comparator": "=", "value": 10000000000.0, "unit": "斤"}, "= 10,000,000,000斤"),
        ({"comparator": "<=", "value": None, "unit": None, "reference": "省定目标"}, "≤ 省定目标"),
        (
            {"comparator": ">=", "value": 80.0, "unit": "%", "change": "increase", "quote": "保洁率提高\n到80%以上"},
            "≥ 80%",
        ),
        ({"comparator": "=", "value": 3.0, "unit": "天", "change": "decrease", "quote": "由15天压缩至3天"}, "= 3天"),
        ({"comparator": ">=", "value": 6.0, "unit": "%", "change": "increase", "quote": "增速达到6%以上"}, "≥ +6%"),
        ({"comparator": "=", "value": 8.0, "unit": "%", "change": "increase", "quote": "提高8%"}, "= +8%"),
    ],
)
def test_a_figure_is_said_with_sign_and_unit(target: dict[str, Any], words: str) -> None:
    with translation.override("en"):
        assert figure_of(target) == words


def test_chinese_counts_in_ten_thousands() -> None:
    with translation.override("zh-hans"):
        assert figure_of({"comparator": ">", "value": 6000000000.0, "unit": "元"}) == "> 60亿元"
        assert figure_of({"comparator": "=", "value": 27600.0, "unit": "个"}) == "= 2.76万个"
        assert figure_of({"comparator": "=", "value": 9800.0, "unit": "个"}) == "= 9,800个"


def test_the_years_of_a_figure() -> None:
    with translation.override("en"):
        assert years_of({"since": 2017, "until": 2021}) == "2017 to 2021"
        assert years_of({"since": None, "until": 2021}) == "2021"
        assert years_of({}) == ""


def test_a_quota_table_says_what_its_figures_count(client: Client, reader: User, stated: Document) -> None:
    client.force_login(reader)
    client.cookies["luoshi_language"] = "en"
    assert client.get(stated.get_absolute_url()).content.decode().count("Unit: 个") == 1
    listed = client.get(reverse("documents:statements"), {"kind": "QUOTA"}).content.decode()
    assert listed.count("Unit: 个") == 2
    exported = client.get(reverse("documents:statements"), {"kind": "QUOTA", "format": "csv"}).content.decode()
    assert "Unit of measure" in exported


def test_rows_that_count_different_things_each_say_it(client: Client, reader: User, stated: Document) -> None:
    client.force_login(reader)
    client.cookies["luoshi_language"] = "en"
    row = stated.statements.filter(kind=StatementKind.QUOTA).latest("position")
    row.payload["unit"] = "万元"
    row.save()
    page = client.get(stated.get_absolute_url()).content.decode()
    assert "Unit: " not in page
    assert '<span class="muted small">万元</span>' in page


def test_a_document_that_is_repealed_is_not_cited_too(clerk: User) -> None:
    document = brought_in(clerk, plan())
    document.references.all().delete()
    for kind, number, start in (
        (ReferenceKind.CITES, "云政发〔2020〕5号", 0),
        (ReferenceKind.REPEALS, "云政发〔2020〕5号", 9),
        (ReferenceKind.CITES, "云政发〔2021〕6号", 4),
        (ReferenceKind.CITES, "云政发〔2021〕6号", 2),
    ):
        Reference.objects.create(document=document, kind=kind, doc_number=number, start=start, end=start + 1)
    cited = [(each.kind, each.doc_number, each.start) for each, _here in list_cited(document)]
    assert cited == [(ReferenceKind.CITES, "云政发〔2021〕6号", 2), (ReferenceKind.REPEALS, "云政发〔2020〕5号", 9)]
