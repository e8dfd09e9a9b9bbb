"""What every file reader of the decode stage hands back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from luoshi.reading.layout import PieceLine
from luoshi.reading.model import Issue, Method

Progress = Callable[[float, str], None]
"""Is told a share from 0 to 1 and the name of the stage that begins; what it raises ends the reading."""


def silent(_share: float, _stage: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class RawPages:
    """Text page by page as the file holds it, and what went wrong; no pages where an issue is an error.

    `pieces` holds the same text for each page as lines of placed pieces: line i of a page is the joined text of
    `pieces[page][i]`. It is empty for files without pages as pictures. A row of a table that runs over a page stands
    whole on the page where it begins; its pieces know their own pages. `asides` are notes at the foot of pages or at
    the end, one line each: they belong to the text of the file but to no document in it.
    `method` is named where it does not follow from the type of the file: text recognised in pictures.
    """

    pages: Sequence[str] = ()
    paged: bool = False
    issues: tuple[Issue, ...] = ()
    pieces: Sequence[Sequence[PieceLine]] = ()
    asides: tuple[str, ...] = ()
    method: Method | None = None


def placed_pages(pieces: Sequence[Sequence[PieceLine]], issues: tuple[Issue, ...] = ()) -> RawPages:
    """Return pages made of placed lines."""
    pages = ["\n".join("".join(piece.text for piece in line) for line in page) for page in pieces]
    return RawPages(pages, True, issues, pieces)
