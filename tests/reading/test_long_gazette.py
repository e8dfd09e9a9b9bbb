"""A gazette of hundreds of pages is read whole, in time and memory that grow with its length only."""

import subprocess
import sys
import time

import pytest
from tests.reading.long_gazette import ARTICLES, gazette
from tests.reading.reader import read

from luoshi.reading import Reading

# The system's own count of the most memory of a process; that of `resource` begins with what the parent used.
MEASURED = """
import re, sys, time
from pathlib import Path
from tests.reading.long_gazette import gazette
from luoshi.reading import read_bytes
data = gazette(int(sys.argv[1])).encode()
started = time.process_time()
reading = read_bytes(data, name="gazette.txt")
seconds = time.process_time() - started
(kilobytes,) = re.findall(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(len(reading.text), len(reading.documents), seconds, int(kilobytes) // 1024)
"""


def _check(reading: Reading, items: int) -> None:
    assert [document.doc_number for document in reading.documents] == [
        f"青政发〔2033〕{number}号" for number in range(1, items + 1)
    ]
    for document in reading.documents:
        assert len(document.parts) == 3
        articles = [provision for provision in document.provisions if provision.label.endswith("条")]
        assert len(articles) == ARTICLES, document.doc_number
        assert len([task for task in document.tasks if task.lead_units]) >= 16
        assert document.effective_to is not None
    assert sum(bool(document.continuations) for document in reading.documents) == (items + 4) // 10


def test_fifty_pages() -> None:
    reading = read(gazette(25), "gazette.txt")
    assert len(reading.text) > 90_000
    _check(reading, 25)


@pytest.mark.soak
def test_five_hundred_pages() -> None:
    """A million characters: at most twelve times as long as a tenth of them, in less than 300 MB."""
    _check(read(gazette(270), "gazette.txt"), 270)
    small, large = _measure(27), _measure(270)
    assert large[0] >= 1_000_000
    assert large[2] <= 12 * small[2] + 1
    assert large[3] <= 300, f"{large[3]} MB"


def _measure(items: int) -> tuple[float, ...]:
    """Return characters, documents, seconds and megabytes of a reading in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(items)], capture_output=True, text=True, check=True, timeout=300
    )
    return tuple(float(figure) for figure in done.stdout.split())


def test_time_grows_with_the_length_only() -> None:
    seconds = []
    for items in (4, 16):
        text = gazette(items)
        started = time.process_time()
        read(text, "gazette.txt")
        seconds.append(time.process_time() - started)
    assert seconds[1] <= 8 * seconds[0] + 0.5
