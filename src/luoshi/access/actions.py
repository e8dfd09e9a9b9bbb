"""Everything that writes accounts and role grants."""

import datetime as dt
import secrets

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from luoshi.access.audit import record, snapshot
from luoshi.access.models import RoleGrant, User
from luoshi.access.permissions import Action, Role
from luoshi.access.scopes import ALL, LAST

SYSTEM_USERNAME = "luoshi"
SYSTEM_ROLES = (Role.SUPERVISION_OFFICE, Role.ACCOUNT_ADMINISTRATOR)
# Without the letters and figures that are mistaken for each other when a password is read from paper.
_READABLE = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class UnableToChangeAccount(Exception):
    """The account was left as it was; the message says why, ``field`` names the wrong input where one is to blame."""

    def __init__(self, message: object, *, field: str = "") -> None:
        super().__init__(str(message))
        self.field = field


@transaction.atomic
def create_user(
    *,
    acting_user: User,
    username: str,
    display_name: str,
    now: dt.datetime,
    password: str | None = None,
    person_key: str = "",
) -> User:
    """Open an account without any role; without a password nobody can log in to it.

    :raises UnableToChangeAccount: for a name that is taken (in any case) or malformed, or a weak password.
    """
    acting_user.must_be_allowed(Action.MANAGE_ACCOUNTS)
    if username.strip().lower() == SYSTEM_USERNAME:
        raise UnableToChangeAccount(_("This user name is taken."), field="username")
    user = User(
        username=User.normalize_username(username.strip()),
        display_name=display_name.strip(),
        person_key=person_key,
    )
    _put_password(user, password)
    _save_new(user)
    after = snapshot(user, "username", "display_name", "person_key", "is_active")
    record(acting_user=acting_user, action="access.create_user", subject=user, now=now, after=after)
    return user


@transaction.atomic
def change_password(*, acting_user: User, user: User, password: str, now: dt.datetime) -> User:
    """Give an account another password, which ends its sessions; everybody may change their own.

    :raises UnableToChangeAccount: for a weak password, or for the account of the commands.
    """
    if acting_user.pk != user.pk:
        acting_user.must_be_allowed(Action.MANAGE_ACCOUNTS)
    _refuse_system_account(user)
    _put_password(user, password)
    user.save(update_fields=["password"])
    # Neither the password nor its hash belongs into a trail that auditors read.
    record(acting_user=acting_user, action="access.change_password", subject=user, now=now)
    return user


@transaction.atomic
def grant_role(*, acting_user: User, user: User, role: Role, now: dt.datetime, scope_key: str = ALL) -> RoleGrant:
    """Let an account act in a role within a scope.

    :raises UnableToChangeAccount: for one's own account, for a role held already, for a malformed scope, and where an
        account would both open accounts and handle tasks.
    """
    _check_may_change_roles(acting_user, user)
    held = set(user.role_grants.values_list("role", "scope_key"))
    if (role, scope_key) in held:
        raise UnableToChangeAccount(_("The account holds this role already."), field="role")
    if scope_key != ALL and (not scope_key.endswith("/") or LAST in scope_key):
        raise UnableToChangeAccount(_("“%(key)s” is not a scope.") % {"key": scope_key}, field="scope_key")
    roles = {each for each, _scope in held} | {role}
    if Role.ACCOUNT_ADMINISTRATOR in roles and len(roles) > 1:
        raise UnableToChangeAccount(_("Who opens accounts cannot hold another role: use two accounts."), field="role")
    return _grant(acting_user, user, role, scope_key, now)


@transaction.atomic
def revoke_role(*, acting_user: User, user: User, role: Role, now: dt.datetime, scope_key: str = ALL) -> None:
    """Take a role away again.

    :raises UnableToChangeAccount: for one's own account, and for a role that is not held.
    """
    _check_may_change_roles(acting_user, user)
    removed, _kinds = user.role_grants.filter(role=role, scope_key=scope_key).delete()
    if not removed:
        raise UnableToChangeAccount(_("The account does not hold this role."), field="role")
    _forget_grants(user)
    before = {"role": role, "scope_key": scope_key}
    record(acting_user=acting_user, action="access.revoke_role", subject=user, now=now, before=before)


