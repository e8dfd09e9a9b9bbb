"""Tell what a file is by its bytes; its name is only ever compared with what was found."""

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final, Literal

Kind = Literal["text", "html", "docx", "doc", "ofd", "zip", "pdf", "image", "refused"]

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

# (first bytes, issue code, media type, what to call it)
_SIGNATURES: Final[tuple[tuple[bytes, str, str, str], ...]] = (
    (b"\x89PNG\r\n", "image_file", "image/png", "PNG"),
    (b"\xff\xd8\xff", "image_file", "image/jpeg", "JPEG"),
    (b"GIF8", "image_file", "image/gif", "GIF"),
    (b"BM", "image_file", "image/bmp", "BMP"),
    (b"II*\x00", "image_file", "image/tiff", "TIFF"),
    (b"MM\x00*", "image_file", "image/tiff", "TIFF"),
    (b"MZ", "binary_file", "application/x-msdownload", "a Windows program"),
    (b"\x7fELF", "binary_file", "application/x-executable", "a Linux program"),
    (b"\xca\xfe\xba\xbe", "binary_file", "application/java-vm", "a Java program"),
    (b"\x1f\x8b", "archive_file", "application/gzip", "GZIP"),
    (b"Rar!", "archive_file", "application/vnd.rar", "RAR"),
    (b"7z\xbc\xaf'\x1c", "archive_file", "application/x-7z-compressed", "7-Zip"),
    (b"{\\rtf", "rtf_file", "application/rtf", "RTF"),
)
_OFD: Final = "application/ofd"
_SUFFIXES: Final[dict[str, tuple[Kind, ...]]] = {
    ".txt": ("text",),
    ".md": ("text",),
    ".html": ("html",),
    ".htm": ("html",),
    ".docx": ("docx",),
    ".pdf": ("pdf",),
    ".ofd": ("ofd",),
    ".zip": ("zip",),
    ".doc": ("doc", "docx"),
    ".wps": ("doc", "docx"),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".gif"), ("image",)),
}
_HTML: Final = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|frameset|title|meta|article|section|div|table|span|font|center|h[1-6]|p)[\s>]",
    re.IGNORECASE,
)
_HTML_HEAD: Final = 4096
_SAVED_PAGE: Final = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_CONTROL: Final = bytes(set(range(32)) - {9, 10, 11, 12, 13, 26, 27})


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What the bytes are; `code` is the issue that says why the file is refused, `found` a word for people."""

    kind: Kind
    media_type: str
    found: str
    code: str = ""


def sniff(data: bytes) -> Sniffed:
    """Return what the bytes are; never raises, and looks at no more than the head and a ZIP directory."""
    head = data[:1024]
    # A ZIP comes first: a PDF that it holds without compressing begins within its head.
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _sniff_zip(data)
    if b"%PDF-" in head:
        return Sniffed("pdf", "application/pdf", "PDF")
    if head.startswith(_OLE):
        return _sniff_ole(data)
    return _sniff_signature(data) or _sniff_text(data)


def _sniff_signature(data: bytes) -> Sniffed | None:
    for signature, code, media_type, found in _SIGNATURES:
        if data.startswith(signature) and (signature not in (b"BM", b"MZ") or not _is_text(data)):
            return Sniffed("image" if code == "image_file" else "refused", media_type, found, code)
    return None


def _sniff_text(data: bytes) -> Sniffed:
    if not _is_text(data):
        return Sniffed("refused", "application/octet-stream", "no text in any known encoding", "binary_file")
    head = data[:_HTML_HEAD].replace(b"\x00", b"")  # UTF-16 has one beside every Latin letter
    if _HTML.search(head) and head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<"):
        return Sniffed("html", "text/html", "HTML")
    if _SAVED_PAGE.search(head) and b"\nmime-version:" in b"\n" + head.lower():
        return Sniffed("html", "multipart/related", "MHTML")
    return Sniffed("text", "text/plain", "plain text")


def is_lying(name: str, sniffed: Sniffed) -> str:
    """Return the suffix of the name where it promises another kind of file, else an empty string."""
    suffix = PurePath(name).suffix.lower()
    promised = _SUFFIXES.get(suffix)
    return suffix if promised and sniffed.kind not in promised else ""


def _is_text(data: bytes) -> bool:
    sample = data[: 64 * 1024]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    control = len(sample) - len(sample.translate(None, _CONTROL))
    return control == 0 or (b"\x00" not in sample and control * 50 < len(sample))


def _sniff_zip(data: bytes) -> Sniffed:
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except Exception:  # zipfile raises whatever a damaged field makes it stumble over
        return _sniff_broken_zip(data)
    word = any(name.startswith("word/document") for name in names)
    if word and any(name.lower().endswith("vbaproject.bin") for name in names):
        return Sniffed("refused", "application/vnd.ms-word.document.macroEnabled.12", "DOCM", "macro_file")
    if word:
        return Sniffed("docx", _DOCX, "DOCX")
    if any(name.lower() == "ofd.xml" for name in names):
        return Sniffed("ofd", _OFD, "OFD")
    for start, code, media_type, found in (
        ("xl/", "workbook", "application/vnd.ms-excel", "XLSX"),
        ("ppt/", "old_office", "application/vnd.ms-powerpoint", "PPTX"),
        ("META-INF/manifest.xml", "old_office", "application/vnd.oasis.opendocument", "OpenDocument"),
    ):
        if any(name.startswith(start) for name in names):
            return Sniffed("refused", media_type, found, code)
    return _sniff_damaged_names(names) or Sniffed("zip", "application/zip", "ZIP")


def _sniff_damaged_names(names: set[str]) -> Sniffed | None:
    """A package whose chief member lost its name is no archive of documents: its other members tell."""
    if any(name == "[Content_Types].xml" or name.startswith(("word/", "_rels/")) for name in names):
        return Sniffed("refused", _DOCX, "DOCX", "broken_docx")
    if any(name.startswith("Doc_0/") for name in names):
        return Sniffed("refused", _OFD, "OFD", "broken_ofd")
    return None


def _sniff_broken_zip(data: bytes) -> Sniffed:
    """What a package was meant to be stands in the names of its first members."""
    head = data[:4096]
    if b"word/" in head or b"[Content_Types].xml" in head:
        return Sniffed("refused", _DOCX, "DOCX", "broken_docx")
    if b"OFD.xml" in head or b"Doc_0/" in head:
        return Sniffed("refused", _OFD, "OFD", "broken_ofd")
    return Sniffed("refused", "application/zip", "ZIP", "broken_archive")


def _sniff_ole(data: bytes) -> Sniffed:
    if "WordDocument".encode("utf-16-le") in data and "EncryptedPackage".encode("utf-16-le") not in data:
        return Sniffed("doc", "application/msword", "DOC")
    for stream, code, media_type, found in (
        ("EncryptedPackage", "encrypted_docx", "application/x-ole-storage", "DOCX"),
        ("Workbook", "workbook", "application/vnd.ms-excel", "XLS"),
        ("PowerPoint", "old_office", "application/vnd.ms-powerpoint", "PPT"),
    ):
        if stream.encode("utf-16-le") in data:
            return Sniffed("refused", media_type, found, code)
    return Sniffed("refused", "application/x-ole-storage", "OLE", "old_office")
