"""Tasks out to Excel and CSV and in again: what was shown is what happens, row by row, or nothing does."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from django.utils.translation import trans_real
from openpyxl.worksheet.worksheet import Worksheet
from tests.ledger.list_desk import ENGINEERING, Ledger, day, english, make_ledger, make_many

from luoshi.access.models import AuditEntry, User
from luoshi.files.models import StoredFile
from luoshi.ledger.exchange.columns import task_sheet
from luoshi.ledger.exchange.dry_run import status_words
from luoshi.ledger.models import Task
from luoshi.workbooks import write_workbook

pytestmark = pytest.mark.django_db
TRICKY = (
    '=HYPERLINK("http://example.test","看")',
    "+1+1",
    "-2-3",
    "@SUM(A1)",
    "'已有撇号",
    "\t=1",
    "第一行\n第二行，含“引号”和,逗号;分号",
    "  前后空格  ",
)


@pytest.fixture
def ledger(clerk: User) -> Ledger:
    return make_ledger(clerk)


def exported(ledger: Ledger, query: str = "", client: Any = None) -> bytes:
    response = (client or ledger.client).get(f"{reverse('ledger:export')}?{query}")
    assert response.status_code == 200
    return bytes(response.content)


def upload(ledger: Ledger, data: bytes, name: str = "tasks.xlsx", client: Any = None) -> Any:
    return (client or ledger.client).post(reverse("ledger:import"), {"file": SimpleUploadedFile(name, data)})


def edited(data: bytes, *cells: tuple[str, str, object]) -> bytes:
    """Return the workbook with cells changed, each given by the number of its task, its column and the new value."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet: Worksheet = book.worksheets[0]
    columns = {str(cell.value).rstrip(" *"): cell.column for cell in sheet[2]}
    rows = {str(row[columns["No."] - 1].value): row for row in sheet.iter_rows(min_row=3)}
    for number, title, value in cells:
        rows[number][columns[title] - 1].value = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


# --- out -----------------------------------------------------------------------------------------------------------


def test_the_export_has_the_tasks_of_the_filter_in_its_order(ledger: Ledger) -> None:
    make_many(ledger.clerk, 60)
    data = exported(ledger, "leader=lu&format=xlsx&page=2")
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert [row[2].value for row in sheet.iter_rows(min_row=3)] == ["2"]
    text = exported(ledger, "format=csv&sort=-deadline&year=2026&status=OPEN").decode("utf-8-sig")
    assert text.index("新增养老床位") < text.index("新建学校") < text.index("改造老旧小区") < text.index("办好民生实事")
    assert text.count("完成第") == 60


def test_an_export_holds_only_what_the_account_sees_and_is_remembered(
    ledger: Ledger, make_user: Callable[..., User]
) -> None:
    user = make_user("housing", "UNIT_LIAISON", ledger.housing.scope_key)
    text = exported(ledger, "format=csv&unit=housing", english(user)).decode("utf-8-sig")
    assert "改造老旧小区" in text
    assert "新建学校" not in text
    entry = AuditEntry.objects.get(action="ledger.export")
    assert (entry.actor, entry.after) == ("housing", {"format": "csv", "filter": "unit=housing", "rows": 2})


def test_an_unknown_format_is_not_there(ledger: Ledger) -> None:
    assert ledger.client.get(f"{reverse('ledger:export')}?format=exe").status_code == 404


@pytest.mark.parametrize("file_format", ["xlsx", "csv"])
def test_texts_that_look_like_formulas_come_back_as_they_are(ledger: Ledger, file_format: str) -> None:
    for number, text in zip(("1", "2", "3", "4", "5", "old"), TRICKY, strict=False):
        Task.objects.filter(pk=ledger.tasks[number].pk).update(text=text, section=text.strip())
    Task.objects.filter(pk=ledger.tasks["old"].pk).update(text=TRICKY[6], deadline_text=TRICKY[7])
    data = exported(ledger, f"format={file_format}")
    if file_format == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    else:
        assert "\n=" not in data.decode("utf-8-sig")
        assert '"=HYP' not in data.decode("utf-8-sig")
    run = upload(ledger, data, f"tasks.{file_format}").context["run"]
    assert (run.changes, run.problems, run.unchanged, run.untaken) == ((), (), 6, ())


