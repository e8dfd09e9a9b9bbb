"""Opening an .xlsx package: what it is, whether it is safe, and the few parts that are read.

Reads: bytes that begin like a zip archive. Gives: the parts of the workbook that hold cells, unpacked under a limit,
and a new plain archive of only those parts. The spreadsheet parser is given the new archive, never the original, so
it meets no macro, no picture, no lying size and no second reading of a twisted archive.
"""

import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from lxml import etree

from luoshi.workbooks.issues import UnableToOpenFile
from luoshi.workbooks.limits import Limits

_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_SHARED_TEXTS: Final = "xl/sharedStrings.xml"
_TYPES: Final = "[Content_Types].xml"
_ALWAYS: Final = (_TYPES, "_rels/.rels", _WORKBOOK, _RELATIONS, "xl/styles.xml", _SHARED_TEXTS)
_MOST_ENTRIES: Final = 10_000
_OTHER_ARCHIVES: Final = (
    ("word/document.xml", "word_file"),
    ("ppt/presentation.xml", "presentation_file"),
    ("OFD.xml", "ofd_file"),
)
_OLD_FORMATS: Final = (("xl/workbook.bin", ".xlsb"), ("content.xml", ".ods"))


@dataclass(frozen=True, kw_only=True)
class SheetPart:
    """One visible worksheet: its name and its XML."""

    name: str
    xml: bytes


@dataclass(frozen=True, kw_only=True)
class Package:
    """What is left of an .xlsx file: visible worksheets, the XML of shared texts (b"" where there are none), how days
    are counted, and the archive of those parts."""

    sheets: tuple[SheetPart, ...]
    shared_texts: bytes
    counts_from_1904: bool
    archive: bytes


def open_package(data: bytes, limits: Limits) -> Package:
    """Return the parts of a workbook that hold cells.

    :raises UnableToOpenFile: when the archive is damaged, encrypted, carries macros, is no workbook or is too large.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = _read_parts(archive, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise UnableToOpenFile("broken_workbook", reason=str(error) or type(error).__name__) from error
    workbook = parse_part(parts[_WORKBOOK])
    return Package(
        sheets=_visible_sheets(workbook, parts),
        shared_texts=parts.get(_SHARED_TEXTS, b""),
        counts_from_1904=_counts_from_1904(workbook),
        archive=_plain_archive(parts),
    )


def parse_part(xml: bytes) -> etree._Element:
    """Return the root of an XML part, without resolving entities or fetching anything.

    :raises UnableToOpenFile: when it is not well-formed.
    """
    try:
        return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        raise UnableToOpenFile("broken_workbook", reason=str(error)) from error


def _read_parts(archive: zipfile.ZipFile, limits: Limits) -> dict[str, bytes]:
    entries = {entry.filename.replace("\\", "/"): entry for entry in archive.infolist()}
    _check_entries(entries, limits)
    _check_what_it_is(entries)
    wanted = [name for name in entries if name in _ALWAYS or name.startswith("xl/worksheets/")]
    # Reading stops at the declared size and then compares the checksum, so a lying size ends as a damaged file.
    parts = {name: archive.read(entries[name]) for name in wanted if not name.endswith("/")}
    if b"macroEnabled" in parts.get(_TYPES, b""):
        raise UnableToOpenFile("macro_file")
    if any(b"<!DOCTYPE" in part for part in parts.values()):
        raise UnableToOpenFile("broken_workbook", reason="DOCTYPE")
    if _RELATIONS not in parts:
        raise UnableToOpenFile("broken_workbook", reason=_RELATIONS)
    return parts


def _check_entries(entries: dict[str, zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries.values()) > limits.unpacked_bytes:
        raise UnableToOpenFile("unpacks_too_large", limit=limits.unpacked_bytes)
    for entry in entries.values():
        if entry.flag_bits & 0x1:
            raise UnableToOpenFile("encrypted_file")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise UnableToOpenFile("broken_workbook", reason=f"compression {entry.compress_type}")


def _check_what_it_is(entries: dict[str, zipfile.ZipInfo]) -> None:
    for name in entries:
        if name.lower().endswith("vbaproject.bin") or name.lower().startswith("xl/macrosheets/"):
            raise UnableToOpenFile("macro_file")
    if _WORKBOOK in entries:
        return
    for name, code in _OTHER_ARCHIVES:
        if name in entries:
            raise UnableToOpenFile(code)
    for name, found in _OLD_FORMATS:
        if name in entries:
            raise UnableToOpenFile("old_workbook", found=found)
    raise UnableToOpenFile("archive_file")


def _visible_sheets(workbook: etree._Element, parts: dict[str, bytes]) -> tuple[SheetPart, ...]:
    targets = _targets(parse_part(parts[_RELATIONS]))
    found = []
    for sheet in workbook.iterfind(".//{*}sheets/{*}sheet"):
        path = targets.get(_relation_id(sheet), "")
        if sheet.get("state", "visible") == "visible" and path in parts:
            found.append(SheetPart(name=sheet.get("name", ""), xml=parts[path]))
    if not found:
        raise UnableToOpenFile("broken_workbook", reason="no visible worksheet")
    return tuple(found)


def _relation_id(sheet: etree._Element) -> str:
    return next((str(value) for name, value in sheet.attrib.items() if str(name).endswith("}id")), "")


def _targets(relations: etree._Element) -> dict[str, str]:
    """Return the path of every related part by its relation id."""
    paths = {}
    for relation in relations.iterfind("{*}Relationship"):
        target = relation.get("Target", "")
        paths[relation.get("Id", "")] = target[1:] if target.startswith("/") else f"xl/{target}"
    return paths


def _counts_from_1904(workbook: etree._Element) -> bool:
    properties = workbook.find(".//{*}workbookPr")
    return properties is not None and properties.get("date1904", "0") in ("1", "true")


def _plain_archive(parts: dict[str, bytes]) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    return target.getvalue()