@transaction.atomic
def set_active(*, acting_user: User, user: User, is_active: bool, now: dt.datetime) -> User:
    """Open or close an account; a closed one is logged out at once and keeps its history.

    :raises UnableToChangeAccount: for one's own account, since the last administrator could be locked out.
    """
    _check_may_change_roles(acting_user, user)
    before = snapshot(user, "is_active")
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    after = snapshot(user, "is_active")
    record(acting_user=acting_user, action="access.set_active", subject=user, now=now, before=before, after=after)
    return user


@transaction.atomic
def system_user(*, now: dt.datetime) -> User:
    """Return the account in whose name commands of the installation act, opened at its first use.

    It holds roles like any other account; having no password, nobody can log in to it.
    """
    known = User.objects.filter(username=SYSTEM_USERNAME).first()
    if known:
        return known
    user = User(username=SYSTEM_USERNAME, display_name="Luoshi")
    user.set_unusable_password()
    user.save()
    after = snapshot(user, "username", "display_name", "is_active")
    record(acting_user=user, action="access.create_user", subject=user, now=now, after=after)
    for role in SYSTEM_ROLES:
        _grant(user, user, role, ALL, now)
    return user


@transaction.atomic
def record_export(*, acting_user: User, query: str, now: dt.datetime) -> None:
    """Write into the trail that somebody takes entries of it out of the house."""
    acting_user.must_be_allowed(Action.READ_AUDIT)
    record(
        acting_user=acting_user,
        action="access.export_audit",
        subject=acting_user,
        now=now,
        after={"query": query[:1000]},
    )


def new_password() -> str:
    """Return a random password of four groups of four characters, readable from paper, to be shown once."""
    return "-".join("".join(secrets.choice(_READABLE) for _n in range(4)) for _group in range(4))


def _put_password(user: User, password: str | None) -> None:
    if password is None:
        user.set_unusable_password()
        return
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise UnableToChangeAccount(" ".join(error.messages), field="password") from error
    user.set_password(password)


def _save_new(user: User) -> None:
    """Write a new account or say what is wrong with it."""
    try:
        user.full_clean(exclude=["password"])
        with transaction.atomic():
            user.save(force_insert=True)
    except ValidationError as error:
        field, problems = next(iter(error.message_dict.items()))
        if field in {"username", "display_name"}:
            raise UnableToChangeAccount(" ".join(problems), field=field) from error
        raise UnableToChangeAccount(_("This user name is taken."), field="username") from error
    except IntegrityError as error:
        # Somebody took the name between the check and the write.
        raise UnableToChangeAccount(_("This user name is taken."), field="username") from error


def _grant(acting_user: User, user: User, role: Role, scope_key: str, now: dt.datetime) -> RoleGrant:
    grant = RoleGrant.objects.create(user=user, role=role, scope_key=scope_key)
    _forget_grants(user)
    after = {"role": role, "scope_key": scope_key}
    record(acting_user=acting_user, action="access.grant_role", subject=user, now=now, after=after)
    return grant


def _check_may_change_roles(acting_user: User, user: User) -> None:
    acting_user.must_be_allowed(Action.MANAGE_ACCOUNTS)
    if acting_user.pk == user.pk:
        raise UnableToChangeAccount(_("Nobody changes the rights of their own account."))
    _refuse_system_account(user)


def _refuse_system_account(user: User) -> None:
    if user.username == SYSTEM_USERNAME:
        raise UnableToChangeAccount(_("The account of the commands is not changed."))


def _forget_grants(user: User) -> None:
    """Drop the grants that the instance has read, so that it answers by the new ones."""
    user.__dict__.pop("grants", None)
