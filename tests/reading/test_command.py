"""`luoshi read`: what it prints and how it ends."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.reading import files
from tests.reading.reader import DOCUMENTS

from luoshi.reading import PARSER_VERSION, read_file, to_json
from luoshi.reading.command import run_read

PLAN = DOCUMENTS / "plan_in_brackets.txt"


def test_summary_names_documents_tasks_and_issues(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_read([str(PLAN)]) == 0
    printed = capsys.readouterr().out
    assert "青政发〔2031〕3号" in printed
    assert "7 tasks (3 without doubts)" in printed
    assert "许知远、市发展改革委 +3" in printed
    assert "number_gap" in printed


def test_json_and_text_fit_together(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run_read([str(PLAN), "--json", "--text", str(tmp_path / "out.txt")]) == 0
    reading = json.loads(capsys.readouterr().out)
    text = (tmp_path / "out.txt").read_text(encoding="utf-8")
    assert reading["schema"] == "luoshi.reading/1"
    assert reading["source"]["parser_version"] == PARSER_VERSION
    assert reading["source"]["characters"] == len(text)
    for task in reading["documents"][0]["tasks"]:
        for party in task["cooperating_units"]:
            assert "".join(text[party["span"]["start"] : party["span"]["end"]].split()) == party["name"]


def test_every_document_is_written_as_akoma_ntoso(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run_read([str(DOCUMENTS / "gazette.txt"), "--akn", str(tmp_path / "new" / "xml")]) == 0
    written = sorted((tmp_path / "new" / "xml").iterdir())
    assert [path.name for path in written] == [
        "d1-青政发〔2033〕1号.xml",
        "d2-青财社〔2033〕7号.xml",
        "d3-青岚市人民政府大事记2033年1月.xml",
    ]
    assert all("akomaNtoso" in path.read_text(encoding="utf-8") for path in written)
    (tmp_path / "file").write_text("")
    assert run_read([str(DOCUMENTS / "gazette.txt"), "--akn", str(tmp_path / "file")]) == 2
    assert "file" in capsys.readouterr().err


def test_file_that_cannot_be_read_ends_with_two(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(files.scanned_pdf())
    assert run_read([str(scan)]) == 2
    assert "No print was recognised on the 2 pages" in capsys.readouterr().out


def test_missing_file_ends_with_two(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run_read([str(tmp_path / "none.txt")]) == 2
    assert "none.txt" in capsys.readouterr().err


@pytest.mark.parametrize("path", [*sorted(DOCUMENTS.iterdir()), files.PDF_WITH_TEXT], ids=lambda path: path.name)
def test_json_keeps_the_contract(shared: Path, path: Path) -> None:
    schema = json.loads((shared / "contracts" / "reading.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(to_json(read_file(path)))


def test_pages_of_spans_count_from_one() -> None:
    written = to_json(read_file(files.PDF_WITH_TEXT))
    pages = [task["span"]["page"] for document in written["documents"] for task in document["tasks"]]
    assert pages == sorted(pages)
    assert 1 <= pages[0] <= pages[-1] <= written["source"]["pages"]


def test_reading_needs_no_django() -> None:
    import subprocess
    import sys

    code = "import sys, luoshi.reading, luoshi.reading.command; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
