"""Chinese, Arabic and circled figures as labels use them, up to 9,999."""

import unicodedata
from typing import Final

_DIGITS: Final = "零一二三四五六七八九"
_VALUES: Final[dict[str, int]] = {digit: value for value, digit in enumerate(_DIGITS)} | {"〇": 0, "○": 0, "两": 2}
_UNITS: Final[dict[str, int]] = {"十": 10, "百": 100, "千": 1000}


def to_chinese(number: int) -> str:
    """Return 1 to 999 in Chinese figures as headings print them (十二, 一百零三); others stay Arabic."""
    if not 0 < number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


def from_figures(text: str) -> int | None:
    """Return the value of figures in any of the three writings, or None where they are no number."""
    plain = unicodedata.normalize("NFKC", text).replace(" ", "")
    if plain.isascii() and plain.isdigit():
        return int(plain[:9])
    return _from_chinese(plain)


def _from_chinese(text: str) -> int | None:
    if not text or any(char not in _VALUES and char not in _UNITS for char in text):
        return None
    if not any(char in _UNITS for char in text):
        return int("".join(str(_VALUES[char]) for char in text[:9]))
    total, digit = 0, 0
    for char in text:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            digit = _VALUES[char]
    return total + digit


def circled(number: int) -> str:
    """Return ① to ⑳ for 1 to 20, and the plain figure beyond."""
    return chr(0x245F + number) if 0 < number <= 20 else str(number)
