"""Print the demo city's documents from their sources, with what a reader should find in each.

    python -m luoshi.demo.make_documents [FOLDER]

writes the PDF, DOCX and text files and one `<name>.expected.json` beside each. It is run by whoever changes a source;
the printed files are committed, because drawing them needs typst and its fonts.
"""

import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from luoshi.demo.blocks import blocks
from luoshi.demo.drawing import docx, gazette_text, markdown, pdf, wrapped
from luoshi.demo.drawing_manuscripts import manuscript_docx, manuscript_pdf
from luoshi.demo.manuscripts import load_manuscript
from luoshi.demo.sources import (
    ROLE_KEYS,
    Change,
    Official,
    Section,
    Task,
    load_gazette,
    load_official,
    load_reprint,
)

DOCUMENTS = Path(__file__).parent / "documents"
HEAD_CHARACTERS = 24


def expected_task(section: Section, task: Task) -> dict[str, Any]:
    """Return what a reading of a task should find, names as printed."""
    found: dict[str, Any] = {"number": task.number, "section": section.title}
    found |= {"text_head": task.text[:HEAD_CHARACTERS], "text": task.text}
    found |= {role: task.parties(role) for role in ROLE_KEYS.values()}
    found["etc"] = sorted(task.etc)
    found["deadline_text"] = task.deadline
    found["deadline"] = task.due.isoformat() if task.due else None
    return found


def expected_document(document: Official) -> dict[str, Any]:
    """Return what a reading of one document should find."""
    return {
        "kind": document.kind,
        "title": "".join(document.title),
        "doc_number": document.number or None,
        "issuer": document.issuer or None,
        "issued_on": document.issued_on.isoformat() if document.issued_on else None,
        "events": len(document.events),
        "tasks": [expected_task(section, task) for section, task in document.tasks()],
    }


def expectation(file: str, documents: list[Official], changes: list[Change] | None = None) -> str:
    """Return the expected.json of a printed file; `tasks` at the top is all tasks of all its documents."""
    found = [expected_document(document) for document in documents]
    content: dict[str, Any] = {"file": file, "task_count": sum(len(one["tasks"]) for one in found)}
    content["documents"] = found
    if changes is not None:
        content["differences"] = [_change(change) for change in changes]
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def drawn() -> dict[str, bytes]:
    """Return every file of the folder by name. Raises UnableToReadSource and UnableToDraw."""
    plan, last_year = load_official("plan-2026"), load_official("plan-2025")
    innovation, issue = load_official("innovation-2026"), load_gazette("gazette-2026-10")
    _, reprint, changes = load_reprint("reprint-2026")
    printed = {
        "plan-2026.pdf": (_pdf(plan), expectation("plan-2026.pdf", [plan])),
        "plan-2026-reprint.txt": (
            wrapped(blocks(reprint)).encode(),
            expectation("plan-2026-reprint.txt", [reprint], changes),
        ),
        "plan-2025.md": (markdown(blocks(last_year)).encode(), expectation("plan-2025.md", [last_year])),
        "innovation-2026.docx": (_docx(innovation), expectation("innovation-2026.docx", [innovation])),
        "gazette-2026-10.txt": (
            gazette_text(issue).encode(),
            expectation("gazette-2026-10.txt", list(issue.documents)),
        ),
    }
    files: dict[str, bytes] = {}
    for name, (content, expected) in printed.items():
        files[name] = content
        files[f"{name.rpartition('.')[0]}.expected.json"] = expected.encode()
    return files | _from_manuscripts()


def _from_manuscripts() -> dict[str, bytes]:
    """Return the documents that hold more than tasks; what a reading should find in them stands in the tests."""
    gazette, table = load_manuscript("gazette-2026-02"), load_manuscript("table-plan-2026")
    report = load_manuscript("work-report-2026")
    return {
        "gazette-2026-02.pdf": manuscript_pdf(
            gazette, look="gazette", title="云川市人民政府公报　2026年第2期", day=date(2026, 2, 28)
        ),
        "work-report-2026.docx": manuscript_docx(report, title="政府工作报告", day=date(2026, 1, 14)),
        "table-plan-2026.pdf": manuscript_pdf(
            table, look="official", title="优化营商环境提升行动重点任务清单", day=date(2026, 11, 13)
        ),
    }


def main(arguments: list[str]) -> int:
    """Write every file into the folder of the first argument, or beside the sources."""
    folder = Path(arguments[0]) if arguments else DOCUMENTS
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in drawn().items():
        (folder / name).write_bytes(content)
        print(f"{len(content):>9,} {name}")
    return 0


def _pdf(document: Official) -> bytes:
    return pdf(blocks(document), title="".join(document.title), day=document.day())


def _docx(document: Official) -> bytes:
    return docx(blocks(document), title="".join(document.title), day=document.day())


def _change(change: Change) -> dict[str, str]:
    found = asdict(change) | {"role": str(ROLE_KEYS.get(change.role, ""))}
    return {key: value for key, value in found.items() if value}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
