"""``luoshi migrate``."""

import argparse

from luoshi.commands.installation import migrate, start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare that the command takes no arguments."""
    parser.set_defaults()


def run(_args: argparse.Namespace) -> int:
    """Bring the database up to date."""
    start_django()
    applied = migrate()
    print(f"{applied} migrations applied." if applied else "The database is up to date.")
    return 0
