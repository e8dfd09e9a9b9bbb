"""Open archives of documents: which files they hold, under which names, in which order."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from luoshi.reading.decoding.packages import Budget, Package, UnableToUnpack
from luoshi.reading.decoding.sniffing import sniff
from luoshi.reading.limits import MAX_ARCHIVED_DOCUMENTS, MAX_PACKING_RATIO, MIN_PACKED_SUSPECT
from luoshi.reading.structure.numerals import from_figures

_UTF8_FLAG: Final = 0x800
_UNICODE_PATH: Final = 0x7075
_FIGURES: Final = re.compile(r"(\d{1,18}|(?:(?<=[件第（(])|^)[一二三四五六七八九十百]{1,5})")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_DRIVE: Final = re.compile(r"^[A-Za-z]:")
_LITTER: Final = frozenset({"thumbs.db", "desktop.ini", "__macosx"})
_LONGEST_NAME: Final = 200


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive; `problem` says why its bytes are missing: broken, encrypted, bomb or nested."""

    name: str
    data: bytes = b""
    problem: str = ""


def open_archive(data: bytes) -> list[Member]:
    """Return the files of an archive in order of name, with a reason in place of the bytes of those that fail.

    Archives inside are opened once, their files named archive.zip/file.

    :raises UnableToUnpack: where the archive itself cannot be opened, or holds too much.
    """
    members = sorted(_members(data, Budget(), ""), key=lambda member: _natural(member.name))
    if len(members) > MAX_ARCHIVED_DOCUMENTS:
        raise UnableToUnpack("bomb", f"{len(members)} files")
    return members


def _members(data: bytes, budget: Budget, folder: str) -> Iterator[Member]:
    package = Package(data, budget=budget)
    kept = [(name, info) for info in package.members if (name := _shown_name(info)) and not info.filename.endswith("/")]
    if len(kept) > MAX_ARCHIVED_DOCUMENTS:
        raise UnableToUnpack("bomb", f"{len(kept)} files")
    for name, info in kept:
        member = _read(package, info, folder + name)
        if member.problem or sniff(member.data).kind != "zip":
            yield member
        elif folder:
            yield Member(member.name, problem="nested")
        else:
            yield from _inner(member, budget)


def _inner(archive: Member, budget: Budget) -> Iterator[Member]:
    try:
        yield from list(_members(archive.data, budget, f"{archive.name}/"))
    except UnableToUnpack as error:
        yield Member(archive.name, problem=error.problem)


def _read(package: Package, info: zipfile.ZipInfo, name: str) -> Member:
    if info.flag_bits & 1:
        return Member(name, problem="encrypted")
    if info.file_size > MIN_PACKED_SUSPECT and info.file_size > MAX_PACKING_RATIO * max(1, info.compress_size):
        return Member(name, problem="bomb")
    try:
        return Member(name, package.read(info))
    except UnableToUnpack as error:
        return Member(name, problem=error.problem)


def _shown_name(info: zipfile.ZipInfo) -> str:
    """Return the name as it was meant, without what would lead out of a folder; empty for what is no document."""
    name = _CONTROL.sub("", _decoded_name(info)).replace("\\", "/")
    parts = [part for part in _DRIVE.sub("", name).split("/") if part not in ("", ".", "..")]
    hidden = any(part.startswith((".", "~$")) or part.lower() in _LITTER for part in parts)
    return "" if hidden or not parts else str(PurePosixPath(*parts))[-_LONGEST_NAME:]


def _decoded_name(info: zipfile.ZipInfo) -> str:
    """Programs that do not say that a name is UTF-8 wrote it in the encoding of their machine: here, GB 18030."""
    if info.flag_bits & _UTF8_FLAG:
        return info.orig_filename
    meant = _unicode_path(info.extra)
    if meant:
        return meant
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.orig_filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.orig_filename


def _unicode_path(extra: bytes) -> str:
    """Return the name of the field that some programs add beside the one in the machine's encoding."""
    while len(extra) >= 4:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        if kind == _UNICODE_PATH and 5 < size <= len(extra) - 4:
            return extra[9 : 4 + size].decode("utf-8", errors="replace")
        extra = extra[4 + size :]
    return ""


def _natural(name: str) -> list[tuple[int, int, str]]:
    """附件2 stands before 附件10 and 附件三 before 附件十."""
    key: list[tuple[int, int, str]] = []
    for part in _FIGURES.split(name):
        value = from_figures(part) if part else None
        if part:
            key.append((0, value, "") if value is not None else (1, 0, part.casefold()))
    return key
