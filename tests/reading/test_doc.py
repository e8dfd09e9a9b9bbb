"""Old Word files through LibreOffice: a stand-in for the program, and the program itself where it is installed."""

import io
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from tests.reading import files
from tests.reading.reader import codes, tasks_of

from luoshi.reading import read_bytes
from luoshi.reading.decoding import doc_files

ITEMS = ("一、主要任务", "1. 修路架桥。（责任单位：市交通局）", "2. 植树造林。（责任单位：市林业局）")
OLD = files.old_office("WordDocument")
# What LibreOffice is asked: the profile, the folder to write to, and the file come as its last arguments.
_SCRIPT = """#!/bin/sh
for last; do :; done
folder=$(dirname "$last")
test -s "$last" || exit 3
test -s "$folder/profile/user/registrymodifications.xcu" || exit 4
{action}
"""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all of PATH beside the system's own, with a place for a stand-in."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    # The real program may be installed too; it is not the one that is asked here.
    which = shutil.which
    monkeypatch.setattr(doc_files.shutil, "which", lambda name: which(name, path=str(folder)))
    return folder


def _install(folder: Path, action: str, name: str = "soffice") -> None:
    program = folder / name
    program.write_text(_SCRIPT.format(action=action), encoding="utf-8")
    program.chmod(0o755)


@pytest.mark.parametrize("name", ["soffice", "libreoffice"])
def test_text_of_the_converted_file_is_read(office: Path, tmp_path: Path, name: str) -> None:
    converted = tmp_path / "ready.docx"
    converted.write_bytes(files.docx_of(*ITEMS))
    _install(office, f'mkdir -p "$folder/out" && cp "{converted}" "$folder/out/old.docx"', name)
    reading = read_bytes(OLD, name="plan.doc")
    assert (reading.source.media_type, reading.source.method) == ("application/msword", "docx")
    assert [task.number for task in tasks_of(reading)] == ["1", "2"]
    assert codes(reading) == []


def test_without_libreoffice_the_message_says_how_to_add_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doc_files.shutil, "which", lambda name: None)
    reading = read_bytes(OLD, name="plan.doc")
    assert codes(reading) == ["old_word"]
    assert "libreoffice-writer-nogui" in reading.issues[0].message


@pytest.mark.parametrize(
    "action", ["exit 1", "exit 0", 'mkdir -p "$folder/out"; : > "$folder/out/old.docx"', "kill -9 $$"]
)
def test_conversion_that_fails_is_one_clear_message(office: Path, action: str) -> None:
    _install(office, action)
    assert codes(read_bytes(OLD, name="plan.doc")) == ["broken_doc"]


def test_conversion_to_rubbish_is_one_clear_message(office: Path) -> None:
    _install(office, 'mkdir -p "$folder/out"; echo rubbish > "$folder/out/old.docx"')
    assert codes(read_bytes(OLD, name="plan.doc")) == ["broken_doc"]


def test_conversion_that_hangs_is_ended_with_all_it_started(
    office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doc_files, "MAX_CONVERSION_SECONDS", 0.5)
    pid = tmp_path / "pid"
    _install(office, f'sleep 60 & echo $! > "{pid}"; wait')
    assert codes(read_bytes(OLD, name="plan.doc")) == ["took_too_long"]
    shown = subprocess.run(
        ["ps", "-o", "stat=", "-p", pid.read_text().strip()], capture_output=True, text=True, check=False
    )
    assert shown.stdout.strip()[:1] in ("", "Z")


def test_nothing_is_left_behind(office: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    _install(office, "exit 1")
    read_bytes(OLD, name="plan.doc")
    assert list((tmp_path / "temporary").iterdir()) == []


def test_password_and_macros_are_found_without_opening(office: Path) -> None:
    _install(office, "exit 9")
    secret = files.old_office("WordDocument", head=files.WORD_HEAD_ENCRYPTED)
    assert codes(read_bytes(secret, name="plan.doc")) == ["encrypted_docx"]
    assert codes(read_bytes(files.old_office("WordDocument", "_VBA_PROJECT"), name="plan.doc")) == ["macro_file"]


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed (Debian libreoffice-writer-nogui)"
)
def test_real_conversion(tmp_path: Path) -> None:
    document = docx.Document(io.BytesIO(files.docx_of(*ITEMS, rows=(("重点任务", "责任单位"), ("治水", "市水利局")))))
    document.add_paragraph("特此通知。")  # LibreOffice writes no table behind which nothing stands
    document.save(str(tmp_path / "plan.docx"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "doc:MS Word 97", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "plan.docx")], check=True, capture_output=True, timeout=120)
    reading = read_bytes((tmp_path / "plan.doc").read_bytes(), name="plan.doc")
    assert reading.source.media_type == "application/msword"
    assert len(tasks_of(reading)) == 3
