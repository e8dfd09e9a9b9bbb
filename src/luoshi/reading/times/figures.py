"""Figures in expressions of time: Arabic, Chinese, 半 and years written digit by digit."""

from typing import Final

from luoshi.reading.structure.numerals import from_figures

DIGITS: Final = "0-9〇○零一二三四五六七八九十两百"
NUMBER: Final = r"(?:[0-9]{1,3}|[一二三四五六七八九十两百]{1,5})"
SMALL: Final = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
YEAR: Final = r"(?:[0-9]{4}|[〇○O零一二三四五六七八九]{4})"


def value_of(figures: str | None) -> int | None:
    """Return the value of figures, None for none or for what is no number."""
    return from_figures(figures.replace("O", "〇")) if figures else None
