"""The audit trail: what it refuses, and that every kind of tampering shows."""

import datetime as dt
import threading
from importlib import import_module

import pytest
from django.db import DatabaseError, close_old_connections, connection, transaction

from luoshi.access.audit import GENESIS, audit_source, digest_of, record, verify_chain
from luoshi.access.models import AuditEntry, AuditHead, User

NOW = dt.datetime(2026, 3, 2, 1, 30, tzinfo=dt.UTC)


def append(user: User, count: int, label: str = "test.act") -> list[AuditEntry]:
    """Append entries, each in a transaction of its own as actions do."""
    entries = []
    for number in range(count):
        with transaction.atomic():
            entries.append(record(acting_user=user, action=label, subject=user, now=NOW, after={"number": number}))
    return entries


@pytest.fixture
def chain(clerk: User) -> list[AuditEntry]:
    """Return a whole chain of five entries without its guard, as for an intruder with the database's password."""
    entries = append(clerk, 5)
    with connection.cursor() as cursor:
        for statement in _guard_removal():
            cursor.execute(statement)
    return entries


def _guard_removal() -> list[str]:
    if connection.vendor == "postgresql":
        return ["DROP TRIGGER access_audit_guard ON access_auditentry"]
    return ["DROP TRIGGER access_audit_no_update", "DROP TRIGGER access_audit_no_delete"]


def run_sql(statement: str, *parameters: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def test_a_chain_written_by_actions_is_whole(clerk: User) -> None:
    entries = append(clerk, 5)
    assert [entry.sequence for entry in entries] == [1, 2, 3, 4, 5]
    assert entries[0].previous_digest == GENESIS
    assert [entry.previous_digest for entry in entries[1:]] == [entry.digest for entry in entries[:-1]]
    assert verify_chain() == (5, [])


def test_an_empty_chain_is_whole(db: None) -> None:
    assert verify_chain() == (0, [])


def test_an_entry_says_who_did_what_to_what_from_where(clerk: User) -> None:
    with audit_source("192.0.2.7"), transaction.atomic():
        entry = record(acting_user=clerk, action="a.b", subject=clerk, now=NOW, before={"x": 1}, after={"x": 2})
    kept = AuditEntry.objects.get(pk=entry.pk)
    assert (kept.actor, kept.actor_name, kept.source, kept.action) == ("clerk", "clerk", "192.0.2.7", "a.b")
    assert (kept.object_type, kept.object_id, kept.at) == ("access.user", str(clerk.pk), NOW)
    assert (kept.before, kept.after) == ({"x": 1}, {"x": 2})


def test_values_that_are_not_plain_json_are_hashed_as_they_are_stored(clerk: User) -> None:
    with transaction.atomic():
        record(
            acting_user=clerk,
            action="a.b",
            subject=clerk,
            now=NOW.astimezone(dt.timezone(dt.timedelta(hours=8))),
            after={"on": dt.date(2026, 3, 2), "at": NOW, 3: "三", "share": 0.1},
        )
    assert verify_chain() == (1, [])


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor", "somebody"),
        ("actor_name", "Somebody"),
        ("source", "10.0.0.1"),
        ("action", "test.other"),
        ("object_type", "access.other"),
        ("object_id", "99"),
        ("at", "2026-01-01 00:00:00+00:00"),
        ("after", '{"number": 99}'),
        ("before", '{"number": 99}'),
        ("digest", "f" * 64),
        ("previous_digest", "f" * 64),
    ],
)
def test_a_changed_column_shows(chain: list[AuditEntry], column: str, value: str) -> None:
    run_sql(f"UPDATE access_auditentry SET {column} = %s WHERE sequence = 3", value)
    _count, broken = verify_chain()
    assert 3 in {link.sequence for link in broken}
    assert any("changed" in link.reason or "continue" in link.reason for link in broken)


def test_a_missing_entry_shows(chain: list[AuditEntry]) -> None:
    run_sql("DELETE FROM access_auditentry WHERE sequence = 3")
    count, broken = verify_chain()
    assert count == 4
    assert [(link.sequence, link.reason) for link in broken] == [(3, "missing: the next entry found is 4")]


