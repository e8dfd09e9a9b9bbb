"""How much of a file is read before it is refused."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, kw_only=True)
class Limits:
    """The most that is accepted: bytes of the file and unpacked, rows of data, columns, cells written in it."""

    file_bytes: int = 20 * 1024 * 1024
    unpacked_bytes: int = 128 * 1024 * 1024
    rows: int = 50_000
    columns: int = 256
    cells: int = 1_000_000


DEFAULT_LIMITS: Final = Limits()
