"""The data of a chart is checked, and is always there as a table."""

import json
import re
from typing import Any

import pytest
from django.template import Context, Template

from luoshi.web.charts import UnableToReadChart, read_chart

DATA: dict[str, Any] = {
    "categories": ["A", "</script>"],
    "series": [{"name": "Red", "values": [1200, None], "tone": "red"}],
    "urls": ["/a", "/b"],
}


def draw(data: dict[str, Any], kind: str = "bar") -> str:
    source = '{% load luoshi_web %}{% chart "c1" data "Title" kind=kind %}'
    return Template(source).render(Context({"data": data, "kind": kind}))


def test_chart_carries_its_figures_as_data_and_as_table() -> None:
    drawn = draw(DATA)
    found = re.search(r'<script id="c1" type="application/json">(.*?)</script>', drawn)
    assert found
    assert json.loads(found[1])["series"] == [{"name": "Red", "values": [1200, None], "tone": "red"}]
    assert "1,200" in drawn
    assert '<a href="/a">A</a>' in drawn


def test_chart_without_figures_shows_no_empty_frame() -> None:
    drawn = draw({"categories": ["A"], "series": [{"name": "Red", "values": [0]}]})
    assert "data-chart-canvas" not in drawn
    assert "No figures yet" in drawn


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"series": [{"name": "Red", "values": [1]}]}, "Red has 1 entries for 2"),
        ({"urls": ["/a"]}, "urls has 1 entries for 2"),
        ({"tones": ["red", "red", "red"]}, "tones has 3 entries for 2"),
    ],
)
def test_lists_of_different_length_are_refused(change: dict[str, Any], said: str) -> None:
    with pytest.raises(UnableToReadChart, match=said):
        read_chart({**DATA, **change}, kind="bar")


def test_unknown_kind_is_refused() -> None:
    with pytest.raises(UnableToReadChart, match="pie"):
        read_chart(DATA, kind="pie")
