"""`luoshi read FILE`: print what one file holds, with no database."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from luoshi.reading.model import ROLES, Document, Issue, Reading, Task
from luoshi.reading.pipeline import read_file
from luoshi.reading.serialising import to_json
from luoshi.reading.structure.akoma_ntoso import file_name, to_xml

READ: Final = 0
UNREADABLE: Final = 2
_WIDTH: Final = 46
_MOST_SHOWN: Final = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of `luoshi read` to a parser."""
    known = "text, Markdown, DOCX, DOC, PDF, OFD, HTML, a picture, or a ZIP of several"
    parser.add_argument("file", type=Path, metavar="FILE", help=known)
    parser.add_argument("--json", action="store_true", help="print the whole reading as JSON (luoshi.reading/1)")
    parser.add_argument("--text", type=Path, metavar="OUT", help="write the text that all offsets index to OUT")
    parser.add_argument("--akn", type=Path, metavar="DIR", help="write each document as Akoma Ntoso XML into DIR")


def run(args: argparse.Namespace) -> int:
    """Read the file and print the result; return 0 where it was read and 2 where it cannot be."""
    try:
        reading = read_file(args.file)
        if args.text is not None:
            args.text.write_bytes(reading.text.encode("utf-8", errors="surrogatepass"))
        if args.akn is not None:
            _write_akoma_ntoso(reading, args.akn)
    except OSError as error:
        print(f"luoshi read: {error.strerror}: {error.filename}", file=sys.stderr)
        return UNREADABLE
    if args.json:
        json.dump(to_json(reading), sys.stdout, ensure_ascii=False, indent=1)
        print()
    else:
        print("\n".join(_summary(reading)))
    return UNREADABLE if reading.unreadable else READ


def _write_akoma_ntoso(reading: Reading, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for document in reading.documents:
        (folder / file_name(document)).write_bytes(to_xml(reading, document))


def run_read(argv: Sequence[str]) -> int:
    """Run `luoshi read` with its arguments as typed after the word `read`."""
    parser = argparse.ArgumentParser(prog="luoshi read", description=__doc__)
    add_arguments(parser)
    return run(parser.parse_args(argv))


def _summary(reading: Reading) -> list[str]:
    source = reading.source
    pages = f", {source.pages} pages" if source.pages else ""
    lines = [f"{source.name}: {source.media_type}{pages}, {source.characters} characters"]
    for document in reading.documents:
        lines += ["", *_document(document)]
    if reading.issues:
        lines += ["", "Issues", *_issues(reading.issues)]
    return lines


def _document(document: Document) -> list[str]:
    clean = sum(task.clean for task in document.tasks)
    issued = document.issued_on.isoformat() if document.issued_on else None
    facts = [document.member, document.doc_number, document.issuer, issued, document.kind]
    lines = [
        document.title or "(no title)",
        "  " + " · ".join(fact for fact in facts if fact),
        f"  {len(document.provisions)} provisions, {len(document.tasks)} tasks ({clean} without doubts), "
        f"{len(document.citations)} citations",
    ]
    section = None
    for task in document.tasks:
        if task.section != section:
            section = task.section
            lines.append(f"  {section or ''}")
        lines.append(_task(task))
    return lines


def _task(task: Task) -> str:
    text = task.text if len(task.text) <= _WIDTH else task.text[: _WIDTH - 1] + "…"
    counts = {role: getattr(task, role) for role in ROLES}
    leads = "、".join(party.name for role in ROLES[:3] for party in counts[role])
    others = len(counts["cooperating_units"]) + len(counts["implementing_units"])
    more = f" +{others}" if others else ""
    doubts = f"  ! {', '.join(task.doubts)}" if task.doubts else ""
    return f"    {task.number:>8}  {text}  [{leads}{more}]{doubts}"


def _issues(issues: Sequence[Issue]) -> list[str]:
    counts = Counter(issue.severity for issue in issues)
    shown = sorted(issues, key=lambda issue: ("error", "warning", "info").index(issue.severity))[:_MOST_SHOWN]
    lines = [f"  {issue.severity:8}{issue.code}: {issue.message}" for issue in shown]
    if len(issues) > len(shown):
        lines.append(f"  … {len(issues)} in all: " + ", ".join(f"{count} {name}" for name, count in counts.items()))
    return lines
