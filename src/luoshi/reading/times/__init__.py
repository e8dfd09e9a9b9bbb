"""Chinese expressions of time: find them in words, say which days they mean."""

from luoshi.reading.times.expression import FoundTime, Kind, TimeExpression
from luoshi.reading.times.grammar import find_times
from luoshi.reading.times.reading import read_time

__all__ = ["FoundTime", "Kind", "TimeExpression", "find_times", "read_time"]
