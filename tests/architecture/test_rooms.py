"""The shape of the house: what every room has, how big a thing may be, what nothing is called."""

import ast
import re
import statistics

import pytest
from tests.architecture.source import PACKAGE, functions, modules, name_of, tree_of

ROOMS = sorted(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists())
LONGEST_FILE = 450
LONGEST_FUNCTION = 60
# A module called so holds whatever nobody found a place for.
SHAPELESS = {"utils", "helpers", "misc", "common", "tools", "lib"}


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def test_rooms_were_found() -> None:
    assert {"standards", "reading", "workbooks", "access", "files", "registry", "documents", "ledger"} <= set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_says_what_belongs_there_and_what_does_not(room: str) -> None:
    readme = PACKAGE / room / "README.md"
    assert readme.exists()
    text = readme.read_text(encoding="utf-8")
    assert text.startswith(f"# {room}\n")
    assert re.search(r"not (belong|live)s? here|[Nn]ot here", text)


def test_no_file_is_too_long() -> None:
    sizes = {name_of(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {name: size for name, size in sizes.items() if size > LONGEST_FILE} == {}


def test_no_module_is_shapeless() -> None:
    assert [name_of(path) for path in modules() if {path.stem, path.parent.name} & SHAPELESS] == []


def test_every_module_says_what_it_is_for() -> None:
    filled = [path for path in modules() if path.read_text(encoding="utf-8").strip()]
    assert [name_of(path) for path in filled if not ast.get_docstring(tree_of(path))] == []


def test_functions_are_small() -> None:
    """The figures to keep: median at most 10 lines, 95th percentile under 45."""
    lengths = sorted(length(node) for path in modules() for node in functions(path))
    assert statistics.median(lengths) <= 10
    assert lengths[int(len(lengths) * 0.95)] < 45


def test_no_function_is_endless() -> None:
    endless = [
        f"{name_of(path)}:{node.name} {length(node)}"
        for path in modules()
        for node in functions(path)
        if length(node) > LONGEST_FUNCTION
    ]
    assert endless == []
