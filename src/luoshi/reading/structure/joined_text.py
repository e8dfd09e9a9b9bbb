"""Printed words on one line."""

import re
from typing import Final

_GAP: Final = re.compile(r"\s+")


def join_text(raw: str) -> str:
    """Return text on one line: blanks stay only between two words in Latin letters or figures."""
    return _GAP.sub(_gap, raw.strip())


def _gap(match: re.Match[str]) -> str:
    text, start, end = match.string, match.start(), match.end()
    keep = start > 0 and end < len(text) and text[start - 1].isascii() and text[end].isascii()
    return " " if keep and text[start - 1].isalnum() and text[end].isalnum() else ""
