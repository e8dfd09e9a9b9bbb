"""What the pages about accounts and the audit trail show, each in a fixed number of queries."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from luoshi.access.listing import Orders, in_order
from luoshi.access.models import AuditEntry, RoleGrant, User
from luoshi.access.permissions import Role
from luoshi.access.scope_names import describe_scopes

ACCOUNT_ORDERS: Orders = {
    "username": ("username",),
    "name": ("display_name",),
    "last_login": ("last_login",),
    "created": ("created_at",),
}


def list_accounts(*, text: str = "", role: str = "", state: str = "", sort: str = "") -> QuerySet[User]:
    """Return accounts with their roles; ``state`` is ``active``, ``closed`` or empty."""
    rows = User.objects.prefetch_related("role_grants")
    if text:
        rows = rows.filter(Q(username__icontains=text) | Q(display_name__icontains=text))
    if role:
        rows = rows.filter(pk__in=RoleGrant.objects.filter(role=role).values("user"))
    if state:
        rows = rows.filter(is_active=state == "active")
    return in_order(rows, sort, ACCOUNT_ORDERS, "username")


def get_account(pk: int) -> User:
    """Return one account with its roles.

    :raises User.DoesNotExist: for an unknown number.
    """
    grants = RoleGrant.objects.order_by("role", "scope_key")
    return User.objects.prefetch_related(Prefetch("role_grants", grants)).get(pk=pk)


@dataclass(frozen=True)
class GrantInWords:
    """One role of an account, and the name of the scope in which it holds."""

    grant: RoleGrant
    role: str
    scope: str


def list_grants_in_words(user: User) -> list[GrantInWords]:
    """Return the roles of an account in words."""
    names = describe_scopes(grant.scope_key for grant in user.grants)
    return [GrantInWords(grant, str(Role(grant.role).label), names[grant.scope_key]) for grant in user.grants]


def list_grants_covering(scope_key: str) -> QuerySet[RoleGrant]:
    """Return the roles of open accounts in this scope or in one above it, those for everything left out."""
    grants = RoleGrant.objects.filter(scope_key__in=list(_scopes_above(scope_key)), user__is_active=True)
    return grants.select_related("user").order_by("-scope_key", "user__username")


def _scopes_above(scope_key: str) -> Iterator[str]:
    """Yield the key and every key that it begins with."""
    kind, _colon, path = scope_key.partition(":")
    parts = path.strip("/").split("/")
    for length in range(1, len(parts) + 1):
        yield f"{kind}:{'/'.join(parts[:length])}/"


def list_audit(
    *,
    actor: str = "",
    action: str = "",
    kind: str = "",
    number: str = "",
    since: dt.datetime | None = None,
    before: dt.datetime | None = None,
) -> QuerySet[AuditEntry]:
    """Return entries of the trail, the latest first.

    :param actor: part of a user name or of a name.
    :param kind: what the entries are about, for example ``registry.group``; ``number`` is the one of that kind.
    :param since: the first moment; ``before`` is the first moment no longer included.
    """
    rows = AuditEntry.objects.order_by("-sequence")
    if actor:
        rows = rows.filter(Q(actor__icontains=actor) | Q(actor_name__icontains=actor))
    if action:
        rows = rows.filter(action=action)
    if kind:
        rows = rows.filter(object_type=kind)
    if number:
        rows = rows.filter(object_id=number)
    if since:
        rows = rows.filter(at__gte=since)
    return rows.filter(at__lt=before) if before else rows


def list_accounts_of_person(person_key: str) -> QuerySet[User]:
    """Return the open accounts of the person whom the registry knows under this key."""
    return User.objects.filter(person_key=person_key, is_active=True)