def test_a_missing_beginning_shows(chain: list[AuditEntry]) -> None:
    run_sql("DELETE FROM access_auditentry WHERE sequence <= 2")
    assert [link.sequence for link in verify_chain()[1]] == [1]


def test_a_cut_off_end_shows(chain: list[AuditEntry]) -> None:
    run_sql("DELETE FROM access_auditentry WHERE sequence >= 4")
    count, broken = verify_chain()
    assert count == 3
    assert [link.reason for link in broken] == ["the end of the chain is missing or was replaced"]


def test_a_chain_without_its_head_shows(chain: list[AuditEntry]) -> None:
    AuditHead.objects.all().delete()
    assert [link.reason for link in verify_chain()[1]] == ["the end of the chain is missing or was replaced"]


def test_an_inserted_entry_shows(chain: list[AuditEntry]) -> None:
    """Even one whose own digest is right, in the place of the entry that was there."""
    run_sql("DELETE FROM access_auditentry WHERE sequence = 3")
    forged = AuditEntry(
        sequence=3, at=NOW, actor="clerk", action="test.forged", object_type="x", object_id="1",
        previous_digest=chain[1].digest,
    )  # fmt: skip
    forged.digest = digest_of(forged)
    forged.save()
    assert [(link.sequence, link.reason) for link in verify_chain()[1]] == [
        (4, "does not continue the entry before it")
    ]


def test_an_appended_forgery_shows(chain: list[AuditEntry]) -> None:
    forged = AuditEntry(
        sequence=6, at=NOW, actor="clerk", action="test.forged", object_type="x", object_id="1",
        previous_digest=chain[-1].digest,
    )  # fmt: skip
    forged.digest = digest_of(forged)
    forged.save()
    assert [link.reason for link in verify_chain()[1]] == ["the end of the chain is missing or was replaced"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_auditentry SET actor = 'somebody'",
        "DELETE FROM access_auditentry",
    ],
)
def test_the_database_refuses_to_change_or_delete(clerk: User, statement: str) -> None:
    append(clerk, 1)
    with pytest.raises(DatabaseError, match="an audit entry is never"), transaction.atomic():
        run_sql(statement)
    assert verify_chain() == (1, [])


def test_querysets_cannot_change_or_delete_either(clerk: User) -> None:
    append(clerk, 1)
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEntry.objects.update(actor="somebody")
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEntry.objects.all().delete()


def test_an_entry_refuses_to_be_saved_again_or_deleted(clerk: User) -> None:
    (entry,) = append(clerk, 1)
    with pytest.raises(TypeError, match="never changed"):
        entry.save()
    with pytest.raises(TypeError, match="never deleted"):
        entry.delete()


def test_the_guard_can_be_taken_off_and_put_back_by_migrations(clerk: User) -> None:
    guard = import_module("luoshi.access.migrations.0002_audit_guard")
    append(clerk, 1)
    with connection.cursor() as cursor:

        class Editor:
            connection = connection
            execute = cursor.execute

        guard.drop_guard(None, Editor)
        run_sql("UPDATE access_auditentry SET actor = actor")
        guard.make_guard(None, Editor)
    with pytest.raises(DatabaseError), transaction.atomic():
        run_sql("DELETE FROM access_auditentry")


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused(clerk: User) -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        record(acting_user=clerk, action="a.b", subject=clerk, now=NOW)
    assert AuditEntry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_an_entry_goes_with_the_change_that_fails(clerk: User) -> None:
    append(clerk, 1)
    with pytest.raises(DatabaseError), transaction.atomic():  # noqa: PT012
        record(acting_user=clerk, action="a.b", subject=clerk, now=NOW)
        run_sql("SELECT no_such_column FROM access_user")
    append(clerk, 1)
    assert verify_chain() == (2, [])


@pytest.mark.django_db(transaction=True)
def test_many_at_once_write_one_chain(clerk: User) -> None:
    """Eight threads that begin together, so that each finds the head locked by another."""
    begin = threading.Barrier(8)
    errors: list[Exception] = []

    def work(number: int) -> None:
        try:
            begin.wait(10)
            append(clerk, 10, label=f"test.thread_{number}")
        except Exception as error:
            errors.append(error)
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    assert verify_chain() == (80, [])
    assert AuditEntry.objects.values("action").distinct().count() == 8
