"""This installation: starting Django for a command, and whether its database is ready."""

import datetime as dt
import os
from typing import TYPE_CHECKING

from luoshi.commands.failure import CommandFailed

if TYPE_CHECKING:
    from luoshi.access.models import User


def start_django() -> None:
    """Set Django up for a command; messages of the rooms come in English, like the command's own."""
    import django
    from django.utils import translation

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.config.settings")
    django.setup()
    translation.activate("en")


def missing_migrations() -> int:
    """Return how many migrations the database lacks.

    :raises CommandFailed: where the database cannot be reached.
    """
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError as error:
        raise CommandFailed(f"the database cannot be reached: {str(error).strip()}") from error


def is_new_database() -> bool:
    """Tell whether the database has no accounts yet, or not even tables."""
    from django.db import DatabaseError, connection

    from luoshi.access.models import User

    try:
        return User._meta.db_table not in connection.introspection.table_names() or not User.objects.exists()
    except DatabaseError as error:
        raise CommandFailed(f"the database cannot be reached: {str(error).strip()}") from error


def open_installation() -> None:
    """Set Django up and see that the database is ready.

    :raises CommandFailed: where it cannot be reached or lacks migrations.
    """
    start_django()
    if missing_migrations():
        raise CommandFailed("the database is not set up for this version; run: luoshi migrate")


def migrate() -> int:
    """Bring the database up to date and return how many migrations were applied."""
    from django.core.management import call_command

    missing = missing_migrations()
    if missing:
        call_command("migrate", interactive=False, verbosity=0)
    return missing


def current_time() -> dt.datetime:
    """Return the moment at which a command acts; domain functions are given it and have no clock."""
    from django.utils import timezone

    return timezone.now()


def system_account() -> "User":
    """Return the account in whose name commands act."""
    from luoshi.access.actions import system_user

    return system_user(now=current_time())


def find_user(username: str) -> "User":
    """Return the account with this user name; :raises CommandFailed: where there is none."""
    from luoshi.access.models import User

    try:
        return User.objects.get_by_natural_key(username)
    except User.DoesNotExist as error:
        raise CommandFailed(f"there is no account “{username}”") from error
