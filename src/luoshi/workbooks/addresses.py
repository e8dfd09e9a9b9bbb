"""Addresses of cells as people know them: column letters and row numbers from 1."""

import re
from functools import lru_cache
from typing import Final

_DIGITS: Final = "0123456789"
_LETTERS: Final = re.compile(r"[A-Z]{1,3}")


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 0: A, B, … Z, AA."""
    letters = ""
    while column >= 0:
        letters = chr(ord("A") + column % 26) + letters
        column = column // 26 - 1
    return letters


def address_of(row: int, column: int) -> str:
    """Return the address of a cell whose row and column are counted from 0."""
    return f"{column_letters(column)}{row + 1}"


def parse_address(address: str) -> tuple[int, int] | None:
    """Return row and column counted from 0, or None where the text is no address."""
    letters = address.rstrip(_DIGITS)
    number = address[len(letters) :]
    column = _column_index(letters)
    if column is None or not number or number[0] == "0" or len(number) > 7:
        return None
    return int(number) - 1, column


@lru_cache(maxsize=1024)
def _column_index(letters: str) -> int | None:
    if not _LETTERS.fullmatch(letters):
        return None
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
