"""Print how long scans take a page, how much of the memory, and how many tasks come out right.

The scans are made of the pages of the demo plan at 200 dpi, clean and then skewed and noisy, so there is a file to
compare with. Needs the extra `ocr`.
"""

import os
import resource
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PLAN = ROOT / "src" / "luoshi" / "demo" / "documents" / "plan-2026.pdf"


def main() -> None:
    """Print one line for each kind of scan."""
    sys.path.insert(0, str(ROOT))
    from luoshi.reading import read_file
    from luoshi.reading.decoding.scans import is_installed

    if not is_installed():
        print('scans: the recognition is not installed (pip install "luoshi[ocr]")')
        return
    from tests.reading import scanner

    expected = [said(task) for document in read_file(PLAN).documents for task in document.tasks]
    pages = scanner.pages_of(PLAN)
    for name, change in (("clean", scanner.clean), ("skewed and noisy", scanner.noisy)):
        measure(name, scanner.scanned(pages, change), len(pages), expected)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def measure(name: str, data: bytes, pages: int, expected: list[Any]) -> None:
    """Read a scan and print seconds a page and how many tasks of the file it gives word for word."""
    from luoshi.reading import read_bytes

    started, busy = time.perf_counter(), time.process_time()
    reading = read_bytes(data, name="scan.pdf")
    seconds, busy = time.perf_counter() - started, time.process_time() - busy
    found = {said(task) for document in reading.documents for task in document.tasks}
    right = sum(task in found for task in expected)
    print(
        f"{name:18} {pages:3} pages {seconds / pages:6.2f} s a page ({busy / pages:.2f} s of {os.cpu_count()} cores)"
        f"  {right} of {len(expected)} tasks word for word"
    )


def said(task: Any) -> tuple[Any, ...]:
    """What must be the same: number, words, and the names by role."""
    return task.number, task.text, tuple((role, party.name) for role, party in task.parties())


if __name__ == "__main__":
    main()
