"""How much the reading room takes in; whatever is larger is refused before it is parsed."""

from typing import Final

MAX_BYTES: Final = 100 * 1024 * 1024
MAX_CHARACTERS: Final = 10_000_000
MAX_PAGES: Final = 2_000
MAX_UNPACKED_BYTES: Final = 200 * 1024 * 1024
MAX_ZIP_MEMBERS: Final = 5_000
