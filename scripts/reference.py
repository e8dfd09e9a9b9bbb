"""Writes docs/reference from the program itself: the commands from their parsers, the states from their tables.

``python scripts/reference.py`` writes the files; a test compares them, so that they cannot fall behind.
"""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
MADE = "<!-- Written by scripts/reference.py. Change the program, then run: make reference -->"


def main() -> int:
    """Write every page of the reference."""
    for name, text in pages().items():
        FOLDER.mkdir(parents=True, exist_ok=True)
        (FOLDER / name).write_text(text, encoding="utf-8")
        print(f"docs/reference/{name}")
    return 0


def pages() -> dict[str, str]:
    """Return every page of the reference by its file name."""
    return {"cli.md": cli_page(), "states.md": states_page()}


def cli_page() -> str:
    """Return the reference of the command ``luoshi``."""
    from luoshi.cli import build_parser

    lines = [
        MADE,
        "",
        "# The command `luoshi`",
        "",
        "Exit codes: 0 done, 1 not done, 2 not understood or not readable.",
    ]
    for name, command in _subparsers(build_parser()):
        lines += _command(f"luoshi {name}", command, level=2)
    return "\n".join(lines) + "\n"


def _command(name: str, parser: argparse.ArgumentParser, *, level: int) -> Iterator[str]:
    yield from ("", f"{'#' * level} {name}", "", parser.description or "")
    rows = list(_arguments(parser))
    if rows:
        yield from ("", "| argument | meaning |", "|---|---|", *rows)
    for task, subparser in _subparsers(parser):
        yield from _command(f"{name} {task}", subparser, level=level + 1)


def _subparsers(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def _arguments(parser: argparse.ArgumentParser) -> Iterator[str]:
    for action in parser._actions:
        if isinstance(action, argparse._HelpAction | argparse._SubParsersAction):
            continue
        yield f"| `{_spelling(action)}` | {action.help or ''} |"


def _spelling(action: argparse.Action) -> str:
    value = str(action.metavar or action.dest).upper()
    if action.choices:
        value = f"{{{', '.join(str(choice) for choice in action.choices)}}}"
    if not action.option_strings:
        return value + (" …" if action.nargs in {"+", "*"} else "")
    return ", ".join(action.option_strings) + ("" if action.nargs == 0 else f" {value}")


def states_page() -> str:
    """Return the statuses of everything that has some, with their transitions as diagrams."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.config.settings")
    import django
    from django.utils import translation

    django.setup()
    from luoshi.documents import states as documents
    from luoshi.ledger import states as ledger

    lines = [MADE, "", "# Statuses and how they change"]
    with translation.override("en"):
        lines += _part("Import of a file", documents.ImportStatus, _edges(documents.IMPORT_TRANSITIONS))
        lines += _part("Document", documents.DocumentStatus, _edges(documents.DOCUMENT_TRANSITIONS))
        lines += _part("Finding", documents.FindingStatus, _edges(documents.FINDING_TRANSITIONS))
        lines += _part("Task", ledger.TaskStatus, [_task_edge(each) for each in ledger.TRANSITIONS])
    return "\n".join(lines) + "\n"


def _edges(table: dict[Any, Iterable[Any]]) -> list[str]:
    """Return the arrows of a table, in the order in which the statuses are declared."""
    order = list(table)
    return [f"{before} --> {after}" for before in order for after in sorted(table[before], key=order.index)]


def _task_edge(each: Any) -> str:
    owners = " or ".join(sorted(owner.lower() for owner in each.owners))
    return f"{each.before} --> {each.after}: {owners}{', with a reason' if each.needs_reason else ''}"


def _part(title: str, statuses: Any, edges: list[str]) -> Iterator[str]:
    yield from ("", f"## {title}", "", (statuses.__doc__ or "").strip().splitlines()[0], "")
    yield from ("| status | shown as |", "|---|---|")
    for status in statuses:
        yield f"| `{status.value}` | {status.label} |"
    yield from ("", "```mermaid", "stateDiagram-v2", *(f"    {edge}" for edge in edges), "```")


if __name__ == "__main__":
    sys.exit(main())
