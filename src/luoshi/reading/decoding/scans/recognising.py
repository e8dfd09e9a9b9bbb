"""Pictures of pages become sheets one after the other, with progress and with issues for what went wrong.

Two pages are under way at a time: while the lines of one are read, those of the next are looked for, so no core waits.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from luoshi.reading.decoding.paper.sheets import Sheet
from luoshi.reading.decoding.raw import Progress
from luoshi.reading.decoding.scans.engine import UnableToRecognise
from luoshi.reading.decoding.scans.pictures import Picture
from luoshi.reading.decoding.scans.sheets import PageSize, read_picture
from luoshi.reading.issues import make_issue
from luoshi.reading.model import Issue

Page: TypeAlias = tuple[int, Picture, PageSize]
ReadPage: TypeAlias = tuple[Sheet, list[Issue]]

_SHARE: Final = 0.4  # of the whole reading, which the decode stage has
_MOST_ISSUES: Final = 60
_UNDER_WAY: Final = 2


@dataclass(slots=True)
class Recognition:
    """The sheets of the recognised pages, and what a person should know about them."""

    sheets: list[Sheet] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many pages hold print."""
        return sum(bool(sheet.marks) for sheet in self.sheets)


def recognise_all(pages: Iterable[Page], *, total: int, tell: Progress) -> Recognition:
    """Read pictures (number, picture, size in points) of pages; what `tell` raises ends the reading.

    Where the recogniser does not start, the one issue is an error and there are no sheets.
    """
    read = Recognition()
    pool = ThreadPoolExecutor(_UNDER_WAY, thread_name_prefix="page")
    try:
        for done, page in enumerate(_under_way(pages, pool)):
            tell(_SHARE * done / max(1, total), f"recognise {done + 1}/{total}")
            sheet, issues = page.result()
            read.sheets.append(sheet)
            read.issues.extend(issues)
    except UnableToRecognise as error:
        return Recognition([], [make_issue("recogniser_broken", reason=str(error))])
    finally:
        pool.shutdown(cancel_futures=True)
    read.issues = read.issues[:_MOST_ISSUES]
    if read.count:
        read.issues.insert(0, make_issue("scan_recognised", pages=read.count))
    return read


def _under_way(pages: Iterable[Page], pool: ThreadPoolExecutor) -> Iterator[Future[ReadPage]]:
    """Yield the pages in their order, with those after them started; pictures are asked for in this thread."""
    started: deque[Future[ReadPage]] = deque()
    for number, picture, size in pages:
        started.append(pool.submit(read_picture, picture, number=number, size=size))
        if len(started) == _UNDER_WAY:
            yield started.popleft()
    yield from started
