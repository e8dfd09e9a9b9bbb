"""Archives of documents: all in one reading, in order of name, none running into the next."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.reading import files
from tests.reading.pdfs import draw
from tests.reading.reader import codes, tasks_of

from luoshi.reading import limits, read_bytes, to_json
from luoshi.reading.decoding import zip_files
from luoshi.reading.decoding.packages import UnableToUnpack
from luoshi.reading.decoding.sniffing import sniff
from luoshi.reading.decoding.zip_files import open_archive

ROADS = "青岚市修路计划\n\n1. 修路架桥，年底前建成。（责任单位：市交通局）\n"
TREES = "青岚市植树计划\n\n1. 植树造林，绿化荒山。（责任单位：市林业局）\n"


def test_documents_of_all_files_with_their_names() -> None:
    data = files.package(
        {"b/2.txt": TREES.encode(), "b/10.docx": files.docx_of(*ROADS.split("\n")), "a.md": ROADS.encode()}
    )
    reading = read_bytes(data, name="many.zip")
    assert reading.source.media_type == "application/zip"
    assert [(document.id, document.member, document.title) for document in reading.documents] == [
        ("d1", "a.md", "青岚市修路计划"),
        ("d2", "b/2.txt", "青岚市植树计划"),
        ("d3", "b/10.docx", "青岚市修路计划"),
    ]
    assert [document["member"] for document in to_json(reading)["documents"]] == ["a.md", "b/2.txt", "b/10.docx"]
    assert all(party.span.of(reading.text) == party.name for task in tasks_of(reading) for _, party in task.parties())
    assert "member" not in to_json(read_bytes(ROADS.encode(), name="a.txt"))["documents"][0]


def test_no_document_runs_over_the_end_of_its_file() -> None:
    broken_off = "青岚市修路计划\n\n1. 修路架桥。（责任单位：市交通局、\n"
    goes_on = "市林业局）\n\n2. 植树造林，绿化荒山。（责任单位：市林业局）\n"
    first, second = read_bytes(
        files.package({"1.txt": broken_off.encode(), "2.txt": goes_on.encode()}), name="a.zip"
    ).documents
    assert first.span.end < second.span.start
    assert [len(document.tasks) for document in (first, second)] == [1, 1]
    assert [party.name for _, party in first.tasks[0].parties()] == ["市交通局"]


@pytest.mark.parametrize(("encoding", "flag"), [("gb18030", 0), ("utf-8", 0), ("utf-8", 0x800)])
def test_chinese_names_of_files(encoding: str, flag: int) -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("XXXXXXXXXXXX", ROADS)
    name = "计划.txt".encode(encoding)
    name += b"t" * (12 - len(name))
    data = written.getvalue().replace(b"XXXXXXXXXXXX", name)
    data = _flagged(data, flag)
    assert [member.name for member in open_archive(data)] == [name.decode(encoding)]


def _flagged(data: bytes, flag: int) -> bytes:
    changed = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.index(mark) + place
        changed[at : at + 2] = flag.to_bytes(2, "little")
    return bytes(changed)


def test_order_of_names_litter_and_names_that_lead_outside() -> None:
    members = {
        "附件十.txt": b"a", "附件2.txt": b"b", "附件三.txt": b"c", "附件10.txt": b"d",
        "../../etc/passwd": b"e", "C:\\x\\a.txt": b"f",
        "__MACOSX/._a": b"g", ".DS_Store": b"h", "~$plan.docx": b"i", "Thumbs.db": b"j", "空/": b"",
    }  # fmt: skip
    names = [member.name for member in open_archive(files.package(members))]
    assert sorted(names) == sorted(["附件2.txt", "附件三.txt", "附件10.txt", "附件十.txt", "etc/passwd", "x/a.txt"])
    assert next(name for name in names if name.startswith("附件")) == "附件2.txt"
    assert names.index("附件三.txt") < names.index("附件10.txt")


def test_archive_inside_is_opened_once() -> None:
    inner = files.package({"b.txt": TREES.encode()})
    deeper = files.package({"c.zip": inner})
    reading = read_bytes(files.package({"a.txt": ROADS.encode(), "in.zip": inner, "deep.zip": deeper}), name="a.zip")
    assert [document.member for document in reading.documents] == ["a.txt", "in.zip/b.txt"]
    assert [issue.params["member"] for issue in reading.issues] == ["deep.zip/c.zip"]


def test_file_that_cannot_be_read_is_named_and_stops_no_other() -> None:
    data = files.package(
        {"a.txt": ROADS.encode(), "b.pdf": b"%PDF-1.4 broken", "c.rar": b"Rar!" + bytes(80), "d.txt": b""}
    )
    reading = read_bytes(data, name="a.zip")
    assert not reading.unreadable
    assert len(tasks_of(reading)) == 1
    found = [
        (issue.params["member"], issue.params["code"]) for issue in reading.issues if issue.code == "member_unreadable"
    ]
    assert found == [("b.pdf", "broken_pdf"), ("c.rar", "archive_file"), ("d.txt", "empty_file")]
    assert reading.issues[0].message.startswith("b.pdf: The PDF is damaged")


def test_reservations_name_their_file() -> None:
    reading = read_bytes(files.package({"a.txt": ROADS.encode(), "b.pdf": TREES.encode()}), name="a.zip")
    (issue,) = [issue for issue in reading.issues if issue.code == "lying_type"]
    assert issue.params["member"] == "b.pdf"
    assert issue.message.startswith("b.pdf: ")


def test_password_on_some_files_and_on_all() -> None:
    one = _encrypted(files.package({"a.txt": ROADS.encode()}))
    assert codes(read_bytes(one, name="a.zip")) == ["encrypted_archive"]
    both = files.package({"a.txt": ROADS.encode(), "b.txt": TREES.encode()})
    reading = read_bytes(_encrypted(both), name="a.zip")
    assert [issue.params.get("code") for issue in reading.issues] == ["encrypted_archive"]
    assert [document.member for document in reading.documents] == ["b.txt"]


def _encrypted(data: bytes) -> bytes:
    """Say of the first file that it needs a password."""
    return _flagged(data, 1)


def test_damaged_file_is_named() -> None:
    data = bytearray(files.package({"a.txt": ROADS.encode(), "b.txt": TREES.encode() * 50}))
    at = data.index(b"b.txt") + 25
    data[at : at + 4] = b"\xff\xff\xff\xff"
    reading = read_bytes(bytes(data), name="a.zip")
    assert [(i.params["member"], i.params["code"]) for i in reading.issues if "code" in i.params] == [
        ("b.txt", "broken_archive")
    ]


def test_too_many_files_and_too_much_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_files, "MAX_ARCHIVED_DOCUMENTS", 2)
    data = files.package({f"{number}.txt": ROADS.encode() for number in range(3)})
    assert codes(read_bytes(data, name="a.zip")) == ["zip_bomb"]
    with pytest.raises(UnableToUnpack):
        open_archive(data)
    bomb = files.package({"a.txt": bytes(limits.MIN_PACKED_SUSPECT + 1), "b.txt": ROADS.encode()})
    reading = read_bytes(bomb, name="a.zip")
    assert [issue.params.get("code") for issue in reading.issues if "member" in issue.params] == ["zip_bomb"]


def test_json_of_an_archive_keeps_the_contract(shared: Path) -> None:
    schema = json.loads((shared / "contracts" / "reading.schema.json").read_text(encoding="utf-8"))
    data = files.package(
        {"a.txt": ROADS.encode(), "b.docx": files.docx_of(*TREES.split("\n")), "c.bin": bytes(range(256))}
    )
    Draft202012Validator(schema).validate(to_json(read_bytes(data, name="a.zip")))


def test_a_pdf_kept_without_compression_does_not_hide_the_archive() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.pdf", draw("First."))
        archive.writestr("b.pdf", draw("Second."))
    assert sniff(written.getvalue()).kind == "zip"
    assert sniff(draw("First.")).kind == "pdf"
