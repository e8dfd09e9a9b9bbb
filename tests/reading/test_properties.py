"""Mutated documents: nothing raises, nothing hangs, every span stays inside the text."""

import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.reading import files
from tests.reading.reader import DOCUMENTS
from tests.reading.test_documents import check_spans

from luoshi.reading import Reading, read_bytes, to_json

TEXTS = [path.read_text(encoding="utf-8") for path in sorted(DOCUMENTS.iterdir())]
WORD_FILE = files.docx_of(*TEXTS[-1].split("\n"))
PDF_FILE = files.PDF_WITH_TEXT.read_bytes()
PIECES = [
    *"（）〔〕[]【】()、，；：。！？\n\t\f#*|\u200b\u3000\xa0\x00�",
    "牵头单位：",
    "责任单位:",
    "配合单位：",
    "（市财政局负责）",
    "牵头领导：等；",
    "各县（市、区）人民政府",
    "和",
    "等部门",
    "一、",
    "（一）",
    "1.",
    "(1)",
    "①",
    "第一条 ",
    "1.1 ",
    "青政发〔2031〕3号",
    "\n青政发〔2031〕3号\n",
    "（上接第3页）",
    "（下转第9页）",
    "2031年13月99日",
    "大事记\n3日，",
    "附件1\n",
    "序号\t任务\t责任单位\n1\t修路\t市交通局\n",
    "列首位的为牵头单位，下同",
    "以下任务均需各级政府落实，不再列出",
    "9" * 30,
]
Change = tuple[int, int, str]
changes = st.lists(
    st.tuples(st.integers(0, 10_000), st.integers(0, 60), st.sampled_from(PIECES) | st.text(max_size=8)),
    max_size=12,
)
fast = settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
few = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def _mutated(text: str, edits: list[Change]) -> str:
    for place, length, piece in edits:
        at = place % (len(text) + 1)
        text = text[:at] + piece + text[at + length :]
    return text


def _check(data: bytes, name: str) -> Reading:
    started = time.process_time()
    reading = read_bytes(data, name=name)
    assert time.process_time() - started < 2
    check_spans(reading)
    to_json(reading)
    return reading


@fast
@given(st.sampled_from(TEXTS), changes)
def test_mutated_text(text: str, edits: list[Change]) -> None:
    _check(_mutated(text, edits).encode("utf-8", errors="replace"), "plan.txt")


@few
@given(st.sampled_from(TEXTS), st.randoms(use_true_random=False))
def test_shuffled_lines(text: str, random: object) -> None:
    lines = text.split("\n")
    getattr(random, "shuffle")(lines)  # noqa: B009
    _check("\n".join(lines).encode(), "plan.md")


@few
@given(
    st.sampled_from(TEXTS), st.sampled_from(["gb18030", "utf-16", "utf-8"]), st.integers(0, 9999), st.binary(max_size=9)
)
def test_mutated_bytes(text: str, encoding: str, place: int, noise: bytes) -> None:
    data = text.encode(encoding)
    at = place % len(data)
    _check(data[:at] + noise + data[at + len(noise) :], "plan.txt")


@few
@given(st.sampled_from(TEXTS), changes)
def test_mutated_page(text: str, edits: list[Change]) -> None:
    page = "<html><body><p>" + text.replace("\n", "</p><p>") + "</body></html>"
    _check(_mutated(page, edits).encode("utf-8", errors="replace"), "plan.html")


@few
@given(
    st.lists(st.tuples(st.integers(0, 1 << 20), st.binary(min_size=1, max_size=8)), max_size=5), st.integers(0, 1 << 20)
)
def test_mutated_word_file(edits: list[tuple[int, bytes]], cut: int) -> None:
    data = bytearray(WORD_FILE)
    for place, noise in edits:
        at = place % len(data)
        data[at : at + len(noise)] = noise
    _check(bytes(data[: len(data) - cut % len(data)] if cut % 3 == 0 else data), "plan.docx")


@settings(few, max_examples=15)
@given(
    st.lists(st.tuples(st.integers(0, 1 << 24), st.binary(min_size=1, max_size=8)), max_size=5), st.integers(0, 1 << 20)
)
def test_mutated_pdf(edits: list[tuple[int, bytes]], cut: int) -> None:
    data = bytearray(PDF_FILE)
    for place, noise in edits:
        at = place % len(data)
        data[at : at + len(noise)] = noise
    _check(bytes(data[: len(data) - cut % len(data)] if cut % 3 == 0 else data), "plan.pdf")


@few
@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    _check(data, "any.txt")
