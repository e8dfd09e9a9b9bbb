"""What the template tags draw."""

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict
from django.template import Context, Template

from luoshi.web.presentation import bar_parts, tone_of
from luoshi.web.templatetags.luoshi_web import changed_query, number, register


def draw(source: str, request: HttpRequest | None = None, **values: Any) -> str:
    text = Template("{% load i18n luoshi_web %}" + source).render(Context({**values, "request": request}))
    return re.sub(r"\s+", " ", text).strip()


# --- the library as a whole --------------------------------------------------------------------------------------

WEB = Path(__file__).resolve().parents[2] / "src" / "luoshi" / "web"
# What only the base templates use.
INTERNAL = {"vite_entry", "front_end_is_missing"}
TAGS = sorted(set(register.tags) - INTERNAL)


@pytest.mark.parametrize("name", TAGS)
def test_every_tag_has_an_example_in_the_readme(name: str) -> None:
    assert re.search(r"\{% " + name + r"\b", (WEB / "README.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", TAGS)
def test_every_tag_is_on_a_page_of_the_shell(name: str) -> None:
    sources = (path.read_text(encoding="utf-8") for path in (WEB / "templates").rglob("*.html"))
    assert any(re.search(r"\{% " + name + r"\b", source) for source in sources)


# --- numbers and query strings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (999, "999"), (1234567, "1,234,567"), (Decimal("1234.50"), "1,234.50"), (-1200, "-1,200"), (None, "—")],
)
def test_number_has_commas_between_thousands(value: Any, shown: str) -> None:
    assert number(value) == shown


@pytest.mark.parametrize(
    ("query", "changes", "result"),
    [
        ("a=1&b=2", {"b": 3}, "?a=1&b=3"),
        ("a=1&b=2", {"b": None}, "?a=1"),
        ("a=1", {"a": ""}, "?"),
        ("u=1&u=2", {"page": 2}, "?u=1&u=2&page=2"),
        ("", {"u": [1, 2]}, "?u=1&u=2"),
        ("q=a%26b", {"page": 2}, "?q=a%26b&page=2"),
    ],
)
def test_query_string_keeps_what_is_not_changed(query: str, changes: dict[str, Any], result: str) -> None:
    assert changed_query(QueryDict(query), changes) == result


def test_query_string_in_a_template_is_escaped(request_of: Any) -> None:
    assert draw('<a href="{% qs page=2 %}">', request_of.get("/?q=%22%3E")) == '<a href="?q=%22%3E&amp;page=2">'


# --- tables ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "direction", "following"),
    [
        ("", None, "?sort=due"),
        ("?sort=due", "ascending", "?sort=-due"),
        ("?sort=-due", "descending", "?"),
        ("?sort=name&page=4&unit=7", None, "?sort=due&amp;unit=7"),
    ],
)
def test_sort_header_turns_round(request_of: Any, query: str, direction: str | None, following: str) -> None:
    drawn = draw('{% sort_header "due" "Due" %}', request_of.get(f"/{query}"))
    assert f'href="{following}"' in drawn
    assert ("aria-sort" in drawn) == (direction is not None)
    assert direction is None or f'aria-sort="{direction}"' in drawn


def test_sort_header_of_the_default_order_is_marked_and_never_unsorted(request_of: Any) -> None:
    source = '{% sort_header "number" "No." default="number" %}'
    assert 'aria-sort="ascending"' in draw(source, request_of.get("/"))
    assert 'href="?sort=number"' in draw(source, request_of.get("/?sort=-number"))


def test_pager_links_pages_with_the_filters_kept(request_of: Any) -> None:
    page = Paginator(range(260), 25).get_page(3)
    drawn = draw("{% pager page %}", request_of.get("/?unit=7&page=3"), page=page)
    assert "51 to 75 of 260" in drawn
    assert 'href="?unit=7&amp;page=2" rel="prev"' in drawn
    assert 'href="?unit=7&amp;page=11"' in drawn
    assert 'href="?unit=7&amp;per_page=50"' in drawn


def test_pager_of_one_page_says_how_many_and_no_more(request_of: Any) -> None:
    drawn = draw("{% pager page %}", request_of.get("/"), page=Paginator(range(7), 25).get_page(1))
    assert "7 rows" in drawn
    assert "<a" not in drawn


def test_export_menu_takes_the_whole_filtered_list(request_of: Any) -> None:
    drawn = draw("{% export_menu %}", request_of.get("/?unit=7&page=3&per_page=50"))
    assert 'href="?unit=7&amp;format=xlsx"' in drawn
    assert 'href="?unit=7&amp;format=csv"' in drawn


def test_filter_bar_keeps_the_order_and_forgets_the_page(request_of: Any) -> None:
    drawn = draw("{% filter_bar %}<input name='q'>{% endfilter_bar %}", request_of.get("/?sort=-due&page=3&q=x"))
    assert '<input type="hidden" name="sort" value="-due">' in drawn
    assert 'name="page"' not in drawn
    assert "<input name='q'>" in drawn


def test_bulk_bar_offers_the_whole_list() -> None:
    drawn = draw('{% bulk_bar form="bulk" total=1151 %}<button>x</button>{% endbulk_bar %}')
    assert "all 1,151 of this list" in drawn
    assert 'name="all_matching" value="1" form="bulk"' in drawn


# --- signs -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["red", "yellow", "green", "blue", "none", "RED"])
def test_light_has_a_shape_and_a_word(kind: str) -> None:
    drawn = draw("{% light kind %}", kind=kind)
    assert f"light--{kind.lower()}" in drawn
    assert "<svg" in drawn
    assert re.search(r'light__word">[^<]+<', drawn)


