"""Indicators: one under many wordings, joined and parted by people, shown over the years."""

from collections.abc import Callable
from time import perf_counter
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.ledger.confirm_desk import words
from tests.ledger.factories import NOW
from tests.ledger.list_desk import english
from tests.ledger.target_desk import accepted, claim
from tests.ledger.test_concurrency import at_once

from luoshi.access.audit import verify_chain
from luoshi.access.models import AuditEntry, User
from luoshi.access.permissions import UnableToAct
from luoshi.ledger.confirming.actions import undo_confirmation
from luoshi.ledger.indicators.actions import (
    UnableToChangeIndicator,
    join_indicators,
    part_wording,
    rename_indicator,
    say_different,
    withdraw_difference,
)
from luoshi.ledger.indicators.suggesting import suggested_pairs
from luoshi.ledger.models import Confirmation, Indicator, IndicatorDifference, IndicatorName, Target, Task

DAMS = ("小型病险水库除险加固5座。", "小型病险水库除险加固5座", "小型病险水库除险加固", 5.0, "座")
MORE_DAMS = ("病险水库除险加固9座。", "病险水库除险加固9座", "病险水库除险加固", 9.0, "座")
JOBS = ("城镇新增就业4万人。", "城镇新增就业4万人", "城镇新增就业", 40000.0, "人")
pytestmark = pytest.mark.django_db


@pytest.fixture
def dams(clerk: User) -> list[Task]:
    """Return two tasks of two years whose indicators are worded a little differently."""
    older = accepted(clerk, DAMS, plan_year=2025, title="云川市2025年重点工作")
    return [*older, *accepted(clerk, MORE_DAMS)]


@pytest.fixture
def page(clerk: User) -> Client:
    return english(clerk)


def indicator_of(printed: str) -> Indicator:
    return IndicatorName.objects.get(printed=printed).indicator


def name_of(printed: str) -> IndicatorName:
    return IndicatorName.objects.get(printed=printed)


def join(clerk: User) -> Indicator:
    return join_indicators(acting_user=clerk, kept=indicator_of(MORE_DAMS[2]), joined=indicator_of(DAMS[2]), now=NOW)


