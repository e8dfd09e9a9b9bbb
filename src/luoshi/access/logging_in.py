"""Logging in and out: the check of the password, the lockout after too many tries, and their entries in the trail."""

import datetime as dt
from typing import Final

from django.contrib.auth import authenticate
from django.db import transaction
from django.db.models import QuerySet

from luoshi.access.audit import record
from luoshi.access.models import LoginFailure, User

TRIES: Final = 10
WINDOW: Final = dt.timedelta(minutes=15)
LONGEST: Final = 64


class UnableToLogIn(Exception):
    """Name and password do not open an account, or too many tries were made; which of the two, ``is_locked`` says."""

    def __init__(self, *, is_locked: bool) -> None:
        super().__init__("locked" if is_locked else "refused")
        self.is_locked = is_locked


def check_log_in(*, username: str, password: str, address: str, now: dt.datetime) -> User:
    """Return the account that the name and the password open.

    A locked name is not checked at all, so the answer tells nobody whether the password was right. Only tries from
    the same address count, so that nobody can lock somebody else out from elsewhere.

    :raises UnableToLogIn: for a wrong name or password, a closed account, or ten failures within 15 minutes.
    """
    is_locked = _is_locked(username, address, now)
    user = None if is_locked else authenticate(username=username.strip(), password=password)
    if not isinstance(user, User):
        _record_failure(username, address, now, is_locked=is_locked)
        raise UnableToLogIn(is_locked=is_locked or _is_locked(username, address, now))
    with transaction.atomic():
        _failures(username, address).delete()
        record(acting_user=user, action="access.log_in", subject=user, now=now)
    return user


@transaction.atomic
def record_log_out(*, user: User, now: dt.datetime) -> None:
    """Write into the trail that somebody logged out."""
    record(acting_user=user, action="access.log_out", subject=user, now=now)


def _key(username: str) -> str:
    """Return the form of a typed name by which tries are counted."""
    return username.strip().lower()[:LONGEST]


def _failures(username: str, address: str) -> QuerySet[LoginFailure]:
    return LoginFailure.objects.filter(name=_key(username), address=address)


def _is_locked(username: str, address: str, now: dt.datetime) -> bool:
    return _failures(username, address).filter(at__gt=now - WINDOW).count() >= TRIES


@transaction.atomic
def _record_failure(username: str, address: str, now: dt.datetime, *, is_locked: bool) -> None:
    LoginFailure.objects.filter(at__lte=now - WINDOW).delete()
    # A try at a locked name does not count, else whoever goes on trying is locked out for ever.
    failure = _failures(username, address).order_by("at").last() if is_locked else None
    if failure is None:
        failure = LoginFailure.objects.create(name=_key(username), address=address, at=now)
    record(
        acting_user=User(username=username.strip()[:LONGEST], display_name=""),
        action="access.refuse_log_in",
        subject=failure,
        now=now,
        after={"locked": is_locked},
    )
