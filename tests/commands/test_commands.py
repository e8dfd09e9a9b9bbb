"""The commands that change an installation, each run as it is typed."""

import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.db import connection
from django.utils import translation

from luoshi.access.audit import verify_chain
from luoshi.access.models import AuditEntry, User
from luoshi.access.permissions import Role
from luoshi.cli import main
from luoshi.documents.models import Document, ImportJob
from luoshi.documents.states import ImportStatus

PLAN = """云川市人民政府办公室关于印发2026年重点工作任务分工方案的通知

一、工业
1.新建标准厂房20万平方米。（牵头领导：周砚清；牵头单位：市工业和信息化局；配合单位：市自然资源局）
2.培育规上企业15家。（牵头领导：周砚清；牵头单位：市工业和信息化局；配合单位：市统计局）
"""
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(db: None, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Return a function that runs ``luoshi`` with words and returns exit code, output and errors."""

    def run_words(*words: str) -> tuple[int, str, str]:
        code = main(words)
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    with translation.override(translation.get_language()):
        yield run_words


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan-2026.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_no_command_prints_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "serve" in capsys.readouterr().out


def test_an_unknown_command_is_not_understood(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["sing"])
    assert ended.value.code == 2
    assert "sing" in capsys.readouterr().err


def test_reading_needs_no_django(plan: Path) -> None:
    program = f"""
import sys
import zipfile
from luoshi.cli import main
code = main(["read", {str(plan)!r}])
assert not any(name.partition(".")[0] == "django" for name in sys.modules), "Django was imported"
sys.exit(code)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "2" in done.stdout


def test_init_loads_a_city_and_opens_two_accounts(run: Run) -> None:
    code, shown, _errors = run("init", "--city", "demo")
    assert code == 0
    passwords = dict(
        line.split(" as ")[1].split(" with the password ") for line in shown.splitlines() if " as " in line
    )
    for username, rest in passwords.items():
        assert authenticate(username=username, password=rest.split()[0]) is not None
    assert User.objects.get(username="administrator").roles == {Role.ACCOUNT_ADMINISTRATOR}
    assert User.objects.get(username="supervision").roles == {Role.SUPERVISION_OFFICE}
    assert set(AuditEntry.objects.values_list("source", flat=True)) == {"luoshi init"}
    assert verify_chain()[1] == []


def test_init_again_changes_nothing(run: Run) -> None:
    run("init", "--city", "demo")
    before = AuditEntry.objects.count()
    code, shown, _errors = run("init", "--city", "demo")
    assert code == 0
    assert "password" not in shown
    assert AuditEntry.objects.count() == before


def test_init_names_the_cities_it_knows(run: Run) -> None:
    code, _shown, errors = run("init", "--city", "atlantis")
    assert code == 2
    assert "liaocheng" in errors
    assert not User.objects.exists()


def test_import_says_what_was_read(run: Run, plan: Path) -> None:
    code, shown, _errors = run("import", str(plan), "--plan-year", "2026")
    assert code == 0
    assert shown.startswith("plan-2026.txt: Read. 2 tasks were found in 1 document.")
    assert Document.objects.get().plan_year == 2026
    assert ImportJob.objects.get().requested_by.username == "luoshi"


def test_import_recognises_the_same_file(run: Run, plan: Path) -> None:
    run("import", str(plan))
    code, shown, _errors = run("import", str(plan))
    assert code == 0
    assert "Already here" in shown
    assert Document.objects.count() == 1


def test_import_goes_on_after_a_bad_file(run: Run, plan: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    code, shown, _errors = run("import", str(empty), str(tmp_path / "none.txt"), str(plan))
    assert code == 1
    lines = shown.splitlines()
    assert lines[0].startswith("empty.txt: Not readable. The file")
    assert lines[1].startswith("none.txt: cannot be opened: No such file")
    assert lines[2].startswith("plan-2026.txt: Read.")
    assert lines[3] == "1 files taken in, 2 refused."


def test_import_in_somebodys_name_needs_their_right(run: Run, plan: Path, clerk: User, reader: User) -> None:
    assert run("import", str(plan), "--user", "clerk")[0] == 0
    assert ImportJob.objects.get().requested_by == clerk
    code, _shown, errors = run("import", str(plan), "--user", "reader")
    assert (code, "documents.import" in errors) == (1, True)
    code, _shown, errors = run("import", str(plan), "--user", "nobody")
    assert (code, errors) == (1, "luoshi import: there is no account “nobody”\n")
    assert ImportJob.objects.count() == 1


def test_import_refuses_an_impossible_year(run: Run, plan: Path) -> None:
    code, _shown, errors = run("import", str(plan), "--plan-year", "26")
    assert code == 1
    assert "26" in errors
    assert not ImportJob.objects.exists()


def test_verify_passes_a_whole_chain_and_fails_a_broken_one(run: Run) -> None:
    run("init", "--city", "demo")
    count = AuditEntry.objects.count()
    assert run("audit", "verify") == (0, f"{count} entries read; the chain is whole.\n", "")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP TRIGGER access_audit_guard ON access_auditentry")
        else:
            cursor.execute("DROP TRIGGER access_audit_no_update")
        cursor.execute("UPDATE access_auditentry SET actor = 'somebody' WHERE sequence = 2")
    code, shown, _errors = run("audit", "verify")
    assert code == 1
    assert shown.splitlines()[0] == "entry 2: changed after it was written"
    assert shown.splitlines()[-1] == f"{count} entries read; the chain is broken in 1 places."


def test_users_are_opened_and_listed(run: Run) -> None:
    code, shown, _errors = run("user", "add", "lin", "--name", "林书翰", "--role", "UNIT_LIAISON", "--scope", "unit:a/")
    username, password = shown.strip().split(": ")
    assert (code, username) == (0, "lin")
    assert authenticate(username="lin", password=password) is not None
    assert "lin  林书翰  UNIT_LIAISON in unit:a/\n" in run("user", "list")[1]


def test_a_user_with_a_wrong_scope_is_not_opened_at_all(run: Run) -> None:
    code, shown, errors = run("user", "add", "lin", "--name", "林", "--role", "UNIT_LIAISON", "--scope", "a")
    assert (code, shown) == (1, "")
    assert "scope" in errors
    assert not User.objects.filter(username="lin").exists()


def test_a_lost_password_is_replaced(run: Run, reader: User) -> None:
    password = run("user", "password", "reader")[1].strip().split(": ")[1]
    assert authenticate(username="reader", password=password) == reader
    assert run("user", "password", "nobody")[0] == 1


def test_a_database_without_tables_is_refused_in_words(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("luoshi.commands.installation.missing_migrations", lambda: 3)
    code, _shown, errors = run("user", "list")
    assert (code, errors) == (1, "luoshi user: the database is not set up for this version; run: luoshi migrate\n")


def test_a_worker_takes_back_what_a_dead_one_left(run: Run, plan: Path, django_capture_on_commit_callbacks) -> None:
    from tests.conftest import NOW

    from luoshi.commands.worker import _queue_what_waits
    from luoshi.documents.actions import receive_file

    run("user", "list")
    from luoshi.access.actions import system_user

    user = system_user(now=NOW)
    jobs = [
        receive_file(acting_user=user, name="a.txt", chunks=[PLAN.encode()], now=NOW),
        receive_file(acting_user=user, name="b.txt", chunks=[b"b"], now=NOW),
    ]
    ImportJob.objects.filter(pk=jobs[0].pk).update(status=ImportStatus.RUNNING)
    with django_capture_on_commit_callbacks(execute=True):
        _queue_what_waits()
    for job in jobs:
        job.refresh_from_db()
    assert jobs[0].status == ImportStatus.DONE
    assert jobs[1].is_finished
    assert AuditEntry.objects.filter(action="documents.requeue_interrupted").count() == 1


def test_the_demo_is_left_alone_where_there_are_other_data(run: Run, clerk: User) -> None:
    code, _shown, errors = run("demo", "--yes")
    assert code == 1
    assert "not the demo city" in errors
    assert run("demo", "--if-empty")[0] == 0
    assert list(User.objects.all()) == [clerk]


def test_import_reads_every_file_of_an_archive(run: Run, plan: Path, tmp_path: Path) -> None:
    archive = tmp_path / "来文.zip"
    with zipfile.ZipFile(archive, "w") as target:
        target.write(plan, "附件1.txt")
        target.writestr("附件2.txt", "")
        target.writestr("附件3.bin", b"\x00\x01\x02")
    code, shown, _errors = run("import", str(archive))
    assert code == 1
    lines = shown.splitlines()
    assert lines[0].startswith("来文.zip: Read. 3 files were taken out of the archive")
    assert any(line.startswith("  附件1.txt: Read. 2 tasks were found in 1 document.") for line in lines)
    assert any(line.startswith("  附件2.txt: Not readable. The file is empty") for line in lines)
    assert lines[-1] == "1 files taken in, 2 refused."
    assert Document.objects.count() == 1
