"""Accounts, the roles they hold, and the trail of what they did."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from luoshi.access.permissions import ROLE_ACTIONS, Action, Role, UnableToAct
from luoshi.access.scopes import ALL


class UserManager(BaseUserManager["User"]):
    """Finds accounts; they are made by ``luoshi.access.actions`` only."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the account with this name, whatever its case."""
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """One person who can log in.

    There is no super-user flag: every right comes from a role grant. ``person_key`` is the registry's key of the
    person behind the account, where the registry knows one.
    """

    username = models.CharField(_("user name"), max_length=64, unique=True, validators=[UnicodeUsernameValidator()])
    display_name = models.CharField(_("name"), max_length=64)
    person_key = models.CharField(max_length=64, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        ordering = ["username"]
        constraints = [
            # Two accounts whose names differ only by case would be one person to everybody but the database.
            models.UniqueConstraint(Lower("username"), name="access_user_username_any_case"),
        ]

    def __str__(self) -> str:
        return self.display_name or self.username

    @cached_property
    def grants(self) -> list["RoleGrant"]:
        """The roles this account holds, read once a request."""
        return list(self.role_grants.all())

    @property
    def roles(self) -> set[Role]:
        """The roles held, whatever their scope."""
        return {Role(grant.role) for grant in self.grants}

    def may(self, action: Action | str) -> bool:
        """Tell whether some role of this account permits the action; the empty action is open to all."""
        return self.is_active and (not action or bool(self.scopes_for(Action(action))))

    def scopes_for(self, action: Action) -> list[str]:
        """Return the scope keys in which the action is permitted; ``*`` is everywhere, an empty list nowhere."""
        return [grant.scope_key for grant in self.grants if action in ROLE_ACTIONS[Role(grant.role)]]

    def must_be_allowed(self, action: Action) -> None:
        """Do nothing where the action is permitted.

        :raises UnableToAct: where it is not.
        """
        if not self.may(action):
            raise UnableToAct(action)

    @property
    def own_scopes(self) -> list[str]:
        """The keys that mean "mine" for this account: its units and the person behind it."""
        keys = [grant.scope_key for grant in self.grants if grant.scope_key != ALL]
        return [*keys, f"person:{self.person_key}/"] if self.person_key else keys


class RoleGrant(models.Model):
    """One role of one account in one scope; ``*`` is the whole installation."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(max_length=32, choices=Role.choices)
    scope_key = models.CharField(max_length=200, default=ALL)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "scope_key"], name="access_grant_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role} {self.scope_key}"


class AuditEntry(models.Model):
    """One thing somebody did, written in the transaction that did it, never changed or deleted afterwards.

    ``digest`` is SHA-256 over the entry and the digest before it, so a changed, removed or inserted row shows.
    ``actor`` is a name, not a foreign key: the trail outlives the account.
    """

    sequence = models.PositiveBigIntegerField(unique=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    actor_name = models.CharField(max_length=64, blank=True)
    source = models.CharField(max_length=64, blank=True, help_text="address of the client, or the command")
    action = models.CharField(max_length=64)
    object_type = models.CharField(max_length=64)
    object_id = models.CharField(max_length=64)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    previous_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["sequence"]
        indexes = [
            # The history of one object, newest first.
            models.Index(fields=["object_type", "object_id", "-sequence"], name="access_audit_object"),
            models.Index(fields=["actor", "-sequence"], name="access_audit_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action} {self.object_type}/{self.object_id}"

    def save(
        self,
        *,
        force_insert: Any = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        """Write a new entry; :raises TypeError: for one that exists already."""
        if self.pk is not None:
            raise TypeError("an audit entry is never changed")
        super().save(force_insert=force_insert, force_update=force_update, using=using, update_fields=update_fields)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        """:raises TypeError: always."""
        raise TypeError("an audit entry is never deleted")


class AuditHead(models.Model):
    """The last link of the chain, one row: whoever appends locks it first, so that links never fork."""

    sequence = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.sequence} {self.digest}"


class LoginFailure(models.Model):
    """One failed try to log in, kept for as long as it counts towards a lockout; the trail keeps it for good.

    ``name`` is the user name as typed, folded to lower case, whether or not such an account exists.
    """

    name = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            # "How many times lately?", asked at every try.
            models.Index(fields=["name", "address", "at"], name="access_login_failure"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.address} {self.at:%Y-%m-%d %H:%M}"
