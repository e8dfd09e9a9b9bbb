"""Print how fast a PDF plan of forty pages of ruled table is read. The plan is drawn on the spot with typst."""

import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.reading.pdfs import draw, table

from luoshi.reading import read_bytes

PAGES = 40
ROWS_A_PAGE = 14
HEAD = "table.header([序号], [重点举措], [工作任务], [完成时限], [责任单位], [配合单位]),"


def main() -> None:
    """Draw the plan, read it, and print pages, tasks and seconds."""
    rows = [row(number) for number in range(1, PAGES * ROWS_A_PAGE + 1)]
    data = draw(table("1fr, 3fr, 8fr, 2fr, 4fr, 4fr", HEAD, *rows, title="2026年重点工作任务清单"))
    began = time.process_time()
    reading = read_bytes(data, name="table.pdf")
    seconds = time.process_time() - began
    tasks = sum(len(document.tasks) for document in reading.documents)
    print(f"{reading.source.pages} pages of table {len(reading.text):8} characters {tasks:5} tasks {seconds:7.3f} s")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def row(number: int) -> str:
    """Return one row in typst."""
    task = f"推进第{number}号河道综合整治工程，新建护岸{number}公里，完成年度投资{number * 3}万元，健全管护机制。"
    return f"[{number}], [提升水系治理水平], [{task}], [{number % 12 + 1}月], [市水利局、市财政局], [各县政府],"


if __name__ == "__main__":
    main()
