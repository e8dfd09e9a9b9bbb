"""What a chart needs, in one plain shape that the page's script and the page's table both read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

KINDS = ("bar", "hbar", "stacked", "hstacked", "line", "donut")


@dataclass(frozen=True)
class Series:
    """One row of numbers; ``tone`` is a light (blue, green, yellow, red, none) or an empty text for the palette."""

    name: str
    values: Sequence[Any]
    tone: str


@dataclass(frozen=True)
class Chart:
    """A chart ready to be drawn, and the same figures as rows for its table."""

    kind: str
    categories: Sequence[str]
    series: Sequence[Series]
    unit: str
    urls: Sequence[str]
    tones: Sequence[str]

    @property
    def is_empty(self) -> bool:
        return not any(value for series in self.series for value in series.values)

    @property
    def rows(self) -> list[tuple[str, str, list[Any]]]:
        """The lines of the table: category, address (perhaps empty), and one figure per series."""
        addresses = list(self.urls) or [""] * len(self.categories)
        return [
            (category, address, [series.values[index] for series in self.series])
            for index, (category, address) in enumerate(zip(self.categories, addresses, strict=True))
        ]

    @property
    def payload(self) -> dict[str, Any]:
        """What the script reads, as plain JSON data."""
        series = [{"name": item.name, "values": list(item.values), "tone": item.tone} for item in self.series]
        return {
            "kind": self.kind,
            "categories": list(self.categories),
            "series": series,
            "unit": self.unit,
            "urls": list(self.urls),
            "tones": list(self.tones),
        }


class UnableToReadChart(ValueError):
    """The data of a chart has the wrong shape; the message says where."""


def read_chart(data: Mapping[str, Any], *, kind: str) -> Chart:
    """Return the chart in ``{"categories", "series": [{"name", "values", "tone"?}], "unit"?, "urls"?, "tones"?}``.

    ``urls`` and ``tones`` belong to the categories: where a click leads, and the light of each slice of a donut.

    :raises UnableToReadChart: unknown kind, or a list that is not as long as the categories.
    """
    if kind not in KINDS:
        raise UnableToReadChart(f"unknown kind of chart {kind!r}; known are {', '.join(KINDS)}")
    categories = [str(category) for category in data["categories"]]
    series = [
        Series(name=str(item["name"]), values=list(item["values"]), tone=str(item.get("tone", "")))
        for item in data["series"]
    ]
    urls, tones = list(map(str, data.get("urls", []))), list(map(str, data.get("tones", [])))
    for item in series:
        _check_length(item.name, item.values, categories)
    for name, values in (("urls", urls), ("tones", tones)):
        if values:
            _check_length(name, values, categories)
    unit = str(data.get("unit", ""))
    return Chart(kind=kind, categories=categories, series=series, unit=unit, urls=urls, tones=tones)


def _check_length(name: str, values: Sequence[Any], categories: Sequence[str]) -> None:
    if len(values) != len(categories):
        raise UnableToReadChart(f"{name} has {len(values)} entries for {len(categories)} categories")
