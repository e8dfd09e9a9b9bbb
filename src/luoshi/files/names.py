"""Names of files as they may be kept and shown: what a sender writes into a name is not to be trusted."""

import unicodedata
from typing import Final

LONGEST: Final = 255
# Control and direction characters, halves of characters, and breaks of lines.
_HARMFUL: Final = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})


def harmless_name(name: str) -> str:
    """Return the name in one line, what could not be stored or would disguise it replaced; its end is kept."""
    shown = "".join("�" if unicodedata.category(char) in _HARMFUL else char for char in name)
    return shown[-LONGEST:].strip() or "�"
