"""The canonical form in which names of units and people are compared."""

import re
import unicodedata
from typing import Final

_OPENING: Final = "[{【〔〖﹝「『"
_CLOSING: Final = "]}】〕〗﹞」』"
_DOTS: Final = "•‧∙⋅・･"
_DASHES: Final = "‐‑‒–—―−"

# Brackets are typed as whatever the keyboard offers; a dot inside a minority name has six code points.
_BRACKETS: Final = dict.fromkeys(_OPENING, "(") | dict.fromkeys(_CLOSING, ")")
_UNIFIED: Final = str.maketrans(_BRACKETS | dict.fromkeys(_DOTS, "·") | dict.fromkeys(_DASHES, "-"))
_WHITESPACE: Final = re.compile(r"\s+")


def fold_name(name: str) -> str:
    """Return the form of a name under which two printings of it are equal.

    Widths, letter case, kinds of brackets, dashes and middle dots are unified; white space and invisible
    characters are removed. The result is for comparing and indexing, never for display: the printed form is
    kept beside it. Abbreviations are not resolved (that is what aliases in the registry are for), and folding
    a folded name changes nothing.
    """
    if name.isascii() and name.isalnum() and name.islower():
        return name
    folded = _fold_once(name)
    # Removing a character can bring two others together that then combine; nearly always one pass is enough.
    while (again := _fold_once(folded)) != folded:
        folded = again
    return folded


def _fold_once(name: str) -> str:
    compatible = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    # A printable string holds no invisible character and no white space but the plain blank: the usual case.
    if not compatible.isprintable():
        compatible = "".join(char for char in compatible if char.isspace() or not _is_invisible(char))
    return _WHITESPACE.sub("", compatible).translate(_UNIFIED)


def _is_invisible(char: str) -> bool:
    return unicodedata.category(char) in ("Cf", "Cc")
