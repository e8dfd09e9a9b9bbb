"""One text, one answer: which of its expressions sets the deadline."""

from datetime import date

from luoshi.reading.part_reading import Dating
from luoshi.reading.times.expression import TimeExpression
from luoshi.reading.times.grammar import find_times
from luoshi.reading.view import make_view


def read_time(text: str, *, on: date, trigger: date | None = None) -> TimeExpression:
    """Return the expression of a text that sets its deadline, counted from the day of issue `on`."""
    view = make_view(text)
    found = find_times(view.folded, 0, len(view.folded), Dating(on, on.year))
    return found[-1].expression if found else TimeExpression(view.plain, "none")
