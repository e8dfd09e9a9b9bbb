"""The demo documents say what their sources say, and their names are those of the demo city."""

import csv
import json
import re
import unicodedata
from itertools import chain
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from docx import Document

import luoshi
from luoshi.demo import drawing
from luoshi.demo.blocks import blocks
from luoshi.demo.make_documents import DOCUMENTS, drawn, main
from luoshi.demo.sources import (
    ROLE_KEYS,
    Official,
    UnableToReadSource,
    load_gazette,
    load_official,
    load_reprint,
)

CITY = Path(luoshi.__file__).parent / "registry" / "cities" / "demo"
# What a clerk has to decide: a new bureau, a company, a post without a name, a group nobody has entered.
FOR_A_PERSON = {
    "市低空经济发展服务中心",
    "云川数智科技有限公司",
    "市委常委、组织部部长",
    "市科技创新工作领导小组成员单位",
}
COUNTS = {"plan-2026": 67, "plan-2026-reprint": 67, "plan-2025": 27, "innovation-2026": 21, "gazette-2026-10": 9}


def squeezed(words: str) -> str:
    return re.sub(r"—\d+—", "", re.sub(r"\s+", "", words))


def sources() -> list[Official]:
    plans = [load_official(name) for name in ("plan-2026", "plan-2025", "innovation-2026")]
    return [*plans, *load_gazette("gazette-2026-10").documents]


def known_forms() -> set[str]:
    columns = {
        "organizations": ("name", "short_name"),
        "aliases": ("alias",),
        "groups": ("name",),
        "group_aliases": ("alias",),
        "people": ("name",),
    }
    known = set()
    for name, wanted in columns.items():
        with (CITY / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            known |= {unicodedata.normalize("NFKC", row[key]) for row in csv.DictReader(file) for key in wanted}
    return known


def text_of(name: str) -> str:
    path = DOCUMENTS / name
    if path.suffix == ".pdf":
        with pdfium.PdfDocument(path) as file:
            return "".join(page.get_textpage().get_text_bounded() for page in file)
    if path.suffix == ".docx":
        return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
    return path.read_text(encoding="utf-8").replace("**", "").translate(str.maketrans("[]", "〔〕"))


def test_every_name_is_in_the_city_pack_except_those_left_to_a_person() -> None:
    parties = {
        party
        for document in sources()
        for _, task in document.tasks()
        for role in ROLE_KEYS.values()
        for party in task.parties(role)
    }
    known = known_forms()
    assert {party for party in parties if unicodedata.normalize("NFKC", party) not in known} == FOR_A_PERSON


@pytest.mark.parametrize("stem", COUNTS)
def test_expectations_count_what_the_sources_hold(stem: str) -> None:
    expected = json.loads((DOCUMENTS / f"{stem}.expected.json").read_text(encoding="utf-8"))
    numbers = [task["number"] for document in expected["documents"] for task in document["tasks"]]
    assert expected["task_count"] == len(numbers) == COUNTS[stem]
    for document in expected["documents"]:
        of_document = [task["number"] for task in document["tasks"]]
        assert len(of_document) == len(set(of_document))


@pytest.mark.parametrize("stem", COUNTS)
def test_every_task_and_name_stands_in_the_printed_file(stem: str) -> None:
    expected = json.loads((DOCUMENTS / f"{stem}.expected.json").read_text(encoding="utf-8"))
    printed = squeezed(text_of(expected["file"]))
    for document in expected["documents"]:
        assert document["title"] in printed
        for task in document["tasks"]:
            assert squeezed(task["text"]) in printed
            start = printed.index(squeezed(task["text"]))
            for name in chain.from_iterable(task[role] for role in ROLE_KEYS.values()):
                assert name in printed[start : start + 600]


@pytest.mark.parametrize("name", ["plan-2025.md", "plan-2026-reprint.txt", "gazette-2026-10.txt"])
def test_texts_are_what_the_sources_print(name: str) -> None:
    printed = {
        "plan-2025.md": lambda: drawing.markdown(blocks(load_official("plan-2025"))),
        "plan-2026-reprint.txt": lambda: drawing.wrapped(blocks(load_reprint("reprint-2026")[1])),
        "gazette-2026-10.txt": lambda: drawing.gazette_text(load_gazette("gazette-2026-10")),
    }
    assert (DOCUMENTS / name).read_text(encoding="utf-8") == printed[name]()


def test_expectations_and_word_file_are_up_to_date_and_drawn_alike_twice() -> None:
    pytest.importorskip("typst", reason="typst draws the PDF and is in the dev group")
    try:
        first, second = drawn(), drawn()
    except drawing.UnableToDraw as error:
        pytest.skip(f"the PDF cannot be drawn here: {error}")
    assert first == second
    for name, content in first.items():
        if name.endswith(".json"):
            assert (DOCUMENTS / name).read_bytes() == content, f"{name}: run luoshi.demo.make_documents"
    assert all(len(content) < 1_000_000 for content in first.values())


def test_files_are_written_to_a_folder(tmp_path: Path) -> None:
    pytest.importorskip("typst", reason="typst draws the PDF and is in the dev group")
    try:
        assert main([str(tmp_path / "new")]) == 0
    except drawing.UnableToDraw as error:
        pytest.skip(f"the PDF cannot be drawn here: {error}")
    assert {path.name for path in (tmp_path / "new").iterdir()} == set(drawn())


def test_the_second_printing_differs_exactly_where_its_source_says() -> None:
    first, second, changes = load_reprint("reprint-2026")
    before = {task.number: task for _, task in first.tasks()}
    after = {task.number: task for _, task in second.tasks()}
    assert list(before) == list(after)
    assert {number for number in before if before[number] != after[number]} == {change.task for change in changes}


def test_a_change_of_something_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = {
        "source": "plan-2026",
        "change": [{"task": "50", "kind": "wording", "why": "", "old": "没有的话", "new": "x"}],
    }
    original = load_official("plan-2026")
    monkeypatch.setattr("luoshi.demo.sources._toml", lambda name: raw)
    monkeypatch.setattr("luoshi.demo.sources.load_official", lambda name: original)
    with pytest.raises(UnableToReadSource, match="item 50"):
        load_reprint("reprint-2026")
