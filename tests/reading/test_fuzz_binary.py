"""Mutated binary files: nothing raises, nothing hangs, memory stays bounded, and what cannot be read says so once.

The mutations are seeded: a number of the case makes the same bytes on every machine.
"""

import io
import multiprocessing
import random
import resource
import time
import zipfile
from collections.abc import Callable
from functools import cache

import pytest
from tests.reading import files, ofd_files
from tests.reading.reader import DOCUMENTS

from luoshi.reading import read_bytes, to_json

_FEW = 60
_MANY = 2_000
_SECONDS = 20.0
_MEMORY = 3 << 30  # address space of the process that reads them
_TEXT = (DOCUMENTS / "gazette.txt").read_text(encoding="utf-8")[:3_000]
_ROWS = (("序号", "重点任务", "责任单位"), ("1", "修路", "市交通局"), ("2", "植树", "市林业局"))


@cache
def originals() -> list[tuple[str, bytes]]:
    """One sound file of every binary kind."""
    lines = _TEXT.split("\n")
    page = "<html><head><meta charset='gb2312'></head><body>" + "".join(f"<p>{line}</p>" for line in lines)
    page += (
        "<table>"
        + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in _ROWS)
        + "</table>"
    )
    word = files.docx_of(*lines, rows=_ROWS)
    ofd = ofd_files.ofd_of(
        ofd_files.Doc(
            [ofd_files.flow(*lines[:12]), ofd_files.table(_ROWS, [20, 40, 90, 140], 50)], templates={"5": ""}
        ),
        ofd_files.Doc([ofd_files.flow(*lines[12:20])]),
    )
    return [
        ("a.docx", word),
        ("a.ofd", ofd),
        ("a.pdf", files.PDF_WITH_TEXT.read_bytes()),
        ("a.zip", files.package({"a.txt": _TEXT.encode(), "b.docx": word, "c.ofd": ofd, "d/e.html": page.encode()})),
        ("a.html", page.encode("gb18030")),
        ("a.doc", files.old_office("WordDocument", "Data") + _TEXT.encode("utf-16-le")),
    ]


def mutated(case: int) -> tuple[str, bytes]:
    """Return the file of a case: a name and bytes with one to four mutations, outside or inside its package."""
    chance = random.Random(case)
    name, data = originals()[case % len(originals())]
    if zipfile.is_zipfile(io.BytesIO(data)) and chance.random() < 0.4:
        return name, _mutated_members(data, chance)
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(_MUTATIONS)(data, chance)
    return name, data


def _mutated_members(data: bytes, chance: random.Random) -> bytes:
    """Change, swap, drop or double members and pack them again, so that the damage lies inside."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    names = list(members)
    one, other = chance.choice(names), chance.choice(names)
    kind = chance.randrange(4)
    if kind == 0:
        members[one], members[other] = members[other], members[one]
    elif kind == 1:
        del members[one]
    else:
        for _ in range(chance.randint(1, 6)):
            members[one] = chance.choice(_MUTATIONS)(members[one], chance)
    return files.package(members)


def _flip(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 30) if changed else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randint(0, len(data))]


def _insert(data: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + chance.randbytes(chance.randint(1, 400)) + data[at:]


def _double(data: bytes, chance: random.Random) -> bytes:
    start = chance.randint(0, len(data))
    piece = data[start : start + chance.randint(1, 4_000)]
    at = chance.randint(0, len(data))
    return data[:at] + piece * chance.randint(1, 20) + data[at:]


def _remove(data: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(data))
    return data[:at] + data[at + chance.randint(1, 2_000) :]


def _enlarge(data: bytes, chance: random.Random) -> bytes:
    """Put a large number where a size or a count may stand."""
    at = chance.randint(0, len(data))
    return (
        data[:at]
        + chance.choice((b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"99999999", b"-1", b"\x00\x00\x00\x00"))
        + data[at + 4 :]
    )


_MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (_flip, _cut, _insert, _double, _remove, _enlarge)


def check(case: int) -> str:
    """Read a case and return what is wrong with what came out, an empty text where nothing is."""
    name, data = mutated(case)
    started = time.process_time()
    try:
        reading = read_bytes(data, name=name)
        to_json(reading)
    except Exception as error:  # whatever it is, it is the finding
        return f"case {case} ({name}): {type(error).__name__}: {error}"
    taken = time.process_time() - started
    errors = [issue for issue in reading.issues if issue.severity == "error"]
    if taken > _SECONDS:
        return f"case {case} ({name}): took {taken:.1f} s"
    if len(errors) > 1 or any("{" in issue.message and "}" in issue.message for issue in errors):
        return f"case {case} ({name}): says {[issue.message for issue in errors]}"
    if not errors and not reading.text.strip():
        return f"case {case} ({name}): holds nothing and does not say so"
    return ""


def _check_many(cases: range, found: "multiprocessing.Queue[tuple[int, str]]") -> None:
    soft = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, soft))
    for case in cases:
        found.put((case, check(case)))


def _in_process(cases: range) -> list[str]:
    """Check cases in a process of its own with bounded memory; a case that hangs or kills it is a finding too."""
    context = multiprocessing.get_context("fork")
    found: multiprocessing.Queue[tuple[int, str]] = context.Queue()
    wrong: list[str] = []
    place = 0
    while place < len(cases):
        process = context.Process(target=_check_many, args=(cases[place:], found), daemon=True)
        process.start()
        while place < len(cases):
            try:
                _, said = found.get(timeout=3 * _SECONDS)
            except Exception:
                wrong.append(f"case {cases[place]} hung, or ended its process")
                place += 1
                break
            place += 1
            wrong.extend([said] if said else [])
        process.kill()
        process.join()
    return wrong


def test_sound_files_are_read() -> None:
    for name, data in originals()[:-1]:
        reading = read_bytes(data, name=name)
        assert not reading.unreadable, name
        assert len(reading.text) > 150, name


def test_mutated_files_do_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert [said for case in range(_FEW) if (said := check(case))] == []


@pytest.mark.soak
def test_two_thousand_mutated_files_do_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert _in_process(range(1_000, 1_000 + _MANY)) == []
