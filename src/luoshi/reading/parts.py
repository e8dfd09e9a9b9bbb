"""Stage 3c, parts: reads the lines of one document; writes the letter and each plan or annex that it issues.

Guarantees: parts are in order and together hold all lines; numbering starts again in each of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from luoshi.reading.lines import Line
from luoshi.reading.titles import collect_title, ends_title, is_title_line, quoted_titles, squeeze
from luoshi.reading.view import fold

_MOST_TITLE_LINES = 4


@dataclass(frozen=True, slots=True)
class PartLines:
    """The lines of one part: `lines[:body]` is its title, the rest its body."""

    title: str
    lines: tuple[Line, ...]
    body: int


def split_parts(lines: Sequence[Line], *, title: str, first: int) -> list[PartLines]:
    """Return the parts of a document whose own title ends before line `first`."""
    announced = _announced(lines, title, first)
    cuts: list[tuple[int, int]] = []
    index = first
    while index < len(lines):
        after = _part_title(lines, index, announced)
        if after > index:
            cuts.append((index, after))
            index = after
        else:
            index += 1
    ends = [start for start, _ in cuts] + [len(lines)]
    parts = [PartLines(title, tuple(lines[: ends[0]]), first)]
    for (start, after), end in zip(cuts, ends[1:], strict=True):
        name = squeeze("".join(line.text for line in lines[start:after]))
        parts.append(PartLines(name, tuple(lines[start:end]), after - start))
    return parts


def _announced(lines: Sequence[Line], title: str, first: int) -> frozenset[str]:
    """Titles in 《…》 of the title and of the first lines of the letter: what is being issued."""
    letter: list[str] = [title]
    for line in lines[first : first + 40]:
        if line.kind == "date":
            break
        letter.append(line.text)
    return frozenset(quoted_titles("".join(letter)))


def _part_title(lines: Sequence[Line], index: int, announced: frozenset[str]) -> int:
    """Return the index after a part title that begins at a line, or the index itself."""
    if lines[index].kind not in ("text", "masthead"):
        return index
    joined = ""
    for after in range(index + 1, min(index + _MOST_TITLE_LINES, len(lines)) + 1):
        joined += squeeze(fold(lines[after - 1].text))
        if joined in announced:
            return after
        if not any(title.startswith(joined) for title in announced):
            break
    return _title_after_signature(lines, index)


def _title_after_signature(lines: Sequence[Line], index: int) -> int:
    """A title straight after a date of signature, a note on publication or an annex mark begins a part."""
    if index == 0 or lines[index - 1].kind not in ("date", "annex", "notice") or not is_title_line(lines[index].text):
        return index
    after = collect_title(lines, index)
    name = "".join(line.text for line in lines[index:after])
    return after if ends_title(name) else index
