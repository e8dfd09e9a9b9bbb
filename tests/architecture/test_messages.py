"""Every sentence that a person sees is English in the source and has its Chinese in the catalogue."""

import ast
import importlib.util
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ROOT / "src" / "luoshi"
CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3000-\u303f\uff01-\uff5e]")
# One character may be quoted from a document ("the list ends in ..."); two in a row are words.
WORDS = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]{2}")
# A set of characters in a pattern ("[一二三]") is grammar, not words.
CHARACTER_SET = re.compile(r"\[[^\]]*\]")
# Rooms whose business is Chinese text, and the facts of real cities.
READS_CHINESE = {"reading", "standards", "workbooks", "demo", "registry/cities"}


def _script() -> ModuleType:
    """Load scripts/messages.py, which is a program and not part of the package."""
    spec = importlib.util.spec_from_file_location("messages_script", ROOT / "scripts" / "messages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


script = _script()


@pytest.mark.parametrize("room", script.list_rooms(), ids=lambda room: room.name)
def test_every_sentence_of_a_room_has_its_chinese(room: Path) -> None:
    assert list(script._room_faults(room)) == []


def test_no_two_rooms_translate_one_sentence_differently() -> None:
    assert script._contradictions(script.list_rooms()) == []


@pytest.mark.parametrize("room", script.list_rooms(), ids=lambda room: room.name)
def test_catalogue_is_as_the_script_writes_it(room: Path) -> None:
    path = script.catalogue_path(room)
    if path.is_file():
        assert path.read_text(encoding="utf-8") == script.render_catalogue(script.updated_catalogue(room))


def _free_of_chinese(path: Path) -> bool:
    inside = path.relative_to(ROOMS).as_posix()
    return not any(inside.startswith(f"{folder}/") for folder in READS_CHINESE)


def _templates() -> list[Path]:
    return [path for path in sorted(ROOMS.glob("*/templates/**/*.html")) if _free_of_chinese(path)]


def _modules() -> list[Path]:
    return [path for path in sorted(ROOMS.rglob("*.py")) if _free_of_chinese(path) and "migrations" not in path.parts]


@pytest.mark.parametrize("path", _templates(), ids=lambda path: path.relative_to(ROOMS).as_posix())
def test_no_chinese_is_typed_into_a_template(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [f"line {n}: {line.strip()}" for n, line in enumerate(lines, 1) if CHINESE.search(line)] == []


def _string_literals(tree: ast.AST) -> Iterator[ast.Constant]:
    """Return the strings of a module without its docstrings."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node


@pytest.mark.parametrize("path", _modules(), ids=lambda path: path.relative_to(ROOMS).as_posix())
def test_no_chinese_is_typed_into_the_code_of_pages(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    literals = [(node.lineno, str(node.value)) for node in _string_literals(tree)]
    assert [item for item in literals if WORDS.search(CHARACTER_SET.sub("", item[1]))] == []


def test_a_wrong_placeholder_is_found() -> None:
    message = script.Message("%(count)s of %(total)s", string="%(count)s / %(all)s")
    assert len(list(script._placeholder_faults(message))) == 1


def test_a_reordered_placeholder_is_right() -> None:
    message = script.Message("%(count)s of %(total)s", string="%(total)s / %(count)s")
    assert list(script._placeholder_faults(message)) == []


def test_sentences_of_templates_and_of_python_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = tmp_path / "src" / "luoshi" / "porch"
    (room / "templates").mkdir(parents=True)
    (room / "views.py").write_text(
        "from django.utils.translation import ngettext, pgettext\n"
        "a = _('One ' 'sentence')\nb = ngettext('%(n)s task', '%(n)s tasks', n)\nc = pgettext('month', 'May')\n"
    )
    (room / "templates" / "page.html").write_text(
        "{% load i18n %}\n<p>\n  {% translate 'Plain' %}\n    {% blocktranslate trimmed count n=n %}\n one {{ n }}\n"
        "{% plural %}\n many {{ n }}\n{% endblocktranslate %}\n  {% card title=_('In a tag') %}"
    )
    monkeypatch.setattr(script, "ROOT", tmp_path)
    said = [(item.text, item.context) for item in script.list_said(room)]
    assert said == [
        ("Plain", None),
        (("one %(n)s", "many %(n)s"), None),
        ("In a tag", None),
        ("One sentence", None),
        (("%(n)s task", "%(n)s tasks"), None),
        ("May", "month"),
    ]
