"""The command ``luoshi``: finds the command that was asked for and runs it.

Only the module of that command is imported, so that none waits for what another needs.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from luoshi.commands.failure import CommandFailed

# name → module with ``add_arguments`` and ``run``, and what the command does in one line.
COMMANDS: dict[str, tuple[str, str]] = {
    "read": ("luoshi.reading.command", "read a document and print what is in it; needs no database"),
    "time": ("luoshi.reading.time_command", "print what words about time mean; needs no database"),
    "evaluate": ("luoshi.reading.evaluation.command", "score how documents are read against what people found"),
    "serve": ("luoshi.commands.serve", "serve the pages and work through imports"),
    "worker": ("luoshi.commands.worker", "only work through imports, without pages"),
    "migrate": ("luoshi.commands.migrate", "make or update the tables of the database"),
    "init": ("luoshi.commands.init", "load the facts of a city and open the first accounts"),
    "demo": ("luoshi.commands.demo", "load the invented city, or start it over"),
    "import": ("luoshi.commands.importing", "take documents in"),
    "reread": ("luoshi.commands.reread", "read again what an older parser has read"),
    "audit": ("luoshi.commands.audit", "check the trail of what was done"),
    "user": ("luoshi.commands.user", "open accounts and reset passwords"),
    "version": ("luoshi.commands.version", "print the versions of Luoshi and of its parser"),
}


def build_parser(only: str | None = None) -> argparse.ArgumentParser:
    """Return the parser of all commands; with ``only``, the arguments of just that one are known."""
    parser = argparse.ArgumentParser(
        prog="luoshi", description="From what a government writes to what gets done, for anyone to check."
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command", required=True)
    for name, (module_name, summary) in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")
        if only in {None, name}:
            module = import_module(module_name)
            module.add_arguments(command)
            command.set_defaults(run=module.run)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 not done, 2 not understood or not readable."""
    words = list(sys.argv[1:] if argv is None else argv)
    parser = build_parser(only=words[0] if words else "")
    if not words:
        parser.print_help()
        return 2
    args = parser.parse_args(words)
    try:
        return int(args.run(args))
    except CommandFailed as failure:
        print(f"luoshi {args.command}: {failure}", file=sys.stderr)
        return failure.code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output (head, less) has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


if __name__ == "__main__":
    sys.exit(main())
