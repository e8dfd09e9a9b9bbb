"""Read old Word files (.doc, .wps) by having LibreOffice write them as .docx, where it is installed."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import Final

from luoshi.reading.decoding.docx.reading import read_docx
from luoshi.reading.decoding.raw import RawPages
from luoshi.reading.issues import make_issue
from luoshi.reading.limits import MAX_BYTES, MAX_CONVERSION_SECONDS

_PROGRAMS: Final = ("soffice", "libreoffice")
_ONE_AT_A_TIME: Final = threading.Lock()  # each conversion takes hundreds of megabytes
_SECTOR: Final = 512
_WORD: Final = b"\xec\xa5"
_ENCRYPTED: Final = 0x01
_MACROS: Final = tuple(name.encode("utf-16-le") for name in ("_VBA_PROJECT", "Macros"))
# LibreOffice's own settings for a stranger's file: no macros, nothing fetched from outside the file.
_SETTINGS: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


class UnableToConvert(Exception):
    """LibreOffice did not write the file anew; `code` is the issue to report."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_doc(data: bytes) -> RawPages:
    """Return the text of an old Word file as its .docx has it; without LibreOffice, how to add it."""
    if any(mark in data for mark in _MACROS):
        return RawPages(issues=(make_issue("macro_file"),))
    if is_encrypted(data):
        return RawPages(issues=(make_issue("encrypted_docx"),))
    program = next((found for name in _PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        return RawPages(issues=(make_issue("old_word"),))
    try:
        with _ONE_AT_A_TIME:
            converted = _convert(program, data)
    except UnableToConvert as error:
        return RawPages(issues=(make_issue(error.code, seconds=MAX_CONVERSION_SECONDS),))
    raw = read_docx(converted)
    failed = any(issue.severity == "error" for issue in raw.issues)
    return RawPages(issues=(make_issue("broken_doc"),)) if failed else raw


def is_encrypted(data: bytes) -> bool:
    """Tell whether the head of the document stream, which begins a sector, says that a password is needed."""
    for start in range(_SECTOR, min(len(data), 64 * _SECTOR), _SECTOR):
        if data.startswith(_WORD, start):
            return start + 12 <= len(data) and bool(data[start + 11] & _ENCRYPTED)
    return False


def _convert(program: str, data: bytes) -> bytes:
    with tempfile.TemporaryDirectory(prefix="luoshi-doc-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / "old.doc").write_bytes(data)
        user = folder / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        _run(program, folder)
        written = folder / "out" / "old.docx"
        if not written.is_file() or not 0 < written.stat().st_size <= MAX_BYTES:
            raise UnableToConvert("broken_doc")
        return written.read_bytes()


def _run(program: str, folder: Path) -> None:
    """Run LibreOffice with a profile of its own; whatever it started is ended with it."""
    command = [
        program,
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "out"),
        str(folder / "old.doc"),
    ]
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    nowhere = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}
    try:
        process = subprocess.Popen(  # noqa: S603 - the program was found on PATH, the arguments are our own
            command,
            cwd=folder,
            env={**kept, **nowhere, "HOME": str(folder), "TMPDIR": str(folder)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise UnableToConvert("broken_doc") from error
    try:
        process.wait(MAX_CONVERSION_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise UnableToConvert("took_too_long") from error
    finally:
        _end(process)


def _end(process: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
