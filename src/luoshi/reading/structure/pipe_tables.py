"""Tables written with strokes (| a | b |, as Markdown and copied web pages have them): strokes become tabs.

A stroke counts only where at least two lines that follow each other have the same number of them, two or more; a row
of dashes under the head (|---|---|) is left empty. Everything else with a stroke stays as it is.
"""

import re
from typing import Final

_FEWEST: Final = 2
_MOST_BETWEEN: Final = 1
_MOST_LACKING: Final = 2
_FEWEST_KEPT: Final = 3
_LONGEST_TITLE: Final = 12
_RULE: Final = re.compile(r"[\s|:+-]*-{2,}[\s|:+-]*$")
_STROKE: Final = re.compile(r"[ \t]*[|｜][ \t]*")
_STROKES: Final = re.compile(r"[|｜]")


def open_tables(text: str) -> str:
    """Return the text with the strokes of tables as tabs; the number of lines stays."""
    if len(_STROKES.findall(text)) < 2 * _FEWEST:
        return text
    lines = text.split("\n")
    counts = [len(_STROKES.findall(line)) for line in lines]
    rows = {index for run in _runs(lines, counts) for index in run}
    if not rows:
        return text
    return "\n".join(_row(line) if at in rows else line for at, line in enumerate(lines))


def _runs(lines: list[str], counts: list[int]) -> list[list[int]]:
    """Return the lines of each table; a blank line may stand between its rows."""
    runs: list[list[int]] = []
    current: list[int] = []
    blanks = 0
    for index, (line, count) in enumerate(zip(lines, counts, strict=True)):
        if not line.strip():
            blanks += 1
            continue
        if current and _goes_on(line, count, counts[current[0]]) and blanks <= _MOST_BETWEEN:
            current.append(index)
            blanks = 0
            continue
        if current and (count != counts[current[0]] or blanks > _MOST_BETWEEN):
            runs.append(current)
            current = []
        if count >= _FEWEST:
            current.append(index)
        blanks = 0
    return [run for run in [*runs, current] if len(run) > 1]


def _goes_on(line: str, count: int, columns: int) -> bool:
    """Whether a line is a row of a wide table that lacks a cell or two, since merged ones above count for it."""
    if not columns - _MOST_LACKING <= count < columns or count < _FEWEST_KEPT or line.rstrip()[-1:] not in "|｜":
        return False
    cells = [cell.strip() for cell in _STROKES.split(line)]
    return any(len(cell) > _LONGEST_TITLE for cell in cells)  # no head of another table


def _row(line: str) -> str:
    """Return a row with tabs between its cells, without the strokes at its ends."""
    if _RULE.match(line):
        return ""
    line = line.strip()
    line = line[1:] if line[:1] in "|｜" else line
    line = line[:-1] if line[-1:] in "|｜" else line
    return _STROKE.sub("\t", line.strip(" "))
