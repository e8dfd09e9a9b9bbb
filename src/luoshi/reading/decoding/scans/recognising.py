"""Pictures of pages become sheets one after the other, with progress and with issues for what went wrong."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from luoshi.reading.decoding.paper.sheets import Sheet
from luoshi.reading.decoding.raw import Progress
from luoshi.reading.decoding.scans.engine import UnableToRecognise
from luoshi.reading.decoding.scans.pictures import Picture
from luoshi.reading.decoding.scans.sheets import PageSize, read_picture
from luoshi.reading.issues import make_issue
from luoshi.reading.model import Issue

_SHARE: float = 0.4  # of the whole reading, which the decode stage has
_MOST_ISSUES = 60


@dataclass(slots=True)
class Recognition:
    """The sheets of the recognised pages, and what a person should know about them."""

    sheets: list[Sheet] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many pages hold print."""
        return sum(bool(sheet.marks) for sheet in self.sheets)


def recognise_all(pages: Iterable[tuple[int, Picture, PageSize]], *, total: int, tell: Progress) -> Recognition:
    """Read pictures (number, picture, size in points) of pages; what `tell` raises ends the reading.

    Where the recogniser does not start, the one issue is an error and there are no sheets.
    """
    read = Recognition()
    for done, (number, picture, size) in enumerate(pages):
        tell(_SHARE * done / max(1, total), f"recognise {done + 1}/{total}")
        try:
            sheet, issues = read_picture(picture, number=number, size=size)
        except UnableToRecognise as error:
            return Recognition([], [make_issue("recogniser_broken", reason=str(error))])
        read.sheets.append(sheet)
        read.issues.extend(issues)
    read.issues = read.issues[:_MOST_ISSUES]
    if read.count:
        read.issues.insert(0, make_issue("scan_recognised", pages=read.count))
    return read
