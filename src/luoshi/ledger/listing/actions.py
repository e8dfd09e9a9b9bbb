"""Keeping views of the list under a name; each action is one transaction and one audit entry."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from luoshi.access.audit import record
from luoshi.access.models import User
from luoshi.ledger.actions import UnableToChangeTask
from luoshi.ledger.models import SavedView

VIEW_CHARACTERS = 1000


@transaction.atomic
def save_view(*, acting_user: User, name: str, query: str, is_shared: bool, now: dt.datetime) -> SavedView:
    """Keep a filter of the ledger under a name; the same name again replaces it.

    :raises UnableToChangeTask: for an empty name, or a filter too long to be kept whole.
    """
    name = name.strip()[:64]
    if not name:
        raise UnableToChangeTask(_("A view needs a name."))
    if len(query) > VIEW_CHARACTERS:
        raise UnableToChangeTask(_("This filter is too long to be saved; ask for less at once."))
    view, _made = SavedView.objects.update_or_create(
        owner=acting_user, name=name, defaults={"query": query, "is_shared": is_shared}
    )
    after = {"name": name, "query": view.query, "is_shared": is_shared}
    record(acting_user=acting_user, action="ledger.save_view", subject=view, now=now, after=after)
    return view


@transaction.atomic
def delete_view(*, acting_user: User, view: SavedView, now: dt.datetime) -> None:
    """Forget a view; only its owner may.

    :raises UnableToChangeTask: for somebody else's view.
    """
    if view.owner_id != acting_user.pk:
        raise UnableToChangeTask(_("Only its owner can delete a view."))
    record(acting_user=acting_user, action="ledger.delete_view", subject=view, now=now, before={"name": view.name})
    view.delete()
