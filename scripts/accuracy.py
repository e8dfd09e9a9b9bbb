"""Writes docs/accuracy.md from the real documents and their gold beside the project: `make accuracy`."""

import platform
import sys
from collections import Counter
from datetime import date
from pathlib import Path

from luoshi.reading import PARSER_VERSION, Document, read_file
from luoshi.reading.evaluation.command import find_pairs, markdown_table
from luoshi.reading.evaluation.command import score as score_file

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
PAGE = ROOT / "docs" / "accuracy.md"
MADE = "<!-- Written by scripts/accuracy.py. Change the program, then run: make accuracy -->"
COUNTED = (
    "provisions",
    "tasks",
    "targets",
    "duties",
    "appointments",
    "quotas",
    "events",
    "terms",
    "items",
    "citations",
)
UNSEEN = (
    "[unseen.md](unseen.md) tells how documents were read that nobody had seen while the grammar was written: the",
    "figures to expect of a new city.",
)


def main() -> int:
    """Write the page; return 1 where the documents are missing."""
    corpus, gold = SHARED / "corpus", SHARED / "gold"
    if not corpus.is_dir() or not gold.is_dir():
        print("make accuracy needs the real documents and their gold in ../shared", file=sys.stderr)
        return 1
    scores = [score_file(path, each) for path, each in find_pairs(corpus, gold)]
    lines = [
        MADE,
        "",
        "# How well documents are read",
        "",
        *_intro(),
        "",
        *markdown_table(scores),
        "",
        *_differences(scores),
    ]
    lines += ["", "## Documents that nobody had seen", "", *UNSEEN]
    lines += ["", "## What is found in each document", "", *_counts(corpus)]
    PAGE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(PAGE.relative_to(ROOT))
    return 0


def _intro() -> list[str]:
    today = date.today().isoformat()  # noqa: DTZ011
    return [
        f"Parser {PARSER_VERSION}, measured on {today} with Python {platform.python_version()} by",
        "`luoshi evaluate ../shared/corpus --gold ../shared/gold`.",
        "",
        "A cell holds precision / recall / F1, and how many of the gold were found. A task is right where its text",
        "begins as the gold's does, each used once; a party where its name and role agree; a time limit where its",
        "words agree; a target where value, unit and comparator agree and the quotes overlap. Gold is what a careful",
        "reader found.",
        "",
        "These documents were at hand while the grammar was written, so the table says that they are read completely,",
        "not how well unseen ones are read. Invented forms of other cities stand in the tests of `tests/reading`.",
    ]


def _differences(scores: list) -> list[str]:  # type: ignore[type-arg]
    lines = [f"- {each.name}: {line}" for each in scores for line in each.differences]
    return ["What differs from the gold:", "", *(lines or ["- nothing"])]


def _counts(corpus: Path) -> list[str]:
    lines = [
        f"| document | {' | '.join(COUNTED)} |",
        f"|---|{'---|' * len(COUNTED)}",
    ]
    for path in sorted(corpus.iterdir()):
        for document in read_file(path).documents:
            lines += _rows(path, document)
    return lines


def _rows(path: Path, document: Document) -> list[str]:
    name = document.doc_number or document.title[:30] or "(no title)"
    counts = " | ".join(str(len(getattr(document, each))) for each in COUNTED)
    lines = [f"| {path.stem}: {name} | {counts} |"]
    if len(document.parts) > 1 and document.tasks:
        parts = Counter(_part_of(document, task.span.start) for task in document.tasks)
        lines += [f"| … {title} | | {count} |{' |' * (len(COUNTED) - 2)}" for title, count in parts.items()]
    return lines


def _part_of(document: Document, offset: int) -> str:
    held = [part.title for part in document.parts if part.span.start <= offset < part.span.end]
    return held[-1] if held else document.title


if __name__ == "__main__":
    sys.exit(main())
