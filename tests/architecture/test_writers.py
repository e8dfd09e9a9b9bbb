"""Only actions write, they are told who acts and when, and they write an audit entry."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import PACKAGE, calls, modules, name_of, tree_of

# These know no database; what they save are files.
PURE = ("standards/", "reading/", "workbooks/", "demo/drawing")
# Modules that actions share their writing with, each called inside an action's transaction.
WRITERS = {
    "access/audit.py": "the trail itself",
    "access/logging_in.py": "log-ins: the actions of somebody who is nobody yet",
    "documents/recording.py": "rows from a reading",
    "ledger/writing.py": "rows of a task and its parties",
    "ledger/target_writing.py": "rows of a task's targets and the indicators they measure",
    "registry/pack_recording.py": "rows from a city pack",
    "commands/demo.py": "drops the tables of the demo city, and with them the trail",
}
WRITING = {"bulk_create", "bulk_update", "get_or_create", "update_or_create", "save"}
# These words mean other things too; they write where they are said to a manager or a queryset.
AMBIGUOUS = {"create", "update", "delete", "add", "set", "remove", "clear", "execute", "executemany"}
QUERYSETS = ("objects", "filter(", "exclude(", "all()", "_set.", "cursor")
# Whoever translates between the outside and an action asks the clock and hands the moment on.
CLOCK_READERS = ("jobs.py", "commands/", "web/", "demo/")
CLOCKS = {"now", "today", "utcnow"}
# With an argument these only convert.
CLOCKS_WITHOUT_ARGUMENT = {"localdate", "localtime"}


def is_action_module(path: Path) -> bool:
    return path.name == "actions.py" or path.name.endswith("_actions.py") or path.parent.name == "actions"


def action_modules() -> list[Path]:
    return [path for path in modules() if is_action_module(path)]


def writes(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    receiver = ast.unparse(call.func.value)
    if call.func.attr in WRITING:
        # A model's own ``save`` hands on to its parent.
        return not receiver.startswith("super()")
    return call.func.attr in AMBIGUOUS and any(word in receiver for word in QUERYSETS)


def where(path: Path, call: ast.Call) -> str:
    return f"{name_of(path)}:{call.lineno} {ast.unparse(call.func)}"


def others() -> list[Path]:
    return [
        path
        for path in modules()
        if not is_action_module(path) and not name_of(path).startswith(PURE) and name_of(path) not in WRITERS
    ]


def test_only_actions_write() -> None:
    assert [where(path, call) for path in others() for call in calls(path) if writes(call)] == []


def test_every_exception_still_writes() -> None:
    idle = [name for name in WRITERS if not any(writes(call) for call in calls(PACKAGE / name))]
    assert idle == []


def actions() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for path in action_modules():
        for node in tree_of(path).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield path, node


def test_action_modules_were_found() -> None:
    assert {"access/actions.py", "documents/actions.py", "ledger/actions.py"} <= {name_of(p) for p in action_modules()}


def test_actions_take_keywords_only() -> None:
    loose = []
    for path, node in actions():
        by_place = {argument.arg for argument in (*node.args.posonlyargs, *node.args.args)}
        if by_place and {"acting_user", "now"} & {*by_place, *(each.arg for each in node.args.kwonlyargs)}:
            loose.append(f"{name_of(path)}:{node.name}")
    assert loose == []


def test_an_action_that_knows_who_acts_checks_the_right_or_hands_the_person_on() -> None:
    careless = []
    for path, node in actions():
        is_told = "acting_user" in {argument.arg for argument in node.args.kwonlyargs}
        if is_told and not any(isinstance(each, ast.Name) and each.id == "acting_user" for each in ast.walk(node)):
            careless.append(f"{name_of(path)}:{node.name}")
    assert careless == []


def answers_requests(path: Path) -> bool:
    return any(isinstance(node, ast.Name) and node.id == "HttpRequest" for node in ast.walk(tree_of(path)))


def domain_modules() -> list[Path]:
    translating = [path for path in modules() if any(word in name_of(path) for word in CLOCK_READERS)]
    return [path for path in modules() if path not in translating and not answers_requests(path)]


def reads_clock(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    is_clock = call.func.attr in CLOCKS or (call.func.attr in CLOCKS_WITHOUT_ARGUMENT and not call.args)
    return is_clock and ast.unparse(call.func.value).rpartition(".")[2] in {"timezone", "datetime", "date", "dt"}


def test_there_is_no_clock_in_the_domain() -> None:
    assert [where(path, call) for path in domain_modules() for call in calls(path) if reads_clock(call)] == []
