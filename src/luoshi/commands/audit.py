"""``luoshi audit``."""

import argparse

from luoshi.commands.installation import open_installation


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done with the trail."""
    tasks = parser.add_subparsers(title="tasks", metavar="TASK", dest="task", required=True)
    summary = "recompute the chain and name every changed, missing or inserted entry; exit code 1 where there is one"
    tasks.add_parser("verify", help=summary, description=f"{summary[0].upper()}{summary[1:]}.")


def run(_args: argparse.Namespace) -> int:
    """Check the chain of audit entries."""
    open_installation()
    from luoshi.access.audit import verify_chain

    count, broken = verify_chain()
    for link in broken:
        print(f"entry {link.sequence}: {link.reason}")
    if broken:
        print(f"{count} entries read; the chain is broken in {len(broken)} places.")
        return 1
    print(f"{count} entries read; the chain is whole.")
    return 0
