"""Read plain text and Markdown in UTF-8, GB 18030 or UTF-16, also where one file mixes the first two."""

import re
from typing import Final

from luoshi.reading.decoding.raw import RawPages
from luoshi.reading.issues import make_issue
from luoshi.reading.model import Issue

_MOST_ISSUES: Final = 20
_ASCII_RUNS: Final = re.compile(rb"([\x00-\x7f]+)")


def read_text(data: bytes) -> RawPages:
    """Return the text of the bytes, one page a form feed; lines in another encoding are read and reported."""
    text, issues = decode_bytes(data)
    pages = text.split("\f")
    return RawPages(pages, len(pages) > 1, tuple(issues))


def decode_bytes(data: bytes) -> tuple[str, list[Issue]]:
    """Return the text of bytes of unknown encoding and an issue for each line that differs from the rest."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace"), []
    data = data.removeprefix(b"\xef\xbb\xbf")
    for encoding in ("utf-8", "gb18030"):
        if encoding == "gb18030" and _is_mostly_utf8(data):
            break
        try:
            return data.decode(encoding), []
        except UnicodeDecodeError:
            continue
    return _decode_lines(data)


def _is_mostly_utf8(data: bytes) -> bool:
    """Count by lines: GB 18030 takes most UTF-8 bytes for rare characters, never the other way round."""
    lines = [line for line in data.split(b"\n") if not line.isascii()]
    good = sum(1 for line in lines if _decodes(line, "utf-8"))
    return good * 4 > len(lines) or _loss(data, "utf-8") < 0.05


def _decodes(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _loss(data: bytes, encoding: str) -> float:
    text = data.decode(encoding, errors="replace")
    outside = sum(1 for char in text if char > "\x7f")
    return text.count("\ufffd") / outside if outside else 0.0


def _decode_lines(data: bytes) -> tuple[str, list[Issue]]:
    main, other = ("utf-8", "gb18030") if _is_mostly_utf8(data) else ("gb18030", "utf-8")
    lines: list[str] = []
    issues: list[Issue] = []
    for number, line in enumerate(data.split(b"\n"), start=1):
        if _decodes(line, main):
            lines.append(line.decode(main))
            continue
        text, code = _decode_odd_line(line, main, other)
        lines.append(text)
        if len(issues) < _MOST_ISSUES:
            issues.append(make_issue(code, line=number, encoding=main.upper(), other=other.upper()))
    return "\n".join(lines), issues


def _decode_odd_line(line: bytes, main: str, other: str) -> tuple[str, str]:
    if _decodes(line, other) and _loss(line, main) > 0.05:
        return line.decode(other), "mixed_encoding"
    parts: list[str] = []
    lost = False
    for run in _ASCII_RUNS.split(line):
        encoding = next((name for name in (main, other) if _decodes(run, name)), main)
        lost = lost or not _decodes(run, encoding)
        parts.append(run.decode(encoding, errors="replace"))
    return "".join(parts), "undecodable" if lost else "mixed_encoding"
