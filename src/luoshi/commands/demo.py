"""``luoshi demo``: the invented city, loaded through the same actions that pages use."""

import argparse
import shutil
import sys
import time

from luoshi.commands.failure import CommandFailed
from luoshi.commands.installation import current_time, is_new_database, migrate, start_django


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--if-empty", action="store_true", help="load it only where the database is new")
    parser.add_argument("--yes", action="store_true", help="start over without asking")


def run(args: argparse.Namespace) -> int:
    """Load the demo city; where it is there already, ask and start over."""
    start_django()
    if is_new_database():
        migrate()
        load()
    elif args.if_empty:
        print("The database is in use; nothing was loaded.")
    else:
        _refuse_real_data()
        _ask(args.yes)
        _empty()
        migrate()
        load()
    print(accounts_table())
    return 0


def load() -> None:
    """Load the demo city into a migrated, empty database and say how far it is; cut off, it leaves nothing behind."""
    from django.db import transaction

    from luoshi.access.audit import audit_source
    from luoshi.demo.loader import load_demo

    started = time.monotonic()
    with audit_source("luoshi demo"), transaction.atomic():
        load_demo(now=current_time(), say=lambda line: print(f"  {line}", flush=True))
    print(f"The demo city is loaded ({time.monotonic() - started:.1f} s).")


def accounts_table() -> str:
    """Return the demo accounts with their passwords as lines to print; nothing where this is not the demo city."""
    from luoshi.demo.loader import ACCOUNTS

    if not _is_demo():
        return ""
    rows = [("user", "password", "role", "name")]
    rows += [(each.username, each.password, each.role, each.display_name) for each in ACCOUNTS]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    lines = ["  ".join([*(row[n].ljust(widths[n]) for n in range(3)), row[3]]) for row in rows]
    return "\n".join(f"  {line}" for line in lines)


def _is_demo() -> bool:
    """Tell whether this database holds the demo city: every one of its accounts is there."""
    from luoshi.access.models import User
    from luoshi.demo.loader import ACCOUNTS

    names = [each.username for each in ACCOUNTS]
    return User.objects.filter(username__in=names).count() == len(names)


def _refuse_real_data() -> None:
    if not _is_demo():
        raise CommandFailed("this database is not the demo city's; it is not emptied. Use another LUOSHI_HOME.")


def _ask(is_agreed: bool) -> None:
    if is_agreed:
        return
    if not sys.stdin.isatty():
        raise CommandFailed("this deletes everything entered into the demo city; say --yes to do it")
    if input("Delete everything entered into the demo city and start over? [y/N] ").strip().lower() not in {"y", "yes"}:
        raise CommandFailed("nothing was changed")


def _empty() -> None:
    """Remove all tables, files and queued jobs."""
    from django.conf import settings
    from django.db import DatabaseError, connection
    from huey.contrib.djhuey import HUEY

    HUEY.flush()
    try:
        if connection.vendor == "postgresql":
            _drop_schema()
        else:
            _overwrite_with_nothing()
    except DatabaseError as error:
        raise CommandFailed(f"the database is in use; end `luoshi serve` first ({str(error).strip()})") from error
    shutil.rmtree(settings.FILES_ROOT, ignore_errors=True)


def _drop_schema() -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '10s'")
        cursor.execute("SELECT quote_ident(current_schema())")
        schema = cursor.fetchone()[0]
        cursor.execute(f"DROP SCHEMA {schema} CASCADE")
        cursor.execute(f"CREATE SCHEMA {schema}")


def _overwrite_with_nothing() -> None:
    """Copy an empty database over the file: unlike removing it, this is safe for whoever has it open."""
    import contextlib
    import sqlite3

    from django.db import connection
    from django.db.utils import OperationalError

    connection.ensure_connection()
    with contextlib.closing(sqlite3.connect(":memory:")) as nothing:
        try:
            nothing.backup(connection.connection)
        except sqlite3.OperationalError as error:
            raise OperationalError(str(error)) from error
    connection.close()