class TestDeciding:
    def test_joining_moves_wordings_and_targets(self, dams: list[Task], clerk: User) -> None:
        kept = join(clerk)
        assert Indicator.objects.get() == kept
        assert {row.indicator_name.indicator_id for row in Target.objects.all()} == {kept.pk}
        assert (name_of(DAMS[2]).joined_by, name_of(MORE_DAMS[2]).joined_by) == (clerk, None)
        entry = AuditEntry.objects.get(action="ledger.join_indicators")
        assert entry.before["wordings"] == [DAMS[2]]
        assert entry.after["wordings"] == [DAMS[2], MORE_DAMS[2]]
        assert verify_chain()[1] == []

    def test_a_wording_confirmed_later_counts_for_the_joined_indicator(self, dams: list[Task], clerk: User) -> None:
        kept = join(clerk)
        accepted(clerk, DAMS)
        assert Target.objects.filter(indicator_name__indicator=kept).count() == 3

    def test_parting_is_the_way_back(self, dams: list[Task], clerk: User) -> None:
        join(clerk)
        parted = part_wording(acting_user=clerk, name=name_of(DAMS[2]), now=NOW)
        assert (parted.name, parted.unit) == (DAMS[2], "座")
        assert [row.indicator_name.indicator.name for row in Target.objects.order_by("pk")] == [DAMS[2], MORE_DAMS[2]]
        assert len(suggested_pairs()) == 1

    def test_the_indicator_keeps_a_name_when_its_own_wording_goes(self, dams: list[Task], clerk: User) -> None:
        kept = join(clerk)
        part_wording(acting_user=clerk, name=name_of(MORE_DAMS[2]), now=NOW)
        kept.refresh_from_db()
        assert kept.name == DAMS[2]

    def test_the_only_wording_stays(self, dams: list[Task], clerk: User) -> None:
        with pytest.raises(UnableToChangeIndicator):
            part_wording(acting_user=clerk, name=name_of(DAMS[2]), now=NOW)

    def test_what_was_joined_meanwhile_is_not_joined_again(self, dams: list[Task], clerk: User) -> None:
        one, other = indicator_of(DAMS[2]), indicator_of(MORE_DAMS[2])
        join(clerk)
        with pytest.raises(UnableToChangeIndicator):
            join_indicators(acting_user=clerk, kept=one, joined=other, now=NOW)
        with pytest.raises(UnableToChangeIndicator):
            join_indicators(acting_user=clerk, kept=other, joined=other, now=NOW)

    def test_different_things_are_not_suggested_again_until_it_is_taken_back(
        self, dams: list[Task], clerk: User
    ) -> None:
        one, other = name_of(MORE_DAMS[2]), name_of(DAMS[2])
        assert say_different(acting_user=clerk, one=one, other=other, now=NOW)
        assert not say_different(acting_user=clerk, one=other, other=one, now=NOW)
        assert suggested_pairs() == []
        withdraw_difference(acting_user=clerk, difference=IndicatorDifference.objects.get(), now=NOW)
        assert len(suggested_pairs()) == 1

    def test_joining_after_all_forgets_that_they_were_different(self, dams: list[Task], clerk: User) -> None:
        say_different(acting_user=clerk, one=name_of(DAMS[2]), other=name_of(MORE_DAMS[2]), now=NOW)
        join(clerk)
        assert not IndicatorDifference.objects.exists()
        with pytest.raises(UnableToChangeIndicator):
            say_different(acting_user=clerk, one=name_of(DAMS[2]), other=name_of(MORE_DAMS[2]), now=NOW)

    def test_renaming_needs_the_name_that_was_seen(self, dams: list[Task], clerk: User) -> None:
        seen = [Indicator.objects.get(pk=indicator_of(DAMS[2]).pk) for _person in range(2)]
        rename_indicator(acting_user=clerk, indicator=seen[0], name="水库加固", unit="座", now=NOW)
        with pytest.raises(UnableToChangeIndicator):
            rename_indicator(acting_user=clerk, indicator=seen[1], name="另一名", unit="座", now=NOW)
        assert indicator_of(DAMS[2]).name == "水库加固"
        assert name_of(DAMS[2]).printed == DAMS[2]

    @pytest.mark.parametrize("name", ["", "  ", "，", "字" * 201, MORE_DAMS[2]])
    def test_a_name_that_says_nothing_or_is_taken_is_refused(self, dams: list[Task], clerk: User, name: str) -> None:
        with pytest.raises(UnableToChangeIndicator):
            rename_indicator(acting_user=clerk, indicator=indicator_of(DAMS[2]), name=name, unit="", now=NOW)

    def test_only_the_office_decides(self, dams: list[Task], reader: User) -> None:
        one, other = name_of(DAMS[2]), name_of(MORE_DAMS[2])
        acts: list[Callable[[], object]] = [
            lambda: join_indicators(acting_user=reader, kept=one.indicator, joined=other.indicator, now=NOW),
            lambda: part_wording(acting_user=reader, name=one, now=NOW),
            lambda: say_different(acting_user=reader, one=one, other=other, now=NOW),
            lambda: rename_indicator(acting_user=reader, indicator=one.indicator, name="名", unit="", now=NOW),
        ]
        for act in acts:
            with pytest.raises(UnableToAct):
                act()


