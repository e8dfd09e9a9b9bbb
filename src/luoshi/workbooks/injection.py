"""Text that a spreadsheet would take for a formula, and how it is made harmless and restored.

A value such as ``=HYPERLINK(...)`` typed into Luoshi must not run when somebody opens the export. In CSV the only
defence is a leading apostrophe. In a workbook the cell is marked as quoted text instead and shows its value unchanged.
Both are undone on import, without a doubt about which apostrophe is ours: a value that itself begins with
apostrophes before a formula sign gets one more.
"""

import re
from typing import Final

# The full-width signs start a formula too in Chinese and Japanese Excel.
_SIGNS: Final = r"[=+\-@\t\r\n＝＋－＠]"
_FORMULA: Final = re.compile(_SIGNS)
_QUOTED_FORMULA: Final = re.compile(rf"'+{_SIGNS}")
_ANY: Final = re.compile(rf"'*{_SIGNS}")


def looks_like_formula(text: str) -> bool:
    """Return whether a spreadsheet could take this text for a formula."""
    return _FORMULA.match(text) is not None


def neutralise_for_csv(text: str) -> str:
    """Return the text with an apostrophe before it where it could run as a formula."""
    return "'" + text if _ANY.match(text) else text


def neutralise_for_workbook(text: str) -> str:
    """Return the text as it stands in a cell marked as quoted text; only a leading apostrophe is doubled."""
    return "'" + text if _QUOTED_FORMULA.match(text) else text


def restore(text: str) -> str:
    """Return the text that was neutralised, for CSV or for a workbook."""
    return text[1:] if _QUOTED_FORMULA.match(text) else text