def test_a_chinese_export_is_read_by_who_reads_english(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether or not the catalogue was compiled before this test."""
    with translation.override("zh-hans"):
        catalogue = trans_real.translation("zh-hans")._catalog
        monkeypatch.setitem(catalogue._catalogs[0], "Not started", "未启动")
    status_words.cache_clear()
    ledger.client.cookies["luoshi_language"] = "zh-hans"
    data = exported(ledger)
    ledger.client.cookies["luoshi_language"] = "en"
    assert "未启动" in str([cell.value for cell in openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]["H"]])
    run = upload(ledger, data).context["run"]
    assert (run.unchanged, run.problems, run.untaken) == (6, (), ())
    status_words.cache_clear()


# --- in ------------------------------------------------------------------------------------------------------------


def test_an_edited_list_is_shown_first_and_then_applied(ledger: Ledger) -> None:
    data = edited(
        exported(ledger),
        ("1", "Task", "改造老旧小区80个。"),
        ("2", "Due", day(40)),
        ("3", "Section", ENGINEERING),
        ("3", "Time limit as printed", "年底前"),
    )
    shown = upload(ledger, data)
    run = shown.context["run"]
    assert [(row.task.number, row.values()) for row in run.changes] == [
        ("1", {"text": "改造老旧小区80个。"}),
        ("2", {"deadline": day(40)}),
        ("3", {"section": ENGINEERING, "deadline_text": "年底前"}),
    ]
    assert (run.problems, run.unchanged) == ((), 3)
    assert ledger.fresh("1").text == "改造老旧小区72个。"
    answer = ledger.client.post(reverse("ledger:apply_import"), {"ticket": shown.context["ticket"]})
    assert answer.url == reverse("ledger:list")
    assert ledger.fresh("1").text == "改造老旧小区80个。"
    assert ledger.fresh("2").deadline == day(40)
    assert (ledger.fresh("3").section, ledger.fresh("3").deadline_text) == (ENGINEERING, "年底前")
    assert ledger.numbers("q=80") == ["1"]
    assert AuditEntry.objects.filter(action="ledger.edit_task").count() == 3
    assert AuditEntry.objects.get(action="ledger.import").after == {
        "file": "tasks.xlsx",
        "sha256": StoredFile.objects.latest("pk").sha256,
        "tasks": 3,
    }


def test_every_error_says_its_row_and_column(ledger: Ledger) -> None:
    data = edited(
        exported(ledger),
        ("1", "Task", None),
        ("2", "Due", "下个月"),
        ("3", "Task id", 999_999),
        ("4", "Task", "办好民生实事10件。"),
    )
    shown = upload(ledger, data)
    problems = [(each["row"], each["column"], str(each["message"])) for each in shown.context["problems"]]
    assert problems == [
        (3, "Task", "This must be filled in."),
        (4, "Due", "下个月 is not a date. Write it like 2026-03-05."),
        (5, "", "There is no task 999999 that you may see."),
    ]
    assert [row.task.number for row in shown.context["run"].changes] == ["4"]
    ledger.client.post(reverse("ledger:apply_import"), {"ticket": shown.context["ticket"]})
    assert ledger.fresh("4").text == "办好民生实事10件。"
    assert ledger.fresh("1").text == "改造老旧小区72个。"


def test_an_old_file_never_overwrites_newer_work(ledger: Ledger) -> None:
    data = exported(ledger)
    Task.objects.filter(pk=ledger.tasks["1"].pk).update(text="改造老旧小区90个。", version=2)
    run = upload(ledger, edited(data, ("2", "Due", day(40)))).context["run"]
    assert [row.task.number for row in run.changes] == ["2"]
    assert [str(each.message) for each in run.problems] == [
        "Task 1 was changed after this file was exported; export it again."
    ]


def test_a_task_may_stand_in_the_file_once_only(ledger: Ledger) -> None:
    data = exported(ledger, "format=csv&section=" + ENGINEERING).decode("utf-8-sig").splitlines()
    twice = "\n".join([*data, data[-1]]).encode("utf-8-sig")
    (problem,) = upload(ledger, twice, "tasks.csv").context["run"].problems
    assert "stands in the file twice" in str(problem.message)


def test_what_is_typed_into_columns_for_reading_is_said_and_left(ledger: Ledger) -> None:
    data = edited(
        exported(ledger), ("1", "Status", "Done"), ("2", "Lead unit", "市教育局"), ("3", "Lead unit", "市教育局")
    )
    shown = upload(ledger, data)
    assert [(each.title, each.rows, each.first_row) for each in shown.context["run"].untaken] == [
        ("Status", 1, 3),
        ("Lead unit", 2, 4),
    ]
    assert "The column “Status” is for reading" in shown.content.decode()
    assert not shown.context["run"].changes


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty."),
        (b"%PDF-1.7 ...", "The file is a PDF."),
        (b"PK\x03\x04 broken", "damaged"),
        ("甲,乙\n1,2\n".encode(), "No row holds the column titles."),
        (b"\xff\xfe\x00\x01\x02\x80", ""),
    ],
)
def test_a_file_that_is_no_list_is_refused_and_not_kept(ledger: Ledger, data: bytes, words: str) -> None:
    before = StoredFile.objects.count()
    answer = upload(ledger, data)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert StoredFile.objects.count() == before


def test_without_a_file_the_page_says_so(ledger: Ledger) -> None:
    answer = ledger.client.post(reverse("ledger:import"), {})
    assert answer.status_code == 422
    assert "Choose a file first." in answer.content.decode()


def test_only_what_was_shown_is_applied(ledger: Ledger) -> None:
    data = edited(exported(ledger), ("1", "Due", day(40)), ("2", "Due", day(40)))
    ticket = upload(ledger, data).context["ticket"]
    Task.objects.filter(pk=ledger.tasks["2"].pk).update(version=5)
    again = ledger.client.post(reverse("ledger:apply_import"), {"ticket": ticket})
    assert "The ledger has changed since" in again.content.decode()
    assert ledger.fresh("1").deadline == day(-3)
    ledger.client.post(reverse("ledger:apply_import"), {"ticket": again.context["ticket"]})
    assert ledger.fresh("1").deadline == day(40)
    assert ledger.fresh("2").deadline == day(5)


def test_a_ticket_is_good_for_its_own_account_only(ledger: Ledger, make_user: Callable[..., User]) -> None:
    ticket = upload(ledger, edited(exported(ledger), ("1", "Due", day(40)))).context["ticket"]
    other = english(make_user("other", "SUPERVISION_OFFICE"))
    for given in ({"ticket": ticket}, {"ticket": "forged"}, {}):
        assert other.post(reverse("ledger:apply_import"), given).status_code == 422
    assert ledger.fresh("1").deadline == day(-3)


def test_only_the_office_imports(ledger: Ledger, reader: User) -> None:
    client = english(reader)
    assert client.get(reverse("ledger:import")).status_code == 403
    assert upload(ledger, exported(ledger), client=client).status_code == 403
    assert client.post(reverse("ledger:apply_import"), {"ticket": "x"}).status_code == 403


def test_a_file_with_half_of_its_columns_changes_only_those(ledger: Ledger) -> None:
    task = ledger.tasks["1"]
    columns = [each for each in task_sheet().columns if each.key in {"task", "version", "text", "deadline"}]
    rows = [{"task": task.pk, "version": 1, "text": task.text, "deadline": day(40)}]
    sheet = task_sheet()
    small = type(sheet)(name=sheet.name, title=sheet.title, version=sheet.version, columns=tuple(columns))
    (change,) = upload(ledger, write_workbook(small, rows)).context["run"].changes
    assert change.values() == {"deadline": day(40)}
