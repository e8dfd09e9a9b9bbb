"""``luoshi init``: a new installation for one city."""

import argparse

from luoshi.commands.failure import CommandFailed
from luoshi.commands.installation import (
    current_time,
    is_new_database,
    migrate,
    open_installation,
    start_django,
    system_account,
)

# Account and role of those who can open everything else.
FIRST_ACCOUNTS = (("administrator", "ACCOUNT_ADMINISTRATOR"), ("supervision", "SUPERVISION_OFFICE"))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--city", required=True, help="the city pack to load, for example liaocheng")


def run(args: argparse.Namespace) -> int:
    """Load a city and open the first accounts; running it again adds what is missing and changes nothing else."""
    start_django()
    _refuse_unknown(args.city)
    if is_new_database():
        migrate()
    open_installation()
    from luoshi.access.audit import audit_source

    with audit_source("luoshi init"):
        _load(args.city)
        _open_first_accounts()
    return 0


def _refuse_unknown(city: str) -> None:
    from luoshi.registry.city_packs import list_cities

    if city not in list_cities():
        raise CommandFailed(f"there is no city pack “{city}”; there are: {', '.join(list_cities())}", code=2)


def _load(city: str) -> None:
    from luoshi.registry.city_packs import UnableToLoadCity, load_city

    try:
        report = load_city(city, acting_user=system_account(), now=current_time())
    except UnableToLoadCity as error:
        raise CommandFailed(error) from error
    added = ", ".join(f"{count} {table}" for table, count in report.added.items() if count)
    print(f"{report.name}: {added} added." if added else f"{report.name}: everything is there already.")


def _open_first_accounts() -> None:
    from django.conf import settings
    from django.utils import translation

    from luoshi.access.actions import create_user, grant_role, new_password
    from luoshi.access.models import User
    from luoshi.access.permissions import Role

    acting_user, now = system_account(), current_time()
    others = User.objects.exclude(pk=acting_user.pk)
    for username, role in FIRST_ACCOUNTS:
        if others.filter(role_grants__role=role, is_active=True).exists():
            print(f"{role}: an account holds this role already.")
            continue
        if others.filter(username__iexact=username).exists():
            raise CommandFailed(f"the account “{username}” exists without the role {role}; see: luoshi user --help")
        password = new_password()
        with translation.override(settings.LANGUAGE_CODE):
            name = str(Role(role).label)
        user = create_user(acting_user=acting_user, username=username, display_name=name, password=password, now=now)
        grant_role(acting_user=acting_user, user=user, role=Role(role), now=now)
        print(f"{role}: log in as {username} with the password {password} (shown this once) and change it.")
