"""`luoshi time TEXT --on DATE`: print what the words about time in a text mean, with no database."""

import argparse
import json
import sys
from datetime import date
from typing import Final

from luoshi.reading.times.expression import NOTES, TimeExpression
from luoshi.reading.times.reading import ReadTimes, read_times

UNDERSTOOD: Final = 0
LONGEST_TEXT: Final = 20_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `luoshi time` to a parser."""
    parser.add_argument("text", metavar="TEXT", type=_text, help="the words, for example 2026年9月底前")
    parser.add_argument("--on", metavar="DATE", type=_day, required=True, help="day of issue of the document (ISO)")
    parser.add_argument("--trigger", metavar="DATE", type=_day, help="day of the event that the limit hangs on (ISO)")
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")


def run(args: argparse.Namespace) -> int:
    """Read the words and print what they mean; return 0."""
    times = read_times(args.text, on=args.on, trigger=args.trigger)
    if args.json:
        answer = {**to_record(times.main), "all": [to_record(each) for each in times.all]}
        json.dump(answer, sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        print("\n".join(_lines(times)))
    return UNDERSTOOD


def to_record(expression: TimeExpression) -> dict[str, object]:
    """Return an expression as plain values for JSON; dates are ISO, what is not fixed is null."""
    record: dict[str, object] = {
        "text": expression.text,
        "kind": expression.kind,
        "start": _iso(expression.start),
        "end": _iso(expression.end),
        "rrule": expression.rrule,
        "working_days": expression.working_days,
        "candidates": [day.isoformat() for day in expression.candidates],
    }
    if expression.times is not None:
        record["times"] = expression.times
    if expression.note:
        record["note"] = expression.note
        record["note_text"] = NOTES[expression.note]
    return record


def _lines(times: ReadTimes) -> list[str]:
    lines = [_line(times.main)]
    if len(times.all) > 1:
        lines += ["", "All expressions:", *(f"  {_line(each)}" for each in times.all)]
    return lines


def _line(expression: TimeExpression) -> str:
    parts = [f"{expression.text}: {expression.kind}"]
    if expression.start:
        parts.append(f"from {expression.start}")
    if expression.end:
        parts.append(f"to {expression.end}")
    if expression.rrule:
        parts.append(expression.rrule)
    if expression.working_days:
        parts.append(f"{expression.working_days} working days")
    if expression.candidates:
        parts.append("perhaps " + " or ".join(map(str, expression.candidates)))
    if expression.note:
        parts.append(NOTES[expression.note])
    return ", ".join(parts)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(words: str) -> date:
    try:
        day = date.fromisoformat(words.strip())
    except ValueError:
        raise argparse.ArgumentTypeError(f"{words!r} is no date such as 2026-03-02") from None
    if not 1949 <= day.year <= 2199:
        raise argparse.ArgumentTypeError(f"{words!r} lies outside the years 1949 to 2199")
    return day


def _text(words: str) -> str:
    if not words.strip():
        raise argparse.ArgumentTypeError("there are no words in it")
    if len(words) > LONGEST_TEXT:
        raise argparse.ArgumentTypeError(f"it is longer than {LONGEST_TEXT} characters")
    return words
