"""The lines of a part as one string without white space, for findings that run on from line to line."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from luoshi.reading.model import Span
from luoshi.reading.structure.lines import Line
from luoshi.reading.view import View

_LATIN: Final = re.compile(r"(?<=[0-9A-Za-z])[0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class RunningText:
    """`folded` and `plain` are the lines joined; line i begins at `starts[i]`, in the view at `bases[i]`.

    Lines may come from two stretches of the file (上接第N页), so that one index less may be far away in the text.
    """

    view: View
    plain: str
    folded: str
    starts: tuple[int, ...]
    bases: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Return the span of a stretch; where it runs on in another place of the file, only up to the break."""
        line = bisect_right(self.starts, start) - 1
        first = self.bases[line] + start - self.starts[line]
        last = first + end - start
        while line + 1 < len(self.starts) and self.starts[line + 1] < end:
            own_end = self.bases[line] + self.starts[line + 1] - self.starts[line]
            if self.bases[line + 1] != own_end:
                return self.view.span(first, own_end)
            line += 1
        return self.view.span(first, last)

    def is_blank(self, index: int) -> bool:
        """Tell whether white space stands before a character; the end of a line counts."""
        line = bisect_right(self.starts, index) - 1
        place = self.bases[line] + index - self.starts[line]
        return 0 < place < len(self.view.offsets) and self.view.offsets[place] - self.view.offsets[place - 1] > 1

    def text(self, start: int, end: int) -> str:
        """Return a stretch on one line; blanks stay only between two words in Latin letters or figures."""
        plain = self.plain[start:end]
        if not _LATIN.search(plain):
            return plain
        gaps = [match.end() - 1 for match in _LATIN.finditer(plain) if self.is_blank(start + match.end() - 1)]
        pieces = [plain[first:last] for first, last in zip([0, *gaps], [*gaps, len(plain)], strict=True)]
        return " ".join(pieces)


def make_running_text(view: View, lines: Sequence[Line]) -> RunningText:
    """Return the running text of lines, in order of the lines."""
    plain: list[str] = []
    folded: list[str] = []
    starts: list[int] = []
    bases: list[int] = []
    length = 0
    for line in lines:
        first, last = view.index_of(line.start), view.index_of(line.end)
        starts.append(length)
        bases.append(first)
        plain.append(view.plain[first:last])
        folded.append(view.folded[first:last])
        length += last - first
    return RunningText(view, "".join(plain), "".join(folded), tuple(starts), tuple(bases))
