"""The reference in docs is what the program says of itself."""

import pytest
from scripts.reference import FOLDER, pages

from luoshi.cli import COMMANDS, build_parser, main

PAGES = pages()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_reference_is_up_to_date(name: str) -> None:
    written = (FOLDER / name).read_text(encoding="utf-8")
    assert written == PAGES[name], "run: make reference"


def test_no_page_is_left_over() -> None:
    assert {path.name for path in FOLDER.glob("*.md")} >= set(PAGES)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_every_argument_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    assert COMMANDS[name][1].capitalize()[:20] in " ".join(capsys.readouterr().out.split())


def test_no_argument_is_without_help() -> None:
    waiting = [("luoshi", build_parser())]
    silent = []
    while waiting:
        name, parser = waiting.pop()
        assert parser.description, name
        for action in parser._actions:
            if isinstance(action.choices, dict):
                waiting += [(f"{name} {word}", each) for word, each in action.choices.items()]
            elif not action.help:
                silent.append(f"{name} {action.dest}")
    assert silent == []