class TestSuggestions:
    def test_a_pair_shows_an_example_of_each_side(self, dams: list[Task], page: Client) -> None:
        response = page.get(reverse("ledger:indicator_suggestions"))
        (pair,) = response.context["pairs"]
        assert {pair.one.quote, pair.other.quote} == {DAMS[1], MORE_DAMS[1]}
        assert pair.percent == 89
        assert "The same: call it “病险水库除险加固”" in words(response)

    def test_the_office_decides_on_the_page(self, dams: list[Task], page: Client) -> None:
        one, other = name_of(DAMS[2]), name_of(MORE_DAMS[2])
        posted = {"one": one.pk, "other": other.pk, "choice": "other"}
        done = page.post(reverse("ledger:indicator_decide"), posted, follow=True)
        assert "“小型病险水库除险加固” now counts as “病险水库除险加固”." in words(done)
        assert Indicator.objects.get().name == MORE_DAMS[2]
        again = page.post(reverse("ledger:indicator_decide"), posted, follow=True)
        assert "count as one indicator already" in words(again)
        back = page.post(reverse("ledger:indicator_part", args=[one.pk]), {"suggestions": "1"}, follow=True)
        assert len(back.context["pairs"]) == 1

    def test_different_and_back_on_the_page(self, dams: list[Task], page: Client) -> None:
        one, other = name_of(DAMS[2]), name_of(MORE_DAMS[2])
        posted = {"one": one.pk, "other": other.pk, "choice": "different"}
        said = page.post(reverse("ledger:indicator_decide"), posted, follow=True)
        assert "No wordings look alike" in words(said)
        difference = IndicatorDifference.objects.get()
        back = page.post(reverse("ledger:indicator_withdraw", args=[difference.pk]), follow=True)
        assert len(back.context["pairs"]) == 1

    @pytest.mark.parametrize(
        "posted", [{}, {"one": "1", "other": "x"}, {"one": "9" * 30, "other": "1"}, {"choice": "all"}]
    )
    def test_nonsense_is_not_found(self, page: Client, posted: dict[str, str]) -> None:
        assert page.post(reverse("ledger:indicator_decide"), posted).status_code == 404

    def test_what_was_taken_back_is_not_suggested(self, dams: list[Task], clerk: User) -> None:
        undo_confirmation(acting_user=clerk, confirmation=Confirmation.objects.order_by("pk")[0], now=NOW)
        assert suggested_pairs() == []

    def test_many_wordings_are_compared_once_and_quickly(self, clerk: User) -> None:
        chars = "工农服城居学医道河泵位床养托就公老高科"
        printed = [f"{one}{two}{end}" for one in chars for two in chars for end in ("产值", "处理能力", "面积")]
        (task,) = accepted(clerk, JOBS)
        indicators = Indicator.objects.bulk_create([Indicator(name=each, created_at=NOW) for each in printed])
        names = IndicatorName.objects.bulk_create(
            [
                IndicatorName(indicator=one, key=each, printed=each)
                for one, each in zip(indicators, printed, strict=True)
            ]
        )
        Target.objects.bulk_create(
            [
                Target(task=task, indicator_name=name, position=place, printed=name.printed, comparator=">=", value=1)
                for place, name in enumerate(names)
            ]
        )
        started = perf_counter()
        pairs = suggested_pairs()
        first = perf_counter()
        assert suggested_pairs() == pairs
        assert pairs
        assert first - started < 10
        assert perf_counter() - first < first - started + 1


