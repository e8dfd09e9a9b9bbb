"""Numbers of official documents: 代字〔YYYY〕N号, however the brackets and blanks were printed (GB/T 9704-2012)."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_TAIL: Final = (
    r"[〔\[［【（(﹝]\s*(?P<year>[0-9０-９]{4})\s*[〕\]］】）)﹞]"
    r"\s*第?\s*(?P<serial>[0-9０-９]{1,5})\s*[号號]"
)
_NUMBER: Final = re.compile(rf"(?P<code>[\u4e00-\u9fff]{{2,14}})\s*{_TAIL}")
_TAILS: Final = re.compile(_TAIL)
_CODE: Final = re.compile(r"(?P<code>[\u4e00-\u9fff]{2,14})\s{0,3}$")
_STARTERS: Final = frozenset("据按照和及与依由贯彻落实关于见根行以的对")
_LEADS: Final = re.compile(r".*(?:发布|公布|颁布|印发|转发|下发|制发|批准|文件|政府(?=[\u4e00-\u9fff]{2}))")


@dataclass(frozen=True, slots=True)
class FoundNumber:
    """A document number met in running text: its usual form and where it is printed, end exclusive."""

    number: str
    start: int
    end: int


def normalise_document_number(printed: str) -> str | None:
    """Return the number in its usual form, 聊政发〔2021〕1号, or None where the words are no document number."""
    match = _NUMBER.fullmatch(printed.strip())
    return None if match is None else _usual(match["code"], match["year"], match["serial"])


def is_document_number(line: str) -> bool:
    """Tell whether a line holds a document number and nothing else."""
    return len(line) <= 40 and line.endswith(("号", "號")) and _NUMBER.fullmatch(line) is not None


def find_document_numbers(text: str) -> Iterator[FoundNumber]:
    """Find every document number in running text, in order; words that only lead up to one are left out."""
    for match in _TAILS.finditer(text):
        code = _CODE.search(text, max(0, match.start() - 17), match.start())
        if code is not None:
            kept = _strip_lead(code["code"])
            start = code.end("code") - len(kept)
            yield FoundNumber(_usual(kept, match["year"], match["serial"]), start, match.end())


def _usual(code: str, year: str, serial: str) -> str:
    return f"{code}〔{unicodedata.normalize('NFKC', year)}〕{int(unicodedata.normalize('NFKC', serial))}号"


def _strip_lead(code: str) -> str:
    """Drop words before the code (根据聊政发 is 聊政发): the code is what follows the last of them."""
    last = max((index for index, char in enumerate(code) if char in _STARTERS), default=-1)
    lead = _LEADS.match(code)
    last = max(last, lead.end() - 1 if lead else -1)
    return code[last + 1 :] if len(code) - last - 1 >= 2 else code
