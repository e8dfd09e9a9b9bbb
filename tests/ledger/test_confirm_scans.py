"""Confirming what was read in a scan: print that was hard to read is shown beside the tasks that it touches."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.documents.plans import NOW, TASKS, plan
from tests.documents.scans import scanned
from tests.ledger.confirm_desk import findings_of, url, words
from tests.ledger.factories import make_group, make_leader, make_unit

from luoshi.access.models import User
from luoshi.documents.models import Document, LineReview
from luoshi.documents.review_actions import decide_line
from luoshi.ledger.confirming.actions import accept_all_clean
from luoshi.ledger.confirming.checks import LINE_IN_DOUBT
from luoshi.ledger.confirming.lines_in_doubt import lines_in_doubt, touching
from luoshi.ledger.confirming.queries import read_board

pytestmark = pytest.mark.django_db

MISREAD = plan(tuple(task.replace("市教育局", "市教肓局") for task in TASKS))


@pytest.fixture(autouse=True)
def _english(client: Client) -> None:
    client.cookies["luoshi_language"] = "en"


@pytest.fixture
def scan(clerk: User) -> Document:
    """A scan of three tasks; the recogniser was not sure of the line of the first one."""
    return scanned(clerk, {"市教肓局": 0.41}, text=MISREAD)


def in_doubt(document: Document) -> list[bool]:
    """Return for each finding whether its print is in doubt."""
    return [LINE_IN_DOUBT in state.doubts for state in read_board(document).states]


def line_of(document: Document) -> LineReview:
    return LineReview.objects.get(text=document.reading.text)


class TestDoubt:
    def test_only_the_task_with_the_line_is_in_doubt(self, scan: Document) -> None:
        assert in_doubt(scan) == [True, False, False]

    def test_print_outside_of_tasks_is_no_doubt_about_them(self, clerk: User) -> None:
        assert in_doubt(scanned(clerk, {"请认真贯彻执行": 0.3}, text=plan())) == [False, False, False]

    def test_a_line_that_is_right_is_no_doubt_any_more(self, clerk: User, scan: Document) -> None:
        line = line_of(scan)
        decide_line(acting_user=clerk, line=line, words=line.read_as, now=NOW)
        assert in_doubt(scan) == [False, False, False]

    def test_a_corrected_line_stays_in_doubt_until_it_is_read_again(self, clerk: User, scan: Document) -> None:
        line = line_of(scan)
        decide_line(acting_user=clerk, line=line, words=line.read_as.replace("肓", "育"), now=NOW)
        assert in_doubt(scan) == [True, False, False]

    def test_a_name_behind_a_jump_belongs_to_its_task(self, scan: Document) -> None:
        finding = findings_of(scan)[1]
        span = {"start": line_of(scan).start, "end": line_of(scan).start + 4}
        finding.payload["cooperating_units"] = [{"name": "市教肓局", "span": span}]
        assert touching(finding, lines_in_doubt(scan)) == (line_of(scan),)

    def test_all_without_a_doubt_leaves_it_out(self, clerk: User) -> None:
        settle_names(clerk)
        document = scanned(clerk, {"城镇新增": 0.41}, text=plan())
        board = read_board(document)
        assert [state.doubts for state in board.states] == [(), (LINE_IN_DOUBT,), ("etc_list",)]
        made = accept_all_clean(acting_user=clerk, document=document, now=NOW, expected=board.counts["clean"])
        assert [each.number for confirmation in made for each in confirmation.findings.all()] == ["1"]


def settle_names(clerk: User) -> None:
    """Make every name of the plan known, so that only print is in doubt."""
    for name in ("林予安", "苏映川"):
        make_leader(clerk, name)
    names = ("市教育局", "市财政局", "市自然资源和规划局", "市人力资源社会保障局", "市住房城乡建设局", "云山县人民政府")
    units = [make_unit(clerk, name) for name in names]
    make_group(clerk, "各县（市、区）人民政府", units[-1:])


class TestPage:
    def test_the_words_and_the_way_to_the_picture_stand_beside_the_task(
        self, client: Client, clerk: User, scan: Document
    ) -> None:
        client.force_login(clerk)
        first, second, _third = findings_of(scan)
        response = client.get(url("confirm", scan.pk, finding=first.pk))
        shown = response.content.decode()
        assert "The print was hard to read here." in words(response)
        lines = reverse("documents:doubtful_lines", args=[scan.pk])
        assert f'href="{lines}?line={line_of(scan).pk}#line-{line_of(scan).pk}"' in shown
        assert f'id="line-{line_of(scan).pk}"' in client.get(f"{lines}?line={line_of(scan).pk}").content.decode()
        assert "lit--unsure" in shown
        assert "leaf__box--doubt" in shown
        assert words(response).count("print hard to read") == 1
        other = client.get(url("confirm", scan.pk, finding=second.pk)).content.decode()
        assert "The print was hard to read here." not in other
        assert "lit--unsure" not in other

    def test_many_lines_ask_as_often_as_few(self, client: Client, clerk: User) -> None:
        client.force_login(clerk)
        few = scanned(clerk, {"城镇新增": 0.4}, text=plan())
        many = scanned(clerk, {"〕": 0.4}, text=plan(TASKS * 9, number="云政发〔2026〕3号"), size=410)
        assert sum(in_doubt(many)) == 27
        counts: list[Any] = []
        for document in (few, few, many):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(url("confirm", document.pk, show="all")).status_code == 200
            counts.append(len(asked))
        assert counts[1] == counts[2]
