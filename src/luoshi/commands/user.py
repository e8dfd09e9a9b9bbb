"""``luoshi user``: the accounts an operator opens before anybody can log in, and passwords that were lost."""

import argparse

from luoshi.commands.failure import CommandFailed
from luoshi.commands.installation import current_time, find_user, open_installation, system_account


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done with accounts."""
    from luoshi.access.permissions import Role

    tasks = parser.add_subparsers(title="tasks", metavar="TASK", dest="task", required=True)
    add = _add_task(tasks, "add", "open an account and print its password, once")
    add.add_argument("username", help="the name to log in with")
    add.add_argument("--name", required=True, help="the name of the person, as it is shown")
    add.add_argument("--role", choices=[role.value for role in Role], help="a role to hold from the start")
    add.add_argument("--scope", default="*", help="where the role holds: * is everywhere, unit:KEY/ one unit")
    password = _add_task(tasks, "password", "give an account another password and print it, once")
    password.add_argument("username", help="the account")
    _add_task(tasks, "list", "print every account with its roles")


def _add_task(
    tasks: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, summary: str
) -> argparse.ArgumentParser:
    return tasks.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.")


def run(args: argparse.Namespace) -> int:
    """Do one thing with accounts."""
    open_installation()
    from luoshi.access.actions import UnableToChangeAccount
    from luoshi.access.audit import audit_source

    tasks = {"add": _add, "password": _password, "list": _list}
    try:
        with audit_source("luoshi user"):
            tasks[args.task](args)
    except UnableToChangeAccount as error:
        raise CommandFailed(error) from error
    return 0


def _add(args: argparse.Namespace) -> None:
    from django.db import transaction

    from luoshi.access.actions import create_user, grant_role, new_password
    from luoshi.access.permissions import Role

    acting_user, now, password = system_account(), current_time(), new_password()
    with transaction.atomic():
        user = create_user(
            acting_user=acting_user, username=args.username, display_name=args.name, password=password, now=now
        )
        if args.role:
            grant_role(acting_user=acting_user, user=user, role=Role(args.role), scope_key=args.scope, now=now)
    print(f"{user.username}: {password}")


def _password(args: argparse.Namespace) -> None:
    from luoshi.access.actions import change_password, new_password

    user, password = find_user(args.username), new_password()
    change_password(acting_user=system_account(), user=user, password=password, now=current_time())
    print(f"{user.username}: {password}")


def _list(_args: argparse.Namespace) -> None:
    from luoshi.access.models import User

    for user in User.objects.prefetch_related("role_grants"):
        roles = [each.role + ("" if each.scope_key == "*" else f" in {each.scope_key}") for each in user.grants]
        state = "" if user.is_active else "  (closed)"
        print(f"{user.username}  {user.display_name}  {', '.join(roles) or 'no role'}{state}")