class TestPages:
    def test_the_list_counts_and_finds_by_any_wording(self, dams: list[Task], page: Client, clerk: User) -> None:
        accepted(clerk, JOBS)
        join(clerk)
        address = reverse("ledger:indicators")
        rows = list(page.get(address).context["page"])
        assert [(row.name, row.target_count, row.task_count, row.name_count) for row in rows] == [
            (MORE_DAMS[2], 2, 2, 2),
            (JOBS[2], 1, 1, 1),
        ]
        assert [row.name for row in page.get(f"{address}?q=小型").context["page"]] == [MORE_DAMS[2]]
        assert [row.name for row in page.get(f"{address}?sort=name").context["page"]] == [JOBS[2], MORE_DAMS[2]]
        assert "No indicator matches" in words(page.get(f"{address}?q=没有这个"))
        assert "没有" in page.get(f"{address}?q=没有\0这个").content.decode()

    def test_an_empty_ledger_says_where_indicators_come_from(self, page: Client) -> None:
        assert "There is no indicator yet" in words(page.get(reverse("ledger:indicators")))

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_lists_go_out_as_files(self, dams: list[Task], page: Client, kind: str) -> None:
        for address in (
            reverse("ledger:indicators"),
            reverse("ledger:indicator", args=[indicator_of(DAMS[2]).pk]),
        ):
            response = page.get(f"{address}?format={kind}")
            data = response.getvalue()
            assert response.status_code == 200
            assert len(data) > 100
            if kind == "csv":
                assert DAMS[2] in data.decode("utf-8-sig")

    def test_the_page_has_every_year_and_each_sentence(self, dams: list[Task], page: Client, clerk: User) -> None:
        kept = join(clerk)
        response = page.get(reverse("ledger:indicator", args=[kept.pk]))
        assert [(each.year, each.figure) for each in response.context["promises"]] == [(2026, "≥ 9座"), (2025, "≥ 5座")]
        for target in Target.objects.select_related("document"):
            assert target.document is not None
            assert target.document.sentence_url(target.start or 0, target.end or 0) in response.content.decode()
        chart = response.context["chart"]
        assert chart["categories"] == ["2025", "2026"]
        assert [line["values"] for line in chart["series"]] == [[5, 9]]

    def test_what_reports_claim_stands_beside_what_was_promised(
        self, dams: list[Task], page: Client, clerk: User
    ) -> None:
        kept = join(clerk)
        report = dams[1].plan.document
        claim(report, DAMS[2], 4.0, "座", year=2025, quote="小型病险水库除险加固4座")
        claim(report, "城镇新增就业", 4.0, "人", year=2025, quote="别的")
        response = page.get(reverse("ledger:indicator", args=[kept.pk]))
        (result,) = response.context["results"]
        assert (result.year, result.figure, result.quote) == (2025, "= 4座", "小型病险水库除险加固4座")
        assert [line["values"] for line in response.context["chart"]["series"]] == [[5, 9], [4, None]]

    def test_what_five_years_reached_is_no_result_of_one(self, dams: list[Task], page: Client, clerk: User) -> None:
        kept = join(clerk)
        claim(dams[1].plan.document, DAMS[2], 30.0, "座", since=2021, year=2025, quote="五年加固30座")
        response = page.get(reverse("ledger:indicator", args=[kept.pk]))
        assert [each.years for each in response.context["results"]] == ["2021 to 2025"]
        assert [line["values"] for line in response.context["chart"]["series"]] == [[5, 9]]

    def test_growths_and_levels_are_not_drawn_together(self, page: Client, clerk: User) -> None:
        accepted(clerk, JOBS, plan_year=2025)
        accepted(clerk, JOBS)
        growth = Target.objects.order_by("pk")[0]
        Target.objects.filter(pk=growth.pk).update(unit="%", change="increase", value=5)
        response = page.get(reverse("ledger:indicator", args=[Indicator.objects.get().pk]))
        assert response.context["chart"] is None

    def test_a_unit_sees_only_indicators_of_its_own_tasks(
        self, dams: list[Task], clerk: User, make_user: Callable[..., User]
    ) -> None:
        user = make_user("elsewhere", "UNIT_LIAISON", "unit:elsewhere/")
        client = english(user)
        assert list(client.get(reverse("ledger:indicators")).context["page"]) == []
        assert client.get(reverse("ledger:indicator", args=[indicator_of(DAMS[2]).pk])).status_code == 404
        own = english(make_user("jobs", "UNIT_LIAISON", "unit:jobs/"))
        shown = own.get(reverse("ledger:indicators"))
        assert len(list(shown.context["page"])) == 2
        assert own.get(reverse("ledger:indicator_suggestions")).status_code == 403
        assert "Probably the same" not in words(shown)

    def test_renaming_and_joining_by_name_on_the_page(self, dams: list[Task], page: Client) -> None:
        shown = indicator_of(MORE_DAMS[2])
        form = {"was_name": shown.name, "was_unit": shown.unit, "name": "水库加固", "unit": "座"}
        renamed = page.post(reverse("ledger:indicator_rename", args=[shown.pk]), form, follow=True)
        assert "The indicator is now called “水库加固”." in words(renamed)
        stale = page.post(reverse("ledger:indicator_rename", args=[shown.pk]), {**form, "name": "再改"})
        assert (stale.status_code, "meanwhile" in words(stale)) == (409, True)
        unknown = page.post(reverse("ledger:indicator_join", args=[shown.pk]), {"other": "没有"})
        assert (unknown.status_code, "No indicator is called so." in words(unknown)) == (422, True)
        itself = page.post(reverse("ledger:indicator_join", args=[shown.pk]), {"other": "水库加固"})
        assert itself.status_code == 409
        page.post(reverse("ledger:indicator_join", args=[shown.pk]), {"other": DAMS[2]})
        assert Indicator.objects.get().name == "水库加固"
        back = page.post(reverse("ledger:indicator_part", args=[name_of(DAMS[2]).pk]), follow=True)
        assert "is an indicator by itself again" in words(back)

    def test_more_indicators_need_no_more_queries(self, page: Client, clerk: User) -> None:
        def count(address: str) -> int:
            with CaptureQueriesContext(connection) as queries:
                assert page.get(address).status_code == 200
            return len(queries)

        def said(number: int) -> tuple[Any, ...]:
            return tuple(
                (f"建设{each}号病险水库项目3座。", f"建设{each}号病险水库项目3座", f"{each}号病险水库项目", 3.0, "座")
                for each in "甲乙丙丁戊己庚辛"[:number]
            )

        accepted(clerk, *said(2))
        addresses = (reverse("ledger:indicators"), reverse("ledger:indicator_suggestions"))
        for address in addresses:
            page.get(address)
        few = [count(address) for address in addresses]
        accepted(clerk, *said(8))
        assert [count(address) for address in addresses] == few


