"""What every file reader of the decode stage hands back."""

from collections.abc import Sequence
from dataclasses import dataclass

from luoshi.reading.model import Issue


@dataclass(frozen=True, slots=True)
class RawPages:
    """Text page by page as the file holds it, and what went wrong; no pages where an issue is an error."""

    pages: Sequence[str] = ()
    paged: bool = False
    issues: tuple[Issue, ...] = ()
