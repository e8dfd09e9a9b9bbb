"""Tables drawn with characters (┌─┬─┐ │ ├─┼─┤), as old databases of law print them: their cells become rows with tabs.

A rule over all columns begins a row for all of them; one over some begins a row for these, and the cells beside it go
on: they are merged, and stand in the first of their rows. The lines of one cell are joined without a blank.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

_CORNERS: Final = re.compile(r"[│┃├┤┼┌┐└┘┬┴┏┓┗┛┣┫┳┻╋║]")
_RULE: Final = re.compile(r"[ \u3000]*[─━—═-]*[─━═][─━—═ -]*$")
_UNDER_MERGED: Final = "\u3000"
_FEWEST_COLUMNS: Final = 2
_SPACED: Final = re.compile(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")


@dataclass(slots=True)
class _Cell:
    row: int
    parts: list[str] = field(default_factory=list)


def open_boxes(text: str) -> str:
    """Return the text with drawn tables as rows with tabs; a table that is not drawn regularly stays."""
    if "│" not in text and "┃" not in text and "║" not in text:
        return text
    out: list[str] = []
    box: list[list[str]] = []
    raw: list[str] = []
    for line in [*text.split("\n"), ""]:
        parts = _parts(line)
        if parts and (not box or len(parts) == len(box[0])):
            box.append(parts)
            raw.append(line)
            continue
        out.extend(_rows(box) or raw)
        box, raw = ([parts], [line]) if parts else ([], [])
        if not parts:
            out.append(line)
    return "\n".join(out[:-1])


def _parts(line: str) -> list[str]:
    """Return what stands between the upright strokes of a line, or nothing where it is no line of a drawn table."""
    bare = line.strip(" \u3000")
    if len(bare) < 2 or not _CORNERS.match(bare[0]) or not _CORNERS.match(bare[-1]):
        return []
    parts = _CORNERS.split(bare[1:-1])
    return parts if len(parts) >= _FEWEST_COLUMNS else []


def _rows(box: Sequence[Sequence[str]]) -> list[str]:
    if sum(any(not _RULE.match(part) for part in parts) for parts in box) < _FEWEST_COLUMNS:
        return []
    columns: list[list[_Cell]] = [[_Cell(0)] for _ in box[0]]
    row = 0
    printed = False
    for parts in box:
        ruled = [_RULE.match(part) is not None for part in parts]
        if any(ruled) and printed:
            row += 1
            printed = False
            for cells in (cells for cells, is_ruled in zip(columns, ruled, strict=True) if is_ruled):
                cells.append(_Cell(row))
        for cells, part, is_ruled in zip(columns, parts, ruled, strict=True):
            if not is_ruled and part.strip(" \u3000"):
                cells[-1].parts.append(part.strip(" \u3000"))
                printed = True
    return list(_printed(columns, row + 1))


def _printed(columns: Sequence[Sequence[_Cell]], rows: int) -> Iterator[str]:
    by_row = [{cell.row: cell for cell in cells} for cells in columns]
    for row in range(rows):
        cells = [cells.get(row) for cells in by_row]
        words = [_UNDER_MERGED if cell is None else _SPACED.sub("", "".join(cell.parts)) for cell in cells]
        if any(word.strip() for word in words):
            yield "\t".join(words)