@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_of_two_who_join_the_same_pair_both_ways_one_wins(self, dams: list[Task], clerk: User) -> None:
        one, other = indicator_of(DAMS[2]), indicator_of(MORE_DAMS[2])

        def act(kept: Indicator, joined: Indicator) -> Callable[[], object]:
            return lambda: join_indicators(acting_user=clerk, kept=kept, joined=joined, now=NOW)

        assert sorted(at_once([act(one, other), act(other, one)])) == ["UnableToChangeIndicator", "done"]
        assert (Indicator.objects.count(), IndicatorName.objects.count(), Target.objects.count()) == (1, 2, 2)
        assert verify_chain()[1] == []

    def test_the_same_and_different_at_once_do_not_both_hold(self, dams: list[Task], clerk: User) -> None:
        one, other = name_of(DAMS[2]), name_of(MORE_DAMS[2])
        outcomes = at_once(
            [
                lambda: join_indicators(acting_user=clerk, kept=one.indicator, joined=other.indicator, now=NOW),
                lambda: say_different(acting_user=clerk, one=one, other=other, now=NOW),
            ]
        )
        assert outcomes[0] == "done"
        assert not IndicatorDifference.objects.exists()

    def test_a_wording_is_parted_once(self, dams: list[Task], clerk: User) -> None:
        join(clerk)
        seen = [name_of(DAMS[2]) for _person in range(2)]
        outcomes = at_once(
            [lambda name=name: part_wording(acting_user=clerk, name=name, now=NOW) for name in seen]  # type: ignore[misc]
        )
        assert sorted(outcomes) == ["UnableToChangeIndicator", "done"]
        assert Indicator.objects.count() == 2
