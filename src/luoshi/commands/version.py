"""``luoshi version``."""

import argparse

import luoshi


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare that the command takes no arguments."""
    parser.set_defaults()


def run(_args: argparse.Namespace) -> int:
    """Print what bug reports should name."""
    from luoshi.reading import PARSER_VERSION

    print(f"luoshi {luoshi.__version__}, parser {PARSER_VERSION}")
    return 0