def test_every_light_has_a_shape_of_its_own() -> None:
    drawings = [draw("{% light kind %}", kind=kind) for kind in ("red", "yellow", "green", "blue", "none")]
    assert len({re.findall(r"<svg.*</svg>", drawing)[0] for drawing in drawings}) == 5


def test_unknown_light_is_no_light() -> None:
    assert "light--none" in draw('{% light "purple" %}')


@pytest.mark.parametrize(
    "source",
    [
        "{% badge x title=x %}",
        "{% party x canonical=x url=x %}",
        "{% light 'red' x %}",
        "{% stat 1 x url=x hint=x unit=x %}",
        "{% empty_state x x url=x action=x %}",
        "{% progress 1 2 x note=x %}",
        "{% card title=x subtitle=x %}{{ x }}{% endcard %}",
        "{% note title=x %}{{ x }}{% endnote %}",
        "{% dropdown x %}{{ x }}{% enddropdown %}",
        "{% dialog id=x title=x %}{{ x }}{% enddialog %}",
        "{% tabs x %}{% tab x x %}{% endtabs %}",
        "{% breadcrumb %}{% crumb x x %}{% endbreadcrumb %}",
        "{% timeline entries %}",
        "{% include 'web/components/marked_text.html' %}",
    ],
)
def test_words_of_people_are_escaped(source: str) -> None:
    evil = '"><script>alert(1)</script>'
    entries = [{"title": evil, "text": evil, "actor": evil, "url": evil}]
    segments = [{"text": evil, "kind": "task", "id": evil, "url": evil}, {"text": evil}]
    drawn = draw(source, x=evil, entries=entries, segments=segments)
    assert "alert(1)" in drawn
    assert "<script>" not in drawn


def test_party_says_its_role_and_its_doubt() -> None:
    drawn = draw('{% party "Office" role="LEAD_UNIT" match="NEW" %}')
    assert "Lead unit" in drawn
    assert "not in the registry" in drawn


def test_party_shows_the_registry_name_only_where_it_differs() -> None:
    assert "party__canonical" not in draw('{% party "Office" canonical="Office" %}')
    assert "The Office" in draw('{% party "Office" canonical="The Office" %}')


def test_stat_without_a_list_is_no_link() -> None:
    assert "<a" not in draw('{% stat 12 "Overdue" %}')
    assert '<a class="stat stat--link stat--danger" href="/x">' in draw('{% stat 12 "Overdue" url="/x" tone="error" %}')


def test_target_bars_share_one_scale() -> None:
    parts = bar_parts([("target", "T", 200), ("claimed", "C", Decimal(50)), ("verified", "V", None)], unit="")
    assert [(part.kind, part.percent) for part in parts] == [("target", "100.0"), ("claimed", "25.0")]


def test_target_bars_of_nothing_do_not_divide() -> None:
    assert [part.percent for part in bar_parts([("target", "T", 0)], unit="")] == ["0.0"]
    assert "No figures yet" in draw("{% target_bars target=none %}", none=None)


def test_progress_polls_only_while_it_is_told_to() -> None:
    assert 'hx-get="/job/"' in draw('{% progress 1 4 "Reading" poll="/job/" %}')
    done = draw('{% progress 4 4 "Done" %}')
    assert "hx-get" not in done
    assert "100%" in done


@pytest.mark.parametrize(
    ("level", "tone"),
    [("success", "ok"), ("error", "danger"), ("extra warning", "warn"), ("", "neutral"), ("x", "neutral")],
)
def test_tone_of_a_message_level(level: str, tone: str) -> None:
    assert tone_of(level) == tone


def test_timeline_takes_moments_and_days() -> None:
    entries = [
        {"at": dt.datetime(2026, 3, 2, 1, 30, tzinfo=dt.UTC), "title": "Confirmed", "actor": "Wang"},
        {"at": dt.date(2026, 12, 31), "title": "Due"},
    ]
    drawn = draw("{% timeline entries %}", entries=entries)
    assert "9:30" in drawn
    assert "Dec. 31, 2026" in drawn


def test_empty_timeline_says_so() -> None:
    assert "Nothing has happened yet" in draw("{% timeline entries %}", entries=[])


# --- forms -------------------------------------------------------------------------------------------------------


class Form(forms.Form):
    title = forms.CharField(label="Title", help_text="As printed.")
    agree = forms.BooleanField(label="Agree", required=False)
    secret = forms.CharField(widget=forms.HiddenInput)


def test_field_ties_label_help_and_errors_to_the_input() -> None:
    drawn = draw("{% field form.title %}", form=Form({"title": ""}))
    assert 'for="id_title"' in drawn
    assert 'aria-invalid="true"' in drawn
    described = re.search(r'aria-describedby="([^"]+)"', drawn)
    assert described
    for ident in described[1].split():
        assert f'id="{ident}"' in drawn
    assert "required" in drawn


def test_hidden_field_is_drawn_bare() -> None:
    assert draw("{% field form.secret %}", form=Form()) == '<input type="hidden" name="secret" id="id_secret">'


def test_error_summary_names_every_field_and_what_is_hidden() -> None:
    drawn = draw("{% form_errors form %}", form=Form({}))
    assert 'href="#id_title"' in drawn
    assert drawn.count("This field is required") == 2


def test_error_summary_of_a_right_form_is_nothing() -> None:
    assert draw("{% form_errors form %}", form=Form({"title": "x", "secret": "y"})) == ""


def test_drop_zone_is_a_plain_file_field() -> None:
    drawn = draw('{% drop_zone "files" accept=".pdf" errors=errors %}', errors=["plan.pdf is empty"])
    assert re.search(r'<input[^>]*type="file"[^>]*name="files"[^>]*accept="\.pdf"[^>]*multiple', drawn)
    assert "plan.pdf is empty" in drawn
